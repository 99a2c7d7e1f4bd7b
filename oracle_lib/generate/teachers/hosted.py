"""What the teachers behind servers have in common: what decides their answers, the time that one may take, and the
faults of the connection. Each speaks its protocol in a file of its own.
"""

import asyncio
import hashlib
import json
from abc import ABC, abstractmethod
from functools import cached_property
from typing import ClassVar, Generic, TypeVar

import aiohttp
import httpx
import httpx2
from pydantic import ValidationError

from oracle_lib.generate.requests import Request
from oracle_lib.generate.teachers import Manner, Reply
from oracle_lib.generate.teachers.faults import Down, Fault, Timeout
from oracle_lib.params import Hosted, Limits, Prices

PATIENCE = 2.0
"""Seconds that `unavailable` waits for a server; one that is up answers in milliseconds."""

_Settings = TypeVar("_Settings", bound=Hosted)
_FRESH_CASES = 32
"""States in which an answer must hold beyond those of its contract."""
_TIMEOUTS = (TimeoutError, httpx.TimeoutException, httpx2.TimeoutException)
_CONNECTION = (OSError, aiohttp.ClientError, httpx.TransportError, httpx2.TransportError)
_UNREADABLE = (json.JSONDecodeError, UnicodeDecodeError, ValidationError, TypeError, AttributeError)
"""What the clients raise on a body that is no JSON, or JSON of another shape than the protocol's."""


class HostedTeacher(ABC, Generic[_Settings]):
    """A teacher behind a server, asked by the server's own client, whose retries are off: `limits` asks again."""

    name: ClassVar[str]
    manner = Manner(fresh_cases=_FRESH_CASES)

    def __init__(self, settings: _Settings) -> None:
        self.settings = settings

    @property
    def model(self) -> str:
        return self.settings.model

    @property
    def limits(self) -> Limits:
        return self.settings.limits

    @property
    def prices(self) -> Prices:
        return self.settings.prices

    @cached_property
    def version(self) -> str:
        """The digest of the settings that decide the answers."""
        beside = {"transport", "batch", "timeout", "limits", "prices", "url_variable", "key_variable", "key_variables"}
        return hashlib.sha256(self.settings.model_dump_json(exclude=beside).encode()).hexdigest()

    @abstractmethod
    def unavailable(self) -> str | None: ...

    async def close(self) -> None:
        """Ends the connections that its client keeps, where the client does not do so itself."""

    @abstractmethod
    async def _ask(self, request: Request) -> Reply:
        """One request to the server. Raises a `Fault`, or what its client raises where the connection fails."""

    async def answer(self, request: Request) -> Reply:
        """The answer to one request, which is sent at once. Raises a `Fault` where there is none."""
        seconds = self.settings.timeout
        try:
            async with asyncio.timeout(seconds):
                return await self._ask(request)
        except Exception as error:
            if fault := fault_of(error, self.name, seconds):
                raise fault from None
            raise


def fault_of(error: Exception, teacher: str, seconds: float) -> Fault | None:
    """The fault that an error of a client means, where it is one of the connection or of what came over it. An answer
    may take so many seconds.
    """
    if isinstance(error, _TIMEOUTS):
        return Timeout(f"{teacher} gave no answer in {seconds:g} s")
    if isinstance(error, _CONNECTION):
        return Down(f"the connection to {teacher} failed: {type(error).__name__}")
    if isinstance(error, _UNREADABLE):
        return Down(f"{teacher} answers with what is not of its protocol: {type(error).__name__}")
    return error if isinstance(error, Fault) else None


def seed_of(request: Request) -> int:
    """The seed that a server is given: 31 bits of what tells the request apart from others."""
    apart = f"{request.seed}:{request.subject}:{request.index}:{request.phrasing}"
    return int.from_bytes(hashlib.sha256(apart.encode()).digest()[:4]) >> 1
