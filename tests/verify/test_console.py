"""What the console reports, against machine code written and worked out by hand."""

import os
import signal
import subprocess
import sys
import threading
import time
from typing import Literal

import psutil
import pytest

from oracle_lib.verify import Console, ConsoleError, Ending, Execution, Span, Start
from oracle_lib.verify.contract import Flag, Register

NATIVE_16: dict[Flag, bool] = {"m": False, "x": False}
FLAGS: tuple[Flag, ...] = ("n", "v", "m", "x", "d", "i", "z", "c")
RETURNS: dict[Literal["rts", "rtl"], str] = {"rts": "60", "rtl": "6B"}


def code(text: str) -> bytes:
    """The bytes of a listing whose lines are machine code, then a semicolon and what it says."""
    return bytes.fromhex("".join(line.split(";")[0] for line in text.splitlines()))


def span(address: int, length: int = 1) -> Span:
    return Span(address=address, length=length)


def test_registers_go_in_and_come_out(console: Console) -> None:
    run = console.call(
        code("60 ; rts"),
        {"a": 0x1234, "x": 0x5678, "y": 0x9ABC, "d": 0x0300, "db": 0x7F, "s": 0x0FFF},
        flags=NATIVE_16,
    )
    assert run.ended is Ending.RETURNED
    assert run.registers == {"a": 0x1234, "x": 0x5678, "y": 0x9ABC, "d": 0x0300, "db": 0x7F, "s": 0x0FFF}
    assert run.stack_balance == 0


def test_eight_bit_index_registers_lose_their_high_byte_and_the_accumulator_keeps_it(console: Console) -> None:
    run = console.call(code("60 ; rts"), {"a": 0x1234, "x": 0x5678, "y": 0x9ABC}, flags={"m": True, "x": True})
    assert (run.registers["a"], run.registers["x"], run.registers["y"]) == (0x1234, 0x78, 0xBC)


@pytest.mark.parametrize("flag", FLAGS)
def test_every_flag_goes_in_and_comes_out(console: Console, flag: Flag) -> None:
    for state in (True, False):
        given = dict.fromkeys(FLAGS, not state) | {flag: state}
        assert console.call(code("60 ; rts"), flags=given).flags == given


ARITHMETIC = [
    ("69 01 60 ; adc #$01", {"a": 0x7F}, {"c": False}, 0x80, {"n": True, "v": True, "z": False, "c": False}),
    ("69 01 60 ; adc #$01", {"a": 0xFF}, {"c": False}, 0x00, {"n": False, "v": False, "z": True, "c": True}),
    ("69 15 60 ; adc #$15 in decimal", {"a": 0x27}, {"d": True}, 0x42, {"c": False, "z": False}),
    ("E9 01 60 ; sbc #$01", {"a": 0x00}, {"c": True}, 0xFF, {"n": True, "c": False, "z": False}),
    ("69 01 00 60 ; adc #$0001", {"a": 0x7FFF}, {"m": False}, 0x8000, {"n": True, "v": True, "c": False}),
    ("EB 60 ; xba", {"a": 0x1280}, {}, 0x8012, {"n": False, "z": False}),
    ("C9 80 60 ; cmp #$80", {"a": 0x80}, {}, 0x80, {"z": True, "c": True, "n": False}),
    ("0A 60 ; asl a", {"a": 0xC1}, {}, 0x82, {"c": True, "n": True}),
]


@pytest.mark.parametrize(("listing", "registers", "flags", "a", "expected"), ARITHMETIC)
def test_results_and_flags_agree_with_the_manual(
    console: Console,
    listing: str,
    registers: dict[Register, int],
    flags: dict[Flag, bool],
    a: int,
    expected: dict[Flag, bool],
) -> None:
    run = console.call(code(listing), registers, flags=flags)
    assert run.registers["a"] == a
    assert {flag: run.flags[flag] for flag in expected} == expected


