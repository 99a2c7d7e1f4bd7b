"""The forms of a teacher's answer: its fields and their JSON Schema. It judges nothing that they say.

The schemas are flat and hold only types, descriptions, enums and required fields: the part of JSON Schema that Gemini's
and Ollama's structured output share. What is longer than a field allows is refused when it is read.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue, StringConstraints, ValidationError

from oracle_lib.generate.requests import Unusable
from oracle_lib.records import Frozen

_LONGEST_REPLY = 100_000
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=12_000)]
_Perhaps = Annotated[str, StringConstraints(strip_whitespace=True, max_length=12_000)]
_State = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_500)]
_Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]


class Prose(Frozen):
    """An answer in words."""

    instruction: _Text = Field(description="what the user asks")
    output: _Text = Field(description="the answer, in plain prose or Markdown")


class Cited(Frozen):
    """An answer in words that rests on a passage of the source."""

    instruction: _Text = Field(description="what the user asks")
    quote: _Text = Field(description="the words of the source on which the output rests, exactly as they stand there")
    output: _Text = Field(description="the answer, in plain prose or Markdown")


class Checked(Frozen):
    """A draft that somebody wrote, and what the source says against it."""

    instruction: _Text = Field(description="what the user asks; the draft itself is added for you")
    input: _Text = Field(description="the draft to check: a few sentences, at least one of them against the source")
    quote: _Text = Field(description="the words of the source that the draft contradicts, exactly as they stand there")
    output: _Text = Field(description="what is wrong with the draft, what is right, and what stays open")


class SameCode(Frozen):
    """The source's code, written in another way or with comments."""

    instruction: _Text = Field(description="what the user asks; the code itself is added for you")
    output: _Text = Field(description="the whole code, without a Markdown fence")


class AsmCall(Frozen):
    """One run of a routine, in words that `states` reads."""

    before: _State = Field(description="registers, flags and memory on entry, such as A=$12; C=0; $7E0340=05 00")
    after: _State = Field(description="what the routine leaves of them, such as X=$03; $7E0340=06 00")


class Routine(Frozen):
    """65816 code that is called by its label."""

    instruction: _Text = Field(description="what the user asks for, with every address and name that the cases use")
    input: _Perhaps = Field(description="the code that the instruction is about, without a Markdown fence, or empty")
    entry: _Short = Field(description="the label by which the code is called")
    m: Literal["8", "16"] = Field(description="width of A on entry and on return, in bits")
    x: Literal["8", "16"] = Field(description="width of X and Y on entry and on return, in bits")
    returns: Literal["rts", "rtl"] = Field(description="how the code comes back")
    keeps: _Short = Field(description="which of A, X and Y it must leave as they were, such as X Y, or empty")
    writes: _Short = Field(
        description="memory that it may change beside what the cases expect, such as $7E0000-$7E000F, or empty"
    )
    output: _Text = Field(description="the whole code of the answer, without a Markdown fence")
    remarks: _Perhaps = Field(description="at most three sentences on what the code does and why")
    cases: tuple[AsmCall, ...] = Field(max_length=16, description="4 to 8 runs, each from another state")


class Patch(Routine):
    """65816 code that changes a routine that is there, which is called by its label in the input."""

    free: _Short = Field(description="free space for new code, such as $208000-$2080FF")


class CppCall(Frozen):
    """One call of a function, in words that `calls` reads."""

    arguments: _State = Field(description='the arguments in order, such as 0x8000, [1, 2, 3], "text", true')
    result: _State = Field(description="what it returns, such as 12 or [4, 5]; empty where it returns nothing")
    changed: _State = Field(description="the arguments taken by non-const reference, after the call, or empty")


class Function(Frozen):
    """A C++ function."""

    instruction: _Text = Field(description="what the user asks for, with every rule that the cases depend on")
    input: _Perhaps = Field(description="the code that the instruction is about, without a Markdown fence, or empty")
    output: _Text = Field(description="the whole code of the answer, without a main and without a Markdown fence")
    remarks: _Perhaps = Field(description="at most three sentences on what the code does and why")
    signature: _Short = Field(description="the function's declaration, with a name for each parameter")
    cases: tuple[CppCall, ...] = Field(max_length=16, description="4 to 8 calls, each with other arguments")


Form = Prose | Cited | Checked | SameCode | Routine | Patch | Function


def schema_of(form: type[Form]) -> dict[str, JsonValue]:
    """The form's JSON Schema, without references and without what not every server understands."""
    whole = form.model_json_schema()
    return _plain(whole, whole.get("$defs", {}))


def _plain(part: dict[str, Any], definitions: dict[str, Any]) -> dict[str, JsonValue]:
    if "$ref" in part:
        return _plain(definitions[part["$ref"].rpartition("/")[2]], definitions)
    kept: dict[str, JsonValue] = {}
    kept |= {key: part[key] for key in ("type", "description", "enum", "required") if key in part}
    if "properties" in part:
        kept.pop("description", None)  # this is a docstring, for whoever reads the code
    if "properties" in part:
        kept["properties"] = {name: _plain(one, definitions) for name, one in part["properties"].items()}
    if "items" in part:
        kept["items"] = _plain(part["items"], definitions)
    return kept


def read(form: type[Form], text: str) -> Form:
    """The answer in a teacher's text. Raises `Unusable` where it does not have the form."""
    if len(text) > _LONGEST_REPLY:
        raise Unusable("the answer is too long")
    try:
        return form.model_validate_json(text)
    except ValidationError as error:
        raise Unusable(_problem(error)) from None


def _problem(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    field = next((str(part) for part in reversed(first["loc"]) if isinstance(part, str)), "the answer")
    match first["type"]:
        case "json_invalid":
            return "the answer is no JSON"
        case "missing":
            return f"{field} is missing"
        case "string_too_short":
            return f"{field} is empty"
        case "string_too_long" | "too_long":
            return f"{field} is too long"
        case "extra_forbidden":
            return "the answer has a field that nobody asked for"
        case "literal_error":
            return f"{field} is none of the values that it may have"
    return f"{field} is of another type"
