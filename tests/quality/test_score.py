"""The gate accepts what the offline teacher writes and rejects what is planted."""

import random
import sys

import pytest

from oracle_lib.bases import CONTROL_TOKENS
from oracle_lib.quality import THRESHOLDS, Knowledge, score
from oracle_lib.sample import Domain, Sample, Source, Task, Teacher, Verification, sample_id
from oracle_lib.tasks import Problem, families

ROUTINE = """AddBombs:
    LDA.l $7EF343       ; the bombs carried
    CLC
    ADC #$05
    STA.l $7EF343
    RTL"""
ASKED = "Write a routine `AddBombs` that adds 5 to the byte at $7EF343. Entered with 8-bit A, X and Y; ends with RTL."
CONTRACT = {"kind": "asm", "m": 8, "x": 8, "returns": "rtl", "symbols": {}, "cases": [{}]}
PASSED = Verification(contract=CONTRACT, passes=True, cases=10)


def make(
    output: str = f"```asm\n{ROUTINE}\n```",
    instruction: str = ASKED,
    *,
    domain: Domain = Domain.ASM,
    task: Task = Task.WRITE,
    input: str = "",
    group: str = "add_bombs:1",
    verification: Verification | None = PASSED,
) -> Sample:
    return Sample(
        sample_id=sample_id(domain, instruction, input, output),
        domain=domain,
        task=task,
        instruction=instruction,
        input=input,
        output=output,
        source=Source(corpus="tasks"),
        teacher=Teacher(name="offline", model="tasks", request_key="0"),
        verification=verification,
        group=group,
    )


def of_problem(problem: Problem, phrasing: int = 0) -> Sample:
    passed = Verification(contract=problem.contract.model_dump(mode="json"), passes=True, cases=10)
    return make(
        problem.answer,
        problem.instructions[phrasing],
        domain=problem.domain,
        task=problem.task,
        input=problem.input,
        group=problem.group,
        verification=passed,
    )


def fenced(code: str, after: str = "", language: str = "asm") -> str:
    return f"```{language}\n{code}\n```" + (f"\n\n{after}" if after else "")


PLANTED = {
    "failed its contract": (make(verification=Verification(contract=CONTRACT, passes=False, cases=10)), "contract"),
    "was never run": (make(verification=None), "never run"),
    "was run on no case": (make(verification=Verification(contract=CONTRACT, passes=True, cases=0)), "no case"),
    "is empty": (make(""), "empty"),
    "has an empty block": (make("```asm\n; nothing to do\n```"), "empty"),
    "was cut off": (make(f"```asm\n{ROUTINE}"), "cut off"),
    "is prose instead of code": (make("First load the bombs, then add five, then store them."), "no fenced code"),
    "is in another language": (make(fenced("bombs += 5", language="python")), "marked as python"),
    "is a refusal": (make("I'm sorry, but I cannot help with ROM hacking."), "refusal"),
    "leaks a key": (make(fenced(ROUTINE, "Ask with key AIzaSy" + "B" * 33)), "secret"),
    "leaks a path": (make(fenced(f"; from /home/someone/zelda/main.asm\n{ROUTINE}")), "absolute path"),
    "carries chat markers": (make(fenced(ROUTINE) + "<|im_end|>\n<|im_start|>user"), "chat markers"),
    **{f"holds {token}": (make(f"{fenced(ROUTINE)}\n{token}"), "chat markers") for token in CONTROL_TOKENS},
    "carries broken characters": (make(fenced(ROUTINE, "bro\ufffdken")), "replacement characters"),
    "leaves a placeholder": (make(fenced("AddBombs:\n; TODO: your code here\n    RTL")), "placeholder"),
    "repeats one line": (make(fenced("AddBombs:\n" + "    INC.w $0720\n" * 40 + "    RTL")), "over and over"),
    "repeats its prose": (make(fenced(ROUTINE, "It adds five to the bombs. " * 12)), "repeats itself"),
    "contradicts its return": (make(fenced(ROUTINE, "Call it with JSR: it returns with RTS.")), "returns with RTL"),
    "contradicts its widths": (make(fenced(ROUTINE, "It runs with a 16-bit A.")), "16-bit A"),
    "hedges": (make(fenced(ROUTINE, "I think this might work, but it is untested.")), "doubt"),
    "doubts itself at the end of much that is right": (
        make(fenced(ROUTINE, "`AddBombs` adds with CLC and ADC to $7EF343 and ends with RTL. I can't guarantee it.")),
        "doubt",
    ),
    "goes on with a conversation of its own": (
        make(fenced(ROUTINE, "Human: And arrows?\nAI: The same.")),
        "made-up turns",
    ),
    "was right by luck": (
        make(fenced(ROUTINE.replace("ADC #$05", "ADC $2222"))),
        "$002222, which nobody knows",
    ),
    "speaks of other code": (
        make(fenced(ROUTINE, "`LinkState` and `BossTable` at $7F1234 are cleared by STZ.")),
        "linkst",
    ),
    "works on what nothing answers at": (
        make(fenced("Go:\n    LDA.w $5000\n    STA.w $5A00\n    RTL")),
        "$005000",
    ),
    "answers another question": (
        make(instruction="Clear the word at $7F8020 and set the flag in `DungeonDone`."),
        "coherence",
    ),
    "is no assembly": (
        make(fenced("Mix the flour with two eggs.\nBake it for forty minutes.\nServe it warm.")),
        "coherence",
    ),
    "asks nothing": (make(instruction=" "), "instruction is empty"),
    "drifts in prose": (
        make(
            "Bananas are yellow. They grow in warm countries and are shipped green.",
            "How did the Master Sword come to rest in the Lost Woods after the Imprisoning War?",
            domain=Domain.TEXT,
            task=Task.ANSWER,
            verification=None,
        ),
        "coherence",
    ),
}


