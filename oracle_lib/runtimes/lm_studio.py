"""LM Studio as a runtime: merged models in its models folder, asked through its OpenAI endpoint by the official client.
Starts no server.

LM Studio takes no adapters, so each version is a model of its own. Questions are sent as rendered text to its
completions endpoint; its chat renders the template that the GGUF holds, which is the base's own.
"""

import os
import shutil
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import openai

from oracle_lib import OracleError, bases, models
from oracle_lib.chat import Conversation, chat_ids, chat_text
from oracle_lib.files import atomic_path, remove, writable_folder
from oracle_lib.params import did_you_mean
from oracle_lib.registry import Version
from oracle_lib.runtimes import gguf_store
from oracle_lib.runtimes.addresses import LM_STUDIO
from oracle_lib.runtimes.door import ChatPlace, Check, Installed, Settings, Usage
from oracle_lib.runtimes.gguf_vocabulary import why_no_text

PUBLISHER = "oracle"
"""The folder below LM Studio's models that holds ours."""
_PATIENCE = 10


class LmStudio:
    """The LM Studio at `ORACLE_LM_STUDIO` (else on this machine), with its models in `ORACLE_LM_STUDIO_MODELS` (else
    where it keeps them by default).
    """

    name: ClassVar[str] = "lm-studio"

    def __init__(self, base: str) -> None:
        self.base = base

    def check(self, versions: Sequence[Version] = ()) -> Check:
        missing = []
        if not _models_folder().is_dir():
            missing.append("LM Studio has no models folder here; install it, or set ORACLE_LM_STUDIO_MODELS to it")
        try:
            with _talking() as client:
                client.models.list()
        except OracleError as error:
            missing.append(str(error))
        if (unsplit := why_no_text(self.base)) is not None:
            missing.append(unsplit)
        notes = ["LM Studio takes no adapters: each version is merged into a model of its own"]
        if not shutil.which("lms"):
            notes.append("its command line (lms) is not here, so start its server in its window")
        model = gguf_store.model_bytes(self.base)
        return Check(
            runtime=self.name,
            version=None,
            missing=tuple(missing),
            disk_bytes=model * len(versions),
            memory_bytes=model + gguf_store.cache_bytes(self.base, gguf_store.CONTEXT),
            notes=tuple(notes),
        )

    def install(self, version: Version | None) -> Installed:
        if not _models_folder().is_dir() or why_no_text(self.base):
            raise OracleError(self.check().missing[0])
        if version:
            gguf_store.require_base(version, self.base)
        name = version.name if version else self._base_name
        path = _file(name)
        stored = "there already"
        if not path.exists():
            for partial in writable_folder(path.parent).glob(".*.partial"):
                remove(partial)  # left by a process that died while it copied
            with gguf_store.written(self.base, version) as (whole, stored), atomic_path(path) as beside:
                shutil.move(whole, beside)
        note = f"{'merged' if version else 'the base'} ({stored}) in LM Studio's models folder"
        return Installed(name=name, bytes=path.stat().st_size, note=note)

    def remove(self, name: str) -> None:
        known = [*self.models(), self._base_name]
        if name not in known or not _file(name).exists():
            raise OracleError(f"LM Studio has no version {name!r} of ours{did_you_mean(name, known)}")
        remove(_file(name).parent)

    def models(self) -> list[str]:
        return sorted(name for name in gguf_store.versions_on(self.base) if _file(name).exists())

    async def ask(self, name: str | None, messages: Conversation, settings: Settings) -> AsyncIterator[str | Usage]:
        wanted = name or self._base_name
        tokenizer = models.load_tokenizer(self.base)
        length = len(chat_ids(tokenizer, messages, True))
        started = time.perf_counter()
        first: float | None = None
        async with openai.AsyncOpenAI(**_access(), timeout=None) as client:
            with _said_plainly():
                model = _served_as(wanted, [model.id async for model in await client.models.list()])
                pieces = await client.completions.create(
                    model=model,
                    prompt=chat_text(tokenizer, messages, True),
                    max_tokens=settings.max_new_tokens,
                    temperature=settings.temperature,
                    top_p=settings.top_p,
                    seed=settings.seed,
                    stop=[str(tokenizer.eos_token), *settings.stop],
                    stream=True,
                    stream_options={"include_usage": True},
                )
                answered = 0
                async for piece in pieces:
                    if piece.choices and piece.choices[0].text:
                        first = first or time.perf_counter() - started
                        yield piece.choices[0].text
                    if piece.usage:
                        length, answered = piece.usage.prompt_tokens, piece.usage.completion_tokens
        seconds = time.perf_counter() - started
        yield Usage(prompt_tokens=length, answer_tokens=answered, first_seconds=first or seconds, seconds=seconds)

    def chat_place(self, name: str | None) -> ChatPlace:
        with _talking() as client:
            model = _served_as(name or self._base_name, [model.id for model in client.models.list()])
        access = _access()
        return ChatPlace(url=access["base_url"], key=access["api_key"], model=model)

    def close(self) -> None:
        """Nothing is held: LM Studio unloads a model by itself."""

    @property
    def _base_name(self) -> str:
        return f"oracle-base-{bases.base_digest(self.base)[:12]}"


def _served_as(wanted: str, served: Sequence[str]) -> str:
    """What LM Studio calls a model of ours."""
    model = next((one for one in served if one.split("/")[-1] == wanted), None)
    if model is None:
        raise OracleError(f"LM Studio serves no model {wanted}; install it first, and look at its list")
    return model


def _models_folder() -> Path:
    chosen = os.environ.get("ORACLE_LM_STUDIO_MODELS") or "~/.lmstudio/models"
    return Path(chosen).expanduser()


def _file(name: str) -> Path:
    return _models_folder() / PUBLISHER / name / f"{name}.gguf"


def _access() -> dict[str, Any]:
    # Without a key of its own the client takes any that it finds in the environment.
    return {"base_url": os.environ.get("ORACLE_LM_STUDIO") or LM_STUDIO, "api_key": "none", "max_retries": 0}


@contextmanager
def _talking() -> Iterator[openai.OpenAI]:
    with openai.OpenAI(**_access(), timeout=_PATIENCE) as client, _said_plainly():
        yield client


@contextmanager
def _said_plainly() -> Iterator[None]:
    where = os.environ.get("ORACLE_LM_STUDIO") or LM_STUDIO
    try:
        yield
    except openai.APIStatusError as error:
        raise OracleError(f"LM Studio refused ({error.message}); look at its log") from None
    except (openai.OpenAIError, ValueError) as error:
        raise OracleError(
            f"no LM Studio answers at {where} ({type(error).__name__}); start its server, or set ORACLE_LM_STUDIO"
        ) from None
