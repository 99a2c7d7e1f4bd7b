"""`Report`: what the comparison showed and which gates hold, as JSON, a table and a plot. Measures nothing."""

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from oracle_lib.evaluate.metrics import MIN_GROUPS, Comparison
from oracle_lib.params import Gates
from oracle_lib.records import Frozen, Gate, Record

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class FamilyResult(Frozen):
    """How many of a family's `n` prompts each model solved: passed, or matched the reference where nothing can run.

    `known` tells whether the base read the family's instructions in its pretraining, and `plain_base` what it solves in
    the form of its own documents; both are None for a base that others made.
    """

    family: str
    known: bool | None = None
    n: int
    base: int
    plain_base: int | None = None
    expert: int


class Lineage(Frozen):
    """The sha256 of everything the figures rest on."""

    test_set: str
    training_set: str
    base: str
    adapter: str
    predictions: str
    code: str


class Report(Record):
    """The comparison of an expert with its base on the same held-out prompts.

    `n` prompts fall into `groups` problems. `metrics` hold both values and the difference expert - base with its 95 %
    interval from `draws` paired bootstrap resamples of groups. `plain_base` is the same with the base asked in the form
    of its own pretraining documents, where it has one. `benchmark` names the metric of the gate better_than_base, whose
    value is the end of the interval that is nearest to "no better".
    """

    noun = "report"
    remedy = "run 05_evaluate"

    expert: str
    run: str
    profile: str
    base: str
    adapter: str
    n: int
    groups: int
    draws: int
    metrics: dict[str, Comparison]
    plain_base: dict[str, Comparison] | None
    families: tuple[FamilyResult, ...]
    benchmark: str
    gates: tuple[Gate, ...]
    lineage: Lineage
    verdict: str

    def table(self) -> list[tuple[str, str, str, str, str]]:
        """The comparison as text: metric, base, expert, difference with its interval, outcome."""
        return [
            (title(name), show(name, one.base), show(name, one.expert), difference(name, one), one.outcome)
            for name, one in self.metrics.items()
        ]

    def plot(self) -> "Figure":
        """The differences expert - base with their intervals, a panel a metric; the shaded side is the better one."""
        from oracle_lib.evaluate.plot import plot_differences

        return plot_differences(self)

    def _repr_html_(self) -> str:
        heads = ("metric", "base", "expert", "difference [95 %]", "expert is")
        rows = [heads, *self.table()]
        cells = [
            "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"
            for row, tag in zip(rows, ("th", *["td"] * len(self.metrics)), strict=True)
        ]
        return f"<p>{html.escape(self.verdict)}</p><table>{''.join(cells)}</table>"


def is_share(metric: str) -> bool:
    """Whether a metric lies in [0, 1]."""
    return metric not in ("perplexity", "bits_per_byte")


def title(name: str) -> str:
    """A metric's, gate's or family's name in prose."""
    return "BLEU" if name == "bleu" else name.replace("_", " ")


def show(metric: str, value: float | None) -> str:
    """A metric's value as people read it: BLEU on its scale to 1, other shares in percent."""
    if value is None:
        return "not measured"
    return f"{100 * value:.1f} %" if _in_percent(metric) else f"{value:,.3f}".replace("-", "\N{MINUS SIGN}")


def difference(metric: str, one: Comparison) -> str:
    """The difference and, where there is one, its interval; of shares in percentage points."""
    if one.low is None or one.high is None:
        return gap(metric, one.diff)
    low, high = (gap(metric, end).removesuffix(" pp") for end in (one.low, one.high))
    return f"{gap(metric, one.diff)} [{low}, {high}]"


def gap(metric: str, value: float | None) -> str:
    """One difference, with its sign."""
    if value is None:
        return "not measured"
    shown = f"{100 * value:+.1f} pp" if _in_percent(metric) else f"{value:+,.3f}"
    return shown.replace("-", "\N{MINUS SIGN}")


def _in_percent(metric: str) -> bool:
    return is_share(metric) and metric != "bleu"


def judge_gates(gates: Gates, metrics: dict[str, Comparison]) -> tuple[Gate, ...]:
    """The plan's gates over what was measured; `passed` is None where it was not."""
    bounds = [("perplexity", gates.perplexity), ("exact_match", gates.exact_match), ("bleu", gates.bleu)]
    judged = []
    for name, threshold in bounds:
        if threshold is None:
            continue
        value, lower = metrics[name].expert, metrics[name].better == "lower"
        passed = None if value is None else value < threshold if lower else value > threshold
        judged.append(Gate(name=name, threshold=threshold, value=value, passed=passed))
    one = metrics[gates.better_than_base]
    nearest = one.low if one.better == "higher" else one.high
    judged.append(
        Gate(
            name="better_than_base",
            threshold=0.0,
            value=nearest,
            passed=None if nearest is None else one.outcome == "better",
        )
    )
    if gates.satisfaction is not None:
        judged.append(Gate(name="satisfaction", threshold=gates.satisfaction, value=None, passed=None))
    return tuple(judged)


def sentence(
    expert: str,
    n: int,
    groups: int,
    benchmark: str,
    metrics: dict[str, Comparison],
    plain_base: Comparison | None,
    gates: Sequence[Gate],
) -> str:
    """The verdict in one sentence: the benchmark against the base first (`plain_base`: asked in its own form), then
    the gates.
    """
    one = metrics[benchmark]
    what, asked = title(benchmark), f"{n} held-out prompts ({groups} problems)"
    values = f"{what} {show(benchmark, one.base)} → {show(benchmark, one.expert)}"
    if one.diff is None:
        opening = f"{expert} was asked {asked}, on which {what} cannot be measured"
    elif one.low is None:
        opening = (
            f"{expert} was asked {asked}, too few problems (under {MIN_GROUPS}) to compare it with its base: {values}"
        )
    else:
        claims = {
            "better": "beats its base",
            "worse": "is worse than its base",
            "undecided": "is not shown to beat its base",
        }
        opening = f"{expert} {claims[one.outcome]} on {asked}: {values}"
    if plain_base and plain_base.base is not None:
        opening += f" (its base in its own form: {show(benchmark, plain_base.base)})"
    parts = [f"{sum(gate.passed is True for gate in gates)} of {len(gates)} gates hold"]
    for passed, state in ((False, "failed"), (None, "not measured")):
        names = [title(gate.name) for gate in gates if gate.passed is passed]
        parts += [f"{state}: {', '.join(names)}"] if names else []
    return f"{opening}; {'; '.join(parts)}."
