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
    assert run_cpp(GOOD.replace("Sum", "Total"), SUMS).reasons == ("the answer does not define Sum; it defines Total",)
    assert not run_cpp(GOOD.replace("uint32_t", "uint16_t"), SUMS).assembles


@pytest.mark.parametrize(
    "declaration",
    [
        "uint32_t Sum(std::vector<uint8_t> data)",
        "static uint32_t Sum(const std::vector<uint8_t> data) noexcept",
        "uint32_t Sum(std::span<const uint8_t> data)",
        "auto Sum(std::span<const uint8_t> data)",
        "uint32_t Sum(const auto& data)",
        "int Sum(const std::vector<uint8_t>& data)",
        "size_t Sum(const std::vector<uint8_t>& data)",
    ],
)
@pytest.mark.parametrize("place", ["@", "#include <mutex>\nnamespace yaze { @ }"])
def test_a_type_by_which_no_caller_loses_anything_is_accepted(declaration: str, place: str) -> None:
    answer = place.replace("@", GOOD.replace("uint32_t Sum(const std::vector<uint8_t>& data)", declaration))
    assert run_cpp(answer, SUMS).reasons == ()


@pytest.mark.parametrize(
    "declaration",
    [
        "uint16_t Sum(const std::vector<uint8_t>& data)",
        "uint64_t Sum(const std::vector<uint8_t>& data)",
        "double Sum(const std::vector<uint8_t>& data)",
        "bool Sum(const std::vector<uint8_t>& data)",
        "uint32_t Sum(std::vector<uint8_t>& data)",
        "uint32_t Sum(const std::vector<uint8_t>&& data)",
        "uint32_t Sum(const std::vector<uint8_t>& data, int from = 0)",
    ],
)
def test_a_type_by_which_a_caller_could_lose_something_is_refused_in_words(declaration: str) -> None:
    (reason,) = run_cpp(GOOD.replace("uint32_t Sum(const std::vector<uint8_t>& data)", declaration), SUMS).reasons
    assert reason.startswith(f"the answer defines {declaration.partition(' ')[0]} Sum(")
    assert "where its contract asks for unsigned int Sum(const vector<unsigned char> &)" in reason


NUMBERS = {
    # (declared, defined): whether the call is accepted
    ("int F(uint16_t n)", "int F(int n)"): True,
    ("int F(int16_t n)", "int F(uint16_t n)"): True,
    ("int F(int n)", "int F(unsigned n)"): True,
    ("int F(bool n)", "int F(int n)"): True,
    ("void F(int n)", "void F(const int& n)"): True,
    ("void F(int n)", "int F(int n)"): False,
    ("int F(int n)", "void F(int n)"): False,
    ("int F(int n)", "int F(bool n)"): False,
    ("int F(int n)", "int F(short n)"): False,
    ("int F(int16_t n)", "int F(uint32_t n)"): False,
    ("int F(int n)", "int F(double n)"): False,
    ("bool F(int n)", "int F(int n)"): False,
    ("int F(int n)", "bool F(int n)"): False,
}


@pytest.mark.parametrize(("declared", "defined"), NUMBERS)
def test_a_number_may_become_one_that_gives_it_back(declared: str, defined: str) -> None:
    contract = CppContract(
        signature=declared, driver="int main() { (void)F(1); }", cases=(CppCase(stdin="", stdout=""),)
    )
    result = "" if defined.startswith("void") else "n"
    assert run_cpp(f"{defined} {{ return {result}; }}", contract).passes is NUMBERS[declared, defined]


def test_a_long_signature_may_have_another_type_too() -> None:
    vectors = [f"const std::vector<{kind}>& {kind[0]}" for kind in ("uint8_t", "int16_t", "float", "std::string")]
    declared = f"std::vector<std::string> F({', '.join(vectors)}, std::optional<std::vector<uint32_t>> o)"
    contract = CppContract(
        signature=declared, driver="int main() { F({}, {}, {}, {}, {}); }", cases=(CppCase(stdin="", stdout=""),)
    )
    answer = declared.replace("const std::vector<uint8_t>&", "std::span<const uint8_t>")
    assert run_cpp(f"{answer} {{ return {{}}; }}", contract).reasons == ()


