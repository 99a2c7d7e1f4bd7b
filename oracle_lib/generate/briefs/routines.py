"""Contracts of routines and patches from what a teacher says of them, and what speaks against such a contract.

A contract that contradicts the words of its instruction, that doing nothing would meet, or that has too few cases is
refused here. Whether the answer keeps it is for `verify.check`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from oracle_lib.generate.briefs.forms import Patch, Routine
from oracle_lib.generate.briefs.naming import Named, names_all
from oracle_lib.generate.briefs.states import State, as_case, read_spans, read_state
from oracle_lib.generate.briefs.text import widths_said
from oracle_lib.generate.requests import Unusable
from oracle_lib.verify import AsmContract, Span, assemble, check
from oracle_lib.verify.assembler import Limits

FEWEST_CASES = 3
_LIMITS = Limits(source=50_000, statements=20_000, expansion=200_000, output=0x4000)
_LABEL = re.compile(r"[A-Za-z_]\w{0,60}")
_SAID_AS = {
    "a": r"\bA\b|\baccumulator\b",
    "x": r"\bX\b",
    "y": r"\bY\b",
    "d": r"\bD\b|direct page",
    "db": r"\bDB\b|data bank",
    "c": r"\bcarry\b|\bC\b",
    "z": r"\bzero\b|\bZ\b",
    "n": r"\bnegative\b|\bN\b",
    "v": r"\boverflow\b|\bV\b",
}
"""How a text speaks of what a case expects."""


@dataclass(frozen=True)
class Judged:
    """A contract, and the sentences that an instruction lacks to say all that the contract demands."""

    contract: AsmContract
    missing: tuple[str, ...]


def routine_contract(answer: Routine, symbols: Mapping[str, int]) -> Judged:
    """What a routine must do, as its teacher says. Raises `Unusable` where that cannot be, or shows nothing."""
    entry = _label(answer)
    contract = _contract(answer, symbols).model_copy(update={"entry": entry})
    if not re.search(rf"(?m)^[ \t]*{entry}:", answer.output):
        raise Unusable("the code does not define the label that its contract enters")
    _refuse_idle(f"{entry}:\n    {answer.returns.upper()}\n", contract)
    return Judged(contract, tuple(_unsaid(answer, contract, f"Call it `{entry}`.", entry)))


def patch_contract(answer: Patch, symbols: Mapping[str, int]) -> Judged:
    """What a patched routine must do: the routine in the input is the ROM that the patch is laid over."""
    host = assemble(answer.input, symbols, limits=_LIMITS, backend="own")
    entry = host.labels.get(_label(answer))
    if not host.ok or not host.code or entry is None:
        raise Unusable("the routine to patch does not assemble, or lacks the label that is entered")
    free = read_spans(answer.free, symbols)
    if not free:
        raise Unusable("the patch has no free space")
    places = [Span(address=address, length=len(code)) for address, code in host.blocks if code]
    contract = _contract(answer, symbols).model_copy(
        update={"entry": entry, "host": dict(host.blocks), "regions": (*places, *free)}
    )
    _refuse_idle(f"org ${free[0].address:06X}\n    NOP\n", contract)
    said = f"Free space: {answer.free}."
    return Judged(contract, tuple(_unsaid(answer, contract, said, answer.free)))


def _label(answer: Routine) -> str:
    entry = answer.entry.removesuffix(":")
    if not _LABEL.fullmatch(entry):
        raise Unusable("the entry is no label")
    return entry


def _contract(answer: Routine, symbols: Mapping[str, int]) -> AsmContract:
    states = [(read_state(case.before, symbols), read_state(case.after, symbols)) for case in answer.cases]
    _refuse_weak(states)
    _refuse_unsaid(answer, states, symbols)
    kept = {name.lower() for name in re.findall(r"\w+", answer.keeps)}
    if not kept <= {"a", "x", "y"}:
        raise Unusable("it keeps something else than A, X and Y")
    _refuse_too_wide(answer, states)
    expected = {Span(address=place, length=len(held)) for _, after in states for place, held in after.memory.items()}
    return AsmContract(
        symbols=dict(symbols),
        m=16 if answer.m == "16" else 8,
        x=16 if answer.x == "16" else 8,
        returns=answer.returns,
        writes=(*sorted(expected, key=lambda span: (span.address, span.length)), *read_spans(answer.writes, symbols)),
        changes=tuple(name for name in ("a", "x", "y") if name not in kept),
        cases=tuple(as_case(before, after) for before, after in states),
    )


def _refuse_weak(states: Sequence[tuple[State, State]]) -> None:
    known: dict[frozenset[object], dict[object, object]] = {}
    for before, after in states:
        left = dict(after.parts)
        if not left:
            raise Unusable("a case expects nothing")
        told = known.setdefault(frozenset(before.parts), left)
        if any(told[name] != left[name] for name in told.keys() & left.keys()):
            raise Unusable("two cases contradict each other")
    if len(known) < FEWEST_CASES:
        raise Unusable("it has too few different cases")


def _refuse_unsaid(answer: Routine, states: Sequence[tuple[State, State]], symbols: Mapping[str, int]) -> None:
    """A contract that its own text contradicts, or that tests what its text never mentions."""
    said = f"{answer.instruction}\n{answer.input}"
    named = Named.of(said, symbols)
    for before, after in states:
        if not names_all(named, before, after):
            raise Unusable("a case uses an address that neither the instruction nor the input names")
        for name in (*after.registers, *after.flags):
            if not re.search(_SAID_AS[name], said, re.IGNORECASE if name in "cznv" else 0):
                raise Unusable("a case expects something of a register or flag that the instruction does not mention")
    contract = {"A": int(answer.m), "X and Y": int(answer.x)}
    widths = list(widths_said(answer.instruction))
    for register, width in contract.items():
        if widths and (of_it := {said for name, said in widths if name == register}) and width not in of_it:
            raise Unusable("the instruction says another width than the contract")
    other = "RTL" if answer.returns == "rts" else "RTS"
    if _says(answer.instruction, other) and not _says(answer.instruction, answer.returns):
        raise Unusable("the instruction says another way to return than the contract")


def _says(text: str, mnemonic: str) -> bool:
    return bool(re.search(rf"\b{mnemonic}\b", text, re.IGNORECASE))


def _refuse_too_wide(answer: Routine, states: Sequence[tuple[State, State]]) -> None:
    narrow = {"db"} | ({"a"} if answer.m == "8" else set()) | ({"x", "y"} if answer.x == "8" else set())
    for before, after in states:
        given = (value for name, value in before.registers.items() if name in narrow - {"a"})
        left = (value for name, value in after.registers.items() if name in narrow)
        if any(value > 0xFF for value in (*given, *left)):
            raise Unusable("a case has 16 bits in a register of 8")


def _refuse_idle(nothing: str, contract: AsmContract) -> None:
    verdict = check(nothing, contract)
    if not verdict.judged:
        raise Unusable("the contract cannot be run")
    if verdict.passes:
        raise Unusable("code that does nothing meets its contract")


def _unsaid(answer: Routine, contract: AsmContract, name: str, spoken: str) -> Iterator[str]:
    """What the contract demands and the instruction does not say."""
    text = answer.instruction
    if spoken not in text:
        yield name
    widths = {register for register, _ in widths_said(text)}
    if widths != {"A", "X and Y"}:
        yield f"On entry and return A is {contract.m} bits wide, X and Y are {contract.x}."
    if not _says(text, contract.returns):
        yield f"It returns with {contract.returns.upper()}."
    if kept := [register.upper() for register in ("a", "x", "y") if register not in contract.changes]:
        yield f"It leaves {' and '.join(kept)} as {'they were' if len(kept) > 1 else 'it was'}."
    if answer.writes and answer.writes not in text:
        yield f"It may also change {answer.writes}."
