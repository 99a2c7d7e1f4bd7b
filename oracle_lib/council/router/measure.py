"""What the router is worth on its hand-written test questions: confidences and choices, the figures made from them, a
confusion matrix and a reliability plot. Trains nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from oracle_lib.council.router.router import Router
from oracle_lib.records import Frozen, read_jsonl

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NOBODY = "nobody"
BINS = 10
Half = Literal["dev", "test"]


class Question(Frozen):
    """A test question, the experts whom it concerns (none: it is off-topic), of what kind it is, and its half."""

    question: str
    experts: tuple[str, ...]
    kind: str
    half: Half


@dataclass(frozen=True)
class Outcome:
    """What became of a question: every expert's confidence, and those that were asked, the surest first."""

    question: Question
    confidences: dict[str, float]
    asked: tuple[str, ...]


def read_questions(*halves: Half) -> list[Question]:
    """The questions of these halves, or all."""
    path = Path(__file__).parent / "test_questions.jsonl"
    rows = read_jsonl(Question, path, "restore it from the repository")
    return [row for row in rows if not halves or row.half in halves]


def outcomes(router: Router, questions: Iterable[Question]) -> list[Outcome]:
    """What the router makes of the questions."""
    return [
        Outcome(one, router.confidences(one.question), tuple(name for name, _ in router.route(one.question).experts))
        for one in questions
    ]


def f1_by_expert(found: Sequence[Outcome], experts: Sequence[str]) -> dict[str, float]:
    """Each expert's F1: the harmonic mean of how often it was rightly asked and how much of its own it got."""
    scores = {}
    for expert in experts:
        right = sum(expert in one.asked and expert in one.question.experts for one in found)
        total = sum((expert in one.asked) + (expert in one.question.experts) for one in found)
        scores[expert] = 2 * right / total if total else 0.0
    return scores


def macro_f1(found: Sequence[Outcome], experts: Sequence[str]) -> float:
    return float(np.mean(list(f1_by_expert(found, experts).values())))


def calibration_error(found: Sequence[Outcome]) -> float:
    """Expected calibration error of the surest expert's confidence, in ten bins of equal width (Guo et al. 2017)."""
    return sum(part.share * abs(part.confidence - part.right) for part in _reliability(found))


def abstained(found: Sequence[Outcome], off_topic: bool) -> tuple[int, int]:
    """Of the questions that are off-topic, or of the others: for how many nobody was asked, and how many there are."""
    chosen = [one for one in found if (not one.question.experts) == off_topic]
    return sum(not one.asked for one in chosen), len(chosen)


def confusion(found: Sequence[Outcome], experts: Sequence[str]) -> pd.DataFrame:
    """How often a question of each expert (row) went to it, or else to whom (column): the surest that was asked and
    should not have been, or nobody. A question for several counts once for each of them.
    """
    table = pd.DataFrame(0, index=[*experts, NOBODY], columns=[*experts, NOBODY])
    for one in found:
        wrong = next((name for name in one.asked if name not in one.question.experts), NOBODY)
        for expert in one.question.experts or (NOBODY,):
            table.loc[expert, expert if expert in one.asked else wrong] += 1
    return table


def confusion_plot(found: Sequence[Outcome], experts: Sequence[str]) -> "Figure":
    """The confusion matrix in colours, each row as shares of its sum, with the counts in it."""
    from matplotlib import pyplot

    table = confusion(found, experts)
    shares = table.div(table.sum(axis=1).clip(lower=1), axis=0).to_numpy()
    figure, axes = pyplot.subplots(figsize=(7.5, 6.5), layout="constrained")
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    places = range(len(table))
    axes.set_xticks(places, list(table.columns), rotation=60, ha="right")
    axes.set_yticks(places, list(table.index))
    axes.set(xlabel="who was asked", ylabel="whom the question concerns")
    for row in places:
        for column in places:
            if count := int(table.iat[row, column]):
                colour = "white" if shares[row, column] > 0.5 else "black"
                axes.text(column, row, str(count), ha="center", va="center", color=colour, fontsize=8)
    pyplot.close(figure)  # else a notebook shows it twice
    return figure


def reliability_plot(found: Sequence[Outcome]) -> "Figure":
    """How often the surest expert was right, by its confidence, with Wilson's intervals; on the diagonal a confidence
    is what it says.
    """
    from matplotlib import pyplot
    from scipy.stats import binomtest  # it takes a second to load

    parts = _reliability(found)
    intervals = [binomtest(part.hits, part.asked).proportion_ci(method="wilson") for part in parts]
    figure, axes = pyplot.subplots(figsize=(4.5, 4.9), layout="constrained")
    axes.plot([0, 1], [0, 1], color="grey", linestyle=":", label="perfectly calibrated")
    axes.scatter(
        [part.confidence for part in parts],
        [part.right for part in parts],
        s=[20 + 600 * part.share for part in parts],
        alpha=0.7,
        label="a tenth of confidence (area: its questions; line: 95 %)",
        clip_on=False,
    )
    axes.vlines([part.confidence for part in parts], *zip(*intervals, strict=True), alpha=0.5)
    axes.set(xlabel="confidence of the surest expert", ylabel="share that concerns it", xlim=(0, 1), ylim=(0, 1.02))
    axes.set_title(f"expected calibration error {calibration_error(found):.3f}")
    figure.legend(loc="outside lower center", fontsize=8, frameon=False)
    pyplot.close(figure)  # else a notebook shows it twice
    return figure


@dataclass(frozen=True)
class _Part:
    """The questions of one bin: how many, their share of all, their mean confidence, how many of them were right."""

    asked: int
    share: float
    confidence: float
    hits: int

    @property
    def right(self) -> float:
        return self.hits / self.asked


def _reliability(found: Sequence[Outcome]) -> list[_Part]:
    surest = [max(one.confidences.items(), key=lambda item: item[1]) for one in found]
    confidences: NDArray[np.float64] = np.array([confidence for _, confidence in surest])
    right = np.array([name in one.question.experts for (name, _), one in zip(surest, found, strict=True)])
    bins = np.minimum((confidences * BINS).astype(int), BINS - 1)
    return [
        _Part(
            asked=int(inside.sum()),
            share=float(inside.mean()),
            confidence=float(confidences[inside].mean()),
            hits=int(right[inside].sum()),
        )
        for place in range(BINS)
        for inside in [bins == place]
        if inside.any()
    ]
