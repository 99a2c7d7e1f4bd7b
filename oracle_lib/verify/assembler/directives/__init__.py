"""What each directive does to the state of a pass; those that only set something are in `settings`, those that take in
files in `inclusion`. Those that need the free space of a ROM are unsupported."""

import difflib
import re
from functools import lru_cache

from oracle_lib.verify.assembler.directives.inclusion import include_binary, load_table
from oracle_lib.verify.assembler.directives.messages import said
from oracle_lib.verify.assembler.directives.settings import SETTINGS, set_up
from oracle_lib.verify.assembler.directives.structs import begin_struct, end_struct, extend_struct
from oracle_lib.verify.assembler.expressions import evaluate, fixed, number_of, repeat_count, split_operands
from oracle_lib.verify.assembler.flow import condition
from oracle_lib.verify.assembler.model import Fault, Kind, Severity, StatementFault, syntax
from oracle_lib.verify.assembler.opcodes import MNEMONICS
from oracle_lib.verify.assembler.output import NOWHERE
from oracle_lib.verify.assembler.state import PassState
from oracle_lib.verify.assembler.text import NAME, dequote, split_arguments

_REASONS = {
    "looks for free space in the ROM, which is not done here; write org and an address that is free, such as "
    "org $208000": ("freespace", "freecode", "freedata"),
    "frees what an earlier freecode took, and free space is not looked for here; leave the word away": (
        "autoclean",
        "autoclear",
    ),
    "protects what freecode takes, and free space is not looked for here; leave the line away": ("prot",),
    "is for the SPC700 and is not supported; write arch spc700, org and base": ("spcblock", "endspcblock", "startpos"),
    "is for texts of another assembler and is not supported; leave the line away": ("xkas",),
    "is for texts of usdasm and not allowed here; assemble --pool allows it": ("pool",),
}
_UNSUPPORTED = {key: reason for reason, keys in _REASONS.items() for key in keys}
_GOVERNS = ("spcblock", "pool")
"""What says how the lines behind it are read, so that without it nothing true can be said of them."""
_WORD = re.compile(r"\$([0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{7,})")
"""A number whose digits say that it is a word or a double word; of any other one may want the low bytes."""
_DIRECTIVES = """
db dw dl dd org base pushbase pullbase pushpc pullpc skip fill pad assert warnpc print error warn rep struct endstruct
global freespacebyte reset incbin incsrc table include includefrom includeonce
"""
_KNOWN = SETTINGS.union(_DIRECTIVES.split())


def direct(state: PassState, name: str, arguments: tuple[str, ...]) -> None:
    """Run a directive on the words that follow it."""
    key, out, judges = name.lower(), state.out, state.number > 0
    if key in SETTINGS and set_up(state, key, arguments):
        return
    match (key, *arguments):
        case ("db" | "dw" | "dl" | "dd", text):
            _data(state, _size(key[1]), text)
        case ("org", text):
            out.org(_address(state, text))
        case ("base", text):
            if text.lower() == "off":
                out.address, out.start = out.real, out.real_start
            else:
                out.address = out.start = _address(state, text)
                state.assume_bank(-1)
        case ("pushbase",):
            state.bases.append(out.address)
        case ("pullbase",) if state.bases:
            out.address = out.start = state.bases.pop()
            if out.address != out.real_start:
                state.assume_bank(-1)
        case ("pushpc",):
            state.open("a pushpc")
            state.places.append(out.place)
            out.place = NOWHERE
        case ("pullpc",) if state.places:
            state.close("a pushpc")
            out.place = state.places.pop()
        case ("pullpc" | "pullbase",):
            raise syntax(f"{key} without a push", "")
        case ("incbin", text):
            include_binary(state, text)
        case ("incbin", text, "->", place):
            include_binary(state, text, place)
        case ("table", text):
            load_table(state, text)
        case ("include",) | ("includefrom", _) if not state.begun:
            if not state.source.path:
                raise syntax("this text says that it is no main file: include it from another", name)
        case ("includeonce",):
            state.included_once.add(state.source.path)
        case ("pool", *names) if state.allows_pools and names and all(map(NAME.fullmatch, names)):
            state.labels.open_pool([] if names == ["off"] else names)
        case ("skip" | "fill", count):
            _leave_out(state, key, fixed(state, count).integer)
        case ("skip" | "fill", align, size) if align.lower() == "align":
            _leave_out(state, key, _gap(state, size))
        case ("skip" | "fill", align, size, offset, start) if (align.lower(), offset.lower()) == ("align", "offset"):
            _leave_out(state, key, _gap(state, size, start))
        case ("pad", text) if out.real >= 0:
            target = _address(state, text)
            _fill(state, key, out.distance(target) if target > out.real else 0)
        case ("assert", *before, last):
            last, *message = split_arguments(last)
            explained = said(state, ",".join(message)) if message and judges else ""
            if not condition(state, (key, *before, last)) and judges:
                raise StatementFault(Kind.ASSERTION, explained or " ".join((*before, last))[:120])
        case ("warnpc", text):
            limit = evaluate(state, text).integer
            if not 0 <= out.address <= limit <= 0xFFFFFF:
                raise StatementFault(Kind.ASSERTION, f"the position ${out.address:06X} is beyond ${limit:06X}")
        case ("warn", "xkas", "on" | "off"):
            pass
        case ("error" | "warn", *text) if len(text) < 2:
            if judges:
                problem = StatementFault(Kind.MESSAGE, said(state, text[0]) if text else key)
                state.report(problem, Severity.ERROR if key == "error" else Severity.WARNING)
        case ("print", text):
            if judges:
                state.printed.append(said(state, text))
        case ("reset", "bytes"):
            out.stepped = 0
        case ("reset", "freespaceuse"):
            pass
        case ("rep", text):
            state.repeat = repeat_count(state, text)
        case ("struct", name, *start) if len(start) < 2:
            begin_struct(state, name, *start)
        case ("struct", name, extends, parent) if extends.lower() == "extends":
            extend_struct(state, name, parent)
        case ("endstruct",):
            end_struct(state, 1)
        case ("endstruct", align, text) if align.lower() == "align":
            end_struct(state, evaluate(state, text).integer)
        case ("global", word) if not state.statements[state.position].labels:
            out.ensure_org()
            state.labels.define_global(word, out.address)
        case ("freespacebyte", text):
            fixed(state, text)  # of no consequence without free space
        case ("{" | "}" | "header" | "fastrom",):
            pass  # no byte hangs on it
        case _ if key in _UNSUPPORTED:
            fault = Fault if key in _GOVERNS else StatementFault
            raise fault(Kind.UNSUPPORTED_DIRECTIVE, f"{key} {_UNSUPPORTED[key]}", name)
        case _ if state.statements[state.position].text.startswith("@"):
            pass  # asar only warns of what it does not know behind an @
        case _ if key in _KNOWN:
            raise syntax(f"{key} does not take these {len(arguments)} arguments (no spaces inside one)", "")
        case _:
            # Beyond what is reported, a hostile text would only make this compare words.
            likely = _likely(key[:20]) if len(state.diagnostics) < state.allowance.limits.diagnostics else ""
            raise StatementFault(Kind.UNKNOWN_MNEMONIC, f"{name[:40]} is no instruction, directive or label{likely}")


