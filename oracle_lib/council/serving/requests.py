"""Reads what OpenAI's clients send to `/v1/chat/completions`, from anybody: what cannot be done is refused in words,
penalties and what else the API does not need are left out.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from oracle_lib import OracleError
from oracle_lib.council.serving.door import Asked
from oracle_lib.council.wanted import Tools, Wanted
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
_Limit = Annotated[int | None, Field(ge=1), BeforeValidator(lambda given: None if given == -1 else given)]
"""In tokens; -1 is what clients of LM Studio and llama.cpp send for none."""


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Part(_Lenient):
    type: str
    text: str | None = None


class _Named(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)

    name: str = Field(min_length=1, max_length=200)


class _Turn(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | tuple[_Part, ...] | None = None

    @property
    def text(self) -> str:
        if self.content is None or isinstance(self.content, str):
            return self.content or ""
        if other := next((part.type for part in self.content if part.type != "text"), None):
            raise OracleError(f"a message holds {other!r}, and the experts read text alone; send it without")
        return "\n".join(part.text or "" for part in self.content)

    def as_it_came(self) -> dict[str, Any]:
        """With the calls of an assistant and whose result a tool's is; what else a client adds concerns nobody."""
        known = ("role", "content", "tool_calls", "tool_call_id", "name")
        return {key: value for key, value in self.model_dump(exclude_unset=True).items() if key in known}


class _StreamOptions(_Lenient):
    include_usage: bool = False


class _Format(_Lenient):
    type: str = "text"


class _Tool(BaseModel):
    """A tool as it came: what a function has besides its name is between the client and the model."""

    model_config = ConfigDict(extra="allow", frozen=True)

    type: Literal["function"]
    function: _Named


class _Choice(_Lenient):
    type: Literal["function"]
    function: _Named


class ChatRequest(_Lenient):
    """The body of a chat completion."""

    model: str = Field(min_length=1, max_length=200)
    messages: tuple[_Turn, ...] = Field(min_length=1)
    stream: bool = False
    stream_options: _StreamOptions | None = None
    stop: _Stop | Annotated[tuple[_Stop, ...], Field(max_length=16)] | None = None
    max_tokens: _Limit = None
    max_completion_tokens: _Limit = None
    n: int | None = None
    logprobs: bool | None = None
    response_format: _Format | None = None
    temperature: float | None = Field(default=None, ge=0, le=2)
    top_p: float | None = Field(default=None, gt=0, le=1)
    seed: int | None = Field(default=None, ge=-(2**63), lt=2**63)
    tools: Annotated[tuple[_Tool, ...], Field(max_length=128)] | None = None
    tool_choice: Literal["auto", "none", "required"] | _Choice | None = None
    parallel_tool_calls: bool | None = None

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
        if request.tool_choice not in (None, "auto", "none") and not request.tools:
            raise OracleError("tool_choice wants a call, and tools are none; send the tools with it")
        return request

    @property
    def include_usage(self) -> bool:
        return bool(self.stream_options and self.stream_options.include_usage)

    def asked(self) -> Asked:
        """The question in it: the last message, or with tools, whose results may follow it, the last of a user. Raises
        `OracleError` where no user's message ends the conversation.
        """
        tools = self._tools()
        turns = [(turn.role, turn.text) for turn in self.messages]
        last = max((place for place, (role, _) in enumerate(turns) if role == "user"), default=-1) if tools else -1
        if turns[-1][0] in ("assistant", "system", "developer") or not turns[last][1].strip():
            raise OracleError("the last message must be the user's, with a question in it")
        turns.append(turns.pop(last))
        wanted = Wanted(
            max_new_tokens=self.max_completion_tokens or self.max_tokens,
            temperature=self.temperature,
            top_p=self.top_p or 1.0,
            seed=None if self.seed is None else self.seed % 2**31,  # what every runtime takes
            stop=(self.stop,) if isinstance(self.stop, str) else self.stop or (),
            tools=tools,
        )
        return Asked(
            model=self.model,
            messages=tuple(Message(role=_ROLES[role], content=text) for role, text in turns if text.strip()),
            wanted=wanted,
        )

    def _tools(self) -> Tools | None:
        if not self.tools or self.tool_choice == "none":
            return None
        choice = self.tool_choice.model_dump() if isinstance(self.tool_choice, _Choice) else self.tool_choice
        return Tools(
            offered=tuple(tool.model_dump() for tool in self.tools),
            turns=tuple(turn.as_it_came() for turn in self.messages if _ROLES[turn.role] != "system"),
            demands="\n\n".join(turn.text for turn in self.messages if _ROLES[turn.role] == "system"),
            choice=choice,
            parallel=self.parallel_tool_calls,
        )
