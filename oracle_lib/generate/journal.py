"""The campaign's memory: every request, answer and verdict, with its time, in one SQLite file that survives kill -9.

Nothing is decided here. Keys are digests of content, so a campaign that starts again repeats nothing it has.
"""

import hashlib
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from oracle_lib.code import code_digest
from oracle_lib.generate.requests import Request
from oracle_lib.generate.teachers import Reply
from oracle_lib.verify import Contract, Verdict, extract_code

_SCHEMA = """
CREATE TABLE IF NOT EXISTS requests (
    key TEXT PRIMARY KEY, family TEXT NOT NULL, draw INTEGER NOT NULL, phrasing INTEGER NOT NULL, domain TEXT NOT NULL,
    grouping TEXT NOT NULL, prompt TEXT NOT NULL, asked TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS drafts (
    request TEXT PRIMARY KEY REFERENCES requests, output TEXT NOT NULL, verdict TEXT NOT NULL, drafted TEXT NOT NULL,
    usage TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE TABLE IF NOT EXISTS verdicts (key TEXT PRIMARY KEY, verdict TEXT NOT NULL, judged TEXT NOT NULL) STRICT;
"""


def verdict_key(code: str, contract: Contract) -> str:
    """The sha256 of what a verdict follows from: the code, the contract and the checker."""
    content = [code_digest("oracle_lib.verify"), code, contract.model_dump(mode="json")]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


class CampaignJournal:
    """Opened by one campaign at a time. When a method returns, its effect survives this process, however that ends; a
    power cut may take the last moments with it, and nothing else.
    """

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.executescript(
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; {_SCHEMA}"
        )
        columns = {row[1] for row in self._database.execute("PRAGMA table_info(drafts)")}
        if "usage" not in columns:  # a journal from before teachers counted what they use
            self._database.execute("ALTER TABLE drafts ADD COLUMN usage TEXT NOT NULL DEFAULT '{}'")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def record_reply(self, key: str, request: Request, reply: Reply) -> None:
        """The request of that key, and what was answered."""
        now, contract = _now(), request.draft(reply.output).contract
        place = (request.subject, request.index, request.phrasing, request.domain.value, request.group)
        judged_by = verdict_key(extract_code(reply.output, contract), contract) if contract else ""
        with self._database:
            self._database.execute("BEGIN")
            self._database.execute(
                "INSERT OR IGNORE INTO requests VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (key, *place, request.prompt, now)
            )
            self._database.execute(
                "INSERT OR IGNORE INTO drafts VALUES (?, ?, ?, ?, ?)",
                (key, reply.output, judged_by, now, json.dumps(dict(reply.usage))),
            )

    def reply(self, key: str) -> Reply | None:
        """What was answered to the request of that key, if it was."""
        row = self._database.execute("SELECT output, usage FROM drafts WHERE request = ?", (key,)).fetchone()
        return Reply(row[0], json.loads(row[1])) if row else None

    def record_verdict(self, key: str, verdict: Verdict) -> None:
        self._database.execute("INSERT INTO verdicts VALUES (?, ?, ?)", (key, verdict.model_dump_json(), _now()))

    def verdict(self, key: str) -> Verdict | None:
        row = self._database.execute("SELECT verdict FROM verdicts WHERE key = ?", (key,)).fetchone()
        return Verdict.model_validate_json(row[0]) if row else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
