"""The registry is valid whenever the process is killed that registers, promotes, retires, exports or imports.

A life does all of that once, and is killed before a line of the code that writes: drawn from a part of those that
an undisturbed life comes through, each time the next part. So the moments do not depend on how fast the machine is.
"""

import multiprocessing
import os
import random
import shutil
import signal
import sys
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from registered import make_run, register

from oracle_lib import deploy, files, params, registry

WRITERS = (files.__file__, shutil.__file__, str(Path(registry.__file__).parent))
"""The code whose lines are the moments."""


@pytest.fixture(autouse=True)
def params_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """All files of params are parsed for every name that is looked up, which would be most of a life."""
    monkeypatch.setattr(params, "experts", cache(params.experts))


def life(number: int, exports: Path) -> None:
    """Registers a version, promotes it, exports and imports it, and retires the one before it; what an earlier life has
    exported stays.
    """
    before = registry.aliases("rauru").get("champion")
    version = register(run=f"run{number}")
    registry.move("candidate", version.name, "released")
    deploy.promote(version.name, "every gate passed")
    folder = exports / version.name
    if not folder.exists():
        registry.export_version(version.name, folder)
    registry.import_version(folder)
    if before and before != version.name:
        registry.retire(before, "there is a better one")


def _live(number: int, exports: Path, last: int, counted: Path | None) -> None:
    passed = 0

    def see(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal passed
        if not frame.f_code.co_filename.startswith(WRITERS):
            return None
        passed += event == "line"
        if event == "line" and passed == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return see

    sys.settrace(see)
    life(number, exports)
    sys.settrace(None)
    if counted:
        counted.write_text(str(passed))


def lives(number: int, exports: Path, last: int = 0, counted: Path | None = None) -> int | None:
    """The exit status of a process that lives, up to the line with the number `last`."""
    process = multiprocessing.get_context("fork").Process(target=_live, args=(number, exports, last, counted))
    process.start()
    process.join(120)
    return process.exitcode


def assert_valid(exports: Path) -> None:
    """All that is visible is whole, and every line of the history leads from where the one before it led."""
    known = {registry.verify(version).name for version in registry.versions()}
    pointed: dict[str, str | None] = {}
    for move in registry.history():
        assert {move.before, move.after} <= {*known, None}
        if move.alias != "retired":
            assert move.before in (pointed.get(move.alias), None)
            pointed[move.alias] = move.after
    assert not set(registry.aliases("rauru").values()) & set(registry.retired())
    registry.table()
    if folder := max(exports.glob("[!.]*"), key=lambda path: path.stat().st_ctime_ns, default=None):
        assert registry.import_version(folder).name == folder.name
    assert {version.name for version in registry.versions()} == known


def check_kills(tmp_path: Path, kills: int) -> None:
    exports, counted = tmp_path / "exports", tmp_path / "counted"
    for number in range(kills + 2):
        make_run(f"run{number}", {"vanilla": "1a" * 32})
    assert lives(0, exports) == 0
    assert lives(1, exports, counted=counted) == 0  # it has somebody to retire, as all later ones
    draw, lines = random.Random(kills), int(counted.read_text())
    for part in range(kills):
        number = part + 2
        last = draw.randrange(lines * part // kills, lines * (part + 1) // kills) + 1
        assert lives(number, exports, last) == -signal.SIGKILL
        assert_valid(exports)
        assert lives(number, exports) == 0
    assert_valid(exports)
    assert len(registry.versions()) == len(list(exports.glob("[!.]*"))) == kills + 2
    assert not [*tmp_path.rglob(".*.partial")]


def test_the_registry_is_valid_whichever_of_five_lines_is_the_last(tmp_path: Path) -> None:
    check_kills(tmp_path, 5)


@pytest.mark.slow
def test_the_registry_is_valid_whichever_of_thirty_lines_is_the_last(tmp_path: Path) -> None:
    check_kills(tmp_path, 30)
