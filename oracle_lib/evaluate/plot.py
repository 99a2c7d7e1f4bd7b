"""The forest plot of the differences, for notebooks and the page. Decides nothing."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from oracle_lib.metrics import METRICS, Comparison

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS = {
    "better": "#2b7a4b",
    "worse": "#b23b2e",
    "undecided": "#76736c",
    "ink": "#33312d",
    "rule": "#c9c4b8",
    "shade": "#eef4ee",
}
"""By what they mean, so that a page can put its own in their place."""


def plot_differences(metrics: Mapping[str, Comparison], narrow: bool = False) -> "Figure":
    """Each metric's difference expert - base with its interval; the shaded side of zero is the better one.

    Shares and scores have one scale, each other metric its own. A metric that was not measured is left out. `narrow`
    is for a telephone: names and figures stand above their intervals, not beside them.
    """
    from matplotlib import pyplot, rc_context

    measured = [name for name, one in metrics.items() if one.diff is not None]
    numbers = [name for name in measured if METRICS[name].unit == "number"]
    shares = [name for name in measured if name not in numbers]
    panels = ([shares] if shares else []) + [[name] for name in numbers]
    style: Any = {
        "font.family": "sans-serif",
        "font.sans-serif": ["Helvetica Neue", "Arial", "DejaVu Sans"],
        "font.size": 9,
    }
    with rc_context(style):
        height = (0.55 if narrow else 0.4) * len(measured) + 0.55 * max(1, len(panels))
        figure, axes = pyplot.subplots(
            max(1, len(panels)),
            squeeze=False,
            figsize=(3.6 if narrow else 8.4, height),
            height_ratios=[len(panel) + 0.2 for panel in panels] or None,
            # By hand: the layout engines' last digits differ from run to run, and with them the page.
            gridspec_kw={
                "left": 0.02 if narrow else 0.12,
                "right": 0.98 if narrow else 0.73,  # three figures of seven digits stand beside it
                "top": 1 - 0.06 / height,
                "bottom": 0.25 / height,
                "hspace": 0.3,
            },
        )
        for axis, names in zip(axes[:, 0], panels, strict=False):
            _draw(axis, metrics, names, narrow)
        pyplot.close(figure)  # else a notebook shows it twice: as an open figure and as the cell's result
    return figure


def _draw(axis: Any, metrics: Mapping[str, Comparison], names: Sequence[str], narrow: bool) -> None:
    shown = [metrics[name] for name in names]
    ends = [0.0, *(value for one in shown for value in (one.diff, one.low, one.high) if value is not None)]
    margin = 0.1 * (max(ends) - min(ends)) or 1.0
    left, right = min(ends) - margin, max(ends) + margin
    axis.axvspan(*((0, right) if shown[0].better == "higher" else (left, 0)), color=COLOURS["shade"], zorder=0)
    above = 0.2 if narrow else 0.5  # a name or figure that stands above its interval is not crossed out
    rows = range(len(names))
    for row in rows:
        axis.plot([0, 0], [row - above, row + 0.5], color=COLOURS["ink"], linewidth=0.8, zorder=1)
    for row, name, one in zip(rows, names, shown, strict=True):
        colour, difference = COLOURS[one.outcome], METRICS[name].difference(one)
        if one.low is not None and one.high is not None:
            axis.plot([one.low, one.high], [row, row], color=colour, linewidth=2.4, solid_capstyle="round", zorder=2)
        axis.plot([one.diff], [row], marker="o", markersize=5.5, color=colour, zorder=3)
        if narrow:
            _write(axis, METRICS[name].title, 0.01, row - 0.42, COLOURS["ink"])
            _write(axis, difference, 0.99, row - 0.42, colour, ha="right")
        else:
            _write(axis, difference, 1.015, row, colour)
    axis.set(xlim=(left, right), ylim=(len(names) - 0.5, -0.7 if narrow else -0.5))
    axis.set_yticks([] if narrow else rows, [] if narrow else [METRICS[name].title for name in names])
    axis.tick_params(length=0, colors=COLOURS["ink"], labelsize=9)
    axis.tick_params(axis="x", labelsize=7.5, colors=COLOURS["undecided"])
    if METRICS[names[0]].unit != "number":
        axis.xaxis.set_major_formatter(lambda value, _: f"{100 * value:+.0f}" if value else "0")
    for side in axis.spines:
        axis.spines[side].set_visible(side == "bottom")
    axis.spines["bottom"].set_color(COLOURS["rule"])


def _write(axis: Any, text: str, x: float, row: float, colour: str, ha: str = "left") -> None:
    """`x` is a share of the panel's width."""
    axis.annotate(text, (x, row), xycoords=("axes fraction", "data"), va="center", ha=ha, color=colour)
