"""The campaign's memory: every request, each time it was sent and what came of it, answers and verdicts, in one SQLite
file that survives kill -9 and a power cut.

Nothing is decided here. Keys are digests of content, so a campaign that starts again repeats and pays nothing it has.
"""

import asyncio
import json
import os
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from oracle_lib import OracleError
from oracle_lib.generate.requests import Request
from oracle_lib.generate.teachers import AsyncTeacher, Reply
from oracle_lib.generate.teachers.faults import without_secrets
from oracle_lib.verify import Verdict
from oracle_lib.words import counted, were

_VERSION = 2
_MOST_KEPT = 20_000
"""Characters of an answer that can only be read, because no draft could be made of it."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS requests (
    key TEXT PRIMARY KEY, teacher TEXT NOT NULL, model TEXT NOT NULL, subject TEXT NOT NULL, draw INTEGER NOT NULL,
    phrasing INTEGER NOT NULL, domain TEXT NOT NULL, grouping TEXT NOT NULL, prompt TEXT NOT NULL, asked TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS tries (
    number INTEGER PRIMARY KEY, request TEXT NOT NULL REFERENCES requests, teacher TEXT NOT NULL, model TEXT NOT NULL,
    sent REAL NOT NULL, ended REAL, outcome TEXT, why TEXT, usage TEXT NOT NULL DEFAULT '{}',
    dollars REAL NOT NULL DEFAULT 0, output TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS tries_of_a_request ON tries (request);
CREATE TABLE IF NOT EXISTS drafts (
    request TEXT PRIMARY KEY REFERENCES requests, output TEXT NOT NULL, usage TEXT NOT NULL,
    model_version TEXT NOT NULL, drafted TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS set_aside (request TEXT PRIMARY KEY REFERENCES requests, why TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS judged (request TEXT PRIMARY KEY REFERENCES requests, passes INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS verdicts (key TEXT PRIMARY KEY, verdict TEXT NOT NULL, judged TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS closed (
    lot TEXT NOT NULL, teacher TEXT NOT NULL, accepted INTEGER NOT NULL, why TEXT NOT NULL, PRIMARY KEY (lot, teacher)
) STRICT;
CREATE TABLE IF NOT EXISTS sessions (number INTEGER PRIMARY KEY, pid INTEGER, started REAL, seen REAL) STRICT;
"""


@dataclass(frozen=True)
class Account:
    """What one model of one teacher was sent and has cost, over all that this journal has seen.

    `sent` counts every sending, and of those `unknown` are the ones whose end nobody saw, because the process was
    killed. `answers` are usable ones, and `passing` of those passed their contracts. `usage` sums tokens, `seconds` the
    time that answers took.
    """

    teacher: str
    model: str
    sent: int
    unknown: int
    answers: int
    passing: int
    judged: int
    usage: dict[str, int]
    dollars: float
    seconds: float

    @property
    def ended(self) -> int:
        return self.sent - self.unknown

    @property
    def usage_counted(self) -> bool:
        """Whether it is a teacher that is paid, or could be."""
        return any(self.usage.values())

    def in_words(self) -> str:
        tokens = ", ".join(f"{count:,} {kind}" for kind, count in self.usage.items() if count)
        unknown = (
            f" ({self.unknown} {were(self.unknown)} in flight when the campaign was killed)" if self.unknown else ""
        )
        return (
            f"{self.teacher} ({self.model}): {counted(self.sent, 'request')}{unknown}, "
            f"{counted(self.answers, 'answer')}, "
            f"tokens: {tokens}; ${self.dollars:.2f}"
        )

    def with_more(self, other: "Account") -> "Account":
        """Both together, of one teacher and model."""
        return replace(
            self,
            sent=self.sent + other.sent,
            unknown=self.unknown + other.unknown,
            answers=self.answers + other.answers,
            passing=self.passing + other.passing,
            judged=self.judged + other.judged,
            usage={kind: count + other.usage[kind] for kind, count in self.usage.items()},
            dollars=self.dollars + other.dollars,
            seconds=self.seconds + other.seconds,
        )


