"""Draws composed problems and prints how many were refused, by the held-out family and by the family that drew them.

`python -m oracle_lib.tasks.decontamination --draws 20000`
"""

import multiprocessing
import random
import sys
from collections import Counter

from oracle_lib.tasks import families
from oracle_lib.tasks.decontamination import REFUSED
from oracle_lib.terminal import Parser, exit_status, whole

KINDS = ("composed", "recipes")
"""The kinds whose programs are compared."""


def main() -> int:
    """Prints the counts. Raises `OracleError` where a family cannot be drawn."""
    parser = Parser(prog="python -m oracle_lib.tasks.decontamination", description=__doc__)
    parser.add_argument(
        "--draws", type=whole(1), default=2000, help="how many problems to draw, of all families in turn"
    )
    parser.add_argument("--workers", type=whole(1), default=2, help="how many processes draw them")
    arguments = parser.parse_args()
    turns = [(turn, arguments.draws, arguments.workers) for turn in range(arguments.workers)]
    with multiprocessing.Pool(arguments.workers) as pool:
        refused = sum(pool.starmap(_refused, turns), Counter[tuple[str, str]]())
    print(f"{refused.total()} programs refused in {arguments.draws} draws")
    for title, place in (("by the held-out family", 1), ("by the family that drew", 0)):
        print(f"\n{title}:")
        by_family: Counter[str] = Counter()
        for pair, times in refused.items():
            by_family[pair[place]] += times
        for name, times in by_family.most_common():
            print(f"{times:7}  {name}")
    return 0


def _refused(turn: int, draws: int, workers: int) -> Counter[tuple[str, str]]:
    drawing = list(families(KINDS).values())
    for number in range(turn, draws, workers):
        drawing[number % len(drawing)].draw(random.Random(f"decontamination:{number}"))
    return REFUSED


if __name__ == "__main__":
    sys.exit(exit_status(main))