def test_what_a_function_should_change_is_not_taken_by_value() -> None:
    contract = SUMS.model_copy(update={"signature": "void Sum(std::vector<uint8_t>& data)", "driver": "int main() {}"})
    assert run_cpp("void Sum(std::vector<uint8_t>& data) {}", contract).assembles
    assert not run_cpp("void Sum(std::vector<uint8_t> data) {}", contract).assembles


MISSING = {
    "": "it holds no code",
    "int main() { return 0; }": "the answer does not define Sum",
    "int main() { return Sum({}); }": "answer.cpp:1:21: error: use of undeclared identifier 'Sum'",
    f"#if 0\n{GOOD}\n#endif": "the answer does not define Sum",
    "uint32_t Total(int n) { return n; }\nint main() {}": "the answer does not define Sum; it defines Total",
    "int A() { return 1; }\nint B() { return 2; }": "the answer does not define Sum",
    f"class Solution {{ public: {GOOD} }};": "the answer does not define Sum outside of a class",
    f"struct S {{ static {GOOD} }};": "the answer does not define Sum outside of a class",
    "uint32_t Sum(const std::vector<uint8_t>& data);": "the answer declares Sum but does not define it",
    GOOD.replace("return", 'system("ls"); return'): "the answer calls system, which neither it nor the sandbox defines",
    "int nowhere(int);\n" + GOOD.replace("0u", "nowhere(1)"): "the answer calls nowhere(int), which neither it nor",
    'extern "C" int puts(const char*) { return 0; }\n' + GOOD: "the answer defines puts, which the library defines",
}


@pytest.mark.parametrize("answer", MISSING)
def test_a_function_that_is_not_there_is_told_in_words(answer: str) -> None:
    (reason,) = run_cpp(answer, SUMS).reasons
    if MISSING[answer].endswith(("it nor", "defines")):
        assert reason.startswith(MISSING[answer])
    else:
        assert reason == MISSING[answer]


def test_a_mistake_in_the_functions_own_head_is_all_that_is_told() -> None:
    verdict = run_cpp(GOOD.replace("vector", "vectr"), SUMS)
    assert verdict.reasons == ("answer.cpp:1:25: error: no template named 'vectr' in namespace 'std'",)


def test_a_function_missing_from_its_namespace_is_told_in_words() -> None:
    contract = SUMS.model_copy(update={"signature": "int yaze::core::Twice(int n)", "driver": "int main() {}"})
    assert run_cpp("int Double(int n) { return 2 * n; }", contract).reasons == (
        "the answer does not define Twice; it defines Double",
    )


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


