"""Names the assembler that a statement was written for, where asar has no such statement, and says what asar writes.

It changes nothing but messages: what asar accepts is never looked at here, a sublabel called `.proc` for one.
"""

import re
from collections.abc import Iterator
from itertools import dropwhile

from oracle_lib.verify.assembler.model import Kind, StatementFault
from oracle_lib.verify.assembler.opcodes import MNEMONICS
from oracle_lib.verify.assembler.text import NAME, masked, words

_EXPLICABLE = (Kind.UNKNOWN_MNEMONIC, Kind.SYNTAX, Kind.UNDEFINED_SYMBOL, Kind.REDEFINED_SYMBOL, Kind.ADDRESSING_MODE)
_DATA = ("db", "dw", "dl", "dd", "org")

_WIDTHS = "asar keeps no widths: the one of a number is written with it, LDA.b #1 or LDA.w #1"
_PLACES = "asar writes org and an address"
_SKIPS = "asar writes skip and a number of bytes"
_NOT_NEEDED = "asar needs no such line"
_DIRECTIVES = (
    ("ca65's and 64tass's", ".byte .byt .char", "asar writes db"),
    ("ca65's and 64tass's", ".word .addr .rta", "asar writes dw"),
    ("ca65's and 64tass's", ".faraddr .long", "asar writes dl"),
    ("ca65's and 64tass's", ".dword .dint", "asar writes dd"),
    ("WLA-DX's", ".db", "asar writes db, without a dot"),
    ("WLA-DX's", ".dw", "asar writes dw, without a dot"),
    ("WLA-DX's", ".dl", "asar writes dl, without a dot"),
    ("WLA-DX's", ".dd", "asar writes dd, without a dot"),
    ("WLA-DX's", ".dsb .dsw .ds .dsl", "asar writes fill and a number of bytes"),
    ("ca65's", ".asciiz .literal", 'asar writes db "text",0'),
    ("GNU as's and WLA-DX's", ".ascii .asc .string .stringmap", 'asar writes db "text"'),
    ("64tass's", ".text .null .ptext .shift", 'asar writes db "text"'),
    ("ca65's", ".res", _SKIPS),
    ("ca65's", ".proc", "write a label, Name:"),
    ("ca65's", ".endproc .scope .endscope", _NOT_NEEDED),
    ("ca65's", ".a8 .a16 .i8 .i16 .smart", _WIDTHS),
    ("64tass's", ".as .al .xs .xl .autsiz .mansiz .databank .dpage", _WIDTHS),
    ("WLA-DX's", ".accu .index .8bit .16bit", _WIDTHS),
    ("ca65's", ".segment .code .rodata .bss .zeropage", _PLACES),
    ("WLA-DX's", ".section .ends .bank .slot .orga .base .ramsection", _PLACES),
    ("WLA-DX's", ".memorymap .endme .rombankmap .endro .rombanksize .rombanks .snesheader", "asar writes lorom"),
    ("another assembler's", ".org", "asar writes org, without a dot"),
    ("ca65's", ".p816 .setcpu .export .exportzp .import .importzp .global .globalzp .feature", _NOT_NEEDED),
    ("GNU as's", ".globl .extern .type .size .data", _NOT_NEEDED),
    ("64tass's", ".cpu .block .bend .pend .logical .here", _NOT_NEEDED),
    ("another assembler's", ".macro .mac .endmacro .endm", "asar writes macro name(parameter) and endmacro"),
    ("another assembler's", ".define .def .equ .set .redef .assign", "asar writes !name = value"),
    ("another assembler's", ".if .ifdef .ifndef .else .elseif .elif .endif .fi", "asar writes if, else and endif"),
    ("another assembler's", ".repeat .rept .endrep .endrepeat .endr .rep", "asar writes rep or while"),
    ("another assembler's", ".include .incbin .binary", "a file cannot be read here"),
    ("another assembler's", ".align", "asar writes pad and an address"),
    ("another assembler's", ".fill", "asar writes fill, without a dot"),
    ("another assembler's", ".end", _NOT_NEEDED),
    ("an older assembler's", "byte dcb dc.b defb fcb .dcb", "asar writes db"),
    ("an older assembler's", "word dcw dc.w defw fdb .dcw", "asar writes dw"),
    ("an older assembler's", "long dc.l", "asar writes dl"),
    ("an older assembler's", "ds ds.b ds.w dsb dsw rmb defs resb resw rb rw .blkb", _SKIPS),
    ("an older assembler's", "longa longi mem shorta shorti", _WIDTHS),
    ("an older assembler's", "end processor cpu p816 proc endp", _NOT_NEEDED),
    ("NASM's and GNU as's", "section segment", _PLACES),
    ("NASM's and GNU as's", "extern bits use16 globl", _NOT_NEEDED),
    ("bass's", "origin seek", _PLACES),
    ("bass's", "constant evaluate variable define", "asar writes name = value or !name = value"),
    ("bass's", "scope function", "asar writes a label, Name:"),
    ("bass's", "insert", "a file cannot be read here"),
)
_DIRECTIVE = {name: (whose, instead) for whose, names, instead in _DIRECTIVES for name in names.split()}
_ALONE = """
.a8 .a16 .i8 .i16 .as .al .xs .xl .8bit .16bit .smart .autsiz .p816 .endproc .endscope .endmacro .endm .endif .endr
.endrep .ends .endme .endro .pend .bend .zeropage .rodata .bss
"""
_NO_LABELS = frozenset(_ALONE.split())
"""Directives that stand alone on their line, where asar takes them for sublabels, and whose names nobody gives one."""

