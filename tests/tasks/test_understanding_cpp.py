"""Questions about C++ functions: what their steps say is what the compiled function shows."""

import ast
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import pytest
from drawing import drawn, each

from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Family, Problem, families
from oracle_lib.tasks.kit.breaks import breaks
from oracle_lib.tasks.kit.cpp_programs.language import Code, Step
from oracle_lib.tasks.kit.cpp_programs.printing import Manner
from oracle_lib.tasks.kit.cpp_programs.problems import Call
from oracle_lib.tasks.kit.cpp_programs.program import Program
from oracle_lib.tasks.kit.cpp_understanding import DONORS, Function, Run, fault, functions, runs, verdict_on
from oracle_lib.tasks.understanding_cpp import loop_passes, what_function_does
from oracle_lib.verify import CppCase, CppContract, FactContract, check, extract_code

FAMILIES = families(("understanding_cpp",))


def facts(problem: Problem) -> dict[str, int | str]:
    assert isinstance(problem.contract, FactContract)
    return {fact.name: fact.value for fact in problem.contract.cases}


def blocks(problem: Problem) -> list[str]:
    return re.findall(r"```cpp\n(.*?)\n```", problem.input, re.DOTALL)


# Steps, by hand

SUM = Code(
    """def Total(data: vec[u8], first: int) -> u8:
    total: u8 = first * 2 + 1
    for value in data:
        if value % 2 == 1:
            total += value << 1
    return total
"""
)
TOLD = """\
- `uint8_t total = first * 2 + 1`: first * 2 = 200, total = 201
- `for (uint8_t value : data)`: value = 6
- `if (value % 2 == 1)`: false
- value = 31; true
- `total += value << 1`: value << 1 = 62, total = 7
- value = 9; true; value << 1 = 18, total = 25
- no more rounds
- `return total`: returns 25"""
PROBLEM = Problem(
    family="by_hand",
    subject="tests",
    domain=Domain.YAZE,
    task=Task.API,
    instructions=("Add.", "Sum up."),
    references=("x",),
    contract=CppContract(signature="int f()", driver="", cases=(CppCase(stdin="", stdout=""),)),
    parameters={},
)


def run_of(code: Code, *arguments: object, manner: Manner | None = None) -> Run:
    program = Program(code, "adds", (), lambda _: list(arguments), "sum")
    return Run(PROBLEM, program, manner or Manner(algorithms=False), Call(list(arguments), code.run(arguments)))


@pytest.mark.parametrize("braces", [True, False])
def test_each_step_is_told_with_its_operations_and_what_it_decides_or_changes(braces: bool) -> None:
    assert run_of(SUM, [6, 31, 9], 100, manner=Manner(algorithms=False, braces=braces)).told == TOLD


def test_of_nested_loops_each_pass_is_counted() -> None:
    code = Code(
        """def Cells(width: int, height: int) -> int:
    count: int = 0
    for row in range(height):
        for column in range(width):
            count += column
    return count
"""
    )
    run = run_of(code, 2, 3)
    outer, inner = (node for node in ast.walk(code.function) if isinstance(node, ast.For))
    assert loop_passes._passes(run, outer) == [
        f"count = {row}, row = {row}, column = 1" if row else "count = 0, row = 0" for row in range(3)
    ]
    assert len(loop_passes._passes(run, inner)) == 6


def test_steps_end_where_cpp_would_break_off_and_leave_no_trace() -> None:
    code = Code("def At(data: vec[u8], i: int) -> int:\n    n: int = i - 3\n    return data[n]\n")
    before = sys.gettrace()
    held = {"data": [1, 2], "i": 1}
    assert code.steps([[1, 2], 1]) == [
        Step(2, held, held | {"n": -2}, 3),
        Step(3, held | {"n": -2}, held | {"n": -2}, 0),
    ]
    assert sys.gettrace() is before


def test_operations_are_told_only_where_python_and_cpp_agree_and_they_are_worked_out() -> None:
    code = Code(
        """def F(a: u32, b: u32) -> u32:
    return (a * 65537 ^ b + 1) if a > b else (a - b) + (b - a)
"""
    )

    def values(a: int, b: int) -> list[int]:
        [step] = code.steps([a, b])
        return [value for _, value in code.parts(step)]

    assert values(3, 2) == [3 * 65537, 3, 3 * 65537 ^ 3], "the branch that is not taken says nothing"
    assert values(0x80000000, 2) == [3], "C++ cuts the product off"
    assert values(2, 3) == [1, 0], "and has no negative difference of unsigned numbers"


