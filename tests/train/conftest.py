"""A small world for the session: an outputs folder with a corpus and a base of a few steps in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_world import RECIPE, corpus_line, write_jsonl

from oracle_lib.train import ensure_base


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


@pytest.fixture(autouse=True)
def in_world(request: pytest.FixtureRequest, outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that use the small world have its outputs folder in place of their own."""
    if "world" in request.fixturenames:
        monkeypatch.setenv("ORACLE_OUTPUTS", str(request.getfixturevalue("world")))
