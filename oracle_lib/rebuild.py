"""Rebuilds `oracle_lib/embedded`, the base that this package ships: `python -m oracle_lib.rebuild`.

It draws and verifies a corpus of all task families into `outputs/base/shipped.jsonl` and builds the tokenizer from it,
which needs a SNES core (13 minutes on two CPU cores); then it pretrains, which wants a GPU (5 minutes on an H100, and
hours on a CPU). `rebuild corpus` and `rebuild base` do the one and the other on two machines: the second needs both
files of the first. Only a change of the families, the tokenizer or the recipe calls for it; nothing else runs it.
"""

import sys

from oracle_lib.bases import EMBEDDED
from oracle_lib.files import outputs
from oracle_lib.generate.corpus import write_documents
from oracle_lib.terminal import Parser, exit_status
from oracle_lib.train import tokenizer
from oracle_lib.train.base import Recipe, build_base

DOCUMENTS = {"asm": 60_000, "cpp": 6_000}
RECIPE = Recipe(hidden=256, feed_forward=768, steps=6000, batch=128, warmup=200)


def main(arguments: list[str] | None = None) -> int:
    parser = Parser(prog="python -m oracle_lib.rebuild", description="Rebuilds the base that this package ships.")
    parser.add_argument("part", choices=["corpus", "base"], nargs="?", help="one part only")
    part = parser.parse_args(arguments).part
    corpus = outputs() / "base" / "shipped.jsonl"
    if part != "base":
        write_documents(corpus, DOCUMENTS, seed=0)
        tokenizer.build(tokenizer.read_texts(corpus)).save(str(EMBEDDED / "tokenizer.json"))
    if part != "corpus":
        build_base(corpus, RECIPE, EMBEDDED)
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
