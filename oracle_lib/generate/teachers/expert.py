"""The expert as a teacher: a registered version samples answers, and those that hold teach the next one.

It judges nothing: the campaign runs every answer, as any teacher's, and keeps what passes (rejection-sampling
fine-tuning). Requests that wait at one time are decoded together, in a thread; what an answer is worth is found out
beside it.
"""

import asyncio
import hashlib
from functools import cached_property
from typing import Any, get_args

from oracle_lib import OracleError, models, params, registry
from oracle_lib.bases import is_ours
from oracle_lib.chat import chat_ids
from oracle_lib.code import code_digest
from oracle_lib.decoding import Sampling, decode
from oracle_lib.generate.requests import Request
from oracle_lib.generate.teachers import Manner, Reply
from oracle_lib.params import Limits, Prices, SelfTeaching
from oracle_lib.records import Message
from oracle_lib.registry import Alias, Version

_FRESH_CASES = 32
"""States in which an answer must hold beyond those of its contract: the version may know by heart what those leave
open."""


def teaching_version(expert: params.Expert, settings: SelfTeaching) -> Version:
    """The registered version that teaches. Raises `OracleError` where there is none."""
    is_alias = settings.version in get_args(Alias)
    return registry.resolve(f"{expert.name}@{settings.version}" if is_alias else settings.version)


class ExpertTeacher:
    """A registered version on the base it was trained on, which it loads when it is first asked."""

    name = "expert"
    limits = Limits(concurrency=1_000_000)  # those that wait are decoded together
    prices = Prices()

    def __init__(self, expert: params.Expert, settings: SelfTeaching) -> None:
        self._expert, self._settings = expert, settings
        self._waiting: list[tuple[Request, asyncio.Future[Reply]]] = []
        self._writing: asyncio.Task[None] | None = None

    @property
    def manner(self) -> Manner:
        return Manner(self._settings.samples, _FRESH_CASES, self._settings.keep, in_company=True)

    @cached_property
    def _version(self) -> Version:
        return teaching_version(self._expert, self._settings)

    @property
    def model(self) -> str:
        return self._version.name

    @cached_property
    def version(self) -> str:
        """The digest of the adapter, its base, what it is told, how it is sampled, and the code that does it."""
        adapter = self._version.adapter
        how = self._settings.model_dump(exclude={"version", "samples", "keep"})
        decided = (
            adapter.sha256,
            adapter.base_sha256,
            self._speaker.system_prompt,
            how,
            code_digest("oracle_lib.models"),
        )
        return hashlib.sha256(repr(decided).encode()).hexdigest()

    @cached_property
    def _speaker(self) -> params.Expert:
        return params.load_expert(self._version.expert)

    def unavailable(self) -> str | None:
        try:
            base = registry.verify(self._version).adapter.base
        except OracleError as error:
            return str(error)
        if is_ours(base):
            return None
        import torch

        return None if torch.cuda.is_available() else f"{base}, on which {self.model} stands, needs a GPU; use one"

    async def answer(self, request: Request) -> Reply:
        answered: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting.append((request, answered))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return await answered

    async def close(self) -> None: ...

    async def _write(self) -> None:
        """Answers what waits. It begins when all who ask at one time have asked."""
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await asyncio.to_thread(self._decode, batch, asyncio.get_running_loop())
            except Exception as error:  # whoever waits for an answer must hear of it
                for _, answered in batch:
                    if not answered.done():
                        answered.set_exception(error)

    def _decode(self, batch: list[tuple[Request, "asyncio.Future[Reply]"]], loop: asyncio.AbstractEventLoop) -> None:
        model, tokenizer = self._loaded

        def tell(place: int, _: int, text: str) -> None:
            answered = batch[place][1]
            if answered.cancelled():
                raise OracleError("the campaign has ended")
            loop.call_soon_threadsafe(_settle, answered, Reply(text, {"tokens": len(tokenizer(text)["input_ids"])}))

        prompts = [chat_ids(tokenizer, self._asked(request), add_generation_prompt=True) for request, _ in batch]
        seeds = [str(request.seed) for request, _ in batch]
        sampling = Sampling(self._settings.temperature, self._settings.top_p)
        decode(model, tokenizer, prompts, self._settings.max_new_tokens, sampling, seeds=seeds, tell=tell)

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        adapter = self._version.adapter
        return models.for_decoding(models.load_adapter(adapter)), models.load_tokenizer(adapter.base)

    def _asked(self, request: Request) -> list[Message]:
        return [
            {"role": "system", "content": self._speaker.system_prompt},
            {"role": "user", "content": request.prompt},
        ]


def _settle(answered: "asyncio.Future[Reply]", reply: Reply) -> None:
    if not answered.done():
        answered.set_result(reply)
