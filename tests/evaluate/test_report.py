import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from oracle_lib import OracleError
from oracle_lib.__main__ import main
from oracle_lib.evaluate import Prediction, Report
from oracle_lib.evaluate.page import render
from oracle_lib.evaluate.report import title
from oracle_lib.params import load_expert
from oracle_lib.records import Adapter, DatasetRow, Message

Predict = Callable[..., Prediction]
ReportOn = Callable[[list[Prediction]], Report]


def _pair(predict: Predict, groups: int = 24, **expert: object) -> list[Prediction]:
    """A base that solves a sixth of the problems, and an expert that differs from it by `expert`."""
    rows = []
    for index in range(groups):
        place = {"sample_id": f"{index:016x}", "group": f"add_words:{index}"}
        solved = index % 6 == 0
        usual = {"passes": solved, "exact_match": solved, "nll": 2.0}
        rows += [predict(**place, **usual, model="base"), predict(**place, **usual | expert, model="expert")]
    return rows


def _gate(report: Report, name: str) -> bool | None:
    return next(gate.passed for gate in report.gates if gate.name == name)


def test_a_good_expert_holds_every_gate_that_was_measured(predict: Predict, report_on: ReportOn) -> None:
    report = report_on(_pair(predict, passes=True, exact_match=True, nll=0.1, ngrams=(9, 8, 7, 6, 9, 8, 7, 6, 9, 9)))
    assert [(gate.name, gate.passed) for gate in report.gates] == [
        ("perplexity", True),
        ("exact_match", True),
        ("bleu", True),
        ("better_than_base", True),
        ("satisfaction", None),
    ]
    assert report.verdict == (
        "oracle-rauru-assembler beats its base on 24 held-out prompts (24 problems): passes 16.7 % → 100.0 %; "
        "4 of 5 gates hold; not measured: satisfaction."
    )


def test_an_expert_equal_to_its_base_is_not_better(predict: Predict, report_on: ReportOn) -> None:
    report = report_on(_pair(predict))
    assert _gate(report, "better_than_base") is False
    assert _gate(report, "perplexity") is False  # exp(2) = 7.4
    assert "is not shown to beat its base" in report.verdict
    assert "failed: perplexity, exact match, BLEU, better than base" in report.verdict


def test_a_worse_expert_is_called_worse(predict: Predict, report_on: ReportOn) -> None:
    report = report_on(_pair(predict, groups=60, passes=False))
    assert _gate(report, "better_than_base") is False
    assert "is worse than its base" in report.verdict


def test_with_too_few_problems_nothing_is_claimed(predict: Predict, report_on: ReportOn) -> None:
    report = report_on(_pair(predict, groups=6, passes=True))
    assert _gate(report, "better_than_base") is None
    assert "too few problems" in report.verdict


def test_prompts_without_a_contract_leave_the_benchmark_unmeasured(predict: Predict, report_on: ReportOn) -> None:
    rows = [row.model_copy(update={"passes": None, "assembles": None}) for row in _pair(predict)]
    report = report_on(rows)
    assert _gate(report, "better_than_base") is None
    assert report.metrics["passes"].base is None
    assert "cannot be measured" in report.verdict


def test_report_json_has_the_promised_shape_and_reads_back(
    predict: Predict, report_on: ReportOn, tmp_path: Path
) -> None:
    report = report_on(_pair(predict, passes=True))
    written = json.loads(report.model_dump_json())
    assert {"expert", "base", "adapter", "n", "groups", "metrics", "gates", "verdict"} <= written.keys()
    assert list(written["metrics"]) == ["perplexity", "bits_per_byte", "exact_match", "bleu", "assembles", "passes"]
    for one in written["metrics"].values():
        assert one.keys() == {"base", "expert", "diff", "low", "high", "better"}
        assert one["diff"] == pytest.approx(one["expert"] - one["base"])
        assert one["low"] <= one["diff"] <= one["high"]
    for gate in written["gates"]:
        assert gate.keys() == {"name", "threshold", "value", "passed"}
    path = tmp_path / "report.json"
    path.write_text(report.model_dump_json(), encoding="utf-8")
    assert Report.read(path) == report


