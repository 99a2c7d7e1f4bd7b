"""What the assembler says about wrong text, where it points, and that hostile text ends soon in a typed result."""

import random
import time

import pytest

from oracle_lib.verify.assembler import Kind, Limits, Severity, assemble
from oracle_lib.verify.assembler.opcodes import MNEMONICS


def first_error(text: str) -> tuple[Kind, int, int]:
    assembly = assemble(text, {"sword": 0x7EF359}, backend="own")
    assert not assembly.ok
    assert assembly.code == b"" and assembly.blocks == ()
    error = next(found for found in assembly.diagnostics if found.severity is Severity.ERROR)
    return error.kind, error.line, error.column


@pytest.mark.parametrize(
    ("text", "kind", "line", "column"),
    [
        ("NOP\n  LDQ #$12", Kind.UNKNOWN_MNEMONIC, 2, 3),
        ("NOP : FROB", Kind.UNKNOWN_MNEMONIC, 1, 7),
        ("LDA #$12 : STA #$12", Kind.ADDRESSING_MODE, 1, 17),
        ("JSR ($1234)", Kind.ADDRESSING_MODE, 1, 6),
        ("BRK $12", Kind.ADDRESSING_MODE, 1, 5),
        ("\n\n LDA.w Missing,X", Kind.UNDEFINED_SYMBOL, 3, 8),
        ("BRA .nowhere\n", Kind.SYNTAX, 1, 5),
        ("BRA +", Kind.UNDEFINED_SYMBOL, 1, 5),
        ("LDA !missing", Kind.UNDEFINED_SYMBOL, 1, 5),
        ("%missing()", Kind.UNDEFINED_SYMBOL, 1, 2),
        ("start: fill 200\nBRA start", Kind.BRANCH_RANGE, 2, 5),
        ("LDA ($1234),Y", Kind.VALUE_TOO_WIDE, 1, 6),
        ("STX sword", Kind.VALUE_TOO_WIDE, 1, 5),
        ("REP #$0030", Kind.VALUE_TOO_WIDE, 1, 6),
        ("a1:\na1:", Kind.REDEFINED_SYMBOL, 2, 1),
        ("assert 1 == 2, \"no\"", Kind.ASSERTION, 1, 1),
        ("NOP\nwarnpc $008000", Kind.ASSERTION, 2, 1),
        ("error \"stop\"", Kind.MESSAGE, 1, 1),
        ("LDA $10 ,X", Kind.SYNTAX, 1, 5),
        ("LDA #", Kind.SYNTAX, 1, 1),
        ("db \"open", Kind.SYNTAX, 1, 1),
        ("db 1/0", Kind.SYNTAX, 1, 4),
        ("db (2**9999)-(2**9999)", Kind.SYNTAX, 1, 4),
        ("if 1\nNOP", Kind.SYNTAX, 1, 1),
        ("endif", Kind.SYNTAX, 1, 1),
        ("org $7E0000\nNOP", Kind.BAD_ADDRESS, 2, 1),
        ("org $00FFFF\nNOP : NOP", Kind.BAD_ADDRESS, 2, 7),
        ("macro a()\nNOP", Kind.SYNTAX, 1, 1),
        ("pullpc", Kind.SYNTAX, 1, 1),
        ("pushpc", Kind.SYNTAX, 1, 1),
        ("incsrc \"other.asm\"", Kind.REFUSED_DIRECTIVE, 1, 9),
        ("incbin secret.bin", Kind.REFUSED_DIRECTIVE, 1, 8),
        ("table font.tbl", Kind.REFUSED_DIRECTIVE, 1, 7),
        ("!i = inc\n!{i}bin \"/etc/passwd\"", Kind.REFUSED_DIRECTIVE, 2, 10),
        ("db readfile1(\"/etc/passwd\",0)", Kind.REFUSED_DIRECTIVE, 1, 15),
        ("db filesize(\"/etc/passwd\")", Kind.REFUSED_DIRECTIVE, 1, 14),
        ("freecode\nNOP", Kind.UNSUPPORTED_DIRECTIVE, 1, 1),
        ("db canread(1,$008000)", Kind.UNSUPPORTED_DIRECTIVE, 1, 4),
        ("db read1($008000)", Kind.BAD_ADDRESS, 1, 4),
        ("asar 2.0", Kind.UNSUPPORTED_DIRECTIVE, 1, 1),
        ("asar 1.92\nNOP", Kind.UNSUPPORTED_DIRECTIVE, 1, 1),
        ("NOP\nasar 1.91", Kind.SYNTAX, 2, 1),
        ("asar 1.9", Kind.SYNTAX, 1, 6),
        ("optimize dp everything", Kind.SYNTAX, 1, 1),
        ("NOP : dpbase $1234", Kind.BAD_ADDRESS, 1, 14),
        ("bank $123", Kind.BAD_ADDRESS, 1, 6),
        ("check colour off", Kind.SYNTAX, 1, 1),
        ("for i = 0\nendfor", Kind.SYNTAX, 1, 1),
        ("NOP : for i = 0..3", Kind.SYNTAX, 1, 7),
        ("for i = 0..3\nNOP", Kind.SYNTAX, 1, 1),
        ("for i = 0..3\nNOP : endfor : NOP", Kind.SYNTAX, 2, 7),
        ("fill align 3", Kind.SYNTAX, 1, 12),
        ("NOP\npushns", Kind.SYNTAX, 2, 1),
        ("pullns", Kind.SYNTAX, 1, 1),
        ("pullbase", Kind.SYNTAX, 1, 1),
        ("warnings pull", Kind.SYNTAX, 1, 1),
        ("namespace nested", Kind.SYNTAX, 1, 1),
        ("global -", Kind.SYNTAX, 1, 8),
        ("struct a extends b\nendstruct", Kind.UNDEFINED_SYMBOL, 1, 18),
        ("struct a 0\nendstruct\nstruct a 0\nendstruct", Kind.REDEFINED_SYMBOL, 3, 8),
        ("struct a 0\nendstruct\ndb a[0],a[1]", Kind.SYNTAX, 3, 4),
        ("struct a 0\nendstruct\nif a[0] > 1 : NOP : endif", Kind.SYNTAX, 3, 7),
        ("db datasize(zz)", Kind.UNDEFINED_SYMBOL, 1, 13),
        ("undef a", Kind.UNDEFINED_SYMBOL, 1, 7),
        ("print wrong", Kind.SYNTAX, 1, 7),
        ("function f() = 7", Kind.SYNTAX, 1, 10),
        ("macro m(...)\ndb <...[2]>\nendmacro\n%m(1,2)", Kind.UNDEFINED_SYMBOL, 2, 9),
        ("xkas", Kind.UNSUPPORTED_DIRECTIVE, 1, 1),
        ("spcblock $1234", Kind.UNSUPPORTED_DIRECTIVE, 1, 1),
        ("arch superfx", Kind.UNSUPPORTED_DIRECTIVE, 1, 1),
        ("NOP ;@ NOP", Kind.SYNTAX, 1, 6),
        ("dd 2**99", Kind.UNSUPPORTED_DIRECTIVE, 1, 1),
        ("LDA 4294967295", Kind.UNSUPPORTED_DIRECTIVE, 1, 5),
    ],
)  # fmt: skip
def test_a_fault_has_a_kind_and_a_place(text: str, kind: Kind, line: int, column: int) -> None:
    assert first_error(text) == (kind, line, column)


