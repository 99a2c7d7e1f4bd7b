"""This process as a runtime: the base in 4 bits with the versions' adapters on it, as training left them. Needs no
server and no files of its own; what other runtimes answer is compared with it.
"""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from oracle_lib import OracleError, bases, models, registry
from oracle_lib.bases import is_ours
from oracle_lib.chat import Conversation, chat_ids
from oracle_lib.decoding import Prompt, Sampling, decode
from oracle_lib.params import did_you_mean
from oracle_lib.processor import CPU_PARAMETERS, require_processor
from oracle_lib.registry import Version
from oracle_lib.runtimes.door import ChatPlace, Check, Installed, NoTools, Settings, Usage
from oracle_lib.runtimes.growing_text import GrowingText

if TYPE_CHECKING:
    from peft import PeftModel
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

_GATHER = 0.02
"""Seconds that a question waits for others, which are read with it at once."""
_REMEDY = (
    f"in params/council.yaml name a base of at most {CPU_PARAMETERS / 1e9:.0f} billion parameters for experts without "
    "an adapter (`base`), or another place where this expert answers (`runtimes`)"
)
_TELL_EVERY = 0.05
"""Seconds between two times that pieces are handed over: to wake the event loop for each would slow a small model."""


class _Asked:
    """A question on its way into a batch, and what comes of it for whoever asks and waits in this event loop."""

    def __init__(self, version: Version | None, ids: list[int], settings: Settings, text: GrowingText) -> None:
        self.version, self.ids, self.settings = version, ids, settings
        self.heard = asyncio.Queue[str | int | BaseException]()
        """Pieces of the answer, and last how many tokens it took or what went wrong."""
        self.is_left = False
        self._text = text
        self._loop, self._telling = asyncio.get_running_loop(), threading.Lock()
        self._untold: list[str] = []
        self._told = 0.0

    def hear(self, tokens: Sequence[int], is_whole: bool) -> bool:
        """Takes in all tokens so far. Says whether more are wanted."""
        if piece := self._text.grow(tokens, is_whole):
            self._untold.append(piece)
        if is_whole:
            self.tell(len(tokens))
        elif self._untold and time.perf_counter() - self._told >= _TELL_EVERY:
            self.tell()
        return not (self.is_left or self._text.is_over)

    def tell(self, *end: int | BaseException) -> None:
        """Hands over the pieces that are there, and the end."""
        told, self._untold, self._told = [*self._untold, *end], [], time.perf_counter()
        with self._telling:  # nobody leaves, and the loop runs, until it is told
            if not self.is_left:
                self._loop.call_soon_threadsafe(self._take, told)

    def _take(self, told: Sequence[str | int | BaseException]) -> None:
        for one in told:
            self.heard.put_nowait(one)

    def leave(self) -> None:
        with self._telling:
            self.is_left = True


class InProcess:
    """transformers and PEFT, on the GPU where there is one. Every registered version of the base is here already."""

    name: ClassVar[str] = "in-process"

    def __init__(self, base: str) -> None:
        self.base = base
        self._model: PreTrainedModel | PeftModel | None = None
        self._loaded: set[str] = set()
        self._decoder = ThreadPoolExecutor(1, "decoder")
        self._waiting: list[_Asked] = []
        self._queueing = threading.Lock()
        self._reading = threading.Lock()

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
        ids = await asyncio.to_thread(self._ids, messages, settings)
        asked = _Asked(version, ids, settings, GrowingText(self._tokenizer, settings.stop))
        first = None
        try:
            with self._queueing:
                self._waiting.append(asked)
            await asyncio.sleep(_GATHER)
            self._decoder.submit(self._answer, asked)
            while isinstance(heard := await asked.heard.get(), str):
                first = first or time.perf_counter() - started
                yield heard
        finally:
            asked.leave()
        if isinstance(heard, BaseException):
            raise heard
        seconds = time.perf_counter() - started
        yield Usage(prompt_tokens=len(ids), answer_tokens=heard, first_seconds=first or seconds, seconds=seconds)

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
        require_processor(self.base, remedy=_REMEDY)  # before anything of it is downloaded
        with self._reading:  # the first question's thread reads it, for all
            tokenizer = self._tokenizer
        ids = chat_ids(tokenizer, messages, True)
        context = bases.find_context(self.base)
        if len(ids) + settings.max_new_tokens > context:
            raise OracleError(
                f"the question takes {len(ids)} tokens and its answer up to {settings.max_new_tokens}, more than the "
                f"{context} of {self.base}; shorten the question"
            )
        return ids

    def _answer(self, asked: _Asked) -> None:
        """Answers a question, and with it all that wait by now or come meanwhile and can be decoded beside it."""
        with self._queueing:
            if asked not in self._waiting:  # it was answered beside another
                return
            batch = [one for one in self._waiting if _goes_with(one.settings, asked.settings)]
            self._waiting = [one for one in self._waiting if one not in batch]
        batch = [one for one in batch if not one.is_left]
        try:
            self._decode(batch)
        except BaseException as error:
            for one in batch:
                one.tell(error)

    def _decode(self, batch: list[_Asked]) -> None:
        """Whoever comes meanwhile joins the `batch`."""
        loaded: list[tuple[_Asked, str | None]] = []
        for one in batch:
            try:
                loaded.append((one, self._load(one.version) if one.version else None))
            except OracleError as error:
                one.tell(error)
        if not loaded:
            return
        if self._model is None:
            self._model = models.load_base(self.base)
        settings = [one.settings for one, _ in loaded]

        def join() -> list[Prompt]:
            late = [(one, _adapter_name(one.version) if one.version else None) for one in self._late(settings[0])]
            batch.extend(one for one, _ in late)
            loaded.extend(late)
            return [Prompt(one.ids, str(one.settings.seed), name, one.settings.temperature) for one, name in late]

        decode(
            self._model,
            self._tokenizer,
            [one.ids for one, _ in loaded],
            settings[0].max_new_tokens,
            Sampling(temperature=settings[0].temperature, top_p=settings[0].top_p),
            seeds=[str(one.seed) for one in settings],
            adapters=[adapter for _, adapter in loaded] if self._loaded else None,
            temperatures=[one.temperature for one in settings],
            listen=lambda place, _, tokens, is_whole: loaded[place][0].hear(tokens, is_whole),
            join=join,
        )

    def _late(self, settings: Settings) -> list[_Asked]:
        """Those who wait by now, if all of them can be decoded beside what is being decoded; else none, so that nobody
        waits for ever.
        """
        with self._queueing:
            waiting = [one for one in self._waiting if not one.is_left]
            if not all(_goes_with(one.settings, settings) and self._has_adapter(one.version) for one in waiting):
                return []
            self._waiting = []
            return waiting

    def _has_adapter(self, version: Version | None) -> bool:
        return version is None or _adapter_name(version) in self._loaded

    def _load(self, version: Version) -> str:
        """The name of a version's adapter on the model, which gets it here if it has not got it yet."""
        from peft import PeftModel

        called = _adapter_name(version)
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


def _adapter_name(version: Version) -> str:
    return version.name.replace(".", "_")  # torch takes no dot in the name of a module


def _goes_with(one: Settings, other: Settings) -> bool:
    """Whether two answers can be decoded in one batch."""
    alike = one.max_new_tokens == other.max_new_tokens and one.top_p == other.top_p
    return alike and bool(one.temperature) == bool(other.temperature)
