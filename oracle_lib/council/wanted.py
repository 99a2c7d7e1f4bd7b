"""What whoever asks the council wants of the answers besides the question: how they are drawn, and the tools that a
model may call. Calls nothing.
"""

from typing import Any

from oracle_lib.records import Frozen


class Tools(Frozen):
    """The tools that a client `offered`, in the form of OpenAI's API, and the `turns` of its conversation in the same
    form, in which earlier calls and their results stand; its system prompts are the `demands`. `choice` and `parallel`
    are passed on as they came.
    """

    offered: tuple[dict[str, Any], ...]
    turns: tuple[dict[str, Any], ...]
    demands: str = ""
    choice: Any = None
    parallel: bool | None = None

    @property
    def names(self) -> frozenset[str]:
        return frozenset(str(tool["function"]["name"]) for tool in self.offered)

    @property
    def are_required(self) -> bool:
        """Whether an answer without a call would be none."""
        return self.choice not in (None, "auto")


class ToolCall(Frozen):
    """A call that a model wants its client to make: `arguments` are JSON as the model wrote it."""

    id: str
    name: str
    arguments: str


class Wanted(Frozen):
    """What is left out is the expert's own: its temperature, a seed that follows from the question. `max_new_tokens`
    never exceeds what the council allows; what an expert would say from the first of `stop` on is not said.
    """

    max_new_tokens: int | None = None
    temperature: float | None = None
    top_p: float = 1.0
    seed: int | None = None
    stop: tuple[str, ...] = ()
    tools: Tools | None = None
