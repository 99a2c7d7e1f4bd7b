"""04 as a stage: reads what the machine received, trains once, resumes what was interrupted, refuses what changed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from small_world import KEPT, RECIPE, TRAINING, builder_changed, chat_row, corpus_line, write_jsonl

from oracle_lib import OracleError, bases, models, params
from oracle_lib.files import sha256
from oracle_lib.records import Adapter, Receipt
from oracle_lib.run import Manifest, stage_folder
from oracle_lib.train import checkpoints, stage, train

RUN, EXPERT = "small", "rauru-assembler"


@pytest.fixture
def outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An outputs folder with a corpus and a received data set; a profile with a base and settings that take seconds."""
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path))
    demo = params.load_profile("demo").model_copy(update={"base": "built", "training": TRAINING})
    full = params.load_profile("full")
    monkeypatch.setattr(params, "load_profile", lambda name: {"demo": demo, "full": full}[name])
    monkeypatch.setattr(stage, "Recipe", lambda seed: RECIPE.model_copy(update={"seed": seed}))
    write_jsonl(tmp_path / "base" / "corpus.jsonl", [corpus_line(index) for index in range(40)])
    receive(tmp_path, rows=14)
    yield tmp_path


def receive(outputs: Path, rows: int) -> None:
    """Puts a data set where 03 puts it on this machine, with its receipt."""
    folder = outputs / "machines" / "local" / RUN / EXPERT / "data"
    write_jsonl(folder / "train.jsonl", [chat_row(index) for index in range(rows)])
    write_jsonl(folder / "val.jsonl", [chat_row(index) for index in range(rows, rows + 3)])
    receipt = Receipt(
        machine="local",
        source=f"runs/{RUN}/{EXPERT}/export/data",
        destination=f"machines/local/{RUN}/{EXPERT}/data",
        files={path.name: sha256(path) for path in folder.iterdir()},
        bytes=1,
        copied=(),
    )
    path = stage_folder(RUN, EXPERT, "transfer") / "receipt.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(receipt.model_dump_json())


