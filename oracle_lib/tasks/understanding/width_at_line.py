"""How wide the accumulator or the index registers are at a marked line of a routine."""

import random
from collections.abc import Mapping

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.understanding import Program, block, marked, programs, question
from oracle_lib.verify import Fact
from oracle_lib.verify.assembler import Bits, Widths, track_widths

SUBJECT = "understanding: widths"
_SWITCHES = ("REP", "SEP", "PLP", "XCE")


def draw(rng: random.Random) -> Problem:
    of_a = rng.random() < 0.7
    register, be, them = ("A", "is", "it") if of_a else ("X and Y", "are", "them")
    for own, program in programs(rng):
        contract = program.contract
        known = track_widths(program.assembly, contract.m, contract.x, contract.origin)
        switches = _switches(program, known, of_a)
        if not switches and own.random() < 0.9:
            continue
        listing = [one for one in program.assembly.listing if one.mnemonic not in _SWITCHES and one.address in known]
        for instruction in own.sample(listing, len(listing)):
            line, width = instruction.line, _width(known[instruction.address], of_a)
            told = [(switch, bits) for at, switch, bits in switches if at < line]
            entered = contract.m if of_a else contract.x
            if width is None or width != (told[-1][1] if told else entered):
                continue  # the way to this line is not the order of the lines
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
                reasoning="\n".join(
                    [
                        f"On entry: {register} {entered} bits.",
                        *(f"- `{switch}`: {register} {bits} bits" for switch, bits in told),
                        f"Nothing between that and the marked line changes {them}.",
                    ]
                ),
                answer=f"{register} {be} {width} bits wide.",
                facts=(Fact(name="bits", value=width),),
                parameters={"line": line, "register": register},
            )
    raise AssertionError("programs() never ends without an error")


def _width(widths: Widths, of_a: bool) -> Bits:
    return widths.m if of_a else widths.x


def _switches(program: Program, known: Mapping[int, Widths], of_a: bool) -> list[tuple[int, str, Bits]]:
    """Each change of this width in the order of the lines: its line, the instruction, the width after it."""
    found = []
    for instruction in program.assembly.listing:
        if instruction.mnemonic in _SWITCHES and instruction.address in known:
            before = known[instruction.address]
            width = _width(before.after(instruction), of_a)
            if width != _width(before, of_a):
                found.append((instruction.line, program.shown(instruction), width))
    return found
