"""The instructions of the SPC700, the sound processor, as asar reads them behind `arch spc700`. They are no part of the
listing, because no 65816 runs them."""

import re
from collections import defaultdict
from typing import NamedTuple

from oracle_lib.verify.assembler.expressions import evaluate, number_of
from oracle_lib.verify.assembler.model import Kind, Mode, StatementFault, syntax
from oracle_lib.verify.assembler.sizes import operand_size
from oracle_lib.verify.assembler.state import PassState
from oracle_lib.verify.assembler.text import split_arguments

_FORMS = """
nop :00
brk :0f
clrp :20
setp :40
clrc :60
ret :6f
reti :7f
setc :80
ei :a0
di :c0
clrv :e0
notc :ed
sleep :ef
stop :ff
xcn :9f a:9f
tcall ?t:01
asl a:1c ?b+x:1b ?v:0b,0c
das a:be
daa a:df
dec a:9c x:1d y:dc ?b+x:9b ?v:8b,8c
inc a:bc x:3d y:fc ?b+x:bb ?v:ab,ac
lsr a:5c ?b+x:5b ?v:4b,4c
pop a:ae x:ce y:ee p:8e
push a:2d x:4d y:6d p:0d
rol a:3c ?b+x:3b ?v:2b,2c
ror a:7c ?b+x:7b ?v:6b,6c
mul ya:cf
jmp (?w+x):1f ?w:5f
call ?w:3f
decw ?b:1a
incw ?b:3a
pcall ?b:4f
bpl ?r:10
bra ?r:2f
bmi ?r:30
bvc ?r:50
bvs ?r:70
bcc ?r:90
bcs ?r:b0
bne ?r:d0
beq ?r:f0
mov (x+),a:af (x),a:c6 a,(x+):bf a,(x):e6 a,x:7d a,y:dd x,a:5d x,sp:9d y,a:fd sp,x:bd
mov (?b+x),a:c7 (?b)+y,a:d7 ?v+x,a:d4,d5 ?w+y,a:d6 ?v,a:c4,c5 ?b+x,y:db ?b+y,x:d9 ?v,x:d8,c9 ?v,y:cb,cc
mov a,#?b:e8 a,(?b+x):e7 a,(?b)+y:f7 a,?v+x:f4,f5 a,?w+y:f6 a,?v:e4,e5
mov x,#?b:cd x,?b+y:f9 x,?v:f8,e9 y,#?b:8d y,?b+x:fb y,?v:eb,ec ?b,#?b:8f ?b,?b:fa
cmp x,#?b:c8 x,?v:3e,1e y,#?b:ad y,?v:7e,5e
tset ?w,a:0e
tclr ?w,a:4e
div ya,x:9e
cmpw ya,?b:5a
addw ya,?b:7a
subw ya,?b:9a
movw ya,?b:ba ?b,ya:da
cbne ?b+x,?r:de ?b,?r:2e
dbnz y,?r:fe ?b,?r:6e
"""
_ARITHMETIC = (
    "a,(x):06 (x),(y):19 a,#?b:08 a,(?b+x):07 a,(?b)+y:17 a,?v+x:14,15 a,?w+y:16 a,?v:04,05 ?b,#?b:18 ?b,?b:09"
)
"""The forms of these six, of which each has its own row of opcodes."""
_ROWS = {"or": 0x00, "and": 0x20, "eor": 0x40, "cmp": 0x60, "adc": 0x80, "sbc": 0xA0}
_HOLE = re.compile(r"\?([bwvrt])")
_BIT = re.compile(r"(.*)\.([0-9])\Z", re.DOTALL)
_CARRY = {"or": 0x0A, "and": 0x4A, "eor": 0x8A, "mov": 0xAA, "not": 0xEA}
_CARRY_INVERTED = {"or": 0x2A, "and": 0x6A}


class _Form(NamedTuple):
    """One way to write the operands. `holes` say what each `?` is: a byte, a word, either, a relative address, or the
    number of a table call."""

    operands: tuple[re.Pattern[str], ...]
    holes: str
    opcodes: tuple[int, ...]


def _form(written: str, row: int = 0) -> _Form:
    operands, _, opcodes = written.rpartition(":")
    patterns = ["(.*)".join(map(re.escape, _HOLE.split(operand)[::2])) for operand in operands.split(",") if operand]
    compiled = tuple(re.compile(rf"(?is){pattern}\Z") for pattern in patterns)
    return _Form(compiled, "".join(_HOLE.findall(operands)), tuple(int(code, 16) + row for code in opcodes.split(",")))


_TABLE = defaultdict[str, list[_Form]](list)
for _name, *_written in map(str.split, _FORMS.strip().split("\n")):
    _TABLE[_name] += map(_form, _written)
