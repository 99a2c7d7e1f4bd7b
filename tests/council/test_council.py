"""The council on a real base with real adapters: small and untrained, so what they say is noise, but each its own."""

import asyncio
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import factories
import httpx
import pytest
import torch
from factories import tiny_qwen2
from huggingface_hub import constants
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

from oracle_lib import OracleError, bases, chat, models, ratings, registry
from oracle_lib.__main__ import main
from oracle_lib.council import Answer, Council, rating
from oracle_lib.council.speaking import defused, without_loop
from oracle_lib.council.wanted import Tools, Wanted
from oracle_lib.decoding import Sampling, decode
from oracle_lib.files import REPOSITORY, relative, sha256
from oracle_lib.gates import Gate
from oracle_lib.params import load_council, load_expert
from oracle_lib.records import Adapter
from oracle_lib.verify.answers.blocks import visible

BASE = "built:test"
RAURU = "Write a routine that checks if Link has the Master Sword"
SHEIK = "My ROM hack crashes when entering room $45 in dungeon 3"
BOTH = "Create a new boss enemy with custom sprite graphics and AI routine"
DAY = date(2026, 11, 23)


def build_base(outputs: Path, base: str = BASE) -> None:
    """An untrained Qwen2 of a few thousand weights with the tokenizer that ships with the library."""
    folder = outputs / "base" / base.removeprefix("built:")
    torch.manual_seed(len(base))
    words = len(models.load_tokenizer("embedded"))
    tiny_qwen2(words, num_attention_heads=4, max_position_embeddings=512).save_pretrained(folder)
    for name in ("tokenizer.json", "chat_template.jinja"):
        (folder / name).write_bytes((bases.EMBEDDED / name).read_bytes())


def train_adapter(outputs: Path, expert: str, seed: int, base: str = BASE) -> Adapter:
    """A LoRA adapter whose random weights change every answer of the base."""
    torch.manual_seed(seed)
    model = get_peft_model(
        AutoModelForCausalLM.from_pretrained(bases.base_folder(base)),
        LoraConfig(r=4, target_modules="all-linear", init_lora_weights=False, task_type="CAUSAL_LM"),
    )
    folder = outputs / "runs" / "demo" / expert / f"train{seed}" / "adapter"
    model.save_pretrained(str(folder))
    digest = bases.base_digest(base)
    return factories.adapter(expert=expert, base=base, base_sha256=digest, path=relative(folder), sha256=sha256(folder))


def register(adapter: Adapter) -> str:
    report = adapter.folder.parent / "report.json"
    report.write_text("{}")
    return registry.register(adapter, report, [Gate(name="better_than_base", passed=True)], DAY).name


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Outputs with a base, an adapter of rauru's as champion and one of yaze's as candidate; sheik has none."""
    folder = tmp_path_factory.mktemp("outputs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORACLE_OUTPUTS", str(folder))
        build_base(folder)
        registry.move("champion", register(train_adapter(folder, "rauru-assembler", 1)), "passed")
        registry.move("candidate", register(train_adapter(folder, "yaze-expert", 2)), "released")
        yield folder


@pytest.fixture(scope="module")
def council(outputs: Path) -> Council:
    return Council(max_new_tokens=24)


def alone(expert: str, question: str, adapter: Adapter | None = None) -> str:
    """What the adapter, or the base without any, says to the question under the expert's system prompt."""
    asked: chat.Conversation = [
        {"role": "system", "content": load_expert(expert).system_prompt},
        {"role": "user", "content": question},
    ]
    base = adapter.base if adapter else BASE
    model = models.load_adapter(adapter) if adapter else models.load_base(base)
    tokenizer = models.load_tokenizer(base)
    seed = int(hashlib.sha256(f"{question}\n0".encode()).hexdigest()[:7], 16)
    sampling = Sampling(temperature=load_expert(expert).temperature)
    ids = chat.chat_ids(tokenizer, asked, add_generation_prompt=True)
    [[text]] = decode(model, tokenizer, [ids], 24, sampling, seeds=[str(seed)])
    return defused(visible(without_loop(text)))


