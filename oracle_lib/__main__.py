"""The command line: `python -m oracle_lib run 04_train -p expert yaze`, papermill behind guard rails."""

import argparse
import hashlib
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from oracle_lib import OracleError, params
from oracle_lib.files import REPOSITORY, atomic_write, outputs, relative, sha256
from oracle_lib.records import Adapter
from oracle_lib.run import STAGES, Manifest, code_digest, stage_folder
from oracle_lib.terminal import show_everything

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOKS = REPOSITORY / "notebooks"
SECRET_NAMES = {"key", "apikey", "token", "secret", "password", "passwd", "credential", "credentials", "auth"}
SECRET_VALUES = re.compile(r"AIza[\w-]{20,}|sk-[\w-]{20,}|hf_\w{20,}|gh[pousr]_\w{20,}|-----BEGIN ")

Value = bool | int | float | str | None


@dataclass(frozen=True)
class Parameter:
    """A parameter as its notebook declares it: `epochs: int = 0  # passes over the data; 0: the profile's`."""

    name: str
    type: str
    default: str
    help: str


def find_notebook(name: str) -> Path:
    """The notebook meant by `04_train`, `04_train.ipynb` or a path."""
    given = Path(name)
    for path in (given, NOTEBOOKS / given.name, NOTEBOOKS / f"{given.name}.ipynb"):
        if path.suffix == ".ipynb" and path.is_file():
            return path.resolve()
    known = [path.stem for path in sorted(NOTEBOOKS.glob("*.ipynb"))]
    raise OracleError(f"there is no notebook {name!r}{params.nearest(name, [*known, 'all'])}")


def parameters_of(notebook: Path) -> dict[str, Parameter]:
    """What the notebook's `parameters` cell declares, in order."""
    import papermill

    found = papermill.inspect_notebook(str(notebook))
    return {
        name: Parameter(name, entry["inferred_type_name"], entry["default"], entry["help"])
        for name, entry in found.items()
    }


def _parse(text: str) -> Value:
    """A value from the command line, read as YAML reads a scalar: 3, 2e-4, true, null or text."""
    try:
        return float(text) if re.fullmatch(r"[+-]?\d+(\.\d*)?[eE][+-]?\d+", text) else yaml.safe_load(text)
    except yaml.YAMLError:
        return text


def _check(declared: Parameter, value: object, notebook: str) -> Value:
    """The value in its declared type. Raises `OracleError` for another type, a negative number or a name unknown."""
    wanted = {"int": int, "float": float, "bool": bool, "str": str}.get(declared.type)
    where = f"parameter {declared.name!r} of {notebook}"
    if wanted is None:
        raise OracleError(f"{where} has no type; write `name: int = 0` in its parameters cell")
    if wanted is float and type(value) is int:
        value = float(value)
    if type(value) is not wanted:
        raise OracleError(f"{where} takes {declared.type} ({declared.help or 'no description'}), not {value!r}")
    if isinstance(value, int | float) and value < 0:
        raise OracleError(f"{where} takes no negative number, not {value!r}")
    load: dict[str, Callable[[str], object]] = {
        "expert": params.load_expert,
        "profile": params.load_profile,
        "machine": params.load_machine,
    }
    if declared.name in load:
        load[declared.name](str(value))
    if isinstance(value, str) and SECRET_VALUES.search(value):
        raise OracleError(
            f"{where} looks like a secret; secrets come only from the environment and never enter a notebook"
        )
    return value  # type: ignore[return-value]


def choose_parameters(notebooks: list[Path], given: Mapping[str, object]) -> dict[Path, dict[str, Value]]:
    """The given parameters, checked, for each notebook that declares them. Raises `OracleError` before any work."""
    declared = {notebook: parameters_of(notebook) for notebook in notebooks}
    known = list(dict.fromkeys(name for entries in declared.values() for name in entries))
    for name in given:
        if set(name.lower().split("_")) & SECRET_NAMES:
            raise OracleError(
                f"{name!r} looks like a secret; set it in the environment, it must never enter a notebook"
            )
        if name not in known:
            where = notebooks[0].name if len(notebooks) == 1 else "none of the notebooks"
            verb = "has no" if len(notebooks) == 1 else "has a"
            raise OracleError(f"{where} {verb} parameter {name!r}{params.nearest(name, known)}")
    return {
        notebook: {
            name: _check(entries[name], value, notebook.name) for name, value in given.items() if name in entries
        }
        for notebook, entries in declared.items()
    }


