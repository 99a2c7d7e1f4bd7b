"""The door to the teachers: what a campaign asks of one, and which one answers a request. Draws and judges nothing.

A teacher is one file of this folder, one line in `teacher_called` and its name in a profile's `generation.teachers`.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Protocol

from oracle_lib import OracleError
from oracle_lib.generate.requests import Request
from oracle_lib.params import Expert, Limits, Prices, SelfTeaching, did_you_mean, load_machine, load_teachers


@dataclass(frozen=True)
class Reply:
    """What a teacher answered. `usage` counts what that took, in the teacher's own units; for one that is paid a token,
    `input` and of those `cached`, `output`, and `thinking` beside it. `model_version` is what the server says it is.
    """

    output: str
    usage: Mapping[str, int] = field(default_factory=dict)
    model_version: str = ""


@dataclass(frozen=True)
class Manner:
    """How a teacher is asked, and how far it is trusted. The usual manner is for one that is right by construction.

    A request is put to it `samples` times, each time under a seed of its own. Its answers must hold in `fresh_cases`
    beyond those of the problem's contract (fewer in C++, which has fuel for few). Of those that do, `keep` different
    ones a problem go into the data (None: all). `in_company` says that an answer may change with the requests that are
    answered beside it, as the last digits of a batch do: they are put to it together again until all are answered.
    `at_once` requests of a lot may wait for it at a time. One that `collects` answers a request that was put to it
    before a campaign was killed with what was paid for then.
    """

    samples: int = 1
    fresh_cases: int = 0
    keep: int | None = None
    in_company: bool = False
    at_once: int = 256
    collects: bool = False


class AsyncTeacher(Protocol):
    """Who answers requests, as many at a time as the campaign puts to it, in the campaign's own loop.

    `name` is its name in `generation.teachers`, `model` is what answers behind it, and `version` changes with whatever
    else decides its answers (its code, its settings), so that they are asked for anew.
    """

    @property
    def manner(self) -> Manner: ...

    @property
    def name(self) -> str: ...

    @property
    def model(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def limits(self) -> Limits: ...

    @property
    def prices(self) -> Prices: ...

    def unavailable(self) -> str | None:
        """Why it cannot answer on this machine and what to do, in one sentence; None where it can.

        It is asked before any work and must cost next to nothing: a key that is not set, a server that is not up.
        """

    async def answer(self, request: Request) -> Reply:
        """The answer to one request, asked once. Raises a `faults.Fault` that says what came instead, or `OracleError`
        where the campaign must end; it keeps every answer that it has.
        """

    async def close(self) -> None:
        """Ends what it holds open for its answers; it is asked nothing afterwards."""


def teacher_called(name: str, expert: Expert, settings: SelfTeaching, journal: Path | None = None) -> AsyncTeacher:
    """The teacher of that name for an expert. Raises `OracleError` where there is none, or where it cannot answer here.

    `settings` are those of the teacher "expert". A teacher that must know later what it was asked notes it in the
    campaign's `journal`; without one it is only there to be looked at.
    """
    from oracle_lib.generate.teachers.dataset import Dataset
    from oracle_lib.generate.teachers.expert import ExpertTeacher  # they build on this module
    from oracle_lib.generate.teachers.offline import Offline

    known: dict[str, Callable[[], AsyncTeacher]] = {
        "offline": Offline,
        "dataset": Dataset,
        "expert": lambda: ExpertTeacher(expert, settings),
        "gemini": lambda: _gemini(journal),
        "ollama": _ollama,
        "openai": _openai,
    }
    if name not in known:
        raise OracleError(f"generation.teachers: no teacher is called {name!r}{did_you_mean(name, list(known))}")
    teacher = known[name]()
    if reason := teacher.unavailable():
        raise OracleError(f"the teacher {name} cannot answer here: {reason}")
    return teacher


def _gemini(journal: Path | None) -> AsyncTeacher:
    from oracle_lib.generate.teachers.gemini import Gemini  # the clients take a second each to import
    from oracle_lib.generate.teachers.gemini_batch import GeminiBatch

    settings = load_teachers().gemini
    return GeminiBatch(settings, journal) if settings.transport == "batch" else Gemini(settings)


def _ollama() -> AsyncTeacher:
    from oracle_lib.generate.teachers.ollama import Ollama

    return Ollama(load_teachers().ollama, load_machine("local").ollama)


def _openai() -> AsyncTeacher:
    from oracle_lib.generate.teachers.openai import OpenAI

    return OpenAI(load_teachers().openai)


def name_of_teacher(request: Request, shares: Mapping[str, float]) -> str:
    """Which of the teachers answers a request: each its share of them, by a hash of what the request is about.

    So a request keeps its teacher whatever else is asked, and in whatever order the answers come.
    """
    drawn = f"teacher:{request.seed}:{request.subject}:{request.group}:{request.index}"
    position = int.from_bytes(hashlib.sha256(drawn.encode()).digest()[:8]) / 2**64
    ends = zip(shares, accumulate(shares.values()), strict=True)
    return next((name for name, end in ends if position < end), [*shares][-1])  # shares may add up to 0.999...


def who_answers(shares: Mapping[str, float]) -> str:
    """The teachers by the part of the accepted samples that each gives, as "gemini 70 %, ollama 30 %"."""
    return ", ".join(f"{name} {share:.0%}".replace("%", " %") for name, share in shares.items())
