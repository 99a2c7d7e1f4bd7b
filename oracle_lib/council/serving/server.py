"""An HTTP server that speaks OpenAI's chat completions, so that Open WebUI, editors and scripts can ask the council and
its experts. It binds to loopback; anywhere else it insists on a token.

Clients are not trusted: bodies, waiting, answering and slow reading are bounded, and a client that goes away is
dropped. Without a token, requests that a browser was tricked into (another host's name, no JSON) are refused.
"""

import asyncio
import contextlib
import hmac
import ipaddress
import logging
import os
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator

from aiohttp import web

from oracle_lib import OracleError, __version__
from oracle_lib.council.serving.door import Answerer, Draft, Finish, NoAnswer, ServedModel
from oracle_lib.council.serving.replies import Completion, cut_at, event, in_turns, model_card, problem
from oracle_lib.council.serving.requests import ChatRequest
from oracle_lib.params import ServingParams, did_you_mean

TOKEN = "ORACLE_SERVE_TOKEN"
"""The environment variable with the token that clients must send, as they send an API key."""

_HEARTBEAT = 5.0
"""Seconds of silence after which a stream shows that it lives: proxies and clients cut what says nothing."""
_HANDLER = Callable[[web.Request], Awaitable[web.StreamResponse]]
_LOG = logging.getLogger(__name__)


def serve(answerer: Answerer, limits: ServingParams, host: str, port: int) -> None:
    """Serves until it is interrupted. Raises `OracleError` where it may not or cannot listen there."""
    token = os.environ.get(TOKEN, "")
    if not token and not is_loopback(host):
        raise OracleError(f"{host} can be reached from other machines; set {TOKEN} to a secret that clients must send")
    app = make_app(answerer, limits, token)
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=1024)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OracleError(f"nothing can be served at {host} port {port} ({reason}); choose another") from None
    shown = f"[{host}]" if ":" in host else host
    needs = f", with the token in {TOKEN}" if token else ""
    print(f"serving at http://{shown}:{listener.getsockname()[1]}/v1{needs}; stop it with Ctrl-C", flush=True)
    web.run_app(app, sock=listener, print=None, access_log=None, handler_cancellation=True, shutdown_timeout=5)


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def make_app(answerer: Answerer, limits: ServingParams, token: str = "") -> web.Application:
    """The server as an application. It must be run with `handler_cancellation`, which drops clients that went away."""
    server = _Server(answerer, limits, token)
    app = web.Application(client_max_size=limits.max_body, middlewares=[server.in_words, server.guard])
    app.router.add_get("/health", server.health)
    app.router.add_get("/v1/models", server.models)
    app.router.add_get("/v1/models/{name}", server.model)
    app.router.add_post("/v1/chat/completions", server.complete)
    return app


class _Refused(Exception):
    """A request that gets an error's `status`."""

    def __init__(self, status: int, message: str, code: str | None = None, **headers: str) -> None:
        super().__init__(message)
        self.status, self.code, self.headers = status, code, headers


