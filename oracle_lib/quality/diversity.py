"""How much of an answer nobody in its batch has said before, on canonical forms. It judges no answer by itself."""

from collections.abc import Sequence

from oracle_lib.quality.canonical import canonical_of
from oracle_lib.quality.text import language_of
from oracle_lib.sample import Sample

_STATEMENTS, _WORDS = 3, 5


def diversity(samples: Sequence[Sample]) -> list[float]:
    """For each sample, the share of its runs of three canonical statements (of prose: five words) that it says for the
    first time, in itself and in the batch. Samples are taken in the order of their ids, so that the order of arrival
    does not matter. What the same group said before does not count against it: it is the same problem in other words.
    """
    owners: dict[tuple[int, ...], str] = {}
    numbers: dict[str, int] = {}
    found = [0.0] * len(samples)
    for place in sorted(range(len(samples)), key=lambda place: (samples[place].sample_id, samples[place].group)):
        sample = samples[place]
        stream = canonical_of(sample)
        length = _STATEMENTS
        if language_of(sample) == "text":
            stream, length = tuple(" ".join(stream).split()), _WORDS
        of_one = tuple(numbers.setdefault(statement, len(numbers)) for statement in stream)
        runs = [of_one[start : start + length] for start in range(max(1, len(of_one) - length + 1))]
        new = {run for run in runs if owners.setdefault(run, sample.group) == sample.group}
        found[place] = len(new) / len(runs)
    return found
