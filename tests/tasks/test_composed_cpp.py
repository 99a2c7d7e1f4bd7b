"""Composed C++: what functions of the small language mean, how they read in C++, what the families ask and teach."""

import copy
import random
import re
from typing import Any

import pytest
from drawing import cpp, drawn, each

from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Family, families
from oracle_lib.tasks.kit.cpp_programs.__main__ import shape
from oracle_lib.tasks.kit.cpp_programs.defects import defects
from oracle_lib.tasks.kit.cpp_programs.everything import any_program
from oracle_lib.tasks.kit.cpp_programs.language import BreaksOffError, Code, Items, Record, StepsError, Struct
from oracle_lib.tasks.kit.cpp_programs.printing import Manner, print_cpp
from oracle_lib.tasks.kit.cpp_programs.problems import printed
from oracle_lib.tasks.kit.cpp_programs.program import Choices, Program
from oracle_lib.tasks.kit.cpp_programs.walks import SOURCES, walk
from oracle_lib.verify import check_many, cpp_unavailable, extract_code, run_cpp

FAMILIES = families(("composed_cpp",)).values()
needs_compiler = pytest.mark.skipif(cpp_unavailable() is not None, reason=str(cpp_unavailable()))


def code(text: str, *structs: Struct) -> Code:
    return Code(text.strip("\n") + "\n", structs)


CHECKSUM = code("""
def checksum(data: vec[u8]) -> u16:
    total: u16 = 0xFFFF
    for i in range(1, len(data)):
        total = (total << 1 | total >> 15) & 0xFFFF
        total ^= data[i]
    return total
""")
MOVE = code(
    """
def move_all(actors: ref[vec[Actor]], dx: int) -> opt[u8]:
    best: opt[u8] = None
    for i in range(len(actors)):
        actors[i].x += dx
        if actors[i].layer != 0:
            best = actors[i].x
    return best
""",
    Struct("Actor", (("u8", "x"), ("u8", "layer"))),
)


def test_a_function_means_what_its_text_says() -> None:
    assert CHECKSUM.run([[9]]) == [0xFFFF]
    assert CHECKSUM.run([[9, 0x0F]]) == [0xFFF0]
    assert CHECKSUM.run([[9, 0x0F, 0x01]]) == [0xFFE0]  # FFF0 turned is FFE1


def test_a_value_is_cut_to_the_type_of_what_it_is_stored_in() -> None:
    actors = [Record(("x", "layer"), (250, 0)), Record(("x", "layer"), (255, 1))]
    best, moved = MOVE.run([actors, 10])
    assert best == 9
    assert [vars(actor)["x"] for actor in moved] == [4, 9]
    assert vars(actors[0])["x"] == 250
    assert MOVE.run([actors[:1], 3])[0] is None


def test_what_cpp_does_not_define_has_no_result() -> None:
    beyond = code("def last(data: vec[u8]) -> u8:\n    return data[len(data) - 1]")
    with pytest.raises(BreaksOffError):
        beyond.run([[]])
    endless = code("def wait(n: int) -> int:\n    while n > 0:\n        n += 1\n    return n")
    assert endless.run([0]) == [0]
    with pytest.raises(StepsError):
        endless.run([1])


def test_it_reads_as_cpp_is_written() -> None:
    plain = Manner(clear=True, casts=False, consts=False, postfix=False, braces=False, algorithms=False)
    assert print_cpp(CHECKSUM, plain) == (
        "uint16_t checksum(const std::vector<uint8_t>& data) {\n"
        "  uint16_t total = 0xFFFF;\n"
        "  for (size_t i = 1; i < data.size(); ++i) {\n"
        "    total = ((total << 1) | (total >> 15)) & 0xFFFF;\n"
        "    total ^= data[i];\n"
        "  }\n"
        "  return total;\n"
        "}\n"
    )
    assert "std::optional<uint8_t> move_all(std::vector<Actor>& actors, int dx) {" in print_cpp(MOVE, plain)


def test_an_algorithm_of_the_library_stands_for_a_loop_where_the_manner_has_them() -> None:
    full = code("""
def full(data: vec[u8]) -> bool:
    for v in data:
        if v == 0xFF:
            return True
    return False
""")
    assert "for (uint8_t v : data)" in print_cpp(full, Manner(algorithms=False))
    assert "std::any_of(data.begin(), data.end(), [](uint8_t v) { return v == 0xFF; })" in print_cpp(full, Manner())


def test_a_list_in_braces_narrows_nothing() -> None:
    fields = code("def fields(word: u32) -> vec[int]:\n    return [word & 7, word >> 3]")
    assert "return {static_cast<int>(word & 7), static_cast<int>(word >> 3)};" in print_cpp(fields, Manner())


