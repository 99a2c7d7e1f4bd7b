"""The doctor tries each thing itself: the kernels, the assembler, the core, the sandbox, and a server on loopback."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import torch
from huggingface_hub import constants

from oracle_lib import doctor
from oracle_lib.__main__ import main
from oracle_lib.doctor import Check, Wanted
from oracle_lib.files import REPOSITORY
from oracle_lib.params import Generation, load_expert, load_machine, load_profile, load_teachers
from oracle_lib.runtimes.addresses import ollama_address

LOCAL = Wanted(load_expert("rauru"), load_profile("demo"), load_machine("local"))
MECHANICA = replace(LOCAL, machine=load_machine("medical-mechanica"))
FULL = replace(LOCAL, profile=load_profile("full"))
NO_HUB = "http://127.0.0.1:1/{repo_id}/resolve/{revision}/{filename}"
IDLE = {"/api/version": {"version": "0.15.2"}, "/api/ps": {"models": []}}
HOLDING = IDLE | {
    "/api/ps": {
        "models": [
            {"name": "qwen3:14b", "size_vram": 9 * 2**30},
            {"name": "nomic-embed-text", "size_vram": 0},
        ]
    }
}


@contextmanager
def ollama(answers: dict[str, object], delay: float = 0.0) -> Iterator[str]:
    """A server on loopback that answers as Ollama does; yields its host:port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(delay)
            body = answers.get(self.path)
            self.send_response(200 if body is not None else 404)
            self.end_headers()
            self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def look_for_ollama(monkeypatch: pytest.MonkeyPatch, host: str) -> Check:
    monkeypatch.setenv("OLLAMA_HOST", host)
    return doctor._ollama(LOCAL)


def test_a_running_ollama_is_found_with_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    with ollama(IDLE) as host:
        for name in (host, f"http://{host}", f"http://{host}/", host.replace("127.0.0.1", "0.0.0.0")):
            check = look_for_ollama(monkeypatch, name)
            assert check.status == "optional"
            assert check.found == "0.15.2, holds nothing of the card"


def test_an_ollama_that_holds_the_card_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    with ollama(HOLDING) as host:
        check = look_for_ollama(monkeypatch, host)
    assert check.found == "0.15.2, holds 9.0 GiB of the card with qwen3:14b"
    assert check.remedy == "before training on the same card: ollama stop qwen3:14b"


def test_a_proxy_in_the_environment_is_not_asked_for_our_own_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with ollama(IDLE) as host:
        assert look_for_ollama(monkeypatch, host).found.startswith("0.15.2")


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"/api/version": b"<html>", "/api/ps": b"<html>"},
        {"/api/version": []},
        IDLE | {"/api/ps": {"models": [{"name": "x"}]}},
        IDLE | {"/api/ps": {"models": 3}},
        {"/api/version": b"\xff\xfe"},
    ],
)
def test_a_server_that_is_no_ollama_is_absent(monkeypatch: pytest.MonkeyPatch, answers: dict[str, object]) -> None:
    with ollama(answers) as host:
        check = look_for_ollama(monkeypatch, host)
    assert check.status == "optional" and host in check.found and "answer" in check.found