# Master cycles: 8 for each byte from slow ROM or WRAM, 6 for FastROM, internal cycles and most registers, 12 for $4016.
CYCLES = [
    ("60 ; rts: 8 + 6 + 6 + 8 + 8 + 6", {}, 42),
    ("EA 60 ; nop: 8 + 6", {}, 42 + 14),
    ("A9 12 60 ; lda #$12: 8 + 8", {}, 42 + 16),
    ("A9 34 12 60 ; lda #$1234: 8 + 8 + 8", {"m": False}, 42 + 24),
    ("A5 10 60 ; lda $10: 8 + 8 + 8", {}, 42 + 24),
    ("A5 10 60 ; lda $10, 16 bits: 8 + 8 + 8 + 8", {"m": False}, 42 + 32),
    ("8D 00 10 60 ; sta $1000: 8 + 8 + 8 + 8", {}, 42 + 32),
    ("8F 00 10 7E 60 ; sta.l $7E1000: 4 * 8 + 8", {}, 42 + 40),
    ("8D 02 42 60 ; sta $4202: 3 * 8 + 6", {}, 42 + 30),
    ("AD 16 40 60 ; lda $4016: 3 * 8 + 12", {}, 42 + 36),
    ("48 68 60 ; pha: 8 + 6 + 8; pla: 8 + 6 + 6 + 8", {}, 42 + 22 + 28),
    ("80 00 60 ; bra, taken: 8 + 8 + 6", {}, 42 + 22),
    ("F0 00 60 ; beq, not taken: 8 + 8", {"z": False}, 42 + 16),
    ("EE 00 10 60 ; inc $1000: 3 * 8 + 8 + 6 + 8", {}, 42 + 46),
    ("20 04 80 60 60 ; jsr: 8 + 8 + 8 + 6 + 8 + 8, and its rts", {}, 42 + 46 + 42),
    ("EB 60 ; xba: 8 + 6 + 6", {}, 42 + 20),
    ("54 7E 7E 60 ; mvn, 2 bytes: each 3 * 8 + 8 + 8 + 6 + 6", {"m": False, "x": False}, 42 + 2 * 52),
]


@pytest.mark.parametrize(("listing", "flags", "cycles"), CYCLES)
def test_master_cycles_agree_with_a_count_by_hand(
    console: Console, listing: str, flags: dict[Flag, bool], cycles: int
) -> None:
    assert console.call(code(listing), {"a": 1, "x": 0x1000, "y": 0x1100}, flags=flags).cycles == cycles


def test_a_misaligned_direct_page_costs_an_internal_cycle(console: Console) -> None:
    aligned, misaligned = (console.call(code("A5 10 60 ; lda $10"), {"d": d}).cycles for d in (0x0300, 0x0301))
    assert aligned is not None and misaligned == aligned + 6


def test_a_long_return_and_fast_rom_have_their_own_costs(console: Console) -> None:
    assert console.call(code("6B ; rtl: 8 + 6 + 6 + 8 + 8 + 8"), returns="rtl").cycles == 44
    fast = code("""
        A9 01      ; lda #$01: 16
        8D 0D 42   ; sta $420D: 24 + 6
        EA         ; nop: 6 + 6
        6B         ; rtl: 6 + 6 + 6 + 24
    """)
    assert console.call([(0x808000, fast)], returns="rtl").cycles == 16 + 30 + 12 + 42


def test_cycles_are_exact_wherever_in_the_line_a_routine_ends(console: Console) -> None:
    """Steps of 14 and 16 cycles pass DRAM refresh, the two long dots and the end of the line."""
    for nops in range(0, 230, 3):
        assert console.call(b"\xea" * nops + b"\x60").cycles == 42 + 14 * nops
        assert console.call(b"\xa9\x00" + b"\xea" * nops + b"\x60").cycles == 42 + 16 + 14 * nops


@pytest.mark.parametrize("turns", [100, 2_000, 20_000, 65_000])
def test_cycles_are_exact_over_many_frames(console: Console, turns: int) -> None:
    loop = (
        code("A2")
        + turns.to_bytes(2, "little")
        + code("""
        CA         ; dex: 14
        D0 FD      ; bne -3: 22 when taken, else 16
        60
    """)
    )
    run = console.call(loop, flags=NATIVE_16, budget=10_000_000)
    assert run.cycles == 24 + 14 * turns + 22 * (turns - 1) + 16 + 42


