"""Bases and adapters as GGUF: read back, every number is where llama.cpp looks for it."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest
import tiny_experts
import torch
from safetensors.torch import load_file, save_file
from tiny_experts import Family, read_tensors

from oracle_lib import OracleError, bases, models
from oracle_lib.files import sha256
from oracle_lib.runtimes import gguf_files, gguf_store

IDS = torch.tensor([[1, 5, 9, 300, 41, 7, 7, 120, 2, 1, 8, 64]])
PARTS = {
    "q_proj": "attn_q",
    "k_proj": "attn_k",
    "v_proj": "attn_v",
    "o_proj": "attn_output",
    "gate_proj": "ffn_gate",
    "up_proj": "ffn_up",
    "down_proj": "ffn_down",
}
families = pytest.mark.parametrize("family", ["qwen2", "qwen3", "gemma3"])


def field(path: Path, key: str) -> Any:
    found = gguf.GGUFReader(path).get_field(key)
    return None if found is None else found.contents()


@families
def test_an_adapter_is_read_back_tensor_by_tensor(family: Family, tmp_path: Path) -> None:
    version = tiny_experts.write_version(tiny_experts.write_base(family))
    gguf_files.write_adapter(version.adapter, "f" * 64, tmp_path / "adapter.gguf")
    written = read_tensors(tmp_path / "adapter.gguf")
    trained = load_file(version.adapter.folder / "adapter_model.safetensors")
    for name, tensor in trained.items():
        layer, part, half = re.findall(r"layers\.(\d+)\.\w+\.(\w+)\.lora_([AB])", name)[0]
        called = f"blk.{layer}.{PARTS[part]}.weight.lora_{half.lower()}"
        assert np.array_equal(written.pop(called), tensor.numpy()), name
    assert not written
    for key, value in {
        "general.type": "adapter",
        "general.architecture": family,
        "adapter.type": "lora",
        "adapter.lora.alpha": 8.0,
        gguf_files.BASE_FILE: "f" * 64,
        gguf_files.BASE_WEIGHTS: version.adapter.base_sha256,
    }.items():
        assert field(tmp_path / "adapter.gguf", key) == value


@families
def test_a_merged_model_says_what_the_adapter_on_its_base_says(family: Family, tmp_path: Path) -> None:
    """What is in the GGUF goes back into the base's own model: its logits are those of base plus adapter."""
    base = tiny_experts.write_base(family)
    version = tiny_experts.write_version(base)
    gguf_files.write_model(base, tmp_path / "merged.gguf", version.adapter)
    written = read_tensors(tmp_path / "merged.gguf")
    model: Any = models.load_base(base, nf4=False)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH[family.upper()], 3)
    with torch.no_grad():
        alone = model(IDS).logits
        for name, weight in model.named_parameters():
            plain = name.replace("model.language_model.", "model.")
            if "vision" in name or "multi_modal" in name:
                continue
            found = torch.tensor(written.pop(str(names.get_name(plain, try_suffixes=(".weight", ".bias")))))
            weight.copy_(found - 1 if family == "gemma3" and name.endswith("norm.weight") else found)
        merged = model(IDS).logits
        adapted = models.load_adapter(version.adapter, nf4=False)(IDS).logits
    assert not written
    assert torch.allclose(merged, adapted, atol=1e-2)
    assert not torch.allclose(alone, adapted, atol=1)


def test_bf16_weights_stay_bf16_and_equal_inputs_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("once", "again"):
        gguf_files.write_model("embedded", tmp_path / name)
    assert (tmp_path / "once").read_bytes() == (tmp_path / "again").read_bytes()
    written = read_tensors(tmp_path / "once")
    for key, tensor in load_file(bases.EMBEDDED / "model.safetensors").items():
        if key == "model.layers.0.mlp.up_proj.weight":
            assert np.array_equal(written["blk.0.ffn_up.weight"], tensor.float().numpy())
    kinds = {tensor.tensor_type.name for tensor in gguf.GGUFReader(tmp_path / "once").tensors}
    assert kinds == {"F32", "BF16"}


