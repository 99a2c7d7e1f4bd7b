"""Answers to many prompts at once: the ones that transformers' own `generate` gives to each prompt alone."""

import copy
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any

import pytest
import torch
from factories import tiny_qwen2
from peft import LoraConfig, get_peft_model
from transformers import Gemma3ForCausalLM, Gemma3TextConfig, PreTrainedTokenizerBase, Qwen2ForCausalLM

from oracle_lib import models
from oracle_lib.decoding import Prompt, Sampling, decode


@pytest.fixture(scope="module")
def tokenizer() -> PreTrainedTokenizerBase:
    return models.load_tokenizer("embedded")


@pytest.fixture(scope="module")
def model(tokenizer: PreTrainedTokenizerBase) -> Qwen2ForCausalLM:
    """Four heads share two keys."""
    torch.manual_seed(0)
    tiny = tiny_qwen2(len(tokenizer), num_attention_heads=4)
    tiny.eval()
    return tiny


@pytest.fixture(scope="module")
def prompts(tokenizer: PreTrainedTokenizerBase) -> list[list[int]]:
    """Of many lengths."""
    texts = [f"Store {number} at $7EF3{number:02X}{', please' * (number % 7)}." for number in range(20)]
    return [list(tokenizer(text)["input_ids"]) for text in texts]


def greedy_ids(model: Any, tokenizer: Any, prompt: Sequence[int], length: int) -> list[int]:
    """What transformers writes after a prompt."""
    ends = {"eos_token_id": tokenizer.eos_token_id, "pad_token_id": tokenizer.pad_token_id}
    written = model.generate(torch.tensor([prompt]), max_new_tokens=length, do_sample=False, **ends)
    return list(written[0, len(prompt) :].tolist())


def by_transformers(model: Any, tokenizer: Any, prompts: Sequence[Sequence[int]], length: int) -> list[list[str]]:
    return [
        [tokenizer.decode(greedy_ids(model, tokenizer, prompt, length), skip_special_tokens=True)] for prompt in prompts
    ]


def test_each_prompt_gets_the_tokens_that_generate_gives_it_alone(
    model: Qwen2ForCausalLM, tokenizer: PreTrainedTokenizerBase, prompts: list[list[int]]
) -> None:
    expected = by_transformers(model, tokenizer, prompts, 20)
    for rows in (1, 3, 8, 50):
        assert decode(model, tokenizer, prompts, 20, rows=rows) == expected
    assert len({text for (text,) in expected}) > 10, "the prompts must matter for this to show anything"


@pytest.mark.parametrize("rows", [1, 2, 50])
def test_a_prompt_that_comes_later_joins_and_gets_the_tokens_that_it_gets_alone(
    rows: int, model: Qwen2ForCausalLM, tokenizer: PreTrainedTokenizerBase, prompts: list[list[int]]
) -> None:
    later = [*prompts[1:6], prompts[0] * 20]  # the last one needs more columns than the batch had
    expected = by_transformers(model, tokenizer, [prompts[0], *later], 20)
    coming, steps = iter(later), 0

    def join() -> list[Prompt]:
        nonlocal steps
        steps += 1
        return [Prompt(one) for one in islice(coming, 2)] if steps % 3 == 0 else []  # two are padded to one length

    assert decode(model, tokenizer, prompts[:1], 20, rows=rows, join=join) == expected
    assert len({text for (text,) in expected}) == len(expected)
    assert rows < 50 or steps < 60, "they must have been decoded side by side"


def test_the_embedded_base_answers_as_generate_lets_it(
    tokenizer: PreTrainedTokenizerBase, prompts: list[list[int]]
) -> None:
    base = models.load_base("embedded", nf4=False)
    expected = by_transformers(base, tokenizer, prompts[:5], 60)
    assert decode(base, tokenizer, prompts[:5], 60) == expected
    assert len({len(text) for (text,) in expected}) > 2, "some must end before the others"


