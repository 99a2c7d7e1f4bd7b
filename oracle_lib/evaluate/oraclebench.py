"""OracleBench: does an expert solve kinds of problems that nobody taught it, or only those it was taught?

Half of the problems are of held-out families, half of taught ones, matched by subject; no problem was trained on. An
expert gets those in its own language, 65816 assembly or C++.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING

from pydantic import Field

from oracle_lib import OracleError
from oracle_lib.decoding import prompts_at_once
from oracle_lib.evaluate.contestants import Asking, contestants
from oracle_lib.evaluate.ingredients import ArmResult, Half
from oracle_lib.evaluate.judge import judge
from oracle_lib.evaluate.lexers import Language
from oracle_lib.evaluate.plot import plot_families
from oracle_lib.evaluate.predictions import ModelName, Prediction, collect, read_prompts
from oracle_lib.evaluate.states import StateCheck, count_states
from oracle_lib.evaluate.statistics import compare, correct, pass_at_k
from oracle_lib.files import relative, sha256
from oracle_lib.metrics import METRICS, Comparison, Interval
from oracle_lib.params import Expert, Profile, load_expert, load_profile
from oracle_lib.records import Adapter, DatasetRow, Frozen, Record, read_jsonl
from oracle_lib.run import Stage, refuse_edited, stage_folder
from oracle_lib.sample import Sample, read_samples

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PROBLEMS = Path(__file__).parent / "oraclebench.jsonl"

_CORPUS, _CPP = "oraclebench-", "-cpp"


class HalfResult(Frozen):
    """One half of the benchmark, by model: `pass_at` holds pass@k by k, `assembles` the share of answers that do.

    `cycles` is the median, over the answers that pass, of their cycles as a multiple of the reference's; None where
    none passes. `passes` compares the shares of passing answers; its interval weights families, because problems of one
    family are solved by one idea, and its p-value is corrected for there being two halves. `by_family` holds the shares
    of passing answers, `states` what further initial states took away.
    """

    half: Half
    problems: int
    families: int
    pass_at: dict[ModelName, dict[int, float]]
    assembles: dict[ModelName, float]
    cycles: dict[ModelName, float | None]
    passes: Comparison
    by_family: dict[str, dict[ModelName, float]] = Field(default_factory=dict)
    states: StateCheck | None = None

    def interval(self, model: ModelName) -> Interval | None:
        """The 95 % interval of a model's share of passing answers; None where there is none."""
        return {"base": self.passes.base_interval, "expert": self.passes.expert_interval}.get(model)