def test_every_missing_symbol_is_named_at_once() -> None:
    assembly = assemble("JSL One\nLDA Two\nJSR Three", backend="own")
    assert [found.line for found in assembly.diagnostics if found.kind is Kind.UNDEFINED_SYMBOL] == [1, 2, 3]


def cuts(text: str) -> list[int]:
    """The lines with a warning that a value is cut."""
    assembly = assemble(text, backend="own")
    assert assembly.ok, assembly.diagnostics
    assert all(found.severity is Severity.WARNING for found in assembly.diagnostics)
    return [found.line for found in assembly.diagnostics if found.kind is Kind.VALUE_TOO_WIDE]


def test_what_asar_cuts_off_silently_is_a_warning() -> None:
    assert cuts("LDA #200*2\nLDA $F0+$20\ndb $01,$1234\ndl $12345678\nMVN $1234,$7E\nLDX #-200") == [1, 2, 3, 4, 5, 6]


def test_a_cut_that_is_meant_is_no_warning() -> None:
    idioms = """
    !RAM24 = $7EF36D
    LDA.b #!RAM24 : LDA.b #!RAM24>>8 : LDA.b #!RAM24>>16
    LDA.w !RAM24 : STA.w !RAM24+2,X : LDA.w #!RAM24 : LDA #!RAM24
    LDA.b $2118 : LDA.b #$1234 : SBC.w #60*60*60
    JSR.w $1BC9DE : JMP.w $0EC3C7
    db !RAM24,!RAM24>>8,!RAM24>>16 : dw !RAM24,$06B08B
    db 310,310>>8,32<<4|3
    Label: LDA.b #Label : db Label,Label>>8
    MVN !RAM24,$7E
    """
    assert cuts(idioms) == []


