"""A user's own GGUF serves as a base's only where it holds just that base, and what is refused changes nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest
import tiny_experts
from tiny_experts import Family

from oracle_lib import OracleError, bases
from oracle_lib.__main__ import main
from oracle_lib.files import outputs, sha256
from oracle_lib.runtimes import gguf_files, gguf_store

Weights = dict[str, Any]
Q8_0, Q4_0 = gguf.GGMLQuantizationType.Q8_0, gguf.GGMLQuantizationType.Q4_0


def download(
    base: str,
    change: Callable[[Weights], Any] = lambda weights: None,
    says: dict[str, Any] | None = None,
    kind: gguf.GGMLQuantizationType = Q8_0,
) -> Path:
    """A GGUF of the base as somebody else quantised it, with other weights, and other values of its keys."""
    ours, path = outputs() / "ours.gguf", outputs() / "download.gguf"
    gguf_files.write_model(base, ours)
    reader = gguf.GGUFReader(ours)
    writer = gguf.GGUFWriter(path, str(reader.fields["general.architecture"].contents()))
    for name, field in reader.fields.items():
        if not name.startswith("GGUF.") and name != "general.architecture":
            value = (says or {}).get(name, field.contents())
            part = field.types[-1] if field.types[0] == gguf.GGUFValueType.ARRAY else None
            writer.add_key_value(name, value, field.types[0], sub_type=part)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    weights = tiny_experts.read_tensors(ours)
    change(weights)
    for name, value in weights.items():
        if value.ndim == 1:
            writer.add_tensor(name, value)
        else:
            writer.add_tensor(name, gguf.quants.quantize(value, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.mark.parametrize("family", ["qwen2", "qwen3", "gemma3"])
def test_an_official_file_of_the_base_is_taken_where_it_lies(
    family: Family, capsys: pytest.CaptureFixture[str]
) -> None:
    base = tiny_experts.write_base(family)
    file = download(base)
    assert main(["adopt", str(outputs() / "models" / family), str(file)]) == 0
    assert f"llama.cpp serves {base} from download.gguf (Q8_0, sha256 " in capsys.readouterr().out
    record = gguf_store.verified_base_file(base)
    assert (record.stored, record.sha256) == ("Q8_0", sha256(file))
    assert gguf_store.base_file(base).samefile(file), "it takes no second place on the disk"


def test_adapters_that_were_installed_are_written_anew_for_the_file() -> None:
    base = tiny_experts.write_base("qwen2")
    version = tiny_experts.write_version(base)
    adapter = gguf_store.adapter_file(version)
    before = gguf_store.verified_base_file(base)
    record = gguf_store.adopt(base, download(base, kind=Q4_0))
    gguf_store.require_fits(adapter, record)
    with pytest.raises(OracleError, match="is for another GGUF than"):
        gguf_store.require_fits(adapter, before)


def test_a_tied_base_may_hold_its_one_matrix_twice() -> None:
    base = tiny_experts.write_base("qwen2", tie_word_embeddings=True)
    assert bases.find(base).shape.tied
    twice = download(base, lambda weights: weights.update({"output.weight": weights["token_embd.weight"]}))
    assert gguf_store.adopt(base, twice).stored == "Q8_0"
    other = download(base, lambda weights: weights.update({"output.weight": weights["token_embd.weight"][::-1]}))
    with pytest.raises(OracleError, match=r"its output\.weight differs from the base's"):
        gguf_store.adopt(base, other)


def tuned(weights: Weights) -> None:
    """As another training of the same model would have left it."""
    draw = np.random.default_rng(0)
    for name, value in weights.items():
        if value.ndim == 2:
            weights[name] = (value + 0.2 * value.std() * draw.standard_normal(value.shape)).astype(np.float32)


def rescaled(weights: Weights) -> None:
    """As AWQ leaves it: the same function by other numbers, on which an adapter would be wrong."""
    weights["blk.0.attn_norm.weight"] *= 2
    for part in ("q", "k", "v"):
        weights[f"blk.0.attn_{part}.weight"] /= 2


@pytest.mark.parametrize(
    ("change", "says", "why"),
    [
        (tuned, {}, r"its \S+ differs from the base's by 0\.2 of its length, and Q8_0 explains 0\.011"),
        (rescaled, {}, r"its blk\.0\.\S+ differs from the base's by "),
        (lambda weights: weights.pop("blk.2.ffn_up.weight"), {}, r"only one of the two has blk\.2\.ffn_up\.weight"),
        (lambda weights: weights.update({"x": np.ones(4, np.float32)}), {}, "only one of the two has x"),
        (
            lambda weights: weights.update({"blk.1.ffn_up.weight": weights["blk.1.ffn_up.weight"][:64]}),
            {},
            r"its blk\.1\.ffn_up\.weight is \[64, 64\], and the base's is \[128, 64\]",
        ),
        (lambda weights: None, {"qwen2.rope.freq_base": 7.0}, r"its qwen2\.rope\.freq_base is 7\.0, and the base's is"),
        (lambda weights: None, {"tokenizer.ggml.tokens": ["a", "b"]}, "it has 2 tokens|its token 0 is 'a'"),
    ],
)
def test_a_file_of_another_model_is_refused_and_changes_nothing(
    change: Callable[[Weights], Any], says: dict[str, Any], why: str
) -> None:
    base = tiny_experts.write_base("qwen2")
    gguf_store.adapter_file(tiny_experts.write_version(base))
    before = sha256(gguf_store.folder(base))
    with pytest.raises(OracleError, match=rf"^download\.gguf is no GGUF of {base}: ({why}).*; name a file that was"):
        gguf_store.adopt(base, download(base, change, says))
    assert sha256(gguf_store.folder(base)) == before


@pytest.mark.parametrize(
    ("content", "why"), [(None, "No such file"), (b"", "cannot be read"), (b"GGUF" + b"\xff" * 400, "cannot be read")]
)
def test_what_is_no_gguf_is_refused_in_a_sentence(content: bytes | None, why: str, outputs: Path) -> None:
    if content is not None:
        (outputs / "file").write_bytes(content)
    with pytest.raises(OracleError, match=r"file is no GGUF of embedded: it cannot be read \(.*\)") as refused:
        gguf_store.adopt("embedded", outputs / "file")
    assert why in str(refused.value) and "\n" not in str(refused.value)


def test_a_part_of_a_model_in_several_files_is_refused(outputs: Path) -> None:
    writer = gguf.GGUFWriter(outputs / "part", "qwen2")
    writer.add_uint16(gguf.Keys.Split.LLM_KV_SPLIT_COUNT, 3)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    with pytest.raises(OracleError, match="it is one of 3 parts; join them first with llama-gguf-split --merge"):
        gguf_store.adopt("embedded", outputs / "part")
