"""What do the council's drafts and repair rounds give? OracleBench's held-out problems in assembly, put to it as free
questions: one draft, and several of which the council keeps one, each without repair and with it, in pairs.

    python -m benchmarks.repair [--adapter FOLDER --base FOLDER] [--limit 540] [--drafts 8] [--rounds 2] [--keep FOLDER]

The council has one expert, rauru-assembler, in this process: with the adapter in a PEFT folder on its base, or the
registered one that is in use. Where the router does not send a question to it, its base answers. It answers at the
temperature of its params, which the result lines say; many questions are decoded side by side.

Repair sees what the council sees: the question, the assembler's messages, and a run where the question itself gives a
contract; never the benchmark's. Nor do drafts: what is compared is what they do from states that are drawn from the
question. An answer without repair is what the expert with repair had said first.

Answers and verdicts are kept in the folder `--keep` as they come, and a run goes on where one ended.
"""

import argparse
import asyncio
import json
import os
import random
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np
from tqdm.asyncio import tqdm_asyncio

from benchmarks.learn import problems_of, solved
from oracle_lib import files, params, registry
from oracle_lib.bases import base_digest, choose
from oracle_lib.council import Answer, Council
from oracle_lib.evaluate.judge import judge
from oracle_lib.evaluate.statistics import group_weights, percentiles
from oracle_lib.records import Adapter, DatasetRow, Frozen, RowModel, read_jsonl
from oracle_lib.registry.folder import ADAPTER_FILES

EXPERT = params.load_expert("rauru-assembler")
_AT_ONCE = 1024
"""Drafts that are decoded at a time."""


class Shown(Frozen):
    """What the council showed for a problem after so many `rounds` of repair, and what it would have shown without. It
    was not written `by_adapter` where the router sent the question to nobody.
    """

    sample_id: str
    by_adapter: bool
    unrepaired: str
    repaired: str
    rounds: int
    fault: str


class Judged(Frozen):
    """Whether a text, told by its sha256, passes as an answer to a problem."""

    sample_id: str
    text: str
    passes: bool


def register(adapter: Path, base: str) -> None:
    """Has an adapter in a PEFT folder answer for the expert, in the outputs folder that the environment names."""
    folder, report = files.outputs() / "given" / "adapter", files.outputs() / "given" / "report.json"
    folder.mkdir(parents=True)
    for name in ADAPTER_FILES:
        shutil.copyfile(adapter / name, folder / name)
    report.write_text("{}\n", encoding="utf-8")
    reference = choose(base, EXPERT)
    record = Adapter(
        expert=EXPERT.name,
        run="given",
        base=reference,
        base_sha256=base_digest(reference),
        path=files.relative(folder),
        sha256=files.sha256(folder),
        rows=0,
        epochs=0,
        steps=0,
        train_loss=0.0,
        dataset_sha256="",
    )
    version = registry.register(record, report, (), date.today())
    registry.move("candidate", version.name, "it is measured")


