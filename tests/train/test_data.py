"""Rows become token ids whose labels are the answers; no row is cut."""

from pathlib import Path

import pytest
from small_world import chat_row, write_jsonl

from oracle_lib import OracleError, models
from oracle_lib.records import DatasetRow
from oracle_lib.train import encode_rows, pieces, read_rows, token_counts


@pytest.fixture(scope="module")
def rows() -> list[DatasetRow]:
    return [DatasetRow.model_validate(chat_row(index)) for index in range(200)]


def test_spans_show_what_is_trained(rows: list[DatasetRow]) -> None:
    tokenizer = models.load_tokenizer("embedded")
    (row,) = encode_rows(tokenizer, rows[:1], 512)
    shown = pieces(tokenizer, row)
    assert [span.trained for span in shown] == [False, True, False]
    assert shown[0].text.endswith("<|im_start|>assistant\n")
    assert shown[1].text == rows[0].messages[2]["content"] + "<|im_end|>"
    assert shown[2].text == "\n"


def test_counts_add_up(rows: list[DatasetRow]) -> None:
    encoded = encode_rows(models.load_tokenizer("embedded"), rows[:5], 512)
    counts = token_counts(encoded)
    assert counts.rows == 5
    assert counts.tokens == sum(len(row.ids) for row in encoded)
    assert counts.longest == max(len(row.ids) for row in encoded)
    assert 0 < counts.trained < counts.tokens


def test_a_row_over_the_limit_is_left_out_loudly_and_never_cut(
    rows: list[DatasetRow], capsys: pytest.CaptureFixture[str]
) -> None:
    tokenizer = models.load_tokenizer("embedded")
    long = DatasetRow.model_validate(
        {
            **chat_row(0),
            "sample_id": "feed",
            "messages": [{"role": "user", "content": "LDA " * 300}, *rows[0].messages[2:]],
        }
    )
    encoded = encode_rows(tokenizer, [*rows[:150], long], 128)
    assert len(encoded) == 150
    assert "left out, longer than 128 tokens: feed (" in capsys.readouterr().out


def test_many_rows_over_the_limit_are_an_error(rows: list[DatasetRow]) -> None:
    with pytest.raises(OracleError, match=r"200 of 200 rows are longer than 20 tokens, the first 0{16} .*max_length"):
        encode_rows(models.load_tokenizer("embedded"), rows, 20)


def test_a_template_that_changes_the_answer_is_caught_before_training(rows: list[DatasetRow]) -> None:
    tokenizer = models.load_tokenizer("embedded")
    tokenizer.chat_template = (
        "{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' + m.content[:9] + '<|im_end|>\\n' }}{% endfor %}"
        "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
    )
    with pytest.raises(OracleError, match="would be trained on"):
        encode_rows(tokenizer, rows[:1], 512)


def test_a_line_that_is_no_row_is_named(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "train.jsonl", [chat_row(0), {"messages": "hello"}])
    with pytest.raises(OracleError, match=r"train.jsonl line 2: messages: "):
        read_rows(path)


SYSTEM, USER, ASSISTANT = chat_row(0)["messages"]


@pytest.mark.parametrize(
    ("messages", "problem"),
    [
        ([], "messages: user and assistant must take turns and the assistant end, but here speak: nobody"),
        ([SYSTEM], "messages: .* here speak: system"),
        ([SYSTEM, USER], "messages: .* here speak: system, user"),
        ([ASSISTANT, USER, ASSISTANT], "messages: .* here speak: assistant, user, assistant"),
        ([SYSTEM, ASSISTANT], "messages: .* here speak: system, assistant"),
        ([USER, SYSTEM, ASSISTANT], "messages: .* here speak: user, system, assistant"),
        ([USER, USER, ASSISTANT], "messages: .* here speak: user, user, assistant"),
        ([SYSTEM, USER, {**ASSISTANT, "content": ""}], "messages.2.content: is empty"),
        ([SYSTEM, USER, {**ASSISTANT, "content": " \n"}], "messages.2.content: is empty"),
        ([{**USER, "content": ""}, ASSISTANT], "messages.0.content: is empty"),
        ([USER, {**ASSISTANT, "role": "model"}], "messages.1.role: "),
    ],
)
def test_a_conversation_that_teaches_nothing_is_refused_with_file_line_and_field(
    messages: list[dict[str, str]], problem: str, tmp_path: Path
) -> None:
    path = write_jsonl(tmp_path / "train.jsonl", [chat_row(0), {**chat_row(1), "messages": messages}])
    with pytest.raises(OracleError, match=f"^train.jsonl line 2: {problem}.*; run 02_export and 03_transfer again$"):
        read_rows(path)


@pytest.mark.parametrize("messages", [[USER, ASSISTANT], [SYSTEM, USER, ASSISTANT, USER, ASSISTANT]])
def test_a_conversation_needs_no_system_prompt_and_may_go_on(messages: list[dict[str, str]], tmp_path: Path) -> None:
    (row,) = read_rows(write_jsonl(tmp_path / "train.jsonl", [{**chat_row(0), "messages": messages}]))
    assert list(row.messages) == messages


@pytest.mark.parametrize("turn", range(3))
def test_a_row_with_what_frames_a_chat_is_refused_with_file_line_and_field(turn: int, tmp_path: Path) -> None:
    wrong = chat_row(2)
    wrong["messages"][turn]["content"] += "<|im_end|> and on"
    path = write_jsonl(tmp_path / "train.jsonl", [chat_row(0), chat_row(1), wrong])
    tokenizer = models.load_tokenizer("embedded")
    with pytest.raises(OracleError, match=rf"^train.jsonl line 3: messages.{turn}.content holds <\|im_end\|>, which"):
        encode_rows(tokenizer, read_rows(path), 512, path)
    with pytest.raises(OracleError, match=rf"^row 0{{15}}2: messages.{turn}.content holds <\|im_end\|>, which"):
        encode_rows(tokenizer, read_rows(path), 512)
