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


def test_the_time_that_is_predicted_grows_with_the_tokens_and_learning_costs_thrice_what_reading_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(processor, "matrix_rate", lambda: 1e11)

    def told(**tokens: int) -> float:
        processor.say_how_long(CODER.format("0.5B"), "training", **tokens)
        said = capsys.readouterr().out
        assert said.startswith(f"{CODER.format('0.5B')} runs without a GPU here: training, ")
        ((count, rate),) = re.findall(r"(\d+) tokens, takes about .* \(predicted, ([\d.]+) tokens/s\)\n$", said)
        return int(count) / float(rate)

    assert told(learned=900) == pytest.approx(3 * told(read=900), rel=0.02)
    assert told(written=900) == pytest.approx(9 * told(written=100), rel=0.02)
    processor.say_how_long("embedded", "training", learned=900)
    assert capsys.readouterr().out == "", "a tiny base takes no time worth a word"


@pytest.mark.parametrize(("seconds", "words"), [(41.6, "42 s"), (89, "89 s"), (840, "14 min"), (9000, "2.5 h")])
def test_a_time_is_said_as_people_say_it(seconds: float, words: str) -> None:
    assert processor.in_words(seconds) == words
