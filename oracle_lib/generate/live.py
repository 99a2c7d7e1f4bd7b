"""What a campaign shows while it runs: a bar with its rate, cost and reasons, and curves under a notebook's cell."""

import time
from collections import Counter
from typing import Any, NoReturn, Self

from oracle_lib.generate.journal import CampaignJournal
from oracle_lib.progress import LiveFigure, tqdm

_COLOURS = ("#4c78a8", "#72b7b2", "#e0a030", "#8c6bb1")
_REJECTED = "#b23b2e"
_MOST_MOMENTS = 2000


class CampaignProgress:
    """Counts what is decided, in a bar of `total` samples. Nothing is decided here."""

    def __init__(self, title: str, total: int, journal: CampaignJournal, max_dollars: float) -> None:
        self._bar: tqdm[NoReturn] = tqdm(total=total, desc=title, unit="sample")
        self._live = LiveFigure()
        self._journal, self._max_dollars = journal, max_dollars
        self._accepted, self._rejected = Counter[str](), Counter[str]()
        self._set_aside = 0
        self._began = time.monotonic()
        self._moments: list[tuple[float, dict[str, int], int, float]] = [(0.0, {}, 0, journal.dollars)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._tell()
        if self._live.is_shown:
            self._draw()
        self._bar.close()

    def accept(self, teacher: str, count: int = 1) -> None:
        self._accepted[teacher] += count
        self._bar.update(count)
        self._tell()

    def reject(self, reason: str) -> None:
        self._rejected[reason] += 1
        self._tell()

    def set_aside(self) -> None:
        self._set_aside += 1
        self._tell()

    def say(self, sentence: str) -> None:
        """Says it above the bar."""
        self._bar.write(sentence)

    def _tell(self) -> None:
        told = []
        if rejected := self._rejected.total():
            reason, count = self._rejected.most_common(1)[0]
            told.append(f"{rejected} rejected ({count}: {reason})")
        if self._set_aside:
            told.append(f"{self._set_aside} set aside")
        if self._journal.dollars or self._max_dollars:
            cap = f" of ${self._max_dollars:.2f}" if self._max_dollars else ""
            told.append(f"${self._journal.dollars:.2f}{cap}")
        self._bar.set_postfix_str(", ".join(told), refresh=False)
        if self._live.is_due:
            self._draw()

    def _draw(self) -> None:
        from matplotlib.figure import Figure

        minutes = (time.monotonic() - self._began) / 60
        self._moments.append((minutes, dict(self._accepted), self._rejected.total(), self._journal.dollars))
        if len(self._moments) > _MOST_MOMENTS:
            del self._moments[1::2]
        times = [moment[0] for moment in self._moments]
        costs = bool(self._journal.dollars or self._max_dollars)
        figure = Figure(figsize=(9 if costs else 4.5, 2.8), layout="constrained")
        left, *right = figure.subplots(1, 1 + costs, squeeze=False)[0]
        for name, colour in zip(sorted(self._accepted), _COLOURS * len(self._accepted), strict=False):
            left.plot(times, [accepted.get(name, 0) for _, accepted, _, _ in self._moments], color=colour, label=name)
        left.plot(times, [rejected for _, _, rejected, _ in self._moments], color=_REJECTED, label="rejected")
        left.set(title="Accepted, by teacher, and rejected", xlabel="minutes", ylabel="samples", ylim=(0, None))
        left.legend()
        for axes in right:
            self._plot_cost(axes, times)
        self._live.show(figure)

    def _plot_cost(self, axes: Any, times: list[float]) -> None:
        axes.plot(times, [dollars for *_, dollars in self._moments], color=_COLOURS[0])
        if self._max_dollars:
            axes.axhline(self._max_dollars, color=_REJECTED, linestyle="--")
        axes.set(title="Cost, and its cap", xlabel="minutes", ylabel="dollars", ylim=(0, None))
