"""The teachers behind servers: real clients against servers on loopback that answer, and fail in each known way."""

import asyncio
import json
import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from asked_requests import ANSWER_AND_COUNT, Plain
from teacher_servers import (
    Act,
    Answer,
    Asked,
    GeminiServer,
    Hang,
    OllamaServer,
    OpenAIServer,
    Raw,
    Refuse,
    Reset,
    TeacherServer,
)

from oracle_lib.generate.teachers import Reply
from oracle_lib.generate.teachers.faults import Busy, Down, Fault, Flaw, Refused, Spoiled, Timeout
from oracle_lib.generate.teachers.gemini import Gemini
from oracle_lib.generate.teachers.hosted import HostedTeacher
from oracle_lib.generate.teachers.ollama import Ollama
from oracle_lib.generate.teachers.openai import OpenAI
from oracle_lib.params import load_teachers

KEY = "AIzaSecretOfTheUser"
LIMIT = 1000
IN_FORM = Plain(schema=ANSWER_AND_COUNT)


@dataclass(frozen=True)
class Protocol:
    """One of the three: its server, the variable that names the server's address, and its teacher."""

    server: type[TeacherServer]
    variable: str
    path: str
    settings: Any
    teacher: Callable[[Any], HostedTeacher[Any]]

    def __str__(self) -> str:
        return self.server.__name__.removesuffix("Server")


KNOWN = load_teachers()
GEMINI = Protocol(GeminiServer, "GOOGLE_GEMINI_BASE_URL", "", KNOWN.gemini, Gemini)
OLLAMA = Protocol(
    OllamaServer, "OLLAMA_HOST", "", KNOWN.ollama, lambda settings: Ollama(settings, "http://127.0.0.1:1")
)
OPENAI = Protocol(OpenAIServer, "OPENAI_BASE_URL", "/v1", KNOWN.openai, OpenAI)

every_protocol = pytest.mark.parametrize("protocol", [GEMINI, OLLAMA, OPENAI], ids=str)
protocols_with_a_key = pytest.mark.parametrize("protocol", [GEMINI, OPENAI], ids=str)


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GEMINI_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, KEY)
    monkeypatch.delenv("GOOGLE_API_KEY", raising=False)


@dataclass
class Asking:
    """Asks a teacher behind a server that plays one act."""

    monkeypatch: pytest.MonkeyPatch

    def __call__(
        self, protocol: Protocol, act: Act, request: Plain = IN_FORM, **settings: object
    ) -> tuple[Reply | Fault, TeacherServer]:
        with protocol.server([act]) as server:
            self.monkeypatch.setenv(protocol.variable, server.url + protocol.path)
            changed = protocol.settings.model_copy(update={"output_limit": LIMIT, **settings})
            try:
                return asyncio.run(protocol.teacher(changed).answer(request)), server
            except Fault as fault:
                return fault, server

    def spoiled(self, protocol: Protocol, act: Act, request: Plain = IN_FORM) -> Spoiled:
        fault, server = self(protocol, act, request)
        assert isinstance(fault, Spoiled)
        if server.billed:
            assert server.billed == {name: fault.usage.get(name, 0) for name in server.billed}
        return fault


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Asking:
    return Asking(monkeypatch)


@every_protocol
def test_the_answer_comes_with_the_tokens_that_it_cost_and_the_models_version(protocol: Protocol, ask: Asking) -> None:
    reply, server = ask(protocol, Answer("INC A", input=12, output=3, cached=4, thinking=5), Plain())
    assert isinstance(reply, Reply)
    assert reply.output == "INC A"
    its_own = (
        {"input": 12, "output": 3} if protocol is OLLAMA else {"input": 12, "output": 3, "cached": 4, "thinking": 5}
    )
    assert reply.usage == its_own
    assert reply.model_version
    asked = server.asked[0]
    assert (asked.system, asked.prompt, asked.schema) == (Plain.system, Plain.prompt, None)
    assert asked.model == protocol.settings.model


@every_protocol
def test_an_answer_in_the_form_of_a_schema_is_asked_for_and_given(protocol: Protocol, ask: Asking) -> None:
    reply, server = ask(protocol, Answer())
    assert isinstance(reply, Reply)
    assert reply.output == '{"answer": "x", "count": 3}'
    assert server.asked[0].schema == ANSWER_AND_COUNT


