"""The tokenizer, the chat encoding, likelihoods and generation, on a base of two tiny layers."""

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import factories
import pytest
import torch
from factories import tiny_qwen2
from huggingface_hub import constants
from safetensors.torch import load_file, save_file
from transformers import PreTrainedTokenizerBase, Qwen2Config, Qwen2ForCausalLM

from oracle_lib import OracleError, bases, chat, models
from oracle_lib.chat import IGNORED
from oracle_lib.records import Adapter, Message

SYSTEM: Message = {"role": "system", "content": "You write 65816 routines."}
QUESTION: Message = {"role": "user", "content": "Store 5 at $7EF36D."}
ANSWER: Message = {"role": "assistant", "content": "```asm\n    LDA #$05\n    STA.l $7EF36D\n    RTL\n```"}


@pytest.fixture(scope="module")
def tokenizer() -> PreTrainedTokenizerBase:
    return models.load_tokenizer("embedded")


@pytest.fixture(scope="module")
def model(tokenizer: PreTrainedTokenizerBase) -> Qwen2ForCausalLM:
    torch.manual_seed(0)
    tiny = tiny_qwen2(len(tokenizer))
    tiny.eval()
    return tiny


@pytest.mark.parametrize(
    "text",
    ["LDA.w $7EF36D,X\r\n\t; é 漢字 🗡", "\x00\x01 \x7f", "  two  spaces\n\n\n", "0xABCDE $123 %0101", "<|im_start|>"],
)
def test_text_survives_the_tokenizer_byte_for_byte(tokenizer: PreTrainedTokenizerBase, text: str) -> None:
    assert tokenizer.decode(tokenizer(text)["input_ids"]) == text


def test_every_byte_of_a_hexadecimal_number_is_one_token_wherever_it_stands(
    tokenizer: PreTrainedTokenizerBase,
) -> None:
    def pieces(text: str) -> list[str]:
        return [str(tokenizer.decode([token])) for token in tokenizer(text)["input_ids"]]

    assert pieces("$7EF36D") == ["$", "7E", "F3", "6D"]
    assert pieces("LDA.w $1C9A,X") == ["LDA.w", " $", "1C", "9A", ",X"]
    for byte in range(256):
        assert pieces(f"#${byte:02X}00")[-2:] == [f"{byte:02X}", "00"]


_THREADS_THAT_READ_AT_ONCE = """
import sys, threading
from concurrent.futures import ThreadPoolExecutor
from oracle_lib import models

sys.setswitchinterval(1e-6)
together = threading.Barrier(16)

def read(_):
    together.wait()
    return len(models.load_tokenizer("embedded"))

with ThreadPoolExecutor(16) as pool:
    assert len(set(pool.map(read, range(16)))) == 1
"""


def test_threads_may_read_a_base_at_once() -> None:
    done = subprocess.run([sys.executable, "-c", _THREADS_THAT_READ_AT_ONCE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_padding_is_not_the_end_of_an_answer(tokenizer: PreTrainedTokenizerBase) -> None:
    assert (tokenizer.pad_token, tokenizer.eos_token) == ("<|endoftext|>", "<|im_end|>")
    assert tokenizer.pad_token_id != tokenizer.eos_token_id


@pytest.fixture
def folder(tokenizer: PreTrainedTokenizerBase, tmp_path: Path) -> Path:
    """A Qwen2 as others publish it: a folder with the words of a tokenizer and the sizes of a model."""
    tokenizer.save_pretrained(tmp_path)
    Qwen2Config().save_pretrained(tmp_path)
    return tmp_path


def _change(path: Path, **settings: Any) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **settings}))


def test_an_answer_ends_as_its_architecture_ends_turns_whatever_the_tokenizer_says(folder: Path) -> None:
    _change(folder / "tokenizer_config.json", eos_token="<|endoftext|>")
    assert models.load_tokenizer(str(folder)).eos_token == "<|im_end|>"


