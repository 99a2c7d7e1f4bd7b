"""The dialect of asar, one small source after another with the bytes that its rules give, worked out by hand."""

import pytest

from oracle_lib.verify.assembler import Assembly, assemble

SYMBOLS = {"Near": 0x008123, "sword": 0x7EF359, "low": 0x000012}


def code(text: str, **options: object) -> str:
    assembly = assemble(text, SYMBOLS, backend="own", **options)  # type: ignore[arg-type]
    assert assembly.ok, assembly.diagnostics
    return assembly.code.hex(" ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The digits written decide a number's width, decimals count by value, labels by their bank.
        ("LDA #$00 : LDA #$0000", "a9 00 a9 00 00"),
        ("LDA #255 : LDA #256", "a9 ff a9 00 01"),
        ("LDA $12 : LDA $0012 : LDA $012 : LDA $7E0012", "a5 12 ad 12 00 ad 12 00 af 12 00 7e"),
        ("LDA %00000001 : LDA %000000001", "a5 01 ad 01 00"),
        ("LDA #'a' : LDA #-1 : LDA #~0", "a9 61 a9 ff a9 ff"),
        ("LDA Near : LDA sword : LDA sword,X", "ad 23 81 af 59 f3 7e bf 59 f3 7e"),
        ("LDA #sword : LDA #sword>>16 : LDA #<:sword", "a9 59 f3 a9 7e a9 7e 00"),
        ("LDA.b sword : LDA.w sword : LDA.l low", "a5 59 ad 59 f3 af 12 00 00"),
        ("JSL Near : JML $12 : JSR Near : JMP Near", "22 23 81 00 5c 12 00 00 20 23 81 4c 23 81"),
        # Where a form is missing the next wider one is taken; `address,y` has no narrow form but for X.
        ("LDA $12,Y : LDX $12,Y : STZ $12,X : PEA $12", "b9 12 00 b6 12 74 12 f4 12 00"),
        # A move's banks come out in the order written.
        ("MVN $7E,$7F : MVP $01,$02", "54 7e 7f 44 01 02"),
        ("BRK : BRK #$12 : COP #$34 : WDM #$56", "00 00 00 12 02 34 42 56"),
        ("ASL : ASL A : INC : DEC A : NOP #3", "0a 0a 1a 3a ea ea ea"),
        # A branch to a number takes it as the distance.
        ("BRA $10 : PER $1234", "80 10 62 34 12"),
        ("here: BRA here : PER here : BRL here", "80 fe 62 fb ff 82 f8 ff"),
        # Sublabels belong to the last label, `+` and `-` to their count of signs.
        ("A1:\n.x\n..y\nB1:\n.x\ndw .x, A1_x, A1_x_y, B1_x", "00 80 00 80 00 80 00 80"),
        ("-\nBEQ +\nBRA -\n+\nBRA -", "f0 02 80 fc 80 fa"),
        ("BRA ++ : + : NOP : ++ : RTS", "80 01 ea 60"),
        ("#Data: dw Data\nMain:\n#Other:\n.sub\ndw Main_sub", "00 80 02 80"),
        # Defines are text: put in late, joined, computed; they also name instructions.
        ("!x = $10\nLDA !x : LDA !x+1", "a5 10 a5 11"),
        ("!x = 1\n!y := !x\n!x = 2\n!x += 3\n!z #= !x*2\n!y ?= 9\n!w ?= 9\ndb !x,!y,!z,!w", "17 01 2e 09"),
        ("!a = 1\n!b1 = 7\ndb !{b!{a}}", "07"),
        ("!load = LDA.b\n!two = \"NOP : NOP\"\n!load #1 : !two", "a9 01 ea ea"),
        # Macros: parameters, labels of their own, any number of arguments.
        ("macro put(a,b)\nLDA #<a>\nSTA <b>\nendmacro\n%put($01, $02)", "a9 01 85 02"),
        ("macro wait()\n?loop: BRA ?loop\n?- : BRA ?-\nendmacro\n%wait()\n%wait()", "80 fe 80 fe 80 fe 80 fe"),
        ('macro text(t)\ndb "<t>"\nendmacro\n%text("a b")', "61 20 62"),
        (
            "macro all(...)\n!i = 0\nwhile !i < sizeof(...)\ndb <...[!i]>\n!i #= !i+1\nendwhile\nendmacro\n%all(1,2,3)",
            "01 02 03",
        ),
        # Conditionals and loops, on one line and over several.
        ("if 1 == 1\ndb 1\nelseif 1\ndb 2\nelse\ndb 3\nendif", "01"),
        ("if 0 : db 1 : else : db 2 : endif", "02"),
        # A condition that fails skips the rest of its line, even behind the `endif`.
        ("if 0 : db 1 : endif : db 2\ndb 3", "03"),
        ("if 0 : if 1 : db 1 : endif : db 2\ndb 3", "03"),
        ("if 2 > 1 && 3 != 3\ndb 1\nelse\ndb 2\nendif", "02"),
        ("!n = 3\nwhile !n > 0\ndb !n\n!n #= !n-1\nendwhile", "03 02 01"),
        ("rep 3 : db 7", "07 07 07"),
        ('if defined("nope")\ndb 1\nelse\ndb 2\nendif', "02"),
        # Data.
        ("db 1,$FF,'a',\"Hi\" : dw $1234,Near : dl sword", "01 ff 61 48 69 34 12 23 81 59 f3 7e"),
        ("dd $12345678,-2", "78 56 34 12 fe ff ff ff"),
        ('\'H\' = $81\n\'i\' = $82\ndb "Hi","x"\ncleartable\ndb "H"', "81 82 78 48"),
        ("db 1,\n2,\n3", "01 02 03"),
        ("fillbyte $EE : fill 3\nfillword $1234 : fill 3", "ee ee ee 34 12 34"),
        ("padbyte $FF\ndb 1\npad $008004\ndb 2", "01 ff ff ff 02"),
        # asar 1 goes from left to right, rounding down at every step, unless told otherwise.
        ("db 2+3*4,(2+3)*4,10/4*4", "14 14 08"),
        ("math pri on\ndb 2+3*4,1|2+1", "0e 03"),
        ("math round off\ndb 10/4*4", "0a"),
        ("db -2+3,~1&$FF,2**3,7%4,1<<4,$100>>4,5^1", "01 fe 08 03 10 10 04"),
        ("function twice(a) = a*2\nfunction sum(a,b) = twice(a)+b\ndb sum(3,4),max(1,2),clamp(9,0,5)", "0a 02 05"),
        # Namespaces, structs, positions.
        ("namespace one\nx: namespace off\ndw one_x", "00 80"),
        ("struct Link $7E0020\n.y: skip 2\n.x: skip 2\nendstruct\nLDA.b Link.x : db sizeof(Link)", "a5 22 04"),
        ("struct Link $7E0020\n.y: skip 2\nendstruct align 4\ndw Link[2].y", "28 00"),
        ("hirom\norg $C10000\nx: LDA x", "ad 00 00"),
        ("base $7E8000\nx: dw x : base off : dw pc()", "00 80 02 80"),
        ("org $018000\nx: LDA x\norg $028000\nLDA x", "ad 00 80 af 00 80 01"),
        # Layout of the text.
        ("  LDA   #$01   :   STA $10   ; a comment : NOP", "a9 01 85 10"),
        ("{\nNOP\n}\n", "ea"),
        ("dw pc(),pc()", "00 80 02 80"),
        ("lda #1\nLdA.B #2", "a9 01 a9 02"),
    ],
)  # fmt: skip
def test_source_gives_these_bytes(text: str, expected: str) -> None:
    assert code(text) == expected


