"""What can be asked about an item, as data: which tasks suit which kind, and how each is put to a teacher."""

from dataclasses import dataclass
from typing import Literal

from oracle_lib.generate.briefs.forms import Checked, Cited, Form, Function, Patch, Prose, Routine, SameCode
from oracle_lib.items import Item, ItemKind
from oracle_lib.params import Expert
from oracle_lib.sample import Domain, Task

Language = Literal["asm", "cpp", "text"]

_CPP_ENDINGS = (".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp")
_ASM_ENDINGS = (".asm", ".s", ".inc")
LONGEST = 8_000
"""Characters of an item that a teacher is still asked about: a longer one is no single thought, and costs too much."""

BOX_LINES, BOX_COLUMNS = 3, 32
"""The most lines of a message box, and characters of a line, that a sample of dialogue may have."""


@dataclass(frozen=True)
class Brief:
    """One thing to ask about items of some `kinds` in one `language` (none: in any).

    `ask` is said to the teacher, and `form` is what it answers with. Where there are `subjects`, one of them stands for
    `{subject}` in the ask: shown a list, small models ask for all of it in the list's own words. With `shows_item` the
    item's text is the sample's input, as it stands. With `may_copy` the answer may repeat the source, as a comment of
    its code must.
    """

    name: str
    task: Task
    kinds: tuple[ItemKind, ...]
    language: Language | None
    form: type[Form]
    ask: str
    shows_item: bool = False
    may_copy: bool = False
    subjects: tuple[str, ...] = ()


_STEPS: tuple[ItemKind, ...] = ("routine", "hook", "function", "method")
_LAYOUTS: tuple[ItemKind, ...] = ("table", "class")

