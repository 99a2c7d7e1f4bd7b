"""What do the council's drafts and repair rounds give? OracleBench's held-out problems in assembly, put to it as free
questions, answered by one draft without repair, by several of which the council keeps one, and with repair, in pairs.

    python -m benchmarks.repair [--problems 540] [--drafts 8] [--rounds 2] [--keep FOLDER]

The council has one expert, the registered rauru-assembler that is in use, in this process; where the router does not
send a question to it, its base answers. Repair sees what the council sees: the
question, the assembler's messages, and a run where the question itself gives a contract; never the benchmark's. Nor do
drafts: what is compared is what they do from states that are drawn from the question.
"""

import argparse
import asyncio
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tqdm.asyncio import tqdm_asyncio

from benchmarks.learn import problems_of, solved
from oracle_lib import params
from oracle_lib.council import Council
from oracle_lib.council.council import Answer
from oracle_lib.evaluate.judge import judge
from oracle_lib.evaluate.statistics import group_weights, percentiles
from oracle_lib.files import atomic_write
from oracle_lib.records import DatasetRow

EXPERT = "rauru-assembler"
_AT_ONCE = 256
"""Drafts that are decoded at a time."""


async def _answers(council: Council, questions: Sequence[str], at_once: int) -> list[Answer]:
    places = asyncio.Semaphore(at_once)

    async def one(question: str) -> Answer:
        async with places:
            *_, answer = [piece async for piece in council.stream(question)]
            assert isinstance(answer, Answer)
            return answer

    found: list[Answer] = await tqdm_asyncio.gather(*map(one, questions), unit="question", mininterval=1)
    return found


def shown_code_passes(problems: Sequence[DatasetRow], drafts: int, rounds: int, keep: Path | None) -> list[bool]:
    """Whether each problem's shown code passes, of so many drafts and with so many rounds of repair at most."""
    changes = {"drafts": drafts, "repair_rounds": rounds, "answer_seconds": 900.0}
    council = Council(
        (EXPERT,),
        max_new_tokens=512,
        params=params.load_council().model_copy(update=changes),
    )
    questions = [row.messages[1]["content"] for row in problems]
    answers = asyncio.run(_answers(council, questions, max(1, _AT_ONCE // drafts)))
    council.close()
    texts = [answer.sections[0].text for answer in answers]
    if keep:
        told = [answer.model_dump(mode="json") for answer in answers]
        atomic_write(keep / f"repair-{drafts}-{rounds}.json", json.dumps(told, indent=1) + "\n")
    passes = [verdict.passes is True for verdict in judge(problems, texts, "asm")]
    share, (low, high) = solved(by_family(problems, passes))
    line = {"bench": "repair", "drafts": drafts, "rounds": rounds, "passes": round(share, 4), "low": round(low, 4)}
    line |= {"high": round(high, 4), "n": len(passes)}
    line |= {"repaired": sum(any(section.repairs for section in answer.sections) for answer in answers)}
    line |= {"failed": sum(bool(answer.failed) for answer in answers)}
    print(json.dumps(line | {"by_an_adapter": sum(any(answer.used_adapter.values()) for answer in answers)}))
    return passes


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


def main() -> None:
    allowed = params.load_council()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--problems", type=int, default=540, help="at most so many")
    parser.add_argument("--drafts", type=int, default=allowed.drafts)
    parser.add_argument("--rounds", type=int, default=allowed.repair_rounds)
    parser.add_argument("--keep", type=Path, help="a folder that gets the answers")
    given = parser.parse_args()
    problems = [row for row in problems_of("bench", "asm") if row.group == "held-out"]
    problems = random.Random(0).sample(problems, min(given.problems, len(problems)))
    plain = shown_code_passes(problems, 1, 0, given.keep)
    for drafts, rounds in dict.fromkeys(((given.drafts, 0), (given.drafts, given.rounds))):
        if (drafts, rounds) != (1, 0):
            gain = paired_gain(problems, plain, shown_code_passes(problems, drafts, rounds, given.keep))
            print(json.dumps({"bench": "repair", "n": len(problems), "drafts": drafts, "rounds": rounds} | gain))


if __name__ == "__main__":
    main()
