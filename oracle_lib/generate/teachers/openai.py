"""Any server of OpenAI's protocol as a teacher, by the official client: LM Studio, llama.cpp, vLLM and others."""

import os
from functools import cached_property
from typing import Any, ClassVar

import httpx2
import openai
from openai.types.chat import ChatCompletion

from oracle_lib.generate.requests import Request
from oracle_lib.generate.teachers import Reply
from oracle_lib.generate.teachers.faults import (
    Down,
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
from oracle_lib.generate.teachers.hosted import PATIENCE, HostedTeacher, seed_of
from oracle_lib.params import OpenAIParams


class OpenAI(HostedTeacher[OpenAIParams]):
    """A model behind the address that the environment names."""

    name: ClassVar[str] = "openai"

    def unavailable(self) -> str | None:
        variable, address = self.settings.url_variable, os.environ.get(self.settings.url_variable, "")
        if not address.startswith(("http://", "https://")):
            return f"{variable} names no server; set it to its address, such as http://127.0.0.1:1234/v1"
        try:
            with openai.OpenAI(**self._access(), timeout=PATIENCE) as client:
                models = [model.id for model in client.models.list()]
        except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
            return self._wrong_key(error.status_code)
        except (openai.OpenAIError, AttributeError, TypeError, ValueError):
            hint = "" if "/v1" in address else " (its address has no /v1 at the end, which most servers want)"
            return (
                f"no server of OpenAI's protocol answers where {variable} says{hint}; start it, or set {variable} anew"
            )
        if self.model not in models:
            known = ", ".join(models[:8]) or "none"
            return (
                f"the server at {variable} has no model {self.model!r} but {known}; load it there, or name another "
                "under openai in params/teachers.yaml"
            )
        return None

    def _access(self) -> dict[str, Any]:
        # Without a key of its own the client takes any that it finds in the environment.
        key = os.environ.get(self.settings.key_variable, "").strip() or "none"
        return {"base_url": os.environ.get(self.settings.url_variable), "api_key": key, "max_retries": 0}

    @cached_property
    def _client(self) -> openai.AsyncOpenAI:
        # To wait for a connection would count as the server's time. aiohttp takes a third less of a processor.
        http_client = openai.DefaultAioHttpClient(limits=httpx2.Limits(max_connections=None))
        return openai.AsyncOpenAI(**self._access(), timeout=None, http_client=http_client)

    async def close(self) -> None:
        if "_client" in vars(self):
            await self._client.close()

    async def _ask(self, request: Request) -> Reply:
        settings = self.settings
        asked: dict[str, Any] = {
            "model": self.model,
            "messages": [
                {"role": "system", "content": request.system},
                {"role": "user", "content": request.prompt},
            ],
            "max_tokens": settings.output_limit,
            "seed": seed_of(request),
            "temperature": settings.temperature,
        }
        if request.schema is not None:
            shape = {"name": "answer", "strict": True, "schema": request.schema}
            asked["response_format"] = {"type": "json_schema", "json_schema": shape}
        try:
            # `chat.completions.create` does the same after a third of a millisecond of checks of what is asked.
            response = await self._client.post("/chat/completions", body=asked, cast_to=ChatCompletion)
        except openai.APIStatusError as error:
            raise self._fault(error) from None
        except openai.APIConnectionError as error:
            raise Down(f"the connection to {self.name} failed: {type(error.__cause__).__name__}") from None
        usage = _usage(response.usage)
        if not response.choices:
            raise Spoiled(Flaw.EMPTY, "no choice", usage)
        choice = response.choices[0]
        if choice.finish_reason == "content_filter" or choice.message.refusal:
            raise Spoiled(Flaw.BLOCKED, "content filter" if not choice.message.refusal else "refusal", usage)
        cut = choice.finish_reason == "length"
        text = sound(choice.message.content or "", request.schema, usage, cut=cut, limit=settings.output_limit)
        return Reply(text, usage, " ".join(filter(None, (response.model, response.system_fingerprint))))

    def _fault(self, error: openai.APIStatusError) -> Fault:
        status = error.status_code
        if status in (401, 403):
            return Refused(self._wrong_key(status))
        if status == 404:
            return Refused(
                f"the server at {self.settings.url_variable} has no model {self.model!r} (any more); load it there, or "
                "name another under openai in params/teachers.yaml"
            )
        if error.code == "insufficient_quota":
            return Refused(f"the account behind {self.settings.key_variable} has no money left; add some")
        said = message_in(error.body) or error.response.text
        said = cleaned(said, os.environ.get(self.settings.key_variable, "").strip())
        return of_status(status, "the server", said, retry_after(error.response.headers))

    def _wrong_key(self, status: int) -> str:
        return (
            f"the server at {self.settings.url_variable} does not take the key in {self.settings.key_variable} "
            f"({status}); set it to the server's key"
        )


def _usage(counted: openai.types.CompletionUsage | None) -> dict[str, int]:
    """The tokens as in `Reply`: this protocol counts thinking as output."""
    if counted is None:
        return {}
    details, cached = counted.completion_tokens_details, counted.prompt_tokens_details
    thinking = (details and details.reasoning_tokens) or 0
    return {
        "input": counted.prompt_tokens or 0,
        "cached": (cached and cached.cached_tokens) or 0,
        "output": (counted.completion_tokens or 0) - thinking,
        "thinking": thinking,
    }
