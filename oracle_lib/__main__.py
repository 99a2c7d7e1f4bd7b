"""The command line: `python -m oracle_lib run 04_train -p expert yaze`, and what else a person asks for in one line."""

import argparse
import asyncio
import logging
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import dropwhile, pairwise
from pathlib import Path
from typing import Any

import yaml

from oracle_lib import DryRun, OracleError, __version__, notebooks, params, registry
from oracle_lib.files import outputs, writable_folder
from oracle_lib.records import Adapter
from oracle_lib.terminal import Parser, exit_status, whole

_ON_ANOTHER = ("04_train", "05_evaluate")
"""What another machine can run; of `run all`, 05 only answers there."""
_PAIRS = ("-p", "--parameters", "-r", "--parameters-raw")
"""The options of `run` that are followed by a name and a value: by what is read as its type says, and by text."""


_LEGEND = (
    ("groups", "test prompts that ask for one problem in other words"),
    ("difference", "expert less base (pp: percentage points), and where 95 % of such test sets would find it"),
    ("smallest visible", "a true difference of this size would show in four of five test sets of this size"),
    ("expert is", "better or worse only where the interval leaves out 0, else undecided"),
    ("base in its own form", "asked as in its pretraining, where everything else is asked as in a chat"),
    ("gates", "what the expert must reach to be the champion; its report has their bars"),
)
"""What `summary` says of its lines that are no metric."""


def summary(run: str) -> str:
    """A table over a run's experts: base against expert with the difference's 95 % interval, gates, report paths; and
    a word on each.
    """
    from oracle_lib.evaluate import Report
    from oracle_lib.gates import lost_to_own_form
    from oracle_lib.metrics import METRICS

    paths = sorted((outputs() / "runs" / run).glob("*/evaluate/report.json"))
    if not paths:
        raise OracleError(f"run {run!r} has no evaluation yet; `make demo` or `python -m oracle_lib run all` makes one")
    lines: list[str] = []
    shown: set[str] = set()
    for path in paths:
        report = Report.read(path)
        adapter = path.parent.parent / "train" / "adapter.json"
        trained = (
            f"{Adapter.read(adapter).rows} training samples" if adapter.exists() else "its training was begun anew"
        )
        lines.append(f"{report.expert}: {trained}; {report.n} test prompts in {report.groups} groups\n")
        heads = ("metric", "base", "expert", "difference [95 % interval]", "smallest visible", "expert is")
        rows = [heads, *report.table()]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for name, base, expert, gap, visible, outcome in rows:
            numbers = f"{base:>{widths[1]}}  {expert:>{widths[2]}}  {gap:<{widths[3]}}  {visible:>{widths[4]}}"
            lines.append(f"  {name:<{widths[0]}}  {numbers}  {outcome}")
        others = dict(report.plain_base or {})
        if own := others.pop(report.benchmark, None):
            metric = METRICS[report.benchmark]
            lines.append(f"  {metric.title} of the base in its own form: {metric.show(own.base)}; expert {own.outcome}")
        if lost := lost_to_own_form(others):
            lines.append(f"  the base in its own form beats the expert in {lost}")
        if report.states:
            lines.append(f"  {report.states.in_words()}")
        verdicts = {True: "passed", False: "FAILED", None: "not measured"}
        gates = [f"{gate.name} {verdicts[gate.passed]}" for gate in report.gates]
        lines += ["", f"  gates: {', '.join(gates)}", f"  report: {path.with_suffix('.html')}", ""]
        shown |= report.metrics.keys()
    of_metrics = [
        (one.title, f"{one.meaning} ({one.better} is better)") for one in METRICS.values() if one.name in shown
    ]
    return "\n".join([*lines, f"What it says:\n{_columns([*of_metrics, *_LEGEND])}"])


