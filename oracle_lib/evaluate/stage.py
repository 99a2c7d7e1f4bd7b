"""Stage 05: base and expert answer the test set, and a report says what the expert is worth. Tunes nothing."""

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from oracle_lib import DryRun, OracleError, bases
from oracle_lib.decoding import prompts_at_once
from oracle_lib.evaluate.answers import answer_all, reading
from oracle_lib.evaluate.contestants import Asking, contestants
from oracle_lib.evaluate.judge import judge
from oracle_lib.evaluate.page import render_page, solved
from oracle_lib.evaluate.predictions import Prediction, collect, read_prompts
from oracle_lib.evaluate.report import FamilyResult, Lineage, Report, verdict_on
from oracle_lib.evaluate.states import count_states
from oracle_lib.evaluate.statistics import compare
from oracle_lib.files import atomic_write, relative, sha256
from oracle_lib.params import Expert, Profile, load_expert, load_profile
from oracle_lib.processor import say_how_long
from oracle_lib.quality import configured_judge
from oracle_lib.quality.prose import not_configured
from oracle_lib.records import Adapter, DatasetRow
from oracle_lib.run import Stage, refuse_edited, stage_folder


def evaluate(
    run: str, expert: str, profile: str, force: bool = False, base: str = "", answers_only: bool = False
) -> Report:
    """Compares the run's trained expert with its base on the held-out test set; writes predictions, report and page.

    `expert` is any of its names. The base is the adapter's; where `base` names one, it must be that, and if it is a
    folder it is looked for there. A killed evaluation goes on where it stopped. Raises `OracleError` where there is no
    test set, adapter or base, where the adapter was trained on another export of the data, and where a problem of the
    test set is in the training set. With `answers_only` it judges nothing: it leaves `answers.jsonl`, for
    the same call on another machine to judge, and raises `DryRun`.
    """
    return _evaluate(run, load_expert(expert), load_profile(profile), force, base, answers_only)


