"""How well the contracts of the task families tell right from wrong: breaks their references and counts the breaks that
a contract lets pass. It judges no model's answers and changes nothing.

A break counts where it changes behaviour: where it fails the family's own oracle, or leaves a caller's state changed,
in one of many fresh states, which are no cases of the contract. Each of those the contract should catch. Bounds on size
and time are left out on both sides: what is measured is behaviour. Repairs are measured by what they repair.

`python -m benchmarks.mutation --family add_words` shows one family, without a name all of them (`--kind` names a
folder). A family is kept when its share is at least 95 %: read the survivors, and give the contract the case that tells
them from the reference.
"""

import argparse
import json
import math
import os
import random
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

from oracle_lib import OracleError
from oracle_lib.progress import tqdm
from oracle_lib.tasks import KINDS, Family, Problem, families
from oracle_lib.tasks.kit.breaks import breaks, sample
from oracle_lib.verify import AsmCase, AsmContract, Contract, CppCase, FactContract, Verdict, assemble, check

BREAKS, PROBLEMS, STATES, DEMANDED = 60, 2, 512, 0.95
RUN = tuple(kind for kind in KINDS if kind not in ("understanding", "understanding_cpp"))
"""The kinds whose answers are code that runs."""

Outcome = Literal["no assembly", "equivalent", "caught", "survived"]


@dataclass(frozen=True)
class Result:
    """What became of a break of a family's reference."""

    family: str
    kind: str
    outcome: Outcome
    change: str
    reason: str = ""
    text: str = ""


class Judge:
    """Judges breaks of one problem: by its contract, and by fresh states of its oracle."""

    def __init__(self, problem: Problem, seed: str, states: int) -> None:
        assert problem.oracle and not isinstance(problem.contract, FactContract)
        self.contract = problem.contract
        if isinstance(self.contract, AsmContract):  # a bound would catch what is only longer or slower
            self.contract = self.contract.model_copy(update={"max_bytes": None, "max_cycles": None})
        self.own = self._in_parts(problem.contract.cases)
        self.fresh = self._in_parts(problem.oracle.draw(random.Random(f"fresh:{seed}"), states))
        self.codes = {self._code(reference) for reference in problem.references}

    def __call__(self, text: str) -> tuple[Outcome, str]:
        """What became of the break, and if it survived, what a fresh state showed."""
        if self._code(text) in self.codes:
            return "equivalent", ""
        verdict = self._verdict(text, self.own)
        if not verdict.assembles:
            return "no assembly", ""
        wrong = self.objection(text)
        if wrong is None:
            return "equivalent", ""
        return ("survived", wrong) if verdict.passes else ("caught", "")

    def objection(self, text: str) -> str | None:
        """What a fresh state shows against the text."""
        verdict = self._verdict(text, self.fresh)
        return None if verdict.passes else verdict.reasons[0]

    def _in_parts(self, cases: tuple[AsmCase, ...] | tuple[CppCase, ...]) -> list[Contract]:
        """The contract with some cases at a time: most breaks show in the first few, and C++ has fuel for few."""
        ends = (
            {2, 16, *range(64, len(cases), 64)} if isinstance(self.contract, AsmContract) else range(16, len(cases), 16)
        )
        parts = pairwise([0, *sorted(end for end in ends if end < len(cases)), len(cases)])
        return [self.contract.model_copy(update={"cases": cases[one:other]}) for one, other in parts]

    def _verdict(self, text: str, parts: list[Contract]) -> Verdict:
        """That of the first part that the text does not keep, or of the last."""
        for part in parts:
            verdict = check(text, part)
            if not verdict.passes:
                break
        return verdict

    def _code(self, text: str) -> object:
        """What is equal for texts that surely do the same."""
        if not isinstance(self.contract, AsmContract):
            return text
        assembly = assemble(text, self.contract.symbols, self.contract.origin, backend="own")
        return assembly.blocks if assembly.ok else text


