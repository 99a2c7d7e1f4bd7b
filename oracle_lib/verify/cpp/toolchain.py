"""Turns a C++ translation unit into WebAssembly with clang, which sees nothing of the machine but standard headers.

The compiler has a virtual file system that holds the headers and no other file, takes no inline assembly (the other way
to read a file) and runs under resource limits in an empty folder, in a copy of a process that has read the headers. It
is trusted not to be taken over by a source text. What a unit means, and who runs the program, is not known here.
"""

import fcntl
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from oracle_lib import OracleError
from oracle_lib.files import atomic_write
from oracle_lib.verify.cpp.forked import Forked

CLANG = 19
"""The version of clang, exactly: verdicts must not depend on the machine, and `support` knows its ways."""
PACKAGES = f"clang-{CLANG} lld-{CLANG} libc++-{CLANG}-dev-wasm32 libclang-rt-{CLANG}-dev-wasm32 wasi-libc"
"""The Debian and Ubuntu packages that the sandbox is made of."""

STACK = 2**20
MAX_COMPLAINTS = 3
COMPILE_SECONDS = 2
"""Processor seconds for one run of the compiler or the linker; an ordinary answer takes 0.04."""

_SUPPORT = Path(__file__).with_name("support")
_UNIT = "/answer/with its driver"
"""The name that the compiler has for its input: in a folder of its own, so that the answer sees no other file there."""
_LIMITS = shlex.split(f"""
    -DCPU_SECONDS={COMPILE_SECONDS} -DWALL_SECONDS={15 * COMPILE_SECONDS}
    -DMEMORY={2 * 2**30}u -DFILE_SIZE={8 * 2**20}
""")
_TARGET = shlex.split("""
    --target=wasm32-wasi -std=c++23 -w -fcxx-exceptions -fexceptions -mllvm -enable-emscripten-cxx-exceptions
""")
_FLAGS = shlex.split("""
    -fno-gnu-inline-asm -fsanitize=undefined -fsanitize-trap=undefined
    -D_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_EXTENSIVE
    -ftemplate-depth=256 -fconstexpr-steps=1000000 -fconstexpr-depth=256 -fbracket-depth=128 -ferror-limit=3
    -ftemplate-backtrace-limit=1 -fmacro-backtrace-limit=1
    -fno-caret-diagnostics -fno-color-diagnostics -fno-spell-checking
""")
_WRAPPED = (  # std::stoi and its kin, which support/library.cpp has in a form that throws
    *(
        f"_ZNSt3__2{name}ERKNS_12basic_stringIcNS_11char_traitsIcEENS_9allocatorIcEEEEPmi"
        for name in ("4stoi", "4stol", "5stoul", "5stoll", "6stoull")
    ),
    *(
        f"_ZNSt3__2{name}ERKNS_12basic_stringIcNS_11char_traitsIcEENS_9allocatorIcEEEEPm"
        for name in ("4stof", "4stod", "5stold")
    ),
)


class CompileError(Exception):
    """The unit did not become a program. The arguments say why: lines of the compiler, without paths."""


class Toolchain(NamedTuple):
    """The compiler, the linker with what most answers need, and the linker with all libraries, which takes twice as
    long."""

    compiler: Forked
    linker: Forked
    full_linker: Forked

    def build(self, unit: str) -> bytes:
        """The WebAssembly program of the translation unit. Raises `CompileError`."""
        with tempfile.TemporaryDirectory(prefix="oracle-cpp-") as name:
            folder = Path(name)
            (folder / "unit").write_bytes(unit.encode("utf-8", "replace"))
            if not self.compiler.run(folder, "unit", "answer.o"):
                raise _complaint(folder)
            linked = ("answer.o", "answer.wasm")
            if not self.linker.run(folder, *linked) and not self.full_linker.run(folder, *linked):
                raise _complaint(folder)
            return (folder / "answer.wasm").read_bytes()


