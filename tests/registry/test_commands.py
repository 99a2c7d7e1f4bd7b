"""The registry on the command line: what it prints, and that a mistake is a sentence and a non-zero exit."""

from pathlib import Path

import pytest
from registered import NAME, make_run, register

from oracle_lib import registry
from oracle_lib.__main__ import main


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command that succeeds prints."""
    assert main(["registry", *words]) == 0
    return capsys.readouterr().out


def test_what_is_registered_is_listed_shown_and_found(capsys: pytest.CaptureFixture[str]) -> None:
    make_run("whole", {"vanilla": "1a" * 32})
    register(run="whole")
    registry.move("candidate", NAME, "released")
    assert f"{NAME}  candidate  built:abc" in said(capsys, "list", "asm")
    shown = said(capsys, "show", "hyrule-asm-v1")
    assert f"source    {'1a' * 6}  -                  vanilla" in shown
    assert f"candidate: none -> {NAME}" in shown and "released" in shown and "gap" not in shown
    assert said(capsys, "find", "1a1a1a1a") == f"{NAME}\n"
    assert said(capsys, "find", "f" * 64) == f"no version comes from {'f' * 64}\n"


def test_a_version_without_manifests_is_shown_with_its_gaps(capsys: pytest.CaptureFixture[str]) -> None:
    register()
    assert said(capsys, "show", NAME).count("gap: nothing is known of how its") == 5


def test_versions_are_promoted_rolled_back_retired_and_reinstated(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = register(b"one").name, register(b"two").name
    for name in (first, second):
        assert said(capsys, "promote", name, "--why", "passed") == (
            f"promote: {name}; champion of rauru-assembler is {name}\n"
        )
    assert f"champion of rauru-assembler is {first}" in said(capsys, "rollback", "rauru", "--why", "a bug")
    assert "champion of rauru-assembler is nobody" in said(capsys, "retire", "rauru@champion", "--why", "a leak")
    assert "retired" in said(capsys, "list")
    said(capsys, "reinstate", first, "--why", "no leak")
    reasons = [move.why for move in registry.history()]
    assert reasons == ["passed", "passed", f"rolled back from {second}: a bug", "a leak", "no leak"]


def test_a_version_travels_as_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    register()
    folder = str(tmp_path / "published")
    said(capsys, "export", NAME, folder)
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "elsewhere"))
    assert said(capsys, "import", folder) == f"{NAME} is registered; no alias was moved\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["list"], "nothing is registered yet"),
        (["show", "yaze"], "yaze-expert has no version in use"),
        (["show", "Triforce-MoE-v1"], "is the council, which asks the versions; ask it with"),
        (["find", "xyz"], "is no sha256"),
        (["retire", NAME, "--why", "?"], "no version or expert is called"),
        (["import", "/nowhere"], "there is no folder /nowhere"),
    ],
)
def test_a_mistake_is_a_sentence(words: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["registry", *words]) == 1
    error = capsys.readouterr().err
    assert error.startswith("error: ") and says in error and error.count("\n") == 1
