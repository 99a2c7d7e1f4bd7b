"""What a verdict on C++ says, and what the sandbox asks of the machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from oracle_lib.verify import CppCase, CppContract, Verdict, check_many
from oracle_lib.verify.cpp import PACKAGES, cpp_unavailable, run_cpp

pytestmark = pytest.mark.skipif(cpp_unavailable() is not None, reason=str(cpp_unavailable()))

SUMS = CppContract(
    signature="uint32_t Sum(const std::vector<uint8_t>& data)",
    driver="""
int main() {
  int count, byte;
  scanf("%d", &count);
  std::vector<uint8_t> data;
  while (count-- > 0 && scanf("%d", &byte) == 1) data.push_back(byte);
  printf("%u\\n", Sum(data));
}
""",
    cases=(
        CppCase(stdin="3 1 2 3", stdout="6\n"),
        CppCase(stdin="0", stdout="0\n"),
        CppCase(stdin="2 255 255", stdout="510\n"),
    ),
)
GOOD = "uint32_t Sum(const std::vector<uint8_t>& data) { return std::accumulate(data.begin(), data.end(), 0u); }"


def test_a_right_answer_passes() -> None:
    assert run_cpp(GOOD, SUMS) == Verdict(assembles=True, passes=True, cases=3)


def test_a_wrong_answer_names_the_first_case_that_fails_with_input_expectation_and_result() -> None:
    verdict = run_cpp(GOOD.replace("0u", "uint8_t{0}"), SUMS)
    assert (verdict.assembles, verdict.passes, verdict.failed_case) == (True, False, 2)
    assert verdict.reasons == ("case 2: for input '2 255 255' expected '510', got '254'",)


def test_output_is_compared_exactly() -> None:
    spaced = SUMS.model_copy(update={"cases": (CppCase(stdin="0", stdout="0"),)})
    assert not run_cpp(GOOD, spaced).passes


def test_an_answer_that_does_not_compile_shows_the_compilers_first_errors_at_the_answers_own_lines() -> None:
    verdict = run_cpp("uint32_t Sum(const std::vector<uint8_t>& data) {\n  return total;\n}", SUMS)
    assert verdict == Verdict(
        assembles=False,
        passes=False,
        cases=3,
        reasons=("answer.cpp:2:10: error: use of undeclared identifier 'total'",),
    )


@pytest.mark.parametrize(
    "answer",
    [
        "#include <cstdint>\n#include <numeric>\n#include <vector>\n" + GOOD,
        "using namespace std;\n" + GOOD,
        "[[nodiscard]] inline " + GOOD.replace("data) {", "data) noexcept {"),
        "static " + GOOD,
        GOOD + "\nint main() { std::cout << Sum({1, 2}); }",
        "namespace { uint32_t helper(uint32_t n) { return n; } }\n" + GOOD.replace("return ", "return helper(0) + "),
        GOOD.replace("{ return", '{ if (data.size() > 99) throw std::invalid_argument("long"); return'),
        "#define UNUSED 1\n" + GOOD + " // no newline at the end \\",
    ],
    ids=[
        "includes",
        "using",
        "attributes",
        "static",
        "its own main",
        "helper",
        "throws elsewhere",
        "backslash at the end",
    ],
)
def test_harmless_differences_in_style_are_accepted(answer: str) -> None:
    assert run_cpp(answer, SUMS).passes


def test_another_function_than_the_one_asked_for_is_refused() -> None:
    assert "undeclared identifier 'Sum'" in run_cpp(GOOD.replace("Sum", "Total"), SUMS).reasons[0]
    assert not run_cpp(GOOD.replace("uint32_t", "uint16_t"), SUMS).assembles
    assert not run_cpp(GOOD.replace("const std::vector<uint8_t>&", "std::vector<uint8_t>"), SUMS).assembles


def test_reading_past_the_end_fails_even_where_the_value_would_be_harmless() -> None:
    reads_one_more = "uint32_t Sum(const std::vector<uint8_t>& data) { uint32_t n = 0; for (size_t i = 0; i <= data.size(); ++i) n += data[i]; return n; }"
    verdict = run_cpp(reads_one_more, SUMS)
    assert verdict.assembles
    assert verdict.failed_case == 0


def test_a_batch_answers_in_order() -> None:
    answers = [GOOD, GOOD.replace("0u", "1u"), "oops", GOOD]
    verdicts = check_many([(answer, SUMS) for answer in answers])
    assert verdicts == [run_cpp(answer, SUMS) for answer in answers]
    assert [verdict.passes for verdict in verdicts] == [True, False, False, True]


def _elsewhere(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(filter(None, [str(Path.cwd()), *sys.path]))
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path, **environment},
        timeout=60,
    )


def test_a_missing_compiler_is_one_clear_error_that_names_the_packages() -> None:
    done = _elsewhere(
        "from oracle_lib.verify.cpp import cpp_unavailable; print(cpp_unavailable())", PATH="/nonexistent"
    )
    assert "clang++" in done.stdout
    assert PACKAGES in done.stdout
    assert len(done.stdout.splitlines()) == 1


def test_a_compiler_without_its_webassembly_libraries_is_one_clear_error(tmp_path: Path) -> None:
    (fake := tmp_path / "clang++").write_text(
        "#!/bin/sh\necho \"fatal error: 'algorithm' file not found\" >&2\nexit 1\n"
    )
    fake.chmod(0o755)
    done = _elsewhere(
        "from oracle_lib.verify.cpp import run_cpp, cpp_unavailable; print(cpp_unavailable())",
        PATH=f"{tmp_path}:{os.environ['PATH']}",
    )
    assert "'algorithm' file not found" in done.stdout
    assert PACKAGES in done.stdout


def test_a_fault_of_the_program_is_never_a_signal_in_this_process() -> None:
    """A handler installed after ours, such as faulthandler's, would end the process."""
    wild = GOOD.replace("{ return", "{ *(volatile int *)0xFFFFFFF0 = 1; return")
    done = _elsewhere(
        "import faulthandler; from oracle_lib.verify import CppContract; from oracle_lib.verify.cpp import run_cpp\n"
        f"contract = CppContract.model_validate_json({SUMS.model_dump_json()!r})\n"
        f"assert run_cpp({GOOD!r}, contract).passes; faulthandler.enable(); print(run_cpp({wild!r}, contract).failed_case)"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "0\n", "")


def test_a_forked_child_leaves_the_parents_compiler_in_place() -> None:
    run_cpp(GOOD, SUMS)
    child = os.fork()
    if child == 0:
        os._exit(0 if run_cpp(GOOD, SUMS).passes else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert run_cpp(GOOD, SUMS).passes
