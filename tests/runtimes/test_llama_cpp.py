"""A real llama-server on the tiny bases: what it says is what PEFT says, expert by expert, and it never outlives us."""

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import tiny_experts
import torch
from llama_programs import needs_server

from oracle_lib import OracleError, models
from oracle_lib.chat import Conversation
from oracle_lib.registry import Version
from oracle_lib.runtimes import NoTools, Settings, Usage
from oracle_lib.runtimes.llama_cpp import LlamaCpp, chosen

QUESTION: Conversation = [
    {"role": "system", "content": "You are Rauru."},
    {"role": "user", "content": "Store 5 at $0710."},
]


@pytest.fixture
def base() -> str:
    return tiny_experts.write_base("qwen2")


@pytest.fixture
def versions(base: str) -> tuple[Version, Version]:
    return (
        tiny_experts.write_version(base, "rauru-assembler", seed=1),
        tiny_experts.write_version(base, "yaze-expert", seed=2),
    )


@pytest.fixture
def runtime(base: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[LlamaCpp]:
    """With the weights as they are, also where llama-quantize is here."""
    monkeypatch.setenv("ORACLE_LLAMA_QUANTIZE", "/nowhere")
    runtime = LlamaCpp(base)
    yield runtime
    runtime.close()


def answer(
    runtime: LlamaCpp,
    name: str | None,
    settings: Settings = Settings(max_new_tokens=12),  # noqa: B008
    question: Conversation = QUESTION,
) -> str:
    return asyncio.run(say(runtime, name, settings, question))


async def say(runtime: LlamaCpp, name: str | None, settings: Settings, question: Conversation) -> str:
    *text, usage = [piece async for piece in runtime.ask(name, question, settings)]
    assert isinstance(usage, Usage) and 0 < usage.answer_tokens <= settings.max_new_tokens
    return "".join(map(str, text))


def tokens_read(runtime: LlamaCpp, name: str | None, ids: list[int]) -> int:
    """How many tokens of a prompt the server reads for it, and does not remember."""
    server = runtime._running()
    asked = {"prompt": ids, **chosen(server.adapters, name), "n_predict": 1, "temperature": 0.0}
    with httpx.Client(headers={"Authorization": f"Bearer {server.key}"}, trust_env=False) as client:
        said = client.post(f"{server.url}/completion", json=asked).raise_for_status().json()
    return int(said["timings"]["prompt_n"])


def long_question(system: str) -> Conversation:
    """A question of more than half of the tokens that the tiny bases can hold."""
    return [{"role": "system", "content": f"{system}\n" * 22}, QUESTION[1]]


def next_tokens(runtime: LlamaCpp, name: str | None, ids: list[int], banned: list[int]) -> list[int]:
    """The likeliest token after each of the tokens, as the server finds it, leaving out the `banned` ones."""
    server = runtime._running()
    found = []
    with httpx.Client(headers={"Authorization": f"Bearer {server.key}"}, trust_env=False) as client:
        for end in range(1, len(ids) + 1):
            asked = {"prompt": ids[:end], **chosen(server.adapters, name), "n_predict": 1, "temperature": 0.0}
            asked |= {"return_tokens": True, "logit_bias": [[token, False] for token in banned]}
            said = client.post(f"{server.url}/completion", json=asked).raise_for_status()
            found.append(said.json()["tokens"][0])
    return found


@needs_server
@pytest.mark.slow
def test_the_likeliest_token_is_pefts_and_the_chosen_adapter_decides(
    runtime: LlamaCpp, versions: tuple[Version, Version]
) -> None:
    """At no less than 99 of 100 places, for both experts and the base in turns. The weights are in float32 on both
    sides; the server remembers keys and values in 16 bits.
    """
    for version in versions:
        runtime.install(version)
    tokenizer = models.load_tokenizer(runtime.base)
    # Bytes that are no character make the server fail, and it leaves the end of an answer out.
    torn = [token for token in range(len(tokenizer)) if "\ufffd" in str(tokenizer.decode([token]))]
    banned = [*torn, *tokenizer.all_special_ids]
    ids = torch.randint(3, 2000, (2, 60), generator=torch.Generator().manual_seed(5))
    model: Any = models.load_adapters([version.adapter for version in versions], nf4=False)
    said: dict[str | None, list[int]] = {}
    agreed: list[bool] = []
    for row in ids:
        for chosen_one in (*versions, None):
            with torch.no_grad():
                if chosen_one is None:
                    with model.disable_adapter():
                        logits = model(row[None]).logits
                else:
                    model.set_adapter(chosen_one.expert)
                    logits = model(row[None]).logits
            logits[..., banned] = -torch.inf
            name = chosen_one.name if chosen_one else None
            found = next_tokens(runtime, name, row.tolist(), banned)
            agreed += [a == b for a, b in zip(found, logits[0].argmax(-1).tolist(), strict=True)]
            said[name] = found
    assert sum(agreed) >= 0.99 * len(agreed) > 300, agreed.count(False)
    shares = [sum(a != b for a, b in zip(said[version.name], said[None], strict=True)) / 60 for version in versions]
    assert min(shares) > 0.5, "an adapter that is chosen changes what comes next"


@needs_server
@pytest.mark.slow
def test_experts_answer_in_turns_and_new_ones_join(runtime: LlamaCpp, versions: tuple[Version, Version]) -> None:
    first, second = versions
    assert runtime.check(versions).ready and runtime.check(versions).disk_bytes > 0
    runtime.install(first)
    texts = {name: answer(runtime, name) for name in (None, first.name)}
    runtime.install(second)
    assert runtime.models() == sorted([first.name, second.name])
    texts[second.name] = answer(runtime, second.name)
    assert len(set(texts.values())) == 3
    for name, text in texts.items():
        assert answer(runtime, name) == text
    warm = Settings(max_new_tokens=12, temperature=1.0, seed=7)
    assert answer(runtime, first.name, warm) == answer(runtime, first.name, warm) != texts[first.name]
    ended = answer(runtime, first.name, Settings(max_new_tokens=12, stop=(texts[first.name][3:5],)))
    assert texts[first.name].startswith(ended) and len(ended) <= 3
    with pytest.raises(NoTools, match="takes no tools"):
        runtime.chat_place(first.name)
    runtime.remove(second.name)
    with pytest.raises(OracleError, match=r"llama\.cpp has no version"):
        answer(runtime, second.name)
    assert answer(runtime, first.name) == texts[first.name]
    with pytest.raises(OracleError, match=r"more than the 512 that llama\.cpp was given; shorten the question"):
        answer(runtime, first.name, Settings(max_new_tokens=500))


@needs_server
@pytest.mark.slow
def test_each_expert_remembers_what_it_has_read_and_not_what_another_has(
    runtime: LlamaCpp, versions: tuple[Version, Version]
) -> None:
    first, second = (runtime.install(version).name for version in versions)
    system, *questions = ([token] * 40 for token in (100, 101, 102, 103, 104))
    for name, question in zip((first, second, None), questions, strict=False):
        assert tokens_read(runtime, name, system + question) == 80
    for name in (first, second, None, first):
        assert tokens_read(runtime, name, system + questions[-1]) <= 40


@needs_server
@pytest.mark.slow
def test_an_answer_is_the_same_whoever_was_asked_the_same_before(
    runtime: LlamaCpp, versions: tuple[Version, Version]
) -> None:
    """Also when it was asked something else in between, so that what it has read must be looked for."""
    first, second = (runtime.install(version).name for version in versions)
    asked, other = long_question("Rauru is a guide to Hyrule."), long_question("Zelda guides to Hyrule.")
    settings = Settings(max_new_tokens=40)
    alone = answer(runtime, second, settings, asked)
    runtime.close()
    for name, question in ((first, asked), (None, asked), (second, other)):
        answer(runtime, name, settings, question)
    assert answer(runtime, second, settings, asked) == alone


@needs_server
@pytest.mark.slow
def test_one_answer_is_finished_or_given_up_before_the_next_begins(
    runtime: LlamaCpp, versions: tuple[Version, Version]
) -> None:
    """All slots share the memory for one question, and the server would end both answers where it is too small."""
    first, second = (runtime.install(version).name for version in versions)
    settings = Settings(max_new_tokens=80)
    asked, other = long_question("Rauru is a guide to Hyrule."), long_question("Saria is a guide to Hyrule.")
    alone = answer(runtime, second, settings, other)

    async def given_up_and_asked() -> str:
        begun = runtime.ask(first, asked, settings)
        assert await anext(begun)
        waiting = asyncio.create_task(say(runtime, second, settings, other))
        done, _ = await asyncio.wait({waiting}, timeout=1)
        assert not done
        await begun.aclose()  # type: ignore[attr-defined]
        return await waiting

    assert asyncio.run(given_up_and_asked()) == alone


@needs_server
@pytest.mark.slow
def test_the_server_goes_when_its_owner_is_killed(base: str) -> None:
    program = (
        "import sys, time\n"
        "from oracle_lib.runtimes.llama_cpp import LlamaCpp\n"
        "runtime = LlamaCpp(sys.argv[1])\n"
        "print(runtime._running().url, flush=True)\n"
        "time.sleep(600)\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", program, base], stdout=subprocess.PIPE, text=True)
    assert owner.stdout
    url = owner.stdout.readline().strip()
    assert httpx.get(f"{url}/health", trust_env=False).status_code == 200
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    for _ in range(300):
        try:
            httpx.get(f"{url}/health", trust_env=False, timeout=1)
        except httpx.HTTPError:
            return
        time.sleep(0.1)
    pytest.fail("the server still answers")


