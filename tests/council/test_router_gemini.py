"""Gemini classifies questions where it is wanted and a key is set; where it can't, the local classifier does."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from teacher_servers import Act, Answer, GeminiServer, Hang, Raw, Refuse, Reset

from oracle_lib.council import Router, load_router
from oracle_lib.council.router import router as router_module
from oracle_lib.params import load_council

QUESTION = "Write a routine that checks if Link has the Master Sword"
CLAIM = {"expert": "nayru-canon", "confidence": 0.97, "reason": "it asks\nabout a legend"}


@pytest.fixture(scope="module", autouse=True)
def learned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The local classifier is learned once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORACLE_OUTPUTS", str(tmp_path_factory.mktemp("outputs")))
        load_router()
        yield Path()


def router_at(server: GeminiServer, monkeypatch: pytest.MonkeyPatch, timeout: float = 5) -> Router:
    wanted = load_council().model_copy(update={"ask_classifier_model": True, "classifier_timeout": timeout})
    monkeypatch.setattr(router_module, "load_council", lambda: wanted)
    monkeypatch.setenv("GEMINI_API_KEY", "a-key-of-the-test")
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", server.url)
    return load_router()


def test_its_confidences_decide_and_its_reason_is_told_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with GeminiServer([Answer(json.dumps({"claims": [CLAIM]}))], key="a-key-of-the-test") as server:
        route = router_at(server, monkeypatch).route(QUESTION)
        (asked,) = server.asked
    assert route.experts == (("nayru-canon", 0.97),)
    assert route.reason.startswith("nayru-canon 0.97 because 'it asks about a legend' (asked from ")
    assert asked.model == "gemini-3.8-flash" and asked.prompt == QUESTION
    assert asked.schema is not None and "- sheik-debugger: crash triage" in asked.system


def test_it_may_say_that_the_question_concerns_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    with GeminiServer([Answer('{"claims": []}')]) as server:
        assert router_at(server, monkeypatch).route(QUESTION).experts == ()


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (Answer("Rauru, of course!"), "gave no answer of the form that was asked for"),
        (Answer('{"claims": [{"expert": "rauru-assembler", "confidence": 7, "reason": ""}]}'), "gave no answer"),
        (Answer('{"claims": [{"expert": "ganon", "confidence": 1, "reason": ""}]}'), "named an expert that is none"),
        (Answer('{"claims": [', finish="length"), "gave no answer"),
        (Answer(finish="empty"), "gave no answer"),
        (Answer(finish="prompt blocked"), "gave no answer"),
        (Raw(b"[" * 100_000), "gave no answer"),
        (Refuse(429, "a-key-of-the-test is over its quota"), r"refused \(429\)"),
        (Refuse(500), r"refused \(500\)"),
        (Reset(), "was not reached"),
        (Hang(), "was not reached"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else None,
)
def test_without_an_answer_of_use_the_local_classifier_decides_and_the_reason_says_so(
    act: Act, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with GeminiServer([act]) as server:
        route = router_at(server, monkeypatch, timeout=1).route(QUESTION)
    assert [name for name, _ in route.experts] == ["rauru-assembler"]
    said_first, _, reason = route.reason.partition(", so the local classifier decides: ")
    assert re.search(said, said_first) and reason.startswith("rauru-assembler ")
    assert "a-key-of-the-test" not in route.reason


def test_it_is_not_asked_where_the_question_names_its_expert_or_no_key_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    with GeminiServer([Answer('{"claims": []}')]) as server:
        router = router_at(server, monkeypatch)
        assert router.route("ask yaze: what?").experts == (("yaze-expert", 1.0),)
        monkeypatch.delenv("GEMINI_API_KEY")
        assert load_router().route(QUESTION).experts
        assert not server.asked
