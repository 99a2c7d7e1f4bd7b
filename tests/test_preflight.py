"""What would stop a run later is said before its first notebook, in sentences, and nothing is touched."""

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import torch
from huggingface_hub import constants

from oracle_lib import preflight
from oracle_lib.__main__ import main
from oracle_lib.params import Generation, Profile, Training, load_expert, load_machine, load_profile
from oracle_lib.run import STAGES

DEMO = load_profile("demo")
FULL = load_profile("full").model_copy(update={"generation": DEMO.generation})  # without its teachers and sources
PATH = "/{repo_id}/resolve/{revision}/{filename}"
BASE = "Qwen/Qwen2.5-Coder-14B-Instruct"
on_cpu = pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")


def problems(expert: str, profile: Profile, *stages: str, machine: str = "local") -> list[str]:
    return preflight.problems(load_expert(expert), profile, load_machine(machine), stages)


@pytest.fixture(autouse=True)
def no_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Outputs and a Hub's cache of their own, and a Hub that does not answer; returns the cache."""
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "outputs"))
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", f"http://127.0.0.1:1{PATH}")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


@pytest.mark.parametrize("expert", ["rauru", "yaze"])
def test_nothing_stops_the_demo(expert: str) -> None:
    assert problems(expert, DEMO, *STAGES) == []


def test_a_text_expert_has_nobody_to_write_its_samples() -> None:
    (told,) = problems("nayru", DEMO, *STAGES)
    assert "no task family for nayru-canon (domains: text)" in told and "name that in params/sources.yaml" in told
    assert problems("nayru", DEMO, "export", "transfer") == []


def test_teachers_that_there_are_not_are_named() -> None:
    mixed = DEMO.model_copy(update={"generation": Generation(teachers={"oracle": 0.7, "offline": 0.3})})
    (told,) = problems("rauru", mixed, *STAGES)
    assert told.startswith(
        "generation.teachers: no teacher is called 'oracle'; known are dataset, expert, gemini, offline"
    )


def test_a_task_family_that_there_is_not_is_named() -> None:
    misspelt = DEMO.model_copy(update={"generation": Generation(families=("swap_word",))})
    assert problems("rauru", misspelt, "generate") == [
        "generation.families: no task family is called 'swap_word'; did you mean 'swap_words'?"
    ]


def test_a_missing_snes_core_is_told_to_those_who_judge_assembly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_SNES_CORE", "no-core.so")
    (told,) = problems("rauru", DEMO, *STAGES)
    assert told.startswith("There is no SNES core at no-core.so")
    assert problems("yaze", DEMO, *STAGES) == []


