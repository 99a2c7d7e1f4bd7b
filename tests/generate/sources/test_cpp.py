"""A C++ tree becomes items: functions, classes and methods with what is said of them and who calls them."""

from pathlib import Path

import pytest

from oracle_lib.generate.sources.cpp import items
from oracle_lib.items import Item
from oracle_lib.sample import Domain

HEADER = """\
#pragma once
namespace editor {
/**
 * Holds an image of a game.
 */
class Image : public Base {
 public:
  // Reads one byte.
  // Fails beyond the end.
  Result Read(int offset);
  int size() const { return size_; }

  template <typename T>
  T Cut(T from) const {
    if (from < 0) {
      return T{};
    }
    return from;
  }

 private:
  int size_;  // in bytes
};
}  // namespace editor
"""
SOURCE = """\
#include "image.h"
namespace editor {
namespace {
// Whether a byte is there.
bool Fits(int offset, int size) {
  // A comment inside.
  return offset >= 0 &&
         offset < size;
}
}  // namespace

Result Image::Read(int offset) {
  if (!Fits(offset, size_)) return Error("beyond");
  return data_->At(static_cast<int>(offset));
}

#ifdef SLOW
void Dump(Image& image) {
  image.Read(0);
  log::Write("done");
}
#endif
}  // namespace editor
"""


def read(folder: Path, **files: str) -> dict[str, Item]:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_cc", ".cc").replace("_h", ".h")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return {item.source.symbol: item for item in _items(folder) if item.kind != "definitions"}


def _items(folder: Path) -> list[Item]:
    return list(items(folder, "mine", Domain.YAZE, "GPL-3.0"))


def test_functions_classes_and_methods_come_in_order_with_their_full_names(tmp_path: Path) -> None:
    found = read(tmp_path, src__image_cc=SOURCE, src__image_h=HEADER)
    assert [(item.source.path, item.source.line, item.kind, symbol) for symbol, item in found.items()] == [
        ("src/image.cc", 5, "function", "editor::Fits"),
        ("src/image.cc", 12, "method", "editor::Image::Read"),
        ("src/image.cc", 18, "function", "editor::Dump"),
        ("src/image.h", 6, "class", "editor::Image"),
        ("src/image.h", 13, "method", "editor::Image::Cut"),
    ]
    assert {item.domain for item in found.values()} == {Domain.YAZE}
    assert {item.source.licence for item in found.values()} == {"GPL-3.0"}


def test_the_text_is_the_whole_definition_at_the_left_margin(tmp_path: Path) -> None:
    cut = read(tmp_path, image_h=HEADER)["editor::Image::Cut"].text
    assert cut.startswith("template <typename T>\nT Cut(T from) const {\n  if (from < 0) {\n")
    assert cut.endswith("  return from;\n}")


def test_a_comment_belongs_to_what_stands_right_below_it(tmp_path: Path) -> None:
    found = read(tmp_path, image_cc=SOURCE, image_h=HEADER)
    assert found["editor::Image"].comment == "Holds an image of a game."
    assert found["editor::Fits"].comment == "Whether a byte is there."
    assert found["editor::Dump"].comment == ""
    body = "() {\n  x();\n  y();\n}\n"
    found = read(tmp_path, b_cc=f"int count = 0;  // so far\nvoid A{body}// A part.\n\nvoid B{body}")
    assert found["A"].comment == found["B"].comment == ""


def test_what_a_header_says_of_a_method_is_said_of_its_definition(tmp_path: Path) -> None:
    found = read(tmp_path, image_cc=SOURCE, image_h=HEADER)
    assert found["editor::Image::Read"].comment == "Reads one byte.\nFails beyond the end."


def test_calls_are_named_and_casts_are_none(tmp_path: Path) -> None:
    found = read(tmp_path, image_cc=SOURCE, image_h=HEADER)
    assert found["editor::Image::Read"].calls == ("Fits", "Error", "At")
    assert found["editor::Dump"].calls == ("Read", "log::Write")


