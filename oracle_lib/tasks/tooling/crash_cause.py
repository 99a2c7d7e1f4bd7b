"""The trace of a routine that crashes or hangs: why it does, and at which instruction that shows."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.crashes import log
from oracle_lib.tasks.kit.defects import CAUSES, LOOP, RETURN, STACK, WIDTH, Accident, accidents
from oracle_lib.tasks.kit.tooling import code, options, question, snes

SUBJECT = "crash traces"
_LINES = 14


def draw(rng: random.Random) -> Problem:
    own, seen = next(accidents(rng, rng.choice((WIDTH, STACK, RETURN, LOOP))))
    listed, letter = options(own, seen.cause, CAUSES, 5)
    return question(
        __name__,
        SUBJECT,
        Domain.ERRORS,
        (
            "My routine never comes back. This is the source and the end of the trace. What is the cause, and at which "
            "address does it show first?",
            f"The game dies inside `{seen.program.entry}`. Read the trace: which of these causes is it, and which "
            "executed instruction gives it away?",
            "Crash triage: cause and address, please.",
            "Source and trace log of a crash are below. Pick the cause and name the address of the first instruction "
            "where the run shows it.",
            f"Something is wrong with `{seen.program.entry}`, and I only have this log of it. Which cause fits, and "
            "where do I see it?",
        ),
        input=f"{code(seen.text)}\n\n{seen.call} {ending(seen)}\n\n{excerpt(seen)}\n\nPossible causes:\n{listed}",
        reasoning=diagnosis(seen),
        facts={"choice": letter, "address": seen.at.instruction.address},
        parameters={"text": seen.text, "trace": log(seen.crash.lines), "options": listed},
        derived_from=seen.program.problem.group,
    )


def excerpt(seen: Accident) -> str:
    """The lines of the log from some before the one that shows the defect, to the end or to where it repeats itself."""
    first = max(0, min(seen.place - _LINES // 2, len(seen.crash.lines) - _LINES))
    return code(log(seen.crash.lines[first : first + _LINES]), "")


def ending(seen: Accident) -> str:
    """How the run ended, in words."""
    if not seen.crash.stopped:
        return "It was still running when the log was stopped."
    return f"The processor ran into BRK at {snes(seen.crash.end.pc)}."


def diagnosis(seen: Accident) -> str:
    """What the run shows, in a few sentences."""
    at, instruction, where = seen.at, seen.at.instruction, snes(seen.at.instruction.address)
    before = seen.crash.lines[seen.place - 1].after if seen.place else seen.start
    entry = seen.start.registers["s"]
    if seen.cause == WIDTH:
        m, x = (8 if before.flags[flag] else 16 for flag in ("m", "x"))
        return (
            f"At {where} the processor reads the bytes {instruction.code.hex(' ').upper()} as one instruction, and the "
            f"source has no such line there: A is {m} bits wide at that moment and X and Y are {x}, so an immediate "
            "takes another number of bytes than was assembled. From there on it runs operands as opcodes."
        )
    if seen.cause == STACK:
        off = before.registers["s"] - entry
        return (
            f"Up to {where} every instruction is one of the source. S was ${entry:04X} on entry and is "
            f"${before.registers['s']:04X} before the {instruction.mnemonic}, {abs(off)} "
            f"{'byte' if abs(off) == 1 else 'bytes'} too {'high' if off > 0 else 'low'}, so it takes a wrong address "
            f"from the stack and goes on at {snes(at.after.pc)}."
        )
    if seen.cause == RETURN:
        pulls, pushed = (3, 2) if instruction.mnemonic == "RTL" else (2, 3)
        return (
            f"Before the {instruction.mnemonic} at {where}, S is ${entry:04X} as on entry, so the stack is balanced. "
            f"But {instruction.mnemonic} pulls {pulls} bytes where the call has pushed {pushed}, and it leads to "
            f"{snes(at.after.pc)}."
        )
    return (
        f"The branch at {where} goes back again and again, and from one pass to the next no register, flag or byte of "
        "memory changes: nothing that it tests can become different, so it never falls through."
    )
