"""What can come from a teacher instead of an answer: one small family of errors, a class for each thing to do then.

It names faults and finds those that hide in an answer; what is tried again, and when, is decided in `limits`.
"""

import email.utils
import json
import re
import time
from collections.abc import Mapping
from enum import StrEnum
from typing import NoReturn

from pydantic import JsonValue

from oracle_lib import OracleError

_MASK, _MOST_SAID = "(the key)", 200
_SECRET = re.compile(
    r"(?<=Bearer )\S+|\b(?:sk|pk|hf|gh[op])[-_][\w*-]{8,}|\bAIza[\w*-]{8,}|(?<=//)[^/\s@]+(?=@)|"
    r"(?<=[?&]key=)[^&\s]+"
)
"""What stands where keys and passwords do, or looks like one."""


class Fault(Exception):
    """No answer that can be used. `usage` is what it cost all the same, counted as in `Reply`, `output` what came."""

    def __init__(self, message: str, usage: Mapping[str, int] | None = None, output: str = "") -> None:
        super().__init__(message)
        self.usage: Mapping[str, int] = usage or {}
        self.output = output


class Busy(Fault):
    """The server is there and wants fewer requests: it says again in `retry_after` seconds, or not when (None)."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Down(Fault):
    """The server failed, broke the connection off, or nobody listens there."""


class Timeout(Fault):
    """The answer was not there in time, counted from when the request was sent."""


class Refused(Fault, OracleError):
    """Nothing will come from this teacher, whatever is asked: a key that is wrong, a model that is gone."""


class Flaw(StrEnum):
    """What is wrong with an answer, in words that can be counted."""

    TRUNCATED = "the answer was cut off at the output limit"
    THINKING = "thinking used up the output limit"
    REPETITION = "the answer repeats itself up to the output limit"
    BLOCKED = "the server blocked it"
    EMPTY = "the answer is empty"
    BAD_JSON = "the answer is no JSON"
    WRONG_SCHEMA = "the answer does not fit the schema"
    REJECTED = "the server rejected the request"
    UNANSWERED = "the request fails and others do not"


class Spoiled(Fault):
    """This one request brought nothing, and others may: the flaw is in the answer, or the request cannot be met."""

    def __init__(self, flaw: Flaw, detail: str = "", usage: Mapping[str, int] | None = None, output: str = "") -> None:
        super().__init__(f"{flaw} ({detail})" if detail else flaw.value, usage, output)
        self.flaw = flaw


def sound(text: str, schema: Mapping[str, JsonValue] | None, usage: Mapping[str, int], *, cut: bool, limit: int) -> str:
    """The text of an answer that is whole, and that fits the schema where there is one. Raises `Spoiled`.

    `cut` says that the server stopped at the output limit, which is `limit` tokens; `usage` counts as in `Reply`.
    """
    if cut:
        if _repeats_itself(text):
            raise Spoiled(Flaw.REPETITION, usage=usage, output=text)
        thinking = usage.get("thinking", 0)
        if 2 * thinking > limit:
            detail = f"{thinking} of {limit} tokens; raise output_limit or think less"
            raise Spoiled(Flaw.THINKING, detail, usage, text)
        raise Spoiled(Flaw.TRUNCATED, f"{limit} tokens", usage, text)
    if not text.strip():
        raise Spoiled(Flaw.EMPTY, usage=usage)
    if schema is not None:
        import jsonschema  # here: it builds grammars when it is imported, which takes seconds

        try:
            answer = json.loads(text, parse_constant=_no_number)
        except (ValueError, RecursionError):
            raise Spoiled(Flaw.BAD_JSON, usage=usage, output=text) from None
        if problem := next(jsonschema.Draft202012Validator(schema).iter_errors(answer), None):
            raise Spoiled(Flaw.WRONG_SCHEMA, f"{problem.json_path}: {problem.validator}", usage, text)
    return text


def of_status(status: int, teacher: str, said: str = "", retry_after: float | None = None) -> Fault:
    """The fault that an HTTP status means. `said` is what the server said of it, `cleaned` or not."""
    detail = cleaned(said)
    message = f"{teacher} answers {status}{f' ({detail})' if detail else ''}"
    if status == 429 or (status == 503 and retry_after is not None):
        return Busy(message, retry_after)
    if status in (400, 413, 422):
        return Spoiled(Flaw.REJECTED, f"{status} {detail}".strip())
    if status in (408, 409, 425) or status >= 500:
        return Down(message)
    return Refused(f"{message}; look up what its server wants, or choose another teacher")


def cleaned(said: str, *secrets: str | None) -> str:
    """What a server said, in at most 200 characters: without the secrets, and without what looks like one."""
    for secret in secrets:
        said = said.replace(secret, _MASK) if secret else said
    return " ".join(without_secrets(said).split())[:_MOST_SAID]


def without_secrets(text: str) -> str:
    """The text with a mask over what looks like a key or a password."""
    return _SECRET.sub(_MASK, text)


def message_in(body: object) -> str:
    """What the JSON of an error says, in any of the forms that servers of OpenAI's protocol use."""
    if isinstance(body, dict):
        said = next((body[name] for name in ("message", "detail", "error") if body.get(name)), None)
        return json.dumps(body) if said is None else message_in(said)
    return body if isinstance(body, str) else json.dumps(body, default=str) if body else ""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that a Retry-After header asks for, as a number or as a date; None without one that can be read."""
    value = headers.get("retry-after", "").strip()
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = email.utils.parsedate_to_datetime(value).timestamp() - time.time()
        except (ValueError, OverflowError):
            return None
    return min(max(seconds, 0.0), 86_400.0) if seconds == seconds else None  # "nan" is a number to float


def _repeats_itself(text: str) -> bool:
    """Whether the text ends in a piece of at most 500 characters, eight times over and for 200 characters at least."""
    for period in range(1, 501):
        end = text[-max(200, 8 * period) :]
        if len(end) < 8 * period:
            return False
        if len(end) >= 200 and end[period:] == end[:-period]:
            return True
    return False


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
