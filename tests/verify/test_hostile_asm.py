"""Hostile assembly: whatever an answer does, it ends in a verdict within its bound and leaves the next one unharmed."""

import subprocess
import sys
import time

import pytest

from oracle_lib.verify import (
    AsmCase,
    AsmContract,
    Console,
    Ending,
    Execution,
    Span,
    Start,
    Verdict,
    _core,
    assemble,
    cartridge,
    check,
)

BOUND_SECONDS = 20.0
"""Far above what any case takes (a second at most), so that a busy machine does not fail the test."""

CONTRACT = AsmContract(
    writes=(Span(address=0x7E0340, length=1),),
    cases=tuple(AsmCase(memory={0x7E0340: bytes([value])}, expect_memory={0x7E0340: b"\x2a"}) for value in range(3)),
)
GOOD = "LDA #$2A : STA $0340 : RTS"
GOOD_VERDICT = Verdict(assembles=True, passes=True, code=bytes.fromhex("A92A 8D4003 60"), cycles=16 + 32 + 42, cases=3)

TEXTS = {
    "nothing": "",
    "null bytes": "\0" * 1000,
    "null byte within": "LDA #$2A\0 : RTS",
    "control characters": "".join(map(chr, range(32))) * 50,
    "not ASCII": "LDA #\uff04\uff12\uff21\u202e\U0001f600 : \u0154TS",
    "lone surrogate": "LDA \udcff",
    "ten megabytes": "NOP\n" * 2_500_000,
    "one line of ten megabytes": "A" * 10_000_000,
    "incbin": 'incbin "/etc/passwd"',
    "incsrc": 'incsrc "/etc/passwd"',
    "include": 'include "../../../../etc/passwd"',
    "readfile": 'db readfile1("/etc/passwd", 0), filesize("/etc/passwd")',
    "table": 'table "/etc/passwd"',
    "macro recursion": "macro boom()\n%boom()\nendmacro\n%boom()",
    "mutual macro recursion": "macro a()\n%b()\n%b()\nendmacro\nmacro b()\n%a()\n%a()\nendmacro\n%a()",
    "define recursion": "!a = !b\n!b = !a\nLDA !a",
    "doubling defines": '!a = "NOP : NOP"\n' + '!a := "!a : !a"\n' * 40 + "!a",
    "function recursion": "function f(x) = f(x)+f(x)\ndw f(1)",
    "endless while": "while 1\nNOP\nendif",
    "endless for": "for i = 0..1000000000\nNOP\nendfor",
    "rep": "rep 1000000000 : NOP",
    "nop many": "NOP #1000000000",
    "fill": "fillbyte $EA : fill 1000000000",
    "pad": "padbyte $EA : pad $FFFFFF",
    "deep parentheses": "LDA #" + "(" * 50_000 + "1" + ")" * 50_000,
    "deep ifs": "if 1\n" * 50_000,
    "huge shift": "dw 1<<1000000000",
    "huge power": "dw 9**9**9**9",
    "huge number": "LDA #" + "9" * 100_000,
    "divide by zero": "dw 1/0, 1%0",
    "labels beyond count": "\n".join(f"l{n}:" for n in range(100_000)),
    "unclosed string": 'db "' + "a" * 100_000,
    "unclosed macro": "macro x(\n" * 1000,
    "every directive": (
        "arch spc700 : exlorom : sa1rom : norom : freecode : autoclean JML $8000 : prot x : pushpc : pullpc : pullpc"
    ),
    "org everywhere": "".join(f"org ${bank:02X}8000\nNOP\n" for bank in range(256)),
    "print": 'print "' + "%" * 10_000 + '"',
    "for in for": "for i = 0..3000\n" * 3 + "NOP\n" + "endfor\n" * 3,
    "namespaces without end": "namespace nested on\n" + "namespace n\nx:\n" * 15_000,
    "long names": "A" * 50_000 + ":\n" + "".join(f".l{n}\n" for n in range(10_000)),
    "pushes without end": "pushns\npushbase\nwarnings push\n" * 6_000,
    "structs without end": "struct s 0\nendstruct\n" + "struct t extends s\nendstruct\n" * 5_000,
    "aligned to the moon": "check bankcross off\n" + "NOP : fill align $800000\n" * 100,
    "lines without end": "NOP : \\\n" * 20_000,
    "code in comments": ";@" * 90_000,
    "the assembler's version": "asar " + "9" * 5_000 + ".0",
    "every setting": (
        "asar 1.91 : optimize dp always : optimize address mirrors : dpbase $FF00 : bank noassume : "
        "check bankcross half : namespace nested on : namespace a : warnings push : math round off : @frob"
    ),
    "assembler crash by check": 'check title "X" : check bankcross off : org $00FFFF : dd 1,2,3',
    "harness vectors": "org $00FFEA : dw $8000",
    "harness bank": "org $7D8100 : RTS",
    "return pad": "org $00FFB0 : RTS",
}