@needs_server
@pytest.mark.slow
def test_nobody_else_on_the_machine_can_ask_our_server(runtime: LlamaCpp) -> None:
    server = runtime._running()
    assert httpx.post(f"{server.url}/completion", json={"prompt": "x"}, trust_env=False).status_code == 401


def test_without_a_server_it_is_said_what_is_missing(
    base: str, versions: tuple[Version, Version], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_LLAMA_SERVER", "/nowhere/llama-server")
    runtime = LlamaCpp(base)
    runtime.install(versions[0])
    missing = "llama-server is not here; install llama.cpp, or set ORACLE_LLAMA_SERVER to it"
    assert runtime.check().missing == (missing,)
    with pytest.raises(OracleError, match=missing):
        answer(runtime, versions[0].name)


def test_a_server_that_does_not_start_is_explained_and_leaves_no_process(
    base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_LLAMA_SERVER", "/bin/false")
    runtime = LlamaCpp(base)
    with pytest.raises(OracleError, match=r"llama-server did not start; runtimes/llama-server\.log says why"):
        answer(runtime, None)


def test_a_request_names_every_adapter_and_chooses_one() -> None:
    assert chosen(("a", "b"), "b")["lora"] == [{"id": 0, "scale": 0.0}, {"id": 1, "scale": 1.0}]
    assert chosen(("a", "b"), None)["lora"] == [{"id": 0, "scale": 0.0}, {"id": 1, "scale": 0.0}]


def test_experts_have_slots_of_their_own_as_far_as_llama_cpp_has_slots() -> None:
    many = [f"{number}" for number in range(300)]
    assert [chosen(many, name)["id_slot"] for name in (None, "0", "254", "255")] == [0, 1, 255, 0]
