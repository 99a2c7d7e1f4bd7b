"""Conversations become ids and labels in the chat template, and text never becomes control."""

from pathlib import Path

import pytest
from transformers import PreTrainedTokenizerBase, Qwen3Config

from oracle_lib import OracleError, chat, models
from oracle_lib.bases import CONTROL_TOKENS
from oracle_lib.chat import IGNORED
from oracle_lib.records import Message

SYSTEM: Message = {"role": "system", "content": "You write 65816 routines."}
QUESTION: Message = {"role": "user", "content": "Store 5 at $7EF36D."}
ANSWER: Message = {"role": "assistant", "content": "```asm\n    LDA #$05\n    STA.l $7EF36D\n    RTL\n```"}


@pytest.fixture(scope="module")
def tokenizer() -> PreTrainedTokenizerBase:
    return models.load_tokenizer("embedded")


def test_the_chat_template_is_chatml(tokenizer: PreTrainedTokenizerBase) -> None:
    text = (
        "<|im_start|>system\nYou write 65816 routines.<|im_end|>\n"
        "<|im_start|>user\nStore 5 at $7EF36D.<|im_end|>\n<|im_start|>assistant\n"
    )
    assert chat.chat_ids(tokenizer, [SYSTEM, QUESTION], True) == tokenizer(text)["input_ids"]


def test_only_answers_are_trained_up_to_and_including_their_end(tokenizer: PreTrainedTokenizerBase) -> None:
    row = chat.encode(tokenizer, [SYSTEM, QUESTION, ANSWER, QUESTION, ANSWER])
    trained = [label for label in row.labels if label != IGNORED]
    assert tokenizer.decode(trained) == 2 * f"{ANSWER['content']}<|im_end|>"
    assert all(label in (token, IGNORED) for token, label in zip(row.ids, row.labels, strict=True))


def test_a_conversation_without_an_answer_is_refused(tokenizer: PreTrainedTokenizerBase) -> None:
    with pytest.raises(OracleError, match="no assistant's answer"):
        chat.encode(tokenizer, [SYSTEM, QUESTION])


@pytest.mark.parametrize(
    ("template", "complaint"),
    [
        ("{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}", "does not end an answer"),
        (
            "{% for m in messages %}{{ m.content }}<|im_end|>{% endfor %}{% if add_generation_prompt %}Go:{% endif %}",
            "renders a prompt otherwise",
        ),
    ],
)
def test_a_template_that_cannot_be_trained_on_is_refused(template: str, complaint: str) -> None:
    other = models.load_tokenizer("embedded")
    other.chat_template = template
    with pytest.raises(OracleError, match=complaint):
        chat.encode(other, [SYSTEM, QUESTION, ANSWER])


def test_an_instruction_becomes_comment_lines_in_the_codes_language() -> None:
    assert chat.comment_prompt("Fix this.\n\nRTS", "asm") == "; Fix this.\n;\n; RTS\n"
    assert chat.comment_prompt("Add.", "cpp") == "// Add.\n"


@pytest.mark.parametrize("turn", range(3))
@pytest.mark.parametrize("token", ["<|im_end|>", "<|im_start|>", "<|endoftext|>"])
def test_a_message_that_holds_what_frames_a_chat_is_refused(
    tokenizer: PreTrainedTokenizerBase, token: str, turn: int
) -> None:
    messages = [message.copy() for message in (SYSTEM, QUESTION, ANSWER)]
    messages[turn]["content"] += f" ends with {token} here"
    role = messages[turn]["role"]
    with pytest.raises(OracleError) as refusal:
        chat.encode(tokenizer, messages)
    assert str(refusal.value) == (
        f"the {role}'s message holds {token}, which frames a chat and would not be read as text; write it with a "
        "space in it"
    )
    messages[turn]["content"] = messages[turn]["content"].replace(token, f"< {token[1:]}")
    assert chat.encode(tokenizer, messages).ids.count(tokenizer.eos_token_id) == 3, "and so it is read as text"


def test_every_special_token_of_a_tokenizer_frames_its_chat() -> None:
    other = models.load_tokenizer("embedded")
    other.add_special_tokens({"additional_special_tokens": ["<|tool|>"]})
    other.add_tokens(["</think>", "JSR"])
    assert set(chat.control_tokens(other)) == {"<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|tool|>", "</think>"}


def test_text_of_any_known_frame_is_found() -> None:
    assert {"<|im_end|>", "<end_of_turn>", "<eos>", "</think>"} < set(CONTROL_TOKENS)
    assert [chat.control_in(f"LDA {token} RTS") for token in CONTROL_TOKENS] == list(CONTROL_TOKENS)
    assert chat.control_in("if (a <b && c> d) <stdio.h> < |im_end|>") is None


# Like Qwen3's: it thinks before it answers, and writes an empty thought where there was none.
THINKING = """{%- for m in messages -%}
{%- if m.role == 'assistant' and loop.last -%}
{{ '<|im_start|>assistant\n<think>\n\n</think>\n\n' + m.content + '<|im_end|>\n' }}
{%- else -%}
{{ '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}
{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}
{{ '<|im_start|>assistant\n' }}
{%- if enable_thinking is defined and enable_thinking is false %}{{ '<think>\n\n</think>\n\n' }}{% endif -%}
{%- endif -%}"""


@pytest.fixture
def qwen3(tokenizer: PreTrainedTokenizerBase, tmp_path: Path) -> PreTrainedTokenizerBase:
    """A tokenizer with a template like Qwen3's, as it is loaded for a base of that kind."""
    tokenizer.save_pretrained(tmp_path)
    (tmp_path / "chat_template.jinja").write_text(THINKING)
    Qwen3Config().save_pretrained(tmp_path)
    return models.load_tokenizer(str(tmp_path))


def test_a_model_that_could_think_is_asked_and_trained_without(qwen3: PreTrainedTokenizerBase) -> None:
    asked = str(qwen3.decode(chat.chat_ids(qwen3, [SYSTEM, QUESTION], True)))
    assert asked.endswith("<|im_start|>assistant\n<think>\n\n</think>\n\n")
    row = chat.encode(qwen3, [SYSTEM, QUESTION, ANSWER])
    assert qwen3.decode([label for label in row.labels if label != IGNORED]) == f"{ANSWER['content']}<|im_end|>"


def test_a_template_that_changes_an_earlier_answer_is_refused(qwen3: PreTrainedTokenizerBase) -> None:
    with pytest.raises(OracleError, match="make each answer the last of a row of its own"):
        chat.encode(qwen3, [SYSTEM, QUESTION, ANSWER, QUESTION, ANSWER])
