"""Helps a tiny transformer to copy: weights to start from that are wired for it, and documents to practise on.

Most of what an answer holds (addresses, constants, names) stands in its prompt. Left alone, a small model finds out how
to copy only after thousands of steps; a base that is built for a run has hundreds in all. The wiring is the
induction circuit that trained models end up with (Elhage et al., "A Mathematical Framework for Transformer Circuits",
2021).
"""

import math
import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from transformers import Qwen2ForCausalLM

_FAST, _SLOW = 0.1, 0.012
"""Rotary frequencies, in radians a token: above the first, neighbours look different; below the second, a row alike."""
_NEIGHBOUR, _MATCH = 6.0, 2.4
"""How sharply the heads look: the logit by which the neighbour leads, and the scale of compared identities."""
_NOTE, _COPY = 0.03, 0.04
"""How loudly they write, beside embeddings of norm 0.3."""


def wire(model: "Qwen2ForCausalLM", generator: "torch.Generator") -> None:
    """Sets some heads of a fresh model, in place, so that it repeats what it has read; training does the rest.

    A token's identity is a random projection of it. Layer 0, head 0 looks one token back, by position alone, and notes
    the identity that it finds in another subspace. Layer 1, head 0 looks for places whose note is the present token:
    for what followed it before. That head, and two in each later layer, write the token they look at into the output.
    """
    import torch

    config: Any = model.config
    size = config.hidden_size // config.num_attention_heads
    half = size // 2
    frequency = [config.rope_parameters["rope_theta"] ** (-pair / half) for pair in range(half)]
    fast = [pair for pair in range(half) if frequency[pair] > _FAST]
    slow = [pair for pair in range(half) if frequency[pair] < _SLOW]
    layers = [layer.self_attn for layer in model.model.layers]

    def projection() -> torch.Tensor:
        """`size` orthonormal rows of the hidden size."""
        basis: torch.Tensor = torch.linalg.qr(torch.randn(config.hidden_size, size, generator=generator)).Q
        return basis.T.contiguous()

    identity, note, first = projection(), projection(), slice(0, size)
    with torch.no_grad():
        back, match = layers[0], layers[1]
        for head in (back, match):
            head.q_proj.weight[first] = 0
            head.k_proj.weight[first] = 0
        # Two rotating vectors whose product is largest when the key stands one position before the query.
        reach = math.sqrt(_NEIGHBOUR * math.sqrt(size) / sum(1 - math.cos(frequency[pair]) for pair in fast))
        for pair in fast:
            back.k_proj.bias[pair] = reach
            back.q_proj.bias[pair] = reach * math.cos(frequency[pair])
            back.q_proj.bias[half + pair] = -reach * math.sin(frequency[pair])
        back.v_proj.weight[first] = identity
        back.o_proj.weight[:, first] = _NOTE * note.T
        # Contents are compared in the slow pairs, which hardly turn between two places of one row.
        for row, place in enumerate([*slow, *(half + pair for pair in slow)]):
            match.q_proj.weight[place] = _MATCH * identity[row]
            match.k_proj.weight[place] = _MATCH * note[row]
        for depth, layer in enumerate(layers[1:], 1):
            for head in range(1 if depth == 1 else 2):
                rows, written = slice(head * size, (head + 1) * size), projection()
                layer.v_proj.weight[rows] = written
                layer.o_proj.weight[:, rows] = _COPY * written.T


def practice(rng: random.Random) -> tuple[str, str]:
    """A comment that names random numbers, and lines of code that use them in the same order."""
    numbers = [_number(rng) for _ in range(rng.randrange(3, 9))]
    joint = rng.choice((" ", ", ", " and ", " -> ", " to "))
    mnemonics = ("LDA.w", "STA.w", "LDA", "STA.l", "LDA.l", "STA", "ADC.w", "db", "AND")
    code = "\n".join(f"    {rng.choice(mnemonics)} {number}" for number in numbers)
    return f"; {joint.join(numbers)}\n", code


def _number(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.45:
        return f"${rng.randrange(0x10000):04X}"
    if kind < 0.7:
        return f"${rng.randrange(0x1000000):06X}"
    return f"${rng.randrange(0x100):02X}" if kind < 0.85 else str(rng.randrange(0x100))
