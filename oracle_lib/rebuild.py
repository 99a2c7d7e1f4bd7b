"""Rebuilds `oracle_lib/embedded`, the base that this package ships: `python -m oracle_lib.rebuild`, an hour on a CPU.

It draws and verifies a corpus of all task families into `outputs/base/shipped.jsonl`, builds the tokenizer from it and
pretrains. Only a change of the families, the tokenizer or the recipe calls for it; nothing else runs it.
"""

from oracle_lib.generate.corpus import write_documents
from oracle_lib.models import EMBEDDED
from oracle_lib.run import outputs
from oracle_lib.train import tokenizer
from oracle_lib.train.base import Recipe, build_base

DOCUMENTS = {"asm": 20_000, "cpp": 2_800}
RECIPE = Recipe(hidden=256, feed_forward=768, steps=4000, batch=32, warmup=100)


def main() -> None:
    corpus = outputs() / "base" / "shipped.jsonl"
    write_documents(corpus, DOCUMENTS, seed=0)
    tokenizer.build(tokenizer.read_texts(corpus)).save(str(EMBEDDED / "tokenizer.json"))
    build_base(corpus, RECIPE, EMBEDDED)


if __name__ == "__main__":
    main()
