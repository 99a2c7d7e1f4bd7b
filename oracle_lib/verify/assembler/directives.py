"""What each directive does to a program. Those that read files are refused, those that need a ROM or another chip are
unsupported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oracle_lib.verify.assembler.expressions import Function
from oracle_lib.verify.assembler.mapping import SA1_BANKS, Mapper
from oracle_lib.verify.assembler.model import FatalProblem, Kind, Problem, Severity
from oracle_lib.verify.assembler.text import dequote, is_name, split_arguments

if TYPE_CHECKING:
    from oracle_lib.verify.assembler.program import Program

Words = tuple[str, ...]
Directive = Callable[["Program", Words], None]

DIRECTIVES: dict[str, tuple[tuple[int, ...], Directive]] = {}
"""The numbers of arguments that a directive takes, and what it does."""
REFUSED = frozenset(("incbin", "incsrc", "table", "include", "includefrom"))
GONE = frozenset(("warnpc", "rep", "math", "header", "fastrom"))
"""What asar 2 no longer takes."""
UNSUPPORTED = {
    **dict.fromkeys(("freespace", "freecode", "freedata", "prot", "autoclean", "autoclear"), "the free space of a ROM"),
    **dict.fromkeys(("spcblock", "endspcblock", "startpos"), "an SPC700 assembler"),
    "xkas": "the emulation of another assembler",
}


@dataclass(frozen=True)
class Structure:
    """A struct's size, its size with its largest extension, and the address where its fields end."""

    size: int
    object_size: int
    end: int
    static: bool


def _directive(names: str, *counts: int) -> Callable[[Directive], Directive]:
    def register(function: Directive) -> Directive:
        DIRECTIVES.update(dict.fromkeys(names.split(), (counts or tuple(range(8)), function)))
        return function

    return register


def _syntax(message: str, token: str) -> Problem:
    return Problem(Kind.SYNTAX, message, token)


def _address(program: Program, text: str) -> int:
    result = program.evaluate(text)
    address = result.integer & 0xFFFFFFFF
    if result.forward:
        raise Problem(Kind.UNDEFINED_SYMBOL, f"{text[:40]} is used before it is set", text)
    if address > 0xFFFFFF:
        raise Problem(Kind.BAD_ADDRESS, f"{text[:40]} is no 24-bit address", text)
    return address


@_directive("db dw dl dd", 1)
def _data(program: Program, words: Words) -> None:
    size = "bwld".index(words[0][1].lower()) + 1
    data = bytearray()
    for part in split_arguments(words[1]):
        if part.startswith('"'):
            for byte in _bytes_of(dequote(part)):
                data += (program.characters.get(byte, byte) & ((1 << 8 * size) - 1)).to_bytes(size, "little")
        else:
            if "(" in part and data:  # it may call pc()
                program.out.put(bytes(data))
                data.clear()
            data += program.number_of(part if program.modern else part.removeprefix("#"), size).to_bytes(size, "little")
    program.out.put(bytes(data))


def _bytes_of(text: str) -> bytes:
    try:
        return text.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        raise _syntax("a string that is no text", text) from None


@_directive("org", 1)
def _org(program: Program, words: Words) -> None:
    program.out.org(_address(program, words[1]))


@_directive("base", 1)
def _base(program: Program, words: Words) -> None:
    out = program.out
    if words[1].lower() == "off":
        out.address, out.start = out.real, out.real_start
        return
    out.base(_address(program, words[1]))
    program.bank = -1


@_directive("pushpc pullpc pushbase pullbase pushns pullns pushtable pulltable", 0)
@_directive("warnings", 1, 2)
def _push_or_pull(program: Program, words: Words) -> None:
    """Put a part of the state aside, or take it back."""
    verb, what = words[0][:4].lower(), words[0][4:].lower()
    if verb == "warn":
        verb, what = words[1].lower(), "warnings"
    stack = program.stacks[what]
    if verb == "push":
        stack.append(program.state(what))
        if what in ("pc", "ns"):
            program.restore(what, program.EMPTY[what])
    elif verb == "pull":
        if not stack:
            raise _syntax(f"{' '.join(words)} without a push", words[0])
        program.restore(what, stack.pop())