def test_cycles_are_within_a_step_of_the_counter_when_the_routine_turns_nmi_on(console: Console) -> None:
    """Each NMI costs 8 + 6 + 32 + 16 to enter and 8 + 6 + 6 + 32 to leave.

    A case starts at line 202 and NMI comes at line 225, so the loop, which takes 4.38 frames with its DRAM refresh,
    meets five of them. This core ends the frame early at each.
    """
    turns = 20_000
    loop = code("""
        E2 20 A9 80 8D 00 42 C2 20  ; sep #$20: 8 + 8 + 6; lda, sta $4200: 16 + 30; rep #$20: 22
        C6 10                       ; dec $10: 2 * 8 + 16 + 6 + 16
        D0 FC                       ; bne -4: 22 when taken, else 16
        E2 20 9C 00 42 60           ; sep, stz $4200: 22 + 30; rts
    """)
    run = console.call(
        loop, flags=NATIVE_16, memory={0x7E0010: turns.to_bytes(2, "little")}, writes=[span(0x10, 2)], budget=10_000_000
    )
    assert run.cycles == 22 + 46 + 22 + 54 * turns + 22 * (turns - 1) + 16 + 22 + 30 + 42 + 5 * 114


def test_an_nmi_after_an_instruction_of_two_cycles_costs_two_more(console: Console) -> None:
    """The internal cycle of NOP becomes a read of the next opcode, here from slow ROM: 8 instead of 6."""
    run = console.call(code("A9 80 8D 00 42") + b"\xea" * 20_000 + code("9C 00 42 60"))
    assert run.cycles == 16 + 30 + 14 * 20_000 + 30 + 42 + 114 + 2


def test_memory_is_set_and_watched_through_mirrors(console: Console) -> None:
    run = console.call(
        code("AD 10 00 8F 11 00 7E 60 ; lda $0010; sta.l $7E0011"),
        memory={0x7E0010: b"\x5a"},
        watch=[span(0x000010, 2), span(0x7E0010, 2), span(0x801011 - 0x1000, 1)],
        writes=[span(0x7E0011)],
    )
    assert run.memory == {0x000010: b"\x5a\x5a", 0x7E0010: b"\x5a\x5a", 0x800011: b"\x5a"}


def test_sram_and_rom_bytes_can_be_given(console: Console) -> None:
    run = console.call(
        code("AF 00 00 70 8F 01 00 70 AF 00 80 1C 60 ; lda.l $700000; sta.l $700001; lda.l $1C8000"),
        memory={0x700000: b"\x77", 0x1C8000: b"\x99"},
        watch=[span(0x700000, 2)],
        writes=[span(0x700001)],
    )
    assert (run.memory[0x700000], run.registers["a"] & 0xFF, run.stray_writes) == (b"\x77\x77", 0x99, ())


def test_writes_outside_the_declared_spans_are_reported(console: Console) -> None:
    listing = code("""
        A9 00         ; lda #$00: zero too must be seen
        8D 40 03      ; sta $0340
        8D 41 03      ; sta $0341
        8F 00 90 7F   ; sta.l $7F9000
        8F 10 00 70   ; sta.l $700010
        60
    """)
    run = console.call(listing, writes=[span(0x7E0341)])
    assert run.stray_writes == (span(0x7E0340), span(0x7F9000), span(0x700010))
    assert console.call(listing, writes=[span(0x000340, 2), span(0x7F9000), span(0x700010)]).stray_writes == ()


def test_the_stack_below_the_entry_is_the_routines_own_but_no_more(console: Console) -> None:
    assert console.call(code("48 48 68 68 60 ; pha, pha, pla, pla")).stray_writes == ()
    above = console.call(code("A3 03 1A 83 03 60 ; lda 3,s; inc a; sta 3,s: the caller's byte"))
    assert above.stray_writes == (span(0x7E0200),)


def test_memory_that_nobody_set_differs_from_case_to_case(console: Console) -> None:
    """A write of the value that happens to be there is therefore seen in another case."""
    runs = console.call_many(b"\x60", [Start(watch=[span(0x7E2000, 64), span(0x700000, 64)])] * 8)
    assert len({run.memory[0x7E2000] for run in runs}) == len({run.memory[0x700000] for run in runs}) == 8


def test_stack_balance_counts_bytes_left_and_taken(console: Console) -> None:
    left = code("FA 48 DA 60 ; plx; pha; phx; rts: two bytes left on the stack")
    taken = code("FA 68 DA 60 ; plx; pla; phx; rts: two bytes of the caller's taken")
    assert console.call(left, flags=NATIVE_16).stack_balance == -2
    assert console.call(taken, flags=NATIVE_16).stack_balance == 2


