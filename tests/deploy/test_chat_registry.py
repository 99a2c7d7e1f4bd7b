"""A chat_registry.toml says what can be asked and where, and nobody else's file is touched."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
import tiny_experts
from runtime_servers import LmStudioRuntime, OllamaRuntime

from oracle_lib import OracleError, deploy, registry
from oracle_lib.__main__ import main
from oracle_lib.params import load_council, load_expert
from oracle_lib.registry import Version
from oracle_lib.runtimes import open_runtime


@pytest.fixture
def version() -> Version:
    version = tiny_experts.write_version(tiny_experts.write_base("qwen2", max_position_embeddings=1024))
    registry.move("candidate", version.name, "released")
    return version


def read(path: Path) -> dict[str, dict[str, Any]]:
    return {entry["name"]: entry for entry in tomllib.loads(path.read_text(encoding="utf-8"))["models"]}


def test_it_lists_the_council_and_its_experts_with_the_versions_in_use(
    version: Version, outputs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ORACLE_SERVE_TOKEN", "secret-token")
    path = outputs / "chat_registry.toml"
    assert main(["chat-registry", str(path)]) == 0
    assert capsys.readouterr().out.startswith(f"{path} lists 13 models")
    found, council, rauru = read(path), load_council(), load_expert("rauru")
    assert [*found] == [council.name, *(load_expert(name).short_name for name in council.experts)]
    assert found[council.name]["aliases"] == [*council.aliases]
    assert found[rauru.short_name] == {
        "name": "oracle-rauru-assembler",
        "provider": "openai",
        "model_id": "oracle-rauru-assembler",
        "endpoint": "http://127.0.0.1:8117/v1",
        "role": "expert",
        "description": rauru.purpose,
        "aliases": ["rauru-assembler", rauru.full_name, *rauru.aliases],
        "expert": "rauru-assembler",
        "version": version.name,
    }
    assert "version" not in found["oracle-yaze-expert"], "its base answers"
    assert "secret-token" not in path.read_text()


def test_it_lists_what_is_installed_in_the_runtimes_that_are_named(
    version: Version, outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = outputs / "studio"
    studio.mkdir()
    monkeypatch.setenv("ORACLE_LM_STUDIO_MODELS", str(studio))
    with OllamaRuntime() as ollama, LmStudioRuntime(folder=studio) as lm_studio:
        monkeypatch.setenv("OLLAMA_HOST", ollama.url)
        monkeypatch.setenv("ORACLE_LM_STUDIO", f"{lm_studio.url}/v1")
        for place in ("ollama", "lm-studio"):
            open_runtime(place, version.adapter.base).install(version)
        written = deploy.write_chat_registry(outputs / "models.toml", ["ollama", "lm-studio"])
    found, rauru = read(outputs / "models.toml"), load_expert("rauru")
    assert [*found] == written and written[-2:] == [f"{rauru.short_name}-ollama", f"{rauru.short_name}-lm-studio"]
    for place, provider, endpoint in (
        ("ollama", "ollama", ollama.url),
        ("lm-studio", "studio", f"{lm_studio.url}/v1"),
    ):
        entry = found[f"{rauru.short_name}-{place}"]
        assert (entry["provider"], entry["endpoint"], entry["model_id"]) == (provider, endpoint, version.name)
        assert (entry["system_prompt"], entry["temperature"]) == (rauru.system_prompt, rauru.temperature)


def test_it_replaces_its_own_file_and_no_other(outputs: Path) -> None:
    path = outputs / "chat_registry.toml"
    deploy.write_chat_registry(path)
    before = path.read_bytes()
    deploy.write_chat_registry(path)
    assert path.read_bytes() == before
    path.write_text('[[models]]\nname = "somebody else"\n')
    with pytest.raises(OracleError, match="is there and is none of ours; name another file, or remove that one"):
        deploy.write_chat_registry(path)
    assert "somebody else" in path.read_text()


@pytest.mark.parametrize(
    ("places", "sentence"),
    [
        (["olama"], "'olama' takes no clients of its own; did you mean 'ollama'?"),
        (["ollama"], "no Ollama answers|broke"),
    ],
)
def test_a_place_that_cannot_be_listed_is_said_and_nothing_is_written(
    places: list[str], sentence: str, version: Version, outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
    with pytest.raises(OracleError, match=sentence.replace("?", r"\?")):
        deploy.write_chat_registry(outputs / "models.toml", places)
    assert not (outputs / "models.toml").exists()
