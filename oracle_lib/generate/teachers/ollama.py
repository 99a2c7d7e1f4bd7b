"""Ollama as a teacher, by its own client and its native chat: the one endpoint that keeps to `num_ctx`."""

from functools import cached_property
from typing import ClassVar

import httpx
import ollama

from oracle_lib.generate.requests import Request
from oracle_lib.generate.teachers import Reply
from oracle_lib.generate.teachers.faults import Busy, Fault, Flaw, Refused, Spoiled, of_status, retry_after, sound
from oracle_lib.generate.teachers.hosted import PATIENCE, HostedTeacher, seed_of
from oracle_lib.params import OllamaParams
from oracle_lib.runtimes.addresses import ollama_address


class Ollama(HostedTeacher[OllamaParams]):
    """A model that Ollama has pulled, at `host` where `OLLAMA_HOST` names no other."""

    name: ClassVar[str] = "ollama"

    def __init__(self, settings: OllamaParams, host: str) -> None:
        super().__init__(settings)
        self._host = host

    def unavailable(self) -> str | None:
        try:
            where = ollama_address(self._host)
            listed = ollama.Client(where, timeout=PATIENCE, trust_env=False).list().models
        except ValueError:
            return "OLLAMA_HOST names no server; set it to host:port of an Ollama server"
        except (OSError, httpx.HTTPError, ollama.ResponseError):
            return f"Ollama does not answer at {where}; start it (ollama serve), or set OLLAMA_HOST to its host:port"
        name = self.model if ":" in self.model else f"{self.model}:latest"
        if name not in {model.model for model in listed}:
            return f"Ollama has no model {self.model}; get it with: ollama pull {self.model}"
        return None

    @cached_property
    def _client(self) -> ollama.AsyncClient:
        unlimited = httpx.Limits(max_connections=None)  # to wait for a connection would count as the server's time
        return ollama.AsyncClient(ollama_address(self._host), timeout=None, limits=unlimited, trust_env=False)

    async def _ask(self, request: Request) -> Reply:
        settings = self.settings
        try:
            response = await self._client.chat(
                model=self.model,
                messages=[
                    {"role": "system", "content": request.system},
                    {"role": "user", "content": request.prompt},
                ],
                format=request.schema,
                think=False,
                options={
                    "num_ctx": settings.num_ctx,
                    "num_predict": settings.output_limit,
                    "seed": seed_of(request),
                    "temperature": settings.temperature,
                },
            )
        except ollama.ResponseError as error:
            raise self._fault(error) from None
        usage = {"input": response.prompt_eval_count or 0, "output": response.eval_count or 0}
        if usage["input"] >= settings.num_ctx - 1:
            detail = f"the prompt fills num_ctx, {settings.num_ctx} tokens, and was cut"
            raise Spoiled(Flaw.REJECTED, detail, usage)
        cut = response.done_reason == "length"
        text = sound(response.message.content or "", request.schema, usage, cut=cut, limit=settings.output_limit)
        return Reply(text, usage, response.model or "")

    def _fault(self, error: ollama.ResponseError) -> Fault:
        if error.status_code == 404:
            return Refused(f"Ollama has no model {self.model} (any more); get it with: ollama pull {self.model}")
        if error.status_code in (401, 403):
            return Refused(f"Ollama refuses us ({error.status_code}); ask whoever runs the server at OLLAMA_HOST")
        if error.status_code == 503:  # its own queue is full
            return Busy("Ollama has too many requests waiting")
        # The client keeps the response, with its headers, only as what this error was raised in place of.
        failed = error.__context__
        headers = failed.response.headers if isinstance(failed, httpx.HTTPStatusError) else {}
        return of_status(error.status_code, "Ollama", str(error.error), retry_after(headers))
