"""How many mistakes in hooks are found, and how many sound hooks are flagged: drawn ones, and those of whole projects.

    python -m benchmarks.hooks [--count N] [--game FOLDER] [--show] [FOLDER:MAIN[:OPTION]...]

Drawn hooks are counted beside what the assembler alone says, with its check of widths. A project is written as for
`benchmarks.public_builds`, and `--game` is a disassembly in usdasm's form; each place where a project writes code over
the game, or anything over its code, counts as one hook. `--show` prints every finding on a project, to be looked at.
Nothing of a project is kept.
"""

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

from benchmarks.planted_hooks import KINDS, Hooked, planted, sound
from benchmarks.public_builds import assembled, read_project
from oracle_lib.generate.sources import disassembly
from oracle_lib.quality.hooks import Finding, Game, Manifest, Severity, findings
from oracle_lib.quality.hooks.patch import Patch
from oracle_lib.sample import Domain
from oracle_lib.verify import assemble


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200, metavar="N", help="drawn hooks of each kind; 0: none")
    parser.add_argument("--game", type=Path, metavar="FOLDER", help="a disassembly of the game")
    parser.add_argument("--show", action="store_true", help="print every finding on a project")
    parser.add_argument("projects", nargs="*", metavar="FOLDER:MAIN[:OPTION]...")
    arguments = parser.parse_args()
    if arguments.count:
        drawn(arguments.count)
    game = game_of(arguments.game) if arguments.game else Game()
    for written in arguments.projects:
        project(written, game, arguments.show)


def drawn(count: int) -> None:
    """Sound hooks that are flagged, and mistakes of each kind that are found, of so many."""
    started = time.process_time()
    clean = [sound(random.Random(f"sound {number}")) for number in range(count)]
    report("drawn sound hooks flagged", sum(bool(found(one)) for one in clean), count, sum(map(alone, clean)))
    for kind in KINDS:
        hooks = [planted(kind, random.Random(f"{kind} {number}")) for number in range(count)]
        caught = sum(any(finding.kind is kind for finding in found(one)) for one in hooks)
        report(f"planted and found: {kind}", caught, count, sum(map(alone, hooks)))
    spent = (time.process_time() - started) / (count * (len(KINDS) + 1))
    print(json.dumps({"benchmark": "hooks", "figure": "a drawn hook", "value": round(1000 * spent, 2), "unit": "ms"}))


def found(hook: Hooked) -> list[Finding]:
    return findings(assemble(hook.text, backend="own"), hook.manifest, hook.game)


def alone(hook: Hooked) -> bool:
    """Whether the assembler alone has anything to say of it."""
    return bool(assemble(hook.text, backend="own").diagnostics)


def report(figure: str, value: int, count: int, peer: int) -> None:
    row = {"benchmark": "hooks", "figure": figure, "value": value, "unit": f"of {count}"}
    print(json.dumps(row | {"peer": "the assembler alone", "peer_value": peer}), flush=True)


def game_of(folder: Path) -> Game:
    return Game.of(disassembly.items(folder, folder.name, Domain.ASM, ""))


def project(written: str, game: Game, show: bool) -> None:
    """The hooks of a project that are flagged, by the severity of the worst that is found on each."""
    read = read_project(written)
    built, _ = assembled(read)
    started = time.process_time()
    every = findings(built.assembly, Manifest(), game)
    seconds = time.process_time() - started
    patch = Patch(built.assembly)
    over = [block for block in patch.blocks if patch.is_hook(block, game)]
    hooks = [block for block in over if patch.begins_with_code(block) or game.is_code(block.address)]
    for severity in Severity:
        here = [finding for finding in every if finding.severity is severity]
        row = {
            "benchmark": "hooks",
            "figure": f"{severity} findings on {read.name}:{read.main}",
            "value": len(here),
            "unit": f"on {len(hooks)} hooks",
            "kinds": dict(Counter(finding.kind.value for finding in here)),
            "seconds": round(seconds, 2),
        }
        print(json.dumps(row), flush=True)
        for finding in here if show else ():
            print(finding)


if __name__ == "__main__":
    main()
