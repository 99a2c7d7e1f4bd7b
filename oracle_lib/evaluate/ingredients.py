"""What each ingredient of a recipe gave: OracleBench results of several recipes side by side. Measures nothing.

Lines come from `python -m benchmarks.learn` (`benchmarks/results/*.jsonl`) or from the reports of `evaluate.bench`.
"""

import html
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from oracle_lib.evaluate.plot import plot_arms
from oracle_lib.metrics import METRICS
from oracle_lib.records import Frozen, read_jsonl

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Half = Literal["held-out", "taught"]


class ArmResult(Frozen):
    """The share of one half of OracleBench that one recipe (an arm of the comparison) solves, with its 95 % interval.

    `n` problems are of so many `families`. Whatever else a line says is passed over.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    bench: Literal["learn"] = "learn"
    base: str
    arm: str
    half: Half
    language: Literal["asm", "cpp", "text"]
    passes: float = Field(ge=0, le=1)
    low: float | None = None
    high: float | None = None
    n: int
    families: int


class _Line(BaseModel):
    """A line of any benchmark: a result, or something else that is not looked at."""

    result: ArmResult | None

    @model_validator(mode="before")
    @classmethod
    def _of_any_benchmark(cls, line: object) -> object:
        ours = isinstance(line, dict) and line.get("bench") == "learn" and "half" in line
        return {"result": line if ours else None}


@dataclass(frozen=True)
class Ingredients:
    """Results of several recipes, in the order in which ingredients were added; shown as a table and a plot."""

    results: tuple[ArmResult, ...]

    @property
    def groups(self) -> dict[tuple[str, str], dict[str, dict[Half, ArmResult]]]:
        """The results by base and language, then by arm, then by half; what was measured last stands."""
        found: dict[tuple[str, str], dict[str, dict[Half, ArmResult]]] = {}
        for one in self.results:
            found.setdefault((one.base, one.language), {}).setdefault(one.arm, {})[one.half] = one
        return found

    def table(self) -> list[tuple[str, str, str, str, str]]:
        """As text: the base, the language, the recipe, and what it solves of either half."""
        return [
            (base, _LANGUAGES[language], arm, _cell(halves.get("held-out")), _cell(halves.get("taught")))
            for (base, language), arms in self.groups.items()
            for arm, halves in arms.items()
        ]

    def plot(self) -> "Figure":
        """A panel a base and language, a row a recipe: both halves with their intervals."""
        return plot_arms(
            {
                f"{base}, {_LANGUAGES[language]}": {
                    arm: {half: (one.passes, one.low, one.high) for half, one in halves.items()}
                    for arm, halves in arms.items()
                }
                for (base, language), arms in self.groups.items()
            }
        )

    def _repr_html_(self) -> str:
        heads = ("base", "language", "recipe", "held-out [95 %]", "taught [95 %]")
        cells = [
            "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"
            for tag, rows in (("th", [heads]), ("td", self.table()))
            for row in rows
        ]
        return f"<table>{''.join(cells)}</table>"


_LANGUAGES = {"asm": "65816", "cpp": "C++", "text": "text"}


def _cell(result: ArmResult | None) -> str:
    if result is None:
        return ""
    share = METRICS["passes"]
    ends = None if result.low is None or result.high is None else (result.low, result.high)
    return f"{share.show(result.passes)} {share.ends(ends)}".rstrip()


def read_ingredients(folder: Path) -> Ingredients:
    """The results among the lines of all `.jsonl` files of a folder, files by name; none where there are none.

    Lines without a half are something else and passed over. Raises `OracleError` naming the line that lacks something.
    """
    lines = (line for path in sorted(folder.glob("*.jsonl")) for line in read_jsonl(_Line, path, "measure it again"))
    return Ingredients(tuple(line.result for line in lines if line.result))