BRIEFS = (
    Brief(
        "write_routine",
        Task.WRITE,
        ("routine",),
        "asm",
        Routine,
        "Invent a task that somebody who learned from this code could be set: the same subject and the same means, but "
        "another effect. Write the routine that solves it. It must run by itself: no calls to routines of the game, no "
        "hardware registers, RAM only.",
    ),
    Brief(
        "check_row",
        Task.WRITE,
        ("row",),
        "asm",
        Routine,
        "This is an answer that was never run. Put its question so that it can be checked, with every address and "
        "width in it, and give the answer as it should be: one routine that runs by itself. Mend what is wrong with "
        "it.",
        may_copy=True,
    ),
    Brief(
        "write_table_reader",
        Task.WRITE,
        ("table",),
        "asm",
        Routine,
        "Write a routine that looks something up in a table like this one. The routine brings its own table of at most "
        "16 entries below its code, and the instruction lists the entries.",
    ),
    Brief(
        "fix_routine",
        Task.FIX,
        ("routine",),
        "asm",
        Routine,
        "Make up a short routine of the same subject that runs by itself, and put one defect into it that people "
        "really make: a wrong width, a lost carry, a wrong branch, a loop that runs once too often, a register that "
        "is lost. The input is the routine with the defect, the output the whole mended routine. The instruction "
        "says what the routine should do and what goes wrong, not why. The remarks name the defect.",
    ),
    Brief(
        "optimise_routine",
        Task.OPTIMISE,
        ("routine",),
        "asm",
        Routine,
        "Make up a routine of the same subject that runs by itself and is right, but needlessly slow. The input is "
        "that routine, the output an equivalent one of fewer cycles. The remarks say what was saved.",
    ),
    Brief(
        "convert_routine",
        Task.CONVERT,
        ("routine",),
        "asm",
        Routine,
        "Make up a short routine of the same subject that runs by itself, and have it converted to another "
        "convention: other register widths, RTL for RTS, other addresses, bytes to words, or a loop that counts the "
        "other way with another result layout. The input is the old routine. The contract is that of the new one, "
        "and the old one must not meet it.",
    ),
    Brief(
        "hook_routine",
        Task.HOOK,
        ("routine", "hook"),
        "asm",
        Patch,
        "Write a patch that hooks a routine. The input is a short routine like the source's, made up by you, that runs "
        "by itself, with an org below $00FFC0 before it. The output has an org at an instruction of it with a JSL or "
        "JML over whole instructions, and an org in the free space with the new code, which repeats what was "
        "overwritten. The instruction names the place to hook and the free space. The cases call the patched routine.",
    ),
    Brief(
        "fix_defect",
        Task.FIX,
        ("defect",),
        "asm",
        Routine,
        "This code has a defect. Say in the instruction what the code should do and what goes wrong; the code "
        "itself is added for you. The output is the whole mended code, and the remarks name the defect. The cases show "
        "it: the code as it stands must fail at least one.",
        shows_item=True,
        may_copy=True,
    ),
    Brief(
        "comment_code",
        Task.COMMENT,
        ("routine", "table", "hook"),
        "asm",
        SameCode,
        "Have this code commented. The output is the same code, instruction for instruction, with short comments "
        "behind `;` that say what a step is for, not what its mnemonic means. Change nothing else.",
        shows_item=True,
        may_copy=True,
    ),
    Brief(
        "document_code",
        Task.DOCUMENT,
        ("routine", "table", "hook"),
        "asm",
        SameCode,
        "Have this code documented. The output begins with a block of `;` comments: what it does, what it expects in "
        "registers and memory and at which widths, what it gives back, and what it changes. Below it follows the same "
        "code, instruction for instruction.",
        shows_item=True,
        may_copy=True,
    ),
    Brief(
        "convert_table",
        Task.CONVERT,
        ("table",),
        "asm",
        SameCode,
        "Have this table written in another notation, and have it keep its bytes: words for pairs of bytes, decimal or "
        "binary for hexadecimal, a row a record. The instruction says which. Keep the labels.",
        shows_item=True,
        may_copy=True,
    ),
    Brief(
        "write_function",
        Task.API,
        ("function", "method", "class"),
        "cpp",
        Function,
        "Invent a task that somebody who learned from this code could be set: the same formats and ideas, but "
        "another function. It must compile by itself: numbers, bytes and strings, no type or function of the source. "
        "Check bounds where data may be short.",
    ),
    Brief(
        "check_row_cpp",
        Task.API,
        ("row",),
        "cpp",
        Function,
        "This is an answer that was never run. Put its question so that it can be checked, with every rule in it, and "
        "give the answer as it should be: one function that compiles by itself. Mend what is wrong with it.",
        may_copy=True,
    ),
    Brief(
        "fix_function",
        Task.FIX,
        ("function",),
        "cpp",
        Function,
        "Make up a short function of the same subject that compiles by itself, and put one defect into it that people "
        "really make. The input is the function with the defect, the output the whole mended one. The instruction says "
        "what it should do and what goes wrong, not why. The remarks name the defect.",
    ),
    Brief(
        "convert_function",
        Task.CONVERT,
        ("function",),
        "cpp",
        Function,
        "Make up a short function of the same subject that compiles by itself, and have it converted: to another "
        "signature, another container, another byte order, the inverse mapping. The input is the old one.",
    ),
    Brief(
        "fix_defect_cpp",
        Task.FIX,
        ("defect",),
        "cpp",
        Function,
        "This code has a defect. Say in the instruction what the code should do and what goes wrong; the code "
        "itself is added for you. The output is the whole mended code, and the remarks name the defect. The cases show "
        "it: the code as it stands must fail at least one.",
        shows_item=True,
        may_copy=True,
    ),
    Brief(
        "comment_code_cpp",
        Task.COMMENT,
        ("function", "method"),
        "cpp",
        SameCode,
        "Have this code commented. The output is the same code with short comments that give reasons, units and "
        "formats. Change nothing else.",
        shows_item=True,
        may_copy=True,
    ),
    Brief(
        "document_code_cpp",
        Task.DOCUMENT,
        ("function", "method", "class"),
        "cpp",
        SameCode,
        "Have this code documented. The output begins with a `///` comment: what it does, each parameter with its "
        "unit, what it returns, how it fails. Below it follows the same code.",
        shows_item=True,
        may_copy=True,
    ),
    Brief(
        "explain_code",
        Task.EXPLAIN,
        (*_STEPS, *_LAYOUTS),
        None,
        Prose,
        "Have this code explained; the code, without its comments, is added to the instruction for you. The output "
        "says what it is for, then how it does it in the order in which it runs, then what a caller must know: "
        "widths, registers, memory, how it returns.",
        shows_item=True,
    ),
    Brief(
        "answer_about_code",
        Task.ANSWER,
        _STEPS,
        None,
        Prose,
        "Ask one precise question, by its names and numbers, on {subject}. The answer can be read off this code, which "
        "is added to the instruction for you, without its comments.",
        shows_item=True,
        subjects=(
            "when one of its branches is taken",
            "why one of its numbers has that value",
            "why one line stands before another",
            "what one of its lines protects against",
            "what it leaves in one place in memory",
            "what it expects of its caller",
        ),
    ),
    Brief(
        "answer_about_layout",
        Task.ANSWER,
        _LAYOUTS,
        None,
        Prose,
        "Ask one precise question, by its names and numbers, on {subject}. The answer can be read off this code, which "
        "is added to the instruction for you, without its comments.",
        shows_item=True,
        subjects=(
            "what one of its parts is for",
            "how large one of its parts is",
            "where one of its parts lies in it",
            "how two of its parts differ",
        ),
    ),
    Brief(
        "explain_defect",
        Task.EXPLAIN,
        ("defect",),
        None,
        Prose,
        "This code has a defect. Have it found and explained; the code itself, without its comments, is added "
        "to the instruction for you, which does not name the defect. The output quotes what is wrong and what it has "
        "to be, each in backquotes, and says what comes of it when the code is assembled or run.",
        shows_item=True,
    ),
    Brief(
        "answer_defect",
        Task.ANSWER,
        ("defect",),
        None,
        Prose,
        "This code has a defect. Describe the symptom as somebody sees it who does not know the cause, and ask "
        "for the cause; the code itself, without its comments, is added to the instruction for you. The output quotes "
        "what is wrong and what it has to be, each in backquotes, and says how that leads to the symptom.",
        shows_item=True,
    ),
    Brief(
        "explain_log",
        Task.EXPLAIN,
        ("log",),
        None,
        Prose,
        "Have this log explained; it is added to the instruction for you. The output says what happened in what order, "
        "which line shows the fault, and what that line alone does not prove.",
        shows_item=True,
    ),
    Brief(
        "answer_log",
        Task.ANSWER,
        ("log",),
        None,
        Prose,
        "Describe the symptom as its user would and ask for the cause; the log is added for you. The output names the "
        "most likely cause with the line that shows it, how to confirm it, and the smallest repair.",
        shows_item=True,
    ),
    Brief(
        "answer_document",
        Task.ANSWER,
        ("document", "row"),
        None,
        Cited,
        "Ask one question that this text answers, in the words of somebody who has not read it, and answer it from "
        "this text alone.",
    ),
    Brief(
        "explain_document",
        Task.EXPLAIN,
        ("document",),
        None,
        Cited,
        "Have one idea or workflow of this text explained to somebody who is about to use it: the steps in order, what "
        "each one changes, and what goes wrong most easily.",
    ),
)
"""What is asked for experts in code."""