def test_a_question_is_answered_by_the_experts_champion(council: Council) -> None:
    answer = council.answer(RAURU)
    assert answer.used_adapter == {"rauru-assembler": "oracle-rauru-assembler-built-20261123"}
    ((expert, confidence),) = answer.experts
    assert expert == "rauru-assembler" and "'routine'" in answer.reason
    assert answer.text.startswith(f"## rauru-assembler (confidence {confidence:.2f})")
    assert answer.sections[0].text and answer.sections[0].text != alone("rauru-assembler", RAURU)


def test_a_candidates_answer_says_that_it_is_none_of_a_champion(council: Council) -> None:
    sections = {section.expert: section for section in council.answer(BOTH).sections}
    champion, candidate = sections["rauru-assembler"], sections["yaze-expert"]
    assert candidate.note.startswith("oracle-yaze-expert-built-20261123 is a candidate: it has not passed the gates")
    assert "candidate" not in champion.note


def test_an_expert_without_an_adapter_speaks_through_the_base_and_says_so(council: Council) -> None:
    answer = council.answer(SHEIK)
    assert answer.used_adapter == {"sheik-debugger": None}
    assert "has no adapter on this base yet" in answer.text and "It has read code, never a chat" in answer.text
    assert answer.sections[0].text == alone("sheik-debugger", SHEIK)


def test_an_expert_of_this_process_answers_without_a_clients_tools_and_says_so(council: Council) -> None:
    tools = Tools(offered=({"type": "function", "function": {"name": "read"}},), turns=())

    async def ask() -> Answer:
        *_, answer = [piece async for piece in council.stream(RAURU, wanted=Wanted(tools=tools, seed=3))]
        assert isinstance(answer, Answer)
        return answer

    answer = asyncio.run(ask())
    assert answer.sections[0].text and not answer.calls
    assert "rauru-assembler answers without the tools that were offered: experts in this process take no tools" in (
        answer.text
    )


def test_a_client_may_end_an_answer_of_this_process_and_draw_it(council: Council) -> None:
    async def ask(wanted: Wanted) -> str:
        *_, answer = [piece async for piece in council.stream(SHEIK, wanted=wanted)]
        assert isinstance(answer, Answer)
        return answer.sections[0].text

    said = asyncio.run(ask(Wanted(temperature=1.0, top_p=0.9, seed=5)))
    assert said == asyncio.run(ask(Wanted(temperature=1.0, top_p=0.9, seed=5)))
    assert said != asyncio.run(ask(Wanted(temperature=1.0, top_p=0.9, seed=6)))
    stop = said[5:8]
    assert asyncio.run(ask(Wanted(temperature=1.0, top_p=0.9, seed=5, stop=(stop,)))) == said[: said.find(stop)]


def test_two_experts_answer_each_with_its_own_adapter(council: Council) -> None:
    answer = council.answer(BOTH)
    assert answer.used_adapter == {
        "rauru-assembler": "oracle-rauru-assembler-built-20261123",
        "yaze-expert": "oracle-yaze-expert-built-20261123",
    }
    for section in answer.sections:
        expected = alone(section.expert, BOTH, registry.load(str(section.version)).adapter)
        assert section.text[:12] == expected[:12]  # what is decoded beside it rounds otherwise, which shows later on
    assert answer.sections[0].text != answer.sections[1].text
    (first, surest), (second, less_sure) = answer.experts
    assert surest >= less_sure and answer.text.index(f"**{first} ") < answer.text.index(f"**{second} ")


