"""What a campaign asks about: task families, routines and items of the user's sources, rows of data sets that exist.

Material comes in units, the requests about one problem, in an order that follows from the seed alone. Sources are read
when the first unit is wanted; whether they are there is known before.
"""

import math
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, count, islice
from pathlib import Path
from typing import Protocol

from oracle_lib import OracleError
from oracle_lib.files import outputs
from oracle_lib.generate import sources
from oracle_lib.generate.briefs import requests_about
from oracle_lib.generate.draws import Draws, FailedDraw
from oracle_lib.generate.knowledge import knowledge_of_sources
from oracle_lib.generate.mining import Mined, mine, mined_before, problems
from oracle_lib.generate.requests import ProblemRequest, Request, families_of, first_of
from oracle_lib.generate.rows import RowMaterial
from oracle_lib.items import Item
from oracle_lib.params import Expert, Generation, Part, Teachers, load_sources
from oracle_lib.quality import Knowledge
from oracle_lib.sample import Domain, Source
from oracle_lib.tasks import Family, Problem
from oracle_lib.words import counted, were

_OF_ROUTINES = ("disassembly", "romhack", "gigaleak")
"""The readers of sources with routines that can be run."""


class Units(Protocol):
    """The requests about one problem after the other. `duplicates` counts draws that repeated a problem so far,
    `failed` are those that brought none, and `exhausted` names what has no more.
    """

    @property
    def duplicates(self) -> int: ...
    @property
    def exhausted(self) -> list[str]: ...
    @property
    def failed(self) -> Sequence[FailedDraw]: ...

    def __iter__(self) -> Iterator[list[Request]]: ...


class Material(Protocol):
    """What one part of the mixture has for one domain: at most `most` rows. Where it names `teachers`, these alone
    answer, each its share; else those of the profile do. `knowledge` is of the names that its samples may use, and
    `names` are the user's sources that it is made of.
    """

    @property
    def names(self) -> Sequence[str]: ...
    @property
    def most(self) -> float: ...
    @property
    def teachers(self) -> Mapping[str, float] | None: ...
    @property
    def knowledge(self) -> Knowledge: ...

    def units(self, seed: int, workers: Executor | None = None) -> Units:
        """Always the same ones for the same seed, whether `workers` draw them or this process. Those that workers draw
        have no further cases.
        """

    def glance(self, seed: int, count: int) -> list[Request]:
        """The requests of some problems like those of its units, as far as they are there at once: nothing is mined,
        and nothing written.
        """

    def expected(self) -> str | None:
        """What is not known of it before a campaign has begun, in one sentence; None where nothing is."""


@dataclass(frozen=True)
class FamilyMaterial:
    """Problems of task families."""

    families: Sequence[Family]
    part: Part
    generation: Generation

    names = ()
    teachers = None
    knowledge = Knowledge.facts()

    @property
    def most(self) -> float:
        problems = self.generation.problems_of_a_family(self.part)
        return math.inf if problems is None else problems * self.generation.phrasings_of(self.part) * len(self.families)

    def units(self, seed: int, workers: Executor | None = None) -> "_FamilyUnits":
        draws = Draws(self.families, seed, self.generation.problems_of_a_family(self.part), workers)
        return _FamilyUnits(draws, self.part, self.generation.phrasings_of(self.part), seed)

    def glance(self, seed: int, count: int) -> list[Request]:
        return first_of(self.units(seed), count)

    def expected(self) -> None:
        return None


class _FamilyUnits:
    def __init__(self, draws: Draws, part: Part, phrasings: int, seed: int) -> None:
        self._draws, self._part, self._phrasings, self._seed = draws, part, phrasings, seed

    @property
    def duplicates(self) -> int:
        return self._draws.duplicates

    @property
    def exhausted(self) -> list[str]:
        return self._draws.exhausted

    @property
    def failed(self) -> Sequence[FailedDraw]:
        return self._draws.failed

    def __iter__(self) -> Iterator[list[Request]]:
        for index, problem in self._draws:
            yield [ProblemRequest(problem, index, which, self._seed) for which in self._asked(problem, index)]

    def _asked(self, problem: Problem, index: int) -> Iterable[int]:
        """Which phrasings of a problem are asked: the first ones of a template, which every family says in its own way,
        and each in its turn of those that are composed.
        """
        known = len(problem.instructions)
        first = 0 if self._part == "templates" else index
        return ((first + turn) % known for turn in range(min(self._phrasings, known)))


@dataclass(frozen=True)
class MinedRequest(ProblemRequest):
    """A problem about a routine of a source."""

    routine: Source

    @property
    def source(self) -> Source:
        return self.routine


@dataclass(frozen=True)
class MinedMaterial:
    """Problems about the routines of sources, with contracts that were mined from their runs. What was mined once is
    kept in `outputs/mined/`.
    """

    names: tuple[str, ...]
    _found: list[Mined] = field(default_factory=list, init=False, repr=False, compare=False)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False, compare=False)

    most = math.inf
    teachers = None

    @cached_property
    def knowledge(self) -> Knowledge:
        return knowledge_of_sources()

    def units(self, seed: int, workers: Executor | None = None) -> "_Once":
        return _Once(self._requests(seed), self.names)

    def glance(self, seed: int, count: int) -> list[Request]:
        return [_about(next(problems(one, seed)), one, seed) for one in islice(self._mined_before(), count)]

    def expected(self) -> str:
        known, names = sum(1 for _ in self._mined_before()), ", ".join(self.names)
        if not known:
            return (
                f"nothing of {names} was mined yet, which a campaign does for minutes: how much it gives is not known"
            )
        return f"of {names} {counted(known, 'routine')} {were(known)} mined before, with up to six problems each"

    def _mined_before(self) -> Iterator[Mined]:
        return chain.from_iterable(mined_before(_mined_of(name)) for name in self.names)

    def _requests(self, seed: int) -> Iterator[list[Request]]:
        for mined in self._mined():
            for problem in problems(mined, seed):
                yield [_about(problem, mined, seed)]

    def _mined(self) -> Iterator[Mined]:
        """The routines that could be mined, in order; each is mined once, whoever asks for it first."""
        for place in count():
            with self._one_at_a_time:
                if place == len(self._found):
                    if (mined := next(self._mining, None)) is None:
                        return
                    self._found.append(mined)
            yield self._found[place]

    @cached_property
    def _mining(self) -> Iterator[Mined]:
        mining = (mine(sources.read_one(name), _mined_of(name), beside=_game_of(name)) for name in self.names)
        return (one for one in chain.from_iterable(mining) if isinstance(one, Mined))


