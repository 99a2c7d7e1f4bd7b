"""What each directive does to the state of a pass. Those that need the free space of a ROM or another processor,
and some that sources hardly use, are unsupported."""

import re

from oracle_lib.verify.assembler.expressions import evaluate, fixed, number_of, repeat_count
from oracle_lib.verify.assembler.flow import condition
from oracle_lib.verify.assembler.inclusion import include_binary, load_table
from oracle_lib.verify.assembler.labels import OpenStructure
from oracle_lib.verify.assembler.model import Fault, Kind, Severity, StatementFault, syntax, unsupported
from oracle_lib.verify.assembler.output import MAPPERS, NOWHERE
from oracle_lib.verify.assembler.state import PassState, UserFunction
from oracle_lib.verify.assembler.text import NAME, dequote, split_arguments

_MISSING = """
freespace freecode freedata prot autoclean autoclear spcblock endspcblock startpos xkas check asar for
endfor optimize dpbase bank global pool pushns pullns pushbase pullbase undef freespacebyte
"""
_UNSUPPORTED = frozenset(_MISSING.split())
_PATTERN = re.compile("(fill|pad)(byte|word|long|dword)")
_MEGABYTES = re.compile("[0-9](?:,[0-9]){3}", re.ASCII)
_DIRECTIVES = """
db dw dl dd org base pushpc pullpc pushtable pulltable cleartable namespace skip fill pad assert warnpc print error warn
rep function struct endstruct arch math incbin incsrc table include includefrom includeonce
"""
_KNOWN = frozenset((*_DIRECTIVES.split(), *MAPPERS))


