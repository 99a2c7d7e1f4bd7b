"""Is a hook or patch safe where it goes? What it overwrites, where it writes, and whether it comes back as the game
expects: widths, stack, D and DB. All is read from the assembled code; nothing is run.

`manifest` says what is known of a hack, `game` of the ROM; `placement` looks at ranges, `sites` at what happens where
the game is hooked, by the `paths` of the code. Only what is certain is hard.
"""

from oracle_lib.quality.hooks.check import findings, findings_alone, findings_in, looked_at
from oracle_lib.quality.hooks.finding import Finding, FindingKind, Severity
from oracle_lib.quality.hooks.game import Game
from oracle_lib.quality.hooks.manifest import Manifest, Place, Range, Site
from oracle_lib.quality.hooks.patch import NOWHERE

__all__ = [
    "NOWHERE",
    "Finding",
    "FindingKind",
    "Game",
    "Manifest",
    "Place",
    "Range",
    "Severity",
    "Site",
    "findings",
    "findings_alone",
    "findings_in",
    "looked_at",
]
