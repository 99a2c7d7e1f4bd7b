"""Puts an expert and its base side by side, blindly, and asks a person which answer is better. Counts nothing: that is
for `ratings`.
"""

import hashlib
import random
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field

from oracle_lib import OracleError, ratings, registry
from oracle_lib.chat import Conversation
from oracle_lib.council.places import IN_PROCESS
from oracle_lib.council.router.measure import read_questions
from oracle_lib.council.speaking import hear
from oracle_lib.params import load_council, load_expert
from oracle_lib.registry import Version
from oracle_lib.runtimes import RUNTIMES, Runtime, Settings, open_runtime
from oracle_lib.synchronous import run_to_end

_ASKED = "Which is better, 1 or 2? (0: neither, q: stop) "


@dataclass(frozen=True)
class Pair:
    """Two answers to a question in random order. Which is the expert's is not shown, and is kept with the rating."""

    question: str
    answers: tuple[str, str]
    _adapter_sha256: str = field(repr=False)
    _expert_at: int = field(repr=False)

    def prefer(self, choice: int) -> None:
        """Keeps that answer 1 or 2 is the better one, or with 0 that neither is."""
        winner: ratings.Winner = "neither" if choice == 0 else "expert" if choice - 1 == self._expert_at else "base"
        ratings.keep(self._adapter_sha256, self.question, winner)


def pairs(expert: str, count: int) -> Iterator[Pair]:
    """At most so many pairs about hand-written questions that concern the expert and that nobody has rated yet.

    `expert` is any of its names, or a registered version. The expert's adapter and its base get the same prompts and
    draw by the same seed. Raises `OracleError` where nothing is registered, or an answer fails.
    """
    version = registry.resolve(expert)
    rated = ratings.rated_questions(version.adapter.sha256)
    asked = [one.question for one in read_questions() if version.expert in one.experts]
    open_questions = [question for question in dict.fromkeys(asked) if question not in rated]
    params = load_council()
    place = params.runtimes.get(version.expert, params.runtime)
    with closing(open_runtime(place if place in RUNTIMES else IN_PROCESS, version.adapter.base)) as runtime:
        for question in open_questions[:count]:
            answers = [_said(runtime, version, name, question) for name in (version.name, None)]
            expert_at = random.SystemRandom().randrange(2)
            if expert_at:
                answers.reverse()
            yield Pair(question, (answers[0], answers[1]), version.adapter.sha256, expert_at)


def rate(expert: str, count: int, read: Callable[[str], str], tell: Callable[[str], object]) -> None:
    """Shows one pair after the other to a person, and last what all ratings of the adapter say."""
    version = registry.resolve(expert)
    for number, pair in enumerate(pairs(expert, count), 1):
        tell(f"\n{number}. {pair.question}")
        for place, answer in enumerate(pair.answers, 1):
            tell(f"\n--- answer {place} ---\n{answer}")
        choice = _choice(read)
        if choice is None:
            break
        pair.prefer(choice)
    tell(f"\n{version.name}: {ratings.satisfaction(version.adapter.sha256)}")


def _choice(read: Callable[[str], str]) -> int | None:
    while True:
        try:
            said = read(_ASKED).strip().lower()
        except EOFError:
            return None
        if said in ("q", "quit"):
            return None
        if said in ("0", "1", "2"):
            return int(said)


def _said(runtime: Runtime, version: Version, name: str | None, question: str) -> str:
    expert, params = load_expert(version.expert), load_council()
    asked: Conversation = [
        {"role": "system", "content": expert.system_prompt},
        {"role": "user", "content": question},
    ]
    settings = Settings(
        max_new_tokens=params.max_new_tokens,
        temperature=expert.temperature,
        seed=int(hashlib.sha256(question.encode()).hexdigest()[:7], 16),
    )
    said = run_to_end(hear(runtime, name, asked, settings, params.answer_seconds, lambda _: None))
    if said.fault and not said.text:
        raise OracleError(f"{name or version.adapter.base} gave no answer to rate: {said.fault}")
    return said.text