_INSTRUCTIONS = {
    "INA": "INC A", "DEA": "DEC A", "BGE": "BCS", "BLT": "BCC", "TAD": "TCD", "TDA": "TDC", "TAS": "TCS", "TSA": "TSC",
    "SWA": "XBA", "CPA": "CMP", "JMPL": "JML", "JSRL": "JSL", "CLR": "STZ", "BZ": "BEQ", "BNZ": "BNE", "BRN": "BRL",
}  # fmt: skip
_PROCESSORS = {
    "x86's": "MOV CALL PUSH POP RET LEA XOR OR SHL SHR JZ JNZ JE JNE JC JNC JA JB STOSB MOVZX",
    "the Z80's": "LD LDIR DJNZ JP JR EX EXX",
    "the 68000's": "MOVE MOVEQ BSR ADDQ SUBQ DBRA",
    "the 6809's": "LDAA LDAB STAA STAB LDD STD",
    "another processor's": "ADD SUB MUL DIV NOT NEG BBR BBS RMB SMB PHR PLR LAX SAX DCP",
}
_PROCESSOR = {name: whose for whose, names in _PROCESSORS.items() for name in names.split()}

_NO_PARAMETER = r"(?!(?:\w+|\.{3}[^<>]*)>)"
"""Behind a `<`: it begins no `<name>`, which a macro's parameter may be in asar, too."""
_OPERANDS = (
    (rf"^<{_NO_PARAMETER}", "< for a direct-page address is WDC's and ca65's; asar writes {name}.b"),
    (r"^>", "> for a long address is WDC's; asar writes {name}.l"),
    (r"^[!|](?=[$\d])", "{found} for an absolute address is WDC's; asar writes {name}.w"),
    (
        rf"[#(,[]<(?!:){_NO_PARAMETER}",
        "< for the low byte is ca65's and 64tass's; asar cuts a value to size, LDA.b #label or db label",
    ),
    (r"[#(,[]>", "> for the high byte is ca65's and 64tass's; asar writes >>8 behind the value, LDA.b #label>>8"),
    (r"[#(,[]\^", "^ for the bank byte is ca65's; asar writes >>16 behind the value, LDA.b #label>>16"),
    (r"^[zaf]:", "{found} for the size of an address is ca65's; asar writes {name}.b, {name}.w or {name}.l"),
    (
        r"\.[bwl](?=$|[,)\]])",
        "{found} behind the operand is WLA-DX's; asar writes it behind the mnemonic, {name}{found}",
    ),
    (r"@", "@ for a local label is ca65's; asar writes .name"),
    (r"^:[-+]*$", "a label without a name is ca65's; asar writes + and -"),
    (r"\b0[xX](?=[0-9a-fA-F])", "{found} is C's; asar writes $ before hexadecimal digits"),
    (r"\b0[bB](?=[01]+\b)", "{found} is C's; asar writes % before binary digits"),
    (r"(?<!\w)\$?[0-9][0-9a-fA-F]*[hH]\b", "{found} with an h is MASM's; asar writes $ before hexadecimal digits"),
    (r"(?i)\.(?:lobyte|hibyte|bankbyte|loword|hiword)\(", "{found}) is ca65's; asar shifts with >>8 and >>16"),
    (r"(?i)\b(?:low|high|lo|hi|lobyte|hibyte)\(", "{found}) is another assembler's; asar shifts with >>8"),
)
_OPERAND = tuple((re.compile(pattern), message) for pattern, message in _OPERANDS)

