"""Contracts over ROMs as they are: mirrors, headers and vectors, full banks, memory of the PPU, joypads, interrupt
handlers, and the game's helpers."""

import pytest

from oracle_lib.verify import (
    AddressError,
    AnyOf,
    AsmCase,
    AsmContract,
    Console,
    Execution,
    Span,
    Start,
    Verdict,
    Within,
    assemble,
    check,
    check_many,
)
from oracle_lib.verify.contract import Driver, Register, StandIn


def span(address: int, length: int = 1) -> Span:
    return Span(address=address, length=length)


def contract(*cases: AsmCase, **fields: object) -> AsmContract:
    return AsmContract.model_validate({"cases": cases or (AsmCase(),), **fields})


def why(text: str, asked: AsmContract) -> str:
    """The first reason against a text that must not pass though its contract can be run."""
    verdict = check(text, asked)
    assert verdict.judged and not verdict.passes
    return verdict.reasons[0]


def call(console: Console, text: str, **given: object) -> Execution:
    assembly = assemble(text, backend="own")
    assert assembly.ok, assembly.diagnostics
    return console.call(assembly.blocks, **given)  # type: ignore[arg-type]


# Mirrors


@pytest.mark.parametrize("region", [0x208000, 0xA08000])
@pytest.mark.parametrize("org", ["$208000", "$A08000"])
def test_a_region_is_its_bytes_whichever_mirror_names_them(region: int, org: str) -> None:
    asked = contract(regions=(span(region, 8),))
    assert check(f"org {org} : LDA #$01 : RTS", asked).passes
    assert "where it may not" in why(f"org {org} : NOP #8 : RTS", asked)
    assert "where it may not" in why("org $218000 : RTS", asked)


def test_adjacent_regions_are_one_and_a_region_may_cross_a_bank() -> None:
    text = "org $208000 : NOP #5 : RTS"
    assert check(text, contract(regions=(span(0x208003, 3), span(0xA08000, 3)))).passes
    assert check(text, contract(regions=(span(0x1FFF00, 0x10000),))).passes
    assert not check(text, contract(regions=(span(0x1FFF00, 0x8100),))).passes


@pytest.mark.parametrize("label", ["org $A08000", "org $208000"])
def test_entries_memory_and_writes_are_aware_of_mirrors(label: str) -> None:
    case = AsmCase(memory={0x801F00: b"\x05"}, expect_memory={0x001F00: b"\x06", 0x7E1F00: b"\x06", 0xA08000: b"\xee"})
    for entry in ("Bump", 0x208000, 0xA08000):
        assert check(f"{label}\nBump: INC $1F00 : RTS", contract(case, entry=entry, writes=(span(0x3F1F00),))).passes


# Spans of `writes`


def test_a_span_that_is_partly_ram_counts_as_far_as_it_is(console: Console) -> None:
    text = "STZ $1FFF : STZ $1EFF : STA.l $7E2000 : RTS"
    run = call(console, text, registers={"a": 1}, writes=[span(0x001F00, 0x200)])
    assert run.stray_writes == (span(0x7E1EFF), span(0x7E2000))


def test_a_span_goes_on_in_the_next_bank(console: Console) -> None:
    text = "LDA #$00 : STA.l $7F0000 : STZ $0001 : RTS"
    assert call(console, text, writes=[span(0x7EFFFF, 2), span(0x00FF00, 0x200)]).stray_writes == ()


def test_the_low_and_the_high_half_of_a_span_are_no_hole(console: Console) -> None:
    """From $00:0000 over hardware, ROM and bank $01's mirror of low WRAM; only SRAM is none of it."""
    text = "STZ $0300 : LDA #$00 : STA.l $700000 : RTS"
    assert call(console, text, writes=[span(0x000000, 0x20000)]).stray_writes == (span(0x700000),)


