"""Conversations as token ids and labels, in a base's chat template. Loads no models.

What people and models write is text and never control: a word such as `<|im_end|>` inside a message would end it there,
so it is refused by whoever turns messages into ids.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from oracle_lib import OracleError
from oracle_lib.bases import CONTROL_TOKENS
from oracle_lib.records import Message

if TYPE_CHECKING:  # transformers takes seconds to load
    from transformers import PreTrainedTokenizerBase

IGNORED = -100
"""The label of a token that is read but neither trained nor measured."""

Conversation: TypeAlias = Sequence[Message]


def control_in(text: str, tokens: Sequence[str] = CONTROL_TOKENS) -> str | None:
    """The first of these tokens that a text holds, by default of those that frame a chat for any known base."""
    return next((token for token in tokens if token in text), None)


@lru_cache(maxsize=4)  # Gemma's has thousands to look through, for each of a data set's rows
def control_tokens(tokenizer: "PreTrainedTokenizerBase") -> tuple[str, ...]:
    """What frames a chat for a tokenizer: its special tokens, and what frames one for a known base if it is a token."""
    added = {str(token): token.special for token in tokenizer.added_tokens_decoder.values()}
    return tuple(name for name, special in added.items() if special or name in CONTROL_TOKENS)


def chat_ids(tokenizer: "PreTrainedTokenizerBase", messages: Conversation, add_generation_prompt: bool) -> list[int]:
    """The token ids of a conversation in the tokenizer's chat template.

    Raises `OracleError` where a message holds a token that frames a chat.
    """
    [ids] = _ids(tokenizer, [chat_text(tokenizer, messages, add_generation_prompt)])
    return ids


def chat_text(tokenizer: "PreTrainedTokenizerBase", messages: Conversation, add_generation_prompt: bool) -> str:
    """The text of a conversation in the tokenizer's chat template, with its control tokens written out.

    Raises `OracleError` where a message holds a token that frames a chat.
    """
    for message in messages:
        found = control_in(message["content"], control_tokens(tokenizer))
        if found is not None:
            raise OracleError(f"the {message['role']}'s message {framing(found)}; write it with a space in it")
    turns: Any = list(messages)
    return str(tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=add_generation_prompt))


def _ids(tokenizer: "PreTrainedTokenizerBase", texts: Sequence[str]) -> list[list[int]]:
    """The token ids of rendered texts, all at once: a fast tokenizer shares many among the processors."""
    return [list(ids) for ids in tokenizer(list(texts), add_special_tokens=False)["input_ids"]]


def framing(token: str) -> str:
    """What is wrong with a text that holds a token, to follow the text's name."""
    return f"holds {token}, which frames a chat and would not be read as text"


def comment_prompt(instruction: str, language: str) -> str:
    """An instruction in the form that the embedded base was pretrained on: comment lines, which the code then follows.

    `language` is "asm" or "cpp". It is how to ask the base what it knew before it learned to chat.
    """
    mark = {"asm": ";", "cpp": "//"}[language]
    return "".join(f"{mark} {line}".rstrip() + "\n" for line in instruction.splitlines())


class Row(NamedTuple):
    """A conversation as a model reads it. `labels` are the ids where they are trained and measured, else `IGNORED`."""

    ids: list[int]
    labels: list[int]


def encode(tokenizer: "PreTrainedTokenizerBase", messages: Conversation) -> Row:
    """A conversation whose labels are the assistant's answers, each up to and including the token that ends it.

    Raises `OracleError` where the template does not end an answer with the tokenizer's `eos_token` (a model trained on
    it would never stop), renders a prompt otherwise with its answer than without or an answer otherwise with what
    follows, where nobody answers, and where a message holds a token that frames a chat.
    """
    [row] = encode_all(tokenizer, [messages])
    return row


def encode_all(tokenizer: "PreTrainedTokenizerBase", conversations: Sequence[Conversation]) -> list[Row]:
    """Each conversation as `encode` has it."""
    texts: dict[str, int] = {}

    def place(messages: Conversation, add_generation_prompt: bool) -> int:
        return texts.setdefault(chat_text(tokenizer, messages, add_generation_prompt), len(texts))

    placed = []
    for messages in conversations:
        answers = [turn for turn, message in enumerate(messages) if message["role"] == "assistant"]
        turns = [(place(messages[:turn], True), place(messages[: turn + 1], False)) for turn in answers]
        placed.append((place(messages, False), turns))
    ids = _ids(tokenizer, list(texts))
    end = tokenizer.eos_token_id
    return [
        _labelled(ids[whole], [(ids[prompt], ids[answered]) for prompt, answered in turns], end, tokenizer.eos_token)
        for whole, turns in placed
    ]


def _labelled(ids: list[int], turns: Sequence[tuple[list[int], list[int]]], end: Any, end_name: Any) -> Row:
    """The row of a conversation, from its ids and, for each answer, those up to it and those up to its end."""
    labels = [IGNORED] * len(ids)
    for prompt, answered in turns:
        if answered[: len(prompt)] != prompt:
            raise OracleError("the chat template renders a prompt otherwise once it is answered; use the base's own")
        if ids[: len(answered)] != answered:
            raise OracleError(
                "the chat template renders an answer otherwise once the conversation goes on; make each answer the "
                "last of a row of its own"
            )
        ends = [place for place in range(len(prompt), len(answered)) if answered[place] == end]
        if not ends:
            raise OracleError(f"the chat template does not end an answer with {end_name}; use the base's own")
        labels[len(prompt) : ends[-1] + 1] = answered[len(prompt) : ends[-1] + 1]
    if all(label == IGNORED for label in labels):
        raise OracleError("the conversation has no assistant's answer to learn from; export the dataset again")
    return Row(list(ids), labels)
