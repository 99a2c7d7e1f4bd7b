"""The graph knows what its sources define and who uses what, calls unknown only what it can judge, and says what could
be meant instead.
"""

import pickle
import random
import sqlite3
from pathlib import Path

import pytest

from oracle_lib import OracleError
from oracle_lib.items import Item, ItemKind
from oracle_lib.quality import Knowledge
from oracle_lib.quality.knowledge.places import memories, registers
from oracle_lib.quality.text import Reading
from oracle_lib.sample import Domain, Sample, Source, Task, Teacher, Verification, sample_id

API = """\
namespace editor {
class Base { public: int Size() const; };
class Image : public Base {
 public:
  Result Read(int offset, int bank = 0);
  static Image Load(const char* path);
  std::function<void()> on_change_;
};
enum class Mode { kFast };
}
#define CHECK_OK(what) what
"""


def item(kind: ItemKind, text: str, symbol: str = "", **more: object) -> Item:
    cpp = kind in ("function", "class", "method") or "namespace" in text
    place = {"path": "image.h" if cpp else "lamps.asm", "line": more.pop("line", 1)}
    source = Source(corpus="api" if cpp else str(more.pop("corpus", "game")), symbol=symbol, **place)
    domain = more.pop("domain", Domain.YAZE if cpp else Domain.ASM)
    return Item(source=source, domain=domain, kind=kind, text=text, **more)


def asm_items() -> list[Item]:
    light = "LightLamp:\n  LDA.w SCREEN\n  STA.b $1A\n  INC.w $0440\n  JSL CountLamps\n.done\n  RTL"
    count = "CountLamps:\n  LDA.l $7EF36E\n  STA.l Oil,X\n  RTL"
    hook = "org $8A8012\n  JSL MoreLamps"
    return [
        item("definitions", "SCREEN = $002100 ; brightness\n!Most = $20", symbols={"SCREEN": 0x2100, "!Most": 0x20}),
        item("routine", light, "LightLamp", address=0x0A8010, line=5, comment="Lights one lamp. And no more."),
        item("routine", count, "CountLamps", address=0x0A8030, line=20, symbols={"Oil": 0x7F0010}),
        item("table", "Colours:\n  db $01", "Colours", address=0x0A8050, line=30),
        item("hook", hook, "MoreHook", address=0x8A8012, corpus="hack", domain=Domain.ORACLE),
    ]


def cpp_items() -> list[Item]:
    paint = "void Paint() {\n  Image image;\n  image.Read(1);\n  canvas->Flip();\n}"
    return [
        item("definitions", API),
        item("function", paint, "editor::Paint", line=20, calls=("Read", "Flip")),
    ]


@pytest.fixture
def graph(tmp_path: Path) -> Knowledge:
    return Knowledge.build([*asm_items(), *cpp_items()], tmp_path / "graph.sqlite")


def sample(output: str, domain: Domain = Domain.ASM, instruction: str = "Do it.") -> Sample:
    return Sample(
        sample_id=sample_id(domain, instruction, "", output),
        domain=domain,
        task=Task.WRITE,
        instruction=instruction,
        output=output,
        source=Source(corpus="tasks"),
        teacher=Teacher(name="offline", model="tasks", request_key="0"),
        group="g",
    )


def share(knowledge: Knowledge, code: str, **more: object) -> tuple[float, tuple[str, ...]]:
    language = "cpp" if more.get("domain") is Domain.YAZE else "asm"
    one = sample(f"```{language}\n{code}\n```", **more)  # type: ignore[arg-type]
    return knowledge.known_share(one, Reading.of(one))


def test_a_symbol_says_where_it_is_defined_and_what_its_author_says(graph: Knowledge) -> None:
    [found] = graph.symbol("LightLamp")
    assert (found.kind, found.address, found.corpus, found.line) == ("routine", 0x0A8010, "game", 5)
    assert found.said == "Lights one lamp."
    assert [one.said for one in graph.symbol("SCREEN")] == ["brightness"]
    assert [one.name for one in graph.symbol("Image")] == ["editor::Image"]
    assert graph.symbol("LightLam") == ()