@pytest.mark.parametrize(("address", "length"), [(0x018000, 16), (0x006000, 16), (0x400000, 16), (0x720000, 8)])
def test_a_span_where_nothing_can_be_written_is_refused(console: Console, address: int, length: int) -> None:
    with pytest.raises(AddressError, match="neither RAM nor hardware"):
        console.call(b"\x60", writes=[span(address, length)])
    verdict = check("RTS", contract(writes=(span(address, length),)))
    assert not verdict.judged and f"${address:06X}" in verdict.reasons[0]


# Contracts that cannot be run

BAD: list[tuple[AsmContract, str]] = [
    (contract(host={0x7D8000: b"\x60"}), "which the console needs"),
    (contract(host={0x710010: b"\x60"}), "which the console needs"),
    (contract(cases=(AsmCase(registers={"x": 0x1234}),)), "does not fit into X, which ends at $FF"),
    (contract(host={0xC00000: b"\x60"}), "no HiROM"),
    (contract(host={0x400000: b"\x60"}), "no HiROM"),
    (contract(host={0x00FFFF: b"\x60\x60"}), "beyond the end of their bank"),
    (contract(entry=0x006000), "$006000 is neither ROM nor RAM"),
    (contract(entry=0x1000000), "$1000000 is no 24-bit address"),
    (contract(origin=0x1000000), "the origin is 16777216"),
    (contract(symbols={"Far": -1}), "Far is -1"),
    (contract(regions=(span(0x006000),)), "the region at $006000 has no memory"),
    (contract(AsmCase(memory={0x002100: b"\x00"})), "case 0: $002100 is neither ROM nor RAM"),
    (contract(AsmCase(), AsmCase(expect_memory={0x004210: b"\x00"})), "case 1: $004210 is neither"),
    (contract(AsmCase(expect_memory={0x001FFF: AnyOf(any_of=(b"\1", b"\1\2"))})), "beyond the end of their bank"),
    (contract(AsmCase(expect_memory={0x001FFF: Within(near=1, tolerance=1, length=2)})), "beyond the end"),
    (contract(AsmCase(registers={"a": 0x10000})), "65536 does not fit into A, which ends at $FFFF"),
    (contract(AsmCase(registers={"db": 0x100})), "256 does not fit into DB, which ends at $FF"),
    (contract(AsmCase(expect_registers={"x": -1})), "-1 does not fit into X"),
    (contract(AsmCase(joypads=(0, 0x10000))), "$10000 is no state of a joypad"),
    (contract(AsmCase(joypads=(0x0C00, 0))), "opposite directions"),
    (contract(AsmCase(joypads=(0x8000, 0x0001))), "$0001 is no state of a joypad"),
    (contract(AsmCase(registers={"s": 0x4000})), "leaves a routine no stack"),
    (contract(AsmCase(registers={"s": 2})), "leaves a routine no stack"),
    (contract(AsmCase(memory={0x7F0000: b"\x00\x80"}), driver="cgram"), "has bit 15 set"),
]


@pytest.mark.parametrize(("bad", "words"), BAD)
def test_a_bad_contract_is_its_own_fault_and_not_the_answers(bad: AsmContract, words: str) -> None:
    for text in ("RTS", "nonsense", ""):
        verdict = check(text, bad)
        assert (verdict.judged, verdict.passes, verdict.assembles) == (False, False, False)
        assert verdict.reasons[0].startswith("the contract cannot be run: ") and words in verdict.reasons[0]


def test_a_bad_contract_fails_alone() -> None:
    sound = contract(AsmCase(expect_registers={"a": 1}))
    pairs = [("LDA #$01 : RTS", asked) for bad, _ in BAD for asked in (sound, bad)]
    assert [verdict.passes for verdict in check_many(pairs)] == [True, False] * len(BAD)


def test_an_answer_where_no_answer_can_lie_is_the_answers_fault() -> None:
    assert "which the console needs" in why("RTS : org $7D8100 : NOP", contract())
    assert "no HiROM" in why("RTS : org $C00000 : NOP", contract())


