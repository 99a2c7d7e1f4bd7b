"""What a small world to train in is made of: a corpus, chats, settings of seconds, and processes to be killed."""

import json
import multiprocessing
import os
import re
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple

import torch

from oracle_lib import models
from oracle_lib.chat import IGNORED, Row
from oracle_lib.params import Training
from oracle_lib.records import DatasetRow
from oracle_lib.train import Recipe, checkpoints, encode_rows
from oracle_lib.train.qlora import FineTuned, fine_tune

TRAINING = Training(epochs=4, batch_size=4, accumulation=1, learning_rate=2e-3, rank=4, alpha=8, checkpoint_steps=4)
RECIPE = Recipe(steps=10, hidden=64, layers=2, heads=2, feed_forward=128, warmup=2)


KEPT = "base: kept although oracle_lib/train/copying.py changed since (force redoes it)\n"


def builder_changed(outputs: Path, base: str) -> None:
    """Makes a base one that was built before the code of its builder changed."""
    path = outputs / "base" / f"{base.removeprefix('built:')}.stage" / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["code"]["oracle_lib/train/copying.py"] = "0" * 64
    path.write_text(json.dumps(manifest))


def corpus_line(index: int) -> dict[str, Any]:
    address = f"${0x700 + 7 * index:04X}"
    return {
        "family": "store_byte",
        "group": f"store_byte:{index}",
        "asked": True,
        "instructions": [f"Write a routine that stores {index} at {address}."],
        "code": f"StoreByte:\n    LDA #${index:02X}\n    STA.w {address}\n    RTS",
        "language": "asm",
    }


def chat_row(index: int) -> dict[str, Any]:
    line = corpus_line(index)
    return {
        "messages": [
            {"role": "system", "content": "You write 65816 routines."},
            {"role": "user", "content": line["instructions"][0]},
            {"role": "assistant", "content": f"```asm\n{line['code']}\n```\n\nIt ends with RTS."},
        ],
        "sample_id": f"{index:016x}",
        "group": line["group"],
        "domain": "asm",
        "task": "write",
        "family": line["family"],
        "contract": "",
    }


def write_jsonl(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def encoded_rows(base: str, count: int) -> list[Row]:
    rows = [DatasetRow.model_validate(chat_row(index)) for index in range(count)]
    return encode_rows(models.load_tokenizer(base), rows, 512)


def misleading_row(base: str) -> Row:
    """A known prompt with tokens for an answer that nobody teaches: the better a model learns, the worse it does."""
    (row,) = encoded_rows(base, 1)
    return Row(row.ids, [IGNORED] * 5 + [1500 + token for token in row.ids[5:]])


def train_small(
    base: str,
    folder: Path,
    training: Training = TRAINING,
    rows: int = 14,
    val_rows: Sequence[Row] | None = None,
    asked: Sequence[DatasetRow] = (),
) -> FineTuned:
    """Trains on so many rows into `folder`, from its latest checkpoint if it has one; validates on three others."""
    folder.mkdir(exist_ok=True)
    encoded = encoded_rows(base, rows + 3)
    return fine_tune(
        base,
        encoded[:rows],
        encoded[rows:] if val_rows is None else val_rows,
        training,
        seed=0,
        folder=folder,
        checkpoint_folder=folder / "checkpoints",
        trained_on={"dataset_sha256": "d"},
        resume_from=checkpoints.latest(folder / "checkpoints"),
        asked=asked,
    )


def lines(folder: Path) -> list[dict[str, float]]:
    """What a training wrote into its journal."""
    return [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]


def timeless(folder: Path) -> list[dict[str, float]]:
    """The journal without what depends on how fast the machine was, and what else it had done in the process."""
    clocks = {"tokens_per_second", "utilisation", "seconds_left", "peak_memory"}
    return [{key: value for key, value in line.items() if key not in clocks} for line in lines(folder)]


_forks = multiprocessing.get_context("forkserver")
# Imports take seconds: one process does them, and each life is a fork of it. No thread of torch runs in it yet.
if not torch.cuda.is_available():  # which cannot be used in a fork of a process that has seen it
    _forks.set_forkserver_preload(["bitsandbytes", "oracle_lib.train.backends", "oracle_lib.train.trainer"])


class Moment(NamedTuple):
    """Just before the `nth` of Python's audit events of that name on a file whose path matches."""

    event: str
    path: str
    nth: int = 1


def start_life(folder: Path, death: Moment | None = None, **world: Any) -> BaseProcess:
    """`train_small` in a process group of its own, which is killed outright at the moment of its `death`."""
    life = _forks.Process(target=_live, args=(os.environ["ORACLE_OUTPUTS"], folder, death, world), daemon=True)
    life.start()
    while life.is_alive() and os.getpgid(life.pid or 0) != life.pid:
        time.sleep(0.001)
    return life


def _live(outputs: str, folder: Path, death: Moment | None, world: dict[str, Any]) -> None:
    os.setsid()
    os.environ["ORACLE_OUTPUTS"] = outputs
    seen = 0

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen
        path = str(arguments[0]) if arguments else ""
        if death and path.startswith(str(folder)) and re.search(death.event, event) and re.search(death.path, path):
            seen += 1
            if seen == death.nth:
                os.killpg(0, signal.SIGKILL)

    sys.addaudithook(watch)
    train_small(folder=folder, **world)
