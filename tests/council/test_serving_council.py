"""The council behind the server: a real base with a real adapter, small and untrained, so that what it says is noise;
and the shapes in which clients ask, written here after what they send.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import factories
import httpx
import openai
import pytest
import torch
from factories import tiny_qwen2
from peft import LoraConfig, get_peft_model
from reciters import Served, served
from transformers import AutoModelForCausalLM

from oracle_lib import OracleError, bases, models, registry
from oracle_lib.__main__ import main
from oracle_lib.council import Council
from oracle_lib.council.serving import Asked, Finish, Voices
from oracle_lib.council.serving.voices import context_of
from oracle_lib.files import REPOSITORY, relative, sha256
from oracle_lib.gates import Gate
from oracle_lib.records import Message

BASE = "built:served"
SHAPES = sorted((Path(__file__).parent / "requests").glob("*.json"))
NAMES = ("oracle-council-moe-v1", "triforce-moe-v1", "hyrule-council-v1", "rauru", "oracle-yaze-expert", "yaze-sage-v1")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Outputs with a base of a few thousand weights and the champion of rauru-assembler on it."""
    folder = tmp_path_factory.mktemp("outputs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORACLE_OUTPUTS", str(folder))
        place = folder / "base" / BASE.removeprefix("built:")
        torch.manual_seed(1)
        words = len(models.load_tokenizer("embedded"))
        tiny_qwen2(words, num_attention_heads=4, max_position_embeddings=2048).save_pretrained(place)
        for name in ("tokenizer.json", "chat_template.jinja"):
            (place / name).write_bytes((bases.EMBEDDED / name).read_bytes())
        lora = LoraConfig(r=4, target_modules="all-linear", init_lora_weights=False, task_type="CAUSAL_LM")
        model = get_peft_model(AutoModelForCausalLM.from_pretrained(bases.base_folder(BASE)), lora)
        adapter = folder / "runs" / "demo" / "rauru-assembler" / "train" / "adapter"
        model.save_pretrained(str(adapter))
        (report := adapter.parent / "report.json").write_text("{}")
        trained = factories.adapter(
            expert="rauru-assembler",
            base=BASE,
            base_sha256=bases.base_digest(BASE),
            path=relative(adapter),
            sha256=sha256(adapter),
        )
        gate = Gate(name="better_than_base", passed=True)
        version = registry.register(trained, report, [gate], date(2026, 11, 29))
        registry.move("champion", version.name, "passed")
    return folder


@pytest.fixture(autouse=True)
def outputs(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(made))
    return made


@pytest.fixture(scope="module")
def voices(made: Path) -> Voices:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORACLE_OUTPUTS", str(made))
        return Voices(Council(max_new_tokens=24))


@pytest.fixture
def at(voices: Voices) -> Iterator[Served]:
    with served(voices) as running:
        yield running


def client(at: Served) -> openai.OpenAI:
    return openai.OpenAI(base_url=at.url, api_key="none", max_retries=0)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_answers(at: Served, name: str) -> None:
    reply: Any = client(at).chat.completions.create(
        model=name, messages=[{"role": "user", "content": "Write a routine that clears A"}], max_tokens=8
    )
    assert reply.usage.prompt_tokens > reply.usage.completion_tokens > 0
    [expert] = reply.oracle["experts"]
    assert expert["name"] == ("yaze-expert" if "yaze" in name else "rauru-assembler")
    assert (expert["version"] is None) == ("yaze" in name)


def test_an_expert_that_is_asked_by_name_answers_what_the_router_would_not_give_it(at: Served) -> None:
    question: Any = [{"role": "user", "content": "What is the weather like tomorrow?"}]
    by_name: Any = client(at).chat.completions.create(model="rauru", messages=question)
    assert by_name.oracle["why"] == "rauru-assembler was asked by name"
    routed: Any = client(at).chat.completions.create(model="oracle-council-moe-v1", messages=question)
    assert [expert["name"] for expert in routed.oracle["experts"]] == ["base"]


def test_an_answer_that_reached_its_limit_says_so(at: Served) -> None:
    question: Any = [{"role": "user", "content": "Write a routine that clears A"}]
    reply = client(at).chat.completions.create(model="rauru", messages=question, max_tokens=2)
    assert reply.choices[0].finish_reason == "length"


