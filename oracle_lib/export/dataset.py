"""Dedup, split, chat format, card: one pass from `accepted.jsonl` to a data set folder."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pydantic import JsonValue

from oracle_lib import OracleError, params
from oracle_lib.chat import control_in, framing
from oracle_lib.export.card import DatasetCard, Removed, Side
from oracle_lib.export.dedup import duplicates, leaks
from oracle_lib.files import atomic_path, display_path, relative, sha256
from oracle_lib.params import Expert, Profile
from oracle_lib.records import DatasetRow, Message
from oracle_lib.run import Stage, stage_folder
from oracle_lib.sample import Sample, Split, read_samples, split_of


def export_dataset(run: str, expert: str, profile: str, force: bool = False) -> DatasetCard:
    """Writes `export/<dataset>/{train,val,test}.jsonl` with a README, and returns the card (also in `card.json`).

    Every problem's wordings fall on one side of the split. Raises `OracleError` where 01 has not run, where a sample is
    empty or holds what frames a chat for any known base, or where nothing is left to train on.
    """
    return _export(run, params.load_expert(expert), params.load_profile(profile), force)


def _export(run: str, expert: Expert, profile: Profile, force: bool) -> DatasetCard:
    share = profile.split or expert.split
    accepted = stage_folder(run, expert.name, "generate") / "accepted.jsonl"
    choices: dict[str, JsonValue] = {
        "dataset": expert.dataset_name(profile),
        "split": share.model_dump(),
        "system_prompt": expert.system_prompt,
        "purpose": expert.purpose,
    }
    with Stage(
        run, expert.name, "export", inputs=[accepted], parameters=choices, module=__name__, force=force
    ) as stage:
        card_path = stage.folder / "card.json"
        if not stage.is_current:
            folder = stage.folder / expert.dataset_name(profile)
            samples = list(read_samples(accepted))
            _refuse_untrainable(accepted, samples)
            card = _write(folder, samples, run, expert, profile)
            card.write(card_path)
            stage.finish([folder, card_path], {split: side.rows for split, side in card.sides.items()})
    return DatasetCard.read(card_path)


def _refuse_untrainable(path: Path, samples: Iterable[Sample]) -> None:
    for number, sample in enumerate(samples, 1):
        for name, text in (("instruction", sample.instruction), ("input", sample.input), ("output", sample.output)):
            problem = "is empty" if name != "input" and not text.strip() else None
            if token := control_in(text):
                problem = framing(token)
            if problem:
                raise OracleError(f"{display_path(path)} line {number}: {name} {problem}; run 01_generate again")


def _write(folder: Path, samples: list[Sample], run: str, expert: Expert, profile: Profile) -> DatasetCard:
    share = profile.split or expert.split
    exact, near = duplicates(samples)
    kept = [sample for sample in samples if sample.sample_id not in exact | near]
    placed = [(sample, split_of(sample.group, share.val, share.test)) for sample in kept]
    leaking = leaks(placed)
    sides: dict[Split, list[Sample]] = {split: [] for split in Split}
    for sample, split in placed:
        if sample.sample_id not in leaking:
            sides[split].append(sample)
    _assert_apart(sides)
    if not sides[Split.TRAIN]:
        raise OracleError(
            f"none of the {len(samples)} accepted samples falls on the training side; generate more in 01_generate"
        )
    with atomic_path(folder) as beside:
        beside.mkdir()
        for split, members in sides.items():
            rows = (_line(_row(sample, expert.system_prompt, split)) for sample in members)
            (beside / f"{split}.jsonl").write_text("".join(rows), encoding="utf-8")
        everyone = [sample for members in sides.values() for sample in members]
        card = DatasetCard(
            name=folder.name,
            path=relative(folder),
            expert=expert.name,
            purpose=expert.purpose,
            run=run,
            profile=profile.name,
            accepted=len(samples),
            removed=Removed(exact=len(exact), near=len(near), leaks=len(leaking)),
            sides={split: _side(beside / f"{split}.jsonl", members) for split, members in sides.items()},
            families=_count(_family(sample) for sample in everyone),
            teachers=_count(f"{sample.teacher.name} ({sample.teacher.model})" for sample in everyone),
            licences=_count(sample.source.licence or "unknown" for sample in everyone),
            verified=sum(bool(sample.verification and sample.verification.passes) for sample in everyone),
            val_share=share.val,
            test_share=share.test,
        )
        (beside / "README.md").write_text(card.readme(), encoding="utf-8")
    return card


def _assert_apart(sides: dict[Split, list[Sample]]) -> None:
    groups = {split: {sample.group for sample in members} for split, members in sides.items()}
    train, val, test = groups[Split.TRAIN], groups[Split.VAL], groups[Split.TEST]
    assert not (train & val or train & test or val & test), "a group is on two sides of the split"


def _row(sample: Sample, system_prompt: str, split: Split) -> DatasetRow:
    """A sample as Unsloth and TRL read it; on the test side with what its answers are judged by."""
    evidence = sample.grounding.evidence.model_dump_json() if sample.grounding and split is Split.TEST else ""
    return DatasetRow(
        messages=(
            Message(role="system", content=system_prompt),
            Message(role="user", content=sample.prompt),
            Message(role="assistant", content=sample.output),
        ),
        sample_id=sample.sample_id,
        group=sample.group,
        domain=sample.domain.value,
        task=sample.task.value,
        family=_family(sample),
        contract=json.dumps(sample.verification.contract) if sample.verification else "",
        evidence=evidence,
        drawn_by=sample.source.drawn_by,
    )


def _line(row: DatasetRow) -> str:
    return json.dumps(row.model_dump(), ensure_ascii=False) + "\n"


def _family(sample: Sample) -> str:
    """The task family that asked, or what the group is called by in other corpora."""
    return sample.source.path if sample.source.corpus == "tasks" else sample.group.partition(":")[0]


def _count(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _side(path: Path, members: list[Sample]) -> Side:
    return Side(
        sha256=sha256(path),
        bytes=path.stat().st_size,
        rows=len(members),
        groups=len({sample.group for sample in members}),
        domains=_count(sample.domain.value for sample in members),
        tasks=_count(sample.task.value for sample in members),
    )