def _effective(notebook: Path, chosen: Mapping[str, Value]) -> dict[str, Value]:
    defaults = {name: _parse(entry.default) for name, entry in parameters_of(notebook).items()}
    return {**defaults, **chosen}


def _fingerprint(notebook: Path, values: Mapping[str, Value]) -> str:
    """Changes with the notebook's source, its parameters, the library's code or the params."""
    cells = [cell["source"] for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]]
    rooms = (*STAGES, "verify", "quality", "council", "embedded")
    parts = [cells, dict(values), code_digest(*rooms), sha256(params.FOLDER)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _unchanged(target: Path, fingerprint: str, manifest: Path) -> bool:
    """Whether an earlier run of this notebook, with everything it read and wrote, still stands."""
    if not (target.is_file() and manifest.is_file()):
        return False
    stamp = json.loads(target.read_text(encoding="utf-8"))["metadata"].get("oracle", {})
    return stamp == {"fingerprint": fingerprint, "manifest": sha256(manifest)} and Manifest.read(manifest).intact()


def _tidy(notebook: "NotebookNode") -> None:
    """Keeps of each progress line its last state, as a terminal would, and drops papermill's paths and times."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        kept: list[NotebookNode] = []
        for output in cell.get("outputs", []):
            if kept and output["output_type"] == "stream" and output["name"] == kept[-1].get("name"):
                kept[-1]["text"] += output["text"]
            else:
                kept.append(output)
        for output in kept:
            if output["output_type"] == "stream":
                output["text"] = re.sub(r"[^\n]*\r(?!\n)", "", output["text"])
        if cell.cell_type == "code":
            cell["outputs"] = kept


def _write_html(notebook: Path) -> Path:
    from nbconvert import HTMLExporter

    # The template's scripts come from the network: MathJax, which would also set two addresses like $7EF360 as
    # mathematics, RequireJS, Mermaid and widgets. What is left shows every output of these notebooks.
    scripts = ("html_head_js", "html_head_js_mathjax", "html_head_js_mermaidjs", "jupyter_widgets")
    static = "".join(f"{{% block {name} %}}{{% endblock %}}" for name in scripts)
    exporter = HTMLExporter(template_name="lab", raw_template="{%- extends 'lab/index.html.j2' -%}" + static)
    html, _ = exporter.from_filename(str(notebook))
    return atomic_write(notebook.with_suffix(".html"), html)


def run_notebook(notebook: Path, chosen: Mapping[str, Value], *, force: bool = False) -> Path:
    """Executes one notebook with checked parameters; returns the copy under `outputs/notebooks/<run>/<expert>/`.

    What its cells print is shown as it comes. Raises `OracleError` with the failing cell's error and the copy's path.
    """
    import nbformat
    import papermill
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    values = _effective(notebook, chosen)
    expert = params.load_expert(str(values["expert"])).name if "expert" in values else "-"
    run = str(values.get("run") or values.get("profile") or "notebooks")
    target = outputs() / "notebooks" / run / expert / notebook.name
    stage = notebook.stem.partition("_")[2]
    manifest = stage_folder(run, expert, stage) / "manifest.json"
    fingerprint = _fingerprint(notebook, values)
    if not force and _unchanged(target, fingerprint, manifest):
        print(f"{notebook.stem} {expert}: nothing changed")
        return target

    print(f"{notebook.stem} {expert}: running, notebook {relative(target)}", flush=True)
    started = time.monotonic()
    os.environ["ORACLE_TERMINAL"] = "1"  # progress as text lines that this terminal can show
    failure = None
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / notebook.name
        try:
            papermill.execute_notebook(
                str(notebook),
                str(copy),
                parameters=dict(chosen) | ({"force": True} if force and "force" in values else {}),
                progress_bar=False,
                stdout_file=sys.stdout,
                stderr_file=sys.stderr,
                config=Config({"KernelManager": {"transport_encryption": "auto"}}),  # else each kernel warns about TCP
            )
        except PapermillExecutionError as error:
            failure = error
        executed = nbformat.read(copy, as_version=4)
    _tidy(executed)
    if failure is None and manifest.is_file():
        executed.metadata["oracle"] = {"fingerprint": fingerprint, "manifest": sha256(manifest)}
    atomic_write(target, nbformat.writes(executed) + "\n")
    _write_html(target)
    if failure is not None:
        raise OracleError(
            f"{notebook.name} stopped in cell {failure.cell_index} with {failure.ename}: {failure.evalue} "
            f"(executed notebook: {target})"
        )
    print(f"{notebook.stem} {expert}: done in {time.monotonic() - started:.0f} s", flush=True)
    return target


def run_command(arguments: argparse.Namespace) -> None:
    given: dict[str, object] = {}
    for file in arguments.file:
        path = Path(file)
        if not path.is_file():
            raise OracleError(f"the parameter file {file} does not exist")
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            raise OracleError(f"{file} is not valid YAML: {error}") from None
        if not isinstance(content, dict):
            raise OracleError(f"{file} must map parameter names to values")
        given |= content
    given |= {name: _parse(value) for name, value in arguments.parameters}
    given |= dict(arguments.parameters_raw)
    notebooks = (
        sorted(NOTEBOOKS.glob("0*.ipynb")) if arguments.notebook == "all" else [find_notebook(arguments.notebook)]
    )
    chosen = choose_parameters(notebooks, given)
    for notebook in notebooks:
        run_notebook(notebook, chosen[notebook], force=arguments.force)


def summary(run: str) -> str:
    """A table over a run's experts: base against expert with the difference's 95 % interval, gates, report paths."""
    from oracle_lib.evaluate import Report
    from oracle_lib.gates import lost_to_own_form
    from oracle_lib.metrics import METRICS

    paths = sorted((outputs() / "runs" / run).glob("*/evaluate/report.json"))
    if not paths:
        raise OracleError(f"run {run!r} has no evaluation yet; `make demo` or `python -m oracle_lib run all` makes one")
    lines = []
    for path in paths:
        report = Report.read(path)
        trained = Adapter.read(path.parent.parent / "train" / "adapter.json").rows
        lines.append(
            f"{report.expert}: {trained} training samples; {report.n} test prompts in {report.groups} groups\n"
        )
        rows = [("metric", "base", "expert", "difference [95 % interval]", "expert is"), *report.table()]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for name, base, expert, gap, outcome in rows:
            numbers = f"{base:>{widths[1]}}  {expert:>{widths[2]}}  {gap:<{widths[3]}}"
            lines.append(f"  {name:<{widths[0]}}  {numbers}  {outcome}")
        metric, own = METRICS[report.benchmark], (report.plain_base or {}).get(report.benchmark)
        if own:
            lines.append(f"  {metric.title} of the base in its own form: {metric.show(own.base)}; expert {own.outcome}")
        if lost := lost_to_own_form(report.plain_base or {}):
            lines.append(f"  the base in its own form beats the expert in {lost}")
        verdicts = {True: "passed", False: "FAILED", None: "not measured"}
        gates = [f"{gate.name} {verdicts[gate.passed]}" for gate in report.gates]
        lines += ["", f"  gates: {', '.join(gates)}", f"  report: {path.with_suffix('.html')}", ""]
    return "\n".join(lines).rstrip()


def doctor_command(_: argparse.Namespace) -> int:
    from oracle_lib import doctor

    return doctor.main()


def summary_command(arguments: argparse.Namespace) -> None:
    print(summary(arguments.run))


def main(argv: list[str] | None = None) -> int:
    show_everything()
    parser = argparse.ArgumentParser(prog="python -m oracle_lib", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="run one notebook, or 'all' six in order, headless")
    run.add_argument("notebook", help="04_train, 04_train.ipynb, a path, or all")
    run.add_argument("-p", "--parameters", nargs=2, action="append", default=[], metavar=("NAME", "VALUE"))
    run.add_argument("-r", "--parameters-raw", nargs=2, action="append", default=[], metavar=("NAME", "TEXT"))
    run.add_argument("-f", "--file", action="append", default=[], metavar="FILE.yaml", help="parameters from a file")
    run.add_argument("--force", action="store_true", help="run again although nothing changed")
    run.set_defaults(command=run_command)

    doctor = commands.add_parser("doctor", help="what this machine can do, what it lacks, and the remedies")
    doctor.set_defaults(command=doctor_command)

    summary = commands.add_parser("summary", help="one table over the experts of a run")
    summary.add_argument("run", nargs="?", default="demo")
    summary.set_defaults(command=summary_command)

    arguments = parser.parse_args(argv)
    try:
        return arguments.command(arguments) or 0
    except OracleError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; finished work is kept, and the same command goes on from there", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