def test_a_missing_or_damaged_report_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(OracleError, match=r"report\.json is missing; run 05_evaluate first"):
        Report.read(tmp_path / "report.json")
    (tmp_path / "report.json").write_text('{"expert": 1}', encoding="utf-8")
    with pytest.raises(OracleError, match="run 05_evaluate again"):
        Report.read(tmp_path / "report.json")


class _Tags(HTMLParser):
    """The elements of a page and the text in its <pre> blocks."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.quoted = ""
        self._in_pre = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self._in_pre |= tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self._in_pre &= tag != "pre"

    def handle_data(self, data: str) -> None:
        self.quoted += data if self._in_pre else ""


def test_what_a_model_wrote_never_becomes_markup(predict: Predict, report_on: ReportOn) -> None:
    hostile = '</pre><script>alert(1)</script><img src=x onerror="alert(2)">'
    rows = [
        row.model_copy(update={"answer": hostile, "reasons": (hostile,), "family": hostile, "passes": False})
        for row in _pair(predict)
    ]
    prompts = [
        DatasetRow(
            messages=(Message(role="user", content=hostile), Message(role="assistant", content=hostile)),
            sample_id=row.sample_id,
            group=row.group,
            domain="asm",
            task="write",
            family=hostile,
            contract="",
        )
        for row in rows[::2]
    ]
    report = report_on(rows)
    page = _Tags(render(report, load_expert("rauru"), prompts, rows))
    assert not {"script", "img"} & page.tags
    assert not any(name.startswith("on") for name in page.attributes)
    assert page.quoted.count(hostile) == 3  # the reference and both answers of the family's one example
    assert "<script>" not in report._repr_html_()


def test_the_page_loads_nothing_from_anywhere(predict: Predict, report_on: ReportOn) -> None:
    rows = _pair(predict, passes=True)
    prompts = [
        DatasetRow(
            messages=(Message(role="user", content="Add."), Message(role="assistant", content="RTS")),
            sample_id=row.sample_id,
            group=row.group,
            domain="asm",
            task="write",
            family="add_words",
            contract="",
        )
        for row in rows[::2]
    ]
    page = render(report_on(rows), load_expert("rauru"), prompts, rows)
    assert not {"src", "href"} & _Tags(page).attributes
    assert page == render(report_on(rows), load_expert("rauru"), prompts, rows)


def test_the_plot_draws_every_measured_metric(predict: Predict, report_on: ReportOn) -> None:
    figure = report_on(_pair(predict, passes=True)).plot()
    labels = [label.get_text() for axis in figure.axes for label in axis.get_yticklabels()]
    assert sorted(labels) == ["BLEU", "assembles", "bits per byte", "exact match", "passes", "perplexity"]


def test_the_table_reads_as_people_write_numbers(predict: Predict, report_on: ReportOn) -> None:
    rows = {row[0]: row[1:] for row in report_on(_pair(predict, passes=True)).table()}
    assert rows["passes"][:2] == ("16.7 %", "100.0 %")
    assert rows["passes"][2].startswith("+83.3 pp [+")
    assert rows["perplexity"][:2] == ("7.389", "7.389")


def test_families_are_told_apart_by_what_the_base_has_read(predict: Predict, report_on: ReportOn) -> None:
    rows = _pair(predict) + [
        predict(sample_id="f" * 16, group="change_flag:1", family="change_flag", model=model)
        for model in ("base", "expert")
    ]
    report = report_on(rows)
    assert {family.family: family.known for family in report.families} == {"add_words": False, "change_flag": True}


def test_the_summary_shows_every_metric_even_one_that_was_not_measured(
    predict: Predict,
    report_on: ReportOn,
    adapter: Adapter,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["summary", "demo"]) == 1
    assert "has no evaluation yet" in capsys.readouterr().err
    report = report_on(_pair(predict, passes=None))
    expert = tmp_path / "runs" / "demo" / "rauru-assembler"
    (expert / "evaluate").mkdir(parents=True)
    (expert / "evaluate" / "report.json").write_text(report.model_dump_json())
    adapter.write(expert / "train" / "adapter.json")
    assert main(["summary", "demo"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("rauru-assembler: 100 training samples; 24 test prompts in 24 groups")
    assert all(title(name) in shown for name in report.metrics)
    assert "not measured" in shown and "better_than_base" in shown and "report.html" in shown