def run_command(arguments: argparse.Namespace) -> None:
    chosen = _notebooks(arguments.notebook)
    values: dict[str, object] = {}
    for file in arguments.file:
        values |= _parameter_file(Path(file))
    values |= dict(arguments.parameters_raw)
    there = _other_machine(arguments.on) if arguments.on else None
    if there and not any(notebook.stem in _ON_ANOTHER for notebook in chosen):
        raise OracleError(f"{chosen[0].stem} runs here; {' and '.join(_ON_ANOTHER)} can run on another machine")
    if there and any("machine" in notebooks.parameters_of(notebook) for notebook in chosen):
        values.setdefault("machine", there.name)
    parameters = notebooks.choose_parameters(chosen, dict(arguments.parameters), values)

    def is_current(notebook: Path) -> bool:
        return notebooks.is_current(notebook, parameters[notebook], force=arguments.force)

    if pending := list(dropwhile(is_current, chosen)):
        _refuse_early({notebook: parameters[notebook] for notebook in pending}, there)
        writable_folder(outputs())
    for notebook in chosen:
        if there and notebook.stem in _ON_ANOTHER and not is_current(notebook):
            from oracle_lib import remote

            answers_only = notebook.stem == "05_evaluate" and len(chosen) > 1
            remote.run_there(notebook, parameters[notebook], there, answers_only=answers_only, force=arguments.force)
            if not answers_only:
                continue
        notebooks.run_notebook(notebook, parameters[notebook], force=arguments.force)


def _other_machine(name: str) -> params.Machine:
    machine = params.load_machine(name)
    if machine.transport == "local":
        raise OracleError(f"{name} is this machine; leave --on away")
    return machine


def _refuse_early(chosen: Mapping[Path, Mapping[str, notebooks.Value]], there: params.Machine | None) -> None:
    """Raises `OracleError` for everything that can be known now and would stop one of the notebooks later; what runs
    `there` is checked there.
    """
    from oracle_lib import preflight

    values = {name: value for path in chosen for name, value in notebooks.effective(path, chosen[path]).items()}
    if {"expert", "profile"} <= values.keys() and not values.get("dry_run"):  # that needs no teacher
        on_another = _ON_ANOTHER[:1] if there and len(chosen) > 1 else _ON_ANOTHER if there else ()
        preflight.require(
            params.load_expert(str(values["expert"])),
            params.load_profile(str(values["profile"])).on(str(values.get("base", ""))),
            params.load_machine(str(values.get("machine", "local"))),
            [path.stem.partition("_")[2] for path in chosen if path.stem not in on_another],
        )


def _notebooks(name: str) -> list[Path]:
    return notebooks.all_notebooks() if name == "all" else [notebooks.find_notebook(name)]


def _parameter_file(path: Path) -> dict[str, object]:
    try:
        content = yaml.safe_load(path.read_bytes())
    except FileNotFoundError:
        raise OracleError(f"the parameter file {path} does not exist") from None
    except OSError as error:
        raise OracleError(f"the parameter file {path} cannot be read ({error.strerror})") from None
    except yaml.YAMLError as error:
        raise OracleError(f"{path} is not valid YAML: {params.problem_in_yaml(error)}") from None
    if not isinstance(content, dict):
        raise OracleError(f"{path} must map parameter names to values, as in `epochs: 2`")
    for name in content:
        if not isinstance(name, str):
            raise OracleError(f"{path} has {name!r} for the name of a parameter; names are text")
    return content


class _RunHelp(argparse.Action):
    """`run 04_train --help`: the options of `run`, and every parameter of the notebook named before it."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, *_: object) -> None:
        parser.print_help()
        for notebook in _notebooks(namespace.notebook) if namespace.notebook else []:
            declared = notebooks.parameters_of(notebook).values()
            rows = [(entry.name, entry.type, repr(entry.default), entry.help) for entry in declared]
            print(f"\nparameters of {notebook.stem}:\n{_columns(rows)}")
        if namespace.notebook:
            profiles = ", ".join(profile.name for profile in params.profiles())
            machines = ", ".join(machine.name for machine in params.machines())
            print(f"\nfiles in params:\n{_columns([('profiles:', profiles), ('machines:', machines)])}")
        parser.exit()


def _columns(rows: Sequence[tuple[str, ...]]) -> str:
    """The rows as aligned text, two spaces in."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(f"{text:<{width}}" for text, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(f"  {line}".rstrip() for line in lines)


