"""Which samples say what another one says already, and which would leak a held-out answer into training."""

import re
from collections.abc import Sequence

from rensa import RMinHash, RMinHashDeduplicator

from oracle_lib.quality.text import code_of
from oracle_lib.sample import Sample, Split

NEAR = 0.9
"""Two instructions whose token trigrams have this Jaccard similarity (estimated by MinHash) ask in the same words."""

_PERMUTATIONS, _BANDS, _SEED = 128, 16, 42
_TOKEN = re.compile(r"\w+|[^\w\s]")
_COMMENT = re.compile(r";.*|//.*")
_PARAMETER = re.compile(r"\$[0-9a-f]+|0x[0-9a-f]+|\b\d+\b|`[^`]+`", re.IGNORECASE)


def normal_code(sample: Sample) -> str:
    """The answer's code without comments, indentation and case. An answer that states facts has none: what it is about
    and all that it says stand in its place, for many programs share a width or a letter.
    """
    return _normal(f"{sample.input}\n{sample.output}" if sample.states_facts else code_of(sample))


def _normal(code: str) -> str:
    lines = (" ".join(_COMMENT.sub("", line).split()) for line in code.lower().splitlines())
    return "\n".join(filter(None, lines))


def duplicates(samples: Sequence[Sample]) -> tuple[set[str], set[str]]:
    """The ids of exact and of near duplicates; the first of each set of twins is not among them.

    Exact: the same prompt and code after normalisation. Near: the same code to start from and to arrive at, the same
    numbers and quoted names in the same order, and an instruction in almost the same words. So a second phrasing of a
    problem stays, and so do two problems that differ in nothing but one address.
    """
    exact: set[str] = set()
    near: set[str] = set()
    seen: set[tuple[str, str]] = set()
    alike: dict[tuple[str, ...], RMinHashDeduplicator] = {}
    for sample in samples:
        prompt, code = " ".join(sample.prompt.lower().split()), normal_code(sample)
        if (prompt, code) in seen:
            exact.add(sample.sample_id)
            continue
        seen.add((prompt, code))
        key = (_normal(sample.input), code if "```" in sample.output else "", *_PARAMETER.findall(prompt))
        if key not in alike:
            alike[key] = RMinHashDeduplicator(NEAR, _PERMUTATIONS, use_lsh=True, num_bands=_BANDS, seed=_SEED)
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update(_trigrams(sample.instruction.lower()))
        if not alike[key].add(sample.sample_id, sketch):
            near.add(sample.sample_id)
    return exact, near


def _trigrams(text: str) -> list[str]:
    tokens = _TOKEN.findall(text)
    return [" ".join(tokens[start : start + 3]) for start in range(max(1, len(tokens) - 2))]


def leaks(sides: Sequence[tuple[Sample, Split]]) -> set[str]:
    """The ids of training samples whose code is a held-out answer to another problem, line for line."""
    held_out = {normal_code(sample) for sample, side in sides if side is not Split.TRAIN}
    return {sample.sample_id for sample, side in sides if side is Split.TRAIN and normal_code(sample) in held_out}