def test_a_byte_that_reaches_the_sign_is_shifted_without_one() -> None:
    number = "data[0] | data[1] << 8 | data[2] << 16 | data[3] << 24"
    text = f"def most(data: vec[u8]) -> u8:\n    return max({number}, 9) & 0xFF"
    assert "std::max<uint32_t>(" in (shown := print_cpp(code(text), Manner()))
    assert "static_cast<uint32_t>(data[3]) << 24" in shown
    assert code(text).run([[1, 0, 0, 0x80]]) == [1]


def test_a_long_vector_is_printed_whatever_its_size() -> None:
    assert printed(Items(range(256))) == printed(list(range(256)))
    assert printed(Items([7] * 258)) == printed([7] * 258)


def test_its_python_has_no_types_and_keeps_hexadecimal_numbers() -> None:
    assert CHECKSUM.python.startswith("def checksum(data):\n    total = 0xFFFF\n    for i in range(1, len(data)):")


def untyped(program: Program, arguments: list[Any]) -> list[Any]:
    """What the Python text returns that is given to people, in a Python that knows nothing of the language."""
    given = [Items(copy.deepcopy(list(v))) if isinstance(v, list | bytes) else copy.deepcopy(v) for v in arguments]
    world: dict[str, Any] = {
        struct.name: lambda names=tuple(name for _, name in struct.fields): Record(names)
        for struct in program.code.structs
    }
    exec(program.code.python, world)
    result = world[program.code.name](*given)
    return [] if program.code.returns is None else [result]


def test_the_python_that_is_shown_gives_what_the_contract_expects() -> None:
    for seed in range(150):
        program = any_program(Choices(seed))
        rng = random.Random(seed)
        for _ in range(3):
            arguments = program.arguments(rng)
            expected = program.code.run(arguments)[: 0 if program.code.returns is None else 1]
            assert untyped(program, arguments) == expected, program.code.python


def test_choices_are_independent() -> None:
    first = Choices(5)
    one, two = first.pick("one", range(1000)), first.pick("two", range(1000))
    other = Choices(5, {"one": one + 1})
    assert (other.pick("two", range(1000)), other.pick("one", range(1000))) == (two, one + 1)


def test_a_defect_changes_one_thing() -> None:
    broken = [print_cpp(defect.code, Manner()) for defect in defects(CHECKSUM, random.Random(1))]
    right = print_cpp(CHECKSUM, Manner()).splitlines()
    assert len(broken) >= 5
    for text in broken:
        assert sum(old != new for old, new in zip(right, text.splitlines(), strict=True)) == 1


def test_programs_have_many_shapes() -> None:
    programs = [walk(Choices(seed), tuple(SOURCES)) for seed in range(300)]
    assert len({shape(print_cpp(program.code, Manner())) for program in programs}) >= 240


@each(FAMILIES)
def test_a_problem_is_whole_and_the_same_for_the_same_seed(family: Family) -> None:
    for seed in range(4):
        problem = drawn(family, seed)
        assert family.draw(random.Random(seed)) == problem
        assert (problem.family, problem.subject, problem.domain) == (family.name, family.subject, Domain.YAZE)
        assert len(set(problem.instructions)) >= 4
        assert all(cpp(problem).signature in instruction + problem.input for instruction in problem.instructions)
        assert not any(re.search(r"[{}]|  ", text) for text in problem.instructions if "```" not in text)
        assert len(cpp(problem).cases) == 13
        assert len({case.stdout for case in cpp(problem).cases}) >= 2
        assert problem.oracle is not None and len(problem.oracle.draw(random.Random(1), 5)) == 5


@each(FAMILIES)
def test_problems_are_many(family: Family) -> None:
    assert len({family.draw(random.Random(seed)).group for seed in range(30)}) >= 25


@needs_compiler
def test_references_pass() -> None:
    problems = [drawn(family, 1) for family in FAMILIES]
    verdicts = check_many([(problem.references[0], cpp(problem)) for problem in problems])
    assert [verdict.reasons for verdict in verdicts] == [()] * len(problems)


@needs_compiler
def test_what_has_to_be_mended_compiles_and_fails() -> None:
    problems = [drawn(family, seed) for family in FAMILIES for seed in range(2) if family.example.task is Task.FIX]
    verdicts = check_many([(extract_code(problem.input), cpp(problem)) for problem in problems])
    assert [(verdict.assembles, verdict.passes) for verdict in verdicts] == [(True, False)] * len(problems)


@needs_compiler
def test_a_function_of_the_old_requirements_does_not_meet_the_new_ones() -> None:
    [family] = [family for family in FAMILIES if family.name == "composed_change"]
    problem = drawn(family, 0)
    verdict = run_cpp(extract_code(problem.input), cpp(problem))
    assert verdict.assembles and not verdict.passes
