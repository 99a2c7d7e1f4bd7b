"""What the server says, in the shapes of OpenAI's API, text cut off at a stop sequence, and drafts in turns. Sends
nothing itself.
"""

import json
import time
import uuid
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from typing import Any

from oracle_lib.council.serving.door import Draft, Finish, ServedModel
from oracle_lib.council.wanted import ToolCall

Json = dict[str, Any]

_TURN = 400
"""Characters that an expert has written before its draft is shown in place of another's."""


class Completion:
    """One answer on its way: a whole `reply`, or `chunks` of a stream, all under one id."""

    def __init__(self, model: str) -> None:
        self._drafting = ""
        self._head: Json = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": model}

    def reply(self, text: str, finish: Finish) -> Json:
        message: Json = {"role": "assistant", "content": text}
        if finish.calls:
            message |= {"content": text or None, "tool_calls": [_call(call) for call in finish.calls]}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish.reason}
        head = {**self._head, "object": "chat.completion"}
        return {**head, "choices": [choice], "usage": _usage(finish), "oracle": _oracle(finish)}

    def begin(self) -> bytes:
        return self._chunk({"role": "assistant", "content": ""})

    def piece(self, text: str) -> bytes:
        return self._chunk({"content": text})

    def draft(self, draft: Draft) -> bytes:
        """A draft as what clients show apart from the answer, as a model's reasoning; a new writer is named."""
        writer = f"\n\n**{draft.expert}:** " if draft.expert != self._drafting else ""
        self._drafting = draft.expert
        return self._chunk({"reasoning_content": writer + draft.text})

    def end(self, finish: Finish, include_usage: bool) -> bytes:
        calls = [{"index": place, **_call(call)} for place, call in enumerate(finish.calls)]
        last = self._chunk({"tool_calls": calls}) if calls else b""
        last += self._chunk({}, finish_reason=finish.reason, oracle=_oracle(finish))
        head = {**self._head, "object": "chat.completion.chunk"}
        usage = event({**head, "choices": [], "usage": _usage(finish)}) if include_usage else b""
        return last + usage + b"data: [DONE]\n\n"

    def _chunk(self, delta: Json, finish_reason: str | None = None, **more: object) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        return event({**self._head, "object": "chat.completion.chunk", "choices": [choice], **more})


def event(content: Json) -> bytes:
    """A server-sent event. JSON has no raw line breaks, so no text of a model can end it or begin another."""
    return f"data: {json.dumps(content, ensure_ascii=False)}\n\n".encode("utf-8", "replace")


def problem(message: str, kind: str = "invalid_request_error", code: str | None = None) -> Json:
    """The body of an error."""
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def model_card(model: ServedModel, name: str | None = None) -> Json:
    """A served model as `/v1/models` shows it, under its own or another name."""
    return {
        "id": name or model.name,
        "object": "model",
        "created": 0,
        "owned_by": "oracle",
        "description": model.purpose,
        "aliases": [model.name, *model.aliases] if name else [*model.aliases],
    }


async def cut_at(
    stops: Sequence[str], pieces: AsyncGenerator[str | Draft | Finish]
) -> AsyncGenerator[str | Draft | Finish]:
    """The pieces up to the first stop sequence, wherever they divide it, the drafts as they are, and the finish."""
    held, longest, stopped = "", max(map(len, stops), default=1), False
    async with aclosing(pieces):
        async for piece in pieces:
            if isinstance(piece, Draft):
                yield piece
            elif isinstance(piece, Finish):
                if held and not stopped:
                    yield held
                yield piece.model_copy(update={"reason": "stop", "calls": ()}) if stopped else piece
            elif not stopped:
                held += piece
                places = _places(stops, held)
                stopped = bool(places)
                known = min(places) if stopped else max(0, len(held) - longest + 1)
                if known:
                    yield held[:known]
                held = held[known:]


async def in_turns(pieces: AsyncGenerator[str | Draft | Finish]) -> AsyncGenerator[str | Draft | Finish]:
    """The pieces as they come, but the drafts of experts who write side by side in turns that can be read."""
    writer, held = "", dict[str, str]()
    async with aclosing(pieces):
        async for piece in pieces:
            if isinstance(piece, Draft):
                text = held.pop(piece.expert, "") + piece.text
                if writer not in ("", piece.expert) and len(text) < _TURN:
                    held[piece.expert] = text
                else:
                    writer = piece.expert
                    yield Draft(expert=writer, text=text)
                continue
            for expert, text in held.items():
                yield Draft(expert=expert, text=text)
            held.clear()
            yield piece


def _places(stops: Iterable[str], text: str) -> list[int]:
    return [place for stop in stops if (place := text.find(stop)) >= 0]


def _call(call: ToolCall) -> Json:
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}


def _usage(finish: Finish) -> Json:
    read, written = finish.usage.prompt_tokens, finish.usage.answer_tokens
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}


def _oracle(finish: Finish) -> Json:
    """Who answered and why: what OpenAI's API has no place for."""
    return {"experts": [speaker.model_dump() for speaker in finish.speakers], "why": finish.why}
