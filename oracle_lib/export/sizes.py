"""Brings a side of the split to the size that is asked for, where it has more rows. Moves nothing to another side."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from oracle_lib.export.twins import Placed
from oracle_lib.sample import group_position


def surplus(side: Sequence[Placed], size: int) -> list[Placed]:
    """What a side has beyond `size` rows.

    Every domain and task gives its part of the size, by largest remainder, and keeps the rows of the groups that come
    first in the order of their hashes. So another row in the campaign takes the place of at most one that was there.
    """
    if len(side) <= size:
        return []
    strata: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for one in side:
        strata[one.sample.domain, one.sample.task].append(one)
    shares = _apportion({name: len(members) for name, members in strata.items()}, size)
    return [one for name in sorted(strata) for one in sorted(strata[name], key=_place)[shares[name] :]]


def _apportion(counts: dict[tuple[str, str], int], size: int) -> dict[tuple[str, str], int]:
    total = sum(counts.values())
    exact = {name: Fraction(size * count, total) for name, count in counts.items()}
    shares = {name: int(share) for name, share in exact.items()}
    by_remainder = sorted(exact, key=lambda name: (shares[name] - exact[name], name))
    for name in by_remainder[: size - sum(shares.values())]:
        shares[name] += 1
    return shares


def _place(one: Placed) -> tuple[float, str, str]:
    return group_position(one.sample.group), one.sample.group, one.sample.sample_id
