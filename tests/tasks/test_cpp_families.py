"""The C++ families: what they teach is right, their contracts notice a mistake, and there is enough of each."""

import random
import re
from itertools import islice

import pytest
from drawing import cpp, drawn, each

from oracle_lib.sample import Domain
from oracle_lib.tasks import Family, families
from oracle_lib.tasks.kit.cpp import Function, make, rom
from oracle_lib.verify import CppContract, check_many, cpp_unavailable, run_cpp

FAMILIES = families(("cpp", "validation_cpp", "held_out_cpp")).values()
needs_compiler = pytest.mark.skipif(cpp_unavailable() is not None, reason=str(cpp_unavailable()))


@each(FAMILIES)
def test_a_problem_is_whole(family: Family) -> None:
    for seed in range(5):
        problem = drawn(family, seed)
        assert problem.domain is Domain.YAZE
        assert all(cpp(problem).signature in instruction for instruction in problem.instructions)
        assert all(len(reference.splitlines()) <= 25 for reference in problem.references)
        assert "@" not in problem.answer
        assert problem.explanation
        assert len(cpp(problem).model_dump_json()) < 100_000


@each(FAMILIES)
def test_problems_are_many(family: Family) -> None:
    groups = set[str]()
    for seed in range(100):
        groups.add(family.draw(random.Random(seed)).group)
        if len(groups) == 40:
            return
    pytest.fail(f"there are {len(groups)} among 100")


@needs_compiler
@each(FAMILIES)
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_references_pass(family: Family, seed: int) -> None:
    problem = drawn(family, seed)
    tried = [(text, cpp(problem)) for text in problem.references]
    assert [verdict.reasons for verdict in check_many(tried)] == [()] * len(tried)


# One slip each, of the kind that a person makes; the first that changes the text of a reference is tried.
SLIPS = (
    (r"7 - x", "x"),
    (r"\bx / 32\b", "x / 16"),
    (r"== (0x[0-9A-F]+)", r"!= \1"),
    (r"plane % 2", "plane % 1"),
    (r"<< 8\b", "<< 7"),
    (r">> 8\b", ">> 7"),
    (r"\b0x7FFF\b", "0xFFFF"),
    (r"& 0xFFFF\b", "& 0x7FFF"),
    (r"& 31\b", "& 15"),
    (r"i < ", "i + 1 < "),
    (r"- 1\b", "- 2"),
    (r"\* (\d+)", r"* (\1 + 1)"),
    (r"\+ (0x[0-9A-F]+|\d+)", r"+ 1 + \1"),
    (r"(?<!& )\b(0x[0-9A-F]+)\b", r"(\1 ^ 1)"),
    (r"\breturn ([^;{]+);", r"return !(\1);"),
)


def mutants(reference: str) -> list[str]:
    head, body = reference.split("{", 1)
    slipped = [f"{head}{{{re.sub(pattern, slip, body)}" for pattern, slip in SLIPS]
    return [text for text in slipped if text != reference][:3]


@needs_compiler
@each(FAMILIES)
def test_a_slip_in_a_reference_is_noticed(family: Family) -> None:
    problem = drawn(family, 3)
    slipped = (run_cpp(text, cpp(problem)) for text in mutants(problem.references[0]))
    assert any(verdict.assembles and verdict.failed_case is not None for verdict in slipped)


@needs_compiler
@each(FAMILIES)
def test_an_answer_to_another_problem_of_the_family_does_not_pass(family: Family) -> None:
    problem = drawn(family, 0)
    others = (family.draw(random.Random(seed)) for seed in range(1, 200))
    alike = (
        other for other in others if cpp(other).signature == cpp(problem).signature and other.group != problem.group
    )
    same_shape = list(islice(alike, 2))
    if not same_shape:
        pytest.skip("no other problem of this seed's signature among 200")
    verdicts = check_many([(other.references[0], cpp(problem)) for other in same_shape])
    assert sum(verdict.passes for verdict in verdicts) <= len(verdicts) // 2


ECHO = "std::vector<uint8_t> echo(const std::vector<uint8_t>& data) { return data; }"
SPOILED = ECHO.replace("return data;", "auto copy = data; copy[copy.size() - 1] ^= 1; return copy;")
LITERALS = {"empty": b"", "literal": bytes(range(256))}
RECIPES = {
    "zeros": rom(5000),
    "patched zeros": rom(70_000, {0: b"\x01", 4321: bytes(range(1, 99)), 69_999: b"\xff"}),
    "patched pattern": rom(3001, {7: bytes(300)}, seed=0xDEADBEEF),
    "masked pattern": rom(3001, seed=12345, mask=0x0F),
}


def echoed(data: bytes) -> CppContract:
    function = Function("std::vector<uint8_t>", "echo", (("const std::vector<uint8_t>&", "data"),))
    problem = make(
        "echo",
        "tests",
        random.Random(0),
        function,
        asks=("Echo.", "Repeat."),
        references=(ECHO,),
        case=lambda rng: ([data], [bytes(data)]),
        parameters={},
        explanation="It returns what it gets.",
    )
    return cpp(problem)


@needs_compiler
@pytest.mark.parametrize("name", [*LITERALS, *RECIPES])
def test_the_driver_builds_and_prints_the_bytes_that_the_oracle_saw(name: str) -> None:
    assert run_cpp(ECHO, echoed((LITERALS | RECIPES)[name])).reasons == ()


@needs_compiler
@pytest.mark.parametrize("name", RECIPES)
def test_the_driver_notices_one_wrong_byte_at_the_end_of_a_rom(name: str) -> None:
    assert run_cpp(SPOILED, echoed(RECIPES[name])).failed_case == 0
