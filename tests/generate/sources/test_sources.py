"""The sources of params/sources.yaml: which an expert needs, where they are, and what is said of those that are not."""

import pkgutil
import re
from functools import partial
from pathlib import Path
from typing import get_args

import pytest

from oracle_lib import OracleError, params
from oracle_lib.generate import sources
from oracle_lib.generate.sources import __main__ as command_line
from oracle_lib.params import SourceParams, load_expert, load_sources
from oracle_lib.sample import Domain
from oracle_lib.terminal import exit_status

YAML = """\
vanilla: {reader: disassembly, domain: asm, folder: clones/vanilla, licence: CC0, get: git clone vanilla}
hack-one: {reader: romhack, domain: oracle, folder: clones/one, licence: MIT, get: git clone one, vanilla: vanilla}
hack-two: {reader: romhack, domain: oracle, licence: MIT, get: ask its author}
lantern: {reader: gigaleak, domain: gigaleak, licence: proprietary, get: only you have it, opt_in: false}
logs: {reader: logs, domain: errors, folder: clones/logs, licence: CC0, get: keep your logs there}
tree: {reader: cpp, domain: yaze, folder: clones/tree, licence: MIT, get: git clone tree}
broken-vanilla: {reader: defects, domain: errors, licence: CC0, get: it comes with vanilla, of: vanilla}
broken-tree: {reader: defects, domain: errors, licence: MIT, get: it comes with tree, of: tree}
"""
RAURU = "rauru-assembler"


