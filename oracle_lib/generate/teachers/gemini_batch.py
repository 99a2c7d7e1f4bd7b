"""The teacher Gemini by its Batch API: half the price, and answers within hours instead of seconds.

Requests that wait at one time are gathered into a file, submitted as one batch and asked after until it has ended. What
is asked and how an answer is read is `gemini.py`'s. Which request is in which batch stands in the campaign's journal:
one that comes back collects what it submitted before. Nothing is priced here.
"""

import asyncio
import contextlib
import io
import json
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from google.genai import errors, types
from pydantic import BaseModel, ValidationError

from oracle_lib import OracleError
from oracle_lib.generate.requests import Request, request_key
from oracle_lib.generate.teachers import Reply
from oracle_lib.generate.teachers.batch_ledger import Batch, BatchLedger
from oracle_lib.generate.teachers.faults import Busy, Down, Flaw, Spoiled, Timeout
from oracle_lib.generate.teachers.gemini import Gemini, configured, fault_in, reply_in
from oracle_lib.generate.teachers.hosted import fault_of
from oracle_lib.params import GeminiParams, Limits, Prices
from oracle_lib.progress import tqdm
from oracle_lib.words import counted

_ENDED = {"SUCCEEDED", "PARTIALLY_SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED"}
"""The client's own `BatchJob.done` leaves out the second."""
_NEVER_SUBMITTED = ""
_TRIES = 3
"""Batches that a request is put in while nothing comes back for it."""
_INVALID_ARGUMENT = 3
"""The status of a request that no batch will answer (google.rpc.Code)."""

_Result = TypeVar("_Result")


class _Waiting(NamedTuple):
    request: Request
    row: "asyncio.Future[str]"


class _Status(BaseModel):
    code: int = 0


class _Row(BaseModel):
    """A line of a batch's results. One with neither a response nor an error is of a request that was blocked."""

    key: str
    response: dict[str, Any] = {}
    error: _Status | None = None

    def read(self) -> types.GenerateContentResponse:
        """Forgives fields that this version of the client does not know, as the client itself does."""
        return types.GenerateContentResponse._from_response(response=self.response, kwargs={})


