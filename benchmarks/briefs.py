"""How many pieces of an assembly project a teacher can be asked about as code that assembles alone.

    python -m benchmarks.briefs z3randomizer --folder ~/src/z3randomizer

One line for each kind of piece: the share of them that assembles as the project has it, with the names whose values it
says, and the share that does when it is taken out of the project, with and without stand-ins. No other program does
this, so none stands beside it.
"""

import argparse
import contextlib
import json
import os
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from oracle_lib.generate.briefs.standalone import assembled_alone, standalone
from oracle_lib.generate.sources import read_one
from oracle_lib.items import Item


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", help="its name in params/sources.yaml")
    parser.add_argument("--folder", type=Path, help="another one than params or the environment name")
    asked = parser.parse_args()
    with contextlib.redirect_stdout(sys.stderr):  # what readers say of single files
        items = list(read_one(asked.source, asked.folder))
    for kind in ("routine", "hook", "table"):
        pieces = [item for item in items if item.kind == kind]
        if not pieces:
            continue
        counts = Counter(name for piece in pieces for name in how(piece))
        share = round(counts["alone"] / len(pieces), 3)
        figure = {"benchmark": "briefs", "figure": f"{kind}s that stand alone", "value": share, "unit": "share"}
        known = {name: counts[name] for name in ("alone", "as it is", "with stand-ins")}
        stamp = {"source": asked.source, "pieces": len(pieces), "processors": os.cpu_count()}
        print(json.dumps(figure | known | stamp | {"date": datetime.now(UTC).date().isoformat()}), flush=True)


def how(item: Item) -> list[str]:
    """In which ways it assembles."""
    taken_out = standalone(item)
    ways = {
        "as it is": bool(assembled_alone(item).code),
        "alone": bool(assembled_alone(taken_out).code),
        "with stand-ins": bool(taken_out.stubbed),
    }
    return [name for name, does in ways.items() if does]


if __name__ == "__main__":
    main()
