"""The registry: versions never change, aliases move with a history, and neither a crash nor two processes harm them."""

import hashlib
import multiprocessing
import os
import signal
import time
from datetime import date
from pathlib import Path

import factories
import pytest

from oracle_lib import OracleError, registry
from oracle_lib.bases import base_digest
from oracle_lib.files import relative, sha256
from oracle_lib.gates import Gate, Gates
from oracle_lib.params import load_expert
from oracle_lib.registry import Version

DAY = date(2026, 11, 23)
NAME = "oracle-rauru-assembler-built-20261123"


def source(tmp_path: Path, weights: bytes) -> Path:
    """Where an adapter with these weights was trained."""
    return tmp_path / "runs" / hashlib.sha256(weights).hexdigest() / "rauru-assembler"


def register(
    tmp_path: Path, weights: bytes = b"weights", day: date = DAY, base: tuple[str, str] = ("built:abc", "0" * 64)
) -> Version:
    """Registers an adapter of rauru's that holds `weights`, on a base and its digest; its report passed its gate."""
    adapter = source(tmp_path, weights) / "adapter"
    report = adapter.parent / "report.json"
    if not report.exists():
        adapter.mkdir(parents=True)
        (adapter / "adapter_model.safetensors").write_bytes(weights)
        report.write_text('{"verdict": "passed"}')
    trained = factories.adapter(base=base[0], base_sha256=base[1], path=relative(adapter), sha256=sha256(adapter))
    return registry.register(
        trained, report, [Gate(name="better_than_base", threshold=0.0, value=0.4, passed=True)], day
    )


def test_a_release_is_named_after_its_true_base_and_its_training_date() -> None:
    rauru, saria = load_expert("rauru"), load_expert("saria-voice")
    assert registry.release_name(rauru, "built:0123abcd", DAY) == NAME
    assert registry.release_name(rauru, "embedded", DAY) == "oracle-rauru-assembler-embedded-20261123"
    assert (
        registry.release_name(rauru, rauru.base.huggingface, DAY) == "oracle-rauru-assembler-qwen2.5-coder-14b-20261123"
    )
    assert registry.release_name(saria, saria.base.huggingface, DAY) == "oracle-saria-voice-gemma-3-12b-it-20261123"


def test_a_version_is_read_back_as_it_was_registered(tmp_path: Path) -> None:
    version = register(tmp_path)
    assert registry.load(NAME) == version
    assert registry.versions() == [version]
    assert registry.versions("asm") == [version] and registry.versions("yaze") == []
    assert (version.adapter.folder / "adapter_model.safetensors").read_bytes() == b"weights"
    assert "hyrule-asm-v1" in version.names
    assert not Path(version.adapter.path).is_absolute() and not Path(version.report).is_absolute()


def test_the_same_content_twice_is_one_version(tmp_path: Path) -> None:
    assert register(tmp_path) == register(tmp_path)
    assert len(registry.versions()) == 1


def test_other_content_under_a_taken_name_gets_a_number_and_leaves_the_first_alone(tmp_path: Path) -> None:
    first, second, third = (register(tmp_path, weights) for weights in (b"one", b"two", b"three"))
    assert [second.name, third.name] == [f"{NAME}-2", f"{NAME}-3"]
    assert register(tmp_path, b"two") == second
    assert registry.verify(first).adapter.sha256 != registry.verify(second).adapter.sha256


def test_an_adapter_that_is_not_the_trained_one_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    version = register(tmp_path)
    folder = source(tmp_path, b"weights")
    (folder / "adapter" / "adapter_model.safetensors").write_bytes(b"other")
    trained = version.adapter.model_copy(update={"path": relative(folder / "adapter")})
    with pytest.raises(OracleError, match=r"adapter is not what was trained; run 04_train for rauru-assembler again"):
        registry.register(trained, folder / "report.json", [], DAY)
    assert [path.name for path in (tmp_path / "registry" / "versions").iterdir()] == [NAME]