@every_protocol
def test_each_request_has_a_seed_of_its_own_that_stays(protocol: Protocol, ask: Asking) -> None:
    seeds = [
        ask(protocol, Answer("a"), Plain(index=index, seed=seed))[1].asked[0].seed
        for index, seed in [(0, 0), (0, 0), (1, 0), (0, 1)]
    ]
    assert seeds[0] == seeds[1]
    assert len(set(seeds)) == 3
    assert all(seed is not None and 0 <= seed < 2**31 for seed in seeds)


CUT = '{"answer": "LDA.b #$12'
LOOP = '{"answer": "' + "all work and no play makes Link a dull boy. " * 40


@every_protocol
@pytest.mark.parametrize(
    ("act", "flaw"),
    [
        (Answer(CUT, "length"), Flaw.TRUNCATED),
        (Answer('{"answer": "x", "count": 3}', "length"), Flaw.TRUNCATED),
        (Answer(LOOP, "length"), Flaw.REPETITION),
        (Answer('{"answer": "x"' + "\n" * 900, "length"), Flaw.REPETITION),
        (Answer(finish="empty"), Flaw.EMPTY),
        (Answer(" \n"), Flaw.EMPTY),
        (Answer("Sure! Here is the routine."), Flaw.BAD_JSON),
        (Answer('{"answer": "x", "count": NaN}'), Flaw.BAD_JSON),
        (Answer('{"answer": "x", "count": ' + "9" * 5000 + "}"), Flaw.BAD_JSON),
        (Answer('{"answer": "x"}'), Flaw.WRONG_SCHEMA),
        (Answer('{"answer": 1, "count": 3}'), Flaw.WRONG_SCHEMA),
        (Answer("[]"), Flaw.WRONG_SCHEMA),
        (Refuse(400, "the schema is too deep"), Flaw.REJECTED),
        (Refuse(413, "too long"), Flaw.REJECTED),
    ],
)
def test_a_spoiled_answer_says_what_is_wrong_with_it_and_what_it_cost(
    protocol: Protocol, act: Act, flaw: Flaw, ask: Asking
) -> None:
    assert ask.spoiled(protocol, act).flaw is flaw


@every_protocol
@pytest.mark.parametrize("act", [Answer(CUT, "length"), Answer("Sure! Here it is."), Answer('{"answer": "x"}')])
def test_a_spoiled_answer_brings_what_came_so_that_it_can_be_read(protocol: Protocol, act: Answer, ask: Asking) -> None:
    assert ask.spoiled(protocol, act).output == act.text


@every_protocol
def test_brackets_without_end_are_no_json(protocol: Protocol, ask: Asking) -> None:
    fault, _ = ask(protocol, Answer("[" * 100_000))
    assert isinstance(fault, Spoiled)
    assert fault.flaw is Flaw.BAD_JSON


@protocols_with_a_key
@pytest.mark.parametrize("fragment", ["", '{"ans'])
def test_thinking_that_eats_the_output_limit_is_no_bad_json(protocol: Protocol, fragment: str, ask: Asking) -> None:
    fault = ask.spoiled(protocol, Answer(fragment, "length", thinking=LIMIT - 20, output=20))
    assert fault.flaw is Flaw.THINKING
    assert str(fault) == ("thinking used up the output limit (980 of 1000 tokens; raise output_limit or think less)")


@protocols_with_a_key
def test_a_blocked_answer_is_no_empty_success(protocol: Protocol, ask: Asking) -> None:
    assert ask.spoiled(protocol, Answer(finish="blocked")).flaw is Flaw.BLOCKED


def test_gemini_says_that_the_prompt_was_blocked(ask: Asking) -> None:
    fault = ask.spoiled(GEMINI, Answer(finish="prompt blocked"))
    assert str(fault) == "the server blocked it (the prompt: PROHIBITED_CONTENT)"