def test_a_routine_runs_where_it_was_laid(console: Console) -> None:
    """A hook in bank $00 jumps to a routine in free space in bank $1C, which calls host code in bank $0D."""
    run = console.call(
        [
            (0x00A000, code("22 00 F0 1C 60 ; jsl $1CF000; rts")),
            (0x1CF000, code("22 00 90 0D 1A 6B ; jsl $0D9000; inc a; rtl")),
            (0x0D9000, code("A9 41 6B ; lda #$41; rtl")),
        ],
    )
    assert (run.ended, run.registers["a"] & 0xFF) == (Ending.RETURNED, 0x42)


@pytest.mark.parametrize("address", [0x7E2000, 0x7F8000, 0x001000, 0x700100, 0x958000, 0x40C000])
def test_code_may_lie_in_any_memory(console: Console, address: int) -> None:
    for returns, opcode in RETURNS.items():
        run = console.call([(address, code("A9 42") + code(opcode))], returns=returns)
        assert (run.ended, run.registers["a"] & 0xFF, run.stack_balance) == (Ending.RETURNED, 0x42, 0)


def test_later_blocks_lie_over_earlier_ones_and_the_entry_can_be_chosen(console: Console) -> None:
    run = console.call([(0x008000, code("A9 01 60")), (0x008001, b"\x02"), (0x009000, b"\xdb")], entry=0x008000)
    assert run.registers["a"] & 0xFF == 2


def test_the_multiplication_and_division_registers_work(console: Console) -> None:
    run = console.call(
        code("""
        A9 0C 8D 02 42 A9 0D 8D 03 42         ; 12 * 13
        EA EA EA EA
        AE 16 42                              ; ldx $4216
        60
    """)
    )
    assert run.registers["x"] == 12 * 13
    run = console.call(
        code("""
        A9 E8 03 8D 04 42                     ; 1000
        E2 20 A9 07 8D 06 42                  ; / 7
        EA EA EA EA EA EA EA EA
        AE 14 42 AC 16 42                     ; ldx $4214; ldy $4216
        60
    """),
        flags=NATIVE_16,
    )
    assert (run.registers["x"], run.registers["y"]) == divmod(1000, 7)


UNITS = [
    ("03", 3, "", 0xF9, "7 * 255 = $06F9: three bits of the factor are done"),
    ("03", 7, "EA EA", 0x81, "127 * 255 = $7E81: a bit is missing"),
    ("03", 8, "80 00 EA", 0x01, "255 * 255 = $FE01"),
    ("06", 3, "", 0, "the highest three bits of $008E"),
    ("06", 15, "EA EA EA EA EA EA", 0x47, "the highest fifteen bits of $008E"),
    ("06", 16, "80 00 EA EA EA EA EA", 0x8E, "1000 / 7 = $008E"),
]


@pytest.mark.parametrize(("start", "cycles", "wait", "low", "why"), UNITS)
def test_a_product_or_quotient_read_too_early_is_wrong(
    console: Console, start: str, cycles: int, wait: str, low: int, why: str
) -> None:
    """8 and 16 CPU cycles after the write they are right. NOP takes 2, BRA 3, and LDA fetches for 3 before it reads."""
    given = "A9 FF 8D 02 42 A9 FF" if start == "03" else "A9 E8 8D 04 42 A9 03 8D 05 42 A9 07"
    read = "AD 16 42" if start == "03" else "AD 14 42"
    assert cycles == 3 + 2 * wait.count("EA") + 3 * wait.count("80")
    run = console.call(code(f"{given} 8D {start} 42 {wait} {read} 60"))
    assert run.registers["a"] & 0xFF == low, why


def test_dma_moves_bytes_as_on_the_machine(console: Console) -> None:
    """Four bytes of ROM go to $7E1234 through the WRAM port."""
    run = console.call(
        code("""
        A9 34 8D 81 21 A9 12 8D 82 21 9C 83 21  ; WRAM address $01234
        9C 00 43 A9 80 8D 01 43                 ; mode 0 to $2180
        A9 00 8D 02 43 A9 90 8D 03 43           ; from $9000
        A9 0D 8D 04 43                          ; in bank $0D
        A9 04 8D 05 43 9C 06 43                 ; 4 bytes
        A9 01 8D 0B 42 60
    """),
        memory={0x0D9000: b"ROM!"},
        watch=[span(0x7E1234, 4)],
    )
    assert run.memory[0x7E1234] == b"ROM!"
    assert run.stray_writes == (span(0x7E1234, 4),)


