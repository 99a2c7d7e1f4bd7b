"""A base is one record: what the table knows, what a folder tells, and who is unknown."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from huggingface_hub import constants

from oracle_lib import OracleError, bases, params
from oracle_lib.bases import PUBLISHED, Shape

CODER = "Qwen/Qwen2.5-Coder-{}-Instruct"
# Billions of parameters, all and without embeddings, as the models' cards on the Hub tell them.
CARDS = {
    CODER.format("0.5B"): (0.49, 0.36),
    CODER.format("1.5B"): (1.54, 1.31),
    CODER.format("3B"): (3.09, 2.77),
    CODER.format("7B"): (7.61, 6.53),
    CODER.format("14B"): (14.7, 13.1),
    "Qwen/Qwen3-0.6B": (0.6, 0.44),
    "Qwen/Qwen3-1.7B": (1.7, 1.4),
    "Qwen/Qwen3-4B": (4.0, 3.6),
    "Qwen/Qwen3-8B": (8.2, 6.95),
    "Qwen/Qwen3-14B": (14.8, 13.2),
    "google/gemma-3-270m-it": (0.27, 0.1),
    "google/gemma-3-1b-it": (1.0, 0.7),
    "google/gemma-3-4b-it": (3.88, 3.2),
    "google/gemma-3-12b-it": (11.77, 10.76),
}


@pytest.mark.parametrize("base", PUBLISHED)
def test_a_published_shape_has_the_parameters_that_its_card_tells(base: str) -> None:
    shape = bases.find(base).shape
    whole, without_embeddings = CARDS[base]
    assert shape.linear_parameters == pytest.approx(without_embeddings * 1e9, rel=0.02)
    assert shape.linear_parameters + shape.embedding_parameters == pytest.approx(whole * 1e9, rel=0.02)


@pytest.mark.parametrize("expert", params.experts(), ids=lambda expert: expert.name)
def test_the_base_of_every_expert_is_known_with_its_licence_and_smaller_siblings(expert: params.Expert) -> None:
    base = bases.find(expert.base.huggingface)
    if expert.language == "text":
        assert (base.licence, base.smaller[-1]) == ("gemma", "google/gemma-3-4b-it")
    else:
        assert base.licence == "apache-2.0"
        assert base.smaller == tuple(CODER.format(size) for size in ("0.5B", "1.5B", "3B", "7B"))


def test_a_licence_of_its_own_has_a_name() -> None:
    base = bases.find(CODER.format("3B"))
    assert (base.licence, base.licence_name) == ("other", "qwen-research")


def test_the_memory_of_a_base_follows_from_its_shape() -> None:
    linears = 48 * (5120 * 5120 * 2 + 5120 * 1024 * 2 + 5120 * 13_824 * 3)
    expected = (linears * (0.5 + 1 / 64 + 1 / 4096) + 2 * 152_064 * 5120 * 2) / 2**30
    assert bases.find(CODER.format("14B")).memory == pytest.approx(expected) == pytest.approx(9.25, abs=0.01)


def test_embedded_is_the_one_in_this_package_and_ours_also_those_built_here() -> None:
    kinds = {base: (bases.is_embedded(base), bases.is_ours(base)) for base in ("embedded", "built:01", "Qwen/Qwen3-4B")}
    assert kinds == {"embedded": (True, True), "built:01": (False, True), "Qwen/Qwen3-4B": (False, False)}


def test_the_embedded_base_is_described_by_its_own_files() -> None:
    base = bases.find("embedded")
    assert base.shape == Shape(256, 768, 4, 4, 4, 64, 2048, tied=True)
    assert (base.licence, base.smaller, base.architecture) == ("mit", (), bases.QWEN2)


def test_a_base_that_was_not_built_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path))
    with pytest.raises(OracleError, match=r"built:0123 is not in base; run 04_train"):
        bases.find("built:0123")


@pytest.mark.parametrize("what", [bases.find, bases.base_digest])
def test_a_base_that_nobody_knows_is_one_sentence_with_the_nearest_name(
    what: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(OracleError) as refusal:
        what("Qwen/Qwen2.5-Coder-14B-Instuct")
    assert str(refusal.value).startswith("the base 'Qwen/Qwen2.5-Coder-14B-Instuct' cannot be read (")
    assert str(refusal.value).endswith("did you mean 'Qwen/Qwen2.5-Coder-14B-Instruct'?")
    assert "\n" not in str(refusal.value)


def test_a_known_base_that_cannot_be_reached_is_not_taken_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(
        OracleError, match=r"'Qwen/Qwen3-14B' cannot be read .*; try again when the Hub can be reached$"
    ):
        bases.base_digest("Qwen/Qwen3-14B")


@pytest.mark.parametrize(
    ("config", "architecture", "shape"),
    [
        (
            {"model_type": "qwen3", "hidden_size": 64, "head_dim": 32, "num_attention_heads": 4,
             "num_key_value_heads": 2, "intermediate_size": 96, "num_hidden_layers": 3, "vocab_size": 500},
            bases.QWEN3,
            Shape(64, 96, 3, 4, 2, 32, 500, tied=False, head_norms=True),
        ),
        (  # a model that sees keeps the sizes of its decoder apart, and leaves out what is as usual
            {"model_type": "gemma3", "text_config": {"hidden_size": 2560, "intermediate_size": 10_240,
             "num_hidden_layers": 34}},
            bases.GEMMA3,
            PUBLISHED["google/gemma-3-4b-it"].shape,
        ),
    ],
)  # fmt: skip
def test_another_base_of_a_known_architecture_is_read_from_its_config(
    config: dict[str, object], architecture: bases.Architecture, shape: Shape, tmp_path: Path
) -> None:
    (tmp_path / "config.json").write_text(json.dumps(config))
    base = bases.find(str(tmp_path))
    assert (base.architecture, base.shape, base.licence) == (architecture, shape, "other")


def test_a_base_of_an_unknown_architecture_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "llama"}')
    with pytest.raises(OracleError, match=r"is a llama, and only qwen2, qwen3, gemma3, gemma3_text are known here"):
        bases.find(str(tmp_path))
