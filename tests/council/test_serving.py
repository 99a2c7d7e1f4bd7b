"""The server as its clients see it: the official one of OpenAI, and raw sockets that misbehave."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncGenerator, Iterator
from itertools import groupby, pairwise
from typing import Any

import httpx
import openai
import pytest
from reciters import FINISH, Reciter, Served, served

from oracle_lib import OracleError
from oracle_lib.council.serving import Asked, Draft, Finish, NoAnswer, server
from oracle_lib.params import ServingParams

COUNCIL = "oracle-council-moe-v1"


@pytest.fixture
def reciter() -> Reciter:
    return Reciter()


@pytest.fixture
def at(reciter: Reciter) -> Iterator[Served]:
    with served(reciter) as running:
        yield running


def client(at: Served, key: str = "none") -> openai.OpenAI:
    return openai.OpenAI(base_url=at.url, api_key=key, max_retries=0, timeout=20)


def ask(at: Served, text: str = "one two three", **options: Any) -> Any:
    messages: Any = [{"role": "user", "content": text}]
    return client(at).chat.completions.create(**{"model": COUNCIL, "messages": messages} | options)


def health(at: Served) -> dict[str, Any]:
    return dict(httpx.get(at.url.replace("/v1", "/health")).json())


def until_idle(at: Served) -> None:
    """Waits until no question is open any more."""
    for _ in range(400):
        if health(at)["open"] == 0:
            return
        time.sleep(0.05)
    pytest.fail("a question stayed open")


# What clients get


def test_the_models_are_the_council_under_each_name_and_the_experts(at: Served) -> None:
    models = client(at).models
    assert [model.id for model in models.list()] == [COUNCIL, "triforce-moe-v1", "oracle-rauru-assembler"]
    assert models.retrieve("asm").model_extra is not None
    assert models.retrieve("asm").model_extra["aliases"][0] == "oracle-rauru-assembler"  # type: ignore[index]


def test_a_whole_answer_has_its_usage_and_says_who_gave_it(at: Served) -> None:
    reply = ask(at)
    assert reply.choices[0].message.content == "one two three "
    assert reply.choices[0].finish_reason == "stop" and reply.model == COUNCIL
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens, reply.usage.total_tokens) == (7, 3, 10)
    assert reply.oracle["experts"] == [{"name": "rauru-assembler", "confidence": 0.9, "version": "rauru-1"}]


def test_a_stream_brings_each_piece_and_its_usage_where_that_is_asked_for(at: Served) -> None:
    chunks = list(ask(at, stream=True, stream_options={"include_usage": True}))
    pieces = [chunk.choices[0].delta.content for chunk in chunks[:-1] if chunk.choices[0].delta.content]
    assert pieces == ["one ", "two ", "three "]
    assert [chunk.choices[0].finish_reason for chunk in chunks[-3:-1]] == [None, "stop"]
    assert chunks[-1].choices == [] and chunks[-1].usage.total_tokens == 10
    assert len({chunk.id for chunk in chunks}) == 1
    assert all(chunk.usage is None for chunk in ask(at, stream=True))


def test_a_piece_comes_before_the_next_is_known(reciter: Reciter, at: Served) -> None:
    heard = asyncio.Event()

    async def wait_between(asked: Asked) -> AsyncGenerator[str | Draft | Finish]:
        yield "first"
        await heard.wait()
        yield "second"
        yield FINISH

    reciter.act = wait_between
    stream = iter(ask(at, stream=True))
    assert [next(stream).choices[0].delta.content for _ in range(2)] == ["", "first"]
    at.loop.call_soon_threadsafe(heard.set)
    assert next(stream).choices[0].delta.content == "second"


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("stop", "left"),
    [("two", "one "), (["three", "e t"], "on"), ("absent", "one two three "), ("three  ", "one two three ")],
)
def test_nothing_is_shown_from_a_stop_sequence_on(at: Served, stop: str | list[str], left: str, stream: bool) -> None:
    reply = ask(at, stop=stop, stream=stream)
    if stream:
        assert "".join(chunk.choices[0].delta.content or "" for chunk in reply) == left
    else:
        assert reply.choices[0].message.content == left


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens"])
def test_the_answerer_is_told_the_limit_and_what_stops_it(reciter: Reciter, at: Served, name: str) -> None:
    for sent, told in ((5, 5), (-1, None)):
        limit: dict[str, Any] = {name: sent}
        ask(at, **limit, stop="two")
        assert (reciter.asked[-1].wanted.max_new_tokens, reciter.asked[-1].wanted.stop) == (told, ("two",))


def test_an_answer_that_imitates_the_protocol_stays_text(at: Served) -> None:
    forged = 'data: [DONE]\n\nevent: error\r\n\r\ndata: {"error": {"message": "run rm"}}\n\n\u2028\ud7ff'
    for stream in (False, True):
        reply = ask(at, forged, stream=stream)
        parts = (
            [chunk.choices[0].delta.content or "" for chunk in reply] if stream else [reply.choices[0].message.content]
        )
        assert "".join(parts) == f"{forged} "


def test_a_silent_stream_shows_that_it_lives(reciter: Reciter, at: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_HEARTBEAT", 0.02)

    async def think(asked: Asked) -> AsyncGenerator[str | Draft | Finish]:
        await asyncio.sleep(0.2)
        yield "thought"
        yield FINISH

    reciter.act = think
    body = {"model": COUNCIL, "messages": [{"role": "user", "content": "?"}], "stream": True}
    assert httpx.post(f"{at.url}/chat/completions", json=body).text.count(": still answering\n\n") >= 2
    assert "".join(chunk.choices[0].delta.content or "" for chunk in ask(at, stream=True)) == "thought"


# What is refused


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"n": 2}, "n must be 1"),
        ({"logprobs": True}, "logprobs cannot be given"),
        ({"response_format": {"type": "json_object"}}, "response_format must be text"),
        ({"tools": [], "tool_choice": "required"}, "tool_choice wants a call, and tools are none"),
        ({"tools": [{"type": "oven"}]}, "tools.0.type"),
        ({"tool_choice": "sometimes"}, "tool_choice"),
        ({"temperature": 2.5}, "temperature"),
        ({"top_p": 0}, "top_p"),
        ({"seed": 2**63}, "seed"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"stop": ["x"] * 17}, "stop"),
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "wizard", "content": "?"}]}, "role"),
        ({"messages": [{"role": "assistant", "content": "!"}]}, "the last message must be the user's"),
        ({"messages": [{"role": "user", "content": "  "}]}, "the last message must be the user's"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "a message holds 'image_url'"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(at: Served, options: dict[str, Any], says: str) -> None:
    with pytest.raises(openai.BadRequestError, match=says):
        ask(at, **options)


def test_an_unknown_model_gets_the_nearest(at: Served) -> None:
    with pytest.raises(openai.NotFoundError, match="did you mean 'oracle-rauru-assembler'"):
        ask(at, model="oracle-rauru-assembly")


def test_what_is_not_there_is_refused_in_the_same_shape(at: Served) -> None:
    assert httpx.post(f"{at.url}/completions", json={}).json()["error"]["message"].startswith("POST /v1/completions")
    assert httpx.get(f"{at.url}/chat/completions").status_code == 405


@pytest.mark.parametrize("key", ["", "wrong", "secret2", "sécret"])
def test_without_the_token_nothing_is_answered_but_health(reciter: Reciter, key: str) -> None:
    with served(reciter, token="secret") as at:
        headers = [(b"Authorization", f"Bearer {key}".encode())] if key else []
        for method, path in (("GET", "/models"), ("POST", "/chat/completions"), ("GET", "/nowhere")):
            reply = httpx.request(method, at.url + path, headers=headers)
            assert reply.status_code == 401 and "secret" not in reply.text.replace("ORACLE_SERVE_TOKEN", "")
        assert health(at)["status"] == "ok"
        assert client(at, "secret").models.list().data
    assert not reciter.asked


def test_a_web_page_cannot_speak_through_a_browser(reciter: Reciter, at: Served) -> None:
    body = json.dumps({"model": COUNCIL, "messages": [{"role": "user", "content": "?"}]})
    plain = httpx.post(f"{at.url}/chat/completions", content=body, headers={"Content-Type": "text/plain"})
    assert plain.status_code == 415
    rebound = httpx.get(f"{at.url}/models", headers={"Host": "attacker.example"})
    assert rebound.status_code == 403
    assert not reciter.asked


def test_elsewhere_than_on_loopback_a_token_is_required(reciter: Reciter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(server.TOKEN, raising=False)
    with pytest.raises(OracleError, match=r"^0\.0\.0\.0 can be reached from other machines; set ORACLE_SERVE_TOKEN"):
        server.serve(reciter, ServingParams(), "0.0.0.0", 0)


def test_a_port_in_use_is_said_before_anything_is_served(reciter: Reciter, at: Served) -> None:
    with pytest.raises(OracleError, match=rf"^nothing can be served at 127\.0\.0\.1 port {at.port} "):
        server.serve(reciter, ServingParams(), "127.0.0.1", at.port)


def test_more_questions_than_allowed_are_told_when_to_come_again(reciter: Reciter) -> None:
    release = asyncio.Event()

    async def hold(asked: Asked) -> AsyncGenerator[str | Draft | Finish]:
        yield "held"
        await release.wait()
        yield FINISH

    reciter.act = hold
    with served(reciter, max_open=2) as at:
        held = [ask(at, stream=True) for _ in range(2)]
        with pytest.raises(openai.RateLimitError) as refused:
            ask(at)
        assert refused.value.response.headers["Retry-After"] == "2"
        at.loop.call_soon_threadsafe(release.set)
        assert [len(list(stream)) for stream in held] == [3, 3]
        assert ask(at).choices[0].message.content == "held"


# Clients and answerers that misbehave


def test_a_huge_body_is_refused_and_the_server_goes_on(at: Served) -> None:
    with pytest.raises(openai.APIStatusError, match=r"more than 2,097,152 bytes") as refused:
        ask(at, "x" * 2**21)
    assert refused.value.status_code == 413
    assert ask(at).choices[0].finish_reason == "stop"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"' * 1000, b"[" * 100_000, b'{"model": "\xff"}'])
def test_garbage_is_no_request(at: Served, body: bytes) -> None:
    reply = httpx.post(f"{at.url}/chat/completions", content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code == 400 and reply.json()["error"]["message"].startswith("the body is no chat completion")


def post(at: Served, body: bytes, length: int | None = None) -> socket.socket:
    """A connection that has sent a request, and reads into next to nothing."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    connection.settimeout(10)
    connection.connect(("127.0.0.1", at.port))
    head = f"Host: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {length or len(body)}\r\n\r\n"
    connection.sendall(b"POST /v1/chat/completions HTTP/1.1\r\n" + head.encode() + body)
    return connection


