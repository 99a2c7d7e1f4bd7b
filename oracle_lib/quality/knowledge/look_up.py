"""What the knowledge graph says about a question: a line for each thing that the question names. It answers nothing."""

import re
from typing import TYPE_CHECKING

from oracle_lib.quality.knowledge.places import place, registers
from oracle_lib.quality.text import identifiers
from oracle_lib.verify.assembler.opcodes import MNEMONICS

if TYPE_CHECKING:
    from oracle_lib.quality.knowledge.graph import Knowledge

_THING = re.compile(r"(?<![\w#$])(?:\$|0x)[0-9A-Fa-f]{2,6}(?!\w)|(?<![\w.$])!?[A-Za-z_]\w*(?:(?:::|\.)~?\w+)*")
_NAMES_AN_ADDRESS = re.compile(
    r"(?:\b[A-Z]{3}(?:\.[bwl])?|\baddress(?:es)?|\bdirect page|\bW?RAM|\bat|\bof)\s+$", re.IGNORECASE
)
"""What stands before two digits that are an address; elsewhere they may be a room, a sprite or any number."""
_MOST_NAMED = 3


def look_up(knowledge: "Knowledge", text: str) -> tuple[str, ...]:
    """The lines of `Knowledge.look_up`."""
    shaped = identifiers(text)
    lines = dict[str, None]()
    for found in _THING.finditer(text):
        thing = found[0]
        if thing[0] == "$" or thing.startswith("0x"):
            digits = thing.removeprefix("$").removeprefix("0x")
            if len(digits) > 3 or _NAMES_AN_ADDRESS.search(text[: found.start()]):
                lines |= dict.fromkeys(_of_address(knowledge, int(digits, 16)))
        else:
            lines |= dict.fromkeys(_of_name(knowledge, thing, is_shaped="::" in thing or thing in shaped))
    return tuple(lines)


def _of_address(knowledge: "Knowledge", address: int) -> list[str]:
    at = place(address)
    lines = [str(at)] if at.region != "ROM" else []
    if at.register:
        return lines
    lines += map(str, knowledge.named_at(address)[:_MOST_NAMED])
    if at.region == "ROM" and not lines:
        inside = knowledge.within(address)
        lines.append(f"${at.address:06X} lies in {inside}" if inside else f"{at}, of which nothing more is known")
    return lines


def _of_name(knowledge: "Knowledge", name: str, is_shaped: bool) -> list[str]:
    if name.upper() in MNEMONICS:
        return []
    by_name = {register.name: register.address for register in registers().values()}
    if name in by_name:
        return [str(place(by_name[name]))]
    if not is_shaped:
        return []
    functions = {(one.name, one.least, one.most): str(one) for one in knowledge.function(name)}
    lines = [*functions.values()][:_MOST_NAMED] or [*map(str, knowledge.symbol(name)[:_MOST_NAMED])]
    if lines:
        return lines
    if not knowledge.domains:
        return [f"{name}: not known, because no source of code is configured"]
    if knowledge.is_called(name):
        return [f"{name}: called, and defined in none of the configured sources"]
    near = knowledge.near(name)
    return [f"{name}: in none of the configured sources" + (f"; near are {', '.join(near)}" if near else "")]
