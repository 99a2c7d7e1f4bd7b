"""Compiled programs do on the console what the interpreter says, in every style, and read as if written by hand."""

import dataclasses
import itertools
import random
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Literal

import pytest
from random_programs import Draw, contract

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Address, Routine
from oracle_lib.tasks.program.compiler import Style, Unsupported, compile_program
from oracle_lib.verify import check

KINDS = (
    *("set", "set", "if", "switch", "swap", "pointer", "call", "each", "gather", "gather", "blocks", "some"),
    *("repeat", "while_"),
)

HEALTH = p.Variable("Health", "health", Address(0x0720))
MOST = p.Variable("MostHealth", "most health", Address(0x7EF36C))
PLACE = p.Variable("Place", "place", Address(0x0730), 16)
TIMERS = p.Array("Timers", "sprite timer", Address(0x0D80), 16)
LAST = p.Variable("Last", "last one", Address(0x0740))


def compiled(*body: p.Statement, style: Style | None = None, **routine: object) -> list[str]:
    """The lines of the routine, without the margin, what its label is, and the comments."""
    text = compile_program(p.Program(body), Routine("Routine", **routine), style or Style())  # type: ignore[arg-type]
    return [line.partition(";")[0].strip() for line in text.splitlines()[1:]]


def random_programs(seed: object, count: int) -> Iterator[tuple[Draw, p.Program, Style, str]]:
    rng = random.Random(f"compiler {seed}")
    while count:
        routine = Routine.draw(rng, "Routine", keeps=("", "", "x", "xy", "a"))
        draw = Draw(rng, routine, kinds=KINDS)
        program, style = draw.program(), Style.draw(rng)
        with suppress(Unsupported):
            yield draw, program, style, compile_program(program, routine, style)
            count -= 1


@pytest.mark.parametrize("seed", range(8))
def test_random_programs_do_what_the_interpreter_says(seed: int) -> None:
    for draw, program, style, text in random_programs(seed, 30):
        verdict = check(text, contract(draw, program, random.Random(seed)))
        assert verdict.passes, f"{verdict.reasons}\n{style}\n{program}\n{text}"


def test_few_programs_are_refused() -> None:
    rng, refused = random.Random("refused"), 0
    for _ in range(300):
        routine = Routine.draw(rng, "Routine")
        try:
            compile_program(Draw(rng, routine, kinds=KINDS).program(), routine, Style.draw(rng))
        except Unsupported:
            refused += 1
    assert refused <= 30


def test_equal_choices_give_equal_texts() -> None:
    texts = [[text for *_, text in random_programs("same", 20)] for _ in range(2)]
    assert texts[0] == texts[1]


def test_a_capped_sum_reads_as_written_by_hand() -> None:
    total = p.Binary("add", p.Read(HEALTH), p.Number(8))
    assert compiled(p.Set(HEALTH, p.Binary("min", total, p.Read(MOST)))) == [
        "LDA.w $0720",
        "CLC",
        "ADC #$08",
        "CMP.l $7EF36C",
        "BCC .keep",
        "LDA.l $7EF36C",
        ".keep",
        "STA.w $0720",
        "RTS",
    ]


def test_a_loop_with_an_early_exit_reads_as_written_by_hand() -> None:
    found = p.Position(TIMERS, p.Compared("==", p.Read(p.Here(TIMERS)), p.Number(0)), 0xFF)
    assert compiled(p.Set(LAST, found), keeps=("x",)) == [
        "PHX",
        "LDX #$00",
        ".next",
        "LDA.w $0D80,X",
        "BEQ .found",
        "INX",
        "CPX #$10",
        "BNE .next",
        "LDX #$FF",
        ".found",
        "STX.w $0740",
        "PLX",
        "RTS",
    ]


def test_a_result_stays_in_its_register() -> None:
    a, x = p.Register("a", 8), p.Register("x", 8)
    assert compiled(p.Set(a, p.Binary("add", p.Read(a), p.Read(x)))) == ["STX.b $02", "CLC", "ADC.b $02", "RTS"]


def test_a_comparison_is_the_carry_that_is_reported() -> None:
    assert compiled(p.Report(p.Compared(">=", p.Read(HEALTH), p.Number(3)))) == ["LDA.w $0720", "CMP #$03", "RTS"]


def test_an_early_end_is_a_return_of_its_own() -> None:
    lines = compiled(
        p.If(p.Compared("<", p.Read(HEALTH), p.Number(3)), (p.Set(LAST, p.Number(1)), p.Stop())),
        p.Set(LAST, p.Number(2)),
    )
    assert lines.count("RTS") == 2


