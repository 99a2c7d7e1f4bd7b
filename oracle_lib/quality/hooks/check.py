"""All findings on a patch: of a user's against a hack, or of an answer, under the contract that it was asked for or by
itself. What code does when it runs, it does not say.
"""

import re

from oracle_lib.quality.hooks.finding import Finding, FindingKind
from oracle_lib.quality.hooks.game import Game
from oracle_lib.quality.hooks.manifest import Manifest, Place, Range
from oracle_lib.quality.hooks.patch import Patch
from oracle_lib.quality.hooks.paths import follow
from oracle_lib.quality.hooks.placement import placement
from oracle_lib.quality.hooks.sites import sites
from oracle_lib.verify import AsmContract, Assembly, assemble, extract_code
from oracle_lib.verify.assembler import Limits, Severity, Widths
from oracle_lib.verify.fragments import assemble_fragment
from oracle_lib.words import counted

_LIMITS = Limits(source=200_000, statements=50_000, expansion=1_000_000, output=0x10000)

_ORG = re.compile(r"^[ \t]*org\b", re.MULTILINE | re.IGNORECASE)
_NEEDS_THE_REST = frozenset((FindingKind.MAPPER, FindingKind.RUNS_ON))
"""What cannot be said of a patch that may be a part of a larger one."""


def findings(assembly: Assembly, manifest: Manifest, game: Game) -> list[Finding]:
    """What is wrong with an assembled patch, as far as a hack's manifest and what is known of the game tell, in the
    order of its lines.
    """
    if not assembly.ok:
        return [
            Finding(found.file, found.line, _kind(found.message), found.message)
            for found in assembly.diagnostics
            if found.severity is Severity.ERROR
        ]
    if other := sorted(assembly.mappers - {"lorom"}):
        return [Finding("", 0, FindingKind.MAPPER, f"it is laid out by {', '.join(other)}, and only LoROM is checked")]
    patch = Patch(assembly)
    return sorted({*placement(patch, manifest, game), *sites(patch, manifest, game)})


def looked_at(assembly: Assembly, game: Game) -> str:
    """What there was to look at in a patch, in words: how much it writes, and over how many places of the game."""
    if not assembly.ok or assembly.mappers - {"lorom"}:
        return "nothing else was looked at"
    if not assembly.code:
        return "it writes nothing, so there was nothing to check"
    patch = Patch(assembly)
    hooked = sum(patch.is_hook(block, game) for block in patch.blocks)
    written = counted(len(assembly.code), "byte")
    if not hooked:
        return f"{written} written, none of them over the game's own: no hook was found"
    return f"{written} written, {counted(hooked, 'place')} of the game hooked"


def findings_in(text: str, contract: AsmContract) -> list[Finding]:
    """What is wrong with an answer's code as a patch of the routine that its contract shows. `text` may be hostile."""
    assembly = assemble(text, contract.symbols, contract.origin, host=contract.host, limits=_LIMITS, backend="own")
    start = contract.entry if isinstance(contract.entry, int) else min(contract.host, default=0)
    bytes_only = Game(contract.host.items())
    paths = follow(bytes_only.at, start, Widths(contract.m, contract.x))
    game = Game(contract.host.items(), (one for one, _ in paths.seen.values()))
    widths = {address: state for address, (_, state) in paths.seen.items()}
    places = (Place(address=address, m=state.m, x=state.x) for address, state in widths.items())
    free = (Range(address=span.address, length=span.length) for span in contract.regions or ())
    return findings(assembly, Manifest(places=tuple(places), free=tuple(free)), game)


def findings_alone(text: str, prompt: str) -> list[Finding]:
    """What is wrong with an answer's code as a patch, where no contract says what it hooks: as far as the patch itself
    shows, and code of the game that its prompt shows with an `org`. Both may be hostile; what does not assemble says
    nothing.
    """
    patch = assemble_fragment(text, {})
    if patch.fault:
        return []
    shown = extract_code(prompt)
    game = assemble_fragment(shown, {}).assembly if _ORG.search(shown) else None
    every = findings(patch.assembly, Manifest(), Game(game.blocks, game.listing) if game else Game())
    unknown = _NEEDS_THE_REST | ({FindingKind.OTHER_BANK} if patch.stubbed else set())
    return [one for one in every if one.kind not in unknown]


def _kind(message: str) -> FindingKind:
    return FindingKind.BANK_END if "bank border" in message else FindingKind.DOES_NOT_ASSEMBLE