def test_it_knows_who_calls_reads_writes_and_hooks_what(graph: Knowledge) -> None:
    assert [one.used for one in graph.calls("LightLamp")] == ["CountLamps"]
    assert [one.user for one in graph.callers("CountLamps")] == ["LightLamp"]
    assert {one.used for one in graph.reads("LightLamp")} == {"SCREEN", "$7E0440"}
    assert {one.used for one in graph.writes("LightLamp")} == {"$7E001A", "$7E0440"}
    assert [(one.user, one.address) for one in graph.writes("Oil")] == [("CountLamps", 0x7F0010)]
    assert [(one.user, one.used) for one in graph.hooks("LightLamp")] == [("MoreHook", "LightLamp")]
    assert {str(one) for one in graph.neighbourhood("CountLamps")} == {
        "LightLamp calls CountLamps", "CountLamps reads $7EF36E", "CountLamps writes Oil"
    }  # fmt: skip


def test_a_hook_at_a_place_that_is_no_plain_address_is_a_name_like_any_other(tmp_path: Path) -> None:
    hook = item("hook", "org $0A8012+2\n  JSL MoreLamps", "$0A8012+2")
    graph = Knowledge.build([hook], tmp_path / "graph.sqlite")
    assert [str(one) for one in graph.neighbourhood("$0A8012+2")] == ["$0A8012+2 calls MoreLamps"]


def test_a_call_of_cpp_is_of_the_one_function_that_it_fits_or_else_of_its_name(graph: Knowledge) -> None:
    assert [one.used for one in graph.calls("Paint")] == ["Flip", "editor::Image::Read"]


@pytest.mark.parametrize(
    ("address", "region", "shared"),
    [
        (0x001A, "WRAM", 0x7E001A),
        (0x80001A, "WRAM", 0x7E001A),
        (0x7E001A, "WRAM", 0x7E001A),
        (0x402000, "nothing", 0x402000),
        (0x802100, "register", 0x2100),
        (0x3F437A, "register", 0x437A),
        (0x8A8010, "ROM", 0x0A8010),
        (0xF00010, "SRAM", 0x700010),
        (0xFE8000, "ROM", 0xFE8000),
        (0x002000, "nothing", 0x2000),
        (0x005000, "nothing", 0x5000),
        (0x3F7FFF, "nothing", 0x7FFF),
    ],
)
def test_mirrors_name_one_place(address: int, region: str, shared: int) -> None:
    found = Knowledge.facts().place(address)
    assert (found.region, found.address) == (region, shared)


def test_facts_say_what_is_at_a_place_and_from_where_that_is_known(graph: Knowledge) -> None:
    facts = Knowledge.facts()
    assert str(facts.place(0x80F36D)) == "$00F36D: ROM"
    assert str(facts.place(0x7EF36D)) == "$7EF36D WRAM: health; 8 a heart [usdasm and the RAM maps before it]"
    assert "byte 3 of 16" in str(facts.place(0x0D03))
    brightness = facts.place(0x2100).register
    assert brightness and (brightness.name, brightness.access, brightness.when) == ("INIDISP", "W", "any")
    assert [one.name for one in graph.named_at(0x812100)] == ["SCREEN"]
    inside = graph.within(0x8A8042)
    assert inside and inside.name == "CountLamps"
    assert graph.within(0x0B8000) is None


def test_the_facts_are_of_places_that_there_are_and_do_not_overlap() -> None:
    facts = Knowledge.facts()
    for one, following in zip(memories(), memories()[1:], strict=False):
        assert one.address + one.bytes <= following.address, one
    assert all(facts.place(one.address).region in ("WRAM", "SRAM") and one.what and one.source for one in memories())
    assert all(one.access in ("R", "W", "RW") and one.bits and one.what for one in registers().values())
    expected = {*range(0x2100, 0x2144), *range(0x2180, 0x2184), 0x4016, 0x4017, *range(0x4200, 0x420E)}
    assert expected | set(range(0x4210, 0x4220)) <= registers().keys()