def shown(problems: Sequence[DatasetRow], drafts: int, rounds: int, keep: Path) -> list[Shown]:
    """What the council shows for each problem, of so many drafts and with so many rounds of repair at most."""
    version = registry.in_use(EXPERT.name)
    by = version.adapter.sha256[:12] if version else "base"
    path = keep / f"answers-{drafts}-{rounds}-{by}.jsonl"
    found = {one.sample_id: one for one in _kept(Shown, path)}
    changes = {"runtime": "in-process", "drafts": drafts, "repair_rounds": rounds, "answer_seconds": 3600.0}
    council = Council(
        (EXPERT.name,), max_new_tokens=512, params=params.load_council().model_copy(update={**changes, "runtimes": {}})
    )
    places = asyncio.Semaphore(max(1, _AT_ONCE // drafts))

    async def answer(row: DatasetRow) -> None:
        async with places:
            *_, answer = [piece async for piece in council.stream(row.question)]
        assert isinstance(answer, Answer)
        [section] = answer.sections
        one = Shown(
            sample_id=row.sample_id,
            by_adapter=section.version is not None,
            unrepaired=section.unrepaired if section.repairs else section.text,
            repaired=section.text,
            rounds=section.repairs,
            fault=section.fault,
        )
        files.durable_append(path, one.model_dump_json() + "\n")
        found[one.sample_id] = one

    async def answer_all() -> None:
        left = [answer(row) for row in problems if row.sample_id not in found]
        await tqdm_asyncio.gather(*left, desc=f"{drafts} drafts", unit="question", mininterval=1)

    asyncio.run(answer_all())
    council.close()
    return [found[row.sample_id] for row in problems]


def passing(problems: Sequence[DatasetRow], texts: Sequence[str], keep: Path) -> list[bool]:
    """Whether each problem's answer passes."""
    path = keep / "verdicts.jsonl"
    keys = [(row.sample_id, sha256(text.encode()).hexdigest()) for row, text in zip(problems, texts, strict=True)]
    found = {(one.sample_id, one.text): one.passes for one in _kept(Judged, path)}
    left = [place for place, key in enumerate(keys) if key not in found]
    verdicts = judge([problems[place] for place in left], [texts[place] for place in left], "asm")
    for place, verdict in zip(left, verdicts, strict=True):
        found[keys[place]] = verdict.passes is True
        one = Judged(sample_id=keys[place][0], text=keys[place][1], passes=found[keys[place]])
        files.durable_append(path, one.model_dump_json() + "\n")
    return [found[key] for key in keys]


def _kept(kind: type[RowModel], path: Path) -> list[RowModel]:
    return list(read_jsonl(kind, path, "delete that line", torn_end=True)) if path.exists() else []


def by_family(problems: Sequence[DatasetRow], values: Sequence[int]) -> list[list[int]]:
    """Each family's sum of the values, and how many they are."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row, value in zip(problems, values, strict=True):
        found[row.family][0] += value
        found[row.family][1] += 1
    return list(found.values())


def paired_gain(problems: Sequence[DatasetRow], before: Sequence[bool], after: Sequence[bool]) -> dict[str, float]:
    """By how much the share that passes grows, with its 95 % interval, which resamples families."""
    gains = np.array(by_family(problems, [b - a for a, b in zip(before, after, strict=True)]), dtype=float)
    sums = group_weights(len(gains), 0, 4000, np.random.default_rng(0)) @ gains
    gain = float(gains[:, 0].sum() / len(problems))
    low, high = percentiles(sums[:, 0] / sums[:, 1], gain)
    return {"gain": round(gain, 4), "low": round(low, 4), "high": round(high, 4), "families": len(gains)}


def measure(problems: Sequence[DatasetRow], most_drafts: int, most_rounds: int, keep: Path) -> None:
    """Prints the share that passes in each way of answering, and what each gives beyond one draft without repair."""
    plain: list[bool] | None = None
    for drafts in dict.fromkeys((1, most_drafts)):
        answers = shown(problems, drafts, most_rounds, keep)
        for rounds in dict.fromkeys((0, most_rounds)):
            texts = [one.repaired if rounds else one.unrepaired for one in answers]
            passes = passing(problems, texts, keep)
            share, (low, high) = solved(by_family(problems, passes))
            line = {"bench": "repair", "n": len(problems), "drafts": drafts, "rounds": rounds}
            figures = {"passes": round(share, 4), "low": round(low, 4), "high": round(high, 4)}
            figures |= {"temperature": EXPERT.temperature, "failed": sum(bool(one.fault) for one in answers)}
            figures |= {"repaired": sum(bool(one.rounds) for one in answers) if rounds else 0}
            figures |= {"by_an_adapter": sum(one.by_adapter for one in answers)}
            print(json.dumps(line | figures), flush=True)
            if plain is None:
                plain = passes
            else:
                print(json.dumps(line | paired_gain(problems, plain, passes)), flush=True)


def main() -> None:
    allowed = params.load_council()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--adapter", type=Path, help="a PEFT folder; without, the registered adapter in use answers")
    parser.add_argument("--base", help="the folder, or the name, of the base under the adapter")
    parser.add_argument("--limit", type=int, default=540, help="at most so many problems")
    parser.add_argument("--drafts", type=int, default=allowed.drafts)
    parser.add_argument("--rounds", type=int, default=allowed.repair_rounds)
    parser.add_argument("--keep", type=Path, help="a folder that gets the answers and verdicts")
    given = parser.parse_args()
    if bool(given.adapter) != bool(given.base):
        parser.error("--adapter and --base go together")
    problems = [row for row in problems_of("bench", "asm") if row.group == "held-out"]
    problems = random.Random(0).sample(problems, min(given.limit, len(problems)))
    with tempfile.TemporaryDirectory() as scratch:
        if given.adapter:
            os.environ["ORACLE_OUTPUTS"] = scratch
            register(given.adapter, given.base)
        keep = given.keep or Path(scratch)
        keep.mkdir(parents=True, exist_ok=True)
        measure(problems, given.drafts, given.rounds, keep)


if __name__ == "__main__":
    main()
