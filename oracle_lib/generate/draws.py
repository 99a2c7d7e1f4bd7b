"""Draws the problems of a campaign: those of several families in turn, here or ahead in worker processes.

Nobody is asked here.
"""

import hashlib
import json
import traceback
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from pathlib import Path

from oracle_lib import OracleError
from oracle_lib.tasks import Family, Problem
from oracle_lib.tasks.decontamination import REFUSED
from oracle_lib.workers import processors

_IN_VAIN = 50
_AHEAD = 32
"""How many draws a worker has before it: enough to go on while another takes its time with the one that is wanted."""
_FEW = 3
_SHARE = 0.01
"""At least so many draws of a family, and more than this share of them, must fail for it to be at fault."""
_REASON = 200
"""The most characters of what a failed draw says."""


@dataclass(frozen=True)
class FailedDraw:
    """A draw that brought no problem, because the family has a fault that this draw hit upon."""

    family: str
    index: int
    reason: str


class Draws:
    """Problems of several families in turn, none twice, the same ones for the same seed.

    `duplicates` counts draws that repeated a problem. `exhausted` names families that repeated themselves 50 times in a
    row and were left out from then on, as is each that has given `most` problems. `failed` are the draws that were left
    out because their family has a fault. With `workers` the problems are drawn there, some ahead; they come without
    their oracles then, which no process can hand to another.
    """

    def __init__(
        self, of: Sequence[Family], seed: int | str, most: int | None = None, workers: Executor | None = None
    ) -> None:
        self.duplicates = 0
        self.exhausted: list[str] = []
        self.failed: list[FailedDraw] = []
        self._seed = seed
        self._most = most
        self._problems = self._take_turns(list(of), _Ahead(of, seed, workers) if workers else _Here(seed))

    def __iter__(self) -> Iterator[tuple[int, Problem]]:
        """Each problem with its index: it was drawn by the seed `{seed}:{family}:{index}`. Raises `OracleError` where
        too many draws of a family fail.
        """
        return self._problems

    def _take_turns(self, families: list[Family], drawing: "_Here | _Ahead") -> Iterator[tuple[int, Problem]]:
        seen: set[bytes] = set()  # digests: of a campaign's problems there are many
        given: Counter[str] = Counter()
        while families:
            for family in list(families):
                index, problem = self._another(family, drawing, seen)
                if problem is None:
                    self.exhausted.append(family.name)
                else:
                    given[family.name] += 1
                if problem is None or given[family.name] == self._most:
                    families.remove(family)
                    drawing.leave_out(family)
                if problem:
                    yield index, problem

    def _another(self, family: Family, drawing: "_Here | _Ahead", seen: set[bytes]) -> tuple[int, Problem | None]:
        """The next problem of the family that was not seen before, and its index; None where it repeats itself."""
        repeated = 0
        while True:
            index, problem = drawing.next(family)
            if isinstance(problem, str):
                self._leave_out(FailedDraw(family.name, index, problem))
                continue
            named = json.dumps([problem.family, problem.parameters], sort_keys=True)
            identity = hashlib.sha256(named.encode()).digest()[:12]
            if identity not in seen:
                seen.add(identity)
                return index, problem
            self.duplicates += 1
            repeated += 1
            if repeated == _IN_VAIN:
                return index, None

    def _leave_out(self, draw: FailedDraw) -> None:
        self.failed.append(draw)
        count, drawn = sum(one.family == draw.family for one in self.failed), draw.index + 1
        if count >= _FEW and count > _SHARE * drawn:
            raise OracleError(
                f"the task family {draw.family} has a fault: {count} of its first {drawn} draws failed, the last at "
                f"index {draw.index} ({draw.reason}); report the family and its seed "
                f"{_seed(self._seed, draw.family, draw.index)!r} to whoever maintains it"
            )


class _Here:
    """Draws each problem when it is wanted."""

    def __init__(self, seed: int | str) -> None:
        self._seed = seed
        self._drawn: Counter[str] = Counter()

    def next(self, family: Family) -> tuple[int, Problem | str]:
        """The family's next index, and what it draws there: a problem, or why there is none."""
        index = self._drawn[family.name]
        self._drawn[family.name] += 1
        return index, _draw(family, _seed(self._seed, family.name, index))

    def leave_out(self, family: Family) -> None:
        """Of this family no more is wanted."""


class _Ahead:
    """Draws problems in worker processes, in the order in which they will be wanted if none is left out.

    What is drawn ahead of a duplicate stays good: it is what the family draws next.
    """

    def __init__(self, families: Sequence[Family], seed: int | str, workers: Executor) -> None:
        self._seed, self._workers = seed, workers
        self._most = _AHEAD * processors()
        self._turn = deque(families)
        self._drawn: Counter[str] = Counter()
        self._waiting: dict[str, deque[tuple[int, Future[_Drawn]]]] = {family.name: deque() for family in families}

    def next(self, family: Family) -> tuple[int, Problem | str]:
        """The family's next index, and what it draws there: a problem, or why there is none."""
        waiting = self._waiting[family.name]
        if not waiting:
            self._begin(family)
        while sum(map(len, self._waiting.values())) < self._most:
            self._begin(self._turn[0])
            self._turn.rotate(-1)
        index, future = waiting.popleft()
        drawn = future.result()
        REFUSED.update(drawn.refused)
        return index, drawn.problem

    def leave_out(self, family: Family) -> None:
        """Of this family no more is wanted."""
        self._turn.remove(family)
        for _, future in self._waiting.pop(family.name):
            future.cancel()

    def _begin(self, family: Family) -> None:
        index = self._drawn[family.name]
        self._drawn[family.name] += 1
        bare = replace(family)  # without the example that it may have drawn: its oracle goes into no other process
        drawing = self._workers.submit(_draw_elsewhere, bare, _seed(self._seed, family.name, index))
        self._waiting[family.name].append((index, drawing))


@dataclass(frozen=True)
class _Drawn:
    """What a worker drew: a problem, or why there is none; and the programs that it refused on the way."""

    problem: Problem | str
    refused: Counter[tuple[str, str]]


def _seed(seed: int | str, family: str, index: int) -> str:
    return f"{seed}:{family}:{index}"


def _draw_elsewhere(family: Family, seed: str) -> _Drawn:
    REFUSED.clear()
    problem = _draw(family, seed)
    if isinstance(problem, Problem):
        problem = problem.model_copy(update={"oracle": None})
    return _Drawn(problem, Counter(REFUSED))


def _draw(family: Family, seed: str) -> Problem | str:
    """The problem, or what went wrong with it, and where."""
    try:
        return family.problem(seed)
    except OracleError:
        raise
    except Exception as error:  # whatever a family does wrong, the others have problems
        place = traceback.extract_tb(error.__traceback__)[-1]
        said = f"{type(error).__name__}: {error}".partition("\n")[0][:_REASON]
        return f"{said}, in line {place.lineno} of {Path(place.filename).name}"
