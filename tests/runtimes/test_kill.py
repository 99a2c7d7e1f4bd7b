"""A process that is killed while it installs leaves nothing behind that a runtime would take for a model."""

import os
import random
import signal
import time
from pathlib import Path

import pytest
import tiny_experts
import torch
from installing import install

from oracle_lib.files import remove, sha256
from oracle_lib.runtimes import gguf_store

MOMENTS = 30


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_no_moment_of_death_shows_half_a_model_to_a_runtime(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = tiny_experts.write_base("qwen2", hidden_size=256, intermediate_size=1024)
    version = tiny_experts.write_version(base)
    studio = outputs / "studio"
    studio.mkdir()
    monkeypatch.setenv("ORACLE_LM_STUDIO_MODELS", str(studio))
    store = gguf_store.folder(base)

    def live(seconds: float | None) -> float:
        """An installation from nothing, killed after so many seconds, and how long it lasted."""
        for folder in (store, studio / "oracle"):
            remove(folder)
        started = time.monotonic()
        if not (child := os.fork()):  # all is imported: nothing but the installation takes its time
            try:
                torch.set_num_threads(1)  # threads do not survive a fork
                install(str(outputs), str(studio), version.name)
                os._exit(0)
            finally:
                os._exit(1)
        if seconds is not None:
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert seconds is not None or status == 0
        return time.monotonic() - started

    def visible() -> dict[str, str]:
        """The sha256 of all that a runtime would read: what has its final name and, of the base, its record too."""
        files = [path for path in (*store.glob("*.gguf"), *studio.glob("*/*/*.gguf")) if path.name[0] != "."]
        has_record = (store / "base.json").exists()
        return {str(path): sha256(path) for path in files if path.name != "base.gguf" or has_record}

    lasted = live(None)
    whole = visible()
    assert len(whole) == 3
    draw = random.Random(20261123)
    counts = set()
    for _ in range(MOMENTS):
        live(draw.uniform(0, lasted))
        assert visible().items() <= whole.items()
        counts.add(len(visible()))
    assert len(counts) > 1, "some died before anything was there and some after"


def test_the_next_installation_clears_up_after_one_that_died(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_LM_STUDIO_MODELS", str(outputs / "studio"))
    version = tiny_experts.write_version(tiny_experts.write_base("qwen2"))
    left = gguf_store.folder(version.adapter.base) / ".work.partial" / "whole.gguf"
    copied = outputs / "studio" / "oracle" / version.name / f".{version.name}.gguf.1.partial"
    for path in (left, copied):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"half a mod")
    install(str(outputs), str(outputs / "studio"), version.name)
    assert not left.exists() and not copied.exists()
