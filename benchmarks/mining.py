"""How many routines of a source contracts can be mined of, and why not of the others: a random sample of them.

    python -m benchmarks.mining usdasm 150 --folder ~/src/usdasm
    python -m benchmarks.mining z3randomizer 60 --folder ~/src/z3randomizer --beside usdasm ~/src/usdasm

`--beside` is the game that a ROM hack changes: its routines may be called, and are not mined. The first line says how
many of all routines assemble alone, the second what became of the sample. No other program mines contracts, so none
stands beside them.
"""

import argparse
import contextlib
import json
import os
import random
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from oracle_lib.generate.mining import Mined, Reason, mine
from oracle_lib.generate.mining.library import Library
from oracle_lib.generate.mining.machine import Stopped
from oracle_lib.generate.mining.routine import routine_of
from oracle_lib.generate.sources import read_one
from oracle_lib.items import Item


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", help="its name in params/sources.yaml")
    parser.add_argument("routines", type=int, help="in the sample")
    parser.add_argument("--folder", type=Path, help="another one than params or the environment name")
    parser.add_argument("--beside", nargs=2, metavar=("SOURCE", "FOLDER"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", action="store_true", help="says of each routine why it was not mined")
    asked = parser.parse_args()
    with contextlib.redirect_stdout(sys.stderr):  # what readers say of single files
        items = list(read_one(asked.source, asked.folder))
        beside = list(read_one(asked.beside[0], Path(asked.beside[1]))) if asked.beside else []
    routines = [item for item in items if item.kind == "routine"]
    stamp = {"source": asked.source, "routines": len(routines), "processors": os.cpu_count()}
    stamp["date"] = datetime.now(UTC).date().isoformat()
    alone = share_alone(items, beside)
    print(json.dumps({"benchmark": "mining", "figure": "assemble alone", "value": alone, "unit": "share", **stamp}))
    chosen = {id(item) for item in random.Random(asked.seed).sample(routines, min(asked.routines, len(routines)))}
    # The others only lie there, to be called and read.
    drawn = [item if id(item) in chosen else item.model_copy(update={"kind": "table"}) for item in items]
    outcomes, started = Counter[str](), time.process_time()
    for outcome in mine(drawn, beside=beside):
        outcomes["mined" if isinstance(outcome, Mined) else str(outcome.reason)] += 1
        if asked.each and not isinstance(outcome, Mined):
            print(f"{outcome.group}: {outcome.reason}: {outcome.detail}", file=sys.stderr, flush=True)
    share = round(outcomes["mined"] / outcomes.total(), 3)
    spent = {"sample": outcomes.total(), "seed": asked.seed, "processor_seconds": round(time.process_time() - started)}
    reasons = dict(outcomes.most_common())
    figure = {"benchmark": "mining", "figure": "mined", "value": share, "unit": "share", "outcomes": reasons}
    print(json.dumps(figure | spent | stamp), flush=True)


def share_alone(items: list[Item], beside: list[Item]) -> float:
    """The share of a source's routines that assemble with what the source says of their names."""
    library = Library((*beside, *items))
    outcomes = [assembles(library, item) for item in library.items[len(beside) :] if item.kind == "routine"]
    return round(sum(outcomes) / len(outcomes), 3)


def assembles(library: Library, item: Item) -> bool:
    try:
        routine_of(library, item)
    except Stopped as stopped:
        return stopped.reason is not Reason.ASSEMBLY
    return True


if __name__ == "__main__":
    main()
