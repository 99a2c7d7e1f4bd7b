"""What a piece of 65816 code defines and uses, line by line as the assembler reads it. Nothing is assembled: code with
mistakes in it is read too.
"""

import re
from collections.abc import Iterator

from oracle_lib.verify.answers.blocks import Block
from oracle_lib.verify.answers.part import Part, leaves_out
from oracle_lib.verify.assembler.model import StatementFault
from oracle_lib.verify.assembler.opcodes import Statement, read_line
from oracle_lib.verify.assembler.text import NAME, lines_of, masked

_DATA = frozenset(("db", "dw", "dl", "dd"))
_LAYOUT = """
org base skip fill fillbyte fillword pad padbyte macro endmacro if elseif else endif while endwhile rep namespace struct
endstruct function pushpc pullpc assert warnpc print lorom hirom arch math incsrc incbin freecode freedata freespace
cleartable table optimize
"""
_DIRECTIVES = _DATA.union(_LAYOUT.split())
_ENDS = frozenset(("RTS", "RTL", "RTI", "JMP", "JML", "BRA", "BRL", "STP"))
_ASSIGNS = frozenset(("=", ":=", "+=", "?=", "#="))
_FOREIGN = re.compile(
    r"""(?:\w{1,80}:\s)?\s*(?!(?:return|import|from|if|elif|while|for|not|in|raise|yield|assert|del)\b)\.?[A-Za-z]{2,8}(?:\.[A-Za-z])?\s+
        (?:[#$%(\[-]{0,3}[$\dA-Fa-f][\dA-Fa-f]*\W|[#$%(\[-]{0,3}\$?\d[\dA-Fa-f]*\Z|[^\s,]{1,40},\s?\S{1,40}\Z|\w{1,2}\Z)""",
    re.VERBOSE,
)
"""What another assembler's instruction or data looks like: a word before a number, or before two operands."""
_LABELLED = re.compile(
    r"^[ \t]*(?!(?:else|try|finally|except)\b)[A-Za-z_]\w*:[ \t]*(?:;[^\n]*)?\n[ \t]+\S", re.MULTILINE
)
_ADDRESS = re.compile(r"\$([0-9A-Fa-f]{1,6})")
_USED = re.compile(r"(?<![\w.$!%])[!%]?[A-Za-z_]\w*")


def read(block: Block) -> Part:
    """Sublabels are named as the assembler names them, `.loop` of `Main` is `Main_loop`; a define is named with its `!`
    and a macro with its `%`. A name alone at the start of a line counts as a routine: other assemblers need no colon.
    """
    labels: set[str] = set()
    bare: set[str] = set()
    defines: set[str] = set()
    uses: set[str] = set()
    places: set[str] = set()
    parents: list[str] = []
    namespace = ""
    statements, ends, emits, in_macro = 0, False, False, False
    for line in lines_of(block.text):
        uses.update(_USED.findall(masked(line)))
        for statement in _statements(line):
            for label in statement.labels:
                if name := _full_name(label.strip("#:"), parents):
                    labels.add(namespace + name)
            statements += is_statement(statement)
            if statement.operation:
                emits |= not in_macro
                ends |= statement.operation.mnemonic in _ENDS
            match [word.lower() for word in statement.rest[:1]], statement.rest[1:]:
                case ["org"], [where, *_]:
                    places.add(place(where))
                case ["namespace"], [name, *_]:
                    namespace = "" if name.lower() == "off" else name.strip('"') + "_"
                case ["macro"], [heading, *_]:
                    defines.add("%" + heading.partition("(")[0])
                    in_macro = True
                case ["endmacro"], _:
                    in_macro = False
                case ["function" | "struct"], [heading, *_]:
                    defines.add(heading.partition("(")[0])
                case [_], [sign, *_] if sign in _ASSIGNS:
                    defines.add(statement.rest[0])
                case [name], _ if name in _DATA:
                    emits = emits or not in_macro
                case [_], _ if not statement.operation and NAME.fullmatch(statement.rest[0]):
                    bare.add(statement.rest[0])
    return Part(
        text=block.text,
        routines=frozenset(labels | bare if statements else ()),
        defines=frozenset(defines | labels),
        uses=frozenset(uses),
        calls=frozenset(),
        places=frozenset(places),
        statements=statements,
        is_whole=block.closed and ends and not leaves_out(block.text),
        comes_first=not emits,
        introduction=block.introduction,
    )


def place(where: str) -> str:
    """The operand of an `org`, so written that the same address is the same text: in a mirror or with other zeros."""
    found = _ADDRESS.fullmatch(where)
    return f"{int(found[1], 16) & 0x7FFFFF:06X}" if found else where.upper()


def _statements(line: str) -> tuple[Statement, ...]:
    try:
        return read_line(line)
    except StatementFault:
        return ()


def _full_name(written: str, parents: list[str]) -> str:
    name = written.lstrip(".")
    level = len(written) - len(name)
    if not NAME.fullmatch(name) or level > len(parents):
        return ""
    parents[level:] = [f"{parents[level - 1]}_{name}" if level else name]
    return parents[level]


def is_statement(statement: Statement) -> bool:
    """Whether it is an instruction, data or a directive; no label alone, which prose with a colon would be too."""
    word = statement.rest[0] if statement.rest else ""
    assigns = len(statement.rest) > 2 and statement.rest[1] in _ASSIGNS
    return bool(statement.operation) or assigns or word[:1] == "%" or word.lower() in _DIRECTIVES


def may_be_code(text: str) -> bool:
    """Whether a line may be an instruction or data, of another assembler too. Prose and other languages are neither."""
    return bool(_LABELLED.search(text)) or any(
        _FOREIGN.match(line)
        or any(found.operation or _is_data(found.rest[0] if found.rest else "") for found in _statements(line))
        for line in lines_of(text)
    )


def _is_data(word: str) -> bool:
    return word[:1] == "%" or word.lower() in _DATA


def paragraphs(text: str) -> list[Block]:
    """The code in an answer that marks none. Prose between two pieces of code keeps them apart.

    A paragraph is code from its first line that can be a statement, a label or a comment to its last, so a line that is
    neither stays where it stands among others: a mistake in a routine must not vanish.
    """
    pieces: list[list[str]] = [[]]
    for paragraph in _paragraphs(text):
        marks = [_is_code(line, before) for line, before in zip(paragraph, ["", *paragraph], strict=False)]
        if True not in marks:
            pieces.append([])
            continue
        first, last = marks.index(True), len(marks) - marks[::-1].index(True)
        if first:
            pieces.append([])
        pieces[-1] += ["", *paragraph[first:last]]
        if last < len(marks):
            pieces.append([])
    return [Block("\n".join(piece).strip("\n")) for piece in pieces if piece]


def _paragraphs(text: str) -> Iterator[list[str]]:
    lines: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            lines.append(line)
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def _is_code(line: str, before: str) -> bool:
    [uncommented] = lines_of(line)
    if not uncommented:
        return True
    if before.rstrip().endswith(",") and " " not in uncommented:
        return True
    return any(is_statement(found) or (found.labels and not found.rest) for found in _statements(uncommented))
