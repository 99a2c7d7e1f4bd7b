"""Where a version comes from is told by hash, from the sources to the release, and what does not fit is named."""

import shutil
from pathlib import Path

import pytest
from registered import make_run, redo, register

from oracle_lib import OracleError, registry
from oracle_lib.files import sha256
from oracle_lib.run import stage_folder

VANILLA = "1a" * 32


def test_a_version_tells_every_step_from_its_sources_to_the_release(tmp_path: Path) -> None:
    make_run("whole", {"vanilla": VANILLA, "hack": "2b" * 32})
    version = register(run="whole")
    found = registry.lineage(version)
    assert [(step.kind, step.made_from) for step in found.steps] == [
        ("source", ()),
        ("source", ()),
        ("base", ()),
        ("campaign", ("source",)),
        ("data set", ("campaign",)),
        ("receipt", ("data set",)),
        ("adapter", ("base", "receipt")),
        ("report", ("data set", "adapter")),
        ("release", ("adapter", "report")),
    ]
    assert found.gaps == ()
    told = {step.kind: step.sha256 for step in found.steps}
    run = stage_folder("whole", "rauru-assembler", "generate").parent
    assert told["campaign"] == sha256(run / "generate" / "accepted.jsonl")
    assert (told["data set"], told["adapter"]) == (version.adapter.dataset_sha256, version.adapter.sha256)
    assert told["release"] == sha256(version.folder / "version.json")


def test_the_lineage_outlives_the_run(tmp_path: Path) -> None:
    make_run("whole", {"vanilla": VANILLA})
    version = register(run="whole")
    before = registry.lineage(version)
    shutil.rmtree(tmp_path / "runs")
    assert registry.lineage(registry.load(version.name)) == before
    assert list(before.table().index) == [step.kind for step in before.steps]


@pytest.mark.parametrize(
    ("stage", "says"),
    [
        (
            "generate",
            "export read another {run}/generate/accepted.jsonl than generate finished with",
        ),
        ("export", "evaluate read another {run}/export/data/test.jsonl than export finished with"),
        ("transfer", "train read another {run}/transfer/receipt.json than transfer finished with"),
        ("train", "evaluate read another {run}/train/adapter.json than train finished with"),
    ],
)
def test_a_stage_that_was_redone_behind_the_others_is_a_gap(stage: str, says: str) -> None:
    make_run("odd", {})
    redo("odd", stage, "other")
    assert says.format(run="runs/odd/rauru-assembler") in registry.lineage(register(run="odd")).gaps


def test_a_data_set_that_was_redone_after_the_training_is_a_gap() -> None:
    make_run("odd", {})
    version = register(run="odd")
    changed = version.adapter.model_copy(update={"dataset_sha256": "e" * 64})
    again = registry.register(changed, version.folder / "report.json", version.gates, version.trained)
    assert registry.lineage(again).gaps == ("its data set is another than the one that export finished with",)


def test_what_was_made_without_manifests_says_so() -> None:
    found = registry.lineage(register())
    assert [step.kind for step in found.steps] == ["base", "data set", "adapter", "report", "release"]
    assert len(found.gaps) == 5 and "how its campaign was made: generate left no manifest" in found.gaps[0]


def test_versions_are_found_by_any_hash_that_they_come_from() -> None:
    make_run("one", {"vanilla": VANILLA})
    make_run("two", {"vanilla": VANILLA, "hack": "2b" * 32})
    one, two = register(run="one"), register(run="two")
    assert registry.made_from(VANILLA) == [one, two]
    assert registry.made_from("2b2b2b2b") == [two]
    assert registry.made_from(one.adapter.dataset_sha256.upper()) == [one]
    assert registry.made_from("f" * 64) == []
    for digest in ("", "2b", "not a digest"):
        with pytest.raises(OracleError, match="is no sha256; give at least the first 8"):
            registry.made_from(digest)


def test_a_manifest_that_was_edited_is_found() -> None:
    make_run("whole", {"vanilla": VANILLA})
    version = register(run="whole")
    path = version.folder / "lineage" / "generate.json"
    path.write_text(path.read_text().replace(VANILLA, "3c" * 32))
    with pytest.raises(OracleError, match=r"lineage/generate\.json is not what was registered as"):
        registry.lineage(version)


def test_a_teacher_is_a_step_and_one_that_is_not_here_is_a_gap() -> None:
    make_run("taught", {})
    teacher, version = register(b"teacher"), register(run="taught")
    report = version.folder / "report.json"
    for name, sha, gaps in (
        (teacher.name, teacher.adapter.sha256, ()),
        ("oracle-nobody", "", ("its teacher oracle-nobody is not in this registry",)),
    ):
        found = registry.lineage(
            registry.register(version.adapter, report, version.gates, version.trained, taught_by=name)
        )
        steps = {step.kind: step for step in found.steps}
        assert (steps["teacher"].name, steps["teacher"].sha256) == (name, sha)
        assert steps["campaign"].made_from == ("teacher",) and found.gaps == gaps