# HiROM


@pytest.mark.parametrize("mapper", ["hirom", "exhirom", "sa1rom", "fullsa1rom"])
def test_a_text_for_another_cartridge_is_refused(mapper: str) -> None:
    assert why(f"{mapper}\norg $C08000\nRTS", contract()) == (
        f"it is laid out for {mapper}, and the console's cartridge is LoROM"
    )
    back = f"{mapper}\norg $C08000\nNOP\nlorom\norg $008000\nMain: RTS"
    assert "the console's cartridge is LoROM" in why(back, contract(entry="Main"))
    assert check("lorom\norg $008000\nRTS", contract()).passes


# The header and the vectors

TITLE = b"MY HACK".ljust(21) + bytes.fromhex("20 02 0A 03 01 00 00 FF FF 00 00")
VECTORS = bytes(range(0x20))


def test_a_header_is_written_and_seen() -> None:
    asked = contract(
        AsmCase(expect_memory={0x00FFC0: TITLE}),
        host={0x008000: b"\x60", 0x00FFC0: bytes(32)},
        regions=(span(0x80FFC0, 32),),
        entry=0x008000,
    )
    text = 'org $00FFC0 : db "MY HACK              ", $20, $02, $0A, $03, $01, $00 : dw $0000, $FFFF, $0000'
    text = text.replace("$01, $00 : dw", "$01, $00, $00 : dw").replace("$0000, $FFFF, $0000", "$FFFF, $0000")
    verdict = check(text, asked)
    assert verdict.passes, verdict.reasons
    assert why(text.replace("MY", "NO"), asked) == "case 0: $00FFC0 holds $4E, expected $4D"


def test_vectors_are_written_where_the_regions_name_them_and_not_run() -> None:
    host = {0x008000: b"\x60", 0x00FF80: bytes(0x60) + VECTORS}
    expected = {0x00FFE0: VECTORS[:10] + b"\x34\x12" + VECTORS[12:]}
    asked = contract(
        AsmCase(expect_memory={**expected, 0x80FFEA: b"\x34\x12"}),
        host=host,
        regions=(span(0x00FFE4, 28),),
        entry=0x008000,
    )
    text = "org $00FFEA : dw $1234"
    assert check(text, asked).passes
    assert why("org $00FFEA : dw $1235", asked) == "case 0: $00FFEA holds $35, expected $34"
    assert "where it may not" in why("org $00FFE2 : dw $1234", asked)
    assert "on the vectors" in why(text, contract(host=host, entry=0x008000))


def test_a_brk_is_seen_whatever_lies_on_its_vector() -> None:
    host = {0x00FFE0: bytes(32)}
    assert why("BRK", contract(host=host)) == "case 0: it ran into BRK at $008000"
    assert why("SEP #$30 : SEC : XCE : COP #$00", contract(host=host)).startswith("case 0: it ran into COP")


@pytest.mark.parametrize("address", [0x00FF90, 0x00FFB0, 0x80FFC0, 0x1CFFB0, 0x7D9000, 0x717000])
def test_bytes_may_lie_where_games_have_them(console: Console, address: int) -> None:
    run = console.call(
        [(address, b"\x20\x00\x90\x60" if address >> 16 == 0 else b"\xa9\x07\x60"), (0x009000, b"\xa9\x07\x60")],
        watch=[span(address, 3)],
    )
    assert run.registers["a"] & 0xFF == 7 and run.cycles


def test_nothing_of_the_console_is_in_bank_00_but_the_vectors(console: Console) -> None:
    run = console.call([(0x1C8000, b"\x60")], watch=[span(0x008000, 0x8000)])
    assert run.memory[0x008000] == bytes(0x8000)


def full(bank: int, code: bytes) -> dict[int, bytes]:
    return {bank << 16 | 0x8000: code + b"\xea" * (0x8000 - len(code))}


