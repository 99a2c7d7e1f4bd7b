"""What a caller expects back: registers, flags and hardware that a routine leaves changed are seen and named, and the
usual ways of giving them back pass."""

import pytest

from oracle_lib.verify import AsmCase, AsmContract, Console, ConsoleError, Ending, Span, Start, check, hardware
from oracle_lib.verify.contract import CallerState

STORE = AsmContract(
    writes=(Span(address=0x7E0012, length=1),),
    cases=tuple(AsmCase(memory={0x7E0010: b"\x81"}, expect_memory={0x7E0012: b"\x05"}) for _ in range(4)),
)
ONE_CASE = STORE.model_copy(update={"cases": STORE.cases[:1]})


def reasons(body: str, contract: AsmContract = STORE) -> tuple[str, ...]:
    """What is said against storing 5 in $12 and then running `body`."""
    return check(f"LDA #$05 : STA $12 : {body} : RTS", contract).reasons


def writing(*registers: int, **changes: object) -> AsmContract:
    """The contract with these hardware registers to write to."""
    spans = (*STORE.writes, *(Span(address=register, length=1) for register in registers))
    return AsmContract.model_validate(STORE.model_dump() | {"writes": spans} | changes)


BROKEN: list[tuple[CallerState, str, str]] = [
    ("d_flag", "SED", "it returns with flag d set"),
    ("i_flag", "CLI", "it returns with flag i clear"),
    ("i_flag", "SEI", "it returns with flag i set"),
    ("m_flag", "REP #$20", "it returns with flag m clear"),
    ("x_flag", "REP #$10", "it returns with flag x clear"),
    ("d", "PEA $1F00 : PLD", "D is $1F00, expected $0000"),
    ("db", "LDA #$7E : PHA : PLB", "DB is $7E, expected $00"),
    ("db", "PHK : PLB", "DB is $00, expected $80"),
]


@pytest.mark.parametrize(("state", "body", "reason"), BROKEN)
def test_what_a_routine_does_to_its_callers_registers_and_flags_is_named_unless_it_may(
    state: CallerState, body: str, reason: str
) -> None:
    for contract in (STORE, ONE_CASE):
        assert reasons(body, contract)[0].endswith(reason)
        assert reasons(body, contract.model_copy(update={"changes": ("a", state)})) == ()


def test_widths_are_the_callers_in_16_bits_too() -> None:
    wide = AsmContract(m=16, x=16, writes=STORE.writes, cases=STORE.cases)
    for body, flag in (("SEP #$20", "m"), ("SEP #$10", "x")):
        verdict = check(f"SEP #$20 : LDA #$05 : STA $12 : REP #$20 : {body} : RTS", wide)
        assert verdict.reasons == (f"case 0: it returns with flag {flag} set",)


def test_a_right_value_stored_in_the_wrong_width_fails_by_the_width_left() -> None:
    cleared = AsmContract(
        writes=(Span(address=0x7E0200, length=2),), cases=(AsmCase(expect_memory={0x7E0200: b"\0\0"}),)
    )
    assert check("REP #$20 : STZ $0200 : RTS", cleared).reasons == ("case 0: it returns with flag m clear",)
    assert check("REP #$20 : STZ $0200 : SEP #$20 : RTS", cleared).passes


def test_a_case_that_expects_a_value_overrides_the_callers() -> None:
    asked = AsmCase(expect_registers={"db": 0x7E}, expect_flags={"d": True, "i": True})
    contract = AsmContract(cases=(asked,))
    assert check("LDA #$7E : PHA : PLB : SED : SEI : RTS", contract).passes
    assert check("SEI : RTS", contract).reasons == (
        "case 0: DB is $00, expected $7E",
        "case 0: flag d is clear, expected set",
    )


def test_a_case_that_names_its_start_has_it() -> None:
    given = AsmCase(registers={"d": 0x0300, "db": 0x7F}, flags={"d": True, "i": False})
    contract = AsmContract(cases=(given,) * 3)
    assert check("RTS", contract).passes
    assert check("CLI : RTS", contract).passes
    assert "flag d clear" in check("CLD : RTS", contract).reasons[0]
    assert "DB is $00, expected $7F" in check("PHK : PLB : RTS", contract).reasons[0]
    assert "D is $0000, expected $0300" in check("PEA $0000 : PLD : RTS", contract).reasons[0]


