"""This process as a runtime: the base in 4 bits with the versions' adapters on it, as training left them. Needs no
server and no files of its own; what other runtimes answer is compared with it.
"""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from oracle_lib import OracleError, bases, models, registry
from oracle_lib.bases import is_ours
from oracle_lib.chat import Conversation, chat_ids
from oracle_lib.decoding import Sampling, decode
from oracle_lib.params import did_you_mean
from oracle_lib.registry import Version
from oracle_lib.runtimes.door import ChatPlace, Check, Installed, NoTools, Settings, Usage

if TYPE_CHECKING:
    from peft import PeftModel
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

_GATHER = 0.02
"""Seconds that a question waits for others, which are answered with it in one batch."""


@dataclass(frozen=True, eq=False)
class _Asked:
    """A question on its way into a batch, and the text that will answer it."""

    version: Version | None
    ids: list[int]
    settings: Settings
    text: "Future[str]" = field(default_factory=Future)


class InProcess:
    """transformers and PEFT, on the GPU where there is one. Every registered version of the base is here already."""

    name: ClassVar[str] = "in-process"

    def __init__(self, base: str) -> None:
        self.base = base
        self._model: PreTrainedModel | PeftModel | None = None
        self._loaded: set[str] = set()
        self._busy = threading.Lock()
        self._waiting: list[_Asked] = []
        self._queueing = threading.Lock()

    def check(self, versions: Sequence[Version] = ()) -> Check:
        import transformers

        adapters = sum((version.adapter.folder / "adapter_model.safetensors").stat().st_size for version in versions)
        memory = int(bases.find(self.base).memory * 2**30) + adapters
        notes = () if is_ours(self.base) else ("it answers quickly only on a GPU",)
        version = f"transformers {transformers.__version__}"
        return Check(runtime=self.name, version=version, missing=(), memory_bytes=memory, notes=notes)

    def install(self, version: Version | None) -> Installed:
        if version is None:
            return Installed(name=self.base, bytes=0, note="nothing to do: the base is loaded when it is asked")
        if version.name not in self._versions():
            raise OracleError(f"{version.name} was trained on {version.adapter.base}, not on {self.base}")
        return Installed(name=version.name, bytes=0, note="nothing to do: it answers from the registry")

    def remove(self, name: str) -> None:
        self._version(name)
        self.close()

    def models(self) -> list[str]:
        return sorted(self._versions())

    async def ask(self, name: str | None, messages: Conversation, settings: Settings) -> AsyncIterator[str | Usage]:
        version = None if name is None else self._version(name)
        started = time.perf_counter()
        asked = _Asked(version, await asyncio.to_thread(self._ids, messages, settings), settings)
        with self._queueing:
            self._waiting.append(asked)
        try:
            await asyncio.sleep(_GATHER)
            text = _before(settings.stop, await asyncio.to_thread(self._answered, asked))
        finally:
            asked.text.cancel()  # whoever gave up before its turn is left out
        seconds = time.perf_counter() - started
        if text:
            yield text
        answered = len(self._tokenizer(text, add_special_tokens=False)["input_ids"])
        yield Usage(prompt_tokens=len(asked.ids), answer_tokens=answered, first_seconds=seconds, seconds=seconds)

    def chat_place(self, name: str | None) -> ChatPlace:
        raise NoTools("experts in this process take no tools; llama.cpp, LM Studio, Ollama and endpoints may")

    def close(self) -> None:
        self._model, self._loaded = None, set()

    def _versions(self) -> dict[str, Version]:
        digest = bases.base_digest(self.base)
        return {one.name: one for one in registry.versions() if one.adapter.base_sha256 == digest}

    def _version(self, name: str) -> Version:
        known = self._versions()
        if name not in known:
            raise OracleError(f"no version {name!r} stands on {self.base}{did_you_mean(name, [*known])}")
        return known[name]

    @cached_property
    def _tokenizer(self) -> "PreTrainedTokenizerBase":
        return models.load_tokenizer(self.base)

    def _ids(self, messages: Conversation, settings: Settings) -> list[int]:
        ids = chat_ids(self._tokenizer, messages, True)
        context = bases.find_context(self.base)
        if len(ids) + settings.max_new_tokens > context:
            raise OracleError(
                f"the question takes {len(ids)} tokens and its answer up to {settings.max_new_tokens}, more than the "
                f"{context} of {self.base}; shorten the question"
            )
        return ids

    def _answered(self, asked: _Asked) -> str:
        """The text that answers a question: whoever comes first answers all that wait by then."""
        with self._busy:
            if not asked.text.done():
                with self._queueing:
                    chosen = [one for one in self._waiting if _goes_with(one.settings, asked.settings)]
                    self._waiting = [one for one in self._waiting if one not in chosen]
                self._answer([one for one in chosen if one.text.set_running_or_notify_cancel()])
        return asked.text.result()

    def _answer(self, batch: Sequence[_Asked]) -> None:
        """Gives each of a batch its text, or what stands in its way."""
        loaded: list[tuple[_Asked, str | None]] = []
        for one in batch:
            try:
                loaded.append((one, self._load(one.version) if one.version else None))
            except OracleError as error:
                one.text.set_exception(error)
        try:
            for (one, _), text in zip(loaded, self._decoded(loaded), strict=True):
                one.text.set_result(text)
        except BaseException as error:
            for one, _ in loaded:
                one.text.set_exception(error)

    def _decoded(self, batch: Sequence[tuple[_Asked, str | None]]) -> list[str]:
        if not batch:
            return []
        if self._model is None:
            self._model = models.load_base(self.base)
        settings = [one.settings for one, _ in batch]
        texts = decode(
            self._model,
            self._tokenizer,
            [one.ids for one, _ in batch],
            settings[0].max_new_tokens,
            Sampling(temperature=settings[0].temperature, top_p=settings[0].top_p),
            seeds=[str(one.seed) for one in settings],
            adapters=[adapter for _, adapter in batch] if self._loaded else None,
            temperatures=[one.temperature for one in settings],
        )
        return [text for (text,) in texts]

    def _load(self, version: Version) -> str:
        """The name of a version's adapter on the model, which gets it here if it has not got it yet."""
        from peft import PeftModel

        called = version.name.replace(".", "_")  # torch takes no dot in the name of a module
        if called not in self._loaded:
            folder = registry.verify(version).adapter.folder
            model = self._model or models.load_base(self.base)
            if isinstance(model, PeftModel):
                model.load_adapter(folder, adapter_name=called)
            else:
                model = PeftModel.from_pretrained(model, folder, adapter_name=called)
            self._model = model.eval()
            self._loaded.add(called)
        return called


def _goes_with(one: Settings, other: Settings) -> bool:
    """Whether two answers can be decoded in one batch."""
    alike = one.max_new_tokens == other.max_new_tokens and one.top_p == other.top_p
    return alike and bool(one.temperature) == bool(other.temperature)


def _before(stops: Sequence[str], text: str) -> str:
    return text[: min((place for stop in stops if (place := text.find(stop)) >= 0), default=len(text))]
