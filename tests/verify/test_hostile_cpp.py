"""Hostile C++ answers: each ends with a typed verdict within its bound, learns nothing about the machine and leaves no trace for the next one."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from oracle_lib.verify import CppCase, CppContract, check_many
from oracle_lib.verify.cpp import COMPILE_SECONDS, FUEL, MAX_TEXT, cpp_unavailable, run_cpp

pytestmark = pytest.mark.skipif(cpp_unavailable() is not None, reason=str(cpp_unavailable()))

CONTRACT = CppContract(
    signature="int twice(int n)",
    driver='int main() { int n; scanf("%d", &n); printf("%d", twice(n)); }',
    cases=tuple(CppCase(stdin=str(n), stdout=str(2 * n)) for n in (1, 21, -4)),
)
GOOD = "int twice(int n) { return 2 * n; }"
SECRET = "root:"  # how /etc/passwd begins


def body(statements: str, before: str = "") -> str:
    return f"{before}\nint twice(int n) {{ {statements} return 2 * n; }}"


REFUSED = {
    "include an absolute path": ('#include "/etc/passwd"\n' + GOOD, "there is no"),
    "include in angle brackets": ("#include </etc/passwd>\n" + GOOD, "there is no"),
    "include a relative path": ('#include "../../../../../../etc/passwd"\n' + GOOD, "there is no"),
    "include through a macro": ('#define WHERE "/etc/passwd"\n#include WHERE\n' + GOOD, "there is no"),
    "include an endless device": ("#include </dev/zero>\n" + GOOD, "there is no"),
    "include the terminal": ('#include "/dev/stdin"\n' + GOOD, "there is no"),
    "include the environment": ('#include "/proc/self/environ"\n' + GOOD, "there is no"),
    "include_next": ("#include_next </etc/passwd>\n" + GOOD, "there is no"),
    "import": ('#import "/etc/passwd"\n' + GOOD, "there is no"),
    "a header of the operating system": ("#include <sys/socket.h>\n" + GOOD, "there is no"),
    "include itself for ever": ("#include __FILE__\n" + GOOD, "there is no"),
    "depend on a file": ('#pragma GCC dependency "/etc/passwd"\n' + GOOD, "there is no"),
    "load a module": ("#pragma clang module load passwd\n" + GOOD, "not found"),
    "embed": ('const char x[] = {\n#embed "/etc/passwd"\n};\n' + GOOD, "there is no passwd"),
    "embed in angle brackets": ("const char x[] = {\n#embed </etc/passwd>\n};\n" + GOOD, "there is no passwd"),
    "embed the source text": ('const char x[] = {\n#embed "/dev/stdin"\n};\n' + GOOD, "there is no stdin"),
    "embed what waits": ('const char x[] = {\n#embed "fork.so"\n};\n' + GOOD, "there is no fork.so"),
    "embed what is precompiled": ('const char x[] = {\n#embed "common.pch"\n};\n' + GOOD, "there is no common.pch"),
    "import a header unit": ('import "/etc/passwd";\n' + GOOD, "there is no passwd"),
    "import a module": ("import std;\n" + GOOD, "module 'std' not found"),
    "include in a global module fragment": (
        'module;\n#include "/etc/passwd"\nexport module x;\n' + GOOD,
        "there is no",
    ),
    "include by a path through a header folder": ("#include </usr/include/../../etc/passwd>\n" + GOOD, "there is no"),
    "files": (body('std::filesystem::remove("x");', "#include <filesystem>"), "no files and no threads"),
    "file streams": (body('std::ofstream("x") << n;', "#include <fstream>"), "no files and no threads"),
    "threads": (body("std::thread([] {}).join();", "#include <thread>"), "no files and no threads"),
    "a function that nobody defines": (
        body("n = nowhere(n);", "int nowhere(int);"),
        "neither it nor the sandbox defines",
    ),
    "incbin at file scope": ('asm(".incbin \\"/etc/passwd\\"");\n' + GOOD, "inline assembly is disabled"),
    "incbin in a function": (body('__asm__ volatile(".incbin \\"/etc/passwd\\"");'), "inline assembly is disabled"),
    "assembly by token pasting": (
        '#define GLUE(a, b) a##b\nGLUE(a, sm)(".incbin \\"/etc/passwd\\"");\n' + GOOD,
        "disabled",
    ),
    "crash the compiler": ("#pragma clang __debug crash\n" + GOOD, "gave up"),
    "abort the compiler": ("#pragma clang __debug llvm_fatal_error\n" + GOOD, "error"),
    "deep brackets": ("int deep = " + "(" * 20_000 + "1" + ")" * 20_000 + ";\n" + GOOD, "bracket nesting"),
    "infinite template recursion": (
        "template <int n> struct Down { static const int value = Down<n + 1>::value; };\nint x = Down<0>::value;\n"
        + GOOD,
        "recursive template",
    ),
    "a tree of templates": (
        "template <int n, int m> struct Tree { Tree<n - 1, 2 * m> a; Tree<n - 1, 2 * m + 1> b; };\n"
        "template <int m> struct Tree<0, m> {};\nint size = sizeof(Tree<28, 1>);\n" + GOOD,
        "gave up",
    ),
    "an error message that doubles": (
        "template <class A, class B> struct P {};\n"
        + "".join(f"using T{n + 1} = P<T{n}, T{n}>;\n" if n else "using T1 = P<int, int>;\n" for n in range(60))
        + "int x = T60();\n"
        + GOOD,
        "",
    ),
    "endless constexpr": (
        "constexpr long spin() { long n = 0; for (;;) ++n; return n; }\nconstexpr long x = spin();\n" + GOOD,
        "must be initialized by a constant expression",
    ),
    "macros that double": (
        "#define A0 n += n;\n" + "".join(f"#define A{i + 1} A{i} A{i}\n" for i in range(40)) + body("A40"),
        "gave up",
    ),
    "an initialised giant array": ("char giant[] = {[1u << 30] = 1};\n" + GOOD, ""),
    "a string of the largest size": ('char giant[1u << 30] = "x";\n' + GOOD, ""),
    "a program too large to be worth translating": (
        "#define A0 n = n * 3 + 1; n ^= n >> 3;\n"
        + "".join(f"#define A{i + 1} A{i} A{i}\n" for i in range(12))
        + body("A12"),
        "",
    ),
    "a giant static array": (body("n += giant[n & 1];", "char giant[200 << 20];"), "gave up"),
    "calls without end": ("f(" * (MAX_TEXT // 2 - 100) + "\n" + GOOD, "error"),
    "an answer too long to compile": ("// " + "x" * MAX_TEXT + "\n" + GOOD, "characters long"),
    "hide the driver": (GOOD + "\n#if 0", "unterminated"),
    "swallow the driver in a comment": (GOOD + "\n/*", "unterminated"),
    "no function at all": ("", "it holds no code"),
    "a library's own bomb": (
        "\n".join(f'std::regex r{n}("a"); auto f{n} = std::format("{{}}", {n}.0);' for n in range(2))
        + "template <int n> struct V { std::variant<std::integral_constant<int, n>, std::array<char, n + 1>> a; V<n - 1> b; int go() { return std::visit([](auto x, auto y) { return (int)sizeof(x) + (int)sizeof(y); }, a, b.a) + b.go(); } };\ntemplate <> struct V<0> { std::variant<int> a; int go() { return 0; } };\nint size = V<240>().go();\n"
        + GOOD,
        "gave up",
    ),
    "a false answer to the sandbox": (
        body("abort();", '__attribute__((export_name("oracle_stack_left"))) float left() { return 1; }'),
        "does not allow",
    ),
    "include itself by its name": ('#include "/answer/with its driver"\n' + GOOD, "nested too deeply"),
    "one long word": ("a" * 60_000, "unknown type name"),
    "a long path": ("a::" * 20_000 + "b", "error"),
    "raw strings that never end": ('R"(' * 20_000, "error"),
    "another type": ("long long twice(long long n) { return 2 * n; }", "asks for int twice(int)"),
    "bytes that are no text": ("\x00\udcff\ufffe" + GOOD, "error"),
}


def processor_seconds() -> float:
    """What this process has used, and the compilers that wait for it with their copies."""
    living = [child.cpu_times() for child in psutil.Process().children()]
    return time.process_time() + sum(sum(times[:4]) for times in living)


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_source_text_does_not_compile(name: str) -> None:
    text, reason = REFUSED[name]
    began = processor_seconds()
    verdict = run_cpp(text, CONTRACT)
    assert not verdict.assembles
    assert not verdict.passes
    assert reason in " ".join(verdict.reasons)
    assert 1 <= len(verdict.reasons) <= 3
    assert all(
        len(line) <= 300 and SECRET not in line and "/tmp/" not in line and "/usr/" not in line
        for line in verdict.reasons
    )
    assert processor_seconds() - began < 5 * COMPILE_SECONDS


OUT_OF_TIME, BEHAVIOUR = "ran out of time", "undefined behaviour"
STOPPED = {
    "an endless loop": (body("for (volatile int i = 0;; i = i + 1) {}"), OUT_OF_TIME),
    "an endless loop before main": (
        "struct Spin { Spin() { for (volatile int i = 0;; i = i + 1) {} } } spin;\n" + GOOD,
        OUT_OF_TIME,
    ),
    "endless recursion": (
        body("volatile char frame[512]; frame[n & 1] = 1; n = twice(n + 1) + frame[0];"),
        "overflowed the stack",
    ),
    "endless recursion through small frames": (body("n = twice(n + 1);"), "overflowed the stack"),
    "endless output": (body("for (;;) putchar('x');"), "printed more than"),
    "endless output to standard error": (body("for (;;) fputc('x', stderr);"), OUT_OF_TIME),
    "endless empty writes": (
        body(
            "for (;;) fd_write(1, nullptr, 0, &n);",
            '__attribute__((import_module("wasi_snapshot_preview1"), import_name("fd_write"))) int fd_write(int, void *, int, int *);',
        ),
        OUT_OF_TIME,
    ),
    "addresses outside memory for the host": (
        body(
            "fd_write(1, (void *)0xFFFFFFF0, 9, (int *)0xFFFFFFFC);",
            '__attribute__((import_module("wasi_snapshot_preview1"), import_name("fd_write"))) int fd_write(int, void *, int, int *);',
        ),
        None,
    ),
    "throw for ever": (body("for (;;) try { throw n; } catch (int) {}"), OUT_OF_TIME),
    "throw for ever through many frames": (
        body(
            "for (;;) try { deep(500); } catch (int) {}",
            "struct S { int n = 0; ~S() { ++n; } };\nint deep(int n) { S s; if (n) return deep(n - 1) + s.n; throw n; }",
        ),
        OUT_OF_TIME,
    ),
    "throw in a destructor": (body("struct S { ~S() { throw 1; } }; S s;"), "ends with an uncaught int"),
    "throw while another is on its way": (
        body("struct S { ~S() noexcept(false) { throw 1; } }; try { S s; throw 2; } catch (int) {}"),
        None,
    ),
    "throw in what()": (
        body("throw E();", "struct E : std::exception { const char *what() const noexcept override { throw 1; } };"),
        "",
    ),
    "loop in what()": (
        body("throw E();", "struct E : std::exception { const char *what() const noexcept override { for (;;); } };"),
        "",
    ),
    "what() outside of memory": (
        body(
            "throw E();",
            "struct E : std::exception { const char *what() const noexcept override { return (const char *)0xFFFFFFF0; } };",
        ),
        BEHAVIOUR,
    ),
    "keep every exception": (
        body(
            "std::vector<std::exception_ptr> kept; for (;;) kept.push_back(std::make_exception_ptr(std::string(1000, 'x')));"
        ),
        "",
    ),
    "recurse by throwing": (body("try { throw n; } catch (int) { n = twice(n + 1); }"), ""),
    "throw by import": (
        body("raise();", '__attribute__((import_module("oracle"), import_name("throw"))) void raise();'),
        BEHAVIOUR,
    ),
    "the sandbox's import with another type": (
        body("other(1.5f);", '__attribute__((import_module("oracle"), import_name("stack"))) void other(float);'),
        "",
    ),
    "a false stack": (
        body(
            "other(3, 70000); try { throw n; } catch (int) {}",
            '__attribute__((import_module("oracle"), import_name("stack"))) void other(int, int);',
        ),
        "",
    ),
    "a catcher's name that is no name": (
        body(
            "other(0);",
            '__attribute__((import_module("env"), import_name("invoke_\\") (func (export \\"x"))) void other(int);',
        ),
        None,
    ),
    "allocate without end": (body("for (;;) *(volatile char *)malloc(1 << 20) = 1;"), ""),
    "a giant vector": (body("std::vector<int> giant(1 << 28); n = giant[n];"), "ends with an uncaught std::bad_alloc"),
    "clear memory for ever": (body("for (void *block = malloc(1 << 24);;) memset(block, n, 1 << 24);"), OUT_OF_TIME),
    "read a file": (body('if (FILE *file = fopen("/etc/passwd", "r")) n = fgetc(file);'), "sandbox does not have"),
    "write a file": (body('if (FILE *file = fopen("/tmp/trace", "w")) fputs("x", file);'), "sandbox does not have"),
    "open by import": (
        body(
            "path_open();",
            '__attribute__((import_module("wasi_snapshot_preview1"), import_name("path_open"))) void path_open();',
        ),
        "asks for a file, which the sandbox does not have",
    ),
    "open a socket": (
        body("sock_open();", '__attribute__((import_module("env"), import_name("socket"))) void sock_open();'),
        "called socket, which the sandbox does not have",
    ),
    "sleep": (
        body(
            "poll();",
            '__attribute__((import_module("wasi_snapshot_preview1"), import_name("poll_oneoff"))) void poll();',
        ),
        "called poll_oneoff",
    ),
    "ask for the time": (
        body("n += (int)std::time(nullptr);", "#include <ctime>"),
        "asks for the time, which the sandbox does not have",
    ),
    "ask for random numbers": (body("std::random_device device; n += device();"), "asks for random numbers, which"),
    "leave with a status": (body("exit(3);"), "ends the program by itself (exit code 3)"),
    "abort": (body("abort();"), BEHAVIOUR),
    "throw": (body('throw std::runtime_error("no");'), "ends with an uncaught std::runtime_error: no"),
    "write through null": (body("int *nowhere = n ? nullptr : &n; *nowhere = n;"), BEHAVIOUR),
    "write outside memory": (body("*(volatile int *)0xFFFFFFF0 = n;"), BEHAVIOUR),
    "index past a vector": (body("std::vector<int> one(1); n = one[n + 5];"), BEHAVIOUR),
    "index past an array": (body("int two[2] = {}; n = two[n + 1];"), BEHAVIOUR),
    "signed overflow": (body("n += 2147483647;"), BEHAVIOUR),
    "shift too far": (body("n = 1 << (n + 40);"), BEHAVIOUR),
    "divide by zero": (body("n /= n - n;"), BEHAVIOUR),
    "call through a wrong pointer": (body("((void (*)(float))(void *)&twice)(1.0f);"), ""),
    "print the expected output of nothing": (body('printf("2\\n42\\n-8");'), "expected"),
    "close the output": (body("fclose(stdout); fclose(stdin);"), None),
}


@pytest.mark.parametrize("name", STOPPED)
def test_a_hostile_program_is_stopped(name: str) -> None:
    text, reason = STOPPED[name]
    began = processor_seconds()
    verdict = run_cpp(text, CONTRACT)
    assert verdict.assembles, verdict.reasons
    if reason is not None:
        assert not verdict.passes
        assert verdict.failed_case == 0
        assert reason in verdict.reasons[0]
    assert processor_seconds() - began < 20


LEAVES = {
    "exit": "exit(0);",
    "_Exit": "fflush(stdout); std::_Exit(0);",
    "quick_exit": "fflush(stdout); std::quick_exit(0);",
    "an exit handler": "atexit([] { fflush(stdout); _Exit(0); }); exit(1);",
    "WASI's own call": "fflush(stdout); leave(0);",
}


@pytest.mark.parametrize("name", LEAVES)
@pytest.mark.parametrize("cases", [1, 2])
def test_a_program_that_prints_the_right_result_must_still_return_from_main(name: str, cases: int) -> None:
    import_of_exit = (
        '__attribute__((import_module("wasi_snapshot_preview1"), import_name("proc_exit"))) void leave(int);'
    )
    contract = CONTRACT.model_copy(update={"cases": (CppCase(stdin="1", stdout="2"),) * cases})
    verdict = run_cpp(body(f"putchar('2'); {LEAVES[name]}", import_of_exit), contract)
    assert verdict.reasons[0].startswith("case 0: ends the program by itself (exit code ")


def test_what_one_case_leaves_behind_does_not_reach_the_next() -> None:
    counts_calls = "static int calls = 0;\nint twice(int n) { return ++calls > 1 ? 0 : 2 * n; }"
    assert run_cpp(counts_calls, CONTRACT).passes


MACROS = {
    "a function": "#define printf(...) putchar('2')",
    "the answer's function": "#define twice(n) 2 * n",
    "main": "#undef main\n#define main main() { putchar('2'); } int other",
    "a keyword": "#define int long",
    "a word of the check": "#define decltype(name) int(int)",
    "by a digraph": "%:define printf(...) putchar('2')",
    "by a comment and a joined line": "/**/ #/**/def\\\nine printf(...) putchar('2')",
    "kept on the compiler's pile": "#define printf(...) putchar('2')\n#pragma push_macro(\"printf\")",
}


@pytest.mark.parametrize("name", MACROS)
def test_a_macro_of_the_answer_does_not_reach_the_driver(name: str) -> None:
    contract = CONTRACT.model_copy(update={"cases": CONTRACT.cases[:1]})
    assert run_cpp(f"{GOOD}\n{MACROS[name]}\n", contract).passes
    wrong = GOOD.replace("2 * n", "7")
    assert run_cpp(f"{wrong}\n{MACROS[name]}\n", contract).reasons == ("case 0: for input '1' expected '2', got '7'",)


def test_environment_and_arguments_are_empty() -> None:
    looks = body('extern char **environ; if (getenv("PATH") || getenv("HOME")) n = 99;')
    assert run_cpp(looks, CONTRACT).passes


def test_whether_a_file_exists_can_not_be_seen_from_inside_the_compiler() -> None:
    probe = '#if __has_include("/etc/passwd") || __has_include("/proc/self/status") || __has_include("../../etc/hostname")\n#error seen\n#endif\n#if __has_embed("/etc/passwd") || __has_embed(</proc/self/status>) || __has_embed("../../etc/hostname")\n#error seen\n#endif\n'
    assert run_cpp(probe + GOOD, CONTRACT).passes


def test_a_line_directive_does_not_make_the_compiler_quote_a_file() -> None:
    verdict = run_cpp('#line 1 "/etc/passwd"\nint twice(int n) { return }', CONTRACT)
    assert SECRET not in str(verdict.reasons)
    assert "/etc" not in str(verdict.reasons)


def test_the_same_hostile_answer_gets_the_same_verdict_every_time() -> None:
    texts = [STOPPED[name][0] for name in ("an endless loop", "endless recursion", "allocate without end")]
    assert check_many([(text, CONTRACT) for text in texts]) == [run_cpp(text, CONTRACT) for text in texts]


def test_fuel_is_shared_by_all_cases() -> None:
    slow = body(f"for (volatile int i = 0; i < {FUEL // 40}; i = i + 1) {{}}")
    verdict = run_cpp(slow, CONTRACT)
    assert verdict.failed_case is not None
    assert OUT_OF_TIME in verdict.reasons[0]


def test_good_answers_pass_among_hostile_ones_in_a_batch() -> None:
    hostile = [REFUSED["include an absolute path"][0], STOPPED["throw"][0], STOPPED["endless output"][0]]
    verdicts = check_many([(text, CONTRACT) for bad in hostile for text in (GOOD, bad)], workers=2)
    assert [verdict.passes for verdict in verdicts] == [True, False] * 3


def test_nothing_is_left_on_the_disk(tmp_path: Path) -> None:
    script = (
        "import sys; from tests_contract import *; from oracle_lib.verify.cpp import run_cpp\n"
        "assert not run_cpp(HOSTILE, CONTRACT).passes"
    )
    (tmp_path / "tests_contract.py").write_text(
        "from oracle_lib.verify import CppContract\nCONTRACT = "
        f"CppContract.model_validate_json({CONTRACT.model_dump_json()!r})\nHOSTILE = "
        f"{REFUSED['crash the compiler'][0]!r}\n"
    )
    (scratch := tmp_path / "scratch").mkdir()
    environment = {
        **os.environ,
        "TMPDIR": str(scratch),
        "PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)]),
    }
    subprocess.run([sys.executable, "-c", script], check=True, env=environment, cwd=tmp_path, timeout=60)
    assert list(scratch.iterdir()) == []
