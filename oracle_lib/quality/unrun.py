"""What can be said of code that nobody has run: whether it assembles, keeps its widths, comes to an end, does anything
and works on the places that were asked for. It runs nothing, so a wrong result stays unseen.
"""

import re
from collections.abc import Iterator

from oracle_lib.quality.asked import illustrates, wants_better
from oracle_lib.quality.knowledge.places import canonical
from oracle_lib.quality.text import Reading, addresses, mnemonics, statements_shown, words
from oracle_lib.sample import Reason, ReasonKind, Sample, Task
from oracle_lib.verify.assembler import Assembly, Bits, Kind, Severity, track_widths, width_mismatches
from oracle_lib.verify.fragments import Fragment, assemble_fragment, stands_under_a_label

WHOLE = frozenset((Task.WRITE, Task.FIX, Task.OPTIMISE, Task.HOOK, Task.API))
"""The tasks whose answer stands for itself; others may show a piece of something larger."""

_RETURNS = frozenset(("RTS", "RTL", "RTI"))
_ENDS = _RETURNS | {"JMP", "JML", "BRA", "BRL", "STP"}
_IDLE = frozenset(
    (
        *("NOP", "PHA", "PLA", "PHX", "PLX", "PHY", "PLY", "PHP", "PLP", "REP", "SEP", "CLC", "SEC", "LDA", "LDX"),
        *("LDY", "INX", "INY", "DEX", "DEY", "CPX", "CPY", "BNE", "BPL", "BRA", "WDM", "XBA", *_RETURNS),
    )
)
"""What leaves nothing behind where it names no memory."""
_A, _XY = r"(?:A\b|accumulator\b)", r"(?:X\b|Y\b|index\b)"
_BITS = r"(8|16)[- ]bits?(?: wide)? "
_ALL_WIDE = re.compile(rf"\b{_BITS}A, X(?:,| and) ?Y\b")
_A_WIDE = re.compile(rf"\bM ?= ?(8|16)\b|\b{_BITS}{_A}")
_XY_WIDE = re.compile(rf"\bM ?= ?(?:8|16), ?X ?= ?(8|16)\b|\b{_BITS}{_XY}")
_STAYS = re.compile(
    r"\b(?:already|cannot|can(?:'|\u2019)t|nothing|no (?:further|need|way|change)|unchanged|as is)\b", re.IGNORECASE
)
"""How an answer says that code has to stay as it is."""
_KEEPS_WIDTHS = re.compile(r"\bwidths\b")
_LONG = re.compile(r"(?<![\w#$])\$([0-9A-Fa-f]{6})(?!\w)")
_WINDOW = 0x1000
"""Bytes around a place in ROM within which a patch may be meant for it."""
_ORG = re.compile(r"^\s*(?:org|pushpc|freecode|freespace)\b", re.MULTILINE | re.IGNORECASE)
_NEAR = 16
"""Bytes from a place that was asked for within which another bank's address was surely meant to be that place."""


def faults(sample: Sample, reading: Reading) -> Iterator[Reason]:
    """Why the code cannot be right, however good it looks."""
    if reading.language == "cpp":
        yield from _cpp_faults(sample, reading)
    elif reading.language == "asm":
        under_a_label = sample.task not in WHOLE and stands_under_a_label(sample.prompt)
        fragment = assemble_fragment(reading.code, {}, under_a_label=under_a_label)
        if fragment.fault and sample.task not in WHOLE and _leans_on_more(fragment):
            return
        if fragment.fault:
            yield Reason(kind=ReasonKind.DOES_NOT_ASSEMBLE, text=f"the code does not assemble: {fragment.fault}")
        else:
            yield from _asm_faults(sample, reading, fragment)


def _leans_on_more(fragment: Fragment) -> bool:
    """Whether nothing is wrong with a piece but that macros, sublabels and near labels of its project are missing."""
    kinds = {one.kind for one in fragment.assembly.diagnostics if one.severity is Severity.ERROR}
    return kinds <= {Kind.UNDEFINED_SYMBOL, Kind.UNSUPPORTED_DIRECTIVE, Kind.BRANCH_RANGE}


