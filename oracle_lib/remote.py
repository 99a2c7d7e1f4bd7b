"""Runs 04 and 05 on another machine: sends what they need, starts them detached, shows what they say, brings results.

A job there outlives the connection, and the same call finds it again. The machine needs Linux (on Windows: WSL2) and a
Python with this project's packages; the project itself is sent, so that both sides run the same code. Decides nothing
about training.
"""

import hashlib
import json
import re
import shutil
import signal
import tempfile
import time
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from oracle_lib import OracleError, bases, doctor, params, processor, transfer
from oracle_lib.files import REPOSITORY, outputs, relative, sha256, writable_folder
from oracle_lib.notebooks import Value, effective
from oracle_lib.params import Expert, Machine, Profile
from oracle_lib.records import Adapter, Frozen
from oracle_lib.run import git_commit, stage_folder
from oracle_lib.train import prepare_base
from oracle_lib.transfer import Cut, End, agent, bring, connect, names_in, patiently, send

_SENT = {"oracle_lib": "*", "notebooks": "*.ipynb", "params": "*.yaml"}
_CODE = "code"
_POLL = 0.5
_EXECUTED = re.compile(r" \(executed notebook: .*\)")
_STOPPED = (130, -signal.SIGINT)
"""How a job ends that is asked to, as Ctrl-C and `cancel` do."""
_SILENCE = 8
"""How often in a row the machine may fail to answer while a job is watched: about two minutes."""


class Job(Frozen):
    """What a job on a machine is about. `fingerprint` tells whether a later call means the same job, `code` whether it
    runs the same code.
    """

    notebook: str
    run: str
    expert: str
    profile: str
    answers_only: bool
    commands: tuple[tuple[str, ...], ...]
    code: str

    @property
    def name(self) -> str:
        return "-".join((self.run, self.expert, self.notebook, *(["answers"] if self.answers_only else [])))

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


class _Found(Frozen):
    """A job as its machine knows it."""

    state: Literal["running", "ended", "dead"]
    about: Job
    told: bool
    status: int | None = None

    @property
    def in_words(self) -> str:
        if self.state == "running":
            return "running"
        if self.state == "dead":
            return "killed, or its machine was switched off"
        if self.status in _STOPPED:
            return "stopped"
        return "done" if self.status == 0 else f"failed with status {self.status}"


def run_there(
    notebook: Path, chosen: Mapping[str, Value], machine: Machine, *, answers_only: bool = False, force: bool = False
) -> None:
    """Runs a notebook on the machine and brings its results here; goes on with a job that is there already.

    With `answers_only`, 05 answers there and its answers are judged here. Raises `OracleError` with all that the
    machine lacks before anything is sent, with the failing cell's error, and where another job is in the way.
    """
    values = effective(notebook, chosen)
    expert, profile = params.load_expert(str(values["expert"])), params.load_profile(str(values["profile"]))
    profile = profile.on(str(values.get("base", "")))
    run = str(values["run"] or profile.name)
    with tempfile.TemporaryDirectory(dir=writable_folder(outputs()), prefix=".code.") as folder:
        snapshot = Path(folder) / _CODE
        _copy_project(snapshot)
        files = {name: sha256(snapshot / name) for name in names_in(snapshot)}
        job = Job(
            notebook=notebook.stem,
            run=run,
            expert=expert.name,
            profile=profile.name,
            answers_only=answers_only,
            commands=(_command(notebook, chosen, machine, answers_only, force),),
            code=hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest(),
        )
        with connect(machine) as end:
            if not _is_there(end, job):
                if problems := lacks(patiently(end.ask, "machine", ollama=machine.ollama), machine, expert, profile):
                    raise OracleError("\n       ".join(f"{machine.name} {problem}" for problem in problems))
                print(f"{job.name}: sending what it needs to {machine.name}", flush=True)
                send(end, snapshot, _CODE, files)
                patiently(end.ask, "keep_only", folder=_CODE, names=list(files))
                _send_inputs(end, job, expert, profile, machine)
                end.ask("start", job=job.name, commands=job.commands, code=_CODE, about=job.model_dump())
                print(f"{job.name}: started on {machine.name}; it goes on when this command ends", flush=True)
            _follow(end, machine, job)