@_directive("namespace", 1, 2)
def _namespace(program: Program, words: Words) -> None:
    option = words[1].lower()
    if option == "nested" and words[2:] and words[2].lower() in ("on", "off"):
        program.nested_namespaces = words[2].lower() == "on"
    elif len(words) > 2:
        raise _syntax("namespace takes a name, `off`, or `nested on` or `off`", words[0])
    elif option == "off":
        program.use_namespaces(program.namespaces[:-1] if program.nested_namespaces else [])
    else:
        name = dequote(words[1])
        if not is_name(name):
            raise _syntax(f"{name[:40]} cannot name a namespace", words[1])
        program.use_namespaces([*program.namespaces, name] if program.nested_namespaces else [name])


@_directive("skip fill", 1, 2, 4)
def _fill(program: Program, words: Words) -> None:
    if len(words) == 2:
        amount = program.fixed(words[1]).int32
    else:
        if words[1].lower() != "align" or (len(words) == 5 and words[3].lower() != "offset"):
            raise _syntax(f"{words[0]} takes a count, or `align` and perhaps `offset`", words[0])
        alignment = program.fixed(words[2]).integer
        offset = program.fixed(words[4]).integer if len(words) == 5 else 0
        if not 1 <= alignment <= 0x800000 or alignment & (alignment - 1):
            raise _syntax("an alignment is a power of two up to $800000", words[2])
        amount = -(program.out.address - offset) & (alignment - 1)
    if abs(amount) > program.limits.output:
        raise FatalProblem(Kind.LIMIT, f"more than {program.limits.output} bytes of output", words[0])
    if words[0].lower() == "skip":
        program.out.skip(amount)
    else:
        program.out.put(_repeated(program.fill_pattern, amount))


