"""What this machine can do, what it lacks, and the remedies: each check tries the thing itself. Changes nothing."""

import http.client
import json
import logging
import os
import platform
import shutil
import tempfile
import textwrap
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Literal

from oracle_lib import OracleError, bases, preflight, processor
from oracle_lib.files import outputs, reason_of
from oracle_lib.generate.teachers import teacher_called, who_answers
from oracle_lib.params import Expert, Machine, Profile, load_expert, load_machine, load_profile
from oracle_lib.run import STAGES

GIB = 2**30
DEMO_DISK = 2.0
"""GiB under outputs/ that a demo and its checkpoints may take."""
CAMPAIGN_DISK = 60.0
"""GiB for a 14B base, its adapters and checkpoints."""
PATIENCE = 2.0
"""Seconds to wait for Ollama; on the same machine it answers in milliseconds."""


@dataclass(frozen=True)
class Check:
    """One thing looked for. "optional" is absent and not needed here; `remedy` says how to get it, or what to mind."""

    name: str
    status: Literal["ok", "missing", "optional"]
    found: str
    remedy: str = ""


@dataclass(frozen=True)
class Wanted:
    """What this machine is to do: a run of this expert in this profile, in the role that `machine` describes."""

    expert: Expert
    profile: Profile
    machine: Machine

    @property
    def needs_gpu(self) -> bool:
        return self.machine.gpus > 0 or (
            not bases.is_ours(self.base) and bases.find(self.base).parameters > processor.CPU_PARAMETERS
        )

    @property
    def base(self) -> str:
        """The reference of the base; of one that is to be built, of the one in this package, which is as small."""
        chosen = bases.choose(self.profile.base, self.expert)
        return "embedded" if chosen == "built" else chosen


def report(wanted: Wanted) -> list[Check]:
    """Everything that this machine needs or can use for what is wanted; what would stop `run all` comes last."""
    checks: list[tuple[str, Callable[[Wanted], Check]]] = [
        ("Python", _python),
        ("PyTorch", _torch),
        ("base", _base),
        ("GPU", _gpu),
        ("NF4 kernels", _nf4),
        ("assembler", _assembler),
        ("SNES core", _snes_core),
        ("C++ sandbox", _cpp_sandbox),
        ("JupyterLab", _jupyter),
        ("disk", _disk),
        ("Ollama", _ollama),
        ("Gemini", partial(_teacher, "gemini", "Gemini")),
        ("Ollama model", partial(_teacher, "ollama", "Ollama model")),
        ("OpenAI API", partial(_teacher, "openai", "OpenAI API")),
        ("teachers", _teachers),
    ]
    found = [_tried(name, look, wanted) for name, look in checks]
    said = {(check.found, check.remedy) for check in found}
    stopped = _run_all(wanted)
    new = [check for check in stopped if (check.found, check.remedy) not in said]
    return [*found, *(new or [Check("run all", "missing", "it stops at what is missing above")])]


def table(checks: list[Check]) -> str:
    """The checks as aligned text, each remedy under its finding, and what they come to."""
    lines = []
    for check in checks:
        head = f"{check.status:<10}{check.name:<13}"
        lines += textwrap.wrap(check.found, 115, initial_indent=head, subsequent_indent=" " * len(head)) or [head]
        if check.remedy:
            indent = " " * len(head)
            lines += textwrap.wrap(check.remedy, 115, initial_indent=f"{indent}-> ", subsequent_indent=f"{indent}   ")
    missing = dict.fromkeys(check.name for check in checks if check.status == "missing")
    total = f"missing and needed: {', '.join(missing)}" if missing else "everything needed here is there"
    return "\n".join([*lines, "", total])


def main(expert: str, profile: str, machine: str, base: str = "") -> int:
    """Prints the table; returns 0 when nothing needed is missing, else 1. `base` takes the place of the profile's."""
    checks = report(Wanted(load_expert(expert), load_profile(profile).on(base), load_machine(machine)))
    print(table(checks))
    return int(any(check.status == "missing" for check in checks))


def _tried(name: str, look: Callable[[Wanted], Check], wanted: Wanted) -> Check:
    try:
        return look(wanted)
    except OracleError as error:
        return _refusal(name, error)
    except Exception as error:  # a broken installation can fail in any way, and the other checks must still be made
        return _broken(name, error)


def _broken(name: str, error: Exception) -> Check:
    if isinstance(error, OSError) and error.filename:
        found, remedy = f"{error.filename} cannot be used ({reason_of(error)})", "see that you may read and run it"
    else:
        found, remedy = f"{type(error).__name__}: {error}", "install the packages again: make -B .venv/demo"
    return Check(name, "missing", found, remedy)


