import json
from collections.abc import Callable
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from oracle_lib import OracleError
from oracle_lib.evaluate import Ingredients, Prediction, bench_examples, read_ingredients
from oracle_lib.evaluate.oraclebench import PROBLEMS, BenchReport, _half, score_half
from oracle_lib.records import to_jsonl
from oracle_lib.run import stage_folder
from oracle_lib.sample import read_samples

Predict = Callable[..., Prediction]


def line(**known: object) -> str:
    usual = {
        "bench": "learn",
        "base": "Qwen2.5-Coder-1.5B",
        "arm": "templates",
        "half": "held-out",
        "language": "asm",
        "passes": 0.038,
        "low": 0.01,
        "high": 0.09,
        "n": 540,
        "families": 54,
        "gpu": "one",
    }
    return json.dumps(usual | known) + "\n"


def drawn(figure: Figure) -> set[str]:
    """All that is written in a figure."""
    return {text.get_text() for text in figure.findobj(Text) if isinstance(text, Text)}


def test_lines_of_recipes_become_a_plot_in_the_order_in_which_they_were_measured(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        line(arm="base", passes=0.0, low=0.0, high=0.04)
        + line(arm="base", half="taught", passes=0.0185)
        + '{"bench": "verify", "half": 3}\n{"stage": "ours", "steps": []}\n{"bench": "learn", "tokens_per_second": 3}\n'
        + line()
        + line(half="taught", passes=0.762, low=None, high=None)
    )
    (tmp_path / "b.jsonl").write_text(line(language="cpp", passes=0.4, low=0.3, high=0.5))
    found = read_ingredients(tmp_path)
    base = "Qwen2.5-Coder-1.5B"
    assert {group: list(arms) for group, arms in found.groups.items()} == {
        (base, "asm"): ["base", "templates"],
        (base, "cpp"): ["templates"],
    }
    written = drawn(found.plot())
    assert {"templates", "76.2 %", f"{base}, C++", "held-out", "taught"} <= written
    assert "1.9 %" in written  # 10 of 540 problems, which the line's four digits would round down
    assert read_ingredients(tmp_path / "nowhere") == Ingredients(())


def test_a_result_that_lacks_something_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line() + line(passes=1.5))
    with pytest.raises(OracleError, match=r"a\.jsonl line 2: result\.passes: must be at most 1, not 1\.5"):
        read_ingredients(tmp_path)


def rows(predict: Predict) -> list[Prediction]:
    """Both models' answers to the first problem of each family: the expert solves every third family."""
    first = {sample.source.path: sample for sample in reversed([*read_samples(PROBLEMS)])}
    return [
        predict(
            sample_id=f"{sample.sample_id}.0",
            model=model,
            family=family,
            group=family,
            passes=passed,
            answer=f"{family} ```",
            reasons=() if passed else ("case 0: no `A`",),
            cases=18,
            states=64,
            failed_state=None if passed else 20,
        )
        for number, (family, sample) in enumerate(sorted(first.items()))
        for model in ("base", "expert")
        for passed in [model == "expert" and number % 3 == 0]
    ]


def test_a_benchmark_shows_its_families_its_states_and_its_examples(
    predict: Predict, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path))
    halves = {sample.source.path: _half(sample) for sample in read_samples(PROBLEMS)}
    everything = rows(predict)
    report = BenchReport(
        expert="rauru-assembler",
        run="demo",
        base="embedded",
        adapter_sha256="a",
        answers=1,
        temperature=0,
        halves=tuple(
            score_half(half, [row for row in everything if halves[row.family] == half], 1, {}, 200)
            for half in ("held-out", "taught")
        ),
    )
    families = {family.replace("_", " ") for family in halves}
    assert families | {"held-out", "taught", "base", "expert"} <= drawn(report.plot())
    states = report.halves[0].states
    assert states is not None and states.models["base"].model_dump() == {"first": 1.0, "stored": 1.0, "all": 0.0}
    assert "held-out: Of the expert&#x27;s answers 100.0 % pass on the first 8 initial states" in report._repr_html_()
    assert report.table()[1][-1].endswith(" pp") and report.table()[1][3].startswith("[")
    arms = report.arms("templates")
    assert [(one.arm, one.half) for one in arms] == [
        ("base", "held-out"),
        ("templates", "held-out"),
        ("base", "taught"),
        ("templates", "taught"),
    ]
    passed = [row.passes is True for row in everything if row.model == "expert" and halves[row.family] == "held-out"]
    assert arms[1].low is not None and 0 < arms[1].low < arms[1].passes == pytest.approx(sum(passed) / len(passed))

    with pytest.raises(OracleError, match=r"predictions\.jsonl is missing; call evaluate\.bench first"):
        bench_examples("demo", "rauru")
    path = stage_folder("demo", "rauru-assembler", "bench") / "predictions.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text(to_jsonl(everything))
    shown = bench_examples("demo", "rauru", of_each=2)
    assert [one.passes for one in shown] == [True, True, False, False]
    assert len({one.family for one in shown}) == 4 and all(halves[one.family] == "held-out" for one in shown)
    solved, failed = shown[0]._repr_markdown_(), shown[2]._repr_markdown_()
    assert solved.count("````text") == 2 and solved.count("````") == 4 and ": solved" in solved
    assert failed.count("````text") == 3 and "````text\ncase 0: no `A`\n````" in failed  # what was seen, as text
