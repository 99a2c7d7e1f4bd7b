"""Directives that write nothing: they set how the text behind them is read, sized and laid out."""

import re

from oracle_lib.verify.assembler.expressions import evaluate
from oracle_lib.verify.assembler.labels import Namespaces
from oracle_lib.verify.assembler.model import Fault, Kind, StatementFault, syntax
from oracle_lib.verify.assembler.output import MAPPERS
from oracle_lib.verify.assembler.state import NO_BANK, PassState, UserFunction
from oracle_lib.verify.assembler.text import NAME, dequote
from oracle_lib.verify.assembler.values import Result

_WARNING_NAMES = """
relative_path_used rom_too_short rom_title_incorrect 65816_yy_x_does_not_exist 65816_xx_y_assume_16_bit
spc700_assuming_8_bit cross_platform_path missing_org set_middle_byte unrecognized_special_command freespace_leaked
warn_command implicitly_sized_immediate xkas_deprecated xkas_eat_parentheses xkas_label_access xkas_warnpc_relaxed
xkas_style_conditional xkas_patch xkas_incsrc_relative convert_to_asar fixed_deprecated autoclear_deprecated
check_memory_file if_not_condition_deprecated function_redefined datasize_last_label datasize_exceeds_size
mapper_already_set feature_deprecated byte_order_mark_utf8 optimization_settings
"""
_WARNINGS = frozenset(_WARNING_NAMES.split())
_KEYS = """
asar arch math optimize dpbase bank check namespace pushns pullns pushtable pulltable cleartable warnings function undef
fillbyte fillword filllong filldword padbyte padword padlong paddword
"""
SETTINGS = frozenset((*_KEYS.split(), *MAPPERS))
_PATTERN = re.compile("(fill|pad)(byte|word|long|dword)")
_VERSION = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})(?:\.([0-9]{1,9}))?", re.ASCII)
_MEGABYTES = re.compile("[0-9](?:,[0-9]){3}", re.ASCII)
_BANK_BITS = {"off": None, "half": 15, "full": 16}


