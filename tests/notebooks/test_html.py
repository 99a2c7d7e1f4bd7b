"""The HTML beside an executed notebook is complete in itself."""

import re
from pathlib import Path

import pytest

from oracle_lib.notebooks import NOTEBOOKS, _write_html


@pytest.mark.parametrize(("name", "holds"), [("04_train", "data:image/png"), ("06_deploy", "rauru-assembler")])
def test_the_html_of_a_notebook_fetches_nothing_and_runs_nothing(tmp_path: Path, name: str, holds: str) -> None:
    copy = tmp_path / f"{name}.ipynb"
    copy.write_bytes((NOTEBOOKS / copy.name).read_bytes())
    page = _write_html(copy).read_text(encoding="utf-8")
    assert not re.search(r"<(script|link|iframe)\b", page)
    assert not re.search(r"(src|srcset|data)=[\"']?(https?:)?//|@import|url\([\"']?(https?:)?//|import\(", page)
    assert holds in page