def test_a_callers_mistake_raises() -> None:
    with pytest.raises(ValueError, match="24-bit"):
        assemble("NOP", origin=0x1000000)
    with pytest.raises(ValueError, match="24-bit"):
        assemble("JSL far", {"far": -1}, backend="own")


HOSTILE = {
    "ten megabytes": "NOP\n" * 2_500_000,
    "a null byte": "NOP\0NOP",
    "a macro that calls itself": "macro m()\n%m()\nendmacro\n%m()",
    "two macros that call each other": "macro a()\n%b()\n%b()\nendmacro\nmacro b()\n%a()\n%a()\nendmacro\n%a()",
    "macros that double": "".join(f"macro m{i}()\n%m{i + 1}()\n%m{i + 1}()\nendmacro\n" for i in range(40)) + "%m0()",
    "an endless while": "while 1\nNOP\nendwhile",
    "an endless while without statements": "while 1\nendwhile",
    "an endless for": "for i = 0..2000000000\nendfor",
    "a repeat without end": "rep 2000000000 : NOP",
    "an instruction repeated without end": "NOP #4000000000",
    "a huge fill": "fill 4000000000",
    "a huge negative skip": "skip -4000000000",
    "a huge pad": "hirom\norg $C00000\npad $FFFFFF\norg $C00000\npad $FFFFFF",
    "a division by zero": "db 1/0, 1%0",
    "a shift by a huge number": "db 1<<99999999999, 1>>-1",
    "a power without end": "db 9**9**9**9**9",
    "deep parentheses": "db " + "(" * 100_000 + "1" + ")" * 100_000,
    "deep signs": "db " + "-" * 200_000 + "1",
    "deep conditionals": "if 1\n" * 50_000,
    "defines that double": "!a0 = xx\n" + "".join(f"!a{i + 1} = !a{i}!a{i}\n" for i in range(60)) + "!a60",
    "a define that grows": "!a = x\nwhile 1\n!a := !a!a\nendwhile",
    "a define of itself": "!a = !a\n!a",
    "nested braces": "!{" * 50_000,
    "a function that calls itself": "function f(x) = f(x)+f(x)\ndb f(1)",
    "functions that double": "function f0(x) = x+x\n"
    + "".join(f"function f{i + 1}(x) = f{i}(x+x)+f{i}(x+x)\n" for i in range(60))
    + "db f60(1)",
    "a number of a million digits": "db " + "9" * 900_000,
    "a hexadecimal number of a million digits": "db $" + "9" * 900_000,
    "a line of commas": "db " + "1," * 300_000 + "1",
    "lines that end in commas": "db 1,\n" * 100_000,
    "lines that end in backslashes": "NOP \\\n" * 100_000,
    "quotes": "'\"" * 400_000,
    "labels": "".join(f"l{i}:\n" for i in range(100_000)),
    "a struct of structs": "".join(f"struct s{i} extends s{i - 1}\nendstruct\n" for i in range(5_000)),
    "words": "LDA " * 200_000,
    "arguments": "macro m(...)\nendmacro\n%m(" + "a," * 200_000 + "a)",
    "brackets": "LDA " + "a[" * 200_000,
    "characters of every kind": "".join(chr(code) for code in range(1, 0x3000)),
    "surrogates": 'db "\ud800"',
    "printing without end": "print " + "dec(1)," * 100_000 + "dec(1)",
    "datasize over many labels": "".join(f"l{i}: NOP\n" for i in range(4_000)) + "db datasize(l0)\n" * 4_000,
    "a sum of macros": "macro m(a)\ndb <a>\nendmacro\n" + "%m(1)\n" * 50_000,
    "a for in a for": "for i = 0..3000\n" * 3 + "NOP\n" + "endfor\n" * 3,
    "a for of no lines": "for i = -2000000000..2000000000\nendfor",
    "namespaces in namespaces": "namespace nested on\n" + "namespace n\n" * 100_000 + "x: NOP",
    "labels of long names": "A" * 50_000 + ":\n" + "".join(f".l{i}\n" for i in range(100_000)),
    "set aside and never back": "pushns\npushbase\nwarnings push\npushpc\n" * 50_000,
    "structs in structs": "struct s $7E0000\nendstruct\n" + "struct t extends s\nendstruct\n" * 50_000,
    "indexes in indexes": "struct s 0\nendstruct\ndb " + "s[" * 50_000 + "0" + "]" * 50_000,
    "a gap up to the moon": "check bankcross off\n" + "NOP : fill align $800000\n" * 100,
    "banks without end": "check bankcross off\nfill 4000000\n" * 10,
    "comments that are code": ";@" * 400_000,
    "shifts and nothing else": "db 1" + "<<" * 400_000,
    "a version of many digits": "asar 1." + "9" * 100_000,
    "messages of many numbers": "NOP\n" + "print bin(1,64),double(1,64)\n" * 50_000,
    "the first of many arguments": "macro m(...)\nwhile 1\ndb <...>,<...[9]>,sizeof(...)\nendwhile\nendmacro\n%m("
    + "1," * 20_000
    + "1)",
    "settings": "optimize dp ram\ndpbase $100\nbank 1\nasar\n" * 50_000,
    "branches everywhere": "".join(f"l{i}: BEQ l{(i * 7919) % 120}\n" for i in range(120)) * 1,
    "calls everywhere": "".join(f"l{i}: JSR l{(i * 7919) % 4000}\n" for i in range(4_000)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_ends_soon_in_a_result(text: str) -> None:
    start = time.process_time()
    assembly = assemble(text, backend="own")
    spent = time.process_time() - start
    assert assembly.ok or assembly.diagnostics
    assert len(assembly.diagnostics) < 60_000
    assert spent < 6


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        *(
            (f"{word}\nNOP", "write org and an address that is free")
            for word in ("freecode", "freedata", "freespace ram")
        ),
        ("org $008000\nautoclean JML $208000", "leave the word away"),
        ("prot New", "leave the line away"),
        ("pool New", "assemble --pool allows it"),
        ("spcblock $500", "write arch spc700"),
    ],
)
def test_what_is_not_supported_says_what_to_write_instead(text: str, instead: str) -> None:
    [found] = assemble(text, backend="own").diagnostics
    assert found.kind is Kind.UNSUPPORTED_DIRECTIVE and instead in found.message