@pytest.mark.parametrize("bank", [0x00, 0x1C, 0x9C])
def test_a_routine_returns_by_rts_in_a_bank_without_room(bank: int) -> None:
    code = bytes.fromhex("E6 10 60")  # inc $10
    asked = contract(
        AsmCase(memory={0x10: b"\x05"}, expect_memory={0x10: b"\x06"}),
        host=full(bank, code),
        entry=bank << 16 | 0x8000,
        regions=(span(bank << 16 | 0x8002, 1),),
        writes=(span(0x10), span(0x1F00, 0x100)),
    )
    verdict = check(f"org ${bank:02X}8002 : RTS", asked)
    assert verdict.passes and verdict.cycles == 8 + 8 + 8 + 6 + 8 + 42, verdict.reasons


def test_a_bank_without_any_room_is_refused_typed() -> None:
    asked = contract(host=full(0x40, b"\x60"), entry=0x408000)
    verdict = check("org $008000 : RTS", asked)
    assert not verdict.passes and "Bank $40 is full" in verdict.reasons[0]


# Values that may be several


def test_a_register_may_be_any_of_some_values() -> None:
    asked = contract(AsmCase(expect_registers={"a": AnyOf(any_of=(3, 4))}))
    assert check("LDA #$03 : RTS", asked).passes and check("LDA #$04 : RTS", asked).passes
    assert why("LDA #$05 : RTS", asked) == "case 0: A is $05, expected $03 or $04"
    three = contract(AsmCase(expect_registers={"x": AnyOf(any_of=(1, 2, 0x300))}), x=16)
    assert why("LDX #$0004 : RTS", three) == "case 0: X is $0004, expected $0001, $0002 or $0300"


def test_a_register_may_be_off_by_a_tolerance() -> None:
    asked = contract(AsmCase(expect_registers={"a": Within(near=0x40, tolerance=2)}))
    assert [check(f"LDA #${value:02X} : RTS", asked).passes for value in range(0x3D, 0x44)] == [
        *(False, True, True, True, True, True, False)
    ]
    assert why("LDA #$43 : RTS", asked) == "case 0: A is $43, expected $40 within 2"
    low = contract(AsmCase(expect_registers={"a": Within(near=0, tolerance=2)}))
    assert not check("LDA #$FF : RTS", low).passes


def test_memory_may_be_any_of_some_bytes_or_off_by_a_tolerance() -> None:
    writes = (span(0x7E0010, 4),)
    some = contract(AsmCase(expect_memory={0x7E0010: AnyOf(any_of=(b"\1\2", b"\3"))}), writes=writes)
    assert check("LDA #$03 : STA $10 : RTS", some).passes
    assert check("LDA #$01 : STA $10 : INC A : STA $11 : RTS", some).passes
    assert why("LDA #$01 : STA $10 : STA $11 : RTS", some) == "case 0: $7E0010 holds $01 01, expected $01 02 or $03"
    word = contract(
        AsmCase(expect_memory={0x7E0010: Within(near=0x1234, tolerance=0x10, length=2)}), writes=writes, m=16
    )
    assert check("LDA #$1244 : STA $10 : RTS", word).passes
    assert why("LDA #$1245 : STA $10 : RTS", word) == "case 0: $7E0010 holds $1245, expected $1234 within 16"


def test_values_of_every_kind_are_stored_and_old_contracts_load() -> None:
    asked = contract(
        AsmCase(
            expect_registers={"a": AnyOf(any_of=(1, 2)), "x": Within(near=5, tolerance=1), "y": 7},
            expect_memory={0x10: AnyOf(any_of=(b"\1", b"\2")), 0x20: Within(near=1, tolerance=1), 0x30: b"\xff"},
            joypads=(0x8000, 0),
        ),
        driver="oam",
        standins=("random",),
        returns="rti",
    )
    assert AsmContract.model_validate_json(asked.model_dump_json()) == asked
    assert AsmContract.model_validate(asked.model_dump(mode="json")) == asked
    plain = contract().model_dump(mode="json")
    assert not {"driver", "standins"} & plain.keys() and "joypads" not in plain["cases"][0]