TABLE = {
    # name: (signature, what main prints, answer, printed)
    "span": ("int Sum(std::span<const uint8_t> s)", "std::vector<uint8_t> v{1, 2, 3}; std::cout << Sum(v);",
        "#include <span>\nint Sum(std::span<const uint8_t> s) { int n = 0; for (auto x : s.subspan(1)) n += x; return n; }", "5"),
    "format": ("std::string Hex(int n)", "std::cout << Hex(255);",
        '#include <format>\nstd::string Hex(int n) { return std::format("{:04X}", n); }', "00FF"),
    "print": ("void Say(int n)", "Say(3);", '#include <print>\nvoid Say(int n) { std::println("{}!", n); }', "3!\n"),
    "charconv": ("int Parse(std::string_view s)", 'std::cout << Parse("7F");',
        "#include <charconv>\nint Parse(std::string_view s) { int n = 0; std::from_chars(s.data(), s.data() + s.size(), n, 16); return n; }", "127"),
    "random": ("uint32_t Roll()", "std::cout << Roll();",
        "#include <random>\nuint32_t Roll() { std::mt19937 g(42); return g(); }", "1608637542"),
    "any": ("int Get(std::any a)", "std::cout << Get(5);", "#include <any>\nint Get(std::any a) { return std::any_cast<int>(a); }", "5"),
    "regex": ("bool Label(const std::string& s)", 'std::cout << Label("Main_1:");',
        '#include <regex>\nbool Label(const std::string& s) { return std::regex_match(s, std::regex("[A-Za-z_]\\\\w*:")); }', "1"),
    "ranges": ("int Even(const std::vector<int>& v)", "std::cout << Even({1, 2, 4});",
        "#include <ranges>\nint Even(const std::vector<int>& v) { int n = 0; for (int x : v | std::views::filter([](int x) { return x % 2 == 0; })) n += x; return n; }", "6"),
    "bit": ("int Bits(uint8_t x)", "std::cout << Bits(0xF1);", "#include <bit>\nint Bits(uint8_t x) { return std::popcount(x); }", "5"),
    "concepts": ("int Twice(int n)", "std::cout << Twice(4);",
        "#include <concepts>\ntemplate <std::integral T> T doubled(T n) { return n + n; }\nint Twice(int n) { return doubled(n); }", "8"),
    "expected": ("int Half(int n)", "std::cout << Half(8) << Half(7);",
        "#include <expected>\nstd::expected<int, std::string> half(int n) { if (n % 2) return std::unexpected(\"odd\"); return n / 2; }\nint Half(int n) { return half(n).value_or(-1); }", "4-1"),
    "ternary operators of C++20": ("bool Less(int a, int b)", "std::cout << Less(1, 2);",
        "struct V { int n; auto operator<=>(const V&) const = default; };\nbool Less(int a, int b) { return V{a} < V{b}; }", "1"),
    "designated initialisers": ("int Area()", "std::cout << Area();",
        "struct Size { int w, h; };\nint Area() { Size s{.w = 3, .h = 4}; return s.w * s.h; }", "12"),
    "consteval and constinit": ("int Nine()", "std::cout << Nine();",
        "consteval int square(int n) { return n * n; }\nconstinit int start = square(3);\nint Nine() { return start; }", "9"),
    "a lambda with a template parameter": ("int Add(int a, int b)", "std::cout << Add(2, 3);",
        "int Add(int a, int b) { auto f = []<class T>(T x, T y) { return x + y; }; return f(a, b); }", "5"),
    "an unordered map and structured bindings": ("int Total()", "std::cout << Total();",
        "int Total() { std::unordered_map<std::string, int> m{{\"a\", 1}, {\"b\", 2}}; int n = 0; for (auto& [k, v] : m) n += v; return n; }", "3"),
    "a stream": ("std::string Row(int n)", "std::cout << Row(10);",
        "std::string Row(int n) { std::ostringstream out; out << std::hex << std::setw(4) << std::setfill('0') << n; return out.str(); }", "000a"),
    # Exceptions
    "throw and catch": ("int Safe(int n)", "std::cout << Safe(1) << Safe(-1);",
        'int Safe(int n) { try { if (n < 0) throw std::runtime_error("negative"); return n; } catch (const std::runtime_error& e) { return std::strlen(e.what()); } }', "18"),
    "stoi": ("int Parse(const std::string& s)", 'std::cout << Parse("12") << Parse("x") << Parse("99999999999");',
        "int Parse(const std::string& s) { try { return std::stoi(s); } catch (const std::invalid_argument&) { return -1; } catch (const std::out_of_range&) { return -2; } }", "12-1-2"),
    "stoul in base 16 and stod": ("int Parse()", "std::cout << Parse();",
        'int Parse() { size_t used; int n = std::stoul("7fz", &used, 16); return n * 10 + used + int(std::stod("0.5") * 2); }', "1273"),
    "at": ("int Get(const std::vector<int>& v, size_t i)", "std::cout << Get({1, 2}, 1) << Get({1, 2}, 2);",
        "int Get(const std::vector<int>& v, size_t i) { try { return v.at(i); } catch (const std::out_of_range& e) { return 9; } }", "29"),
    "at of a map, a string and an array": ("int Count()", "std::cout << Count();",
        "int Count() { int n = 0; std::map<int, int> m; std::string s; std::array<int, 2> a{}; try { m.at(1); } catch (std::out_of_range&) { ++n; }\n try { s.at(1); } catch (std::out_of_range&) { ++n; } try { a.at(n); } catch (std::exception&) { ++n; } return n; }", "3"),
    "substr past the end": ("int Try()", "std::cout << Try();", 'int Try() { try { return std::string("ab").substr(3).size(); } catch (const std::out_of_range&) { return 7; } }', "7"),
    "bad_alloc": ("int Try(size_t n)", "std::cout << Try(1u << 30);", "int Try(size_t n) { try { std::vector<char> v(n); return v[0]; } catch (const std::bad_alloc&) { return 5; } }", "5"),
    "length_error": ("int Try()", "std::cout << Try();", "int Try() { try { std::vector<int> v; v.reserve(v.max_size() + 1); return 0; } catch (const std::length_error&) { return 6; } }", "6"),
    "rethrow": ("int Try()", "std::cout << Try();", "int Try() { try { try { throw 4; } catch (int&) { throw; } } catch (int n) { return n; } }", "4"),
    "catch anything": ("int Try()", "std::cout << Try();", 'int Try() { try { throw "text"; } catch (...) { return 3; } }', "3"),
    "by base class": ("int Try()", "std::cout << Try();", "struct A { virtual ~A() = default; virtual int n() const { return 1; } };\nstruct B : A { int n() const override { return 2; } };\nstruct C { int x = 9; };\nstruct D : C, B {};\nint Try() { try { throw D(); } catch (const A& a) { return a.n(); } }", "2"),
    "a pointer": ("int Try()", "std::cout << Try();", "int Try() { static int five = 5; try { throw &five; } catch (const int* p) { return *p; } }", "5"),
    "destructors run in order": ("void Try()", "Try();",
        'struct Says { const char* s; ~Says() { printf("%s", s); } };\nvoid Try() { try { Says a{"a"}; Says b{"b"}; throw 1; } catch (int) { printf("c"); } }', "bac"),
    "nested in a handler": ("int Try()", "std::cout << Try();", "int Try() { try { throw 1; } catch (int a) { try { throw 20; } catch (int b) { return a + b; } } }", "21"),
    "from deep recursion": ("int Try()", "std::cout << Try();", "int down(int n) { std::string s(20, 'x'); return n ? down(n - 1) + s.size() : throw n; }\nint Try() { int caught = 0; for (int i = 0; i < 50; ++i) try { down(100); } catch (int) { ++caught; } return caught; }", "50"),
    "from a constructor": ("int Try()", "std::cout << Try();", "struct Part { ~Part() { putchar('p'); } };\nstruct Whole { Part p; Whole() { throw 8; } };\nint Try() { try { Whole w; return 0; } catch (int n) { return n; } }", "p8"),
    "through std::function and sort": ("int Try()", "std::cout << Try();", "int Try() { std::vector<int> v{3, 1, 2}; std::function<bool(int, int)> f = [](int, int) -> bool { throw 6; }; try { std::sort(v.begin(), v.end(), f); } catch (int n) { return n; } return 0; }", "6"),
    "of an own type with a message": ("std::string Try()", "std::cout << Try();", 'class RomError : public std::runtime_error { using runtime_error::runtime_error; };\nstd::string Try() { try { throw RomError("bad header"); } catch (const std::exception& e) { return e.what(); } }', "bad header"),
    "exception_ptr and nested": ("int Try()", "std::cout << Try();", "int Try() { std::exception_ptr p; try { throw 5; } catch (...) { p = std::current_exception(); } try { std::rethrow_exception(p); } catch (int n) { try { try { throw n; } catch (...) { std::throw_with_nested(std::logic_error(\"x\")); } } catch (const std::exception& e) { try { std::rethrow_if_nested(e); } catch (int m) { return n + m; } } } return 0; }", "10"),
    "bad_optional, bad_variant, bad_any, bad_function and bad_cast": ("int Try()", "std::cout << Try();",
        "struct A { virtual ~A() = default; };\nstruct B : A {};\nint Try() { int n = 0; std::optional<int> o; std::variant<int, char> v; std::any a; std::function<void()> f; A x; A& r = x;\n try { o.value(); } catch (const std::bad_optional_access&) { ++n; } try { std::get<char>(v); } catch (const std::bad_variant_access&) { ++n; }\n try { std::any_cast<int>(a); } catch (const std::bad_any_cast&) { ++n; } try { f(); } catch (const std::bad_function_call&) { ++n; } try { dynamic_cast<B&>(r); } catch (const std::bad_cast&) { ++n; } return n; }", "5"),
    "noexcept that holds": ("int Try() noexcept", "std::cout << Try();", "int Try() noexcept { try { throw 1; } catch (...) { return 2; } }", "2"),
    # Abseil, as YAZE uses it
    "a status": ("absl::Status Check(int n)", 'std::cout << Check(1).ok() << Check(-1).message() << Check(-1).ToString() << absl::IsOutOfRange(Check(-1));',
        '#include "absl/status/status.h"\nabsl::Status Check(int n) { if (n < 0) return absl::OutOfRangeError("low"); return absl::OkStatus(); }', "1lowOUT_OF_RANGE: low1"),
    "a status or a value": ("absl::StatusOr<std::vector<uint8_t>> Read(size_t n)", "auto r = Read(2); std::cout << r.ok() << r->size() << (*r).size() << r.value()[0] + 0 << Read(9).status().message();",
        '#include "absl/status/statusor.h"\n#include "absl/strings/str_format.h"\nabsl::StatusOr<std::vector<uint8_t>> Read(size_t n) { if (n > 4) return absl::InvalidArgumentError(absl::StrFormat("size %d is over 0x%02X", n, 4)); std::vector<uint8_t> v(n, 7); return v; }', "1227size 9 is over 0x04"),
    "passing errors on": ("absl::StatusOr<int> Add(int a, int b)", "std::cout << *Add(1, 2) << Add(-1, 2).status().ToString() << Add(1, -2).status();",
        '#include "util/macro.h"\n#include "absl/strings/str_cat.h"\nabsl::Status positive(int n) { return n < 0 ? absl::InvalidArgumentError(absl::StrCat("n=", n)) : absl::OkStatus(); }\nabsl::StatusOr<int> checked(int n) { RETURN_IF_ERROR(positive(n)); return n; }\nabsl::StatusOr<int> Add(int a, int b) { ASSIGN_OR_RETURN(int x, checked(a)); ASSIGN_OR_RETURN(auto y, checked(b)); return x + y; }', "3INVALID_ARGUMENT: n=-1INVALID_ARGUMENT: n=-2"),
    "the value of an error": ("int Try()", "std::cout << Try();", '#include "absl/status/statusor.h"\nint Try() { absl::StatusOr<int> r = absl::NotFoundError("no"); try { return r.value(); } catch (const absl::BadStatusOrAccess& e) { return static_cast<int>(e.status().code()); } }', "5"),
    "strings": ("std::string Tidy(absl::string_view s)", 'std::cout << Tidy("  LDA,STA,,RTS ");',
        '#include "absl/strings/str_split.h"\n#include "absl/strings/str_join.h"\n#include "absl/strings/match.h"\n#include "absl/strings/ascii.h"\n#include "absl/strings/numbers.h"\n#include "absl/strings/str_replace.h"\n#include "absl/strings/strip.h"\nstd::string Tidy(absl::string_view s) { std::vector<std::string> v = absl::StrSplit(absl::StripAsciiWhitespace(s), \',\', absl::SkipEmpty()); int n; if (!absl::SimpleAtoi("7", &n) || absl::SimpleAtoi("x", &n) || !absl::StartsWith(v[0], "LD")) return ""; return absl::StrCat(absl::AsciiStrToLower(absl::StrJoin(v, "+")), n, absl::Hex(255, absl::kZeroPad4), absl::StrReplaceAll("a-b", {{"-", "_"}}), absl::StripPrefix("0x1", "0x")); }', "lda+sta+rts700ffa_b1"),
    "formats": ("std::string Try()", "std::cout << Try();", 'std::string Try() { std::string s = "x"; return absl::StrFormat("%s|%5s|%-3d|%06X|%c|%.2f|%%|%u|%x|%v", s, absl::string_view("ab"), -4, 0xBEEFu, \'q\', 1.5, uint8_t(200), int8_t(-1), s); }', "x|   ab|-4 |00BEEF|q|1.50|%|200|ff|x"),
    # Where the function stands, and how it is declared
    "a namespace of YAZE's": ("int Twice(int n)", "std::cout << Twice(4);", "namespace yaze {\nnamespace gfx {\nint Twice(int n) { return 2 * n; }\n}  // namespace gfx\n}  // namespace yaze", "8"),
    "a nested namespace and an anonymous one": ("int Twice(int n)", "std::cout << Twice(4);", "namespace yaze::core {\nnamespace {\nint helper(int n) { return n; }\n}\nint Twice(int n) { return 2 * helper(n); }\n}", "8"),
    "an anonymous namespace": ("int Twice(int n)", "std::cout << Twice(4);", "namespace {\nint Twice(int n) { return 2 * n; }\n}", "8"),
    "asked for in a namespace": ("int yaze::core::Twice(int n)", "std::cout << yaze::core::Twice(4);", "namespace yaze::core { int Twice(int n) { return 2 * n; } }", "8"),
    "asked for in a namespace and written outside": ("int yaze::core::Twice(int n)", "std::cout << yaze::core::Twice(4);", "int Twice(int n) { return 2 * n; }", "8"),
    "asked for in another namespace": ("int yaze::core::Twice(int n)", "std::cout << yaze::core::Twice(4);", "namespace yaze { int Twice(int n) { return 2 * n; } }", "8"),
    "a type beside it": ("SnesColor Grey(int n)", "std::cout << Grey(4).r;", "namespace yaze::gfx { struct SnesColor { int r, g, b; };\nSnesColor Grey(int n) { return {n, n, n}; } }", "4"),
    "declared first, then defined by its full name": ("int Twice(int n)", "std::cout << Twice(4);", "namespace yaze { int Twice(int n); }\nint yaze::Twice(int n) { return 2 * n; }", "8"),
    "size_t": ("size_t Size(const std::string& s, size_t limit)", 'std::cout << Size("abc", 9);', "size_t Size(const std::string& s, size_t limit) { return std::min(s.size(), limit); }", "3"),
    "a function as a parameter": ("std::function<int(int)> Compose(std::function<int(int)> f, int (*g)(int))", "std::cout << Compose([](int n) { return n + 1; }, [](int n) { return n * 2; })(3);",
        "std::function<int(int)> Compose(std::function<int(int)> f, int (*g)(int)) { return [=](int n) { return f(g(n)); }; }", "7"),
    "a trailing return type": ("auto Both(int a, int b) -> std::pair<int, int>", "std::cout << Both(1, 2).second;", "auto Both(int a, int b) -> std::pair<int, int> { return {a, b}; }", "2"),
    "noexcept and an attribute": ("[[nodiscard]] int Twice(int n) noexcept", "std::cout << Twice(4);", "[[nodiscard]] constexpr int Twice(int n) noexcept { return 2 * n; }", "8"),
    "a default argument": ("int Scale(int n, int by = 3)", "std::cout << Scale(2);", "inline int Scale(int n, int by = 3) { return n * by; }", "6"),
    "a template": ("template <class T> T Twice(T n)", "std::cout << Twice(4) << Twice(0.5);", "template <class T> T Twice(T n) { return n + n; }", "81"),
    "a member function": ("uint16_t SnesColor::Raw() const", "std::cout << SnesColor{1, 2, 3}.Raw();", "struct SnesColor { uint16_t r, g, b; uint16_t Raw() const { return r | g << 5 | b << 10; } };", "3137"),
    "a static member function": ("int Rom::Bank(int a)", "std::cout << Rom::Bank(0x128000);", "class Rom { public: static int Bank(int a) { return a >> 16; } };", "18"),
    # Headers
    "header and source together": ("int Twice(int n)", "std::cout << Twice(4);", '#pragma once\n#include <cstdint>\nnamespace yaze {\nint Twice(int n);\n}\n\n#include "app/gfx/twice.h"\n\nnamespace yaze {\nint Twice(int n) { return 2 * n; }\n}', "8"),
    "an include guard": ("int Twice(int n)", "std::cout << Twice(4);", '#ifndef YAZE_TWICE_H\n#define YAZE_TWICE_H\nint Twice(int n);\n#endif  // YAZE_TWICE_H\n#include "twice.h"\nint Twice(int n) { return 2 * n; }', "8"),
    "the header of all headers": ("int Twice(int n)", "std::cout << Twice(4);", "#include <bits/stdc++.h>\nusing namespace std;\nint Twice(int n) { return 2 * n; }", "8"),
    "headers without use": ("int Twice(int n)", "std::cout << Twice(4);", "#include <mutex>\n#include <thread>\n#  include <fstream>  // of the tests\n#include <filesystem>\n#include <chrono>\nint Twice(int n) { return 2 * n; }", "8"),
    "its own main with arguments": ("int Twice(int n)", "std::cout << Twice(4);", 'int Twice(int n) { return 2 * n; }\nint main(int argc, char** argv) { std::cout << Twice(argc); return 0; }', "8"),
    "line ends of Windows": ("int Twice(int n)", "std::cout << Twice(4);", '#include "rom/rom.h"\r\nint Twice(int n) {\r\n  return 2 * n;\r\n}\r\n', "8"),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_cpp_as_models_and_yaze_write_it_is_compiled_and_run(name: str) -> None:
    signature, main, answer, printed = TABLE[name]
    contract = CppContract(
        signature=signature, driver=f"int main() {{ {main} }}", cases=(CppCase(stdin="", stdout=printed),)
    )
    assert run_cpp(answer, contract).reasons == ()


UNCAUGHT = {
    'throw std::out_of_range("vector");': "ends with an uncaught std::out_of_range: vector",
    "std::vector<int> v(2); v.at(2);": "ends with an uncaught std::out_of_range: vector",
    'std::stoi("x");': "ends with an uncaught std::invalid_argument: stoi: no conversion",
    "throw 7;": "ends with an uncaught int",
    'throw "text";': "ends with an uncaught const char*",
    'struct Bad : std::logic_error { using logic_error::logic_error; }; throw Bad("odd size");': "ends with an uncaught",
    "throw yaze::RomError();": "ends with an uncaught yaze::RomError",
    "[]() noexcept { throw 1; }();": "ends with an uncaught int",
    "try { throw 1; } catch (double) {}": "ends with an uncaught int",
    "throw;": "undefined behaviour, an out-of-range access or an abort",
}


@pytest.mark.parametrize("statements", UNCAUGHT)
def test_an_exception_that_nobody_catches_is_named(statements: str) -> None:
    answer = f"namespace yaze {{ struct RomError {{}}; }}\nvoid Go() {{ {statements} }}"
    contract = CppContract(signature="void Go()", driver="int main() { Go(); }", cases=(CppCase(stdin="", stdout=""),))
    verdict = run_cpp(answer, contract)
    assert verdict.assembles
    assert UNCAUGHT[statements] in verdict.reasons[0]


def test_a_header_that_is_not_there_is_named_with_what_there_is() -> None:
    needs = '#include "app/gfx/snes_color.h"\n' + GOOD.replace("{ return", "{ SnesColor color; return")
    verdict = run_cpp(needs, SUMS)
    assert not verdict.assembles
    assert "unknown type name 'SnesColor'" in verdict.reasons[0]
    assert "there is no app/gfx/snes_color.h; the sandbox has the headers of C++23" in verdict.reasons[1]
    assert "absl/status" in verdict.reasons[1]
    alone = run_cpp("#include <SDL.h>\n" + GOOD, SUMS)
    assert alone.reasons[0].startswith("answer.cpp:1: there is no SDL.h; the sandbox has")


@pytest.mark.parametrize(
    "cut", ["namespace yaze { GOOD", "GOOD void Show() {", "GOOD int table[] = {1, 2,", "GOOD int x = (1"]
)
def test_an_answer_that_breaks_off_is_told_so_and_nothing_else(cut: str) -> None:
    broken_off = "the answer breaks off: a brace or a parenthesis is still open at its end"
    assert run_cpp(cut.replace("GOOD", GOOD), SUMS).reasons == (broken_off,)


def test_another_type_is_told_beside_the_one_asked_for() -> None:
    answer = '#include "absl/status/statusor.h"\nabsl::StatusOr<int> Halve(int x) { return x / 2; }'
    contract = SUMS.model_copy(update={"signature": "int Halve(int x)", "driver": "int main() { return Halve(2); }"})
    assert run_cpp(answer, contract).reasons == (
        "the answer defines absl::StatusOr<int> Halve(int), where its contract asks for int Halve(int)",
    )


def test_a_file_stream_without_its_header_is_refused_in_words() -> None:
    verdict = run_cpp(GOOD.replace("{ return", '{ std::ifstream in("x"); return'), SUMS)
    assert "the sandbox has no files and no threads" in verdict.reasons


@pytest.mark.parametrize("statement", ["std::mutex m;", "std::thread t([] {});", 'std::filesystem::exists("x");'])
def test_a_header_without_its_library_is_refused_where_it_is_used(statement: str) -> None:
    headers = "#include <mutex>\n#include <thread>\n#include <filesystem>\n"
    verdict = run_cpp(headers + GOOD.replace("return", f"{statement} return"), SUMS)
    assert verdict.reasons[0].startswith("answer.cpp:4:")
    assert verdict.reasons[-1] == "the sandbox has no files and no threads"


def test_a_name_that_begins_like_a_file_is_no_file() -> None:
    assert run_cpp(GOOD.replace("0u", "first"), SUMS).reasons == (
        "answer.cpp:1:99: error: use of undeclared identifier 'first'",
    )


def test_one_function_in_two_namespaces_is_ambiguous() -> None:
    twice = "".join(f"namespace {name} {{ {GOOD} }}\n" for name in ("a", "b"))
    assert run_cpp(twice, SUMS).reasons == ("Sum is ambiguous: the answer has more than one, in different namespaces",)


def _elsewhere(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(filter(None, [str(Path.cwd()), *sys.path]))
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path, **environment},
        timeout=60,
    )


