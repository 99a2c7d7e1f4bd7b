"""A released version is asked where people ask, and other programs' folders are touched only when told to."""

from pathlib import Path

import pytest
import tiny_experts
from runtime_servers import LmStudioRuntime

from oracle_lib import OracleError, deploy
from oracle_lib.registry import Version


@pytest.fixture
def version(monkeypatch: pytest.MonkeyPatch) -> Version:
    for variable in ("ORACLE_LLAMA_SERVER", "ORACLE_LM_STUDIO_MODELS"):
        monkeypatch.setenv(variable, "/nowhere")
    monkeypatch.setenv("ORACLE_LM_STUDIO", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
    return tiny_experts.write_version(tiny_experts.write_base("qwen2", max_position_embeddings=1024))


def test_each_runtime_says_what_is_missing_and_what_the_version_takes(version: Version) -> None:
    checks = {check.runtime: check for check in deploy.check_places(version)}
    assert [*checks] == ["in-process", "llama.cpp", "lm-studio", "ollama"]
    assert [name for name, check in checks.items() if check.ready] == ["in-process"]
    assert all(check.memory_bytes > 0 for check in checks.values())


def test_a_version_answers_where_it_may_and_in_what_is_named(
    version: Version, outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = outputs / "studio"
    folder.mkdir()
    with LmStudioRuntime(folder=folder) as studio:
        monkeypatch.setenv("ORACLE_LM_STUDIO_MODELS", str(folder))
        monkeypatch.setenv("ORACLE_LM_STUDIO", f"{studio.url}/v1")
        (alone,) = deploy.try_places(version, "Store 5 at $0710.")
        assert alone.runtime == "in-process" and alone.text and not studio.served()
        trials = deploy.try_places(version, "Store 5 at $0710.", "lm-studio")
        assert [trial.runtime for trial in trials] == ["in-process", "lm-studio"]
        assert studio.served() == [version.name] and trials[1].text.startswith(version.name)


@pytest.mark.parametrize(
    ("install", "sentence"),
    [
        ("olama", "there is no runtime 'olama'; did you mean 'ollama'?"),
        ("ollama", "no Ollama answers at"),
        ("lm-studio, llama.cpp", "LM Studio has no models folder here"),
    ],
)
def test_what_cannot_be_installed_is_said_before_anything_is(version: Version, install: str, sentence: str) -> None:
    with pytest.raises(OracleError) as refused:
        deploy.try_places(version, "Store 5 at $0710.", install)
    assert str(refused.value).startswith(sentence)
