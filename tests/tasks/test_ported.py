"""Recipes for assembly as C++ functions: no request speaks of the console, and the function does the same."""

from __future__ import annotations

import random
import re

import pytest
from drawing import cpp

from oracle_lib.tasks import Problem, families
from oracle_lib.tasks import program as p
from oracle_lib.tasks.decontamination.functions import refuses_function
from oracle_lib.tasks.kit.asm import Address
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.ported import Port, _told, _without_shorthands, ported
from oracle_lib.tasks.program.recipes import Made, Recipe, all_recipes
from oracle_lib.tasks.program.teller.cpp import body_cpp
from oracle_lib.verify import check_many, cpp_unavailable

FAMILIES = families(("ported_cpp",)).values()
needs_compiler = pytest.mark.skipif(cpp_unavailable() is not None, reason=str(cpp_unavailable()))


def port_of(recipe: Recipe, seed: int = 0) -> Port | None:
    return Port.of(recipe, random.Random(f"{recipe.__name__}:{seed}"))


def score(draw: Drawer) -> Made:
    """Adds a bonus to a score, and tells whether that was enough."""
    score, bonus, enough = draw.variable(16), draw.variable(8), draw.variable(8)
    raised = p.Binary("add", p.Read(score), p.Widened(p.Read(bonus)))
    reached = p.Compared(">=", p.Read(score), p.Number(1000, 16))
    return (p.Set(score, raised), p.Set(enough, p.Chosen(reached, p.Number(1), p.Number(0)))), (
        f"Write a routine that adds the byte at {bonus.address} to the word {score.address}; {enough.address} becomes "
        "1 if the sum is 1000 or more, else 0.",
        f"word[{score.address}] += byte[{bonus.address}]; byte[{enough.address}] = word[{score.address}] >= 1000",
        f"How do I add a bonus ({bonus.address}) to a score ({score.address}, 16 bits) and note in {enough.address} "
        "whether it has reached 1000 (1 or 0)?",
        f"{score.address} (word) += {bonus.address} (byte); is that enough? {enough.address} = 1 from 1000 on, else 0",
        f"Add {bonus.address} to {score.address}, then return with carry set and {enough.address} = 1 from 1000 on.",
    )


def test_most_recipes_are_functions_over_values() -> None:
    recipes = all_recipes()[::5]
    assert sum(port_of(recipe) is not None for recipe in recipes) > 0.7 * len(recipes)


def test_addresses_become_the_names_of_parameters() -> None:
    port = port_of(score)
    assert port is not None and len(port.asks) == 4  # who asks for the carry has a console
    kinds = [kind for kind, _ in port.function.parameters]
    names = [name for _, name in port.function.parameters]
    assert (kinds, names) == (["uint16_t&", "uint8_t", "uint8_t&"], ["score", "bonus", "enough"])
    assert "adds the byte in `bonus` to the word `score`" in port.asks[0]
    assert port.asks[0].startswith("Write a function that")
    assert port.asks[1] == "score += bonus; enough = score >= 1000."


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Take 3 from $0720.", "Take 3 from `purse`."),
        (
            "The byte at $0720 goes down, and so do the 4 at $0B41.",
            "The byte in `purse` goes down, and so do the 4 in `stock`.",
        ),
        ("Fill the list from $0B41 on.", "Fill the list in `stock`."),
        ("Write a routine that stores the sum in $0730.", "Write a function that returns the sum."),
        ("Write a routine that adds both into $0730.", "Write a function that adds both into the return value."),
        ("Store the sum in $0730.", "Return the sum."),
        ("Flour ($0B41) and eggs ($0B43).", None),  # the second is an element without a name
        ("Base row $0B41 + upper row $0720", None),  # no element of the stock
        ("One of $0026, $0720, $003D.", None),  # a number that happens to be an address
        ("Add both. Sum: $0730", "Add both. Sum: the return value."),
        ("Add both; $0730", None),  # nothing is said of the result
    ],
)
def test_a_request_keeps_its_meaning_or_is_left_out(asked: str, told: str | None) -> None:
    purse = p.Variable("Purse", "purse", Address(0x0720))
    total = p.Variable("Total", "total", Address(0x0730))
    stock = p.Array("Stock", "stock", Address(0x0B41), 4)
    names = {purse: "purse", total: "total", stock: "stock"}
    assert _told([purse, total, stock], names, total, [asked]) == (() if told is None else (told,))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("s += 7; c = s << 1; s = byte[$0720] (0-99)", "byte[$0720] += 7; c = byte[$0720] << 1; byte[$0720] (0-99)"),
        ("if s >= $3F: --s; s = $0720.", "if $0720 >= $3F: --$0720."),
        ("x = byte[$0720]: result = x | (x + 1)", "result = byte[$0720] | (byte[$0720] + 1)"),
        ("old = byte[$0720]; byte[$0720] = byte[$0721]; byte[$0721] = old", ""),
        ("a = byte[$0720]: store a number that is twice a", ""),
        ("b = byte[$0999]; $0721 = b", ""),
        ("e = $0720 - $0721; $0721 = e", ""),
        ("d = word[$0720] >> 8 & 3; d == $0721", ""),
    ],
)
def test_a_letter_that_stands_for_an_address_is_the_parameter_itself(asked: str, told: str) -> None:
    assert _without_shorthands(asked, {0x7E0720, 0x7E0721}) == (told or asked)