def test_a_missing_compiler_is_one_clear_error_that_names_the_packages(tmp_path: Path) -> None:
    done = _elsewhere("from oracle_lib.verify.cpp import cpp_unavailable; print(cpp_unavailable())", PATH=str(tmp_path))
    assert "clang version 19, and this machine has none; install" in done.stdout
    assert PACKAGES in done.stdout
    assert len(done.stdout.splitlines()) == 1


def _with_compiler(folder: Path, script: str) -> str:
    """What is said where `script` stands for every clang++."""
    for name in ("clang++", "clang++-19"):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    done = _elsewhere(
        "from oracle_lib.verify.cpp import cpp_unavailable; print(cpp_unavailable())",
        PATH=f"{folder}:{os.environ['PATH']}",
        XDG_CACHE_HOME=str(folder),
    )
    assert len(done.stdout.splitlines()) == 1
    return done.stdout


def test_an_older_compiler_is_refused_in_a_sentence_that_names_its_version(tmp_path: Path) -> None:
    said = _with_compiler(tmp_path, "echo Debian clang version 14.0.6")
    assert "compiled by clang version 19, and this machine has version 14; install" in said
    assert PACKAGES in said


def test_a_compiler_without_its_webassembly_libraries_is_one_clear_error(tmp_path: Path) -> None:
    said = _with_compiler(
        tmp_path, "case $* in --version) echo clang version 19.1;; *-print-file-name*) echo libc.a;; *) exit 1;; esac"
    )
    assert "the WebAssembly libraries of clang 19 are not there" in said
    assert PACKAGES in said


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
