"""Files of a source are read whole as UTF-8 text inside its folder, or named with the reason why not."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oracle_lib import OracleError
from oracle_lib.generate.sources import cpp, datasets, logs, markdown
from oracle_lib.generate.sources.folder import MAX_BYTES, MAX_LINE, lines_of, texts_of
from oracle_lib.items import Item
from oracle_lib.sample import Domain

READERS: dict[str, Callable[[Path, str, Domain, str], Iterator[Item]]] = {
    ".cc": cpp.items,
    ".md": markdown.items,
    ".log": logs.items,
    ".jsonl": datasets.items,
    ".csv": datasets.items,
}


def test_files_come_in_the_order_of_their_paths_without_hidden_ones(tmp_path: Path) -> None:
    for path in ("b/z.md", "b/A.md", "a.md", ".git/x.md", "c.txt", "vendor/v.md"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(path)
    found = list(texts_of(tmp_path, (".md",), "notes", without=("vendor",)))
    assert found == [("a.md", "a.md"), ("b/A.md", "b/A.md"), ("b/z.md", "b/z.md")]


def test_line_ends_and_a_byte_order_mark_are_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")
    assert list(texts_of(tmp_path, (".md",), "notes")) == [("a.md", "one\ntwo\nthree\n")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"a\0b", "it holds NUL bytes, which no text does"),
        (b"a\xffb", "byte 1 is no UTF-8"),
        (b"x" * (MAX_BYTES + 1), "it is longer than 2 MiB"),
    ],
)
def test_a_file_that_is_no_bounded_text_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, why: str
) -> None:
    (tmp_path / "a.md").write_bytes(content)
    (tmp_path / "b.md").write_text("fine")
    assert list(texts_of(tmp_path, (".md",), "notes")) == [("b.md", "fine")]
    assert capsys.readouterr().out == f"notes: a.md was left out: {why}\n"


@pytest.mark.parametrize("ending", READERS)
def test_no_reader_follows_a_link_out_of_its_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / f"secret{ending}").write_text("secret " * 100)
    (inside / f"file{ending}").symlink_to(outside / f"secret{ending}")
    (inside / "folder").symlink_to(outside)
    assert list(READERS[ending](inside, "mine", Domain.TEXT, "")) == []
    told = capsys.readouterr().out
    assert f"mine: file{ending} was left out: it is a link that leads out of the folder\n" in told
    assert "mine: 'folder' was left out: it is a link to a folder\n" in told


def test_a_pipe_is_named_and_never_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert list(texts_of(tmp_path, (".md",), "notes")) == []
    assert capsys.readouterr().out == "notes: a.md was left out: it is no regular file\n"


def test_a_name_that_cannot_be_written_is_named_in_ascii(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff\n.md")).write_text("text")
    assert list(texts_of(tmp_path, (".md",), "notes")) == []
    assert (
        capsys.readouterr().out == r"notes: 'a\udcff\n.md' was left out: its name holds what cannot be written" + "\n"
    )


def test_a_folder_that_is_missing_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(OracleError, match=r"notes: there is no folder .*gone; clone the source there"):
        list(texts_of(tmp_path / "gone", (".md",), "notes"))


def test_a_line_without_end_is_passed_over_in_pieces(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.write(b"one\n")
        for _ in range(3):
            file.write(b"x" * MAX_LINE)
        file.write(b"\nthree\n")
    with (tmp_path / "a").open("rb") as file:
        assert list(lines_of(file)) == [(1, b"one\n"), (2, None), (3, b"three\n")]
