"""What a campaign may expect from its sources, before anybody is asked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from oracle_lib.generate.briefs.asks import LONGEST
from oracle_lib.generate.briefs.request import usable_briefs
from oracle_lib.generate.briefs.standalone import standalone
from oracle_lib.items import Item, ItemKind
from oracle_lib.params import Expert
from oracle_lib.sample import Task


@dataclass(frozen=True)
class Expected:
    """What one kind of item of one source gives for one task: so many requests, and of these so many samples."""

    corpus: str
    kind: ItemKind
    task: Task
    items: int
    requests: int
    samples: int


@dataclass(frozen=True)
class Expectation:
    """The rows by source, kind and task, and why items are asked nothing about, with how many."""

    rows: tuple[Expected, ...]
    left_out: dict[str, int]


def expected(
    items: Iterable[Item], expert: Expert, phrasings: int = 1, accepted: Mapping[Task, float] | None = None
) -> Expectation:
    """How many requests the items give, each brief in so many manners, and how many samples if of each task the share
    `accepted` is (all, where nothing is known of it).
    """
    asked, about = Counter[tuple[str, ItemKind, Task]](), Counter[tuple[str, ItemKind, Task]]()
    left_out = Counter[str]()
    for item in map(standalone, items):
        tasks = Counter(brief.task for brief in usable_briefs(item, expert))
        for task, count in tasks.items():
            asked[item.source.corpus, item.kind, task] += count * phrasings
            about[item.source.corpus, item.kind, task] += 1
        if not tasks:
            left_out[_reason(item, expert)] += 1
    rows = (
        Expected(*key, about[key], count, round(count * (accepted or {}).get(key[2], 1.0)))
        for key, count in sorted(asked.items())
    )
    return Expectation(tuple(rows), dict(sorted(left_out.items())))


def _reason(item: Item, expert: Expert) -> str:
    if item.domain not in expert.domains:
        return f"the expert has no target in the domain {item.domain}"
    if len(item.text) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    return f"nothing is asked about a {item.kind} for this expert"