@pytest.mark.parametrize("host", ["127.0.0.1:1", "127.0.0.1:99999", "127.0.0.1:port", "file:///etc/hosts", "[::1"])
def test_an_address_that_leads_nowhere_is_absent(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    check = look_for_ollama(monkeypatch, host)
    assert check.status == "optional" and host in check.found


def test_a_server_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PATIENCE", 0.2)
    started = time.monotonic()
    with ollama(IDLE, delay=1.0) as host:
        assert look_for_ollama(monkeypatch, host).status == "optional"
        assert time.monotonic() - started < 0.9


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:11434"),
        (":8000", "http://127.0.0.1:8000"),
        ("0.0.0.0:8000", "http://127.0.0.1:8000"),
        ("box.local", "http://box.local:11434"),
        ("https://box.local/ollama/", "https://box.local:443/ollama"),
        ("[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_address_is_read_as_ollama_reads_it(host: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", host)
    assert ollama_address("http://127.0.0.1:1") == url


def test_each_teacher_is_said_to_be_ready_or_what_it_lacks_and_no_key_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GEMINI_API_KEY", "GOOGLE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    check = doctor._teacher("gemini", "Gemini", LOCAL)
    assert (check.status, check.found) == ("optional", "the teacher gemini cannot answer here: no key is set")
    assert "set GEMINI_API_KEY or GOOGLE_API_KEY" in check.remedy
    monkeypatch.setenv("GOOGLE_API_KEY", "planted-value")
    check = doctor._teacher("gemini", "Gemini", LOCAL)
    assert (check.status, check.found) == ("ok", f"the teacher gemini is ready: {load_teachers().gemini.model}")
    assert "planted-value" not in doctor.table([check])


def test_the_kernels_the_assembler_the_core_and_the_notebook_server_work_here() -> None:
    for look in (doctor._nf4, doctor._assembler, doctor._snes_core, doctor._jupyter, doctor._torch, doctor._python):
        assert look(LOCAL).status == "ok", look(LOCAL)


def test_wrong_kernels_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    import bitsandbytes.nn

    linear4bit = vars(bitsandbytes.nn)["Linear4bit"]
    forward = linear4bit.forward
    monkeypatch.setattr(linear4bit, "forward", lambda self, x: forward(self, x).flip(0))
    check = doctor._nf4(LOCAL)
    assert check.status == "missing" and re.search(r"off by 1\.\d\d of its size", check.found)


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_a_gpu_is_needed_only_where_the_machine_or_the_profile_is_for_training_on_one() -> None:
    assert doctor._gpu(LOCAL).status == "optional"
    assert doctor._gpu(MECHANICA).status == "missing"
    assert doctor._gpu(FULL).status == "missing"


def test_the_teachers_of_a_profile_are_named_with_their_shares() -> None:
    demo = doctor._teachers(LOCAL)
    assert (demo.status, demo.found, demo.remedy) == ("ok", "in the profile demo: offline 100 %", "")


def test_a_teacher_that_cannot_answer_or_is_unknown_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GEMINI_API_KEY", "GOOGLE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    for name, words in [("gemini", "the teacher gemini cannot answer here"), ("gemma", "no teacher is called 'gemma'")]:
        profile = LOCAL.profile.model_copy(update={"generation": Generation(teachers={name: 1.0})})
        check = doctor._teachers(replace(LOCAL, profile=profile))
        assert check.status == "missing" and words in check.found


def test_a_full_disk_is_noticed_before_the_folder_exists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "not" / "yet"))
    assert doctor._disk(LOCAL).status == "ok"
    monkeypatch.setattr(doctor, "DEMO_DISK", 1e9)
    assert doctor._disk(LOCAL).status == "missing" and "ORACLE_OUTPUTS" in doctor._disk(LOCAL).remedy


def test_outputs_that_cannot_be_written_are_no_free_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", NO_HUB)
    (tmp_path / "file").write_text("")
    for folder, why in (
        (str(tmp_path / "file"), "it is no folder"),
        (str(tmp_path / "file" / "within"), "Not a directory"),
        ("x" * 300, "File name too long"),
        ("/proc/nowhere", "No such file or directory"),
    ):
        monkeypatch.setenv("ORACLE_OUTPUTS", folder)
        checks = doctor.report(LOCAL)
        told = [check.found for check in checks if check.status == "missing"]
        assert told[0].startswith("nothing can be written to ") and told[0].endswith(f"{folder} ({why})")
        assert "Errno" not in doctor.table(checks) and sum(folder in one for one in told) == 1


def test_a_check_that_breaks_becomes_a_row_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", NO_HUB)
    monkeypatch.setitem(sys.modules, "torch", None)  # as where it is not installed
    checks = {check.name: check for check in doctor.report(LOCAL)}
    assert checks["PyTorch"].status == "missing" and "torch" in checks["PyTorch"].found
    assert checks["assembler"].status == checks["run all"].status == "ok"
    checks = {check.name: check for check in doctor.report(FULL)}
    assert checks["run all"] == Check("run all", "missing", "it stops at what is missing above")


def test_the_table_is_aligned_and_names_what_is_missing() -> None:
    text = doctor.table(
        [
            Check("Python", "ok", "3.11.7"),
            Check("SNES core", "missing", "word " * 40, "install it"),
            Check("GPU", "optional", "none"),
            Check("SNES core", "missing", "again"),
        ]
    )
    lines = text.splitlines()
    assert lines[0] == "ok        Python       3.11.7"
    assert lines[1].startswith("missing   SNES core    word word")
    assert lines[2].startswith(" " * 23 + "word") and all(len(line) <= 115 for line in lines)
    assert " " * 23 + "-> install it" in lines
    assert lines[-1] == "missing and needed: SNES core"


def test_the_command_ends_with_1_and_the_remedies_when_something_needed_is_missing(tmp_path: Path) -> None:
    environment = os.environ | {"ORACLE_SNES_CORE": str(tmp_path / "no-core.so"), "ORACLE_OUTPUTS": str(tmp_path)}
    command = [sys.executable, "-m", "oracle_lib", "doctor"]
    done = subprocess.run(command, env=environment, cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1, done.stderr
    assert "-> sudo apt-get install libretro-bsnes-mercury-balanced" in done.stdout
    assert done.stdout.rstrip().splitlines()[-1] == "missing and needed: SNES core, run all"


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_the_command_looks_at_the_machine_for_the_run_that_is_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path))
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", NO_HUB)
    assert main(["doctor", "--profile", "full", "--expert", "nayru"]) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert "nayru-canon needs a source of domain text, and none is there" in told
    assert "google/gemma-3-12b-it needs a GPU" in told
    assert main(["doctor", "--profile", "ful"]) == 1
    assert capsys.readouterr().err == "error: no profile is called 'ful'; did you mean 'full'?\n"
