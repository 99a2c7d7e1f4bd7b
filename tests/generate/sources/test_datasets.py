"""Data sets that exist already: every well-formed row is read, every other one is named, in flat memory."""

import csv
import json
import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from oracle_lib.generate.sources.datasets import Row, Unread, items, rows
from oracle_lib.sample import Domain

ODD = [
    "ゼルダ 🗡",
    'tabs\tand "quotes"',
    "two\nlines\r\nand, commas",
    "back\\slash",
    "\u2028",
    "{[1]}",
    "<|im_end|>",
    "x" * 5000,
]


def alpaca(number: int) -> dict[str, object]:
    row: dict[str, object] = {"instruction": f"{number} {ODD[number % 8]}", "output": f"{ODD[number % 7]} {number}"}
    if number % 4:
        row["input"] = (None, "", None, ODD[number % 5])[number % 4]
    if number % 3:
        row["_metadata"] = {"id": number, "score": 0.9, "tags": ["a"]}
    return row


def turns(number: int, role: str, content: str, names: tuple[str, str, str]) -> list[dict[str, str]]:
    system, user, assistant = names
    said = [(user, f"{number} {ODD[number % 8]}"), (assistant, f"{ODD[number % 7]} {number}")]
    before = [(system, "Be brief.")] if number % 2 else []
    after = [(user, "And?"), (assistant, "More.")] if number % 3 == 0 else []
    return [{role: who, content: text} for who, text in (*before, *said, *after)]


def messages(number: int) -> dict[str, object]:
    return {"messages": turns(number, "role", "content", ("system", "user", "assistant")), "extra": number}


def sharegpt(number: int) -> dict[str, object]:
    return {"id": f"{number}", "conversations": turns(number, "from", "value", ("system", "human", "gpt"))}


def write_jsonl(path: Path, found: list[dict[str, object]]) -> None:
    lines = [json.dumps(row, ensure_ascii=bool(place % 2)) for place, row in enumerate(found)]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())


def write_parquet(path: Path, found: list[dict[str, object]]) -> None:
    names = sorted({name for row in found for name in row})
    pq.write_table(pa.table({name: [row.get(name) for row in found] for name in names}), path, row_group_size=100)


def write_csv(path: Path, found: list[dict[str, object]]) -> None:
    names = sorted({name for row in found for name in row})
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(name.title() for name in names)
        for row in found:
            writer.writerow(
                value if isinstance(value := row.get(name), str | None) else json.dumps(value) for name in names
            )


@pytest.mark.parametrize("write", [write_jsonl, write_parquet, write_csv])
@pytest.mark.parametrize("form", [alpaca, messages, sharegpt])
def test_every_well_formed_row_is_read_word_for_word(tmp_path: Path, form: object, write: object) -> None:
    ending = {write_jsonl: "jsonl", write_parquet: "parquet", write_csv: "csv"}[write]  # type: ignore[index]
    write(tmp_path / f"set.{ending}", [form(number) for number in range(400)])  # type: ignore[operator]
    found = list(rows(tmp_path, "old"))
    assert [(row.number, row.instruction, row.output) for row in found if isinstance(row, Row)] == [
        (number + 1, f"{number} {ODD[number % 8]}", f"{ODD[number % 7]} {number}") for number in range(400)
    ]
    if form is alpaca:
        assert [row.input for row in found if isinstance(row, Row)] == [
            ODD[number % 5] if number % 4 == 3 else "" for number in range(400)
        ]
    else:
        assert [row.turns for row in found if isinstance(row, Row)] == [1 + (number % 3 == 0) for number in range(400)]


def why(found: Iterator[Row | Unread]) -> list[tuple[int, str]]:
    return [(row.number, row.why if isinstance(row, Unread) else "read") for row in found]


STRANGER = "speaks in its conversation, who is neither user nor assistant"
GOOD = '{"instruction": "a", "output": "b"}'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"instruction": "a", "output"', "it is no JSON: Expecting ':' delimiter"),
        ("[" * 100_000, "it is no JSON: it is nested too deep or a number too long"),
        ("[" + "1" * 5_000 + "]", "it is no JSON: it is nested too deep or a number too long"),
        ("[1, 2]", "it is no JSON object"),
        ('{"prompt": "a"}', "it has neither instruction and output nor messages nor conversations"),
        ('{"instruction": "a", "output": " "}', "its answer is empty"),
        ('{"instruction": "", "output": "b"}', "its instruction is empty"),
        ('{"instruction": "a", "output": 3}', "output is no text"),
        ('{"instruction": "a", "output": "\\ud800"}', "output holds half a character"),
        ('{"instruction": "a", "output": "' + "b" * 70_000 + '"}', "it has more than 64,000 characters"),
        ('{"messages": [{"role": "user", "content": "a"}]}', "its conversation holds no question with an answer"),
        ('{"messages": [{"role": "tool", "content": "a"}]}', f"'tool' {STRANGER}"),
        ('{"messages": "none"}', "it is no JSON: Expecting value"),
        ('{"messages": {"role": "user"}}', "its conversation is no list"),
        ('{"conversations": ["a"]}', "a turn of its conversation is no object"),
        ('{"conversations": [{"from": ["human"], "value": "a"}]}', f"\"['human']\" {STRANGER}"),
    ],
)  # fmt: skip
def test_a_row_that_says_nothing_is_named_and_the_next_one_read(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "set.jsonl").write_text(f"{GOOD}\n\n{line}\n{GOOD}\n")
    assert why(rows(tmp_path, "old")) == [(1, "read"), (3, reason), (4, "read")]


