import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from oracle_lib import OracleError
from oracle_lib.__main__ import main, summary
from oracle_lib.evaluate import Prediction, Report
from oracle_lib.evaluate.page import render_page
from oracle_lib.metrics import METRICS
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


def _with_own_form(rows: list[Prediction], **plain: object) -> list[Prediction]:
    """The same with a base that, asked in its own form, does as the expert does but for `plain`."""
    asked = {"model": "plain_base", "nll": None, "tokens": 0, "bytes": 0}
    return [*rows, *(row.model_copy(update=asked | plain) for row in rows if row.model == "expert")]


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
        "oracle-rauru-assembler beats its base on 24 held-out prompts (24 problems): passes 16.7 % → 100.0 % "
        "(the smallest difference that this test could see: 28.1 pp); 4 of 5 gates hold; not measured: satisfaction."
    )


def test_an_expert_equal_to_its_base_is_not_better(predict: Predict, report_on: ReportOn) -> None:
    report = report_on(_pair(predict))
    assert _gate(report, "better_than_base") is False
    assert _gate(report, "perplexity") is False  # exp(2) = 7.4
    assert "is not shown to beat its base" in report.verdict
    assert (
        "0 of 5 gates hold; failed: perplexity 7.389 (must be below 3.500), exact match 16.7 % (must be above 35.0 %), "
        in report.verdict
    )
    assert "better than base −9.9 pp (in passes, the interval of its lead over the stronger" in report.verdict  # noqa: RUF001


def test_a_worse_expert_is_called_worse(predict: Predict, report_on: ReportOn) -> None:
    report = report_on(_pair(predict, groups=60, passes=False))
    assert _gate(report, "better_than_base") is False
    assert "is worse than its base" in report.verdict


GOOD_WORDS, BAD_WORDS = (9, 8, 7, 6, 9, 8, 7, 6, 9, 9), (5, 3, 2, 1, 9, 8, 7, 6, 9, 9)


def test_the_expert_must_beat_the_stronger_form_of_its_base(predict: Predict, report_on: ReportOn) -> None:
    rows = _pair(predict, passes=True, exact_match=True, nll=0.1, ngrams=GOOD_WORDS)
    as_good = report_on(_with_own_form(rows))
    assert _gate(as_good, "better_than_base") is False and as_good.metrics["passes"].outcome == "better"
    assert as_good.verdict == (
        "oracle-rauru-assembler is not shown to beat its base in its own form on 24 held-out prompts (24 problems): "
        "passes 100.0 % → 100.0 % (base in chat form: 16.7 %; the smallest difference that this test could see: "
        "12.7 pp); 3 of 5 gates hold; failed: better than base −9.9 pp (in passes, the interval of its lead over "  # noqa: RUF001
        "the stronger form of the base must lie above 0); not measured: satisfaction."
    )
    weaker = report_on(_with_own_form(rows, passes=False))  # chat is the stronger form now
    assert _gate(weaker, "better_than_base") is True
    assert weaker.verdict.startswith("oracle-rauru-assembler beats its base in chat form on 24")
    assert "passes 16.7 % → 100.0 % (base in its own form: 0.0 %; the smallest" in weaker.verdict


def test_a_base_that_is_better_in_its_own_form_comes_first_in_the_verdict(
    predict: Predict, report_on: ReportOn
) -> None:
    rows = _pair(predict, passes=True, ngrams=BAD_WORDS)
    report = report_on(_with_own_form(rows, ngrams=GOOD_WORDS))
    assert report.verdict.startswith(
        "The base in its own form beats oracle-rauru-assembler in BLEU (1.000 against 0.316). oracle-rauru-assembler is"
    )
    assert report.plain_base is not None and list(report.plain_base) == [
        "exact_match",
        "bleu",
        "assembles",
        "passes",
    ]
    assert "beats oracle-rauru-assembler in" not in report_on(_with_own_form(rows)).verdict


def test_what_the_verdict_says_of_the_benchmark_is_not_said_twice(predict: Predict, report_on: ReportOn) -> None:
    verdict = report_on(_with_own_form(_pair(predict, groups=60, passes=False), passes=True)).verdict
    assert verdict.startswith("oracle-rauru-assembler is worse than its base in its own form on 60 held-out prompts")


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
    known = ("base", "expert", "diff", "low", "high", "better")
    old = written | {"metrics": {name: {key: one[key] for key in known} for name, one in written["metrics"].items()}}
    del old["states"]
    assert Report.model_validate_json(json.dumps(old)).table()[0][4] == ""  # what was written before reads on
    assert list(written["metrics"]) == ["perplexity", "bits_per_byte", "exact_match", "bleu", "assembles", "passes"]
    for one in written["metrics"].values():
        assert one.keys() == {*known, "base_interval", "expert_interval", "p", "detectable"}
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
    page = _Tags(render_page(report, load_expert("rauru"), prompts, rows))
    assert not {"script", "img"} & page.tags
    assert not any(name.startswith("on") for name in page.attributes)
    assert page.quoted.count(hostile) == 3  # the reference and both answers of the family's one example
    assert "<script>" not in report._repr_html_()


