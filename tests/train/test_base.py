"""The tiny base is built once for a recipe and a corpus, whole or not at all."""

import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from small_world import KEPT, RECIPE, builder_changed, corpus_line, write_jsonl

from oracle_lib import OracleError, bases, models, rebuild
from oracle_lib.chat import chat_ids
from oracle_lib.files import sha256
from oracle_lib.generate.corpus import is_asked
from oracle_lib.records import Message
from oracle_lib.tasks import TAUGHT_KINDS, VALIDATION_KINDS, families
from oracle_lib.train import base as base_module
from oracle_lib.train import ensure_base
from oracle_lib.train.base import Build


@pytest.fixture
def corpus(outputs: Path) -> Path:
    return write_jsonl(outputs / "base" / "corpus.jsonl", [corpus_line(index) for index in range(12)])


def test_a_base_is_built_once_for_the_same_recipe_and_corpus(world: Path, base: str) -> None:
    weights = bases.base_folder(base) / "model.safetensors"
    before = weights.stat().st_mtime_ns
    assert ensure_base(world / "base" / "corpus.jsonl", RECIPE) == base
    assert weights.stat().st_mtime_ns == before


def test_a_change_of_code_alone_costs_no_base_until_it_is_forced(
    corpus: Path, outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short = RECIPE.model_copy(update={"steps": 2})
    base = ensure_base(corpus, short)
    weights, before = bases.base_folder(base) / "model.safetensors", bases.base_digest(base)
    written = weights.stat().st_mtime_ns
    builder_changed(outputs, base)
    assert ensure_base(corpus, short) == base and weights.stat().st_mtime_ns == written
    assert capsys.readouterr().out == KEPT

    assert ensure_base(corpus, short, force=True) == base and weights.stat().st_mtime_ns > written
    assert bases.base_digest(base) == before
    assert ensure_base(corpus, short) == base
    assert "base: nothing changed since it last finished" in capsys.readouterr().out


def test_a_damaged_base_is_built_again(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    short = RECIPE.model_copy(update={"steps": 2})
    base = ensure_base(corpus, short)
    weights, before = bases.base_folder(base) / "model.safetensors", bases.base_digest(base)
    weights.write_bytes(weights.read_bytes()[:-1])
    assert ensure_base(corpus, short) == base and bases.base_digest(base) == before
    assert f"base: runs again because base/{base.removeprefix('built:')} changed" in capsys.readouterr().out


def test_another_recipe_or_corpus_is_another_base(corpus: Path) -> None:
    short = RECIPE.model_copy(update={"steps": 2})
    first = ensure_base(corpus, short)
    assert ensure_base(corpus, short.model_copy(update={"seed": 1})) != first
    write_jsonl(corpus, [corpus_line(index) for index in range(13)])
    assert ensure_base(corpus, short) != first


def test_the_same_recipe_gives_the_same_weights(corpus: Path, outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short = RECIPE.model_copy(update={"steps": 4})
    reference = ensure_base(corpus, short)
    first = sha256(outputs / "base" / reference.removeprefix("built:") / "model.safetensors")
    monkeypatch.setenv("ORACLE_OUTPUTS", str(outputs / "again"))
    again = write_jsonl(outputs / "again" / "base" / "corpus.jsonl", [corpus_line(index) for index in range(12)])
    assert ensure_base(again, short) == reference
    assert bases.base_digest(reference) == first


def test_a_base_says_what_it_was_made_of_and_can_be_loaded(world: Path, base: str) -> None:
    folder = bases.base_folder(base)
    build = Build.model_validate_json((folder / "build.json").read_bytes())
    assert build.recipe == RECIPE
    assert build.corpus_sha256 == sha256(world / "base" / "corpus.jsonl")
    assert build.documents == 40 and len(build.losses) == 1
    assert "QLoRA" in (folder / "README.md").read_text()
    assert models.load_tokenizer(base).get_vocab() == models.load_tokenizer("embedded").get_vocab()
    assert models.load_base(base, nf4=False).num_parameters() == build.parameters


def test_an_interrupted_build_leaves_nothing_behind(corpus: Path, outputs: Path) -> None:
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 2.0)
    try:
        with pytest.raises(KeyboardInterrupt):
            ensure_base(corpus, RECIPE.model_copy(update={"steps": 100_000}))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert {path.name for path in (outputs / "base").rglob("*") if path.is_file()} == {"corpus.jsonl", ".lock"}


def test_of_two_that_want_the_same_base_one_builds_and_the_other_waits(corpus: Path, outputs: Path) -> None:
    recipe = RECIPE.model_copy(update={"steps": 6})
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(ensure_base(corpus, recipe))) for _ in range(2)]
    for thread in threads:
        thread.start()
        time.sleep(0.05)
    for thread in threads:
        thread.join()
    assert len(found) == 2 and len(set(found)) == 1
    assert (outputs / "base" / found[0].removeprefix("built:") / "build.json").exists()


