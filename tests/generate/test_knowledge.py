"""The graph of the user's sources is built once, again when a source changes, and supplies the names of a campaign."""

from pathlib import Path

import pytest

from oracle_lib.files import outputs
from oracle_lib.generate import knowledge_of_run, knowledge_of_sources
from oracle_lib.run import stage_folder
from oracle_lib.sample import Domain, Sample, Source, Task, Teacher, sample_id

GAME = "org $0A8000\nLightLamp:\n#_0A8000: JSL CountLamps\n#_0A8004: RTL\nCountLamps:\n#_0A8005: RTL\n"


@pytest.fixture
def game(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source of usdasm's form; no other one is there."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "outputs"))
    folder = tmp_path / "game"
    monkeypatch.setenv("ORACLE_SOURCE_USDASM", str(folder))
    return folder


def write(folder: Path, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "bank.asm").write_text(text)


def test_the_graph_is_built_once_and_again_when_a_source_changes(
    game: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(game, GAME)
    first = knowledge_of_sources()
    assert "building knowledge/" in capsys.readouterr().out
    assert [one.user for one in first.callers("CountLamps")] == ["LightLamp"]
    assert knowledge_of_sources().path == first.path and capsys.readouterr().out == ""
    write(game, GAME.replace("CountLamps", "CountTorches"))
    again = knowledge_of_sources()
    assert again.path != first.path and again.callers("CountTorches") and not again.callers("CountLamps")
    assert len(list((outputs() / "knowledge").iterdir())) == 2


def test_without_a_source_there_are_the_facts_and_what_a_run_has_accepted(game: Path) -> None:
    assert knowledge_of_sources().path is None
    code = "```asm\nHeal:\n  LDA.l $7EF36D\n  RTL\n```"
    sample = Sample(
        sample_id=sample_id(Domain.ASM, "Heal.", "", code),
        domain=Domain.ASM,
        task=Task.WRITE,
        instruction="Heal.",
        output=code,
        source=Source(corpus="tasks"),
        teacher=Teacher(name="offline", model="tasks", request_key="0"),
        group="heal:1",
    )
    folder = stage_folder("r", "rauru-assembler", "generate")
    folder.mkdir(parents=True)
    (folder / "accepted.jsonl").write_text(sample.model_dump_json() + "\n")
    graph = knowledge_of_run("r", "rauru")
    assert graph.most_used() == ("$7EF36D",)
    assert [str(one) for one in graph.reads("$7EF36D")] == ["heal:1 reads $7EF36D"]
    write(game, GAME)
    assert knowledge_of_run("r", "rauru").path == knowledge_of_sources().path
