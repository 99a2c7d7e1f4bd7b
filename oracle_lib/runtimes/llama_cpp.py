"""llama.cpp as a runtime: one `llama-server` with one base and every installed adapter, chosen per request.

Prompts go out as token ids of the base's own tokenizer, so no template and no splitting of text on the server's side
can differ from how the expert was trained. Each adapter has a slot of its own there, which remembers what the expert
has read while others answer. The server is ours: it listens on this machine alone, on a port and with a key of its own,
and ends when this process does.
"""

import asyncio
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import httpx

from oracle_lib import OracleError, bases
from oracle_lib.chat import Conversation, chat_ids
from oracle_lib.files import display_path, outputs, reason_of, writable_folder
from oracle_lib.models import load_tokenizer
from oracle_lib.params import did_you_mean
from oracle_lib.registry import Version
from oracle_lib.runtimes import gguf_store, guard
from oracle_lib.runtimes.door import ChatPlace, Check, Installed, NoTools, Settings, Usage

_START = 600.0
"""Seconds to wait for a server to load its base from a slow disk."""
_POLL = 0.05
_MOST_SLOTS = 256
"""llama.cpp has no more. Experts beyond share theirs, and read anew where the other was there."""
_NO_LIMIT = httpx.Timeout(10, read=None)
# An answer that ends within a character of several bytes, as the limit of tokens may have it, is sent whole, and then
# llama-server (release b10605) fails to parse it.
_TORN_CHARACTER = "does not match the expected"
_UNCUT = {"top_k": 0, "min_p": 0.0}
"""With these nothing is cut off that the model may say."""


@dataclass(frozen=True)
class _Server:
    """A running `llama-server` and the order in which it was given its adapters."""

    guard: "subprocess.Popen[bytes]"
    url: str
    key: str
    adapters: tuple[str, ...]


class LlamaCpp:
    """`llama-server`, where `ORACLE_LLAMA_SERVER` says or on the PATH, for the experts on one base."""

    name: ClassVar[str] = "llama.cpp"

    def __init__(self, base: str) -> None:
        self.base = base
        self._server: _Server | None = None
        self._starting = threading.Lock()
        self._answering = threading.Lock()

    def check(self, versions: Sequence[Version] = ()) -> Check:
        program = _program()
        missing = () if program else ("llama-server is not here; install llama.cpp, or set ORACLE_LLAMA_SERVER to it",)
        model = gguf_store.model_bytes(self.base)
        on_top = sum(gguf_store.adapter_bytes(version) for version in versions)
        notes = [] if gguf_store.quantiser() else ["without llama-quantize a base stays as large as it was published"]
        return Check(
            runtime=self.name,
            version=_version(program) if program else None,
            missing=missing,
            disk_bytes=model + on_top,
            memory_bytes=model + on_top + gguf_store.cache_bytes(self.base, self._context),
            notes=tuple(notes),
        )

    def install(self, version: Version | None) -> Installed:
        if version is None:
            size = gguf_store.base_file(self.base).stat().st_size
            return Installed(name=self.base, bytes=size, note="the GGUF of the base, which every adapter shares")
        gguf_store.require_base(version, self.base)
        path = gguf_store.adapter_file(version)
        note = f"an adapter of {path.stat().st_size / 2**20:.1f} MiB beside the GGUF of its base"
        return Installed(name=version.name, bytes=path.stat().st_size, note=note)

    def remove(self, name: str) -> None:
        gguf_store.remove_adapter(self.base, name)

    def models(self) -> list[str]:
        return [*gguf_store.adapters(self.base)]

    async def ask(self, name: str | None, messages: Conversation, settings: Settings) -> AsyncIterator[str | Usage]:
        if name is not None and name not in (known := self.models()):
            raise OracleError(f"llama.cpp has no version {name!r}{did_you_mean(name, known)}")
        ids = await asyncio.to_thread(lambda: chat_ids(load_tokenizer(self.base), messages, True))
        if len(ids) + settings.max_new_tokens > self._context:
            raise OracleError(
                f"the question takes {len(ids)} tokens and its answer up to {settings.max_new_tokens}, more than the "
                f"{self._context} that llama.cpp was given; shorten the question"
            )
        server = await asyncio.to_thread(self._running)
        asked = {
            "prompt": ids,
            **chosen(server.adapters, name),
            "n_predict": settings.max_new_tokens,
            "temperature": settings.temperature,
            "seed": settings.seed,
            "top_p": settings.top_p,
            "stop": list(settings.stop),
            **_UNCUT,
            "stream": True,
        }
        started = time.perf_counter()
        first: float | None = None
        answered, ended = 0, False
        try:
            async with (
                self._turn(),
                httpx.AsyncClient(timeout=_NO_LIMIT, trust_env=False, headers=_key(server.key)) as client,
                client.stream("POST", f"{server.url}/completion", json=asked) as response,
            ):
                if response.status_code != httpx.codes.OK:
                    raise OracleError(f"llama-server refused the question: {_reason(await response.aread())}")
                async for line in response.aiter_lines():
                    if not line.startswith("data: "):
                        continue
                    piece = json.loads(line.removeprefix("data: "))
                    if ended := _TORN_CHARACTER in str(piece.get("error")):
                        break
                    if "error" in piece:
                        raise OracleError(f"llama-server ended the answer: {_reason(line.partition(' ')[2].encode())}")
                    answered = piece.get("tokens_predicted", answered + 1)
                    if piece["content"]:
                        first = first or time.perf_counter() - started
                        yield piece["content"]
                    if ended := piece["stop"]:
                        break
        except (httpx.HTTPError, ValueError, KeyError) as error:
            raise OracleError(
                f"llama-server broke off ({type(error).__name__}: {reason_of(error)}); {_look()}"
            ) from None
        if not ended:
            raise OracleError(f"llama-server ended in the middle of an answer; {_look()}")
        seconds = time.perf_counter() - started
        yield Usage(prompt_tokens=len(ids), answer_tokens=answered, first_seconds=first or seconds, seconds=seconds)

    def chat_place(self, name: str | None) -> ChatPlace:
        if name is not None and name not in (known := self.models()):
            raise OracleError(f"llama.cpp has no version {name!r}{did_you_mean(name, known)}")
        server = self._running()
        try:
            with httpx.Client(trust_env=False, timeout=10, headers=_key(server.key)) as client:
                template = str(client.get(f"{server.url}/props").raise_for_status().json().get("chat_template"))
        except (httpx.HTTPError, ValueError) as error:
            raise OracleError(
                f"llama-server broke off ({type(error).__name__}: {reason_of(error)}); {_look()}"
            ) from None
        if "tools" not in template:
            raise NoTools(f"the chat template of {self.base} takes no tools")
        extra = {**chosen(server.adapters, name), **_UNCUT}
        return ChatPlace(url=f"{server.url}/v1", key=server.key, model=name or self.base, extra=extra)

    def close(self) -> None:
        if self._server:
            _end(self._server.guard)
            self._server = None

    @property
    def _context(self) -> int:
        return min(gguf_store.CONTEXT, bases.find_context(self.base))

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """While somebody answers, others wait, on whatever thread or loop: together they may need more than the memory
        that all slots share, and the server would end them all. It computes no two adapters at once anyway.
        """
        while not self._answering.acquire(blocking=False):
            await asyncio.sleep(_POLL)
        try:
            yield
        finally:
            self._answering.release()

    def _running(self) -> _Server:
        """The server with exactly the adapters that are installed now."""
        with self._starting:
            adapters = tuple(gguf_store.adapters(self.base))
            if self._server and self._server.adapters == adapters and self._server.guard.poll() is None:
                return self._server
            self.close()
            self._server = self._start(adapters)
            return self._server

    def _start(self, adapters: tuple[str, ...]) -> _Server:
        program = _program()
        if program is None:
            raise OracleError(self.check().missing[0])
        gguf_store.base_file(self.base)
        record = gguf_store.verified_base_file(self.base)
        for path in gguf_store.adapters(self.base).values():
            gguf_store.require_fits(path, record)
        folder, port, key = gguf_store.folder(self.base), _free_port(), secrets.token_urlsafe()
        command = [program, "-m", "base.gguf", "--host", "127.0.0.1", "--port", str(port), "--no-webui", "--jinja"]
        # Left to itself the server would also move prompts between slots by their tokens alone, whatever the adapter
        # that they were read with (llama.cpp issues 26207 and 30129).
        command += ["--cache-ram", "0", "-np", str(_slots(adapters)), "--kv-unified", "-c", str(self._context)]
        if adapters:  # relative names: a comma in a folder's name would end one
            command += ["--lora", ",".join(f"{name}.gguf" for name in adapters), "--lora-init-without-apply"]
        with _log().open("wb") as log:
            running = subprocess.Popen(
                [sys.executable, "-I", guard.__file__, *command],
                cwd=folder,
                env={**os.environ, "LLAMA_API_KEY": key},
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
            )
        server = _Server(running, f"http://127.0.0.1:{port}", key, adapters)
        try:
            _await_health(server)
        except BaseException:
            _end(running)
            raise
        return server