@every_protocol
@pytest.mark.parametrize(
    ("act", "seconds"),
    [
        (Refuse(429), None),
        (Refuse(429, retry_after=7), 7),
        (Refuse(429, retry_after="0.5"), 0.5),
        (Refuse(429, retry_after="Thu, 01 Jan 2026 00:00:00 GMT"), 0),
        (Refuse(429, retry_after="soon"), None),
        (Refuse(429, retry_after="nan"), None),
        (Refuse(429, retry_after="-3"), 0),
        (Refuse(429, retry_after="1e999"), 86_400),
        (Refuse(503, retry_after=3), 3),
    ],
)
def test_a_busy_server_says_when_to_come_back(
    protocol: Protocol, act: Refuse, seconds: float | None, ask: Asking
) -> None:
    fault, server = ask(protocol, act)
    assert isinstance(fault, Busy)
    if not (protocol is OLLAMA and act.status == 503):
        assert fault.retry_after == seconds
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("act", "seconds"),
    [
        (Refuse(429, retry_info="13.5s"), 13.5),
        (Refuse(429, retry_info="13s", retry_after=20), 20),
        (Refuse(429, retry_info="at noon"), None),
    ],
)
def test_gemini_says_in_retry_info_when_to_come_back(act: Refuse, seconds: float | None, ask: Asking) -> None:
    fault, _ = ask(GEMINI, act)
    assert isinstance(fault, Busy)
    assert fault.retry_after == seconds


@every_protocol
@pytest.mark.parametrize(
    "act",
    [
        Refuse(500),
        Refuse(502),
        Reset(),
        Raw(b"<html>Bad gateway</html>"),
        Raw(b'{"candidates": [{"content": {"par'),
        Raw(b'{"candidates": 3, "choices": 3, "message": 3}'),
        Raw(b'{"candidates": [3], "choices": [3], "message": {"role": 3}}'),
    ],
    ids=lambda act: str(act)[:40],
)
def test_a_server_that_fails_is_down_and_is_asked_once(protocol: Protocol, act: Act, ask: Asking) -> None:
    fault, server = ask(protocol, act)
    assert isinstance(fault, Down)
    assert len(server.asked) == 1


@every_protocol
@pytest.mark.parametrize("body", [b"[]", b"null", b'"x"', b"{}"])
def test_a_body_that_is_no_reply_is_a_fault(protocol: Protocol, body: bytes, ask: Asking) -> None:
    fault, _ = ask(protocol, Raw(body))
    assert isinstance(fault, Down | Spoiled)


@every_protocol
def test_nobody_listening_is_a_server_that_is_down(protocol: Protocol, monkeypatch: pytest.MonkeyPatch) -> None:
    with protocol.server() as server:
        monkeypatch.setenv(protocol.variable, server.url + protocol.path)
    with pytest.raises(Down):
        asyncio.run(protocol.teacher(protocol.settings).answer(Plain()))


@every_protocol
@pytest.mark.parametrize("act", [Hang(), Raw(b'{"model": "' + b"x" * 1000, drip=0.05)], ids=["silent", "slow"])
def test_a_silent_server_and_one_that_answers_drop_by_drop_time_out(protocol: Protocol, act: Act, ask: Asking) -> None:
    fault, _ = ask(protocol, act, timeout=0.4)
    assert isinstance(fault, Timeout)
    assert "no answer in 0.4 s" in str(fault)


@every_protocol
def test_a_model_that_is_gone_is_named_with_what_to_do(protocol: Protocol, monkeypatch: pytest.MonkeyPatch) -> None:
    with protocol.server(models=("another",)) as server:
        monkeypatch.setenv(protocol.variable, server.url + protocol.path)
        with pytest.raises(Refused) as refused:
            asyncio.run(protocol.teacher(protocol.settings).answer(Plain()))
    assert protocol.settings.model in str(refused.value)
    assert "; " in str(refused.value)


