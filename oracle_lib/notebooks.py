"""Runs the notebooks without a browser: papermill behind guard rails. Knows what parameters a notebook declares, and
nothing of what its cells do.
"""

import ast
import hashlib
import io
import json
import logging
import os
import re
import sys
import tempfile
import time
import tokenize
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from oracle_lib import DryRun, OracleError, params
from oracle_lib.bases import EMBEDDED, reference
from oracle_lib.code import canonical, code_digest, imports
from oracle_lib.files import REPOSITORY, atomic_write, outputs, relative, sha256
from oracle_lib.run import Manifest, stage_folder

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOKS = REPOSITORY / "notebooks"
SECRET_NAMES = {"key", "apikey", "token", "secret", "password", "passwd", "credential", "credentials", "auth"}
SECRET_VALUES = re.compile(r"AIza[\w-]{20,}|sk-[\w-]{20,}|hf_\w{20,}|gh[pousr]_\w{20,}|-----BEGIN ")

Value = bool | int | float | str
_KINDS: dict[str, type[Value]] = {"bool": bool, "int": int, "float": float, "str": str}
_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True)
class Parameter:
    """A parameter as its notebook declares it: `epochs: int = 0  # passes over the data; 0: the profile's`."""

    name: str
    type: str
    default: Value
    help: str


def all_notebooks() -> list[Path]:
    """The six notebooks, in their order."""
    return sorted(NOTEBOOKS.glob("0*.ipynb"))


def find_notebook(name: str) -> Path:
    """The notebook meant by `04_train`, its beginning (`04` or `4`), `04_train.ipynb` or a path."""
    for path in (Path(name), NOTEBOOKS / name, NOTEBOOKS / f"{name}.ipynb"):
        with suppress(OSError):  # of a name that no file system takes
            if path.suffix == ".ipynb" and path.is_file():
                return path.resolve()
    stem = name.zfill(2) if name.isdecimal() else name
    begun = [path for path in all_notebooks() if name and path.stem.startswith(stem)]
    if len(begun) == 1:
        return begun[0]
    known = [path.stem for path in all_notebooks()]
    raise OracleError(f"there is no notebook {name!r}{params.did_you_mean(name, [*known, 'all'])}")


