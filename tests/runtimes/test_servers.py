"""Ollama and LM Studio, through their official clients, against servers on loopback that speak their protocols."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import gguf
import ollama
import pytest
import tiny_experts
from runtime_servers import LmStudioRuntime, OllamaRuntime

from oracle_lib import OracleError, models
from oracle_lib.chat import Conversation, chat_text
from oracle_lib.params import load_expert
from oracle_lib.registry import Version
from oracle_lib.runtimes import ChatPlace, Installed, NoTools, Runtime, Settings, Usage, open_runtime
from oracle_lib.runtimes.modelfile import describe

QUESTION: Conversation = [
    {"role": "system", "content": "You are Rauru."},
    {"role": "user", "content": "Store 5 at $0710."},
]


@pytest.fixture
def version() -> Version:
    return tiny_experts.write_version(tiny_experts.write_base("qwen2"))


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Iterator[OllamaRuntime]:
    """An Ollama of today."""
    with OllamaRuntime(version="0.34.1") as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        yield server


@pytest.fixture
def studio(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LmStudioRuntime]:
    folder = outputs / "lm studio" / "models"
    folder.mkdir(parents=True)
    monkeypatch.setenv("ORACLE_LM_STUDIO_MODELS", str(folder))
    with LmStudioRuntime(folder=folder) as server:
        monkeypatch.setenv("ORACLE_LM_STUDIO", f"{server.url}/v1")
        yield server


def answer(runtime: Runtime, name: str | None, messages: Conversation = QUESTION) -> tuple[str, Usage]:
    async def collect() -> list[str | Usage]:
        return [piece async for piece in runtime.ask(name, messages, Settings(max_new_tokens=8, seed=3))]

    *text, usage = asyncio.run(collect())
    assert isinstance(usage, Usage)
    return "".join(map(str, text)), usage


def rendered(base: str) -> str:
    return chat_text(models.load_tokenizer(base), QUESTION, True)


def test_todays_ollama_gets_a_merged_model_that_is_described_in_full(now: OllamaRuntime, version: Version) -> None:
    runtime = open_runtime("ollama", version.adapter.base)
    checked = runtime.check([version])
    assert checked.ready and checked.version == "0.34.1" and checked.disk_bytes > 0
    assert "each version is merged" in checked.notes[0]
    installed = runtime.install(version)
    assert "takes no adapter" in installed.note
    assert runtime.models() == [version.name]
    made = now.created[version.name]
    assert "adapters" not in made and list(made["files"]) == [f"{version.name}.gguf"]
    assert made["system"] == load_expert("rauru").system_prompt
    assert made["parameters"] == {"num_ctx": 512, "temperature": 0.2, "stop": "<|im_end|>"}
    shown = ollama.Client(now.url).show(version.name)
    assert shown.template == made["template"] and "stop <|im_end|>" in str(shown.parameters)
    assert now.blobs[made["files"][f"{version.name}.gguf"]] == installed.bytes


def test_an_older_ollama_gets_one_base_and_adapters_on_it(monkeypatch: pytest.MonkeyPatch, version: Version) -> None:
    other = tiny_experts.write_version(version.adapter.base, "yaze-expert", seed=2)
    with OllamaRuntime(version="0.33.9") as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        runtime = open_runtime("ollama", version.adapter.base)
        assert "still takes adapters" in runtime.check([version, other]).notes[0]
        notes = [runtime.install(one).note for one in (version, other)]
        base = f"oracle-base-{version.adapter.base_sha256[:12]}"
        assert [server.created[one.name]["from"] for one in (version, other)] == [base, base]
        assert all("an adapter on" in note for note in notes)
        assert runtime.models() == sorted([version.name, other.name])
        assert answer(runtime, None)[0].startswith(base)


def test_ollama_is_asked_past_its_template_in_the_bases_own_form(now: OllamaRuntime, version: Version) -> None:
    runtime = open_runtime("ollama", version.adapter.base)
    runtime.install(version)
    text, usage = answer(runtime, version.name)
    assert text == f"{version.name}: {rendered(version.adapter.base)}"
    assert (usage.prompt_tokens, usage.answer_tokens) == (12, 3)
    (asked,) = now.asked
    assert asked["raw"] is True
    assert asked["options"]["num_ctx"] == 512 and asked["options"]["stop"] == ["<|im_end|>"]
    assert (asked["options"]["seed"], asked["options"]["temperature"], asked["options"]["num_predict"]) == (3, 0.0, 8)


def test_what_ollama_got_is_taken_back(now: OllamaRuntime, version: Version) -> None:
    runtime = open_runtime("ollama", version.adapter.base)
    now.created["somebody-elses"] = {"model": "somebody-elses"}
    runtime.install(version)
    assert runtime.install(version).note == "it was there already"
    runtime.remove(version.name)
    assert [*now.created] == ["somebody-elses"]
    for name in (version.name, "somebody-elses"):
        with pytest.raises(OracleError, match=r"Ollama has no version .* of ours"):
            runtime.remove(name)


def test_what_ollama_cannot_do_is_said_in_one_sentence(
    now: OllamaRuntime, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = open_runtime("ollama", version.adapter.base)
    with pytest.raises(OracleError, match=f"Ollama has no model {version.name}; install it first"):
        answer(runtime, version.name)
    runtime.install(version)
    with pytest.raises(OracleError, match="more than the 512 that Ollama is asked to hold; shorten the question"):
        answer(runtime, version.name, [{"role": "user", "content": "LDA " * 600}])
    now.breaks_off = True
    with pytest.raises(OracleError, match=r"Ollama at .* broke off"):
        answer(runtime, version.name)
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
    (missing,) = runtime.check().missing
    assert (
        missing
        == "no Ollama answers at http://127.0.0.1:9; start it (ollama serve), or set OLLAMA_HOST to its host:port"
    )
    with pytest.raises(OracleError, match="no Ollama answers"):
        runtime.install(version)


def test_a_server_that_refuses_adapters_under_an_older_number_is_believed(
    version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OllamaRuntime(version="0.34.1") as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        monkeypatch.setattr("oracle_lib.runtimes.ollama.takes_adapters", lambda version: True)
        with pytest.raises(OracleError, match=r"Ollama refused \(LoRA adapters are no longer supported\)"):
            open_runtime("ollama", version.adapter.base).install(version)


def test_lm_studio_finds_a_merged_model_in_its_folder(studio: LmStudioRuntime, version: Version) -> None:
    runtime = open_runtime("lm-studio", version.adapter.base)
    checked = runtime.check([version])
    assert checked.ready and "takes no adapters" in checked.notes[0]
    installed = runtime.install(version)
    assert studio.served() == runtime.models() == [version.name]
    (file,) = studio.folder.rglob("*.gguf")
    assert gguf.GGUFReader(file).get_field("general.type").contents() == "model"  # type: ignore[union-attr]
    assert installed == Installed(name=version.name, bytes=file.stat().st_size, note=installed.note)
    text, usage = answer(runtime, version.name)
    assert text == f"{version.name}: {rendered(version.adapter.base)}"
    assert (usage.prompt_tokens, usage.answer_tokens) == (12, 3)
    assert studio.asked[0]["stop"] == ["<|im_end|>"] and studio.asked[0]["max_tokens"] == 8
    runtime.remove(version.name)
    assert studio.served() == []


def test_lm_studio_serves_the_base_alone_where_it_is_installed(studio: LmStudioRuntime, version: Version) -> None:
    runtime = open_runtime("lm-studio", version.adapter.base)
    with pytest.raises(OracleError, match=r"LM Studio serves no model oracle-base-.*; install it first"):
        answer(runtime, None)
    name = runtime.install(None).name
    assert answer(runtime, None)[0].startswith(f"{name}: ")


def test_without_lm_studio_nothing_is_written(outputs: Path, version: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_LM_STUDIO_MODELS", str(outputs / "nowhere"))
    monkeypatch.setenv("ORACLE_LM_STUDIO", "http://127.0.0.1:9/v1")
    runtime = open_runtime("lm-studio", version.adapter.base)
    folder, server = runtime.check().missing
    assert folder == "LM Studio has no models folder here; install it, or set ORACLE_LM_STUDIO_MODELS to it"
    assert server.startswith("no LM Studio answers at http://127.0.0.1:9/v1")
    with pytest.raises(OracleError, match="LM Studio has no models folder here"):
        runtime.install(version)
    assert not (outputs / "nowhere").exists()


@pytest.mark.parametrize("name", ["ollama", "lm-studio"])
def test_a_base_that_llama_cpp_cannot_split_goes_to_no_runtime_that_is_sent_text(
    name: str, now: OllamaRuntime, studio: LmStudioRuntime
) -> None:
    version = tiny_experts.write_version("embedded")
    runtime = open_runtime(name, "embedded")
    assert runtime.check().missing == (
        "llama.cpp cannot split text as embedded does, and this runtime is sent text; ask llama.cpp or in-process",
    )
    with pytest.raises(OracleError, match="cannot split text as embedded does"):
        runtime.install(version)
    assert not now.created and not studio.served()


def test_a_modelfile_says_the_same_to_whoever_creates_the_model_by_hand(version: Version) -> None:
    lines = describe(version, 512).modelfile("expert.gguf").splitlines()
    assert lines[0] == "FROM expert.gguf"
    assert lines[-3:] == ["PARAMETER num_ctx 512", "PARAMETER temperature 0.2", 'PARAMETER stop "<|im_end|>"']
    assert any(line.startswith('SYSTEM """You are Rauru') for line in lines)