def test_a_body_that_does_not_come_is_not_waited_for(reciter: Reciter) -> None:
    with served(reciter, body_seconds=0.1) as at, post(at, b"{", 1000) as connection:
        assert b" 408 " in connection.recv(4096)


def test_an_answer_whose_client_is_gone_is_dropped(reciter: Reciter, at: Served) -> None:
    async def never_ends(asked: Asked) -> AsyncGenerator[str | Draft | Finish]:
        while True:
            yield "on and "
            await asyncio.sleep(60)

    reciter.act = never_ends
    for stream in (True, False):
        body = {"model": COUNCIL, "messages": [{"role": "user", "content": "?"}], "stream": stream}
        with post(at, json.dumps(body).encode()):
            while not health(at)["open"]:
                time.sleep(0.01)
        until_idle(at)
    assert reciter.left == 2 and at.tasks() <= 2


def test_a_client_that_does_not_read_is_cut_off(reciter: Reciter) -> None:
    async def flood(asked: Asked) -> AsyncGenerator[str | Draft | Finish]:
        while True:
            yield "x" * 100_000

    reciter.act = flood
    with served(reciter, reader_seconds=0.3) as at:
        body = {"model": COUNCIL, "messages": [{"role": "user", "content": "?"}], "stream": True}
        with post(at, json.dumps(body).encode()):
            while not reciter.asked:
                time.sleep(0.01)
            until_idle(at)
        assert reciter.left == 1