STORY = {
    "nayru-canon": (
        Brief(
            "canon_question",
            Task.ANSWER,
            ("document", "row"),
            None,
            Cited,
            "Ask one question on lore or timeline that this text settles, and answer it from this text alone. Tell "
            "what it establishes from what only follows from it, and say so where it leaves something open.",
        ),
        Brief(
            "canon_timeline",
            Task.DOCUMENT,
            ("document",),
            None,
            Cited,
            "Ask for the order of the events that this text tells, and give it: a numbered list, an event a line, with "
            "what dates each. Leave out what the text does not place.",
        ),
    ),
    "zelda-plotweaver": (
        Brief(
            "plot_outline",
            Task.DOCUMENT,
            ("document",),
            None,
            Prose,
            "Ask for the outline of a scene or a short arc that fits this text without retelling it: name the premise, "
            "the people and the limits in the instruction. The output gives the beats in order, for each what the "
            "player does, what it sets up and where that pays off.",
        ),
        Brief(
            "plot_pacing",
            Task.ANSWER,
            ("document",),
            None,
            Prose,
            "Pose a problem of plot or pacing that a hack with this material could have, with all facts it takes in "
            "the instruction, and solve it: what to move, cut or foreshadow, and why, with the game's own means.",
        ),
    ),
    "farore-pathfinder": (
        Brief(
            "quest_design",
            Task.DOCUMENT,
            ("document",),
            None,
            Prose,
            "Ask for a quest that fits this text: name the start, the goal, the regions and the items at hand in the "
            "instruction. The output is a numbered order of progress (place, what opens it, what it gives), then a "
            "check that nothing needs what comes later, then where a player could get stuck.",
        ),
        Brief(
            "quest_check",
            Task.ANSWER,
            ("document",),
            None,
            Prose,
            "Describe a small layout of regions, gates and items after this text, all of it in the instruction, and "
            "ask whether it can be finished or in what order. The output follows the gates one by one and decides.",
        ),
    ),
    "din-forge": (
        Brief(
            "combat_table",
            Task.DOCUMENT,
            ("document",),
            None,
            Prose,
            "Ask for the balance of enemies or a boss that this text suggests: name the player's health, weapons and "
            "their damage, and the place, in the instruction. The output is a Markdown table (enemy, health, damage, "
            "hits to defeat, drop) whose numbers follow from each other, then the reason for each row in a line, then "
            "how to test it in play.",
        ),
        Brief(
            "combat_change",
            Task.ANSWER,
            ("document",),
            None,
            Prose,
            "Pose a problem of balance with its numbers in the instruction (too hard, too long, a useless weapon), "
            "in the setting of this text. The output changes as few numbers as it can, computes hits and damage "
            "before and after, and says how to test it.",
        ),
    ),
    "saria-voice": (
        Brief(
            "dialogue",
            Task.DOCUMENT,
            ("document",),
            None,
            Prose,
            "Ask for a dialogue that fits this text: say in the instruction who speaks to whom, where, when, and "
            "what must be said. The output is the dialogue alone, in message boxes with a blank line between them. "
            f"A box has at most {BOX_LINES} lines of at most {BOX_COLUMNS} characters; who speaks stands before a "
            "colon at the beginning of a box. Letters, digits and . , ! ? ' - only, for the game shows nothing else.",
        ),
    ),
    "impa-archivist": (
        Brief(
            "consistency_check",
            Task.DOCUMENT,
            ("document",),
            None,
            Checked,
            "Write a draft of three to six sentences in the style of this text of which one or two contradict it, "
            "and ask to check it. The output lists each contradiction: the draft's words, what the source says, how "
            "to mend it; then what agrees, and what the source does not settle.",
        ),
        Brief(
            "citation",
            Task.ANSWER,
            ("document", "row"),
            None,
            Cited,
            "Name a claim that this text bears out or refutes, and ask where that stands. The output decides, with the "
            "place and as much of the wording as it takes.",
        ),
    ),
}
"""What is asked for the story experts, by what each is for."""

