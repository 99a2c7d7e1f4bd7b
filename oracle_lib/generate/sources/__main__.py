"""Lists the sources and says which of them are there, or reads one and prints how many items of each kind it gives, in
which time, and three of them. It keeps nothing.
"""

import sys
import time
from collections import Counter
from pathlib import Path

from oracle_lib import OracleError
from oracle_lib.generate.sources import is_on, is_there, read_one
from oracle_lib.items import Item
from oracle_lib.params import load_sources
from oracle_lib.terminal import Parser, exit_status
from oracle_lib.words import counted

_SHOWN_LINES = 12


def main(arguments: list[str] | None = None) -> int:
    """0 where the source gives items, 1 where it gives none or is not there."""
    parser = Parser(prog="python -m oracle_lib.generate.sources", description=__doc__)
    parser.add_argument("name", nargs="?", help="a source of params/sources.yaml, such as usdasm")
    parser.add_argument("folder", nargs="?", type=Path, help="read it from here")
    chosen = parser.parse_args(arguments)
    return _list() if chosen.name is None else _report(chosen.name, chosen.folder)


def _list() -> int:
    print(f"{'source':<24}{'domain':<10}{'reader':<14}{'licence':<14}is there")
    for name, source in load_sources().items():
        there = "yes" if is_there(name, source) else f"no: {source.get}"
        there = there if is_on(name, source) else "off: it waits for your opt-in"
        print(f"{name:<24}{source.domain:<10}{source.reader:<14}{source.licence:<14}{there}")
    return 0


def _report(name: str, folder: Path | None) -> int:
    begun = time.perf_counter()
    items = list(read_one(name, folder))
    seconds = time.perf_counter() - begun
    if not items:
        raise OracleError(f"{name} gives no items; see that the folder holds what params/sources.yaml says")
    print(f"{counted(len(items), 'item')} of {name} in {seconds:.1f} s\n")
    print(f"{'kind':<10}{'items':>8}{'lines':>10}{'commented':>11}{'with address':>14}")
    for kind, count in Counter(item.kind for item in items).most_common():
        of_kind = [item for item in items if item.kind == kind]
        lines = sum(item.text.count("\n") + 1 for item in of_kind)
        commented = sum(bool(item.comment) for item in of_kind)
        placed = sum(item.address is not None for item in of_kind)
        print(f"{kind:<10}{count:>8,}{lines:>10,}{commented:>11,}{placed:>14,}")
    for third in (1, 3, 5):
        _show(items[len(items) * third // 6])
    return 0


def _show(item: Item) -> None:
    address = f" at ${item.address:06X}" if item.address is not None else ""
    print(f"\n{item.source.path}:{item.source.line}: {item.kind} {item.source.symbol}{address}")
    for title, text in (
        ("comment", item.comment),
        ("preamble", item.preamble),
        ("text", item.text),
        ("context", item.context),
    ):
        lines = text.splitlines()
        if not lines:
            continue
        more = len(lines) - _SHOWN_LINES
        shown = [*lines[:_SHOWN_LINES], *([f"({more:,} more lines)"] if more > 0 else [])]
        print(
            *(f"  {title:<9}{line}" if number == 0 else f"{'':11}{line}" for number, line in enumerate(shown)), sep="\n"
        )


if __name__ == "__main__":
    sys.exit(exit_status(main))
