"""The router sends each question to the experts it concerns, and one that concerns none to nobody."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from oracle_lib import OracleError
from oracle_lib.council import Router, load_router
from oracle_lib.council.router import classifier, measure
from oracle_lib.council.router.names import Names
from oracle_lib.council.router.training_questions import training_questions
from oracle_lib.params import experts, load_expert

EXPERTS = tuple(experts())


@pytest.fixture(scope="module")
def router(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Router]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORACLE_OUTPUTS", str(tmp_path_factory.mktemp("outputs")))
        yield load_router()


def names(router: Router, question: str) -> set[str]:
    return {name for name, _ in router.route(question).experts}


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Write a routine that checks if Link has the Master Sword", {"rauru-assembler"}),
        ("Load custom sprite graphics at offset 0x80000 using YAZE", {"yaze-expert"}),
        ("My ROM hack crashes when entering room $45 in dungeon 3", {"sheik-debugger"}),
        (
            "Create a new boss enemy with custom sprite graphics and AI routine",
            {"rauru-assembler", "yaze-expert"},
        ),
    ],
)
def test_the_plans_examples_go_where_the_plan_sends_them(router: Router, question: str, asked: set[str]) -> None:
    route = router.route(question)
    assert {name for name, _ in route.experts} == asked
    assert all(confidence >= load_expert(name).threshold for name, confidence in route.experts)
    assert [confidence for _, confidence in route.experts] == sorted(
        (confidence for _, confidence in route.experts), reverse=True
    )


def test_the_hand_written_questions_go_where_they_should(router: Router) -> None:
    found = measure.outcomes(router, measure.read_questions("dev"))
    nobody, off_topic = measure.abstained(found, True)
    missed, concerned = measure.abstained(found, False)
    assert measure.macro_f1(found, [expert.name for expert in EXPERTS]) >= 0.90
    assert measure.calibration_error(found) <= 0.10
    assert nobody / off_topic >= 0.90 and missed / concerned <= 0.04


@pytest.mark.parametrize(
    "question",
    [
        "What is the weather in Lisbon?",
        "How far away from the end?",
        "What is a bugle?",
        "Which footpath leads to the embankment?",
        "Who won?",
        "¿Qué tal?",
        "42",
        "Wie wird morgen das Wetter?",
    ],
)
def test_a_question_that_is_none_of_its_business_goes_to_nobody_and_the_reason_says_so(
    router: Router, question: str
) -> None:
    route = router.route(question)
    assert route.experts == ()
    assert route.reason.startswith("no expert is sure enough: ") and "the nearest is " in route.reason


def test_the_reason_names_the_words_that_decided_and_the_threshold(router: Router) -> None:
    reason = router.route("The game crashes after my hook").reason
    assert "sheik-debugger" in reason and "'crashes'" in reason and "(asked from 0.80)" in reason


def test_at_most_so_many_answer_and_the_reason_says_who_was_left_out(router: Router) -> None:
    listening = tuple(expert.model_copy(update={"threshold": 0.0001}) for expert in EXPERTS)
    route = replace(router, experts=listening, most=2).route(
        "Fix the crash in my routine and import its graphics in yaze"
    )
    assert len(route.experts) == 2
    assert "left out, because at most 2 may answer: " in route.reason


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("ask yaze: how do I open a project?", ["yaze-expert"]),
        ("Please ask both Sheik and rauru about the stack", ["sheik-debugger", "rauru-assembler"]),
        ("@impa is that so", ["impa-archivist"]),
        ("Nayru, who came first?", ["nayru-canon"]),
        ("A question for din: is 12 too many?", ["din-forge"]),
        ("put it to oracle-kaepora-banker", ["kaepora-banker"]),
        ("what does hyrule-asm-v1 say", ["rauru-assembler"]),
        ("I'd like Purah to look at the loop", ["purah-profiler"]),
        ("Zelda asks Impa for help in scene two", []),
        ("The guard should ask Zelda for the key", []),
        ("My cousin Robbie turns 30", []),
        ("Is Din Tai Fung worth it?", []),
        ("open the map in yaze", []),
        ("a patch in asm", []),
    ],
)
def test_an_expert_is_asked_when_it_is_asked_for_and_not_when_it_is_mentioned(question: str, asked: list[str]) -> None:
    assert list(Names(EXPERTS).asked_for(question)) == asked


def test_who_is_asked_for_by_name_answers_whatever_the_question_is(router: Router) -> None:
    route = router.route("ask yaze: what is the weather in Lisbon?")
    assert route.experts == (("yaze-expert", 1.0),)
    assert route.reason == "the question asks for yaze-expert by name"


@pytest.mark.parametrize(
    "question",
    [
        "HOOK THE NMI WITH A ROUTINE IN ASM",
        "\uff28ook the nmi with a routine in asm",  # a full-width letter
        "hook\x00 the nmi\r\n with a\troutine in asm...",
        "hook the nmi with a rutine in asembly",
        "Wie schreibe ich eine Routine in Assembler, die im NMI läuft? 🗡️",
    ],
)
def test_case_width_control_characters_spelling_and_language_do_not_hide_a_question(
    router: Router, question: str
) -> None:
    assert names(router, question) == {"rauru-assembler"}


@pytest.mark.parametrize("question", ["", "   \n\t", "?!…", "\u200b"])
def test_an_empty_question_is_refused(router: Router, question: str) -> None:
    with pytest.raises(OracleError, match="the question is empty"):
        router.route(question)


def test_a_huge_question_is_read_from_its_beginning(router: Router) -> None:
    beginning = "Write a 65816 routine that adds rupees\n"
    assert router.route(beginning + "x" * 10_000_000).experts == router.route(beginning + "x" * 4_000).experts != ()
    assert names(router, "ﷺ" * 1_000_000 + " write a routine in asm") == set()


def test_what_was_learned_is_kept_and_read_again_to_the_same_confidences(outputs: Path, router: Router) -> None:
    kept = outputs / "kept.safetensors"
    router.local.save(kept)
    again = classifier._read(kept, EXPERTS)
    question = "Where is free space for my hook?"
    assert again.judge(question) == router.local.judge(question)


def test_what_was_kept_is_used_until_the_experts_change(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two = tuple(load_expert(name) for name in ("sheik", "nayru"))
    monkeypatch.setattr(classifier, "_KNOWN", {})
    first = classifier.load_classifier(two)
    (kept,) = (outputs / "router").iterdir()
    written = kept.read_bytes()
    monkeypatch.setattr(classifier, "_KNOWN", {})
    assert classifier.load_classifier(two).judge("my game crashes") == first.judge("my game crashes")
    assert kept.read_bytes() == written

    changed = (two[0], two[1].model_copy(update={"keywords": {**two[1].keywords, "skyloft": 0.9}}))
    assert classifier.load_classifier(changed).judge("skyloft in my hack").confidences["nayru-canon"] > 0.5
    assert len(list((outputs / "router").iterdir())) == 2


def test_a_damaged_file_is_named(outputs: Path, router: Router, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "_KNOWN", {})
    path = outputs / "router" / f"{classifier._digest(EXPERTS)}.safetensors"
    path.parent.mkdir()
    path.write_bytes(b"nothing of use")
    with pytest.raises(OracleError, match=r"router/[0-9a-f]{16}\.safetensors is damaged; delete it"):
        classifier.load_classifier(EXPERTS)


def test_the_training_questions_are_the_same_each_time_and_none_is_a_test_question() -> None:
    learned = [one.text for one in training_questions(EXPERTS)]
    assert learned == [one.text for one in training_questions(EXPERTS)]
    plain = {" ".join(text.casefold().split()) for text in learned}
    blind = (
        (Path(__file__).parents[2] / "benchmarks" / "blind_questions.jsonl").read_text(encoding="utf-8").splitlines()
    )
    asked = [*(one.question for one in measure.read_questions()), *(json.loads(line)["question"] for line in blind)]
    assert not plain & {" ".join(question.casefold().split()) for question in asked}


def test_what_is_the_councils_business_goes_to_the_only_expert_in_question(router: Router) -> None:
    judged = router.local.judge("Who taught Sahasrahla?")
    assert max(judged.confidences.values()) > 0.9 * judged.ours > 0.7


def test_a_council_of_one_knows_what_is_its_business() -> None:
    alone = load_router(["rauru-assembler"])
    assert [name for name, _ in alone.route("Write a routine that increments $7E0010").experts] == ["rauru-assembler"]
    assert not alone.route("What is the weather in Lisbon?").experts


def test_an_expert_that_no_phrasing_knows_is_learned_from_its_definition(outputs: Path) -> None:
    composer = load_expert("sheik").model_copy(
        update={
            "name": "medli-composer",
            "purpose": "music and sound effects",
            "keywords": {"music": 0.8, "melody": 0.9, "tempo": 0.8, "spc": 0.9, "instrument": 0.8},
            "subjects": ("songs", "sound effects", "sample banks"),
            "system_prompt": "You are Medli, a composer. You write songs and sound effects for the SPC700.",
        }
    )
    judged = classifier.load_classifier((load_expert("sheik"), composer)).judge(
        "which instrument for the melody in my hack"
    )
    assert judged.confidences["medli-composer"] > 0.5 > judged.confidences["sheik-debugger"]
