"""Servers on loopback that speak the protocols of Gemini, Ollama and OpenAI well enough for the real clients, and fail
as they are told to.

    with GeminiServer([Refuse(429, retry_after=1), Answer("hello")]) as server:
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", server.url)

A script says what becomes of each request: a list (its last act goes on for ever) or a function of the request. Each
server runs in a thread of its own, and counts what it was asked and what it would bill.
"""

import asyncio
import json
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Self

from aiohttp import web


@dataclass(frozen=True)
class Asked:
    """One request as the server read it; `number` counts from 0, and `body` is all that was sent."""

    number: int
    model: str
    system: str
    prompt: str
    schema: Mapping[str, Any] | None
    seed: int | None
    key: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the model says (None: something that fits the schema, or "ok"), and the tokens it bills for it (None: one
    for four characters).
    """

    text: str | None = None
    finish: Literal["stop", "length", "blocked", "prompt blocked", "empty"] = "stop"
    delay: float = 0
    input: int | None = None
    output: int | None = None
    thinking: int = 0
    cached: int = 0


@dataclass(frozen=True)
class Refuse:
    """An HTTP error. `retry_after` goes into the header, `retry_info` into the details as Google's RetryInfo, and
    `reason` into the details as ErrorInfo, or into an OpenAI error as its code. Google calls it `google_status`.
    """

    status: int
    message: str = "the server says so"
    retry_after: str | float | None = None
    retry_info: str | None = None
    reason: str | None = None
    google_status: str = "UNKNOWN"


@dataclass(frozen=True)
class Raw:
    """A body as it is, in drops of one byte every `drip` seconds where that is set."""

    body: bytes
    drip: float = 0
    status: int = 200


@dataclass(frozen=True)
class Reset:
    """The connection breaks off before an answer."""


@dataclass(frozen=True)
class Hang:
    """No answer, until the client gives up or the server ends."""


Act = Answer | Refuse | Raw | Reset | Hang
Script = Sequence[Act] | Callable[[Asked], Act]


@dataclass
class TeacherServer:
    """What the three have in common. `key` is the only one that is let in (None: all are), `models` are those that it
    has (none: all), and of requests it answers `requests_per_minute` in any `minute` seconds.

    `asked` are the last thousand requests, `statuses` counts the responses, and `billed` the tokens, as in `Reply`.
    """

    script: Script = (Answer(),)
    key: str | None = None
    models: tuple[str, ...] = ()
    requests_per_minute: int | None = None
    minute: float = 60
    asked: deque[Asked] = field(default_factory=lambda: deque(maxlen=1000), init=False)
    statuses: Counter[int] = field(default_factory=Counter, init=False)
    billed: Counter[str] = field(default_factory=Counter, init=False)
    at_once: int = field(default=0, init=False)
    most_at_once: int = field(default=0, init=False)
    url: str = field(default="", init=False)

    route: ClassVar[str]

    def __enter__(self) -> Self:
        self._number = 0
        self._answered_at: deque[float] = deque()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> None:
        app = web.Application(client_max_size=2**24)
        self.add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, backlog=1024)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    def add_routes(self, app: web.Application) -> None:
        app.router.add_post(self.route, self._answer)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        asked = self.read(request, await request.json(), self._number)
        self._number += 1
        self.asked.append(asked)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            response = await self._play(self._act(asked), asked, request)
        finally:
            self.at_once -= 1
        self.statuses[response.status] += 1
        return response

    def _act(self, asked: Asked) -> Act:
        if self.key is not None and asked.key != self.key:
            return self.wrong_key()
        if self.models and asked.model not in self.models:
            return Refuse(404, f"model {asked.model!r} not found")
        if self.requests_per_minute is not None:
            now = time.monotonic()
            while self._answered_at and self._answered_at[0] <= now - self.minute:
                self._answered_at.popleft()
            if len(self._answered_at) >= self.requests_per_minute:
                return Refuse(429, "too many requests in a minute")
            self._answered_at.append(now)
        if callable(self.script):
            return self.script(asked)
        return self.script[min(asked.number, len(self.script) - 1)]

    async def _play(self, act: Act, asked: Asked, request: web.Request) -> web.StreamResponse:
        match act:
            case Answer():
                await asyncio.sleep(act.delay)
                text = "ok" if asked.schema is None else json.dumps(fitting(asked.schema))
                text = text if act.text is None else act.text
                counts = {
                    "input": len(asked.system + asked.prompt) // 4 + 1 if act.input is None else act.input,
                    "output": len(text) // 4 + 1 if act.output is None else act.output,
                    "thinking": act.thinking,
                    "cached": act.cached,
                }
                self.billed.update(counts)
                return web.json_response(self.answer(act, text, counts, asked))
            case Refuse():
                headers = {} if act.retry_after is None else {"Retry-After": str(act.retry_after)}
                return web.json_response(self.error(act), status=act.status, headers=headers)
            case Raw():
                response = web.StreamResponse(status=act.status, headers={"Content-Type": "application/json"})
                await response.prepare(request)
                for piece in (act.body,) if not act.drip else (act.body[at : at + 1] for at in range(len(act.body))):
                    await response.write(piece)
                    await asyncio.sleep(act.drip)
                await response.write_eof()
                return response
            case Reset():
                assert request.transport
                request.transport.abort()
                return web.Response(status=444)  # nobody gets it
            case Hang():
                await asyncio.Event().wait()
                raise AssertionError("it hangs")

    def wrong_key(self) -> Refuse:
        return Refuse(401, f"Incorrect API key provided: {self.asked[-1].key}", reason="invalid_api_key")

    def read(self, request: web.Request, body: Mapping[str, Any], number: int) -> Asked:
        raise NotImplementedError

    def answer(self, act: Answer, text: str, counts: Mapping[str, int], asked: Asked) -> Mapping[str, Any]:
        raise NotImplementedError

    def error(self, act: Refuse) -> Mapping[str, Any]:
        raise NotImplementedError


class GeminiServer(TeacherServer):
    """Gemini's generateContent."""

    route = "/{version}/models/{model}:generateContent"

    def read(self, request: web.Request, body: Mapping[str, Any], number: int) -> Asked:
        config = body.get("generationConfig", {})
        system = body.get("systemInstruction", {"parts": []})
        return Asked(
            number,
            request.match_info["model"],
            "".join(part["text"] for part in system["parts"]),
            "".join(part["text"] for content in body["contents"] for part in content["parts"]),
            config.get("responseJsonSchema"),
            config.get("seed"),
            request.headers.get("x-goog-api-key", ""),
            body,
        )

    def answer(self, act: Answer, text: str, counts: Mapping[str, int], asked: Asked) -> Mapping[str, Any]:
        return gemini_response(act, text, counts, asked.model)

    def error(self, act: Refuse) -> Mapping[str, Any]:
        kind = "type.googleapis.com/google.rpc"
        details = []
        if act.retry_info is not None:
            details.append({"@type": f"{kind}.RetryInfo", "retryDelay": act.retry_info})
        if act.reason is not None:
            details.append({"@type": f"{kind}.ErrorInfo", "reason": act.reason, "domain": "googleapis.com"})
        return {"error": {"code": act.status, "message": act.message, "status": act.google_status, "details": details}}

    def wrong_key(self) -> Refuse:
        return Refuse(400, "API key not valid. Please pass a valid API key.", reason="API_KEY_INVALID")