def ask_command(arguments: argparse.Namespace) -> None:
    from oracle_lib.council.serving import Asked, Finish, Voices, in_turns

    model = params.load_expert(arguments.expert).name if arguments.expert else params.load_council().name
    asked = Asked.question(model, " ".join(arguments.question))
    voices = Voices()

    async def show() -> None:
        drafting = ""
        async for piece in in_turns(voices.answer(asked)):
            if isinstance(piece, Finish):
                speakers = [f"{one.name} ({one.version or 'the base model alone'})" for one in piece.speakers]
                print(f"\n\nanswered by: {', '.join(speakers) or 'nobody'}\nwhy: {piece.why}")
            elif isinstance(piece, str):
                if drafting:
                    print("\n\nThe answer, checked:\n", file=sys.stderr, flush=True)
                drafting = ""
                print(piece, end="", flush=True)
            elif sys.stderr.isatty():
                writer = "" if piece.expert == drafting else f"\n\n{piece.expert} drafts, unchecked:\n\n"
                drafting = piece.expert
                text = "".join(
                    one for one in piece.text if one.isprintable() or one in "\n\t"
                )  # it may steer a terminal
                print(writer + text, end="", file=sys.stderr, flush=True)

    asyncio.run(show())


def serve_command(arguments: argparse.Namespace) -> None:
    from oracle_lib.council.serving import Voices, serve

    limits = params.load_council().serving
    port = limits.port if arguments.port is None else arguments.port
    serve(Voices(), limits, arguments.host or limits.host, port)


def mcp_command(_: argparse.Namespace) -> None:
    from oracle_lib.council import mcp_server
    from oracle_lib.council.facts import newest_knowledge
    from oracle_lib.council.serving import Voices

    mcp_server.serve(newest_knowledge, Voices)


def rate_command(arguments: argparse.Namespace) -> None:
    from oracle_lib.council import rating

    rating.rate(arguments.expert, arguments.count, input, print)


def experts_command(_: argparse.Namespace) -> None:
    rows = [("expert", "purpose", "in use")]
    for expert in params.experts():
        version = registry.in_use(expert.name)
        champion = registry.aliases(expert.name).get("champion")
        in_use = f"{version.name} ({'champion' if version.name == champion else 'candidate'})" if version else "-"
        rows.append((expert.name, expert.purpose, in_use))
    print(_columns(rows))


def registry_list_command(arguments: argparse.Namespace) -> None:
    found = registry.table(arguments.expert)
    if found.empty:
        raise OracleError("nothing is registered yet; `make demo` or `python -m oracle_lib run all` makes a version")
    shown = found[["state", "base", "trained", "rows", "gates", "taught_by"]].reset_index().fillna("-").astype(str)
    print(_columns([tuple(shown.columns), *shown.replace("", "-").itertuples(index=False, name=None)]))


def registry_show_command(arguments: argparse.Namespace) -> None:
    version = registry.resolve(arguments.name)
    found = registry.lineage(version)
    print(f"{version.name}, also {', '.join(version.names)}")
    rows = [(step.kind, step.sha256[:12] or "-", ", ".join(step.made_from) or "-", step.name) for step in found.steps]
    print(_columns([("step", "sha256", "made from", "which"), *rows]))
    moves = [move for move in registry.history(version.expert) if version.name in (move.before, move.after)]
    past = [(f"{move.when:%Y-%m-%d %H:%M}", move.in_words(), f"by {move.by}: {move.why}") for move in moves]
    print(*(f"gap: {gap}" for gap in found.gaps), *([_columns(past)] if past else []), sep="\n")


def registry_find_command(arguments: argparse.Namespace) -> None:
    found = registry.made_from(arguments.sha256)
    print(*([version.name for version in found] or [f"no version comes from {arguments.sha256}"]), sep="\n")


def registry_move_command(arguments: argparse.Namespace) -> None:
    from oracle_lib import deploy

    acts: dict[str, Callable[[str, str], registry.Version]] = {
        "promote": deploy.promote,
        "rollback": deploy.rollback,
        "retire": lambda name, why: registry.retire(registry.resolve(name).name, why),
        "reinstate": lambda name, why: registry.reinstate(registry.resolve(name).name, why),
    }
    version = acts[arguments.verb](arguments.name, arguments.why)
    champion = registry.aliases(version.expert).get("champion", "nobody")
    print(f"{arguments.verb}: {version.name}; champion of {version.expert} is {champion}")


def registry_export_command(arguments: argparse.Namespace) -> None:
    print(registry.export_version(arguments.name, arguments.folder))


def registry_import_command(arguments: argparse.Namespace) -> None:
    print(f"{registry.import_version(arguments.folder).name} is registered; no alias was moved")


def chat_registry_command(arguments: argparse.Namespace) -> None:
    from oracle_lib import deploy

    names = deploy.write_chat_registry(arguments.file, arguments.runtimes)
    print(
        f"{arguments.file} lists {len(names)} models; those of the council answer while this runs: "
        "python -m oracle_lib serve"
    )


