"""Spoils good samples on purpose, so that a gate can show what it rejects. It runs nothing, scores nothing, and what it
makes is never taught.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from oracle_lib.quality.held_back import HELD_BACK
from oracle_lib.quality.spoilers import TUNED
from oracle_lib.quality.text import Reading, language_of
from oracle_lib.sample import Sample, sample_id

KINDS = TUNED | HELD_BACK
_OF_FORM = frozenset(
    (
        *("truncated", "repeated text", "prose for code", "false prose", "placeholder", "hedged", "renamed entry"),
        "goes on with made-up turns",
    )
)
"""Kinds that may leave the code as it is, and spoil what is around it."""


@dataclass(frozen=True)
class Planted:
    """A sample that was good before something of this `kind` was done to it. Its verification is still that of the good
    one: who scores it runs it first, as `trial` does.
    """

    kind: str
    sample: Sample


def plant(samples: Sequence[Sample], kind: str, count: int, seed: int = 0) -> list[Planted]:
    """At most `count` spoilt samples of one kind (a key of `KINDS`), each of another good one, the same for equal
    arguments. A kind that does not apply to any of the samples gives none."""
    rng = random.Random(f"{seed}:{kind}")
    found: list[Planted] = []
    for place in rng.sample(range(len(samples)), len(samples)):
        if len(found) == count:
            break
        sample = samples[place]
        others = [one for one in rng.sample(samples, min(len(samples), 40)) if _differs(one, sample)]
        if others and (output := KINDS[kind](rng, sample, others[0])) and output != sample.output:
            spoilt = sample.model_copy(
                update={
                    "output": output,
                    "sample_id": sample_id(sample.domain, sample.instruction, sample.input, output),
                    "quality": None,
                }
            )
            if kind in _OF_FORM or _tokens(spoilt) != _tokens(sample):
                found.append(Planted(kind, spoilt))
    return found


def _tokens(sample: Sample) -> list[str]:
    return Reading.of(sample).code.split() or sample.output.split()


def _differs(one: Sample, sample: Sample) -> bool:
    return one.group != sample.group and one.domain == sample.domain and language_of(one) == language_of(sample)