def accounts(path: Path) -> list[Account]:
    """The accounts of a journal that somebody else may be writing; none where there is no journal of this version."""
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            return _accounts(database)
    except sqlite3.Error:
        return []


def unusable_answers(path: Path, each: int = 2) -> dict[str, list[str]]:
    """The last answers of which no draft could be made, by what was wrong with them, the most frequent reason first, at
    most `each` for a reason. None where there is no journal, or one of a version that did not keep them.
    """
    ranked = (
        "SELECT why, output, count(*) OVER (PARTITION BY why) AS often, "
        "row_number() OVER (PARTITION BY why ORDER BY number DESC) AS place FROM tries "
        "WHERE outcome IN ('spoiled', 'unusable') AND output != ''"
    )
    found: dict[str, list[str]] = {}
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            for why, output in database.execute(
                f"SELECT why, output FROM ({ranked}) WHERE place <= ? ORDER BY often DESC, why, place", (each,)
            ):
                found.setdefault(why, []).append(output)
    except sqlite3.Error:
        return {}
    return found


def _accounts(database: sqlite3.Connection) -> list[Account]:
    tokens = ("input", "cached", "output", "thinking")
    sums = ", ".join(f"coalesce(sum(json_extract(usage, '$.{name}')), 0)" for name in tokens)
    rows = database.execute(
        f"SELECT teacher, model, count(*), sum(outcome IS NULL), sum(outcome IS 'answered'), sum(dollars), "
        f"sum(CASE WHEN outcome IS 'answered' THEN ended - sent ELSE 0 END), {sums} FROM tries "
        "GROUP BY 1, 2 ORDER BY 1, 2"
    ).fetchall()
    judged = {
        (teacher, model): (passing, count)
        for teacher, model, passing, count in database.execute(
            "SELECT teacher, model, sum(passes), count(*) FROM judged JOIN requests ON key = request GROUP BY 1, 2"
        )
    }
    return [
        Account(
            teacher,
            model,
            sent,
            unknown,
            answers,
            *judged.get((teacher, model), (0, 0)),
            dict(zip(tokens, usage, strict=True)),
            dollars,
            seconds,
        )
        for teacher, model, sent, unknown, answers, dollars, seconds, *usage in rows
    ]


