"""A campaign draws from the user's own sources: items that a teacher writes about, routines with mined contracts."""

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import campaigns
import prose_judges
import pytest
import yaml
from campaigns import folder
from teacher_servers import Answer, Asked, GeminiServer, OllamaServer, OpenAIServer, Refuse

from oracle_lib import OracleError, params
from oracle_lib.generate import price_campaign, run_campaign
from oracle_lib.params import Generation, Limits, OpenAIParams, Part, Profile
from oracle_lib.run import stage_folder
from oracle_lib.sample import Domain, Reason, ReasonKind, read_samples

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
    assert any("prose, which nothing has run or checked: 4 accepted samples" in note for note in stats.notes())


@pytest.fixture
def gemini(monkeypatch: pytest.MonkeyPatch) -> Iterator[GeminiServer]:
    with GeminiServer() as server:
        monkeypatch.setenv("GEMINI_API_KEY", "a-key")
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", server.url)
        yield server


def repeating(delay: float = 0) -> Callable[[Asked], Answer]:
    """Answers of one sample, whatever it is asked about."""

    def act(asked: Asked) -> Answer:
        assert asked.schema
        said = {name: f"{name}: who knows the hidden stair? A keeper." for name in asked.schema["properties"]}
        return Answer(json.dumps(said), delay=delay)

    return act


def written(run: str) -> dict[str, str]:
    place = stage_folder(run, "farore-pathfinder", "generate")
    names = ("accepted.jsonl", "rejected.jsonl", "stats.json")
    return {name: (place / name).read_text().replace(f'"{run}"', '"r"') for name in names}