@pytest.mark.parametrize(
    ("kind", "change", "words"),
    [
        ("opcode", "line 2: int b = a + 4; -> int b = a - 4;", "has `b = a - 4;` in place of `b = a + 4;`"),
        ("missing", "line 3: b ^= a; -> nothing", "lacks `b ^= a;`"),
        (
            "order",
            "line 3: b ^= a; / b >>= 1; -> b >>= 1; / b ^= a;",
            "has `b ^= a;` and `b >>= 1;` in the wrong order",
        ),
    ],
)
def test_what_is_wrong_is_said(kind: str, change: str, words: str) -> None:
    text = "int f(int a) {\n  int b = a + 4;\n  b ^= a;\n  b >>= 1;\n  return b;\n}"
    contract = CppContract(signature="int f(int a)", driver="", cases=(CppCase(stdin="", stdout=""),))
    [one] = [one for one in breaks(text, "cpp") if one.change == change]
    assert one.kind == kind
    assert fault(Function(PROBLEM, contract, text), one) == words


# What the compiled function shows


def test_runs_return_what_the_compiled_function_returns() -> None:
    for seed in range(6):
        for _, run in islice(runs(random.Random(f"seen:{seed}"), 60), 1):
            verdict = verdict_on(run)
            assert verdict.passes, (verdict.reasons, run.text)
            other = Run(run.problem, run.program, run.manner, Call(run.call.arguments, [*run.call.results[1:], 77]))
            assert not verdict_on(other).passes


def test_every_statement_of_the_steps_stands_in_the_text_that_is_shown() -> None:
    for seed in range(40):
        for _, run in islice(runs(random.Random(f"text:{seed}"), 60), 1):
            shown = run.text
            for step in run.steps:
                assert run.statements[step.line].removesuffix(";") in shown, (run.statements[step.line], shown)


def test_of_several_functions_one_alone_meets_the_specification(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Function] = []

    def watched(rng: random.Random) -> Iterator[tuple[random.Random, Function]]:
        for own, function in functions(rng):
            asked.append(function)
            yield own, function

    monkeypatch.setattr("oracle_lib.tasks.understanding_cpp.which_function.functions", watched)
    for seed in range(1, 5):
        problem = FAMILIES["which_function"].draw(random.Random(seed))
        verdicts = [check(text, asked[-1].contract).passes for text in blocks(problem)]
        letters = "ABC"[: len(verdicts)]
        assert verdicts == [letter == facts(problem)["choice"] for letter in letters]


def test_the_call_that_breaks_off_is_the_only_one_that_does() -> None:
    for seed in range(1, 5):
        problem = drawn(FAMILIES["which_call_fails"], seed)
        calls = re.findall(r"^([ABC])\) (.+)$", problem.input, re.MULTILINE)
        assert len(calls) in (2, 3) and len({given for _, given in calls}) == len(calls)
        assert f"{facts(problem)['choice']} stops at `" in problem.answer


def test_a_function_is_never_offered_what_it_does_as_a_wrong_description() -> None:
    seen = 0
    for seed in range(20):
        function = next(functions(random.Random(f"own:{seed}")))[1]
        if what_function_does._description(function.problem):
            assert not what_function_does._fails(function, function.problem)
            seen += 1
    assert seen > 5


def test_a_function_to_be_described_does_not_say_its_name() -> None:
    for seed in range(1, 5):
        problem = drawn(FAMILIES["what_function_does"], seed)
        options = problem.input.rpartition("\n\n")[2].splitlines()
        assert len(options) == len(set(options)) in (2, 3)
        [text] = blocks(problem)
        assert re.search(r"\bf\(", text) and not any("Signature" in option for option in options)


def test_a_mended_function_is_judged_by_running() -> None:
    for seed in range(1, 5):
        problem = drawn(FAMILIES["mend_function"], seed)
        broken = check(extract_code(problem.input, problem.contract), problem.contract)
        assert broken.assembles and not broken.passes and problem.explanation.startswith("Your function ")
        assert problem.task is Task.FIX


def test_the_letters_are_right_about_equally_often() -> None:
    letters = Counter(
        facts(FAMILIES["which_function"].draw(random.Random(f"letters:{seed}")))["choice"] for seed in range(40)
    )
    assert letters["A"] >= 8 and letters["B"] >= 8 and letters["C"] >= 1


@each(FAMILIES.values())
def test_it_asks_about_functions_that_may_be_taught(family: Family) -> None:
    known = families(DONORS)
    for seed in range(1, 5):
        donor = drawn(family, seed).group.partition(":")[0]
        assert donor in known or donor == "cpp_understanding"
