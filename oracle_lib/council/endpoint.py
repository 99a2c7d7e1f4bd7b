"""Experts behind a server of OpenAI's protocol, by the official client: asks it, and installs nothing there."""

import os
import time
from collections.abc import AsyncIterator, Iterable
from typing import Any

import openai
from openai.types.chat.chat_completion_chunk import ChoiceDeltaToolCall

from oracle_lib import OracleError
from oracle_lib.chat import Conversation
from oracle_lib.council.wanted import ToolCall, Tools
from oracle_lib.params import EndpointParams
from oracle_lib.runtimes import ChatPlace, Settings, Usage

_MOST_CALLS, _LONGEST_CALL = 64, 200_000
"""Calls of an answer, and characters of one."""
_MOST_STOPS = 4
"""OpenAI's own server refuses more; what is said from another one on is left out later."""


class Endpoint:
    """The endpoint of a name in params/council.yaml. It holds no connection between two questions."""

    def __init__(self, name: str, params: EndpointParams) -> None:
        self.name, self._params = name, params

    async def ask(self, model: str | None, messages: Conversation, settings: Settings) -> AsyncIterator[str | Usage]:
        """The answer of a model there, or of its base (None), piece by piece; its `Usage` comes last. Raises
        `OracleError` where the server is not set, fails, or answers with what is not of its protocol.
        """
        async for piece in converse(self.name, self.chat_place(model), messages, settings):
            if not isinstance(piece, ToolCall):
                yield piece

    def chat_place(self, model: str | None) -> ChatPlace:
        """Where a model, or the base (None), is asked. Raises `OracleError` where the environment does not say."""
        variable = self._params.url_variable
        address = os.environ.get(variable, "")
        if not address.startswith(("http://", "https://")):
            raise OracleError(f"{variable} names no server; set it to the address of {self.name}")
        # Without a key of its own the client takes any that it finds in the environment.
        key = os.environ.get(self._params.key_variable, "").strip() or "none"
        return ChatPlace(url=address, key=key, model=model or self._params.base)


class ToolUser:
    """An expert at `place` that reads its `system` prompt and the client's turns as they came, and may call tools."""

    def __init__(self, name: str, place: ChatPlace, system: str, tools: Tools) -> None:
        self._name, self._place, self._system, self._tools = name, place, system, tools

    async def ask(
        self, model: str | None, messages: Conversation, settings: Settings
    ) -> AsyncIterator[str | ToolCall | Usage]:
        """What `converse` yields. The turns stand in the place of `messages`."""
        turns = [{"role": "system", "content": self._system}, *self._tools.turns]
        async for piece in converse(self._name, self._place, turns, settings, self._tools):
            yield piece


async def converse(
    name: str, place: ChatPlace, messages: Iterable[Any], settings: Settings, tools: Tools | None = None
) -> AsyncIterator[str | ToolCall | Usage]:
    """The answer from a place that a user knows by `name`, piece by piece; then the calls it ends with, whole, and its
    `Usage` last. Raises `OracleError` where the server fails, or answers with what is not of its protocol.
    """
    options: dict[str, Any] = {}
    if settings.stop:
        options["stop"] = list(settings.stop[:_MOST_STOPS])
    if tools:
        asked = {"tools": list(tools.offered), "tool_choice": tools.choice, "parallel_tool_calls": tools.parallel}
        options |= {key: value for key, value in asked.items() if value is not None}
    started, first, pieces, usage = time.perf_counter(), None, 0, None
    calls: dict[int, ToolCall] = {}
    try:
        async with openai.AsyncOpenAI(base_url=place.url, api_key=place.key, max_retries=0) as client:
            stream = await client.chat.completions.create(
                model=place.model,
                messages=list(messages),
                max_tokens=settings.max_new_tokens,
                temperature=settings.temperature,
                top_p=settings.top_p,
                seed=settings.seed,
                stream=True,
                stream_options={"include_usage": True},
                extra_body=place.extra,
                **options,
            )
            async with stream:  # what a reader leaves half read is closed before its connection
                async for chunk in stream:
                    usage = chunk.usage or usage
                    delta = chunk.choices[0].delta if chunk.choices else None
                    for part in (delta.tool_calls or ()) if delta and tools else ():
                        first = first or time.perf_counter()
                        calls[part.index] = _continued(calls.get(part.index), part)
                    piece = delta.content if delta else None
                    if (piece and not isinstance(piece, str)) or len(calls) > _MOST_CALLS:
                        raise TypeError("text was expected")  # the client does not check what a server says
                    if piece:
                        first = first or time.perf_counter()
                        pieces += 1
                        yield piece
    except openai.APIStatusError as error:
        perhaps = ", perhaps because its model takes no tools" if tools else ""
        raise OracleError(f"{name} refuses ({error.status_code}){perhaps}") from None
    except openai.APIConnectionError:
        raise OracleError(f"{name} cannot be reached, or broke off; start it, or ask again") from None
    except (openai.OpenAIError, AttributeError, TypeError, ValueError, IndexError):
        raise OracleError(f"{name} answers with what is not of OpenAI's protocol") from None
    for _, call in sorted(calls.items()):
        yield call
    ended = time.perf_counter()
    yield Usage(
        prompt_tokens=usage.prompt_tokens if usage else 0,
        answer_tokens=usage.completion_tokens if usage else pieces,
        first_seconds=(first or ended) - started,
        seconds=ended - started,
    )


def _continued(call: ToolCall | None, part: ChoiceDeltaToolCall) -> ToolCall:
    """A call with the next part of it."""
    so_far = call or ToolCall(id="", name="", arguments="")
    function = part.function
    if function and len(so_far.arguments) + len(function.arguments or "") > _LONGEST_CALL:
        raise ValueError("the call has no end")
    return ToolCall(
        id=so_far.id or part.id or "",
        name=so_far.name + ((function and function.name) or ""),
        arguments=so_far.arguments + ((function and function.arguments) or ""),
    )