@pytest.mark.parametrize(
    "body",
    [
        "PHP : SEI : SED : REP #$38 : PLP",
        "PHP : SEI : CLI : PLP",
        "PHB : PHK : PLB : PLB",
        "PHB : LDA #$7E : PHA : PLB : PLB",
        "PHD : PEA $2100 : PLD : PLD",
        "PHX : LDX #$00 : REP #$30 : LDA #$1234 : LDX #$5678 : SEP #$30 : PLX",
        "SED : CLD",
        "REP #$30 : PHA : PHX : PHY : PLY : PLX : PLA : SEP #$30",
        "STZ $4200 : LDA #$81 : STA $4200",
        "STZ $4200 : LDA $10 : STA $4200",
        "LDA #$80 : STA $2100 : LDA #$0F : STA $2100",
        "LDA #$0C : STA $4202 : LDA #$0D : STA $4203 : NOP #4 : LDA $4216",
        "LDA #$03 : STA $211B : STZ $211B : STA $211C : LDA $2134",
        "LDX #$0A : - STZ $4300,x : DEX : BPL -",
        "STZ $2181 : STZ $2182 : STZ $2183",
        "LDA #$80 : STA $2115 : STZ $2116 : STZ $2117 : STZ $2121 : STZ $2102 : STZ $2103",
        "LDA $4210 : LDA $4211 : LDA $4212 : LDA $2137 : LDA $213C : LDA $213F : LDA $2139",
        "LDA #$01 : STA $4016 : STZ $4016 : LDA $4016 : LDA $4218",
        "LDA #$1F : STA $2140",
    ],
)
def test_usual_ways_of_giving_back_and_of_using_what_belongs_to_nobody_pass(body: str) -> None:
    assert reasons(body) == ()


HARDWARE = [
    *((f"STZ ${register:04X}", register) for register in (0x4200, 0x4207, 0x4208, 0x4209, 0x420A)),
    *((f"STZ ${register:04X}", register) for register in (0x2100, 0x2101, *range(0x2105, 0x210D), 0x211A)),
    *((f"STZ ${register:04X} : STZ ${register:04X}", register) for register in range(0x210D, 0x2115)),
    *((f"STZ ${register:04X} : STZ ${register:04X}", register) for register in range(0x211D, 0x2121)),
    *((f"STZ ${register:04X}", register) for register in range(0x2123, 0x2132)),
    ("LDA #$E0 : STA $2132", 0x2132),
    ("LDA #$04 : STA $2133", 0x2133),
    ("STZ $4300 : LDA #$01 : STA $420C", 0x420C),
    ("LDA #$01 : STA $420D", 0x420D),
    ("LDA #$01 : STA $4200", 0x4200),
    ("LDA #$80 : STA $4200", 0x4200),
    ("LDA #$8F : STA $2100", 0x2100),
    ("LDX #$00 : LDA #$09 : STA.l $802105,x", 0x2105),
]


@pytest.mark.parametrize(("body", "register"), HARDWARE)
def test_a_hardware_register_left_changed_is_named_unless_it_may_be(body: str, register: int) -> None:
    assert f"case 0: it leaves ${register:04X} changed" in reasons(body)
    assert reasons(body, writing(register)) == ()
    assert reasons(body, writing(register | 0x800000)) == ()
    assert reasons(body, writing(register | 0x7E0000)) != ()
    assert reasons(body, writing(register - 1, register + 1)) != ()


PPU_MEMORY = [
    ("STZ $2118", 0x2118, "VRAM"),
    ("STZ $2119", 0x2119, "VRAM"),
    ("STZ $2102 : STZ $2104 : STZ $2104", 0x2104, "OAM"),
    ("STZ $2121 : STZ $2122 : STZ $2122", 0x2122, "CGRAM"),
]


@pytest.mark.parametrize(("body", "port", "name"), PPU_MEMORY)
def test_a_stray_write_to_the_memory_of_the_ppu_is_seen(body: str, port: int, name: str) -> None:
    assert reasons(body) == (f"case 0: it changes {name}, where it may not write",)
    assert reasons(body, writing(port)) == ()


@pytest.mark.parametrize("way", ["STZ $2180", "LDA #$01 : STA $2180"])
def test_the_wram_port_is_no_way_around(way: str) -> None:
    body = f"STZ $2181 : LDA #$90 : STA $2182 : STZ $2183 : {way}"
    contract = writing(0x2180)
    assert reasons(body, contract) == ("case 0: it changes a byte at $7E9000, where it may not write",)