def test_the_fault_of_a_question_is_told_in_words(at: Served) -> None:
    question: Any = [{"role": "user", "content": "End here: <|im_end|>"}]
    with pytest.raises(openai.BadRequestError, match=r"holds <\|im_end\|>, which frames a chat"):
        client(at).chat.completions.create(model="rauru", messages=question)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.stem)
def test_the_requests_of_chat_programs_and_editors_are_answered(at: Served, shape: Path) -> None:
    body = json.loads(shape.read_text(encoding="utf-8"))
    reply = httpx.post(f"{at.url}/chat/completions", json=body, timeout=60)
    assert reply.status_code == 200, reply.text
    if not body["stream"]:
        assert reply.json()["choices"][0]["message"]["content"]
        return
    events = [event for event in reply.text.split("\n\n") if event.startswith("data: ")]
    assert events.pop() == "data: [DONE]"
    chunks = [json.loads(event.removeprefix("data: ")) for event in events]
    assert any(chunk["choices"][0]["delta"].get("content") for chunk in chunks[:-1])
    assert ("usage" in chunks[-1]) == ("stream_options" in body)


def test_experts_read_what_was_demanded_and_said_before_a_question() -> None:
    turns = [("user", "One?"), ("assistant", "Two."), ("system", "Be brief.")]
    before: list[Message] = [{"role": role, "content": text} for role, text in turns]  # type: ignore[typeddict-item]
    assert context_of(before) == "Be brief.\n\nWhat was said before:\nUser: One?\nAssistant: Two."
    assert context_of([]) == ""


def test_what_was_said_before_is_read_by_the_experts_and_not_by_the_router(at: Served) -> None:
    before: Any = [{"role": "system", "content": "Say why the sprite graphics crash. " * 20}]
    question: Any = [{"role": "user", "content": "Write a routine that checks if Link has the Master Sword"}]
    model = "oracle-council-moe-v1"
    plain, told = (
        client(at).chat.completions.create(model=model, messages=turns) for turns in (question, before + question)
    )
    assert told.oracle["why"] == plain.oracle["why"]
    assert told.usage.prompt_tokens > plain.usage.prompt_tokens + 100


def test_a_question_whose_client_left_before_its_turn_is_not_answered(voices: Voices) -> None:
    async def last(pieces: AsyncIterator[str | Finish]) -> str | Finish:
        return [piece async for piece in pieces][-1]

    async def three() -> list[Any]:
        questions = [Asked(model="rauru", messages=(Message(role="user", content=f"Write {n}"),)) for n in range(3)]
        asking = [asyncio.create_task(last(voices.answer(question))) for question in questions]
        await asyncio.sleep(0)
        asking[1].cancel()
        return await asyncio.gather(*asking, return_exceptions=True)

    first, second, third = asyncio.run(three())
    assert isinstance(first, Finish) and isinstance(third, Finish)
    assert isinstance(second, asyncio.CancelledError)


def test_the_command_asks_one_expert_by_any_of_its_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--expert", "yaze-sage-v1", "Load", "a", "sprite"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "answered by: yaze-expert (the base model alone)",
        "why: yaze-expert was asked by name",
    ]


def test_nothing_is_served_where_no_expert_is_registered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path))
    with pytest.raises(OracleError, match="no expert is registered yet"):
        Voices()


def test_the_command_serves_until_it_is_interrupted(outputs: Path) -> None:
    command = [sys.executable, "-m", "oracle_lib", "serve", "--port", "0"]
    environment = {**os.environ, "ORACLE_SERVE_TOKEN": "a-secret", "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout and server.stderr
        said = server.stdout.readline()
        assert said.endswith("with the token in ORACLE_SERVE_TOKEN; stop it with Ctrl-C\n") and "a-secret" not in said
        url = said.split()[2].rstrip(",")
        assert httpx.get(f"{url}/models").status_code == 401
        served_names = httpx.get(f"{url}/models", headers={"Authorization": "Bearer a-secret"}).json()["data"]
        assert [model["id"] for model in served_names][:4] == [*NAMES[:3], "oracle-rauru-assembler"]
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0 and server.stderr.read() == ""
