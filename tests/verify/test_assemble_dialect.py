"""What an assembly says beside its bytes, which the rows of asar_golden.jsonl hold: blocks, labels, a listing."""

from oracle_lib.verify.assembler import Assembly, assemble


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


def test_the_listing_names_every_instruction_and_its_place() -> None:
    assembly = assemble("  NOP : LDA.w $12,X\ndb 1\n  RTS", backend="own")
    assert [
        (line.address, line.code, line.mnemonic, line.mode, line.line, line.column) for line in assembly.listing
    ] == [
        (0x8000, b"\xea", "NOP", "", 1, 3),
        (0x8001, b"\xbd\x12\x00", "LDA", "address,x", 1, 9),
        (0x8005, b"\x60", "RTS", "", 2 + 1, 3),
    ]


def test_equal_input_gives_equal_results() -> None:
    text = "Main:\n LDA sword : BNE +\n JSL Near\n+ RTL"

    def once() -> Assembly:
        return assemble(text, {"sword": 0x7EF359, "Near": 0x008123}, backend="own")

    assert once() == once()


def test_the_expansion_is_what_macros_defines_and_conditionals_leave_and_assembles_to_the_same_code() -> None:
    text = """\
!Add = "CLC : ADC"
macro put(what, often)
    LDA.b #<what>
    if <often> == 2
        STA.w $0D00
    endif
    STA.w $0D01
endmacro
macro both()
    %put($12, 1) : NOP
endmacro
Main:
.here %both()
    !Add.b #$01 : BCC +
    %put(3, 2)
+
    !Turn #= 0
    while !Turn < 2
    db !Turn
    !Turn #= !Turn+1
    endwhile
"""
    found = assemble(text, expand=True, backend="own")
    assert [(one.line, one.text) for one in found.expansion] == [
        (12, "Main:"),
        (13, ".here"),
        (13, "LDA.b #$12"),
        (13, "STA.w $0D01"),
        (13, "NOP"),
        (14, "CLC"),
        (14, "ADC.b #$01"),
        (14, "BCC +"),
        (15, "LDA.b #3"),
        (15, "STA.w $0D00"),
        (15, "STA.w $0D01"),
        (16, "+"),
        (19, "db 0"),
        (19, "db 1"),
    ]
    again = assemble("\n".join(one.text for one in found.expansion), backend="own")
    assert found.ok and again.code == found.code and assemble(text, backend="own").expansion == ()
