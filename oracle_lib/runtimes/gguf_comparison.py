"""Tells whether a GGUF that others made, such as an official download, is a base's own. Runs no model.

Sizes, vocabulary and the names and shapes of tensors must be the base's. Norms and biases, which a GGUF holds in full,
and sampled rows of every matrix may differ from the base's by no more than their rounding explains. What is the same
model by other numbers, as AWQ makes it, counts as another: an adapter would be wrong on it.
"""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gguf
import numpy as np

from oracle_lib import OracleError
from oracle_lib.files import reason_of
from oracle_lib.models import load_tokenizer
from oracle_lib.runtimes.gguf_files import Tensor, Weights, described, layout

_ROWS = 16
"""How many rows of a matrix are compared, spread evenly over it."""
_OPTIONAL = ("vocab_size", "key_length", "value_length", "freq_base_swa")
"""Ends of keys that a file may leave out: llama.cpp finds these by itself."""
_CONTEXT = "context_length"
_OUTPUT, _EMBEDDING, _ROPE = "output.weight", "token_embd.weight", "rope_freqs.weight"


def stored_as(path: Path, base: str) -> str:
    """How the weights of the base are stored in a GGUF of it, such as "Q4_K_M". Raises `OracleError` where the file is
    none, or its model is not the base.
    """
    try:
        reader = gguf.GGUFReader(path)
        wrong = next(_differences(reader, base), None)
    except (OSError, ValueError, LookupError, TypeError) as error:
        wrong = f"it cannot be read ({reason_of(error)})"
    if wrong:
        raise OracleError(
            f"{path.name} is no GGUF of {base}: {wrong}; name a file that was made of just this base, or install "
            "without one, which writes it"
        )
    kind = reader.get_field(gguf.Keys.General.FILE_TYPE)
    if kind is None:
        return "as its tensors say"
    return gguf.LlamaFileType(kind.contents()).name.removeprefix("MOSTLY_")


def _differences(reader: gguf.GGUFReader, base: str) -> Iterator[str]:
    """In what the file differs from the base, the end of a sentence each."""
    if (parts := _value(reader, gguf.Keys.Split.LLM_KV_SPLIT_COUNT)) not in (None, 0, 1):
        yield f"it is one of {parts} parts; join them first with llama-gguf-split --merge"
    for key, wanted in described(base).items():
        found = _value(reader, key)
        if key.endswith(_CONTEXT) or (found is None and key.endswith(_OPTIONAL)):
            continue  # how long a context is, llama-server is told at its start
        if found != wanted and not (isinstance(wanted, float) and found and math.isclose(found, wanted, rel_tol=1e-5)):
            yield f"its {key} is {found}, and the base's is {wanted}"
    yield from _other_tokens(reader, base)
    yield from _other_tensors(reader, base)


def _other_tokens(reader: gguf.GGUFReader, base: str) -> Iterator[str]:
    tokenizer = load_tokenizer(base)
    tokens = _value(reader, gguf.Keys.Tokenizer.LIST) or []
    for token, place in tokenizer.get_vocab().items():
        if place not in tokenizer.added_tokens_decoder and (place >= len(tokens) or tokens[place] != token):
            yield f"its token {place} is {tokens[place]!r}" if place < len(tokens) else f"it has {len(tokens)} tokens"


def _other_tensors(reader: gguf.GGUFReader, base: str) -> Iterator[str]:
    weights = Weights(base)
    wanted = {tensor.called: tensor for tensor in layout(base, weights)}
    found = {tensor.name: tensor for tensor in reader.tensors if tensor.name != _ROPE}
    if _OUTPUT in found:  # of a tied base, some files hold the one matrix twice
        wanted.setdefault(_OUTPUT, wanted[_EMBEDDING])
    if wanted.keys() != found.keys():
        yield f"only one of the two has {min(wanted.keys() ^ found.keys())}"
        return
    for name, tensor in wanted.items():
        if (shape := [int(size) for size in reversed(found[name].shape)]) != tensor.shape:
            yield f"its {name} is {shape}, and the base's is {tensor.shape}"
        elif (error := _error(found[name], tensor, weights)) > (limit := _limit(found[name].tensor_type)):
            yield (
                f"its {name} differs from the base's by {error:.2g} of its length, and {found[name].tensor_type.name} "
                f"explains {limit:.2g}"
            )


def _error(found: gguf.ReaderTensor, tensor: Tensor, weights: Weights) -> float:
    """The length of the difference over the length of the base's rows; of all rows of a vector."""
    rows = slice(None) if len(tensor.shape) == 1 else slice(None, None, max(1, tensor.shape[0] // _ROWS))
    ours = weights.read(tensor.name, rows).float().numpy()
    theirs = gguf.quants.dequantize(np.ascontiguousarray(found.data[rows]), found.tensor_type)
    length = float(np.linalg.norm(ours))
    return float(np.linalg.norm(theirs - ours)) / length if length else float(np.any(theirs))


def _limit(kind: gguf.GGMLQuantizationType) -> float:
    """What rounding to that type explains at most, by its bits a weight. A base's own weights have bf16's 8 bits."""
    block, size = gguf.GGML_QUANT_SIZES[kind]
    return float(np.clip(4 * 2 ** (-8 * size / block), 2**-8, 0.7))


def _value(reader: gguf.GGUFReader, key: str) -> Any:
    field = reader.get_field(key)
    return None if field is None else field.contents()