@pytest.fixture
def clones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sources of this test alone, relative to a folder in which no clone is yet."""
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "sources.yaml").write_text(YAML)
    known = load_sources(tmp_path / "params")
    for module in (sources, command_line):
        monkeypatch.setattr(module, "load_sources", lambda: known)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "clones"


def clone(folder: Path, text: str = "Main:\n#_008000: RTS\n") -> Path:
    folder.mkdir(parents=True)
    (folder / "main.asm").write_text(text)
    return folder


def read(*domains: Domain) -> list[str]:
    return [f"{item.source.corpus}:{item.source.symbol}" for item in sources.read(load_expert(RAURU), domains)]


def test_an_expert_reads_the_sources_of_its_domains(clones: Path) -> None:
    clone(clones / "vanilla")
    clone(clones / "one", "org $008000\n  JML Glow\n")
    assert read(Domain.ASM, Domain.ORACLE) == ["vanilla:Main", "hack-one:$008000"]
    assert read(Domain.ASM) == ["vanilla:Main"]


def test_a_domain_without_a_source_is_named_before_anything_is_read(clones: Path) -> None:
    clone(clones / "vanilla")
    with pytest.raises(OracleError) as raised:
        sources.read(load_expert(RAURU), [Domain.ASM, Domain.ORACLE])
    assert str(raised.value) == (
        "rauru-assembler needs a source of domain oracle, and none is there; "
        "hack-one: there is no folder clones/one (git clone one), or set ORACLE_SOURCE_HACK_ONE to the folder that you "
        "have; or "
        "hack-two: no folder is named (ask its author), or set ORACLE_SOURCE_HACK_TWO to the folder that you have"
    )


def test_a_domain_of_which_no_source_is_known_says_where_to_add_one(clones: Path) -> None:
    with pytest.raises(OracleError, match=r"none is there; add one of domain text to params/sources\.yaml"):
        sources.read(load_expert("nayru"))


def test_a_variable_names_another_folder(clones: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_SOURCE_HACK_TWO", str(clone(clones.parent / "mine", "Glow:\n  RTL\n")))
    assert read(Domain.ORACLE) == ["hack-two:Glow"]
    monkeypatch.setenv("HOME", str(clones.parent))
    monkeypatch.setenv("ORACLE_SOURCE_HACK_TWO", "~/mine")
    assert read(Domain.ORACLE) == ["hack-two:Glow"]
    monkeypatch.setenv("ORACLE_SOURCE_HACK_TWO", "~/no such clone")
    with pytest.raises(OracleError, match="there is no folder ~/no such clone"):
        read(Domain.ORACLE)


def test_a_hack_has_the_games_code_beside_it_where_that_is_there(
    clones: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone(clones / "one", "org $008000\n  JML Glow\n")
    [hook] = sources.read_one("hack-one")
    assert hook.context == ""
    assert (
        capsys.readouterr().out == "hack-one: vanilla is not there, so its hooks have no code of the game beside them\n"
    )
    clone(clones / "vanilla")
    [hook] = sources.read_one("hack-one")
    assert hook.context == "It puts 4 bytes over these lines of the game's Main:\n  RTS"
    assert hook.source.licence == "MIT"


def test_defects_are_put_into_the_code_of_another_source_in_the_experts_language(clones: Path) -> None:
    with pytest.raises(OracleError, match=r"there is no folder clones/vanilla \(git clone vanilla\)"):
        read(Domain.ERRORS)
    clone(clones / "vanilla", "Main:\n#_008000: LDA.b #$12\n#_008002: RTS\n")
    [broken] = sources.read(load_expert(RAURU), [Domain.ERRORS])
    assert (broken.kind, broken.domain, broken.source.corpus) == ("defect", Domain.ERRORS, "vanilla")
    with pytest.raises(OracleError, match=r"there is no folder clones/tree"):
        sources.read(load_expert("yaze-expert"), [Domain.ERRORS])


def test_what_waits_for_an_opt_in_is_read_after_it_alone(clones: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = clone(clones / "own", "GLOW    RTS\n")
    monkeypatch.setenv("ORACLE_SOURCE_LANTERN", str(folder))
    assert read(Domain.GIGALEAK) == [], "its target goes to other domains"
    for place in (None, folder):
        with pytest.raises(OracleError, match=r"lantern is off: .* ORACLE_OPT_IN_LANTERN=yes"):
            sources.read_one("lantern", place)
    monkeypatch.setenv("ORACLE_OPT_IN_LANTERN", "yes")
    assert read(Domain.GIGALEAK) == ["lantern:GLOW"]
    monkeypatch.setenv("ORACLE_OPT_IN_LANTERN", "perhaps")
    with pytest.raises(OracleError, match="ORACLE_OPT_IN_LANTERN=perhaps says neither"):
        read(Domain.GIGALEAK)


def test_who_has_opted_in_is_told_of_a_missing_folder(clones: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_OPT_IN_LANTERN", "yes")
    with pytest.raises(OracleError, match="needs a source of domain gigaleak"):
        read(Domain.GIGALEAK)


def test_the_command_line_reads_a_source_and_shows_some_of_it(clones: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = clone(clones / "own", "; Rests.\nMain:\n#_008000: RTS\n\nData:\n#_008001: db $01\n")
    assert command_line.main(["vanilla", str(folder)]) == 0
    said = capsys.readouterr().out
    assert re.match(r"2 items of vanilla in \d+\.\d s\n\nkind  .*\nroutine +1 +2 +1 +1\ntable +1 +2 +0 +1\n", said)
    assert "main.asm:2: routine Main at $008000\n  comment  Rests.\n  text     Main:\n             RTS\n" in said


def test_the_command_line_lists_what_is_there_and_names_mistakes(
    clones: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone(clones / "vanilla", "; nothing yet\n")
    assert command_line.main([]) == 0
    said = capsys.readouterr().out
    assert re.search(r"vanilla +asm +disassembly +CC0 +yes\nhack-one .* no: git clone one\n", said)
    assert re.search(r"lantern .* off: it waits for your opt-in\n", said)
    for arguments, message in (
        (["vanila"], "params/sources.yaml has no source 'vanila'; did you mean 'vanilla'?"),
        (["hack-one", "nowhere"], "hack-one: there is no folder nowhere"),
        (["vanilla"], "vanilla gives no items; see that the folder holds what params/sources.yaml says"),
    ):
        assert exit_status(partial(command_line.main, arguments)) == 1
        assert capsys.readouterr().err == f"error: {message}\n"


def test_every_shipped_source_can_be_read_and_says_how_to_get_it() -> None:
    known = load_sources()
    assert all(source.get and source.licence for source in known.values())
    assert known["gigaleak"].opt_in is False and known["gigaleak"].folder is None


def test_how_to_get_a_source_is_a_command_that_names_the_folder_where_it_is_looked_for() -> None:
    for name, source in load_sources().items():
        if source.folder:
            place = source.folder.removesuffix("/Docs")
            assert source.get.startswith(("git clone ", "mkdir -p ")) and f" {place}" in source.get, name


@pytest.mark.parametrize("name", get_args(SourceParams.model_fields["reader"].annotation))
def test_every_reader_that_params_may_name_is_there(name: str) -> None:
    assert callable(pkgutil.resolve_name(f"oracle_lib.generate.sources.{name}:items"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A B: {reader: logs, domain: errors, licence: x, get: y}", "'A B' is no name"),
        ("a: {reader: novel, domain: text, licence: x, get: y}", r"a\.reader: .*disassembly"),
        ("a: {reader: gigaleak, domain: gigaleak, licence: x, get: y}", "opt_in must be there"),
        ("a: {reader: disassembly, domain: gigaleak, licence: x, get: y}", "opt_in must be there"),
        ("a: {reader: romhack, domain: oracle, licence: x, get: y, vanilla: b}", r"a\.vanilla must be the disassembly"),
        ("a: {reader: logs, domain: errors, licence: x, get: y, path: z}", r"a\.path"),
        ("a: {reader: defects, domain: errors, licence: x, get: y, of: b}", r"a\.of must be the source of code"),
        ("a: {reader: logs, domain: errors, licence: x, get: y, of: a}", r"a\.of must be the source of code"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "sources.yaml").write_text(text)
    with pytest.raises(OracleError, match=message):
        params.load_sources(tmp_path)