@pytest.mark.parametrize("damage", ["adapter/adapter_model.safetensors", "report.json"])
def test_a_changed_file_is_found(tmp_path: Path, damage: str) -> None:
    version = register(tmp_path)
    assert registry.verify(version) == version
    (version.folder / damage).write_bytes(b"other")
    with pytest.raises(OracleError, match="not what was registered"):
        registry.verify(version)
    with pytest.raises(OracleError, match="not what was registered"):
        registry.move("champion", NAME, "a damaged version must not go into use")
    assert registry.history() == []


def test_a_damaged_version_file_says_what_to_do(tmp_path: Path) -> None:
    path = register(tmp_path).folder / "version.json"
    path.chmod(0o644)
    path.write_text(path.read_text()[:40])
    with pytest.raises(OracleError, match="move its folder away and run 06_deploy again"):
        registry.load(NAME)


def test_a_version_whose_gate_this_code_does_not_know_is_a_sentence(tmp_path: Path) -> None:
    path = register(tmp_path).folder / "version.json"
    path.chmod(0o644)
    path.write_text(path.read_text().replace('"better_than_base"', '"style"'))
    with pytest.raises(OracleError) as refusal:
        registry.load(NAME)
    assert str(refusal.value) == (
        f"registry/versions/{NAME}/version.json is no version of this version (gates.0.name: no gate is called "
        f"'style'; known are {', '.join(Gates.model_fields)}); move its folder away and run 06_deploy again"
    )


def test_aliases_move_and_the_history_tells_who_moved_what_when_and_why(tmp_path: Path) -> None:
    first, second = register(tmp_path, b"one"), register(tmp_path, b"two")
    registry.move("candidate", first.name, "released")
    registry.move("champion", first.name, "every gate passed")
    registry.move("candidate", second.name, "released")
    assert registry.aliases("rauru") == {"candidate": second.name, "champion": first.name}
    assert [(move.alias, move.before, move.after, move.why) for move in registry.history("rauru")] == [
        ("candidate", None, first.name, "released"),
        ("champion", None, first.name, "every gate passed"),
        ("candidate", first.name, second.name, "released"),
    ]
    assert all(move.by and move.when.tzinfo for move in registry.history())
    assert registry.aliases("yaze") == {}


def test_an_alias_that_already_points_there_writes_no_history(tmp_path: Path) -> None:
    register(tmp_path)
    registry.move("candidate", NAME, "released")
    registry.move("candidate", NAME, "released again")
    assert len(registry.history()) == 1


def test_the_trail_leads_back_to_ever_older_versions(tmp_path: Path) -> None:
    a, b, c = (register(tmp_path, weights).name for weights in (b"a", b"b", b"c"))
    for name, trail in ((a, [a]), (b, [a, b]), (c, [a, b, c]), (b, [a, b]), (a, [a]), (c, [a, c])):
        registry.move("champion", name, "test")
        assert registry.trail("rauru", "champion") == trail


def test_every_name_of_the_expert_means_the_version_in_use(tmp_path: Path) -> None:
    first, second = register(tmp_path, b"one"), register(tmp_path, b"two")
    registry.move("candidate", second.name, "released")
    assert registry.in_use("rauru") == second
    registry.move("champion", first.name, "promoted")
    assert registry.in_use("rauru") == first
    for name in ("rauru", "asm", "hyrule-asm-v1", "oracle-rauru-assembler-qwen3-coder-14b-20251221", "RAURU", NAME):
        assert registry.resolve(name) == first
    assert registry.resolve("rauru@champion") == first
    assert registry.resolve("hyrule-asm-v1@candidate") == second


