"""Weights laid end to end learn what they learn one by one."""

import copy

import torch

from oracle_lib.train.flat import adamw, flatten

SHAPES = [(16, 40), (40, 16), (3, 5)]
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


def some_weights() -> list[torch.nn.Parameter]:
    draw = torch.Generator().manual_seed(0)
    return [torch.nn.Parameter(torch.randn(shape, generator=draw).to(DEVICE)) for shape in SHAPES]


def some_gradients(seed: int) -> list[torch.Tensor]:
    draw = torch.Generator().manual_seed(seed)
    return [torch.randn(shape, generator=draw).to(DEVICE) for shape in SHAPES]


def step(
    flat: torch.nn.Parameter, weights: list[torch.nn.Parameter], optimizer: torch.optim.Optimizer, seed: int
) -> None:
    assert flat.grad is not None
    flat.grad.zero_()
    torch.stack([(w * slope).sum() for w, slope in zip(weights, some_gradients(seed), strict=True)]).sum().backward()
    optimizer.step()


def test_one_step_over_all_is_a_step_over_each() -> None:
    each, together = some_weights(), some_weights()
    flat = flatten(together)
    of_each, of_all = torch.optim.AdamW(each, lr=0.1, weight_decay=0.0), adamw(flat, 0.1)
    for seed in range(5):
        for weight, slope in zip(each, some_gradients(seed), strict=True):
            weight.grad = slope
        of_each.step()
        step(flat, together, of_all, seed)
    tolerance = 1e-6 if DEVICE == "cpu" else 0.05  # 8-bit states on a GPU
    for a, b in zip(together, each, strict=True):
        assert (a - b).norm() <= tolerance * b.norm()


def test_weights_and_gradients_are_views_until_the_end() -> None:
    weights = some_weights()
    flat = flatten(weights)
    assert flat.grad is not None and not flat.grad.any()
    (weights[0].sum() + 2 * weights[2].sum()).backward()
    assert flat.grad.tolist() == [1.0] * 640 + [0.0] * 640 + [2.0] * 15
    assert weights[1].grad is not None
    weights[1].grad += 1
    assert flat.grad[640:1280].eq(1).all()
    with torch.no_grad():
        flat.fill_(7)
    assert all(weight.eq(7).all() for weight in weights)


def test_a_loaded_state_goes_on_as_the_saved_one_would() -> None:
    saved, loaded = some_weights(), some_weights()
    of_saved, of_loaded = flatten(saved), flatten(loaded)
    optimizer, other = adamw(of_saved, 0.1), adamw(of_loaded, 0.1)
    step(of_saved, saved, optimizer, 0)
    other.load_state_dict(copy.deepcopy(optimizer.state_dict()))
    for target, source in zip(loaded, saved, strict=True):  # as peft loads an adapter
        target.data.copy_(source)
    step(of_saved, saved, optimizer, 1)
    step(of_loaded, loaded, other, 1)
    assert torch.equal(of_loaded, of_saved)
