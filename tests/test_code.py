"""What of the library's code counts for a result: what decides it, and nothing else."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from oracle_lib import code
from oracle_lib.code import canonical, code_digest, code_files, imports

STAGES = {
    "generate": "oracle_lib.generate.campaign",
    "corpus": "oracle_lib.generate.corpus",
    "export": "oracle_lib.export.dataset",
    "transfer": "oracle_lib.transfer",
    "train": "oracle_lib.train.stage",
    "evaluate": "oracle_lib.evaluate.stage",
    "bench": "oracle_lib.evaluate.oraclebench",
    "deploy": "oracle_lib.deploy.release",
}

RUN_EVERY_STAGE = f"""
from oracle_lib.run import Stage
for name, module in {STAGES}.items():
    with Stage("r", "rauru-assembler", name, parameters={{}}, module=module, outlives_code=name == "train") as stage:
        if not stage.is_current:
            stage.finish([], {{}})
"""

PROGRAM = '''
"""What it is for."""
import math
LIMIT: int = 3
"""How many there may be."""
def area(radius: float, unit: str = "m") -> str:
    return f"{math.pi * radius ** 2:.2f} {unit}"
'''


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small library of three rooms."""
    folder = tmp_path / "small"
    for name, content in {
        "__init__.py": "VERSION = 1",
        "ground.py": "x = 1",
        "unused.py": "x = 1",
        "tasks/__init__.py": "import pkgutil",
        "tasks/asm/add.py": "x = 1",
        "tasks/__main__.py": "x = 1",
        "export/__init__.py": "from small.export.dataset import export",
        "export/dataset.py": "def export():\n    from small import ground\n    from small.export.card import render",
        "export/card.py": 'TEMPLATE = "card.jinja"',
        "export/card.jinja": "# {{ name }}",
        "export/notes.txt": "x",
        "deploy/release.py": "import json\nfrom small.export import export",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    monkeypatch.setattr(code, "LIBRARY", folder)
    forget()
    yield folder
    forget()


def forget() -> None:
    for remembering in (code.code_files, code.code_digest, code._read, code._data_in):
        remembering.cache_clear()


def reached(module: str) -> list[str]:
    return [name.removeprefix("small/") for name in code_files(module)]


def test_the_files_are_those_that_the_module_reaches(library: Path) -> None:
    beside = ["export/card.jinja", "export/card.py"]
    assert reached("small.export.card") == beside
    assert reached("small.export.dataset") == [*beside, "export/dataset.py", "ground.py"]


def test_a_package_counts_where_a_name_is_taken_from_it(library: Path) -> None:
    assert {"deploy/release.py", "export/__init__.py", "export/dataset.py"} <= set(reached("small.deploy.release"))


def test_a_package_that_looks_for_its_modules_depends_on_all_of_them(library: Path) -> None:
    assert reached("small.tasks") == ["tasks/__init__.py", "tasks/asm/add.py"]


def test_a_changed_data_file_is_seen(library: Path) -> None:
    before = code_files("small.export.card")
    (library / "export" / "card.jinja").write_text("## {{ name }}")
    forget()
    after = code_files("small.export.card")
    assert [name for name in after if after[name] != before[name]] == ["small/export/card.jinja"]


@pytest.mark.parametrize(
    "same",
    [
        PROGRAM.replace("What it is for", "Something else"),
        PROGRAM.replace("How many there may be", "The limit"),
        PROGRAM.replace("LIMIT: int = 3", "LIMIT: int = (  # never more\n    0x3\n)"),
        PROGRAM.replace("    return", "    # the area of a disc\n\n    return").replace('"m"', "'m'"),
        PROGRAM.replace("-> str:\n", '-> str:\n    """The area of a disc."""\n'),
    ],
)
def test_comments_docstrings_and_formatting_count_for_nothing(same: str) -> None:
    assert same != PROGRAM
    assert canonical(ast.parse(same)) == canonical(ast.parse(PROGRAM))


@pytest.mark.parametrize(
    ("old", "new"), [("= 3", "= 4"), ("= 3", "= 3.0"), ('"m"', '"km"'), (".2f", ".3f"), ("} {unit}", "}  {unit}")]
)
def test_a_constant_counts(old: str, new: str) -> None:
    assert canonical(ast.parse(PROGRAM.replace(old, new))) != canonical(ast.parse(PROGRAM))


def test_every_version_of_python_reads_a_program_alike() -> None:
    assert canonical(ast.parse("def f(a): return [a, -1]")) == (
        "Module body FunctionDef name 'f' args arguments args arg arg 'a' ; ; body Return value List elts "
        "Name id 'a' ctx Load ; ; UnaryOp op USub ; operand Constant value 1 ; ; ctx Load ; ; ; ; ;"
    )


def test_imports_are_found_wherever_they_stand() -> None:
    program = "import a.b\nfrom c import d, e\ndef f():\n    if f:\n        from g.h import i"
    assert sorted(imports(ast.parse(program))) == ["a.b", "c.d", "c.e", "g.h.i"]


def test_no_code_or_data_of_the_library_can_be_overlooked() -> None:
    own = [path for path in code.LIBRARY.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    trees = {path: ast.parse(path.read_text()) for path in own if path.suffix == ".py"}
    relative = [node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not any(node.level for node in relative), "a relative import is not followed"
    data = {f"oracle_lib/{path.relative_to(code.LIBRARY)}" for path in own if path not in trees}
    known_by_its_digest = {name for name in data if name.startswith("oracle_lib/embedded/")}
    told_to_people = {name for name in data if name.endswith(".md")}
    used = code_files(*STAGES.values(), "oracle_lib.council", "oracle_lib.council.router.measure")
    assert data - known_by_its_digest - told_to_people <= set(used)


def test_a_stage_does_not_depend_on_another() -> None:
    rooms = {"generate", "export", "transfer", "train", "evaluate", "deploy", "council"}
    for module in STAGES.values():
        found = {name.split("/")[1] for name in code_files(module)} & rooms
        assert found == {module.split(".")[1]}


def test_the_verdicts_follow_from_the_checker_and_the_drafts_from_the_families() -> None:
    ground = {f"oracle_lib/{name}.py" for name in ("__init__", "code", "files", "workers")}
    checker = set(code_files("oracle_lib.verify")) - ground
    assert all(name.startswith("oracle_lib/verify/") for name in checker)
    assert {"oracle_lib/verify/drivers.asm", "oracle_lib/verify/cpp/support/include/absl/status/status.h"} <= checker
    families = code_files("oracle_lib.tasks")
    assert "oracle_lib/tasks/repair/torn_hook.py" in families and "oracle_lib/tasks/kit/asm.py" in families
    assert code_digest("oracle_lib.tasks") != code_digest("oracle_lib.verify")


def test_a_comment_anywhere_changes_no_stage_and_a_constant_names_its_file(tmp_path: Path) -> None:
    library = tmp_path / "oracle_lib"
    shutil.copytree(code.LIBRARY, library, ignore=shutil.ignore_patterns("__pycache__", "embedded"))

    def say() -> dict[str, str]:
        environment = {
            "PYTHONPATH": str(tmp_path),
            "ORACLE_OUTPUTS": str(tmp_path / "outputs"),
            "PATH": "/usr/bin:/bin",
        }
        command = [sys.executable, "-c", RUN_EVERY_STAGE]
        done = subprocess.run(command, env=environment, cwd=tmp_path, check=True, capture_output=True, text=True)
        return dict(line.split(": ", 1) for line in done.stdout.splitlines())

    assert say() == {}
    for file in library.rglob("*.py"):
        file.write_text(f"# A remark.\n{file.read_text()}\n'''Another.'''\n# A third.\n")
    assert {name: said[:15] for name, said in say().items()} == dict.fromkeys(STAGES, "nothing changed")

    for name, old, new in (
        ("export/forms.py", "FEWEST = 4", "FEWEST = 5"),
        ("train/trainer.py", "[-20:]", "[-21:]"),
    ):
        text = (library / name).read_text()
        assert old in text
        (library / name).write_text(text.replace(old, new))
    said = say()
    assert said["export"] == "runs again because the code changed: oracle_lib/export/forms.py"
    assert said["train"] == "kept although oracle_lib/train/trainer.py changed since (force redoes it)"
    assert all(said[name].startswith("nothing changed") for name in set(STAGES) - {"export", "train"})