def _asm_faults(sample: Sample, reading: Reading, fragment: Fragment) -> Iterator[Reason]:
    assembly = fragment.assembly
    yield from _width_faults(sample, assembly)
    yield from _bank_faults(sample, reading)
    yield from _site_faults(sample, reading)
    patches = bool(_ORG.search(reading.code))
    is_the_answer = not patches and not fragment.stubbed and not illustrates(sample, reading)
    if is_the_answer and not _does_something(assembly):
        yield Reason(kind=ReasonKind.VACUOUS, text="the code reads and writes no memory and calls nothing")
    if wants_better(sample.instruction) and _changes_nothing(sample, reading):
        yield Reason(kind=ReasonKind.VACUOUS, text="the code is that of the request, unchanged")
    if sample.task not in WHOLE:
        return
    if not _ends(assembly, patches):
        yield Reason(kind=ReasonKind.INCOMPLETE, text="the code runs off its end")
    asked = mnemonics(sample.instruction) & _RETURNS
    found = {one.mnemonic for one in assembly.listing} & _RETURNS
    if not patches and len(asked) == 1 and found and not asked & found:
        told = f"the code returns by {' and '.join(sorted(found))}, not by the {min(asked)} that was asked for"
        yield Reason(kind=ReasonKind.OFF_TARGET, text=told)
    if invented := sorted(name for name in fragment.stubbed if name.lstrip("!") not in words(sample.prompt)):
        told = f"the code relies on {', '.join(invented[:5])}, which nothing defines"
        yield Reason(kind=ReasonKind.UNKNOWN, text=told)


def entry_widths(prompt: str) -> tuple[Bits, Bits]:
    """The widths of A, and of X and Y, with which a request says that the code is entered; None where it does not."""
    if found := _ALL_WIDE.search(prompt):
        return _bits(found), _bits(found)
    return _bits(_A_WIDE.search(prompt)), _bits(_XY_WIDE.search(prompt))


def _bits(found: re.Match[str] | None) -> Bits:
    digits = next(filter(None, found.groups()), None) if found else None
    return 8 if digits == "8" else 16 if digits else None


def _width_faults(sample: Sample, assembly: Assembly) -> Iterator[Reason]:
    m, x = entry_widths(sample.prompt) if sample.task is not Task.HOOK else (None, None)
    for found in width_mismatches(assembly, m, x)[:1]:
        yield Reason(kind=ReasonKind.WRONG_WIDTH, text=f"line {found.line}: {found.message}")
        return
    if (m or x) and _KEEPS_WIDTHS.search(sample.instruction):
        known = track_widths(assembly, m, x)
        for one in assembly.listing:
            before = known.get(one.address)
            if one.mnemonic not in ("RTS", "RTL") or before is None:
                continue
            for register, asked, left in (("A", m, before.m), ("X and Y", x, before.x)):
                if asked and left and asked != left:
                    told = f"line {one.line}: it returns with {left}-bit {register}, entered with {asked}-bit"
                    yield Reason(kind=ReasonKind.WRONG_WIDTH, text=told)
                    return


def _bank_faults(sample: Sample, reading: Reading) -> Iterator[Reason]:
    asked = addresses(sample.prompt)
    for digits in dict.fromkeys(_LONG.findall(reading.code)):
        address = int(digits, 16)
        place = address | 0x7E0000 if address < 0x2000 else address
        if any(abs(place - one) <= _NEAR for one in asked):
            continue
        meant = [one for one in asked if one >> 16 != place >> 16 and abs((one & 0xFFFF) - (place & 0xFFFF)) <= _NEAR]
        # A bank from $80 on shows the same as the one $80 below it.
        if meant and not any((one ^ place) >> 16 == 0x80 for one in meant):
            told = f"the code works on ${address:06X}, and ${meant[0]:06X} was asked for: the bank is wrong"
            yield Reason(kind=ReasonKind.OFF_TARGET, text=told)
            return


def _site_faults(sample: Sample, reading: Reading) -> Iterator[Reason]:
    """A patch lays out nothing near a place that the request names, though that names some in ROM."""
    asked = [
        canonical(place) for place in addresses(sample.prompt) if place & 0x8000 and place >> 16 not in (0x7E, 0x7F)
    ]
    sites = [canonical(site) for site in reading.org]
    if asked and sites and not any(abs(site - one) < _WINDOW for site in sites for one in asked):
        told = f"the code patches ${min(reading.org):06X}, and ${min(asked):06X} was asked for"
        yield Reason(kind=ReasonKind.OFF_TARGET, text=told)


def _does_something(assembly: Assembly) -> bool:
    """Whether anything is left behind: memory, a call, or a value that was computed. Data alone does something."""
    if not assembly.listing:
        return bool(assembly.code)
    return any(
        one.mnemonic not in _IDLE or (one.mode not in ("", "#") and one.mnemonic not in ("BNE", "BPL", "BRA"))
        for one in assembly.listing
    )


def _changes_nothing(sample: Sample, reading: Reading) -> bool:
    """Whether an answer shows nothing but the request's own code, and does not say that it has to stay so."""
    given, shown = statements_shown(sample.prompt), statements_shown(sample.output)
    return bool(shown) and all(one in given for one in shown) and not _STAYS.search(reading.prose)


