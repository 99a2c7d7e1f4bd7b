"""Versions of trained adapters: what they came from, and the aliases that say which one is in use. Decides nothing
about who deserves one.

`outputs/registry/versions/<name>/` holds a version: `version.json`, the adapter, the report it earned, and the
manifests of the stages that made it; once there, they never change. `outputs/registry/history.jsonl` gets a line for
each move of an alias and each retirement, and where an alias points is read from that history, so the two cannot
disagree. Both survive a crash at any point and two processes at once.
"""

from oracle_lib.registry.aliases import (
    Alias,
    Move,
    aliases,
    history,
    in_use,
    move,
    reinstate,
    resolve,
    retire,
    retired,
    trail,
)
from oracle_lib.registry.folder import export_version, import_version
from oracle_lib.registry.lineage import Lineage, Step, lineage, made_from
from oracle_lib.registry.table import table
from oracle_lib.registry.versions import CARD, Version, load, register, release_name, root, verify, versions

__all__ = [
    "CARD",
    "Alias",
    "Lineage",
    "Move",
    "Step",
    "Version",
    "aliases",
    "export_version",
    "history",
    "import_version",
    "in_use",
    "lineage",
    "load",
    "made_from",
    "move",
    "register",
    "reinstate",
    "release_name",
    "resolve",
    "retire",
    "retired",
    "root",
    "table",
    "trail",
    "verify",
    "versions",
]
