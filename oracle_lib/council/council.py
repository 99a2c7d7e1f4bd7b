"""`Council`: asks the experts that a question concerns, through their registered adapters. Trains nothing."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oracle_lib import OracleError, models, registry
from oracle_lib.chat import Conversation, chat_ids, control_in, framing
from oracle_lib.council.router import Route, load_router
from oracle_lib.council.synthesis import Section, synthesise, write_general_section, write_section
from oracle_lib.params import Expert, load_council, load_expert
from oracle_lib.processor import say_how_long
from oracle_lib.records import Frozen
from oracle_lib.registry import Version

if TYPE_CHECKING:
    from peft import PeftModel
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

BASE_ALONE = "base"
"""Who answers where no expert is sure enough."""
MAX_QUESTION = 200_000
"""Characters of a question: more than any context holds, and few enough to count their tokens at once."""


class Answer(Frozen):
    """The council's answer, in Markdown. `experts` are (name, confidence) with the surest first, none where the base
    alone answered; `reason` is why. `timings` are seconds by phase (route, load, generate, synthesise), and
    `used_adapter` names the registered version that spoke for each: None means the base model with that expert's system
    prompt, or the general one. `prompt_tokens` and `answer_tokens` count what all of them read and wrote; `cut_short`
    says that one of them wrote as much as it may.
    """

    text: str
    experts: tuple[tuple[str, float], ...]
    reason: str
    timings: dict[str, float]
    used_adapter: dict[str, str | None]
    sections: tuple[Section, ...]
    prompt_tokens: int
    answer_tokens: int
    cut_short: bool

    def _repr_markdown_(self) -> str:
        return self.text


@dataclass(frozen=True)
class _Loaded:
    """A base in memory with the adapters of `versions` on it."""

    base: str
    versions: tuple[Version, ...]
    model: "PreTrainedModel | PeftModel"
    tokenizer: "PreTrainedTokenizerBase"


class Council:
    """The experts that params/council.yaml names, or those given, ready to answer.

    Each answers through its champion, else its candidate, and then the answer says so; experts that share a base answer
    in one batch. The base that answered last stays in memory with its members' adapters, so the next question does not
    wait for it. A promotion in between takes effect with the next question.
    """

    def __init__(self, experts: Iterable[str] | None = None, max_new_tokens: int | None = None) -> None:
        self._router = load_router(experts)
        settings = load_council()
        default = load_expert(settings.default)
        members = (*self._router.experts, default)
        self._members = {expert.name: expert for expert in members}
        self._nobody = default.model_copy(
            update={"name": BASE_ALONE, "system_prompt": settings.general_prompt, "language": "text"}
        )
        self._max_new_tokens = max_new_tokens or settings.max_new_tokens
        self._loaded: _Loaded | None = None

    def answer(
        self, question: str, expert: str | None = None, context: str = "", max_new_tokens: int | None = None
    ) -> Answer:
        """The answer of those that the router finds, or of the member `expert` alone; of each at most `max_new_tokens`,
        and never more than this council allows. They read `context` before the question, and the router does not.

        Raises `OracleError` for an empty question, one too long for a model or with a token that frames a chat, and
        for damaged or missing models.
        """
        read_by_experts = f"{context}\n\n{question}" if context else question
        if (length := len(read_by_experts)) > MAX_QUESTION:
            raise OracleError(f"the question has {length:,} characters, more than {MAX_QUESTION:,}; shorten it")
        if token := control_in(read_by_experts):
            raise OracleError(f"the question {framing(token)}; write it with a space in it")
        limit = min(max_new_tokens or self._max_new_tokens, self._max_new_tokens)
        timings = dict.fromkeys(("route", "load", "generate", "synthesise"), 0.0)
        with _timed(timings, "route"):
            route = (
                Route(experts=((expert, 1.0),), reason=f"{expert} was asked by name")
                if expert
                else self._router.route(question)
            )
            speakers = {name: self._members[name] for name, _ in route.experts} or {BASE_ALONE: self._nobody}
            in_use = {name: registry.in_use(name) for name in self._members}
            champions = {registry.aliases(name).get("champion") for name, _ in route.experts}
            bases = {name: self._base(speaker, in_use) for name, speaker in speakers.items()}
        texts: dict[str, str] = {}
        read, written = 0, list[int]()
        for base in dict.fromkeys(bases.values()):
            asked = [speakers[name] for name in bases if bases[name] == base]
            say_how_long(base, "answering", steps=limit)
            with _timed(timings, "load"):
                versions = tuple(found for found in in_use.values() if found and found.adapter.base == base)
                loaded = self._load(base, versions)
            with _timed(timings, "generate"):
                said, prompts = self._ask(loaded, asked, read_by_experts, limit)
                texts |= said
                read += sum(prompts)
                written += [
                    len(loaded.tokenizer(text, add_special_tokens=False)["input_ids"]) for text in said.values()
                ]
        with _timed(timings, "synthesise"):
            used = {name: version.name if (version := in_use.get(name)) else None for name in speakers}
            sections = tuple(
                write_section(
                    self._members[name], confidence, used[name], texts[name], is_champion=used[name] in champions
                )
                for name, confidence in route.experts
            ) or (write_general_section(BASE_ALONE, texts[BASE_ALONE], route.reason),)
            text = synthesise(sections)
        return Answer(
            text=text,
            experts=route.experts,
            reason=route.reason,
            timings=timings,
            used_adapter=used,
            sections=sections,
            prompt_tokens=read,
            answer_tokens=sum(written),
            cut_short=any(tokens >= limit for tokens in written),
        )

    def _base(self, expert: Expert, in_use: dict[str, Version | None]) -> str:
        """The base that answers for an expert: its version's; else that of a member meant for the same base, which is
        the embedded one in a demo; else the one in its params.
        """
        own = in_use.get(expert.name)
        fellows = [in_use[fellow.name] for fellow in self._members.values() if fellow.base == expert.base]
        version = next((found for found in (own, *fellows) if found), None)
        return version.adapter.base if version else expert.base.huggingface

    def _load(self, base: str, versions: tuple[Version, ...]) -> _Loaded:
        if self._loaded is None or (self._loaded.base, self._loaded.versions) != (base, versions):
            self._loaded = None  # the old model must go before the new one comes: a card holds one
            adapters = [registry.verify(version).adapter for version in versions]
            model = models.load_adapters(adapters) if adapters else models.load_base(base)
            self._loaded = _Loaded(base, versions, model, models.load_tokenizer(base))
        return self._loaded

    def _ask(
        self, loaded: _Loaded, experts: list[Expert], question: str, limit: int
    ) -> tuple[dict[str, str], list[int]]:
        """What each says in at most `limit` tokens, and how many tokens each was given to read."""
        conversations: list[Conversation] = [
            [{"role": "system", "content": expert.system_prompt}, {"role": "user", "content": question}]
            for expert in experts
        ]
        lengths = [len(chat_ids(loaded.tokenizer, asked, True)) for asked in conversations]
        context = loaded.model.config.max_position_embeddings
        if max(lengths) + limit > context:
            raise OracleError(
                f"the question takes {max(lengths)} tokens and its answer up to {limit}, more than the "
                f"{context} of {loaded.base}; shorten the question"
            )
        trained = {version.expert for version in loaded.versions}
        adapters = [expert.name if expert.name in trained else None for expert in experts] if trained else None
        texts = models.generate(
            loaded.model,
            loaded.tokenizer,
            conversations,
            limit,
            adapters=adapters,
        )
        return {expert.name: text for expert, text in zip(experts, texts, strict=True)}, lengths


@contextmanager
def _timed(timings: dict[str, float], phase: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    timings[phase] += time.perf_counter() - started
