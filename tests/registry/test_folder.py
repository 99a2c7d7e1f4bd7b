"""A version as a Hugging Face folder: it comes back as it was, and a folder that is not whole or honest does not."""

import json
import shutil
from pathlib import Path

import pytest
from registered import NAME, make_run, register

from oracle_lib import OracleError, registry


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An exported version with a lineage."""
    make_run("whole", {"vanilla": "1a" * 32})
    register(run="whole")
    return registry.export_version(NAME, tmp_path / "published")


def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """From now on, the registry is an empty one."""
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "elsewhere"))


def test_an_exported_version_is_laid_out_as_peft_and_the_hub_expect(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [
        "README.md",
        "adapter_config.json",
        "adapter_model.safetensors",
        "oracle",
    ]
    assert (folder / "README.md").read_text() == f"# {NAME}\n"


def test_it_comes_back_elsewhere_as_it_was_with_its_lineage(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = registry.load(NAME)
    before = registry.lineage(version)
    elsewhere(monkeypatch, tmp_path)
    assert registry.import_version(folder) == version == registry.load(NAME)
    assert registry.lineage(version) == before
    assert registry.aliases("rauru") == {} and registry.history() == []
    again = registry.export_version(NAME, tmp_path / "again")
    for path in folder.rglob("*"):
        if path.is_file():
            assert (again / path.relative_to(folder)).read_bytes() == path.read_bytes()


def test_equal_content_is_the_version_that_is_there_and_other_content_gets_the_next_name(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert registry.import_version(folder) == registry.load(NAME)
    elsewhere(monkeypatch, tmp_path)
    mine = register(b"mine")
    theirs = registry.import_version(folder)
    assert theirs.name == f"{NAME}-2" and registry.load(NAME) == mine
    assert registry.import_version(folder) == theirs and len(registry.versions()) == 2


@pytest.mark.parametrize(
    "name", ["adapter_model.safetensors", "adapter_config.json", "oracle/report.json", "oracle/lineage/train.json"]
)
def test_a_changed_file_is_refused_and_leaves_nothing(
    folder: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / name).write_bytes(b"other")
    elsewhere(monkeypatch, tmp_path)
    with pytest.raises(OracleError, match=r"is damaged: it holds other files than .* was exported with"):
        registry.import_version(folder)
    assert registry.versions() == []


@pytest.mark.parametrize(
    "name", ["README.md", "adapter_model.safetensors", "oracle/report.json", "oracle/version.json"]
)
def test_a_missing_file_and_a_link_are_refused(
    folder: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere(monkeypatch, tmp_path)
    kept = shutil.copyfile(folder / name, tmp_path / "kept")
    (folder / name).unlink()
    with pytest.raises(OracleError, match=r"is missing, so .* is no exported version"):
        registry.import_version(folder)
    (folder / name).symlink_to(kept)
    with pytest.raises(OracleError, match="is a link; bring the files themselves"):
        registry.import_version(folder)
    assert registry.versions() == []


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "../../escape", "no version that this code knows"),
        ("name", "x" * 300, "no version that this code knows"),
        ("manifests", {"../../escape": "0" * 64}, "no version that this code knows"),
        ("gates", [{"name": "style"}], "no gate is called 'style'"),
    ],
)
def test_a_hostile_record_is_refused(folder: Path, field: str, value: object, says: str) -> None:
    path = folder / "oracle" / "version.json"
    record = json.loads(path.read_text()) | {field: value}
    path.write_text(json.dumps(record))
    with pytest.raises(OracleError, match=says):
        registry.import_version(folder)


def test_a_record_cannot_choose_where_its_adapter_lies(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "oracle" / "version.json"
    path.write_text(path.read_text().replace(f"registry/versions/{NAME}/", "../../etc/"))
    elsewhere(monkeypatch, tmp_path)
    version = registry.import_version(folder)
    assert version.adapter.path == f"registry/versions/{NAME}/adapter"
    assert version.report == f"registry/versions/{NAME}/report.json"


def test_an_export_replaces_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for there in (folder, tmp_path / "file"):
        with pytest.raises(OracleError, match="is already there; name a folder that is not"):
            registry.export_version(NAME, there)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_folder_that_is_not_there_or_holds_no_version_says_so(tmp_path: Path) -> None:
    with pytest.raises(OracleError, match=r"there is no folder .*/nowhere"):
        registry.import_version(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(OracleError, match=r"version\.json is missing, so .*/empty is no exported version"):
        registry.import_version(tmp_path / "empty")
