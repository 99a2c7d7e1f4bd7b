"""Statements of other assemblers get an error that names whose they are; what asar accepts stays accepted."""

import pytest

from oracle_lib.verify.assembler import assemble

WIDTHS = "asar keeps no widths: the one of a number is written with it, LDA.b #1 or LDA.w #1"
SAID = {
    ".proc Add": ".proc is ca65's; write a label, Name:",
    ".byte 1,2": ".byte is ca65's and 64tass's; asar writes db",
    "Table: .db 1,2": ".db is WLA-DX's; asar writes db, without a dot",
    ".dw Main": ".dw is WLA-DX's; asar writes dw, without a dot",
    ".word Main": ".word is ca65's and 64tass's; asar writes dw",
    ".res 4": ".res is ca65's; asar writes skip and a number of bytes",
    '.segment "CODE"': ".segment is ca65's; asar writes org and an address",
    '.SECTION "Code" FREE': ".SECTION is WLA-DX's; asar writes org and an address",
    ".BANK 0": ".BANK is WLA-DX's; asar writes org and an address",
    ".org $8000": ".org is another assembler's; asar writes org, without a dot",
    ".ACCU 16": f".ACCU is WLA-DX's; {WIDTHS}",
    ".a8\n.a8": f".a8 is ca65's; {WIDTHS}",
    ".xl\n.xl": f".xl is 64tass's; {WIDTHS}",
    '.asciiz "hi"': '.asciiz is ca65\'s; asar writes db "text",0',
    ".macro add": ".macro is another assembler's; asar writes macro name(parameter) and endmacro",
    '.include "x.inc"': ".include is another assembler's; a file cannot be read here",
    "* = $8000": "* for the address is 64tass's and ca65's; asar writes org and an address",
    "*=$8000": "* for the address is 64tass's and ca65's; asar writes org and an address",
    "Byte equ $10": "equ is another assembler's; asar writes Byte = value",
    "Byte .equ $10": ".equ is another assembler's; asar writes Byte = value",
    "Byte := $10": ":= is another assembler's; asar writes Byte = value",
    "#define BYTE $10": "#define is C's; asar writes !name = value",
    "ds 4": "ds is an older assembler's; asar writes skip and a number of bytes",
    "dc.b 4": "dc.b is an older assembler's; asar writes db",
    "LONGA ON": f"LONGA is an older assembler's; {WIDTHS}",
    "section .text": "section is NASM's and GNU as's; asar writes org and an address",
    "bits 16": "bits is NASM's and GNU as's; asar needs no such line",
    "seek($8000)": "seek($8000) is bass's; asar writes org and an address",
    "BNE @loop": "@ for a local label is ca65's; asar writes .name",
    ":": "a label without a name is ca65's; asar writes + or -",
    "BNE :-": "a label without a name is ca65's; asar writes + and -",
    "loop LDA $10": "a label without a colon is another assembler's; asar writes loop:",
    "LDA #<Main": "< for the low byte is ca65's and 64tass's; asar cuts a value to size, LDA.b #label or db label",
    "db <Main,>Main": "< for the low byte is ca65's and 64tass's; asar cuts a value to size, LDA.b #label or db label",
    "LDA #>Main": "> for the high byte is ca65's and 64tass's; asar writes >>8 behind the value, LDA.b #label>>8",
    "LDA #^Main": "^ for the bank byte is ca65's; asar writes >>16 behind the value, LDA.b #label>>16",
    "LDA <$10": "< for a direct-page address is WDC's and ca65's; asar writes LDA.b",
    "LDA >$7EF360": "> for a long address is WDC's; asar writes LDA.l",
    "LDA !$10": "! for an absolute address is WDC's; asar writes LDA.w",
    "STA z:$10": "z: for the size of an address is ca65's; asar writes STA.b, STA.w or STA.l",
    "LDA Main.w,X": ".w behind the operand is WLA-DX's; asar writes it behind the mnemonic, LDA.w",
    "LDA #0x05": "0x is C's; asar writes $ before hexadecimal digits",
    "LDA #0b101": "0b is C's; asar writes % before binary digits",
    "LDA #05h": "05h with an h is MASM's; asar writes $ before hexadecimal digits",
    "LDA #LOW(Main)": "LOW() is another assembler's; asar shifts with >>8",
    "LDA $10 // load": "// for a comment is C's; asar writes ; before it",
    "LDA $10 // don't": "// for a comment is C's; asar writes ; before it",
    "/* load */ LDA $10": "/* for a comment is C's; asar writes ; before it",
    "# load": "# for a comment is another language's; asar writes ; before it",
    "```": "``` is Markdown's and no code",
    "MOV AX, 5": "MOV is x86's; the 65816 has no such instruction",
    "ld a,5": "LD is the Z80's; the 65816 has no such instruction",
    "move.b #5,d0": "MOVE is the 68000's; the 65816 has no such instruction",
    "ADC X": "X is a register, which ADC cannot name; a value goes there through memory",
    "INA": "INA is another assembler's; asar writes INC A",
    "BGE Main": "BGE is another assembler's; asar writes BCS",
    "SWA": "SWA is another assembler's; asar writes XBA",
    # What no other assembler explains is told as before.
    "FROB": "FROB is no instruction, directive or label",
    "LDA Missing": "Missing is not defined",
    ".text LDA Missing": "Missing is not defined",
    "LAD #$10": "LAD is no instruction, directive or label; did you mean LDA?",
    "incscr x": "incscr is no instruction, directive or label; did you mean incsrc?",
    "Here is the routine that you asked for": "Here is no instruction, directive or label",
    "macro m(b)\nLDX #<c>\nendmacro\n%m(1)": "the macro has no parameter <c>",
    "macro m(b)\ndb <a>\nendmacro\n%m(1)": "the macro has no parameter <a>",
    "arch spc700\nbbs $12": "BBS of the SPC700 does not take $12",
    "arch spc700\nMOV AX,5 6": "MOV of the SPC700 does not take these operands",
    "arch spc700\nLDA #1": "LDA is the 65816's; the SPC700 has no such instruction",
    "arch spc700\nADD A": "ADD is no instruction, directive or label",
    "LDA $10 + 1": "the operand of LDA has a space in it",
    'db "it // is",Missing': "Missing is not defined",
}


@pytest.mark.parametrize("text", SAID)
def test_an_error_names_the_assembler_that_has_such_a_statement(text: str) -> None:
    assembly = assemble(f"Main:\n{text}", backend="own")
    assert not assembly.ok
    assert assembly.diagnostics[0].message == SAID[text]


def test_the_error_points_at_what_it_names() -> None:
    found = assemble("Main: LDA $10\nTable: .db 1,2\n  LDA.w #0x05", backend="own").diagnostics
    assert [(one.line, one.column) for one in found] == [(2, 8), (3, 9)]


@pytest.mark.parametrize(
    "text", [".proc", ".a8", ".byte: NOP", ".db", "LDA <:Main", 'db "// <b>, .proc @x 0x10"', "RTS ; // x"]
)
def test_what_asar_accepts_is_nobody_elses(text: str) -> None:
    assert assemble(f"Main:\n{text}", backend="own").ok