def measure(
    family: Family, seed: int, problems: int = PROBLEMS, count: int = BREAKS, states: int = STATES
) -> list[Result]:
    """`count` breaks of the references of `problems` problems, judged.

    Raises `OracleError` where a reference fails in a fresh state: then the family's oracle or its reference is wrong.
    """
    results: list[Result] = []
    for number in range(problems):
        name = f"{seed}:{family.name}:{number}"
        problem = family.draw(random.Random(f"mutation:{name}"))
        judge = Judge(problem, name, states)
        language: Literal["asm", "cpp"] = "asm" if isinstance(problem.contract, AsmContract) else "cpp"
        for reference in problem.references:
            if reason := judge.objection(reference):
                raise OracleError(
                    f"A reference of {family.name} fails in a fresh state ({reason}); mend it, or what `case` states:\n"
                    + reference
                )
        candidates = [one for reference in problem.references for one in breaks(reference, language)]
        share = count * (number + 1) // problems - count * number // problems
        for one in sample(random.Random(f"breaks:{name}"), candidates, share):
            outcome, reason = judge(one.text)
            results.append(Result(family.name, one.kind, outcome, one.change, reason, one.text))
    return results


def wilson(held: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927)."""
    if not of:
        return 0.0, 1.0
    z, share = 1.959964, held / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def share_caught(results: Iterable[Result]) -> float:
    """The share of the breaks that change behaviour that were caught; 1 where none does."""
    outcomes = [result.outcome for result in results]
    caught, survived = outcomes.count("caught"), outcomes.count("survived")
    return caught / (caught + survived) if caught + survived else 1.0


def table(title: str, rows: dict[str, list[Result]]) -> str:
    """A row a name: how many breaks, how many of them do not assemble or are equivalent, how many were caught."""
    shown = [f"{title:<24}{'breaks':>7}{'no asm':>8}{'equal':>7}{'wrong':>7}{'caught':>8}{'share':>8}   95 % interval"]
    for name, results in rows.items():
        outcomes = [result.outcome for result in results]
        caught = outcomes.count("caught")
        wrong = caught + outcomes.count("survived")
        low, high = wilson(caught, wrong)
        shown.append(
            f"{name:<24}{len(results):>7}{outcomes.count('no assembly'):>8}{outcomes.count('equivalent'):>7}{wrong:>7}"
            f"{caught:>8}{100 * share_caught(results):>7.1f}%   [{100 * low:.1f}, {100 * high:.1f}]"
        )
    return "\n".join(shown)


def main() -> int:
    """1 where a family's share is below what is demanded."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--family", nargs="*", help="families by name; by default all of the kinds")
    parser.add_argument(
        "--kind", nargs="*", choices=RUN, default=RUN, help="the folders of the families, by default all"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--breaks", type=int, default=BREAKS, help="how many a family")
    parser.add_argument("--problems", type=int, default=PROBLEMS, help="how many a family; they share its breaks")
    parser.add_argument(
        "--states", type=int, default=STATES, help="fresh states that a break must pass to be equivalent"
    )
    parser.add_argument("--keep", type=Path, default=os.devnull, help="a JSONL file for what became of each break")
    asked = parser.parse_args()
    known = families(tuple(asked.kind))
    for name in asked.family or ():
        if name not in known:
            sys.exit(f"There is no task family {name} in {', '.join(asked.kind)}; name one by its file there.")
    chosen = [known[name] for name in asked.family or known]

    def judged(family: Family) -> list[Result]:
        return measure(family, asked.seed, asked.problems, asked.breaks, asked.states)

    started, found = time.perf_counter(), list[Result]()
    with ThreadPoolExecutor(2) as pool, asked.keep.open("w", encoding="utf-8", buffering=1) as kept:
        try:
            for results in tqdm(pool.map(judged, chosen), "families", len(chosen)):
                found += results
                kept.writelines(json.dumps(asdict(result)) + "\n" for result in results)
        except OracleError as error:
            pool.shutdown(cancel_futures=True)
            sys.exit(str(error))
    by_family = {family.name: [result for result in found if result.family == family.name] for family in chosen}
    kinds = sorted({result.kind for result in found})
    print(table("family", by_family))
    print("\n" + table("kind of break", {kind: [one for one in found if one.kind == kind] for kind in kinds}))
    print("\n" + table("all", {"all": found}))
    print("\nSurvivors:")
    for result in found:
        if result.outcome == "survived":
            print(f"  {result.family}, {result.kind}, {result.change}\n      {result.reason}")
    below = [name for name, results in by_family.items() if share_caught(results) < DEMANDED]
    figures = (
        ("breaks that change behaviour and were caught", round(share_caught(found), 4), "share"),
        (f"families below {DEMANDED}", len(below), f"of {len(chosen)}"),
        ("time", round(time.perf_counter() - started), "s"),
    )
    for figure, number, unit in figures:
        print(json.dumps({"benchmark": "mutation", "figure": figure, "value": number, "unit": unit}))
    if below:
        print(f"Below {100 * DEMANDED:.0f} %: {', '.join(below)}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
