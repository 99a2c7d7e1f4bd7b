"""What do the council's repair rounds give? OracleBench's held-out problems in assembly, put to it as free questions,
answered without repair and with the rounds that params/council.yaml allows, in pairs.

    python -m benchmarks.repair [--problems 540] [--rounds 2] [--keep FOLDER]

The council has one expert, the registered rauru-assembler that is in use, in this process; where the router does not
send a question to it, its base answers. Repair sees what the council sees: the
question, the assembler's messages, and a run where the question itself gives a contract; never the benchmark's.
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


async def _answers(council: Council, questions: Sequence[str]) -> list[Answer]:
    places = asyncio.Semaphore(_AT_ONCE)

    async def one(question: str) -> Answer:
        async with places:
            *_, answer = [piece async for piece in council.stream(question)]
            assert isinstance(answer, Answer)
            return answer

    found: list[Answer] = await tqdm_asyncio.gather(*map(one, questions), unit="question", mininterval=1)
    return found


def shown_code_passes(problems: Sequence[DatasetRow], rounds: int, keep: Path | None) -> list[bool]:
    """Whether each problem's shown code passes, with so many rounds of repair at most."""
    council = Council(
        (EXPERT,),
        max_new_tokens=512,
        params=params.load_council().model_copy(update={"repair_rounds": rounds, "answer_seconds": 900.0}),
    )
    answers = asyncio.run(_answers(council, [row.messages[1]["content"] for row in problems]))
    council.close()
    texts = [answer.sections[0].text for answer in answers]
    if keep:
        told = [answer.model_dump(mode="json") for answer in answers]
        atomic_write(keep / f"repair-{rounds}.json", json.dumps(told, indent=1) + "\n")
    passes = [verdict.passes is True for verdict in judge(problems, texts, "asm")]
    share, (low, high) = solved(_by_family(problems, passes))
    line = {"bench": "repair", "rounds": rounds, "passes": round(share, 4), "low": round(low, 4)}
    line |= {"high": round(high, 4), "n": len(passes)}
    line |= {"repaired": sum(any(section.repairs for section in answer.sections) for answer in answers)}
    line |= {"failed": sum(bool(answer.failed) for answer in answers)}
    print(json.dumps(line | {"by_an_adapter": sum(any(answer.used_adapter.values()) for answer in answers)}))
    return passes


def _by_family(problems: Sequence[DatasetRow], values: Sequence[int]) -> list[list[int]]:
    """Each family's sum of the values, and how many they are."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row, value in zip(problems, values, strict=True):
        found[row.family][0] += value
        found[row.family][1] += 1
    return list(found.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--problems", type=int, default=540, help="at most so many")
    parser.add_argument("--rounds", type=int, default=params.load_council().repair_rounds)
    parser.add_argument("--keep", type=Path, help="a folder that gets the answers")
    given = parser.parse_args()
    problems = [row for row in problems_of("bench", "asm") if row.group == "held-out"]
    problems = random.Random(0).sample(problems, min(given.problems, len(problems)))
    without, repaired = (shown_code_passes(problems, rounds, given.keep) for rounds in (0, given.rounds))
    gains = np.array(_by_family(problems, [b - a for a, b in zip(without, repaired, strict=True)]), dtype=float)
    sums = group_weights(len(gains), 0, 4000, np.random.default_rng(0)) @ gains
    gain = float(gains[:, 0].sum() / len(problems))
    low, high = percentiles(sums[:, 0] / sums[:, 1], gain)
    line = {"bench": "repair", "gain": round(gain, 4), "low": round(low, 4), "high": round(high, 4)}
    print(json.dumps(line | {"n": len(problems), "families": len(gains), "rounds": given.rounds}))


if __name__ == "__main__":
    main()
