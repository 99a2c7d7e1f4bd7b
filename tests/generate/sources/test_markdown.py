"""A folder of Markdown becomes items: its sections by heading, each of a size that a question can be asked about."""

from pathlib import Path

import pytest

from oracle_lib.generate.sources.markdown import items
from oracle_lib.items import Item
from oracle_lib.sample import Domain

STORY = "The princess sleeps under the mountain and dreams of the sea. " * 6


def read(folder: Path, text: str, name: str = "lore.md") -> list[Item]:
    (folder / name).write_text(text)
    return list(items(folder, "lore", Domain.TEXT, "CC-BY-4.0"))


def test_a_section_is_named_by_the_headings_that_lead_to_it(tmp_path: Path) -> None:
    kings = f"## The *Old* [Kings](kings.md)\n\n{STORY}\n\n### Daphnes\n{STORY}"
    found = read(tmp_path, f"# Hyrule\n\n{STORY}\n\n{kings}\n\n## Towns\n{STORY}\n")
    assert [(item.source.symbol, item.source.line) for item in found] == [
        ("Hyrule", 1),
        ("Hyrule > The Old Kings", 5),
        ("Hyrule > The Old Kings > Daphnes", 9),
        ("Hyrule > Towns", 12),
    ]
    assert found[1].text == f"## The *Old* [Kings](kings.md)\n\n{STORY.rstrip()} "
    assert {(item.kind, item.domain, item.source.corpus, item.source.licence) for item in found} == {
        ("document", Domain.TEXT, "lore", "CC-BY-4.0")
    }


def test_underlined_headings_are_headings_and_hashes_in_code_are_none(tmp_path: Path) -> None:
    found = read(
        tmp_path, f"Towns\n=====\n\n{STORY}\n\n```sh\n# no heading\n```\n\n    # none either\n\nCaves\n-----\n{STORY}"
    )
    assert [item.source.symbol for item in found] == ["Towns", "Towns > Caves"]
    assert "# no heading" in found[0].text


def test_front_matter_is_dropped_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    [item] = read(tmp_path, f"---\ntitle: x\ntags: [a]\n---\n# Towns\n\n{STORY}\n")
    assert (item.source.line, item.text.splitlines()[0]) == (5, "# Towns")
    [rule] = read(tmp_path, f"---\n\n{STORY}\n\nA rule that nothing closes is no front matter.\n")
    assert rule.text.startswith("---") and rule.source.symbol == "lore"


def test_short_sections_stay_together_under_the_heading_that_they_share(tmp_path: Path) -> None:
    text = (
        "# People\n\n## Zelda\n\nA princess.\n\n## Link\n\nA hero.\n\n## Sahasrahla\n\n"
        + STORY
        + "\n\n## End\n\nFin.\n"
    )
    [item] = read(tmp_path, text)
    assert item.source.symbol == "People"
    assert item.text == text.strip("\n")


def test_long_sections_are_split_between_paragraphs(tmp_path: Path) -> None:
    paragraphs = [f"{number}. {STORY}".rstrip() for number in range(40)]
    found = read(tmp_path, "# Saga\n\n" + "\n\n---\n\n".join(paragraphs))
    assert len(found) == 4
    assert [item.source.symbol for item in found] == [f"Saga ({number} of 4)" for number in (1, 2, 3, 4)]
    assert all(300 <= len(item.text) <= 4_300 for item in found)
    assert [one for item in found for one in item.text.split("\n") if one[:1].isdigit()] == paragraphs
    assert (tmp_path / "lore.md").read_text().split("\n")[found[2].source.line - 1] in found[2].text


def test_a_code_block_stays_whole_or_becomes_code_blocks(tmp_path: Path) -> None:
    short = "```asm\n" + "LDA.b $10\n\n" * 100 + "```"
    long = "~~~asm\n" + "STA.b $12\n\n" * 1_000 + "~~~"
    found = read(tmp_path, f"# Code\n\n{STORY}\n\n{STORY}\n\n{short}\n\n{long}\n\nThe end.\n")
    assert sum(short in item.text for item in found) == 1
    of_long = [item.text for item in found if "STA.b" in item.text]
    assert len(of_long) == 3 and sum(text.count("STA.b $12") for text in of_long) == 1_000
    assert all(text.count("~~~") == 2 for text in of_long)


def test_a_line_without_end_is_cut(tmp_path: Path) -> None:
    found = read(tmp_path, "# Dump\n\n" + "word " * 20_000)
    assert len(found) == 26 and all(len(item.text) <= 4_300 for item in found)


def test_a_file_with_too_little_to_ask_about_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read(tmp_path, "# To do\n\nEverything.\n") == []
    assert read(tmp_path, "", "empty.md") == []
    assert capsys.readouterr().out.endswith("lore: 2 files of fewer than 300 characters were left out\n")


@pytest.mark.parametrize(
    "text", ["[" * 200_000, "> " * 50_000, "- " * 50_000, "\n#" * 5_000, "#" * 100_000, "---\n" * 20_000]
)
def test_a_hostile_file_ends(tmp_path: Path, text: str) -> None:
    assert all(len(item.text) <= 4_300 for item in read(tmp_path, text))
