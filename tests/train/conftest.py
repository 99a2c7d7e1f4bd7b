"""An outputs folder for the session with a corpus and a base of a few steps in it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from oracle_lib.train import ensure_base

sys.path.insert(0, str(Path(__file__).parent))  # small_world is also run by processes that these tests kill

from small_world import RECIPE, corpus_line, write_jsonl


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("outputs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORACLE_OUTPUTS", str(folder))
        write_jsonl(folder / "base" / "corpus.jsonl", [corpus_line(index) for index in range(40)])
        yield folder


@pytest.fixture(scope="session")
def base(world: Path) -> str:
    return ensure_base(world / "base" / "corpus.jsonl", RECIPE)