def parameters_of(notebook: Path) -> dict[str, Parameter]:
    """What the notebook's cell with the tag `parameters` declares, in order. Raises `OracleError` where the file is no
    notebook or that cell holds more than names, types, plain values and comments.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        tagged = (cell for cell in cells if "parameters" in cell["metadata"].get("tags", ()))
        source = "".join(next(tagged, {"source": ""})["source"])
    except (ValueError, KeyError, TypeError):
        raise OracleError(f"{notebook.name} is not a Jupyter notebook of format 4") from None
    found = {}
    try:
        comments = {
            token.start[0]: token.string.lstrip("# ")
            for token in tokenize.generate_tokens(io.StringIO(source).readline)
            if token.type == tokenize.COMMENT
        }
        for line in ast.parse(source).body:
            match line:
                case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=ast.expr() as value):
                    kind = ast.unparse(annotation)
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    kind = ""
                case _:
                    raise ValueError
            found[name] = Parameter(name, kind, ast.literal_eval(value), comments.get(line.end_lineno or 0, ""))
    except (ValueError, SyntaxError, tokenize.TokenError):
        raise OracleError(
            f"the parameters cell of {notebook.name} may hold only lines like `epochs: int = 0  # what it means`"
        ) from None
    return found


def _read(text: str, kind: str) -> Value:
    """Text from the command line as a value of `kind`; what cannot be one stays text, for `params.check` to refuse."""
    if kind == "bool":
        return _BOOLEANS.get(text.lower(), text)
    if kind == "int" and re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        return int(text)
    if kind == "float" and re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", text):
        return float(text)
    return text


def _check(declared: Parameter, value: object, notebook: str) -> Value:
    """The value, if it may stand. Raises `OracleError` for a secret, another type than declared, a negative number or a
    name that means nothing.
    """
    where = f"parameter {declared.name!r} of {notebook}"
    if isinstance(value, str) and SECRET_VALUES.search(value):
        raise OracleError(
            f"{where} looks like a secret; secrets come only from the environment and never enter a notebook"
        )
    if declared.type not in _KINDS:
        raise OracleError(f"{where} has no type; write `name: int = 0` in its parameters cell")
    try:
        params.check(_KINDS[declared.type], **{declared.name: value})
    except OracleError as error:
        hint = "; write it in quotes" if declared.type == "str" else ""
        raise OracleError(f"{notebook}: {error}{hint} ({declared.help or 'no description'})") from None
    load: dict[str, Callable[[str], object]] = {
        "expert": params.load_expert,
        "profile": params.load_profile,
        "machine": params.load_machine,
    }
    if declared.name in load:
        load[declared.name](str(value))
    return reference(str(value)) if declared.name == "base" else cast("Value", value)


def choose_parameters(
    notebooks: list[Path], texts: Mapping[str, str], values: Mapping[str, object]
) -> dict[Path, dict[str, Value]]:
    """The given parameters, checked, for each notebook that declares them: `texts` are read as the declared types,
    `values` must be of them already. Raises `OracleError` before any work.
    """
    declared = {notebook: parameters_of(notebook) for notebook in notebooks}
    known = list(dict.fromkeys(name for entries in declared.values() for name in entries))
    given = [*values, *texts]
    for name in given:
        if set(name.lower().split("_")) & SECRET_NAMES:
            raise OracleError(
                f"{name!r} looks like a secret; set it in the environment, it must never enter a notebook"
            )
        if name not in known:
            where = notebooks[0].name if len(notebooks) == 1 else "none of the notebooks"
            verb = "has no" if len(notebooks) == 1 else "has a"
            raise OracleError(f"{where} {verb} parameter {name!r}{params.did_you_mean(name, known)}")
    return {
        notebook: {
            name: _check(entry, _read(texts[name], entry.type) if name in texts else values[name], notebook.name)
            for name, entry in entries.items()
            if name in given
        }
        for notebook, entries in declared.items()
    }


def effective(notebook: Path, chosen: Mapping[str, Value]) -> dict[str, Value]:
    """The value of every parameter: the chosen one, or else what the notebook declares."""
    return {name: parameter.default for name, parameter in parameters_of(notebook).items()} | dict(chosen)


def _fingerprint(notebook: Path, values: Mapping[str, Value]) -> str:
    """Changes with the notebook's prose and code, its parameters, the library that it imports, the params and the
    embedded base; not with comments.
    """
    from IPython.core.inputtransformer2 import TransformerManager

    cells = [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(notebook.read_bytes())["cells"]]
    prose = [source for kind, source in cells if kind != "code"]
    plain = TransformerManager()  # reads magics, which are no Python
    try:
        programs = [ast.parse(plain.transform_cell(source)) for kind, source in cells if kind == "code"]
    except SyntaxError as error:
        raise OracleError(f"{notebook.name} has a cell that is no Python: {error}; correct it") from None
    code = code_digest(*(name for program in programs for name in imports(program)))
    counts = [canonical(program) for program in programs]
    parts = [prose, counts, dict(values), code, params.contents(), sha256(EMBEDDED)]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@dataclass(frozen=True)
class _Execution:
    """One notebook with its parameters: what the console calls it, where its executed copy and the manifest of its
    stage lie, and whether it is to run although nothing changed.
    """

    title: str
    target: Path
    manifest: Path
    fingerprint: str
    force: bool

    @staticmethod
    def of(notebook: Path, chosen: Mapping[str, Value], force: bool) -> "_Execution":
        values = effective(notebook, chosen)
        force = bool(values.pop("force", False)) or force
        expert = params.load_expert(str(values["expert"])).name if "expert" in values else "-"
        run = str(values.get("run") or values.get("profile") or "notebooks")
        base = values.get("base") or (params.load_profile(str(values["profile"])).base if "base" in values else "")
        known = {"expert": expert, "run": run, "base": reference(str(base))}
        meant = {name: known.get(name, value) for name, value in values.items()}
        return _Execution(
            f"{notebook.stem} {expert}",
            outputs() / "notebooks" / run / expert / notebook.name,
            stage_folder(run, expert, notebook.stem.partition("_")[2]) / "manifest.json",
            _fingerprint(notebook, meant),
            force,
        )

    @property
    def stamp(self) -> dict[str, str]:
        """What the executed copy is marked with, to be known again."""
        return {"fingerprint": self.fingerprint, "manifest": sha256(self.manifest)}

    @property
    def is_current(self) -> bool:
        if self.force or not (self.target.is_file() and self.manifest.is_file()):
            return False
        stamp = json.loads(self.target.read_bytes())["metadata"].get("oracle", {})
        return stamp == self.stamp and Manifest.read(self.manifest).intact()


def is_current(notebook: Path, chosen: Mapping[str, Value], *, force: bool = False) -> bool:
    """Whether an earlier run of this notebook, with everything it read and wrote, still stands: it would not run."""
    return _Execution.of(notebook, chosen, force).is_current


def _tidy(notebook: "NotebookNode") -> None:
    """Drops papermill's paths and times, and the progress lines of cells that ended: they tell a terminal how long it
    will take. Of one that never ended the last state stays, as a terminal would have it.
    """
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        if cell.cell_type != "code":
            continue
        failed = any(output["output_type"] == "error" for output in cell["outputs"])
        told = "".join(output["text"] for output in cell["outputs"] if output.get("name") == "stderr")
        kept: list[NotebookNode] = []
        for output in cell["outputs"]:
            if output.get("name") == "stderr":  # a line goes on after a picture that was shown meanwhile
                output["text"], told = told, ""
            elif kept and output.get("name") == kept[-1].get("name") == "stdout":
                kept[-1]["text"] += output["text"]
                continue
            kept.append(output)
        for output in kept:
            if output["output_type"] == "stream":
                text = output["text"] if failed else re.sub(r"[^\n]*\r(?!\n)[^\n]*\n", "", output["text"])
                output["text"] = re.sub(r"[^\n]*\r(?!\n)", "", text)
        cell["outputs"] = [output for output in kept if output["output_type"] != "stream" or output["text"]]


_STYLE = """<style>
main { max-width: 1200px; margin: 0 auto; }
.jp-OutputArea-output pre { word-break: normal; overflow-wrap: anywhere; font-family: var(--jp-code-font-family); }
.jp-RenderedMarkdown pre { margin-bottom: 1em; }
</style>"""
"""The template breaks lines within words, and sets code as prose where prose and code stand in one output."""

_ASSEMBLY = re.compile(r"^(`{3,})asm$", re.MULTILINE)
"""The template would colour it as another processor's, whose comments begin with a number sign."""