def test_of_equal_answers_the_first_one_counts_and_the_others_name_it(
    ollama: OllamaServer, gemini: GeminiServer, lore: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    using(monkeypatch, teachers={"gemini": 0.5, "ollama": 0.5}, sizes=(4,), attempts=3)
    gemini.script, ollama.script = repeating(), repeating(delay=0.02)
    stats = run_campaign("r", "farore", "pilot")
    place = stage_folder("r", "farore-pathfinder", "generate")
    (kept,), copies = (list(read_samples(place / name)) for name in ("accepted.jsonl", "rejected.jsonl"))
    assert stats.accepted == stats.groups == 1 and not stats.is_complete
    assert kept.teacher.name == "gemini" and {copy.teacher.name for copy in copies} == {"gemini", "ollama"}
    assert {copy.sample_id for copy in copies} == {kept.sample_id}
    why = Reason(kind=ReasonKind.COPY, text=f"word for word the answer about {kept.group}, by gemini")
    told = [(copy.teacher.name, copy.quality.reasons) for copy in copies if copy.quality]
    assert all(reason.kind is ReasonKind.COPY for _, reasons in told for reason in reasons)
    assert ("ollama", (why,)) in told and all(reasons == (why,) for name, reasons in told if name == "gemini")
    assert stats.reasons == {why.kind: len(copies)} and stats.examples[why.kind] == why.text
    [gemini_price, ollama_price] = price_campaign("farore", "pilot", 4).teachers
    assert gemini_price.share.expected == 1 / gemini_price.measured and ollama_price.share.expected == 0


def test_which_answer_is_the_copy_follows_from_the_plan_and_not_from_who_was_quicker_or_stopped(
    ollama: OllamaServer, gemini: GeminiServer, lore: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    using(monkeypatch, teachers={"gemini": 0.5, "ollama": 0.5}, sizes=(4,), attempts=3)
    gemini.script, ollama.script = repeating(), repeating(delay=0.05)
    run_campaign("ollama-later", "farore", "pilot")
    gemini.script, ollama.script = repeating(delay=0.05), repeating()
    run_campaign("gemini-later", "farore", "pilot")
    assert run_campaign("resumed", "farore", "pilot", max_requests=5).stopped
    run_campaign("resumed", "farore", "pilot")
    assert written("gemini-later") == written("ollama-later") == written("resumed")


def writing(asked: Asked) -> Answer:
    """A true sentence on half of the notes, a false one on the others, in the form that was asked for."""
    shown = asked.prompt.partition("<source>")[2].partition("</source>")[0]
    name = next(word for word in ("Mira", "Tolen", "Ashka", "Verro", "Ilsen", "Quay") if word in shown)
    golden = "" if name in ("Mira", "Ashka", "Ilsen") else "golden "
    output = f"A keeper of {name} watches the {golden}lantern."
    quote = next(line for line in shown.splitlines() if "keeper watches" in line)
    instruction = f"Who watches the lantern of {name}, a keeper or nobody?"
    known = {"instruction": instruction, "output": output, "quote": quote}
    assert asked.schema
    return Answer(json.dumps({field: known[field] for field in asked.schema["properties"]}))


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAIServer]:
    settings = params.load_judge().model_copy(update={"retries": 0})
    monkeypatch.setattr(params, "load_judge", lambda: settings)
    with OpenAIServer(prose_judges.comparing, models=(prose_judges.MODEL,)) as server:
        monkeypatch.setenv("ORACLE_JUDGE_URL", f"{server.url}/v1")
        yield server


def test_prose_that_its_source_contradicts_is_rejected_and_the_rest_is_checked(
    ollama: OllamaServer, judge: OpenAIServer, lore: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    using(monkeypatch, sizes=(4,))
    ollama.script = writing
    stats = run_campaign("r", "nayru", "pilot")
    assert (stats.checked, stats.unchecked) == (stats.accepted, 0) and stats.accepted and stats.contradicted
    folder = stage_folder("r", "nayru-canon", "generate")
    for sample in read_samples(folder / "accepted.jsonl"):
        assert sample.grounding and sample.grounding.is_attributable and sample.quality
        assert sample.grounding.judge == prose_judges.MODEL and sample.quality.hallucination == 1
        assert not any(reason.kind is ReasonKind.UNCHECKED for reason in sample.quality.reasons)
    rejected = list(read_samples(folder / "rejected.jsonl"))
    contradicted = [sample for sample in rejected if sample.grounding and sample.grounding.contradictions]
    assert len(contradicted) == stats.contradicted
    for sample in contradicted:
        assert sample.quality and any(
            reason.kind is ReasonKind.COPY or "golden lantern" in reason.text for reason in sample.quality.reasons
        )
    assert any("that a judge has checked against its source" in note for note in stats.notes())


def test_a_campaign_whose_judge_goes_down_keeps_its_answers_and_goes_on_later(
    ollama: OllamaServer, judge: OpenAIServer, lore: Path, outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    using(monkeypatch, sizes=(3,))
    ollama.script = writing
    run_campaign("undisturbed", "nayru", "pilot")
    (outputs / "judge" / "replies.sqlite").unlink()
    judge.script = lambda asked: prose_judges.comparing(asked) if asked.number % 3 else Refuse(503)
    for _ in range(20):
        try:
            run_campaign("disturbed", "nayru", "pilot")
            break
        except OracleError as error:
            assert "run again" in str(error)
            accepted = stage_folder("disturbed", "nayru-canon", "generate") / "accepted.jsonl"
            assert not accepted.exists()  # nothing counts as checked that was not
    folders = [stage_folder(run, "nayru-canon", "generate") for run in ("undisturbed", "disturbed")]
    for name in ("accepted.jsonl", "rejected.jsonl"):
        undisturbed, disturbed = ((folder / name).read_bytes() for folder in folders)
        assert undisturbed == disturbed
    asked = Counter(one.prompt for one in ollama.asked)
    assert set(asked.values()) == {2}  # once a run: no answer is paid for again


def test_prose_that_nobody_checked_is_judged_once_there_is_a_judge(
    ollama: OllamaServer, judge: OpenAIServer, lore: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    using(monkeypatch, sizes=(4,))
    ollama.script = writing
    address = os.environ["ORACLE_JUDGE_URL"]
    monkeypatch.delenv("ORACLE_JUDGE_URL")
    before = run_campaign("r", "nayru", "pilot")
    assert (before.checked, before.unchecked) == (0, before.accepted) and not judge.asked
    monkeypatch.setenv("ORACLE_JUDGE_URL", address)
    after = run_campaign("r", "nayru", "pilot")
    assert after.checked == after.accepted and after.contradicted and not after.unchecked


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


def test_the_own_profile_of_the_docs_leads_from_nothing_to_accepted_samples(
    lore: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (params.FOLDER.parent / "docs" / "teachers.md").read_text()
    openai, mine = (yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[:2])
    monkeypatch.setattr(params, "load_profile", lambda name: Profile.model_validate(mine))
    assert OpenAIParams.model_validate(openai["openai"]) == params.load_teachers().openai.model_copy(
        update={"limits": Limits(concurrency=2, patience=1500)}
    )
    with OpenAIServer(telling, models=(openai["openai"]["model"],)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}/v1")
        stats = run_campaign("r", "farore", "mine", size=3)
    assert stats.is_complete and stats.teachers["openai"].accepted == 3


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


HACK = """
org $0DA000
Glow:
  LDA.w $0346
  ASL
  STA.w $0347
  RTS
"""


def place_routines(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A game and a hack of it, of a few routines."""
    for name, text in (("usdasm", f"org $008000\n{DISASSEMBLY}"), ("oracle-of-secrets", HACK)):
        (folder / name).mkdir()
        (folder / name / "bank_00.asm").write_text(text)
        monkeypatch.setenv(f"ORACLE_SOURCE_{name.upper().replace('-', '_')}", str(folder / name))


def mixed(mixture: dict[Part, float], monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    generation = Generation(mixture=mixture, sizes=(4,), **changes)
    profile = campaigns.profile().model_copy(update={"generation": generation})
    monkeypatch.setattr(params, "load_profile", lambda name: profile)


@pytest.fixture
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user who has no source at all."""
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))


@pytest.mark.usefixtures("nobody")
def test_a_part_of_the_mixture_whose_sources_are_not_there_ends_a_campaign_before_any_work(
    outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mixed({"templates": 0.5, "mined": 0.5}, monkeypatch)
    with pytest.raises(
        OracleError, match=r"part mined .*domain asm, .*; and a source of domain oracle, .*or leave mined"
    ):
        run_campaign("r", "rauru", "demo")
    mixed({"templates": 0.5, "datasets": 0.5}, monkeypatch)
    with pytest.raises(
        OracleError,
        match=r"part datasets .*ORACLE_SOURCE_ASM_DATASETS to the folder that you have; or leave datasets out",
    ):
        run_campaign("r", "rauru", "demo")
    with pytest.raises(OracleError, match=r"names no data set of domain yaze or errors .*or leave datasets out"):
        price_campaign("yaze", "demo")
    assert not (outputs / "runs").exists()


def test_a_part_that_has_nothing_for_a_domain_is_told_before_and_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place_routines(tmp_path, monkeypatch)
    mixed({"templates": 0.5, "mined": 0.5}, monkeypatch, families=("change_flag", "hook_value", "unbalanced_stack"))
    told = "of the mixture, mined has nothing for errors, so the other parts give that share of it"
    assert told in price_campaign("rauru", "demo").notes()
    stats = run_campaign("r", "rauru", "demo")
    assert stats.absent == {Domain.ERRORS: ("mined",)} and told in stats.notes()


def test_a_dry_run_mines_nothing_and_then_reckons_with_what_a_campaign_has_mined(
    tmp_path: Path, outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place_routines(tmp_path, monkeypatch)
    mixed({"mined": 1.0}, monkeypatch)
    assert any("nothing of usdasm was mined yet" in note for note in price_campaign("rauru", "demo").notes())
    assert not (outputs / "mined").exists()
    run_campaign("r", "rauru", "demo")
    notes = price_campaign("rauru", "demo").notes()
    assert any(note.startswith("asm mined: of usdasm ") and "mined before" in note for note in notes)


def test_mined_routines_are_asked_about_and_answers_are_run_on_fresh_states(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place_routines(tmp_path, monkeypatch)
    mixed({"mined": 1.0}, monkeypatch)
    stats = run_campaign("r", "rauru", "demo")
    samples = list(read_samples(folder() / "accepted.jsonl"))
    assert stats.accepted == len(samples) > 0
    assert {sample.source.corpus for sample in samples} <= {"usdasm", "oracle-of-secrets"}
    assert all(sample.verification and sample.verification.passes for sample in samples)
