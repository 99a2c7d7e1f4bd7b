"""The processes of the compiler and the linker that wait for C++ answers, and the stack that programs run on."""

import threading
from multiprocessing import get_context
from pathlib import Path

import psutil
import pytest

from oracle_lib import OracleError
from oracle_lib.verify import CppCase, CppContract, Verdict, check_many
from oracle_lib.verify.cpp import cpp_unavailable, run_cpp
from oracle_lib.verify.cpp.forked import Forked

pytestmark = pytest.mark.skipif(cpp_unavailable() is not None, reason=str(cpp_unavailable()))

ADDS = CppContract(
    signature="int Add(int n)", driver='int main() { printf("%d", Add(2)); }', cases=(CppCase(stdin="", stdout="3"),)
)


def adds(number: int) -> str:
    return f"int Add(int n) {{ return n + {number}; }}"


def waiting() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if child.name().startswith(("clang", "wasm-ld"))]


def test_the_same_processes_serve_one_answer_after_the_other() -> None:
    assert run_cpp(adds(1), ADDS).passes
    before = waiting()
    assert len(before) >= 2
    assert run_cpp(adds(1), ADDS).passes
    assert waiting() == before


def test_processes_that_somebody_ended_are_started_again() -> None:
    assert run_cpp(adds(1), ADDS).passes
    ended = waiting()
    for process in ended:
        process.kill()
    assert run_cpp(adds(1), ADDS).passes
    assert len(set(waiting()) - set(ended)) >= 2


def test_what_an_answer_declares_does_not_reach_the_next() -> None:
    assert run_cpp(f"#define Add(n) Add(n)\nnamespace std {{ int of_mine; }}\n{adds(1)}", ADDS).passes
    assert run_cpp("int Add(int n) { return n + std::of_mine; }", ADDS).reasons == (
        "answer.cpp:1:34: error: no member named 'of_mine' in namespace 'std'",
    )


def test_answers_that_are_judged_at_the_same_time_are_not_mixed_up() -> None:
    texts = [adds(number) if number % 3 else f"int Add(int n) {{ return n{number}; }}" for number in range(24)]
    verdicts = check_many([(text, ADDS) for text in texts], workers=4)
    assert [verdict.reasons for verdict in verdicts] == [
        (f"answer.cpp:1:25: error: use of undeclared identifier 'n{number}'",)
        if number % 3 == 0
        else (f"case 0: for input '' expected '3', got '{2 + number}'",) * (number != 1)
        for number in range(24)
    ]


def test_a_forked_process_has_compilers_of_its_own() -> None:
    assert run_cpp(adds(1), ADDS).passes
    ours = waiting()
    with get_context("fork").Pool(1) as pool:
        passes, theirs = pool.apply(_judged)
    assert passes
    assert len(theirs) >= 2
    assert not theirs & {process.pid for process in ours}
    assert run_cpp(adds(1), ADDS).passes
    assert waiting() == ours


def _judged() -> tuple[bool, set[int]]:
    return run_cpp(adds(1), ADDS).passes, {process.pid for process in waiting()}


def test_a_tool_that_does_not_start_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(OracleError, match=r"^false, which C\+\+ answers need, does not start"):
        Forked(("false",), tmp_path / "fork.so").run(tmp_path, "source", "made")


def test_a_deep_recursion_has_room_in_a_thread_of_little_stack_and_an_endless_one_is_told() -> None:
    deep = (
        "int Sum(std::vector<int> v, int n) { return n ? Sum({v[0] + 1, n}, n - 1) + v[1] % 2 : v[0] & 1; }\n"
        "int Add(int n) { return Sum({0, 0}, DEPTH) > 0 ? 3 : 0; }"
    )
    verdicts: list[Verdict] = []
    before = threading.stack_size(2**18)
    thread = threading.Thread(
        target=lambda: verdicts.extend(run_cpp(deep.replace("DEPTH", depth), ADDS) for depth in ("2500", "-1"))
    )
    thread.start()
    threading.stack_size(before)
    thread.join()
    assert [verdict.reasons for verdict in verdicts] == [(), ("case 0: overflowed the stack",)]
