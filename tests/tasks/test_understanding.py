"""Questions about code: what they state was shown by the console, and only the right statement passes."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise

import pytest
from drawing import asm, drawn, each

from oracle_lib.evaluate.judge import judge
from oracle_lib.quality import Knowledge, score
from oracle_lib.records import DatasetRow
from oracle_lib.sample import Domain, Sample, Source, Task, Teacher, Verification, sample_id
from oracle_lib.tasks import Family, Problem, families
from oracle_lib.tasks.kit import understanding
from oracle_lib.tasks.kit.disassembly import disassembled
from oracle_lib.tasks.kit.stepping import Unknown, trace
from oracle_lib.tasks.kit.understanding import DONORS, Program, programs, routine, run
from oracle_lib.tasks.understanding import what_it_does
from oracle_lib.verify import AsmCase, AsmContract, Fact, FactContract, Span, assemble, check, extract_code
from oracle_lib.verify.assembler import track_widths

FAMILIES = families(("understanding",))
IN_CPP = families(("understanding_cpp",))
ALL = [*FAMILIES.values(), *IN_CPP.values()]
FACTS = [family for family in ALL if isinstance(family.example.contract, FactContract)]
CODE = [family for family in FAMILIES.values() if family not in FACTS]


def facts(problem: Problem) -> FactContract:
    assert isinstance(problem.contract, FactContract)
    return problem.contract


def passes(answer: str, problem: Problem) -> bool:
    return check(extract_code(answer, problem.contract), problem.contract).passes


@each(ALL)
def test_a_seed_always_draws_the_same_problem_and_seeds_draw_many(family: Family) -> None:
    assert family.draw(random.Random(1)) == drawn(family, 1)
    problems = [drawn(family, seed) for seed in range(1, 9)]
    assert len({json.dumps(problem.parameters) for problem in problems}) == 8
    assert len({problem.group for problem in problems}) >= 6


@each(ALL)
def test_its_taught_answer_passes_and_is_asked_for_in_several_ways(family: Family) -> None:
    for seed in range(1, 7):
        problem = drawn(family, seed)
        verdict = check(extract_code(problem.answer, problem.contract), problem.contract)
        assert verdict.passes and verdict.assembles, (verdict.reasons, problem.answer)
        assert check(problem.references[0], problem.contract).passes
        assert len(set(problem.instructions)) >= 4 and not any("{bound}" in text for text in problem.instructions)
        assert len(problem.answer) < 2500
        domain = Domain.ASM if family.kind == "understanding" else Domain.YAZE
        assert (problem.family, problem.subject, problem.domain) == (family.name, family.subject, domain)
        assert problem.group == problem.derived_from != ""


@each(FACTS)
def test_every_other_statement_fails(family: Family) -> None:
    for seed in range(1, 7):
        problem = drawn(family, seed)
        reasoning, right = problem.answer.rsplit("\n\nAnswer: ", 1)
        assert problem.task is Task.EXPLAIN
        assert passes(f"Answer: {right}", problem)
        assert not passes(f"{reasoning}\n\nAnswer:", problem)
        assert not passes("", problem)
        for fact in facts(problem).cases:
            other = FactContract(cases=(_other(fact),))
            assert not check(problem.answer, other).passes
            for wrong in _others(fact):
                one = FactContract(cases=(fact,))
                assert check(wrong, other).passes
                assert not check(wrong, one).passes
                assert not check(f"{wrong} {right}", one).passes
                assert not check(f"{right} {wrong}", one).passes


def _other(fact: Fact) -> Fact:
    swapped = {"set": "clear", "clear": "set", "taken": "not taken", "not taken": "taken", "A": "B", "B": "C", "C": "A"}
    value = fact.value
    if fact.name == "hex":
        return fact.model_copy(update={"value": f"{value} 00"})
    return fact.model_copy(update={"value": swapped.get(value, "A") if isinstance(value, str) else value + 1})


def _others(fact: Fact) -> list[str]:
    other = _other(fact).value
    match fact.name:
        case "choice" | "branch":
            return [str(other)]
        case "bits" | "bytes" | "times":
            return [f"{other} {fact.name}"]
        case "carry":
            return [f"carry {other}"]
        case "hex":
            return [f"hex = {other}"]
    return [f"{fact.name} = ${other:X}", f"{fact.name} is {other}"]


@each(ALL)
def test_the_gate_accepts_it(family: Family) -> None:
    problems = [drawn(family, seed) for seed in range(1, 7)]
    samples = [_sample(problem, phrasing) for phrasing, problem in enumerate(problems, -2)]
    for sample, quality in zip(samples, score(samples, Knowledge()), strict=True):
        assert quality.accepted, (quality.reasons, sample.prompt, sample.output)


def _sample(problem: Problem, phrasing: int = 0) -> Sample:
    instruction = problem.instructions[phrasing % len(problem.instructions)]
    return Sample(
        sample_id=sample_id(problem.domain, instruction, problem.input, problem.answer),
        domain=problem.domain,
        task=problem.task,
        instruction=instruction,
        input=problem.input,
        output=problem.answer,
        source=Source(corpus="tasks"),
        teacher=Teacher(name="offline", model="tasks", request_key="0"),
        verification=Verification(contract=problem.contract.model_dump(mode="json"), passes=True, cases=1),
        group=problem.group,
    )


@pytest.mark.parametrize("name", ["state_after", "which_meets"])
def test_an_evaluation_judges_the_facts_of_a_stored_row(name: str) -> None:
    problem = drawn(FAMILIES[name], 3)
    sample = Sample.model_validate_json(_sample(problem).model_dump_json())
    assert sample.verification
    row = DatasetRow.model_validate(
        {
            "messages": [
                {"role": "user", "content": sample.prompt},
                {"role": "assistant", "content": sample.output},
            ],
            "sample_id": sample.sample_id,
            "group": sample.group,
            "domain": sample.domain,
            "task": sample.task,
            "family": problem.family,
            "contract": json.dumps(sample.verification.contract),
        }
    )
    wrong = problem.answer.rsplit("Answer:", 1)[0] + "Answer: I am not sure."
    brief = f"Answer: {problem.answer.rsplit('Answer: ', 1)[1]}"
    right, short, missed = judge([row] * 3, [problem.answer, brief, wrong], "asm")
    assert (right.passes, right.assembles, right.exact_match) == (True, True, True)
    assert (short.passes, short.assembles, short.exact_match) == (True, True, False)
    assert (missed.passes, missed.assembles, missed.exact_match) == (False, False, False)


# By hand


def program_of(text: str, **contract: object) -> Program:
    case = contract.pop("case", AsmCase())
    asked = AsmContract.model_validate({"entry": "Go", "cases": (case,), **contract})
    problem = Problem(
        family="by_hand",
        subject="tests",
        domain=Domain.ASM,
        task=Task.WRITE,
        instructions=("Write a routine that does it. Call it `Go`.", "Do it."),
        references=(text,),
        contract=asked,
        parameters={"text": text},
    )
    program = routine(problem, text)
    assert program
    return program


def asked_about(name: str, program: Program, monkeypatch: pytest.MonkeyPatch, seed: int = 1) -> Problem:
    """The problem of a family with this program as its only donor."""

    def alone(rng: random.Random, references: int = 1) -> Iterator[tuple[random.Random, Program]]:
        while True:
            yield rng, program

    monkeypatch.setattr(f"oracle_lib.tasks.understanding.{name}.programs", alone)
    return FAMILIES[name].draw(random.Random(seed))


LOOP = """Go:
    REP #$20            ; A 16-bit
    LDA #$0000
    LDX #$02