@pytest.mark.parametrize(("padding", "fault"), [("<|im_end|>", "pads with <|im_end|>"), (None, "has no padding")])
def test_a_tokenizer_that_pads_with_the_end_of_an_answer_or_not_at_all_gets_the_padding_of_its_architecture(
    folder: Path, padding: str | None, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _change(folder / "tokenizer_config.json", pad_token=padding)
    fixed = models.load_tokenizer(str(folder))
    assert (fixed.pad_token, fixed.eos_token) == ("<|endoftext|>", "<|im_end|>")
    assert fixed.pad_token_id != fixed.eos_token_id
    models.load_tokenizer(str(folder))
    told = capsys.readouterr().out
    assert fault in told and told.endswith("; <|endoftext|> pads in its place\n") and told.count("\n") == 1


def test_a_tokenizer_that_has_no_other_token_to_pad_with_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(folder / "outputs"))
    (folder / "model.safetensors").touch()
    words = (folder / "tokenizer.json").read_text().replace("<|endoftext|>", "<|other|>")
    (folder / "tokenizer.json").write_text(words)
    _change(folder / "tokenizer_config.json", pad_token="<|im_end|>")
    with pytest.raises(OracleError, match=r"pads with <\|im_end\|>, .* it lacks <\|endoftext\|>, .*; add that token"):
        models.load_tokenizer(bases.reference(str(folder)))


def test_the_tokenizer_of_a_folder_cuts_words_as_its_own_file_says(
    folder: Path, tokenizer: PreTrainedTokenizerBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(folder / "outputs"))
    (folder / "model.safetensors").touch()
    (ours, theirs) = (models.load_tokenizer("embedded"), models.load_tokenizer(bases.reference(str(folder))))
    conversation = [SYSTEM, QUESTION, ANSWER]
    assert chat.chat_ids(theirs, conversation, False) == chat.chat_ids(ours, conversation, False)


def test_a_tokenizer_that_cannot_end_a_turn_is_refused(folder: Path) -> None:
    words = (folder / "tokenizer.json").read_text().replace("<|im_end|>", "<|other|>")
    (folder / "tokenizer.json").write_text(words)
    _change(folder / "tokenizer_config.json", eos_token="<|other|>")
    with pytest.raises(OracleError, match=r"has no <\|im_end\|>, which ends a turn; choose a model that was taught"):
        models.load_tokenizer(str(folder))


def test_a_tokenizer_without_a_chat_template_is_refused(folder: Path) -> None:
    (folder / "chat_template.jinja").unlink()
    with pytest.raises(OracleError, match="has no chat template; choose a model that was taught to chat"):
        models.load_tokenizer(str(folder))


def test_a_base_is_read_in_4_bits_as_it_was_saved_and_refused_where_only_its_config_says_so(
    tokenizer: PreTrainedTokenizerBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "outputs"))
    plain, quantised = tmp_path / "plain", tmp_path / "quantised"
    torch.manual_seed(0)
    tiny_qwen2(len(tokenizer)).save_pretrained(plain, max_shard_size="500KB")
    read = models.load_base(bases.reference(str(plain)))
    read.save_pretrained(quantised)
    ids = torch.arange(20)[None]
    again = models.load_base(bases.reference(str(quantised)))
    assert torch.equal(again(ids).logits, read(ids).logits)
    settings = json.loads((quantised / "config.json").read_text())["quantization_config"]
    _change(plain / "config.json", quantization_config=settings)
    with pytest.raises(OracleError, match=r'4 bits, but model\.layers\.0\..*weight is not; take "quantization_config"'):
        models.load_base(bases.reference(str(plain)))