class BenchExample(Frozen):
    """One problem of OracleBench as the expert answered it: `reasons` say what running the answer showed against it."""

    half: Half
    family: str
    question: str
    answer: str
    passes: bool
    reasons: tuple[str, ...]

    def _repr_markdown_(self) -> str:
        """What a model wrote or its code printed stands in blocks, fenced more widely than anything in them."""
        blocks = [self.question, self.answer or "(nothing)", *(["\n".join(self.reasons[:3])] if self.reasons else [])]
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", "\n".join(blocks))), default=0))
        title = f"**{self.family.replace('_', ' ')}** ({self.half}): {'solved' if self.passes else 'failed'}"
        return "\n\n".join([title, *(f"{fence}text\n{block}\n{fence}" for block in blocks)])


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
    language: Language = "asm"

    def table(self) -> list[tuple[str, ...]]:
        """As text: the half, the model, pass@k, the interval of pass@1, what assembles, the cycles, and the expert's
        lead over its base with the smallest lead that could be seen.
        """
        passes = METRICS["passes"]
        return [
            (
                half.half,
                model.replace("_", " "),
                *map(passes.show, rates.values()),
                passes.ends(half.interval(model)),
                METRICS["assembles"].show(half.assembles[model]),
                "" if (ratio := half.cycles[model]) is None else f"{ratio:.2f}",
                passes.difference(half.passes) if model == "expert" else "",
                passes.size(half.passes.detectable) if model == "expert" and half.passes.detectable else "",
            )
            for half in self.halves
            for model, rates in half.pass_at.items()
        ]

    def plot(self) -> "Figure":
        """The share of passing answers of each family, a panel a half: the base, and the expert."""
        return plot_families({half.half: half.by_family for half in self.halves})

    def arms(self, arm: str) -> list[ArmResult]:
        """What the base and the expert reached, as lines of a comparison of recipes; the expert is called `arm`."""
        names: dict[ModelName, str] = {"base": "base", "expert": arm}
        return [
            ArmResult(
                base=self.base,
                arm=name,
                half=half.half,
                language=self.language,
                passes=half.pass_at[model][1],
                low=ends[0] if ends else None,
                high=ends[1] if ends else None,
                n=half.problems,
                families=half.families,
            )
            for half in self.halves
            for model, name in names.items()
            for ends in [half.interval(model)]
        ]

    def _repr_html_(self) -> str:
        lead = "expert − base [95 %]"  # noqa: RUF001
        rates = (f"pass@{k}" for k in _ks(self.answers))
        heads = ("half", "model", *rates, "95 %", "assembles", "cycles / reference", lead, "smallest visible")
        cells = [
            "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"
            for tag, rows in (("th", [heads]), ("td", self.table()))
            for row in rows
        ]
        states = "".join(
            f"<p>{html.escape(f'{half.half}: {half.states.in_words()}')}</p>" for half in self.halves if half.states
        )
        return f"<table>{''.join(cells)}</table>{states}"


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
    refuse_edited(run, expert.name)
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
            halves = [
                score_half(
                    half,
                    [row for row in rows if row.family in names],
                    answers,
                    cycles,
                    profile.evaluation.bootstrap,
                    profile.seed,
                )
                for half, names in families.items()
            ]
            corrected = correct({half.half: half.passes for half in halves})
            report = BenchReport(
                expert=expert.name,
                run=run,
                base=adapter.base,
                adapter_sha256=adapter.sha256,
                answers=answers,
                temperature=temperature,
                halves=tuple(half.model_copy(update={"passes": corrected[half.half]}) for half in halves),
                language=expert.language,
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
        by_family={
            family: {
                model: fmean(row.passes is True for row in theirs if row.family == family)
                for model, theirs in by_model.items()
            }
            for family in sorted({row.family for row in rows})
        },
        states=count_states(rows),
    )


def bench_examples(run: str, expert: str, of_each: int = 3) -> list[BenchExample]:
    """Held-out problems that the expert solved, then others that it failed: the first of each, no family twice.

    A rule, not a selection. Raises `OracleError` where OracleBench was not run.
    """
    samples = {sample.sample_id: sample for sample in read_samples(PROBLEMS)}
    path = stage_folder(run, load_expert(expert).name, "bench") / "predictions.jsonl"
    shown: dict[tuple[bool, str], BenchExample] = {}
    for row in read_jsonl(Prediction, path, "call evaluate.bench first"):
        sample = samples.get(row.sample_id.partition(".")[0])
        if row.model != "expert" or sample is None or _half(sample) != "held-out":
            continue
        passed = row.passes is True
        example = BenchExample(
            half="held-out",
            family=row.family,
            question=sample.prompt,
            answer=row.answer,
            passes=passed,
            reasons=row.reasons,
        )
        shown.setdefault((passed, row.family), example)
    return [
        example
        for outcome in (True, False)
        for example in [one for (passed, _), one in shown.items() if passed is outcome][:of_each]
    ]


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
        drawn_by=sample.source.drawn_by,
    )


def _refuse_taught(samples: Sequence[Sample], taught: Sequence[DatasetRow]) -> None:
    groups = {prompt.group for prompt in taught} & {sample.group for sample in samples}
    held_out = {sample.source.path for sample in samples if _half(sample) == "held-out"}
    if known := groups | ({prompt.family for prompt in taught} & held_out):
        raise OracleError(
            f"{len(known)} problems or families of OracleBench are in the training set, such as {min(known)}; "
            "remove them from the sources and run 02_export and 04_train again"
        )
