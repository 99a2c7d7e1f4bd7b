"""A routine's text as mining needs it: without its project's macros and defines, one statement a line, and assembled.
Knows no other text of the source.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from oracle_lib.generate.mining.expansion import expanded
from oracle_lib.generate.mining.machine import Reason, Stopped
from oracle_lib.items import Item
from oracle_lib.verify import Assembly, assemble
from oracle_lib.verify.assembler import Limits, Mode

_LABEL = re.compile(r"^#?[A-Za-z_]\w*:|^[+-]+$")
_CONSTANT = re.compile(
    r"(\s+[A-Z]{3}(?:\.[bw])? #)(?=\S*[-+*/(<>|&])(?:[$%][0-9A-F]++|\d++|[-+*/()<>|&])++(?=\s|$)", re.IGNORECASE
)
"""An immediate that is more than one number, and nothing but numbers."""
_LIMITS = Limits(source=100_000, statements=20_000, expansion=400_000, output=0x8000)


def plain(text: str) -> str:
    """A text as this project prints assembly: no addresses before the instructions, one statement a line."""
    lines = []
    for line in text.splitlines():
        code, mark, comment = line.partition(";")
        if code.strip() in ("", "{", "}"):
            continue
        statements = [part.strip() for part in re.split(r"\s:\s", code.strip())]
        for place, statement in enumerate(statements):
            margin = "" if _LABEL.match(statement) or statement.startswith((".", "pool ")) else "    "
            if margin and re.match(r"[a-z]{3}(\.[bwl])?(\s|$)", statement):
                statement = statement[:3].upper() + statement[3:]
            said = f" ; {comment.strip()}" if mark and comment.strip() and place == len(statements) - 1 else ""
            lines.append(f"{margin}{statement}{said}")
    return "\n".join(lines)


def resolved(item: Item, symbols: Mapping[str, int]) -> str:
    """An item's text with what its macros, defines and conditionals come to, which a contract's symbols cannot say: so
    an answer needs none of them. Raises `Stopped` where it does not assemble behind its preamble."""
    assert item.address is not None
    assembly = assembled(f"{item.preamble}\n{item.text}", symbols, item.address, expand=True)
    if not assembly.ok:
        raise Stopped(Reason.ASSEMBLY, first_error(assembly))
    return expanded(item.text, item.preamble, assembly)


def qualified(text: str, name: str, symbols: Mapping[str, int]) -> str:
    """The text with the full names of sublabels that stand elsewhere, as in a table's own pool."""
    own = set(re.findall(r"^\.(\w+)", text, re.MULTILINE))

    def full(found: re.Match[str]) -> str:
        outside = found[1] not in own and f"{name}_{found[1]}" in symbols
        return f"{name}_{found[1]}" if outside else found[0]

    lines = []
    for line in text.splitlines():
        code, mark, comment = line.partition(";")
        lines.append((re.sub(r"(?<![\w.$])\.(\w+)", full, code) if line.startswith(" ") else code) + mark + comment)
    return "\n".join(lines)


def counted_out(text: str, assembly: Assembly) -> str:
    """The text with the values of constants that are sums of numbers, as arguments of macros often make them."""
    lines = text.splitlines()
    for one in assembly.listing:
        if one.mode is Mode.IMMEDIATE and (found := _CONSTANT.match(lines[one.line - 1])):
            value = int.from_bytes(one.code[1:], "little")
            lines[one.line - 1] = f"{found[1]}${value:0{2 * len(one.code) - 2}X}{lines[one.line - 1][found.end() :]}"
    return "\n".join(lines)


def assembled(text: str, symbols: Mapping[str, int], origin: int, expand: bool = False) -> Assembly:
    known = {name: value for name, value in symbols.items() if name[0] != "!" and 0 <= value <= 0xFFFFFF}
    assembly = assemble(text, known, origin, backend="own", pool=True, expand=expand, limits=_LIMITS)
    return replace(assembly, ok=assembly.ok and len(assembly.blocks) == 1)


def first_error(assembly: Assembly) -> str:
    errors = [str(one.message) for one in assembly.diagnostics if one.severity == "error"]
    return errors[0] if errors else "it is not one piece of code"
