"""Puts REP and SEP where they are needed and nowhere else.

Each line says which widths it needs. Here every block of code gets the widths with which it is entered, such that the
switches cost least (a loop's count eightfold), and switches of A and of the index registers meet in one instruction
where they can.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from oracle_lib.tasks.program.compiler.code import Block, Code, Line, Operand, blocks

Which = Literal["m", "x"]


@dataclass(slots=True)
class _Switch:
    """A change to `width` bits that may stand at any place from `earliest` to `latest`."""

    bit: int
    width: int
    earliest: int
    latest: int


def switch(code: Code, m: int, x: int) -> Code:
    """The code with its switches, entered with these widths. Its returns need what they say, like any line."""
    parts = blocks(code)
    switches = _switches(code, parts, "m", m) + _switches(code, parts, "x", x)
    at: dict[int, dict[str, int]] = {}
    for one in _merged(switches):
        op = "REP" if one.width == 16 else "SEP"
        bits = at.setdefault(one.latest, {})
        bits[op] = bits.get(op, 0) | one.bit
    result: Code = []
    names = {0x20: "A", 0x10: "X, Y", 0x30: "A, X, Y"}
    first = True
    for place in range(len(code) + 1):
        for op, mask in at.get(place, {}).items():
            comment = f"{names[mask]} {16 if op == 'REP' else 8}-bit" if first else ""
            result.append(Line(op, Operand(f"#${mask:02X}"), comment=comment))
        if place < len(code):
            line = code[place]
            first &= not isinstance(line, Line) or line.op in ("PHA", "PHX", "PHY")
            result.append(line)
    return result


def _needed(code: Code, block: Block, which: Which) -> list[tuple[int, int]]:
    found = []
    for place in range(block.start, block.stop):
        line = code[place]
        if isinstance(line, Line) and (width := getattr(line, which)):
            found.append((place, width))
    return found


def _switches(code: Code, parts: list[Block], which: Which, entry: int) -> list[_Switch]:
    needed = [_needed(code, block, which) for block in parts]
    widths = {width for block in needed for _, width in block}
    if widths <= {entry}:
        return []
    before: list[list[int]] = [[] for _ in parts]
    for number, block in enumerate(parts):
        for target in (*block.targets, *([block.falls] if block.falls is not None else [])):
            before[target].append(number)
    starts = _starts(parts, needed, before, entry)
    chosen = min(
        (_settled(parts, needed, before, start, order) for order in (-1, 1) for start in starts),
        key=lambda one: sum(_cost(parts, needed, one, number) for number in range(len(parts))),
    )
    return _placed(code, parts, needed, chosen, 0x20 if which == "m" else 0x10)


def _starts(
    parts: list[Block], needed: list[list[tuple[int, int]]], before: list[list[int]], entry: int
) -> list[list[int]]:
    """Two first guesses: what a block or those behind it need first, and what those before it leave."""
    ahead = [block[0][1] if block else 0 for block in needed]
    for _ in parts:
        for number in range(len(parts) - 1, -1, -1):
            if not ahead[number]:
                block = parts[number]
                follow = [*([block.falls] if block.falls is not None else []), *block.targets]
                ahead[number] = next((ahead[other] for other in follow if ahead[other]), 0)
        if all(ahead):
            break
    ahead = [width or entry for width in ahead]
    leaves = [block[-1][1] if block else entry for block in needed]
    behind = list(ahead)
    for number, needs in enumerate(needed):
        earlier = [leaves[other] for other in before[number] if other < number]
        if not needs and earlier:
            behind[number] = leaves[number] = min(earlier, key=lambda width: (width == entry, width))
    ahead[0] = behind[0] = entry
    return [behind, ahead]


def _settled(
    parts: list[Block], needed: list[list[tuple[int, int]]], before: list[list[int]], widths: list[int], order: int
) -> list[int]:
    """Changes the guess block by block, the first or (`order` -1) the last one first, as long as that costs less."""
    widths = list(widths)
    groups = _groups(parts)
    for group in groups:
        for number in group:
            widths[number] = widths[group[0]]
    for _ in range(4):
        changed = False
        for group in groups[::order]:
            near = {*group, *(other for number in group for other in before[number])}
            costs = {}
            held = widths[group[0]]
            for width in (8, 16):
                for number in group:
                    widths[number] = width
                costs[width] = sum(_cost(parts, needed, widths, one) for one in near)
            best = held if costs[held] <= costs[24 - held] else 24 - held
            changed |= best != held
            for number in group:
                widths[number] = best
        if not changed:
            break
    return widths


def _groups(parts: list[Block]) -> list[list[int]]:
    """The blocks but the first, those together that one jump table leads to: they are entered alike."""
    group = {number: [number] for number in range(1, len(parts))}
    for block in parts:
        if len(block.targets) > 1:
            joined = list(dict.fromkeys(number for target in block.targets for number in group[target]))
            group.update(dict.fromkeys(joined, joined))
    return list({id(one): one for one in group.values()}.values())


def _cost(parts: list[Block], needed: list[list[tuple[int, int]]], widths: list[int], number: int) -> int:
    block, width = parts[number], widths[number]
    weight = 4 * 8**block.depth
    cost = 0
    for _, want in needed[number]:
        cost += weight * (want != width)
        width = want
    wanted = {widths[target] for target in block.targets}
    if len(wanted) > 1:
        return 1 << 30
    if wanted and wanted != {width}:
        cost += weight + 1  # between a comparison and its branch it reads worse than elsewhere
        width = 24 - width
    if block.falls is not None and widths[block.falls] != width:
        cost += weight
    return cost


def _placed(
    code: Code, parts: list[Block], needed: list[list[tuple[int, int]]], widths: list[int], bit: int
) -> list[_Switch]:
    found = []
    for number, block in enumerate(parts):
        width, free = widths[number], block.start
        while free < block.stop and not isinstance(code[free], Line):
            free += 1
        for place, want in needed[number]:
            if want != width:
                found.append(_Switch(bit, want, free, place))
                width = want
            free = place + 1
        if block.targets and widths[block.targets[0]] != width:
            width = 24 - width
            found.append(_Switch(bit, width, min(free, block.stop - 1), block.stop - 1))
            free = block.stop
        if block.falls is not None and widths[block.falls] != width:
            found.append(_Switch(bit, 24 - width, block.stop if block.targets else free, block.stop))
    return found


def _merged(switches: list[_Switch]) -> list[_Switch]:
    """Lets a switch of A and one of X and Y in the same direction stand together where one place suits both."""
    for one in switches:
        if one.bit == 0x10:
            for other in switches:
                low, high = max(one.earliest, other.earliest), min(one.latest, other.latest)
                if other.bit == 0x20 and one.width == other.width and low <= high:
                    one.latest = other.latest = high
                    one.earliest = other.earliest = low
                    break
    return switches
