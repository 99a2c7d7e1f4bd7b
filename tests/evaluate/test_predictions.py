import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from oracle_lib import OracleError
from oracle_lib.evaluate import read_predictions
from oracle_lib.evaluate.predictions import Contestant, Judgement, Response, collect, read_prompts
from oracle_lib.records import DatasetRow, Message


def prompts(count: int) -> list[DatasetRow]:
    return [
        DatasetRow(
            messages=(Message(role="user", content=f"Question {index}?"), Message(role="assistant", content="RTS")),
            sample_id=f"{index:016x}",
            group=f"family:{index // 2}",
            domain="asm",
            task="write",
            family="family",
            contract="",
        )
        for index in range(count)
    ]


def judge(asked: Sequence[DatasetRow], answers: Sequence[str]) -> list[Judgement]:
    return [Judgement(exact_match=answer == "RTS", ngrams=(0,) * 10) for answer in answers]


class Speaker:
    """A model whose answers depend on its prompts' company, as padding makes a real one do; counts what it is asked."""

    def __init__(self, name: str = "", pause: float = 0.0) -> None:
        self.name, self.pause, self.asked, self.loads = name, pause, 0, 0

    def load(self) -> Callable[[Sequence[DatasetRow]], list[Response]]:
        self.loads += 1
        return self.answer

    def answer(self, batch: Sequence[DatasetRow]) -> list[Response]:
        time.sleep(self.pause)
        self.asked += len(batch)
        company = ",".join(prompt.sample_id[-2:] for prompt in batch)
        return [Response(f"{self.name} {prompt.question} in {company}\u2028", 1.0, 2, 3) for prompt in batch]


def contestants(base: Speaker, expert: Speaker, weights: str = "1") -> list[Contestant]:
    return [Contestant("base", "base", base.load), Contestant("expert", f"adapter {weights}", expert.load)]


def test_there_is_a_row_for_every_prompt_and_model_in_the_order_of_the_prompts(tmp_path: Path) -> None:
    rows = collect(tmp_path / "p.jsonl", prompts(5), contestants(Speaker("b"), Speaker("e")), judge, 2)
    assert [(int(row.sample_id, 16), row.model) for row in rows] == [
        (index, model) for index in range(5) for model in ("base", "expert")
    ]
    assert rows[3].answer == "e Question 1? in 00,01\u2028"
    assert read_predictions(tmp_path / "p.jsonl") == rows


def test_answers_that_are_there_are_not_asked_for_again(tmp_path: Path) -> None:
    path, base, expert = tmp_path / "p.jsonl", Speaker("b"), Speaker("e")
    collect(path, prompts(5), contestants(base, expert), judge, 2)
    before = path.read_bytes()
    collect(path, prompts(5), contestants(base, expert), judge, 2)
    assert (base.asked, base.loads, expert.loads) == (5, 1, 1)
    assert path.read_bytes() == before


def test_another_adapter_is_asked_everything_and_the_base_nothing(tmp_path: Path) -> None:
    path, base, expert = tmp_path / "p.jsonl", Speaker("b"), Speaker("e")
    collect(path, prompts(5), contestants(base, expert), judge, 2)
    collect(path, prompts(5), contestants(base, expert, weights="2"), judge, 2)
    assert (base.asked, expert.asked) == (5, 10)


@pytest.mark.parametrize("cut", [1, 300, 777, 1500])
def test_wherever_a_crash_tears_the_file_it_ends_the_same(tmp_path: Path, cut: int) -> None:
    whole, torn = tmp_path / "whole.jsonl", tmp_path / "torn.jsonl"
    collect(whole, prompts(7), contestants(Speaker("b"), Speaker("e")), judge, 3)
    torn.write_bytes(whole.read_bytes()[:-cut])
    collect(torn, prompts(7), contestants(Speaker("b"), Speaker("e")), judge, 3)
    assert torn.read_bytes() == whole.read_bytes()


def test_a_killed_evaluation_goes_on_where_it_stopped_and_ends_the_same(tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole.jsonl", tmp_path / "killed.jsonl"
    collect(whole, prompts(20), contestants(Speaker("b"), Speaker("e")), judge, 2)
    script = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from pathlib import Path\n"
        "from test_predictions import *\n"
        f"collect(Path({str(killed)!r}), prompts(20), contestants(Speaker('b', 0.05), Speaker('e', 0.05)), judge, 2)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    deadline = time.monotonic() + 60
    while not killed.exists() or killed.read_bytes().count(b"\n") < 26:
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    base, expert = Speaker("b"), Speaker("e")
    collect(killed, prompts(20), contestants(base, expert), judge, 2)
    assert killed.read_bytes() == whole.read_bytes()
    assert base.loads == 0 and 0 < expert.asked <= 14


def test_a_bad_row_of_the_test_set_is_named(tmp_path: Path) -> None:
    path = tmp_path / "test.jsonl"
    path.write_text(prompts(1)[0].model_dump_json() + '\n{"messages": []}\n', encoding="utf-8")
    with pytest.raises(OracleError, match=r"test\.jsonl line 2: .*run 02_export again"):
        read_prompts(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(OracleError, match="holds no prompt"):
        read_prompts(path)
