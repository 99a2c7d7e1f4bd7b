"""Writes bases and adapters as GGUF, the file format of llama.cpp, LM Studio and Ollama. Runs no model.

An adapter becomes a file of its own, or it is merged into its base's weights, a tensor at a time, so that a base never
has to fit into memory. Names of tensors and keys follow llama.cpp's own converters.
"""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import gguf
import numpy as np
from transformers import AutoConfig

from oracle_lib import OracleError, bases
from oracle_lib.bases import GEMMA3, Base, reading_base
from oracle_lib.files import sha256
from oracle_lib.models import load_tokenizer
from oracle_lib.records import Adapter
from oracle_lib.runtimes.gguf_vocabulary import add_vocabulary

BASE_WEIGHTS = "oracle.base.sha256"
"""The key for the digest of the weights that an adapter was trained on."""
BASE_FILE = "oracle.base.gguf.sha256"
"""The key for the sha256 of the only GGUF that an adapter may be put on."""

_ADAPTER_FORMS = {"use_rslora": False, "use_dora": False, "modules_to_save": None, "bias": "none", "lora_bias": False}
"""What an adapter must be for a GGUF to hold it: llama.cpp knows nothing else."""
_NO_TEXT = ("vision_tower", "multi_modal_projector", "vision_model")


class _Lora(NamedTuple):
    """An adapter's pairs of matrices by the name of the module that they change, each scaled by `alpha` / rank."""

    alpha: float
    pairs: dict[str, tuple[Any, Any]]

    @staticmethod
    def read(adapter: Adapter) -> "_Lora":
        from safetensors.torch import load_file

        if not adapter.folder.is_dir() or sha256(adapter.folder) != adapter.sha256:
            raise OracleError(f"the adapter {adapter.path} is missing or damaged; run 04_train again with force")
        config = json.loads((adapter.folder / "adapter_config.json").read_bytes())
        for key, needed in _ADAPTER_FORMS.items():
            if config.get(key, needed) != needed:
                raise OracleError(
                    f"{adapter.path} has {key} = {config[key]!r}, which no GGUF can hold; train it without"
                )
        if config.get("rank_pattern") or config.get("alpha_pattern"):
            raise OracleError(f"{adapter.path} has layers of other ranks, which no GGUF can hold; train it without")
        halves: dict[str, dict[str, Any]] = {}
        for name, tensor in load_file(adapter.folder / "adapter_model.safetensors").items():
            module, found, half = name.removesuffix(".weight").rpartition(".lora_")
            if not found:
                raise OracleError(f"{adapter.path} holds {name}, which is no LoRA; a GGUF cannot hold it")
            halves.setdefault(_plain_name(module.removeprefix("base_model.model.")), {})[half] = tensor
        return _Lora(config["lora_alpha"], {module: (both["A"], both["B"]) for module, both in halves.items()})


