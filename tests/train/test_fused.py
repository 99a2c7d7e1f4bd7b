"""The fused decoder computes what transformers and peft compute, and packed rows never see each other."""

import copy
import random
from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM, Qwen2Config, Qwen3Config

from oracle_lib import models
from oracle_lib.bases import BF16_BYTES, Shape
from oracle_lib.chat import IGNORED, Row
from oracle_lib.train import fused
from oracle_lib.train.backends import LINEAR_LAYERS
from oracle_lib.train.budget import predict
from oracle_lib.train.fused import Fused, can_fuse
from oracle_lib.train.packing import Packed, pack, packed_nll, rows_of_process

LENGTHS = (40, 7, 90, 23)
ON_GPU = torch.cuda.is_available()
LOSS, GRADIENT = (1e-3, 2e-2) if ON_GPU else (1e-5, 1e-4)
"""How near two ways to compute the same may come: a base is bf16 on a GPU and float32 on a CPU."""


SIZES: dict[str, Any] = {
    "vocab_size": 2048,
    "hidden_size": 128,
    "intermediate_size": 192,
    "num_hidden_layers": 4,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "initializer_range": 0.1,
}
# Qwen3's heads are wider than its hidden size alone would have them.
BASES = {
    "built:qwen2": Qwen2Config(**SIZES, tie_word_embeddings=False),
    "built:qwen3": Qwen3Config(**SIZES, head_dim=64, tie_word_embeddings=False),
    "built:qwen3-tied": Qwen3Config(**SIZES, head_dim=64, tie_word_embeddings=True),
}