def found_on(machine: Machine) -> list[tuple[str, str]]:
    """Every job that the machine knows, with its state in words."""
    with connect(machine) as end:
        return [(name, job.in_words) for name, job in _jobs(end).items()]


def attach(machine: Machine, name: str = "") -> None:
    """Shows what a job says until it ends, and brings its results here; where none is named, the only one that runs, or
    else whose end nobody was told.
    """
    with connect(machine) as end:
        job = _called(end, machine, name)
        _follow(end, machine, job.about)


def cancel(machine: Machine, name: str = "") -> None:
    """Ends a running job, whose checkpoints stay; the only one that runs, where none is named."""
    with connect(machine) as end:
        job = _called(end, machine, name, "running").about
        end.ask("cancel", job=job.name)
        end.ask("told", job=job.name)
        print(f"{job.name}: cancelled on {machine.name}; its checkpoints stay, and the same command goes on from them")


def check(machine: Machine, expert: Expert, profile: Profile) -> tuple[str, list[str]]:
    """What the machine has, in a few lines, and what it lacks for this expert in this profile."""
    with connect(machine) as end:
        found = end.ask("machine", ollama=machine.ollama)
        rsync = end.ask("hello")["rsync"]
    cards = ", ".join(f"{card['name']}, {card['free']:.1f} of {card['total']:.1f} GiB free" for card in found["cards"])
    lines = [
        f"Python {'.'.join(map(str, found['python']))} on {found['system']}",
        f"graphics card: {cards or 'none'}",
        f"disk: {found['free'] / 2**30:.0f} GiB free in {machine.folder}",
        f"Ollama holds of the card: {_held(found) or 'nothing'}",
        f"files travel by {'rsync' if rsync and shutil.which('rsync') else 'sftp'}",
    ]
    return "\n".join(lines), lacks(found, machine, expert, profile)


def lacks(found: Mapping[str, Any], machine: Machine, expert: Expert, profile: Profile) -> list[str]:
    """What keeps the machine from training the expert, each as the end of a sentence that begins with its name."""
    base = bases.choose(profile.base, expert)
    is_tiny = base == "built" or bases.is_ours(base)
    needs_card = not is_tiny and not bases.is_folder(base) and bases.find(base).parameters > processor.CPU_PARAMETERS
    problems = []
    if found["system"] != "linux":
        problems.append("runs no Linux; on Windows, name WSL2's Python as `python` in its file in params/machines")
    if tuple(found["python"]) < (3, 11):
        problems.append(f"has Python {'.'.join(map(str, found['python']))}; install 3.11 or newer")
    there: dict[str, str] = found["packages"]
    ours = {package: version(package) for package in agent.PACKAGES}
    if wrong := [
        f"{package} {mine.partition('+')[0]} ({there.get(package, 'missing')} there)"
        for package, mine in ours.items()
        if there.get(package, "").partition("+")[0] != mine.partition("+")[0]
    ]:
        problems.append(f"lacks packages as they are here: {', '.join(wrong)}; docs/remote.md says how to install them")
    if needs_card:
        cap = machine.card.cap if machine.card else 0.0
        free = max((card["free"] for card in found["cards"]), default=None)
        if free is None:
            problems.append(f"has no NVIDIA card that nvidia-smi shows, and {base} needs one")
        elif free < cap:
            names = list(found["ollama"])
            holder = f"free it with: ollama stop {' '.join(names)}" if names else "nvidia-smi there says who holds it"
            problems.append(f"has {free:.1f} GiB of its card free, and training may take {cap:.1f}; {holder}")
    needed = doctor.CAMPAIGN_DISK if needs_card else doctor.DEMO_DISK
    if found["free"] / 2**30 < needed:
        problems.append(f"has {found['free'] / 2**30:.1f} GiB free in {machine.folder}; make room for {needed:.0f}")
    return problems


