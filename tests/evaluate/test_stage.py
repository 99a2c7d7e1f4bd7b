"""The whole stage on real models: a base of a few thousand random weights and an untrained adapter."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import factories
import pytest

from oracle_lib import OracleError, bases, models
from oracle_lib.evaluate import Report, bench, evaluate, read_predictions
from oracle_lib.files import relative, sha256
from oracle_lib.params import load_expert, load_profile
from oracle_lib.records import Adapter, DatasetRow, Message
from oracle_lib.run import Stage, stage_folder
from oracle_lib.tasks import families
from oracle_lib.train.base import Recipe, ensure_base

RUN, EXPERT = "trial", "rauru-assembler"


def rows(seed: int, count: int) -> list[DatasetRow]:
    family, rng = families()["add_words"], random.Random(seed)
    system = Message(role="system", content=load_expert(EXPERT).system_prompt)
    problems = [family.draw(rng) for _ in range(count)]
    return [
        DatasetRow(
            messages=(
                system,
                Message(role="user", content=problem.instructions[phrasing]),
                Message(role="assistant", content=problem.answer),
            ),
            sample_id=f"{problem.group[-12:]}{phrasing:04d}",
            group=problem.group,
            domain=problem.domain,
            task=problem.task,
            family=problem.family,
            contract=problem.contract.model_dump_json(),
        )
        for problem in problems
        for phrasing in range(2)
    ]


def write(path: Path, prompts: list[DatasetRow]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(prompt.model_dump_json() + "\n" for prompt in prompts), encoding="utf-8")


def dataset() -> Path:
    expert = load_expert(EXPERT)
    return stage_folder(RUN, EXPERT, "export") / expert.dataset_name(load_profile("demo"))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An outputs folder in which 02 and 04 have left a test set of 24 prompts and an adapter."""
    from peft import LoraConfig, get_peft_model

    folder = tmp_path_factory.mktemp("outputs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORACLE_OUTPUTS", str(folder))
        write(dataset() / "train.jsonl", rows(0, 12))
        write(dataset() / "test.jsonl", rows(1, 12))
        corpus = folder / "base" / "corpus.jsonl"
        corpus.parent.mkdir()
        corpus.write_text(
            json.dumps(
                {
                    "family": "return",
                    "group": "return:0",
                    "asked": True,
                    "instructions": ["Return."],
                    "code": "RTS",
                    "language": "asm",
                }
            )
            + "\n"
        )
        base = ensure_base(corpus, Recipe(hidden=64, layers=2, heads=2, feed_forward=64, steps=1, batch=1))
        trained = stage_folder(RUN, EXPERT, "train")
        tuned = get_peft_model(models.load_base(base), LoraConfig(r=2, target_modules=["q_proj", "v_proj"]))
        tuned.save_pretrained(str(trained / "adapter"))
        factories.adapter(
            run=RUN,
            base=base,
            base_sha256=bases.base_digest(base),
            path=relative(trained / "adapter"),
            sha256=sha256(trained / "adapter"),
            dataset_sha256=sha256(dataset()),
        ).write(trained / "adapter.json")
    return folder


@pytest.fixture(autouse=True)
def in_house(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(house))


@pytest.fixture(scope="module")
def report(house: Path) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORACLE_OUTPUTS", str(house))
        return evaluate(RUN, "rauru", "demo")


