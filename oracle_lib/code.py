"""What of the library's code a result follows from: the files that a module reaches by its imports, and what in them
counts.

Comments, docstrings and formatting count for nothing. Nothing is executed, and other packages are not looked at.
"""

import ast
import hashlib
from functools import cache
from pathlib import Path

from oracle_lib.files import sha256

LIBRARY = Path(__file__).parent


@cache
def code_files(*modules: str) -> dict[str, str]:
    """The digest of every file of the library that `modules` reach, as `oracle_lib/export/forms.py: <sha256>`.

    A package's `__init__` counts where a name is taken from it; a data file, or a folder of them, where a module beside
    it names it.
    """
    found: dict[str, str] = {}
    waiting = [file for module in modules for file in _files_of(module)]
    while waiting:
        file = waiting.pop()
        name = file.relative_to(LIBRARY.parent).as_posix()
        if name not in found:
            found[name], reached = _read(file)
            waiting += reached
    return dict(sorted(found.items()))


@cache
def code_digest(*modules: str) -> str:
    """One sha256 of all that `code_files` names."""
    lines = [f"{name} {digest}\n" for name, digest in code_files(*modules).items()]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def canonical(tree: ast.AST) -> str:
    """A program without comments, formatting, docstrings and other strings that stand alone; the same in every Python.

    `ast.dump` would not do: what it shows of one program differs between versions of Python.
    """
    words: list[str] = []
    _write(tree, words)
    return " ".join(words)


def imports(tree: ast.AST) -> list[str]:
    """Every module, or name in a module, that the program imports, wherever it does."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


@cache
def _read(file: Path) -> tuple[str, tuple[Path, ...]]:
    """The digest of what counts in a file, and the files that it reaches."""
    if file.suffix != ".py":
        return sha256(file), ()
    source = file.read_text(encoding="utf-8")
    tree = ast.parse(source)
    imported = imports(tree)
    reached = [path for name in imported for path in _files_of(name)]
    if "pkgutil" in imported:  # a package that looks for its modules depends on all of them
        reached += [path for path in file.parent.rglob("*.py") if path.name != "__main__.py"]
    reached += [path for name, paths in _data_in(file.parent).items() if f'"{name}"' in source for path in paths]
    return hashlib.sha256(canonical(tree).encode()).hexdigest(), tuple(reached)


@cache
def _data_in(folder: Path) -> dict[str, list[Path]]:
    """The data files of a folder by name, and the files in those of its folders that hold no program."""
    found = {path.name: [path] for path in folder.iterdir() if path.is_file() and path.suffix != ".py"}
    for inner in folder.iterdir():
        if inner.is_dir() and inner.name != "__pycache__" and not any(inner.rglob("*.py")):
            found[inner.name] = [path for path in inner.rglob("*") if path.is_file()]
    return found


def _files_of(name: str) -> list[Path]:
    """The library's file behind a dotted name: of the module that it is, or of the one that it is taken from."""
    package, *parts = name.split(".")
    if package != LIBRARY.name:
        return []
    for depth in range(len(parts), -1, -1):
        folder = LIBRARY.joinpath(*parts[:depth])
        for file in (folder.with_suffix(".py"), folder / "__init__.py"):
            if file.is_file():
                return [file]
    return []


def _write(value: object, words: list[str]) -> None:
    if isinstance(value, ast.AST):
        words.append(type(value).__name__)
        for field in value._fields:
            part = getattr(value, field, None)
            if part is not None and part != []:  # newer versions of Python have fields that older ones lack
                words.append(field)
                _write(part, words)
        words.append(";")
    elif isinstance(value, list):
        for part in value:
            if not _is_documentation(part):
                _write(part, words)
    else:
        words.append(repr(value))


def _is_documentation(node: object) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