def test_blocks_follow_org_and_pushpc() -> None:
    assembly = assemble("NOP\npushpc\norg $0E8000\nRTS\npullpc\nRTL", origin=0x02A000, backend="own")
    assert assembly.blocks == ((0x02A000, b"\xea"), (0x0E8000, b"\x60"), (0x02A001, b"\x6b"))
    assert assembly.code == b"\xea\x60\x6b"


def test_labels_have_their_full_names_and_no_private_ones() -> None:
    assembly = assemble("Main:\n.loop\n- : BRA -\nvalue = $7E1234", origin=0x07F000, backend="own")
    assert assembly.labels == {"Main": 0x07F000, "Main_loop": 0x07F000, "value": 0x7E1234}


def test_a_routine_may_live_in_work_ram() -> None:
    assembly = assemble("x: JMP x", origin=0x7E2000, backend="own")
    assert assembly.blocks == ((0x7E2000, b"\x4c\x00\x20"),)


def test_a_label_in_the_text_hides_the_symbol_of_the_caller() -> None:
    assembly = assemble("LDA here\nhere: RTS", {"here": 0x7E0000}, backend="own")
    assert assembly.code.hex(" ") == "ad 03 80 60"


def test_forward_labels_settle_wherever_they_are() -> None:
    text = "LDA far\nBRA end\norg $018000\nfar: db 1\norg $008010\nend: RTS"
    assert code(text) == "af 00 80 01 80 0a 01 60"


def test_the_listing_names_every_instruction_and_its_place() -> None:
    assembly = assemble("  NOP : LDA.w $12,X\ndb 1\n  RTS", backend="own")
    assert [
        (line.address, line.code, line.mnemonic, line.mode, line.line, line.column) for line in assembly.listing
    ] == [
        (0x8000, b"\xea", "NOP", "", 1, 3),
        (0x8001, b"\xbd\x12\x00", "LDA", "address,x", 1, 9),
        (0x8005, b"\x60", "RTS", "", 2 + 1, 3),
    ]


def test_the_caller_may_set_defines() -> None:
    assert code("db !room", defines={"room": "$45"}) == "45"


def test_equal_input_gives_equal_results() -> None:
    text = "Main:\n LDA sword : BNE +\n JSL Near\n+ RTL"

    def once() -> Assembly:
        return assemble(text, SYMBOLS, backend="own")

    assert once() == once()
