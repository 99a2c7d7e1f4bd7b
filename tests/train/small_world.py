"""What a small world to train in is made of: a corpus, chats, and settings that take seconds."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from oracle_lib import models
from oracle_lib.models import Row
from oracle_lib.params import Training
from oracle_lib.train import Recipe, encode_rows
from oracle_lib.train.data import ChatRow
from oracle_lib.train.qlora import fine_tune

TRAINING = Training(epochs=4, batch_size=4, accumulation=1, learning_rate=2e-3, rank=4, alpha=8, checkpoint_steps=4)
RECIPE = Recipe(steps=10, hidden=64, layers=2, heads=2, feed_forward=128, warmup=2)


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


def chat_row(index: int) -> dict[str, object]:
    line = corpus_line(index)
    return {
        "messages": [
            {"role": "system", "content": "You write 65816 routines."},
            {"role": "user", "content": line["instructions"][0]},
            {"role": "assistant", "content": f"```asm\n{line['code']}\n```\n\nIt ends with RTS."},
        ],
        "sample_id": f"{index:016x}",
        "group": line["group"],
    }


def write_jsonl(path: Path, rows: list[dict]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def encoded_rows(base: str, count: int) -> list[Row]:
    rows = [ChatRow.model_validate(chat_row(index)) for index in range(count)]
    return encode_rows(models.load_tokenizer(base), rows, 512)


if __name__ == "__main__":  # the process that the test of kill -9 kills
    reference, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir()
    changes = {"epochs": int(os.environ["EPOCHS"]), "checkpoint_steps": int(os.environ["CHECKPOINT_STEPS"])}
    encoded = encoded_rows(reference, 17)
    fine_tune(
        reference,
        encoded[:14],
        encoded[14:],
        TRAINING.model_copy(update=changes),
        seed=0,
        folder=folder,
        checkpoint_folder=folder / "checkpoints",
        trained_on={"dataset_sha256": "d"},
        resume_from=None,
    )
