"""The decoder of a Qwen2 or Qwen3 with NF4 weights and LoRA adapters, written to train fast in little memory.

It computes what transformers, peft and bitsandbytes compute together (on a GPU the adapters multiply in bf16, though
they are float32), in other ways:

- Layers that read the same input are one matrix product (query, key and value; gate and up), which multiplies by their
  adapters along with their weights: `x W' + (x A') B'` is `[x, x A'] [W, B]'`, and so is the gradient by `x`.
- Weights become bf16 in buffers that all decoder layers share, a layer's at once, and once for its recomputation and
  its gradient.
- A layer keeps its input alone and recomputes what the gradient needs, which excludes the largest product, `down_proj`;
  as many layers as the memory allows keep everything and recompute nothing.
- Packed rows attend within themselves by their lengths. No mask, no padding.
- Embeddings that are not also the output layer move to the computer's memory: a step reads few of them.
- The adapters' gradients go straight to where the optimiser reads them, not through autograd tensor by tensor.

`Fused` reads the weights and adapters of a peft model, which can then only be used through it, or while it is `whole`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import torch
from torch.nn import functional

from oracle_lib.train.flat import flatten
from oracle_lib.train.packing import Packed, head_nll, positions, select_targets

if TYPE_CHECKING:
    from peft import PeftModel

ADAPTER = "default"
_ALIGNED = 64
"""Values of bf16 in 128 bytes."""


def can_fuse(model: "PeftModel") -> bool:
    """Whether this decoder is the model's: a Qwen2 or dense Qwen3 as published, its weights NF4 with quantised scales.

    Both are one decoder but for queries, keys and values: Qwen2 adds biases to them, Qwen3 norms the first two.
    """
    causal = cast(Any, model).get_base_model()
    if type(causal).__name__ not in ("Qwen2ForCausalLM", "Qwen3ForCausalLM"):
        return False
    config, weight = causal.config, causal.get_decoder().layers[0].mlp.down_proj.base_layer.weight
    state = getattr(weight, "quant_state", None)
    as_published = config.hidden_act == "silu" and not config.use_sliding_window
    as_published &= not getattr(config, "attention_bias", False)
    return as_published and state is not None and state.quant_type == "nf4" and state.nested


class Fused:
    """The negative log-likelihood of packed rows under a model. Its gradients add up in that of `weights`, which holds
    the adapters of all layers end to end.
    """

    def __init__(self, model: "PeftModel", kept_layers: Callable[[int], int] = lambda tokens: 0) -> None:
        """`kept_layers` tells how many of the decoder's layers keep what their gradient needs, instead of computing it
        again, when so many tokens are read at a time.
        """
        self._causal: Any = cast(Any, model).get_base_model()
        decoder: Any = self._causal.get_decoder()
        self._decoder = decoder
        self._epsilon = decoder.config.rms_norm_eps
        self._device = model.device
        self._kept_layers = kept_layers
        embeddings = decoder.embed_tokens.weight
        self._layers = [_Layer(layer, decoder.config) for layer in decoder.layers]
        self.weights = flatten([weight for layer in self._layers for weight in layer.adapters()])
        self._buffers = Buffers(self._layers[0], embeddings)
        gradients = cast(torch.Tensor, self.weights.grad).split(len(self.weights) // len(self._layers))
        for layer, of_layer in zip(self._layers, gradients, strict=True):
            layer.place(self._buffers, of_layer)
        self._embeddings = embeddings.data
        if embeddings.is_cuda and not decoder.config.tie_word_embeddings:
            self._embeddings = embeddings.data.cpu()
            embeddings.data = embeddings.data[:0].clone()

    def nll(self, packed: Packed) -> torch.Tensor:
        """The summed negative log-likelihood in nats of the targets."""
        self._buffers.holder = None  # the adapters may be others by now
        x = self._embed(torch.from_numpy(packed.ids))
        rows = Rows.of(packed.lengths, x, self._decoder.rotary_emb)
        recomputed = len(self._layers) - self._kept_layers(len(packed.ids))
        for index, layer in enumerate(self._layers):
            x = _LayerStep.apply(x, self.weights, layer, rows, index >= recomputed)  # type: ignore[no-untyped-call]
        learned, targets = select_targets(packed, self._device)
        normed = functional.rms_norm(x[learned], x.shape[-1:], self._decoder.norm.weight, self._epsilon)
        return head_nll(normed, self._causal.get_output_embeddings().weight, targets)

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Puts embeddings that moved to the computer's memory back, so that the peft model can be called meanwhile."""
        embeddings = self._decoder.embed_tokens.weight
        left = embeddings.data
        embeddings.data = self._embeddings.to(self._device)
        try:
            yield
        finally:
            embeddings.data = left

    def _embed(self, ids: torch.Tensor) -> torch.Tensor:
        if self._embeddings.device == self._device:
            return functional.embedding(ids.to(self._device), self._embeddings)
        x = torch.empty(len(ids), self._embeddings.shape[1], dtype=self._embeddings.dtype, pin_memory=True)
        torch.index_select(self._embeddings, 0, ids, out=x)
        return x.to(self._device, non_blocking=True)