CODE = {
    "endless branch": "- BRA -",
    "endless jump": "- JMP -",
    "endless jump, interrupts on": "CLI\n- JMP -",
    "endless recursion": "Again: JSR Again",
    "endless long recursion": "Again: JSL Again",
    "stack smashed with zeros": (
        "REP #$30 : LDX #$0000 : - STZ $0100,x : INX : INX : CPX #$0100 : BNE - : SEP #$30 : RTS"
    ),
    "stack pointer in ROM": "REP #$20 : LDA #$8000 : TCS : SEP #$20 : LDA #$2A : STA $0340 : RTS",
    "stack pointer on registers": "REP #$20 : LDA #$2100 : TCS : - PHA : BRA -",
    "stack pointer on DMA": "REP #$20 : LDA #$4380 : TCS : - PHA : BRA -",
    "stop": "STP",
    "wait": "WAI : BRA -3",
    "wdm": "WDM #$00 : WDM #$DB : RTS",
    "brk": "BRK #$00",
    "cop": "COP #$00",
    "falls off the end": "LDA #$2A : STA $0340",
    "return too far": "PLA : PLA : RTS",
    "return too much": "PEA $1234 : RTS",
    "return from interrupt": "RTI",
    "long return": "RTL",
    "jump into noise": "JML $7E8000",
    "jump into low memory": "JMP $0000",
    "jump into SRAM": "JML $700000",
    "jump into registers": "JMP $2100",
    "jump into CPU registers": "JMP $4200",
    "jump into DMA registers": "JMP $4300",
    "jump into open bus": "JML $600000",
    "jump into the reset vector": "JMP ($FFFC)",
    "jump into the harness": "JML $7D8000",
    "jump behind the harness's call": "JML $7D8180",
    "jump into the vectors": "JMP $FFE4",
    "jump through noise": "JML [$1000]",
    "writes everywhere": (
        "PHB : REP #$30 : LDA #$FFFF : LDX #$0000 : LDY #$0001 : MVN $7E,$7E : LDA #$FFFF : MVN $7F,$7F : "
        "SEP #$30 : PLB : RTS"
    ),
    "writes over SRAM and the result": (
        "REP #$30 : LDA #$5A5A : LDX #$0000 : - STA.l $710000,x : INX : INX : BPL - : SEP #$30 : RTS"
    ),
    "forges a result and stops": "\n".join(f"LDA #${n:02X} : STA.l $7100{n:02X}" for n in range(0x22)) + "\nSTP",
    "writes to ROM": (
        "REP #$30 : LDX #$0000 : - STA.l $008000,x : STA.l $7D8100,x : INX : INX : CPX #$7F00 : BNE - : SEP #$30 : RTS"
    ),
    "rewrites itself in WRAM": (
        "REP #$30 : LDX #$0000 : - LDA #$1A1A : STA.l $7E2000,x : INX : INX : CPX #$1000 : BNE - : "
        "LDA #$0080 : STA.l $7E3000 : JML $7E2000"
    ),
    "runs an endless loop out of WRAM": "REP #$20 : LDA #$FE80 : STA.l $7E9000 : JML $7E9000",
    "NMI on": "LDA #$80 : STA $4200 : - BRA -",
    "NMI on and back": "LDA #$80 : STA $4200 : LDA #$2A : STA $0340 : RTS",
    "IRQ storm": "LDA #$30 : STA $4200 : CLI : - BRA -",
    "IRQ at every dot": "LDA #$10 : STA $4200 : STZ $4207 : STZ $4208 : CLI : - BRA -",
    "emulation mode": "SEC : XCE : - BRA -",
    "emulation mode and back": "SEC : XCE : RTS",
    "emulation mode with IRQ": "SEC : XCE : LDA #$30 : STA $4200 : CLI : - BRA -",
    "S, D and DB gone": "REP #$30 : LDA #$1F80 : TCS : LDA #$FFFF : TCD : PEA $FFFF : PLB : PLB : RTS",
    "decimal mode left on": "SED : LDA #$2A : STA $0340 : RTS",
    "DMA of everything to VRAM": (
        "LDA #$FF : STA $4305 : STA $4306 : LDA #$18 : STA $4301 : LDA #$01 : STA $4300 : STA $420B : RTS"
    ),
    "DMA over WRAM": (
        "STZ $2181 : STZ $2182 : STZ $2183 : LDA #$80 : STA $4301 : STZ $4300 : STZ $4302 : LDA #$80 : "
        "STA $4303 : STZ $4304 : LDA #$FF : STA $4305 : STA $4306 : LDA #$01 : STA $420B : RTS"
    ),
    "DMA on all channels": "LDA #$FF : STA $420B : STA $420B : STA $420B : - STA $420B : BRA -",
    "DMA from the stack's page to registers": (
        "STZ $4300 : STZ $4301 : STZ $4302 : LDA #$01 : STA $4303 : STZ $4304 : LDA #$FF : STA $4305 : "
        "LDA #$01 : STA $420B : RTS"
    ),
    "HDMA on all channels": "LDA #$FF : STA $420C : LDA #$2A : STA $0340 : - BRA -",
    "screen on with every effect": (
        "LDA #$0F : STA $2100 : LDA #$07 : STA $2105 : LDA #$FF : STA $212C : STA $212D : STA $2130 : "
        "STA $2131 : STA $2133 : - BRA -"
    ),
    "interlace and overscan": "LDA #$0D : STA $2133 : - BRA -",
    "counter latch off": "STZ $4201 : LDA #$2A : STA $0340 : RTS",
    "FastROM on": "LDA #$01 : STA $420D : LDA #$2A : STA $0340 : RTS",
    "sound processor's port": "REP #$30 : LDX #$0000 : - STX $2140 : STX $2142 : INX : BNE - : SEP #$30 : RTS",
    "joypad strobe": "- LDA #$01 : STA $4016 : STZ $4016 : LDA $4016 : BRA -",
    "block move without end": "REP #$30 : LDA #$FFFF : - MVN $7E,$7E : BRA -",
    "reads with side effects": "REP #$30 : LDX #$0000 : - LDA $2100,x : LDA $4200,x : INX : BNE - : SEP #$30 : RTS",
    "writes to every register": (
        "REP #$30 : LDX #$0000 : - LDA #$FFFF : STA $2100,x : INX : CPX #$0100 : BNE - : LDX #$0000 : "
        "- STA $4200,x : INX : CPX #$0200 : BNE - : SEP #$30 : RTS"
    ),
}