def _write_html(notebook: Path) -> Path:
    import nbformat
    from nbconvert import HTMLExporter

    # The template's scripts come from the network: MathJax, which would also set two addresses like $7EF360 as
    # mathematics, RequireJS, Mermaid and widgets. A widget shows here what it has beside itself.
    scripts = ("html_head_js", "html_head_js_mathjax", "html_head_js_mermaidjs", "jupyter_widgets")
    static = "".join(f"{{% block {name} %}}{{% endblock %}}" for name in scripts)
    style = f"{{% block html_head_css %}}{{{{ super() }}}}{_STYLE}{{% endblock %}}"
    exporter = HTMLExporter(template_name="lab", raw_template="{%- extends 'lab/index.html.j2' -%}" + static + style)
    node = nbformat.read(notebook, as_version=4)
    node.metadata.pop("widgets", None)
    for cell in node.cells:
        for output in cell.get("outputs", []):
            if (data := output.get("data", {})).get("text/markdown"):
                data["text/markdown"] = _ASSEMBLY.sub("\\1", data["text/markdown"])
    html, _ = exporter.from_notebook_node(node, {"metadata": {"name": notebook.stem}})
    return atomic_write(notebook.with_suffix(".html"), html)


def _this_python() -> dict[str, object]:
    """How papermill starts a kernel of this environment, whatever kernelspec a notebook names and what is installed.

    jupyter_client interrupts every kernel before it ends it. One that is done, or between two cells, complains of that
    or dies in the middle of its end; so only a running cell is interrupted, which can keep its work.
    """
    from ipykernel.kernelspec import get_kernel_dict
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    cell_runs = False

    class ThisPython(AsyncKernelManager):
        @property
        def kernel_spec(self) -> KernelSpec:
            # An interrupted kernel logs an error of its own. What goes wrong in a cell comes as a message, not so.
            return KernelSpec(**get_kernel_dict(extra_arguments=["--log-level=CRITICAL"]))

        async def _async_interrupt_kernel(self) -> None:
            if cell_runs:
                await super()._async_interrupt_kernel()

    def cell_begins(**_: object) -> None:
        nonlocal cell_runs
        cell_runs = True

    def cell_ends(**_: object) -> None:
        nonlocal cell_runs
        cell_runs = False

    return {"kernel_manager_class": ThisPython, "on_cell_execute": cell_begins, "on_cell_executed": cell_ends}