@pytest.mark.parametrize("base", ["embedded", BASE])
def test_a_tiny_base_that_never_read_a_chat_is_not_asked_what_concerns_no_expert(outputs: Path, base: str) -> None:
    params = load_council().model_copy(update={} if base == BASE else {"base": base})
    council = Council(params=params)
    answer = council.answer("What is the weather in Lisbon, and what is $7EF36D?")
    assert (answer.experts, answer.sections, answer.used_adapter, answer.failed) == ((), (), {}, {})
    assert answer.text.startswith("None of the experts is for this question") and answer.reason.startswith("no expert")
    assert "### Looked up\n\n- `$7EF36D`" in answer.text, "what is known is no model's"
    assert not council._places._runtimes
    tools = Tools(offered=({"type": "function", "function": {"name": "read"}},), turns=(), choice="required")

    async def call() -> None:
        async for _ in council.stream("What is the weather in Lisbon?", wanted=Wanted(tools=tools)):
            pass

    with pytest.raises(OracleError, match="nobody answers this question, so nobody calls a tool"):
        asyncio.run(call())


def test_the_command_says_that_nobody_answers(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "What is the weather in Lisbon?"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("None of the experts is for this question")
    assert text.splitlines()[-2] == "answered by: nobody" and text.splitlines()[-1].startswith("why: no expert is sure")


def test_another_base_answers_what_concerns_no_expert_and_says_so(outputs: Path, tmp_path: Path) -> None:
    build_base(tmp_path, "built:folder")
    (tmp_path / "base" / "folder").rename(tmp_path / "tiny-chat")
    params = load_council().model_copy(update={"base": str(tmp_path / "tiny-chat")})
    answer = Council(max_new_tokens=4, params=params).answer("What is the weather in Lisbon?")
    (section,) = answer.sections
    assert answer.experts == () and answer.used_adapter == {"base": None}
    assert section.confidence is None and answer.text.startswith("## base\n\n")
    assert section.note.startswith("The base model answers. No expert is sure enough: ")


@pytest.mark.parametrize("token", ["<|im_end|>", "<end_of_turn>"])
def test_a_question_that_holds_what_frames_a_chat_is_refused_before_a_model_is_loaded(token: str) -> None:
    council = Council(max_new_tokens=24)
    with pytest.raises(OracleError, match=r"^the question holds .* which frames a chat .* with a space in it$"):
        council.answer(f"{RAURU} {token}")
    assert not council._places._runtimes


def test_the_command_prints_the_answer_and_who_gave_it(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", *SHEIK.split()]) == 0
    text = capsys.readouterr().out
    assert text.startswith("## sheik-debugger (confidence ")
    assert text.splitlines()[-2] == "answered by: sheik-debugger (the base model alone)"
    assert text.splitlines()[-1].startswith("why: sheik-debugger ") and "'crashes'" in text.splitlines()[-1]


def test_the_command_shows_drafts_at_a_terminal_while_they_are_written(
    outputs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["ask", *SHEIK.split()]) == 0
    shown = capsys.readouterr()
    draft, _, rest = shown.err.partition("\n\nThe answer, checked:\n")
    assert "sheik-debugger drafts, unchecked:\n\n" in draft and rest == "\n"
    assert shown.out.startswith("## sheik-debugger (confidence ")


def test_the_command_asks_one_expert_by_any_of_its_names(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--expert", "yaze-sage-v1", *SHEIK.split()]) == 0
    answered, why = capsys.readouterr().out.splitlines()[-2:]
    assert answered.startswith("answered by: yaze-expert (oracle-yaze-expert-") and why.endswith("was asked by name")


def test_the_command_serves_until_it_is_interrupted(outputs: Path) -> None:
    environment = {**os.environ, "ORACLE_OUTPUTS": str(outputs), "ORACLE_SERVE_TOKEN": "a-secret"}
    with subprocess.Popen(
        [sys.executable, "-m", "oracle_lib", "serve", "--port", "0"],
        cwd=REPOSITORY,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout and server.stderr
        said = server.stdout.readline()
        assert said.endswith("with the token in ORACLE_SERVE_TOKEN; stop it with Ctrl-C\n") and "a-secret" not in said
        url = said.split()[2].rstrip(",")
        assert httpx.get(f"{url}/models").status_code == 401
        models = httpx.get(f"{url}/models", headers={"Authorization": "Bearer a-secret"}).json()["data"]
        assert [model["id"] for model in models][:2] == ["oracle-council-moe-v1", "triforce-moe-v1"]
        server.send_signal(signal.SIGINT)
        assert server.wait(60) == 0 and server.stderr.read() == ""


def test_the_command_lists_the_versions_in_use(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["experts"]) == 0
    in_use = {line.split()[0]: line.split("  ")[-1].strip() for line in capsys.readouterr().out.splitlines()}
    assert in_use["rauru-assembler"] == "oracle-rauru-assembler-built-20261123 (champion)"
    assert in_use["yaze-expert"] == "oracle-yaze-expert-built-20261123 (candidate)"
    assert in_use["sheik-debugger"] == "-"


def test_the_notebook_asks_the_question_it_was_given_instead_of_its_own_four(outputs: Path) -> None:
    cells = json.loads((REPOSITORY / "notebooks" / "06_deploy.ipynb").read_text(encoding="utf-8"))["cells"]
    parameters, set_up, *code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    routing = next(index for index, source in enumerate(code) if source.startswith("questions = ["))
    places = next(index for index, source in enumerate(code) if source.startswith("checks = "))  # needs a release
    notebook: dict[str, object] = {"display": print}  # a kernel has it without an import
    for source in (parameters, f"question = {SHEIK!r}", set_up, *code[routing:places]):
        exec(source, notebook)
    answers = notebook["answers"]
    assert isinstance(answers, list)
    assert [answer.used_adapter for answer in answers] == [{"sheik-debugger": None}]


def test_experts_on_different_bases_answer_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path))
    chosen = {"rauru-assembler": BASE, "yaze-expert": "built:larger"}
    adapters = {}
    for seed, (expert, base) in enumerate(chosen.items()):
        build_base(tmp_path, base)
        adapters[expert] = train_adapter(tmp_path, expert, seed, base)
        registry.move("candidate", register(adapters[expert]), "released")
    answer = Council(max_new_tokens=24).answer(BOTH)
    assert {section.expert: section.text for section in answer.sections} == {
        expert: alone(expert, BOTH, adapter) for expert, adapter in adapters.items()
    }


def test_the_phases_are_timed(outputs: Path) -> None:
    council = Council(max_new_tokens=4)
    first, second = council.answer(RAURU), council.answer(BOTH)
    assert list(first.timings) == ["route", "look_up", "load", "answer", "synthesise"]
    assert all(seconds > 0 for seconds in first.timings.values())
    assert second.timings["answer"] > 0


def test_the_same_question_gets_the_same_answer(council: Council) -> None:
    assert council.answer(BOTH).text == council.answer(BOTH).text


def test_it_answers_within_a_running_event_loop(council: Council) -> None:
    async def cell() -> str:
        return council.answer(RAURU).text

    assert asyncio.run(cell()) == council.answer(RAURU).text


def test_a_promotion_takes_effect_with_the_next_question(outputs: Path) -> None:
    council = Council(max_new_tokens=4)
    before = council.answer("Load sprite graphics with YAZE")
    better = register(train_adapter(outputs, "yaze-expert", 3))
    assert council.answer("Load sprite graphics with YAZE").used_adapter == before.used_adapter
    registry.move("champion", better, "passed")
    after = council.answer("Load sprite graphics with YAZE")
    assert after.used_adapter == {"yaze-expert": better}
    assert after.sections[0].text != before.sections[0].text


def test_a_question_longer_than_the_models_context_is_told_and_a_huge_one_refused(council: Council) -> None:
    answer = council.answer("write a hook routine " * 200)
    assert re.search(r"takes \d+ tokens .* more than the 512 of built:test; shorten", answer.failed["rauru-assembler"])
    with pytest.raises(OracleError, match="has 50,000,000 characters, more than 200,000; shorten it"):
        council.answer("hook " * 10_000_000)


def test_an_empty_question_is_refused_before_anything_is_loaded(outputs: Path) -> None:
    with pytest.raises(OracleError, match="the question is empty"):
        Council().answer("  ")


@pytest.mark.parametrize("named", [[], ["--expert", "rauru"]])
def test_the_command_refuses_an_empty_question(
    outputs: Path, named: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", *named, " "]) == 1
    assert capsys.readouterr().err == "error: the question is empty; ask something\n"


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_an_expert_whose_base_is_too_large_here_says_so_before_anything_of_it_is_read(
    outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "--expert", "saria", "Who is Ganon?"]) == 1
    told = capsys.readouterr().err
    assert "saria-voice gave no answer: google/gemma-3-12b-it needs a GPU with at least 9 GiB" in told
    assert "in params/council.yaml name a base of at most 1 billion" in told and "-p base" not in told
    assert "takes about" not in told


def test_a_damaged_adapter_gives_no_answer_and_is_told(outputs: Path) -> None:
    version = registry.resolve("rauru")
    weights = version.adapter.folder / "adapter_model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    try:
        answer = Council(max_new_tokens=4).answer(RAURU)
        assert "not what was registered" in answer.failed["rauru-assembler"]
        assert "There is no answer: " in answer.text
    finally:
        weights.write_bytes(whole)


@pytest.mark.skipif(torch.cuda.is_available(), reason="a GPU may hold the 14B base")
def test_without_any_version_the_experts_own_base_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    answer = Council().answer(RAURU)
    assert "Qwen2.5-Coder-14B-Instruct" in answer.failed["rauru-assembler"]


def test_without_any_version_the_base_that_the_params_name_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path))
    named = load_council().model_copy(update={"base": "embedded", "repair_rounds": 0})
    answer = Council(max_new_tokens=4, params=named).answer(RAURU)
    assert answer.sections[0].text and not answer.failed and answer.used_adapter == {"rauru-assembler": None}
    with pytest.raises(OracleError, match=r"rauru-assembler has no base '1\.5X'"):
        Council(params=named.model_copy(update={"base": "1.5X"})).answer(RAURU)


