"""`report.html`: one self-contained page for people. Escapes everything that a model wrote; runs no script."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from oracle_lib.evaluate.plot import COLOURS, plot_differences
from oracle_lib.evaluate.predictions import Prediction
from oracle_lib.evaluate.report import Report
from oracle_lib.evaluate.statistics import MIN_GROUPS
from oracle_lib.markdown import parts
from oracle_lib.metrics import METRICS, Comparison
from oracle_lib.params import Expert
from oracle_lib.records import DatasetRow

EXAMPLES = 2
"""Examples shown of each outcome."""

_KNOWLEDGE = {
    True: "Families whose instructions the base has read",
    False: "Families of which the base has read the code, but not what it is asked for with",
    None: "",
}
_OUTCOMES = {
    (True, False): "Lost: the base solved it, the expert did not",
    (False, False): "Unsolved by both",
    (False, True): "Won: the expert solved it, the base did not",
    (True, True): "Solved by both",
}


@dataclass(frozen=True)
class Example:
    prompt: DatasetRow
    base: Prediction
    expert: Prediction


@dataclass(frozen=True)
class Outcome:
    """One of the four outcomes of a prompt: how many prompts ended so, and the first examples of it."""

    title: str
    count: int
    examples: tuple[Example, ...]


def solved(prediction: Prediction) -> bool:
    """Whether the answer passes its contract; where there is none, rests on its source; else matches the reference."""
    known = (prediction.passes, prediction.supported, prediction.exact_match)
    return next(held for held in known if held is not None)


def render_page(
    report: Report, expert: Expert, prompts: Sequence[DatasetRow], predictions: Sequence[Prediction]
) -> str:
    """The whole page; `predictions` are every model's, in the order of the prompts."""
    base, answers = ([row for row in predictions if row.model == name] for name in ("base", "expert"))
    environment = Environment(
        loader=PackageLoader("oracle_lib.evaluate", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["words"] = lambda name: name.replace("_", " ")
    return environment.get_template("report.html.jinja").render(
        report=report,
        expert=expert,
        metrics=METRICS,
        wide=_svg(report.metrics),
        narrow=_svg(report.metrics, narrow=True),
        by_knowledge=[
            (heading, families)
            for known, heading in _KNOWLEDGE.items()
            if (families := [family for family in report.families if family.known is known])
        ],
        outcomes=_outcomes([Example(*row) for row in zip(prompts, base, answers, strict=True)]),
        min_groups=MIN_GROUPS,
        parts=parts,
        tokens=sum(prediction.tokens for prediction in answers),
    )


def _outcomes(examples: Sequence[Example]) -> list[Outcome]:
    found = []
    for outcome, heading in _OUTCOMES.items():
        such = [example for example in examples if (solved(example.base), solved(example.expert)) == outcome]
        first_of_family = {example.prompt.family: example for example in reversed(such)}
        shown = [example for example in such if first_of_family[example.prompt.family] is example][:EXAMPLES]
        found.append(Outcome(heading, len(such), tuple(shown)))
    return found


def _svg(metrics: Mapping[str, Comparison], narrow: bool = False) -> str:
    """The plot in the page's own colours, which are others in the dark."""
    from matplotlib import rc_context

    buffer = io.StringIO()
    # The salt makes the ids the same in every run, and others in each of the page's two plots.
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": f"oracle {narrow}"}):
        plot_differences(metrics, narrow).savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    drawn = buffer.getvalue()
    for name, colour in COLOURS.items():
        drawn = drawn.replace(colour, f"var(--{name})")
    return drawn[drawn.index("<svg") :]
