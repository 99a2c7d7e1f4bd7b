"""What the knowledge graph says about a question: a line for each thing that the question names. It answers nothing."""

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from oracle_lib.quality.knowledge.instructions import instruction
from oracle_lib.quality.knowledge.places import memories, place, registers
from oracle_lib.quality.text import identifiers
from oracle_lib.verify.assembler.opcodes import MNEMONICS

if TYPE_CHECKING:
    from oracle_lib.quality.knowledge.graph import Knowledge

_THING = re.compile(r"(?<![\w#$])(?:\$|0x)[0-9A-Fa-f]{2,6}(?!\w)|(?<![\w.$])!?[A-Za-z_]\w*(?:(?:::|\.)~?\w+)*")
_NAMES_AN_ADDRESS = re.compile(
    r"(?:\b[A-Z]{3}(?:\.[bwl])?|\baddress(?:es)?|\bdirect page|\bW?RAM|\bat|\bof)\s+$", re.IGNORECASE
)
"""What stands before two digits that are an address; elsewhere they may be a room, a sprite or any number."""
_BEFORE_0X = re.compile(
    r"(?:(?P<file>\boffsets?|\bposition|\bfile|\bPC)|(?P<console>\baddress(?:es)?|\b[WSV]?RAM|\bregister))"
    r"(?:\s+(?:address|offset|is|of|at|from))*[\s:=]+$",
    re.IGNORECASE,
)
"""What says of a number with 0x in front of it that it is a place in the file, or an address of the console. Else it
may be a size, a mask or any number of C++; only $ makes an address by itself.
"""
_ASKS_WHERE = re.compile(r"\b(?:where|address(?:es)?|[WS]?RAM|memory|bytes?|registers?)\b", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z][A-Z\d]{2,}")
_ACRONYM = re.compile(
    r"ALTTP|APU|ASM|BCD|BG\d|BPS|BRR|CGRAM|CPU|DMA|DSP|FAQ|GFX|HDMA|HDR|HUD|IPS|IRQ|LZ2|NMI|NPC|NTSC|OAM|OBJ|PAL|PPU\d?|"
    r"RAM|ROM|SNES|SPC\d*|SRAM|USA|VRAM|WRAM|YAZE"
)
"""Words in capitals that name no register."""
_TERM = re.compile(
    r"(?:Ex)?(?:Lo|Hi)ROMs?|(?:Fast|Slow)ROM|SuperFX|[hm]DMA|ALttPR?|ZScream|HyruleMagic|RetroArch|(?:mac|i)OS|iPhone|"
    r"Git(?:Hub|Lab)|YouTube|ChatGPT|OpenAI|DeepSeek|LoRA|(?:Java|Type|Coffee)Script|VSCode|PlayStation|GameCube|"
    r"GameBoy|PowerPC|WinDbg|PowerShell|SQLite|OpenGL|DirectX|u?int(?:8|16|32|64)_t|u?intptr_t|s?size_t|wchar_t|std::\w+"
)
"""Words in mixed case, and types of C++, that name no symbol; one that a source defines so is told all the same."""
_BANK_AND_ADDRESS = re.compile(r"(?<![\w:])\$?([0-9A-Fa-f]{2}):\$?([0-9A-Fa-f]{4})(?![\w:])")
"""An address as debuggers write it, $7E:0010."""
_SAYS_LITTLE = re.compile("a|an|and|at|by|for|how|i|in|is|it|link|many|not|of|on|or|that|the|thi|to|what|which")
_MNEMONIC = re.compile(r"([A-Za-z]{3})(?:\.[bwl])?")
_ASKS_ABOUT_AN_INSTRUCTION = re.compile(
    "a|about|address|addressing|an|and|are|be|between|bits?|bytes?|can|changes?|codes?|cpu|describe|differences?|do|does|"
    "encode[ds]?|encodings?|exactly|explain|exists?|flags?|for|forms?|has|have|hex|how|i|in|instructions?|is|it|its|"
    "long|many|me|mean|means|mnemonics?|modes?|of|on|op|opcodes?|operands?|or|per|please|65816|65c816|short|size|snes|"
    "take|tell|the|there|to|use|used|uses|vs|what|when|which|why|with|works?",
    re.IGNORECASE,
)
"""Words of a question that is about nothing but the instructions it names."""
_MOST_INSTRUCTIONS = 4
_FAR = 40
"""Characters before a number that are looked at."""
_LARGEST_FILE = 0x400000
_MOST_NAMED = 3


