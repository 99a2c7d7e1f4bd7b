"""Answers whose worth is known before they are judged: the judge must find it."""

import random
from collections.abc import Sequence

import pytest

from oracle_lib.evaluate import Prediction, compare, measure
from oracle_lib.evaluate.judge import judge
from oracle_lib.evaluate.lexers import Language
from oracle_lib.records import DatasetRow, Message
from oracle_lib.tasks import Problem, families
from oracle_lib.verify import extract_code

FAMILIES = ("add_words", "change_flag", "clamp_byte", "copy_block", "fill_memory", "multiply_bytes", "table_lookup")


def draw(family: str, seed: int) -> Problem:
    return families()[family].draw(random.Random(f"{family} {seed}"))


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
    )


def worth(prompts: Sequence[DatasetRow], answers: Sequence[str], language: Language = "asm") -> list[Prediction]:
    return [
        Prediction(
            sample_id=prompt.sample_id,
            group=prompt.group,
            family=prompt.family,
            model="expert",
            answer=answer,
            nll=None,
            tokens=0,
            bytes=0,
            exact_match=judged.exact_match,
            ngrams=judged.ngrams,
            assembles=judged.assembles,
            passes=judged.passes,
            cycles=judged.cycles,
            reasons=judged.reasons,
            fingerprint="",
        )
        for prompt, answer, judged in zip(prompts, answers, judge(prompts, answers, language), strict=True)
    ]


@pytest.fixture(scope="module")
def problems() -> list[Problem]:
    return [draw(family, seed) for seed in range(3) for family in FAMILIES]


@pytest.fixture(scope="module")
def prompts(problems: list[Problem]) -> list[DatasetRow]:
    return [ask(problem) for problem in problems]


def test_the_references_score_full_marks(prompts: list[DatasetRow]) -> None:
    measured = measure(worth(prompts, [prompt.reference for prompt in prompts]))
    assert [measured[name] for name in ("exact_match", "bleu", "assembles", "passes")] == pytest.approx([1, 1, 1, 1])


def test_an_echo_of_the_prompt_passes_nothing(prompts: list[DatasetRow]) -> None:
    measured = measure(worth(prompts, [prompt.question for prompt in prompts]))
    assert measured["passes"] == measured["exact_match"] == 0
    assert measured["bleu"] is not None and measured["bleu"] < 0.1


def test_random_text_and_silence_pass_nothing(prompts: list[DatasetRow]) -> None:
    rng = random.Random(0)
    noise = ["".join(chr(rng.randrange(32, 0x2FFF)) for _ in range(400)) for _ in prompts]
    words = [" ".join(rng.choices("LDA STA RTS $20 : # ; org db x", k=60)) for _ in prompts]
    for answers in (noise, words, [""] * len(prompts), ["```asm\n```"] * len(prompts)):
        measured = measure(worth(prompts, answers))
        assert measured["passes"] == measured["exact_match"] == measured["assembles"] == 0


def test_the_right_answers_to_other_prompts_do_not_beat_any_base(prompts: list[DatasetRow]) -> None:
    """An expert that learned the form but not the matter."""
    ordered = sorted(prompts, key=lambda prompt: prompt.family)
    shifted = worth(ordered, [prompt.reference for prompt in [*ordered[1:], ordered[0]]])
    silent = worth(ordered, [""] * len(ordered))
    compared = compare(silent, shifted)
    assert compared["bleu"].outcome == "better"
    assert compared["exact_match"].outcome != "better" and compared["passes"].outcome != "better"


def test_another_spelling_with_the_same_bytes_is_an_exact_match() -> None:
    problem = draw("add_words", 0)
    defined = extract_code(problem.answer).replace("LDA.w", "!load").replace("CLC", "db $18")
    (row,) = worth([ask(problem)], [f"Sure, here it is:\n\n```\n!load = LDA.w\n{defined}```\nAnything else?"])
    assert row.exact_match and row.passes


def test_a_thought_and_a_usage_example_before_the_routine_change_nothing() -> None:
    problem = draw("add_words", 0)
    entry = problem.contract.model_dump()["entry"]
    usage = f"```asm\n    JSR {entry}\n```"
    (row,) = worth([ask(problem)], [f"<think>\n{usage}\n</think>\nUsage:\n\n{usage}\n\n{problem.answer}"])
    assert row.exact_match and row.passes


def test_another_road_to_the_same_result_passes_but_is_no_exact_match() -> None:
    problem = draw("add_words", 0)
    (row,) = worth([ask(problem)], [f"```asm\n{problem.references[1]}\n```"])
    assert row.passes and not row.exact_match


def test_code_that_assembles_and_fails_says_why() -> None:
    problem = draw("add_words", 0)
    (row,) = worth([ask(problem)], [problem.answer.replace("ADC", "SBC")])
    assert row.assembles and not row.passes and "expected" in row.reasons[0]


def test_cpp_is_judged_by_its_tokens_and_by_what_it_prints() -> None:
    problem = draw("snes_to_pc", 0)
    code = extract_code(problem.answer)
    respaced = code.replace("{", "{ // opens\n").replace(";", " ;\n")
    wrong = code.replace("return offset;", "return offset + 1;")
    same, different, broken = worth([ask(problem)] * 3, [respaced, wrong, code[: len(code) // 2]], "cpp")
    assert (same.exact_match, same.assembles, same.passes) == (True, True, True)
    assert (different.exact_match, different.assembles, different.passes) == (False, True, False)
    assert (broken.exact_match, broken.assembles, broken.passes) == (False, False, False)


def test_prose_is_matched_as_prose_and_never_run() -> None:
    prompt = ask(draw("add_words", 0)).model_copy(
        update={
            "messages": (
                Message(role="user", content="Who rules Hyrule?"),
                Message(role="assistant", content="The king."),
            ),
            "contract": "",
        }
    )
    same, other = worth([prompt, prompt], ["The king .", "Nobody."])
    assert (same.exact_match, same.passes, other.exact_match) == (True, None, False)


def test_a_contract_that_cannot_be_run_counts_for_no_answer() -> None:
    problem = draw("add_words", 1)
    bad = problem.contract.model_copy(update={"host": {0x710000: b"\x60"}})
    prompts = [ask(problem), ask(problem.model_copy(update={"contract": bad}))]
    sound, unjudged = worth(prompts, [problem.answer] * 2)
    assert (sound.assembles, sound.passes, sound.exact_match) == (True, True, True)
    assert (unjudged.assembles, unjudged.passes, unjudged.exact_match) == (None, None, True)
    assert unjudged.reasons[0].startswith("the contract cannot be run")
