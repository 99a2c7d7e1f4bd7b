"""`Report`: what the comparison showed and which gates hold, as JSON, a table and a plot. Measures nothing."""

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from oracle_lib.evaluate.plot import plot_differences
from oracle_lib.evaluate.states import StateCheck
from oracle_lib.evaluate.statistics import MIN_GROUPS
from oracle_lib.gates import Comparisons, Gate, against_stronger, in_words, lost_to_own_form
from oracle_lib.metrics import METRICS, Comparison, MetricName
from oracle_lib.records import Frozen, Record

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
    interval from `draws` paired Bayesian bootstrap draws over groups. `plain_base` is the same with the base asked in
    the form of its own pretraining documents, where it has one, in the metrics that this form allows. `benchmark` names
    the metric of the gate better_than_base: what is asked first, so its p-value is not corrected. `judged_by` is the
    model that judged prose, None where nobody did. `states` tell what further initial states took away; None where
    nothing was run.
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
    metrics: dict[MetricName, Comparison]
    plain_base: dict[MetricName, Comparison] | None
    families: tuple[FamilyResult, ...]
    benchmark: MetricName
    judged_by: str | None = None
    gates: tuple[Gate, ...]
    lineage: Lineage
    verdict: str
    states: StateCheck | None = None

    def table(self) -> list[tuple[str, str, str, str, str, str]]:
        """The comparison as text: metric, base, expert, difference with its interval, the smallest one that could be
        seen, outcome.
        """
        return [
            (
                metric.title,
                metric.show(one.base),
                metric.show(one.expert),
                metric.difference(one),
                "" if one.detectable is None else metric.size(one.detectable),
                one.outcome,
            )
            for one, metric in ((one, METRICS[name]) for name, one in self.metrics.items())
        ]

    def plot(self) -> "Figure":
        """The differences expert - base with their intervals, a panel a metric; the shaded side is the better one."""
        return plot_differences(self.metrics)

    def _repr_html_(self) -> str:
        heads = ("metric", "base", "expert", "difference [95 %]", "smallest visible", "expert is")
        rows = [heads, *self.table()]
        cells = [
            "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"
            for row, tag in zip(rows, ("th", *["td"] * len(self.metrics)), strict=True)
        ]
        states = f"<p>{html.escape(self.states.in_words())}</p>" if self.states else ""
        return f"<p>{html.escape(self.verdict)}</p><table>{''.join(cells)}</table>{states}"


def verdict_on(
    expert: str,
    n: int,
    groups: int,
    benchmark: str,
    metrics: Comparisons,
    plain_base: Comparisons,
    gates: Sequence[Gate],
    why_unmeasured: str = "",
) -> str:
    """The verdict: first where else the base in its own form beats the expert, then the benchmark against the stronger
    form of the base, or why it is not measured, then the gates.
    """
    metric, one = METRICS[benchmark], against_stronger(benchmark, metrics, plain_base)
    asked = f"{n} held-out prompts ({groups} problems)"
    forms = {"in chat form": metrics[benchmark]}
    if benchmark in plain_base:
        forms["in its own form"] = plain_base[benchmark]
    stronger = next(form for form, found in forms.items() if found is one)
    base = f"its base {stronger}" if len(forms) > 1 else "its base"
    values = f"{metric.title} {metric.show(one.base)} → {metric.show(one.expert)}"
    aside = [f"base {form}: {metric.show(it.base)}" for form, it in forms.items() if form != stronger]
    if one.diff is None:
        opening = f"{expert} was asked {asked}, on which {metric.title} cannot be measured"
        opening += f" ({why_unmeasured})" if why_unmeasured else ""
    elif one.low is None:
        opening = (
            f"{expert} was asked {asked}, too few problems (under {MIN_GROUPS}) to compare it with its base: {values}"
        )
        opening += f" ({'; '.join(aside)})" if aside else ""
    else:
        claims = {"better": "beats", "worse": "is worse than", "undecided": "is not shown to beat"}
        opening = f"{expert} {claims[one.outcome]} {base} on {asked}: {values}"
        if one.detectable is not None:
            aside.append(f"the smallest difference that this test could see: {metric.size(one.detectable)}")
        opening += f" ({'; '.join(aside)})" if aside else ""
    told = {benchmark} if stronger == "in its own form" else set[str]()
    if lost := lost_to_own_form({name: it for name, it in plain_base.items() if name not in told}):
        opening = f"The base in its own form beats {expert} in {lost}. {opening}"
    return f"{opening}; {in_words(gates, benchmark)}."
