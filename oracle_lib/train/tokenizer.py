"""Builds the embedded base's tokenizer from this project's own task text.

Its result, `oracle_lib/embedded/tokenizer.json`, is committed; nothing builds it at run time. It is a byte-level BPE
whose words are cut so that what an answer must copy has the same tokens everywhere: each byte of a hexadecimal number,
each part of a CamelCase or snake_case name, and mnemonics with their size.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from oracle_lib import params
from oracle_lib.bases import SPECIAL_TOKENS

VOCABULARY = 2048
_MARK = r"(?:\$|0x)"
_PAIR = "[0-9A-Fa-f]{2}"
_WORDS = "|".join(
    (
        # A pair is a byte when only whole pairs stand between it and the mark; lookbehinds must have a known length.
        "(?:" + "|".join(f"(?<={_MARK}{_PAIR * before})".replace("?:", "") for before in range(4)) + f"){_PAIR}",
        r"\n *",
        r" {2,}(?=;)",
        r" ?[A-Z]{3}(?:\.[bwl])?(?![A-Za-z0-9_])",
        r",[XYS](?![A-Za-z0-9_])",
        r"[ _]?[a-z]+",
        r"[A-Z][a-z]+",
        r"[A-Z]+",
        r"[0-9]{1,3}",
        r"``+",
        r" ?[^\sA-Za-z0-9]+",
        r"\s",
    )
)


def build(texts: Iterator[str]) -> Tokenizer:
    """Trains the tokenizer. The same texts in the same order give the same one."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_WORDS), "isolated"),
            # use_regex would cut the words again, and isolated pairs of digits with them.
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=list(SPECIAL_TOKENS),
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(_with_every_byte(texts), trainer)
    return tokenizer


def _with_every_byte(texts: Iterator[str]) -> Iterator[str]:
    """The texts, after so many copies of every pair of hexadecimal digits that each becomes a token of its own."""
    pairs = "".join(f"${byte:02X}" for byte in range(256))
    yield from [pairs] * 10_000
    yield from texts


def read_texts(corpus: Path) -> Iterator[str]:
    """What the base and its experts will read: the chat's frame, the system prompts, then a corpus of `train.base`."""
    yield from ["user\n", "assistant\n", "system\n", "```asm\n", "```cpp\n", "\n```\n"] * 100
    yield from [expert.system_prompt for expert in params.experts()] * 10
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield f"{row['instructions'][0]}\n{row['code']}\n"
