"""Takes an item of an assembly project out of it: what it uses of the project is put into its text, or stood in for.
Asks nobody, and reads no file.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from oracle_lib.generate.briefs.asks import language_of
from oracle_lib.generate.mining.expansion import expanded
from oracle_lib.items import Item
from oracle_lib.verify import Assembly, assemble
from oracle_lib.verify.assembler import Limits
from oracle_lib.verify.fragments import assemble_fragment

_LIMITS = Limits(source=50_000, statements=20_000, expansion=200_000, output=0x8000)


def standalone(item: Item) -> Item:
    """The item as somebody sees it who has nothing else of its project: with what its macros, defines and conditionals
    come to. Names that the source gives no place are `stubbed`: labels lie right behind the piece, defines are $00.

    It is as it was where it needs nothing, or does not assemble even so. The names of a piece with a defect are placed
    as the sound one needs them: a name that the defect makes up stays unknown.
    """
    if language_of(item) != "asm" or item.kind == "row" or (not item.preamble and assembled_alone(item).ok):
        return item
    sound = item.context if item.kind == "defect" else item.text
    fragment = assemble_fragment(_behind(item.preamble, sound), item.symbols, origin_of(item))
    if fragment.fault:
        return item
    stubs = {name: fragment.assembly.labels.get(name, 0) for name in fragment.stubbed}
    known = {**item.symbols, **fragment.supplied, **stubs}
    placed = item.model_copy(update={"symbols": known, "stubbed": tuple(stubs)})
    found, text = _expanded(item, item.text, known)
    context = _expanded(item, item.context, known)[1] if item.kind == "defect" else item.context
    alone = placed.model_copy(update={"text": text, "context": context, "preamble": ""})
    if found.ok and assembled_alone(alone).code == found.code:
        return alone
    return placed if item.kind == "defect" else item


def _expanded(item: Item, text: str, known: Mapping[str, int]) -> tuple[Assembly, str]:
    found = _assembled(_behind(item.preamble, text), known, origin_of(item), expand=True)
    return found, expanded(text, item.preamble, found)


def _behind(preamble: str, text: str) -> str:
    return f"{preamble}\n{text}" if preamble else text


def stand_ins(item: Item) -> str:
    """What has to be said of the names that are stubbed; "" where none are."""
    labels = [f"`{name}`" for name in item.stubbed if name[0] != "!"]
    defines = [f"`{name}`" for name in item.stubbed if name[0] == "!"]
    told = [f"Stand-ins for code or data elsewhere: {', '.join(labels)}."] if labels else []
    told += [f"Taken as $00: {', '.join(defines)}."] if defines else []
    return " ".join(told)


def symbols_of(item: Item) -> dict[str, int]:
    """The names of an item that can be labels at an address, in alphabetical order."""
    return _labels_in(item.symbols)


def origin_of(item: Item) -> int:
    """Where an item is assembled, unless it says so itself."""
    return 0x008000 if item.address is None else item.address


def assembled_alone(item: Item) -> Assembly:
    """What the text of an item comes to with its symbols and without its preamble."""
    return _of_text(item.text, tuple(symbols_of(item).items()), origin_of(item))


@lru_cache(maxsize=1024)
def _of_text(text: str, symbols: tuple[tuple[str, int], ...], origin: int) -> Assembly:
    return _assembled(text, dict(symbols), origin)


def _labels_in(symbols: Mapping[str, int]) -> dict[str, int]:
    return {
        name: value
        for name, value in sorted(symbols.items())
        if 0 <= value <= 0xFFFFFF and re.fullmatch(r"[A-Za-z_]\w*", name)
    }


def _assembled(text: str, symbols: Mapping[str, int], origin: int, expand: bool = False) -> Assembly:
    defines = {name[1:]: f"${value:02X}" for name, value in symbols.items() if name[0] == "!"}
    return assemble(text, _labels_in(symbols), origin, defines=defines, expand=expand, limits=_LIMITS, backend="own")