def _evaluate(run: str, expert: Expert, profile: Profile, force: bool, base: str, answers_only: bool) -> Report:
    prose_judge = configured_judge() if expert.language == "text" else None
    dataset = stage_folder(run, expert.name, "export") / expert.dataset_name(profile)
    trained = stage_folder(run, expert.name, "train") / "adapter.json"
    test, train = dataset / "test.jsonl", dataset / "train.jsonl"
    if not test.exists():
        raise OracleError(
            f"{relative(test)} is missing; run 02_export for {expert.name} with the profile {profile.name} first"
        )
    adapter = Adapter.read(trained)
    bases.require_chosen(base, expert, adapter.base)
    refuse_edited(run, expert.name)
    with Stage(
        run,
        expert.name,
        "evaluate",
        inputs=[test, train, trained],
        parameters={
            "profile": profile.name,
            "seed": profile.seed,
            **profile.evaluation.model_dump(),
            **expert.gates.model_dump(),
            **({"judge": prose_judge.identity} if prose_judge else {}),
        },
        module=__name__,
        force=force,
    ) as stage:
        written = [stage.folder / name for name in ("predictions.jsonl", "report.json", "report.html")]
        if not stage.is_current:
            _refuse_leaks(dataset, adapter)
            prompts = _chosen(read_prompts(test), profile)
            batches = 2 * -(-len(prompts) // prompts_at_once())  # the base's and the expert's
            steps = batches * profile.evaluation.max_new_tokens
            say_how_long(adapter.base, f"answering {len(prompts):,} prompts, and its base too,", steps=steps)
            if force:
                written[0].unlink(missing_ok=True)
            asked = contestants(adapter, Asking(expert.language, profile.evaluation.max_new_tokens), stage.code)
            answers = stage.folder / "answers.jsonl"
            if answers_only:
                answer_all(answers, prompts, asked, prompts_at_once())
                raise DryRun(
                    f"{len(prompts):,} prompts are answered in {relative(answers)}, for another machine to judge"
                )
            rows = collect(
                written[0],
                prompts,
                [reading(one, answers, prose_judge.identity if prose_judge else "") for one in asked],
                partial(judge, language=expert.language, prose_judge=prose_judge),
                prompts_at_once(),
            )
            answers.unlink(missing_ok=True)  # they stand in the predictions now
            lineage = Lineage(
                test_set=sha256(test),
                training_set=adapter.dataset_sha256,
                base=adapter.base_sha256,
                adapter=adapter.sha256,
                predictions=sha256(written[0]),
                code=stage.code,
            )
            report = summarise(rows, expert, profile, adapter, lineage, prose_judge.name if prose_judge else None)
            report.write(written[1])
            atomic_write(written[2], render_page(report, expert, prompts, rows))
            stage.finish(written, {name: one.expert for name, one in report.metrics.items()})
    return Report.read(written[1])


def summarise(
    predictions: Sequence[Prediction],
    expert: Expert,
    profile: Profile,
    adapter: Adapter,
    lineage: Lineage,
    judged_by: str | None = None,
) -> Report:
    """The report on what the models answered; `judged_by` is the model that judged their prose, if one did."""
    base, plain, answers = (
        [row for row in predictions if row.model == name] for name in ("base", "plain_base", "expert")
    )
    draws, seed = profile.evaluation.bootstrap, profile.seed
    first = expert.gates.better_than_base
    metrics = compare(base, answers, draws, seed, first)
    if expert.language != "text":  # code is judged by running it
        del metrics["supported"]
    against_plain = compare(plain, answers, draws, seed, first) if plain else {}
    plain_base = {name: one for name, one in against_plain.items() if one.base is not None}
    gates = expert.gates.judge(metrics, plain_base)
    groups = len({row.group for row in answers})
    return Report(
        expert=expert.name,
        run=adapter.run,
        profile=profile.name,
        base=adapter.base,
        adapter=adapter.path,
        n=len(answers),
        groups=groups,
        draws=draws,
        metrics=metrics,
        plain_base=plain_base if plain else None,
        families=_by_family(base, plain, answers, bases.read_families(adapter.base)),
        benchmark=first,
        judged_by=judged_by,
        gates=gates,
        lineage=lineage,
        verdict=verdict_on(
            expert.short_name,
            len(answers),
            groups,
            first,
            metrics,
            plain_base,
            gates,
            _why_unmeasured(first, judged_by),
        ),
        states=count_states(predictions),
    )


def _why_unmeasured(benchmark: str, judged_by: str | None) -> str:
    """Why the benchmark is not measured where it is not, as far as that can be known."""
    if benchmark != "supported":
        return ""
    return "no prompt has a source and a reference that claims anything" if judged_by else not_configured()


def _by_family(
    base: Sequence[Prediction],
    plain: Sequence[Prediction],
    answers: Sequence[Prediction],
    known: frozenset[str] | None,
) -> tuple[FamilyResult, ...]:
    return tuple(
        FamilyResult(
            family=family,
            known=None if known is None else family in known,
            n=sum(row.family == family for row in answers),
            base=sum(solved(row) for row in base if row.family == family),
            plain_base=sum(solved(row) for row in plain if row.family == family) if plain else None,
            expert=sum(solved(row) for row in answers if row.family == family),
        )
        for family in sorted({row.family for row in answers})
    )


def _chosen(prompts: list[DatasetRow], profile: Profile) -> list[DatasetRow]:
    """As many prompts as the profile allows, chosen by a hash of their content and kept in order."""
    allowed = profile.evaluation.prompts or len(prompts)
    order = sorted(prompts, key=lambda prompt: hashlib.sha256(f"evaluate:{prompt.sample_id}".encode()).digest())
    kept = {prompt.sample_id for prompt in order[:allowed]}
    return [prompt for prompt in prompts if prompt.sample_id in kept]


def _refuse_leaks(dataset: Path, adapter: Adapter) -> None:
    if sha256(dataset) != adapter.dataset_sha256:
        raise OracleError(
            f"{adapter.path} was trained on other data than {relative(dataset)}, perhaps on this test set; "
            "run 03_transfer and 04_train again"
        )
    train, test = ({row.group for row in read_prompts(dataset / f"{side}.jsonl")} for side in ("train", "test"))
    if shared := train & test:
        raise OracleError(
            f"{relative(dataset)} has {len(shared)} problems on both sides of the split, such as {min(shared)}; "
            "run 02_export again"
        )