def write_adapter(adapter: Adapter, base_file_sha256: str, path: Path) -> None:
    """The adapter alone, for the base whose GGUF has that sha256. Raises `OracleError` where a GGUF cannot hold it."""
    lora = _Lora.read(adapter)
    known = bases.find(adapter.base)
    names = gguf.get_tensor_name_map(_architecture(known), known.shape.layers)
    writer = gguf.GGUFWriter(path, gguf.MODEL_ARCH_NAMES[_architecture(known)])
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string("adapter.type", "lora")
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, float(lora.alpha))
    writer.add_string(BASE_WEIGHTS, adapter.base_sha256)
    writer.add_string(BASE_FILE, base_file_sha256)
    for module, (down, up) in sorted(lora.pairs.items()):
        name = _gguf_name(names, f"{module}.weight")
        writer.add_tensor(f"{name}.lora_a", down.float().numpy())
        writer.add_tensor(f"{name}.lora_b", up.float().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def write_model(base: str, path: Path, adapter: Adapter | None = None) -> None:
    """The base, with the adapter merged into it if one is given, in the types of its own weights.

    Raises `OracleError` where the base is quantised (a merge would add its rounding to the adapter's) and where its
    weights are no longer those that the adapter was trained on.
    """
    if adapter and bases.base_digest(base) != adapter.base_sha256:
        raise OracleError(f"{base} is no longer what {adapter.path} was trained on; run 04_train again")
    lora = _Lora.read(adapter) if adapter else _Lora(1.0, {})
    weights = Weights(base)
    tensors = layout(base, weights)
    if missing := lora.pairs.keys() - {tensor.name.removesuffix(".weight") for tensor in tensors}:
        raise OracleError(f"{base} has no {min(missing)}, which the adapter changes; run 04_train again")
    writer = _begin(base, path)
    for tensor in tensors:
        width = _KINDS[tensor.stored].bytes
        writer.add_tensor_info(
            tensor.called,
            [*tensor.shape[:-1], tensor.shape[-1] * width],
            np.dtype(np.uint8),
            math.prod(tensor.shape) * width,
            raw_dtype=_KINDS[tensor.stored].type,
        )
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    for tensor in tensors:
        value = weights.read(tensor.name)
        if (pair := lora.pairs.get(tensor.name.removesuffix(".weight"))) is not None:
            down, up = (half.float() for half in pair)
            value = value.float() + (up @ down) * (lora.alpha / down.shape[0])
        writer.write_tensor_data(_bytes(value, tensor.stored))
    writer.close()


class Tensor(NamedTuple):
    """A base's tensor: its name, the one that llama.cpp gives it, its shape, and the type in which it is written."""

    name: str
    called: str
    shape: list[int]
    stored: str


def layout(base: str, weights: "Weights") -> list[Tensor]:
    """What goes into a base's GGUF, in order. Raises `OracleError` where the base is quantised."""
    known = bases.find(base)
    names = gguf.get_tensor_name_map(_architecture(known), known.shape.layers)
    tensors = []
    for name, shape, kind in weights:
        if kind not in _KINDS:
            raise _quantised(base)
        if name != "lm_head.weight" or not known.shape.tied:
            # llama.cpp wants norms and biases in full.
            tensors.append(Tensor(name, _gguf_name(names, name), shape, "F32" if len(shape) == 1 else kind))
    return tensors


def _begin(base: str, path: Path) -> gguf.GGUFWriter:
    """A GGUF with all that is said of a base before its tensors come."""
    with reading_base(base):
        config = AutoConfig.from_pretrained(bases.local_folder(base))
    if getattr(config, "quantization_config", None):
        raise _quantised(base)
    text, architecture = config.get_text_config(), _architecture(bases.find(base))
    writer = gguf.GGUFWriter(path, gguf.MODEL_ARCH_NAMES[architecture])
    writer.add_type(gguf.GGUFType.MODEL)
    writer.add_string(BASE_WEIGHTS, bases.base_digest(base))
    _add_shape(writer, text, architecture)
    add_vocabulary(writer, load_tokenizer(base), text.vocab_size)
    return writer


class _Kind(NamedTuple):
    type: gguf.GGMLQuantizationType
    bytes: int
    torch: str


_KINDS = {
    "F32": _Kind(gguf.GGMLQuantizationType.F32, 4, "float32"),
    "F16": _Kind(gguf.GGMLQuantizationType.F16, 2, "float16"),
    "BF16": _Kind(gguf.GGMLQuantizationType.BF16, 2, "bfloat16"),
}


def _bytes(tensor: Any, kind: str) -> np.ndarray[Any, Any]:
    import torch

    whole = tensor.to(getattr(torch, _KINDS[kind].torch)).contiguous()
    return np.asarray(whole.view(torch.uint8).numpy())


class Weights:
    """A base's tensors as its GGUF holds them, by the names that its decoder's layers have."""

    def __init__(self, base: str) -> None:
        from safetensors import safe_open

        files: list[Any] = [safe_open(path, framework="pt") for path in bases.weight_files(base)]
        self._place = {_plain_name(key): (file, key) for file in files for key in file.keys()}  # noqa: SIM118
        self._has_shifted_norms = bases.find(base).architecture == GEMMA3

    def __iter__(self) -> Iterator[tuple[str, list[int], str]]:
        for name, (file, key) in sorted(self._place.items()):
            if not any(part in key for part in _NO_TEXT):
                part = file.get_slice(key)
                yield name, part.get_shape(), part.get_dtype()

    def read(self, name: str, rows: slice = slice(None)) -> Any:
        """The tensor, or these rows of it."""
        file, key = self._place[name]
        value = file.get_slice(key)[rows]
        if self._has_shifted_norms and name.endswith("norm.weight"):
            return value.float() + 1  # Gemma's norms multiply by one more than their weight
        return value


def described(base: str) -> dict[str, Any]:
    """What a GGUF says of a base's architecture and sizes, by its keys."""
    with reading_base(base):
        config = AutoConfig.from_pretrained(bases.local_folder(base))
    architecture = _architecture(bases.find(base))
    writer = gguf.GGUFWriter(None, gguf.MODEL_ARCH_NAMES[architecture])
    _add_shape(writer, config.get_text_config(), architecture)
    return {key: field.value for key, field in writer.kv_data[0].items()}


def _architecture(base: Base) -> gguf.MODEL_ARCH:
    return gguf.MODEL_ARCH[base.architecture.model_types[0].upper()]


def _plain_name(key: str) -> str:
    """The name of a decoder's tensor without the parts that a model that also sees puts before it."""
    return key.replace("language_model.model.", "model.").replace("model.language_model.", "model.")


def _gguf_name(names: gguf.TensorNameMap, name: str) -> str:
    found = names.get_name(name, try_suffixes=(".weight", ".bias"))
    if found is None:
        raise OracleError(f"llama.cpp has no place for the tensor {name}; choose another base")
    return found


def _quantised(base: str) -> OracleError:
    return OracleError(f"{base} is quantised, which a merge would make worse; name its bf16 weights as base")


def _add_shape(writer: gguf.GGUFWriter, text: Any, architecture: gguf.MODEL_ARCH) -> None:
    """What llama.cpp must know of a decoder, from its transformers config."""
    shape = bases.Shape.of(text)
    writer.add_context_length(text.max_position_embeddings)
    writer.add_embedding_length(shape.hidden)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.key_heads)
    writer.add_layer_norm_rms_eps(text.rms_norm_eps)
    writer.add_vocab_size(shape.vocabulary)
    rope = text.rope_parameters
    main = rope.get("full_attention", rope)
    writer.add_rope_freq_base(main["rope_theta"])
    if main.get("rope_type") == "linear":
        writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(main["factor"])
    elif main.get("rope_type", "default") != "default":
        raise OracleError(f"the base turns positions by {main['rope_type']}, which is not known here; choose another")
    if architecture != gguf.MODEL_ARCH.QWEN2:
        writer.add_key_length(shape.head_width)
        writer.add_value_length(shape.head_width)
    if architecture == gguf.MODEL_ARCH.GEMMA3:
        writer.add_sliding_window(text.sliding_window)
        writer.add_rope_freq_base_swa(rope["sliding_attention"]["rope_theta"])