def run_notebook(notebook: Path, chosen: Mapping[str, Value], *, force: bool = False) -> Path:
    """Executes one notebook with checked parameters; returns the copy under `outputs/notebooks/<run>/<expert>/`.

    What its cells print is shown as it comes. Raises `OracleError` with the failing cell's error and the copy's path.
    """
    this = _Execution.of(notebook, chosen, force)
    if this.is_current:
        print(f"{this.title}: nothing changed")
        return this.target

    import nbformat
    import papermill
    from nbclient.exceptions import DeadKernelError
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    print(f"{this.title}: running, notebook {relative(this.target)}", flush=True)
    started = time.monotonic()
    os.environ["ORACLE_TERMINAL"] = "1"  # progress as text lines that this terminal can show
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what it logs is told below in one sentence
    forced = {"force": True} if this.force and "force" in parameters_of(notebook) else {}
    failure, dry_run = "", ""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / notebook.name
        try:
            papermill.execute_notebook(
                nbformat.read(notebook, as_version=4),
                str(copy),
                parameters={**chosen, **forced},
                kernel_name="python3",
                language="python",
                **_this_python(),
                progress_bar=False,
                stdout_file=sys.stdout,
                stderr_file=sys.stderr,
                config=Config({"KernelManager": {"transport_encryption": "auto"}}),  # else each kernel warns about TCP
            )
        except PapermillExecutionError as error:
            dry_run = error.evalue if error.ename == DryRun.__name__ else ""
            failure = f"stopped in cell {error.cell_index} with {error.ename}: {error.evalue}"
        except DeadKernelError:
            cells = nbformat.read(copy, as_version=4).cells
            last = max(index for index, cell in enumerate(cells) if cell.metadata.papermill["start_time"])
            failure = f"stopped in cell {last}, because its kernel died, as it does when memory runs out"
        except RuntimeError as error:  # which jupyter_client raises for a kernel that does not come up
            raise OracleError(
                f"{notebook.name} did not start, because no kernel does ({error}); install ipykernel again with: "
                "pip install --force-reinstall ipykernel"
            ) from None
        executed = nbformat.read(copy, as_version=4)
    _tidy(executed)
    if not failure and this.manifest.is_file():
        executed.metadata["oracle"] = this.stamp
    atomic_write(this.target, nbformat.writes(executed) + "\n")
    _write_html(this.target)
    if dry_run:
        raise DryRun(f"{notebook.name}: {dry_run}")
    if failure:
        raise OracleError(f"{notebook.name} {failure} (executed notebook: {this.target})")
    seconds = time.monotonic() - started
    print(
        f"{this.title}: done in {seconds:.0f} s, to be read in {relative(this.target.with_suffix('.html'))}", flush=True
    )
    return this.target
