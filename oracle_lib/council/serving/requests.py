"""Reads what OpenAI's clients send to `/v1/chat/completions`, from anybody: what cannot be done is refused in words,
what only tunes a model (`temperature`, `top_p`, `seed`, penalties) is left out.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from oracle_lib import OracleError
from oracle_lib.council.serving.door import Asked
from oracle_lib.records import Message, first_problem

_ROLES: dict[str, Literal["system", "user", "assistant"]] = {
    "system": "system",
    "developer": "system",
    "user": "user",
    "assistant": "assistant",
    "tool": "user",
    "function": "user",
}
_Stop = Annotated[str, Field(min_length=1, max_length=1000)]


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Part(_Lenient):
    type: str
    text: str | None = None


class _Turn(_Lenient):
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | tuple[_Part, ...] | None = None

    @property
    def text(self) -> str:
        if self.content is None or isinstance(self.content, str):
            return self.content or ""
        if other := next((part.type for part in self.content if part.type != "text"), None):
            raise OracleError(f"a message holds {other!r}, and the experts read text alone; send it without")
        return "\n".join(part.text or "" for part in self.content)


class _StreamOptions(_Lenient):
    include_usage: bool = False


class _Format(_Lenient):
    type: str = "text"


class ChatRequest(_Lenient):
    """The body of a chat completion. `tools` are taken and not passed on, because no expert is trained to call any:
    a client that leaves the choice to the model gets an answer without calls.
    """

    model: str = Field(min_length=1, max_length=200)
    messages: tuple[_Turn, ...] = Field(min_length=1)
    stream: bool = False
    stream_options: _StreamOptions | None = None
    stop: _Stop | Annotated[tuple[_Stop, ...], Field(max_length=16)] | None = None
    max_tokens: int | None = Field(default=None, ge=1)
    max_completion_tokens: int | None = Field(default=None, ge=1)
    n: int | None = None
    logprobs: bool | None = None
    response_format: _Format | None = None
    tools: tuple[Any, ...] | None = None
    tool_choice: Any = None

    @classmethod
    def read(cls, body: bytes) -> "ChatRequest":
        """Raises `OracleError` where the body is no request, or one for what cannot be done here."""
        try:
            request = cls.model_validate_json(body)
        except ValidationError as error:
            raise OracleError(f"the body is no chat completion request ({first_problem(error)})") from None
        if request.n not in (None, 1):
            raise OracleError("n must be 1; ask again for another answer")
        if request.logprobs:
            raise OracleError("logprobs cannot be given; ask without")
        if request.response_format and request.response_format.type != "text":
            raise OracleError("response_format must be text; the experts answer in Markdown")
        if request.tool_choice not in (None, "auto", "none"):
            raise OracleError('tool_choice must be "auto" or "none": no expert is trained to call tools')
        return request

    @property
    def include_usage(self) -> bool:
        return bool(self.stream_options and self.stream_options.include_usage)

    def asked(self) -> Asked:
        """The question in it. Raises `OracleError` where no user's message ends the conversation."""
        turns = [(turn.role, turn.text) for turn in self.messages]
        if turns[-1][0] in ("assistant", "system", "developer") or not turns[-1][1].strip():
            raise OracleError("the last message must be the user's, with a question in it")
        return Asked(
            model=self.model,
            messages=tuple(Message(role=_ROLES[role], content=text) for role, text in turns if text.strip()),
            max_tokens=self.max_completion_tokens or self.max_tokens,
            stop=(self.stop,) if isinstance(self.stop, str) else self.stop or (),
        )
