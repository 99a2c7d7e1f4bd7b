"""What does agreement by execution give? Several answers to each of OracleBench's and the validation problems in
assembly: how many problems the first answer solves, the one that `council.agreement` chooses, and any of them.

    python -m benchmarks.agreement SAMPLES [--drafts 8] [--half held-out|taught|validation]

SAMPLES is a JSON list: for each problem of OracleBench, then of the validation families (as `benchmarks.learn` has
them), a list of answers, the surest first. The agreement reads the question and the answers, never the contract.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.learn import problems_of, solved
from benchmarks.repair import by_family, paired_gain
from oracle_lib.council.agreement import Agreement, agree
from oracle_lib.evaluate.judge import judge
from oracle_lib.records import DatasetRow
from oracle_lib.verify import extract_code

HALVES = ("validation", "taught", "held-out")


def agreements(problems: Sequence[DatasetRow], samples: Sequence[Sequence[str]]) -> list[Agreement]:
    return [
        agree(row.messages[1]["content"], [extract_code(text) for text in texts])
        for row, texts in zip(problems, samples, strict=True)
    ]


def passes(problems: Sequence[DatasetRow], samples: Sequence[Sequence[str]]) -> list[list[bool]]:
    """Whether each answer to each problem passes."""
    rows = [row for row, texts in zip(problems, samples, strict=True) for _ in texts]
    verdicts = iter(judge(rows, [text for texts in samples for text in texts], "asm"))
    return [[next(verdicts).passes is True for _ in texts] for texts in samples]


def line(
    problems: Sequence[DatasetRow], found: Sequence[Agreement], right: Sequence[Sequence[bool]]
) -> dict[str, object]:
    """The figures of one half: shares with their 95 % intervals, which resample families, and the paired gain."""
    first = [bool(one[0]) for one in right]
    chosen = [bool(one[agreement.chosen]) for agreement, one in zip(found, right, strict=True)]
    result: dict[str, object] = {"bench": "agreement", "half": problems[0].group, "n": len(problems)}
    result |= {"drafts": max(map(len, right))}
    for name, values in (("first", first), ("chosen", chosen), ("any", [any(one) for one in right])):
        share, (low, high) = solved(by_family(problems, values))
        result[name] = [round(share, 4), round(low, 4), round(high, 4)]
    result["gain"] = paired_gain(problems, first, chosen)
    sure = [2 * agreement.agreeing > agreement.drafts for agreement in found]
    result["when_most_agree"] = _share([one for one, is_sure in zip(chosen, sure, strict=True) if is_sure])
    result["when_few_agree"] = _share([one for one, is_sure in zip(chosen, sure, strict=True) if not is_sure])
    return result


def _share(values: Sequence[bool]) -> dict[str, float | int]:
    return {"passes": round(sum(values) / len(values), 4) if values else 0.0, "n": len(values)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("samples", type=Path)
    parser.add_argument("--drafts", type=int, default=8, help="at most so many answers a problem")
    parser.add_argument("--half", choices=HALVES, action="append", help="only this, by default all")
    given = parser.parse_args()
    problems = problems_of("bench", "asm") + problems_of("validation", "asm")
    samples = [texts[: given.drafts] for texts in json.loads(given.samples.read_bytes())]
    for half in given.half or HALVES:
        own = [(row, texts) for row, texts in zip(problems, samples, strict=True) if row.group == half]
        rows, texts = [row for row, _ in own], [texts for _, texts in own]
        print(json.dumps(line(rows, agreements(rows, texts), passes(rows, texts))), flush=True)


if __name__ == "__main__":
    main()