def _held(found: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} ({size:.1f} GiB)" for name, size in found["ollama"].items())


def _copy_project(target: Path) -> None:
    """A snapshot of what runs: library, notebooks, params, and the commit that they are of."""
    for folder, pattern in _SENT.items():
        for path in sorted((REPOSITORY / folder).rglob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("."):
                place = target / path.relative_to(REPOSITORY)
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, place)
    (target / "COMMIT").write_text(git_commit(), encoding="utf-8")


def _command(
    notebook: Path, chosen: Mapping[str, Value], machine: Machine, answers_only: bool, force: bool
) -> tuple[str, ...]:
    """The words for Python there."""
    values = dict(chosen)
    if "machine" in effective(notebook, {}):
        values["machine"] = machine.name
    if answers_only:
        values["answers_only"] = True
    words = [word for name, value in values.items() for word in ("-p", name, str(value))]
    return ("-m", "oracle_lib", "run", notebook.stem, *words, *(["--force"] if force else []))


def _send_inputs(end: End, job: Job, expert: Expert, profile: Profile, machine: Machine) -> None:
    if job.notebook == "04_train":
        transfer.push(job.run, expert.name, profile.name, machine.name)
        is_to_be_built = profile.base == "built"
        _send_base(
            end, prepare_base(expert, profile, machine) if is_to_be_built else bases.choose(profile.base, expert)
        )
        return
    data = stage_folder(job.run, expert.name, "export") / expert.dataset_name(profile)
    trained = stage_folder(job.run, expert.name, "train")
    names = {"adapter.json", *(name for name in names_in(trained) if name.startswith("adapter/"))}
    for folder, wanted in ((data, names_in(data)), (trained, sorted(names))):
        if missing := [name for name in wanted if not (folder / name).exists()]:
            raise OracleError(f"{relative(folder / missing[0])} is missing; run 04_train --on {machine.name} first")
        send(end, folder, relative(folder), {name: sha256(folder / name) for name in wanted})
    _send_base(end, Adapter.read(trained / "adapter.json").base)


def _send_base(end: End, base: str) -> None:
    """Sends a base that was built here, and what shows that it need not be built there: answers are judged and experts
    deployed on the same weights. Any other base is found there.
    """
    if not base.startswith(bases.BUILT):
        return
    folder = bases.base_folder(base)
    place = folder.parent
    wanted = [
        *place.glob("corpus.jsonl"),
        *(part / name for part in (folder, folder.with_suffix(".stage")) for name in names_in(part) if name[0] != "."),
    ]
    send(end, place, relative(place), {path.relative_to(place).as_posix(): sha256(path) for path in wanted})


def _jobs(end: End) -> dict[str, _Found]:
    return {name: _Found.model_validate(found) for name, found in patiently(end.ask, "jobs").items()}


def _is_there(end: End, job: Job) -> bool:
    """Whether this job runs there, or has ended and nobody was told. Raises `OracleError` where another is in its way.

    A job that was killed is begun again and goes on from its checkpoint.
    """
    known = _jobs(end)
    there = known.get(job.name)
    is_same = there is not None and there.about.fingerprint == job.fingerprint
    if there is not None and is_same and not there.told and there.state != "dead":
        print(f"{job.name}: {there.in_words} on {end.name}; here is what it said", flush=True)
        return True
    for name, other in known.items():
        if other.state == "running" and (name == job.name or other.about.code != job.code):
            what = "parameters" if other.about.code == job.code else "code"
            raise OracleError(
                f"{name} runs on {end.name} with other {what}; wait for it with: python -m oracle_lib remote attach "
                f"{end.name} {name} (or end it: remote cancel)"
            )
    if there is not None and is_same and not there.told:
        print(f"{job.name}: it was {there.in_words}; it is begun again", flush=True)
    return False