def test_layers_that_see_only_a_window_see_what_they_should(
    tokenizer: PreTrainedTokenizerBase, prompts: list[list[int]]
) -> None:
    torch.manual_seed(0)
    config = Gemma3TextConfig(
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=4,
        num_attention_heads=4,
        num_key_value_heads=1,
        head_dim=32,
        sliding_window=4,
        layer_types=["sliding_attention", "full_attention"] * 2,
        initializer_range=0.05,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    gemma = Gemma3ForCausalLM(config).eval()
    expected = by_transformers(gemma, tokenizer, prompts[:9], 14)
    assert decode(gemma, tokenizer, prompts[:9], 14, rows=4) == expected
    assert len({text for (text,) in expected}) == 9


def test_every_end_that_the_model_names_ends_an_answer(
    model: Qwen2ForCausalLM,
    tokenizer: PreTrainedTokenizerBase,
    prompts: list[list[int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = greedy_ids(model, tokenizer, prompts[0], 12)
    end = next(token for token in reversed(written) if token != written[0])
    monkeypatch.setattr(model.generation_config, "eos_token_id", [tokenizer.eos_token_id, end])
    assert decode(model, tokenizer, prompts[:1], 12) == [[tokenizer.decode(written[: written.index(end)])]]


@pytest.mark.parametrize("top_p", [1.0, 0.7])
def test_what_is_drawn_for_a_prompt_follows_from_its_seed_whatever_stands_beside_it(
    model: Qwen2ForCausalLM, tokenizer: PreTrainedTokenizerBase, prompts: list[list[int]], top_p: float
) -> None:
    sampling, seeds = Sampling(0.9, top_p), [str(number) for number in range(len(prompts))]
    together = decode(model, tokenizer, prompts, 10, sampling, samples=3, seeds=seeds, rows=7)
    assert decode(model, tokenizer, prompts[4:6], 10, sampling, samples=3, seeds=seeds[4:6]) == together[4:6]
    assert decode(model, tokenizer, prompts[4:6], 10, sampling, samples=3) != together[4:6]
    assert all(len(set(texts)) == 3 for texts in together)


def test_tokens_are_drawn_as_often_as_they_are_likely(
    model: Qwen2ForCausalLM, tokenizer: PreTrainedTokenizerBase, prompts: list[list[int]]
) -> None:
    with torch.no_grad():
        logits = model(torch.tensor([prompts[3]])).logits[0, -1]
    likely = torch.softmax(logits / 0.7, -1)
    drawn = Counter(decode(model, tokenizer, prompts[3:4], 1, Sampling(0.7), samples=2000, rows=500)[0])
    for token in likely.topk(3).indices:
        assert drawn[str(tokenizer.decode(token))] / 2000 == pytest.approx(float(likely[token]), abs=0.04)
    nucleus = Counter(decode(model, tokenizer, prompts[3:4], 1, Sampling(0.7, top_p=0.3), samples=500, rows=500)[0])
    ranked = likely.sort(descending=True)
    kept = int((ranked.values.cumsum(0) < 0.3).sum()) + 1
    assert nucleus.keys() == {tokenizer.decode(token) for token in ranked.indices[:kept]}


def test_one_batch_may_mix_adapters_and_else_the_active_one_answers(
    tokenizer: PreTrainedTokenizerBase, prompts: list[list[int]]
) -> None:
    torch.manual_seed(0)
    settings = LoraConfig(r=4, lora_alpha=16, target_modules=["q_proj", "v_proj"], init_lora_weights=False)
    tuned = get_peft_model(tiny_qwen2(len(tokenizer)), settings, adapter_name="one")
    tuned.add_adapter("other", settings)
    tuned.eval()
    expected: dict[str | None, list[list[str]]] = {}
    with tuned.disable_adapter():
        expected[None] = by_transformers(tuned, tokenizer, prompts[:9], 12)
    for name in ("other", "one"):
        tuned.set_adapter(name)
        expected[name] = by_transformers(tuned, tokenizer, prompts[:9], 12)
    assert decode(tuned, tokenizer, prompts[:9], 12, rows=4) == expected["one"]
    names = ["one", "other", None] * 3
    mixed = decode(tuned, tokenizer, prompts[:9], 12, rows=4, adapters=names)
    assert mixed == [expected[name][place] for place, name in enumerate(names)]
    assert all(one != other for one, other in zip(expected["one"], expected["other"], strict=True))


def test_a_merged_model_computes_what_its_adapter_on_nf4_does() -> None:
    ids = torch.arange(3, 63)[None]
    settings = LoraConfig(r=4, lora_alpha=8, target_modules=["q_proj", "v_proj", "down_proj"], init_lora_weights=False)
    torch.manual_seed(0)
    tuned = get_peft_model(models.load_base("embedded"), settings).eval()
    fresh = copy.deepcopy(tuned)
    with torch.no_grad():
        expected = tuned(input_ids=ids).logits
        with tuned.disable_adapter():
            base = tuned(input_ids=ids).logits
        found = models.merged(fresh)(input_ids=ids).logits
    assert (found - expected).abs().max() < 0.02 * (base - expected).abs().max()


def test_the_models_attention_is_its_own_again_afterwards(
    model: Qwen2ForCausalLM, tokenizer: PreTrainedTokenizerBase, prompts: list[list[int]]
) -> None:
    decode(model, tokenizer, prompts[:1], 2)
    assert model.config._attn_implementation == "sdpa"
    assert decode(model, tokenizer, [], 2) == []


def test_a_listener_hears_each_token_and_ends_a_text_alone(
    model: Qwen2ForCausalLM, tokenizer: PreTrainedTokenizerBase, prompts: list[list[int]]
) -> None:
    expected = [text for (text,) in decode(model, tokenizer, prompts[:5], 20)]
    heard: dict[int, list[list[int]]] = {place: [] for place in range(5)}

    def listen(place: int, _: int, tokens: Sequence[int], is_whole: bool) -> bool:
        heard[place].append(list(tokens))
        assert is_whole == (len(heard[place]) == (8 if place == 2 else 20))
        return place != 2 or len(tokens) < 7

    texts = [text for (text,) in decode(model, tokenizer, prompts[:5], 20, rows=3, listen=listen)]
    assert [[len(tokens) for tokens in heard[place]] for place in (0, 2)] == [[*range(1, 21)], [*range(1, 8), 7]]
    assert all(tokens == told[-1][: len(tokens)] for told in heard.values() for tokens in told)
    assert [text for place, text in enumerate(texts) if place != 2] == expected[:2] + expected[3:]
    assert texts[2] == tokenizer.decode(heard[2][-1]) and expected[2].startswith(texts[2])
