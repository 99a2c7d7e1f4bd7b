"""What registers, the carry and memory hold when a routine returns, from one state that it is called in."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import SCRATCH
from oracle_lib.tasks.kit.understanding import Run, block, named, programs, question, run, stated
from oracle_lib.verify import Fact

SUBJECT = "understanding: state"


def draw(rng: random.Random) -> Problem:
    for own, program in programs(rng):
        ran = run(program, own)
        if ran is None or (len(ran.trace.steps) > 13 and own.random() < 0.7):
            continue
        digits = _candidates(ran)
        facts = _chosen(ran, digits, own)
        if not facts:
            continue
        things = [_said(fact, digits) for fact in facts]
        what = " and ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else things)
        be = "are" if len(things) > 1 else "is"
        return question(
            __name__,
            SUBJECT,
            program,
            (
                f"What {be} {what} when this routine returns? Go through it step by step, then give the result in one "
                "line that begins with `Answer:`.",
                f"I call `{program.entry}` in the state below. Tell me {what} afterwards.",
                f"{what[0].upper()}{what[1:]} at the {program.contract.returns.upper()}?",
                f"Trace this routine by hand for the given entry state. I need {what} at its end.",
                f"Here is a routine and what it starts with. What does it leave in {what}? Last line: `Answer: ...`",
            ),
            input=f"{block(program.text)}\n\n{ran.entry}",
            reasoning=ran.steps(),
            answer=f"{stated(facts, digits)}.",
            facts=facts,
            parameters={"entry": ran.entry, "asked": what},
        )
    raise AssertionError("programs() never ends without an error")


def _candidates(ran: Run) -> dict[str, int]:
    """What can be asked for, by name, with the digits of its value."""
    flags, scratch = ran.last.flags, set(range(0x7E0000 + SCRATCH[0], 0x7E0000 + SCRATCH[0] + SCRATCH[1]))
    index = 2 if flags["x"] else 4
    digits = {"A": 2 if flags["m"] else 4, "X": index, "Y": index}
    taken = set[int]()
    for step in reversed(ran.trace.steps):
        places = sorted(step.writes)
        if len(places) in (1, 2) and taken.isdisjoint(places) and ran.trace.memory.keys() - scratch >= set(places):
            digits[named(places[0])] = 2 * len(places)
        taken.update(places)
    return {**digits, "carry": 0}


def _chosen(ran: Run, digits: dict[str, int], rng: random.Random) -> list[Fact]:
    """Two to four of them: what the routine is for, first of all."""
    case_registers = {name.upper() for case in ran.program.contract.cases for name in case.expect_registers}
    gives_carry = any("c" in case.expect_flags for case in ran.program.contract.cases)
    places = [name for name in digits if name[0] == "$"]
    wanted = rng.sample(places, min(len(places), 2))
    before = ran.registers
    names = [
        *(name for name in "AXY" if name in case_registers),
        *(["carry"] if gives_carry else []),
        *sorted(wanted),
        *(name for name in "AXY" if ran.last.registers[name.lower()] != before[name.lower()]),  # type: ignore[index]
    ]
    if not gives_carry and rng.random() < 0.3:
        names.insert(rng.randrange(3), "carry")
    chosen = sorted(dict.fromkeys(names[:4]), key=list(digits).index)
    return [Fact(name=name, value=_value(ran, name, digits[name])) for name in chosen]


def _value(ran: Run, name: str, digits: int) -> int | str:
    if name == "carry":
        return "set" if ran.last.flags["c"] else "clear"
    if name[0] != "$":
        return ran.last.registers[name.lower()] & (1 << 4 * digits) - 1  # type: ignore[index]
    place = int(name[1:], 16) | (0x7E0000 if len(name) == 5 else 0)
    return sum(ran.trace.memory[place + offset] << 8 * offset for offset in range(digits // 2))


def _said(fact: Fact, digits: dict[str, int]) -> str:
    if fact.name[0] == "$":
        return f"the {'word' if digits[fact.name] == 4 else 'byte'} at {fact.name}"
    return "the carry" if fact.name == "carry" else fact.name