def test_a_version_whose_embedded_base_was_replaced_is_not_in_use(tmp_path: Path) -> None:
    old = register(tmp_path, b"one", base=("embedded", "0" * 64))
    registry.move("champion", old.name, "promoted")
    assert registry.in_use("rauru") is None and registry.resolve("rauru") == old
    new = register(tmp_path, b"two", base=("embedded", base_digest("embedded")))
    registry.move("candidate", new.name, "released")
    assert registry.in_use("rauru") == new


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("oracle-rauru-assembler-built-20261124", f"did you mean '{NAME}'"),
        ("raru", "did you mean 'rauru'"),
        ("yaze", "yaze-expert has no version in use; run 06_deploy"),
        ("rauru@champion", "rauru-assembler has no champion"),
        ("rauru@best", "write rauru@candidate or rauru@champion"),
        ("../../etc", "no version or expert"),
        ("nul\0byte", "no version or expert"),
    ],
)
def test_a_name_that_leads_nowhere_says_what_to_do(tmp_path: Path, name: str, says: str) -> None:
    register(tmp_path)
    registry.move("candidate", NAME, "released")
    with pytest.raises(OracleError, match=says.replace("(", r"\(")):
        registry.resolve(name)


def test_an_empty_registry_says_to_deploy_first() -> None:
    with pytest.raises(OracleError, match="nothing is registered yet, so run 06_deploy first"):
        registry.load(NAME)
    assert registry.versions() == [] and registry.history() == [] and registry.in_use("rauru") is None


def test_a_line_cut_short_by_a_crash_never_counted_and_the_next_move_goes_on(tmp_path: Path) -> None:
    first, second = register(tmp_path, b"one"), register(tmp_path, b"two")
    registry.move("champion", first.name, "promoted")
    history = tmp_path / "registry" / "history.jsonl"
    whole = history.read_bytes()
    history.write_bytes(whole + whole[: len(whole) // 2])
    assert registry.aliases("rauru") == {"champion": first.name}
    registry.move("champion", second.name, "promoted")
    assert [move.after for move in registry.history()] == [first.name, second.name]


def test_a_damaged_line_of_the_history_is_named(tmp_path: Path) -> None:
    register(tmp_path)
    registry.move("candidate", NAME, "released")
    with (tmp_path / "registry" / "history.jsonl").open("a") as history:
        history.write("{}\n")
    with pytest.raises(OracleError, match=r"history\.jsonl line 2: expert: .*restore the file"):
        registry.aliases("rauru")


def _register_many(tmp_path: str, start: float) -> None:
    time.sleep(max(0.0, start - time.time()))
    for number in range(5):
        version = register(Path(tmp_path), f"weights {number}".encode())
        registry.move("candidate", version.name, "released")


def test_two_processes_registering_the_same_five_contents_make_five_versions(tmp_path: Path) -> None:
    for number in range(5):  # the sources: only the registry is shared
        register(tmp_path, f"weights {number}".encode(), date(2026, 1, 1))
    context = multiprocessing.get_context("fork")
    start = time.time() + 0.2
    workers = [context.Process(target=_register_many, args=(str(tmp_path), start)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    made = [version for version in registry.versions() if version.name.startswith(NAME)]
    assert len(made) == 5 and len({version.adapter.sha256 for version in made}) == 5
    befores = [move.before for move in registry.history()]
    afters = [move.after for move in registry.history()]
    assert befores == [None, *afters[:-1]]


def _register_big(tmp_path: str) -> None:
    register(Path(tmp_path), b"x" * 50_000_000)


def test_a_process_killed_while_it_registers_leaves_no_half_version(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    worker = context.Process(target=_register_big, args=(str(tmp_path),))
    worker.start()
    deadline = time.monotonic() + 30
    versions = tmp_path / "registry" / "versions"
    while not list(versions.glob(".*.partial/adapter/*")) and time.monotonic() < deadline:
        time.sleep(0.001)
    os.kill(worker.pid or 0, signal.SIGKILL)
    worker.join(30)
    assert list(versions.glob(".*.partial")) and registry.versions() == []
    assert register(tmp_path).name == NAME
    assert [path.name for path in versions.iterdir()] == [NAME]
