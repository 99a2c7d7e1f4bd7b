"""A server on loopback that speaks Gemini's Batch API and its files, and has the faults that users met there.

It answers what a test tells it to. Counts are strings, as on the real one; answers come in another order than requests.
"""

import asyncio
import json
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

Row = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answered(text: str, finish: str = "STOP", **usage: int) -> Row:
    """A row's outcome with one candidate; the usage is that of 10 tokens in and 5 out unless it is told."""
    counts = {"promptTokenCount": 10, "candidatesTokenCount": 5, **usage}
    return {
        "response": {
            "candidates": [
                {"content": {"role": "model", "parts": [{"text": text}]}, "finishReason": finish, "index": 0}
            ],
            "usageMetadata": {**counts, "totalTokenCount": sum(counts.values())},
            "modelVersion": "gemini-test-001",
            "responseId": "r",
            "aFieldOfNextYear": {"nobody": "knows"},
        }
    }


def blocked() -> Row:
    """An empty success: what the real one gives for a request that it would not answer."""
    return {
        "response": {
            "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},
            "usageMetadata": {"promptTokenCount": 10, "totalTokenCount": 10},
            "modelVersion": "gemini-test-001",
        }
    }


def failed(code: int, message: str) -> Row:
    return {"error": {"code": code, "message": message}}


@dataclass
class Job:
    """A batch that was submitted, with the rows of its input and the state that it is to end in."""

    name: str
    display_name: str
    rows: list[Row]
    ends_as: str
    polls: int = 0
    results: str | None = None


@dataclass
class BatchServer:
    """Answers a row by `answer` (None: the row is left out of the results), after `polls` looks at the job.

    `ends` are the states that jobs end in, in turn, and SUCCEEDED after them. `faults` are played once each, in order,
    on the first call of their endpoint ("create", "get", "list", "upload", "download"): a status with headers, "reset"
    (the connection drops before anything is done) or "lost" (it is done, and the connection drops before the answer).
    `on_call` is called when a call has done its work and has not been answered yet, and `results` is what becomes of a
    file of results on its way.
    """

    answer: Callable[[Row], Row | None] = lambda row: answered(f"answer to {row['key']}")
    polls: int = 1
    ends: deque[str] = field(default_factory=deque)
    faults: deque[tuple[str, int | str, dict[str, str]]] = field(default_factory=deque)
    on_call: Callable[[str], None] = lambda call: None
    results: Callable[[str], str] = lambda text: text
    page: int = 2
    jobs: list[Job] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    keys_seen: set[str] = field(default_factory=set)
    url: str = ""

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> None:
        app = web.Application(client_max_size=2**24)
        for method, path, name, handler in (
            ("POST", "/upload/{version}/files", "upload", self._begin_upload),
            ("POST", "/sent/{file}", "upload", self._end_upload),
            ("POST", "/{version}/models/{model}:batchGenerateContent", "create", self._create),
            ("GET", "/{version}/batches", "list", self._list),
            ("GET", "/{version}/batches/{job}", "get", self._get),
            ("GET", "/{version}/files/{file}:download", "download", self._download),
        ):
            app.router.add_route(method, path, self._with_faults(name, handler))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    @property
    def rows_paid(self) -> list[str]:
        """The keys of all rows that any job answered with a response."""
        return [row["key"] for row in self._results() if "response" in row]

    @property
    def responses(self) -> list[Row]:
        return [row["response"] for row in self._results() if "response" in row]

    def _results(self) -> Iterator[Row]:
        for job in self.jobs:
            yield from map(json.loads, self.files[job.results].splitlines() if job.results else ())

    def _with_faults(self, name: str, handler: Handler) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            self.calls.append(name)
            self.keys_seen.add(request.headers.get("x-goog-api-key", ""))
            if not self.faults or self.faults[0][0] != name:
                response = await handler(request)
                self.on_call(name)
                return response
            _, fault, headers = self.faults.popleft()
            if isinstance(fault, int):
                status = {
                    400: "INVALID_ARGUMENT",
                    403: "PERMISSION_DENIED",
                    404: "NOT_FOUND",
                    429: "RESOURCE_EXHAUSTED",
                }
                error = {"code": fault, "message": f"fault {fault}", "status": status.get(fault, "UNAVAILABLE")}
                return web.json_response({"error": error}, status=fault, headers=headers)
            if fault == "lost":
                await handler(request)
            assert request.transport is not None
            request.transport.abort()
            return web.Response()

        return handle

    async def _begin_upload(self, request: web.Request) -> web.Response:
        file = f"in{len(self.files)}"
        self.files[file] = ""
        return web.json_response({}, headers={"X-Goog-Upload-URL": f"{self.url}/sent/{file}"})

    async def _end_upload(self, request: web.Request) -> web.Response:
        name = request.match_info["file"]
        self.files[name] += (await request.read()).decode()
        final = "finalize" in request.headers["X-Goog-Upload-Command"]
        told = {"file": {"name": f"files/{name}", "mimeType": "application/jsonl", "state": "ACTIVE"}}
        return web.json_response(told, headers={"X-Goog-Upload-Status": "final" if final else "active"})

    async def _create(self, request: web.Request) -> web.Response:
        batch = (await request.json())["batch"]
        name = batch["inputConfig"]["fileName"].removeprefix("files/")
        rows = [json.loads(line) for line in self.files[name].splitlines()]
        ends_as = self.ends.popleft() if self.ends else "SUCCEEDED"
        job = Job(f"batches/b{len(self.jobs)}", batch["displayName"], rows, ends_as)
        self.jobs.append(job)
        return web.json_response(self._operation(job))

    async def _get(self, request: web.Request) -> web.Response:
        job = next(job for job in self.jobs if job.name == f"batches/{request.match_info['job']}")
        job.polls += 1
        if job.polls > self.polls and job.results is None and "SUCCEEDED" in job.ends_as:
            results = [{"key": row["key"], **told} for row in job.rows if (told := self.answer(row)) is not None]
            job.results = f"out{len(self.files)}"
            self.files[job.results] = "".join(json.dumps(row) + "\n" for row in reversed(results))
        return web.json_response(self._operation(job))

    async def _list(self, request: web.Request) -> web.Response:
        start = int(request.query.get("pageToken", "0"))
        newest_first = self.jobs[::-1]
        told: dict[str, Any] = {"operations": [self._operation(job) for job in newest_first[start : start + self.page]]}
        if start + self.page < len(self.jobs):
            told["nextPageToken"] = str(start + self.page)
        return web.json_response(told)

    async def _download(self, request: web.Request) -> web.Response:
        if (name := request.match_info["file"]) not in self.files:
            return web.json_response({"error": {"code": 404, "message": "gone", "status": "NOT_FOUND"}}, status=404)
        return web.Response(text=self.results(self.files[name]))

    def _operation(self, job: Job) -> dict[str, Any]:
        done = job.polls > self.polls
        count = str(len(job.rows))
        metadata: dict[str, Any] = {
            "@type": "type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch",
            "model": "models/gemini-test",
            "displayName": job.display_name,
            "state": f"BATCH_STATE_{job.ends_as if done else 'RUNNING'}",
            "createTime": "2026-11-29T12:00:00Z",
            "name": job.name,
            "batchStats": {"requestCount": count, "pendingRequestCount": "0" if done else count},
        }
        if job.ends_as == "PARTIALLY_SUCCEEDED" and done:
            metadata["state"] = "JOB_STATE_PARTIALLY_SUCCEEDED"
        if job.results:
            metadata["output"] = {"responsesFile": f"files/{job.results}"}
        return {"name": job.name, "metadata": metadata, **({"done": True} if done else {})}
