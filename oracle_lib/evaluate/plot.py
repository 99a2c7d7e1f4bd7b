"""The plots of differences, of families and of recipes, for notebooks and the page. Decides nothing."""

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

_BEFORE, _AFTER = "#8a8578", "#0072b2"
"""Two colours that nobody confuses (Okabe and Ito's blue, and a grey); their marks differ in shape as well."""

_STYLE: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": ["Helvetica Neue", "Arial", "DejaVu Sans"],
    "font.size": 9,
}


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
    with rc_context(_STYLE):
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


def plot_families(halves: Mapping[str, Mapping[str, Mapping[Any, float]]]) -> "Figure":
    """Shares by half, family and model ("base" and "expert"), a panel a half; what the expert solves best is on top."""
    from matplotlib import pyplot, rc_context

    with rc_context(_STYLE):
        rows = max(len(families) for families in halves.values())
        figure, axes = pyplot.subplots(
            1,
            len(halves),
            squeeze=False,
            figsize=(4.6 * len(halves), 0.17 * rows + 0.9),
            layout="constrained",
        )
        for axis, (half, families) in zip(axes[0], halves.items(), strict=True):
            names = sorted(families, key=lambda name: (-families[name]["expert"], name))
            for row, name in enumerate(names):
                before, after = families[name]["base"], families[name]["expert"]
                axis.plot([before, after], [row, row], color=COLOURS["rule"], linewidth=1.4, zorder=1)
                axis.plot([before], [row], marker="o", markersize=4.5, color=_BEFORE, markerfacecolor="white", zorder=2)
                axis.plot([after], [row], marker="D", markersize=4, color=_AFTER, zorder=3)
            axis.set_yticks(range(len(names)), [name.replace("_", " ") for name in names])
            axis.set(ylim=(rows - 0.5, -0.7))
            _share_axis(axis, half, labelsize=7)
        _legend(figure, (("base", "o", _BEFORE, "white"), ("expert", "D", _AFTER, _AFTER)))
        pyplot.close(figure)
    return figure


def plot_arms(
    panels: Mapping[str, Mapping[str, Mapping[Any, tuple[float, float | None, float | None]]]],
) -> "Figure":
    """Shares with their intervals by panel, recipe and half ("held-out" and "taught")."""
    from matplotlib import pyplot, rc_context

    marks = (("held-out", -0.19, "D", _AFTER, _AFTER), ("taught", 0.19, "o", _BEFORE, "white"))
    with rc_context(_STYLE):
        rows = [len(arms) for arms in panels.values()]
        figure, axes = pyplot.subplots(
            len(rows),
            squeeze=False,
            figsize=(7.6, 0.42 * sum(rows) + 0.75 * len(rows) + 0.3),
            height_ratios=rows,
            layout="constrained",
        )
        for axis, (title, arms) in zip(axes[:, 0], panels.items(), strict=True):
            for row, halves in enumerate(arms.values()):
                for half, offset, mark, colour, face in marks:
                    if half not in halves:
                        continue
                    share, low, high = halves[half]
                    place = row + offset
                    if low is not None and high is not None:
                        axis.plot([low, high], [place, place], color=colour, linewidth=2, solid_capstyle="round")
                    axis.plot([share], [place], marker=mark, markersize=6, color=colour, markerfacecolor=face, zorder=3)
                    _write(axis, f"{100 * share:.1f} %", 1.015, place, COLOURS["ink"])
            axis.set_yticks(range(len(arms)), list(arms))
            axis.set(ylim=(len(arms) - 0.5, -0.6))
            _share_axis(axis, title, labelsize=9)
        _legend(figure, [(half, mark, colour, face) for half, _, mark, colour, face in marks])
        pyplot.close(figure)
    return figure


def _share_axis(axis: Any, title: str, labelsize: float) -> None:
    """An axis of shares from nothing to all, in percent, under a title that begins where the axis does."""
    axis.set(xlim=(-0.03, 1.03))
    axis.set_title(title, loc="left", fontsize=9.5, color=COLOURS["ink"])
    axis.tick_params(length=0, colors=COLOURS["ink"], labelsize=labelsize)
    axis.tick_params(axis="x", labelsize=7.5, colors=COLOURS["undecided"])
    axis.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
    axis.grid(axis="x", color=COLOURS["rule"], linewidth=0.5, alpha=0.6)
    axis.set_axisbelow(True)
    for side in axis.spines.values():
        side.set_visible(False)


def _legend(figure: Any, marks: Sequence[tuple[str, str, str, str]]) -> None:
    """What each mark stands for: its name, shape, colour and filling."""
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], linestyle="", marker=mark, color=colour, markerfacecolor=face, label=name)
        for name, mark, colour, face in marks
    ]
    figure.legend(handles=handles, loc="outside upper left", ncols=len(handles), frameon=False, fontsize=8.5)


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
