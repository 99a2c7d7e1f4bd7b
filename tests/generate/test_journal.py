"""The campaign's journal, asked by several threads at once."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from oracle_lib.generate.journal import CampaignJournal
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