def _repeated(pattern: bytes, count: int) -> bytes:
    return (pattern * (count // len(pattern) + 1))[: max(count, 0)]


@_directive("pad", 1)
def _pad(program: Program, words: Words) -> None:
    target, out = _address(program, words[1]), program.out
    if target > out.real:
        count = out.offset(target) - out.offset(out.real)
        if count > program.limits.output:
            raise FatalProblem(Kind.LIMIT, f"more than {program.limits.output} bytes of output", words[0])
        out.put(_repeated(program.pad_pattern, count))


@_directive("fillbyte fillword filllong filldword padbyte padword padlong paddword", 1)
def _pattern(program: Program, words: Words) -> None:
    kind = words[0].lower()
    size = {"byte": 1, "word": 2, "long": 3, "dword": 4}[kind.removeprefix("fill").removeprefix("pad")]
    value = program.evaluate(words[1]).integer & ((1 << 8 * size) - 1)
    pattern = value.to_bytes(size, "little") * (12 // size)
    if kind.startswith("fill"):
        program.fill_pattern = pattern
    else:
        program.pad_pattern = pattern


@_directive("warnpc", 1)
def _warnpc(program: Program, words: Words) -> None:
    limit = program.evaluate(words[1]).integer & 0xFFFFFFFF
    address = program.out.address & 0xFFFFFFFF
    if address > limit or limit > 0xFFFFFF:
        raise Problem(Kind.ASSERTION, f"the position ${address:06X} is beyond ${limit:06X}", words[0])


@_directive("print", 1)
def _print(program: Program, words: Words) -> None:
    if program.number == 2:
        program.printed(words[1])


@_directive("error", 0, 1)
def _error(program: Program, words: Words) -> None:
    said = program.printed(words[1]) if len(words) == 2 and program.number == 2 else ""
    if program.number == 2 or len(words) == 1:
        raise Problem(Kind.ASSERTION, said or "the source says error", words[0])


@_directive("warn", 0, 1, 2)
def _warn(program: Program, words: Words) -> None:
    if program.number == 2 and len(words) < 3:
        said = program.printed(words[1]) if len(words) == 2 else ""
        program.report(Problem(Kind.ASSERTION, said or "the source says warn", words[0]), Severity.WARNING)


@_directive("undef", 1)
def _undef(program: Program, words: Words) -> None:
    name = dequote(words[1])
    if program.defines.pop(name, None) is None:
        raise Problem(Kind.UNDEFINED_SYMBOL, f"the define !{name[:60]} is not set", name)


@_directive("rep", 1)
def _rep(program: Program, words: Words) -> None:
    result = program.evaluate(words[1])
    if result.labelled:
        raise _syntax("a repeat count cannot be a label", words[1])
    program.repeat = result.int32


@_directive("function", 3)
def _function(program: Program, words: Words) -> None:
    name, _, rest = words[1].partition("(")
    parameters = rest.removesuffix(")").split(",") if rest != ")" else []
    distinct = len({parameter.lower() for parameter in parameters}) == len(parameters)
    if words[2] != "=" or not rest.endswith(")") or not is_name(name) or not distinct:
        raise _syntax("a function is written `function name(a,b) = expression`", words[1])
    if not all(map(is_name, parameters)):
        raise _syntax("a function's parameter is no name", words[1])
    program.functions[name] = Function(name, tuple(parameters), words[3])


@_directive("struct", 1, 2, 3)
def _struct(program: Program, words: Words) -> None:
    name, out = words[1], program.out
    if program.structure or not is_name(name):
        raise _syntax(f"a struct cannot begin here with the name {name[:40]}", words[0])
    if name in program.structures and program.number == 0:
        raise Problem(Kind.REDEFINED_SYMBOL, f"the struct {name[:60]} is defined twice", name)
    start, static, parent = out.address, False, ""
    if len(words) == 3:
        result = program.evaluate(words[2])
        start, static = result.integer & 0xFFFFFFFF, result.fixed
        if start > 0xFFFFFF:
            raise Problem(Kind.BAD_ADDRESS, f"{words[2][:40]} is no 24-bit address", words[2])
    elif len(words) == 4:
        parent = words[3]
        base = program.structures.get(parent)
        if words[2].lower() != "extends" or base is None:
            raise Problem(Kind.UNDEFINED_SYMBOL, f"there is no struct {parent[:60]} to extend", parent)
        start, static = base.end, base.static
    full = f"{parent}.{name}" if parent else name
    program.structure = (full, parent, start, out.place, program.bank)
    program.bank = -1
    out.place = (start, 0, start, 0)
    program.labels.structure, program.labels.structure_static = f"{full}.", static
    if start < 0:
        out.ensure_org()
    program.labels.set(full, out.address, static)


@_directive("endstruct", 0, 2)
def _endstruct(program: Program, words: Words) -> None:
    if not program.structure:
        raise _syntax("endstruct without struct", words[0])
    alignment = program.evaluate(words[2]).integer if len(words) == 3 else 1
    if alignment < 1 or (len(words) == 3 and words[1].lower() != "align"):
        raise _syntax("endstruct takes `align` and a positive number", words[0])
    full, parent, start, place, bank = program.structure
    end = program.out.address
    size = alignment * ((end - start + alignment - 1) // alignment)
    static = program.labels.structure_static
    program.structures[full] = Structure(size, size, end, static)
    if parent:
        base = program.structures[parent]
        program.structures[parent] = Structure(
            base.size, max(base.object_size, base.size + size), base.end, base.static
        )
    program.out.place, program.bank, program.structure = place, bank, None
    program.labels.structure, program.labels.structure_static = "", False


@_directive("arch", 1)
def _arch(program: Program, words: Words) -> None:
    if words[1].lower() in ("spc700", "spc700-inline", "spc700-raw", "superfx"):
        raise FatalProblem(Kind.UNSUPPORTED_DIRECTIVE, f"arch {words[1]} needs another assembler", words[0])


@_directive("lorom hirom exlorom exhirom sfxrom norom fullsa1rom", 0)
@_directive("sa1rom", 0, 1)
def _mapper(program: Program, words: Words) -> None:
    program.out.mapper = Mapper(words[0].lower())
    if program.out.mapper is Mapper.SA1:
        banks = words[1].split(",") if len(words) == 2 else [str(bank) for bank in SA1_BANKS]
        if len(banks) != 4 or not all(len(bank) == 1 and bank in "0123456789" for bank in banks):
            raise _syntax("sa1rom takes four digits with commas between them", words[0])
        program.out.sa1_banks = tuple(int(bank) for bank in banks)


@_directive("math", 2)
def _math(program: Program, words: Words) -> None:
    what, switch = words[1].lower(), words[2].lower()
    if what not in ("pri", "round") or switch not in ("on", "off"):
        raise _syntax("math takes `pri` or `round`, and `on` or `off`", words[0])
    if what == "pri":
        program.precedence = switch == "on" or program.always_precedence
    else:
        program.rounding = switch == "on" and not program.never_rounding


@_directive("asar", 0, 1)
def _asar(program: Program, words: Words) -> None:
    if program.begun:
        raise _syntax("asar belongs at the start of the source", words[0])
    if len(words) == 1:
        return
    numbers = words[1].split(".")
    if not 2 <= len(numbers) <= 3 or not all(number.isdigit() for number in numbers):
        raise _syntax(f"{words[1][:40]} is no version number", words[1])
    major, minor = int(numbers[0]), int(numbers[1] if len(numbers) == 3 else numbers[1][:1])
    if not program.modern and (major > 1 or (major == 1 and minor > 9)):
        raise FatalProblem(Kind.UNSUPPORTED_DIRECTIVE, f"asar {words[1][:40]} is newer than this dialect", words[1])
    if major == 1 and minor >= 9:
        program.always_precedence = program.never_rounding = program.precedence = True
        program.rounding = False


@_directive("optimize", 2)
def _optimize(program: Program, words: Words) -> None:
    what, how = words[1].lower(), words[2].lower()
    if what == "dp" and how in ("none", "ram", "always"):
        program.dp_rule = how
    elif what == "address" and how in ("default", "ram", "mirrors"):
        program.address_rule = how
    else:
        raise _syntax("optimize takes `dp none|ram|always` or `address default|ram|mirrors`", words[0])


@_directive("dpbase", 1)
def _dpbase(program: Program, words: Words) -> None:
    program.direct_page = _address(program, words[1])
    if program.direct_page & ~0xFF00:
        raise Problem(Kind.BAD_ADDRESS, "the direct page starts at a multiple of $100 below $10000", words[1])


@_directive("bank", 1)
def _bank(program: Program, words: Words) -> None:
    option = words[1].lower()
    program.bank = {"auto": -1, "noassume": 0x100}.get(option, -2)
    if program.bank == -2:
        program.bank = program.evaluate(words[1]).integer
        if not 0 <= program.bank <= 0xFF:
            program.bank = -1
            raise Problem(Kind.BAD_ADDRESS, f"{words[1][:40]} is no bank", words[1])


@_directive("check", 2)
def _check(program: Program, words: Words) -> None:
    what, how = words[1].lower(), words[2].lower()
    if what == "title":
        raise Problem(Kind.UNSUPPORTED_DIRECTIVE, "check title needs a ROM", words[0])
    if what != "bankcross" or how not in ("on", "off", "half", "full"):
        raise _syntax("check takes `bankcross off|half|full`", words[0])
    if how != "on":
        program.out.cross_banks = how == "off"
        program.out.half_banks = how == "half"


@_directive("cleartable", 0)
def _cleartable(program: Program, words: Words) -> None:
    program.characters = {}


@_directive("reset", 1)
def _reset(program: Program, words: Words) -> None:
    if words[1].lower() == "bytes":
        program.out.counted = 0


@_directive("{ } header fastrom includeonce", 0)
@_directive("freespacebyte", 1)
def _ignore(program: Program, words: Words) -> None:
    """Nothing here changes a byte of a source that stands alone."""