def _called(end: End, machine: Machine, name: str, state: str = "") -> _Found:
    known = {one: job for one, job in _jobs(end).items() if not state or job.state == state}
    if name in known:
        return known[name]
    running = [job for job in known.values() if job.state == "running"]
    waiting = running or [job for job in known.values() if not job.told]
    if not name and len(waiting) == 1:
        return waiting[0]
    kind = f"{state} job" if state else "job"
    if name or len(known) != 1:
        which = f"no {kind} {name!r}" if name else f"no {kind}" if not known else f"more than one {kind}"
        choice = f"; name one of: {', '.join(known)}" if known else ""
        raise OracleError(f"{machine.name} has {which}{choice}")
    return next(iter(known.values()))


def _follow(end: End, machine: Machine, job: Job) -> None:
    """Shows what the job says until it ends, then brings what it made. Raises `OracleError` where it failed."""
    try:
        ended, said = _watch(end, job)
    except KeyboardInterrupt:
        print(f"\n{job.name} goes on; end it with: python -m oracle_lib remote cancel {machine.name} {job.name}")
        raise
    if ended["state"] == "dead":
        raise OracleError(
            f"{job.name} was killed on {machine.name}, or the machine was switched off; the same command goes on from "
            "its last checkpoint"
        )
    if ended["status"] == 0:
        _bring_results(end, machine, job)
        patiently(end.ask, "told", job=job.name)
    else:
        copy = _bring_notebook(end, job) if _EXECUTED.search(said) else ""
        patiently(end.ask, "told", job=job.name)
        raise OracleError(f"{job.name} on {machine.name}: {_reason(said, ended['status'])}{copy}")


def _watch(end: End, job: Job) -> tuple[dict[str, Any], str]:
    """Prints what the job says until it ends, over as many connections as needed; how it ended, and its last words."""
    offset, failures, said = 0, 0, ""
    while True:
        try:
            part: dict[str, Any] = end.ask("look", job=job.name, offset=offset)
        except Cut as cut:
            failures += 1
            if failures > _SILENCE:
                raise OracleError(f"{cut}; {job.name} goes on there, and the same command finds it again") from None
            if failures == 1:
                print(f"\n{job.name}: the connection is gone, and the job goes on; connecting again", flush=True)
            time.sleep(min(20.0, 0.25 * 2**failures))
            continue
        failures, offset, said = 0, part["offset"], (said + part["text"])[-8192:]
        print(part["text"], end="", flush=True)
        if not part["more"]:
            if part["state"] != "running":
                return part, said
            time.sleep(_POLL)


def _reason(said: str, status: int) -> str:
    """The sentence with which the command there failed, without its paths."""
    errors = re.findall(r"^error: (.+(?:\n {7}.+)*)", said, re.MULTILINE)
    if status in _STOPPED:
        return "it was stopped; the same command goes on from its last checkpoint"
    return _EXECUTED.sub("", errors[-1]) if errors else f"it ended with status {status}"


def _bring_notebook(end: End, job: Job) -> str:
    """Brings the executed notebook; says where it lies here, or "" where there is none."""
    place = f"notebooks/{job.run}/{job.expert}"
    wanted = (f"{job.notebook}.ipynb", f"{job.notebook}.html")
    there: dict[str, str] = patiently(end.ask, "digests", folder=place)
    found = {name: there[name] for name in wanted if name in there}
    bring(end, place, outputs() / place, found)
    return f" (executed notebook: {outputs() / place / wanted[0]})" if found else ""


def _bring_results(end: End, machine: Machine, job: Job) -> None:
    if job.notebook == "04_train":
        transfer.pull(job.run, job.expert, machine.name)
        _bring_notebook(end, job)
        print(f"{job.name}: its adapter, metrics and notebook are here")
        return
    folder = stage_folder(job.run, job.expert, "evaluate")
    there: dict[str, str] = patiently(end.ask, "digests", folder=relative(folder))
    wanted = {
        name: digest
        for name, digest in there.items()
        if not name.startswith(".") and (name == "answers.jsonl") == job.answers_only
    }
    bring(end, relative(folder), folder, wanted)
    if job.answers_only:
        print(f"{job.name}: its answers are here, for 05 to judge")
        return
    _bring_notebook(end, job)
    print(f"{job.name}: its predictions, report and notebook are here")