def gemini_response(act: Answer, text: str, counts: Mapping[str, int], model: str) -> dict[str, Any]:
    """What generateContent returns, which is also what stands in a line of a batch's results."""
    usage = {
        "promptTokenCount": counts["input"],
        "cachedContentTokenCount": counts["cached"],
        "candidatesTokenCount": counts["output"],
        "thoughtsTokenCount": counts["thinking"],
        "totalTokenCount": counts["input"] + counts["output"] + counts["thinking"],
    }
    response: dict[str, Any] = {"usageMetadata": usage, "modelVersion": f"{model}-001", "responseId": "r"}
    if act.finish == "prompt blocked":
        return response | {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}
    reason = {"length": "MAX_TOKENS", "blocked": "SAFETY"}.get(act.finish, "STOP")
    said = [] if act.finish in ("blocked", "empty") or not text else [{"text": text}]
    return response | {
        "candidates": [{"content": {"role": "model", "parts": said}, "finishReason": reason, "index": 0}]
    }


class OllamaServer(TeacherServer):
    """Ollama's chat, its list of models and its version."""

    route = "/api/chat"

    def add_routes(self, app: web.Application) -> None:
        super().add_routes(app)
        app.router.add_get("/api/version", self._version)
        app.router.add_get("/api/tags", self._tags)

    async def _version(self, request: web.Request) -> web.Response:
        return web.json_response({"version": "0.34.1"})

    async def _tags(self, request: web.Request) -> web.Response:
        return web.json_response({"models": [{"name": name, "model": name} for name in self.models]})

    def read(self, request: web.Request, body: Mapping[str, Any], number: int) -> Asked:
        said = {message["role"]: message["content"] for message in body["messages"]}
        schema, seed = body.get("format"), body.get("options", {}).get("seed")
        return Asked(number, body["model"], said.get("system", ""), said["user"], schema, seed, "", body)

    def answer(self, act: Answer, text: str, counts: Mapping[str, int], asked: Asked) -> Mapping[str, Any]:
        return {
            "model": asked.model,
            "created_at": "2026-01-01T00:00:00Z",
            "message": {"role": "assistant", "content": "" if act.finish == "empty" else text},
            "done": True,
            "done_reason": "length" if act.finish == "length" else "stop",
            "prompt_eval_count": counts["input"],
            "eval_count": counts["output"],
        }

    def error(self, act: Refuse) -> Mapping[str, Any]:
        return {"error": act.message}


