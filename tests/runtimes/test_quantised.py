"""The real llama-quantize between a merge and its runtime: weights of 4 bits that say what the whole ones say, or a
clear error and no file.
"""

import asyncio

import numpy as np
import pytest
import tiny_experts
from llama_programs import needs_quantiser, needs_server
from runtime_servers import OllamaRuntime

from oracle_lib import OracleError
from oracle_lib.registry import Version
from oracle_lib.runtimes import Settings, gguf_files, gguf_store, open_runtime


@pytest.fixture
def version() -> Version:
    """On a base that is wide enough for blocks of 256 weights."""
    return tiny_experts.write_version(tiny_experts.write_base("qwen2", hidden_size=256, intermediate_size=512))


@needs_quantiser
@pytest.mark.slow
def test_ollama_gets_the_merged_weights_in_four_bits(version: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    base = version.adapter.base
    whole = gguf_store.folder(base) / "whole.gguf"
    with gguf_store.written(base, version) as (small, stored):
        gguf_files.write_model(base, whole, version.adapter)
        assert stored == "Q4_K_M" and small.stat().st_size < whole.stat().st_size / 3
        quantised, merged = tiny_experts.read_tensors(small), tiny_experts.read_tensors(whole)
    assert quantised.keys() == merged.keys()
    for name, wanted in merged.items():
        difference = np.linalg.norm(quantised[name] - wanted) / np.linalg.norm(wanted)
        assert difference < (0.1 if wanted.ndim == 2 else 1e-6), name
    with OllamaRuntime(version="0.34.1") as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        installed = open_runtime("ollama", base).install(version)
        assert installed.note == "merged (Q4_K_M): Ollama 0.34.1 takes no adapter"
        assert [*server.blobs.values()] == [installed.bytes]
    assert not [path for path in gguf_store.folder(base).iterdir() if path.name not in (".lock", "whole.gguf")]


@needs_quantiser
@needs_server
@pytest.mark.slow
def test_a_base_in_four_bits_serves_its_adapters(version: Version) -> None:
    runtime = open_runtime("llama.cpp", version.adapter.base)

    async def answer(name: str | None) -> str:
        asked = runtime.ask(name, [{"role": "user", "content": "Store 5."}], Settings(max_new_tokens=12))
        return "".join([piece async for piece in asked if isinstance(piece, str)])

    try:
        runtime.install(version)
        assert gguf_store.verified_base_file(version.adapter.base).stored == "Q4_K_M"
        assert asyncio.run(answer(None)) != asyncio.run(answer(version.name))
    finally:
        runtime.close()


def test_a_quantiser_that_fails_is_explained_and_leaves_no_file(
    version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_LLAMA_QUANTIZE", "/bin/false")
    sentence = rf"llama-quantize failed on {version.adapter.base} \(it said nothing\); update llama\.cpp, or free some"
    with pytest.raises(OracleError, match=sentence):
        open_runtime("llama.cpp", version.adapter.base).install(version)
    assert not list(gguf_store.folder(version.adapter.base).rglob("*.gguf"))
