"""What each ingredient of a recipe gave: OracleBench results of several recipes side by side. Measures nothing.

Lines come from `python -m benchmarks.learn` (`benchmarks/results/*.jsonl`) or from the reports of `evaluate.bench`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from oracle_lib.evaluate.plot import plot_arms
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
    """Results of several recipes, in the order in which they were measured."""

    results: tuple[ArmResult, ...]

    @property
    def groups(self) -> dict[tuple[str, str], dict[str, dict[Half, ArmResult]]]:
        """The results by base and language, then by arm, then by half; what was measured last stands."""
        found: dict[tuple[str, str], dict[str, dict[Half, ArmResult]]] = {}
        for one in self.results:
            found.setdefault((one.base, one.language), {}).setdefault(one.arm, {})[one.half] = one
        return found

    def plot(self) -> "Figure":
        """A panel a base and language, a row a recipe: both halves with their intervals."""
        return plot_arms(
            {
                f"{base}, {_LANGUAGES[language]}": {
                    arm: {half: (_share(one), one.low, one.high) for half, one in halves.items()}
                    for arm, halves in arms.items()
                }
                for (base, language), arms in self.groups.items()
            }
        )


_LANGUAGES = {"asm": "65816", "cpp": "C++", "text": "text"}


def _share(one: ArmResult) -> float:
    """A line has four digits: where a whole number of problems has them, the share that was rounded to them."""
    whole = round(one.passes * one.n) / one.n
    return whole if round(whole, 4) == one.passes else one.passes


def read_ingredients(folder: Path) -> Ingredients:
    """The results among the lines of all `.jsonl` files of a folder, files by name; none where there are none.

    Lines without a half are something else and passed over. Raises `OracleError` naming the line that lacks something.
    """
    lines = (line for path in sorted(folder.glob("*.jsonl")) for line in read_jsonl(_Line, path, "measure it again"))
    return Ingredients(tuple(line.result for line in lines if line.result))