def direct(state: PassState, name: str, arguments: tuple[str, ...]) -> None:
    """Run a directive on the words that follow it."""
    key, out, judges = name.lower(), state.out, state.number > 0
    match (key, *arguments):
        case ("db" | "dw" | "dl" | "dd", text):
            _data(state, _size(key[1]), text)
        case ("org", text):
            out.org(_address(state, text))
        case ("base", text):
            off = text.lower() == "off"
            out.address, out.start = (out.real, out.real_start) if off else (_address(state, text),) * 2
        case ("pushpc",):
            state.places.append(out.place)
            out.place = NOWHERE
        case ("pullpc",) if state.places:
            out.place = state.places.pop()
        case ("pushtable",):
            state.tables.append(dict(state.characters))
        case ("pulltable",) if state.tables:
            state.characters = state.tables.pop()
        case ("pullpc" | "pulltable",):
            raise syntax(f"{key} without a push", "")
        case ("cleartable",):
            state.characters = {}
        case ("incbin", text):
            include_binary(state, text)
        case ("incbin", text, "->", place):
            include_binary(state, text, place)
        case ("table", text):
            load_table(state, text)
        case ("include",) | ("includefrom", _):
            if not state.source.path:
                raise syntax("this text says that it is no main file: include it from another", name)
        case ("includeonce",):
            state.included_once.add(state.source.path)
        case ("namespace", text):
            if not NAME.fullmatch(dequote(text)):
                raise syntax(f"{text[:40]} cannot name a namespace", text)
            state.labels.namespace = "" if text.lower() == "off" else f"{dequote(text)}_"
        case ("pool", *names) if state.allows_pools and names and all(map(NAME.fullmatch, names)):
            state.labels.open_pool([] if names == ["off"] else names)
        case ("skip", count):
            out.skip(fixed(state, count).integer)
        case ("fill", count):
            _fill(state, key, fixed(state, count).integer)
        case ("pad", text):
            target = _address(state, text)
            _fill(state, key, out.offset(target) - out.offset(out.real) if target > out.real else 0)
        case (_, text) if pattern := _PATTERN.fullmatch(key):
            size = _size(pattern[2])
            value = evaluate(state, text).integer & ((1 << 8 * size) - 1)
            state.patterns[pattern[1]] = value.to_bytes(size, "little") * (12 // size)
        case ("assert", *before, last):
            last, *message = split_arguments(last)
            if not condition(state, (key, *before, last)) and judges:
                raise StatementFault(Kind.ASSERTION, _said(",".join(message)) or " ".join((*before, last))[:120])
        case ("warnpc", text):
            limit = evaluate(state, text).integer
            if not 0 <= out.address <= limit <= 0xFFFFFF:
                raise StatementFault(Kind.ASSERTION, f"the position ${out.address:06X} is beyond ${limit:06X}")
        case ("error" | "warn", *text):
            if judges:
                problem = StatementFault(Kind.ASSERTION, _said(" ".join(text)) or f"the source says {key}")
                state.report(problem, Severity.ERROR if key == "error" else Severity.WARNING)
        case ("rep", text):
            state.repeat = repeat_count(state, text)
        case ("function", heading, "=", body):
            _function(state, heading, body)
        case ("struct", text, *start) if len(start) < 2:
            _struct(state, text, *start)
        case ("endstruct",):
            _endstruct(state, 1)
        case ("endstruct", "align", text):
            _endstruct(state, evaluate(state, text).integer)
        case ("arch", text):
            if text.lower() in ("65816", "spc700"):
                state.arch = "spc700" if text.lower() == "spc700" else "65816"
            elif text.lower() in ("spc700-inline", "spc700-raw", "superfx"):
                raise Fault(Kind.UNSUPPORTED_DIRECTIVE, f"arch {text[:40]} is not supported")
        case (mapper,) if mapper in MAPPERS:
            out.mapper = mapper
        case ("sa1rom", banks) if _MEGABYTES.fullmatch(banks):
            out.mapper = f"sa1rom {banks}"
        case ("math", "pri" | "round" as rule, "on" | "off" as switch):
            state.math[rule] = switch == "on"
        case ("{" | "}" | "header" | "fastrom",) | ("print" | "reset" | "warnings", *_):
            pass  # no byte of a source that stands alone hangs on it
        case _ if key in _UNSUPPORTED or key[0] == "@":
            raise unsupported(key[:40], name)
        case ("fill" | "skip", "align", *_) | ("namespace", "nested", _) | ("struct", _, "extends", _):
            raise unsupported(f"{key} {' '.join(arguments)}"[:60], arguments[-1])
        case _ if key in _KNOWN or _PATTERN.fullmatch(key):
            raise syntax(f"{key} does not take these {len(arguments)} arguments (no spaces inside one)", "")
        case _:
            raise StatementFault(Kind.UNKNOWN_MNEMONIC, f"{key[:40]} is no instruction, directive or label")


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


def _said(text: str) -> str:
    """What `error`, `warn` and `assert` say; numbers stay as they are written."""
    return "".join(map(dequote, split_arguments(text)))


def _fill(state: PassState, use: str, count: int) -> None:
    state.out.reserve(count)
    pattern = state.patterns[use]
    state.out.put((pattern * (count // len(pattern) + 1))[: max(count, 0)])


def _data(state: PassState, size: int, text: str) -> None:
    data = bytearray()
    for part in split_arguments(text):
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
            data += number_of(state, part.removeprefix("#"), size).to_bytes(size, "little")
    state.out.put(bytes(data))


def _function(state: PassState, heading: str, body: str) -> None:
    name, _, rest = heading.partition("(")
    parameters = tuple(rest.lower().removesuffix(")").split(",")) if rest != ")" else ()
    names = (name, *parameters)
    if not rest.endswith(")") or len(set(parameters)) < len(parameters) or not all(map(NAME.fullmatch, names)):
        raise syntax("a function is written `function name(a,b) = expression`", heading)
    state.functions[name] = UserFunction(parameters, body)


def _struct(state: PassState, name: str, start: str | None = None) -> None:
    out, labels = state.out, state.labels
    if labels.structure or not NAME.fullmatch(name):
        raise syntax(f"a struct cannot begin here with the name {name[:40]}", name)
    address, static = out.address, False
    if start is not None:
        result = evaluate(state, start)
        address, static = result.integer, result.static
        if not 0 <= address <= 0xFFFFFF:
            raise StatementFault(Kind.BAD_ADDRESS, f"{start[:40]} is no 24-bit address", start)
    labels.structure = OpenStructure(name, address, static, out.place)
    out.place = (address, 0, address, 0)
    out.ensure_org()
    labels.set(name, out.address, static)


def _endstruct(state: PassState, alignment: int) -> None:
    out, labels = state.out, state.labels
    if not labels.structure or alignment < 1:
        raise syntax("endstruct without struct, or aligned to no positive number", "")
    name, start, _, place = labels.structure
    size = alignment * ((out.address - start + alignment - 1) // alignment)
    labels.moved |= labels.known.sizes.get(name) != size
    labels.known.sizes[name] = size
    out.place, labels.structure = place, None