class GeminiBatch(Gemini):
    """Answers a request when its batch has ended. Many must wait at one time, or batches are small and many."""

    def __init__(self, settings: GeminiParams, journal: Path | None) -> None:
        super().__init__(settings)
        self._how, self._journal = settings.batch, journal
        self.manner = replace(Gemini.manner, at_once=settings.batch.waiting, collects=True)
        self._waiting: dict[str, _Waiting] = {}
        self._unsent: list[str] = []
        self._gathering: asyncio.Task[None] | None = None
        self._followed: dict[str, asyncio.Task[None]] = {}

    @property
    def limits(self) -> Limits:
        """Batches have quotas of their own, which are waited for here."""
        return Limits(concurrency=self._how.waiting, patience=self.settings.limits.patience)

    @property
    def prices(self) -> Prices:
        return self.settings.prices.of_a_batch()

    @cached_property
    def _ledger(self) -> BatchLedger:
        if self._journal is None:
            raise OracleError("a batch is noted in a campaign's journal, and here is none; run a campaign")
        return BatchLedger(self._journal)  # in the thread of the loop: SQLite wants to stay in one

    @cached_property
    def _batch_of(self) -> dict[str, Batch]:
        """By the keys of requests, the batches that have not ended; at first those of an interrupted campaign."""
        return {key: batch for batch in self._ledger.unfinished() for key in batch.keys}

    async def answer(self, request: Request) -> Reply:
        """The answer from the batch that the request was put in, by this campaign or before it was interrupted: a
        request that is asked again has the answer that it had.

        Raises `Spoiled` where that cannot be used, `Down` where batches end without any, and the fault that keeps a
        batch from being submitted; what was submitted is there for whoever asks again.
        """
        key = request_key(request, self.name, self.version)
        row = _Row.model_validate_json(self._ledger.row(key) or await self._row(key, request))
        if row.error:
            raise Spoiled(Flaw.REJECTED, "in a batch")
        return reply_in(row.read(), request, self.settings)

    async def _row(self, key: str, request: Request) -> str:
        """The line of a batch's results that is about the request."""
        row: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting[key] = _Waiting(request, row)
        if batch := self._batch_of.get(key):
            self._follow(batch)
        else:
            self._send(key)
        try:
            return await row
        finally:
            del self._waiting[key]

    def _send(self, key: str) -> None:
        self._unsent.append(key)
        if self._gathering is None or self._gathering.done():
            self._gathering = asyncio.create_task(self._gather())

    async def _gather(self) -> None:
        """Makes batches of what waits: when one is full, or when nothing more has come for a while."""
        most = self._how.requests
        while before := len(self._unsent):
            await asyncio.sleep(self._how.gather)
            if before < len(self._unsent) < most:
                continue
            keys = [key for key in self._unsent[:most] if key in self._waiting]
            del self._unsent[:most]
            with self._told_to(keys):
                batch = self._ledger.plan(keys)
                self._batch_of.update(dict.fromkeys(keys, batch))
                self._follow(batch)

    def _follow(self, batch: Batch) -> None:
        following = self._followed.get(batch.name)
        if following is None or following.done():
            self._followed[batch.name] = asyncio.create_task(self._see_through(batch))

    async def _see_through(self, batch: Batch) -> None:
        """Submits the batch, unless it was, and answers its requests when it has ended."""
        with self._told_to(batch.keys):
            job = batch.job or await self._submit(batch)
            state, rows = await self._outcome(job) if job else (_NEVER_SUBMITTED, {})
            if job:
                self._ledger.ended(batch, state, rows)
                self._say(f"batch {batch.name} {state.lower()}, {len(rows):,} of {len(batch.keys):,} answered")
            del self._followed[batch.name]
            for key in batch.keys:
                del self._batch_of[key]
                if row := rows.get(key):
                    self._settle(key, row)
                elif self._ledger.in_vain(key) < _TRIES:
                    if key in self._waiting:
                        self._send(key)
                else:
                    self._ledger.forget(key)
                    alone = state in ("SUCCEEDED", "PARTIALLY_SUCCEEDED")
                    self._settle(key, Spoiled(Flaw.UNANSWERED) if alone else Down(f"{_TRIES} batches {state.lower()}"))

    @contextlib.contextmanager
    def _told_to(self, keys: Sequence[str]) -> Iterator[None]:
        """Whoever waits for the answers to those requests hears of an error in the block."""
        try:
            yield
        except Exception as error:
            for key in keys:
                self._settle(key, self._fault(error))

    def _settle(self, key: str, outcome: str | Exception) -> None:
        waiting = self._waiting.get(key)
        if waiting is None or waiting.row.done():
            return
        if isinstance(outcome, str):
            waiting.row.set_result(outcome)
        else:
            waiting.row.set_exception(outcome)

    async def _submit(self, batch: Batch) -> str | None:
        """The server's name for the batch, which it may have already: the answer to a submission can be lost. None for
        one that it never got, and whose requests do not all wait any more; those that do are put into others.
        """
        file = ""

        async def submit() -> str | None:
            nonlocal file
            if found := await self._job_called(batch.name):
                return found
            if not self._waiting.keys() >= set(batch.keys):
                return None
            file = file or await self._upload("".join(self._line(key) for key in batch.keys))
            return await self._create(batch.name, file)

        job = await self._patiently(submit)
        if job is None:
            self._ledger.never_submitted(batch)
            return None
        self._ledger.submitted(batch, job)
        self._batch_of.update(dict.fromkeys(batch.keys, replace(batch, job=job)))
        self._say(f"batch {batch.name} submitted, {counted(len(batch.keys), 'request')}")
        return job

    async def _job_called(self, name: str) -> str | None:
        async for job in await self._client.aio.batches.list():
            if job.display_name == name:
                return job.name
        return None

    async def _upload(self, lines: str) -> str:
        kind = types.UploadFileConfig(mime_type="application/jsonl")
        try:
            file = await self._client.aio.files.upload(file=io.BytesIO(lines.encode()), config=kind)
        except (KeyError, ValueError) as error:  # what the client makes of an answer without an address to upload to
            raise Down(f"Gemini's files take no upload: {type(error).__name__}") from None
        return str(file.name)

    async def _create(self, name: str, file: str) -> str:
        how = types.CreateBatchJobConfig(display_name=name)
        return str((await self._client.aio.batches.create(model=self.model, src=file, config=how)).name)

    async def _outcome(self, name: str) -> tuple[str, dict[str, str]]:
        """The state that a job ends in, and the lines of its results by the keys of their requests."""
        client = self._client.aio
        try:
            job = await self._patiently(lambda: client.batches.get(name=name))
            while (state := _state(job)) is None:
                await asyncio.sleep(self._how.poll)
                job = await self._patiently(lambda: client.batches.get(name=name))
            file = job.dest and job.dest.file_name
            results = await self._patiently(lambda: client.files.download(file=file)) if file else b""
        except errors.APIError as error:
            if error.code != 404:
                raise
            return "EXPIRED", {}  # the service keeps jobs and their files for days, not for ever
        rows: dict[str, str] = {}
        for line in results.splitlines():
            with contextlib.suppress(ValidationError, AttributeError, TypeError):  # what is no row is asked for again
                row = _Row.model_validate_json(line)
                row.read()
                if row.error is None or row.error.code == _INVALID_ARGUMENT:
                    rows.setdefault(row.key, line.decode())
        return state, rows

    async def _patiently(self, call: Callable[[], Awaitable[_Result]]) -> _Result:
        """What the call gives. It is made again while the service is busy, and for a while where it is down."""
        failing_since, told = None, ""
        while True:
            try:
                return await call()
            except Exception as error:
                fault = self._fault(error)
                if isinstance(fault, Down | Timeout):
                    failing_since = failing_since or time.monotonic()
                    if time.monotonic() - failing_since >= self.settings.limits.patience:
                        raise
                elif not isinstance(fault, Busy):
                    raise
            if told != str(fault):
                told = str(fault)
                self._say(f"{told}; the batch waits")
            await asyncio.sleep(getattr(fault, "retry_after", None) or self._how.poll)

    def _say(self, what: str) -> None:
        tqdm.write(f"{self.name}: {what}")

    def _fault(self, error: Exception) -> Exception:
        if isinstance(error, errors.APIError):
            return fault_in(error.code, error.details, getattr(error.response, "headers", {}), self.settings)
        return fault_of(error, self.name, self.settings.timeout) or error

    def _line(self, key: str) -> str:
        """A request as a line of the file that a batch is submitted in."""
        request = self._waiting[key].request
        how = configured(request, self.settings).model_dump(mode="json", by_alias=True, exclude_none=True)
        system = how.pop("systemInstruction", None)
        asked = {
            **({"systemInstruction": {"parts": [{"text": system}]}} if system else {}),
            "contents": [{"role": "user", "parts": [{"text": request.prompt}]}],
            "generationConfig": how,
        }
        return json.dumps({"key": key, "request": asked}) + "\n"


def _state(job: types.BatchJob) -> str | None:
    """The state that a job has ended in, None while it has not. There are two spellings of each."""
    state = job.state.value.removeprefix("JOB_STATE_").removeprefix("BATCH_STATE_") if job.state else ""
    return state if state in _ENDED else None