def test_equal_items_give_equal_graphs_whatever_their_order(tmp_path: Path) -> None:
    items = [*asm_items(), *cpp_items()]
    dumps = []
    for turn in range(3):
        random.Random(turn).shuffle(items)
        path = tmp_path / f"{turn}.sqlite"
        Knowledge.build(items, path)
        with sqlite3.connect(path) as database:
            dumps.append("\n".join(database.iterdump()))
    assert dumps[0] == dumps[1] == dumps[2]
    assert (tmp_path / "0.sqlite").read_bytes() == (tmp_path / "1.sqlite").read_bytes()


def test_a_graph_answers_in_another_process_and_none_is_made_up(graph: Knowledge, tmp_path: Path) -> None:
    assert pickle.loads(pickle.dumps(graph)).symbol("LightLamp") == graph.symbol("LightLamp")
    with pytest.raises(OracleError, match=r"missing\.sqlite is missing; run 01_generate"):
        Knowledge(tmp_path / "missing.sqlite")


@pytest.mark.parametrize(
    ("wrong", "meant"), [("LightLmp", "LightLamp"), ("lightlamp", "LightLamp"), ("CuontLamps", "CountLamps")]
)
def test_near_misses_are_offered(graph: Knowledge, wrong: str, meant: str) -> None:
    assert meant in graph.near(wrong)


def test_an_invented_symbol_is_unknown_and_what_is_defined_or_given_is_not(graph: Knowledge) -> None:
    code = "Go:\n  LDA.w SCREEN\n  CMP #!Most\n  JSL LightLmp\n  BRA .done\n.done\n  JSL Given\n  STA.w INIDISP\n  RTL"
    known, unknown = share(graph, code, instruction="Call `Given`.")
    assert unknown == ("LightLmp (near: LightLamp)",)
    assert known == pytest.approx(3 / 4)


def test_without_a_source_of_the_domain_no_name_is_called_unknown(graph: Knowledge, tmp_path: Path) -> None:
    code = "Go:\n  JSL MakeItSo\n  RTL"
    assert share(Knowledge.facts(), code) == (1, ())
    assert share(Knowledge.build(cpp_items(), tmp_path / "cpp.sqlite"), code) == (1, ())
    assert share(Knowledge.facts(), "void Go() { Invented(1); }", domain=Domain.YAZE) == (1, ())
    assert share(graph, code, domain=Domain.ORACLE)[1] == ("MakeItSo",)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("STA.w $5000", "$005000"),
        ("LDA.l $3F7FFF", "$007FFF"),
        ("LDA.w $2100", "$002100 (INIDISP can only be written)"),
        ("STA.w $4210", "$004210 (RDNMI can only be read)"),
        ("STA.w $2100", ""),
        ("LDA.l $814212", ""),
        ("STA.l $80001A", ""),
        ("PEA $5000", ""),
        ("LDA.w #$5000", ""),
        ("STA.w $4372", ""),
    ],
)
def test_addresses_are_judged_by_the_memory_map_and_the_rules_of_registers(line: str, wrong: str) -> None:
    assert share(Knowledge.facts(), f"Go:\n  {line}\n  RTS")[1] == ((wrong,) if wrong else ())


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("Image image; image.Read(1);", ""),
        ("Image image; image.Read(1, 2);", ""),
        ("Image image; image.Size();", ""),
        ("Image image; image.on_change_();", ""),
        ("canvas->Flip(1, 2, 3);", ""),
        ("std::vector<int> all; all.push_back(1); CHECK_OK(helper(1));", ""),
        ("editor::Image::Load(path);", ""),
        ("Image image; image.Reed(1);", "Image::Reed (near: Read)"),
        ("Image image; image.Read(1, 2, 3);", "Read with 3 arguments"),
        ("EnchantSprites();", "EnchantSprites"),
        ("editor::Image::Loud(path);", "editor::Image::Loud"),
    ],
)
def test_cpp_names_are_judged_by_class_method_and_number_of_arguments(graph: Knowledge, body: str, wrong: str) -> None:
    code = f"int helper(int x) {{ return x; }}\nvoid Go(const char* path) {{ {body} }}"
    unknown = share(graph, code, domain=Domain.YAZE)[1]
    assert len(unknown) == bool(wrong) and all(one.startswith(wrong) for one in unknown), unknown


