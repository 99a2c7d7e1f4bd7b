"""How many bytes an operand without a suffix has: asar counts digits as they are written and sees where labels lie."""

import re

from oracle_lib.verify.assembler.model import Mode, unsupported
from oracle_lib.verify.assembler.state import Assumed, PassState
from oracle_lib.verify.assembler.text import REFERENCE, RELATIVE, remembered
from oracle_lib.verify.assembler.values import Result

_PART = re.compile(
    rf"(?P<hex>\$[0-9A-Fa-f]*)|(?P<binary>%[01]*)|(?P<char>'[^\n]')|0*(?P<decimal>[0-9]+)|{REFERENCE.pattern}|.",
    re.DOTALL,
)
_BANK_EXTRACTION = (">>16", "/65536", "/$10000")


@remembered
def _width(text: str) -> tuple[int, tuple[str, ...], bool]:
    """How wide an operand is as far as its text says: the bytes of its numbers (`$00` is one and `$0000` two, decimals
    count by value), its labels, and whether it ends in the shift that takes a bank byte."""
    if RELATIVE.fullmatch(text):
        return 0, (text,), False
    digits, labels, bank = 0, [], False
    for part in _PART.finditer(text):
        written = part[part.lastgroup or 0]
        match part.lastgroup:
            case "hex":
                digits = max(digits, len(written) // 2)
            case "binary":
                digits = max(digits, (len(written) + 6) // 8)
            case "char":
                digits = max(digits, 1)
            case "decimal":
                if len(written) > 10 or int(written) >= 2**31:
                    raise unsupported("a decimal number beyond 31 bits", text)
                digits = max(digits, 1, (int(written).bit_length() + 7) // 8)
            case "label" | "field":
                labels.append(part["label"] + (part["field"] or ""))
        bank |= part.start() == 0 and text[part.end() :] in _BANK_EXTRACTION
    return min(digits, 3), tuple(labels), bank


def operand_size(state: PassState, name: str, text: str, mode: Mode) -> int:
    """The bytes of an operand of the instruction `name`, as far as asar's rules of digits, labels and banks go."""
    digits, labels, bank = _width(text)
    if labels:
        jumps = mode is Mode.DIRECT and name in ("JMP", "JSR")  # these stay in the bank of the code
        here = state.out.address >> 16 if jumps or state.assumed.data_bank < 0 else state.assumed.data_bank
        for label in labels:
            digits = max(digits, _address_width(state.assumed, state.labels.find(label, required=False), here))
    return 1 if bank and mode is Mode.IMMEDIATE else digits


def _address_width(assumed: Assumed, symbol: Result, here: int) -> int:
    """An address has two bytes where the label's bank is the one in use (`here`), else three, unless `optimize` allows
    fewer."""
    bank, place = divmod(int(symbol.value) & 0xFFFFFFFF, 0x10000)
    if symbol.forward:
        return 2
    mirrored = not bank & 0x40
    paged = bank == 0x7E if assumed.dp == "ram" else bank == 0x7E or mirrored
    if assumed.dp != "none" and paged and 0 <= place - assumed.direct_page < 0x100:
        return 1
    if assumed.address != "default" and here >= 0 and not here & 0x40:
        if bank == 0x7E and place < 0x2000:
            return 2
        if assumed.address == "mirrors" and mirrored and place < 0x8000:
            return 2
    return 2 if bank == here else 3
