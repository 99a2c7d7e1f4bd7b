"""Stand-ins for routines of the game that answers call: their bytes at the game's addresses, and their labels. The code
is our own, in `standins.asm`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from oracle_lib.verify.assembler import assemble
from oracle_lib.verify.contract import Span, StandIn


class Laid(NamedTuple):
    """A routine in the ROM: its address and bytes, the names that people call it by, and the memory that it changes."""

    address: int
    code: bytes
    labels: Mapping[str, int]
    writes: tuple[Span, ...]


@cache
def stand_in(name: StandIn) -> Laid:
    """The stand-in of that name."""
    address, writes = {
        "jump_table_local": (0x008781, (Span(address=0x7E0000, length=4),)),
        "jump_table_long": (0x00879C, (Span(address=0x7E0000, length=6),)),
        "random": (0x0DBA71, (Span(address=0x7E0FA1, length=1),)),
    }[name]
    assembly = assemble(Path(__file__).with_name("standins.asm").read_text(), backend="own")
    assert assembly.ok, assembly.diagnostics
    labels = {label: place for label, place in assembly.labels.items() if place == address}
    return Laid(address, dict(assembly.blocks)[address], labels, writes)