def test_a_corpus_line_that_is_no_document_is_named(corpus: Path) -> None:
    write_jsonl(corpus, [corpus_line(0), {**corpus_line(1), "language": "basic"}])
    with pytest.raises(OracleError, match=r"corpus.jsonl line 2: language: must be 'asm'"):
        ensure_base(corpus, RECIPE)


def test_a_missing_or_empty_corpus_is_refused(outputs: Path) -> None:
    with pytest.raises(OracleError, match=r"base/corpus.jsonl is missing; run 01_generate"):
        ensure_base(outputs / "base" / "corpus.jsonl", RECIPE)
    with pytest.raises(OracleError, match="holds no documents"):
        ensure_base(write_jsonl(outputs / "base" / "corpus.jsonl", []), RECIPE)


def test_the_shipped_base_is_what_its_card_says() -> None:
    build = Build.model_validate_json((bases.EMBEDDED / "build.json").read_bytes())
    card = (bases.EMBEDDED / "README.md").read_text()
    assert build.recipe == rebuild.RECIPE
    assert build.documents == sum(rebuild.DOCUMENTS.values())
    assert build.corpus_sha256 in card and f"{build.parameters:,} parameters" in card
    assert models.load_base("embedded", nf4=False).num_parameters() == build.parameters
    assert (bases.EMBEDDED / "model.safetensors").stat().st_size < 12_000_000
    assert bases.read_families("embedded") == frozenset(build.asked)


def test_the_card_of_the_shipped_base_is_that_of_its_build_and_loads_its_tokenizer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = (bases.EMBEDDED / "README.md").read_text()
    assert text == base_module.card(Build.model_validate_json((bases.EMBEDDED / "build.json").read_bytes()))
    monkeypatch.chdir(bases.EMBEDDED)
    found: dict[str, Any] = {}
    exec(text.partition("```python\n")[2].partition("```")[0], found)
    chat: list[Message] = [{"role": "user", "content": "STA.l $7EF36D,X"}]
    assert found["tokenizer"].apply_chat_template(chat)["input_ids"] == chat_ids(
        models.load_tokenizer("embedded"), chat, False
    )
    assert found["model"].num_parameters() == models.load_base("embedded", nf4=False).num_parameters()


def test_the_shipped_base_knows_the_words_of_half_of_the_families_and_none_of_the_held_out() -> None:
    build = Build.model_validate_json((bases.EMBEDDED / "build.json").read_bytes())
    # Families added since are unknown to it; those that validate now were taught when it was made.
    assert {*build.asked, *build.unasked} <= families((*TAUGHT_KINDS, *VALIDATION_KINDS)).keys()
    assert len(build.unasked) > 50 and not any(is_asked(name) for name in build.unasked)


@pytest.mark.timeout(120)
def test_what_the_package_ships_can_be_rebuilt(outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "embedded"
    shipped.mkdir()
    for name in ("chat_template.jinja", "tokenizer_config.json"):
        (shipped / name).write_bytes((bases.EMBEDDED / name).read_bytes())
    for module in (rebuild, base_module, bases):
        monkeypatch.setattr(module, "EMBEDDED", shipped)
    monkeypatch.setattr(rebuild, "DOCUMENTS", {"asm": 60, "cpp": 2})
    monkeypatch.setattr(rebuild, "RECIPE", RECIPE)
    rebuild.main([])
    assert Build.model_validate_json((shipped / "build.json").read_bytes()).documents == 62
    assert models.generate(
        models.load_base("embedded", nf4=False),
        models.load_tokenizer("embedded"),
        [[{"role": "user", "content": "?"}]],
        2,
    )
