"""A campaign draws from the user's own sources: items that a teacher writes about, routines with mined contracts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import campaigns
import pytest
from campaigns import folder
from teacher_servers import Answer, Asked, OllamaServer

from oracle_lib import OracleError, params
from oracle_lib.generate import price_campaign, run_campaign
from oracle_lib.params import Generation
from oracle_lib.run import stage_folder
from oracle_lib.sample import Domain, ReasonKind, read_samples

LORE = """# The {place} of {name}

In the {place} of {name} a keeper watches the {thing}. Whoever brings the {thing} to {name} at dawn is told of the
hidden stair behind the {place}, and of the three bells that open it when they are rung from the lowest to the highest.
Nobody has gone down since the great flood; the keeper says that the stair ends at a door without a lock, and that it
opens to those alone who can say whose {thing} it was.
"""


@pytest.fixture
def ollama(monkeypatch: pytest.MonkeyPatch) -> Iterator[OllamaServer]:
    with OllamaServer(models=campaigns.MODELS) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        yield server


@pytest.fixture
def lore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Notes of one's own, as Markdown."""
    place = tmp_path / "notes"
    place.mkdir()
    for number, name in enumerate(("Mira", "Tolen", "Ashka", "Verro", "Ilsen", "Quay")):
        told = LORE.format(place=("tower", "mill", "ferry")[number % 3], name=name, thing=f"lantern {number}")
        (place / f"{name}.md").write_text(told)
    monkeypatch.setenv("ORACLE_SOURCE_LORE", str(place))
    return place


def using(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    pilot = params.load_profile("pilot")
    generation = pilot.generation.model_copy(update={"teachers": {"ollama": 1.0}, "max_dollars": 0, **changes})
    monkeypatch.setattr(params, "load_profile", lambda name: pilot.model_copy(update={"generation": generation}))


def telling(asked: Asked) -> Answer:
    """A sample about what was shown, as a model would write it."""
    assert asked.schema
    shown = asked.prompt.partition("<source>")[2].partition("</source>")[0]
    name = next(word for word in ("Mira", "Tolen", "Ashka", "Verro", "Ilsen", "Quay") if word in shown)
    answer = {
        field: f"{field}: what is told of {name}? The keeper of {name} watches a lantern and knows the hidden stair."
        for field in asked.schema["properties"]
    }
    if "quote" in answer:
        answer["quote"] = next(line for line in shown.splitlines() if "keeper watches" in line)
    return Answer(json.dumps(answer))


def test_a_campaign_notices_that_a_source_has_changed_and_that_it_is_empty(
    ollama: OllamaServer, lore: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    using(monkeypatch, sizes=(4,))
    ollama.script = telling
    notes = {note: note.read_text() for note in lore.iterdir()}
    for note in notes:
        note.unlink()
    with pytest.raises(OracleError, match="lore: the folder holds nothing"):
        run_campaign("r", "nayru", "pilot")
    first, *others = notes
    first.write_text(notes[first])
    assert not run_campaign("r", "nayru", "pilot").is_complete
    for note in others:
        note.write_text(notes[note])
    asked = ollama.statuses.total()
    assert run_campaign("r", "nayru", "pilot").is_complete and ollama.statuses.total() > asked


def test_a_story_expert_learns_from_a_folder_of_markdown_and_its_prose_is_marked_unchecked(
    ollama: OllamaServer, lore: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    using(monkeypatch, sizes=(4,))
    ollama.script = telling
    stats = run_campaign("r", "nayru", "pilot")
    samples = list(read_samples(stage_folder("r", "nayru-canon", "generate") / "accepted.jsonl"))
    assert len(samples) == stats.accepted > 0 and stats.unchecked == stats.accepted
    for sample in samples:
        assert sample.domain is Domain.TEXT and sample.source.corpus == "lore" and sample.verification is None
        assert sample.quality and any(reason.kind is ReasonKind.UNCHECKED for reason in sample.quality.reasons)
    assert any("are prose, which nothing has run" in note for note in stats.notes())


def test_a_source_that_is_not_there_is_named_with_how_to_get_it_before_any_work(
    ollama: OllamaServer, tmp_path: Path, outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    using(monkeypatch, sizes=(4,))
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    with pytest.raises(OracleError, match=r"usdasm: there is no folder .* \(git clone .*ORACLE_SOURCE_USDASM"):
        run_campaign("r", "rauru", "pilot")
    with pytest.raises(OracleError, match=r"needs a source of domain text.*ORACLE_SOURCE_LORE"):
        price_campaign("nayru", "pilot")
    assert not (outputs / "runs").exists() and not ollama.asked


def test_items_need_a_teacher_that_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    using(monkeypatch, teachers={"offline": 1.0})
    with pytest.raises(OracleError, match="items of sources need a teacher that reads them"):
        run_campaign("r", "nayru", "pilot")


DISASSEMBLY = """
AddTen:
#_008000: LDA.w $0340
#_008003: CLC
#_008004: ADC.b #$0A
#_008006: STA.w $0341

#_008009: RTS

CopyBoth:
#_00800A: LDA.w $0342
#_00800D: STA.w $0344
#_008010: LDA.w $0343
#_008013: STA.w $0345

#_008016: RTS
"""


def test_mined_routines_are_asked_about_and_answers_are_run_on_fresh_states(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "usdasm"
    place.mkdir()
    (place / "bank_00.asm").write_text(f"org $008000\n{DISASSEMBLY}")
    monkeypatch.setenv("ORACLE_SOURCE_USDASM", str(place))
    only = Generation(mixture={"mined": 1.0}, sizes=(4,))
    profile = campaigns.profile().model_copy(update={"generation": only})
    monkeypatch.setattr(params, "load_profile", lambda name: profile)
    stats = run_campaign("r", "rauru", "demo")
    samples = list(read_samples(folder() / "accepted.jsonl"))
    assert stats.accepted == len(samples) > 0
    assert {sample.source.corpus for sample in samples} == {"usdasm"}
    assert all(sample.verification and sample.verification.passes for sample in samples)