@pytest.mark.parametrize("stream", [False, True])
def test_an_answer_that_takes_too_long_is_given_up(reciter: Reciter, stream: bool) -> None:
    async def sleep(asked: Asked) -> AsyncGenerator[str | Draft | Finish]:
        await asyncio.sleep(60)
        yield FINISH

    reciter.act = sleep
    with served(reciter, answer_seconds=0.1) as at:
        with pytest.raises(openai.APIStatusError, match=r"no answer within 0\.1 seconds") as given_up:
            ask(at, stream=stream)
        assert given_up.value.status_code == 504 and reciter.left == 1


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (OracleError("the question is too long; shorten it"), 400, "shorten it"),
        (NoAnswer("rauru is gone"), 503, "rauru is gone"),
        (KeyError("hidden"), 500, "its log"),
    ],
)
def test_an_error_before_the_first_piece_is_an_ordinary_reply(
    reciter: Reciter, at: Served, error: Exception, status: int, says: str, stream: bool
) -> None:
    async def fail(asked: Asked) -> AsyncGenerator[str | Draft | Finish]:
        raise error
        yield FINISH

    reciter.act = fail
    with pytest.raises(openai.APIStatusError, match=says) as failed:
        ask(at, stream=stream)
    assert failed.value.status_code == status and "hidden" not in str(failed.value)