def test_an_expert_and_its_base_are_rated_blindly(
    outputs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    short = load_council().model_copy(update={"max_new_tokens": 8})
    monkeypatch.setattr(rating, "load_council", lambda: short)
    version = registry.resolve("rauru")
    shown = list(rating.pairs("rauru", 2))
    assert version.adapter.sha256 not in repr(shown) and len({pair.question for pair in shown}) == 2
    assert all(len(set(pair.answers)) == 2 for pair in shown)
    said = iter(["x", "0", "q"])
    monkeypatch.setattr("builtins.input", lambda _: next(said))
    assert main(["rate", "rauru", "--count", "2"]) == 0
    text = capsys.readouterr().out
    assert "--- answer 2 ---" in text and version.name not in text.rpartition("\n\n")[0]
    assert text.endswith(f"{version.name}: not measured: 1 of the 30 ratings that it takes\n")
    assert ratings.rated_questions(version.adapter.sha256) == {shown[0].question}


def test_experts_on_one_base_are_decoded_in_one_batch(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def counting(*arguments: object, **settings: object) -> list[list[str]]:
        texts = decode(*arguments, **settings)  # type: ignore[arg-type]
        sizes.append(len(texts))
        return texts

    monkeypatch.setattr("oracle_lib.runtimes.in_process.decode", counting)
    council = Council(max_new_tokens=4)
    council.answer(BOTH)
    council.answer(BOTH)
    assert sizes[-1] == 2


def test_an_experts_drafts_are_decoded_in_one_batch_and_one_is_drawn_as_it_is_alone(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[list[tuple[object, object]]] = []

    def noting(*arguments: object, **settings: Any) -> list[list[str]]:
        batches.append([*zip(settings["seeds"], settings["temperatures"], strict=True)])
        return decode(*arguments, **settings)  # type: ignore[arg-type]

    monkeypatch.setattr("oracle_lib.runtimes.in_process.decode", noting)
    params = load_council().model_copy(update={"drafts": 3, "repair_rounds": 0})
    Council(max_new_tokens=24, params=params).answer(RAURU)
    council.answer(RAURU)
    drafts, (alone,) = batches
    assert len(set(drafts)) == 3 and alone in drafts  # in the order in which they arrive
