"""A process that is killed while it installs leaves nothing behind that a runtime would take for a model."""

import multiprocessing
import os
import random
import time
from pathlib import Path

import pytest
import tiny_experts

from oracle_lib import registry
from oracle_lib.files import remove, sha256
from oracle_lib.runtimes import gguf_store, open_runtime

MOMENTS = 30
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["transformers", "oracle_lib.runtimes.lm_studio", "oracle_lib.runtimes.llama_cpp"])


def _install(outputs: str, models: str, name: str) -> None:
    os.environ |= {"ORACLE_OUTPUTS": outputs, "ORACLE_LM_STUDIO_MODELS": models}
    version = registry.load(name)
    for runtime in ("llama.cpp", "lm-studio"):
        open_runtime(runtime, version.adapter.base).install(version)


@pytest.mark.slow
def test_no_moment_of_death_shows_half_a_model_to_a_runtime(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = tiny_experts.write_base("qwen2", hidden_size=256, intermediate_size=1024)
    version = tiny_experts.write_version(base)
    studio = outputs / "studio"
    studio.mkdir()
    monkeypatch.setenv("ORACLE_LM_STUDIO_MODELS", str(studio))

    def live(seconds: float | None) -> float:
        started = time.monotonic()
        process = _forks.Process(target=_install, args=(str(outputs), str(studio), version.name))
        process.start()
        process.join(seconds)
        process.kill()
        process.join()
        return time.monotonic() - started

    def visible() -> dict[str, str]:
        store = gguf_store.folder(base)
        files = [*store.glob("*.gguf"), *studio.glob("*/*/*.gguf")]
        return {path.name: sha256(path) for path in files if not path.name.startswith(".")}

    live(None)  # the first one waits for the imports
    remove(gguf_store.folder(base))
    remove(studio / "oracle")
    whole_run = live(None)
    whole = visible()
    adapter, merged = (sha256(path) for path in _two(base, studio, version.name))
    draw = random.Random(20261123)
    seen = set()
    for _ in range(MOMENTS):
        remove(gguf_store.folder(base))
        remove(studio / "oracle")
        live(draw.uniform(0, whole_run))
        store = gguf_store.folder(base)
        for path in store.glob("oracle-*.gguf"):
            assert sha256(path) == adapter
            gguf_store.require_fits(path, gguf_store.verified_base_file(base))
        for path in studio.glob("*/*/*.gguf"):
            if not path.name.startswith("."):
                assert sha256(path) == merged
        if (store / "base.json").exists():
            gguf_store.verified_base_file(base)
        seen.add(len(visible()))
    live(None)
    assert visible() == whole and not list(outputs.rglob("*.partial"))
    assert len(seen) > 1, "deaths came before and after something was there"


def _two(base: str, studio: Path, name: str) -> tuple[Path, Path]:
    return gguf_store.folder(base) / f"{name}.gguf", studio / "oracle" / name / f"{name}.gguf"