class Rows(NamedTuple):
    """Where packed rows begin and end (`bounds`, int32, and the longest), and their rotary positions."""

    bounds: torch.Tensor
    longest: int
    lengths: tuple[int, ...]
    cos: torch.Tensor
    sin: torch.Tensor

    @staticmethod
    def of(lengths: tuple[int, ...], x: torch.Tensor, rotary: Any) -> "Rows":
        places = positions(lengths).to(x.device, non_blocking=True)
        cos, sin = rotary(x, places[None])
        bounds = torch.tensor([0, *lengths]).cumsum(0).to(torch.int32).to(x.device, non_blocking=True)
        return Rows(bounds, max(lengths), lengths, cos[0, :, None], sin[0, :, None])


class Buffers:
    """Room for what one decoder layer has at a time and the next one writes over: the matrix of each group of its
    linear layers, in the type of the activations, and the gradients of its adapters.
    """

    def __init__(self, layer: "_Layer", like: torch.Tensor) -> None:
        self.holder: object = None
        """The layer whose matrices stand here."""
        self.matrices = [wide(like, *group.shape).zero_() for group in layer.groups]
        self.gradients = like.new_empty(sum(weight.numel() for weight in layer.adapters()), dtype=torch.float32)


class Linears:
    """Linear layers that read the same input, side by side: NF4 weights W, biases, and adapters A and B.

    With `s` the adapters' scale, the output is `x W' + (x A') s B' + bias`. The matrix is `[[W, s B], [A, 0]]`, where
    each B stands beside the W of its layer alone: the product of `[x, x A']` with the upper rows is the output, that of
    `[dy, dy s B]` with the left columns is the gradient by `x`. What comes in has room for these last columns.
    """

    def __init__(self, layers: Sequence[Any]) -> None:
        self._layers = layers
        self._sizes = [layer.base_layer.out_features for layer in layers]
        self._outputs, self._inputs = sum(self._sizes), layers[0].base_layer.in_features
        self._rank, self._scale = layers[0].r[ADAPTER], layers[0].scaling[ADAPTER]
        self.ranks = len(layers) * self._rank
        """Of all layers: how many columns come behind the inputs, and behind the gradients by the outputs."""
        self.shape = self._outputs + self.ranks, self._inputs + self.ranks
        """Of the matrix."""
        biases = [layer.base_layer.bias for layer in layers]
        self._bias = None if biases[0] is None else torch.cat(biases)

    def adapters(self) -> list[torch.nn.Parameter]:
        """The A of all layers, then their B."""
        every_a = [layer.lora_A[ADAPTER].weight for layer in self._layers]
        return every_a + [layer.lora_B[ADAPTER].weight for layer in self._layers]

    def place(self, matrix: torch.Tensor, gradients: torch.Tensor) -> None:
        """Tells where the matrix stands once it is filled, and where the gradients of `adapters` go, end to end."""
        outputs, inputs = self._outputs, self._inputs
        self._forward, self._backward = matrix[:outputs].T, matrix[:, :inputs]
        self._a, self._b = matrix[outputs:, :inputs], matrix[:outputs, inputs:]
        self._weights = matrix[:outputs, :inputs].split(self._sizes)
        self._each_a = self._a.split(self._rank)
        self._each_b = [
            rows[:, start : start + self._rank]
            for rows, start in zip(self._b.split(self._sizes), range(0, self.ranks, self._rank), strict=True)
        ]
        by_a, *by_b = gradients.split([self.ranks * inputs, *(size * self._rank for size in self._sizes)])
        self._by_a, self._by_b = by_a.view(self.ranks, inputs), [part.view(-1, self._rank) for part in by_b]

    def fill(self) -> None:
        """Writes the matrix of these layers to its place."""
        with torch.no_grad():
            for layer, weight, a, b in zip(self._layers, self._weights, self._each_a, self._each_b, strict=True):
                dequantise(layer.base_layer.weight, weight)
                a.copy_(layer.lora_A[ADAPTER].weight)
                b.copy_(layer.lora_B[ADAPTER].weight)
                if self._scale != 1:
                    b *= self._scale

    def __call__(
        self, x: torch.Tensor, residual: torch.Tensor | None = None, room: int = 0
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The output for `x` (tokens, inputs + ranks), added to a residual where one is given, with `room` for more
        columns; and the `x A'` of all ranks.
        """
        inner = self.inner(x[:, : self._inputs])
        x[:, self._inputs :] = inner
        added = self._bias if residual is None else residual
        if not room:
            return x @ self._forward if added is None else torch.addmm(added, x, self._forward), inner
        y = wide(x, len(x), self._outputs + room)
        torch.mm(x, self._forward, out=y[:, : self._outputs])
        return y, inner

    def inner(self, x: torch.Tensor) -> torch.Tensor:
        """The `x A'` of all ranks, for `x` (tokens, inputs)."""
        return x @ self._a.T

    def input_gradient(self, dy: torch.Tensor) -> torch.Tensor:
        """The gradient by the input, for that by the output, `dy` (tokens, outputs + ranks)."""
        torch.mm(dy[:, : self._outputs], self._b, out=dy[:, self._outputs :])
        return dy @ self._backward

    def adapter_gradients(self, dy: torch.Tensor, x: torch.Tensor, inner: torch.Tensor) -> None:
        """Writes the gradients by the adapters to their place, after `input_gradient`."""
        product_in_float(dy[:, self._outputs :].T, x, self._by_a)
        scaled = inner if self._scale == 1 else inner * self._scale
        parts = zip(
            dy[:, : self._outputs].split(self._sizes, dim=1), scaled.split(self._rank, dim=1), self._by_b, strict=True
        )
        for part, of_a, by_b in parts:
            product_in_float(part.T, of_a, by_b)


def wide(like: torch.Tensor, rows: int, columns: int) -> torch.Tensor:
    """An empty matrix whose rows begin at multiples of 128 bytes, as a GPU likes to read them."""
    return like.new_empty(rows, -(-columns // _ALIGNED) * _ALIGNED)[:, :columns]


def widened(x: torch.Tensor, more: int) -> torch.Tensor:
    """A matrix with so many more columns, which say nothing yet."""
    copy = wide(x, len(x), x.shape[1] + more)
    copy[:, : x.shape[1]] = x
    return copy


@dataclass
class _Activations:
    """What the gradient of a layer needs of its forward pass besides its input."""

    query: torch.Tensor
    key: torch.Tensor
    value: torch.Tensor
    attended: torch.Tensor
    attention_state: Any
    inner: tuple[torch.Tensor, torch.Tensor, torch.Tensor]
    """The `x A'` of query, key and value, of the output, and of gate and up."""
    middle: torch.Tensor
    """The residual stream between attention and MLP."""
    gate_up: torch.Tensor
    """With room for what `Linears.input_gradient` puts behind its gradient."""
    unnormed: torch.Tensor | None = None
    """Queries and keys before their norm, where they have one."""


class _Layer:
    """A decoder layer: attention, then a gated MLP, each after an RMS norm and added to the residual stream."""

    def __init__(self, layer: Any, config: Any) -> None:
        attention, mlp = layer.self_attn, layer.mlp
        self.qkv = Linears([attention.q_proj, attention.k_proj, attention.v_proj])
        self.out = Linears([attention.o_proj])
        self.gate_up = Linears([mlp.gate_proj, mlp.up_proj])
        self.down = Linears([mlp.down_proj])
        self.groups = (self.qkv, self.out, self.gate_up, self.down)
        self._norm_in, self._norm_mlp = layer.input_layernorm.weight, layer.post_attention_layernorm.weight
        self._epsilon = config.rms_norm_eps
        self._width = attention.head_dim
        self._heads, self._key_heads = config.num_attention_heads, config.num_key_value_heads
        self._gain = _head_gain(attention, self._heads, self._key_heads)
        self._qkv = (self._heads + 2 * self._key_heads) * self._width
        self._gate_up = 2 * config.intermediate_size

    def adapters(self) -> list[torch.nn.Parameter]:
        """Those of its groups."""
        return [weight for group in self.groups for weight in group.adapters()]

    def place(self, buffers: Buffers, gradients: torch.Tensor) -> None:
        """Tells where the layer works, and where the gradients of `adapters` add up, end to end."""
        self._buffers, self._gradients = buffers, gradients
        parts = buffers.gradients.split([sum(weight.numel() for weight in group.adapters()) for group in self.groups])
        for group, matrix, part in zip(self.groups, buffers.matrices, parts, strict=True):
            group.place(matrix, part)
        self._fill = launched_at_once([group.fill for group in self.groups], gradients.is_cuda)

    def _hold_matrices(self) -> None:
        """Has the matrices of this layer stand in the buffers."""
        if self._buffers.holder is not self:
            self._buffers.holder = self
            self._fill()

    def run(self, x: torch.Tensor, rows: Rows) -> _Activations:
        """The layer up to its last product."""
        self._hold_matrices()
        qkv, of_qkv = self.qkv(rms_norm(x, self._norm_in, self._epsilon, self.qkv.ranks))
        qkv = qkv.unflatten(-1, (-1, self._width))
        turned, value = qkv[:, : -self._key_heads], qkv[:, -self._key_heads :]
        unnormed = None
        if self._gain is not None:
            unnormed, turned = turned, norm_heads(turned, self._gain, self._epsilon)
        rotate(turned, rows.cos, rows.sin)
        query, key = turned.split([self._heads, self._key_heads], dim=1)
        attended, state = attend(query, key, value, rows)
        middle, of_out = self.out(widened(attended.flatten(1), self.out.ranks), residual=x)
        normed = rms_norm(middle, self._norm_mlp, self._epsilon, self.gate_up.ranks)
        gate_up, of_gate_up = self.gate_up(normed, room=self.gate_up.ranks)
        inner = (of_qkv, of_out, of_gate_up)
        return _Activations(query, key, value, attended, state, inner, middle, gate_up, unnormed)

    def finish(self, done: _Activations) -> torch.Tensor:
        """The last product: the layer's output."""
        return self.down(swiglu(done.gate_up[:, : self._gate_up], self.down.ranks), residual=done.middle)[0]

    def gradients(self, dy: torch.Tensor, x: torch.Tensor, rows: Rows, done: _Activations) -> torch.Tensor:
        """The gradient by the layer's input; those by its adapters are added to their place. Uses `done` up."""
        self._hold_matrices()
        inner_qkv, inner_out, inner_gate_up = done.inner
        by_down = widened(dy, self.down.ranks)
        by_mlp, by_gate_up = self.down.input_gradient(by_down), done.gate_up
        mlp = swiglu_gradient(by_mlp, by_gate_up[:, : self._gate_up])
        self.down.adapter_gradients(by_down, mlp, self.down.inner(mlp))
        del by_mlp, mlp, by_down

        by_normed = self.gate_up.input_gradient(by_gate_up)
        normed = rms_norm(done.middle, self._norm_mlp, self._epsilon)
        self.gate_up.adapter_gradients(by_gate_up, normed, inner_gate_up)
        del by_gate_up, normed, done.gate_up
        by_middle = rms_norm_gradient(by_normed, done.middle, self._norm_mlp, self._epsilon, dy, self.out.ranks)

        by_attended = self.out.input_gradient(by_middle)
        self.out.adapter_gradients(by_middle, done.attended.flatten(1), inner_out)
        by_qkv = wide(x, len(x), self._qkv + self.qkv.ranks)
        by_heads = by_qkv[:, : self._qkv].unflatten(1, (-1, self._width))
        torch.cat(attend_gradient(by_attended.view_as(done.attended), done, rows), dim=1, out=by_heads)
        by_turned = by_heads[:, : -self._key_heads]
        rotate(by_turned, rows.cos, -rows.sin)
        if self._gain is not None:
            norm_heads_gradient(by_turned, cast(torch.Tensor, done.unnormed), self._gain, self._epsilon)
        by_normed = self.qkv.input_gradient(by_qkv)
        normed = rms_norm(x, self._norm_in, self._epsilon)
        self.qkv.adapter_gradients(by_qkv, normed, inner_qkv)
        self._gradients += self._buffers.gradients
        return rms_norm_gradient(by_normed, x, self._norm_in, self._epsilon, by_middle)


def _head_gain(attention: Any, heads: int, key_heads: int) -> torch.Tensor | None:
    """What the norms of queries and keys multiply each head by, (heads + key heads, width); None without norms."""
    if not hasattr(attention, "q_norm"):
        return None
    gains = (attention.q_norm.weight.expand(heads, -1), attention.k_norm.weight.expand(key_heads, -1))
    return torch.cat(gains).detach()


class _LayerStep(torch.autograd.Function):
    """Takes the adapters' weights only so that autograd calls `backward`, which adds to their gradient itself."""

    @staticmethod
    def forward(
        ctx: Any, x: torch.Tensor, weights: torch.Tensor, layer: _Layer, rows: Rows, kept: bool
    ) -> torch.Tensor:
        done = layer.run(x, rows)
        ctx.save_for_backward(x)
        ctx.layer, ctx.rows, ctx.done = layer, rows, done if kept else None
        return layer.finish(done)

    @staticmethod
    def backward(ctx: Any, dy: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        (x,) = ctx.saved_tensors
        done = ctx.done or ctx.layer.run(x, ctx.rows)
        ctx.done = None
        by_x = ctx.layer.gradients(dy.contiguous(), x, ctx.rows, done)
        return by_x if ctx.needs_input_grad[0] else None, None, None, None, None


def launched_at_once(actions: Sequence[Callable[[], None]], on_gpu: bool) -> Callable[[], None]:
    """All actions as one, which always do the same to the same memory: a GPU gets their kernels as one graph."""

    def run() -> None:
        for action in actions:
            action()

    if not on_gpu:
        return run
    run()  # compiles the kernels, which nothing may do while they are recorded
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        run()
    return graph.replay


def rms_norm(x: torch.Tensor, weight: torch.Tensor, epsilon: float, room: int = 0) -> torch.Tensor:
    """The RMS norm of (tokens, width), with `room` for more columns."""
    out = wide(x, len(x), x.shape[1] + room)
    if x.is_cuda:
        _kernels().rms_norm(x, weight, epsilon, out)
    else:
        normed, _ = _normed(x, epsilon)
        torch.mul(weight, normed.to(x.dtype), out=out[:, : x.shape[1]])
    return out


def rms_norm_gradient(
    dy: torch.Tensor, x: torch.Tensor, weight: torch.Tensor, epsilon: float, residual: torch.Tensor, room: int = 0
) -> torch.Tensor:
    """The gradient by `x`, added to the first columns of `residual`, the gradient around the norm; with `room`."""
    width = x.shape[1]
    out = wide(x, len(x), width + room)
    if x.is_cuda:
        _kernels().rms_norm_gradient(dy, x, weight, epsilon, residual, out)
    else:
        out[:, :width] = residual[:, :width].float() + _by_unnormed(dy * weight, x, epsilon)
    return out


def norm_heads(heads: torch.Tensor, gain: torch.Tensor, epsilon: float) -> torch.Tensor:
    """The RMS norm of each head of (tokens, heads, width) alone, times its `gain` (heads, width)."""
    out = heads.new_empty(heads.shape)
    if heads.is_cuda:
        _kernels().norm_heads(heads, gain, epsilon, out)
    else:
        normed, _ = _normed(heads, epsilon)
        torch.mul(gain, normed.to(heads.dtype), out=out)
    return out


def norm_heads_gradient(dy: torch.Tensor, heads: torch.Tensor, gain: torch.Tensor, epsilon: float) -> None:
    """Puts the gradient of `norm_heads` by `heads` in the place of that by its output."""
    if dy.is_cuda:
        _kernels().norm_heads_gradient(dy, heads, gain, epsilon)
    else:
        dy.copy_(_by_unnormed(dy * gain, heads, epsilon))


def _normed(x: torch.Tensor, epsilon: float) -> tuple[torch.Tensor, torch.Tensor]:
    """`x` over the root of the mean square of its last dimension, and one over that root, in float32."""
    known = x.float()
    scale = torch.rsqrt(known.pow(2).mean(-1, keepdim=True) + epsilon)
    return known * scale, scale


def _by_unnormed(by_normed: torch.Tensor, x: torch.Tensor, epsilon: float) -> torch.Tensor:
    """The gradient of `_normed` by `x` in float32."""
    slope, (normed, scale) = by_normed.float(), _normed(x, epsilon)
    return scale * (slope - normed * (slope * normed).mean(-1, keepdim=True))


def product_in_float(a: torch.Tensor, b: torch.Tensor, out: torch.Tensor) -> None:
    """Writes a product to `out`, float32. Its sums are not rounded to the type of its factors."""
    if a.is_cuda:
        torch.mm(a, b, out_dtype=torch.float32, out=out)
    else:
        torch.mm(a, b, out=out)


def dequantise(weight: Any, out: torch.Tensor) -> None:
    """Writes the values of an NF4 weight of bitsandbytes into `out`."""
    if out.is_cuda:
        _kernels().dequantise(weight, out)
        return
    from bitsandbytes.functional import dequantize_4bit

    out.copy_(dequantize_4bit(weight.data, weight.quant_state))


def rotate(heads: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> None:
    """Turns (tokens, heads, width) by rotary positions, in place; `-sin` turns gradients back."""
    if heads.is_cuda:
        _kernels().rotate(heads, cos, sin)
        return
    first, second = heads.chunk(2, dim=-1)
    heads.copy_(heads * cos + torch.cat([-second, first], dim=-1) * sin)


def swiglu(gate_up: torch.Tensor, room: int = 0) -> torch.Tensor:
    """`silu(gate) * up` of the halves of (tokens, 2 x width), with `room` for more columns."""
    width = gate_up.shape[1] // 2
    out = wide(gate_up, len(gate_up), width + room)
    if gate_up.is_cuda:
        _kernels().swiglu(gate_up, out)
    else:
        gate, up = gate_up.chunk(2, dim=-1)
        torch.mul(functional.silu(gate), up, out=out[:, :width])
    return out


def swiglu_gradient(dy: torch.Tensor, gate_up: torch.Tensor) -> torch.Tensor:
    """Puts the gradient by `gate_up` in its place, and returns the output of `swiglu` again, in the place of `dy`."""
    if dy.is_cuda:
        _kernels().swiglu_gradient(dy, gate_up)
        return dy
    gate, up = gate_up.chunk(2, dim=-1)
    sigmoid = gate.sigmoid()
    silu = gate * sigmoid
    out = silu * up
    gate_up.copy_(torch.cat([dy * up * (sigmoid + silu * (1 - sigmoid)), dy * silu], dim=-1))
    return dy.copy_(out)


def _kernels() -> Any:
    """Imported where they are used: Triton comes with PyTorch's GPU builds alone."""
    from oracle_lib.train import kernels

    return kernels


def attend(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, rows: Rows) -> tuple[torch.Tensor, Any]:
    """Causal attention within each row, of (tokens, heads, width); and what its gradient needs besides."""
    if not query.is_cuda:
        return _attend_row_by_row(query, key, value, rows), None
    attended, *state, _ = torch.ops.aten._flash_attention_forward(
        query, key, value, rows.bounds, rows.bounds, rows.longest, rows.longest, 0.0, True, False
    )
    return attended, state


def attend_gradient(
    by_attended: torch.Tensor, done: _Activations, rows: Rows
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The gradients by query, key and value."""
    inputs = (done.query, done.key, done.value)
    if not by_attended.is_cuda:
        with torch.enable_grad():
            leaves = [part.detach().requires_grad_() for part in inputs]
            attended = _attend_row_by_row(leaves[0], leaves[1], leaves[2], rows)
            by_query, by_key, by_value = torch.autograd.grad(attended, leaves, by_attended)
        return by_query, by_key, by_value
    log_sums, *random_state = done.attention_state
    gradients: tuple[torch.Tensor, torch.Tensor, torch.Tensor] = torch.ops.aten._flash_attention_backward(
        by_attended, *inputs, done.attended, log_sums, rows.bounds, rows.bounds, rows.longest, rows.longest, 0.0, True,
        *random_state,
    )  # fmt: skip
    return gradients


def _attend_row_by_row(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, rows: Rows) -> torch.Tensor:
    attended = []
    for parts in zip(*(part.split(rows.lengths) for part in (query, key, value)), strict=True):
        q, k, v = (part.transpose(0, 1) for part in parts)
        attended.append(functional.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True))
    return torch.cat(attended, dim=1).transpose(0, 1)