MANNERS = (
    "as one short order",
    "as a question of somebody who is new to this",
    "as a post in a forum: what they have, what they want, what they tried",
    "in a colleague's words, with the limits that matter",
    "as a work item with numbered requirements",
)
"""How an instruction is worded, by the request's phrasing."""


def language_of(item: Item) -> Language:
    """What an item is written in: by its kind, else by the file it stands in, else by its domain."""
    if item.kind in ("log", "document"):
        return "text"
    if item.kind in ("routine", "table", "hook"):
        return "asm"
    if item.kind in ("function", "class", "method"):
        return "cpp"
    if item.kind == "defect" and item.source.path.lower().endswith(_CPP_ENDINGS):
        return "cpp"
    if item.kind == "defect" and item.source.path.lower().endswith(_ASM_ENDINGS):
        return "asm"
    return "cpp" if item.domain is Domain.YAZE else "text" if item.domain is Domain.TEXT else "asm"


def briefs_of(item: Item, expert: Expert) -> tuple[Brief, ...]:
    """What is asked about an item for an expert, in a fixed order; nothing where it is longer than `LONGEST`.

    Only what its own domain asks for: an expert is asked nothing about a domain that it has no target in.
    """
    if item.domain not in expert.domains or len(item.text) > LONGEST:
        return ()
    language = language_of(item)
    asked = STORY.get(expert.name, ()) if expert.language == "text" else BRIEFS
    return tuple(brief for brief in asked if item.kind in brief.kinds and brief.language in (None, language))
