"""A base is one record: what the table knows, what a folder tells, and who is unknown."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
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
def test_the_base_of_every_expert_is_known_with_its_licence_and_its_smaller_siblings_by_size(
    expert: params.Expert,
) -> None:
    base = bases.find(expert.base.huggingface)
    assert base.licence == ("gemma" if expert.language == "text" else "apache-2.0")
    siblings = [bases.find(name) for name in expert.base.siblings.values()]
    sizes = [one.parameters for one in (*siblings, base)]
    assert sizes == sorted(sizes) and all(one.architecture == base.architecture for one in siblings)
    for size, name in expert.base.siblings.items():
        assert f"-{size}-" in name.upper()
    assert len(siblings) == (3 if expert.language == "text" else 4)


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
    assert (base.licence, base.architecture) == ("mit", bases.QWEN2)


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


_READS_A_GATED_BASE = """
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

class Gate(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(401)
        self.send_header("X-Error-Code", "GatedRepo")
        self.send_header("Content-Length", "0")
        self.end_headers()
    do_HEAD = do_GET
    def log_message(self, *_): pass

hub = HTTPServer(("127.0.0.1", 0), Gate)
threading.Thread(target=hub.serve_forever, daemon=True).start()
import os
os.environ["HF_ENDPOINT"] = f"http://127.0.0.1:{hub.server_port}"
from oracle_lib import OracleError, bases
try:
    bases.find_context("google/gemma-3-1b-it")
except OracleError as error:
    print(error)
"""


def test_a_base_whose_terms_nobody_has_accepted_here_is_told_with_the_remedy(tmp_path: Path) -> None:
    environment = {**os.environ, "HF_HUB_OFFLINE": "0", "HF_HOME": str(tmp_path)}
    command = [sys.executable, "-c", _READS_A_GATED_BASE]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.stdout.startswith("the base 'google/gemma-3-1b-it' cannot be read (You are trying to access a gated")
    assert done.stdout.endswith(
        "accept its terms at https://huggingface.co/google/gemma-3-1b-it, then run hf auth login here\n"
    )


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


RAURU = params.load_expert("rauru")


@pytest.fixture
def qwen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in Hugging Face form whose weights are a few bytes, and outputs of their own beside it."""
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "outputs"))
    folder = tmp_path / "My Qwen"
    folder.mkdir()
    (folder / "config.json").write_text('{"model_type": "qwen2"}')
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