.next
    CLC
    ADC.w $0720
    DEX
    BPL .next
    STA.w $0730
    SEP #$20
    RTS"""
TRIPLE = {
    "text": LOOP,
    "writes": (Span(address=0x7E0730, length=2),),
    "case": AsmCase(memory={0x7E0720: b"\x00\x60"}, expect_memory={0x7E0730: b"\x00\x20"}),
}


def test_statements_that_share_a_line_or_are_abbreviated_are_told_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Go:\n    INX #2 : INY          ; three\n    LDA #$07\n    RTS"
    program = program_of(text, case=AsmCase(registers={"x": 1, "y": 5}))
    assert program.lines == ["Go:", "    INX #2", "    INY", "    LDA #$07", "    RTS"]
    problem = asked_about("code_size", program, monkeypatch)
    listed = ["- `INX`: 1 -> 1", "- `INX`: 1 -> 2", "- `INY`: 1 -> 3", "- `LDA #$07`: 2 -> 5", "- `RTS`: 1 -> 6"]
    assert problem.answer == "\n".join([*listed, "", "Answer: 6 bytes."])
    ran = run(program, random.Random(1))
    assert ran
    assert ran.steps() == "- `INX`: X = $02\n- `INX`: X = $03\n- `INY`: Y = $06\n- `LDA #$07`: A = $07"


def test_the_state_after_a_worked_example(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = asked_about("state_after", program_of(**TRIPLE), monkeypatch)  # type: ignore[arg-type]
    values = {fact.name: fact.value for fact in facts(problem).cases}
    # Three times $6000 is $12000: the word wraps, and the last addition carries.
    assert values["$0730"] == 0x2000 and values["A"] == 0x00 and values["X"] == 0xFF
    assert values.get("carry", "set") == "set"
    assert "$0720: $00 $60" in problem.input


def test_the_size_and_the_passes_of_the_worked_example(monkeypatch: pytest.MonkeyPatch) -> None:
    def value(name: str, text: str) -> object:
        program = program_of(**{**TRIPLE, "text": text})  # type: ignore[arg-type]
        [fact] = facts(asked_about(name, program, monkeypatch)).cases
        return fact.value

    assert value("code_size", LOOP) == 2 + 3 + 2 + 1 + 3 + 1 + 2 + 3 + 2 + 1
    assert value("loop_count", LOOP) == 3
    assert value("loop_count", LOOP.replace("LDX #$02", "LDX #$0B")) == 12


def test_the_offsets_and_branches_of_the_worked_example(monkeypatch: pytest.MonkeyPatch) -> None:
    first = {"LDX #$02": 5, "CLC": 7, "ADC.w $0720": 8, "DEX": 11, "BPL .next": 12}
    offsets = {**first, "STA.w $0730": 14, "SEP #$20": 17, "RTS": 19}
    program = program_of(**TRIPLE)  # type: ignore[arg-type]
    seen = set()
    for seed in range(10):
        problem = asked_about("line_offset", program, monkeypatch, seed)
        [offset] = facts(problem).cases
        assert offsets[marked_in(problem)] == offset.value
        seen.add(offset.value)
    assert len(seen) > 3
    once = program_of(**{**TRIPLE, "text": LOOP.replace("LDX #$02", "LDX #$00")})  # type: ignore[arg-type]
    for asked, outcome, seed in ((program, "taken", 1), (once, "not taken", 2)):
        problem = asked_about("branch_taken", asked, monkeypatch, seed)
        assert marked_in(problem) == "BPL .next"
        assert facts(problem).cases == (Fact(name="branch", value=outcome),)


def marked_in(problem: Problem) -> str:
    [line] = [line for line in problem.input.splitlines() if line.endswith("; <--")]
    return line.partition(";")[0].strip()


def test_the_width_at_a_line_follows_the_switches(monkeypatch: pytest.MonkeyPatch) -> None:
    program = program_of(**TRIPLE)  # type: ignore[arg-type]
    seen = set()
    for seed in range(12):
        problem = asked_about("width_at_line", program, monkeypatch, seed)
        [width] = facts(problem).cases
        seen.add((marked_in(problem), problem.parameters["register"], width.value))
    of_a = {(line, value) for line, register, value in seen if register == "A"}
    assert of_a <= {
        ("LDA #$0000", 16), ("LDX #$02", 16), ("CLC", 16), ("ADC.w $0720", 16), ("DEX", 16), ("BPL .next", 16),
        ("STA.w $0730", 16), ("RTS", 8),
    } and len(of_a) > 2  # fmt: skip
    assert {value for _, register, value in seen if register != "A"} <= {8}


def test_a_description_of_the_same_addresses_with_another_number_is_told_apart() -> None:
    for seed in range(1, 7):
        problem = drawn(FAMILIES["what_it_does"], seed)
        options = problem.input.rpartition("\n\n")[2].splitlines()
        [right] = facts(problem).cases
        assert len(options) == len(set(options)) in (3, 4)
        assert any(option.startswith(f"{right.value}) ") for option in options)


def test_what_a_routine_does_is_never_offered_as_a_wrong_description() -> None:
    seen = 0
    for seed in range(30):
        program = next(programs(random.Random(f"own:{seed}")))[1]
        if right := what_it_does._description(program.problem):
            assert what_it_does._wrong(program, program.problem, right) == ""
            seen += 1
    assert seen > 5


def test_the_letters_are_right_about_equally_often() -> None:
    letters = Counter(
        fact.value
        for seed in range(60)
        for fact in facts(FAMILIES["what_it_does"].draw(random.Random(f"letters:{seed}"))).cases
    )
    assert min(letters[letter] for letter in "ABC") >= 8


def test_of_several_routines_one_alone_meets_the_specification(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Program] = []

    def watched(rng: random.Random) -> Iterator[tuple[random.Random, Program]]:
        for own, program in programs(rng):
            asked.append(program)
            yield own, program

    monkeypatch.setattr("oracle_lib.tasks.understanding.which_meets.programs", watched)
    for seed in range(1, 5):
        problem = FAMILIES["which_meets"].draw(random.Random(seed))
        blocks = [block.partition("```")[0] for block in problem.input.split("```asm\n")[1:]]
        verdicts = [check(block, asked[-1].contract).passes for block in blocks]
        [right] = facts(problem).cases
        assert verdicts == [letter == right.value for letter in "ABC"[: len(blocks)]]


@pytest.mark.parametrize("family", CODE, ids=lambda family: family.name)
def test_code_that_is_asked_for_is_judged_by_running(family: Family) -> None:
    for seed in range(1, 5):
        problem = drawn(family, seed)
        contract = asm(problem)
        idle = check(f"{contract.entry}:\n    {contract.returns.upper()}", contract)
        assert idle.assembles and not idle.passes
        if family.name == "mend_one_line":
            broken = check(extract_code(problem.input), contract)
            assert broken.assembles and not broken.passes
            assert problem.explanation.startswith("Your routine ") and problem.task is Task.FIX
        if family.name == "leaner_equal":
            slow = check(extract_code(problem.input), contract)
            assert slow.assembles and not slow.passes and "at most" in slow.reasons[0]
            free = contract.model_copy(update={"max_bytes": None, "max_cycles": None})
            assert check(extract_code(problem.input), free).passes


def test_a_disassembly_must_have_the_same_bytes() -> None:
    contract = AsmContract(entry="Go", cases=(AsmCase(),), emits=bytes.fromhex("A200E860"))
    assert check("Go:\n LDX #$00\n INX\n RTS", contract).passes
    other = check("Go:\n LDX #$00\n INY\n RTS", contract)
    assert other.assembles and other.reasons[0] == "byte 2 of its code is $C8, expected $E8"
    assert check("Go:\n LDX #$00\n INX\n RTS\n NOP", contract).reasons[0] == "it is 5 bytes long, expected 4"


def test_every_addressing_mode_is_written_so_that_it_assembles_to_the_same_bytes() -> None:
    text = """Go:
    LDA.b $12 : LDA.w $1234 : LDA.l $123456 : LDA.b $12,X : LDA.w $1234,X : LDA.l $123456,X : LDA.w $1234,Y
    LDX.b $12,Y : LDA $12,S : LDA ($12,S),Y : LDA ($12) : LDA ($12,X) : LDA ($12),Y : LDA [$12] : LDA [$12],Y
    MVN $7E,$7F : PEA $1234 : PEI ($12) : JSR Go : JSL Go : JMP Go : JML [$1234] : JMP ($1234) : JSR ($1234,X)
    ASL : INC : XBA : REP #$30 : LDA #$1234 : SEP #$20 : LDA #$12