def test_the_vocabulary_and_the_template_are_the_tokenizers_own(tmp_path: Path) -> None:
    base = tiny_experts.write_base("qwen2")
    gguf_files.write_model(base, tmp_path / "base.gguf")
    tokenizer = models.load_tokenizer(base)
    tokens = field(tmp_path / "base.gguf", "tokenizer.ggml.tokens")
    assert tokens == tokenizer.convert_ids_to_tokens(list(range(len(tokenizer))))
    assert field(tmp_path / "base.gguf", "tokenizer.chat_template") == tokenizer.chat_template
    assert field(tmp_path / "base.gguf", "tokenizer.ggml.eos_token_id") == tokenizer.eos_token_id


def test_a_base_in_four_bits_is_not_merged_into(tmp_path: Path) -> None:
    base = tiny_experts.write_base("qwen2")
    version = tiny_experts.write_version(base)
    path = bases.base_folder(base) / "config.json"
    config = json.loads(path.read_bytes())
    quantised = {"quant_method": "bitsandbytes", "load_in_4bit": True, "bnb_4bit_quant_type": "nf4"}
    path.write_text(json.dumps(config | {"quantization_config": quantised}))
    with pytest.raises(OracleError, match="is quantised, which a merge would make worse; name its bf16 weights"):
        gguf_files.write_model(base, tmp_path / "merged.gguf", version.adapter)
    assert not (tmp_path / "merged.gguf").exists()


@pytest.mark.parametrize("form", [{"use_rslora": True}, {"use_dora": True}, {"rank_pattern": {"q_proj": 2}}])
def test_an_adapter_of_a_form_that_no_gguf_can_hold_is_refused(form: dict[str, Any], tmp_path: Path) -> None:
    version = tiny_experts.write_version(tiny_experts.write_base("qwen2"), **form)
    with pytest.raises(OracleError, match="which no GGUF can hold; train it without"):
        gguf_files.write_adapter(version.adapter, "f" * 64, tmp_path / "adapter.gguf")


def test_an_adapter_is_never_put_on_another_base() -> None:
    base = tiny_experts.write_base("qwen2")
    version = tiny_experts.write_version(base)
    path = gguf_store.adapter_file(version)
    record = gguf_store.verified_base_file(base)
    gguf_store.require_fits(path, record)
    with pytest.raises(OracleError, match="is for another GGUF than"):
        gguf_store.require_fits(path, record.model_copy(update={"sha256": "0" * 64}))
    with pytest.raises(OracleError, match=r"was trained on folder:qwen2@.*, not on embedded"):
        gguf_store.require_base(version, "embedded")
    (gguf_store.folder(base) / "base.gguf").write_bytes(b"another")
    with pytest.raises(OracleError, match=r"base\.gguf is missing or damaged"):
        gguf_store.verified_base_file(base)


def test_weights_that_changed_since_the_training_are_refused(tmp_path: Path) -> None:
    base = tiny_experts.write_base("qwen2")
    version = tiny_experts.write_version(base)
    weights = bases.base_folder(base) / "model.safetensors"
    save_file({name: tensor + 1 for name, tensor in load_file(weights).items()}, weights, {"format": "pt"})
    with pytest.raises(OracleError, match="the weights in the folder qwen2 are no longer those"):
        gguf_files.write_model(base, tmp_path / "merged.gguf", version.adapter)
    assert sha256(weights) != version.adapter.base_sha256


def test_a_file_that_is_half_written_has_no_name_that_a_runtime_would_read() -> None:
    """The process dies outright while the base is written: nothing but the work's own folder is there, and the next
    installation starts anew.
    """
    base = tiny_experts.write_base("qwen2")
    version = tiny_experts.write_version(base)
    program = (
        "import os, signal, sys\n"
        "from oracle_lib import registry\n"
        "from oracle_lib.runtimes import gguf_files, gguf_store\n"
        "gguf_files.gguf.GGUFWriter.write_ti_data_to_file = lambda self: os.kill(os.getpid(), signal.SIGKILL)\n"
        "gguf_store.adapter_file(registry.load(sys.argv[1]))\n"
    )
    died = subprocess.run([sys.executable, "-c", program, version.name], check=False)
    assert died.returncode == -9
    assert not list(gguf_store.folder(base).glob("*.gguf"))
    gguf_store.require_fits(gguf_store.adapter_file(version), gguf_store.verified_base_file(base))
