"""What somebody noticed while playing, in their own words, with the code that did it, to be mended."""

import random

from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.defects import LOOP, RETURN, STACK, WIDTH, Accident, accidents
from oracle_lib.tasks.kit.tooling import code, snes

SUBJECT = "crash repair"
_PLACES = (
    "when I open the menu",
    "as soon as I walk into the next room",
    "after I pick up the item",
    "when the boss appears",
    "a moment after the file is loaded",
    "on the world map",
    "every time the enemy is hit",
    "when the text box closes",
)
_CONSEQUENCES = {
    WIDTH: "So the processor takes another number of bytes for an immediate than was assembled, and runs operands as "
    "opcodes from there on.",
    STACK: "So the stack pointer is not where it was on entry, and the return takes a wrong address from the stack.",
    RETURN: "It pulls another number of bytes than the call has pushed, so it goes on at a wrong address.",
    LOOP: "So nothing that the branch of the loop tests ever changes, and the loop has no end.",
}
_HANGS = (
    "the picture freezes while the music plays on",
    "the game stands still and takes no buttons any more",
    "everything stops, but the emulator says that the CPU is still busy",
)
_CRASHES = (
    "the screen goes black and the sound hangs on one note",
    "the colours go wild and then the game resets",
    "the emulator stops with a BRK at {}",
    "the game jumps to the title screen; the debugger shows a BRK at {}",
    "all I get is a black screen, and the program counter is at {}",
)


def draw(rng: random.Random) -> Problem:
    own, seen = next(accidents(rng, rng.choice((WIDTH, STACK, RETURN, LOOP))))
    donor = seen.program.problem
    first, second, third, fourth = (own.choice(donor.instructions) for _ in range(4))
    place, symptom = own.choice(_PLACES), _symptom(own, seen)
    return Problem(
        family=__name__.rpartition(".")[2],
        subject=SUBJECT,
        domain=Domain.ERRORS,
        task=Task.FIX,
        instructions=(
            f"Help: {place} {symptom}. It only happens since I added this routine. What is wrong with it? It was meant "
            f"to do this: {first}",
            f"{place[0].upper()}{place[1:]} {symptom}. I have narrowed it down to `{seen.program.entry}`. Please "
            f"correct it. Its task: {second}",
            f"Bug report: {place}, {symptom}. Fix the code. {third}",
            f"A player writes that {place} {symptom}. This is the code that runs then; mend it and tell me the cause. "
            f"What I wanted: {fourth}",
        ),
        input=f"{code(seen.text)}\n\n{seen.call}",
        references=(seen.program.text,),
        explanation=f"Your routine {seen.change}. {_CONSEQUENCES[seen.cause]}",
        contract=seen.program.contract,
        parameters={"donor": donor.group, "broken": seen.text, "symptom": f"{place} {symptom}"},
        derived_from=donor.group,
        oracle=donor.oracle,
    )


def _symptom(rng: random.Random, seen: Accident) -> str:
    if not seen.crash.stopped:
        return rng.choice(_HANGS)
    return rng.choice(_CRASHES).format(snes(seen.crash.end.pc))
