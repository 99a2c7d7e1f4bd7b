"""Lets the council and its experts answer those who speak to the server. The one place here that knows `Council`."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import cast

from oracle_lib import OracleError, registry
from oracle_lib.council.council import Answer, Council, Piece
from oracle_lib.council.serving.door import Asked, Draft, Finish, NoAnswer, ServedModel, Speaker, Usage
from oracle_lib.params import load_council, load_expert
from oracle_lib.records import Message

_SAID_BY = {"user": "User", "assistant": "Assistant"}


class Voices:
    """A council as an `Answerer`.

    Raises `OracleError` where no expert is registered and none answers at an endpoint: the models would be gigabytes
    that nobody asked for.
    """

    def __init__(self, council: Council | None = None) -> None:
        self._settings = load_council()
        if council is None and not registry.versions() and not self._settings.endpoints:
            raise OracleError("no expert is registered yet; `make demo` or `python -m oracle_lib run all` makes one")
        self._council = council or Council()

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

    async def answer(self, asked: Asked) -> AsyncGenerator[str | Draft | Finish]:
        names = (self._settings.name, *self._settings.aliases)
        expert = None if asked.model in names else load_expert(asked.model).name
        if expert and expert not in self._settings.experts:
            raise OracleError(f"{expert} is no member of the council; name it among the experts of params/council.yaml")
        *before, last = asked.messages
        stream = self._council.stream(last["content"], expert=expert, context=context_of(before), wanted=asked.wanted)
        # What a generator holds is given back as soon as it is closed, and this is one.
        async with aclosing(cast("AsyncGenerator[Piece | Answer]", stream)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Piece):
                    yield Draft(expert=piece.expert, text=piece.text)
                    continue
                if piece.failed and all(one.fault and not (one.text or one.calls) for one in piece.sections):
                    faults = (f"{name} gave no answer: {fault}" for name, fault in piece.failed.items())
                    raise NoAnswer("; ".join(faults))
                for line in piece.text.splitlines(keepends=True):
                    yield line
                yield _finish(piece)


def _finish(answer: Answer) -> Finish:
    confidence = dict(answer.experts)
    return Finish(
        reason="tool_calls" if answer.calls else "length" if answer.cut_short else "stop",
        usage=Usage(prompt_tokens=answer.prompt_tokens, answer_tokens=answer.answer_tokens),
        speakers=tuple(
            Speaker(name=name, confidence=confidence.get(name), version=version)
            for name, version in answer.used_adapter.items()
        ),
        why=answer.reason,
        calls=answer.calls,
    )


def context_of(before: Sequence[Message]) -> str:
    """What comes before a question, as an expert reads it: what the client demands of the answer, then what was said.
    An expert keeps its own system prompt, on which it was trained.
    """
    demands = [turn["content"] for turn in before if turn["role"] == "system"]
    said = [f"{_SAID_BY[turn['role']]}: {turn['content']}" for turn in before if turn["role"] != "system"]
    return "\n\n".join([*demands, *(["What was said before:\n" + "\n".join(said)] if said else [])])