def test_the_page_loads_nothing_from_anywhere(predict: Predict, report_on: ReportOn) -> None:
    rows = _pair(predict, passes=True)
    asked = "Shorten it.\n\n```asm\nLDA #$00\n```"
    prompts = [
        DatasetRow(
            messages=(Message(role="user", content=asked), Message(role="assistant", content="RTS")),
            sample_id=row.sample_id,
            group=row.group,
            domain="asm",
            task="write",
            family="add_words",
            contract="",
        )
        for row in rows[::2]
    ]
    page = render_page(report_on(rows), load_expert("rauru"), prompts, rows)
    assert "<p>Shorten it.</p>" in page and "<pre>LDA #$00\n</pre>" in page  # code as code
    assert not {"src", "href"} & _Tags(page).attributes
    assert not re.search(r"url\((?!#)|@import", page)
    assert page == render_page(report_on(rows), load_expert("rauru"), prompts, rows)


@pytest.mark.parametrize("field", ["metrics", "plain_base", "benchmark", "gates"])
def test_a_report_with_a_metric_or_gate_that_this_code_does_not_know_is_a_sentence(
    predict: Predict, report_on: ReportOn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, field: str
) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path))
    known = json.loads(report_on(_with_own_form(_pair(predict))).model_dump_json())
    spoilt = json.dumps(known[field]).replace("passes", "passses").replace("bleu", "blue")
    (tmp_path / "report.json").write_text(json.dumps(known | {field: json.loads(spoilt)}), encoding="utf-8")
    what = "gate" if field == "gates" else "metric"
    with pytest.raises(
        OracleError, match=rf"no {what} is called '(passses|blue)'; known are .*; run\W05_evaluate again"
    ):
        Report.read(tmp_path / "report.json")


def test_the_page_is_made_for_a_telephone_and_for_the_dark(predict: Predict, report_on: ReportOn) -> None:
    page = render_page(report_on(_with_own_form(_pair(predict, passes=True))), load_expert("rauru"), [], [])
    assert page.count('<div class="wide"><table>') == page.count("<table>") == 3  # a wide one scrolls in its frame
    plots = re.findall(r'<div class="on-(wide|narrow)">(.*?</svg>)', page, re.DOTALL)
    widths = [(name, re.findall(r'width="([\d.]+)pt"', drawn)[0]) for name, drawn in plots]
    assert widths == [("wide", "604.8"), ("narrow", "259.2")]
    light, dark = page.partition("prefers-color-scheme: dark")[::2]
    for _, drawn in plots:
        assert not re.search(r"(fill|stroke): #", drawn)
        for name in set(re.findall(r"var\((--\w+)\)", drawn)):
            assert f"{name}: #" in light and f"{name}: #" in dark
    referred = set(re.findall(r'(?:url\(|href=")#(\w+)', page))
    assert referred and all(page.count(f'id="{name}"') == 1 for name in referred)


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


@pytest.mark.parametrize(
    "terminal",
    [{"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["latin-1", "ascii"],
)
def test_a_terminal_without_our_minus_sign_shows_a_hyphen(
    predict: Predict, report_on: ReportOn, adapter: Adapter, tmp_path: Path, terminal: dict[str, str]
) -> None:
    expert = tmp_path / "runs" / "demo" / "rauru-assembler"
    report_on(_pair(predict, nll=1.0)).write(expert / "evaluate" / "report.json")
    adapter.write(expert / "train" / "adapter.json")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTHONIO"))}
    shown = subprocess.run(
        [sys.executable, "-m", "oracle_lib", "summary"],
        env=environment | terminal | {"ORACLE_OUTPUTS": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
    ).stdout
    assert b"-4.671 [-4.671, -4.671]" in shown and b"?" not in shown  # e - e^2


def test_the_summary_says_where_the_base_in_its_own_form_is_better(
    predict: Predict, report_on: ReportOn, adapter: Adapter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path))
    report = report_on(_with_own_form(_pair(predict, passes=True, ngrams=BAD_WORDS), ngrams=GOOD_WORDS))
    report.write(tmp_path / "runs" / "demo" / "rauru-assembler" / "evaluate" / "report.json")
    adapter.write(tmp_path / "runs" / "demo" / "rauru-assembler" / "train" / "adapter.json")
    shown = summary("demo")
    assert "passes of the base in its own form: 100.0 %; expert undecided" in shown
    assert "the base in its own form beats the expert in BLEU (1.000 against 0.316)" in shown
    assert "better_than_base FAILED" in shown
    worse = report_on(_with_own_form(_pair(predict, groups=60, passes=False), passes=True))
    worse.write(tmp_path / "runs" / "demo" / "rauru-assembler" / "evaluate" / "report.json")
    assert "; expert worse" in summary("demo") and "beats the expert in passes" not in summary("demo")  # said once
    (tmp_path / "runs" / "demo" / "rauru-assembler" / "train" / "adapter.json").unlink()
    assert "rauru-assembler: its training was begun anew; " in summary("demo")


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
    assert all(METRICS[name].title in shown for name in report.metrics)
    assert "not measured" in shown and "better_than_base" in shown and "report.html" in shown
    legend = shown.partition("What it says:\n")[2]
    explained = {line.strip().partition("  ")[0] for line in legend.splitlines()}
    assert {METRICS[name].title for name in report.metrics} | {"smallest visible", "expert is", "gates"} <= explained
    assert "supported" not in legend and len(legend.splitlines()) < 15
