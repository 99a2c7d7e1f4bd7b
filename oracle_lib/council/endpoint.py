"""Experts behind a server of OpenAI's protocol, by the official client: asks it, and installs nothing there."""

import os
import time
from collections.abc import AsyncIterator
from typing import Any

import openai

from oracle_lib import OracleError
from oracle_lib.chat import Conversation
from oracle_lib.params import EndpointParams
from oracle_lib.runtimes import Settings, Usage


class Endpoint:
    """The endpoint of a name in params/council.yaml. It holds no connection between two questions."""

    def __init__(self, name: str, params: EndpointParams) -> None:
        self.name, self._params = name, params

    async def ask(self, model: str | None, messages: Conversation, settings: Settings) -> AsyncIterator[str | Usage]:
        """The answer of a model there, or of its base (None), piece by piece; its `Usage` comes last. Raises
        `OracleError` where the server is not set, fails, or answers with what is not of its protocol.
        """
        asked: list[Any] = list(messages)
        started, first, pieces, usage = time.perf_counter(), None, 0, None
        try:
            async with self._client() as client:
                stream = await client.chat.completions.create(
                    model=model or self._params.base,
                    messages=asked,
                    max_tokens=settings.max_new_tokens,
                    temperature=settings.temperature,
                    seed=settings.seed,
                    stream=True,
                    stream_options={"include_usage": True},
                )
                async for chunk in stream:
                    usage = chunk.usage or usage
                    piece = chunk.choices[0].delta.content if chunk.choices else None
                    if piece and not isinstance(piece, str):
                        raise TypeError("text was expected")  # the client does not check what a server says
                    if piece:
                        first = first or time.perf_counter()
                        pieces += 1
                        yield piece
        except openai.APIStatusError as error:
            raise OracleError(f"{self.name} refuses ({error.status_code})") from None
        except openai.APIConnectionError:
            raise OracleError(
                f"{self.name} cannot be reached, or broke off; start it where {self._variable} says"
            ) from None
        except (openai.OpenAIError, AttributeError, TypeError, ValueError, IndexError):
            raise OracleError(f"{self.name} answers with what is not of OpenAI's protocol") from None
        ended = time.perf_counter()
        yield Usage(
            prompt_tokens=usage.prompt_tokens if usage else 0,
            answer_tokens=usage.completion_tokens if usage else pieces,
            first_seconds=(first or ended) - started,
            seconds=ended - started,
        )

    @property
    def _variable(self) -> str:
        return self._params.url_variable

    def _client(self) -> openai.AsyncOpenAI:
        address = os.environ.get(self._variable, "")
        if not address.startswith(("http://", "https://")):
            raise OracleError(f"{self._variable} names no server; set it to the address of {self.name}")
        # Without a key of its own the client takes any that it finds in the environment.
        key = os.environ.get(self._params.key_variable, "").strip() or "none"
        return openai.AsyncOpenAI(base_url=address, api_key=key, max_retries=0)
