"""Params: every name of an expert means it, and a mistake in a file is named with its file and key."""

import re
import shutil
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from oracle_lib import OracleError, params
from oracle_lib.params import FOLDER, GraphicsCard, experts, load_council, load_expert, load_machine, load_profile
from oracle_lib.sample import MAX_HELD_OUT, Domain, group_position, read_samples

EXPERTS = {
    "rauru-assembler": "Qwen/Qwen2.5-Coder-14B-Instruct",
    "yaze-expert": "Qwen/Qwen2.5-Coder-14B-Instruct",
    "sheik-debugger": "Qwen/Qwen2.5-Coder-14B-Instruct",
    "purah-profiler": "Qwen/Qwen2.5-Coder-14B-Instruct",
    "kaepora-banker": "Qwen/Qwen2.5-Coder-14B-Instruct",
    "robbie-toolsmith": "Qwen/Qwen2.5-Coder-14B-Instruct",
    "nayru-canon": "google/gemma-3-12b-it",
    "zelda-plotweaver": "google/gemma-3-12b-it",
    "farore-pathfinder": "google/gemma-3-12b-it",
    "din-forge": "google/gemma-3-12b-it",
    "saria-voice": "google/gemma-3-12b-it",
    "impa-archivist": "google/gemma-3-12b-it",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of params/ to spoil."""
    shutil.copytree(FOLDER, tmp_path / "params")
    return tmp_path / "params"


def spoil(path: Path, **changes: object) -> None:
    path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text()), **changes}))


def test_the_twelve_experts_stand_on_their_bases() -> None:
    assert {expert.name: expert.base.huggingface for expert in params.experts()} == EXPERTS


@pytest.mark.parametrize("expert", params.experts(), ids=lambda expert: expert.name)
def test_every_name_of_an_expert_means_it(expert: params.Expert) -> None:
    for name in expert.names:
        for form in (name, name.upper(), f" {name} ", name.replace("-", "_")):
            assert load_expert(form) == expert


@pytest.mark.parametrize(
    ("name", "means"),
    [
        ("oracle-rauru-assembler", "rauru-assembler"),
        ("oracle-rauru-assembler-qwen3-coder-14b-20251221", "rauru-assembler"),
        ("hyrule-asm-v1", "rauru-assembler"),
        ("rauru", "rauru-assembler"),
        ("asm", "rauru-assembler"),
        ("oracle-yaze-expert", "yaze-expert"),
        ("oracle-yaze-expert-qwen3-coder-14b-20251221", "yaze-expert"),
        ("yaze-sage-v1", "yaze-expert"),
        ("yaze", "yaze-expert"),
    ],
)
def test_the_locked_names_stay(name: str, means: str) -> None:
    assert load_expert(name).name == means


def test_the_councils_names_stay() -> None:
    council = load_council()
    assert council.name == "oracle-council-moe-v1"
    assert {"triforce-moe-v1", "hyrule-council-v1"} <= set(council.aliases)
    assert council.experts[:3] == ("rauru-assembler", "yaze-expert", "sheik-debugger")
    assert [load_expert(name).threshold for name in council.experts[:3]] == [0.75, 0.70, 0.80]
    assert set(council.experts) == {expert.name for expert in experts()}


def test_the_targets_of_the_plan() -> None:
    rauru, yaze = load_expert("rauru"), load_expert("yaze")
    assert rauru.domains == {Domain.ASM: 15000, Domain.GIGALEAK: 8000, Domain.ORACLE: 4000, Domain.ERRORS: 1500}
    assert yaze.domains == {Domain.YAZE: 6000, Domain.ERRORS: 1000}
    assert (rauru.dataset, yaze.dataset) == ("oracle_rauru_assembler_24k", "oracle_yaze_expert_7k")
    assert rauru.dataset_name(load_profile("full")) == "oracle_rauru_assembler_24k"
    assert rauru.dataset_name(load_profile("demo")) == "oracle_rauru_assembler_24k_demo"


def test_the_training_of_the_plan() -> None:
    training = load_profile("full").training
    assert (training.rank, training.batch_size, training.accumulation, training.epochs) == (16, 2, 4, 3)
    assert training.checkpoint_steps == 100


def test_no_expert_or_profile_holds_out_more_than_the_corpus_leaves_alone() -> None:
    shares = [expert.split for expert in params.experts()]
    shares += [profile.split for name in ("demo", "pilot", "full") if (profile := load_profile(name)).split]
    assert all(share.val + share.test <= MAX_HELD_OUT for share in shares)


def test_every_test_side_covers_the_groups_that_the_benchmark_asks() -> None:
    benchmark = read_samples(Path(params.__file__).parent / "evaluate" / "oraclebench.jsonl")
    taught = [sample.group for sample in benchmark if "held-out" not in sample.source.corpus]
    shares = [expert.split for expert in params.experts()]
    shares += [profile.split for name in ("demo", "pilot", "full") if (profile := load_profile(name)).split]
    assert taught and max(map(group_position, taught)) < min(share.test for share in shares)


def test_a_name_with_a_slip_gets_the_nearest() -> None:
    with pytest.raises(OracleError, match="no expert is called 'rauro'; did you mean 'rauru'"):
        load_expert("rauro")
    with pytest.raises(OracleError, match="did you mean 'medical-mechanica'"):
        load_machine("medical-mechanic")
    with pytest.raises(OracleError, match="no profile is called 'xyz'; known are alpha, demo, full, "):
        load_profile("xyz")


@pytest.mark.parametrize("name", ["../experts/rauru-assembler", "", "/etc/passwd", "demo.yaml"])
def test_a_name_is_no_path(name: str) -> None:
    with pytest.raises(OracleError, match="no profile is called"):
        load_profile(name)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"thresold": 0.5}, "thresold"),
        ({"threshold": 1.5}, "threshold"),
        ({"threshold": None}, "threshold"),
        ({"language": "fortran"}, "language"),
        ({"domains": {"cpp": 10}}, "domains: a name in it must be .* not 'cpp'"),
        ({"split": {"val": 0.3, "test": 0.3}}, "split: val . test is 0.60"),
        ({"split": {"val": 0.1}}, "split.test"),
        ({"base": {"ollama": "x"}}, "base.huggingface"),
        ({"gates": {"perplexitiy": 1}}, "gates.perplexitiy"),
        (
            {"gates": {"better_than_base": "passses"}},
            "gates.better_than_base: no metric is called 'passses'; known are",
        ),
        ({"dataset": "../escape"}, "dataset"),
        ({"name": "Rauru Assembler"}, "name: 'Rauru Assembler' is no name; it may hold lower-case letters and digits"),
        ({"reassign": {"gigaleak": {"asm": 0.5}}}, "reassign.gigaleak must share all of it"),
        ({"reassign": {"gigaleak": {"text": 1.0}}}, "reassign.gigaleak must share all of it"),
    ],
)
def test_a_mistake_in_an_experts_file_is_named_with_file_and_key(
    folder: Path, changes: dict[str, object], says: str
) -> None:
    spoil(folder / "experts" / "rauru-assembler.yaml", **changes)
    with pytest.raises(OracleError, match=rf"rauru-assembler\.yaml: .*{says}") as caught:
        load_expert("rauru", folder)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "file", "changes", "key"),
    [
        ("profile", "demo", {"training": {"epochs": 0}}, "training.epochs"),
        ("profile", "demo", {"base": "gpt"}, "base"),
        ("profile", "demo", {"generation": {"attempts": 0.5}}, "generation.attempts"),
        ("profile", "demo", {"generation": {"mixture": {"templates": 0.3, "composed": 0.6}}}, "generation.mixture"),
        ("profile", "demo", {"generation": {"mixture": {"held_out": 1.0}}}, "generation.mixture"),
        ("profile", "demo", {"generation": {"phrasings": 2, "per_family": 1}}, "generation"),
        ("machine", "local", {"folder": "/tmp/abroad"}, "folder"),
        ("machine", "local", {"folder": "a/../../b"}, "folder"),
        ("machine", "local", {"transport": "ftp"}, "transport"),
        ("machine", "medical-mechanica", {"card": {"name": "x", "memory": 16}}, "card.cap"),
    ],
)
def test_a_mistake_in_another_file_is_named_too(
    folder: Path, kind: str, file: str, changes: dict[str, object], key: str
) -> None:
    spoil(folder / f"{kind}s" / f"{file}.yaml", **changes)
    load = {"profile": load_profile, "machine": load_machine}[kind]
    with pytest.raises(OracleError, match=rf"{file}\.yaml: {key}: "):
        load(file, folder)


def test_broken_yaml_is_named_with_its_line(folder: Path) -> None:
    path = folder / "profiles" / "demo.yaml"
    path.write_text("name: demo\nbase: [embedded\nseed: 1\n")
    with pytest.raises(OracleError, match=r"demo\.yaml line \d+ is not valid YAML"):
        load_profile("demo", folder)


def test_a_file_that_is_not_utf8_is_named(folder: Path) -> None:
    (folder / "profiles" / "demo.yaml").write_bytes("name: demo  # größer".encode("latin-1"))
    with pytest.raises(OracleError, match=r"demo\.yaml is not UTF-8 text"):
        load_profile("demo", folder)


@pytest.mark.parametrize(
    ("kind", "file", "copy"),
    [
        ("profile", "demo", "mine"),
        ("machine", "local", "workshop"),
        ("expert", "rauru-assembler", "ganon-assembler"),
    ],
)
def test_a_copy_that_keeps_the_name_of_its_original_is_refused(folder: Path, kind: str, file: str, copy: str) -> None:
    shutil.copyfile(folder / f"{kind}s" / f"{file}.yaml", folder / f"{kind}s" / f"{copy}.yaml")
    load = {"profile": load_profile, "machine": load_machine, "expert": load_expert}[kind]
    says = f"{copy}.yaml: name is '{file}', but the file is '{copy}'; give both one name (lower-case letters"
    with pytest.raises(OracleError, match=re.escape(says)):
        load(copy, folder)


def test_a_copy_under_its_own_name_is_another_profile(folder: Path) -> None:
    shutil.copyfile(folder / "profiles" / "demo.yaml", folder / "profiles" / "demo-2.yaml")
    spoil(folder / "profiles" / "demo-2.yaml", name="demo-2", seed=7)
    assert (load_profile("demo-2", folder).name, load_profile("demo-2", folder).seed) == ("demo-2", 7)


@pytest.mark.parametrize("name", ["Mine", "my_own", "mine-", "two words", "käse"])
def test_a_name_that_cannot_be_one_is_told_what_it_may_hold(folder: Path, name: str) -> None:
    spoil(folder / "profiles" / "demo.yaml", name=name)
    with pytest.raises(OracleError, match="is no name; it may hold lower-case letters and digits, in words joined by"):
        load_profile("demo", folder)


def add_expert(folder: Path, name: str, **changes: object) -> Path:
    """A new expert's file, like the assembler's, that was written after all others."""
    path = folder / "experts" / f"{name}.yaml"
    shutil.copyfile(folder / "experts" / "rauru-assembler.yaml", path)
    spoil(path, **{"name": name, "full_name": f"oracle-{name}", "aliases": [], **changes})
    return path


@pytest.mark.parametrize("name", ["agahnim-wizard", "zora-swimmer"])
def test_of_two_experts_that_share_a_name_the_newer_file_is_blamed(folder: Path, name: str) -> None:
    add_expert(folder, name, aliases=["rauru"])
    with pytest.raises(OracleError, match=rf"{name}\.yaml: the name 'rauru' already means rauru-assembler"):
        params.experts(folder)


def test_a_new_expert_is_one_more(folder: Path) -> None:
    add_expert(folder, "agahnim-wizard", aliases=["agahnim"])
    assert load_expert("agahnim", folder).name == "agahnim-wizard"
    assert len(params.experts(folder)) == len(EXPERTS) + 1


def test_experts_are_made_one_at_a_time() -> None:
    with pytest.raises(OracleError, match="'all' is no expert: they are made one at a time, so name one of din-forge"):
        load_expert("all")


@pytest.mark.parametrize(
    ("kind", "value"), [(str, ""), (str, "no"), (int, 0), (int, 7), (float, 0.5), (float, 2), (bool, False)]
)
def test_a_parameter_of_its_declared_type_is_taken(kind: type, value: object) -> None:
    params.check(kind, anything=value)


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        (bool, "false", "takes bool, not 'false'"),
        (bool, 0, "takes bool, not 0"),
        (int, "1", "takes int, not '1'"),
        (int, True, "takes int, not True"),
        (int, 2.0, "takes int, not 2.0"),
        (int, None, "takes int, not None"),
        (int, -1, "takes a number from 0 upwards, not -1"),
        (float, True, "takes float, not True"),
        (float, float("nan"), "takes a number from 0 upwards, not nan"),
        (str, 7, "takes str, not 7"),
    ],
)
def test_a_parameter_of_another_type_is_refused_by_its_name(kind: type, value: object, says: str) -> None:
    with pytest.raises(OracleError, match=rf"^parameter 'epochs' {re.escape(says)}$"):
        params.check(kind, epochs=value)


def test_the_environment_names_the_host_and_the_machine_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = load_machine("medical-mechanica")
    monkeypatch.delenv("ORACLE_MEDICAL_MECHANICA", raising=False)
    assert machine.host == "medical-mechanica"
    monkeypatch.setenv("ORACLE_MEDICAL_MECHANICA", "me@workshop")
    assert machine.host == "me@workshop"


def test_a_cap_leaves_something_of_the_card_to_the_system() -> None:
    assert GraphicsCard(name="RTX 5060 Ti", memory=16.0, cap=15.0).cap == 15.0
    with pytest.raises(ValidationError, match=r"cap is 16\.0, it must leave something of the card's 16\.0 GiB"):
        GraphicsCard(name="RTX 5060 Ti", memory=16.0, cap=16.0)