@protocols_with_a_key
def test_a_key_that_the_server_does_not_know_ends_it_and_is_not_repeated(
    protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    with protocol.server(key="another key") as server:
        monkeypatch.setenv(protocol.variable, server.url + protocol.path)
        with pytest.raises(Refused, match="set it to") as refused:
            asyncio.run(protocol.teacher(protocol.settings).answer(Plain()))
        assert server.asked[0].key == KEY
    assert KEY not in str(refused.value)


@every_protocol
def test_what_a_server_says_to_a_request_that_it_rejects_is_told_in_short_and_without_secrets(
    protocol: Protocol, ask: Asking
) -> None:
    said = (
        f"num_predict of 9 is\n too large; you sent Bearer eyJ0b2tlbg and {KEY} to http://me:hush@host; " + "x" * 9999
    )
    told = str(ask.spoiled(protocol, Refuse(400, said)))
    assert told.startswith(
        "the server rejected the request (400 num_predict of 9 is too large; you sent Bearer (the key)"
    )
    assert len(told) < 300 and not any(secret in told for secret in ("eyJ0b2tlbg", KEY, "hush"))


@pytest.mark.parametrize(
    "body",
    [
        {"error": "no such grammar"},
        {"object": "error", "message": "no such grammar"},
        {"detail": [{"msg": "no such grammar"}]},
        "no such grammar",
    ],
)
def test_a_rejection_is_told_in_every_form_that_servers_of_openais_protocol_give_it(body: object, ask: Asking) -> None:
    text = body if isinstance(body, str) else json.dumps(body)
    assert "no such grammar" in str(ask.spoiled(OPENAI, Raw(text.encode(), status=400)))


@protocols_with_a_key
@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 429, 500])
def test_no_key_gets_into_a_message_that_quotes_the_server(protocol: Protocol, status: int, ask: Asking) -> None:
    fault, _ = ask(protocol, Refuse(status, f"the key {KEY} may not do that"))
    assert isinstance(fault, Fault)
    assert KEY not in f"{fault} {fault!r} {fault.__cause__} {fault.__dict__}"


@protocols_with_a_key
def test_no_key_gets_into_a_log(protocol: Protocol, ask: Asking, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for act in (Answer("a"), Refuse(401), Refuse(500), Reset()):
        ask(protocol, act, Plain())
    assert caplog.records
    assert KEY not in caplog.text


def test_an_account_without_money_is_not_asked_again(ask: Asking) -> None:
    fault, _ = ask(OPENAI, Refuse(429, reason="insufficient_quota"))
    assert isinstance(fault, Refused)


def test_gemini_is_asked_to_think_as_params_say_and_for_so_many_tokens(ask: Asking) -> None:
    _, server = ask(GEMINI, Answer("a"), Plain())
    config = server.asked[0].body["generationConfig"]
    assert config["thinkingConfig"] == {"thinking_level": KNOWN.gemini.thinking.upper()}
    assert config["maxOutputTokens"] == LIMIT


def test_gemini_that_may_not_be_used_from_here_is_not_asked_again(ask: Asking) -> None:
    fault, _ = ask(GEMINI, Refuse(400, "User location is not supported.", google_status="FAILED_PRECONDITION"))
    assert isinstance(fault, Refused)
    assert "User location is not supported." in str(fault)


def test_gemini_is_googles_public_one_whatever_the_environment_prefers(
    monkeypatch: pytest.MonkeyPatch, ask: Asking
) -> None:
    monkeypatch.setenv("GOOGLE_GENAI_USE_VERTEXAI", "true")
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "somebody")
    reply, server = ask(GEMINI, Answer("a"), Plain())
    assert isinstance(reply, Reply)
    assert server.asked[0].key == KEY


def test_gemini_takes_its_key_from_either_variable(monkeypatch: pytest.MonkeyPatch, ask: Asking) -> None:
    monkeypatch.delenv("GEMINI_API_KEY")
    monkeypatch.setenv("GOOGLE_API_KEY", " another\n")
    _, server = ask(GEMINI, Answer("a"), Plain())
    assert server.asked[0].key == "another"


def test_ollama_is_told_the_size_of_its_context_and_not_to_think(ask: Asking) -> None:
    _, server = ask(OLLAMA, Answer("a"), Plain())
    body = server.asked[0].body
    assert body["think"] is False
    assert body["options"]["num_ctx"] == KNOWN.ollama.num_ctx
    assert body["options"]["num_predict"] == LIMIT


