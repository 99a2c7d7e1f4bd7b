"""Blind ratings of an expert against its base: kept on this machine alone, counted to a share. Asks nobody anything.

`outputs/ratings.sqlite` holds who was preferred by whom was asked what, never who rated. A rating is of one adapter, by
its sha256, so another training starts from none.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Literal

from oracle_lib import OracleError
from oracle_lib.files import display_path, outputs, writable_folder
from oracle_lib.records import Frozen

LEAST = 30
"""Ratings below which a share says too little to be one."""
Winner = Literal["expert", "base", "neither"]


class Satisfaction(Frozen):
    """How many of `ratings` preferred the expert, with Wilson's 95 % interval of that share (None below `LEAST`).

    "Neither" is no preference for the expert.
    """

    preferred: int
    ratings: int
    share: float | None
    low: float | None
    high: float | None

    def __str__(self) -> str:
        if self.share is None or self.low is None or self.high is None:
            return f"not measured: {self.ratings} of the {LEAST} ratings that it takes"
        return f"{self.share:.1%} of {self.ratings} ratings prefer the expert [{self.low:.1%}, {self.high:.1%}]"


def keep(adapter_sha256: str, question: str, winner: Winner) -> None:
    """Keeps a rating; of two about one question, the later one counts."""
    with _opened() as database:
        database.execute(
            "INSERT OR REPLACE INTO ratings VALUES (?, ?, ?, ?)",
            (adapter_sha256, question, winner, datetime.now(UTC).isoformat(timespec="seconds")),
        )


def satisfaction(adapter_sha256: str) -> Satisfaction:
    """What the ratings of an adapter say so far."""
    from scipy.stats import binomtest  # it takes a second to load

    if not (outputs() / "ratings.sqlite").is_file():
        return Satisfaction(preferred=0, ratings=0, share=None, low=None, high=None)
    with _opened() as database:
        rows = database.execute("SELECT winner FROM ratings WHERE adapter = ?", (adapter_sha256,)).fetchall()
    count, preferred = len(rows), sum(winner == "expert" for (winner,) in rows)
    if count < LEAST:
        return Satisfaction(preferred=preferred, ratings=count, share=None, low=None, high=None)
    interval = binomtest(preferred, count).proportion_ci(method="wilson")
    return Satisfaction(
        preferred=preferred,
        ratings=count,
        share=preferred / count,
        low=float(interval.low),
        high=float(interval.high),
    )


def rated_questions(adapter_sha256: str) -> frozenset[str]:
    """The questions about which an adapter has been rated."""
    if not (outputs() / "ratings.sqlite").is_file():
        return frozenset()
    with _opened() as database:
        rows = database.execute("SELECT question FROM ratings WHERE adapter = ?", (adapter_sha256,)).fetchall()
    return frozenset(question for (question,) in rows)


@contextmanager
def _opened() -> Iterator[sqlite3.Connection]:
    path = writable_folder(outputs()) / "ratings.sqlite"
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=60)) as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute(
                "CREATE TABLE IF NOT EXISTS ratings (adapter TEXT NOT NULL, question TEXT NOT NULL, "
                "winner TEXT NOT NULL CHECK (winner IN ('expert', 'base', 'neither')), rated TEXT NOT NULL, "
                "PRIMARY KEY (adapter, question)) STRICT"
            )
            yield database
    except sqlite3.Error as error:
        raise OracleError(
            f"{display_path(path)} cannot be used ({error}); move it away, and rate again what it held"
        ) from None
