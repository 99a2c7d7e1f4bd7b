"""Contracts mined from running code: what the routines of a source do on the console, as problems with known contracts.

`mine` runs each routine of a source from many states and gives a `Mined` routine with its contract, or says why there
is none; `problems` asks about one in six ways. `docs/mining.md` says how states are found and what that leaves open.
Nothing is asked of a teacher here.

`library` finds the pieces of a source by name and address (`text` and `expansion` resolve macros and defines, `layout`
says where those lie that have no address, `callers` what is used of their results), and `routine` lays one amid those
that it meets. It is stepped by `machine` from states that `states` draws, observed and confirmed on the console by
`miner`, kept by `record`, and asked about by `problems`.
"""

import hashlib
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from oracle_lib import OracleError
from oracle_lib.files import durable_append, sha256
from oracle_lib.generate.mining.library import Library, content_of
from oracle_lib.generate.mining.machine import Reason, Stopped
from oracle_lib.generate.mining.miner import Observed, chosen, confirm, observe, spans
from oracle_lib.generate.mining.problems import problems
from oracle_lib.generate.mining.record import Helper, Mined, WhyNot, limits_of
from oracle_lib.items import Item
from oracle_lib.records import Frozen, read_jsonl

__all__ = ["Helper", "Mined", "Reason", "WhyNot", "mine", "mined_before", "problems"]


_TRIED = 16
_MISSING = (Reason.JUMPS_OUT, Reason.CALLS_OUT, Reason.READS_ROM)


class _Row(Frozen):
    """What mining a routine once gave. It holds as long as the routine and this code are the same (`key`), and so are
    the texts at the addresses in `needs` (their sha256; of 0, that of the whole source: something was missing)."""

    key: str
    needs: dict[int, str]
    mined: Mined | None = None
    why_not: WhyNot | None = None


def mine(items: Iterable[Item], cache: Path | None = None, beside: Iterable[Item] = ()) -> Iterator[Mined | WhyNot]:
    """Each routine of a source, in order: mined, or why not. What is in the file `cache` is not mined again, and what
    is mined is added to it. What `beside` holds may be called and read and is not mined: for a ROM hack, the game that
    it changes. Raises `OracleError` where the file holds something else."""
    items = tuple(items)
    # Behind it, so that of two pieces at one address the source's own is found.
    others = tuple(beside)
    library = Library((*others, *items))
    edition = sha256(Path(__file__).parent)
    known = {row.key: row for row in _rows(cache)} if cache else {}
    for item, placed in zip(items, library.items[len(others) :], strict=True):
        if item.kind != "routine":
            continue
        key = _key(item, library, edition)
        row = known.get(key)
        if row is None or any(_content(library, place) != content for place, content in row.needs.items()):
            row = _mined(placed, library, key)
            if cache:
                cache.parent.mkdir(parents=True, exist_ok=True)
                durable_append(cache, row.model_dump_json() + "\n")
        outcome = row.mined or row.why_not
        assert outcome is not None
        yield outcome


def mined_before(cache: Path) -> Iterator[Mined]:
    """The routines in a file that `mine` has filled, if it is there, whatever has become of their source since."""
    return (row.mined for row in _rows(cache) if row.mined)


def _rows(cache: Path) -> Iterator[_Row]:
    return (
        read_jsonl(_Row, cache, "delete it, and routines are mined again", torn_end=True)
        if cache.exists()
        else iter(())
    )


def _key(item: Item, library: Library, edition: str) -> str:
    used = library.results(item.source.symbol)
    content = [edition, item.model_dump(mode="json"), None if used is None else sorted(map(str, used))]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _content(library: Library, place: int) -> str:
    """What stands at an address: of 0, the whole source."""
    if not place:
        return library.content
    piece = library.at(place)
    return content_of(piece.item) if piece else ""


def _mined(item: Item, library: Library, key: str) -> _Row:
    rng = random.Random(f"mining:{item.content}")
    library.met.clear()
    try:
        mined = _record(item, observe(library, item, rng), rng)
    except Stopped as stopped:
        needs = library.met | ({0: library.content} if stopped.reason in _MISSING else {})
        why = WhyNot(source=item.source, group=item.group, reason=stopped.reason, detail=stopped.detail)
        return _Row(key=key, needs=needs, why_not=why)
    return _Row(key=key, needs=dict(library.met), mined=mined)


def _record(item: Item, observed: Observed, rng: random.Random) -> Mined:
    contract = chosen(observed, confirm(observed, rng), rng)
    mined = Mined(
        source=item.source,
        domain=item.domain,
        group=item.group,
        comment=item.comment,
        name=observed.routine.name,
        text=observed.routine.text,
        contract=contract,
        reads=spans(observed.reads),
        bank=observed.convention.db,
        limits=dict(limits_of(observed.states)),
        slots=tuple(sorted(observed.states.index_inputs)),
        helpers=tuple(
            Helper(name=piece.name, address=address, text=piece.text, is_code=bool(piece.assembly.listing))
            for piece, address, _ in observed.used
        ),
        closed=round(observed.pool.closed, 3),
    )
    try:
        mined.draw(rng, _TRIED)
    except OracleError:
        raise Stopped(Reason.FEW) from None
    return mined