def set_up(state: PassState, key: str, arguments: tuple[str, ...]) -> bool:
    """Run one of SETTINGS on the words that follow it. Returns whether it takes these."""
    labels = state.labels
    match (key, *map(str.lower, arguments)):
        case ("asar", *version) if len(version) < 2:
            _require_version(state, version)
        case ("arch", what):
            if what in ("spc700-inline", "superfx"):
                raise Fault(Kind.UNSUPPORTED_DIRECTIVE, f"arch {what} is not supported: only 65816 and spc700 are")
            if what in ("65816", "spc700", "spc700-raw"):
                state.arch = what.removesuffix("-raw")
            if what == "spc700-raw":
                state.out.mapper = "norom"
        case (mapper,) if mapper in MAPPERS:
            state.out.mapper = mapper
        case ("sa1rom", banks) if _MEGABYTES.fullmatch(banks):
            state.out.mapper = f"sa1rom {banks}"
        case ("math", "pri" | "round" as rule, "on" | "off" as switch):
            state.math[rule] = switch == "on"
        case ("optimize", "dp", "none" | "ram" | "always" as what):
            state.assumed = state.assumed._replace(dp=what)
        case ("optimize", "address", "default" | "ram" | "mirrors" as what):
            state.assumed = state.assumed._replace(address=what)
        case ("dpbase", _):
            page = _bits(evaluate(state, arguments[0]), arguments[0], 0xFF00)
            state.assumed = state.assumed._replace(direct_page=page)
        case ("bank", "auto"):
            state.assume_bank(-1)
        case ("bank", "noassume"):
            state.assume_bank(NO_BANK)
        case ("bank", _):
            state.assume_bank(_bits(evaluate(state, arguments[0]), arguments[0], 0xFF))
        case ("check", "title", _):
            dequote(arguments[1])  # a text that stands alone patches no ROM that could have another title
        case ("check", "bankcross", "on"):
            pass
        case ("check", "bankcross", how) if how in _BANK_BITS:
            state.out.bank_bits = _BANK_BITS[how]
        case ("namespace", "nested", switch):
            nested = {"on": True, "off": False}.get(switch, labels.namespaces.nested)
            labels.namespaces = labels.namespaces._replace(nested=nested)
        case ("namespace", "off"):
            labels.change_namespaces(labels.namespaces.leave())
        case ("namespace", text) if text != "nested":
            if not NAME.fullmatch(name := dequote(arguments[0])):
                raise syntax(f"{name[:40]} cannot name a namespace", name)
            labels.change_namespaces(labels.namespaces.enter(name))
        case ("pushns",):
            state.open("a pushns")
            labels.pushed_namespaces.append(labels.namespaces)
            labels.change_namespaces(Namespaces())
        case ("pullns",) if labels.pushed_namespaces:
            state.close("a pushns")
            labels.change_namespaces(labels.pushed_namespaces.pop())
        case ("pushtable",):
            state.tables.append(dict(state.characters))
        case ("pulltable",) if state.tables:
            state.characters = state.tables.pop()
        case ("cleartable",):
            state.characters = {}
        case ("warnings", "push"):
            state.open("a warnings push")
        case ("warnings", "pull") if state.opened["a warnings push"]:
            state.close("a warnings push")
        case ("pullns",) | ("pulltable",) | ("warnings", "pull"):
            raise syntax(f"{key} without a push", "")
        case ("warnings", "enable" | "disable", warning):
            if not _is_warning(warning.removeprefix("w")):
                raise syntax(f"{warning[:40]} is no warning of asar", arguments[1])
        case ("warnings", _) | ("warnings", _, _):
            pass
        case (_, _) if pattern := _PATTERN.fullmatch(key):
            size = "bwld".index(pattern[2][0]) + 1
            value = evaluate(state, arguments[0]).integer & ((1 << 8 * size) - 1)
            state.patterns[pattern[1]] = value.to_bytes(size, "little") * (12 // size)
        case ("function", _, "=", _):
            _define_function(state, arguments[0], arguments[2])
        case ("undef", _):
            if state.defines.pop(name := dequote(arguments[0]), None) is None:
                raise StatementFault(Kind.UNDEFINED_SYMBOL, f"the define !{name[:60]} is not set", name)
        case _:
            return False
    return True


def _is_warning(name: str) -> bool:
    """Whether asar has a warning of this name or number, which are written with a W before them or without."""
    return name in _WARNINGS or (name.isdecimal() and 1001 <= int(name[:9]) <= 1000 + len(_WARNINGS))


def _bits(number: Result, text: str, mask: int) -> int:
    """A number that has no bits outside the mask, which that of an unknown label has."""
    if number.integer & ~mask:
        raise StatementFault(Kind.BAD_ADDRESS, f"{text[:40]} has bits outside ${mask:X}", text)
    return number.integer


def _require_version(state: PassState, version: list[str]) -> None:
    if state.begun:
        raise syntax("asar stands at the beginning of a text", "asar")
    if not version:
        return
    match = _VERSION.fullmatch(version[0])
    if not match or (match[1] == "1" and not match[3] and len(match[2]) != 2):
        raise syntax(f"{version[0][:20]} is no version of asar", version[0])
    major, minor, patch = match.groups()
    wanted = (int(major), int(minor), int(patch)) if patch else (int(major), int(minor[0]), int(minor[1:] or 0))
    if wanted > (1, 9, 1):
        raise Fault(Kind.UNSUPPORTED_DIRECTIVE, f"the text asks for asar {version[0]}, and this is the dialect of 1.91")
    state.exact_math |= wanted >= (1, 9, 0)


def _define_function(state: PassState, heading: str, body: str) -> None:
    name, _, rest = heading.partition("(")
    parameters = tuple(rest.lower().removesuffix(")").split(","))
    names = (name, *parameters)
    if not rest.endswith(")") or len(set(parameters)) < len(parameters) or not all(map(NAME.fullmatch, names)):
        raise syntax("a function is written `function name(a,b) = expression`, with one parameter at least", heading)
    state.functions[name] = UserFunction(parameters, body)