class CampaignJournal:
    """Opened by one campaign at a time, inside a running event loop. What is awaited here is on the disk when it
    returns; many writes share one commit, for a disk takes milliseconds to promise that it keeps something.

    `sent`, `dollars` and `hours` are those of the whole campaign, over all times that it was begun again. What was sent
    and not seen to end is counted at the mean cost of what did.
    """

    def __init__(self, path: Path) -> None:
        self._writes = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            self._prepare()
        except sqlite3.Error as error:
            raise _unwritable(error) from None
        self._reads = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._reading = threading.Lock()  # judging threads read too, and two may not share a prepared statement
        self._thread = ThreadPoolExecutor(1)
        self._queue: list[tuple[str, Sequence[object], asyncio.Future[None] | None]] = []
        self._draining: asyncio.Task[None] | None = None
        self._failure: OracleError | None = None
        self._number = self._one("SELECT coalesce(max(number), 0) FROM tries")
        self._spent, self._ended, self._open = Counter[str](), Counter[str](), Counter[str]()
        for account in _accounts(self._reads):
            self._spent[account.teacher] += account.dollars  # type: ignore[assignment]
            self._ended[account.teacher] += account.ended
            self._open[account.teacher] += account.unknown
        self._hours_before = self._one("SELECT coalesce(sum(seen - started), 0) FROM sessions") / 3600
        self._started = time.time()
        begun = (os.getpid(), self._started, self._started)
        self._session = self._writes.execute("INSERT INTO sessions VALUES (NULL, ?, ?, ?)", begun).lastrowid

    def _prepare(self) -> None:
        version = self._writes.execute("PRAGMA user_version").fetchone()[0]
        if version == 1:  # it kept no answers that could not be used; all else is as it was
            self._writes.executescript(
                f"BEGIN; ALTER TABLE tries ADD COLUMN output TEXT; PRAGMA user_version={_VERSION}; COMMIT;"
            )
        elif version != _VERSION:
            for (table,) in self._writes.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                self._writes.execute(f'DROP TABLE "{table}"')
        # FULL, not NORMAL: answers are paid for, and NORMAL may lose many of them in a power cut.
        self._writes.executescript(
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {_SCHEMA} PRAGMA user_version={_VERSION};"
        )

    def _one(self, question: str) -> int:
        value: int = self._read(question)[0][0]
        return value

    def _read(self, question: str, *values: object) -> list[Any]:
        with self._reading:
            return self._reads.execute(question, values).fetchall()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Writes what still waits. Where the disk takes it no more, whoever awaited it has heard so."""
        if self._draining:
            await asyncio.wait([self._draining])
        self._thread.shutdown()
        self._reads.close()
        self._writes.close()

    @property
    def sent(self) -> int:
        return self._ended.total() + self._open.total()

    @property
    def dollars(self) -> float:
        means = {teacher: self._spent[teacher] / count for teacher, count in self._ended.items() if count}
        return sum(self._spent.values()) + sum(means.get(name, 0) * count for name, count in self._open.items())

    @property
    def hours(self) -> float:
        return self._hours_before + (time.time() - self._started) / 3600

    def accounts(self) -> list[Account]:
        with self._reading:
            return _accounts(self._reads)

    def begin(self, key: str, request: Request, teacher: AsyncTeacher) -> int:
        """Notes that a request is sent, and returns the number of this sending."""
        if teacher.manner.collects:  # what a killed process sent and this is one sending
            unseen = "FROM tries WHERE request = ? AND outcome IS NULL"
            self._open[teacher.name] -= self._read(f"SELECT count(*) {unseen}", key)[0][0]
            self._write(f"DELETE {unseen}", key)
        self._number += 1
        self._open[teacher.name] += 1
        place = (request.subject, request.index, request.phrasing, request.domain.value, request.group, request.prompt)
        self._write(
            "INSERT OR IGNORE INTO requests VALUES (?,?,?,?,?,?,?,?,?,?)",
            key,
            teacher.name,
            teacher.model,
            *place,
            _now(),
        )
        self._write(
            "INSERT INTO tries (number, request, teacher, model, sent) VALUES (?, ?, ?, ?, ?)",
            self._number,
            key,
            teacher.name,
            teacher.model,
            time.time(),
        )
        return self._number

    def end(
        self, number: int, teacher: AsyncTeacher, outcome: str, why: str, usage: dict[str, int], output: str = ""
    ) -> None:
        """Notes how a sending ended, and what it cost: "answered", "spoiled", which counts against the request, or a
        fault of the teacher, which does not. `output` is what came, where it is no answer.
        """
        dollars = teacher.prices.dollars(usage)
        self._open[teacher.name] -= 1
        self._ended[teacher.name] += 1
        self._spent[teacher.name] += dollars  # type: ignore[assignment]
        self._write(
            "UPDATE tries SET ended = ?, outcome = ?, why = ?, usage = ?, dollars = ?, output = ? WHERE number = ?",
            time.time(),
            outcome,
            why,
            json.dumps(usage),
            dollars,
            _to_be_read(output),
            number,
        )

    async def keep(self, key: str, reply: Reply) -> None:
        """What was answered to the request of that key."""
        values = (key, reply.output, json.dumps(dict(reply.usage)), reply.model_version, _now())
        await self._written("INSERT OR IGNORE INTO drafts VALUES (?, ?, ?, ?, ?)", *values)

    def reply(self, key: str) -> Reply | None:
        """What was answered to the request of that key, if it was."""
        rows = self._read("SELECT output, usage, model_version FROM drafts WHERE request = ?", key)
        return Reply(rows[0][0], json.loads(rows[0][1]), rows[0][2]) if rows else None

    def flaws(self, key: str) -> list[str]:
        """What was wrong each time with the answers to that request that could not be used."""
        rows = self._read(
            "SELECT why FROM tries WHERE request = ? AND outcome IN ('spoiled', 'unusable') ORDER BY number", key
        )
        return [why for (why,) in rows]

    async def spoil(self, key: str, why: str) -> None:
        """What was answered to that request turned out to be of no use; it is kept to be read."""
        reply = self.reply(key)
        self._write("DELETE FROM drafts WHERE request = ?", key)
        await self._written(
            "UPDATE tries SET outcome = 'unusable', why = ?, output = ? WHERE request = ? AND outcome = 'answered'",
            why,
            _to_be_read(reply.output if reply else ""),
            key,
        )

    async def set_aside(self, key: str, why: str) -> None:
        """That request is not sent again."""
        await self._written("INSERT OR IGNORE INTO set_aside VALUES (?, ?)", key, why)

    def why_set_aside(self, key: str) -> str | None:
        """What was wrong with the answers to that request, where it is not sent again."""
        rows = self._read("SELECT why FROM set_aside WHERE request = ?", key)
        return rows[0][0] if rows else None

    async def record_verdict(self, key: str, verdict: Verdict) -> None:
        values = (key, verdict.model_dump_json(), _now())
        await self._written("INSERT OR IGNORE INTO verdicts VALUES (?, ?, ?)", *values)

    def verdict(self, key: str) -> Verdict | None:
        rows = self._read("SELECT verdict FROM verdicts WHERE key = ?", key)
        return Verdict.model_validate_json(rows[0][0]) if rows else None

    def record_judged(self, key: str, passes: bool) -> None:
        """Whether the answer to the request of that key passes."""
        self._write("INSERT OR IGNORE INTO judged VALUES (?, ?)", key, passes)

    def record_rejected(self, key: str) -> None:
        """The answer to the request of that key passes, and is no sample all the same."""
        self._write("UPDATE judged SET passes = 0 WHERE request = ?", key)

    async def close_lane(self, lot: str, teacher: str, accepted: int, why: str) -> None:
        """From now on that teacher gives this lot no more than it has."""
        await self._written("INSERT OR IGNORE INTO closed VALUES (?, ?, ?, ?)", lot, teacher, accepted, why)

    def closed(self, lot: str, teacher: str) -> tuple[int, str] | None:
        """How much a teacher that was closed for this lot had given, and why it was closed."""
        rows = self._read("SELECT accepted, why FROM closed WHERE lot = ? AND teacher = ?", lot, teacher)
        return rows[0] if rows else None

    async def _written(self, statement: str, *values: object) -> None:
        on_disk: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._write(statement, *values, on_disk=on_disk)
        await on_disk

    def _write(self, statement: str, *values: object, on_disk: "asyncio.Future[None] | None" = None) -> None:
        if self._failure:
            raise self._failure
        self._queue.append((statement, values, on_disk))
        if self._draining is None:
            self._draining = asyncio.get_running_loop().create_task(self._drain())

    async def _drain(self) -> None:
        """Commits all that waits at a time, until nothing does."""
        while self._queue:
            batch, self._queue = self._queue, []
            try:
                await asyncio.get_running_loop().run_in_executor(self._thread, self._commit, batch)
            except sqlite3.Error as error:
                self._failure = _unwritable(error)
            for _, _, on_disk in batch:
                if on_disk and not on_disk.done():
                    if self._failure:
                        on_disk.set_exception(self._failure)
                    else:
                        on_disk.set_result(None)
        self._draining = None

    def _commit(self, batch: Sequence[tuple[str, Sequence[object], object]]) -> None:
        self._writes.execute("BEGIN IMMEDIATE")
        try:
            for statement, values, _ in batch:
                self._writes.execute(statement, values)
            self._writes.execute("UPDATE sessions SET seen = ? WHERE number = ?", (time.time(), self._session))
            self._writes.execute("COMMIT")
        except sqlite3.Error:
            if self._writes.in_transaction:
                self._writes.execute("ROLLBACK")
            raise


def _to_be_read(output: str) -> str:
    return without_secrets(output[:_MOST_KEPT])


def _unwritable(error: sqlite3.Error) -> OracleError:
    return OracleError(
        f"the campaign's journal cannot be written ({error}); all that it holds is kept: make room, and run again"
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