def test_a_base_that_lacks_a_weight_is_not_filled_with_random_numbers(
    tokenizer: PreTrainedTokenizerBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "outputs"))
    tiny_qwen2(len(tokenizer)).save_pretrained(tmp_path)
    weights = load_file(tmp_path / "model.safetensors")
    del weights["model.norm.weight"]
    save_file(weights, tmp_path / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(OracleError, match=r"lacks 1 of its weights, such as model\.norm\.weight; name"):
        models.load_base(bases.reference(str(tmp_path)))


def test_a_known_base_whose_files_cannot_be_reached_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(OracleError, match=r"'Qwen/Qwen3-8B' cannot be read \(.*\); try again when the Hub can be"):
        models.load_tokenizer("Qwen/Qwen3-8B")


def _conversations() -> list[list[Message]]:
    questions = [f"Store {number} at $7EF3{number:02X}{', please' * number}." for number in range(9)]
    return [[SYSTEM, {"role": "user", "content": text}, ANSWER] for text in questions]


def test_an_answer_is_as_likely_in_a_padded_batch_as_alone(
    model: Qwen2ForCausalLM, tokenizer: PreTrainedTokenizerBase
) -> None:
    together = models.completion_nll(model, tokenizer, _conversations())
    alone = [models.completion_nll(model, tokenizer, [conversation])[0] for conversation in _conversations()]
    assert [found.nll for found in together] == pytest.approx([found.nll for found in alone], rel=1e-4)
    assert len({round(found.nll, 3) for found in together}) > 1, "the prompts must matter for this to show anything"


def test_likelihoods_are_those_of_the_models_own_loss(
    model: Qwen2ForCausalLM, tokenizer: PreTrainedTokenizerBase
) -> None:
    row = chat.encode(tokenizer, _conversations()[3])
    with torch.no_grad():
        loss = model(input_ids=torch.tensor([row.ids]), labels=torch.tensor([row.labels])).loss.item()
    (found,) = models.completion_nll(model, tokenizer, [_conversations()[3]])
    assert found.tokens == sum(label != IGNORED for label in row.labels)
    assert found.nll / found.tokens == pytest.approx(loss, rel=1e-5)
    assert found.bytes == len(ANSWER["content"].encode())


def test_batches_stay_within_their_budget_of_padded_tokens() -> None:
    lengths = [5, 300, 40, 41, 39, 7, 500]
    batches = list(models._by_length(lengths, 120))
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    assert all(len(batch) == 1 or len(batch) * max(lengths[index] for index in batch) <= 120 for batch in batches)


def test_generation_is_the_same_alone_and_in_a_batch_of_other_lengths(
    model: Qwen2ForCausalLM, tokenizer: PreTrainedTokenizerBase
) -> None:
    prompts = [conversation[:2] for conversation in _conversations()]
    together = models.generate(model, tokenizer, prompts, max_new_tokens=12, rows=4)
    assert together == [models.generate(model, tokenizer, [prompt], max_new_tokens=12)[0] for prompt in prompts]
    assert len(set(together)) > 1


def test_generation_ends_at_the_end_of_the_answer(tokenizer: PreTrainedTokenizerBase) -> None:
    silent = tiny_qwen2(len(tokenizer), tie_word_embeddings=False).eval()
    with torch.no_grad():  # a head that always prefers the end
        silent.lm_head.weight.zero_()
        silent.lm_head.bias = torch.nn.Parameter(torch.zeros(len(tokenizer)))
        silent.lm_head.bias[tokenizer.eos_token_id] = 9.0
    assert models.generate(silent, tokenizer, [[QUESTION]], max_new_tokens=8) == [""]


def test_a_base_that_was_not_built_is_named() -> None:
    with pytest.raises(OracleError, match=r"built:0123 is not in base; run 04_train"):
        models.load_base("built:0123")


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a GPU")
def test_a_base_of_more_than_a_billion_parameters_is_refused_without_a_gpu() -> None:
    with pytest.raises(
        OracleError, match=r"needs a GPU with at least 11 GiB to answer, .* -p base 0.5B, or the profile demo"
    ):
        models.load_base("Qwen/Qwen2.5-Coder-14B-Instruct")


def test_an_adapter_survives_its_file_and_a_damaged_file_is_named(tmp_path: Path) -> None:
    adapter = factories.adapter(base="built:0", train_loss=math.e)
    path = adapter.write(tmp_path / "adapter.json")
    assert Adapter.read(path) == adapter
    with pytest.raises(OracleError, match="missing or damaged"):
        models.load_adapter(adapter)
    path.write_text("{}")
    with pytest.raises(OracleError, match="no adapter of this version"):
        Adapter.read(path)
    with pytest.raises(OracleError, match="run 04_train"):
        Adapter.read(tmp_path / "nothing.json")
