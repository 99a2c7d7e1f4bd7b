"""Answers that know the stored cases by heart: they pass those, and further states catch them."""

import re
from collections.abc import Callable

import pytest

from oracle_lib.evaluate import Prediction
from oracle_lib.evaluate.judge import judge
from oracle_lib.evaluate.oraclebench import PROBLEMS, _ask, _first
from oracle_lib.evaluate.states import STATES, count_states, further
from oracle_lib.params import load_expert
from oracle_lib.records import DatasetRow, Message
from oracle_lib.sample import read_samples
from oracle_lib.tasks import KINDS, Problem, families
from oracle_lib.verify import AsmContract, CppContract

Predict = Callable[..., Prediction]


def drawn(family: str, seed: str = "0") -> Problem:
    return families(KINDS)[family].problem(seed)


def ask(problem: Problem) -> DatasetRow:
    return DatasetRow(
        messages=(
            Message(role="user", content=problem.instructions[0]),
            Message(role="assistant", content=problem.answer),
        ),
        sample_id=problem.group,
        group=problem.group,
        domain=problem.domain,
        task=problem.task,
        family=problem.family,
        contract=problem.contract.model_dump_json(),
        drawn_by=problem.drawn_by,
    )


def by_heart(contract: AsmContract) -> str:
    """A routine that compares its input with that of each stored case, and stores what this one expects."""
    lines = [f"{contract.entry}:", "PHP", "REP #$20"]
    for number, case in enumerate(contract.cases):
        for address, value in case.memory.items():
            if len(value) == 2:
                lines += [
                    f"LDA.l ${address:06X}",
                    f"CMP.w #${int.from_bytes(value, 'little'):04X}",
                    f"BNE next{number}",
                ]
        for address, expected in case.expect_memory.items():
            assert isinstance(expected, bytes)
            lines += [f"LDA.w #${int.from_bytes(expected, 'little'):04X}", f"STA.l ${address:06X}"]
        lines += ["JMP done", f"next{number}:"]
    return "\n".join(["```asm", *lines, "done:", "PLP", "RTS" if contract.returns == "rts" else "RTL", "```"])


def cpp_by_heart(contract: CppContract) -> str:
    """A C++ function of numbers that knows the result of each stored case."""
    names = re.findall(r"(\w+)[,)]", contract.signature)
    lines = [f"{contract.signature} {{"]
    for case in contract.cases:
        same = " && ".join(f"{name} == {value}" for name, value in zip(names, case.stdin.split(), strict=True))
        result = "std::nullopt" if case.stdout == "none\n" else f"{case.stdout.strip()}u"
        lines.append(f"  if ({same}) return {result};")
    return "\n".join(["```cpp", *lines, "  return 1;", "}", "```"])


def test_an_answer_that_knows_the_stored_cases_by_heart_is_caught_by_further_states() -> None:
    problem = drawn("add_words")
    prompt = ask(problem)
    assert isinstance(problem.contract, AsmContract)
    answers = [by_heart(problem.contract), problem.answer]
    alone = judge([prompt.model_copy(update={"drawn_by": ""})] * 2, answers, "asm")
    assert [(one.passes, one.states) for one in alone] == [(True, one.cases) for one in alone]
    caught, right = judge([prompt] * 2, answers, "asm")
    assert (caught.passes, caught.cycles, caught.assembles) == (False, None, True)
    assert caught.failed_state is not None and caught.cases <= caught.failed_state < caught.states == STATES
    assert caught.reasons[0].startswith("further case 0: ") and "expected" in caught.reasons[0]
    assert (right.passes, right.states, right.failed_state) == (True, STATES, None)


def test_cpp_runs_on_as_many_cases() -> None:
    problem = drawn("snes_to_pc")
    prompt = ask(problem)
    assert isinstance(problem.contract, CppContract)
    caught, right = judge([prompt] * 2, [cpp_by_heart(problem.contract), problem.answer], "cpp")
    assert not caught.passes and caught.failed_state is not None and caught.failed_state >= caught.cases
    assert right.passes and right.states == STATES


def test_a_prompt_whose_family_draws_another_problem_by_now_is_judged_on_its_stored_cases() -> None:
    problem, other = drawn("add_words", "0"), drawn("add_words", "1")
    for stale in ({"drawn_by": "1"}, {"family": "no_longer_there"}, {"contract": other.contract.model_dump_json()}):
        prompt = ask(problem).model_copy(update=stale)
        assert further(prompt) is None
    assert further(ask(problem)) == further(ask(problem)) is not None


def test_a_bound_on_cycles_holds_for_the_cases_that_it_was_measured_on() -> None:
    problem = drawn("opt_fast_fill")
    stored, other = problem.contract, further(ask(problem))
    assert isinstance(stored, AsmContract) and isinstance(other, AsmContract)
    assert stored.max_cycles is not None and other.max_cycles is None
    assert len(stored.cases) + len(other.cases) == STATES and not set(map(repr, stored.cases)) & set(
        map(repr, other.cases)
    )


def test_every_problem_of_oraclebench_is_drawn_again_and_its_reference_keeps_all_states() -> None:
    prompts = [_ask(sample, load_expert("rauru"), 0) for sample in _first(read_samples(PROBLEMS), 1)]
    assert all(further(prompt) for prompt in prompts)
    some = prompts[::9]
    judged = judge(some, [prompt.reference for prompt in some], "asm")
    assert {(one.passes, one.states) for one in judged} == {(True, STATES)}


def test_the_drop_counts_the_states_that_an_answer_kept(predict: Predict) -> None:
    on = {"cases": 18, "states": 64}
    rows = [
        predict(sample_id="a", **on),
        predict(sample_id="b", passes=False, failed_state=40, **on),
        predict(sample_id="c", passes=False, failed_state=10, **on),
        predict(sample_id="d", passes=False, failed_state=3, **on),
        predict(sample_id="e", passes=False, assembles=False, **on),
        predict(sample_id="f", cases=18, states=18),
        predict(sample_id="g", passes=None, assembles=None),
    ]
    check = count_states(rows)
    assert check is not None and (check.prompts, check.stored_only) == (5, 1)
    drop = check.models["expert"]
    assert (drop.first, drop.stored, drop.all) == pytest.approx((3 / 5, 2 / 5, 1 / 5))
    assert check.in_words() == (
        "Of the expert's answers 60.0 % pass on the first 8 initial states, 40.0 % on all stored ones, 20.0 % on 64. "
        "Prompts judged on their stored cases alone: 1."
    )
    assert count_states([predict(passes=None)]) is None
    assert count_states([predict()]) is None  # written before states were counted