class OpenAIServer(TeacherServer):
    """Chat completions and the list of models; its `url` ends before /v1, as that of a server does."""

    route = "/v1/chat/completions"

    def add_routes(self, app: web.Application) -> None:
        super().add_routes(app)
        app.router.add_get("/v1/models", self._models)

    async def _models(self, request: web.Request) -> web.Response:
        if self.key is not None and request.headers.get("Authorization") != f"Bearer {self.key}":
            return web.json_response(self.error(Refuse(401, "Incorrect API key provided")), status=401)
        return web.json_response({"object": "list", "data": [{"id": name, "object": "model"} for name in self.models]})

    def read(self, request: web.Request, body: Mapping[str, Any], number: int) -> Asked:
        said = {message["role"]: message["content"] for message in body["messages"]}
        schema = body.get("response_format", {}).get("json_schema", {}).get("schema")
        key = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return Asked(number, body["model"], said.get("system", ""), said["user"], schema, body.get("seed"), key, body)

    def answer(self, act: Answer, text: str, counts: Mapping[str, int], asked: Asked) -> Mapping[str, Any]:
        written = counts["output"] + counts["thinking"]
        return {
            "id": "c",
            "object": "chat.completion",
            "created": 0,
            "model": asked.model,
            "system_fingerprint": "loopback-1",
            "choices": []
            if act.finish == "empty"
            else [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": None if act.finish == "blocked" else text},
                    "finish_reason": {"length": "length", "blocked": "content_filter"}.get(act.finish, "stop"),
                }
            ],
            "usage": {
                "prompt_tokens": counts["input"],
                "completion_tokens": written,
                "total_tokens": counts["input"] + written,
                "prompt_tokens_details": {"cached_tokens": counts["cached"]},
                "completion_tokens_details": {"reasoning_tokens": counts["thinking"]},
            },
        }

    def error(self, act: Refuse) -> Mapping[str, Any]:
        return {"error": {"message": act.message, "type": "error", "code": act.reason}}


def fitting(schema: Mapping[str, Any]) -> Any:
    """The plainest value that fits a schema."""
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return fitting(schema["anyOf"][0])
    match schema.get("type"):
        case "object":
            return {name: fitting(schema["properties"][name]) for name in schema.get("required", ())}
        case "array":
            return [fitting(schema["items"])] * schema.get("minItems", 0)
        case "integer" | "number":
            return schema.get("minimum", 0)
        case "boolean":
            return False
        case "null":
            return None
        case _:
            return "x" * schema.get("minLength", 1)
