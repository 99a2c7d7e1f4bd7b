"""The curves of a training as figures, and redrawn under a notebook's cell while it runs. Measures nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from oracle_lib.progress import LiveFigure
from oracle_lib.train.journal import Curve

_MEAN = 20
_EACH, _SMOOTH, _VAL, _PASSES = "#c9d6e5", "#4c78a8", "#b23b2e", "#3f7f4f"


def plot_loss(axes: Any, curve: Curve) -> None:
    """The loss of each step, its mean over 20, and as dots that of the validation rows; on the right the validation
    problems that were solved, if any were asked.
    """
    _plot_with_mean(axes, curve.steps, curve.losses)
    axes.plot(curve.val_steps, curve.val_losses, "o", color=_VAL)
    axes.set(title="Loss", xlabel="step", ylabel="nats a token", ylim=(0, None))
    if curve.asked_steps:
        right = axes.twinx()
        right.plot(curve.asked_steps, [100 * share for share in curve.passes], "s-", color=_PASSES)
        right.set(ylabel="% of validation problems solved", ylim=(0, 100))


def plot_speed(axes: Any, curve: Curve) -> None:
    """Tokens a second of each step and their mean over 20; on the right the same as utilisation."""
    _plot_with_mean(axes, curve.steps, curve.tokens_per_second)
    axes.set(title="Speed", xlabel="step", ylabel="tokens a second", ylim=(0, None))
    share = sum(curve.utilisations) / sum(curve.tokens_per_second)
    right = axes.secondary_yaxis("right", functions=(lambda rate: rate * share * 100, lambda used: used / share / 100))
    right.set_ylabel("% of the matrix rate")


def _plot_with_mean(axes: Any, steps: Sequence[int], values: Sequence[float]) -> None:
    sums = np.cumsum([0.0, *values])
    ends = np.arange(1, len(sums))
    starts = np.maximum(0, ends - _MEAN)
    axes.plot(steps, values, color=_EACH, linewidth=1)
    axes.plot(steps, (sums[ends] - sums[starts]) / (ends - starts), color=_SMOOTH)


class LiveCurves:
    """Loss and speed so far, with the predicted finish: one picture, redrawn in place. Outside a notebook, nothing."""

    def __init__(self, pause: float = 10.0) -> None:
        """Takes its place under the cell: what is shown from now on stands below it."""
        self._live = LiveFigure(pause)

    def update(self, lines: Sequence[Mapping[str, float]]) -> None:
        """Draws a journal's lines unless it has just drawn; the last line is a step's."""
        if self._live.is_due:
            left = timedelta(seconds=round(lines[-1]["seconds_left"]))
            ends = (datetime.now() + left).strftime("%a %H:%M")
            self._draw(lines, f"step {lines[-1]['step']}: {left} left, done on {ends}")

    def finish(self, lines: Sequence[Mapping[str, float]]) -> None:
        """Draws what there is a last time."""
        if self._live.is_shown:
            self._draw(lines, f"ended at step {lines[-1]['step']}")

    def _draw(self, lines: Sequence[Mapping[str, float]], title: str) -> None:
        from matplotlib.figure import Figure

        figure = Figure(figsize=(9, 2.8), layout="constrained")
        left, right = figure.subplots(1, 2)
        curve = Curve.of(lines)
        plot_loss(left, curve)
        plot_speed(right, curve)
        figure.suptitle(title)
        self._live.show(figure)