def test_widths_change_only_where_they_must() -> None:
    bytes_first = (p.Set(HEALTH, p.Number(1)), p.Set(LAST, p.Number(2)), p.Set(PLACE, p.Number(3, 16)))
    assert [line for line in compiled(*bytes_first) if line[:3] in ("REP", "SEP")] == ["REP #$20", "SEP #$20"]
    assert [line for line in compiled(*bytes_first, m=16, x=16) if line[:3] in ("REP", "SEP")] == [
        "SEP #$20",
        "REP #$20",
    ]
    fill = p.Fill(TIMERS, p.Number(5))
    narrow = compiled(fill, m=16, x=16, style=Style(pairs=False))
    assert [line for line in narrow if line[:3] in ("REP", "SEP")] == ["SEP #$30", "REP #$30"]


def test_a_long_table_is_read_through_x_and_lies_behind_the_return() -> None:
    table = p.Table("DropChance", "drop chance", (1, 2, 3, 0xFF))
    index = p.Variable("Kind", "kind", Address(0x0750), below=4)
    lines = compiled(p.Set(HEALTH, p.Read(p.Item(table, p.Read(index)))))
    assert lines == [
        "LDX.w $0750",
        "LDA.l .drop_chance,X",
        "STA.w $0720",
        "RTS",
        ".drop_chance",
        "db $01,$02,$03,$FF",
    ]


def test_what_a_turn_leaves_in_a_is_not_loaded_again() -> None:
    total = p.Variable("Total", "total", Address(0x08), own=True)
    body = (
        p.Set(total, p.Binary("or", p.Read(total), p.Read(p.Here(TIMERS)))),
        p.Set(p.Here(TIMERS), p.Read(total)),
    )
    lines = compiled(p.Set(total, p.Number(0)), p.Each((TIMERS,), body))
    assert lines[:5] == ["LDA #$00", "LDX #$00", ".next", "ORA.w $0D80,X", "STA.w $0D80,X"]


def test_an_index_of_one_turn_is_not_taken_for_that_of_another() -> None:
    total = p.Variable("Total", "total", Address(0x08), own=True)
    prices = p.Array("Prices", "price", Address(0x0E00), 4)
    price = p.Item(prices, p.Binary("and", p.Read(p.Here(TIMERS)), p.Number(3)))
    loop = p.Each((TIMERS,), (p.Set(total, p.Binary("add", p.Read(total), p.Read(price))),))
    program = p.Program((p.Set(total, p.Number(0)), loop, loop, loop, p.Set(LAST, p.Read(total))))
    routine = Routine("Routine")
    text = compile_program(program, routine, Style())
    rng = random.Random("turns")
    assert check(text, contract(Draw(rng, routine), program, rng)).passes, text


@pytest.mark.parametrize("choice", [field.name for field in dataclasses.fields(Style)])
def test_each_choice_of_style_changes_some_routine(choice: str) -> None:
    for draw, program, style, _ in random_programs(choice, 400):
        texts = set()
        for value in (False, True):
            try:
                chosen = dataclasses.replace(style, **{choice: value})
                texts.add(compile_program(program, draw.routine, chosen))
            except Unsupported:
                break
        if len(texts) == 2:
            return
    pytest.fail(f"no routine differs by {choice}")


@pytest.mark.parametrize("count", range(1, 16))
@pytest.mark.parametrize("direction", ["rotate left", "rotate right"])
def test_a_word_is_rotated_the_shorter_way(direction: Literal["rotate left", "rotate right"], count: int) -> None:
    lines = compiled(p.Set(PLACE, p.Shifted(p.Read(PLACE), direction, count)))
    left = count if direction == "rotate left" else 16 - count
    turns = lines[2:-3]  # between LDA and STA, which REP and SEP enclose
    assert turns.count("XBA") <= 1
    assert len(turns) == min(2 * left, 4 * (16 - left), 1 + 2 * ((left - 8) % 16), 1 + 4 * ((8 - left) % 16))


def test_no_line_is_redundant() -> None:
    for _, program, _, text in random_programs("redundant", 150):
        lines = [line.partition(";")[0].strip() for line in text.splitlines()]
        for line, following in itertools.pairwise(lines):
            message = f"{line} / {following}\n{text}\n{program}"
            assert not (line[:3] in ("REP", "SEP") and following[:3] == line[:3]), message
            assert not (line.startswith("STA") and following == f"LDA{line[3:]}"), message
            assert not re.fullmatch(rf"B\w\w {re.escape(following)}", line), message
            assert not (line in ("CLC", "SEC") and following in ("CLC", "SEC")), message


def test_a_program_that_a_style_cannot_write_is_refused_with_a_reason() -> None:
    one = p.Pointer("List", "list", Address(0x20), 8)
    calls = p.Call("Helper", "helps", Address(0x9000), "rts", ())
    argument = p.Register("a", 8)
    kept = p.Set(p.Pointed(one, p.Number(0)), p.Read(argument))
    with pytest.raises(Unsupported, match="last through a call"):
        compiled(calls, kept)