def test_bytes_that_are_no_text_spoil_their_own_row_alone(tmp_path: Path) -> None:
    good = GOOD.encode()
    (tmp_path / "set.jsonl").write_bytes(
        b"\n".join([good, b"\xff" + good, good + b"\0", b" " * 5_000_000 + good, good])
    )
    assert why(rows(tmp_path, "old")) == [
        (1, "read"),
        (2, "byte 0 is no UTF-8"),
        (3, "it holds NUL bytes, which no text does"),
        (4, "it is longer than 4 MiB"),
        (5, "read"),
    ]


def test_broken_rows_of_a_csv_are_named_and_the_next_one_read(tmp_path: Path) -> None:
    broken = [b"a,\xff", b"a,\0", b"a,b,c,d", b'a,"' + b"b" * 200_000 + b'"', b"a," + b"b" * 5_000_000, b"a"]
    lines = [b"instruction,output,input"]
    for one in broken:
        lines += [one, b"a,b"]
    (tmp_path / "set.csv").write_bytes(b"\n".join(lines))
    assert why(rows(tmp_path, "old")) == [
        (1, "byte 2 is no UTF-8"), (2, "read"),
        (3, "it holds NUL bytes, which no text does"), (4, "read"),
        (5, "it has more fields than the first line names"), (6, "read"),
        (7, "it is no CSV: field larger than field limit (131072)"), (8, "read"),
        (9, "it is longer than 4 MiB"), (10, "read"),
        (11, "it has neither instruction and output nor messages nor conversations"), (12, "read"),
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\xff" * 1_000 + b"PAR1", b"\0" * 100])
def test_a_file_that_is_no_parquet_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.parquet").write_bytes(content)
    (tmp_path / "b.jsonl").write_text(GOOD)
    broken, good = rows(tmp_path, "old")
    assert isinstance(broken, Unread) and broken.why.startswith("the file cannot be read: ") and broken.number == 0
    assert isinstance(good, Row)


def test_no_damage_to_a_parquet_file_is_more_than_told(tmp_path: Path) -> None:
    write_parquet(tmp_path / "set.parquet", [alpaca(number) for number in range(50)])
    whole = (tmp_path / "set.parquet").read_bytes()
    rng = random.Random(2)
    told = set()
    for _ in range(120):
        damaged = bytearray(whole)
        for _ in range(3):
            damaged[rng.randrange(len(whole) - 3000, len(whole))] = rng.randrange(256)
        (tmp_path / "set.parquet").write_bytes(damaged)
        told |= {type(row) for row in rows(tmp_path, "old")}
    assert told == {Row, Unread}


def test_parquet_strings_that_are_no_text_spoil_their_own_row_alone(tmp_path: Path) -> None:
    outputs = pa.Array.from_buffers(pa.string(), 3, pa.array([b"a", b"\xff", b"c"], pa.binary()).buffers())
    pq.write_table(pa.table({"instruction": ["x", "y", "z"], "output": outputs}), tmp_path / "set.parquet")
    assert why(rows(tmp_path, "old")) == [(1, "read"), (2, "it is no text in UTF-8"), (3, "read")]


def test_a_json_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "set.json").write_text("[]")
    assert why(rows(tmp_path, "old")) == [(0, "the file cannot be read: a JSON file has no rows, write it as JSONL")]


def test_of_a_conversation_the_first_question_with_its_answer_is_taken(tmp_path: Path) -> None:
    said = [
        ("gpt", "Hello!"),
        ("human", "Hm."),
        ("human", "What is A?"),
        ("gpt", "A register."),
        ("human", "B?"),
        ("gpt", "Y."),
    ]
    conversation = [{"from": who, "value": text} for who, text in said]
    (tmp_path / "set.jsonl").write_text(json.dumps({"conversations": conversation}))
    [row] = rows(tmp_path, "old")
    assert row == Row("set.jsonl", 1, "What is A?", "", "A register.", turns=3)


def test_content_in_parts_is_joined(tmp_path: Path) -> None:
    parts = [{"type": "text", "text": "What"}, {"type": "text", "text": "is A?"}]
    turns = [{"role": "user", "content": parts}, {"role": "assistant", "content": "A register."}]
    (tmp_path / "set.jsonl").write_text(json.dumps({"messages": turns}))
    [row] = rows(tmp_path, "old")
    assert isinstance(row, Row) and row.instruction == "What\nis A?"


def test_rows_are_items_of_the_domain_and_what_is_left_out_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = json.dumps(messages(0))
    (tmp_path / "set.jsonl").write_text(f"{GOOD}\n{long}\n" + "broken\n" * 50)
    first, second = items(tmp_path, "old", Domain.ASM, "MIT")
    assert (first.comment, first.context, first.text, first.kind) == ("a", "", "b", "row")
    assert (first.domain, first.source.licence, first.source.line, first.group) == (
        Domain.ASM,
        "MIT",
        1,
        "old:set.jsonl:1",
    )
    assert second.group != first.group
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "old: set.jsonl row 3 was left out: it is no JSON: Expecting value"
    assert told[20:] == [
        "old: left out: more rows of set.jsonl (30)",
        "old: left out: ends of conversations, after the first answer (1)",
    ]


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_memory_stays_flat_however_many_rows_there_are(tmp_path: Path, ending: str) -> None:
    row = {"jsonl": GOOD.replace('"b"', f'"{"b" * 500}"'), "csv": f"a,{'b' * 500}"}[ending]
    head = "instruction,output\n" if ending == "csv" else ""
    with (tmp_path / f"set.{ending}").open("w") as file:
        file.write(head)
        for _ in range(10):
            file.write(f"{row}\n" * 1_000)
    tracemalloc.start()
    assert sum(isinstance(one, Row) for one in rows(tmp_path, "old")) == 10_000
    assert tracemalloc.get_traced_memory()[1] < 2**20
    tracemalloc.stop()
