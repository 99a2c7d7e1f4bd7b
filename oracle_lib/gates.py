"""The gates between a candidate and a champion: what each asks of an expert, how it is judged, and how that is said.
Measures nothing.

A gate is one field of `Gates`: its name, its usual bar, and the rule by which it is judged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator

from oracle_lib.metrics import METRICS, Comparison, MetricName, Quantity
from oracle_lib.records import Frozen

Comparisons = Mapping[str, Comparison]
"""What the expert and one form of its base were measured to do, by metric."""


def _known(name: str) -> str:
    if name not in Gates.model_fields:
        raise ValueError(f"no gate is called {name!r}; known are {', '.join(Gates.model_fields)}")
    return name


class Gate(Frozen):
    """A bar that the report held the expert to; `passed` is None where it was not measured.

    To show one takes the name of the `benchmark`, the metric in which the expert must be better than its base.
    """

    name: Annotated[str, AfterValidator(_known)]
    threshold: float | None = None
    value: float | None = None
    passed: bool | None = None

    @property
    def title(self) -> str:
        return _rule(self.name).title

    def shown(self, benchmark: str) -> str:
        """What was measured."""
        return _rule(self.name).show(self.value, benchmark)

    def demand(self, benchmark: str) -> str:
        """What must hold, after "it" or the gate's name."""
        return _rule(self.name).demand(self.threshold, benchmark)


@dataclass(frozen=True)
class Bound:
    """The expert's own value must lie beyond the bar."""

    of: Quantity

    @property
    def title(self) -> str:
        return self.of.title

    def judge(self, name: str, bar: float, metrics: Comparisons, plain_base: Comparisons) -> Gate:
        value = metrics[self.of.name].expert if self.of.name in metrics else None
        passed = None if value is None else value < bar if self.of.better == "lower" else value > bar
        return Gate(name=name, threshold=bar, value=value, passed=passed)

    def show(self, value: float | None, benchmark: str) -> str:
        return self.of.show(value)

    def demand(self, bar: float | None, benchmark: str) -> str:
        return f"must be {'below' if self.of.better == 'lower' else 'above'} {self.of.show(bar)}"


@dataclass(frozen=True)
class Lead:
    """The expert must be better in one metric than the stronger form of its base: the interval of the difference must
    exclude zero. The value is the end of the interval that is nearest to "no better".
    """

    title: str = "better than base"

    def judge(self, name: str, bar: str, metrics: Comparisons, plain_base: Comparisons) -> Gate:
        one = against_stronger(bar, metrics, plain_base)
        nearest = one.low if one.better == "higher" else one.high
        return Gate(
            name=name, threshold=0.0, value=nearest, passed=None if nearest is None else one.outcome == "better"
        )

    def show(self, value: float | None, benchmark: str) -> str:
        return METRICS[benchmark].gap(value)

    def demand(self, bar: float | None, benchmark: str) -> str:
        metric = METRICS[benchmark]
        side = "above" if metric.better == "higher" else "below"
        return f"in {metric.title}, the interval of its lead over the stronger form of the base must lie {side} 0"


class Gates(Frozen):
    """What an expert must reach on its held-out test set to become champion: the `gates` of its params, each with its
    usual bar; None is no gate.

    `better_than_base` names the metric in which the expert must beat the stronger form of its base. `satisfaction` is
    the share of blind ratings that prefer the expert.
    """

    perplexity: Annotated[float | None, Bound(METRICS["perplexity"])] = 3.5
    exact_match: Annotated[float | None, Bound(METRICS["exact_match"])] = 0.35
    bleu: Annotated[float | None, Bound(METRICS["bleu"])] = 0.25
    better_than_base: Annotated[MetricName, Lead()] = "passes"
    satisfaction: Annotated[float | None, Bound(Quantity("satisfaction", "satisfaction", "share", "higher"))] = 0.80

    def judge(self, metrics: Comparisons, plain_base: Comparisons) -> tuple[Gate, ...]:
        """Every gate over what was measured: against the base in chat, and in its own form where it has one."""
        return tuple(_rule(name).judge(name, bar, metrics, plain_base) for name, bar in self if bar is not None)


def with_satisfaction(gates: Sequence[Gate], share: float | None) -> tuple[Gate, ...]:
    """The gates with that of satisfaction judged by the share of blind ratings that prefer the expert, where one is
    measured: ratings come after the evaluation that judged the others.
    """
    return tuple(
        gate.model_copy(update={"value": share, "passed": share > gate.threshold})
        if gate.name == "satisfaction" and share is not None and gate.threshold is not None
        else gate
        for gate in gates
    )


def _rule(name: str) -> Bound | Lead:
    return next(rule for rule in Gates.model_fields[name].metadata if isinstance(rule, Bound | Lead))


def against_stronger(metric: str, metrics: Comparisons, plain_base: Comparisons) -> Comparison:
    """The comparison with the form of the base that does better in a metric: asked in chat, or in its own form."""
    chat, own = metrics[metric], plain_base.get(metric)
    if own is None or own.base is None or chat.base is None:
        return chat
    return own if (own.base > chat.base if chat.better == "higher" else own.base < chat.base) else chat


def lost_to_own_form(plain_base: Comparisons) -> str:
    """Every metric in which the base in its own form beats the expert, with both values; "" where there is none."""
    return ", ".join(
        f"{METRICS[name].title} ({METRICS[name].show(one.base)} against {METRICS[name].show(one.expert)})"
        for name, one in plain_base.items()
        if one.outcome == "worse"
    )


def may_be_champion(gates: Sequence[Gate]) -> bool:
    """Whether at least one gate was measured, none failed, and the lead over the base is not left unmeasured."""
    outcomes = {gate.passed for gate in gates}
    leads = {gate.passed for gate in gates if isinstance(_rule(gate.name), Lead)}
    return True in outcomes and False not in outcomes and None not in leads


def in_words(gates: Sequence[Gate], benchmark: str) -> str:
    """How many gates hold, which failed by what they measured, and which were not measured."""
    if not gates:
        return "it has no gates"
    failed = [
        f"{gate.title} {gate.shown(benchmark)} ({gate.demand(benchmark)})" for gate in gates if gate.passed is False
    ]
    unmeasured = [gate.title for gate in gates if gate.passed is None]
    parts = [
        f"{sum(gate.passed is True for gate in gates)} of {len(gates)} gates hold",
        f"failed: {', '.join(failed)}" if failed else "",
        f"not measured: {', '.join(unmeasured)}" if unmeasured else "",
    ]
    return "; ".join(filter(None, parts))
