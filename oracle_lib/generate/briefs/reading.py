"""From a teacher's answer to a draft: what each form must hold, and how its output will be judged.

Whatever a teacher says of its own work is checked before it becomes a contract; what fails is `Unusable`, in a sentence
that names no particulars, so that equal reasons can be counted. Running the answer is left to the campaign.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from oracle_lib.generate.briefs.asks import BOX_COLUMNS, BOX_LINES, Brief, Language, language_of
from oracle_lib.generate.briefs.calls import function_contract, read_signature
from oracle_lib.generate.briefs.defects import refuse_unaware
from oracle_lib.generate.briefs.forms import Checked, Cited, Form, Function, Patch, Prose, Routine, SameCode, read
from oracle_lib.generate.briefs.routines import FEWEST_CASES, Judged, patch_contract, routine_contract
from oracle_lib.generate.briefs.standalone import assembled_alone, origin_of, stand_ins, symbols_of
from oracle_lib.generate.briefs.text import (
    bare,
    comments,
    refuse_brief,
    refuse_copied_code,
    refuse_copied_prose,
    refuse_files,
    refuse_made_up,
    refuse_other_order,
    refuse_unseen,
    refuse_unshown,
    tokens,
    unfenced,
)
from oracle_lib.generate.requests import Draft, Unusable
from oracle_lib.grounding import Evidence
from oracle_lib.items import Item
from oracle_lib.sample import Domain, Task
from oracle_lib.verify import AsmContract, Contract, Span, check

_GAIN = 0.95
"""What an optimised routine may take of the time of the one that was handed in."""
_LINES_A_COMMENT = {Task.COMMENT: 4, Task.DOCUMENT: 8}
"""Code has at least one comment for every so many lines that it begins; equal comments count once."""
_TASKS_ON_CODE = (Task.EXPLAIN, Task.ANSWER, Task.COMMENT, Task.DOCUMENT)


def read_draft(item: Item, brief: Brief, asked: str, output: str) -> Draft:
    """The draft in a teacher's answer to a brief about an item, which is the evidence of prose; `asked` are the words
    that it was asked in. Raises `Unusable` where there is none.
    """
    answer = read(brief.form, output)
    refuse_brief(f"{answer.instruction}\n{answer.output}", asked, item.text, item.comment, item.context)
    draft = _draft(item, brief, answer)
    return replace(draft, evidence=_evidence(item)) if item.domain is Domain.TEXT else draft


def _draft(item: Item, brief: Brief, answer: Form) -> Draft:
    language = language_of(item)
    if brief.shows_item and language != "text" and brief.task in _TASKS_ON_CODE:
        refuse_other_order(answer.instruction, f"{item.source.symbol}\n{item.text}")
    match answer:
        case Prose():
            return _prose(item, brief, language, answer)
        case Cited():
            return _cited(item, answer)
        case Checked():
            refuse_made_up(answer.quote, item.text)
            return Draft(answer.instruction, answer.input, f"{answer.output}\n\n{_source(item)}", None)
        case SameCode():
            return _same_code(item, brief, language, answer)
        case Function():
            return _function(item, brief, answer)
        case Routine():
            return _routine(item, brief, answer)


def shown_code(item: Item, language: Language) -> str:
    """An item's code as a sample's input shows it: fenced, without its author's comments, with where its names lie and
    which of these places are stand-ins. The names of a piece with a defect are those of the sound one.
    """
    code = bare(item.text, language)
    sound = bare(item.context, language) if item.kind == "defect" else code
    return " ".join(filter(None, (f"{_fenced(code, language)}{_told(symbols_of(item), sound)}", stand_ins(item))))


def _fenced(code: str, language: Language) -> str:
    if "```" in code:
        raise Unusable("the code holds a Markdown fence")
    return f"```{'' if language == 'text' else language}\n{code}\n```"


def _told(symbols: Mapping[str, int], *texts: str) -> str:
    """The addresses of the names that the texts use, as a paragraph of an input; empty where they use none."""
    used = _used(symbols, *texts)
    listed = ", ".join(f"`{name}` = ${value:06X}" for name, value in used.items())
    return f"\n\nWhere the names lie: {listed}." if listed else ""


def _used(symbols: Mapping[str, int], *texts: str) -> dict[str, int]:
    words = set(re.findall(r"[A-Za-z_][\w.]*", "\n".join(texts)))
    return {name: value for name, value in symbols.items() if name in words}


def _source(item: Item) -> str:
    return f"Source: {_place(item)}."


def _place(item: Item) -> str:
    return f"{item.source.path}, {item.source.symbol}" if item.source.symbol else item.source.path


def _evidence(item: Item) -> Evidence:
    """All that a teacher was shown of an item."""
    return Evidence(place=_place(item), text="\n\n".join(filter(None, (item.comment, item.text, item.context))))


def _prose(item: Item, brief: Brief, language: Language, answer: Prose) -> Draft:
    if not brief.shows_item:
        refuse_unseen(answer.instruction)
    refuse_copied_prose(_without_code(answer.output), item.text, item.comment, item.context)
    if brief.name == "dialogue":
        _refuse_boxes(answer.output)
    if brief.name == "combat_table" and not re.search(r"(?m)^\|.*\|\s*\n\|[\s:|-]+\|", answer.output):
        raise Unusable("the output has no table")
    shown = shown_code(item, language) if brief.shows_item else ""
    if shown and language != "text":
        known = f"{item.context}\n{item.comment}" if item.kind == "defect" else ""
        refuse_unshown(answer.output, f"{answer.instruction}\n{shown}\n{known}")
        if item.kind == "defect":
            refuse_unaware(answer.output, item, language)
    return Draft(answer.instruction, shown, answer.output, None)


def _without_code(prose: str) -> str:
    return re.sub(r"```.*?(?:```|\Z)|`[^`\n]*`", " ", prose, flags=re.DOTALL)


def _refuse_boxes(dialogue: str) -> None:
    for box in re.split(r"\n[ \t]*\n", dialogue.strip()):
        lines = box.splitlines()
        if len(lines) > BOX_LINES or any(len(line) > BOX_COLUMNS for line in lines):
            raise Unusable("the dialogue does not fit its message boxes")
    if re.search(r"[^\w\s.,!?':-]|_", dialogue):
        raise Unusable("the dialogue has a character that the game cannot show")


def _cited(item: Item, answer: Cited) -> Draft:
    refuse_unseen(answer.instruction)
    refuse_made_up(answer.quote, item.text)
    refuse_copied_prose(answer.output, item.text)
    return Draft(answer.instruction, "", f"{answer.output}\n\n{_source(item)}", None)


def _same_code(item: Item, brief: Brief, language: Language, answer: SameCode) -> Draft:
    code = unfenced(answer.output)
    refuse_files(code, language)
    contract: Contract | None = None
    if language == "asm":
        contract = same_bytes(item)
        if contract is None:
            raise Unusable("the item itself does not assemble alone")
    elif tokens(code, language) != tokens(item.text, language):
        raise Unusable("the answer changes the code")
    if brief.task is Task.CONVERT:
        if tokens(code, language) == tokens(item.text, language):
            raise Unusable("the answer leaves everything as it was")
    else:
        said = set(comments(code, language))
        if len(said) * _LINES_A_COMMENT[brief.task] < len(bare(code, language).splitlines()):
            raise Unusable("the answer has hardly a comment")
        if said <= set(comments(item.text, language)):
            raise Unusable("the answer has no comment but the source's own")
        if brief.task is Task.DOCUMENT and not code.lstrip().startswith((";", "//", "/*")):
            raise Unusable("the answer does not begin with its documentation")
    return Draft(answer.instruction, shown_code(item, language), _fenced(code, language), contract)


def same_bytes(item: Item) -> AsmContract | None:
    """What asks for an item's own bytes, whatever is said in comments; None where it does not assemble alone."""
    alone = assembled_alone(item)
    blocks = [(address, code) for address, code in alone.blocks if code]
    if not blocks:
        return None
    return AsmContract(
        symbols=symbols_of(item),
        origin=origin_of(item),
        entry=item.source.symbol if item.source.symbol in alone.labels else None,
        regions=tuple(Span(address=address, length=len(code)) for address, code in blocks),
        emits=b"".join(code for _, code in blocks),
        cases=(),
    )


