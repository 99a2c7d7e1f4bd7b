"""Without a GPU, who may run is decided by size, and how long it takes is said."""

import re

import pytest
import torch

from oracle_lib import OracleError, processor

CODER = "Qwen/Qwen2.5-Coder-{}-Instruct"
pytestmark = pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")


def test_a_billion_parameters_are_the_most_that_run_without_a_gpu() -> None:
    for base in ("embedded", "built:0123", CODER.format("0.5B"), "google/gemma-3-1b-it"):
        processor.require_processor(base)
    for base in (CODER.format("1.5B"), "google/gemma-3-4b-it"):
        with pytest.raises(OracleError, match=rf"^{base} needs a GPU with at least \d+ GiB to be trained, and this "):
            processor.require_processor(base, "to be trained")


def test_the_time_that_is_predicted_grows_with_the_work_and_a_slower_machine_takes_longer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    base = CODER.format("0.5B")

    def told(rate: float, learned: int = 0, steps: int = 0) -> float:
        monkeypatch.setattr(processor, "matrix_rate", lambda: rate)
        processor.say_how_long(base, "training", learned, steps)
        pattern = rf"{base} runs without a GPU here: training takes about ([\d.]+) h, as predicted"
        (hours,) = re.findall(pattern, capsys.readouterr().out)
        return float(hours)

    once = told(1e11, learned=1_000_000)
    assert told(1e11, learned=3_000_000) == pytest.approx(3 * once, rel=0.01)
    assert told(5e10, learned=1_000_000) == pytest.approx(2 * once, rel=0.01)
    assert told(1e11, steps=1_000_000) > once, "a step unpacks all weights"
    processor.say_how_long("embedded", "training", learned=900)
    processor.say_how_long(CODER.format("14B"), "training", learned=900)
    assert capsys.readouterr().out == "", "a tiny base takes no time worth a word, and one too large is refused"


@pytest.mark.parametrize(("seconds", "words"), [(41.6, "42 s"), (89, "89 s"), (840, "14 min"), (9000, "2.5 h")])
def test_a_time_is_said_as_people_say_it(seconds: float, words: str) -> None:
    assert processor.in_words(seconds) == words