# Reads what hardware and memory show: leftovers of another run would be seen here.
OBSERVE = """
    REP #$10
    LDX #$0000
  - LDA $2134,x : STA $1000,x : INX : CPX #$0010 : BNE -
    LDX #$0000
  - LDA $4210,x : STA $1010,x : INX : CPX #$0010 : BNE -
    LDX #$0000
  - LDA $4300,x : STA $1020,x : INX : CPX #$0080 : BNE -
    LDX #$0000
  - LDA $2139 : STA $1100,x : LDA $213A : STA $1101,x : LDA $2138 : STA $1102,x : LDA $213B : STA $1103,x
    LDA $2180 : STA $1104,x : LDA $2140 : STA $1105,x : LDA $4016 : STA $1106,x
    INX : INX : INX : INX : INX : INX : INX : CPX #$00E0 : BCC -
    SEP #$10
    RTS
"""


@pytest.fixture(scope="module")
def clean(console: Console) -> Execution:
    """What a console shows before any hostile routine has run on it."""
    return observe(console)


def observe(console: Console) -> Execution:
    watch = [
        Span(address=0x7E0000, length=0x20000),
        Span(address=0x700000, length=0x8000),
        Span(address=0x008000, length=0x1000),
    ]
    blocks = assemble(OBSERVE).blocks
    return console.call_many(blocks, [Start(watch=watch)])[0]


@pytest.mark.parametrize("name", [*TEXTS, *CODE])
def test_a_hostile_answer_gets_a_verdict_and_the_next_answer_notices_nothing(name: str) -> None:
    text = (TEXTS | CODE)[name]
    started = time.monotonic()
    verdict = check(text, CONTRACT)
    assert time.monotonic() - started < BOUND_SECONDS
    assert isinstance(verdict, Verdict)
    assert verdict.passes == (not verdict.reasons)
    assert all(len(reason) < 1000 for reason in verdict.reasons)
    assert verdict.assembles or name in TEXTS, verdict.reasons
    assert "root:" not in "".join(verdict.reasons)
    assert check(GOOD, CONTRACT) == GOOD_VERDICT


