"""Every verdict in a table, a browser that filters it, and what is nearest across the split."""

from pathlib import Path

import pytest
from small_samples import samples, written

from oracle_lib import OracleError
from oracle_lib.export import browse, browser, export_dataset, nearest, overrule, read_left_out, read_rows, row_lengths
from oracle_lib.export.left_out import Why
from oracle_lib.records import to_jsonl
from oracle_lib.run import stage_folder
from oracle_lib.sample import Quality, Reason, ReasonKind, Sample, Task


def judged(sample: Sample, *reasons: Reason) -> Sample:
    scores = dict.fromkeys(("diversity", "knowledge", "hallucination", "coherence"), 0.3 if reasons else 0.9)
    overall = scores["coherence"]
    quality = Quality(**scores, overall=overall, threshold=0.4, accepted=not reasons, reasons=reasons)
    return sample.model_copy(update={"quality": quality})


WIDTH = Reason(kind=ReasonKind.CONTRADICTION, text="the prose says 8-bit A, the code never has it so")
REJECTED = judged(written("What is it?", "A timer <b>that</b> runs down.", "Timer", task=Task.EXPLAIN), WIDTH)


@pytest.fixture
def campaign() -> Path:
    folder = stage_folder("r", "rauru-assembler", "generate")
    folder.mkdir(parents=True)
    twin = samples()[0]
    twin = twin.model_copy(update={"instruction": twin.instruction.upper(), "sample_id": "f" * 16})
    (folder / "accepted.jsonl").write_text(to_jsonl(map(judged, [*samples(), twin])))
    (folder / "rejected.jsonl").write_text(to_jsonl([REJECTED]))
    return folder


def test_every_sample_is_in_the_table_with_its_verdict_and_what_became_of_it(campaign: Path) -> None:
    export_dataset("r", "rauru", "demo")
    overrule("r", "rauru", samples()[1].sample_id, accept=False, reason="dull")
    found = browse("r", "rauru")
    assert len(found) == len(samples()) + 2 and found.index.is_unique
    assert found.verdict.value_counts().to_dict() == {"accepted": len(samples()) + 1, "rejected": 1}
    assert found.loc[REJECTED.sample_id, ["kinds", "reasons", "overall"]].tolist() == [WIDTH.kind, WIDTH.text, 0.3]
    assert found.overruled[samples()[1].sample_id] == "dull"
    assert found.left_out[found.left_out != ""].tolist() == [Why.EXACT]


def test_the_browser_shows_what_its_menus_and_words_choose_and_no_markup_of_a_sample(campaign: Path) -> None:
    box = browser(browse("r", "rauru"))
    menus, search, shown = box.children
    everything = len(samples()) + 2
    assert shown.value.startswith(f"<p>{everything} of {everything} samples; here are the first 20</p>")
    menus.children[0].value = "rejected"
    assert shown.value.startswith(f"<p>1 of {everything} samples</p>") and "8-bit A" in shown.value
    assert "<b>that" not in shown.value and "&lt;b&gt;that" in shown.value
    search.value = "no such (words"
    assert shown.value.startswith(f"<p>0 of {everything} samples</p>")


def test_a_page_without_widgets_shows_the_first_samples(campaign: Path) -> None:
    box = browser(browse("r", "rauru"))
    bundle = box._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/html"] == box.children[-1].value and samples()[0].sample_id in bundle["text/html"]


def test_a_run_without_samples_says_what_to_run(campaign: Path) -> None:
    for name in ("accepted", "rejected"):
        (campaign / f"{name}.jsonl").write_text("")
    with pytest.raises(OracleError, match="no sample to look at; run 01_generate"):
        browse("r", "rauru")


def test_the_nearest_row_to_train_on_is_found_for_each_held_out_row(campaign: Path) -> None:
    card = export_dataset("r", "rauru", "demo")
    rows = read_rows(card)
    found = nearest(rows["test"], rows["train"])
    assert [one.held_out.sample_id for one in found] != [] and len(found) == len(rows["test"])
    assert all(0 <= one.alike < 1 for one in found) and found == sorted(found, key=lambda one: -one.alike)
    [itself] = nearest(rows["train"][:1], rows["train"])
    assert itself.alike == 1.0 and itself.trained.reference == rows["train"][0].reference
    assert [one.why for one in read_left_out(card)] == [Why.EXACT]


def test_the_lengths_are_those_of_the_card(campaign: Path) -> None:
    card = export_dataset("r", "rauru", "demo")
    lengths = row_lengths(card)
    assert card.lengths and len(lengths) == card.rows and lengths.tokens.max() == card.lengths.longest