def test_callers_are_found_in_the_whole_tree(tmp_path: Path) -> None:
    found = read(
        tmp_path, image_cc=SOURCE, image_h=HEADER, other__user_cc="int Use() {\n  Image i;\n  return i.Read(1);\n}"
    )
    assert found["editor::Image::Read"].context == "Called by editor::Dump, Use."
    assert found["editor::Fits"].context == "Called by editor::Image::Read."


def test_a_call_that_several_definitions_answer_to_has_no_callee_but_in_its_own_class(tmp_path: Path) -> None:
    of = "void {0}::Load() {{\n  a();\n  b();\n}}\nvoid {0}::Start() {{\n  c();\n  {1}Load();\n}}\n"
    found = read(
        tmp_path, a_cc=of.format("A", ""), b_cc=of.format("B", "other->"), c_cc="void F() {\n  x();\n\n  A::Load();\n}"
    )
    assert found["A::Load"].context == "Called by A::Start, F."
    assert found["B::Load"].context == "Called by B::Start."


UI = "void {}(Rom* rom) {{\n  int x = 1;\n  {}\n}}\n"


def test_user_interface_code_is_left_out_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = read(
        tmp_path,
        app__editor__map_cc=UI.format("DrawMap", "x++;") + UI.format("Drawer", "x++;") + UI.format("Apply", "x++;"),
        app__gui__canvas_cc=UI.format("Scale", "x++;"),
        zelda3__room_cc=UI.format("DrawObject", "x++;") + UI.format("Popup", 'ImGui::Text("hi");'),
    )
    assert list(found) == ["Drawer", "Apply", "DrawObject"]
    assert capsys.readouterr().out == "mine: 3 definitions of user interface code were left out\n"


def test_tests_and_the_code_of_others_are_left_out(tmp_path: Path) -> None:
    text = UI.format("Apply", "x++;")
    assert list(read(tmp_path, test__a_cc=text, ext__b_cc=text, third_party__c_cc=text, src__d_cc=text)) == ["Apply"]
    assert {item.source.path for item in _items(tmp_path)} == {"src/d.cc"}


def test_what_a_file_declares_is_an_item_without_bodies_whose_lines_keep_their_numbers(tmp_path: Path) -> None:
    read(tmp_path, image_h=HEADER, image_cc=SOURCE)
    source, header = (item for item in _items(tmp_path) if item.kind == "definitions")
    assert (source.source.path, header.source.path) == ("image.cc", "image.h")
    assert "Result Image::Read(int offset) ;" in source.text and "Fits(offset, size_)" not in source.text
    written, kept = HEADER.split("\n"), header.text.split("\n")
    for declaration in ("  Result Read(int offset);", "  T Cut(T from) const ;", "  int size_;"):
        assert written[kept.index(declaration)].startswith(declaration.rstrip(" ;"))
    assert "Holds an image" not in header.text


def test_what_is_too_short_too_long_or_broken_is_left_out_and_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = read(
        tmp_path,
        a_cc="int Short() { return 1; }\n"
        + UI.format("Long", "x = 1;\n" * 3000)
        + UI.format("Broken", "if (x ) ) { y = ;;")
        + UI.format("Fine", "x++;"),
    )
    assert "Short" not in found and "Long" not in found and "Broken" not in found
    told = capsys.readouterr().out
    assert "1 definitions of fewer than 4 lines were left out" in told
    assert "1 definitions of more than 16,000 characters were left out" in told


@pytest.mark.parametrize(
    "text",
    ["namespace a {" * 20_000 + "}" * 20_000, "(" * 100_000, "a<" * 20_000, "/*" * 50_000, '"' * 50_000, "x" * 500_000],
)
def test_a_hostile_file_ends(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, a_cc=text, b_cc=UI.format("Fine", "x++;")).keys() == {"Fine"}
