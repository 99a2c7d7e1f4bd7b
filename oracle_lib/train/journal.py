"""The record of a training run, a line a step, and its curve. Decides nothing about the training."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from oracle_lib.files import atomic_write

METRICS = "metrics.jsonl"
"""The journal's name in the training's folder, and that of its copy in a checkpoint."""


@dataclass(frozen=True)
class Curve:
    """What `metrics.jsonl` says, as columns to plot. Losses are nats a trained token; `exp(val_losses)` is perplexity.

    `val_steps` and `val_losses` go together, so do `asked_steps` and `passes` (shares of the validation problems), and
    so do all the others; `utilisations` are shares of the machine's measured matrix rate.
    """

    steps: list[int]
    losses: list[float]
    learning_rates: list[float]
    tokens_per_second: list[float]
    utilisations: list[float]
    val_steps: list[int]
    val_losses: list[float]
    asked_steps: list[int]
    passes: list[float]

    @staticmethod
    def of(lines: Sequence[Mapping[str, float]]) -> "Curve":
        """From the lines of a journal."""
        steps = [line for line in lines if "loss" in line]
        val = [line for line in lines if "val_loss" in line]
        asked = [line for line in lines if "passes" in line]
        return Curve(
            steps=[int(line["step"]) for line in steps],
            losses=[line["loss"] for line in steps],
            learning_rates=[line["learning_rate"] for line in steps],
            tokens_per_second=[line["tokens_per_second"] for line in steps],
            utilisations=[line["utilisation"] for line in steps],
            val_steps=[int(line["step"]) for line in val],
            val_losses=[line["val_loss"] for line in val],
            asked_steps=[int(line["step"]) for line in asked],
            passes=[line["passes"] / line["problems"] for line in asked],
        )


class TrainingJournal:
    """Appends to `metrics.jsonl`. A line is `{step, epoch, loss, learning_rate, grad_norm, tokens, tokens_per_second,
    utilisation, seconds_left}`, on a GPU with its `peak_memory` in GiB, or `{step, epoch, val_loss, passes, problems}`
    where the model was validated: the loss where there are rows, and how many of the validation problems it solved
    where it was asked. `utilisation` is the share of the machine's measured matrix rate.
    """

    def __init__(self, path: Path, goes_on_from: Path | None, writes: bool = True) -> None:
        """Starts with the lines of a checkpoint's copy, so that a resumed run repeats none and nothing is missing.

        Of several processes with one journal, one `writes`.
        """
        self.path, self._writes = path, writes
        self.lines = _read(goes_on_from) if goes_on_from else []
        if writes:
            atomic_write(path, "".join(json.dumps(line) + "\n" for line in self.lines))

    def append(self, **line: float) -> None:
        self.lines.append(line)
        if not self._writes:
            return
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    @property
    def losses(self) -> list[float]:
        return [line["loss"] for line in self.lines if "loss" in line]

    def epoch_loss(self, steps: int) -> float:
        """The mean loss of the last `steps` steps."""
        return sum(self.losses[-steps:]) / len(self.losses[-steps:])

    @property
    def validations(self) -> list[dict[str, float]]:
        """The lines of the moments at which the model was validated."""
        return [line for line in self.lines if "val_loss" in line or "passes" in line]


def _read(path: Path) -> list[dict[str, float]]:
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            lines.append(json.loads(line))
        except json.JSONDecodeError:  # the last line of a run that was killed while writing it
            break
    return lines


def merit(line: Mapping[str, float]) -> tuple[float, float]:
    """How good a validated model is: the problems it solves count first, then its loss."""
    return line.get("passes", 0.0), -line.get("val_loss", 0.0)


NO_MERIT = (-math.inf, -math.inf)
"""Less than that of any model."""


def read_curve(metrics: Path) -> Curve:
    """The curve of a run, finished or not."""
    return Curve.of(_read(metrics))
