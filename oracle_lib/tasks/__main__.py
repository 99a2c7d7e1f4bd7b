"""Lists the task families, or draws problems of one, runs their references and prints what happened. It keeps nothing.

Without a name it counts the families by subject and kind.
"""

import argparse
import difflib
import random
import sys
from collections import Counter
from collections.abc import Iterator

from oracle_lib import OracleError
from oracle_lib.sample import Task
from oracle_lib.tasks import KINDS, Family, Problem, families
from oracle_lib.terminal import reader_is_gone
from oracle_lib.verify import check, extract_code


def main(arguments: list[str] | None = None) -> int:
    """0 if every reference keeps its contract and every input that has to break it does, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m oracle_lib.tasks", description=__doc__)
    parser.add_argument("name", nargs="?", help="a family, such as add_words")
    parser.add_argument("--seed", type=int, default=0, help="of the first problem; the next one takes the next seed")
    parser.add_argument("--count", type=int, default=5, help="how many problems to draw")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.name is None:
            return _list()
        return _report(_find(chosen.name), range(chosen.seed, chosen.seed + chosen.count))
    except OracleError as error:
        print(error, file=sys.stderr)
        return 1


def _list() -> int:
    found = families(KINDS).values()
    rows = {
        subject: Counter(family.kind for family in found if family.subject == subject)
        for subject in sorted({family.subject for family in found})
    }
    rows["all"] = Counter(family.kind for family in found)
    print(f"{'subject':<34}" + "".join(f"  {kind}" for kind in KINDS))
    for subject, counts in rows.items():
        print(f"{subject:<34}" + "".join(f"  {counts[kind] or '-':>{len(kind)}}" for kind in KINDS))
    return 0


def _find(name: str) -> Family:
    known = families(KINDS)
    if name not in known:
        [nearest] = difflib.get_close_matches(name, known, n=1, cutoff=0)
        raise OracleError(f"There is no task family {name}; did you mean {nearest}?")
    return known[name]


def _report(family: Family, seeds: range) -> int:
    print(f"{family.name}: {family.subject} ({family.kind})\n")
    print(f"{'seed':>6}  {'group':<40}{'what':<14}{'lines':>6}{'bytes':>6}{'cycles':>8}  result")
    wrong = 0
    for seed in seeds:
        problem = family.draw(random.Random(seed))
        for what, text, expected in _trials(problem):
            verdict = check(text, problem.contract)
            wrong += verdict.passes != expected
            result = "passes" if verdict.passes else f"fails: {verdict.reasons[0]}"
            mark = "" if verdict.passes == expected else "  <- wrong"
            size = len(text.strip().splitlines()), len(verdict.code) or "-", verdict.cycles or "-"
            print(f"{seed:>6}  {problem.group:<40}{what:<14}{size[0]:>6}{size[1]:>6}{size[2]:>8}  {result}{mark}")
    print(f"\n{wrong} of these are wrong." if wrong else "\nEverything is as it should be.")
    return 1 if wrong else 0


def _trials(problem: Problem) -> Iterator[tuple[str, str, bool]]:
    """What to run, its text, and whether it must pass: code handed in for repair or optimisation must not."""
    if problem.task in (Task.FIX, Task.OPTIMISE):
        yield "input", extract_code(problem.input), False
    for number, reference in enumerate(problem.references, 1):
        yield f"reference {number}", reference, True


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        if not reader_is_gone():
            raise
