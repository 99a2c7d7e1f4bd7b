"""Tiny untrained bases of the published architectures with random adapters on them, registered as versions."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any, Literal

import factories
import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoTokenizer, Gemma3Config, Gemma3ForConditionalGeneration, Qwen3Config, Qwen3ForCausalLM

from oracle_lib import bases, models, registry
from oracle_lib.files import outputs, relative, sha256
from oracle_lib.gates import Gate
from oracle_lib.registry import Version

DAY = date(2026, 11, 23)
Family = Literal["qwen2", "qwen3", "gemma3"]

# Gemma's way with roles: the system prompt opens the first user turn.
_GEMMAS = """{%- set system = messages[0]['content'] + '\n\n' if messages[0]['role'] == 'system' else '' -%}
{%- for message in messages if message['role'] != 'system' -%}
<start_of_turn>{{ 'model' if message['role'] == 'assistant' else 'user' }}
{{ system if loop.first else '' }}{{ message['content'] }}<end_of_turn>
{% endfor -%}
{%- if add_generation_prompt %}<start_of_turn>model
{% endif -%}"""
_QWENS_SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def write_base(family: Family, tokenizer: Path | None = None, **known: Any) -> str:
    """The reference of a tiny untrained base, in float32, whose tokenizer splits as that of the real ones of Qwen, or
    is the one in a folder.
    """
    folder = outputs() / "models" / family
    vocabulary = len(AutoTokenizer.from_pretrained(tokenizer) if tokenizer else models.load_tokenizer("embedded"))
    torch.manual_seed(0)
    sizes = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 3, "vocab_size": vocabulary}
    heads = {"num_attention_heads": 4, "num_key_value_heads": 2}
    usual = {**sizes, **heads, "initializer_range": 0.2, "max_position_embeddings": 512, **known}
    model: Any
    if family == "qwen2":
        model = factories.tiny_qwen2(vocabulary, **usual)
    elif family == "qwen3":
        model = Qwen3ForCausalLM(Qwen3Config(**usual, head_dim=16, tie_word_embeddings=False))
    else:
        text = {**usual, "head_dim": 16, "sliding_window": 16, "pad_token_id": 0, "eos_token_id": 2}
        sight = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2}
        config = Gemma3Config(text_config=text, vision_config={**sight, "image_size": 28, "patch_size": 14})
        model = Gemma3ForConditionalGeneration(config)
    for name, weight in model.named_parameters():  # as published ones, norms and biases are no ones and zeros
        if weight.ndim == 1:
            torch.nn.init.normal_(weight, mean=float("norm" in name and family != "gemma3"), std=0.1)
    model.save_pretrained(folder)
    if tokenizer:
        for file in ("tokenizer.json", "tokenizer_config.json", "chat_template.jinja"):
            shutil.copyfile(tokenizer / file, folder / file)
    else:
        _write_tokenizer(family, folder)
    return bases.reference(str(folder))


def _write_tokenizer(family: Family, folder: Path) -> None:
    parts = json.loads((bases.EMBEDDED / "tokenizer.json").read_text(encoding="utf-8"))
    split = {"type": "Split", "pattern": {"Regex": _QWENS_SPLIT}, "behavior": "Isolated", "invert": False}
    as_bytes = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
    parts["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": [split, as_bytes]}
    written = json.dumps(parts)
    template = (bases.EMBEDDED / "chat_template.jinja").read_text(encoding="utf-8")
    ends = {"eos_token": "<|im_end|>", "pad_token": "<|endoftext|>"}
    if family == "gemma3":
        gemmas = {"<|im_start|>": "<start_of_turn>", "<|im_end|>": "<end_of_turn>", "<|endoftext|>": "<pad>"}
        for old, new in gemmas.items():
            written = written.replace(old, new)
        template, ends = _GEMMAS, {"eos_token": "<end_of_turn>", "pad_token": "<pad>"}
    (folder / "tokenizer.json").write_text(written, encoding="utf-8")
    (folder / "chat_template.jinja").write_text(template, encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "PreTrainedTokenizerFast", **ends}), encoding="utf-8"
    )


def write_version(base: str, expert: str = "rauru-assembler", seed: int = 1, **lora: Any) -> Version:
    """A registered version whose adapter changes the base a good deal, in the way that `seed` draws."""
    torch.manual_seed(seed)
    layers = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
    model = models.load_base(base, nf4=False)
    config = LoraConfig(
        r=4,
        lora_alpha=8,
        target_modules=layers,
        exclude_modules=bases.find(base).architecture.excluded,
        task_type="CAUSAL_LM",
        **lora,
    )
    peft = get_peft_model(model, config)
    for name, weight in peft.named_parameters():
        if "lora_" in name:
            torch.nn.init.normal_(weight, std=0.2)
    folder = outputs() / "runs" / f"tiny{seed}" / expert / "train"
    peft.save_pretrained(str(folder / "adapter"))
    report = folder / "report.json"
    report.write_text('{"verdict": "passed"}', encoding="utf-8")
    adapter = factories.adapter(
        expert=expert,
        base=base,
        base_sha256=bases.base_digest(base),
        path=relative(folder / "adapter"),
        sha256=sha256(folder / "adapter"),
    )
    gate = Gate(name="better_than_base", threshold=0.0, value=0.4, passed=True)
    return registry.register(adapter, report, [gate], DAY)


def read_tensors(path: Path) -> dict[str, Any]:
    """The tensors of a GGUF in float32, by name."""
    import gguf
    import numpy as np

    return {
        tensor.name: np.array(gguf.quants.dequantize(tensor.data, tensor.tensor_type))
        for tensor in gguf.GGUFReader(path).tensors
    }
