"""The teller's texts say all that is checked: code computes what the interpreter does, and words leave out nothing."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest
from told_programs import Draw, held, state

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Address
from oracle_lib.tasks.program import interpreter
from oracle_lib.tasks.program.teller import source_c, source_python, tell, tones
from oracle_lib.tasks.program.teller.python import snake
from oracle_lib.tasks.program.teller.shorthand import Shorthand
from oracle_lib.tasks.program.teller.words import Numbers

TIMER = p.Variable("HitTimer", "hit timer", Address(0x0720))
PHASE = p.Variable("BossPhase", "boss phase", Address(0x0731), below=4)
RUPEES = p.Variable("Rupees", "rupees", Address(0x7EF360), 16)
HEALTHS = p.Array("EnemyHealth", "enemy health", Address(0x0798), 12)
FIELDS = p.Array("ShotX", "shot x", Address(0x1C10), 6, 16, 8)
TEXT = p.Text("Sign", "sign", Address(0x7E9000), 20, 0xFF)
SCRIPT = p.Pointer("ScriptPointer", "script", Address(0x0A), 16, 24)
BONUS = p.Table("BonusTable", "bonus", (3, 9, 0x41, 0x80))
CALL = p.Call("PlaySound", "sound", Address(0x0F8123), "rtl", (p.Set(PHASE, p.Number(2)),))

HERE = p.Read(p.Here(HEALTHS))


def added(place: p.Place, value: int) -> p.Set:
    return p.Set(place, p.Binary("add", p.Read(place), p.Number(value, place.width)))


def texts(*statements: p.Statement, draws: int = 30) -> str:
    """All that is ever said of the statements."""
    return "\n".join(text for seed in range(draws) for text in tell(p.Program(statements), random.Random(seed)))


@pytest.mark.parametrize(
    ("statement", "phrase"),
    [
        (added(TIMER, 1), "increment the byte at $0720"),
        (added(TIMER, 0x63), "add 99 to the hit timer"),
        (p.Set(TIMER, p.Number(0)), "clear the byte at $0720"),
        (p.Set(TIMER, p.Binary("and", p.Read(TIMER), p.Number(0xD7))), "clear bits 3 and 5 of the byte at $0720"),
        (p.Set(TIMER, p.Binary("or", p.Read(TIMER), p.Number(0x20))), "set bit 5 of the byte at $0720"),
        (p.Set(TIMER, p.Binary("xor", p.Read(TIMER), p.Number(0x80))), "toggle bit 7 of the byte at $0720"),
        (
            p.Set(TIMER, p.Saturating("add", p.Read(TIMER), p.Number(5), 99)),
            "add 5 to the byte at $0720, but stop at $63 (also when it is above that already)",
        ),
        (
            p.Set(TIMER, p.Saturating("add", p.Read(TIMER), p.Number(5), 255)),
            "add 5 to the byte at $0720, but stop at $FF instead of wrapping",
        ),
        (
            p.Set(TIMER, p.Saturating("subtract", p.Read(TIMER), p.Number(5), 0)),
            "subtract 5 from the byte at $0720, but stop at 0",
        ),
        (
            p.Set(TIMER, p.Binary("min", p.Read(TIMER), p.Number(99))),
            "limit the byte at $0720 to at most $63 (uns",
        ),
        (
            p.Shove(HEALTHS, True, p.Number(9)),
            "the last one is lost) and put 9 into element 0",
        ),
        (p.Shove(HEALTHS, True, p.Number(9)), "byte[$0798 + i] = byte[$0798 + (i - 1)] for i = 11 down to 1"),
        (p.Copy(HEALTHS, HEALTHS, True), "in reverse order (the last one first)"),
        (p.Set(TIMER, p.Count(HEALTHS, p.Compared("==", HERE, p.Number(0)))), "how many of the 12 enemy healths are 0"),
        (p.Set(TIMER, p.Extreme("max", HEALTHS, True)), "(unsigned; of equals the first)"),
        (p.Set(TIMER, p.Position(HEALTHS, p.Bits(HERE, 4, "any"), 0xFF)), "that has bit 2 set"),
        (p.Set(TIMER, p.Position(HEALTHS, p.Bits(HERE, 4, "any"), 0xFF)), "if there is none, store $FF"),
        (p.Set(TIMER, p.Count(TEXT, None)), "the text at $7E9000 has at most 20 bytes before its $FF"),
        (p.Set(RUPEES, p.Fold("sum", HEALTHS, p.Widened(HERE))), "16-bit sum"),
        (p.Set(TIMER, p.Fold("sum", HEALTHS, HERE)), "sum modulo 256"),
        (p.If(p.Bits(p.Read(TIMER), 0x20, "any"), (p.Stop(),)), "if bit 5 of the byte at $0720 is set, return at once"),
        (p.If(p.Compared("<", p.Read(TIMER), p.Number(0), True), (added(RUPEES, 1),)), "bit 7 set"),
        (p.Set(TIMER, p.Read(p.Item(BONUS, p.Read(PHASE)))), "(bytes 3, 9, 65, 128)"),
        (p.Set(TIMER, p.Read(p.Item(BONUS, p.Read(PHASE)))), "the byte at $0731 is always below 4 on entry"),
        (
            p.Set(TIMER, p.Read(p.Pointed(SCRIPT, p.Number(5)))),
            "the byte 5 bytes behind where the 24-bit pointer at $0A points",
        ),
        (p.Set(p.Item(FIELDS, p.Number(2)), p.Number(0, 16)), "the word at $1C20"),
        (p.Fill(FIELDS, p.Number(0, 16)), "the 6 words from $1C10 (one every 8 bytes)"),
        (
            p.If(p.Compared(">", p.Read(TIMER), p.Read(PHASE), True), (added(RUPEES, 1),)),
            "boss phase (signed comparison)",
        ),
        (
            p.If(p.Compared(">", p.Read(TIMER), p.Number(9)), (p.Set(TIMER, p.Number(9)),)),
            "if the hit timer is above 9, set it to 9",
        ),
        (
            p.If(
                p.Compared("!=", p.Read(TIMER), p.Number(0)),
                (p.Set(TIMER, p.Binary("subtract", p.Read(TIMER), p.Number(1))),),
            ),
            "decrement the hit timer unless it is 0",
        ),
        (p.Report(p.Compared(">=", p.Read(RUPEES), p.Number(50, 16))), "return carry set when the rupees word is"),
        (added(TIMER, 1), "#define HitTimer (*(uint8_t *)0x7E0720) // $0720"),
        (p.Fill(HEALTHS, p.Number(7)), "#define EnemyHealth ((uint8_t *)0x7E0798) // $0798, 12 elements"),
        (CALL, "PlaySound at $0F8123 (it ends with RTL"),
        (CALL, "at $0F8123, ends with RTL; 8-bit A, X and Y on entry, may change all three"),
    ],
)
def test_a_pattern_is_told_as_people_say_it(statement: p.Statement, phrase: str) -> None:
    assert phrase.lower() in texts(statement).lower()


def test_what_is_done_only_in_a_case_reads_as_one_sentence() -> None:
    program = p.Program((p.If(p.Compared("==", p.Read(TIMER), p.Number(0)), (added(PHASE, 1),)),))
    assert "if the hit timer is 0" in texts(*program.body)


def test_names_that_two_things_share_are_not_used() -> None:
    twin = p.Variable("HitTimer", "hit timer", Address(0x1C00))
    for tone in (tones.prose, tones.question, tones.situation):
        for seed in range(20):
            told = tone(p.Program((p.Set(TIMER, p.Read(twin)),)), random.Random(seed))
            assert "at $0720" in told.split("(byte")[0] or "the byte at $0720" in told


def test_a_tangled_branch_becomes_a_list_of_steps() -> None:
    inner = p.If(p.Compared("==", p.Read(PHASE), p.Number(3)), (added(RUPEES, 5), p.Set(TIMER, p.Number(9))))
    told = texts(p.If(p.Bits(p.Read(TIMER), 1, "any"), (added(PHASE, 1), inner), (added(RUPEES, 7),)))
    assert "\n    - if " in told and "\nOtherwise:" in told.replace("\notherwise:", "\nOtherwise:")


def test_tellings_differ_and_are_the_same_for_the_same_seed() -> None:
    for seed in range(40):
        program = Draw(seed).program()
        told = tell(program, random.Random(seed))
        assert len(set(told)) == len(told) >= 4
        assert told == tell(program, random.Random(seed))


@pytest.mark.parametrize("tone", tones.TONES)
def test_every_address_and_constant_is_told(tone: tones.Tone) -> None:
    for seed in range(150):
        program = Draw(seed).program()
        told = tone(program, random.Random(seed))
        for node in program.nodes:
            match node:
                case p.Variable(name, own=True):
                    assert name in told or snake(name) in told, (seed, told)
                case p.Variable(address=address) | p.Text(address=address) | p.Call(address=address):
                    assert str(address) in told, (seed, node, told)
                case p.Array(address=address, stride=stride):
                    if reached_by_index(program, node):
                        assert str(address) in told, (seed, node, told)
                        assert not stride or f"every {stride}" in told or f"{stride} * " in told, (seed, told)
                case p.Pointer(address=address):
                    assert f"${address:02X}" in told, (seed, told)
                case p.Saturating(bound=bound):
                    assert mentions(told, bound), (seed, bound, told)
                case p.Between(low=low, high=high):
                    assert mentions(told, low) and mentions(told, high), (seed, told)
                case p.Position(otherwise=otherwise):
                    assert mentions(told, otherwise), (seed, told)
                case p.Table(values=values):
                    assert all(mentions(told, value) for value in values), (seed, told)


def reached_by_index(program: p.Program, array: p.Array) -> bool:
    """Whether more of the array is touched than elements whose addresses are known."""
    for node in program.nodes:
        match node:
            case p.Here(of) if of == array:
                return True
            case p.Item(of, index) if of == array and not isinstance(index, p.Number):
                return True
            case p.Fill() | p.Reverse() | p.Shove() | p.Extreme() if node.over == array:
                return True
            case p.Copy(source, target) if array in (source, target):
                return True
    return False


def mentions(text: str, value: int) -> bool:
    """Whether the text has the number, in whatever way it writes numbers."""
    return re.search(rf"(?<![0-9A-F])({value}|(\$|0x)0*{value:X})(?![0-9A-F])", text) is not None


def test_python_texts_compute_what_the_interpreter_does() -> None:
    for seed in range(400):
        program, rng = Draw(seed).program(), random.Random(seed)
        source = compile(source_python(program, hexadecimal=seed % 2 == 0), "told", "exec")
        for _ in range(3):
            machine = state(program, rng)
            names: dict[str, object] = {snake(name): value for name, value in held(program, machine).items()}
            exec(source, names)
            if "routine" in names:
                names["routine"]()  # type: ignore[operator]
            interpreter.run(program, machine)
            expected = {snake(name): value for name, value in held(program, machine).items()}
            assert {name: names[name] for name in expected} == expected, source_python(program)


def test_formulas_compute_what_the_interpreter_does() -> None:
    """The shorthand is near enough to Python to be run as such."""
    target = p.Variable("Target", "target", Address(0x1F00), 16)
    for seed in range(600):
        drawer, rng = Draw(seed), random.Random(seed)
        program = p.Program((p.Set(target, p.Widened(drawer.value(8)) if seed % 2 else drawer.value(16)),))
        shorthand = Shorthand(Numbers(hexadecimal=seed % 3 > 0), named=False)
        [line] = shorthand.block(program.body)
        for _ in range(3):
            machine = state(program, rng)
            told = evaluated(line.partition(" = ")[2], machine, drawer)
            interpreter.run(program, machine)
            assert told & 0xFFFF == machine.load(target.address, 2), line


class Memory:
    """`byte[$0720]` and the like."""

    def __init__(self, machine: interpreter.Machine, size: int) -> None:
        self.machine, self.size = machine, size

    def __getitem__(self, address: int) -> int:
        return self.machine.load(address, self.size)


def evaluated(formula: str, machine: interpreter.Machine, drawer: Draw) -> int:
    """The value of a formula in the shorthand."""

    def rotated(width: int, value: int, count: int) -> int:
        return (value << count | value >> (width - count)) & ((1 << width) - 1)

    def signed(width: int, value: int) -> int:
        return interpreter.signed(value & ((1 << width) - 1), width)

    names: dict[str, object] = {name: Memory(machine, size) for size, name in enumerate(("byte", "word", "long"), 1)}
    names |= {"BonusTable": drawer.table.values, "X": machine.registers.get("x")}
    names |= {"signed8": partial(signed, 8), "signed16": partial(signed, 16)}
    names |= {"low": lambda value: value & 0xFF, "high": lambda value: value >> 8}
    names |= {f"rol{width}": partial(rotated, width) for width in (8, 16)}
    names |= {
        f"ror{width}": lambda value, count, width=width: rotated(width, value, width - count) for width in (8, 16)
    }
    names |= {"swap_nibbles": lambda value: rotated(8, value, 4), "swap_bytes": lambda value: rotated(16, value, 8)}
    return int(eval(formula.replace("$", "0x").replace(" / ", " // "), names))


@pytest.mark.skipif(shutil.which("clang") is None, reason="needs clang")
def test_c_texts_compute_what_the_interpreter_does(tmp_path: Path) -> None:
    lines = [*(f"#include <{name}.h>" for name in ("stdint", "stdbool", "stdio", "stdlib"))]
    lines.append("typedef unsigned _BitInt(24) uint24_t;")
    expected: list[str] = []
    for seed in range(80):
        program = Draw(seed).program()
        called = [node.name for node in program.nodes if isinstance(node, p.Call)]
        names = [*held(program, state(program, random.Random(seed))), "routine", "BonusTable", *called]
        source, printed = _runnable(program, seed)
        # One translation unit for all: each program has names of its own.
        lines += [*(f"#define {name} {name}_{seed}" for name in names), source, *(f"#undef {name}" for name in names)]
        expected += printed
    lines += ["int main(void) {", *(f"run_{seed}();" for seed in range(80)), "}"]
    (tmp_path / "told.c").write_text("\n".join(lines))
    subprocess.run(["clang", "-w", "-o", "told", "told.c"], cwd=tmp_path, check=True)
    printed = subprocess.run([tmp_path / "told"], capture_output=True, text=True, check=True).stdout.splitlines()
    wrong = next((pair for pair in zip(printed, expected, strict=True) if pair[0] != pair[1]), None)
    assert wrong is None, source_c(Draw(int(wrong[1].split()[0])).program())


def _runnable(program: p.Program, seed: int) -> tuple[str, list[str]]:
    """The program's C text with a function that runs it from three states, and the lines that this prints."""
    rng, expected = random.Random(seed), []
    lines = [source_c(program), f"void run_{seed}(void) {{"]
    for pointer in [node for node in program.nodes if isinstance(node, p.Pointer)][:1]:
        lines.append(f"static uint8_t target[{pointer.length}]; {pointer.name} = target;")
    for _ in range(3):
        machine = state(program, rng)
        lines += [f"{place} = {value};" for place, value in _places(held(program, machine))]
        interpreter.run(program, machine)
        after = _places(held(program, machine))
        lines += ["routine();", *(f'printf("{seed} %u\\n", (unsigned){place});' for place, _ in after)]
        expected += [f"{seed} {value}" for _, value in after]
    return "\n".join([*lines, "}"]), expected


def _places(names: dict[str, int | list[int]]) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for name, value in names.items():
        found += [(name, value)] if isinstance(value, int) else [(f"{name}[{at}]", one) for at, one in enumerate(value)]
    return found
