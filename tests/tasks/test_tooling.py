"""Families about crashes, cycles, banks and builds: what they state was run, and only the right answer passes."""

import random
from itertools import islice

import pytest
from drawing import asm, drawn, each

from oracle_lib.params import experts, load_expert
from oracle_lib.quality import Knowledge, score
from oracle_lib.sample import Domain, Sample, Source, Task, Teacher, Verification, sample_id
from oracle_lib.tasks import Family, Problem, bench, families
from oracle_lib.tasks.kit import defects, images, ips, timing
from oracle_lib.tasks.kit.crashes import LOW_WRAM, Astray, Moment, follow, image_of, log
from oracle_lib.tasks.kit.defects import LOOP, RETURN, STACK, WIDTH, accidents
from oracle_lib.tasks.kit.disassembly import written
from oracle_lib.tasks.kit.misspelt import CAUSES, refusals
from oracle_lib.verify import CppContract, FactContract, Span, assemble, check, extract_code, shared_console
from oracle_lib.verify.assembler.model import Kind
from oracle_lib.verify.contract import Flag

FAMILIES = families(("tooling",))
FACTS = [family for family in FAMILIES.values() if isinstance(family.example.contract, FactContract)]
CODE = [family for family in FAMILIES.values() if family not in FACTS]
SEEDS = range(1, 4)


def passes(answer: str, problem: Problem) -> bool:
    return check(extract_code(answer, problem.contract), problem.contract).passes


@each(FAMILIES.values())
def test_its_taught_answer_passes_and_is_asked_for_in_several_ways(family: Family) -> None:
    for seed in SEEDS:
        problem = drawn(family, seed)
        verdict = check(extract_code(problem.answer, problem.contract), problem.contract)
        assert verdict.passes and verdict.assembles, (verdict.reasons, problem.answer)
        assert len(set(problem.instructions)) >= 4
        assert len(problem.answer) < 2000
        assert "  " not in problem.instructions[0].replace("\n", "").replace("    ", "")


@each(FACTS)
def test_the_answer_to_another_problem_fails_and_so_does_none(family: Family) -> None:
    problems = [drawn(family, seed) for seed in SEEDS]
    for problem in problems:
        assert isinstance(problem.contract, FactContract) and problem.task is Task.EXPLAIN
        reasoning, right = problem.answer.rsplit("\n\nAnswer: ", 1)
        assert passes(f"Answer: {right}", problem)
        assert not passes(f"{reasoning}\n\nAnswer:", problem)
        assert not passes("", problem)
        for other in problems:
            assert passes(other.answer, problem) is (other.contract == problem.contract)


@each(FACTS)
def test_the_end_that_a_question_asks_for_is_the_one_that_is_taught(family: Family) -> None:
    problem = drawn(family, 1)
    assert isinstance(problem.contract, FactContract)
    asked = problem.input.rpartition("End with a line `Answer: ")[2]
    assert asked
    for fact in problem.contract.cases:
        assert ("<letter>" if fact.name == "choice" else fact.name) in asked


@each(CODE)
def test_code_that_does_nothing_fails(family: Family) -> None:
    problem = drawn(family, 1)
    if problem.contract.kind == "cpp":
        assert not check("", problem.contract).passes
        return
    contract = asm(problem)
    entry = contract.entry if isinstance(contract.entry, str) else f"org ${contract.entry:06X}\nGo"
    assert not check(f"{entry}:\n    {contract.returns.upper()}", contract).passes


@each(FAMILIES.values())
def test_the_gate_accepts_it(family: Family) -> None:
    samples = [_sample(drawn(family, seed), phrasing) for seed in SEEDS for phrasing in range(2)]
    for sample, quality in zip(samples, score(samples, Knowledge()), strict=True):
        assert quality.accepted, (quality.reasons, sample.prompt, sample.output)


def _sample(problem: Problem, phrasing: int) -> Sample:
    instruction = problem.instructions[phrasing]
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


@pytest.mark.parametrize("expert", ["sheik", "purah", "kaepora", "robbie"])
def test_each_tooling_expert_has_families_of_its_own_in_each_of_its_domains(expert: str) -> None:
    known = load_expert(expert)
    own = [family for family in FAMILIES.values() if family.subject in known.subjects]
    assert len(own) >= 4 and {family.example.domain for family in own} == set(known.domains)
    assert {family.subject for family in own} == set(known.subjects)


def test_every_subject_here_is_some_expert_s_and_no_two_experts_share_one() -> None:
    named = [subject for expert in experts() for subject in expert.subjects]
    assert len(named) == len(set(named))
    assert set(named) == {family.subject for family in FAMILIES.values()}


# The console one instruction at a time