@pytest.mark.parametrize(
    ("text", "border"),
    [
        ("org $FFFFFE\ndb 1,2,3,4", "$FFFFFF"),
        ("org $00FFFE\ndb 1,2,3,4", "$00FFFF"),
        ("org $00FFFE\nNOP\nLDA.l $7E0000", "$00FFFF"),
        ("hirom\ncheck bankcross half\norg $C07FFF\ndw 1", "$C07FFF"),
        ("org $008000\nbase $02FFFF\ndb 1,2,3", "$02FFFF"),
    ],
)
def test_a_border_of_a_bank_that_is_crossed_is_named(text: str, border: str) -> None:
    [found] = assemble(text, backend="own").diagnostics
    assert found.message == f"the bank border behind {border} is crossed"


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("NOP\n" * 100, Limits(source=10)),
        ("NOP\n" * 100, Limits(statements=10)),
        ("db 1,2,3", Limits(output=2)),
        ("!a = aaaaaaaaaaaaaaaaaa\ndb !a", Limits(expansion=10)),
        ("db ((((1))))", Limits(depth=3)),
    ],
)
def test_limits_are_limits(text: str, limits: Limits) -> None:
    assembly = assemble(text, limits=limits, backend="own")
    assert not assembly.ok
    assert [found.kind for found in assembly.diagnostics] == [Kind.LIMIT]


def test_noise_never_raises() -> None:
    """Text made of the dialect's own parts in any order: a result each time, and the same one again."""
    dice = random.Random(20)
    parts = [*sorted(MNEMONICS), *"()[]{}<>#$%,.:;+-*/!?=&|^~'\"\\ \n\n0159aAxXyYsS"]
    parts += ["db", "macro m(a)\n", "endmacro\n", "%m(1)", "if 1\n", "endif\n", "else\n", "while ", "rep ", "org "]
    parts += ["struct s\n", "endstruct\n", ".b", ".w", "!a", " = ", "label", "label:", ".sub", "for i = 0..3\n"]
    parts += ["endfor\n", "pushpc\n", "base "]
    for _ in range(1500):
        text = "".join(dice.choice(parts) for _ in range(dice.randrange(1, 60)))
        once = assemble(text, backend="own", limits=Limits(statements=3_000, expansion=20_000, output=10_000))
        assert once.ok or once.diagnostics