_lock = threading.Lock()


def find_toolchain() -> Toolchain:
    """The compiler, made ready once a machine in ten seconds and once a process in half a second, most of it at the
    first answer. Raises `OracleError` where it can't be."""
    with _lock:
        return _ready()


def offered(header: str) -> bool:
    """Whether `support` has the header, in the words of an #include."""
    return (_SUPPORT / "include" / header).is_file()


@cache
def _ready() -> Toolchain:
    """Precompiles what answers share, and asks clang++ for the bare command lines of its two halves."""
    clang = _compiler()
    home = _precompiled(clang)
    world = ("-Xclang", "-ivfsoverlay", "-Xclang", str(home / "world.json"), "-Xclang", "-fno-validate-pch")
    sources = ("-isystem", str(home / "include"), "-include-pch", str(home / "common.pch"), str(home / "prepared.cpp"))
    # A process that is about to end need not free what it has read.
    compile = _clang(
        clang, *_FLAGS, *world, "-Xclang", "-no-clear-ast-before-backend", "-O0", "-c", *sources, "-o", "-", "-###"
    )
    linker, libraries = _linker(clang)
    wrapped = (f"--wrap={name}" for name in _WRAPPED)
    # Calls that may throw are imports, and so is the table of the functions that they lead to: see `sandbox`.
    flags = ("--import-table", "--strip-all", "--stack-first", "-z", f"stack-size={STACK}", *wrapped)
    link = (*linker, str(home / "base.o"), "answer.o", "-o", "-", *flags)
    libraries = tuple(word for word in libraries if not word.endswith(".o"))  # base.o has those
    fork = home / "waiting" / "fork.so"
    return Toolchain(
        compiler=Forked(shlex.split(compile.splitlines()[-1]), fork),
        linker=Forked(link, fork),
        full_linker=Forked((*link, *libraries), fork),
    )