ENDINGS = [
    ("EA 00 00 60 ; nop; brk", {}, Ending.BRK, 0x008001),
    ("EA 02 00 60 ; nop; cop", {}, Ending.COP, 0x008001),
    ("DB ; stp", {}, Ending.STP, None),
    ("CB 60 ; wai", {}, Ending.WAI, None),
    ("CB 80 FD ; wai in a loop", {}, Ending.WAI, None),
    ("80 01 CB DB ; bra to stp, over a wai", {}, Ending.STP, None),
    ("80 01 DB CB 60 ; bra to wai, over an stp", {}, Ending.WAI, None),
    ("38 FB 80 01 DB CB 60 ; the same in emulation mode", {}, Ending.WAI, None),
    ("58 80 01 DB CB 60 ; cli, and the same", {}, Ending.WAI, None),
    ("9C 00 42 CB 60 ; stz $4200; wai", {}, Ending.WAI, None),
    ("A9 80 8D 00 42 DB ; nmi on; stp", {}, Ending.STP, None),
    ("80 FE ; bra to itself", {}, Ending.BUDGET, None),
    ("4C 00 80 ; jmp to itself", {}, Ending.BUDGET, None),
    ("5C 00 80 00 ; jml to itself", {}, Ending.BUDGET, None),
    ("20 05 80 80 FB 60 ; jsr in a loop", {}, Ending.BUDGET, None),
    ("6C 00 10 ; jmp ($1000), back again", {0x7E1000: b"\x00\x80"}, Ending.BUDGET, None),
    ("EA ; off the end of the code", {}, Ending.RAN_AWAY, 0x008001),
    ("4C 00 C0 ; jmp to ROM where nothing is", {}, Ending.RAN_AWAY, 0x00C000),
    ("5C 00 90 7E ; jml to a BRK in WRAM", {0x7E9000: b"\x00"}, Ending.BRK, 0x7E9000),
    ("42 00 60 ; wdm is a no-operation of two bytes", {}, Ending.RETURNED, None),
]


@pytest.mark.parametrize(("listing", "memory", "ending", "pc"), ENDINGS)
def test_every_ending_is_told_apart(
    console: Console, listing: str, memory: dict[int, bytes], ending: Ending, pc: int | None
) -> None:
    run = console.call(code(listing), memory=memory)
    assert (run.ended, run.pc) == (ending, pc)


def test_an_endless_loop_in_memory_that_nobody_wrote_has_run_away(console: Console) -> None:
    """80 FE is a branch to itself; noise holds one somewhere in its 128 KiB."""
    noise = console.call(b"\x60", watch=[span(0x7E2000, 0x1E000)]).memory[0x7E2000]
    address = 0x7E2000 + noise.index(b"\x80\xfe")
    run = console.call(b"\x5c" + address.to_bytes(3, "little"))
    assert run.ended is Ending.RAN_AWAY
    assert run.pc is not None and abs(run.pc - address) <= 2


def test_the_budget_is_in_master_cycles(console: Console) -> None:
    nops = b"\xea" * 100 + b"\x60"
    assert console.call(nops, budget=1442).ended is Ending.RETURNED
    assert console.call(nops, budget=1441).ended is Ending.BUDGET


def test_emulation_mode_is_reported(console: Console) -> None:
    run = console.call(code("38 FB 60 ; sec; xce; rts"))
    assert (run.ended, run.emulation) == (Ending.RETURNED, True)
    assert console.call(code("38 FB 00 00 ; sec; xce; brk")).ended is Ending.BRK


def test_cases_know_nothing_of_each_other(console: Console) -> None:
    """The first case leaves a mark in WRAM, SRAM, VRAM, a PPU register and the divider; the second finds none."""
    listing = code("""
        AF 00 90 7E 8F 10 90 7E   ; what WRAM held
        AD 14 42 8F 11 90 7E      ; and the quotient
        A9 5A 8F 00 90 7E         ; mark them
        A9 64 8D 04 42 9C 05 42 A9 05 8D 06 42
        60
    """)
    watch = [span(0x7E9010, 2)]
    runs = [console.call(listing, watch=watch) for _ in range(2)]
    assert runs[0] == runs[1]