def adopt_command(arguments: argparse.Namespace) -> None:
    from oracle_lib import bases
    from oracle_lib.runtimes import gguf_store

    base = bases.reference(arguments.base)
    record = gguf_store.adopt(base, arguments.file)
    print(f"llama.cpp serves {base} from {arguments.file.name} ({record.stored}, sha256 {record.sha256[:12]}…)")


def doctor_command(arguments: argparse.Namespace) -> int:
    from oracle_lib import doctor

    return doctor.main(arguments.expert, arguments.profile, arguments.machine, arguments.base)


def remote_list_command(arguments: argparse.Namespace) -> None:
    from oracle_lib import remote

    found = remote.found_on(_other_machine(arguments.machine))
    print(_columns([("job", "state"), *found]) if found else f"{arguments.machine} has no job")


def remote_attach_command(arguments: argparse.Namespace) -> None:
    from oracle_lib import remote

    remote.attach(_other_machine(arguments.machine), arguments.job)


def remote_cancel_command(arguments: argparse.Namespace) -> None:
    from oracle_lib import remote

    remote.cancel(_other_machine(arguments.machine), arguments.job)


def remote_check_command(arguments: argparse.Namespace) -> int:
    from oracle_lib import remote

    expert, profile = params.load_expert(arguments.expert), params.load_profile(arguments.profile)
    found, problems = remote.check(_other_machine(arguments.machine), expert, profile.on(arguments.base))
    print(found, *(f"it {problem}" for problem in problems), sep="\n")
    print("" if problems else f"it can train {expert.name} with the profile {profile.name}")
    return int(bool(problems))


def summary_command(arguments: argparse.Namespace) -> None:
    print(summary(arguments.run))


def assemble_command(arguments: argparse.Namespace) -> int:
    from oracle_lib.verify.assembler.project import assemble_project

    for define in arguments.defines:
        if not re.match("[A-Za-z0-9_]+=", define):
            raise OracleError(f"a define is written NAME=VALUE, the name in letters, digits and _, not {define!r}")
    defines = dict(define.split("=", 1) for define in arguments.defines)
    main, folder, rom, out = arguments.main, arguments.folder, arguments.rom, arguments.out
    return 0 if assemble_project(main, folder, rom, out, defines, pool=arguments.pool) else 1


def check_command(arguments: argparse.Namespace) -> int:
    from oracle_lib.generate.sources import disassembly, romhack
    from oracle_lib.quality import hooks
    from oracle_lib.sample import Domain
    from oracle_lib.verify.assembler.project import FolderFiles, build, read_rom, require_file

    text, hack, game = arguments.text, arguments.hack, arguments.game
    require_file(text, "patch")
    for folder in filter(None, (hack, game)):
        if not folder.is_dir():
            raise OracleError(f"there is no folder {folder}")
    folder = hack if hack and text.resolve().is_relative_to(hack.resolve()) else text.parent
    name = text.resolve().relative_to(folder.resolve()).as_posix()
    rom = read_rom(arguments.rom)[1] if arguments.rom else b""
    manifest = hooks.Manifest.read(arguments.manifest) if arguments.manifest else hooks.Manifest()
    if hack:
        items = romhack.items(hack, hack.name, Domain.ORACLE, "")
        manifest = hooks.Manifest.of(items, without=name if folder == hack else "").joined(manifest)
    known = hooks.Game.of(disassembly.items(game, game.name, Domain.ASM, "") if game else (), rom)
    labels = {name: value for name, value in manifest.symbols.items() if name[0] != "!"}
    defines = {name[1:]: str(value) for name, value in manifest.symbols.items() if name[0] == "!"}
    built = build(name, FolderFiles(folder), rom, defines, symbols=labels, origin=hooks.NOWHERE)
    found = hooks.findings(built.assembly, manifest, known)
    for finding in found:
        print(finding)
    hard = sum(finding.severity is hooks.Severity.HARD for finding in found)
    print(f"{name}: {hooks.looked_at(built.assembly, known)}; {hard} hard and {len(found) - hard} soft findings")
    return 1 if hard else 0


