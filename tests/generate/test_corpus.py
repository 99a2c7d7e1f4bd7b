"""The base's corpus: verified, shared, and without a problem that anybody may be tested on."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import oracle_lib
from oracle_lib import OracleError
from oracle_lib.generate import corpus, write_corpus
from oracle_lib.generate.corpus import is_asked
from oracle_lib.params import experts
from oracle_lib.sample import MAX_HELD_OUT, Domain, Split, group_position, read_samples, split_of
from oracle_lib.tasks import families
from oracle_lib.verify import extract_code


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(corpus, "_DOCUMENTS", {"asm": 120, "cpp": 4})
    return tmp_path


def documents(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_it_holds_what_was_asked_for_in_both_languages(small: Path) -> None:
    path = write_corpus("scratch")
    rows = documents(path)
    assert path == small / "base" / "corpus.jsonl"
    assert [row["language"] for row in rows] == ["asm"] * 120 + ["cpp"] * 4
    assert all(set(row) == {"family", "group", "asked", "instructions", "code", "language"} for row in rows)
    assert len({(row["family"], row["instructions"][0], row["code"]) for row in rows}) == len(rows)
    assert {row["family"] for row in rows} <= families().keys()


def test_it_keeps_the_words_of_about_half_of_the_families_to_itself(small: Path) -> None:
    rows = documents(write_corpus("scratch"))
    assert 0.3 < sum(is_asked(name) for name in families()) / len(families()) < 0.7
    assert {row["asked"] for row in rows} == {True, False}
    for row in rows:
        words = re.findall(r"\b(?:[Ww]rite|[Tt]he|[Ii] need|that)\b", " ".join(row["instructions"]))
        assert row["asked"] == is_asked(row["family"]) == bool(words)
        assert len(row["instructions"]) == 1 or row["asked"]
    told = next(row for row in rows if row["family"] == "add_words")
    assert not told["asked"] and re.findall(r"\$[0-9A-F]{4}", told["code"])[0] in told["instructions"][0]


def test_no_expert_can_be_validated_or_tested_on_it(small: Path) -> None:
    groups = [row["group"] for row in documents(write_corpus("scratch"))]
    assert all(group_position(group) >= MAX_HELD_OUT for group in groups)
    for expert in experts():
        assert {split_of(group, expert.split.val, expert.split.test) for group in groups} == {Split.TRAIN}


def test_nothing_of_the_benchmark_is_in_it(small: Path) -> None:
    bench = list(read_samples(Path(oracle_lib.__file__).parent / "evaluate" / "oraclebench.jsonl"))
    rows = documents(write_corpus("scratch"))
    never_taught = {sample.source.path for sample in bench if "held-out" in sample.source.corpus}
    assert never_taught and not never_taught & {row["family"] for row in rows}
    assert not {sample.group for sample in bench} & {row["group"] for row in rows}
    assert not {extract_code(sample.output).strip() for sample in bench} & {row["code"].strip() for row in rows}


def test_it_is_written_once_and_equal_inputs_give_equal_bytes(small: Path) -> None:
    path = write_corpus("scratch")
    content, written = path.read_bytes(), path.stat().st_mtime_ns
    assert write_corpus("scratch").stat().st_mtime_ns == written
    assert write_corpus("scratch", force=True).stat().st_mtime_ns > written
    assert path.read_bytes() == content


def test_two_notebooks_that_need_it_at_once_both_get_it(small: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(write_corpus, ["scratch", "scratch"])
    assert first == second and len(documents(first)) == 124


def test_a_profile_with_a_base_of_its_own_needs_none(small: Path) -> None:
    with pytest.raises(OracleError, match="needs no corpus"):
        write_corpus("full")


def test_code_that_does_not_pass_stops_it(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = families()["add_words"].draw

    def broken(rng: object) -> object:
        problem = drawn(rng)  # type: ignore[arg-type]
        return problem.model_copy(update={"references": (problem.references[0].replace("ADC", "SBC"),)})

    family = families()["add_words"].__class__("add_words", "asm", "tests", broken)  # type: ignore[arg-type]
    monkeypatch.setattr(corpus, "families_of", lambda language, only: {Domain.ASM: [family]})
    with pytest.raises(OracleError, match="add_words does not pass its own contract"):
        write_corpus("scratch")
    assert not (small / "base" / "corpus.jsonl").exists()