@pytest.mark.parametrize("defect", PLANTED)
def test_a_planted_sample_is_rejected_for_its_defect(defect: str) -> None:
    sample, reason = PLANTED[defect]
    (quality,) = score([sample], Knowledge())
    assert not quality.accepted
    told = " / ".join(map(str, quality.reasons))
    assert reason in told or reason in told.lower(), quality.reasons


def test_the_sound_twin_of_the_planted_samples_is_accepted() -> None:
    sound = make(
        fenced(ROUTINE, "`AddBombs` adds with CLC and ADC; it ends with RTL, so call it with JSL. A is 8-bit.")
    )
    (quality,) = score([sound], Knowledge())
    assert quality.accepted, quality.reasons
    assert quality.hallucination == quality.knowledge == quality.coherence == 1


@pytest.mark.parametrize("name", families())
@pytest.mark.parametrize("indices", [(0, 1), pytest.param((2, 3, 4, 5), marks=pytest.mark.slow)], ids=str)
def test_every_family_passes_the_gate_whatever_its_parameters(name: str, indices: tuple[int, ...]) -> None:
    problems = [families()[name].draw(random.Random(f"quality:{name}:{index}")) for index in indices]
    samples = [of_problem(problem, phrasing) for problem in problems for phrasing in range(2)]
    for sample, quality in zip(samples, score(samples, Knowledge()), strict=True):
        assert quality.accepted, (quality.reasons, sample.prompt, sample.output)


def test_code_that_moves_the_direct_page_takes_up_the_addresses_it_reaches() -> None:
    code = fenced("Go:\n    PHD\n    PEA $1C00\n    PLD\n    LDA.b $76\n    STA.b $B6\n    PLD\n    RTL")
    (reached,) = score([make(code, "Copy the byte at $1C76 to $1CB6.")], Knowledge())
    (elsewhere,) = score([make(code, "Copy the byte at $1D76 to $1D30.")], Knowledge())
    assert (reached.coherence, elsewhere.coherence) == (1, 0)


def test_scores_do_not_depend_on_the_order_of_the_batch() -> None:
    samples = [of_problem(family.draw(random.Random(seed))) for family in families().values() for seed in range(3)]
    samples += [sample for sample, _ in PLANTED.values()]
    forward = score(samples, Knowledge())
    order = random.Random(5).sample(range(len(samples)), len(samples))
    shuffled = score([samples[index] for index in order], Knowledge())
    assert shuffled == [forward[index] for index in order]


def test_the_first_of_twins_by_its_id_is_new_and_phrasings_of_one_problem_are() -> None:
    twins = [make(), make(group="add_bombs:2", instruction=ASKED.replace("Write", "Give me"))]
    first = min(range(2), key=lambda place: twins[place].sample_id)
    novelty = [quality.diversity for quality in score(twins, Knowledge())]
    assert (novelty[first], novelty[1 - first]) == (1, 0)
    phrasings = score([make(), make(instruction=ASKED.replace("Write", "Give me"))], Knowledge())
    assert [quality.diversity for quality in phrasings] == [1, 1]


def test_code_that_differs_in_its_labels_and_addresses_alone_is_nothing_new() -> None:
    moved = fenced(ROUTINE.replace("AddBombs", "AddArrows").replace("$7EF343", "$7EF377"))
    samples = [make(), make(moved, ASKED.replace("AddBombs", "AddArrows").replace("343", "377"), group="arrows")]
    assert sorted(quality.diversity for quality in score(samples, Knowledge())) == [0, 1]


def test_a_rejected_answer_makes_no_other_less_diverse() -> None:
    failed = Verification(contract=CONTRACT, passes=False, cases=10)
    wrong = [make(group=f"wrong:{number}", instruction=f"{ASKED} {number}", verification=failed) for number in range(9)]
    assert score([*wrong, make()], Knowledge())[-1].diversity == 1


def test_every_domain_has_the_threshold_of_the_plan() -> None:
    assert {domain.value: threshold for domain, threshold in THRESHOLDS.items()} == {
        "asm": 0.4, "gigaleak": 0.5, "oracle": 0.4, "yaze": 0.5, "errors": 0.3, "text": 0.6
    }  # fmt: skip


def test_a_large_batch_is_looked_at_in_parts_and_scored_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = [families()["add_words"].draw(random.Random(seed)) for seed in range(6)]
    samples = [of_problem(problem, phrasing) for problem in drawn for phrasing in range(2)]
    samples += [make("I think that it should work."), make(f"```asm\n{ROUTINE}")]
    whole = score(samples, Knowledge())
    monkeypatch.setattr(sys.modules[score.__module__], "_PART", 5)
    assert score(samples, Knowledge()) == whole and {quality.accepted for quality in whole} == {True, False}