@on_cpu
def test_a_base_that_needs_a_gpu_is_refused_on_a_machine_without_one() -> None:
    without_gpu, without_hub = problems("rauru", FULL, *STAGES)
    assert without_gpu.startswith(f"{BASE} needs a GPU with at least 11 GiB to be trained, and this machine has none")
    assert without_hub.startswith(f"{BASE} is not on this machine, and the Hugging Face Hub cannot be reached (")
    assert without_hub.endswith(f"; download it where there is a network, with: hf download {BASE}")
    assert problems("rauru", FULL, "generate", "export", "transfer") == []


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A Hub on loopback that answers with the `status` and the `headers` that the test sets."""
    answer: dict[str, Any] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            assert self.path == f"/{BASE}/resolve/main/config.json"
            self.send_response(answer["status"])
            for name, value in answer["headers"].items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", f"http://127.0.0.1:{server.server_port}{PATH}")
    yield answer
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "headers", "says"),
    [
        (200, {"ETag": "x", "X-Repo-Commit": "0" * 40, "Content-Length": "700"}, None),
        (403, {"X-Error-Code": "GatedRepo"}, "asks for its licence to be accepted; accept it on its page"),
        (404, {"X-Error-Code": "RepoNotFound"}, f"the Hugging Face Hub has no {BASE}, or shows it only to those"),
        (503, {}, "is not on this machine, and the Hugging Face Hub cannot be reached"),
    ],
)
def test_a_base_that_is_not_here_is_asked_for_at_the_hub(
    hub: dict[str, Any], status: int, headers: dict[str, str], says: str | None
) -> None:
    hub.update(status=status, headers=headers)
    told = [problem for problem in problems("rauru", FULL, "train") if "needs a GPU" not in problem]
    assert len(told) == (says is not None) and all(str(says) in problem and "\n" not in problem for problem in told)


def test_a_base_whose_files_are_all_here_needs_no_hub(no_hub: Path) -> None:
    commit = "0" * 40
    folder = no_hub / f"models--{BASE.replace('/', '--')}"
    snapshot = folder / "snapshots" / commit
    snapshot.mkdir(parents=True)
    (folder / "refs").mkdir()
    (folder / "refs" / "main").write_text(commit)
    shards = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]
    index = {"weight_map": {f"layers.{number}": shard for number, shard in enumerate(shards)}}
    (snapshot / "config.json").write_text("{}")
    (snapshot / "model.safetensors.index.json").write_text(json.dumps(index))
    (snapshot / shards[0]).touch()
    assert any("cannot be reached" in problem for problem in problems("rauru", FULL, "train")), "half of it is missing"
    (snapshot / shards[1]).touch()
    assert not any("cannot be reached" in problem for problem in problems("rauru", FULL, "train"))


def with_training(**settings: object) -> Profile:
    return DEMO.model_copy(update={"training": Training(**settings)})


def test_a_backend_that_is_not_installed_is_told_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    if not torch.cuda.is_available():
        (told,) = problems("rauru", with_training(backend="unsloth"), *STAGES)
        assert told == "the backend unsloth needs a GPU, and this machine has none; use training.backend hf"
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setitem(sys.modules, "unsloth", None)  # as Python sees a package that is not there
    (told,) = problems("rauru", with_training(backend="unsloth"), *STAGES)
    assert told == "the backend unsloth is not installed; run: .venv/bin/pip install -e '.[gpu]'"


def test_tensorboard_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tensorboard", None)
    (told,) = problems("rauru", with_training(tensorboard=True), *STAGES)
    assert told == "training.tensorboard needs a package: .venv/bin/pip install tensorboard"


def test_a_machine_that_does_not_answer_is_told_before_the_campaign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_MEDICAL_MECHANICA", "127.0.0.1")
    monkeypatch.setenv("ORACLE_SSH", "ssh -p 1")
    (told,) = problems("rauru", DEMO, *STAGES, machine="medical-mechanica")
    assert told.startswith("medical-mechanica does not answer over ssh (")
    assert problems("rauru", DEMO, "generate", "train", machine="medical-mechanica") == []


@on_cpu
@pytest.mark.parametrize("notebook", ["all", "04_train"])
def test_the_command_refuses_with_all_of_it_before_any_work(
    notebook: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", notebook, "-p", "expert", "rauru", "-p", "profile", "full"]) == 1
    told = capsys.readouterr()
    assert f"{BASE} needs a GPU" in told.err and "cannot be reached" in told.err
    assert told.out == "" and not (tmp_path / "outputs").exists()


@on_cpu
@pytest.mark.parametrize("profile", [FULL, DEMO])
def test_a_base_of_at_most_a_billion_parameters_needs_no_gpu(profile: Profile) -> None:
    small, large = (problems("rauru", profile.on(size), "train") for size in ("0.5B", "1.5B"))
    assert [problem.partition(" is not on this machine")[0] for problem in small] == [BASE.replace("14B", "0.5B")]
    refusal = "needs a GPU with at least 3 GiB to be trained, and this machine has none; take a base of at most "
    assert large[0].startswith(f"{BASE.replace('14B', '1.5B')} {refusal}1 billion parameters, as with -p base 0.5B, or")


def test_any_other_name_is_asked_for_at_the_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    told = problems("rauru", DEMO.on("somebody/Some-Model"), "train")
    assert told[0].startswith("the base 'somebody/Some-Model' cannot be read (")
    assert all("somebody/Some-Model" in problem for problem in told)


def test_a_folder_that_cannot_be_a_base_is_said_before_any_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "model.safetensors").touch()
    for config, told in (
        (None, f"{folder} has no config.json; "),
        ('{"model_type": "llama"}', "is a llama, and only qwen2, "),
        (json.dumps({"model_type": "qwen2", "hidden_size": 64}), "has no <|im_end|>, which ends a turn; choose"),
    ):
        if config:
            (folder / "config.json").write_text(config)
        assert main(["run", "04_train", "-p", "base", str(folder)]) == 1
        error = capsys.readouterr().err
        assert told in error and error.count("\n") == 1
    assert not (tmp_path / "outputs" / "runs").exists()


@pytest.mark.parametrize("notebook", ["04_train", "05_evaluate", "06_deploy"])
def test_a_folder_that_is_not_there_stops_every_notebook_that_takes_a_base(
    notebook: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", notebook, "-p", "base", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err.startswith(f"error: there is no folder {tmp_path / 'none'}; a base is a whole")