def test_an_adapter_is_trained_once_with_its_lineage(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    adapter = train(RUN, "rauru", "demo", "local", epochs=2)
    folder = stage_folder(RUN, EXPERT, "train")
    assert adapter == Adapter.read(folder / "adapter.json")
    assert (adapter.rows, adapter.epochs, adapter.steps) == (14, 2, 8)
    assert adapter.base_sha256 == bases.base_digest(adapter.base)
    assert adapter.sha256 == sha256(adapter.folder)
    manifest = Manifest.read(folder / "manifest.json")
    assert manifest.intact() and manifest.metrics["rows"] == 14
    model = models.load_adapter(adapter)
    answers = models.generate(model, models.load_tokenizer(adapter.base), [chat_row(0)["messages"][:2]], 4)
    assert len(answers) == 1

    assert train(RUN, "hyrule-asm-v1", "demo", "local", epochs=2) == adapter
    assert "train: nothing changed since it last finished" in capsys.readouterr().out
    assert train(RUN, "rauru", "demo", "local", epochs=1).steps == 4, "a finished training may be followed by another"


def test_a_change_of_code_alone_costs_no_adapter(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    adapter = train(RUN, "rauru", "demo", "local", epochs=1)
    path = stage_folder(RUN, EXPERT, "train") / "manifest.json"
    manifest = json.loads(path.read_text())
    ours = dict(manifest["code"])
    manifest["code"]["oracle_lib/train/trainer.py"] = "0" * 64
    path.write_text(json.dumps(manifest))
    written = (adapter.folder / "adapter_model.safetensors").stat().st_mtime_ns

    assert train(RUN, "rauru", "demo", "local", epochs=1) == adapter
    assert "train: kept although oracle_lib/train/trainer.py changed since (force redoes" in capsys.readouterr().out
    assert (adapter.folder / "adapter_model.safetensors").stat().st_mtime_ns == written

    path.write_text("{}")  # as after an update that knows another manifest
    assert train(RUN, "rauru", "demo", "local", epochs=1) == adapter
    assert "resuming from checkpoint-4 of 4 steps" in capsys.readouterr().out

    assert train(RUN, "rauru", "demo", "local", epochs=1, force=True) == adapter
    assert "resuming" not in capsys.readouterr().out
    assert Manifest.read(path).code == ours


def test_a_change_of_the_code_that_built_the_base_costs_no_adapter(
    outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    adapter = train(RUN, "rauru", "demo", "local", epochs=1)
    builder_changed(outputs, adapter.base)
    files = [bases.base_folder(adapter.base) / "model.safetensors", adapter.folder / "adapter_model.safetensors"]
    written = [path.stat().st_mtime_ns for path in files]
    capsys.readouterr()
    assert train(RUN, "rauru", "demo", "local", epochs=1) == adapter
    assert capsys.readouterr().out.startswith(f"{KEPT}train: nothing changed")
    assert [path.stat().st_mtime_ns for path in files] == written

    assert train(RUN, "rauru", "demo", "local", epochs=1, force=True) == adapter
    assert all(path.stat().st_mtime_ns > before for path, before in zip(files, written, strict=True))


def test_checkpoints_behind_a_link_start_afresh_too(outputs: Path) -> None:
    train(RUN, "rauru", "demo", "local", epochs=2)
    folder = stage_folder(RUN, EXPERT, "train") / "checkpoints"
    folder.rename(outputs / "elsewhere")
    folder.symlink_to(outputs / "elsewhere")
    assert train(RUN, "rauru", "demo", "local", epochs=1).steps == 4
    assert [path.name for path in (outputs / "elsewhere").iterdir()] == ["checkpoint-4"] and folder.is_symlink()


def test_an_interrupted_training_refuses_other_data_or_settings_until_told_to_start_afresh(outputs: Path) -> None:
    finished = train(RUN, "rauru", "demo", "local")
    interrupt(at=12)
    with pytest.raises(
        OracleError, match=r"cannot resume from checkpoint-12: epochs changed from 4 to 5; .*resume=False"
    ):
        train(RUN, "rauru", "demo", "local", epochs=5)
    receive(outputs, rows=15)
    with pytest.raises(OracleError, match=r"dataset_sha256 changed from \w+… to"):
        train(RUN, "rauru", "demo", "local")
    receive(outputs, rows=14)
    assert train(RUN, "rauru", "demo", "local").sha256 == finished.sha256
    interrupt(at=12)
    assert train(RUN, "rauru", "demo", "local", epochs=1, resume=False).steps == 4


def interrupt(at: int) -> None:
    """Makes the finished training one that was killed after step `at`."""
    folder = stage_folder(RUN, EXPERT, "train")
    (folder / "manifest.json").unlink()
    newest = checkpoints.latest(folder / "checkpoints")
    assert newest is not None and newest.seal.step > at
    (newest.path / checkpoints.SEAL).unlink()


def test_a_data_set_that_is_not_what_was_sent_is_refused(outputs: Path) -> None:
    path = outputs / "machines" / "local" / RUN / EXPERT / "data" / "train.jsonl"
    path.write_text(path.read_text() + "\n")
    with pytest.raises(OracleError, match=r"data/train.jsonl is not what was sent to local; run 03_transfer again"):
        train(RUN, "rauru", "demo", "local")


def test_a_data_set_that_went_to_another_machine_is_refused(outputs: Path) -> None:
    with pytest.raises(OracleError, match="sent to local, not to medical-mechanica"):
        train(RUN, "rauru", "demo", "medical-mechanica")


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a GPU")
def test_a_14b_base_is_refused_on_a_cpu_in_one_sentence(outputs: Path) -> None:
    with pytest.raises(OracleError, match=r"needs a GPU with at least 11 GiB to be trained, .* or the profile demo"):
        train(RUN, "rauru", "full", "local")