def test_of_code_that_passed_its_contract_the_compiler_has_resolved_every_name(graph: Knowledge) -> None:
    one = sample("```cpp\nvoid Go() { EnchantSprites(); }\n```", domain=Domain.YAZE)
    passed = one.model_copy(update={"verification": Verification(contract={"kind": "cpp"}, passes=True, cases=1)})
    assert graph.known_share(one, Reading.of(one)) == (0, ("EnchantSprites",))
    assert graph.known_share(passed, Reading.of(one)) == (1, ())


def test_numbers_as_cpp_writes_them_are_no_addresses_of_prose_but_those_of_wram(graph: Knowledge) -> None:
    for text, unknown in (
        ("Mask it with 0x7FFF and add 0x4800.", ()),
        ("The counter is at 0x7EF36D.", ()),
        ("The counter is at $007FFF.", ("$007FFF",)),
    ):
        one = sample(text, domain=Domain.TEXT)
        assert graph.known_share(one, Reading.of(one))[1] == unknown


def test_a_question_is_answered_with_the_facts_about_all_that_it_names(graph: Knowledge) -> None:
    lines = graph.look_up(
        "Why does LightLamp at $0A8020 write INIDISP and $7EF36D, LDA $1A and `Image::Read` in room $45, not LightLmp?"
    )
    assert [line.partition(" ")[0] for line in lines] == [
        "LightLamp", "$0A8020", "$002100", "$7EF36D", "$7E001A", "editor::Image::Read", "LightLmp:"
    ]  # fmt: skip
    assert "lies in LightLamp" in lines[1] and "takes 1 to 2 arguments [api image.h:5]" in lines[5]
    assert lines[6] == "LightLmp: in none of the configured sources; near are LightLamp"
    assert Knowledge.facts().look_up("What is LightLamp?") == (
        "LightLamp: not known, because no source of code is configured",
    )
    assert graph.look_up("How do I read at all?") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("At which address is Link's health?", ["$7EF36D"]),
        ("Where in RAM are the big keys?", ["$7EF366"]),
        ("Is Link's health shown?", []),
        ("Where is the register VMSTEP?", ["VMSTEP:"]),
        ("VMSTEP is good", []),
        ("What does rom.ReadQuadWordFast do?", ["ReadQuadWordFast:"]),
        ("Which registers does DMA to VRAM use in the NMI?", []),
    ],
)
def test_a_place_is_found_by_its_description_and_a_register_that_does_not_exist_is_said_to_be_none(
    text: str, found: list[str]
) -> None:
    assert [line.partition(" ")[0] for line in Knowledge.facts().look_up(text)] == found


def test_an_address_may_be_written_as_bank_and_address() -> None:
    for text in ("the PC is $7E:F36D", "the PC is 7e:f36d.", "the PC is $7E:$F36D, then"):
        (line,) = Knowledge.facts().look_up(text)
        assert line.startswith("$7EF36D WRAM: health")
    assert Knowledge.facts().look_up("Meet me at 10:30, or 12:45:1000") == ()


def test_a_term_in_mixed_case_is_no_unknown_symbol(graph: Knowledge) -> None:
    text = "What is the difference between LoROM and HiROM, on macOS and in `SuperFX` games from GitHub?"
    for knowledge in (graph, Knowledge.facts()):
        assert knowledge.look_up(text) == ()
        assert knowledge.look_up("Is LoRomSize a symbol?")[0].startswith("LoRomSize: ")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Load custom sprite graphics at offset 0x80000 using YAZE", "0x80000: as an offset in a LoROM file"),
        ("Which PC address 0x1C8000 is that?", "0x1C8000: as an offset in a LoROM file without a header it is $398000"),
        ("What is kept in WRAM at 0x00A0?", "$7E00A0 WRAM: dungeon room"),
        ("the register 0x420B", "$00420B MDMAEN"),
        ("and 0x7EF36D?", "$7EF36D WRAM: health"),
        ("the mask 0x2100 of 0x80000 bytes", ""),
        ("compare it with 0x2100", ""),
        ("at file offset 0x500000", ""),
    ],
)
def test_a_number_of_cpp_is_an_address_or_a_place_in_the_file_only_where_it_is_called_so(text: str, found: str) -> None:
    lines = Knowledge.facts().look_up(text)
    assert len(lines) == bool(found) and all(line.startswith(found) for line in lines), lines