def _ends(assembly: Assembly, patches: bool) -> bool:
    """Whether the processor cannot go on behind the code. Of a patch some block with a label of its own must end so;
    what only replaces instructions need not.
    """
    last: dict[int, str] = {}
    starts = sorted(address for address, _ in assembly.blocks)
    for one in assembly.listing:
        last[max((start for start in starts if start <= one.address), default=0)] = one.mnemonic
    if patches:
        return not assembly.labels or not last or any(mnemonic in _ENDS for mnemonic in last.values())
    return all(mnemonic in _ENDS for mnemonic in last.values())


_VARIABLE = re.compile(r"(?<![\w.:>])(?<!->)([a-z_]\w*)\b(?=\s*(?:[-+*/%&|^=<>!;,)\]\[?.]|$))(?!\s*(?:[&*]+\s*\w|<\w))")
_DECLARED = re.compile(r"(?:[\w>&*\]]|\bauto)[ \t]*[ \t&*]([A-Za-z_]\w*)\s*(?=[=;,(){:\[])|, ([a-z_]\w*)(?= =|;)")
_BOUND = re.compile(r"\bauto[&\s]*\[([^\]]*)\]")
_CPP_WORDS = frozenset(
    (
        *("return", "else", "break", "continue", "true", "false", "nullptr", "this", "default", "const", "auto", "int"),
        *("bool", "char", "unsigned", "signed", "long", "short", "float", "double", "void", "size_t", "u", "x"),
        *("uint8_t", "uint16_t", "uint32_t", "uint64_t", "int8_t", "int16_t", "int32_t", "int64_t", "std", "operator"),
    )
)
_HEAD = re.compile(
    r"((?:const )?[A-Za-z_][\w:<>,&* ]*[ &*])([A-Za-z_]\w*)\s*\(([^(){};]*)\)(?: const)?(?: noexcept)?\s*\{"
)
_RESULT = re.compile(r"\b(?:return|throw|co_return)\b")
_SIGNATURE = re.compile(r"`((?:const )?[A-Za-z_][\w:<>,&* ]*[ &*])([A-Za-z_]\w*)\s*\(([^()`]*)\)(?: const)?;?`")


def _cpp_faults(sample: Sample, reading: Reading) -> Iterator[Reason]:
    code = re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', "0", reading.code)
    for opening, closing in ("{}", "()", "[]"):
        if code.count(opening) != code.count(closing):
            yield Reason(kind=ReasonKind.INCOMPLETE, text=f"the code does not close every {opening}")
            return
    if sample.task not in WHOLE:
        return
    defined = {_shape(*found.groups()) for found in _HEAD.finditer(code)}
    for found in _HEAD.finditer(code):
        if not re.search(r"\bvoid\s*$", found[1]) and not _RESULT.search(_body(code, found.end())):
            yield Reason(kind=ReasonKind.INCOMPLETE, text=f"{found[2]} returns nothing")
    for found in _SIGNATURE.finditer(sample.instruction):
        if _shape(*found.groups()) not in defined:
            yield Reason(kind=ReasonKind.OFF_TARGET, text=f"the code does not define {found[0].strip('`')}")
    if undeclared := sorted(_undeclared(code) - words(sample.prompt)):
        told = f"the code relies on {', '.join(undeclared[:5])}, which nothing declares"
        yield Reason(kind=ReasonKind.UNKNOWN, text=told)
    body = code.partition("{")[2]
    if not re.search(r"\breturn\s+[^;0]|[\w\])]\s*(?:[-+|&^]|<<|>>)?=(?!=)|\.\w+\(|\w\(", body):
        yield Reason(kind=ReasonKind.VACUOUS, text="the code computes nothing")


def _body(code: str, start: int) -> str:
    """What stands from here to the brace that closes it."""
    depth = 1
    for place in range(start, len(code)):
        depth += {"{": 1, "}": -1}.get(code[place], 0)
        if not depth:
            return code[start:place]
    return code[start:]


def _shape(result: str, name: str, parameters: str) -> str:
    """A function's name and types, without the names of its parameters."""
    types = [re.sub(r"(?<=[\w>&*])[ ]*\b[A-Za-z_]\w*$", "", one.strip()) for one in parameters.split(",")]
    return re.sub(r"\s|\bstatic\b|\binline\b|\bstd::", "", f"{result}{name}({','.join(types)})")


def _undeclared(code: str) -> set[str]:
    """The variables in C++ that no declaration in it names; calls, types and members are left to the knowledge."""
    used = set(_VARIABLE.findall(re.sub(r"^\s*#.*$", "", code, flags=re.MULTILINE)))
    declared = {one for found in _DECLARED.findall(code) for one in found if one}
    declared |= {one for names in _BOUND.findall(code) for one in re.findall(r"\w+", names)}
    return used - declared - _CPP_WORDS