# Joypads

SERIAL = """
    LDA #$01 : STA $4016 : STZ $4016
    LDX #$10
  - LDA $4016 : LSR : ROL $10 : ROL $11
    LDA $4017 : LSR : ROL $12 : ROL $13
    DEX : BNE -
    RTS
"""
AUTOMATIC = "REP #$20 : LDA $4218 : STA $10 : LDA $421A : STA $12 : SEP #$20 : RTS"
PADS = [(1 << bit, 1 << 19 - bit) for bit in range(4, 16)] + [(0, 0), (0xF5F0, 0xAAA0), (0x8000, 0x0010)]


@pytest.mark.parametrize("text", [SERIAL, AUTOMATIC])
def test_a_routine_reads_both_pads(text: str) -> None:
    cases = [
        AsmCase(joypads=pads, expect_memory={0x10: b"".join(word.to_bytes(2, "little") for word in pads)})
        for pads in PADS
    ]
    verdict = check(text, contract(*cases, writes=(span(0x10, 4),)))
    assert verdict.passes, verdict.reasons


def test_a_case_without_pads_has_no_button_pressed_and_cycles_are_the_routines_alone(console: Console) -> None:
    held = call(console, AUTOMATIC, joypads=(0x8000, 0), watch=[span(0x10, 4)], writes=[span(0x10, 4)])
    free = call(console, AUTOMATIC, watch=[span(0x10, 4)], writes=[span(0x10, 4)])
    assert (held.memory[0x10], free.memory[0x10]) == (b"\x00\x80\x00\x00", bytes(4))
    assert held.cycles == free.cycles == 2 * (2 * 22 // 2 + (24 + 12) + (16 + 16)) - 22 + 22 + 42


# Memory of the PPU

PPU: dict[Driver, tuple[str, int, bytes]] = {
    "vram": (
        "LDA #$80 : STA $2115 : REP #$20 : LDA #$1234 : STA $2116 : LDA #$BEEF : STA $2118 : SEP #$20 : RTS",
        0x7F2468,
        b"\xef\xbe",
    ),
    "oam": (
        "LDA #$04 : STA $2102 : STZ $2103 : LDA #$12 : STA $2104 : LDA #$34 : STA $2104 : RTS",
        0x7F0008,
        b"\x12\x34",
    ),
    "cgram": ("LDA #$03 : STA $2121 : LDA #$1F : STA $2122 : LDA #$7C : STA $2122 : RTS", 0x7F0006, b"\x1f\x7c"),
}
DRIVERS: tuple[Driver, ...] = ("vram", "oam", "cgram")


@pytest.mark.parametrize("driver", DRIVERS)
def test_what_a_routine_writes_to_the_ppu_is_seen(driver: Driver) -> None:
    text, address, content = PPU[driver]
    cases = [AsmCase(expect_memory={address: content}, memory={0x7F0010: b"\x42"})] * 3
    asked = contract(*cases, driver=driver, writes=(span(address, 2),))
    verdict = check(text, asked)
    assert verdict.passes, verdict.reasons
    assert f"${address:06X} holds" in why("RTS", asked)
    strict = contract(*cases, driver=driver)
    assert why(text, strict) == f"case 0: it changes 2 bytes at ${address:06X}, where it may not write"
    plain = contract(AsmCase(expect_memory={address: content}), writes=(span(address, 2),))
    assert not check(text, plain).passes


READS: dict[Driver, str] = {
    "vram": "LDA #$80 : STA $2115 : STZ $2116 : STZ $2117 : LDA $2139 : LDA $213A : LDA $2139 : STA $10 : LDA $213A",
    "oam": "STZ $2102 : STZ $2103 : LDA $2138 : STA $10 : LDA $2138",
    "cgram": "STZ $2121 : LDA $213B : STA $10 : LDA $213B : AND #$7F",
}


@pytest.mark.parametrize("driver", DRIVERS)
def test_what_a_case_places_is_in_the_ppu_before(driver: Driver) -> None:
    cases = [
        AsmCase(memory={0x7F0000: content}, expect_memory={0x10: content, 0x7F0000: content})
        for content in (b"\x12\x34", b"\xff\x7f", b"\x00\x00")
    ]
    verdict = check(f"{READS[driver]} : STA $11 : RTS", contract(*cases, driver=driver, writes=(span(0x10, 2),)))
    assert verdict.passes, verdict.reasons


def test_all_of_vram_is_seen(console: Console) -> None:
    """A DMA of 64 KiB from bank $20 on, which no span allows."""
    fill = """
        LDA #$80 : STA $2115 : STZ $2116 : STZ $2117
        LDA #$09 : STA $4300 : LDA #$18 : STA $4301
        STZ $4302 : LDA #$90 : STA $4303 : STZ $4304 : STZ $4305 : STZ $4306 : LDA #$01 : STA $420B : RTS
    """
    run = call(
        console,
        fill,
        driver="vram",
        budget=2_000_000,
        memory={0x009000: b"\xa5"},
        watch=[span(0x7F0000, 0x10000)],
        writes=[span(0x7F0000, 0x10000)],
    )
    assert run.memory[0x7F0000] == b"\xa5" * 0x10000 and run.stray_writes == ()


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_routine_that_sets_no_address_is_caught(driver: Driver) -> None:
    forgot = {
        "vram": "LDA #$01 : STA $2118 : STZ $2119 : RTS",
        "oam": "LDA #$01 : STA $2104 : STA $2104 : RTS",
        "cgram": "LDA #$01 : STA $2122 : STZ $2122 : RTS",
    }[driver]
    asked = contract(AsmCase(expect_memory={0x7F0000: b"\1"}), driver=driver, writes=(span(0x7F0000, 2),))
    assert not check(forgot, asked).passes


@pytest.mark.parametrize("driver", DRIVERS)
def test_wram_under_the_window_is_no_place_to_hide_in(driver: Driver) -> None:
    assert why("LDA #$00 : STA.l $7F0010 : RTS", contract(*[AsmCase()] * 4, driver=driver)).endswith(
        "it changes a byte at $7F0010, where it may not write"
    )


@pytest.mark.parametrize("driver", DRIVERS)
@pytest.mark.parametrize("nops", [0, 1, 77, 3000])
def test_cycles_are_the_answers_alone(console: Console, driver: Driver, nops: int) -> None:
    assert console.call(b"\xea" * nops + b"\x60", driver=driver).cycles == 42 + 14 * nops
    assert console.call(b"\xea" * nops + b"\x60", driver=driver, joypads=(0, 0)).cycles == 42 + 14 * nops


@pytest.mark.parametrize("driver", DRIVERS)
def test_what_a_routine_leaves_in_registers_and_wram_is_untouched_by_the_driver(
    console: Console, driver: Driver
) -> None:
    given: dict[Register, int] = {"a": 0x1234, "x": 0x5678, "y": 0x9ABC, "d": 0x0300, "db": 0x7F, "s": 0x0FFF}
    watch = [span(0x7E0000, 0x10000), span(0x700000, 0x100)]
    runs = [
        console.call(b"\x60", given, flags={"m": False, "x": False}, watch=watch, driver=chosen)
        for chosen in (None, driver)
    ]
    assert runs[0] == runs[1] and runs[0].registers == given


def test_a_driver_leaves_nothing_to_the_next_case(console: Console) -> None:
    watch = [span(0x7F0000, 0x200)]
    starts = [Start(watch=watch), Start(watch=watch)]
    alone = console.call_many(b"\x60", starts, driver="cgram")
    for other in DRIVERS:
        call(console, PPU[other][0], driver=other)
    assert console.call_many(b"\x60", starts, driver="cgram") == alone


@pytest.mark.parametrize("mess", ["LDA #$80 : STA $4200", "LDX #$FF : TXS", "LDA #$0F : STA $2100", "BRK"])
def test_a_hostile_routine_under_a_driver_ends_in_a_verdict(mess: str) -> None:
    for driver in DRIVERS:
        assert isinstance(check(f"{mess} : RTS", contract(driver=driver)), Verdict)


# Interrupt handlers

HANDLER = """
Nmi:
    REP #$30
    PHA : PHX : PHY : PHD : PHB
    PHK : PLB
    LDA #$0000 : TCD
    SEP #$20
    LDA $4210
    INC $1A
    REP #$20
    PLB : PLD : PLY : PLX : PLA
    RTI
"""
NMI = contract(
    *(
        AsmCase(memory={0x7E001A: bytes([count])}, expect_memory={0x7E001A: bytes([count + 1 & 0xFF])}, flags=flags)
        for count, flags in ((5, {}), (255, {"d": True}), (0, {"m": True}), (7, {"i": False}))
    ),
    entry="Nmi",
    returns="rti",
    m=16,
    x=16,
    writes=(span(0x7E001A),),
)


def test_an_interrupt_handler_keeps_everything() -> None:
    verdict = check(HANDLER, NMI)
    assert verdict.passes, verdict.reasons


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("PHA : PHX", "PHX", ""),
        ("INC $1A", "INC $1A : LDX #$1234 : STX $1A", ""),
        ("    PLB : PLD : PLY : PLX : PLA", "    PLB : PLD : PLX : PLY : PLA", "X is"),
        ("    PLB : PLD : PLY : PLX : PLA", "    PLB : PLD : PLY : PLX : PLA : INC A", "A is"),
        ("RTI", "RTL", ""),
        ("RTI", "RTS", ""),
        ("    RTI", "    SEP #$20 : LDA $01,s : EOR #$01 : STA $01,s : REP #$20 : RTI", "flag c"),
        ("LDA $4210", "LDA $4210 : STZ $1B", "$7E001B"),
    ],
)
def test_a_handler_that_keeps_less_is_named(old: str, new: str, words: str) -> None:
    assert old in HANDLER
    verdict = check(HANDLER.replace(old, new), NMI)
    assert not verdict.passes and any(words in reason for reason in verdict.reasons)


