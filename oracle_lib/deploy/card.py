"""The model card of a version: what it is for, what it scored, what it came from and what it cannot do."""

from pathlib import Path
from typing import TypeVar

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import BaseModel, ConfigDict, ValidationError

from oracle_lib import OracleError, bases
from oracle_lib.bases import BUILT, FOLDER, is_embedded, is_folder, is_ours
from oracle_lib.files import relative
from oracle_lib.gates import Gate
from oracle_lib.metrics import METRICS, Comparison, MetricName
from oracle_lib.params import Expert, Profile
from oracle_lib.records import first_problem
from oracle_lib.registry import Version


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Campaign(_Read):
    """What a card needs of `generate/stats.json`: the registered version among the teachers, if there was one."""

    taught_by: str | None = None

    @staticmethod
    def read(path: Path) -> "Campaign":
        """Raises `OracleError` where the file is no such thing."""
        return _valid(Campaign, path, "01_generate")


class Scores(_Read):
    """What a card needs of `evaluate/report.json`. `n` prompts fall into `groups` problems."""

    profile: str
    n: int
    groups: int
    metrics: dict[MetricName, Comparison]
    plain_base: dict[MetricName, Comparison] | None = None
    benchmark: MetricName
    gates: tuple[Gate, ...]
    lineage: dict[str, str]
    verdict: str

    @staticmethod
    def read(path: Path) -> "Scores":
        """Raises `OracleError` where the file is no report."""
        return _valid(Scores, path, "05_evaluate")


_Kind = TypeVar("_Kind", bound=_Read)


def _valid(kind: type[_Kind], path: Path, notebook: str) -> _Kind:
    try:
        return kind.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise OracleError(f"{relative(path)}: {first_problem(error)}; run {notebook} again") from None


def model_card(
    version: Version, scores: Scores, expert: Expert, profile: Profile, teacher: Version | None = None
) -> str:
    """The README.md of a version: front matter as the Hugging Face Hub reads it, then prose and tables.

    `teacher` is the version that it was taught by, if there was one.
    """
    environment = Environment(
        loader=PackageLoader("oracle_lib.deploy", "."), undefined=StrictUndefined, trim_blocks=True, autoescape=False
    )
    body = environment.get_template("card.md.jinja").render(
        version=version,
        adapter=version.adapter,
        teacher=teacher,
        chat={} if is_ours(version.adapter.base) else bases.find(version.adapter.base).architecture.chat,
        folder_of_ours=_folder_of_ours(version.adapter.base),
        folder=version.adapter.base.removeprefix(FOLDER).partition("@")[0] if is_folder(version.adapter.base) else None,
        scores=scores,
        metrics=METRICS,
        expert=expert,
        training=profile.training,
        outcomes={True: "passed", False: "**failed**", None: "not measured"},
    )
    return f"---\n{yaml.safe_dump(_front_matter(version, scores, expert, profile), sort_keys=False)}---\n\n{body}"


def _front_matter(version: Version, scores: Scores, expert: Expert, profile: Profile) -> dict[str, object]:
    base = version.adapter.base
    results = [
        {"type": name, "name": METRICS[name].title, "value": round(metric.expert, 6)}
        for name, metric in scores.metrics.items()
        if metric.expert is not None
    ]
    return {
        **_licence(base),
        "language": ["en"],
        "library_name": "peft",
        "pipeline_tag": "text-generation",
        **({} if is_ours(base) or is_folder(base) else {"base_model": base, "base_model_relation": "adapter"}),
        "tags": ["lora", "rom-hacking", "snes", expert.language],
        "model-index": [
            {
                "name": version.name,
                "results": [
                    {
                        "task": {"type": "text-generation"},
                        "dataset": {
                            "name": f"{expert.dataset_name(profile)} (held-out test set)",
                            "type": expert.dataset_name(profile),
                            "split": "test",
                            "revision": scores.lineage.get("test_set", ""),
                        },
                        "metrics": results,
                    }
                ],
            }
        ],
    }


def _folder_of_ours(base: str) -> str | None:
    """Where a base of ours lies in a checkout of this project; it may not lie there any more."""
    if not is_ours(base):
        return None
    return "oracle_lib/embedded" if is_embedded(base) else f"outputs/base/{base.removeprefix(BUILT)}"


def _licence(base: str) -> dict[str, str]:
    """An adapter carries its base's licence; a base of ours is this project's own, and may no longer lie here."""
    if is_ours(base):
        return {"license": "mit"}
    known = bases.find(base)
    return {"license": known.licence, **({"license_name": known.licence_name} if known.licence_name else {})}
