"""A folder in Hugging Face form as base: trained on, measured, released and asked, and never taken for another."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from factories import tiny_qwen2

from oracle_lib import OracleError, bases, deploy, models, notebooks, registry
from oracle_lib.council import Council
from oracle_lib.evaluate import evaluate
from oracle_lib.files import sha256
from oracle_lib.params import load_expert, load_profile
from oracle_lib.records import DatasetRow, Message, Receipt
from oracle_lib.run import stage_folder
from oracle_lib.tasks import families
from oracle_lib.train import train

RUN, EXPERT = "trial", "rauru-assembler"


def save_base(folder: Path, seed: int) -> Path:
    """A tiny Qwen2 of random weights with the tokenizer of the embedded base, as others publish models."""
    tokenizer = models.load_tokenizer("embedded")
    torch.manual_seed(seed)
    tiny_qwen2(len(tokenizer)).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def rows(seed: int, count: int) -> list[DatasetRow]:
    family, rng = families()["add_words"], random.Random(seed)
    problems = [family.draw(rng) for _ in range(count)]
    return [
        DatasetRow(
            messages=(
                Message(role="system", content=load_expert(EXPERT).system_prompt),
                Message(role="user", content=problem.instructions[0]),
                Message(role="assistant", content=problem.answer),
            ),
            sample_id=problem.group[-16:],
            group=problem.group,
            domain=problem.domain,
            task=problem.task,
            family=problem.family,
            contract=problem.contract.model_dump_json(),
        )
        for problem in problems
    ]


@pytest.fixture
def outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """What 02 and 03 leave behind: a data set of a few problems, and the same as the machine received it."""
    folder = tmp_path / "outputs"
    monkeypatch.setenv("ORACLE_OUTPUTS", str(folder))
    name = load_expert(EXPERT).dataset_name(load_profile("demo"))
    destination = f"machines/local/{RUN}/{EXPERT}/{name}"
    for data in (stage_folder(RUN, EXPERT, "export") / name, folder / destination):
        data.mkdir(parents=True)
        for seed, (part, count) in enumerate({"train": 4, "val": 1, "test": 2}.items()):
            lines = "".join(row.model_dump_json() + "\n" for row in rows(seed, count))
            (data / f"{part}.jsonl").write_text(lines, encoding="utf-8")
    receipt = Receipt(
        machine="local",
        source=f"runs/{RUN}/{EXPERT}/export/{name}",
        destination=destination,
        files={path.name: sha256(path) for path in (folder / destination).iterdir()},
        bytes=1,
        copied=(),
    )
    receipt.write(stage_folder(RUN, EXPERT, "transfer") / "receipt.json")
    yield folder


def test_a_folder_is_a_base_from_training_to_the_council(
    outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = save_base(tmp_path / "My Tiny-Instruct", seed=0)
    weights = sha256(folder / "model.safetensors")
    base = f"folder:My-Tiny-Instruct@{weights[:12]}"

    adapter = train(RUN, "rauru", "demo", "local", epochs=1, base=str(folder))
    assert (adapter.base, adapter.base_sha256, adapter.rows) == (base, weights, 4)
    if not torch.cuda.is_available():
        told = rf"{base} runs without a GPU here: training on 4 rows takes about \d+ s, as predicted"
        assert re.match(told, capsys.readouterr().out)
    report = evaluate(RUN, "rauru", "demo")
    assert (report.base, report.plain_base, report.n) == (base, None, 2)
    version = deploy.release(RUN, "rauru", "demo").version
    assert version.adapter.base == base
    assert re.fullmatch(r"oracle-rauru-assembler-my-tiny-\d{8}", version.name)
    card = (version.folder / "README.md").read_text()
    assert f"`{weights}`" in card and 'base = "My-Tiny-Instruct"' in card and "base_model" not in card
    capsys.readouterr()
    council = Council(max_new_tokens=2)
    for _ in range(2):
        answer = council.answer("Write a routine that checks if Link has the Master Sword")
        assert answer.used_adapter == {EXPERT: version.name}
    shown = capsys.readouterr()
    assert not shown.out and shown.err.count("an answer of 256 tokens takes about") == (not torch.cuda.is_available())

    written = [path for path in outputs.rglob("*") if path.is_file() and not path.is_symlink()]
    kept = [path for path in written if "checkpoints" not in path.parts]
    assert not [path.name for path in kept if str(folder).encode() in path.read_bytes()], "no record holds its path"

    folder.rename(tmp_path / "moved")
    with pytest.raises(OracleError, match=rf"the folder of the base {base} is not known here; name it again"):
        evaluate(RUN, "rauru", "demo", force=True)
    assert deploy.release(RUN, "rauru", "demo", force=True, base=str(tmp_path / "moved")).version == version

    save_base(tmp_path / "moved", seed=1)
    with pytest.raises(OracleError, match=rf"are no longer those of {base}, .* name a folder that has the old ones"):
        evaluate(RUN, "rauru", "demo", force=True)
    with pytest.raises(OracleError, match=rf"stands on {base}, not on folder:moved@"):
        evaluate(RUN, "rauru", "demo", base=str(tmp_path / "moved"))
    answer = Council(max_new_tokens=2).answer("Write a routine that checks if Link has the Master Sword")
    assert f"are no longer those of {base}" in answer.failed[EXPERT]
    assert registry.in_use(EXPERT) == version


def test_a_notebook_is_given_what_a_folder_is_known_by(outputs: Path, tmp_path: Path) -> None:
    folder = save_base(tmp_path / "tiny", seed=0)
    four = notebooks.find_notebook("04_train")
    chosen = notebooks.choose_parameters([four], {"base": str(folder)}, {})
    assert chosen == {four: {"base": bases.reference(str(folder))}} and str(tmp_path) not in str(chosen[four])
    for base in ("", "embedded", "1.5B", "somebody/Some-Model"):
        assert notebooks.choose_parameters([four], {"base": base}, {}) == {four: {"base": base}}