def test_in_process_a_version_answers_from_the_registry(version: Version) -> None:
    other = tiny_experts.write_version(version.adapter.base, "yaze-expert", seed=2)
    runtime = open_runtime("in-process", version.adapter.base)
    assert runtime.check([version]).ready
    assert runtime.models() == sorted([version.name, other.name])
    texts = {name: answer(runtime, name)[0] for name in (None, version.name, other.name)}
    assert len(set(texts.values())) == 3, "each adapter changes what is said"
    assert answer(runtime, version.name)[0] == texts[version.name], "and is still there when another one has spoken"
    with pytest.raises(OracleError, match="no version 'oracle-rauru' stands on"):
        answer(runtime, "oracle-rauru")
    runtime.close()


def test_an_unknown_runtime_is_named_with_its_nearest() -> None:
    with pytest.raises(OracleError, match=r"there is no runtime 'llamacpp'; did you mean 'llama\.cpp'\?"):
        open_runtime("llamacpp", "embedded")


def test_tools_go_to_ollama_where_the_models_template_takes_them(now: OllamaRuntime, version: Version) -> None:
    runtime = open_runtime("ollama", version.adapter.base)
    with pytest.raises(OracleError, match="install it first"):
        runtime.chat_place(version.name)
    runtime.install(version)
    with pytest.raises(NoTools, match=f"the template of {version.name} in Ollama takes no tools"):
        runtime.chat_place(version.name)
    now.abilities = ("completion", "tools")
    assert runtime.chat_place(version.name) == ChatPlace(url=f"{now.url}/v1", key="ollama", model=version.name)


def test_tools_go_to_lm_studio_by_the_models_name_there(studio: LmStudioRuntime, version: Version) -> None:
    runtime = open_runtime("lm-studio", version.adapter.base)
    with pytest.raises(OracleError, match="LM Studio serves no model"):
        runtime.chat_place(version.name)
    runtime.install(version)
    assert runtime.chat_place(version.name) == ChatPlace(url=f"{studio.url}/v1", key="none", model=version.name)


def test_tools_do_not_go_to_this_process(version: Version) -> None:
    with pytest.raises(NoTools, match="experts in this process take no tools"):
        open_runtime("in-process", version.adapter.base).chat_place(version.name)
