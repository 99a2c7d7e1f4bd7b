"""What a runtime is to those who use one: four things that can be asked of it. Holds no runtime itself."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, ClassVar, Protocol

from pydantic import Field

from oracle_lib import OracleError
from oracle_lib.chat import Conversation
from oracle_lib.records import Frozen
from oracle_lib.registry import Version


class Settings(Frozen):
    """How an answer is drawn: greedily at `temperature` 0, else with `seed`, from the likeliest tokens that together
    reach the probability `top_p`. It has at most `max_new_tokens`, and ends before the first of `stop`.
    """

    max_new_tokens: int = 512
    temperature: float = 0.0
    seed: int = 0
    top_p: float = 1.0
    stop: tuple[str, ...] = ()


class NoTools(OracleError):
    """Whoever was asked cannot be offered tools. The message says why."""


class ChatPlace(Frozen):
    """Where a model answers by OpenAI's chat completions: the `url` up to /v1, the `key`, the `model`'s name there, and
    what else each request must say.
    """

    url: str
    key: str
    model: str
    extra: dict[str, Any] = Field(default_factory=dict)


class Usage(Frozen):
    """What an answer took: tokens read and written, and seconds from the question to the first piece and to the end."""

    prompt_tokens: int
    answer_tokens: int
    first_seconds: float
    seconds: float


class Check(Frozen):
    """What a runtime says of itself: its `version` and, a sentence each, what is `missing` before it can serve.

    `disk_bytes` and `memory_bytes` are what the versions asked about will take there, estimated from their shapes;
    `notes` say what else a user should know.
    """

    runtime: str
    version: str | None
    missing: tuple[str, ...]
    disk_bytes: int = 0
    memory_bytes: int = 0
    notes: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        return not self.missing


class Installed(Frozen):
    """A version as a runtime has it: under this `name`, in so many `bytes`. `note` says in words what was done."""

    name: str
    bytes: int
    note: str


class Runtime(Protocol):
    """A place where experts on one `base` answer. It must be closed: it may own a process, memory or connections."""

    name: ClassVar[str]
    base: str

    def check(self, versions: Sequence[Version] = ()) -> Check:
        """Whether it can serve, what is missing, and what `versions` would take. Changes nothing."""
        ...

    def install(self, version: Version | None) -> Installed:
        """Makes a version answer here, or the base alone (None); what is here already stays. Raises `OracleError`,
        before anything is written, where something is missing or the version stands on another base.
        """
        ...

    def remove(self, name: str) -> None:
        """Takes back what `install` put here under that name. Raises `OracleError` where nothing was."""
        ...

    def models(self) -> list[str]:
        """The names of the versions that are installed here on this base, sorted."""
        ...

    def ask(self, name: str | None, messages: Conversation, settings: Settings) -> AsyncIterator[str | Usage]:
        """The answer of an installed version, or of the base alone (None), piece by piece; its `Usage` comes last.

        To stop early, close the iterator. Raises `OracleError` for a version that is not installed, a question too
        long for the context or with a token that frames a chat, and where the runtime fails.
        """
        ...

    def chat_place(self, name: str | None) -> ChatPlace:
        """Where an installed version, or the base alone (None), can be asked with tools. Raises `NoTools` where it
        cannot, and `OracleError` as `ask` does.
        """
        ...

    def close(self) -> None:
        """Gives back the memory, processes and connections that it holds. It may be asked again afterwards."""
        ...