def look_up(knowledge: "Knowledge", text: str) -> tuple[str, ...]:
    """The lines of `Knowledge.look_up`."""
    if instructions := _instructions_alone(text):
        return instructions
    text = _BANK_AND_ADDRESS.sub(r"$\1\2", text)
    shaped = identifiers(text)
    lines = dict[str, None]()
    for found in _THING.finditer(text):
        thing = found[0]
        before = text[max(0, found.start() - _FAR) : found.start()]
        if thing[0] == "$":
            if len(thing) > 4 or _NAMES_AN_ADDRESS.search(before):
                lines |= dict.fromkeys(_of_address(knowledge, int(thing[1:], 16)))
        elif thing.startswith("0x"):
            lines |= dict.fromkeys(_of_0x(knowledge, int(thing, 16), before))
        else:
            member = thing.rpartition(".")[2]  # of an object, whose name says nothing
            name = member if member in shaped else thing
            lines |= dict.fromkeys(_of_name(knowledge, name, "::" in name or name.lstrip("!") in shaped))
            if _CAPITALS.fullmatch(thing) and _ASKS_WHERE.search(text):
                lines |= dict.fromkeys(_of_no_register(knowledge, thing))
    return tuple(lines) or (_by_description(text) if _ASKS_WHERE.search(text) else ())


def _instructions_alone(text: str) -> tuple[str, ...]:
    """The instructions that a text asks about and speaks of nothing else: not code, nor a task that names some."""
    found = dict[str, None]()
    for word in re.findall(r"[$#]?[\w.]*\w", text):
        written = _MNEMONIC.fullmatch(word)
        known = instruction(written[1]) if written else None
        if known and (word.isupper() or not _ASKS_ABOUT_AN_INSTRUCTION.fullmatch(word)):
            found[str(known)] = None
        elif not _ASKS_ABOUT_AN_INSTRUCTION.fullmatch(word):
            return ()
    return tuple(found) if len(found) <= _MOST_INSTRUCTIONS else ()


def _of_no_register(knowledge: "Knowledge", name: str) -> list[str]:
    names = [register.name for register in registers().values()]
    if name in names or name in MNEMONICS or _ACRONYM.fullmatch(name) or knowledge.symbol(name):
        return []
    near = get_close_matches(name, names)
    return [f"{name}: no hardware register is called so" + (f"; near are {', '.join(near)}" if near else "")]


def _by_description(text: str) -> tuple[str, ...]:
    """Places in memory all of whose description stands in the text: of those, the ones that are described at most
    length.
    """
    said = _words(text)
    found = [(len(words), one.address) for one in memories() if (words := _words(one.what)) and words <= said]
    most = max((length for length, _ in found), default=0)
    places = [place(address) for length, address in found if length == most]
    return tuple(map(str, places)) if len(places) <= _MOST_NAMED else ()


def _words(text: str) -> frozenset[str]:
    """The words that say what something is, in their singular."""
    found = re.findall(r"[a-z]+", text.lower().replace("'s", ""))
    return frozenset(one for word in found if not _SAYS_LITTLE.fullmatch(one := word.removesuffix("s")))


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


def _of_0x(knowledge: "Knowledge", number: int, before: str) -> list[str]:
    said = _BEFORE_0X.search(before)
    if number >> 17 == 0x7E >> 1 or (said and said["console"]):  # no file reaches as far as the banks of WRAM
        return _of_address(knowledge, number)
    if said and said["file"] and number < _LARGEST_FILE:
        address = number // 0x8000 << 16 | 0x8000 | number % 0x8000
        inside = knowledge.within(address)
        where = f", in {inside}" if inside else ""
        return [f"0x{number:X}: as an offset in a LoROM file without a header it is ${address:06X}{where}"]
    return []


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
    if _TERM.fullmatch(name):
        return []
    if not knowledge.domains:
        return [f"{name}: not known, because no source of code is configured"]
    if knowledge.is_called(name):
        return [f"{name}: called, and defined in none of the configured sources"]
    near = knowledge.near(name)
    return [f"{name}: in none of the configured sources" + (f"; near are {', '.join(near)}" if near else "")]