def _mined_of(name: str) -> Path:
    """Where it is kept what was mined of a source."""
    return outputs() / "mined" / f"{name}.jsonl"


def _about(problem: Problem, mined: Mined, seed: int) -> MinedRequest:
    return MinedRequest(problem, 0, seed % len(problem.instructions), seed, mined.source)


@dataclass(frozen=True)
class ItemMaterial:
    """Items of the user's sources of one domain, that `teachers` write about."""

    expert: Expert
    domain: Domain
    names: tuple[str, ...]
    teachers: Mapping[str, float]

    most = math.inf

    @cached_property
    def knowledge(self) -> Knowledge:
        return knowledge_of_sources()

    @cached_property
    def _items(self) -> tuple[Item, ...]:
        items = tuple(sources.read(self.expert, [self.domain]))
        if not items:
            raise OracleError(f"{', '.join(self.names)}: the folder holds nothing that a teacher could be asked about")
        return items

    def units(self, seed: int, workers: Executor | None = None) -> "_Once":
        return _Once(self._requests(seed), self.names)

    def glance(self, seed: int, count: int) -> list[Request]:
        items = islice(sources.read(self.expert, [self.domain]), count)
        return [*islice(requests_about(items, self.expert, seed), count)]

    def expected(self) -> None:
        return None

    def _requests(self, seed: int) -> Iterator[list[Request]]:
        for request in requests_about(self._items, self.expert, seed):
            yield [request]


class _Once:
    """Units that come to an end."""

    duplicates = 0
    failed = ()

    def __init__(self, units: Iterator[list[Request]], names: Sequence[str]) -> None:
        self.exhausted: list[str] = []
        self._units, self._names = units, names

    def __iter__(self) -> Iterator[list[Request]]:
        yield from self._units
        self.exhausted += self._names


def materials(expert: Expert, generation: Generation) -> dict[Part, dict[Domain, Material]]:
    """What there is to ask about, by the parts of the mixture. Raises `OracleError` where a part needs a source that is
    not there, and names it.
    """
    found: dict[Part, dict[Domain, Material]] = {
        part: {
            domain: FamilyMaterial(families, part, generation)
            for domain, families in families_of(expert.language, generation.families, part, expert.subjects).items()
        }
        for part in generation.mixture
    }
    if "items" in generation.mixture:  # first: it needs most, so what it says lacks is all
        found["items"] = dict(_item_materials(expert, generation))
    if "mined" in generation.mixture:
        found["mined"] = dict(_mined_materials(expert))
    if "datasets" in generation.mixture:
        found["datasets"] = dict(_row_materials(expert))
    return found


def _there(expert: Expert, part: Part, readers: Collection[str] = ()) -> dict[Domain, list[str]]:
    """The names of the sources that a part of the mixture draws from, by their domains."""
    try:
        found = sources.there(expert, readers=readers)
    except OracleError as error:
        raise OracleError(
            f"generation.mixture: for its part {part} {error}; or leave {part} out of the mixture"
        ) from None
    by_domain: dict[Domain, list[str]] = {}
    for name, source in found.items():
        by_domain.setdefault(source.domain, []).append(name)
    return by_domain


def _row_materials(expert: Expert) -> dict[Domain, RowMaterial]:
    found = _there(expert, "datasets", ["datasets"])
    if not found:
        domains = " or ".join(expert.domains)
        raise OracleError(
            f"generation.mixture: params/sources.yaml names no data set of domain {domains} for its part datasets; add "
            "one there with the reader datasets, or leave datasets out of the mixture"
        )
    return {domain: RowMaterial(tuple(names)) for domain, names in found.items()}


def _mined_materials(expert: Expert) -> dict[Domain, MinedMaterial]:
    if expert.language != "asm":
        return {}
    found = _there(expert, "mined", _OF_ROUTINES)
    return {domain: MinedMaterial(tuple(names)) for domain, names in found.items()}


def _game_of(name: str) -> Iterable[Item]:
    """The game that a ROM hack changes, where its disassembly is there."""
    known = load_sources()
    game = known[name].vanilla
    return sources.read_one(game) if game and sources.is_there(game, known[game]) else ()


def _item_materials(expert: Expert, generation: Generation) -> dict[Domain, ItemMaterial]:
    readers = {name: share for name, share in generation.teachers.items() if name in Teachers.model_fields}
    if not readers:
        raise OracleError(
            "generation.mixture: items of sources need a teacher that reads them, such as gemini or ollama; name one "
            "in generation.teachers, or leave items out"
        )
    found = _there(expert, "items")
    sources.read(expert)  # raises where no source is even known; nothing is read yet
    return {domain: ItemMaterial(expert, domain, tuple(names), readers) for domain, names in found.items()}
