"""Prose is judged in 05 by what its source supports, and a text expert must beat its base in that."""

from collections.abc import Callable, Iterator
from typing import Any

import prose_judges
import pytest
from teacher_servers import OpenAIServer

from oracle_lib.evaluate import Prediction
from oracle_lib.evaluate.judge import judge
from oracle_lib.evaluate.report import Lineage, Report
from oracle_lib.evaluate.stage import summarise
from oracle_lib.gates import may_be_champion
from oracle_lib.grounding import Evidence
from oracle_lib.params import load_expert, load_profile
from oracle_lib.quality import ProseJudge, configured_judge
from oracle_lib.records import Adapter, DatasetRow, Message

Predict = Callable[..., Prediction]
ReportOnProse = Callable[..., Report]

SOURCE = Evidence(place="lore/mira.md, The tower", text="In the tower of Mira a keeper watches the lantern.")
TRUE = "A keeper of Mira watches the lantern."
FALSE = "A keeper of Mira watches the golden lantern."


@pytest.fixture
def prose_judge(monkeypatch: pytest.MonkeyPatch) -> Iterator[ProseJudge]:
    with OpenAIServer(prose_judges.comparing, models=(prose_judges.MODEL,)) as server:
        monkeypatch.setenv("ORACLE_JUDGE_URL", f"{server.url}/v1")
        found = configured_judge()
        assert found
        yield found


def prompt(reference: str = TRUE, evidence: Evidence | None = SOURCE) -> DatasetRow:
    return DatasetRow(
        messages=(
            Message(role="user", content="Who watches the lantern of Mira?"),
            Message(role="assistant", content=reference),
        ),
        sample_id="0" * 16,
        group="lore:mira.md:The tower",
        domain="text",
        task="answer",
        family="lore",
        contract="",
        evidence=evidence.model_dump_json() if evidence else "",
    )


@pytest.mark.parametrize(
    ("answer", "supported", "reasons"),
    [
        (TRUE, True, ()),
        (f"{TRUE}\n\nSource: lore/mira.md, The tower.", True, ()),
        (FALSE, False, (f"contradicted: {FALSE} (the source: {SOURCE.text})",)),
        (f"{TRUE}\n\nSource: q.md.", False, (f"contradicted: Source: q.md. (the source: {SOURCE.place})",)),
        (f"{TRUE} The king likes fish and chips.", False, ("absent: The king likes fish and chips.",)),
        ("", False, ("not judged: the answer says nothing",)),
        ("Who knows?", False, ("not judged: it makes no claim that its source could bear out",)),
    ],
)
def test_an_answer_is_supported_where_its_source_bears_out_every_claim(
    prose_judge: ProseJudge, answer: str, supported: bool, reasons: tuple[str, ...]
) -> None:
    (judged,) = judge([prompt()], [answer], "text", prose_judge)
    assert (judged.supported, judged.reasons) == (supported, reasons)


def test_nothing_is_known_without_a_judge_without_a_source_and_where_the_reference_claims_nothing(
    prose_judge: ProseJudge,
) -> None:
    prompts = [prompt(evidence=None), prompt(reference="Who knows?")]
    assert [one.supported for one in judge(prompts, [TRUE, TRUE], "text", prose_judge)] == [None, None]
    (unjudged,) = judge([prompt()], [TRUE], "text")
    assert unjudged.supported is None


@pytest.fixture
def report_on_prose(adapter: Adapter, predict: Predict) -> ReportOnProse:
    def make(base: Any, expert: Any, judged_by: str | None = "judge", groups: int = 24) -> Report:
        fluent = {"passes": None, "assembles": None, "ngrams": (4, 3, 2, 1, 4, 3, 2, 1, 4, 4)}
        rows = [
            predict(model=model, group=f"lore:{number}", sample_id=f"{number:016x}", supported=value(number), **fluent)
            for number in range(groups)
            for model, value in (("base", base), ("expert", expert))
        ]
        digests = {name: name[0] * 64 for name in Lineage.model_fields}
        return summarise(rows, load_expert("nayru"), load_profile("demo"), adapter, Lineage(**digests), judged_by)

    return make


def lead(report: Report) -> bool | None:
    return next(gate.passed for gate in report.gates if gate.name == "better_than_base")


def test_a_text_expert_beats_its_base_where_more_of_its_answers_are_supported(report_on_prose: ReportOnProse) -> None:
    better = report_on_prose(lambda number: number % 4 == 0, lambda number: True)
    assert lead(better) is True and may_be_champion(better.gates)
    assert "beats its base" in better.verdict and "supported by the source 25.0 % → 100.0 %" in better.verdict
    as_good = report_on_prose(lambda number: number % 2 == 0, lambda number: number % 2 == 0)
    assert lead(as_good) is False and not may_be_champion(as_good.gates)


def test_without_a_judge_the_lead_is_not_measured_and_says_why(report_on_prose: ReportOnProse) -> None:
    report = report_on_prose(lambda number: None, lambda number: None, judged_by=None)
    assert lead(report) is None and report.judged_by is None
    assert "cannot be measured (no judge of prose is set: name its server in ORACLE_JUDGE_URL" in report.verdict
    assert {gate.name for gate in report.gates if gate.passed} == {"perplexity", "bleu"}
    assert not may_be_champion(report.gates)  # fluent, but nobody knows whether it tells the truth


def test_prompts_without_sources_leave_the_lead_unmeasured_too(report_on_prose: ReportOnProse) -> None:
    report = report_on_prose(lambda number: None, lambda number: None)
    assert lead(report) is None and "no prompt has a source" in report.verdict