def test_a_handler_of_eight_bits_keeps_the_high_byte_of_a() -> None:
    asked = contract(*[AsmCase()] * 3, returns="rti")
    assert check("PHA : LDA $4211 : PLA : RTI", asked).passes
    assert "A is $" in why("PHA : XBA : LDA $4211 : PLA : RTI", asked)


def test_an_interrupt_enters_with_decimal_mode_off_and_interrupts_disabled(console: Console) -> None:
    text = "PHA : PHP : PLA : STA.l $7E0010 : PLA : RTI"
    run = call(
        console,
        text,
        returns="rti",
        flags={"d": True, "i": False, "c": True},
        watch=[span(0x7E0010)],
        writes=[span(0x7E0010)],
    )
    assert run.memory[0x7E0010][0] & 0b0000_1101 == 0b0000_0101
    assert (run.flags["d"], run.flags["i"], run.flags["c"], run.stack_balance) == (True, False, True, 0)
    assert console.call(b"\x40", returns="rti").cycles == 8 + 6 + 6 + 4 * 8


# The game's helpers

TABLE = """
Main:
    LDA $10
    JSL JumpTableLocal
    dw First, Second, Third
First: LDA #$01 : STA $11 : RTS
Second: LDA #$02 : STA $11 : RTS
Third: STX $11 : STY $12 : RTS
"""


