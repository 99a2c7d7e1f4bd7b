"""A request as plain as can be, for tests of who is asked and not of what."""

from dataclasses import dataclass, field

from pydantic import JsonValue

from oracle_lib.generate.requests import Draft
from oracle_lib.sample import Domain, Source, Task

ANSWER_AND_COUNT: dict[str, JsonValue] = {
    "type": "object",
    "properties": {"answer": {"type": "string"}, "count": {"type": "integer", "minimum": 3}},
    "required": ["answer", "count"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Plain:
    """Asks for an answer, in the form of a schema where it has one."""

    index: int = 0
    schema: dict[str, JsonValue] | None = None
    system: str = "You write assembly for the SNES."
    prompt: str = "Write a routine that adds 1 to A."
    subject: str = "plain"
    domain: Domain = Domain.ASM
    task: Task = Task.WRITE
    group: str = "plain"
    source: Source = field(default_factory=lambda: Source(corpus="tests", path="plain", licence="MIT"))
    phrasing: int = 0
    seed: int = 0

    def again(self, turn: int, fresh_cases: int) -> "Plain":
        raise NotImplementedError

    def draft(self, output: str) -> Draft:
        return Draft(self.prompt, "", output, None)
