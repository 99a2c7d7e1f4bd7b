"""Versions for tests: adapters of a few bytes with their reports, and the manifests of the stages that made them."""

import hashlib
from datetime import date

import factories
from pydantic import JsonValue

from oracle_lib import registry
from oracle_lib.files import atomic_write, relative, sha256
from oracle_lib.gates import Gate
from oracle_lib.registry import Version
from oracle_lib.run import Stage, stage_folder

EXPERT = "rauru-assembler"
DAY = date(2026, 11, 23)
NAME = "oracle-rauru-assembler-built-20261123"
PASSED = Gate(name="better_than_base", threshold=0.0, value=0.4, passed=True)


def register(weights: bytes = b"weights", gate: Gate = PASSED, run: str = "") -> Version:
    """Registers an adapter that holds these weights, with a model card, or that of a `run` that `make_run` has made."""
    folder = stage_folder(run or hashlib.sha256(weights).hexdigest(), EXPERT, "train")
    adapter, report = folder / "adapter", folder.parent / "evaluate" / "report.json"
    if not run:
        atomic_write(adapter / "adapter_model.safetensors", weights)
        atomic_write(adapter / "adapter_config.json", "{}")
        atomic_write(report, '{"verdict": "passed"}')
    trained = factories.adapter(
        expert=EXPERT,
        run=run or folder.parent.parent.name,
        base="built:abc",
        base_sha256="0" * 64,
        path=relative(adapter),
        sha256=sha256(adapter),
        dataset_sha256=sha256(folder.parent / "export" / "data") if run else "d" * 64,
    )
    version = registry.register(trained, report, [gate], DAY)
    atomic_write(version.folder / registry.CARD, f"# {version.name}\n")
    return version


_STAGES: dict[str, tuple[list[str], list[str]]] = {
    "generate": ([], ["accepted.jsonl", "stats.json"]),
    "export": (["generate/accepted.jsonl"], ["data", "data/test.jsonl"]),
    "transfer": (["export/data"], ["receipt.json"]),
    "train": (["transfer/receipt.json"], ["adapter", "adapter.json"]),
    "evaluate": (["export/data/test.jsonl", "train/adapter.json"], ["predictions.jsonl", "report.json"]),
}
"""What each stage reads of the run, and makes in its own folder."""


def make_run(run: str, sources: dict[str, str]) -> None:
    """What the stages 01 to 05 leave behind of a run whose campaign read `sources` of these digests."""
    for stage in _STAGES:
        redo(run, stage, run, sources)


def redo(run: str, stage: str, content: str, sources: dict[str, str] | None = None) -> None:
    """Has a stage finish with files that hold `content`."""
    inputs, made = _STAGES[stage]
    folder = stage_folder(run, EXPERT, stage)
    given: dict[str, JsonValue] = {"sources": dict(sources)} if sources else {}
    paths = [folder.parent / name for name in inputs]
    with Stage(run, EXPERT, stage, inputs=paths, parameters=given, module="oracle_lib.words", force=True) as one:
        for name in made:
            if name == "adapter":
                atomic_write(folder / name / "adapter_model.safetensors", content)
                atomic_write(folder / name / "adapter_config.json", "{}")
            elif "." in name:
                atomic_write(folder / name, f"{name}: {content}")
        one.finish([folder / name for name in made], {})
