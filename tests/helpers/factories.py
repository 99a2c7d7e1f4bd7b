"""What tests of several rooms are made of: an adapter with usual values, and a model small enough to build anew.

Nothing here is trained.
"""

from typing import Any

from transformers import Qwen2Config, Qwen2ForCausalLM

from oracle_lib.records import Adapter


def adapter(**known: Any) -> Adapter:
    """The record of an adapter, with usual values for all that is not `known`."""
    usual = {
        "expert": "rauru-assembler",
        "run": "demo",
        "base": "embedded",
        "base_sha256": "b" * 64,
        "path": "runs/demo/rauru-assembler/train/adapter",
        "sha256": "a" * 64,
        "rows": 100,
        "epochs": 6,
        "steps": 600,
        "train_loss": 0.1,
        "dataset_sha256": "d" * 64,
    }
    return Adapter(**usual | known)


def tiny_qwen2(vocabulary: int, **known: Any) -> Qwen2ForCausalLM:
    """An untrained Qwen2 of a few thousand weights that differ enough to prefer some words to others."""
    usual = {
        "vocab_size": vocabulary,
        "hidden_size": 64,
        "intermediate_size": 128,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "tie_word_embeddings": True,
        "initializer_range": 0.2,
    }
    return Qwen2ForCausalLM(Qwen2Config(**usual | known))