@pytest.mark.parametrize("name", CODE)
def test_a_hostile_routine_leaves_no_trace_on_its_console(name: str, console: Console, clean: Execution) -> None:
    run = console.call(assemble(CODE[name]).blocks, budget=400_000)
    assert isinstance(run.ended, Ending) and run.ended not in (Ending.CRASHED, Ending.HUNG)
    assert observe(console) == clean


ENDS = {
    "endless jump, interrupts on": Ending.BUDGET,
    "endless recursion": Ending.BUDGET,
    "stop": Ending.STP,
    "wait": Ending.WAI,
    "brk": Ending.BRK,
    "cop": Ending.COP,
    "wdm": Ending.RETURNED,
    "falls off the end": Ending.RAN_AWAY,
    "NMI on": Ending.BUDGET,
    "NMI on and back": Ending.RETURNED,
    "IRQ storm": Ending.BUDGET,
    "emulation mode": Ending.BUDGET,
    "emulation mode and back": Ending.RETURNED,
    "writes over SRAM and the result": Ending.RETURNED,
    "forges a result and stops": Ending.STP,
    "writes to ROM": Ending.RETURNED,
    "counter latch off": Ending.RETURNED,
    "FastROM on": Ending.RETURNED,
    "HDMA on all channels": Ending.BUDGET,
    "runs an endless loop out of WRAM": Ending.BUDGET,
}


@pytest.mark.parametrize("name", ENDS)
def test_the_ending_is_the_right_one(name: str, console: Console) -> None:
    assert console.call(assemble(CODE[name]).blocks, budget=4_000_000).ended is ENDS[name]


def test_the_harness_measures_on_after_the_routine_has_touched_what_it_measures_with(console: Console) -> None:
    latch_off = console.call(assemble(CODE["counter latch off"]).blocks)
    assert latch_off.cycles == (3 * 8 + 6) + 16 + 32 + 42
    flipped = console.call(assemble("LDA $213C : LDA $213D : RTS").blocks)
    assert flipped.cycles == 2 * (3 * 8 + 6) + 42


def test_a_result_written_by_hand_is_overwritten_by_the_true_one(console: Console) -> None:
    run = console.call(assemble(CODE["writes over SRAM and the result"]).blocks, {"y": 0x77}, budget=4_000_000)
    assert (run.ended, run.registers["y"], run.registers["a"]) == (Ending.RETURNED, 0x77, 0x5A5A)
    seen = {span.address for span in run.stray_writes}
    assert {0x710000, cartridge.RESULT + _core.RESULT_SIZE} & seen


def test_a_result_written_elsewhere_proves_nothing(console: Console) -> None:
    """What an answer could learn in one process is of no use in the next: each has places and tokens of its own."""
    draw = "from oracle_lib.verify import cartridge as c; print(c.INPUTS, c.RESULT, *c._PLACES.values())"
    drawn = [subprocess.run([sys.executable, "-c", draw], capture_output=True, check=True).stdout for _ in range(2)]
    assert drawn[0] != drawn[1]
    forged = "".join(f"LDA.l ${cartridge.INPUTS + 22:06X} : STA.l ${cartridge.RESULT + gap:06X} : " for gap in (30, 34))
    assert console.call(assemble(f"REP #$20 : {forged} - BRA -").blocks).ended is Ending.BUDGET


def test_what_a_routine_finds_on_its_stack_is_the_same_in_every_process(console: Console) -> None:
    """Datasets hold what broken routines did, and must be the same whenever they are made."""
    run = console.call(assemble("PLA : PLX : PLY : PHY : PHX : PHA : RTL").blocks, returns="rtl")
    assert (run.ended, run.registers["a"] & 0xFF, run.registers["x"], run.registers["y"]) == (
        Ending.RETURNED,
        *(0xEF, 0x80, 0x7D),
    )


def test_noise_does_not_tell_the_number_of_a_case(console: Console) -> None:
    whatever = assemble("LDA $1234 : LDX $1235 : RTS").blocks
    runs = [console.call(whatever, memory={0x7E0340: bytes([value])}).registers for value in range(8)]
    assert len({(run["a"], run["x"]) for run in runs}) == 8
