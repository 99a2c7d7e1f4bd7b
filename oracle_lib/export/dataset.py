"""02: from `accepted.jsonl` to a data set folder in chat format, with its card. `selection` decides what goes in."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import JsonValue

from oracle_lib import OracleError, params
from oracle_lib.chat import control_in, framing
from oracle_lib.export.card import DatasetCard, Side, SourceRows
from oracle_lib.export.left_out import LEFT_OUT
from oracle_lib.export.overruling import latest_overrulings, overrulings_path, taken_in
from oracle_lib.export.rows import family_of, lengths_of, row_of, tokenizer_at_hand
from oracle_lib.export.selection import Selection, select
from oracle_lib.files import atomic_path, atomic_write, display_path, relative, sha256
from oracle_lib.params import Expert, Profile
from oracle_lib.records import to_jsonl
from oracle_lib.run import Stage, refuse_edited, stage_folder
from oracle_lib.sample import Sample, Split, read_samples


def export_dataset(run: str, expert: str, profile: str, force: bool = False) -> DatasetCard:
    """Writes `export/<dataset>/{train,val,test}.jsonl` with a README, and returns the card (also in `card.json`).

    On which side of the split a group falls follows from its name alone. What is left out is listed in
    `export/left_out.jsonl`, with the reason. The same samples give the same bytes, in whatever order they come.
    Raises `OracleError` where 01 has not run, where a sample is empty or holds what frames a chat for any known base,
    where nothing is left to train on, and, unless `force` is given, where somebody edited the data set.
    """
    return _export(run, params.load_expert(expert), params.load_profile(profile), force)


def _export(run: str, expert: Expert, profile: Profile, force: bool) -> DatasetCard:
    share = profile.split or expert.split
    of_01 = stage_folder(run, expert.name, "generate")
    accepted, rejected, overruled = of_01 / "accepted.jsonl", of_01 / "rejected.jsonl", overrulings_path(run, expert)
    tokenizer, max_length = tokenizer_at_hand(expert, profile), profile.training.max_length
    choices: dict[str, JsonValue] = {
        "dataset": expert.dataset_name(profile),
        "split": share.model_dump(),
        "rows": {side.value: size for side, size in expert.rows.items()},
        "system_prompt": expert.system_prompt,
        "purpose": expert.purpose,
        "tokenizer": tokenizer,
        "max_length": max_length,
    }
    inputs = [accepted, *([rejected, overruled] if overruled.exists() else [])]
    if not force:
        refuse_edited(run, expert.name)
    with Stage(run, expert.name, "export", inputs=inputs, parameters=choices, module=__name__, force=force) as stage:
        card_path, left_out_path = stage.folder / "card.json", stage.folder / LEFT_OUT
        if not stage.is_current:
            verdicts = latest_overrulings(run, expert)
            samples, others = list(read_samples(accepted)), taken_in(verdicts, rejected)
            _refuse_untrainable(accepted, samples)
            _refuse_untrainable(rejected, others)
            chosen = select([*samples, *others], verdicts, expert, share, tokenizer, max_length)
            folder = stage.folder / expert.dataset_name(profile)
            card = _write(folder, chosen, run, expert, profile, tokenizer)
            card.write(card_path)
            ordered = sorted(chosen.left_out, key=lambda one: (one.why, one.sample_id, repr(one)))
            atomic_write(left_out_path, to_jsonl(ordered))
            stage.finish(
                [folder, *sorted(folder.glob("*.jsonl")), card_path, left_out_path],
                {side: one.rows for side, one in card.sides.items()},
            )
    return DatasetCard.read(card_path)


def _refuse_untrainable(path: Path, samples: Iterable[Sample]) -> None:
    for number, sample in enumerate(samples, 1):
        for name, text in (("instruction", sample.instruction), ("input", sample.input), ("output", sample.output)):
            problem = "is empty" if name != "input" and not text.strip() else None
            if token := control_in(text):
                problem = framing(token)
            if problem:
                raise OracleError(f"{display_path(path)} line {number}: {name} {problem}; run 01_generate again")


def _write(
    folder: Path, chosen: Selection, run: str, expert: Expert, profile: Profile, tokenizer: str | None
) -> DatasetCard:
    share, sides = profile.split or expert.split, chosen.sides()
    everyone = [sample for members in sides.values() for sample in members]
    accepted = len(everyone) + len(chosen.left_out)
    _assert_apart(sides)
    if not sides[Split.TRAIN]:
        raise OracleError(f"none of the {accepted} accepted samples is left to train on; generate more in 01_generate")
    with atomic_path(folder) as beside:
        beside.mkdir()
        for split, members in sides.items():
            rows = to_jsonl(row_of(sample, expert.system_prompt, split) for sample in members)
            (beside / f"{split}.jsonl").write_text(rows, encoding="utf-8")
        tokens = [chosen.tokens[sample.sample_id] for sample in everyone] if tokenizer else []
        card = DatasetCard(
            name=folder.name,
            path=relative(folder),
            expert=expert.name,
            purpose=expert.purpose,
            run=run,
            profile=profile.name,
            accepted=accepted,
            left_out=_count(one.why.value for one in chosen.left_out),
            sides={split: _side(beside / f"{split}.jsonl", members) for split, members in sides.items()},
            wanted=expert.rows,
            families=_count(family_of(sample) for sample in everyone),
            teachers=_count(f"{sample.teacher.name} ({sample.teacher.model})" for sample in everyone),
            sources=_sources(everyone),
            verified=sum(bool(sample.verification and sample.verification.passes) for sample in everyone),
            lengths=lengths_of(tokens, tokenizer, profile.training.max_length) if tokenizer else None,
            val_share=share.val,
            test_share=share.test,
        )
        (beside / "README.md").write_text(card.readme(), encoding="utf-8")
    return card


def _assert_apart(sides: dict[Split, list[Sample]]) -> None:
    groups = {split: {sample.group for sample in members} for split, members in sides.items()}
    train, val, test = groups[Split.TRAIN], groups[Split.VAL], groups[Split.TEST]
    assert not (train & val or train & test or val & test), "a group is on two sides of the split"


def _count(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _sources(samples: Sequence[Sample]) -> tuple[SourceRows, ...]:
    counts = Counter((sample.source.corpus, sample.source.licence or "not stated") for sample in samples)
    return tuple(
        SourceRows(corpus=corpus, licence=licence, rows=rows) for (corpus, licence), rows in sorted(counts.items())
    )


def _side(path: Path, members: list[Sample]) -> Side:
    return Side(
        sha256=sha256(path),
        bytes=path.stat().st_size,
        rows=len(members),
        groups=len({sample.group for sample in members}),
        domains=_count(sample.domain.value for sample in members),
        tasks=_count(sample.task.value for sample in members),
    )
