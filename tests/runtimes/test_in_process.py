"""Experts in this process: what they say arrives while they say it, and the whole is what `decode` gives."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any, cast

import pytest
from transformers import PreTrainedTokenizerBase

from oracle_lib import models
from oracle_lib.chat import Conversation, chat_ids
from oracle_lib.decoding import decode
from oracle_lib.runtimes import Runtime, Settings, Usage, open_runtime
from oracle_lib.runtimes.growing_text import GrowingText

QUESTIONS = "Write a routine that stores 5 at $0710.", "; clear the byte at $7E0020, then return"
LENGTH = 40


@pytest.fixture(scope="module")
def tokenizer() -> PreTrainedTokenizerBase:
    return models.load_tokenizer("embedded")


@pytest.fixture(scope="module")
def whole(tokenizer: PreTrainedTokenizerBase) -> list[str]:
    """What the base says to the questions, side by side."""
    prompts = [chat_ids(tokenizer, asking(question), True) for question in QUESTIONS]
    texts = [text for (text,) in decode(models.load_base("embedded"), tokenizer, prompts, LENGTH)]
    assert all(len(text) > 20 for text in texts) and len(set(texts)) == 2
    return texts


@pytest.fixture(scope="module")
def runtime() -> Runtime:
    return open_runtime("in-process", "embedded")


class Pause:
    """Has the runtime decode as it does, but wait `after` so many tokens of a text until it may `go_on`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()
        self.lengths: dict[int, int] = {}
        """By place in the batch, how many tokens each text had that ended."""
        self.batches: list[int] = []
        """How many questions each batch had."""
        self._after = after
        monkeypatch.setattr("oracle_lib.runtimes.in_process.decode", self._decode)

    def _decode(self, model: Any, tokenizer: Any, prompts: Any, length: int, sampling: Any, **settings: Any) -> object:
        def pausing(place: int, number: int, tokens: Sequence[int], is_whole: bool) -> bool:
            if is_whole:
                self.lengths[place] = len(tokens)
            elif len(tokens) == self._after:
                self.reached.set()
                assert self.go_on.wait(120), "nothing was heard while it was written"
            return bool(listen(place, number, tokens, is_whole))

        listen = settings.pop("listen")
        self.batches.append(len(prompts))
        return decode(model, tokenizer, prompts, length, sampling, listen=pausing, **settings)


def asking(question: str) -> Conversation:
    return [{"role": "user", "content": question}]


def ask(runtime: Runtime, question: str, *stop: str) -> "AsyncGenerator[str | Usage]":
    pieces = runtime.ask(None, asking(question), Settings(max_new_tokens=LENGTH, stop=stop))
    return cast("AsyncGenerator[str | Usage]", pieces)


async def hear(runtime: Runtime, question: str, *stop: str) -> tuple[list[str], Usage]:
    *pieces, usage = [piece async for piece in ask(runtime, question, *stop)]
    assert isinstance(usage, Usage)
    return [str(piece) for piece in pieces], usage