def test_no_request_names_an_address_and_each_names_every_parameter() -> None:
    for recipe in all_recipes()[::7]:
        if (port := port_of(recipe)) is None:
            continue
        addresses = {f"{one.address}" for one in (*port.things, *([port.returned] if port.returned else []))}
        for ask in port.asks:
            assert not addresses & set(re.findall(r"\$[0-9A-F]+", ask)), ask
            assert all(re.search(rf"\b{one.name}\b", ask) for one in port.things), ask
            assert "routine" not in ask and "  " not in ask


def highest(draw: Drawer) -> Made:
    found, of = draw.variable(8), draw.array(8, 6)
    asks = [f"The largest of the 6 bytes from {of.address} goes to {found.address}, {tone}." for tone in "abcd"]
    return (p.Set(found, p.Extreme("max", of)),), asks


def test_what_is_surely_set_is_returned_and_what_may_stay_as_it_was_is_not() -> None:
    def highest_if_any(draw: Drawer) -> Made:
        [statement], asks = highest(draw)
        [of] = p.Program((statement,)).things(p.Array)
        some = p.Compared("!=", p.Read(p.Item(of, p.Number(0))), p.Number(0))
        return (p.If(some, (statement,)),), asks

    returned, kept = port_of(highest), port_of(highest_if_any)
    assert returned and returned.function.returns == "uint8_t" and kept and kept.function.returns == "void"
    assert "is the return value" in returned.asks[0]
    assert returned.body == "  return *std::max_element(of.begin(), of.end());"


NUMBER, COUNT, RESULT = (p.Variable(name, name, Address(0x700 + 2 * place)) for place, name in enumerate("nkr"))
WORK = p.Variable("place", "place", Address(0), own=True)
LIST = p.Array("items", "item", Address(0x800), 5)


def body(*statements: p.Statement, returned: p.Variable | None = None, numbers: tuple[str, ...] = ()) -> str:
    return body_cpp(p.Program(statements), returned, numbers)


def test_a_result_leaves_as_soon_as_it_is_known() -> None:
    small = p.Compared("<", p.Read(NUMBER), p.Number(20))
    branches = p.If(small, (p.Set(RESULT, p.Number(1)),), (p.Set(RESULT, p.Read(NUMBER)),))
    assert body(branches, returned=RESULT) == "if (n < 20) {\n  return 1;\n}\nreturn n;"
    usual = (p.Set(RESULT, p.Number(0)), p.If(small, (p.Set(RESULT, p.Number(1)),)))
    assert body(*usual, returned=RESULT) == "if (n < 20) {\n  return 1;\n}\nreturn 0;"
    found = p.Position(LIST, p.Compared("==", p.Read(p.Here(LIST)), p.Read(NUMBER)), 0xFF)
    assert "  if (items[i] == n) {\n    return i;\n  }\n}\nreturn 0xFF;" in body(
        p.Set(RESULT, found), returned=RESULT, numbers=("0xFF",)
    )


def test_a_result_that_is_read_on_the_way_is_a_variable() -> None:
    raised = p.Set(RESULT, p.Binary("add", p.Read(RESULT), p.Read(NUMBER)))
    assert body(p.Set(RESULT, p.Number(1)), raised, returned=RESULT) == "uint8_t r = 1;\nr += n;\nreturn r;"


