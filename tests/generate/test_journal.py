"""The campaign's journal: several threads ask it at once, and what could not be used can be read in it."""

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from asked_requests import Plain

from oracle_lib.generate.journal import CampaignJournal, accounts, unusable_answers
from oracle_lib.generate.teachers import Reply
from oracle_lib.generate.teachers.offline import Offline
from oracle_lib.verify import Verdict


def test_threads_that_judge_at_once_each_read_their_own_verdict(tmp_path: Path) -> None:
    verdicts = {f"key {number}": Verdict(assembles=True, passes=True, cases=number) for number in range(8)}

    async def read() -> None:
        async with CampaignJournal(tmp_path / "journal.sqlite") as journal:
            for key, verdict in verdicts.items():
                await journal.record_verdict(key, verdict)
            keys = [*verdicts] * 1000
            with ThreadPoolExecutor(8) as pool:
                for key, found in zip(keys, pool.map(journal.verdict, keys), strict=True):
                    assert found == verdicts[key]

    asyncio.run(read())


def spoiled(path: Path, outputs: list[str], why: str = "the entry is no label") -> None:
    """One request is answered so, time and again, and no answer can be used; the last one is cut off on its way."""

    async def write() -> None:
        teacher = Offline()
        async with CampaignJournal(path) as journal:
            for output in outputs:
                number = journal.begin("key", Plain(), teacher)
                journal.end(number, teacher, "answered", "", {"output": 7})
                await journal.keep("key", Reply(output, {"output": 7}))
                await journal.spoil("key", why)
                assert journal.reply("key") is None
            number = journal.begin("key", Plain(), teacher)
            journal.end(number, teacher, "spoiled", "the answer was cut off", {}, "Half of")
            await journal.set_aside("key", why)

    asyncio.run(write())


def test_answers_that_cannot_be_used_are_kept_by_what_was_wrong_with_them_the_last_ones_first(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    assert unusable_answers(path) == {}
    spoiled(path, ["One.", "Two.", "Three."])
    assert unusable_answers(path) == {
        "the entry is no label": ["Three.", "Two."],
        "the answer was cut off": ["Half of"],
    }
    assert unusable_answers(path, each=1)["the entry is no label"] == ["Three."]


def test_what_is_kept_to_be_read_is_bounded_and_holds_no_key(tmp_path: Path) -> None:
    key = "sk-" + "a1B2" * 8
    spoiled(tmp_path / "journal.sqlite", [f"Use {key} as the key. " + "more " * 10_000])
    [kept] = unusable_answers(tmp_path / "journal.sqlite")["the entry is no label"]
    assert len(kept) <= 20_000 and kept.startswith("Use (the key) as the key.") and key not in kept


def test_a_journal_from_before_such_answers_were_kept_goes_on_with_all_that_it_has(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    spoiled(path, ["One."])
    with closing(sqlite3.connect(path)) as database:
        database.execute("ALTER TABLE tries DROP COLUMN output")
        database.execute("PRAGMA user_version = 1")
    before = accounts(path)
    assert before and unusable_answers(path) == {}
    spoiled(path, ["Two."])
    assert accounts(path)[0].sent == before[0].sent + 2
    assert unusable_answers(path)["the entry is no label"] == ["Two."]