_REGISTERS = frozenset(["A", "B", "C", "D", "DB", "DBR", "K", "M", "P", "PB", "PC", "S", "SP", "X", "Y"])

_LABEL = re.compile(r"[A-Za-z_]\w*:")


def explained(problem: StatementFault, text: str, arch: str = "65816") -> StatementFault:
    """The problem with the statement or line `text`, told by the assembler that has such a thing, if one is known.
    `arch` is the processor that the text is for."""
    is_local_label = problem.kind is Kind.UNSUPPORTED_DIRECTIVE and text.startswith("@") and text.endswith(":")
    if problem.kind not in _EXPLICABLE and not is_local_label:
        return problem
    parts = list(dropwhile(_LABEL.fullmatch, filter(None, words(text))))
    found = next(_explanations(problem, parts, masked(text), arch), None) if parts else None
    return StatementFault(problem.kind, found[0], found[1]) if found else problem


def _explanations(problem: StatementFault, parts: list[str], text: str, arch: str) -> Iterator[tuple[str, str]]:
    """What may be meant, most telling first, each with the part of the line to point at."""
    head, second = parts[0], parts[1].lower() if len(parts) > 1 else ""
    key, name = head.lower().partition("(")[0], head.partition(".")[0].upper()
    is_unknown = problem.kind is Kind.UNKNOWN_MNEMONIC
    labels_code = second.partition(".")[0].upper() in MNEMONICS
    if comment := re.search(r"//|/\*|\*/", text):
        yield f"{comment[0]} for a comment is C's; asar writes ; before it", comment[0]
    is_undefined = problem.kind is Kind.UNDEFINED_SYMBOL and problem.message.endswith("is not defined")
    if is_undefined and problem.token.upper() in _REGISTERS and name in MNEMONICS:
        yield (
            f"{problem.token} is a register, which {name} cannot name; a value goes there through memory",
            problem.token,
        )
    if second in ("equ", ".equ", "set", ".set", ":=", "eq", "constant"):
        yield f"{parts[1]} is another assembler's; asar writes {head[:40]} = value", parts[1]
    if key in _DIRECTIVE and (is_unknown or key in _NO_LABELS) and not labels_code:
        yield "{} is {}; {}".format(head[:40], *_DIRECTIVE[key]), head
    if key in ("*", "*=") or key.startswith("*="):
        yield f"* for the address is 64tass's and ca65's; {_PLACES}", "*"
    if key in ("#define", "#include", "#if", "#ifdef", "#endif"):
        yield f"{head} is C's; asar writes !name = value", head
    if head[0] == "#" and head[1:2] in ("", "#"):
        yield "# for a comment is another language's; asar writes ; before it", head
    if head[:3] in ("```", "~~~"):
        yield f"{head[:3]} is Markdown's and no code", head
    if head[0] == "@":
        yield f"{head[:40]} as a local label is ca65's; asar writes .{head[1:40]}", head
    if head == ":":
        yield "a label without a name is ca65's; asar writes + or -", head
    if is_unknown and arch == "spc700":
        if name in MNEMONICS:
            yield f"{name} is the 65816's; the SPC700 has no such instruction", head
        return
    if is_unknown and name in _INSTRUCTIONS:
        yield f"{name} is another assembler's; asar writes {_INSTRUCTIONS[name]}", head
    if is_unknown and name in _PROCESSOR:
        yield f"{name} is {_PROCESSOR[name]}; the 65816 has no such instruction", head
    if is_unknown and labels_code and NAME.fullmatch(head):
        yield f"a label without a colon is another assembler's; asar writes {head[:40]}:", head
    operand = ("," if key in _DATA else "") + " ".join(parts[1:])
    for pattern, message in _OPERAND if name in MNEMONICS or key in _DATA else ():
        if found := pattern.search(operand):
            yield message.format(name=name, found=found[0]), parts[1]
