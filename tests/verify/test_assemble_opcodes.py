"""Every opcode in every operand width comes out as it does from the two assemblers that Debian ships, ca65 and 64tass.

They write a few things differently, and the lines below say it for each: ca65 marks sizes with `z:`, `a:` and `f:`,
64tass with `@b`, `@w` and `@l`; both take a move's banks as source, destination, while asar takes them in the order of
the bytes (destination, source); asar's `BRK` has a signature byte, which theirs must be given; ca65 has no size prefix
inside parentheses.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from oracle_lib.verify.assembler import Mode, assemble
from oracle_lib.verify.assembler.opcodes import (
    ACCUMULATOR,
    BRANCHES,
    FORMS,
    IMPLIED,
    INDEX_IMMEDIATES,
    LONG_BRANCHES,
    MOVES,
    SIGNATURES,
)

ORIGIN = 0x8000
OPERANDS = {1: "$12", 2: "$1234", 3: "$123456"}
ENCLOSED = (Mode.STACK, Mode.STACK_Y, Mode.LONG, Mode.LONG_Y, Mode.INDIRECT, Mode.INDIRECT_X, Mode.INDIRECT_Y)


class Line(NamedTuple):
    """One instruction as the three assemblers write it."""

    asar: str
    ca65: str
    tass: str


def every_form() -> Iterator[Line]:
    for name in IMPLIED:
        accumulator = " a" if name in ACCUMULATOR else ""
        yield Line(name, name + accumulator, name + accumulator)
    for name in ACCUMULATOR:
        yield Line(f"{name} A", f"{name} a", f"{name} a")
    for name in SIGNATURES:
        yield Line(f"{name} #$12", f"{name} $12", f"{name} #$12")
        yield Line(name, f"{name} $00", f"{name} #$00")
    for name in MOVES:
        yield Line(f"{name} $12,$34", f"{name} #$34,#$12", f"{name} $34,$12")
    for index, name in enumerate([*BRANCHES, *LONG_BRANCHES]):
        yield Line(f"{name} t{index} : t{index}:", f"{name} t{index}\nt{index}:", f"{name} t{index}\nt{index}")
    for mode, forms in FORMS.items():
        for name, widths in forms.items():
            if name not in MOVES and name not in SIGNATURES:
                for width in widths:
                    yield form(name, mode, width)


def form(name: str, mode: Mode, width: int) -> Line:
    operand = OPERANDS[width]
    suffix = {1: ".b", 2: ".w", 3: ".l"}[width]
    if mode is Mode.IMMEDIATE:
        if name in ("REP", "SEP"):
            return Line(f"{name} #{operand}", f"{name} #{operand}", f"{name} #{operand}")
        size = "i" if name in INDEX_IMMEDIATES else "a"
        tass = {"a": ".a", "i": ".x"}[size] + {1: "s", 2: "l"}[width]
        return Line(
            f"{name}{suffix} #{operand}", f".{size}{8 * width}\n{name} #{operand}", f"{tass}\n{name} #{operand}"
        )
    written = mode.replace("address", operand)
    if mode in ENCLOSED or name in ("PEA", "JML", "JSL"):
        return Line(f"{name} {written}", f"{name} {written}", f"{name} {written}")
    ca65 = {1: "z:", 2: "a:", 3: "f:"}[width] + written
    tass = {1: "@b ", 2: "@w ", 3: "@l "}[width] + written
    return Line(f"{name}{suffix} {written}", f"{name} {ca65}", f"{name} {tass}")


def run(tmp_path: Path, *command: str) -> None:
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout


def with_ca65(tmp_path: Path, lines: list[Line]) -> bytes:
    body = "\n".join(line.ca65 for line in lines)
    (tmp_path / "all.s").write_text(f'.p816\n.segment "CODE"\n{body}\n')
    (tmp_path / "all.cfg").write_text(
        f"MEMORY {{ ROM: start=${ORIGIN:X}, size=$4000; }}\nSEGMENTS {{ CODE: load=ROM, type=ro; }}\n"
    )
    run(tmp_path, "ca65", "all.s", "-o", "all.o")
    run(tmp_path, "ld65", "-C", "all.cfg", "all.o", "-o", "all.bin")
    return (tmp_path / "all.bin").read_bytes()


def with_64tass(tmp_path: Path, lines: list[Line]) -> bytes:
    body = "\n".join(f"{line.tass}" for line in lines).replace("\n", "\n ").replace("\n t", "\nt")
    (tmp_path / "all.asm").write_text(f' .cpu "65816"\n * = ${ORIGIN:X}\n {body}\n'.lower())
    run(tmp_path, "64tass", "-q", "-b", "-o", "all.bin", "all.asm")
    return (tmp_path / "all.bin").read_bytes()


def test_the_forms_cover_all_256_opcodes() -> None:
    assembly = assemble("\n".join(line.asar for line in every_form()), origin=ORIGIN, backend="own")
    assert assembly.ok, assembly.diagnostics
    assert {instruction.code[0] for instruction in assembly.listing} == set(range(256))


@pytest.mark.parametrize(("tool", "peer"), [("ca65", with_ca65), ("64tass", with_64tass)])
def test_every_form_equals_the_peer(tmp_path: Path, tool: str, peer: Callable[[Path, list[Line]], bytes]) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    lines = list(every_form())
    assembly = assemble("\n".join(line.asar for line in lines), origin=ORIGIN, backend="own")
    theirs = peer(tmp_path, lines)
    for instruction in assembly.listing:
        at = instruction.address - ORIGIN
        line = lines[instruction.line - 1]
        assert theirs[at : at + len(instruction.code)] == instruction.code, line
    assert assembly.code == theirs
