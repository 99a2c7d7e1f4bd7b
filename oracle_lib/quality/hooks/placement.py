"""Where a patch writes: over other hooks, into protected ranges, outside free space, over bytes that are not there. It
looks at ranges of bytes, and follows no code.
"""

from collections.abc import Iterator

from oracle_lib.quality.hooks.finding import Finding, FindingKind, Severity
from oracle_lib.quality.hooks.game import Game, place_of
from oracle_lib.quality.hooks.manifest import Manifest, Range, Site
from oracle_lib.quality.hooks.patch import NOWHERE, Block, Patch


def placement(patch: Patch, manifest: Manifest, game: Game) -> Iterator[Finding]:
    """The findings on each block of the patch, and on those that overlap each other."""
    for block in patch.blocks:
        for hook in manifest.hooks:
            if _meet(block, hook):
                yield block.finding(FindingKind.OVERLAP, f"{block} overlaps {hook}")
        for range_ in manifest.protected:
            if _meet(block, range_):
                why = f" ({range_.why})" if range_.why else ""
                yield block.finding(FindingKind.PROTECTED, f"{block} lies in the protected {_shown(range_)}{why}")
        yield from _outside(block, patch, manifest, game)
        yield from _unexpected(block, manifest, game)
    yield from _own_overlaps(patch)


def _outside(block: Block, patch: Patch, manifest: Manifest, game: Game) -> Iterator[Finding]:
    """New code and data belong into free space; what replaces code of the game does not."""
    if (
        manifest.free
        and block.address >> 16 != NOWHERE >> 16
        and not patch.is_hook(block, game)
        and not any(_holds(free, block) for free in manifest.free)
    ):
        near = next((free for free in manifest.free if _meet(block, free)), None)
        beyond = f", beyond {_shown(near)}" if near else ""
        yield block.finding(FindingKind.FREE_SPACE, f"{block} is not in free space{beyond}")


def _unexpected(block: Block, manifest: Manifest, game: Game) -> Iterator[Finding]:
    """Bytes of the ROM that the manifest expects otherwise where the patch writes."""
    for site in manifest.places:
        place = place_of(site.address) if site.expected else None
        if place is None or not block.place <= place < block.end:
            continue
        there = game.read(place, len(site.expected))
        if there is not None and there != site.expected:
            said = f"at ${site.address:06X} the game has {there.hex(' ')}, where {site.expected.hex(' ')} is expected"
            yield block.finding(FindingKind.EXPECTED_BYTES, said)


def _own_overlaps(patch: Patch) -> Iterator[Finding]:
    """Blocks of the patch that write other bytes to the same place. A smaller change within a larger block is how
    tables are filled in, and over code may be meant (soft); blocks that cut into each other's code are not.
    """
    owners: dict[int, int] = {}
    for block in patch.blocks:
        places = range(block.place, block.end)
        for number in sorted({owners[place] for place in places if place in owners}):
            earlier = patch.blocks[number]
            first, end = max(block.place, earlier.place), min(block.end, earlier.end)
            is_within, cuts_code = end - first in (len(block.content), len(earlier.content)), patch.has_code(first, end)
            if block.part(first, end) == earlier.part(first, end) or (is_within and not cuts_code):
                continue
            severity = Severity.HARD if cuts_code and not is_within else Severity.SOFT
            yield block.finding(FindingKind.OVERLAP, f"{block} overwrites {earlier}{earlier.written}", severity)
        owners |= dict.fromkeys(places, block.number)


def _start(one: Range | Site) -> int:
    place = place_of(one.address)
    return -1 if place is None else place


def _meet(block: Block, other: Range | Site) -> bool:
    start = _start(other)
    return start >= 0 and start < block.end and block.place < start + other.length


def _holds(outer: Range, block: Block) -> bool:
    start = _start(outer)
    return start >= 0 and start <= block.place and block.end <= start + outer.length


def _shown(range_: Range) -> str:
    return f"${range_.address:06X}-${range_.address + range_.length - 1:06X}"