def test_an_answer_arrives_while_it_is_written(
    runtime: Runtime, whole: list[str], tokenizer: PreTrainedTokenizerBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    pause = Pause(monkeypatch, after=8)

    async def listen() -> list[str | Usage]:
        heard: list[str | Usage] = []
        async for piece in ask(runtime, QUESTIONS[0]):
            heard.append(piece)
            pause.go_on.set()
        return heard

    *pieces, usage = asyncio.run(listen())
    assert isinstance(usage, Usage) and usage.first_seconds < usage.seconds
    assert usage.answer_tokens == pause.lengths[0]
    assert len(pieces) > 5 and "".join(map(str, pieces)) == whole[0]


def test_each_of_a_batch_hears_its_own_answer(runtime: Runtime, whole: list[str]) -> None:
    async def both() -> list[tuple[list[str], Usage]]:
        return list(await asyncio.gather(*(hear(runtime, question) for question in QUESTIONS)))

    assert ["".join(pieces) for pieces, _ in asyncio.run(both())] == whole


def test_a_question_that_comes_later_joins_the_batch_and_gets_its_own_answer(
    runtime: Runtime, whole: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pause = Pause(monkeypatch, after=8)

    async def both() -> list[tuple[list[str], Usage]]:
        first = asyncio.create_task(hear(runtime, QUESTIONS[0]))
        await asyncio.to_thread(pause.reached.wait, 120)
        later = asyncio.create_task(hear(runtime, QUESTIONS[1]))
        await asyncio.sleep(0.3)  # the first is at its eighth token
        pause.go_on.set()
        return [await first, await later]

    assert ["".join(pieces) for pieces, _ in asyncio.run(both())] == whole
    assert pause.batches == [1]


def test_a_question_that_cannot_join_is_answered_before_later_ones_that_could(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    pause = Pause(monkeypatch, after=1)
    done = list[str]()

    async def answer(name: str, **settings: Any) -> None:
        async for _ in runtime.ask(None, asking(QUESTIONS[0]), Settings(max_new_tokens=LENGTH, **settings)):
            pass
        done.append(name)

    async def all_three() -> None:
        first = asyncio.create_task(answer("first"))
        await asyncio.to_thread(pause.reached.wait, 120)
        other = asyncio.create_task(answer("drawn", temperature=1.0, stop=("\n",)))
        await asyncio.sleep(0.1)
        like = asyncio.create_task(answer("like the first"))
        await asyncio.sleep(0.3)
        pause.go_on.set()
        await asyncio.gather(first, other, like)

    asyncio.run(all_three())
    assert done == ["first", "drawn", "like the first"] and pause.batches == [1, 1, 1]


def test_an_answer_that_nobody_reads_any_more_is_not_written_on(
    runtime: Runtime, whole: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pause = Pause(monkeypatch, after=8)

    async def leave() -> None:
        async with aclosing(ask(runtime, QUESTIONS[0])) as pieces:
            async for _ in pieces:
                break
        pause.go_on.set()

    async def both() -> str:
        _, (pieces, _) = await asyncio.gather(leave(), hear(runtime, QUESTIONS[1]))
        return "".join(pieces)

    assert asyncio.run(both()) == whole[1]
    given_up, heard = sorted(pause.lengths.values())  # whichever came first into the batch
    assert given_up <= 9 < heard


def test_a_question_that_was_given_up_before_its_turn_is_not_answered(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    pause = Pause(monkeypatch, after=1)

    async def give_up() -> None:
        first = asyncio.create_task(hear(runtime, QUESTIONS[0]))
        await asyncio.to_thread(pause.reached.wait, 120)
        later = asyncio.create_task(hear(runtime, QUESTIONS[1]))
        await asyncio.sleep(0.3)  # it waits for the batch before it
        later.cancel()
        pause.go_on.set()
        await first
        await hear(runtime, QUESTIONS[0])

    asyncio.run(give_up())
    assert pause.batches == [1, 1]


def test_an_answer_ends_before_a_stop_and_its_writing_too(
    runtime: Runtime, whole: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pause = Pause(monkeypatch, after=LENGTH + 1)
    stop = whole[0][9:15]
    asyncio.run(hear(runtime, QUESTIONS[0]))
    without = pause.lengths[0]
    pieces, usage = asyncio.run(hear(runtime, QUESTIONS[0], "nowhere", stop))
    assert "".join(pieces) == whole[0][: whole[0].index(stop)]
    assert usage.answer_tokens == pause.lengths[0] < without


def test_what_goes_wrong_while_a_batch_is_decoded_reaches_all_who_wait(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr("oracle_lib.runtimes.in_process.decode", fail)

    async def both() -> list[object]:
        return list(await asyncio.gather(*(hear(runtime, one) for one in QUESTIONS), return_exceptions=True))

    assert [type(found) for found in asyncio.run(both())] == [MemoryError, MemoryError]


def pieces_of(text: str, tokenizer: PreTrainedTokenizerBase, *stops: str) -> list[str]:
    """The pieces of a text whose tokens arrive one by one, until it is over."""
    tokens = list(tokenizer(text)["input_ids"])
    assert tokenizer.decode(tokens) == text
    growing, pieces = GrowingText(tokenizer, stops), []
    for length in range(1, len(tokens) + 1):
        pieces.append(growing.grow(tokens[:length], is_whole=False))
        if growing.is_over:
            break
    return [*pieces, growing.grow(tokens[:length], is_whole=True)]


def test_no_piece_holds_half_a_character(tokenizer: PreTrainedTokenizerBase) -> None:
    text = "日本語 für 🗡️ Link — and a real \N{REPLACEMENT CHARACTER} too, ゼ"
    assert len(tokenizer("🗡️")["input_ids"]) > 4, "it takes several tokens"
    pieces = pieces_of(text, tokenizer)
    assert "".join(pieces) == text and len(pieces) > 20
    assert sum("\N{REPLACEMENT CHARACTER}" in piece for piece in pieces) == 1


def test_a_character_that_is_never_completed_is_shown_at_the_end(tokenizer: PreTrainedTokenizerBase) -> None:
    tokens = list(tokenizer("LDA 🗡")["input_ids"])[:-1]
    growing = GrowingText(tokenizer, ())
    pieces = [growing.grow(tokens[: length + 1], is_whole=False) for length in range(len(tokens))]
    assert "".join(pieces) == "LDA " and growing.grow(tokens, is_whole=True) == "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("stop", ["RTS", "\nRTS", "INC A\nRTS\n", "$7E0010\nINC", "C", "🗡", "L"])
def test_a_stop_is_found_wherever_tokens_divide_it_and_nothing_of_it_is_shown(
    tokenizer: PreTrainedTokenizerBase, stop: str
) -> None:
    text = "LDA.l $7E0010\nINC A\nRTS\n; 🗡 done"
    assert "".join(pieces_of(text, tokenizer, "never", stop)) == text[: text.index(stop)]


def test_what_only_looked_like_a_stop_is_shown_after_all(tokenizer: PreTrainedTokenizerBase) -> None:
    text = "INC A\nINC A\nINC X\nINC A\nIN"
    pieces = pieces_of(text, tokenizer, "INC A\nINC Y", "INC B")
    assert "".join(pieces) == text and pieces[-1] == "INC A\nIN"
