"""This process as a runtime: the base in 4 bits with the versions' adapters on it, as training left them. Needs no
server and no files of its own; what other runtimes answer is compared with it.
"""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from oracle_lib import OracleError, bases, models, registry
from oracle_lib.bases import is_ours
from oracle_lib.chat import Conversation, chat_ids
from oracle_lib.decoding import Sampling, decode
from oracle_lib.params import did_you_mean
from oracle_lib.registry import Version
from oracle_lib.runtimes.door import Check, Installed, Settings, Usage

if TYPE_CHECKING:
    from peft import PeftModel
    from transformers import PreTrainedModel


class InProcess:
    """transformers and PEFT, on the GPU where there is one. Every registered version of the base is here already."""

    name: ClassVar[str] = "in-process"

    def __init__(self, base: str) -> None:
        self.base = base
        self._model: PreTrainedModel | PeftModel | None = None
        self._loaded: set[str] = set()
        self._busy = threading.Lock()

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
        text, prompt, answered = await asyncio.to_thread(self._answer, version, messages, settings)
        seconds = time.perf_counter() - started
        if text:
            yield text
        yield Usage(prompt_tokens=prompt, answer_tokens=answered, first_seconds=seconds, seconds=seconds)

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

    def _answer(self, version: Version | None, messages: Conversation, settings: Settings) -> tuple[str, int, int]:
        """The text, and the tokens read and written. One question at a time: a batch is the council's own matter."""
        tokenizer = models.load_tokenizer(self.base)
        ids = chat_ids(tokenizer, messages, True)
        context = bases.find_context(self.base)
        if len(ids) + settings.max_new_tokens > context:
            raise OracleError(
                f"the question takes {len(ids)} tokens and its answer up to {settings.max_new_tokens}, more than the "
                f"{context} of {self.base}; shorten the question"
            )
        with self._busy:
            adapter = self._load(version) if version else None
            if self._model is None:
                self._model = models.load_base(self.base)
            [[text]] = decode(
                self._model,
                tokenizer,
                [ids],
                settings.max_new_tokens,
                Sampling(temperature=settings.temperature),
                seeds=[str(settings.seed)],
                adapters=[adapter] if self._loaded else None,
            )
        return text, len(ids), len(tokenizer(text, add_special_tokens=False)["input_ids"])

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
