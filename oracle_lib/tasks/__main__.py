"""Lists the task families, or draws problems of one, shows the first as it is asked and answered, runs the references
of all and prints what happened. It keeps nothing.

Without a name it counts the families by subject and kind.
"""

import difflib
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from oracle_lib import OracleError
from oracle_lib.sample import Task
from oracle_lib.tasks import KINDS, Family, Problem, families
from oracle_lib.terminal import Parser, exit_status, whole
from oracle_lib.verify import (
    AnyOf,
    AsmContract,
    Contract,
    CppContract,
    FactContract,
    Span,
    Within,
    check,
    extract_code,
)
from oracle_lib.words import counted


def main() -> int:
    """0 if every reference keeps its contract and every input that has to break it does, 1 otherwise."""
    parser = Parser(prog="python -m oracle_lib.tasks", description=__doc__)
    parser.add_argument("name", nargs="?", help="a family, such as add_words")
    parser.add_argument(
        "--seed", type=whole(0), default=0, help="of the first problem; the next one takes the next seed"
    )
    parser.add_argument("--count", type=whole(1), default=5, help="how many problems to draw")
    chosen = parser.parse_args()
    if chosen.name is None:
        return _list()
    return _report(_find(chosen.name), range(chosen.seed, chosen.seed + chosen.count))


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
        raise OracleError(f"there is no task family {name}; did you mean {nearest}?")
    return known[name]


def _report(family: Family, seeds: range) -> int:
    print(f"{family.name}: {family.subject} ({family.kind})\n")
    _show(family.draw(random.Random(seeds[0])))
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


def _show(problem: Problem) -> None:
    asked = f"{problem.instructions[0]}\n\n{problem.input}".strip()
    wordings = f"the first of {len(problem.instructions)} wordings"
    for title, text in (
        (f"what is asked, in {wordings}", asked),
        ("what is taught as the answer", problem.answer),
        ("what an answer is held to", "\n".join(_demands(problem.contract))),
    ):
        print(f"-- {title}\n\n{text}\n")


def _demands(contract: Contract) -> Iterator[str]:
    """What a contract says, in words, and the first of its cases."""
    match contract:
        case AsmContract(cases=(first, *_)):
            entry = f"${contract.entry:06X}" if isinstance(contract.entry, int) else contract.entry or "its first byte"
            widths = f"A of {contract.m} and X and Y of {contract.x} bits"
            yield f"it is called at {entry} with {widths}, and comes back by {contract.returns.upper()}"
            yield f"it writes to nothing but {_spans(contract.writes) or 'the stack'}"
            if contract.regions is not None:
                yield f"it puts bytes nowhere but at {_spans(contract.regions)}"
            for most, unit in ((contract.max_bytes, "bytes"), (contract.max_cycles, "master cycles")):
                if most is not None:
                    yield f"it takes at most {most:,} {unit}"
            yield f"with   {_state(first.registers, first.flags, first.memory)}"
            yield f"gives  {_state(first.expect_registers, first.expect_flags, first.expect_memory)}"
        case CppContract(cases=(first, *_)):
            yield f"it defines {contract.signature}"
            yield f"its driver reads {first.stdin!r} and prints {first.stdout!r}"
        case FactContract():
            for name, value in ((fact.name, fact.value) for fact in contract.cases):
                yield f"it states that {name} = {value}{f' ({_shown(value)})' if isinstance(value, int) else ''}"
            return
    yield f"and so on, {counted(len(contract.cases), 'case')} in all"


def _spans(spans: Sequence[Span]) -> str:
    return ", ".join(f"${one.address:06X}-${one.address + one.length - 1:06X}" for one in spans)


def _state(registers: Mapping[Any, object], flags: Mapping[Any, object], memory: Mapping[int, object]) -> str:
    """Registers in capitals, flags in small letters, and memory by its addresses."""
    named = [(name.upper(), value) for name, value in registers.items()]
    named += [*flags.items(), *((f"${address:06X}", value) for address, value in memory.items())]
    return ", ".join(f"{name} = {_shown(value)}" for name, value in named)


def _shown(value: object) -> str:
    match value:
        case bytes():
            return value.hex(" ")
        case AnyOf():
            return " or ".join(map(_shown, value.any_of))
        case Within():
            return f"{value.near} ± {value.tolerance}"
        case bool():
            return f"{value:d}"
    return f"${value:02X}"


def _trials(problem: Problem) -> Iterator[tuple[str, str, bool]]:
    """What to run, its text, and whether it must pass: code handed in for repair or optimisation must not."""
    if problem.task in (Task.FIX, Task.OPTIMISE):
        yield "input", extract_code(problem.input), False
    for number, reference in enumerate(problem.references, 1):
        yield f"reference {number}", reference, True


if __name__ == "__main__":
    sys.exit(exit_status(main))