for _name, _row in _ROWS.items():
    _TABLE[_name] += [_form(written, _row) for written in _ARITHMETIC.split()]
_ON_BITS = ("set", "clr", "bbs", "bbc", "mov", "not", *_CARRY_INVERTED)
SPC700_MNEMONICS = frozenset((*_TABLE, *_ON_BITS, *(f"{name}{bit}" for name in (*_ON_BITS, "eor") for bit in range(8))))


def instruct_spc700(state: PassState, parts: tuple[str, ...]) -> bool:
    """Write the bytes of an instruction of the SPC700, if these words are one."""
    name, _, suffix = parts[0].lower().partition(".")
    operands = split_arguments(parts[1]) if len(parts) == 2 else []
    if len(parts) > 2:
        return False
    if code := _bit_code(state, name, operands):
        state.out.put(code)
        return True
    for form in _TABLE.get(name, ()):
        found = [pattern.match(operand) for pattern, operand in zip(form.operands, operands, strict=False)]
        if len(form.operands) == len(operands) and all(found):
            texts = [text for match in found if match for text in match.groups()]
            state.out.put(_code(state, form, texts, suffix))
            return True
    return False


def _code(state: PassState, form: _Form, texts: list[str], suffix: str) -> bytes:
    if suffix[:1] not in ("", "b", "w"):
        raise syntax(f".{suffix} is no size of an operand here", suffix)
    match form.holes:
        case "v" | "w":
            narrow = suffix[:1] == "b" or (not suffix and operand_size(state, "", texts[0], Mode.DIRECT) == 1)
            size = 1 if narrow and form.holes == "v" else 2
            return bytes((form.opcodes[-1 if size == 2 else 0],)) + number_of(state, texts[0], size).to_bytes(
                size, "little"
            )
        case "t":
            return bytes((_below(state, texts[0], 16) << 4 | form.opcodes[0],))
    numbers = [
        _distance(state, text, 1 + len(form.holes)) if hole == "r" else number_of(state, text, 1)
        for hole, text in zip(form.holes, texts, strict=True)
    ]
    return bytes((form.opcodes[0], *(numbers[::-1] if form.holes == "bb" else numbers)))


def _bit_code(state: PassState, name: str, operands: list[str]) -> bytes | None:
    """An instruction on one bit, which `$12.3` or the last digit of the name gives."""
    carry = operands[0].lower() == "c" if len(operands) == 2 else False
    if not operands:
        return None
    if dotted := _BIT.match(operands[carry]):
        text, bit, name = dotted[1], int(dotted[2]), name.removesuffix("1")
    elif name[-1:].isdigit():
        text, bit, name = operands[carry], int(name[-1]), name[:-1]
    else:
        return None
    inverted = text.startswith("!")
    if bit > 7:
        return None
    if (carry or len(operands) == 1) and (opcode := (_CARRY_INVERTED if inverted else _CARRY).get(name)):
        return bytes((opcode,)) + _bit_address(state, text[inverted:], bit)
    if len(operands) == 1 and name in ("set", "clr"):
        return bytes(((0x02 if name == "set" else 0x12) | bit << 5, _below(state, text, 0x100)))
    if len(operands) == 2 and name == "mov" and operands[1].lower() == "c":
        return b"\xca" + _bit_address(state, text, bit)
    if len(operands) == 2 and name in ("bbs", "bbc"):
        distance = _distance(state, operands[1], 3, digits_count=False)
        return bytes(((0x03 if name == "bbs" else 0x13) | bit << 5, _below(state, text, 0x100), distance))
    return None


def _bit_address(state: PassState, text: str, bit: int) -> bytes:
    return (bit << 13 | _below(state, text, 0x2000)).to_bytes(2, "little")


def _below(state: PassState, text: str, limit: int) -> int:
    value = evaluate(state, text).integer if state.number else 0
    if not 0 <= value < limit:
        raise StatementFault(Kind.BAD_ADDRESS, f"{text[:40]} is {value}, and must be less than ${limit:X}", text)
    return value


def _distance(state: PassState, text: str, length: int, *, digits_count: bool = True) -> int:
    """The byte of a branch: how far it is to an address, or the number of a single byte as it is written."""
    if not state.number:
        return 0
    result = evaluate(state, text)
    direct = digits_count and operand_size(state, "", text, Mode.DIRECT) == 1
    distance = result.integer - (0 if direct else (state.out.address & 0xFFFFFF) + length)
    if result.labelled and not -128 <= distance <= 127:
        raise StatementFault(Kind.BRANCH_RANGE, f"the branch to {text[:40]} is {distance} bytes away", text)
    return distance & 0xFF
