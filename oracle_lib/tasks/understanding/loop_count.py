"""How often the body of a loop runs from a given state."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.understanding import Run, block, programs, question, run
from oracle_lib.verify import Fact

SUBJECT = "understanding: control flow"
_SHOWN = 6
_TELLING = 3


def draw(rng: random.Random) -> Problem:
    for own, program in programs(rng):
        if (ran := run(program, own, most_steps=400)) is None or (found := _loop(ran, own)) is None:
            continue
        label, passes = found
        told = [f"- pass {number}: {one}" for number, one in enumerate(passes, 1)]
        if len(told) > _SHOWN:
            told[_SHOWN - 2 : -1] = [f"- {len(told) - _SHOWN + 1} more passes like these"]
        count = len(passes)
        return question(
            __name__,
            SUBJECT,
            program,
            (
                f"How many times does the body of the loop at `{label}` run?",
                f"I call `{program.entry}` in the state below. How often is `{label}` reached?",
                f"Passes through `{label}`?",
                f"How many iterations does the loop that starts at `{label}` make for this input? End with "
                "`Answer: ... times`.",
                f"Count how often the processor executes the instruction right after `{label}` in this call.",
            ),
            input=f"{block(program.text)}\n\n{ran.entry}",
            reasoning="\n".join(told),
            answer=f"{count} time{'s' if count > 1 else ''}.",
            facts=(Fact(name="times", value=count),),
            parameters={"label": label, "entry": ran.entry},
        )
    raise AssertionError("programs() never ends without an error")


def _loop(ran: Run, rng: random.Random) -> tuple[str, list[str]] | None:
    """A label that a later branch leads back to, and what decided each pass from there."""
    program, steps = ran.program, ran.trace.steps
    labels = {address: name for name, address in program.assembly.labels.items()}
    loops: list[tuple[int, int]] = []
    for instruction in program.assembly.listing:
        if instruction.mnemonic[0] == "B" and len(instruction.code) == 2 and instruction.mnemonic not in ("BIT", "BRK"):
            target = instruction.address + 2 + int.from_bytes(instruction.code[1:], "little", signed=True)
            if target <= instruction.address and target in labels:
                loops.append((target, instruction.address))
    if not loops:
        return None
    start, end = rng.choice(loops)
    begins = [place for place, step in enumerate(steps) if step.instruction.address == start]
    if not begins:
        return None
    passes = []
    for first, following in zip(begins, [*begins[1:], len(steps)], strict=True):
        last = first
        while last + 1 < following and start <= steps[last + 1].instruction.address <= end:
            last += 1
        passes.append("; ".join(ran.told(place) for place in range(max(first, last - _TELLING + 1), last + 1)))
    name = labels[start].removeprefix(f"{program.entry}_")
    return (name if name == program.entry else f".{name}"), passes
