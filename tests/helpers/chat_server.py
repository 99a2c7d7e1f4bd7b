"""A server on loopback that streams chat completions in OpenAI's protocol, and fails in the middle where it is told to.

with ChatServer(lambda asked: Answer("hello")) as server: ...
"""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from teacher_servers import Act, Answer, Asked, OpenAIServer


@dataclass(frozen=True)
class Dies(Answer):
    """It says so much, and then the connection breaks off, or it never goes on where it `hangs`."""

    hangs: bool = False


@dataclass(frozen=True)
class Calls(Answer):
    """It says something, and then calls tools: each call's arguments come in two pieces."""

    calls: tuple[dict[str, Any], ...] = ()


class ChatServer(OpenAIServer):
    """Answers come in pieces of four characters; `prompt` of what it was asked is the last thing a user said."""

    async def _play(self, act: Act, asked: Asked, request: web.Request) -> web.StreamResponse:
        if not isinstance(act, Answer):
            return await super()._play(act, asked, request)
        assert asked.body["stream"] and asked.body["stream_options"] == {"include_usage": True}
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        text = act.text or ""
        for at in range(0, len(text), 4):
            await response.write(_event(asked.model, [{"index": 0, "delta": {"content": text[at : at + 4]}}]))
            await asyncio.sleep(act.delay)
        for place, call in enumerate(act.calls if isinstance(act, Calls) else ()):
            arguments = call["function"]["arguments"]
            begun = call | {"index": place, "function": call["function"] | {"arguments": arguments[:3]}}
            rest = {"index": place, "function": {"arguments": arguments[3:]}}
            for part in (begun, rest):
                await response.write(_event(asked.model, [{"index": 0, "delta": {"tool_calls": [part]}}]))
        if isinstance(act, Dies):
            await asyncio.sleep(0.05)  # what was written is on its way
            if act.hangs:
                await asyncio.Event().wait()
            assert request.transport
            request.transport.abort()
            return response
        await response.write(_event(asked.model, [{"index": 0, "delta": {}, "finish_reason": "stop"}]))
        usage = {"prompt_tokens": 7, "completion_tokens": len(text) // 4, "total_tokens": 7 + len(text) // 4}
        await response.write(_event(asked.model, [], usage))
        await response.write(b"data: [DONE]\n\n")
        await response.write_eof()
        return response


def _event(model: str, choices: list[dict[str, object]], usage: dict[str, int] | None = None) -> bytes:
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": model, "choices": choices}
    return f"data: {json.dumps(chunk | ({'usage': usage} if usage else {}))}\n\n".encode()
