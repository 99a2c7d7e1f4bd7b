import random
import string
from collections.abc import Callable
from typing import Literal

import pytest

from oracle_lib import OracleError
from oracle_lib.evaluate import Prediction, bench
from oracle_lib.evaluate.judge import judge
from oracle_lib.evaluate.oraclebench import PROBLEMS, _ask, _first, _half, _in, _refuse_taught, score_half
from oracle_lib.params import load_expert
from oracle_lib.sample import read_samples
from oracle_lib.tasks import families

Predict = Callable[..., Prediction]
RAURU = load_expert("rauru")


@pytest.mark.parametrize(("language", "kind"), [("asm", "held_out"), ("cpp", "held_out_cpp")])
def test_both_halves_hold_as_many_problems_and_families(language: Literal["asm", "cpp"], kind: str) -> None:
    samples = _first(_in(read_samples(PROBLEMS), language), 10)
    assert {one.verification.contract["kind"] for one in samples if one.verification} == {language}
    held_out, taught = ([one for one in samples if _half(one) == half] for half in ("held-out", "taught"))
    never_taught = families((kind,)).keys()
    assert {one.source.path for one in held_out} == never_taught
    assert len({one.source.path for one in taught}) == len(never_taught)
    assert len(held_out) == len(taught) == 10 * len(never_taught)
    assert len(_first(_in(read_samples(PROBLEMS), language), 2)) == 2 * 2 * len(never_taught)


def test_every_reference_passes_and_matches_itself() -> None:
    prompts = [_ask(sample, RAURU, 0) for sample in _first(_in(read_samples(PROBLEMS), "asm"), 1)]
    judged = judge(prompts, [prompt.reference for prompt in prompts], "asm")
    assert all(one.passes and one.assembles and one.exact_match for one in judged)


def test_an_echo_and_random_text_solve_no_problem_of_the_benchmark() -> None:
    samples = _first(_in(read_samples(PROBLEMS), "asm"), 10)
    prompts, rng = [_ask(sample, RAURU, 0) for sample in samples], random.Random(0)
    echo = [prompt.question for prompt in prompts]
    shown = [f"```asm\n{sample.input or sample.instruction}\n```" for sample in samples]
    noise = ["```asm\n" + " ".join(rng.choices(string.printable, k=300)) + "\n```" for _ in prompts]
    for answers in (echo, shown, noise):
        judged = judge(prompts, answers, "asm")
        assert not any(one.passes or one.exact_match for one in judged)


def test_pass_at_k_grows_with_k_and_counts_problems_not_answers(predict: Predict) -> None:
    fates = {"0": (True, True, False, False), "1": (False, False, False, False)}
    rows = [
        predict(
            sample_id=f"{problem}.{turn}",
            model=model,
            family=problem,
            group=problem,
            passes=passed,
            assembles=passed or turn == 2,
            cycles=300 + 100 * turn if passed and model == "expert" else None,
        )
        for problem, turns in fates.items()
        for turn, passed in enumerate(turns)
        for model in ("base", "expert")
    ]
    half = score_half("taught", rows, answers=4, cycles={"0": 200, "1": 500})
    assert (half.problems, half.families) == (2, 2)
    assert half.pass_at["expert"] == {1: pytest.approx(0.25), 4: pytest.approx(0.5)}
    assert half.assembles["expert"] == 4 / 8
    assert half.cycles == {"base": None, "expert": pytest.approx((1.5 + 2.0) / 2)}


def test_problems_of_one_family_are_no_independent_evidence(predict: Predict) -> None:
    def width(families: int, problems: int) -> float:
        rows = [
            predict(
                sample_id=f"{family}-{index}.0",
                model=model,
                family=str(family),
                group=str(family),
                passes=model == "expert" and family % 3 == 0,
            )
            for family in range(families)
            for index in range(problems)
            for model in ("base", "expert")
        ]
        passes = score_half("held-out", rows, answers=1, cycles={}).passes
        assert passes.low is not None and passes.high is not None
        return passes.high - passes.low

    assert width(30, 10) == pytest.approx(width(30, 1), rel=0.1)


def test_a_training_set_that_holds_its_problems_or_held_out_families_is_refused() -> None:
    samples = _first(read_samples(PROBLEMS), 1)
    held_out, taught = samples[0], samples[-1]
    innocent = _ask(taught, RAURU, 0).model_copy(update={"group": "add_words:1"})
    _refuse_taught(samples, [innocent])
    for known in ({"family": held_out.source.path}, {"group": taught.group}):
        with pytest.raises(OracleError, match="1 problems or families of OracleBench are in the training set"):
            _refuse_taught(samples, [innocent.model_copy(update=known)])


def test_an_expert_that_writes_no_code_is_refused() -> None:
    with pytest.raises(OracleError, match="asks for code, and nayru-canon writes text"):
        bench("demo", "nayru", "demo")
    for expert in ("rauru", "yaze"):
        with pytest.raises(OracleError, match="run 02_export"):
            bench("demo", expert, "demo")