def test_the_report_covers_every_prompt_and_names_what_it_rests_on(report: Report) -> None:
    folder = stage_folder(RUN, EXPERT, "evaluate")
    assert (report.n, report.groups) == (24, 12)
    assert report.lineage.test_set == sha256(dataset() / "test.jsonl")
    assert report.lineage.predictions == sha256(folder / "predictions.jsonl")
    assert (folder / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["verdict"] == report.verdict
    assert {row.model for row in read_predictions(folder / "predictions.jsonl")} == {"base", "plain_base", "expert"}


def test_an_untrained_adapter_changes_nothing_and_holds_no_gate_over_its_base(report: Report) -> None:
    likelihood = report.metrics["perplexity"]
    assert likelihood.base == likelihood.expert
    assert likelihood.base is not None and likelihood.base > 100  # random weights over some 2,000 tokens
    assert report.plain_base is not None and report.plain_base["passes"].base == 0
    assert next(gate.passed for gate in report.gates if gate.name == "better_than_base") is False


def test_what_is_finished_is_not_done_again(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(RUN, "rauru", "demo") == report
    assert "nothing changed" in capsys.readouterr().out


def test_a_killed_evaluation_ends_with_the_same_predictions(report: Report) -> None:
    path = stage_folder(RUN, EXPERT, "evaluate") / "predictions.jsonl"
    whole = path.read_bytes()
    call = f"from oracle_lib.evaluate import evaluate; evaluate({RUN!r}, 'rauru', 'demo', force=True)"
    process = subprocess.Popen(
        [sys.executable, "-c", call], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    deadline = time.monotonic() + 120
    while path.exists() and path.read_bytes() == whole:
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)
    while not path.exists() or not 0 < path.read_bytes().count(b"\n") < 72:
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert path.read_bytes() != whole
    assert evaluate(RUN, "rauru", "demo").metrics == report.metrics
    assert path.read_bytes() == whole


def test_an_adapter_trained_on_another_export_is_refused(house: Path) -> None:
    train = dataset() / "train.jsonl"
    kept = train.read_bytes()
    write(train, rows(0, 11))
    try:
        with pytest.raises(OracleError, match=r"was trained on other data than .*run 03_transfer and 04_train again"):
            evaluate(RUN, "rauru", "demo")
    finally:
        train.write_bytes(kept)


def test_an_edited_export_is_refused_before_anything_else(house: Path) -> None:
    with Stage(RUN, EXPERT, "export", parameters={}, module="oracle_lib.files") as stage:
        stage.finish([dataset()], {})
    train = dataset() / "train.jsonl"
    kept = train.read_bytes()
    train.write_bytes(kept + kept.splitlines(keepends=True)[0])
    try:
        with pytest.raises(OracleError, match=r"changed since 02_export wrote it.*through 01, as a source"):
            evaluate(RUN, "rauru", "demo")
    finally:
        train.write_bytes(kept)
        stage.manifest_path.unlink()


def test_a_problem_on_both_sides_of_the_split_is_refused(house: Path) -> None:
    train, trained = dataset() / "train.jsonl", stage_folder(RUN, EXPERT, "train") / "adapter.json"
    kept, adapter = train.read_bytes(), Adapter.read(trained)
    write(train, rows(0, 12) + rows(1, 1))
    adapter.model_copy(update={"dataset_sha256": sha256(dataset())}).write(trained)
    try:
        with pytest.raises(OracleError, match="1 problems on both sides of the split, such as add_words:"):
            evaluate(RUN, "rauru", "demo")
    finally:
        train.write_bytes(kept)
        adapter.write(trained)


@pytest.mark.parametrize(
    ("run", "profile", "message"),
    [
        ("other", "demo", r"run 02_export for rauru-assembler with the profile demo first"),
        (RUN, "pilot", r"run 02_export for rauru-assembler with the profile pilot first"),
    ],
)
def test_without_a_test_set_it_says_which_notebook_comes_first(run: str, profile: str, message: str) -> None:
    with pytest.raises(OracleError, match=message):
        evaluate(run, "rauru", profile)


@pytest.mark.slow
def test_oraclebench_samples_several_answers_and_gives_the_same_report_twice(house: Path) -> None:
    found = bench(RUN, "rauru", "demo", answers=2, per_family=1)
    assert found.temperature == load_expert("rauru").temperature
    asked = len(families(("held_out",)))
    assert [(half.half, half.problems, half.families) for half in found.halves] == [
        ("held-out", asked, asked),
        ("taught", asked, asked),
    ]
    assert found.halves[0].pass_at == {model: {1: 0.0, 2: 0.0} for model in ("base", "plain_base", "expert")}
    rows = read_predictions(stage_folder(RUN, EXPERT, "bench") / "predictions.jsonl")
    assert len(rows) == 2 * asked * 2 * 3
    first, second = (row.answer for row in rows if row.model == "base" and row.family == rows[0].family)
    assert first != second
    assert "pass@2" in found._repr_html_()
    assert bench(RUN, "rauru", "demo", answers=2, per_family=1) == found
