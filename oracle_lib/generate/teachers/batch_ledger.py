"""Which requests were submitted in which batch, and what came back: two tables in the campaign's SQLite file.

A batch is written down before it is submitted, so that a campaign that was killed finds it again and pays nothing
twice. Nothing is sent or read from a network here.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from oracle_lib import OracleError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS batches (
    name TEXT PRIMARY KEY, job TEXT, ended TEXT, planned TEXT NOT NULL, updated TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS batched (
    request TEXT NOT NULL, batch TEXT NOT NULL REFERENCES batches ON DELETE CASCADE, row TEXT,
    PRIMARY KEY (request, batch)
) STRICT;
"""


@dataclass(frozen=True)
class Batch:
    """Requests, by their keys, that are submitted together. `name` is what the batch is called on the server, and `job`
    what the server calls it, once it is known to have it.
    """

    name: str
    keys: tuple[str, ...]
    job: str | None = None


class BatchLedger:
    """When a method returns, its effect survives this process, however that ends. Raises `OracleError` where the disk
    takes no more.
    """

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None, timeout=60)
        self._database.executescript(
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; {_SCHEMA}"
        )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._database:
                self._database.execute("BEGIN IMMEDIATE")
                yield self._database
        except sqlite3.Error as error:
            raise OracleError(f"the campaign's journal takes no more ({error}); make room on its disk") from None

    def plan(self, keys: Sequence[str]) -> Batch:
        """Writes down a new batch. Its name follows from its requests and the number of batches before it."""
        with self._writing() as database:
            (before,) = database.execute("SELECT count(*) FROM batches").fetchone()
            digest = hashlib.sha256(json.dumps([before, sorted(keys)]).encode()).hexdigest()
            batch = Batch(f"oracle-{digest[:32]}", tuple(keys))
            database.execute("INSERT INTO batches VALUES (?, NULL, NULL, ?, ?)", (batch.name, _now(), _now()))
            database.executemany("INSERT INTO batched VALUES (?, ?, NULL)", ((key, batch.name) for key in keys))
        return batch

    def submitted(self, batch: Batch, job: str) -> None:
        with self._writing() as database:
            database.execute("UPDATE batches SET job = ?, updated = ? WHERE name = ?", (job, _now(), batch.name))

    def never_submitted(self, batch: Batch) -> None:
        with self._writing() as database:
            database.execute("DELETE FROM batches WHERE name = ?", (batch.name,))

    def ended(self, batch: Batch, state: str, rows: Mapping[str, str]) -> None:
        """Keeps the state that a batch ended in, and the rows of its results by the keys of their requests."""
        with self._writing() as database:
            found = ((row, key, batch.name) for key, row in rows.items())
            database.executemany("UPDATE batched SET row = ? WHERE request = ? AND batch = ?", found)
            database.execute("UPDATE batches SET ended = ?, updated = ? WHERE name = ?", (state, _now(), batch.name))

    def unfinished(self) -> list[Batch]:
        """The batches that were written down and have not ended, oldest first."""
        found = self._database.execute("SELECT name, job FROM batches WHERE ended IS NULL ORDER BY rowid").fetchall()
        return [Batch(name, self._keys(name), job) for name, job in found]

    def _keys(self, name: str) -> tuple[str, ...]:
        rows = self._database.execute("SELECT request FROM batched WHERE batch = ? ORDER BY rowid", (name,))
        return tuple(key for (key,) in rows)

    def row(self, key: str) -> str | None:
        """What came back for a request, in the last batch that had something."""
        found = self._database.execute(
            "SELECT row FROM batched WHERE request = ? AND row IS NOT NULL ORDER BY rowid DESC", (key,)
        ).fetchone()
        return found[0] if found else None

    def in_vain(self, key: str) -> int:
        """In how many batches that ended the request was, with nothing coming back."""
        (count,) = self._database.execute(
            "SELECT count(*) FROM batched JOIN batches ON name = batch WHERE request = ? AND ended IS NOT NULL"
            " AND row IS NULL",
            (key,),
        ).fetchone()
        return int(count)

    def forget(self, key: str) -> None:
        """The request was in no batch: it is asked anew when it comes again."""
        with self._writing() as database:
            database.execute("DELETE FROM batched WHERE request = ?", (key,))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
