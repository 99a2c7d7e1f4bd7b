"""Servers on loopback that keep and answer models as Ollama and LM Studio do, well enough for their official clients.

What they "say" is the prompt they were given and the model that was asked, so that a test sees what arrived.
"""

import asyncio
import hashlib
import json
import re
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from aiohttp import web


@dataclass
class _Server:
    url: str = field(default="", init=False)
    asked: list[dict[str, Any]] = field(default_factory=list, init=False)

    def add_routes(self, app: web.Application) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
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
        app = web.Application(client_max_size=2**26)
        self.add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"


@dataclass
class OllamaRuntime(_Server):
    """An Ollama of that version: from 0.34.1 on it refuses adapters. It fails in the middle of answers if told to."""

    version: str = "0.34.1"
    breaks_off: bool = False
    abilities: tuple[str, ...] = ("completion",)
    blobs: dict[str, int] = field(default_factory=dict, init=False)
    created: dict[str, dict[str, Any]] = field(default_factory=dict, init=False)

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/api/version", self._version)
        app.router.add_get("/api/tags", self._tags)
        app.router.add_post("/api/blobs/{digest}", self._blob)
        app.router.add_post("/api/create", self._create)
        app.router.add_post("/api/show", self._show)
        app.router.add_delete("/api/delete", self._delete)
        app.router.add_post("/api/generate", self._generate)

    async def _version(self, _: web.Request) -> web.Response:
        return web.json_response({"version": self.version})

    async def _tags(self, _: web.Request) -> web.Response:
        return web.json_response({"models": [{"model": f"{name}:latest"} for name in self.created]})

    async def _blob(self, request: web.Request) -> web.Response:
        content = await request.read()
        digest = request.match_info["digest"]
        if digest != f"sha256:{hashlib.sha256(content).hexdigest()}":
            return web.json_response({"error": "digest mismatch"}, status=400)
        self.blobs[digest] = len(content)
        return web.Response(status=201)

    async def _create(self, request: web.Request) -> web.Response:
        body = await request.json()
        if body.get("adapters") and tuple(map(int, re.findall(r"\d+", self.version))) >= (0, 34, 1):
            return web.json_response({"error": "LoRA adapters are no longer supported"}, status=400)
        blobs = [*body.get("files", {}).values(), *body.get("adapters", {}).values()]
        if any(blob not in self.blobs for blob in blobs):
            return web.json_response({"error": "blob not found"}, status=400)
        if "from" in body and body["from"] not in self.created:
            return web.json_response({"error": f"model '{body['from']}' not found"}, status=404)
        self.created[body["model"]] = body
        return web.json_response({"status": "success"})

    async def _show(self, request: web.Request) -> web.Response:
        name = (await request.json())["model"]
        if name not in self.created:
            return web.json_response({"error": f"model '{name}' not found"}, status=404)
        made = self.created[name]
        parameters = "\n".join(f"{key} {value}" for key, value in made.get("parameters", {}).items())
        return web.json_response(
            {"template": made["template"], "parameters": parameters, "model_info": {}, "capabilities": self.abilities}
        )

    async def _delete(self, request: web.Request) -> web.Response:
        name = (await request.json())["model"]
        if self.created.pop(name, None) is None:
            return web.json_response({"error": f"model '{name}' not found"}, status=404)
        return web.Response()

    async def _generate(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.asked.append(body)
        response = web.StreamResponse()
        await response.prepare(request)
        for word in (body["model"], ": ", body["prompt"]):
            await response.write(json.dumps({"response": word, "done": False}).encode() + b"\n")
        if self.breaks_off:
            assert request.transport
            request.transport.close()
            return response
        last = {"response": "", "done": True, "prompt_eval_count": 12, "eval_count": 3}
        await response.write(json.dumps(last).encode() + b"\n")
        return response


@dataclass
class LmStudioRuntime(_Server):
    """An LM Studio that serves each `<publisher>/<model>/*.gguf` below its models folder, by the model's name."""

    folder: Path = Path()

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/v1/models", self._models)
        app.router.add_post("/v1/completions", self._completions)

    def served(self) -> list[str]:
        """What it would show in its list: whatever ends in .gguf counts as a whole model."""
        return sorted(path.parent.name for path in self.folder.glob("*/*/*.gguf"))

    async def _models(self, _: web.Request) -> web.Response:
        rows = [
            {"id": name, "object": "model", "created": 0, "owned_by": "organization_owner"} for name in self.served()
        ]
        return web.json_response({"object": "list", "data": rows})

    async def _completions(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.asked.append(body)
        if body["model"] not in self.served():
            return web.json_response({"error": {"message": "model not found", "type": "invalid"}}, status=404)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        about = {"id": "1", "object": "text_completion", "created": 0, "model": body["model"]}
        for word in (body["model"], ": ", body["prompt"]):
            choice = {"index": 0, "text": word, "finish_reason": None, "logprobs": None}
            await response.write(b"data: " + json.dumps({**about, "choices": [choice]}).encode() + b"\n\n")
        usage = {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}
        await response.write(b"data: " + json.dumps({**about, "choices": [], "usage": usage}).encode() + b"\n\n")
        await response.write(b"data: [DONE]\n\n")
        return response