def _python(wanted: Wanted) -> Check:
    system = "WSL2" if "microsoft" in platform.release().lower() else platform.system()
    return Check("Python", "ok", f"{platform.python_version()} on {system}, {platform.machine()}")


def _torch(wanted: Wanted) -> Check:
    import torch

    build = f"CUDA {torch.version.cuda}" if torch.version.cuda else "CPU build"
    return Check("PyTorch", "ok", f"{torch.__version__} ({build}, {torch.get_num_threads()} threads)")


def _base(wanted: Wanted) -> Check:
    known = bases.find(wanted.base)
    size = f"{known.parameters / 1e9:.2f} billion parameters" if known.parameters > 1e8 else "tiny"
    digest = f", weights {bases.base_digest(wanted.base)[:12]}" if bases.is_folder(wanted.base) else ""
    return Check("base", "ok", f"{wanted.profile.base} means {known.reference}: {size}{digest}")


def _gpu(wanted: Wanted) -> Check:
    import torch

    if not torch.cuda.is_available():
        remedy = "a base of a billion parameters runs without one; pilot and full need an NVIDIA card with 16 GB"
        if shutil.which("nvidia-smi") and not torch.version.cuda:
            remedy = "there is a card, but this PyTorch is built for the CPU: make -B .venv/demo without TORCH_INDEX"
        return Check("GPU", "missing" if wanted.needs_gpu else "optional", "none that PyTorch can use", remedy)
    free, total = (size / GIB for size in torch.cuda.mem_get_info())
    found = f"{torch.cuda.get_device_name()}, {free:.1f} of {total:.1f} GiB free"
    card = wanted.machine.card
    if card and free < card.cap:
        remedy = f"training may take {card.cap:.1f} GiB: end what holds the card (nvidia-smi lists it; Ollama, often)"
        return Check("GPU", "missing", found, remedy)
    return Check("GPU", "ok", found)


def _nf4(wanted: Wanted) -> Check:
    # bitsandbytes asks for the package kernels, which loads code from a hub; what is tried here are its own kernels.
    logging.getLogger("bitsandbytes.backends.cpu.ops").setLevel(logging.ERROR)
    import bitsandbytes.nn
    import torch

    linear4bit: Any = vars(bitsandbytes.nn)["Linear4bit"]
    device = "cuda" if torch.cuda.is_available() else "cpu"
    generator = torch.Generator().manual_seed(0)
    dense = torch.nn.Linear(256, 64, bias=False)
    dense.weight.data = torch.randn(64, 256, generator=generator)
    layer = linear4bit(256, 64, bias=False, compute_dtype=torch.float32, quant_type="nf4")
    layer.load_state_dict(dense.state_dict())
    inputs = torch.randn(8, 256, generator=generator)
    with torch.no_grad():
        exact, rounded = dense(inputs), layer.to(device)(inputs.to(device)).cpu()
    error = float((rounded - exact).norm() / exact.norm())
    if not error < 0.2:  # rounding to NF4 costs about 0.1; wrong kernels give noise, about 1.4, or not-a-number
        found = f"a product on the {device} is off by {error:.2f} of its size"
        remedy = "bitsandbytes does not fit this device: pip install -U bitsandbytes, or train with nf4=False"
        return Check("NF4 kernels", "missing", found, remedy)
    return Check("NF4 kernels", "ok", f"bitsandbytes {version('bitsandbytes')} multiplies on the {device}")


def _assembler(wanted: Wanted) -> Check:
    from oracle_lib import verify

    assembly = verify.assemble("LDA.b #$12\nRTS")
    if assembly.code != bytes.fromhex("A91260"):
        return Check(
            "assembler", "missing", f"assembles LDA, RTS to {assembly.code.hex(' ') or 'nothing'}", "reinstall"
        )
    asar = "asar is on PATH too" if shutil.which("asar") else "asar is not on PATH and not needed"
    return Check("assembler", "ok", f"our own; {asar}")


def _snes_core(wanted: Wanted) -> Check:
    from oracle_lib import verify

    try:
        with verify.Console() as console:
            execution = console.call(b"\x60")
    except verify.ConsoleError as error:
        return Check("SNES core", "missing", str(error), "sudo apt-get install libretro-bsnes-mercury-balanced")
    if execution.ended is not verify.Ending.RETURNED:
        return Check("SNES core", "missing", f"an RTS ended in {execution.ended}", "set ORACLE_SNES_CORE to bsnes")
    return Check("SNES core", "ok", f"ran an RTS in {execution.cycles} master cycles")


