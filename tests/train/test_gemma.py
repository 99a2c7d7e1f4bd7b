"""The story experts stand on Gemma 3: other layers, windows of attention, a template without a system role."""

from pathlib import Path

import factories
import pytest
import torch
from small_world import TRAINING, chat_row, lines, train_small
from transformers import Gemma3Config, Gemma3ForConditionalGeneration

from oracle_lib import bases, models
from oracle_lib.chat import Row
from oracle_lib.files import relative, sha256
from oracle_lib.records import DatasetRow
from oracle_lib.train import backends, encode_rows, pieces
from oracle_lib.train.backends import LINEAR_LAYERS
from oracle_lib.train.packing import pack

# Like Gemma's: the system prompt opens the first user turn.
TEMPLATE = """{%- set system = messages[0]['content'] + '\n\n' if messages[0]['role'] == 'system' else '' -%}
{%- for message in messages if message['role'] != 'system' -%}
<|im_start|>{{ 'model' if message['role'] == 'assistant' else 'user' }}
{{ system if loop.first else '' }}{{ message['content'] }}<|im_end|>
{% endfor -%}
{%- if add_generation_prompt %}<|im_start|>model
{% endif -%}"""


@pytest.fixture
def gemma(outputs: Path) -> str:
    """A Gemma 3 as published, with a tower that sees pictures; two of its layers attend in windows and one does not."""
    folder = outputs / "base" / "gemma"
    tokenizer = models.load_tokenizer("embedded")
    torch.manual_seed(0)
    text = {
        "vocab_size": len(tokenizer),
        "hidden_size": 64,
        "intermediate_size": 128,
        "num_hidden_layers": 3,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 16,
        "sliding_window": 16,
        "layer_types": ["sliding_attention", "sliding_attention", "full_attention"],
        "pad_token_id": tokenizer.pad_token_id,
        "eos_token_id": tokenizer.eos_token_id,
        "bos_token_id": None,
    }
    sight = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = Gemma3Config(text_config=text, vision_config={**sight, "image_size": 28, "patch_size": 14})
    Gemma3ForConditionalGeneration(config).save_pretrained(folder)
    (folder / "tokenizer.json").write_bytes((bases.EMBEDDED / "tokenizer.json").read_bytes())
    (folder / "chat_template.jinja").write_text(TEMPLATE)
    return "built:gemma"


def test_gemma_3_trains_and_answers_through_the_same_code(gemma: str, tmp_path: Path) -> None:
    tokenizer = models.load_tokenizer(gemma)
    chats = [DatasetRow.model_validate(chat_row(index)) for index in range(17)]
    rows = encode_rows(tokenizer, chats, 512)
    shown = [piece.text for piece in pieces(tokenizer, rows[0]) if not piece.trained]
    assert chats[0].messages[0]["content"] in shown[0] and "model\n" in shown[0]

    folder = tmp_path / "run"
    done = train_small(gemma, folder)
    measured = [line["loss"] for line in lines(folder) if "loss" in line]
    assert done.steps == 16 and measured[-1] < measured[0]

    path, digest = relative(folder / "adapter"), sha256(folder / "adapter")
    adapter = factories.adapter(base=gemma, base_sha256=bases.base_digest(gemma), path=path, sha256=digest)
    model = models.load_adapter(adapter)
    adapted = {name.split(".lora_A")[0].rsplit(".", 1)[-1] for name, _ in model.named_parameters() if "lora_A" in name}
    assert adapted == set(LINEAR_LAYERS)
    assert len(models.generate(model, tokenizer, [chats[0].messages[:2]], 4)) == 1


def test_packed_rows_of_gemma_3_never_see_each_other_in_windows_or_out_of_them(gemma: str) -> None:
    """Rows are longer than a window of 16, and the last one begins within a window of the one before it."""
    draw = torch.Generator().manual_seed(0)
    ids = [torch.randint(3, 2000, (length,), generator=draw).tolist() for length in (70, 40, 25)]
    rows = [Row(row, row) for row in ids]
    nll = backends.load(gemma, TRAINING, 0, memory=0.0).nll
    alone = [nll(part).item() for part in pack(rows, 1)]
    (packed,) = pack(rows, 200)
    assert nll(packed).item() == pytest.approx(sum(alone), rel=1e-5)
