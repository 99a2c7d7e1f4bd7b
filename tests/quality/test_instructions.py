"""The facts about the 65816's instructions agree with the assembler and with a console, and are told to who asks for
them alone.
"""

import random
from collections.abc import Iterator

import pytest

from oracle_lib.quality import Knowledge
from oracle_lib.quality.knowledge import Encoding, Instruction
from oracle_lib.verify import Console, assemble
from oracle_lib.verify.assembler import Mode
from oracle_lib.verify.assembler.opcodes import BRANCHES, MNEMONICS
from oracle_lib.verify.cartridge import Start
from oracle_lib.verify.contract import Flag, Register

FACTS = Knowledge.facts()
INSTRUCTIONS = [found for name in sorted(MNEMONICS) if (found := FACTS.instruction(name))]
LEAVES = frozenset(("BRK", "COP", "STP", "WAI", "JMP", "JML", "JSR", "JSL", "BRL", "RTS", "RTL", "RTI", "MVN", "MVP"))
NEEDS_MORE = frozenset(("REP", "SEP", "PLP", "XCE", "TCS", "TXS"))
COMES_BACK = sorted(name for name in MNEMONICS - LEAVES - NEEDS_MORE - {*BRANCHES} if name[0] != "P")
"""What goes on with the next instruction, and leaves the widths and the stack as they were."""
POINTER = bytes.fromhex("00 20 7E")


@pytest.fixture(scope="module")
def console() -> Iterator[Console]:
    with Console() as one:
        yield one


def test_every_instruction_is_known_by_its_256_opcodes() -> None:
    assert {one.mnemonic for one in INSTRUCTIONS} == MNEMONICS
    assert sorted(encoding.opcode for one in INSTRUCTIONS for encoding in one.encodings) == [*range(256)]
    assert FACTS.instruction("mvn") == FACTS.instruction("MVN") and FACTS.instruction("MOV") is None


@pytest.mark.parametrize("one", INSTRUCTIONS, ids=lambda one: one.mnemonic)
def test_each_form_as_it_is_written_gives_its_opcode_and_its_bytes(one: Instruction) -> None:
    for encoding in one.encodings:
        assembly = assemble(f"label:\n{one.mnemonic} {encoding.operand}", backend="own")
        assert assembly.ok, (encoding, assembly.diagnostics)
        assert (assembly.code[0], len(assembly.code)) == (encoding.opcode, encoding.bytes), encoding


@pytest.mark.parametrize("name", COMES_BACK)
def test_the_flags_that_it_changes_on_a_console_are_those_that_the_facts_name(name: str, console: Console) -> None:
    one, draw = FACTS.instruction(name), random.Random(name)
    assert one
    changed = set[str]()
    for encoding in [form for form in one.encodings if form.mode not in (Mode.STACK, Mode.STACK_Y)][:3]:
        code = assemble(f"label: {name} {encoding.operand}\nRTS", backend="own").code
        starts = [_drawn(draw, encoding) for _ in range(16)]
        for start, seen in zip(starts, console.call_many(code, starts), strict=True):
            changed |= {flag.upper() for flag in seen.flags if seen.flags[flag] != start.flags[flag]}
    assert changed == {*one.flags.split()}


def _drawn(draw: random.Random, encoding: Encoding) -> Start:
    """Any state in which the operand lies in WRAM."""
    far = 0 if encoding.mode in (Mode.X, Mode.Y, Mode.INDIRECT_X, Mode.INDIRECT_Y, Mode.LONG_Y) else 0xFF
    registers: dict[Register, int] = {"a": draw.choice((0, 0x80, 0x7FFF, draw.randrange(0x10000))), "db": 0x7E, "d": 0}
    registers |= {"x": draw.randrange(far + 1), "y": draw.randrange(far + 1)}
    drawn: tuple[Flag, ...] = ("n", "v", "d", "i", "z", "c")
    flags: dict[Flag, bool] = {"m": True, "x": True}
    return Start(registers, flags | {flag: draw.random() < 0.5 for flag in drawn}, {0x7E0012: POINTER})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("MVN", ["MVN"]),
        ("what does pei do?", ["PEI"]),
        ("What is the difference between `MVN` and MVP?", ["MVN", "MVP"]),
        ("How many bytes is LDA.l?", ["LDA"]),
        ("What does AND do?", ["AND"]),
        ("Which bit and how many bytes per address?", []),
        ("Write a routine that ends with RTL.", []),
        ("Why is the LDA of my sprite so slow?", []),
        ("What does LDA #$12 do?", []),
        ("RTS RTL RTI JMP JML", []),
    ],
)
def test_who_asks_for_instructions_alone_is_told_of_each_and_nobody_else(text: str, told: list[str]) -> None:
    assert [line.partition(":")[0] for line in FACTS.look_up(text)] == told


def test_the_line_about_an_instruction_says_what_it_does_its_flags_and_its_opcodes_by_their_bytes() -> None:
    assert FACTS.look_up("what does LDX do?") == (
        "LDX: loads X; changes N Z; 2 or 3 bytes: $A2 #$12; 2 bytes: $A6 $12, $B6 $12,y; "
        "3 bytes: $AE $1234, $BE $1234,y [data sheet of the W65C816S]",
    )
