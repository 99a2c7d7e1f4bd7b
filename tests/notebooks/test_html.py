"""The HTML beside an executed notebook is complete in itself."""

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from oracle_lib.notebooks import NOTEBOOKS, _tidy, _write_html

WIDGET = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"


def page_of(folder: Path, *outputs: Any, **metadata: Any) -> str:
    path = folder / "07_page.ipynb"
    notebook = new_notebook(cells=[new_code_cell("1", outputs=list(outputs))], metadata=metadata)
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    return _write_html(path).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "holds"), [("04_train", "data:image/png"), ("06_deploy", "rauru-assembler")])
def test_the_html_of_a_notebook_fetches_nothing_and_runs_nothing(tmp_path: Path, name: str, holds: str) -> None:
    copy = tmp_path / f"{name}.ipynb"
    copy.write_bytes((NOTEBOOKS / copy.name).read_bytes())
    page = _write_html(copy).read_text(encoding="utf-8")
    assert not re.search(r"<(script|link|iframe)\b", page)
    assert not re.search(r"(src|srcset|data)=[\"']?(https?:)?//|@import|url\([\"']?(https?:)?//|import\(", page)
    assert holds in page


def test_where_a_widget_was_the_page_has_what_stands_beside_it(tmp_path: Path) -> None:
    model = {"model_id": "a", "version_major": 2, "version_minor": 0}
    shown = new_output("display_data", {WIDGET: model, "text/html": "<p>3 samples</p>", "text/plain": "VBox(...)"})
    state = {STATE: {"version_major": 2, "version_minor": 0, "state": {"a": {"model_name": "VBoxModel"}}}}
    page = page_of(tmp_path, shown, widgets=state)
    assert "<p>3 samples</p>" in page and "VBox" not in page and "<script" not in page


def test_assembly_is_not_coloured_as_another_processors(tmp_path: Path) -> None:
    answer = "```asm\nREP #$20\n```\n\n```python\n# a comment\n```"
    page = page_of(tmp_path, new_output("display_data", {"text/markdown": answer}))
    assert "REP #$20" in page and '<span class="c1"># a comment' in page


def streams(*texts: tuple[str, str], failed: bool = False) -> list[str]:
    """What stays of a cell's streams and pictures, one of which stands between any two texts."""
    outputs = []
    for name, text in texts:
        outputs += [new_output("stream", name=name, text=text), new_output("display_data", {"text/plain": "figure"})]
    outputs += [new_output("error", ename="E", evalue="e", traceback=[])] if failed else []
    notebook = new_notebook(cells=[new_code_cell("1", outputs=outputs)])
    _tidy(notebook)
    return [output["text"] for output in notebook.cells[0].outputs if output["output_type"] == "stream"]


def test_a_progress_line_that_ended_is_dropped_unless_its_cell_failed() -> None:
    bar = [("stderr", "\r  0%"), ("stdout", "said\n"), ("stderr", "\r 50%\r100%"), ("stderr", "\nwarned\n")]
    assert streams(*bar) == ["warned\n", "said\n"]
    assert streams(*bar, failed=True) == ["100%\nwarned\n", "said\n"]
