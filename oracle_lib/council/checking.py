"""Checks the code of an answer before anybody sees it: assembles it with a lint of its widths and runs it where the
question gives a contract, compiles C++ in the sandbox. Repairs nothing.
"""

import re
from collections.abc import Mapping, Sequence

from oracle_lib import verify
from oracle_lib.council.contracts import contract_of
from oracle_lib.markdown import parts
from oracle_lib.quality.text import words
from oracle_lib.quality.unrun import entry_widths
from oracle_lib.records import Frozen
from oracle_lib.verify.assembler import width_mismatches
from oracle_lib.verify.fragments import Fragment, assemble_fragment

_ORG = re.compile(r"^\s*(?:org|pushpc|freecode|freespace|freedata)\b", re.MULTILINE | re.IGNORECASE)
_MARKS = {
    "asm": ("asm", "assembly", "asar", "65816", "65c816", "6502", "snes", "nasm", "s"),
    "cpp": ("cpp", "c++", "cc", "cxx", "c", "h", "hpp"),
}
"""What blocks are marked as that are code of a language; others may be logs or commands."""
_RETURNS = ("RTS", "RTL", "RTI")
_MOST_FAULTS = 6
_LONGEST_FAULT = 300
_DRIVER = "int main() { return 0; }"


class Checked(Frozen):
    """What is known of an answer's code: `usable` is whether all of it assembles or compiles and, where it `ran`, does
    what was asked; None where there is no code or no way to tell. `note` says it in words, `faults` are what a repair
    needs to know.
    """

    usable: bool | None
    note: str = ""
    ran: bool = False
    faults: tuple[str, ...] = ()

    def is_better_than(self, other: "Checked") -> bool:
        return self._rank > other._rank

    @property
    def _rank(self) -> tuple[bool, bool, int]:
        return self.usable is True, self.usable is not None, -len(self.faults)


def check_code(text: str, language: str, question: str = "", symbols: Mapping[str, int] | None = None) -> Checked:
    """What is known of the code blocks in an answer to a question, "asm" or "cpp". `symbols` are known labels and their
    addresses, which the code may use; the question's own names it may use too. `text` may be hostile.
    """
    if not text.strip():
        return Checked(usable=None, note="The model wrote nothing.")
    if language == "text":
        return Checked(usable=None)
    foreign = _foreign(text, language)
    blocks = [block for block in verify.code_blocks(text) if block.strip() not in foreign]
    if not blocks:
        return Checked(usable=None, note="The answer holds no code block, so nothing was checked.")
    if language == "cpp" and (reason := verify.cpp_unavailable()):
        return Checked(usable=None, note=f"The code was not compiled: {reason}.")
    found = [_check_cpp(block) if language == "cpp" else _check_asm(block, question, symbols or {}) for block in blocks]
    if len(found) == 1:
        return found[0]
    return Checked(
        usable=all(one.usable for one in found),
        note=" ".join(f"Block {number}: {one.note}" for number, one in enumerate(found, 1)),
        ran=any(one.ran for one in found),
        faults=tuple(f"block {number}: {fault}" for number, one in enumerate(found, 1) for fault in one.faults),
    )


def _foreign(text: str, language: str) -> frozenset[str]:
    """The blocks that are marked as something else: a log, a command, code of another language."""
    marked = (part for part in parts(text) if part.is_code and part.language)
    return frozenset(part.text.strip() for part in marked if part.language.lower() not in _MARKS[language])


def _check_asm(code: str, question: str, symbols: Mapping[str, int]) -> Checked:
    if not code.strip(" \n`"):
        return _useless("The code block is empty.")
    fragment = assemble_fragment(code, symbols)
    assembly = fragment.assembly
    if not assembly.ok:
        errors = [str(one) for one in assembly.diagnostics if one.severity is verify.Severity.ERROR]
        return _useless(f"The code does NOT assemble: {_short(errors[0])}.", errors)
    own = words(question)
    if invented := [name for name in fragment.stubbed if name.lstrip("!.") not in own]:
        told = f"{', '.join(invented[:5])} {'is' if len(invented) == 1 else 'are'} not defined"
        return _useless(f"The code does NOT assemble: {told}.", [told])
    if not assembly.code:
        return _useless("The code holds no instruction.")
    m, x = (None, None) if _ORG.search(code) else entry_widths(question)
    if wrong := [str(one) for one in width_mismatches(assembly, m, x)]:
        return _useless(f"The code assembles, but a width is wrong: {_short(wrong[0])}.", wrong)
    size = f"The code assembles ({len(assembly.code)} bytes)"
    leaning = [*fragment.supplied, *fragment.stubbed]
    if leaning:
        size += f", with {', '.join(leaning[:5])} from elsewhere"
    return _run(code, question, fragment, size)


def _run(code: str, question: str, fragment: Fragment, size: str) -> Checked:
    contract = contract_of(question)
    whole = any(one.mnemonic in _RETURNS for one in fragment.assembly.listing)
    if contract is None or not whole or fragment.stubbed or _ORG.search(code):
        return Checked(usable=True, note=f"{size}.")
    verdict = verify.check(code, contract.model_copy(update={"symbols": dict(fragment.supplied)}))
    if not verdict.judged:
        return Checked(usable=True, note=f"{size}.")
    if verdict.passes:
        return Checked(
            usable=True, ran=True, note=f"{size} and does what was asked in {verdict.cases} runs on the console."
        )
    return Checked(
        usable=False,
        ran=True,
        note=f"{size}, but does NOT do what was asked: {_short(verdict.reasons[0])}.",
        faults=_faults(verdict.reasons),
    )


def _check_cpp(code: str) -> Checked:
    if not code.strip(" \n`"):
        return _useless("The code block is empty.")
    # A contract needs a function to call: this one is ours, so that only the answer's own text can fail.
    contract = verify.CppContract(
        signature="void asked_by_the_council()", driver=_DRIVER, cases=(verify.CppCase(stdin="", stdout=""),)
    )
    verdict = verify.run_cpp(f"{code}\nvoid asked_by_the_council() {{}}\n", contract)
    if verdict.assembles:
        return Checked(usable=True, note="The code compiles.")
    return _useless(f"The code does NOT compile: {_short(verdict.reasons[0])}.", verdict.reasons)


def _useless(note: str, faults: Sequence[str] = ()) -> Checked:
    return Checked(usable=False, note=note, faults=_faults(faults or (note,)))


def _faults(found: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(_short, found[:_MOST_FAULTS]))


def _short(said: str) -> str:
    """One line of it, without its full stop: compilers quote what an answer says, at any length."""
    line = " ".join(said.split()).rstrip(".")
    return line if len(line) <= _LONGEST_FAULT else f"{line[:_LONGEST_FAULT]} …"
