"""Draws how sure the router is of each expert, for questions of one's own. Decides nothing."""

from collections.abc import Sequence
from textwrap import shorten
from typing import TYPE_CHECKING

from oracle_lib.council.router import Router

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LONGEST = 68


def routing_plot(router: Router, questions: Sequence[str]) -> "Figure":
    """A row a question, a column an expert: its confidence, framed where it reaches the threshold and the expert is
    asked.
    """
    from matplotlib import pyplot
    from matplotlib.patches import Rectangle

    names = [expert.name for expert in router.experts]
    found = [router.confidences(question) for question in questions]
    figure, axes = pyplot.subplots(figsize=(10.5, 1.6 + 0.4 * len(questions)), layout="constrained")
    axes.imshow([[one[name] for name in names] for one in found], vmin=0, vmax=1, cmap="Blues", aspect="auto")
    for row, (question, confidences) in enumerate(zip(questions, found, strict=True)):
        asked = {name for name, _ in router.route(question).experts}
        for column, name in enumerate(names):
            dark = confidences[name] > 0.6
            axes.text(
                column,
                row,
                f"{confidences[name]:.2f}",
                ha="center",
                va="center",
                fontsize=8,
                color="white" if dark else "black",
            )
            if name in asked:
                axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, edgecolor="black", linewidth=2))
    axes.set_xticks(range(len(names)), names, rotation=45, ha="right")
    axes.set_yticks(range(len(questions)), [shorten(question, _LONGEST, placeholder=" …") for question in questions])
    pyplot.close(figure)  # else a notebook shows it twice: as an open figure and as the cell's result
    return figure
