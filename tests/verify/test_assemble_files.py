"""What a text reads: files and the ROM that its caller hands over, and nothing else. That the bytes are asar's, and
where a name is looked up, stands in asar_golden.jsonl."""

import time
from pathlib import Path

import pytest

from oracle_lib.verify import AsmCase, AsmContract, check
from oracle_lib.verify.assembler import Assembly, Diagnostic, Kind, Limits, assemble
from oracle_lib.verify.assembler.asar import find_asar, run_asar


def own(
    text: str,
    files: dict[str, bytes | str] | None = None,
    host: bytes | dict[int, bytes] | None = None,
    limits: Limits | None = None,
) -> Assembly:
    return assemble(text, files=files, host=host, limits=limits, backend="own")


def test_files_are_text_or_bytes() -> None:
    files: dict[str, bytes | str] = {"code.asm": b'db "\xe9"\nincbin data.bin', "data.bin": "AB"}
    assembly = own("incsrc code.asm", files)
    assert assembly.ok and assembly.code == b"\xe9AB"


def test_the_listing_and_every_finding_name_the_file_they_stand_in() -> None:
    files: dict[str, bytes | str] = {"lib/a.asm": "NOP\n  LDA !missing\n", "lib/m.asm": "macro m()\n LDQ #1\nendmacro"}
    assembly = own("incsrc lib/a.asm\nincsrc lib/m.asm\n%m()\nFROB", files)
    assert [(found.file, found.line, found.column) for found in assembly.diagnostics] == [
        ("", 4, 1),
        ("lib/a.asm", 2, 7),
        ("lib/m.asm", 2, 2),
    ]
    assert str(assembly.diagnostics[1]).startswith("lib/a.asm:2:7: error: undefined symbol:")
    listed = own("NOP\nincsrc a.asm\nRTS", {"a.asm": "\nCLC"}).listing
    assert [(line.mnemonic, line.file, line.line) for line in listed] == [
        ("NOP", "", 1),
        ("CLC", "a.asm", 2),
        ("RTS", "", 3),
    ]


def test_a_mismatch_of_widths_names_its_file() -> None:
    [found] = own("SEP #$20\nincsrc a.asm", {"a.asm": "\nLDA #$1234"}).diagnostics
    assert (found.kind, found.file, found.line) == (Kind.WIDTH_MISMATCH, "a.asm", 2)


ESCAPES = [
    "/etc/passwd",
    "../../../../../../etc/passwd",
    "sub/../../../../../../../etc/passwd",
    "a.asm/../../etc/passwd",
]


@pytest.mark.parametrize("path", [*ESCAPES, "..\\..\\..\\etc\\passwd", "~/.ssh/id_rsa", "file:///etc/passwd", "", "."])
@pytest.mark.parametrize(
    "text", ['incsrc "{}"', 'incbin "{}"', 'table "{}"', 'db readfile1("{}",0)', 'db filesize("{}")']
)
def test_what_was_not_handed_over_is_refused(text: str, path: str) -> None:
    assembly = own(text.format(path.replace("\\", "\\\\")), {"a.asm": "NOP"})
    assert [found.kind for found in assembly.diagnostics] == [Kind.REFUSED_DIRECTIVE]
    assert "root:" not in str(assembly.diagnostics[0])


@pytest.mark.parametrize("path", ["/etc/passwd", "../a.asm", "a/../../b.asm", "C:\\a.asm", "\\\\server\\a.asm"])
def test_a_caller_hands_over_only_what_lies_below_the_text(path: str) -> None:
    with pytest.raises(ValueError, match="folder of the text"):
        own("NOP", {path: b""})


def test_a_file_that_is_not_there_can_be_asked_about() -> None:
    text = 'if getfilestatus("/etc/passwd") : db canreadfile1("/etc/passwd",0),readfile1("/etc/passwd",0,7)'
    assert own(text).code == b"\0\7"


