"""A folder of logs becomes items: what tools say when something goes wrong, with the lines around it."""

from pathlib import Path

import pytest

from oracle_lib.generate.sources.logs import items
from oracle_lib.items import Item
from oracle_lib.sample import Domain


def read(folder: Path, text: str | bytes, name: str = "build.log") -> list[Item]:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(items(folder, "mine", Domain.ERRORS, ""))


ASAR = "sprites/boss.asm:12: error: (Elabel_not_found): Label 'Boss_Draw' wasn't found. [JSR Boss_Draw]"
GCC = """\
[ 10%] Building rom.cc.o
[ 12%] Building image.cc.o

In file included from src/image.h:3,
                 from src/image.cc:1:
src/image.cc: In member function 'Read':
src/image.cc:18:10: error: 'offset' was not declared in this scope
   18 |   return offset + 1;
      |          ^~~~~~

make: *** [image.cc.o] Error 1
"""
STEP = "00/80{0}: LDA $10  A:00{0} X:0010 Y:0000 S:01FF"


@pytest.mark.parametrize(
    ("line", "who"),
    [
        (ASAR, "asar"),
        ("main.asm:3: (called from hooks.asm:9): warning: (W1015): old feature [lorom]", "asar"),
        ("error: (Eopen_rom_not_smc): No SMC file", "asar"),
        ("src/rom.cc:18:10: fatal error: snes.h: No such file or directory", "a compiler"),
        (r"src\rom.cc(18): error C2065: 'x': undeclared identifier", "a compiler"),
        ("CMake Error at CMakeLists.txt:3 (find_package):", "CMake"),
        ("rom.cc:(.text+0x1f): undefined reference to `Rom::Read(int)'", "a linker"),
        ("Segmentation fault (core dumped)", "a crash"),
        ("yaze: rom.cc:9: Assertion `size > 0' failed.", "a crash"),
        ("BRK executed at $00FFFF", "an emulator"),
        ("Crashed: PC=$7E1234", "an emulator"),
        ("[2026-01-01 10:00:00] ERROR: no ROM loaded", "a program"),
    ],
)
def test_errors_are_known_by_who_reports_them(tmp_path: Path, line: str, who: str) -> None:
    [item] = read(tmp_path, f"before\n{line}\nafter\n")
    assert (item.comment, item.context, item.source.line) == (line, f"Reported by {who}.", 2)
    assert item.text == f"before\n{line}\nafter"
    assert (item.kind, item.domain) == ("log", Domain.ERRORS)


@pytest.mark.parametrize(
    "line", ["All tests passed, 0 errors", "rom.cc:3:1: warning: unused", "The terror of the deep"]
)
def test_what_is_no_error_gives_no_item(tmp_path: Path, line: str) -> None:
    assert read(tmp_path, f"{line}\n", "notes.txt") == []


def test_an_error_has_the_lines_around_it_up_to_the_next_blank_one(tmp_path: Path) -> None:
    [item] = read(tmp_path, GCC)
    assert item.text == "\n".join(GCC.split("\n")[3:9])


def test_each_of_several_errors_is_one_item(tmp_path: Path) -> None:
    found = read(tmp_path, "\n".join([ASAR, ASAR.replace("Boss_Draw", "Boss_Move"), "Assembling failed."]))
    assert [item.source.line for item in found] == [1, 2]
    assert found[1].text.endswith("[JSR Boss_Move]\nAssembling failed.")


def test_messages_that_differ_in_numbers_alone_are_given_once_and_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [f"[2026-01-01 10:00:{second:02}] ERROR: no sprite ${second:04X}" for second in range(60)]
    [item] = read(tmp_path, "\n".join(lines))
    assert item.source.line == 1
    assert capsys.readouterr().out == "mine: 59 messages that differ from others in numbers alone were left out\n"


def test_a_trace_shows_its_last_steps_before_the_crash(tmp_path: Path) -> None:
    steps = [STEP.format(number) for number in range(10, 90)]
    [item] = read(tmp_path, "\n".join([*steps, "STP reached"]))
    assert item.text.split("\n") == [*steps[-24:], "STP reached"]


def test_a_trace_that_just_ends_is_an_error_too(tmp_path: Path) -> None:
    steps = [STEP.format(number) for number in range(10, 90)]
    [item] = read(tmp_path, "\n".join(steps))
    assert item.text.split("\n") == steps[-24:] and item.context == "Reported by a trace."
    assert read(tmp_path, "\n".join(steps[:3])) == []


def test_colours_are_no_part_of_a_message(tmp_path: Path) -> None:
    [item] = read(tmp_path, "\x1b[1;31ma.cc:1:2: error: bad\x1b[0m\n")
    assert item.comment == "a.cc:1:2: error: bad"


def test_lines_that_are_no_text_are_counted_and_the_rest_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = read(tmp_path, b"\xff\xfe\n" + b"\0" * 100 + b"\n" + b"E" * 10_000_000 + b"\n" + ASAR.encode() + b"\n")
    assert [item.source.line for item in found] == [4]
    assert capsys.readouterr().out == "mine: 3 lines that are no text were left out\n"
