"""Finds the code, or the final statement, in what a language model answered. It judges nothing: that is for `check`."""

from collections.abc import Iterator, Sequence

from oracle_lib.verify.answers import asm, cpp
from oracle_lib.verify.answers.blocks import Block, between_fences, fenced, packed, spans, tagged, unnumbered, visible
from oracle_lib.verify.answers.facts import final_statement
from oracle_lib.verify.answers.part import Part, leaves_out
from oracle_lib.verify.answers.patch import patch
from oracle_lib.verify.answers.standing import standing_of
from oracle_lib.verify.assembler.text import lines_of
from oracle_lib.verify.contract import AsmContract, Contract, CppContract, FactContract

__all__ = ["code_blocks", "extract_code"]


def code_blocks(answer: str) -> list[str]:
    """The fenced blocks of an answer, thinking aside, in order."""
    return [block.text for block in fenced(visible(answer))]


def extract_code(answer: str, contract: Contract | None = None) -> str:
    """The code in a model's answer, thinking aside.

    With a `contract` it is the block that defines what the contract enters (the label, or the function with its body; a
    call or a declaration is a usage example). Where several do, it is one that nothing is missing from: an excerpt that
    explains some lines leaves out the return. Of those, what is announced as the answer or a correction comes before
    what nothing is said of, then options, then what is called wrong or old (`Standing`); of equals it is the last,
    since models correct themselves downwards.

    A patch, whose contract enters the ROM at an address, is every block with an `org`, without what other blocks
    replace (`patch`). Blocks that define what the chosen code uses come along: what others can only use when it stands
    before them first, the rest in the order of the answer. Code stands in fences, else in tags, JSON, inline code or
    plain text: the first of these that holds it whole; where none does, a routine shown in steps is joined. Where
    nothing defines what is entered, the block with the most statements is returned, so that a verdict can say what is
    wrong with it; where nothing even looks like the language that is asked for, it is empty.

    Of an answer about code, whose contract asks for facts, it is the final statement (`facts.final_statement`).

    Without a contract it is the first fenced block, which counts to its end where it was never closed. Where there is
    none, it is the whole answer. Never raises, and takes time linear in the length of the answer.
    """
    text = visible(answer)
    if contract is None:
        return next((block.text for block in fenced(text)), text)
    if isinstance(contract, FactContract):
        return final_statement(text)
    language = asm if isinstance(contract, AsmContract) else cpp
    readings: list[tuple[list[Part], list[Part]]] = []

    def plain(text: str) -> list[Block]:
        return [block for piece in between_fences(text) for block in language.paragraphs(piece)]

    for find in (fenced, tagged, packed, spans, plain):
        chosen, parts = _chosen([language.read(block) for block in _opened(find(text))], contract)
        if any(part.is_whole or part.places for part in chosen):
            return _joined(chosen, parts, contract)
        readings.append((chosen, parts))
    for chosen, parts in readings:
        if chosen:
            return _joined([_continued(chosen[0], parts, contract)], parts, contract)
    fences = readings[0][1]
    unsuitable = [
        part
        for part in fences or [part for _, parts in readings for part in parts if part.statements]
        if language.may_be_code(part.text)
    ]
    if unsuitable:
        return max(unsuitable, key=lambda part: part.statements).text
    return text if not fences and language.may_be_code(text) else ""


def _opened(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, those in place of one that holds them as JSON, and all without line numbers."""
    for block in blocks:
        for inner in packed(block.text) or [block]:
            yield Block(unnumbered(inner.text), block.closed and inner.closed, inner.introduction)


def _chosen(parts: list[Part], contract: AsmContract | CppContract) -> tuple[list[Part], list[Part]]:
    """The parts that define what the contract enters, in order: at most one but for patches; and all parts."""
    if not isinstance(contract, AsmContract):
        defining = [part for part in parts if cpp.name_of(contract.signature) in part.routines]
    elif isinstance(contract.entry, str):
        defining = [part for part in parts if contract.entry in part.routines]
    elif any(part.places for part in parts):
        return patch(parts, contract.entry)
    else:
        defining = [part for part in parts if part.is_whole]
    return sorted(defining, key=lambda part: (part.is_whole, standing_of(part.introduction, part.text)))[-1:], parts


def _continued(begun: Part, parts: Sequence[Part], contract: AsmContract | CppContract) -> Part:
    """A routine that was shown in steps: with the blocks after it that have no label, up to the one that returns. One
    that mentions the entry shows how to call it, one of lines that stand there already explains them."""
    if not isinstance(contract, AsmContract) or leaves_out(begun.text):
        return begun
    texts, written = [begun.text], set(lines_of(begun.text))
    for part in parts[parts.index(begun) + 1 :]:
        lines = lines_of(part.text)
        if part.routines or not part.statements or contract.entry in part.uses or written.issuperset(lines):
            continue
        texts.append(part.text)
        written.update(lines)
        if part.is_whole:
            return asm.read(Block("".join(text.rstrip("\n") + "\n" for text in texts)))
    return begun


def _joined(chosen: list[Part], parts: Sequence[Part], contract: AsmContract | CppContract) -> str:
    """The chosen parts and those that define what they use. What defines or replaces the same as a chosen part is
    another version of it; what calls it, or has a `main`, shows how to use it. C++ that breaks off defines nothing."""
    versions = frozenset(("main",)).union(*(part.routines | part.places for part in chosen))
    owners: dict[str, Part] = {}
    is_asm = isinstance(contract, AsmContract)
    for part in parts:
        if (
            part.statements
            and (is_asm or part.is_whole)
            and versions.isdisjoint(part.routines | part.places | part.calls)
        ):
            owners |= dict.fromkeys(part.defines, part)
    known = set(contract.symbols if isinstance(contract, AsmContract) else ())
    taken, waiting = dict.fromkeys(chosen), list(chosen)
    for part in waiting:
        known |= part.defines
        for name in sorted(part.uses - known):
            if (owner := owners.get(name)) and owner not in taken:
                taken[owner] = None
                waiting.append(owner)
    if len(taken) == 1:
        return chosen[0].text
    last = {part: (part in chosen or not part.comes_first) for part in parts}
    ordered = sorted((part for part in parts if part in taken), key=last.__getitem__)
    text = "".join(part.text.rstrip("\n") + "\n" for part in ordered)
    return text if is_asm else cpp.without_own_headers(text)