def _routine(item: Item, brief: Brief, answer: Routine) -> Draft:
    code, given = unfenced(answer.output), item.text if brief.shows_item else unfenced(answer.input)
    answer = answer.model_copy(update={"output": code, "input": given})
    for text in (code, "" if brief.shows_item else given):
        refuse_files(text, "asm")
    if not brief.may_copy:
        refuse_copied_code(code, item.text, "asm")
    cases = (part for case in answer.cases for part in (case.before, case.after))
    known = symbols_of(item)
    if not brief.shows_item:  # what is made up may not rest on places that are
        known = {name: value for name, value in known.items() if name not in item.stubbed}
    symbols = _used(known, answer.instruction, code, given, *cases)
    judged = patch_contract(answer, symbols) if isinstance(answer, Patch) else routine_contract(answer, symbols)
    contract = _compared(brief, given, judged)
    instruction = " ".join((answer.instruction, *judged.missing))
    shown = _fenced(bare(given, "asm"), "asm") if given else ""
    told = _told(symbols, *symbols)
    return Draft(instruction, f"{shown}{told}".strip(), _answer(code, "asm", answer.remarks), contract)


def _compared(brief: Brief, given: str, judged: Judged) -> AsmContract:
    """The contract, where the code that the instruction is about stands to it as the task says."""
    contract = judged.contract
    if brief.task not in (Task.FIX, Task.CONVERT, Task.OPTIMISE):
        return contract
    if not given:
        raise Unusable("input is empty")
    verdict = check(given, contract)
    if brief.task is not Task.OPTIMISE:
        if verdict.passes:
            raise Unusable("the code that is handed in meets the contract already")
        return contract
    if not verdict.passes or verdict.cycles is None:
        raise Unusable("the code to optimise does not meet the contract itself")
    return contract.model_copy(update={"max_cycles": int(verdict.cycles * _GAIN)})


def _function(item: Item, brief: Brief, answer: Function) -> Draft:
    code, given = unfenced(answer.output), item.text if brief.shows_item else unfenced(answer.input)
    for text in (code, "" if brief.shows_item else given):
        refuse_files(text, "cpp")
    if not brief.may_copy:
        refuse_copied_code(code, item.text, "cpp")
    signature = read_signature(answer.signature)
    contract = function_contract(signature, answer.cases, FEWEST_CASES)
    if brief.task in (Task.FIX, Task.CONVERT):
        if not given:
            raise Unusable("input is empty")
        if check(given, contract).passes:
            raise Unusable("the code that is handed in meets the contract already")
    declared = signature.function.signature
    missing = (
        ""
        if signature.function.name in answer.instruction and declared in answer.instruction
        else f" Signature: `{declared}`."
    )
    shown = _fenced(bare(given, "cpp"), "cpp") if given else ""
    return Draft(answer.instruction + missing, shown, _answer(code, "cpp", answer.remarks), contract)


def _answer(code: str, language: Language, remarks: str) -> str:
    return f"{_fenced(code, language)}\n\n{remarks}".strip()
