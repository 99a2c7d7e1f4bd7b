"""What a version came from, step by step and by hash: sources, campaign, data set, adapter, report, release. It reads
the manifests that are kept with the version, so it can be told long after the run's own files are gone.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from oracle_lib import OracleError
from oracle_lib.files import sha256
from oracle_lib.records import Frozen
from oracle_lib.registry.versions import Maker, Version, load, names, verify, versions
from oracle_lib.run import Manifest

if TYPE_CHECKING:
    import pandas as pd

_MADE: dict[Maker, tuple[str, str]] = {
    "generate": ("campaign", "accepted.jsonl"),
    "export": ("data set", ""),
    "transfer": ("receipt", "receipt.json"),
    "train": ("adapter", "adapter"),
    "evaluate": ("report", "report.json"),
}
"""What each stage makes of which the next is made, and what that is called in its folder; a data set's name differs."""
_SHORTEST = 8
"""Digits of a sha256 that are enough to look for it."""


class Step(Frozen):
    """One thing on the way to a release: `kind` says what it is, `name` which one (a path relative to the outputs
    folder where a stage made it), `made_from` the kinds of the things before it. `code` is the commit of this project;
    the sha256 is "" where it is not known here.
    """

    kind: str
    name: str
    sha256: str
    made_from: tuple[str, ...] = ()
    code: str = ""


class Lineage(Frozen):
    """The steps that led to a version, the first things first. `gaps` says in words where a step is not known, or is
    not made from what the step before finished with; there are none where the chain is whole.
    """

    version: str
    steps: tuple[Step, ...]
    gaps: tuple[str, ...]

    def table(self) -> "pd.DataFrame":
        """A row a step."""
        import pandas as pd

        rows = [step.model_dump() | {"made_from": ", ".join(step.made_from)} for step in self.steps]
        return pd.DataFrame(rows, columns=list(Step.model_fields)).set_index("kind")


def lineage(version: Version) -> Lineage:
    """Raises `OracleError` where the version's manifests are not those that were registered."""
    verify(version, "lineage")
    manifests = {stage: Manifest.read(version.manifest_path(stage)) for stage in _MADE if stage in version.manifests}
    return Lineage(
        version=version.name,
        steps=tuple(_steps(version, manifests)),
        gaps=tuple(_gaps(version, manifests)),
    )


def made_from(digest: str) -> list[Version]:
    """The versions with this sha256, of which the first digits are enough, anywhere in their lineage: to find what
    learned from a source, was trained on a data set, or stands on a base.
    """
    wanted = digest.strip().lower()
    if len(wanted) < _SHORTEST or wanted.strip("0123456789abcdef"):
        raise OracleError(f"{digest!r} is no sha256; give at least the first {_SHORTEST} of its hexadecimal digits")
    return [version for version in versions() if any(step.sha256.startswith(wanted) for step in lineage(version).steps)]


def _steps(version: Version, manifests: Mapping[Maker, Manifest]) -> Iterator[Step]:
    sources = manifests["generate"].parameters.get("sources") if "generate" in manifests else None
    if isinstance(sources, dict):
        yield from (Step(kind="source", name=name, sha256=str(digest)) for name, digest in sources.items())
    if version.taught_by:
        digest = load(version.taught_by).adapter.sha256 if version.taught_by in names() else ""
        yield Step(kind="teacher", name=version.taught_by, sha256=digest)
    yield Step(kind="base", name=version.adapter.base, sha256=version.adapter.base_sha256)
    makers = {path: _MADE[stage][0] for stage, manifest in manifests.items() for path in manifest.outputs}
    made = {
        "data set": (version.adapter.dataset_sha256, f"that of run {version.adapter.run}"),
        "adapter": (version.adapter.sha256, version.adapter.path),
        "report": (version.report_sha256, version.report),
    }
    for stage, (kind, called) in _MADE.items():
        if stage in manifests:
            manifest = manifests[stage]
            name, digest = _main(manifest, called)
            before = {maker for path in manifest.inputs if (maker := _maker(path, makers))}
            if stage == "generate":
                before |= {*(["source"] if sources else []), *(["teacher"] if version.taught_by else [])}
            if stage == "train":
                before.add("base")
            order = ["source", "teacher", "base", *(kind for kind, _ in _MADE.values())]
            yield Step(
                kind=kind,
                name=name,
                sha256=digest,
                made_from=tuple(sorted(before, key=order.index)),
                code=manifest.git_commit,
            )
        elif kind in made:
            yield Step(kind=kind, name=made[kind][1], sha256=made[kind][0])
    yield Step(
        kind="release",
        name=version.name,
        sha256=sha256(version.folder / "version.json"),
        made_from=("adapter", "report"),
    )


def _main(manifest: Manifest, called: str) -> tuple[str, str]:
    """The path and the digest of what a stage made under this name, "" for the first thing."""
    return next(
        (path, digest) for path, digest in manifest.outputs.items() if not called or path.endswith(f"/{called}")
    )


def _maker(path: str, makers: Mapping[str, str]) -> str | None:
    """What kind of thing a path is, or lies in."""
    return next((kind for made, kind in makers.items() if path == made or path.startswith(f"{made}/")), None)


def _gaps(version: Version, manifests: Mapping[Maker, Manifest]) -> Iterator[str]:
    yield from (
        f"nothing is known of how its {kind} was made: {stage} left no manifest in run {version.adapter.run}"
        for stage, (kind, _) in _MADE.items()
        if stage not in manifests
    )
    if version.taught_by and version.taught_by not in names():
        yield f"its teacher {version.taught_by} is not in this registry"
    finished: dict[str, tuple[Maker, str]] = {}
    for stage, manifest in manifests.items():
        for path, digest in manifest.inputs.items():
            if path in finished and finished[path][1] != digest:
                yield f"{stage} read another {path} than {finished[path][0]} finished with"
        finished |= {path: (stage, digest) for path, digest in manifest.outputs.items()}
    for stage, digest in (
        ("export", version.adapter.dataset_sha256),
        ("train", version.adapter.sha256),
        ("evaluate", version.report_sha256),
    ):
        if stage in manifests and digest not in manifests[stage].outputs.values():
            yield f"its {_MADE[stage][0]} is another than the one that {stage} finished with"