def _parser() -> tuple[Parser, list[str]]:
    parser = Parser(prog="python -m oracle_lib", description=__doc__)
    parser.add_argument("--version", action="version", version=f"Oracle {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="run one notebook, or 'all' six in order, headless", add_help=False)
    run.add_argument("notebook", help="04_train, its beginning (04), a path, or all")
    run.add_argument("-h", "--help", action=_RunHelp, nargs=0, help="this, and after a notebook's name its parameters")
    pairs: dict[str, Any] = {"nargs": 2, "action": "append", "default": []}
    typed, raw = _PAIRS[:2], _PAIRS[2:]
    run.add_argument(
        *typed, **pairs, metavar=("NAME", "VALUE"), help="a parameter, read as its type says; also NAME=VALUE"
    )
    run.add_argument(*raw, **pairs, metavar=("NAME", "TEXT"), help="a parameter that is text")
    run.add_argument("-f", "--file", action="append", default=[], metavar="FILE.yaml", help="parameters from a file")
    run.add_argument("--on", default="", metavar="MACHINE", help="run 04 and 05 on this machine; of all, judge here")
    run.add_argument("--force", action="store_true", help="run again although nothing changed")
    run.set_defaults(command=run_command)

    ask = commands.add_parser("ask", help="ask the council of registered experts a question")
    ask.add_argument("question", nargs="+")
    ask.add_argument("--expert", default="", help="ask this expert alone, by any of its names")
    ask.set_defaults(command=ask_command)

    serve = commands.add_parser("serve", help="serve the council and its experts to clients of OpenAI's API")
    serve.add_argument("--host", default="", help="where to listen; params/council.yaml's by default")
    serve.add_argument("--port", type=whole(0, 65535), help="the port; params/council.yaml's by default")
    serve.set_defaults(command=serve_command)

    mcp = commands.add_parser("mcp", help="serve the judge's tools to an editor or agent, by MCP over stdin and stdout")
    mcp.set_defaults(command=mcp_command)

    rate = commands.add_parser("rate", help="say blindly which is better, an expert's answer or its base's")
    rate.add_argument("expert", help="any name of an expert, or a registered version")
    rate.add_argument("--count", type=whole(1), default=10, help="how many questions, 10 by default")
    rate.set_defaults(command=rate_command)

    experts = commands.add_parser("experts", help="the experts: what they are for, and which version is in use")
    experts.set_defaults(command=experts_command)

    doctor = commands.add_parser("doctor", help="what this machine can do, what it lacks, and the remedies")
    doctor.add_argument("--expert", default="rauru-assembler", help="the expert to be made here")
    doctor.add_argument("--profile", default="demo", help="how large the run is to be")
    doctor.add_argument("--base", default="", help="what to train on, in place of the profile's base")
    doctor.add_argument("--machine", default="local", help="where training runs")
    doctor.set_defaults(command=doctor_command)

    on = commands.add_parser("remote", help="the jobs that `run --on` started on another machine, and what it lacks")
    verbs = on.add_subparsers(required=True, metavar="VERB")
    for verb, command, help_text in (
        ("list", remote_list_command, "every job and its state"),
        ("attach", remote_attach_command, "show what a job says until it ends, and bring its results"),
        ("cancel", remote_cancel_command, "end a running job; its checkpoints stay"),
        ("check", remote_check_command, "what the machine has and lacks"),
    ):
        one = verbs.add_parser(verb, help=help_text)
        one.add_argument("machine", help="a file in params/machines")
        if verb in ("attach", "cancel"):
            one.add_argument(
                "job", nargs="?", default="", help="the one that runs or ended unseen, where none is named"
            )
        if verb == "check":
            one.add_argument("--expert", default="rauru-assembler", help="the expert to be trained there")
            one.add_argument("--profile", default="demo", help="how large the run is to be")
            one.add_argument("--base", default="", help="what to train on, in place of the profile's base")
        one.set_defaults(command=command)

    kept = commands.add_parser("registry", help="the registered versions: what they came from, and which are in use")
    acts = kept.add_subparsers(required=True, metavar="VERB", dest="verb")
    operands: dict[str, dict[str, Any]] = {
        "expert": {"nargs": "?", "help": "any of its names"},
        "name": {"help": "a version, <expert>@candidate, <expert>@champion, or any of an expert's names"},
        "sha256": {"help": "its first 8 digits at least"},
        "folder": {"type": Path},
        "--why": {"required": True, "metavar": "REASON", "help": "for the history"},
    }
    for verb, command, given, help_text in (
        ("list", registry_list_command, "expert", "every version, or an expert's"),
        ("show", registry_show_command, "name", "what a version came from, by hash, and what became of it"),
        ("find", registry_find_command, "sha256", "the versions that come from a source, data set, base, …"),
        ("promote", registry_move_command, "name --why", "make a version its expert's champion, behind the gates"),
        ("rollback", registry_move_command, "name --why", "give the champion's place back to the one before"),
        ("retire", registry_move_command, "name --why", "take a version out of use; it stays to be looked up"),
        ("reinstate", registry_move_command, "name --why", "end a version's retirement"),
        ("export", registry_export_command, "name folder", "write a version as a Hugging Face folder"),
        ("import", registry_import_command, "folder", "register a version from such a folder"),
    ):
        one = acts.add_parser(verb, help=help_text)
        for operand in given.split():
            one.add_argument(operand, **operands[operand])
        one.set_defaults(command=command)

    listed = commands.add_parser("chat-registry", help="write a chat_registry.toml for chat clients that read one")
    listed.add_argument("file", type=Path, metavar="FILE.toml", help="the file; another program's is not replaced")
    listed.add_argument(
        "runtimes", nargs="*", metavar="RUNTIME", help="ollama, lm-studio: also the versions that are installed there"
    )
    listed.set_defaults(command=chat_registry_command)

    adopt = commands.add_parser("adopt", help="serve a base from a GGUF of yours, such as an official download")
    adopt.add_argument("base", help="a Hugging Face id or a folder, as 04 got it")
    adopt.add_argument("file", type=Path, metavar="FILE.gguf", help="must hold just this base; it stays where it is")
    adopt.set_defaults(command=adopt_command)

    assemble = commands.add_parser("assemble", help="assemble a project in asar's dialect; compare with asar if there")
    assemble.add_argument("main", type=Path, metavar="MAIN.asm", help="the project's main text")
    assemble.add_argument("--folder", type=Path, help="where the files lie that it may read; MAIN.asm's by default")
    assemble.add_argument("--rom", type=Path, help="the ROM that it patches")
    assemble.add_argument("--out", type=Path, help="where the patched ROM goes")
    assemble.add_argument("-D", dest="defines", action="append", default=[], metavar="NAME=VALUE", help="a define")
    assemble.add_argument("--pool", action="store_true", help="allow usdasm's directive pool, which asar lacks")
    assemble.set_defaults(command=assemble_command)

    check = commands.add_parser("check", help="check a hook or patch against a hack and the game: what it would break")
    check.add_argument("text", type=Path, metavar="PATCH.asm", help="the patch, or the main text of a whole hack")
    check.add_argument(
        "--hack", type=Path, metavar="FOLDER", help="the hack that it goes into; PATCH.asm may lie there"
    )
    check.add_argument(
        "--manifest", type=Path, metavar="FILE", help="hooks, protected ranges, free space: docs/hooks.md"
    )
    check.add_argument("--game", type=Path, metavar="FOLDER", help="a disassembly of the game, in usdasm's form")
    check.add_argument("--rom", type=Path, help="the ROM that is patched")
    check.set_defaults(command=check_command)

    summary = commands.add_parser("summary", help="one table over the experts of a run")
    summary.add_argument("run", nargs="?", default="demo")
    summary.set_defaults(command=summary_command)
    return parser, list(commands.choices)


def _apart(argv: Sequence[str]) -> Iterator[str]:
    """The words of a command line, `-p name=value` as the `-p name value` that it means."""
    for before, word in pairwise(["", *argv]):
        yield from word.split("=", 1) if before in _PAIRS else [word]


def _commanded(argv: Sequence[str]) -> int:
    parser, known = _parser()
    try:
        if argv and not argv[0].startswith("-") and argv[0] not in known:
            raise OracleError(f"there is no command {argv[0]!r}{params.did_you_mean(argv[0], known)}")
        arguments = parser.parse_args([*_apart(argv)])
        return arguments.command(arguments) or 0
    except DryRun as done:
        print(done)
        return 0
    except KeyboardInterrupt:
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # what the notebook's tasks say of being cut short
        print("stopped; finished work is kept, and the same command goes on from there", file=sys.stderr)
        return 130


def main(argv: list[str] | None = None) -> int:
    return exit_status(lambda: _commanded(sys.argv[1:] if argv is None else argv))


if __name__ == "__main__":
    sys.exit(main())
