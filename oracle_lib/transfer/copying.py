"""Moves files between this machine and another until both sides agree on every sha256. Knows nothing of what they are.

Content travels under its sha256 and takes its name only when it is whole: a cut leaves a beginning that the next call
goes on from, and a flipped bit is found where it arrives and fetched again.
"""

import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from oracle_lib import OracleError
from oracle_lib.files import outputs, relative
from oracle_lib.progress import tqdm
from oracle_lib.transfer import agent
from oracle_lib.transfer.ends import Cut, End, Local, Moved

_ROUNDS = 3
"""How often content may arrive damaged."""
_PATIENCE = 5
"""How often in a row a connection may fail without a byte gained."""

Found = TypeVar("Found")
_Move = Callable[[str, list[str], Moved], None]


def send(
    end: End, source: Path, place: str, files: Mapping[str, str], force: bool = False, quiet: bool = False
) -> list[str]:
    """Makes the place on the machine hold these files of a folder of the outputs; returns the names that were sent.

    `files` maps names in the folder to their sha256. What is there and equal is not sent, unless `force` says so.
    """
    here, where = Local(), relative(source)

    def move(offered: str, contents: list[str], moved: Moved) -> None:
        end.send(Path(offered), contents, moved)

    title = f"{source.name} -> {end.name}"
    return _until_equal(here, where, end, place, files, move, force, _bar(title, quiet))


def bring(end: End, place: str, target: Path, files: Mapping[str, str], force: bool = False) -> list[str]:
    """Makes a folder of the outputs hold these files of a place on the machine; returns the names that were brought."""
    here, where = Local(), relative(target)

    def move(offered: str, contents: list[str], moved: Moved) -> None:
        end.fetch(offered, contents, outputs() / agent.INCOMING, moved)

    title = f"{target.name} <- {end.name}"
    return _until_equal(end, place, here, where, files, move, force, _bar(title))


def names_in(folder: Path) -> list[str]:
    """The files below a folder, by their paths in it."""
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def patiently(call: Callable[..., Found], *args: Any, **given: Any) -> Found:
    """What the call returns, made again with growing pauses while the connection is gone."""
    for attempt in range(_PATIENCE):
        try:
            return call(*args, **given)
        except Cut:
            wait(attempt)
    return call(*args, **given)


def wait(attempt: int) -> None:
    """Waits before another attempt, longer each time."""
    time.sleep(0.25 * 2**attempt)


def _bar(title: str, quiet: bool = False) -> "Callable[[int], tqdm[None]]":
    return lambda total: tqdm(desc=title, total=total, unit="B", unit_scale=True, disable=quiet)


def _until_equal(
    source: End,
    offered: str,
    target: End,
    place: str,
    files: Mapping[str, str],
    move: _Move,
    force: bool,
    progress_of: "Callable[[int], tqdm[None]]",
) -> list[str]:
    """Moves until the target has found each of `files` to be right."""
    refuse_strange(source.name, files)
    copied: list[str] = []
    for _ in range(_ROUNDS):
        there = {} if force and not copied else patiently(target.ask, "digests", folder=place)
        differing = {name: sha for name, sha in files.items() if there.get(name) != sha}
        if not differing:
            return copied
        copied = [name for name in files if name in differing or name in copied]
        offer = partial(patiently, source.ask, "offer", folder=offered, files=differing)
        answer: Any = offer()
        try:
            shown = str(answer["folder"])
            sizes = {sha: int(answer["sizes"][sha]) for sha in differing.values()}  # and nothing else that it may offer
        except (KeyError, TypeError, ValueError):
            raise OracleError(f"{source.name} does not offer what it was asked for; look at its Python") from None
        patiently(target.ask, "expect")
        with progress_of(sum(sizes.values())) as progress:
            _until_there(target, sizes, partial(move, shown), offer, progress)
        try:
            if not target.ask("accept", folder=place, files=differing):  # it has read and compared each of them
                return copied
        except Cut:
            continue  # what it has given its name shows in the digests
        finally:
            patiently(source.ask, "withdraw", folder=shown)
    there = patiently(target.ask, "digests", folder=place)
    for name, sha in files.items():
        if there.get(name) != sha:
            raise OracleError(
                f"{name} differs on {target.name} from what {source.name} has, {_ROUNDS} times in a row; check both "
                "disks, and whether something writes to the file, then run the same again"
            )
    return copied


def _until_there(
    target: End,
    sizes: Mapping[str, int],
    move: Callable[[list[str], Moved], None],
    offer: Callable[[], object],
    progress: "tqdm[None]",
) -> None:
    """Moves contents until as many bytes of each are there; a cut connection is made again, as long as that helps."""

    def moved(done: int, more: int) -> None:
        progress.update(max(0, done + more - progress.n))

    gained, failures, reason = -1, 0, "no reason given"
    while True:
        state = patiently(target.ask, "arrived")
        held: dict[str, int] = state["held"]
        waiting = [sha for sha, size in sizes.items() if held.get(sha, -1) < size]
        present = sum(min(held.get(sha, 0), size) for sha, size in sizes.items())
        moved(present, 0)
        if not waiting:
            return
        missing = sum(sizes.values()) - present
        if state["free"] < missing:
            raise OracleError(
                f"the disk of {target.name} has {state['free'] / 1e6:,.0f} MB free, and {missing / 1e6:,.0f} more are "
                "to arrive; make room there and run the same again"
            )
        failures = 0 if present > gained else failures + 1
        if failures > _PATIENCE:
            raise OracleError(f"nothing more arrives on {target.name} ({reason}); run the same again to go on")
        if failures:
            wait(failures)
        gained = max(gained, present)
        done = present - sum(held.get(sha, 0) for sha in waiting)
        try:
            move(waiting, partial(moved, done))
        except Cut as cut:
            reason = str(cut)
            offer()  # anew: another who moves the same may be done, and have withdrawn it


def refuse_strange(whose: str, files: Mapping[str, str]) -> None:
    """Raises `OracleError` where a side names a file outside its folder, or content otherwise than by its sha256."""
    try:
        for name, sha in files.items():
            agent.within(outputs(), name)
            agent.checked(sha)
    except agent.Refused as refused:
        raise OracleError(f"{whose} names a file that is none: {refused}; nothing was moved") from None
