"""How wide the accumulator or the index registers are at a marked line of a routine."""

import random
from typing import Literal

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.understanding import Program, block, marked, programs, question
from oracle_lib.verify import Fact
from oracle_lib.verify.assembler import Widths, track_widths

SUBJECT = "understanding: widths"
_SWITCHES = ("REP", "SEP", "PLP", "XCE")


def draw(rng: random.Random) -> Problem:
    of_a = rng.random() < 0.7
    register = "A" if of_a else "X and Y"
    for own, program in programs(rng):
        entered = program.contract.m if of_a else program.contract.x
        switches, widths = _widths(program, of_a)
        lines = [line for line in widths if program.shown(line) not in switches]
        if not switches and own.random() < 0.9:
            continue
        own.shuffle(lines)
        for line in lines:
            told = [(switch, bits) for at, switch, bits in _told(program, of_a) if at < line]
            if widths[line] != (told[-1][1] if told else entered):
                continue  # the way to this line is not the order of the lines
            steps = [f"- `{switch}`: {register} {bits} bits" for switch, bits in told]
            be = "is" if of_a else "are"
            last = f"Nothing between that and the marked line changes {'it' if of_a else 'them'}."
            return question(
                __name__,
                SUBJECT,
                program,
                (
                    f"How many bits wide {be} {register} at the marked line?",
                    f"This routine is entered with {program.widths}. How wide {be} {register} when the marked "
                    "instruction runs?",
                    f"{register} at the arrow: 8 or 16 bits?",
                    f"I lost track of REP and SEP here. What is the width of {register} at the line with the arrow? "
                    "End with `Answer: ... bits`.",
                    f"Follow the M and X flags through this code and tell me the size of {register} at the mark.",
                ),
                input=f"{block(marked(program, line))}\n\nOn entry: {program.widths}.",
                reasoning="\n".join([f"On entry: {register} {entered} bits.", *steps, last]),
                answer=f"{register} {be} {widths[line]} bits wide.",
                facts=(Fact(name="bits", value=widths[line]),),
                parameters={"line": line, "register": register},
            )
    raise AssertionError("programs() never ends without an error")


def _known(program: Program) -> dict[int, Widths]:
    contract = program.contract
    return track_widths(program.assembly, contract.m, contract.x, contract.origin)


def _widths(program: Program, of_a: bool) -> tuple[set[str], dict[int, Literal[8, 16]]]:
    """The instructions that change the width, and the width before each line where it is certain."""
    known = _known(program)
    widths = {
        instruction.line: bits
        for instruction in program.assembly.listing
        if instruction.mnemonic not in _SWITCHES
        and instruction.address in known
        and (bits := known[instruction.address].m if of_a else known[instruction.address].x)
    }
    return {switch for _, switch, _ in _told(program, of_a)}, widths


def _told(program: Program, of_a: bool) -> list[tuple[int, str, Literal[8, 16]]]:
    """Each switch of this width in the order of the lines: its line, the instruction, the width after it."""
    known = _known(program)
    found = []
    for instruction in program.assembly.listing:
        if instruction.mnemonic in _SWITCHES and instruction.address in known:
            before = known[instruction.address]
            after = before.after(instruction)
            old, new = (before.m, after.m) if of_a else (before.x, after.x)
            if new and new != old:
                found.append((instruction.line, program.shown(instruction.line), new))
    return found