def test_registers_are_compared_however_long_the_routine_takes_and_whatever_came_in_between(console: Console) -> None:
    """Loops that end in each of some frames, with interrupts, HDMA and a transfer on the way."""
    before = ("", "78 9C 00 42", "58", "A9 81 8D 00 42", "9C 00 43 A9 01 8D 0C 42")
    after = ("", "A9 81 8D 00 42", "", "", "9C 0C 42")
    for turns in (1, 7, 500, 5_000, 12_000, 23_000, 60_000):
        wait = b"\xc2\x10\xa2" + turns.to_bytes(2, "little") + bytes.fromhex("CA D0 FD E2 10")  # ldx; dex; bne
        for first, last in zip(before, after, strict=True):
            run = console.call(bytes.fromhex(first) + wait + bytes.fromhex(last) + b"\x60", budget=4_000_000)
            assert (run.ended, run.stray_registers) == (Ending.RETURNED, ())
            run = console.call(wait + bytes.fromhex("A9 01 8D 00 42 8D 0D 42 60"), budget=4_000_000)
            assert run.stray_registers == (0x4200, 0x420D)


def test_hardware_that_a_case_changed_is_as_before_in_the_next(console: Console) -> None:
    changes = bytes.fromhex("AD 00 10 F0 0C 8D 05 21 8D 18 21 8D 09 42 8D 22 21 60")  # unless $1000 is 0
    starts = [Start(memory={0x7E1000: bytes([value])}) for value in (1, 0, 1, 0)]
    seen = [run.stray_registers for run in console.call_many(changes, starts)]
    assert seen[0] == seen[2] != ()
    assert seen[1] == seen[3] == ()


def test_a_core_that_does_not_show_a_register_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """The APU's ports go to another processor, so this core, like a stranger, shows nothing of them."""
    known = hardware.probes()
    unseen = {0x2140: [hardware.Probe(bytes.fromhex("AD 00 C0 8D 40 21 60"), value) for value in (0x00, 0x00)]}
    monkeypatch.setattr(hardware, "probes", lambda: known._replace(changes=known.changes | unseen))
    with Console() as console, pytest.raises(ConsoleError, match=r"cannot be used \(nothing .* what \$2140 holds\)"):
        console.call(b"\x60")


ADD_FIVE = AsmContract(
    writes=(Span(address=0x7E0340, length=1),),
    cases=(AsmCase(memory={0x7E0340: b"\x05"}, expect_memory={0x7E0340: b"\x0a"}),),
)


def test_the_result_flags_come_in_both_states_even_to_a_lone_case() -> None:
    assert check("LDA $0340 : CLC : ADC #$05 : STA $0340 : RTS", ADD_FIVE).passes
    assert not check("LDA $0340 : ADC #$05 : STA $0340 : RTS", ADD_FIVE).passes
    for branch in ("BEQ", "BNE", "BMI", "BPL", "BVS", "BVC", "BCS", "BCC"):
        assert not check(f"{branch} + : LDA $0340 : CLC : ADC #$05 : STA $0340 : + RTS", ADD_FIVE).passes


@pytest.mark.parametrize(("store", "passes"), [("$0100", False), ("$017F", False), ("$0180", True), ("$01F0", False)])
def test_a_page_of_variables_below_the_stack_is_not_the_routines(store: str, passes: bool) -> None:
    contract = AsmContract(cases=(AsmCase(memory={0x7E01F0: b"\x05"}),))
    assert check(f"LDA #$A5 : STA {store} : RTS", contract).passes is passes


def test_the_wram_port_points_nowhere_that_a_routine_may_rely_on() -> None:
    contract = AsmContract(
        writes=(Span(address=0x7E9000, length=1),),
        cases=tuple(AsmCase(memory={0x7E9000: bytes([n])}, expect_memory={0x7E9000: b"\x2a"}) for n in range(8)),
    )
    whole = "STZ $2181 : LDA #$90 : STA $2182 : STZ $2183 : LDA #$2A : STA $2180 : RTS"
    assert check(whole, contract).passes
    for missing in ("STZ $2181 : ", "LDA #$90 : STA $2182 : ", "STZ $2183 : "):
        assert not check(whole.replace(missing, ""), contract).passes
