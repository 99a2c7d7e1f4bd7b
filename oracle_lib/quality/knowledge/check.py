"""Which of the names and addresses that a sample relies on exist. It decides nothing: the score does.

Exempt are hardware registers, mnemonics, what the sample defines or declares itself, and what its prompt or contract
supplies. A name that the graph lacks counts as unknown only where the graph has a source of the sample's own domain:
without one nobody can say, and such names count neither way. So the shipped facts alone call no name unknown. Addresses
are judged always, because the console's memory map is the same for everybody.
"""

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from oracle_lib.quality.knowledge.places import place
from oracle_lib.quality.text import Reading, addresses, quoted, words
from oracle_lib.sample import Domain, Sample
from oracle_lib.verify.assembler.opcodes import MNEMONICS
from oracle_lib.verify.assembler.uses import Uses
from oracle_lib.verify.cpp.syntax import Call, CppText

if TYPE_CHECKING:
    from oracle_lib.quality.knowledge.graph import Knowledge

Share = tuple[float, tuple[str, ...]]

_OF_CODE = frozenset((Domain.ASM, Domain.GIGALEAK, Domain.ORACLE))
_NUMBER_OF_CPP = re.compile(r"(?<!\w)0x(?!7[EF][0-9A-F]{4}\b)[0-9A-F]+\b", re.IGNORECASE)
_LONG = re.compile(r"\$[0-9A-F]{3,6}")
"""An address of which the code gives more than its place in the direct page."""
_REGISTERS = frozenset("AaXxYySs")
_LANGUAGE = frozenset(
    (
        *("if", "for", "while", "switch", "return", "sizeof", "alignof", "decltype", "noexcept", "catch", "assert"),
        *("static_assert", "defined", "operator", "typeid", "alignas", "requires", "throw", "co_await", "co_return"),
        *("bool", "char", "short", "int", "long", "float", "double", "unsigned", "signed", "void", "auto"),
    )
)
_LIBRARY = re.compile(r"^(?:::)?(?:std|absl|u?int(?:8|16|32|64)_t|size_t|ptrdiff_t)\b")
_LIBRARY_MEMBERS = frozenset(
    (
        *("append", "assign", "at", "back", "begin", "c_str", "capacity", "cbegin", "cend", "clear", "compare"),
        *("contains", "copy", "count", "data", "emplace", "emplace_back", "empty", "end", "ends_with", "erase", "fill"),
        *("find", "find_first_of", "find_last_of", "first", "flush", "front", "get", "good", "has_value", "insert"),
        *("is_open", "join", "last", "length", "lock", "lower_bound", "max_size", "merge", "message", "ok", "pop"),
        *("pop_back", "pop_front", "push", "push_back", "push_front", "rbegin", "read", "release", "rend", "replace"),
        *("reserve", "reset", "resize", "rfind", "second", "seekg", "seekp", "set", "size", "splice", "starts_with"),
        *("status", "str", "subspan", "substr", "swap", "tellg", "tellp", "test", "top", "unlock", "upper_bound"),
        *("value", "value_or", "what", "write"),
    )
)
"""Members of the standard library's and Abseil's types, which sources of an API need not declare."""


def share_of_asm(knowledge: "Knowledge", sample: Sample, reading: Reading) -> Share:
    """Of assembly: the names that its code refers to, and the addresses that it works on. A register that is read where
    it can only be written, or the other way round, counts as one that is not there.
    """
    contract = sample.verification.contract if sample.verification else {}
    supplied = contract.get("symbols")
    given = words(sample.prompt) | frozenset(supplied if isinstance(supplied, dict) else ())
    uses = Uses.of(reading.code)
    own = (*uses.own, *reading.defined)
    names = set[str]()
    if _can_judge(knowledge, sample):
        names = {name.lstrip("!") for name in uses.names if not _is_own(name, own)} - given - _REGISTERS
    unknown = [_named(knowledge, name) for name in sorted(names) if not knowledge.knows(name)]
    places = dict.fromkeys(place(int(one[1:], 16)) for one in (*uses.calls, *uses.accesses) if _LONG.fullmatch(one))
    unknown += [f"${at.address:06X}" for at in places if at.region == "nothing"]
    return _share(len(names) + len(places), [*unknown, *_misused(uses)])