@pytest.fixture(scope="module", params=["embedded", *BASES])
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The shipped base, and small ones of random weights whose heads share keys and whose norms have an effect."""
    if request.param == "embedded":
        yield "embedded"
        return
    outputs, config = tmp_path_factory.mktemp("outputs"), BASES[request.param]
    torch.manual_seed(0)
    made = AutoModelForCausalLM.from_config(config)
    for name, weight in made.named_parameters():
        if "norm" in name or "bias" in name:
            torch.nn.init.uniform_(weight, 0.5, 1.5)
    made.save_pretrained(outputs / "base" / request.param.removeprefix("built:"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORACLE_OUTPUTS", str(outputs))
        yield request.param


def adapted(name: str, quantised: bool) -> PeftModel:
    """A base with an adapter that changes it: a fresh one adds nothing."""
    base = models.load_base(name, nf4=quantised, to_train=True)
    adapter = LoraConfig(r=4, lora_alpha=8, target_modules=list(LINEAR_LAYERS), task_type="CAUSAL_LM")
    torch.manual_seed(1)
    model = get_peft_model(base, adapter)
    for name, weight in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(weight, std=0.05)
    return model


@pytest.fixture(scope="module")
def model(base: str) -> PeftModel:
    return adapted(base, quantised=True)


@pytest.fixture(scope="module")
def plain(model: PeftModel, base: str) -> PeftModel:
    """The same in full precision: the weights that NF4 stands for, multiplied by PyTorch alone."""
    from bitsandbytes.functional import dequantize_4bit

    full = adapted(base, quantised=False)
    modules = dict(model.named_modules())
    for name, module in full.named_modules():
        if name.endswith("base_layer"):
            weight = modules[name].weight
            module.weight.data = dequantize_4bit(weight.data, weight.quant_state)
    full.load_state_dict({name: weight for name, weight in model.state_dict().items() if "lora" in name}, strict=False)
    return full


@pytest.fixture(scope="module")
def learner(model: PeftModel, plain: PeftModel) -> Fused:
    """The model fused, once: on a GPU that takes its embeddings to the host. `plain` has read its weights before."""
    return Fused(model)


@pytest.fixture
def rows() -> list[Row]:
    draw = random.Random(0)
    ids = [[draw.randrange(3, 2048) for _ in range(length)] for length in LENGTHS]
    return [Row(row, [IGNORED] * 5 + row[5:]) for row in ids]


def nll_and_gradient(
    nll: Callable[[Packed], torch.Tensor], model: PeftModel, packed: Sequence[Packed]
) -> tuple[float, torch.Tensor]:
    model.zero_grad(set_to_none=False)  # a fused model's gradients have their place
    total = 0.0
    for part in packed:
        loss = nll(part)
        loss.backward()
        total += loss.item()
    return total, torch.cat([weight.grad.flatten() for weight in model.parameters() if weight.grad is not None])


def distance(a: torch.Tensor, b: torch.Tensor) -> float:
    return float((a - b).norm() / b.norm())


def test_the_fused_decoder_has_the_loss_and_the_gradients_of_transformers_and_peft(
    learner: Fused, model: PeftModel, plain: PeftModel, rows: list[Row]
) -> None:
    """In float32 they agree; in bf16, on a GPU, the fused decoder comes as near to float32 as transformers do."""
    assert can_fuse(model)
    exact = copy.deepcopy(plain).float()
    loss, gradient = nll_and_gradient(lambda part: packed_nll(exact, part), exact, pack(rows, 1))
    _, rounded = nll_and_gradient(lambda part: packed_nll(plain, part), plain, pack(rows, 1))
    fused_loss, fused_gradient = nll_and_gradient(learner.nll, model, pack(rows, 1))
    assert fused_loss == pytest.approx(loss, rel=LOSS)
    assert distance(fused_gradient, gradient) < max(GRADIENT, 1.1 * distance(rounded, gradient))


@pytest.mark.parametrize("way", ["fused", "transformers"])
def test_packed_rows_have_the_loss_and_gradients_of_rows_alone(
    way: str, learner: Fused, model: PeftModel, plain: PeftModel, rows: list[Row]
) -> None:
    trained = model if way == "fused" else plain
    nll = learner.nll if way == "fused" else lambda part: packed_nll(plain, part)
    alone, together = pack(rows, 1), pack(rows, sum(LENGTHS))
    assert (len(alone), len(together)) == (4, 1)
    loss, gradient = nll_and_gradient(nll, trained, alone)
    packed_loss, packed_gradient = nll_and_gradient(nll, trained, together)
    assert packed_loss == pytest.approx(loss, rel=LOSS / 10)
    assert distance(packed_gradient, gradient) < GRADIENT / 2


def test_a_row_does_not_see_the_row_before_it(learner: Fused, rows: list[Row]) -> None:
    read_only = [row._replace(labels=[IGNORED] * len(row.ids)) for row in rows[:3]]
    (alone,), (behind,) = pack(rows[3:], 500), pack([*read_only, rows[3]], 500)
    with torch.no_grad():
        assert learner.nll(behind).item() == pytest.approx(learner.nll(alone).item(), rel=1e-6)


def test_layers_that_keep_their_activations_compute_the_same(
    learner: Fused, model: PeftModel, rows: list[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = pack(rows, 500)
    loss, gradient = nll_and_gradient(learner.nll, model, packed)
    monkeypatch.setattr(learner, "_kept_layers", lambda tokens: 3)
    kept_loss, kept_gradient = nll_and_gradient(learner.nll, model, packed)
    assert kept_loss == loss and torch.equal(kept_gradient, gradient)


def test_the_gradient_of_the_norm_of_heads_is_what_autograd_finds() -> None:
    torch.manual_seed(0)
    heads, gain, by_output = torch.randn(7, 3, 16, requires_grad=True), torch.randn(3, 16), torch.randn(7, 3, 16)
    normed = heads * torch.rsqrt(heads.pow(2).mean(-1, keepdim=True) + 1e-6) * gain
    assert distance(fused.norm_heads(heads.detach(), gain, 1e-6), normed.detach()) < 1e-6
    (expected,) = torch.autograd.grad(normed, heads, by_output)
    fused.norm_heads_gradient(by_output, heads.detach(), gain, 1e-6)
    assert distance(by_output, expected) < 1e-6


def test_the_budget_counts_what_a_layer_keeps(learner: Fused, model: PeftModel, rows: list[Row]) -> None:
    shape = Shape.of(model.get_base_model().config)
    x = torch.randn(sum(LENGTHS), shape.hidden, device=model.device, dtype=model.dtype)
    decoder: Any = model.get_base_model()
    done = learner._layers[0].run(x, fused.Rows.of(LENGTHS, x, decoder.get_decoder().rotary_emb))
    tensors = [value for value in (*vars(done).values(), *done.inner) if isinstance(value, torch.Tensor)]
    held = {tensor.untyped_storage().data_ptr(): tensor.untyped_storage().nbytes() for tensor in tensors}
    counted = [predict(shape, rank=4, tokens=len(x), kept_layers=kept).activations for kept in (1, 2)]
    a_layer = (counted[1] - counted[0]) * 2**30 / BF16_BYTES * x.element_size()
    assert sum(held.values()) == pytest.approx(a_layer, rel=0.1)


@pytest.mark.parametrize("other", [{"use_sliding_window": True}, {"attention_bias": True}, {"hidden_act": "gelu"}])
def test_a_decoder_that_is_not_as_published_is_not_fused(other: dict[str, object], model: PeftModel) -> None:
    config = model.get_base_model().config
    before = {name: getattr(config, name, None) for name in other}
    try:
        for name, value in other.items():
            setattr(config, name, value)
        assert not can_fuse(model)
    finally:
        for name, value in before.items():
            setattr(config, name, value)
    assert can_fuse(model)


@pytest.mark.skipif(not ON_GPU, reason="Triton's kernels need a GPU")
@pytest.mark.parametrize("width", [32, 48, 128])
@pytest.mark.parametrize("room", [0, 12, 100])
def test_the_kernels_of_a_gpu_compute_the_formulas_of_a_cpu(width: int, room: int) -> None:
    torch.manual_seed(0)
    heads, gate_up, dy = torch.randn(7, 5, width), torch.randn(7, 6 * width + room), torch.randn(7, 3 * width)
    cos, sin = torch.randn(7, 1, width // 2).repeat(1, 1, 2), torch.randn(7, 1, width // 2).repeat(1, 1, 2)
    turned, on_gpu = heads.clone(), heads.cuda()
    fused.rotate(turned, cos, sin)
    fused.rotate(on_gpu, cos.cuda(), sin.cuda())
    assert distance(on_gpu.cpu(), turned) < 1e-6
    there = gate_up.cuda()
    both, both_there = gate_up[:, : 6 * width], there[:, : 6 * width]
    activated = fused.swiglu(both_there, room)
    assert activated.shape == (7, 3 * width + room)
    assert distance(activated[:, : 3 * width].cpu(), fused.swiglu(both)) < 1e-6
    expected = fused.swiglu_gradient(dy.clone(), both)
    assert distance(fused.swiglu_gradient(dy.cuda(), both_there).cpu(), expected) < 1e-6
    assert distance(there.cpu(), gate_up) < 1e-6, "and the columns behind it are as they were"
    x, by_x, by_y, gain = torch.randn(7, width), torch.randn(7, width + room), torch.randn(7, width), torch.randn(width)
    normed = fused.rms_norm(x.cuda(), gain.cuda(), 1e-6, room)
    assert normed.shape == (7, width + room)
    assert distance(normed[:, :width].cpu(), fused.rms_norm(x, gain, 1e-6)) < 1e-6
    gains, by_heads = torch.randn(4, width), torch.randn(7, 4, width)
    unnormed = torch.randn(7, 5, width)[:, :4]
    there = unnormed.cuda()
    assert distance(fused.norm_heads(there, gains.cuda(), 1e-6).cpu(), fused.norm_heads(unnormed, gains, 1e-6)) < 1e-6
    slope = by_heads.cuda()
    fused.norm_heads_gradient(slope, there, gains.cuda(), 1e-6)
    fused.norm_heads_gradient(by_heads, unnormed, gains, 1e-6)
    assert distance(slope.cpu(), by_heads) < 1e-6
    by_norm = fused.rms_norm_gradient(by_y.cuda(), x.cuda(), gain.cuda(), 1e-6, by_x.cuda(), room)
    assert distance(by_norm[:, :width].cpu(), fused.rms_norm_gradient(by_y, x, gain, 1e-6, by_x)) < 1e-6


@pytest.mark.skipif(not ON_GPU, reason="Triton's kernels need a GPU")
@pytest.mark.parametrize("shape", [(64, 128), (64, 192), (1024, 5120), (37, 3584)])
def test_a_weight_is_dequantised_into_the_columns_it_is_given(shape: tuple[int, int]) -> None:
    from bitsandbytes.functional import dequantize_4bit, quantize_4bit

    torch.manual_seed(0)
    weight, state = quantize_4bit(torch.randn(shape, device="cuda"), quant_type="nf4", compress_statistics=True)
    out = torch.full((shape[0], shape[1] + 24), float("nan"), device="cuda")
    fused.dequantise(SimpleNamespace(data=weight, quant_state=state), out[:, : shape[1]])
    assert distance(out[:, : shape[1]], dequantize_4bit(weight, state)) < 1e-5
    assert out[:, shape[1] :].isnan().all()


@pytest.mark.skipif(not ON_GPU, reason="flash attention needs a GPU")
def test_attention_on_a_gpu_is_that_of_each_row_alone() -> None:
    torch.manual_seed(0)
    query, by_attended = torch.randn(2, sum(LENGTHS), 8, 64, device="cuda", dtype=torch.bfloat16)
    key, value = torch.randn(2, sum(LENGTHS), 2, 64, device="cuda", dtype=torch.bfloat16)
    rows = fused.Rows.of(LENGTHS, query, lambda x, places: (places[..., None], places[..., None]))
    attended, state = fused.attend(query, key, value, rows)
    done = fused._Activations(query, key, value, attended, state, (query, query, query), query, query)
    leaves = [part.float().cpu().requires_grad_() for part in (query, key, value)]
    expected, _ = fused.attend(leaves[0], leaves[1], leaves[2], rows)
    assert distance(attended.float().cpu(), expected.detach()) < 1e-2
    gradients = torch.autograd.grad(expected, leaves, by_attended.float().cpu())
    for a, b in zip(fused.attend_gradient(by_attended, done, rows), gradients, strict=True):
        assert distance(a.float().cpu(), b) < 1e-2


def test_rows_are_packed_whole_into_the_room_there_is(rows: list[Row]) -> None:
    packed = pack(rows, 100)
    assert [part.lengths for part in packed] == [(90,), (40, 23, 7)], "as evenly as they go"
    assert [part.trained for part in packed] == [85, 55]
    assert packed[1].ids.tolist() == [*rows[0].ids, *rows[3].ids, *rows[1].ids]
    assert packed[1].targets.tolist()[:41] == [*rows[0].labels[1:], IGNORED, rows[3].labels[1]]
    assert [part.lengths for part in pack([*rows, rows[2]], 130)] == [(90, 40), (90, 23, 7)]
    assert [part.lengths for part in pack(rows, 10)] == [(90,), (40,), (23,), (7,)], "no row is ever cut"


@pytest.mark.parametrize("processes", [1, 2, 3, 4])
def test_processes_share_the_rows_of_a_step_by_their_tokens(processes: int, rows: list[Row]) -> None:
    shares = [rows_of_process(rows, process, processes) for process in range(processes)]
    assert sorted(row for held in shares for row in held) == sorted(rows), "each row once"
    tokens = [sum(len(row.ids) for row in held) for held in shares]
    assert tokens == {1: [160], 2: [90, 70], 3: [90, 40, 30], 4: [90, 40, 23, 7]}[processes]


def test_a_process_without_a_row_reads_one_and_learns_nothing(
    learner: Fused, model: PeftModel, rows: list[Row]
) -> None:
    (idle,) = rows_of_process(rows[:1], 1, 2)
    assert idle == Row(rows[0].ids, [IGNORED] * len(rows[0].ids))
    loss, gradient = nll_and_gradient(learner.nll, model, pack([idle], 500))
    assert loss == 0 and not gradient.any()
