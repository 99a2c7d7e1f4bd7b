"""One AdamW over weights laid end to end takes the steps that PyTorch's takes over each."""

import copy

import torch

from oracle_lib.train.optimizer import one_optimizer

SHAPES = [(16, 40), (40, 16), (3, 5)]
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


def some_weights() -> list[torch.nn.Parameter]:
    draw = torch.Generator().manual_seed(0)
    return [torch.nn.Parameter(torch.randn(shape, generator=draw).to(DEVICE)) for shape in SHAPES]


def step(weights: list[torch.nn.Parameter], optimizer: torch.optim.Optimizer, seed: int) -> None:
    draw = torch.Generator().manual_seed(seed)
    for weight in weights:
        weight.grad = torch.randn(weight.shape, generator=draw).to(DEVICE)
    optimizer.step()


def test_it_takes_the_steps_of_an_adamw_over_each_weight() -> None:
    each, together = some_weights(), some_weights()
    of_each, of_all = torch.optim.AdamW(each, lr=0.1, weight_decay=0.0), one_optimizer(together, 0.1)
    assert [len(group["params"]) for group in of_all.param_groups] == [1]
    for seed in range(5):
        step(each, of_each, seed)
        step(together, of_all, seed)
        together[1].data = together[1].data.clone()  # as if the model had been moved
    tolerance = 1e-6 if DEVICE == "cpu" else 0.05  # 8-bit states on a GPU
    for a, b in zip(together, each, strict=True):
        assert (a - b).norm() <= tolerance * b.norm()


def test_a_loaded_state_goes_on_as_the_saved_one_would() -> None:
    saved = some_weights()
    optimizer = one_optimizer(saved, 0.1)
    step(saved, optimizer, 0)
    loaded = [torch.nn.Parameter(weight.detach().clone()) for weight in saved]
    other = one_optimizer(loaded, 0.1)
    other.load_state_dict(copy.deepcopy(optimizer.state_dict()))
    for weights, of_them in ((saved, optimizer), (loaded, other)):
        step(weights, of_them, 1)
    assert all(torch.equal(a, b) for a, b in zip(loaded, saved, strict=True))
