"""Gemini as a teacher, by the google-genai client: what is asked, and what its answers and errors mean."""

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from google import genai
from google.genai import errors, types

from oracle_lib.generate.requests import Request
from oracle_lib.generate.teachers import Reply
from oracle_lib.generate.teachers.faults import (
    Fault,
    Flaw,
    Refused,
    Spoiled,
    cleaned,
    message_in,
    of_status,
    retry_after,
    sound,
)
from oracle_lib.generate.teachers.hosted import HostedTeacher, seed_of
from oracle_lib.params import GeminiParams


def key(settings: GeminiParams) -> str | None:
    """The key from the environment."""
    return next((found for name in settings.key_variables if (found := os.environ.get(name, "").strip())), None)


def client(settings: GeminiParams) -> genai.Client:
    """A client that retries nothing: without options of its own it would ask twice where a connection breaks."""
    options = types.HttpOptions(
        base_url=os.environ.get(settings.url_variable) or None,
        timeout=round(settings.timeout * 1000),
        retry_options=types.HttpRetryOptions(attempts=1),
    )
    return genai.Client(vertexai=False, api_key=key(settings), http_options=options)


def configured(request: Request, settings: GeminiParams) -> types.GenerateContentConfig:
    """How a request is to be answered."""
    return types.GenerateContentConfig(
        system_instruction=request.system or None,
        max_output_tokens=settings.output_limit,
        seed=seed_of(request),
        thinking_config=types.ThinkingConfig(thinking_level=types.ThinkingLevel(settings.thinking.upper())),
        response_mime_type="application/json" if request.schema is not None else None,
        response_json_schema=request.schema,
    )


def reply_in(response: types.GenerateContentResponse, request: Request, settings: GeminiParams) -> Reply:
    """The reply that a response holds, of a batch too. Raises `Spoiled` where it holds none that can be used."""
    usage = _usage(response.usage_metadata)
    if (feedback := response.prompt_feedback) and feedback.block_reason:
        raise Spoiled(Flaw.BLOCKED, f"the prompt: {feedback.block_reason.value[:60]}", usage)
    if not response.candidates:
        raise Spoiled(Flaw.EMPTY, "no candidate", usage)
    candidate = response.candidates[0]
    cut = candidate.finish_reason is types.FinishReason.MAX_TOKENS
    if not cut and candidate.finish_reason not in (None, types.FinishReason.STOP):
        raise Spoiled(Flaw.BLOCKED, candidate.finish_reason.value[:60], usage)
    parts = (candidate.content and candidate.content.parts) or []
    text = "".join(part.text for part in parts if part.text and not part.thought)
    text = sound(text, request.schema, usage, cut=cut, limit=settings.output_limit)
    return Reply(text, usage, response.model_version or "")


def fault_in(code: int, details: object, headers: Mapping[str, str], settings: GeminiParams) -> Fault:
    """What an error means, by its HTTP status and its JSON."""
    error = _error(details)
    kinds = {str(detail.get("@type", "")).rpartition(".")[2]: detail for detail in _details(error)}
    reason = kinds.get("ErrorInfo", {}).get("reason")
    names = " or ".join(settings.key_variables)
    if code in (401, 403) or reason in ("API_KEY_INVALID", "API_KEY_EXPIRED"):
        return Refused(f"Gemini does not take the key in {names} ({code}); set it to one that may use the Gemini API")
    if code == 404:
        return Refused(
            f"Gemini has no model {settings.model!r} (any more); name another under gemini in params/teachers.yaml"
        )
    said = cleaned(message_in(error) if error else message_in(details), key(settings))
    if code == 400 and error.get("status") == "FAILED_PRECONDITION":
        return Refused(f"Gemini cannot be used from here: {said}")
    asked_to_wait = [
        seconds for seconds in (_delay(kinds.get("RetryInfo", {})), retry_after(headers)) if seconds is not None
    ]
    return of_status(code, "Gemini", said, max(asked_to_wait, default=None))


class Gemini(HostedTeacher[GeminiParams]):
    """A Gemini model behind Google's API, or behind what speaks its protocol at another address."""

    name = "gemini"

    def unavailable(self) -> str | None:
        names = " or ".join(self.settings.key_variables)
        found = key(self.settings)
        if found is None:
            return f"no key is set; set {names} to a key from https://aistudio.google.com/apikey"
        if not found.isascii() or not found.isprintable() or " " in found:
            return f"what {names} is set to cannot be a key; set it to one from https://aistudio.google.com/apikey"
        address = os.environ.get(self.settings.url_variable)
        if address and not address.startswith(("http://", "https://")):
            return f"{self.settings.url_variable} is no address; set it to one that begins with https://, or unset it"
        return None

    @cached_property
    def _client(self) -> genai.Client:
        return client(self.settings)

    async def _ask(self, request: Request) -> Reply:
        try:
            response = await self._client.aio.models.generate_content(
                model=self.model, contents=request.prompt, config=configured(request, self.settings)
            )
        except errors.APIError as error:
            raise fault_in(error.code, error.details, getattr(error.response, "headers", {}), self.settings) from None
        except RecursionError:  # the client reads JSON too, and brackets in brackets go too deep for it
            raise Spoiled(Flaw.BAD_JSON) from None
        return reply_in(response, request, self.settings)


def _usage(counted: types.GenerateContentResponseUsageMetadata | None) -> dict[str, int]:
    if counted is None:
        return {}
    return {
        "input": counted.prompt_token_count or 0,
        "cached": counted.cached_content_token_count or 0,
        "output": counted.candidates_token_count or 0,
        "thinking": counted.thoughts_token_count or 0,
    }


def _error(details: object) -> Mapping[str, Any]:
    found = details.get("error", details) if isinstance(details, dict) else {}
    return found if isinstance(found, dict) else {}


def _details(error: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    details = error.get("details")
    yield from (one for one in details if isinstance(one, dict)) if isinstance(details, list) else ()


def _delay(retry_info: Mapping[str, Any]) -> float | None:
    """The seconds in a RetryInfo, which writes them as "13.5s"."""
    return retry_after({"retry-after": str(retry_info.get("retryDelay", "")).removesuffix("s")})