def _cpp_sandbox(wanted: Wanted) -> Check:
    from oracle_lib import verify

    if reason := verify.cpp_unavailable():
        return Check("C++ sandbox", "missing", reason, "make demo installs it where there is apt-get")
    contract = verify.CppContract(
        signature="int twice(int)",
        driver="int main() { int x; std::cin >> x; std::cout << twice(x); }",
        cases=(verify.CppCase(stdin="21", stdout="42"),),
    )
    verdict = verify.run_cpp("int twice(int x) { try { throw x; } catch (int n) { return 2 * n; } }", contract)
    if not verdict.passes:
        return Check("C++ sandbox", "missing", verdict.reasons[0], "reinstall the packages that `make demo` names")
    return Check("C++ sandbox", "ok", "compiled and ran a function, which caught its exception")


def _jupyter(wanted: Wanted) -> Check:
    try:
        found = ", ".join(f"{package} {version(package)}" for package in ("jupyterlab", "papermill", "ipykernel"))
    except PackageNotFoundError as error:
        return Check("JupyterLab", "missing", f"{error.name} is not installed", "make -B .venv/demo")
    return Check("JupyterLab", "ok", found)


def _disk(wanted: Wanted) -> Check:
    folder = outputs()
    while not folder.exists():
        folder = folder.parent
    free, needed = shutil.disk_usage(folder).free / GIB, CAMPAIGN_DISK if wanted.needs_gpu else DEMO_DISK
    found = f"{free:.0f} GiB free for {outputs()}"
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        found = f"nothing can be written to {outputs()} ({reason_of(error)})"
        return Check("disk", "missing", found, "set ORACLE_OUTPUTS to a folder where you may write")
    if free < needed:
        remedy = f"free {needed:.0f} GiB, or set ORACLE_OUTPUTS to a folder on another disk"
        return Check("disk", "missing", found, remedy)
    return Check("disk", "ok", found)


def _ollama(wanted: Wanted) -> Check:
    from oracle_lib.runtimes.addresses import ollama_address  # it takes a moment

    named, its_own = os.environ.get("OLLAMA_HOST", ""), wanted.machine.ollama
    try:
        url = ollama_address(its_own)
        running = str(_get(f"{url}/api/version")["version"])
        held = [(str(model["name"]), int(model["size_vram"]) / GIB) for model in _get(f"{url}/api/ps")["models"]]
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)  # which urllib may give as text
        said = reason if isinstance(reason, str) else reason_of(reason)
        return Check("Ollama", "optional", f"no answer from {named or its_own} ({said})")
    except (ValueError, KeyError, TypeError):
        remedy = "set OLLAMA_HOST to host:port of an Ollama server"
        return Check("Ollama", "optional", f"{named or its_own} does not answer as Ollama does", remedy)
    on_card = [(name, size) for name, size in held if size > 0]
    if on_card:
        names = ", ".join(name for name, _ in on_card)
        found = f"{running}, holds {sum(size for _, size in on_card):.1f} GiB of the card with {names}"
        stop = "; ".join(f"ollama stop {name}" for name, _ in on_card)
        return Check("Ollama", "optional", found, f"before training on the same card: {stop}")
    return Check("Ollama", "optional", f"{running}, holds nothing of the card")


def _get(url: str) -> dict[str, Any]:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy does not know our own machines
    with direct.open(url, timeout=PATIENCE) as response:
        answer = json.loads(response.read(2**20))
    if not isinstance(answer, dict):
        raise ValueError("not an object")
    return answer


def _teacher(name: str, title: str, wanted: Wanted) -> Check:
    """Whether a teacher can answer; that one is needed here is said with all of the profile's."""
    try:
        teacher = teacher_called(name, wanted.expert, wanted.profile.generation.expert)
    except OracleError as error:
        found, _, remedy = str(error).partition("; ")
        return Check(title, "optional", found, remedy)
    return Check(title, "ok", f"the teacher {name} is ready: {teacher.model}")


def _teachers(wanted: Wanted) -> Check:
    shares = wanted.profile.generation.teachers
    try:
        for name in shares:
            teacher_called(name, wanted.expert, wanted.profile.generation.expert)
    except OracleError as error:
        return _refusal("teachers", error)
    return Check("teachers", "ok", f"in the profile {wanted.profile.name}: {who_answers(shares)}")


def _run_all(wanted: Wanted) -> list[Check]:
    """One check for each thing that `run all` would refuse with, or one that says that it would not."""
    try:
        found = preflight.problems(wanted.expert, wanted.profile, wanted.machine, STAGES)
    except Exception as error:  # for the same reason as above
        return [_broken("run all", error)]
    what = f"{wanted.expert.name} with the profile {wanted.profile.name} on the machine {wanted.machine.name}"
    return [_refusal("run all", problem) for problem in found] or [Check("run all", "ok", f"{what} can start")]


def _refusal(name: str, problem: object) -> Check:
    found, _, remedy = str(problem).partition("; ")
    return Check(name, "missing", found, remedy)