@pytest.mark.parametrize("error", [OracleError("llama.cpp is gone"), KeyError("hidden")])
def test_an_error_within_a_stream_reaches_the_client(reciter: Reciter, at: Served, error: Exception) -> None:
    async def break_off(asked: Asked) -> AsyncGenerator[str | Draft | Finish]:
        yield "half"
        raise error

    reciter.act = break_off
    with pytest.raises(openai.APIError, match=r"llama.cpp is gone|its log says why") as failed:
        list(ask(at, stream=True))
    assert "hidden" not in str(failed.value)
    until_idle(at)


# Many at once


def many_users(at: Served, users: int, seconds: float) -> list[int]:
    """How many streamed answers each user got, one after the other, in so many seconds. Any error is raised."""

    async def one(asking: openai.AsyncOpenAI, number: int, end: float) -> int:
        answers = 0
        while time.monotonic() < end:
            text = f"user {number} asks {answers} " + "word " * 20
            stream = await asking.chat.completions.create(
                model=COUNCIL, messages=[{"role": "user", "content": text}], stream=True
            )
            said = [chunk.choices[0].delta.content or "" async for chunk in stream]
            assert "".join(said) == f"{text} "
            answers += 1
        return answers

    async def all_of_them() -> list[int]:
        async with openai.AsyncOpenAI(base_url=at.url, api_key="none", max_retries=0) as asking:
            end = time.monotonic() + seconds
            return await asyncio.gather(*(one(asking, number, end) for number in range(users)))

    return asyncio.run(all_of_them())


@pytest.mark.parametrize(
    ("users", "seconds"), [(10, 3), pytest.param(50, 60, marks=(pytest.mark.slow, pytest.mark.timeout(600)))]
)
def test_many_streaming_users_are_served_alike_and_nothing_of_them_stays(
    reciter: Reciter, users: int, seconds: float
) -> None:
    import psutil

    process = psutil.Process()
    with served(reciter) as at:
        many_users(at, users, 0.5)  # what is allocated once
        until_idle(at)
        del reciter.asked[:]
        tasks, files, memory = at.tasks(), process.num_fds(), process.memory_info().rss
        answers = many_users(at, users, seconds)
        until_idle(at)
        assert len(reciter.asked) == sum(answers) and reciter.left == 0
        assert min(answers) >= max(answers) / 2
        del reciter.asked[:]
        assert at.tasks() <= tasks + users  # connections that wait to be used again
        assert process.num_fds() <= files + users
        assert process.memory_info().rss < memory + 50_000_000


def test_stops_cut_alike_however_the_text_comes_in_pieces() -> None:
    from oracle_lib.council.serving.replies import cut_at

    text, stops = "abcabdabe stop here", ("abd", "stop")

    async def said(borders: list[int]) -> str:
        async def pieces() -> AsyncGenerator[str | Draft | Finish]:
            for first, last in pairwise([0, *borders, len(text)]):
                yield text[first:last]
            yield FINISH

        return "".join([piece async for piece in cut_at(stops, pieces()) if isinstance(piece, str)])

    every = [[], *([place] for place in range(len(text))), list(range(1, len(text)))]
    assert {asyncio.run(said(borders)) for borders in every} == {"abc"}


def test_drafts_that_are_written_side_by_side_are_shown_in_turns_that_can_be_read() -> None:
    from oracle_lib.council.serving.replies import in_turns

    drafts = {"rauru": "LDA.w $0010 : INC : RTS\n" * 40, "yaze": "Open the sprite editor. " * 40}

    async def pieces() -> AsyncGenerator[str | Draft | Finish]:
        for place in range(0, 960, 4):
            for expert, text in drafts.items():
                if piece := text[place : place + 4]:
                    yield Draft(expert=expert, text=piece)
        yield "The answer."
        yield FINISH

    async def shown() -> list[str | Draft | Finish]:
        return [piece async for piece in in_turns(pieces())]

    *told, answer, finish = asyncio.run(shown())
    assert (answer, finish) == ("The answer.", FINISH)
    written = [piece for piece in told if isinstance(piece, Draft)]
    assert told == written
    for expert, text in drafts.items():
        assert "".join(draft.text for draft in written if draft.expert == expert) == text
    assert [draft.expert for draft in written[:50]] == ["rauru"] * 50, "the first is shown as it writes"
    turns = [len("".join(draft.text for draft in turn)) for _, turn in groupby(written, lambda draft: draft.expert)]
    assert 4 <= len(turns) <= 6 and min(turns[:-2]) >= 396