FLAGS: dict[Flag, bool] = {"n": False, "v": False, "m": True, "x": True, "d": False, "i": False, "z": False, "c": False}
START = Moment(0x018123, {"a": 0x1234, "x": 0, "y": 0, "d": 0, "db": 1, "s": 0x01FD}, FLAGS)


def test_a_run_is_followed_into_the_crash() -> None:
    assembly = assemble("PHP : REP #$20 : LDA.w Data : PHA : RTS\nData: dw $BEEF", origin=START.pc, backend="own")
    crash = follow(image_of(assembly), START, bytes(LOW_WRAM), 20)
    assert [line.instruction.mnemonic for line in crash.lines] == ["PHP", "REP", "LDA", "PHA", "RTS"]
    assert crash.stopped and crash.end.pc == 0x01BEF0, "RTS takes what was pushed last, and adds 1"
    assert crash.end.registers["a"] == 0xBEEF and crash.end.registers["s"] == 0x01FC and not crash.end.flags["m"]
    assert crash.wram[0x1FD] == 0x30, "P as PHP pushed it"
    assert log(crash.lines[2:3]) == (
        "018126  AD 2B 81     LDA.w $812B      A:BEEF X:0000 Y:0000 S:01FC D:0000 DB:01 NvmXdizc"
    )


def test_a_run_that_repeats_itself_is_an_endless_one() -> None:
    assembly = assemble("Go: LDX #$02\n- DEX : BNE - : BRA Go", origin=START.pc, backend="own")
    lines = follow(image_of(assembly), START, bytes(LOW_WRAM), 40).lines
    names = [line.instruction.mnemonic for line in lines]
    assert names == (["LDX", "DEX", "BNE", "DEX", "BNE", "BRA"] * 7)[:40]
    assert [line.after.registers["x"] for line in lines[36:40]] == [2, 1, 1, 0]


def test_step_by_step_a_routine_ends_as_it_does_at_once() -> None:
    text = "Go: PHX : LDX #$05\n- LDA.w $0720,X : ASL : ADC.w $0730,X : STA.w $0740,X : DEX : BPL - : PLX : RTS"
    assembly = assemble(text, origin=0x008000, backend="own")
    wram = bytearray(random.Random(4).randbytes(LOW_WRAM))
    wram[0x1FE:0x200] = (0x9000 - 1).to_bytes(2, "little")
    start = Moment(0x008000, {**START.registers, "db": 0}, FLAGS)
    stepped = follow(image_of(assembly), start, bytes(wram), 100)
    with shared_console() as console:
        called = console.call(
            list(assembly.blocks),
            dict(start.registers) | {"s": 0x01FF},
            {0x7E0000: bytes(wram[:0x1F0]), 0x7E0200: bytes(wram[0x200:])},
            flags=FLAGS,
            watch=(Span(address=0x7E0740, length=6),),
        )
    assert stepped.stopped and stepped.end.pc == 0x009000
    assert stepped.wram[0x740:0x746] == called.memory[0x7E0740]
    assert stepped.end.registers == called.registers


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("JMP $2100", "reaches \\$012100"),
        ("JMP $0700", "leads into WRAM"),
        ("LDA.w $4216", "reaches \\$014216"),
        ("STA.l $802100", "reaches \\$802100"),
        ("LDX #$FF : STA.w $1F80,X", "reaches \\$01207F"),
        ("STX.b $10 : STX.b $12 : LDA [$11]", "reaches"),
        ("REP #$30 : LDA #$2000 : MVN $7E,$7E", "reaches"),
        ("INC.w $1EFF", "reaches \\$011F00"),
        ("STP", "STP at"),
    ],
)
def test_a_run_that_cannot_be_followed_is_refused(code: str, why: str) -> None:
    assembly = assemble(code, origin=START.pc, backend="own")
    with pytest.raises(Astray, match=why):
        follow(image_of(assembly), START, bytes([0x60]) * LOW_WRAM, 5)


@pytest.mark.parametrize("cause", [WIDTH, STACK, RETURN, LOOP])
def test_a_defect_is_told_by_what_the_run_shows(cause: str) -> None:
    for _, seen in islice(accidents(random.Random(1), cause), 3):
        listing = {instruction.address: instruction.code for instruction in seen.assembly.listing}
        before = seen.crash.lines[seen.place - 1].after if seen.place else seen.start
        at, off = seen.at.instruction, before.registers["s"] - seen.start.registers["s"]
        as_written = listing.get(at.address) == at.code
        match cause:
            case "a register has another width than the code was assembled for":
                assert not as_written
            case _:
                assert as_written, written(at)
        assert (off != 0) is (cause == STACK) or cause in (WIDTH, LOOP)
        assert seen.crash.stopped is not (cause == LOOP) or cause == WIDTH
        assert check(seen.program.text, seen.program.contract).passes
        others = {WIDTH, STACK, RETURN, LOOP} - {cause}
        assert all(defects._shows(other, seen.assembly, seen.start, seen.crash) is None for other in others)