def table_contract(*standins: StandIn, returns: str = "rts") -> AsmContract:
    cases = [
        AsmCase(registers={"x": 0x33, "y": 0x44}, memory={0x10: bytes([index])}, expect_memory={0x11: expected})
        for index, expected in enumerate((b"\1", b"\2", b"\x33\x44"))
    ]
    return contract(*cases, entry="Main", standins=standins, writes=(span(0x11, 2),), origin=0x1C8000, returns=returns)


def test_a_local_jump_table_is_called_by_either_name() -> None:
    asked = table_contract("jump_table_local")
    for name in ("JumpTableLocal", "UseImplicitRegIndexedLocalJumpTable", "$008781"):
        verdict = check(TABLE.replace("JumpTableLocal", name), asked)
        assert verdict.passes, verdict.reasons
    assert "$000011 holds $02, expected $01" in why(TABLE.replace("dw First, Second", "dw Second, First"), asked)
    assert not check(TABLE, table_contract()).passes


def test_a_long_jump_table_reaches_other_banks() -> None:
    text = TABLE.replace("JumpTableLocal", "JumpTableLong").replace("dw First", "dl First").replace("RTS", "RTL")
    text = text.replace("Second: LDA", "pushpc\norg $2A9000\nSecond: LDA").replace("Third: STX", "pullpc\nThird: STX")
    asked = table_contract("jump_table_long", returns="rtl")
    verdict = check(text, asked)
    assert verdict.passes, verdict.reasons
    assert check(text.replace("JumpTableLong", "$00879C"), asked).passes
    assert check(text.replace("JumpTableLong", "UseImplicitRegIndexedLongJumpTable"), asked).passes