def test_a_prompt_that_ollama_cut_to_its_context_is_rejected(ask: Asking) -> None:
    fault = ask.spoiled(OLLAMA, Answer("a", input=KNOWN.ollama.num_ctx), Plain())
    assert fault.flaw is Flaw.REJECTED
    assert "num_ctx" in str(fault)


@every_protocol
def test_a_teacher_that_is_there_is_available(protocol: Protocol, monkeypatch: pytest.MonkeyPatch) -> None:
    with protocol.server(models=(protocol.settings.model,), key=KEY) as server:
        monkeypatch.setenv(protocol.variable, server.url + protocol.path)
        assert protocol.teacher(protocol.settings).unavailable() is None
        assert not server.asked


@pytest.mark.parametrize("protocol", [OLLAMA, OPENAI], ids=str)
def test_a_model_that_the_server_does_not_have_makes_it_unavailable(
    protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    with protocol.server(models=("another",)) as server:
        monkeypatch.setenv(protocol.variable, server.url + protocol.path)
        reason = protocol.teacher(protocol.settings).unavailable()
    assert reason is not None
    assert protocol.settings.model in reason


@pytest.mark.parametrize("protocol", [OLLAMA, OPENAI], ids=str)
def test_a_server_that_is_not_up_makes_it_unavailable(protocol: Protocol, monkeypatch: pytest.MonkeyPatch) -> None:
    with protocol.server() as server:
        monkeypatch.setenv(protocol.variable, server.url + protocol.path)
    reason = protocol.teacher(protocol.settings).unavailable()
    assert reason is not None
    assert "start it" in reason


@pytest.mark.parametrize(
    ("protocol", "name", "value", "words"),
    [
        (GEMINI, "GEMINI_API_KEY", None, "set GEMINI_API_KEY or GOOGLE_API_KEY"),
        (GEMINI, "GEMINI_API_KEY", "my key", "cannot be a key"),
        (GEMINI, "GOOGLE_GEMINI_BASE_URL", "nowhere", "GOOGLE_GEMINI_BASE_URL is no address"),
        (OLLAMA, "OLLAMA_HOST", "ftp://there", "OLLAMA_HOST names no server"),
        (OPENAI, "OPENAI_BASE_URL", None, "set it to its address"),
        (OPENAI, "OPENAI_BASE_URL", "http://127.0.0.1:1", "has no /v1 at the end"),
    ],
)
def test_a_variable_that_is_missing_or_wrong_is_named(
    protocol: Protocol, name: str, value: str | None, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if value is None:
        monkeypatch.delenv(name, raising=False)
    else:
        monkeypatch.setenv(name, value)
    reason = protocol.teacher(protocol.settings).unavailable()
    assert reason is not None
    assert words in reason


@every_protocol
def test_what_decides_the_answers_decides_the_version(protocol: Protocol) -> None:
    version = protocol.teacher(protocol.settings).version
    for name, value in [("model", "another"), ("output_limit", 17)]:
        assert protocol.teacher(protocol.settings.model_copy(update={name: value})).version != version
    for name, value in [("timeout", 17.0), ("limits", KNOWN.openai.limits)]:
        assert protocol.teacher(protocol.settings.model_copy(update={name: value})).version == version


def test_prices_count_cached_input_and_thinking() -> None:
    usage = {"input": 2_000_000, "cached": 1_000_000, "output": 1_000_000, "thinking": 3_000_000}
    prices = KNOWN.gemini.prices
    assert math.isclose(prices.dollars(usage), 0.75 + 0.075 + 4 * 3.75)
    assert math.isclose(prices.of_a_batch().dollars(usage), (0.75 + 0.075 + 4 * 3.75) / 2)
    assert KNOWN.ollama.prices.dollars(usage) == 0


def test_a_function_scripts_a_server_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def script(asked: Asked) -> Act:
        return Answer(asked.prompt.upper()) if asked.number else Refuse(500)

    with OllamaServer(script) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        with pytest.raises(Down):
            asyncio.run(OLLAMA.teacher(KNOWN.ollama).answer(Plain(prompt="rts")))
        assert asyncio.run(OLLAMA.teacher(KNOWN.ollama).answer(Plain(prompt="rts"))).output == "RTS"
        assert server.statuses == {500: 1, 200: 1}