def test_the_type_of_a_target_cuts_what_is_stored() -> None:
    wide = p.Variable("wide", "wide", Address(0x710), 16)
    assert body(p.Set(RESULT, p.Half(p.Read(wide), high=False))) == "r = wide;"
    assert body(p.Set(RESULT, p.Field(p.Read(NUMBER), 6, 2))) == "r = n >> 6;"
    assert body(p.Set(RESULT, p.Field(p.Read(wide), 0, 8))) == "r = wide;"
    assert body(p.Set(wide, p.Field(p.Read(wide), 0, 8))) == "wide = wide & 0xFF;"


def test_loops_run_over_elements_or_count_upwards() -> None:
    each = p.Each((LIST,), (p.Set(p.Here(LIST), p.Binary("add", p.Read(p.Here(LIST)), p.Number(1))),))
    assert body(each) == "for (uint8_t& item : items) {\n  item++;\n}"
    clear = p.Set(p.Item(LIST, p.Read(WORK)), p.Number(0))
    step = p.Set(WORK, p.Binary("add", p.Read(WORK), p.Number(2)))
    loop = p.While(p.Compared("<", p.Read(WORK), p.Number(5)), (clear, step))
    start = p.Set(WORK, p.Number(1))
    assert body(start, loop) == "for (int place = 1; place < 5; place += 2) {\n  items[place] = 0;\n}"
    # What is read behind the loop must live on.
    assert body(start, loop, p.Set(RESULT, p.Read(WORK))).startswith("uint8_t place = 1;\nwhile (place < 5) {")


def test_taking_a_constant_away_again_and_again_is_a_division() -> None:
    less = p.Set(NUMBER, p.Binary("subtract", p.Read(NUMBER), p.Number(7)))
    more = p.Set(COUNT, p.Binary("add", p.Read(COUNT), p.Number(1)))
    loop = p.While(p.Compared(">=", p.Read(NUMBER), p.Number(7)), (less, more))
    assert body(loop) == "k += n / 7;\nn %= 7;"
    assert body(p.Set(COUNT, p.Number(0)), loop) == "k = n / 7;\nn %= 7;"


def test_numbers_are_written_as_the_requests_write_them() -> None:
    assert body(p.Set(RESULT, p.Number(0xA0)), numbers=("0xA0",)) == "r = 0xA0;"
    assert body(p.Set(RESULT, p.Number(0xA0)), numbers=("160",)) == "r = 160;"
    assert body(p.Set(RESULT, p.Number(0xA0)), numbers=("-96",)) == "r = -96;"


@needs_compiler
def test_the_function_does_what_the_program_does() -> None:
    problems = [ported("tests.ported", "tests", random.Random("score"), [score])]
    problems += [family.problem("1") for family in FAMILIES]
    verdicts = check_many([(problem.references[0], cpp(problem)) for problem in problems])
    assert [verdict.reasons for verdict in verdicts] == [()] * len(problems)


@needs_compiler
def test_a_function_that_does_something_else_fails() -> None:
    problem = ported("tests.ported", "tests", random.Random("score"), [score])
    wrong = problem.references[0].replace(" += ", " -= ")
    assert wrong != problem.references[0]
    [verdict] = check_many([(wrong, cpp(problem))])
    assert verdict.assembles and not verdict.passes


@needs_compiler
@pytest.mark.slow
@pytest.mark.parametrize("place", range(40))
def test_every_port_does_what_its_program_does(place: int) -> None:
    recipes = all_recipes()
    tried: list[Problem] = []
    for recipe in recipes[place * len(recipes) // 40 : (place + 1) * len(recipes) // 40]:
        port = port_of(recipe)
        # What computes the same as a held-out function is refused whatever its seed is.
        kinds = [kind for kind, _ in port.function.parameters] if port else []
        if port and not refuses_function(kinds, port.prints, "tests.ported"):
            tried.append(ported("tests.ported", "tests", random.Random(f"{recipe.__name__}:1"), [recipe]))
    verdicts = check_many([(problem.references[0], cpp(problem)) for problem in tried])
    assert [verdict.reasons for verdict in verdicts] == [()] * len(tried)
