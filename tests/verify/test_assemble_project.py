"""Whole projects from disk, through the command that a ROM hacker calls, and usdasm's `pool`."""

import os
from pathlib import Path

import pytest

from oracle_lib import OracleError
from oracle_lib.__main__ import main
from oracle_lib.verify.assembler import Kind, assemble
from oracle_lib.verify.assembler.asar import find_asar

ROM = bytes(range(256)) * 0x100
MAIN = """lorom
org $008000
incsrc "code/hook.asm"
org $018000
incbin "data.bin"
db !value,read1($018005)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "code").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / ".git" / "hidden.asm").write_text("NOP")
    (folder / "main.asm").write_text(MAIN)
    (folder / "code" / "hook.asm").write_text("JML new\n\norg $00A000\nnew: RTL\n")
    (folder / "data.bin").write_bytes(b"\xaa\xbb")
    (folder / "base.sfc").write_bytes(ROM)
    return folder


def patched() -> bytearray:
    image = bytearray(ROM)
    image[0:4], image[0x2000], image[0x8000:0x8004] = b"\x5c\x00\xa0\x00", 0x6B, b"\xaa\xbb\x07\x05"
    return image


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(project: Path, *options: str) -> int:
    return main(["assemble", str(project / "main.asm"), "--rom", str(project / "base.sfc"), "-D", "value=7", *options])


def test_a_project_becomes_a_patched_rom(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "--out", str(project / "out.sfc")) == 0
    assert (project / "out.sfc").read_bytes() == patched()
    assert (project / "base.sfc").read_bytes() == ROM
    said = capsys.readouterr().out
    assert "main.asm: 9 bytes of" in said and "0 errors" in said
    assert ("asar writes the same" in said) == (find_asar() is not None)


def test_a_rom_that_ends_within_a_bank_is_warned_of_and_filled_as_the_warning_says(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = project / "out.sfc"
    (project / "data.bin").write_bytes(bytes(3))
    text = MAIN.replace("org $018000", "org $028000").replace("$018005", "$008000")
    (project / "main.asm").write_text(text)
    assert run(project, "--out", str(out)) == 0
    assert f"{out}: warning: its last bank has 5 of 32,768 bytes" in capsys.readouterr().out
    assert out.stat().st_size == len(ROM) + 5 and main(["assemble", "x.asm", "--rom", str(out)]) == 1
    (project / "main.asm").write_text(text + "org $02FFFF : db 0\n")
    assert run(project, "--out", str(out)) == 0
    assert "warning:" not in capsys.readouterr().out and out.stat().st_size == len(ROM) + 0x8000


def test_a_copiers_header_stays_in_front(project: Path) -> None:
    (project / "base.sfc").write_bytes(b"H" * 0x200 + ROM)
    assert run(project, "--out", str(project / "out.sfc")) == 0
    assert (project / "out.sfc").read_bytes() == b"H" * 0x200 + patched()


def test_what_is_wrong_is_said_with_its_file_and_nothing_is_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "code" / "hook.asm").write_text("NOP\n  FROB\nincsrc ../.git/hidden.asm\nincsrc ../../outside.asm\n")
    (project.parent / "outside.asm").write_text("NOP")
    assert run(project, "--out", str(project / "out.sfc")) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(": error")[0] for line in lines[:3]] == [
        f"code/hook.asm:{place}" for place in ("2:3", "3:8", "4:8")
    ]
    assert "3 errors" in lines[3]
    assert not (project / "out.sfc").exists()


def test_another_folder_may_be_named_for_what_lies_above_the_main_text(project: Path) -> None:
    (project / "src").mkdir()
    (project / "src" / "main.asm").write_text('org $008000\nincbin "../data.bin"')
    assert main(["assemble", str(project / "src" / "main.asm")]) == 1
    assert main(["assemble", str(project / "src" / "main.asm"), "--folder", str(project)]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.asm"], "no main text"),
        (["code"], "code is a folder; name the main text itself"),
        (["main.asm", "--folder", "code"], "does not lie in code"),
        (["main.asm", "--rom", "nowhere.sfc"], "no ROM"),
        (["main.asm", "--rom", "code"], "code is a folder; name the ROM itself"),
        (["main.asm", "--rom", "main.asm"], "no ROM: it has"),
        (["main.asm", "--rom", "empty.sfc"], "no ROM: it has 0 bytes"),
        (["main.asm", "--rom", "odd.sfc"], "no ROM: it has 32,769 bytes"),
        (["main.asm", "--out", "code"], "code is a folder; name a file"),
        (["main.asm", "--out", "main.asm/x"], "main.asm/x cannot be written (Not a directory)"),
        (["main.asm", "--out", "nowhere/x.sfc"], "nowhere/x.sfc cannot be written (No such file or directory)"),
        (["main.asm", "--out", "/proc/x.sfc"], "/proc/x.sfc cannot be written"),
        (["main.asm", "--out", "pipe"], "pipe is a device or a pipe"),
        (["main.asm", "--out", "x" * 300], "cannot be written (File name too long)"),
        (["x" * 300], "cannot be read (File name too long)"),
        (["main.asm", "--out", "code/../main.asm"], "would overwrite main.asm"),
        (["main.asm", "--rom", "base.sfc", "--out", "base.sfc"], "would overwrite base.sfc"),
        (["main.asm", "--rom", "base.sfc", "--out", "data.bin", "-D", "value=7"], "overwrite; give --out another name"),
        (["main.asm", "-D", "value"], "NAME=VALUE"),
        (["main.asm", "-D", "=3"], "NAME=VALUE"),
    ],
)
def test_a_mistake_in_the_command_is_one_sentence(
    project: Path,
    arguments: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(project)
    os.mkfifo(project / "pipe")
    (project / "empty.sfc").write_bytes(b"")
    (project / "odd.sfc").write_bytes(bytes(0x8001))
    before = contents(project)
    assert main(["assemble", *arguments]) == 1
    output = capsys.readouterr()
    assert said in output.err and output.err.count("\n") == 1 and not output.out
    assert contents(project) == before


@pytest.mark.parametrize("asar", ["nowhere", "code", "data.bin"])
def test_an_asar_that_is_no_program_is_one_sentence_before_any_work(
    project: Path, asar: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_ASAR", str(project / asar))
    assert run(project) == 1
    output = capsys.readouterr()
    assert "is no program that can be run" in output.err and not output.out
    with pytest.raises(OracleError, match="is no program"):
        assemble("NOP")


def program(path: Path, text: str) -> str:
    path.write_text(text)
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("#!/bin/sh\nexit 3", "error: no result: asar failed without a word (exit 3)"),
        ("#!/bin/sh\nexit 0", "asar writes 9 other bytes"),
        ("no program", "does not run as asar (Exec format error)"),
    ],
)
def test_where_asar_does_not_agree_nothing_is_written(
    project: Path, script: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_ASAR", program(project / "asar", script))
    assert run(project, "--out", str(project / "out.sfc")) == 1
    assert said in "".join(capsys.readouterr())
    assert not (project / "out.sfc").exists()


def test_pools_are_not_compared_and_this_is_said(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_ASAR", program(project / "asar", "#!/bin/sh\nexit 3"))
    assert run(project, "--pool") == 0
    assert "not compared with asar" in capsys.readouterr().out


def findings(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    main(["assemble", str(folder / "main.asm")])
    return capsys.readouterr().out.splitlines()[:-1]


def test_a_file_that_is_not_read_says_why(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "out.asm").symlink_to("../outside.asm")
    (project / "loop.asm").symlink_to("loop.asm")
    (project / "seen.asm").symlink_to(".git/hidden.asm")
    (project.parent / "outside.asm").write_text("NOP")
    names = ["gfx/t.bin", "code/../../x.asm", "/etc/passwd", "out.asm", "seen.asm", "code", "loop.asm", "x" * 300]
    (project / "code" / "deep.asm").write_text('incbin "t.bin"\nincbin "../u.bin"')
    (project / "main.asm").write_text("\n".join([*(f'incbin "{name}"' for name in names), "incsrc code/deep.asm"]))
    said = [line.partition("refused directive: ")[2].partition(";")[0] for line in findings(project, capsys)]
    assert said == [
        "there is no file code/t.bin in the folder project",
        "there is no file u.bin in the folder project",
        "there is no file gfx/t.bin in the folder project",
        "code/../../x.asm lies outside the folder project",
        "/etc/passwd lies outside the folder project",
        "out.asm lies outside the folder project",
        "seen.asm is hidden, as its name begins with a dot, and hidden files are not read",
        "there is no file code in the folder project",
        "loop.asm lies outside the folder project",
        f"there is no file {'x' * 120} in the folder project",
    ]


def test_only_what_the_text_asks_for_is_read(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (project / "huge.bin").open("wb") as file:
        file.truncate(1 << 40)
    assert run(project) == 0
    capsys.readouterr()
    (project / "main.asm").write_text("incbin huge.bin")
    [line] = findings(project, capsys)
    assert line == (
        "main.asm:1:8: error: limit exceeded: with huge.bin the text reads more than 67,108,864 bytes of files"
    )


def test_what_is_left_open_is_named_where_it_began(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "code" / "m.asm").write_text("NOP\n  if 1\n NOP")
    (project / "code" / "n.asm").write_text("NOP\n struct s\nendstruct\n\n struct t\npushpc\npushns\nwarnings push")
    (project / "main.asm").write_text(
        "incsrc code/m.asm\nincsrc code/n.asm\nmacro w()\nwhile 0\nendmacro\n %w()\nif 1\nfor i = 0..2\nNOP"
    )
    assert [line.partition(": error: syntax error: ")[::2] for line in findings(project, capsys)] == [
        ("code/m.asm:2:3", "an if, while or for is not closed"),
        ("code/n.asm:5:2", "a struct is not closed"),
        ("code/n.asm:6:1", "a pushpc is not closed"),
        ("code/n.asm:7:1", "a pushns is not closed"),
        ("code/n.asm:8:1", "a warnings push is not closed"),
        ("main.asm:4:1", "an if, while or for is not closed (in a macro called at main.asm:6)"),
        ("main.asm:7:1", "an if, while or for is not closed"),
        ("main.asm:8:1", "an if, while or for is not closed"),
    ]


def test_what_the_text_says_is_shown_as_its_own(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = 'org $8000\nNOP\nskip 3\nprint "size: ",dec(5)," of ",bytes\nreset bytes\nprint bytes\nwarn "careful"'
    (project / "main.asm").write_text(text)
    assert findings(project, capsys)[:3] == ["size: 5 of 4", "0", "main.asm:7:1: warning: the text says: careful"]


def test_a_text_without_bytes_is_noticed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "main.asm").write_text("")
    assert main(["assemble", str(project / "main.asm")]) == 0
    assert "main.asm: warning: it emits no bytes" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["spcblock $500 nspc\nMOV A,#1\nendspcblock", "pool One\n.a: db 1\n.a: db 2"])
def test_nothing_is_said_of_lines_that_a_refused_directive_governs(text: str) -> None:
    [found] = assemble(text, backend="own").diagnostics
    assert (found.kind, found.line) == (Kind.UNSUPPORTED_DIRECTIVE, 1)


POOL = """pool One Two
.low
db 1
.high: db 2
dw .low
pool off
Two: dw .high
One: dw .low
dw One_high,Two_low
"""


def test_a_pool_holds_sublabels_of_labels_that_stand_elsewhere() -> None:
    assembly = assemble(POOL, pool=True, backend="own")
    assert assembly.code.hex(" ") == "01 02 00 80 01 80 00 80 01 80 00 80"
    assert assembly.labels["One_low"] == assembly.labels["Two_low"] == 0x8000


def test_a_pool_ends_at_the_next_label_or_where_it_is_off() -> None:
    text = "pool One\n.a: db 1\nOther:\n.a: db 2\nOne: dw .a\nOther_end: dw Other_a"
    assert assemble(text, pool=True, backend="own").code.hex(" ") == "01 02 00 80 01 80"
    [found] = assemble("pool One\n.a: db 1\npool off\n.b: db 2", pool=True, backend="own").diagnostics
    assert (found.kind, found.line) == (Kind.SYNTAX, 4)


def test_asar_has_no_pools_so_they_must_be_asked_for() -> None:
    found = assemble(POOL, backend="own").diagnostics[0]
    assert found.kind is Kind.UNSUPPORTED_DIRECTIVE and "usdasm" in found.message
