"""What the server, the command `ask` and the MCP server ask of whoever answers. Answers nothing itself."""

from collections.abc import AsyncGenerator, Sequence
from typing import Literal, Protocol

from oracle_lib import OracleError
from oracle_lib.council.wanted import ToolCall, Wanted
from oracle_lib.records import Frozen, Message


class NoAnswer(OracleError):
    """Of those who were asked, nobody answered."""


class Asked(Frozen):
    """A conversation that ends with a user's question, put to `model`: any name of the council or of an expert; and how
    the answer is `wanted`. What it says from the first of the stop sequences on is not shown.
    """

    model: str
    messages: tuple[Message, ...]
    wanted: Wanted = Wanted()

    @classmethod
    def question(cls, model: str, text: str) -> "Asked":
        """A question before which nothing was said. Raises `OracleError` for an empty one."""
        if not text.strip():
            raise OracleError("the question is empty; ask something")
        return cls(model=model, messages=(Message(role="user", content=text),))


class Usage(Frozen):
    """Tokens read and written, over all experts that were asked."""

    prompt_tokens: int
    answer_tokens: int


class Speaker(Frozen):
    """Who answered: an expert, how sure the router was (None: the base was asked for want of an expert), and the
    registered version that spoke (None: the base model with that expert's system prompt).
    """

    name: str
    confidence: float | None
    version: str | None


class Draft(Frozen):
    """What an expert has just written: nobody has checked it yet, and the answer may say otherwise."""

    expert: str
    text: str


class Finish(Frozen):
    """What is known when an answer ends. It was cut short where `reason` is "length", and where it is "tool_calls" it
    goes on when the client has made the `calls`; `why` is the router's reason.
    """

    reason: Literal["stop", "length", "tool_calls"]
    usage: Usage
    speakers: tuple[Speaker, ...]
    why: str
    calls: tuple[ToolCall, ...] = ()


class ServedModel(Frozen):
    """Something that can be asked: its `name`, every other name that means it, and what it is for."""

    name: str
    aliases: tuple[str, ...]
    purpose: str


class Answerer(Protocol):
    """Whoever answers."""

    @property
    def models(self) -> Sequence[ServedModel]:
        """What can be asked, the council first."""
        ...

    def answer(self, asked: Asked) -> AsyncGenerator[str | Draft | Finish]:
        """The answer to a question put to one of `models`, piece by piece; its `Finish` comes last. Before it may come
        drafts of it.

        Whoever asks may lose interest: then it is closed, or its task cancelled. Raises `OracleError` where the
        question or the model is at fault, `NoAnswer` where those who were asked are.
        """
        ...
