"""Puts a released version where people ask, and asks it there. Judges no answer."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from oracle_lib import OracleError
from oracle_lib.chat import Conversation
from oracle_lib.params import did_you_mean, load_council, load_expert
from oracle_lib.records import Frozen
from oracle_lib.registry import Version
from oracle_lib.runtimes import RUNTIMES, Check, Runtime, Settings, Usage, open_runtime

_OUR_OWN = ("in-process", "llama.cpp")
"""Those that write nothing outside of `outputs/`: they need no permission."""


class Trial(Frozen):
    """How a version answered in a runtime: what was installed for it, and seconds to the first piece and the end."""

    runtime: str
    note: str
    first_seconds: float
    seconds: float
    text: str


def check_places(version: Version) -> list[Check]:
    """What each runtime says of itself and of what the version would take there. Installs nothing."""
    return [open_runtime(name, version.adapter.base).check([version]) for name in RUNTIMES]


def try_places(version: Version, question: str, install: str = "") -> list[Trial]:
    """Installs the version and puts the question to it in process, in llama.cpp where that is here, and in the runtimes
    that `install` names, with commas between.

    Raises `OracleError`, before anything is installed, for an unknown name and where something is missing there.
    """
    wanted = [name.strip() for name in install.split(",") if name.strip()]
    for name in wanted:
        if name not in RUNTIMES:
            raise OracleError(f"there is no runtime {name!r}{did_you_mean(name, [*RUNTIMES])}")
    places = [open_runtime(name, version.adapter.base) for name in RUNTIMES if name in (*_OUR_OWN, *wanted)]
    missing = {place.name: place.check([version]).missing for place in places}
    for name in wanted:
        if missing[name]:
            raise OracleError(missing[name][0])
    return [_try(place, version, question) for place in places if not missing[place.name]]


def _try(place: Runtime, version: Version, question: str) -> Trial:
    messages: Conversation = [
        {"role": "system", "content": load_expert(version.expert).system_prompt},
        {"role": "user", "content": question},
    ]
    settings = Settings(max_new_tokens=load_council().max_new_tokens)

    async def collect() -> Sequence[str | Usage]:
        return [piece async for piece in place.ask(version.name, messages, settings)]

    try:
        note = place.install(version).note
        with ThreadPoolExecutor(1) as thread:  # a notebook's own loop runs in this one
            *text, usage = thread.submit(asyncio.run, collect()).result()
    finally:
        place.close()
    assert isinstance(usage, Usage)
    return Trial(
        runtime=place.name,
        note=note,
        first_seconds=usage.first_seconds,
        seconds=usage.seconds,
        text="".join(map(str, text)),
    )