def test_limits_count_what_is_included() -> None:
    files: dict[str, bytes | str] = {"a.asm": "NOP\n" * 100, "b.bin": bytes(1000), "empty.asm": "\n" * 10_000}
    for text, limits in (
        ("incsrc a.asm", Limits(source=200)),
        ("incsrc a.asm\n" * 3, Limits(statements=250)),
        ("incbin b.bin\n" * 3, Limits(output=2999)),
        ("incsrc empty.asm\n" * 3, Limits(expansion=25_000)),
    ):
        assembly = own(text, files, limits=limits)
        assert [found.kind for found in assembly.diagnostics] == [Kind.LIMIT], text


HOSTILE: dict[str, tuple[str, dict[str, bytes | str]]] = {
    "a file that includes itself": ("incsrc a.asm", {"a.asm": "incsrc a.asm"}),
    "a file that includes itself twice": ("incsrc a.asm", {"a.asm": "incsrc a.asm\nincsrc a.asm"}),
    "two that include each other": ("incsrc a.asm", {"a.asm": "incsrc b.asm", "b.asm": "incsrc a.asm"}),
    "a macro that includes its own file": ("incsrc a.asm", {"a.asm": "macro m()\nincsrc a.asm\nendmacro\n%m()"}),
    "files that double": (
        "incsrc f0.asm",
        {f"f{i}.asm": f"incsrc f{i + 1}.asm\nincsrc f{i + 1}.asm\n" for i in range(60)},
    ),
    "blank lines over and over": ("incsrc a.asm\n" * 50_000, {"a.asm": "\n" * 100_000}),
    "an incbin bomb": ("incbin a.bin\n" * 50_000, {"a.bin": bytes(1 << 20)}),
    "an incbin of everything in a loop": ("while 1\nincbin a.bin\nendwhile", {"a.bin": bytes(1 << 20)}),
    "a huge file": ("incsrc a.asm", {"a.asm": "NOP\n" * 2_500_000}),
    "huge tables": ("table a.tbl\n" * 50_000, {"a.tbl": "A=41\n" * 200_000}),
    "looking at all of a file": ('db canreadfile("a.bin",0,$100000)\n' * 60_000, {"a.bin": bytes(1 << 20)}),
    "a table of noise": ("table a.tbl", {"a.tbl": bytes(range(256)) * 100}),
    "noise as source": ("incsrc a.asm", {"a.asm": bytes(range(1, 256)) * 100}),
    "a null byte": ("incsrc a.asm", {"a.asm": "NOP\nN\0P"}),
    "a file of one line": ("incsrc a.asm", {"a.asm": "A" * 900_000}),
    "many reads": ('db readfile4("a.bin",0)^filesize("a.bin")\n' * 60_000, {"a.bin": bytes(1 << 20)}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_soon_in_a_typed_result(name: str) -> None:
    text, files = HOSTILE[name]
    started = time.process_time()
    assembly = own(text, files)
    assert time.process_time() - started < 6
    assert assembly.ok or assembly.diagnostics


def test_a_cycle_is_told_where_it_is() -> None:
    [found] = own("incsrc a.asm", {"a.asm": "NOP\nincsrc a.asm"}).diagnostics
    assert (found.kind, found.file) == (Kind.LIMIT, "a.asm")


def test_a_file_may_include_itself_until_a_condition_ends_it() -> None:
    assembly = own("!n = 0\nincsrc a.asm", {"a.asm": "db !n\n!n #= !n+1\nif !n < 3\nincsrc a.asm\nendif"})
    assert assembly.code == b"\0\1\2"


def test_a_character_that_the_table_leaves_out_is_no_code() -> None:
    files: dict[str, bytes | str] = {"t.tbl": "A=80\n"}
    assert own('table t.tbl\ndb "A"', files).code == b"\x80"
    [found] = own('table t.tbl\ndb "AB"', files).diagnostics
    assert found.kind is Kind.UNSUPPORTED_DIRECTIVE and "'B'" in found.message


PIECES = {0x008000: bytes(range(16)), 0x0D8000: b"\xaa\xbb", 0x0D8002: b"\xcc"}
IMAGE = bytes(range(256)) * 0x80


def test_read_gives_the_bytes_under_the_patch() -> None:
    text = "db read1($008001)\ndw read2($008002)\ndl read3($0D8000)\ndd read4($008004)"
    assert own(text, host=PIECES).code.hex(" ") == "01 02 03 aa bb cc 04 05 06 07"
    assert own("db read1($00812A),read1($80812A)", host=IMAGE).code == b"\x2a\x2a"
    assert own("hirom\ndb read1($C00103)", host=IMAGE).code == b"\x03"


def test_read_sees_the_rom_and_not_the_patch_over_it() -> None:
    assert own("db 9,9\ndb read1($008001)", host=PIECES).code == b"\x09\x09\x01"
    assert own("hook = read3($008000)\norg $008000\ndl hook", host=PIECES).code == b"\0\1\2"


def test_what_is_not_known_of_the_rom_takes_the_default_or_is_refused() -> None:
    text = "db read1($0E8000,5),read2($00800F,6),canread1($00800F),canread2($00800F),canread1($7E0000)"
    assert own(text, host=PIECES).code == b"\x05\x06\x01\x00\x00"
    for address in ("$0E8000", "$7E0000", "-1", "$0D8003"):
        [found] = own(f"db read1({address})", host=PIECES).diagnostics
        assert found.kind is Kind.BAD_ADDRESS and "ROM under the patch" in found.message


def test_later_pieces_of_the_rom_lie_over_earlier_ones_and_pieces_in_ram_are_no_rom() -> None:
    host = {0x008000: b"\1\2", 0x008001: b"\3", 0x7E0000: b"\4"}
    assert own("dw read2($008000)", host=host).code == b"\1\3"
    assert own("db canread1($700000),canread1($7E0000)", host=host).code == b"\0\0"


def test_a_hook_may_read_the_rom_of_its_contract() -> None:
    contract = AsmContract(
        host={0x00A000: b"\x12\x34"},
        cases=(AsmCase(expect_registers={"a": 0x34}),),
    )
    assert check("LDA.b #read1($00A001) : RTS", contract).passes
    assert "not known" in check("LDA.b #read1($00A002) : RTS", contract).reasons[0]


needs_asar = pytest.mark.skipif(find_asar() is None, reason="no asar on PATH and ORACLE_ASAR is not set")

PLAIN = [
    "LDA $10 ; x = table index",
    'db "table for two"',
    'db "readfile1(", $22 ; incsrc "x"',
    "table: dw 1 : LDA table,x : JSR table",
    'print "incbin ","table ",hex(3)\nNOP',
    "!name = Label\n!{name}_end: NOP : LDA #!name>>8",
    "macro put(where, what)\nLDA #<what> : STA <where>_<what>,x\nendmacro\n%put(x,1)\nx_1:",
    "if !assembler_ver > 1 : db 1",
    "!n = $1\nLDA !{n}1,x : LDA !{n}2",
    "for i = 0..3\nx_!i: db !i,\\\n  $1!i\nendfor",
    "NOP ;@ print \"table\"",
    "assert 1 == 1, \"table\"\nNOP",
]  # fmt: skip


@needs_asar
@pytest.mark.parametrize("text", PLAIN)
def test_asar_is_asked_about_text_that_only_speaks_of_files(text: str) -> None:
    assert assemble(text, backend="asar") == own(text)


@needs_asar
def test_asar_reads_the_files_and_the_rom_that_were_handed_over() -> None:
    files: dict[str, bytes | str] = {"sub/a.asm": 'incbin "../b.bin":1..3\ntable "t.tbl"\ndb "A"', "b.bin": b"abc"}
    files |= {"sub/t.tbl": "A=99\n", "text.asm": "db 5"}
    text = 'incsrc "sub/a.asm"\nincsrc text.asm\ndb readfile1("b.bin",0),filesize("b.bin"),read1($0D8001)'
    assembly = assemble(text, files=files, host=PIECES, backend="asar")
    assert assembly.ok and assembly.code == b"bc\x99\x05a\x03\xbb"


@needs_asar
@pytest.mark.parametrize(
    ("text", "files", "place"), [("NOP\nFROB", {}, ("", 2)), ("incsrc a.asm", {"a.asm": b"FROB"}, ("a.asm", 1))]
)
def test_what_asar_says_names_the_file(text: str, files: dict[str, bytes], place: tuple[str, int]) -> None:
    found = run_asar(find_asar() or "", bytes(0x8000), text, {}, 0x8000, {}, files)
    assert isinstance(found, Diagnostic) and (found.file, found.line) == place


COULD_READ = [
    'if 0 : incbin "/etc/passwd"',
    'if 0\nincbin "/etc/passwd"\nendif',
    'macro m()\nincsrc "/etc/passwd"\nendmacro',
    'macro m()\nx: .y: @ INCSRC "/etc/passwd"\nendmacro',
    'if !assembler_ver > 11000 : incbin "x"\nNOP',
    'if 0 : !i = inc\nmacro m()\n!{i}bin "/etc/passwd"\nendmacro',
    '!i = in\nif 0 : !{i}cbin "/etc/passwd"',
    '!a = inc\n!b = bin\nif 0 : !a!b "/etc/passwd"',
    '!a = inc\nif 0 : !a += bin\nif 0 : !a "/etc/passwd"',
    'macro m(a)\n<a>bin "/etc/passwd"\nendmacro',
    'macro m(a,b)\n<a><b> "/etc/passwd"\nendmacro',
    'macro m(a)\n<a> "/etc/passwd"\nendmacro\nif 0 : %m(incbin)',
    'macro m(a)\n<a>\nendmacro\nif 0 : %m("db 1 : incbin x")',
    '!x = "NOP : incbin /etc/passwd"\nif 0 : !x',
    '!x = NOP\nif 0 : !x : incbin "/etc/passwd"',
    '!x = ""\nif 0 : !x incbin "/etc/passwd"',
    '!q = 1\ndb "!q : incbin x"',
    'if 0 : db readfile1("/etc/passwd",0)',
    'if 0 : db _readfile1("/etc/passwd",0)',
    '!q = 1\nLDA #!q : db "incbin x"',
    '!r = read\nif 0 : db !{r}file1("/etc/passwd",0)',
    'function f(x) = readfile1("/etc/passwd",x)\nNOP',
    'function f(a) = readfile1("a.bin",a)\nNOP',
    '!r = ead\nif 0 : db r!{r}file1("/etc/passwd",0)',
    'if 0 : incsrc "a.bin:/../../../../../etc/passwd"',
    'if 0 : incbin "a.bin"x',
    'if 0 : table "a.bin",foo',
    'if 0 : db readfile1("a.bin""/../../../etc/passwd",0)',
]


@needs_asar
@pytest.mark.parametrize("text", COULD_READ)
def test_a_text_that_could_make_asar_read_another_file_does_not_reach_it(text: str) -> None:
    assert own(text, {"a.bin": b"a"}).ok
    [found] = assemble(text, files={"a.bin": b"a"}, backend="asar").diagnostics
    assert found.kind is Kind.REFUSED_DIRECTIVE and "not passed on to asar" in found.message


@needs_asar
def test_files_that_are_included_are_looked_through_as_well() -> None:
    files: dict[str, bytes | str] = {"a.asm": 'NOP\nif 0 : incbin "/etc/passwd"'}
    [found] = assemble("incsrc a.asm", files=files, backend="asar").diagnostics
    assert (found.kind, found.file, found.line) == (Kind.REFUSED_DIRECTIVE, "a.asm", 2)


def test_nothing_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.asm").write_text("NOP")
    (tmp_path / "b.bin").write_bytes(b"1")
    assert not own("incsrc a.asm").ok and not own("incbin b.bin").ok and not own('db readfile1("b.bin",0)').ok
