"""OracleBench: does an expert solve kinds of problems that nobody taught it, or only those it was taught?

Half of the problems are of held-out families, half of taught ones, matched by subject; no problem was trained on. An
expert gets those in its own language, 65816 assembly or C++.
"""

import html
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import fmean, median
from typing import Literal

from oracle_lib import OracleError
from oracle_lib.decoding import prompts_at_once
from oracle_lib.evaluate.contestants import Asking, contestants
from oracle_lib.evaluate.judge import judge
from oracle_lib.evaluate.lexers import Language
from oracle_lib.evaluate.predictions import ModelName, Prediction, collect, read_prompts
from oracle_lib.evaluate.statistics import compare, pass_at_k
from oracle_lib.files import relative, sha256
from oracle_lib.metrics import METRICS, Comparison
from oracle_lib.params import Expert, Profile, load_expert, load_profile
from oracle_lib.records import Adapter, DatasetRow, Frozen, Record
from oracle_lib.run import Stage, stage_folder
from oracle_lib.sample import Sample, read_samples

PROBLEMS = Path(__file__).parent / "oraclebench.jsonl"

Half = Literal["held-out", "taught"]
_CORPUS, _CPP = "oraclebench-", "-cpp"


class HalfResult(Frozen):
    """One half of the benchmark, by model: `pass_at` holds pass@k by k, `assembles` the share of answers that do.

    `cycles` is the median, over the answers that pass, of their cycles as a multiple of the reference's; None where
    none passes. `passes` compares the shares of passing answers; its interval resamples families, because problems of
    one family are solved by one idea.
    """

    half: Half
    problems: int
    families: int
    pass_at: dict[ModelName, dict[int, float]]
    assembles: dict[ModelName, float]
    cycles: dict[ModelName, float | None]
    passes: Comparison


class BenchReport(Record):
    """OracleBench of an expert and its base, with `answers` a problem."""

    noun = "benchmark"
    remedy = "call evaluate.bench"

    expert: str
    run: str
    base: str
    adapter_sha256: str
    answers: int
    temperature: float
    halves: tuple[HalfResult, ...]

    def table(self) -> list[tuple[str, ...]]:
        """As text: the half, the model, pass@k, what assembles, the cycles, and the expert's lead over its base."""
        return [
            (
                half.half,
                model.replace("_", " "),
                *map(METRICS["passes"].show, rates.values()),
                METRICS["assembles"].show(half.assembles[model]),
                "" if (ratio := half.cycles[model]) is None else f"{ratio:.2f}",
                METRICS["passes"].difference(half.passes) if model == "expert" else "",
            )
            for half in self.halves
            for model, rates in half.pass_at.items()
        ]

    def _repr_html_(self) -> str:
        rates = (f"pass@{k}" for k in _ks(self.answers))
        heads = ("families", "model", *rates, "assembles", "cycles / reference", "expert − base [95 %]")  # noqa: RUF001
        cells = [
            "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"
            for tag, rows in (("th", [heads]), ("td", self.table()))
            for row in rows
        ]
        return f"<table>{''.join(cells)}</table>"


def bench(
    run: str, expert: str, profile: str, answers: int = 1, per_family: int = 10, force: bool = False
) -> BenchReport:
    """Scores the run's trained expert and its base on OracleBench; writes `bench/{predictions.jsonl, bench.json}`.

    One answer a problem is greedy; more are sampled at the expert's temperature. The first `per_family` problems of
    each family are asked, or all that it has. A killed benchmark goes on where it stopped. Raises `OracleError` for an
    expert that writes no code, and where a problem or a held-out family is in the training set.
    """
    return _bench(run, load_expert(expert), load_profile(profile), answers, per_family, force)