@lru_cache(maxsize=1024)
def _likely(word: str) -> str:
    """The end of a message that names the instruction or directive that a word was likely to be."""
    known = [name for name in (*map(str.lower, MNEMONICS), *_KNOWN) if len(name) > 2]
    swapped = [name for name in known if sorted(name) == sorted(word)]
    close = swapped[:1] if len(swapped) == 1 else difflib.get_close_matches(word, known, 1, 0.8)
    return f"; did you mean {close[0].upper() if close[0].upper() in MNEMONICS else close[0]}?" if close else ""


def _size(unit: str) -> int:
    """The bytes of a byte, word, long or dword, which its first letter names."""
    return "bwld".index(unit[0]) + 1


def _address(state: PassState, text: str) -> int:
    result = evaluate(state, text)
    if result.forward:
        raise StatementFault(Kind.UNDEFINED_SYMBOL, f"{text[:40]} is used before it is set", text)
    if not 0 <= result.integer <= 0xFFFFFF:
        raise StatementFault(Kind.BAD_ADDRESS, f"{text[:40]} is no 24-bit address", text)
    return result.integer


def _gap(state: PassState, size: str, start: str = "0") -> int:
    """The bytes up to the next multiple of `size`, counted from `start`."""
    alignment, offset = fixed(state, size).integer, fixed(state, start).integer
    if not 0 < alignment <= 0x800000 or alignment & alignment - 1:
        raise syntax(f"{size[:40]} is no power of two up to $800000", size)
    return (offset - state.out.address) % alignment


def _leave_out(state: PassState, key: str, count: int) -> None:
    if key == "skip":
        state.out.skip(count)
    else:
        _fill(state, key, count)


def _fill(state: PassState, use: str, count: int) -> None:
    state.out.reserve(count)
    pattern = state.patterns[use]
    state.out.put((pattern * (count // len(pattern) + 1))[: max(count, 0)])


def _data(state: PassState, size: int, text: str) -> None:
    data = bytearray()
    for part in split_operands(text):
        if part.startswith('"'):
            try:
                encoded = dequote(part).encode(errors="surrogateescape")
            except UnicodeEncodeError:
                raise syntax("a string that is no text", part) from None
            for byte in encoded:
                data += (state.code_of(byte) & ((1 << 8 * size) - 1)).to_bytes(size, "little")
        else:
            if "(" in part and data:  # it may call pc()
                state.out.put(bytes(data))
                data.clear()
            number = part.removeprefix("#")
            data += number_of(state, number, size, not _WORD.fullmatch(number)).to_bytes(size, "little")
    state.out.put(bytes(data))
