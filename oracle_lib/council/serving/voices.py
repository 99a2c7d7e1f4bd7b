"""Lets the council and its experts answer those who speak to the server. The one place here that knows `Council`."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from oracle_lib import OracleError, registry
from oracle_lib.council.council import Council
from oracle_lib.council.serving.door import Asked, Finish, ServedModel, Speaker, Usage
from oracle_lib.params import load_council, load_expert
from oracle_lib.records import Message

_SAID_BY = {"user": "User", "assistant": "Assistant"}


class Voices:
    """A council as an `Answerer`: it answers one question at a time, in the order in which they came.

    Raises `OracleError` where no expert is registered: the models would be gigabytes that nobody asked for.
    """

    def __init__(self, council: Council | None = None) -> None:
        if not registry.versions():
            raise OracleError("no expert is registered yet; `make demo` or `python -m oracle_lib run all` makes one")
        self._council = council or Council()
        self._settings = load_council()
        # A question whose client went away before its turn leaves this queue; one that is being answered is finished.
        self._one_at_a_time = ThreadPoolExecutor(1)

    @property
    def models(self) -> Sequence[ServedModel]:
        whole = ServedModel(
            name=self._settings.name,
            aliases=self._settings.aliases,
            purpose="finds the experts that a question concerns and joins what they say",
        )
        experts = (load_expert(name) for name in self._settings.experts)
        return (
            whole,
            *(
                ServedModel(
                    name=expert.short_name,
                    aliases=tuple(name for name in expert.names if name != expert.short_name),
                    purpose=expert.purpose,
                )
                for expert in experts
            ),
        )

    async def answer(self, asked: Asked) -> AsyncGenerator[str | Finish]:
        names = {name for model in self.models[:1] for name in (model.name, *model.aliases)}
        expert = None if asked.model in names else load_expert(asked.model).name
        if expert and expert not in self._settings.experts:
            raise OracleError(f"{expert} is no member of the council; name it among the experts of params/council.yaml")
        *before, last = asked.messages
        ask = partial(
            self._council.answer,
            last["content"],
            expert=expert,
            context=context_of(before),
            max_new_tokens=asked.max_tokens,
        )
        answer = await asyncio.get_running_loop().run_in_executor(self._one_at_a_time, ask)
        for line in answer.text.splitlines(keepends=True):
            yield line
        confidence = dict(answer.experts)
        yield Finish(
            reason="length" if answer.cut_short else "stop",
            usage=Usage(prompt_tokens=answer.prompt_tokens, answer_tokens=answer.answer_tokens),
            speakers=tuple(
                Speaker(name=name, confidence=confidence.get(name), version=version)
                for name, version in answer.used_adapter.items()
            ),
            why=answer.reason,
        )


def context_of(before: Sequence[Message]) -> str:
    """What comes before a question, as an expert reads it: what the client demands of the answer, then what was said.
    An expert keeps its own system prompt, on which it was trained.
    """
    demands = [turn["content"] for turn in before if turn["role"] == "system"]
    said = [f"{_SAID_BY[turn['role']]}: {turn['content']}" for turn in before if turn["role"] != "system"]
    return "\n\n".join([*demands, *(["What was said before:\n" + "\n".join(said)] if said else [])])