.next
    BNE .next : BRL .next : PER .next : BRA .on : STZ.w $2100
.on
    RTL"""
    for origin in (0x008000, 0x1A9123):
        assembly = assemble(text, origin=origin)
        assert assembly.ok, assembly.diagnostics
        again = assemble(disassembled("Go", assembly.listing), origin=origin)
        assert again.code == assembly.code


# The steps


@each(families(DONORS).values())
def test_stepping_ends_as_the_console_does(family: Family) -> None:
    for seed in range(3):
        rng = random.Random(f"steps:{seed}")
        problem = family.draw(rng)
        for text in problem.references:
            if program := routine(problem, text):
                run(program, rng)  # raises where the console ends otherwise


def test_enough_of_the_families_can_be_stepped_through() -> None:
    reached = {problem.family for seed in range(40) for problem in [_first(seed)]}
    assert len(reached) > 20


def _first(seed: int) -> Problem:
    return next(program.problem for rng, program in programs(random.Random(seed)) if run(program, rng))


def test_the_widths_that_are_known_of_a_line_are_those_of_a_run() -> None:
    seen = 0
    for seed in range(60):
        rng, program = next(programs(random.Random(f"widths:{seed}")))
        contract = program.contract
        known = track_widths(program.assembly, contract.m, contract.x, contract.origin)
        if ran := run(program, rng):
            for before, step in pairwise(ran.trace.steps):
                widths = known[step.instruction.address]
                flags = tuple(8 if before.flags[flag] else 16 for flag in ("m", "x"))
                assert (widths.m, widths.x) == flags
                seen += 1
    assert seen > 100


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("ADC #$50", {"a": 0x50, "c": False}, {"a": 0xA0, "c": False, "v": True, "n": True, "z": False}),
        ("ADC #$01", {"a": 0xFF, "c": True}, {"a": 0x01, "c": True, "v": False, "n": False, "z": False}),
        ("SBC #$01", {"a": 0x00, "c": True}, {"a": 0xFF, "c": False, "v": False, "n": True, "z": False}),
        ("SBC #$01", {"a": 0x80, "c": False}, {"a": 0x7E, "c": True, "v": True, "n": False, "z": False}),
        ("CMP #$20", {"a": 0x1F}, {"a": 0x1F, "c": False, "n": True, "z": False}),
        ("XBA", {"a": 0x1200}, {"a": 0x0012, "n": False, "z": False}),
        ("ROR", {"a": 0x01, "c": True}, {"a": 0x80, "c": True, "n": True}),
        ("REP #$20 : ASL", {"a": 0x8001}, {"a": 0x0002, "c": True, "m": False}),
        ("REP #$10 : LDX #$1234 : SEP #$10", {}, {"x": 0x34}),
        ("LDX #$05 : PHX : LDX #$06 : PLA", {"a": 0x1200}, {"a": 0x1205, "x": 6}),
        ("JSR Sub : INC : RTS : Sub: LDA #$09", {"a": 0}, {"a": 0x0A}),
    ],
)
def test_a_step_does_what_the_manual_says(code: str, before: dict[str, int], after: dict[str, int]) -> None:
    assembly = assemble(f"Go: {code} : RTS", origin=0x008000)
    assert assembly.ok, assembly.diagnostics
    registers = {name: value for name, value in before.items() if name in "axy"}
    flags = {name: bool(value) for name, value in before.items() if name in "nvzc"}
    last = trace(assembly, 0x008000, registers, flags, {}).steps[-1]  # type: ignore[arg-type]
    assert {name: (last.flags | last.registers)[name] for name in after} == after  # type: ignore[operator]


@pytest.mark.parametrize(
    "code", ["LDA.w $0720", "LDA.w $4210", "STA.w $8000", "JSL $0E8000", "STP", "BRA Go", "PLA", "JMP ($0720)"]
)
def test_a_step_that_only_the_console_can_know_is_refused(code: str) -> None:
    with pytest.raises(Unknown):
        trace(assemble(f"Go: {code} : RTS", origin=0x008000), 0x008000, {}, {}, {})


# The donors


def test_every_kind_of_donors_is_asked_about_and_none_is_held_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(DONORS).isdisjoint(families(("held_out",))) and "held_out" not in DONORS
    known = list(families(("asm",)).items())
    rooms = {"asm": dict(known[:40]), "composed": dict(known[40:44])}
    monkeypatch.setattr(understanding, "DONORS", ("asm", "composed"))
    monkeypatch.setattr(understanding, "families", lambda kinds: rooms[kinds[0]])
    firsts = [next(programs(random.Random(seed)))[1].problem.family for seed in range(200)]
    assert 70 < sum(name in rooms["composed"] for name in firsts) < 130
    rooms["composed"] = dict(known[44:45])
    both = list(islice((program.problem.family for _, program in programs(random.Random(1))), 8))
    assert both.count(known[44][0]) == 4, "where one kind suits no question, the other does"
