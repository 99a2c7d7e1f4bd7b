"""Hears one expert out: piece by piece, within its time, and no further than where it begins to repeat itself."""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Protocol, cast

from oracle_lib import OracleError
from oracle_lib.bases import CONTROL_TOKENS
from oracle_lib.chat import Conversation
from oracle_lib.council.wanted import ToolCall
from oracle_lib.records import Frozen
from oracle_lib.runtimes import Settings, Usage
from oracle_lib.verify.answers.blocks import visible

_REPEATED = re.compile(r"(.{1,160}?)\1{11,}\Z", re.DOTALL)
_LOOP = 10_000
"""A loop's turns times its characters, at least: a hundred turns of one letter, thirty of a short line, a dozen of a
long one. Rulers and tables of zeros repeat less.
"""
_LOOKED_AT = 2_400
_LOOK_EVERY = 160
"""Characters of the end that is looked at, and between two looks."""
_LONGEST = 60_000
_CONTROL = re.compile("|".join(map(re.escape, CONTROL_TOKENS)))


class Speaker(Protocol):
    """Where experts answer: a runtime, or an endpoint."""

    def ask(
        self, name: str | None, messages: Conversation, settings: Settings
    ) -> AsyncIterator[str | Usage] | AsyncIterator[str | ToolCall | Usage]:
        """The pieces of an answer, as `Runtime.ask` gives them; before its usage those may call tools who were
        offered any.
        """
        ...


class Said(Frozen):
    """What an expert said to the reader, the tools it called, and in words what cut it short, "" where it came to its
    own end.
    """

    text: str
    fault: str = ""
    usage: Usage | None = None
    calls: tuple[ToolCall, ...] = ()


async def hear(
    speaker: Speaker,
    name: str | None,
    messages: Conversation,
    settings: Settings,
    seconds: float,
    tell: Callable[[str], None],
) -> Said:
    """What the expert says within so many seconds; `tell` hears each piece. What fails there is its `fault`, and what
    it said by then counts.
    """
    text, usage, looked, fault = "", None, 0, ""
    calls = list[ToolCall]()
    try:
        async with asyncio.timeout(seconds):
            # The protocol promises an iterator; what a generator holds is given back as soon as it is closed.
            pieces = cast("AsyncGenerator[str | ToolCall | Usage, None]", speaker.ask(name, messages, settings))
            async with aclosing(pieces):
                async for piece in pieces:
                    if isinstance(piece, Usage):
                        usage = piece
                        continue
                    if isinstance(piece, ToolCall):
                        calls.append(piece)
                        continue
                    text += piece
                    tell(piece)
                    if len(text) - looked < _LOOK_EVERY:
                        continue
                    looked = len(text)
                    if len(text) > _LONGEST or without_loop(text) != text:
                        break
    except TimeoutError:
        fault = f"it took more than {seconds:g} seconds"
    except OracleError as error:
        fault = str(error)
    if len(text) > _LONGEST:
        text, fault = text[:_LONGEST], f"it wrote more than {_LONGEST:,} characters and was stopped"
    if (kept := without_loop(text)) != text:
        text, fault = kept, "it began to repeat itself and was stopped"
    return Said(text=defused(visible(text)), fault=fault, usage=usage, calls=tuple(calls))


def without_loop(text: str) -> str:
    """The text up to the first turn of a loop that it ends in; the whole text where it ends in none."""
    loop = _REPEATED.search(text[-_LOOKED_AT:])
    if not loop or len(loop[0]) ** 2 < _LOOP * len(loop[1]):
        return text
    return text[: len(text) - len(loop[0]) + len(loop[1])]


def defused(text: str) -> str:
    """The text with a space in each token that would frame a chat: an answer is text, also where it is handed on."""
    return _CONTROL.sub(lambda found: f"{found[0][0]} {found[0][1:]}", text)