def share_of_cpp(knowledge: "Knowledge", sample: Sample, reading: Reading) -> Share:
    """Of C++: the functions and methods that it calls, by name, class and number of arguments. In code that passed its
    contract, the compiler has resolved every name.
    """
    if (sample.verification and sample.verification.passes) or not _can_judge(knowledge, sample):
        return 1.0, ()
    text = CppText.read(reading.code)
    own, types = set(words(sample.prompt)), dict[str, str]()
    for one in text.declared(locals_too=True):
        name = one.name.rpartition("::")[2]
        own.add(name)
        if one.kind == "member":
            types[name] = one.type if types.get(name, one.type) == one.type else ""
    calls = [call for call in dict.fromkeys(text.calls()) if not _is_exempt(call, own)]
    unknown = [said for call in calls if (said := _unknown_call(knowledge, call, types))]
    return _share(len(calls), sorted(set(unknown)))


def share_of_prose(knowledge: "Knowledge", sample: Sample, reading: Reading) -> Share:
    """Of prose: the names that it sets in backticks and its addresses. Of facts the contract has proven the numbers,
    and offsets in a file are none of the console's addresses. Nor are numbers with 0x in front, but for those of WRAM:
    C++ writes sizes and masks so.
    """
    names = quoted(sample.output) - words(sample.prompt) - MNEMONICS
    names = names if _can_judge(knowledge, sample) else frozenset[str]()
    places = frozenset[int]() if sample.states_facts else addresses(_NUMBER_OF_CPP.sub("", sample.output))
    known = [name for name in names if knowledge.symbol(name) or knowledge.knows(name) or knowledge.is_called(name)]
    unknown = [_named(knowledge, name) for name in sorted(names.difference(known))]
    unknown += [f"${address:06X}" for address in sorted(places) if place(address).region == "nothing"]
    return _share(len(names) + len(places), unknown)


def _can_judge(knowledge: "Knowledge", sample: Sample) -> bool:
    """Whether the graph has a source of the sample's domain; errors are of code of any of them."""
    if sample.domain is Domain.ERRORS:
        return bool(knowledge.domains & (_OF_CODE | {Domain.YAZE}))
    return sample.domain in knowledge.domains


def _share(total: int, unknown: list[str]) -> Share:
    return (max(0.0, 1 - len(unknown) / total) if total else 1.0), tuple(unknown)


def _named(knowledge: "Knowledge", name: str) -> str:
    near = knowledge.near(name)
    return f"{name} (near: {', '.join(near)})" if near else name


def _is_own(name: str, own: Collection[str]) -> bool:
    """Whether the code sets a label itself, or it is a sublabel of one: without these no assembler takes the code."""
    return name.startswith(".") or name.lstrip("!") in own or any(name.startswith(f"{label}_") for label in own)


def _misused(uses: Uses) -> Iterator[str]:
    """The registers that the code reads or writes against their rules."""
    for said, places, access in (("read", uses.writes, "R"), ("written", uses.reads, "W")):
        for written in places:
            if _LONG.fullmatch(written):
                register = place(int(written[1:], 16)).register
                if register and register.access == access and (access == "R" or written not in uses.writes):
                    yield f"${register.address:06X} ({register.name} can only be {said})"


def _is_exempt(call: Call, own: set[str]) -> bool:
    name = call.name.rpartition("::")[2]
    if name in own or name in _LANGUAGE or _LIBRARY.match(call.name):
        return True
    return bool(call.on) and name in _LIBRARY_MEMBERS


def _unknown_call(knowledge: "Knowledge", call: Call, types: dict[str, str]) -> str:
    """What is wrong with a call, "" where nothing is."""
    of = types.get(call.on, "")
    if call.on and of and knowledge.has_class(of):
        found = knowledge.method(of, call.name)
        if not found and not knowledge.symbol(f"{of}::{call.name}"):
            return f"{of}::{_named(knowledge, call.name)}"
    else:
        found = knowledge.function(call.name)
        if not found and not knowledge.symbol(call.name) and not knowledge.is_called(call.name):
            return _named(knowledge, call.name)
    if found and not any(one.takes(call.arguments) for one in found):
        return f"{call.name} with {call.arguments} arguments ({found[0]})"
    return ""
