"""Shows what the composed C++ families give: shapes, the time of a draw, and whether their references pass. Keeps nothing."""

import random
import re
import sys
import time

from oracle_lib.sample import Task
from oracle_lib.tasks import Family, Problem, families
from oracle_lib.terminal import Parser, exit_status, whole
from oracle_lib.verify import check, extract_code

_TOKEN = re.compile(r"//[^\n]*|[A-Za-z_]\w*|0x[0-9A-F]+|\d+|[^\s\w]")
_WORDS = {
    *("for", "if", "while", "return", "else", "break", "continue", "auto", "const", "static", "struct", "bool", "void", "int", "char"),
    *("size_t", "uint8_t", "uint16_t", "uint32_t", "vector", "array", "optional", "string", "nullopt", "true", "false", "static_cast"),
    *("push_back", "size", "begin", "end", "insert", "resize", "copy", "sort", "stable_sort", "reverse", "min", "max", "clamp", "abs"),
    *("any_of", "all_of", "none_of", "count_if", "accumulate", "tie"),
}  # fmt: skip


def shape(text: str) -> str:
    """The tokens of C++ code with one sign for every name and one for every number."""
    tokens = (token for token in _TOKEN.findall(text) if not token.startswith("//"))
    return " ".join(
        "0" if token[0].isdigit() else "x" if token[0].isalpha() and token not in _WORDS else token for token in tokens
    )


def main() -> int:
    """0 if every reference that was run passes and every input to be mended fails, 1 otherwise."""
    parser = Parser(prog="python -m oracle_lib.tasks.kit.cpp_programs", description=__doc__)
    parser.add_argument(
        "--count", type=whole(1), default=500, help="how many problems to draw of all families together"
    )
    parser.add_argument("--run", type=whole(0), default=60, help="how many of them to compile and run")
    parser.add_argument("--seed", type=whole(0), default=0)
    chosen = parser.parse_args()
    known = list(families(("composed_cpp",)).values())
    print(f"{'family':<24}{'drawn':>8}{'shapes':>8}{'ms':>7}{'lines':>7}{'run':>6}{'refused':>9}")
    everything: set[str] = set()
    drawn = refused = 0
    spent = 0.0
    for place, family in enumerate(known):
        share, runs = (len(range(place, total, len(known))) for total in (chosen.count, chosen.run))
        began = time.process_time()
        problems = [family.draw(random.Random(f"{chosen.seed}:{family.name}:{index}")) for index in range(share)]
        took = time.process_time() - began
        shapes = {shape(problem.references[0]) for problem in problems}
        lines = sorted(len(problem.references[0].splitlines()) for problem in problems)
        wrong = sum(not _holds(family, problem) for problem in problems[:runs])
        print(
            f"{family.name:<24}{share:>8}{len(shapes):>8}{took * 1000 / max(share, 1):>7.1f}{lines[len(lines) // 2] if lines else '-':>7}"
            f"{min(runs, share):>6}{wrong:>9}"
        )
        everything |= shapes
        drawn, refused, spent = drawn + share, refused + wrong, spent + took
    print(
        f"{'all':<24}{drawn:>8}{len(everything):>8}{spent * 1000 / max(drawn, 1):>7.1f}{'':>7}{chosen.run:>6}{refused:>9}"
    )
    return 1 if refused else 0


def _holds(family: Family, problem: Problem) -> bool:
    verdict = check(problem.references[0], problem.contract)
    if not verdict.passes:
        print(f"{family.name}: {verdict.reasons[0]}\n{problem.references[0]}", file=sys.stderr)
    if problem.task is not Task.FIX:
        return verdict.passes
    broken = check(extract_code(problem.input), problem.contract)
    if broken.passes or not broken.assembles:
        print(f"{family.name}: the input {broken.reasons or 'passes'}\n{problem.input}", file=sys.stderr)
    return verdict.passes and broken.assembles and not broken.passes


if __name__ == "__main__":
    sys.exit(exit_status(main))
