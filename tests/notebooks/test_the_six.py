"""The six notebooks' parameters, and what their set-up cells refuse when papermill or JupyterLab sets them wrongly.

They are executed from end to end by nbval, against their committed outputs.
"""

import ast
import json
from pathlib import Path

import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

from oracle_lib import OracleError
from oracle_lib.notebooks import all_notebooks, parameters_of

WRONG: dict[str, list[object]] = {
    "bool": ["false", 0],
    "int": ["1", True, 2.0, -1],
    "float": ["1", True, -0.5],
    "str": [7, None, False],
}
six = pytest.mark.parametrize("notebook", all_notebooks(), ids=lambda path: path.stem)


def code_cells(notebook: Path) -> list[str]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


@pytest.fixture(autouse=True)
def empty_outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "outputs"))


@six
def test_every_parameter_is_typed_and_described(notebook: Path) -> None:
    declared = parameters_of(notebook)
    assert {"expert", "profile", "run", "force"} <= set(declared)
    for parameter in declared.values():
        assert parameter.type == type(parameter.default).__name__, parameter
        assert parameter.type in WRONG and len(parameter.help) > 10, parameter


@six
def test_no_cell_but_the_first_sets_a_parameter_so_that_every_cell_can_run_again(notebook: Path) -> None:
    for source in code_cells(notebook)[1:]:
        names = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name))
        rebound = {name.id for name in names if isinstance(name.ctx, ast.Store)} & set(parameters_of(notebook))
        assert not rebound, source


@six
def test_the_set_up_cell_can_run_again_and_refuses_every_parameter_of_another_type(notebook: Path) -> None:
    parameters, set_up, *_ = code_cells(notebook)
    cell: dict[str, object] = {}
    exec(parameters, cell)
    for _ in range(2):
        exec(set_up, cell)
    for name, declared in parameters_of(notebook).items():
        for value in WRONG[declared.type]:
            with pytest.raises(OracleError, match=f"^parameter {name!r} takes "):
                exec(set_up, cell | {name: value})


def test_plain_papermill_is_refused_by_the_set_up_cell(tmp_path: Path) -> None:
    notebook = next(path for path in all_notebooks() if path.stem == "03_transfer")
    with pytest.raises(PapermillExecutionError, match="OracleError: parameter 'force' takes bool, not 'false'"):
        papermill.execute_notebook(
            notebook, tmp_path / "out.ipynb", parameters={"force": "false"}, progress_bar=False, kernel_name="python3"
        )
    assert not (tmp_path / "outputs").exists()