def test_a_folder_is_known_by_its_name_and_its_weights_wherever_it_lies(
    qwen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = bases.reference(str(qwen))
    digest = hashlib.sha256(b"weights").hexdigest()
    assert base == f"folder:My-Qwen@{digest[:12]}"
    assert (bases.base_folder(base), bases.base_digest(base)) == (qwen, digest)
    assert (bases.find(base).architecture, bases.is_ours(base)) == (bases.QWEN2, False)
    monkeypatch.chdir(tmp_path)
    assert [bases.choose(wanted, RAURU) for wanted in ("./My Qwen", base)] == [base, base]

    shutil.copytree(qwen, tmp_path / "My Qwen (copy)")
    bases.reference(f"{qwen} (copy)")
    assert bases.base_folder(base) == tmp_path / "My Qwen (copy)", "the one that was named last"
    bases.reference(str(qwen))
    qwen.rename(tmp_path / "moved")
    with pytest.raises(OracleError, match=rf"folder of the base {base} is not known here; name it again, as"):
        bases.base_folder(base)
    moved = bases.choose("./moved", RAURU)
    assert moved == f"folder:moved@{digest[:12]}" and bases.base_folder(base) == tmp_path / "moved"
    bases.require_chosen("./moved", RAURU, base)


def test_other_weights_in_the_folder_are_noticed(qwen: Path) -> None:
    base = bases.reference(str(qwen))
    (qwen / "model.safetensors").write_bytes(b"other")
    told = rf"weights in the folder My-Qwen are no longer those of {base}, .* begins with \w{{12}} now; .* run 04_train"
    for use in (bases.find, bases.base_digest, lambda base: bases.require_chosen("", RAURU, base)):
        with pytest.raises(OracleError, match=told):
            use(base)
    with pytest.raises(OracleError, match=rf"stands on {base}, not on folder:My-Qwen@.*; leave the parameter"):
        bases.require_chosen(str(qwen), RAURU, base)


def test_weights_in_several_files_are_known_by_all_of_them(qwen: Path) -> None:
    (qwen / "model.safetensors").unlink()
    shards = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]
    index = {"weight_map": {"b": shards[1], "a": shards[0], "c": shards[0]}}
    (qwen / "model.safetensors.index.json").write_text(json.dumps(index))
    (qwen / shards[0]).write_bytes(b"one")
    with pytest.raises(OracleError, match=rf"lacks 1 of the files of its weights, such as {shards[1]}; a base"):
        bases.reference(str(qwen))
    (qwen / shards[1]).write_bytes(b"two")
    digests = [hashlib.sha256(content).hexdigest() for content in (b"one", b"two")]
    listed = "".join(f"{digest}  {name}\n" for digest, name in zip(digests, shards, strict=True))
    base = bases.reference(str(qwen))
    assert bases.base_digest(base) == hashlib.sha256(listed.encode()).hexdigest()
    (qwen / shards[1]).write_bytes(b"another")
    assert bases.reference(str(qwen)) != base


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda folder: folder.rename(folder.with_name("gone")), "there is no folder "),
        (lambda folder: (folder / "config.json").unlink(), " has no config.json; "),
        (
            lambda folder: (folder / "model.safetensors").unlink(),
            " has neither model.safetensors nor model.safet",
        ),
        (
            lambda folder: (folder / "model.safetensors").rename(folder / "model.safetensors.index.json"),
            " has a model.safetensors.index.json that is no index of weights; ",
        ),
    ],
)
def test_what_a_folder_lacks_is_said_in_a_sentence(qwen: Path, spoil: Callable[[Path], object], told: str) -> None:
    spoil(qwen)
    with pytest.raises(OracleError) as refusal:
        bases.choose(str(qwen), RAURU)
    assert told in str(refusal.value) and str(refusal.value).endswith("as hf download or save_pretrained writes it")
    assert not (qwen.parent / "outputs").exists()


def test_words_and_sizes_mean_an_experts_bases_and_other_names_a_hugging_face_id() -> None:
    names = ("embedded", "built", "expert", "1.5B", "somebody/Some-Model")
    own, sibling = CODER.format("14B"), CODER.format("1.5B")
    assert [bases.choose(name, RAURU) for name in names] == ["embedded", "built", own, sibling, "somebody/Some-Model"]
    assert bases.choose("1B", params.load_expert("nayru")) == "google/gemma-3-1b-it"


def test_a_base_that_is_no_word_of_the_expert_is_refused_with_the_nearest_or_the_folder(
    qwen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OracleError, match=r"rauru-assembler has no base 'embeded'; did you mean 'embedded'\?"):
        bases.choose("embeded", RAURU)
    monkeypatch.chdir(qwen.parent)
    with pytest.raises(OracleError, match=r"has no base 'My Qwen'; write ./My Qwen to mean the folder"):
        bases.choose("My Qwen", RAURU)


def test_an_adapters_base_must_be_the_one_that_is_named() -> None:
    for wanted in ("", "built"):
        bases.require_chosen(wanted, RAURU, "built:0123")
    bases.require_chosen("0.5B", RAURU, CODER.format("0.5B"))
    for wanted, base in (("0.5B", CODER.format("1.5B")), ("built", "embedded"), ("embedded", "built:0123")):
        with pytest.raises(OracleError, match=rf"the adapter of rauru-assembler stands on {base}, not on "):
            bases.require_chosen(wanted, RAURU, base)