def test_a_broken_source_is_refused_in_the_line_that_was_changed() -> None:
    found = list(islice(refusals(random.Random(2)), 25))
    assert {one.cause for _, one in found} == set(CAUSES)
    for _, one in found:
        assert not assemble(one.text, one.program.contract.symbols, backend="own").ok
        changed = [
            number
            for number, (old, new) in enumerate(zip(one.program.lines, one.text.splitlines(), strict=False), 1)
            if old != new
        ]
        assert changed[0] == one.error.line


@pytest.mark.parametrize("name", ["refused_line", "assembly_error"])
def test_an_answer_about_an_assemblers_message_says_what_it_means(name: str) -> None:
    meanings = set()
    for seed in range(8):
        said = drawn(FAMILIES[name], seed).answer
        quoted, _, meaning = said.rpartition('"')
        assert quoted.rpartition('"')[2] in set(Kind), said
        meanings.add(meaning.partition(".")[0])
    assert len(meanings) > 2


# Cycles


def test_the_cost_of_a_loop_adds_up_from_its_instructions() -> None:
    for seed in range(12):
        one = timing.loop(random.Random(seed))
        assert one.total == one.before + one.passes * one.each - one.saved + timing.RTS  # measured = added up


@pytest.mark.parametrize(
    ("instruction", "m", "cost"),
    [("NOP", 8, 14), ("LDA #$12", 8, 16), ("LDA #$1234", 16, 24), ("LDA.w $0720", 8, 32), ("STA.w $0720,X", 8, 38),
     ("BNE", 8, 16)],
)  # fmt: skip
def test_an_instruction_costs_what_the_manual_says_in_slow_memory(instruction: str, m: int, cost: int) -> None:
    assert timing.cost(instruction, m) == cost
    assert timing.cost("BNE", taken=True) == 22


# Files


def test_an_ips_patch_does_what_its_records_say() -> None:
    patch = ips.patch([ips.record(2, b"ab"), ips.run(5, 3, 0x7A)])
    assert patch.hex(" ") == "50 41 54 43 48 00 00 02 00 02 61 62 00 00 05 00 00 00 03 7a 45 4f 46"
    assert ips.applied(b"." * 9, patch) == b"..ab.zzz."


@pytest.mark.parametrize(
    ("mapper", "address", "offset"),
    [
        ("LoROM", 0x028123, 0x010123),
        ("LoROM", 0x80FFC0, 0x7FC0),
        ("HiROM", 0xC0FFC0, 0xFFC0),
        ("HiROM", 0x40FFC0, 0xFFC0),
        ("ExLoROM", 0x808000, 0),
        ("ExLoROM", 0x008000, 0x400000),
    ],
)
def test_an_address_is_where_its_mapper_has_it(mapper: images.Mapper, address: int, offset: int) -> None:
    assert images.offset_of(mapper, address) == offset
    assert images.offset_of(mapper, images.address_of(mapper, offset)) == offset


def test_a_bank_plan_that_overlaps_or_leaves_its_room_fails() -> None:
    problem = drawn(FAMILIES["bank_plan"], 3)
    places = [line for line in problem.references[0].splitlines() if line.startswith("org")]
    assert len(places) >= 3 and problem.domain is Domain.ORACLE
    overlapping = problem.references[0].replace(places[2], places[1])
    outside = problem.references[0].replace(places[1], "org $3F8000" if "3F8000" not in places[1] else "org $3E8000")
    assert not check(overlapping, problem.contract).passes
    assert not check(outside, problem.contract).passes


def test_a_rats_tag_must_name_the_size() -> None:
    problem = drawn(FAMILIES["insert_with_rats"], 2)
    tag = next(line for line in problem.references[0].splitlines() if line.strip().startswith("dw"))
    wrong = problem.references[0].replace(tag, "    dw $1234", 1)
    verdict = check(wrong, problem.contract)
    assert verdict.assembles and not verdict.passes


def test_no_function_here_is_built_like_one_that_is_held_out() -> None:
    held_out = {
        bench.skeleton(reference, problem)
        for family in families(("held_out_cpp",)).values()
        for seed in range(6)
        for problem in [drawn(family, seed)]
        for reference in problem.references
    }
    for family in CODE:
        for seed in SEEDS:
            problem = drawn(family, seed)
            if isinstance(problem.contract, CppContract):
                assert bench.skeleton(problem.references[0], problem) not in held_out, family.name