class _Server:
    def __init__(self, answerer: Answerer, limits: ServingParams, token: str) -> None:
        self._answerer, self._limits, self._token = answerer, limits, token.encode()
        self._models = {name: model for model in answerer.models for name in (model.name, *model.aliases)}
        self._open = 0

    @web.middleware
    async def in_words(self, request: web.Request, handler: _HANDLER) -> web.StreamResponse:
        """Every error in the shape that OpenAI's clients show to people."""
        try:
            return await handler(request)
        except _Refused as refused:
            return web.json_response(
                problem(str(refused), code=refused.code), status=refused.status, headers=refused.headers
            )
        except NoAnswer as error:
            return web.json_response(problem(str(error), "server_error"), status=503)
        except OracleError as error:
            return web.json_response(problem(str(error)), status=400)
        except web.HTTPException as error:
            return web.json_response(problem(f"{request.method} {request.path}: {error.reason}"), status=error.status)
        except ConnectionResetError:
            raise
        except Exception:
            _LOG.exception("a request failed")
            return web.json_response(problem("the server failed; its log says why", "server_error"), status=500)

    @web.middleware
    async def guard(self, request: web.Request, handler: _HANDLER) -> web.StreamResponse:
        if self._token:
            kind, _, given = request.headers.get("Authorization", "").partition(" ")
            right = hmac.compare_digest(given.strip().encode("utf-8", "surrogateescape"), self._token)
            if request.path != "/health" and not (right and kind.lower() == "bearer"):
                raise _Refused(
                    401,
                    f"the token is missing or wrong; send that of {TOKEN} as the API key",
                    "invalid_api_key",
                    **{"WWW-Authenticate": "Bearer"},
                )
        elif not is_loopback(request.url.host or ""):
            raise _Refused(403, f"without a token, only this machine's own name is answered to; set {TOKEN}")
        return await handler(request)

    async def health(self, _: web.Request) -> web.Response:
        return web.json_response({"status": "ok", "version": __version__, "open": self._open})

    async def models(self, _: web.Request) -> web.Response:
        council, *experts = self._answerer.models
        cards = [model_card(council), *(model_card(council, alias) for alias in council.aliases)]
        return web.json_response({"object": "list", "data": [*cards, *map(model_card, experts)]})

    async def model(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        return web.json_response(model_card(self._named(name), name))

    async def complete(self, request: web.Request) -> web.StreamResponse:
        chat = ChatRequest.read(await self._body(request))
        self._named(chat.model)
        asked = chat.asked()
        with self._admitted():
            pieces = cut_at(asked.wanted.stop, self._answerer.answer(asked))
            completion = Completion(chat.model)
            if chat.stream:
                return await self._stream(request, completion, pieces, chat.include_usage)
            try:
                async with asyncio.timeout(self._limits.answer_seconds), contextlib.aclosing(pieces):
                    *said, finish = [piece async for piece in pieces if not isinstance(piece, Draft)]
            except TimeoutError:
                raise _Refused(504, self._too_long()) from None
            assert isinstance(finish, Finish)
            return web.json_response(completion.reply("".join(map(str, said)), finish))

    async def _stream(
        self,
        request: web.Request,
        completion: Completion,
        pieces: AsyncGenerator[str | Draft | Finish],
        include_usage: bool,
    ) -> web.StreamResponse:
        """Sends the pieces as they come. An error before the first of them is an ordinary reply, unless the stream had
        to show by then that it lives; a later one is an event, which OpenAI's clients raise.
        """
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})

        async def send(content: bytes) -> None:
            begin = b"" if response.prepared else completion.begin()
            async with asyncio.timeout(self._limits.reader_seconds):
                await response.prepare(request)
                await response.write(begin + content)

        waited = pieces_or_heartbeats(in_turns(pieces), _HEARTBEAT)
        try:
            async with contextlib.aclosing(waited), asyncio.timeout(self._limits.answer_seconds) as limit:
                async for piece in waited:
                    if piece is None:
                        await send(b": still answering\n\n")
                    elif isinstance(piece, Finish):
                        await send(completion.end(piece, include_usage))
                    elif isinstance(piece, Draft):
                        await send(completion.draft(piece))
                    else:
                        await send(completion.piece(piece))
        except TimeoutError:
            if not limit.expired():  # the client reads nothing, so nothing more can be told to it
                assert request.transport is not None
                request.transport.abort()
                return response
            if not response.prepared:
                raise _Refused(504, self._too_long()) from None
            await send(event(problem(self._too_long(), "server_error")))
        except OracleError as error:
            if not response.prepared:
                raise
            await send(event(problem(str(error))))
        except ConnectionResetError:
            return response
        except Exception:
            if not response.prepared:
                raise
            _LOG.exception("an answer failed")
            await send(event(problem("the server failed; its log says why", "server_error")))
        return response

    def _too_long(self) -> str:
        return f"no answer within {self._limits.answer_seconds:g} seconds; ask something shorter, or later"

    @contextlib.contextmanager
    def _admitted(self) -> Iterator[None]:
        if self._open >= self._limits.max_open:
            raise _Refused(
                429, f"{self._open} questions are open already; ask again in a while", **{"Retry-After": "2"}
            )
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1

    async def _body(self, request: web.Request) -> bytes:
        if request.content_type != "application/json":
            raise _Refused(415, "the body must be JSON, with the header Content-Type: application/json")
        try:
            async with asyncio.timeout(self._limits.body_seconds):
                return await request.read()
        except TimeoutError:
            raise _Refused(408, f"the body did not come within {self._limits.body_seconds:g} seconds") from None
        except web.HTTPRequestEntityTooLarge:
            raise _Refused(413, f"the body has more than {self._limits.max_body:,} bytes; send less") from None

    def _named(self, name: str) -> ServedModel:
        found = self._models.get(name.strip().lower())
        if found is None:
            raise _Refused(
                404, f"no model is called {name!r}{did_you_mean(name, list(self._models))}", "model_not_found"
            )
        return found


async def pieces_or_heartbeats(
    pieces: AsyncGenerator[str | Draft | Finish], seconds: float
) -> AsyncGenerator[str | Draft | Finish | None]:
    """The pieces as they come, and None whenever none came for so long."""
    coming: asyncio.Future[str | Draft | Finish] | None = None
    try:
        while True:
            coming = coming or asyncio.ensure_future(anext(pieces))
            done, _ = await asyncio.wait({coming}, timeout=seconds)
            if not done:
                yield None
                continue
            try:
                piece = coming.result()
            except StopAsyncIteration:
                return
            coming = None
            yield piece
    finally:
        if coming:
            coming.cancel()
            await asyncio.wait({coming})
