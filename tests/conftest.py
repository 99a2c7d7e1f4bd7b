"""Every test has an outputs folder of its own, so that none sees what another left."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of everything a run makes: the test's temporary folder, empty at first."""
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path))
    return tmp_path