def chosen(adapters: Sequence[str], name: str | None) -> dict[str, Any]:
    """What a request says to be answered with one adapter, or by the base alone (None), in a slot that knows no other.

    It lists them all: without that, some builds apply every one.
    """
    slot = 1 + adapters.index(name) if name else 0
    weights = [{"id": place, "scale": float(one == name)} for place, one in enumerate(adapters)]
    return {"id_slot": slot % _slots(adapters), "lora": weights}


def _slots(adapters: Sequence[str]) -> int:
    return min(1 + len(adapters), _MOST_SLOTS)


def _await_health(server: _Server) -> None:
    deadline = time.monotonic() + _START
    with httpx.Client(trust_env=False, timeout=5) as client:
        while time.monotonic() < deadline:
            if server.guard.poll() is not None:
                raise OracleError(f"llama-server did not start; {_look()}")
            try:
                if client.get(f"{server.url}/health").status_code == httpx.codes.OK:
                    return
            except httpx.HTTPError:
                pass  # it does not listen yet
            time.sleep(_POLL)
    raise OracleError(f"llama-server was not ready after {_START:.0f} seconds; {_look()}")


def _end(held: "subprocess.Popen[bytes]") -> None:
    if held.stdin:
        held.stdin.close()
    held.wait()


def _program() -> str | None:
    return shutil.which(os.environ.get("ORACLE_LLAMA_SERVER") or "llama-server")


def _version(program: str) -> str:
    try:
        ran = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    said = (ran.stderr + ran.stdout).strip().splitlines()
    return next((line.removeprefix("version: ") for line in said if line.startswith("version: ")), "unknown")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _key(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def _reason(body: bytes) -> str:
    try:
        return str(json.loads(body)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return body[:200].decode(errors="replace")


def _log() -> Path:
    return writable_folder(outputs() / "runtimes") / "llama-server.log"


def _look() -> str:
    return f"{display_path(_log())} says why"