def test_the_same_call_gives_the_same_execution_on_another_console(console: Console) -> None:
    listing = code("AF 00 90 7E 6F 00 A0 7E 8D 00 10 AD 37 21 AD 3C 21 60 ; reads what nobody set, and a counter")
    starts = [Start(watch=[span(0x7E1000, 64)])] * 3
    with Console() as other:
        assert console.call_many(listing, starts) == other.call_many(listing, starts)


@pytest.mark.parametrize("address", [0x7D8000, 0xFD9000, 0x00FFEA, 0x80FFFF, 0x1CFFB0, 0x710000])
def test_addresses_that_the_console_needs_are_refused(console: Console, address: int) -> None:
    with pytest.raises(ConsoleError, match="the console needs"):
        console.call([(0x1C8000, b"\x60"), (address, b"\x60")])


@pytest.mark.parametrize("address", [0x002100, 0x004200, 0x006000, 0x400000, 0x720000])
def test_addresses_without_memory_are_refused(console: Console, address: int) -> None:
    with pytest.raises(ConsoleError, match="neither ROM nor RAM"):
        console.call(b"\x60", memory={address: b"\x00"})


def test_a_missing_core_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_SNES_CORE", "/nowhere/core.so")
    with pytest.raises(ConsoleError, match=r"/nowhere/core\.so"):
        Console()


def test_a_file_that_is_no_core_is_an_error_of_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_SNES_CORE", __file__)
    with Console() as console, pytest.raises(ConsoleError, match="cannot be used"):
        console.call(b"\x60")


def known_good(console: Console) -> Execution:
    return console.call(code("A9 42 8D 00 10 60"), watch=[span(0x7E1000)])


def test_a_core_that_dies_is_replaced_and_its_case_reported() -> None:
    with Console() as console:
        before = known_good(console)
        assert console.pid is not None
        killer = threading.Timer(0.3, os.kill, (console.pid, signal.SIGSEGV))
        killer.start()
        run = console.call(code("80 FE"), budget=2_000_000_000)
        killer.join()
        assert run.ended is Ending.CRASHED
        assert known_good(console) == before


def test_an_interrupt_from_the_keyboard_leaves_a_console_that_works() -> None:
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    try:
        with Console() as console:
            before = known_good(console)
            interrupt = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
            interrupt.start()
            with pytest.raises(KeyboardInterrupt):
                console.call_many(code("80 FE"), [Start()] * 3, budget=2_000_000_000)
            interrupt.join()
            assert known_good(console) == before
    finally:
        signal.signal(signal.SIGINT, handler)


def test_a_core_that_hangs_is_ended_and_the_next_cases_run() -> None:
    """No code makes this core hang, so the console is given less patience than the emulated time needs."""
    with Console(patience=0.02) as console:
        starts = [Start(memory={0x7E1000: bytes([turn])}) for turn in (1, 0, 1)]
        loop = code("AD 00 10 F0 FB 60 ; lda $1000; beq back: endless where it is 0")
        runs = console.call_many(loop, starts, budget=2_000_000_000)
        assert [run.ended for run in runs] == [Ending.RETURNED, Ending.HUNG, Ending.RETURNED]


def alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("busy", [False, True])
def test_no_worker_outlives_its_parent(busy: bool) -> None:
    script = f"""
from oracle_lib.verify import Console
console = Console(patience=0.5)
console.call(b"\\x60")
print(console.pid, flush=True)
console.call(b"\\x80\\xFE", budget=400_000_000) if {busy} else input()
"""
    parent = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    deadline = time.monotonic() + 20
    while alive(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(worker)


def footprint(pid: int) -> tuple[int, int]:
    """Resident KiB and open files of a process."""
    process = psutil.Process(pid)
    return process.memory_info().rss // 1024, process.num_fds()


@pytest.mark.slow
def test_thousands_of_executions_leak_nothing() -> None:
    with Console() as console:
        starts = [Start(memory={0x7E1000: bytes([number & 0xFF])}) for number in range(100)]

        def run(times: int) -> None:
            for _ in range(times):
                console.call_many(code("EE 00 10 8D 05 21 60 ; inc $1000; sta $2105: left changed"), starts)

        run(10)
        assert console.pid is not None
        before = [footprint(pid) for pid in (os.getpid(), console.pid)]
        run(60)
        after = [footprint(pid) for pid in (os.getpid(), console.pid)]
        for (resident, files), (later, open_later) in zip(before, after, strict=True):
            assert later - resident < 4096
            assert open_later == files
