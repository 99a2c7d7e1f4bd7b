"""Ollama as a runtime, by its official client. Starts no server.

Since 0.34.1 Ollama takes no adapters: each version is merged into the base's bf16 weights and becomes a model of its
own. An older one shares one base among the adapters. Our own questions are sent as rendered text, past Ollama's
template; that one is for everybody else.
"""

import re
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

import httpx
import ollama

from oracle_lib import OracleError, bases, models
from oracle_lib.chat import Conversation, chat_ids, chat_text
from oracle_lib.params import did_you_mean
from oracle_lib.registry import Version
from oracle_lib.runtimes import gguf_store
from oracle_lib.runtimes.addresses import ollama_address
from oracle_lib.runtimes.door import ChatPlace, Check, Installed, NoTools, Settings, Usage
from oracle_lib.runtimes.gguf_vocabulary import why_no_text
from oracle_lib.runtimes.modelfile import describe, template

_NO_MORE_ADAPTERS = (0, 34, 1)
_PATIENCE = 10
_NO_LIMIT = httpx.Timeout(10, read=None, write=None)


class Ollama:
    """The Ollama server that `OLLAMA_HOST` names, else the one on this machine."""

    name: ClassVar[str] = "ollama"

    def __init__(self, base: str) -> None:
        self.base = base

    def check(self, versions: Sequence[Version] = ()) -> Check:
        missing, notes = [], []
        version = None
        try:
            version = _version()
        except OracleError as error:
            missing.append(str(error))
        if (unsplit := why_no_text(self.base)) is not None:
            missing.append(unsplit)
        model, adapters = gguf_store.model_bytes(self.base), sum(gguf_store.adapter_bytes(one) for one in versions)
        if version and takes_adapters(version):
            disk, memory = model + adapters, model + adapters
            notes.append(f"Ollama {version} still takes adapters: the versions share one base")
        else:
            disk, memory = model * len(versions), model
            notes.append("Ollama takes no adapters since 0.34.1: each version is merged into a model of its own")
        cache = gguf_store.cache_bytes(self.base, self._context)
        return Check(
            runtime=self.name,
            version=version,
            missing=tuple(missing),
            disk_bytes=disk,
            memory_bytes=memory + cache,
            notes=tuple(notes),
        )

    def install(self, version: Version | None) -> Installed:
        if missing := self.check().missing:
            raise OracleError(missing[0])
        if version is None:
            self._create_base()
            return Installed(name=self._base_name, bytes=gguf_store.model_bytes(self.base), note="the base alone")
        gguf_store.require_base(version, self.base)
        if version.name in self._tags():
            return Installed(name=version.name, bytes=gguf_store.model_bytes(self.base), note="it was there already")
        about = describe(version, self._context)
        described: dict[str, Any] = {
            "template": about.template,
            "system": about.system,
            "parameters": about.parameters,
        }
        if takes_adapters(running := _version()):
            self._create_base()
            path = gguf_store.adapter_file(version)
            with _talking() as client:
                files = {path.name: client.create_blob(path)}
                client.create(model=version.name, from_=self._base_name, adapters=files, **described)
            note = f"an adapter on {self._base_name}: Ollama {running} still takes one"
            return Installed(name=version.name, bytes=path.stat().st_size, note=note)
        with gguf_store.written(self.base, version) as (path, stored), _talking() as client:
            size = path.stat().st_size
            client.create(model=version.name, files={f"{version.name}.gguf": client.create_blob(path)}, **described)
        return Installed(name=version.name, bytes=size, note=f"merged ({stored}): Ollama {running} takes no adapter")

    def remove(self, name: str) -> None:
        known = self.models()
        if name not in (*known, self._base_name):
            raise OracleError(f"Ollama has no version {name!r} of ours{did_you_mean(name, known)}")
        with _talking() as client:
            client.delete(name)

    def models(self) -> list[str]:
        return sorted(gguf_store.versions_on(self.base) & self._tags())

    async def ask(self, name: str | None, messages: Conversation, settings: Settings) -> AsyncIterator[str | Usage]:
        model = name or self._base_name
        if model not in self._tags():
            raise OracleError(f"Ollama has no model {model}; install it first")
        tokenizer = models.load_tokenizer(self.base)
        length = len(chat_ids(tokenizer, messages, True))
        if length + settings.max_new_tokens > self._context:
            raise OracleError(
                f"the question takes {length} tokens and its answer up to {settings.max_new_tokens}, more than the "
                f"{self._context} that Ollama is asked to hold; shorten the question"
            )
        options = {
            "num_ctx": self._context,
            "num_predict": settings.max_new_tokens,
            "temperature": settings.temperature,
            "seed": settings.seed,
            "top_k": 0,
            "top_p": settings.top_p,
            "min_p": 0.0,
            "repeat_penalty": 1.0,
            "stop": [str(tokenizer.eos_token), *settings.stop],
        }
        started = time.perf_counter()
        first: float | None = None
        async with ollama.AsyncClient(ollama_address(), timeout=_NO_LIMIT, trust_env=False) as client:
            with _said_plainly():
                pieces = await client.generate(
                    model=model, prompt=chat_text(tokenizer, messages, True), raw=True, options=options, stream=True
                )
                async for piece in pieces:
                    if piece.response:
                        first = first or time.perf_counter() - started
                        yield piece.response
                    if piece.done:
                        seconds = time.perf_counter() - started
                        yield Usage(
                            prompt_tokens=piece.prompt_eval_count or length,
                            answer_tokens=piece.eval_count or 0,
                            first_seconds=first or seconds,
                            seconds=seconds,
                        )
                        return
        raise OracleError("Ollama ended in the middle of an answer; ask again, or look at its log")

    def chat_place(self, name: str | None) -> ChatPlace:
        model = name or self._base_name
        if model not in self._tags():
            raise OracleError(f"Ollama has no model {model}; install it first")
        with _talking() as client:
            abilities = client.show(model).capabilities or []
        if "tools" not in abilities:
            raise NoTools(f"the template of {model} in Ollama takes no tools")
        return ChatPlace(url=f"{ollama_address()}/v1", key="ollama", model=model)

    def close(self) -> None:
        """Nothing is held: Ollama unloads a model by itself."""

    @property
    def _base_name(self) -> str:
        return f"oracle-base-{bases.base_digest(self.base)[:12]}"

    @property
    def _context(self) -> int:
        return min(gguf_store.CONTEXT, bases.find_context(self.base))

    def _create_base(self) -> None:
        if self._base_name in self._tags():
            return
        path, architecture = gguf_store.base_file(self.base), bases.find(self.base).architecture
        parameters = {"num_ctx": self._context, "stop": architecture.end}
        with _talking() as client:
            files = {"base.gguf": client.create_blob(path)}
            client.create(model=self._base_name, files=files, template=template(architecture), parameters=parameters)

    def _tags(self) -> set[str]:
        with _talking() as client:
            return {str(found.model).removesuffix(":latest") for found in client.list().models}


def takes_adapters(version: str) -> bool:
    """Whether an Ollama of that version creates models with adapters."""
    return tuple(map(int, re.findall(r"\d+", version)[:3])) < _NO_MORE_ADAPTERS


def _version() -> str:
    """Raises `OracleError` where no Ollama answers."""
    where = ollama_address()
    try:
        with httpx.Client(trust_env=False, timeout=_PATIENCE) as client:
            return str(client.get(f"{where}/api/version").raise_for_status().json()["version"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        raise OracleError(
            f"no Ollama answers at {where}; start it (ollama serve), or set OLLAMA_HOST to its host:port"
        ) from None


@contextmanager
def _talking() -> Iterator[ollama.Client]:
    with ollama.Client(ollama_address(), timeout=_NO_LIMIT, trust_env=False) as client, _said_plainly():
        yield client


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except ollama.ResponseError as error:
        raise OracleError(f"Ollama refused ({error.error}); update it, or choose another runtime") from None
    except (httpx.HTTPError, ConnectionError) as error:
        raise OracleError(
            f"Ollama at {ollama_address()} broke off ({type(error).__name__}); start it again, and ask again"
        ) from None