@pytest.mark.parametrize("index", [0, 1, 63, 64, 84, 85])
def test_long_tables_of_every_length(index: int) -> None:
    """85 times three passes a byte."""
    rows = " : ".join("dl Wrong" for _ in range(index)) + (" : " if index else "") + "dl Right"
    text = f"Main: LDA #{index} : JSL JumpTableLong : {rows}\nRight: LDA #$99 : RTL\nWrong: LDA #$00 : RTL"
    asked = contract(AsmCase(expect_registers={"a": 0x99}), entry="Main", standins=("jump_table_long",), returns="rtl")
    verdict = check(text, asked)
    assert verdict.passes, verdict.reasons


def test_the_random_number_is_known_to_a_case_that_gives_its_seed() -> None:
    cases = [
        AsmCase(
            memory={0x7E0FA1: bytes([seed])},
            expect_memory={0x7E0FA1: bytes([seed * 5 + 29 & 0xFF])},
            expect_registers={"a": (seed * 5 + 29) & 7},
        )
        for seed in (0, 1, 100, 255)
    ]
    asked = contract(*cases, standins=("random",))
    for name in ("GetRandomInt", "GetRandomNumber", "$0DBA71"):
        verdict = check(f"JSL {name} : AND #$07 : RTS", asked)
        assert verdict.passes, verdict.reasons
    assert "A is" in why("JSL GetRandomInt : AND #$03 : RTS", asked)
    seen, value = set(), 0
    while value not in seen:
        seen.add(value)
        value = value * 5 + 29 & 0xFF
    assert len(seen) == 256


def test_what_stand_ins_change_is_theirs_alone() -> None:
    asked = contract(*[AsmCase()] * 3, standins=("random",))
    assert check("JSL GetRandomInt : RTS", asked).passes
    assert why("JSL GetRandomInt : STZ $00 : RTS", asked).endswith(
        "it changes a byte at $7E0000, where it may not write"
    )


def test_a_host_and_an_answer_lie_over_a_stand_in() -> None:
    asked = contract(AsmCase(expect_registers={"a": 7}), host={0x0DBA71: b"\xa9\x07\x6b"}, standins=("random",))
    assert check("JSL GetRandomInt : RTS", asked).passes