def _bench(run: str, expert: Expert, profile: Profile, answers: int, per_family: int, force: bool) -> BenchReport:
    if expert.language == "text":
        raise OracleError(f"OracleBench asks for code, and {expert.name} writes text; choose another expert")
    if answers < 1 or per_family < 1:
        raise OracleError("OracleBench needs at least one answer and one problem of each family; raise the numbers")
    trained = stage_folder(run, expert.name, "train") / "adapter.json"
    taught = stage_folder(run, expert.name, "export") / expert.dataset_name(profile) / "train.jsonl"
    if not taught.exists():
        raise OracleError(
            f"{relative(taught)} is missing; run 02_export for {expert.name} with the profile {profile.name}"
        )
    adapter = Adapter.read(trained)
    if sha256(taught.parent) != adapter.dataset_sha256:
        raise OracleError(
            f"{adapter.path} was trained on other data than {relative(taught.parent)}; "
            "run 03_transfer and 04_train again"
        )
    temperature = expert.temperature if answers > 1 else 0.0
    asking = Asking(expert.language, profile.evaluation.max_new_tokens, temperature, likelihood=False)
    with Stage(
        run,
        expert.name,
        "bench",
        inputs=[trained, taught],
        parameters={
            "answers": answers,
            "per_family": per_family,
            "asking": str(asking),
            "system_prompt": expert.system_prompt,
            "bootstrap": profile.evaluation.bootstrap,
            "seed": profile.seed,
        },
        module=__name__,
        force=force,
    ) as stage:
        path, result = stage.folder / "predictions.jsonl", stage.folder / "bench.json"
        if not stage.is_current:
            samples = _first(_in(read_samples(PROBLEMS), expert.language), per_family)
            _refuse_taught(samples, read_prompts(taught))
            if force:
                path.unlink(missing_ok=True)
            prompts = [_ask(sample, expert, turn) for sample in samples for turn in range(answers)]
            rows = collect(
                path,
                prompts,
                contestants(adapter, asking, stage.code),
                partial(judge, language=expert.language),
                prompts_at_once(),
            )
            cycles = {sample.sample_id: sample.verification.cycles for sample in samples if sample.verification}
            families: dict[Half, set[str]] = {"held-out": set(), "taught": set()}
            for sample in samples:
                families[_half(sample)].add(sample.source.path)
            report = BenchReport(
                expert=expert.name,
                run=run,
                base=adapter.base,
                adapter_sha256=adapter.sha256,
                answers=answers,
                temperature=temperature,
                halves=tuple(
                    score_half(
                        half,
                        [row for row in rows if row.family in names],
                        answers,
                        cycles,
                        profile.evaluation.bootstrap,
                        profile.seed,
                    )
                    for half, names in families.items()
                ),
            )
            report.write(result)
            stage.finish([path, result], {half.half: half.pass_at["expert"][1] for half in report.halves})
    return BenchReport.read(result)


def score_half(
    half: Half,
    rows: Sequence[Prediction],
    answers: int,
    cycles: Mapping[str, int | None],
    draws: int = 2000,
    seed: int = 0,
) -> HalfResult:
    """What the models' answers to one half are worth; rows of a model are in one order for all models.

    `cycles` are the references' by problem.
    """
    by_model: dict[ModelName, list[Prediction]] = {}
    for row in rows:
        by_model.setdefault(row.model, []).append(row)
    return HalfResult(
        half=half,
        problems=len(by_model["expert"]) // answers,
        families=len({row.family for row in rows}),
        pass_at={model: {k: _pass_at(theirs, k) for k in _ks(answers)} for model, theirs in by_model.items()},
        assembles={model: fmean(row.assembles is True for row in theirs) for model, theirs in by_model.items()},
        cycles={model: _slowness(theirs, cycles) for model, theirs in by_model.items()},
        passes=compare(by_model["base"], by_model["expert"], draws, seed)["passes"],
    )


def _pass_at(rows: Sequence[Prediction], k: int) -> float:
    passed: dict[str, list[bool]] = {}
    for row in rows:
        passed.setdefault(row.sample_id.partition(".")[0], []).append(row.passes is True)
    return sum(pass_at_k(len(turns), sum(turns), k) for turns in passed.values()) / len(passed)


def _slowness(rows: Sequence[Prediction], cycles: Mapping[str, int | None]) -> float | None:
    ratios = [
        row.cycles / reference for row in rows if row.cycles and (reference := cycles[row.sample_id.partition(".")[0]])
    ]
    return median(ratios) if ratios else None


def _ks(answers: int) -> tuple[int, ...]:
    return (1, answers) if answers > 1 else (1,)


def _half(sample: Sample) -> Half:
    return "held-out" if sample.source.corpus.removesuffix(_CPP) == f"{_CORPUS}held-out" else "taught"


def _in(samples: Iterable[Sample], language: Language) -> Iterator[Sample]:
    """The problems in that language."""
    return (sample for sample in samples if sample.source.corpus.endswith(_CPP) == (language == "cpp"))


def _first(samples: Iterable[Sample], per_family: int) -> list[Sample]:
    """The first problems of each family."""
    chosen: dict[str, list[Sample]] = {}
    for sample in samples:
        chosen.setdefault(sample.source.path, []).append(sample)
    return [sample for family in chosen.values() for sample in family[:per_family]]


def _ask(sample: Sample, expert: Expert, turn: int) -> DatasetRow:
    """A problem as the expert's data sets ask it; the group is the family, by which the bootstrap resamples."""
    if sample.verification is None:
        raise OracleError(f"{PROBLEMS.name}: {sample.sample_id} has no contract; install this package again")
    return DatasetRow(
        messages=(
            {"role": "system", "content": expert.system_prompt},
            {"role": "user", "content": sample.prompt},
            {"role": "assistant", "content": sample.output},
        ),
        sample_id=f"{sample.sample_id}.{turn}",
        group=sample.source.path,
        domain=sample.domain,
        task=sample.task,
        family=sample.source.path,
        contract=json.dumps(sample.verification.contract),
    )


def _refuse_taught(samples: Sequence[Sample], taught: Sequence[DatasetRow]) -> None:
    groups = {prompt.group for prompt in taught} & {sample.group for sample in samples}
    held_out = {sample.source.path for sample in samples if _half(sample) == "held-out"}
    if known := groups | ({prompt.family for prompt in taught} & held_out):
        raise OracleError(
            f"{len(known)} problems or families of OracleBench are in the training set, such as {min(known)}; "
            "remove them from the sources and run 02_export and 04_train again"
        )