def _linker(clang: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The linker's command, and what it takes of the toolchain: folders, libraries and the start of a program."""
    nothing, output = "/dev/null", ("-o", "answer.wasm")
    said = shlex.split(_clang(clang, nothing, *output, "-###").splitlines()[-1])
    return (said[0], "-m", "wasm32"), tuple(word for word in said[3:] if word not in (nothing, *output))


def _precompiled(clang: str) -> Path:
    """The folder that holds the precompiled headers, the objects every program is linked with and the list of the files
    that the compiler may see. It is made where there is none for just this compiler and these texts; processes that
    start together wait for the one that makes it."""
    texts = [Path(__file__), *sorted(path for path in _SUPPORT.rglob("*") if path.is_file())]
    library = Path(_clang(clang, "-print-file-name=libc.a").strip())
    if not all(path.exists() for path in (library, library.with_name("libc++.a"))):
        raise _unavailable(f"the WebAssembly libraries of clang {CLANG} are not there")
    libraries = [path.stat() for path in (Path(clang), library, library.with_name("libc++.a"))]
    key = [clang, *((stat.st_mtime_ns, stat.st_size) for stat in libraries)]
    digest = hashlib.sha256(repr((key, [path.read_bytes() for path in texts])).encode()).hexdigest()[:16]
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "oracle-cpp"
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (root / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for other in root.glob("*/world.json"):
                if other.stat().st_mtime < time.time() - 30 * 86_400:
                    shutil.rmtree(other.parent, ignore_errors=True)
            if not (root / digest / "world.json").exists():
                _precompile(clang, root / digest)
            (root / digest / "world.json").touch()
    except OSError as error:
        raise OracleError(
            f"the compiled C++ headers can't be kept in {root} ({error.strerror}); name a folder in XDG_CACHE_HOME"
        ) from None
    return root / digest


def _precompile(clang: str, home: Path) -> None:
    """Fills the folder; `world.json` comes last and says that the rest is there."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(_SUPPORT, home)
    header = (*_FLAGS, "-isystem", str(home / "include"), "-O0", "-x", "c++-header", "-fpch-instantiate-templates")
    prelude, common = str(home / "prelude.pch"), str(home / "common.pch")
    _clang(clang, *header, "-MD", "-MF", str(home / "prelude.d"), str(home / "prelude.hpp"), "-o", prelude)
    # What this second one instantiates becomes an object, and answers that do the same are compiled without it.
    _clang(clang, *header, "-include-pch", prelude, "-fpch-codegen", str(home / "common.hpp"), "-o", common)
    _clang(clang, *_FLAGS, "-O1", "-c", common, "-o", str(home / "common.o"))
    for name in ("exceptions", "library"):
        _clang(clang, "-O1", "-c", str(home / f"{name}.cpp"), "-o", str(home / f"{name}.o"))
    objects = (str(home / f"{name}.o") for name in ("exceptions", "library", "common"))
    # Where the tools wait: the compiler does not see what lies there, and the linker finds an answer.o to complain of.
    waiting = home / "waiting"
    waiting.mkdir()
    (waiting / "answer.o").symlink_to("/dev/stdin")
    _checked([clang, "-O1", "-shared", "-fPIC", *_LIMITS, str(home / "fork.c"), "-o", str(waiting / "fork.so")])
    linker, libraries = _linker(clang)
    _checked([*linker, "-r", "--strip-debug", *objects, *libraries, "-o", str(home / "base.o")])
    seen = {name: name for name in (prelude, common, str(home / "prepared.cpp"))} | {_UNIT: "/dev/stdin"}
    roots = [{"type": "file", "name": name, "external-contents": place} for name, place in seen.items()]
    # A folder with copies of the headers: clang reads a list of a few folders faster than one of a thousand files.
    needed = (home / "prelude.d").read_text().replace("\\\n", " ").split()[1:]
    for name in (str(home / "common.hpp"), *needed):
        copy = home / "headers" / os.path.normpath(name).lstrip("/")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(name, copy)
    for top in sorted((home / "headers").iterdir()):
        roots.append({"type": "directory-remap", "name": f"/{top.name}", "external-contents": str(top)})
    layer = {"version": 0, "fallthrough": False, "use-external-names": False, "roots": roots}
    atomic_write(home / "world.json", json.dumps(layer))


def _compiler() -> str:
    """The path of the one version of clang++ that serves."""
    found = None
    for name in (f"clang++-{CLANG}", "clang++"):
        if path := shutil.which(name):
            said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60).stdout
            version = re.search(r"clang version (\d+)", said)
            if version and int(version[1]) == CLANG:
                return path
            found = found or (version[1] if version else "another")
    has = "none" if found is None else f"version {found}"
    raise _unavailable(f"C++ answers are compiled by clang version {CLANG}, and this machine has {has}")


def _unavailable(why: str) -> OracleError:
    return OracleError(f"{why}; install {PACKAGES} (Debian 12 or newer, Ubuntu 24.04 or newer, or either in WSL2)")


def _clang(clang: str, *arguments: str) -> str:
    """Runs the compiler on this project's own text and returns what it said."""
    return _checked([clang, *_TARGET, *arguments])


def _checked(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        complaint = next((line for line in done.stderr.splitlines() if "error" in line), "no reason given")
        raise _unavailable(f"clang can't build for WebAssembly ({complaint})")
    return done.stdout + done.stderr


def _complaint(folder: Path) -> CompileError:
    """Why the tool failed that ran last in `folder`, by what it said there."""
    with (folder / "complaints").open("rb") as complaints:
        said = complaints.read(64 * 1024).decode("utf-8", "replace")
    errors = [re.sub(r"(?<![\w<])/[\w./+-]*/", "", line)[:300] for line in said.splitlines() if "error: " in line]
    gave_up = "the compiler gave up: the code asks for more time or memory than it may have"
    return CompileError(*errors[:MAX_COMPLAINTS] or (gave_up,))
