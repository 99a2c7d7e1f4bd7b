"""Runs a training in this process, in one of its own, or in one for each of several GPUs through `accelerate launch`.

What differs between the processes is theirs to sort out (`oracle_lib.train.trainer`); here they only start and end.
`python -m oracle_lib.train job.json` is what each of them runs.
"""

import gc
import subprocess
import sys
from pathlib import Path

from pydantic import JsonValue

from oracle_lib import OracleError
from oracle_lib.chat import Row
from oracle_lib.files import atomic_write
from oracle_lib.models import load_tokenizer
from oracle_lib.params import Training
from oracle_lib.records import DatasetRow, Frozen
from oracle_lib.train import checkpoints
from oracle_lib.train.data import encode_rows, read_rows
from oracle_lib.train.qlora import FineTuned, fine_tune, stopping_gently

RESULT = "fine_tuned.json"
"""What the processes of a training leave beside it for the one that started them."""


class Job(Frozen):
    """A training and where its files are: `data` holds `train.jsonl` and `val.jsonl`. `asked` are the problems of
    families that are never taught, by which its adapter is chosen.
    """

    base: str
    data: Path
    training: Training
    seed: int
    folder: Path
    checkpoint_folder: Path
    trained_on: dict[str, JsonValue]
    resumes: bool
    memory_cap: float | None
    asked: tuple[DatasetRow, ...] = ()

    def rows(self, part: str) -> list[Row]:
        """The rows of `train` or `val`."""
        path = self.data / f"{part}.jsonl"
        return encode_rows(load_tokenizer(self.base), read_rows(path), self.training.max_length, path)

    def run(self) -> FineTuned:
        """Trains here, from the latest checkpoint if the job resumes, and leaves nothing on the GPU."""
        import torch

        done = fine_tune(
            self.base,
            self.rows("train"),
            self.rows("val"),
            self.training,
            self.seed,
            folder=self.folder,
            checkpoint_folder=self.checkpoint_folder,
            trained_on=self.trained_on,
            resume_from=checkpoints.latest(self.checkpoint_folder) if self.resumes else None,
            memory_cap=self.memory_cap,
            asked=self.asked,
        )
        gc.collect()  # trainer and callbacks hold each other, and the model with them
        torch.cuda.empty_cache()
        return done

    def run_on(self, gpus: int) -> FineTuned:
        """Trains on so many GPUs. Raises `OracleError` where the processes do not end well; each has said why.

        Unsloth changes transformers for the whole process that imports it, so it gets one of its own.
        """
        if gpus < 2 and self.training.backend != "unsloth":
            return self.run()
        path, result = self.folder / "job.json", self.folder / RESULT
        result.unlink(missing_ok=True)
        atomic_write(path, self.model_dump_json(indent=2) + "\n")
        accelerate = ["accelerate.commands.launch", "--multi_gpu", "--num_machines", "1", "--num_processes", str(gpus)]
        accelerate += ["--mixed_precision", "no", "--dynamo_backend", "no", "--module"]
        command = [sys.executable, "-m", *(accelerate if gpus > 1 else []), "oracle_lib.train", str(path)]
        with stopping_gently() as stop_asked:
            launched = subprocess.Popen(command)
            while launched.poll() is None:
                if stop_asked.wait(1.0):  # its processes save what they have and end
                    launched.terminate()
                    launched.wait()
        if stop_asked.is_set():
            raise OracleError("stopped, and kept a checkpoint of the last whole step; run the same again to go on")
        if launched.returncode or not result.exists():
            raise OracleError(
                f"training in a process of its own ended with status {launched.returncode}; the reason stands above"
            )
        return FineTuned.model_validate_json(result.read_bytes())
