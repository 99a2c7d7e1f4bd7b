"""The decoder of a Qwen2 with NF4 weights and LoRA adapters, written to train fast in little memory.

It computes what transformers, peft and bitsandbytes compute together (on a GPU the adapters multiply in bf16, though
they are float32), in other ways:

- Layers that read the same input are one matrix product (query, key and value; gate and up), and the A of their
  adapters another.
- Weights become bf16 in buffers that all decoder layers share, a layer's at once, and once for its recomputation and
  its gradient.
- A layer keeps its input alone and recomputes what the gradient needs, which excludes the largest product, `down_proj`;
  as many layers as the memory allows keep everything and recompute nothing.
- Packed rows attend within themselves by their lengths. No mask, no padding.
- Embeddings that are not also the output layer move to the computer's memory: a step reads few of them.

- The adapters' gradients go straight to where the optimiser reads them, not through autograd tensor by tensor.

`Fused` reads the weights and adapters of a peft model, which can then only be used through it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import torch
from torch.nn import functional

from oracle_lib.train.flat import flatten
from oracle_lib.train.packing import Packed, head_nll, positions, select_targets

if TYPE_CHECKING:
    from peft import PeftModel

ADAPTER = "default"


def can_fuse(model: "PeftModel") -> bool:
    """Whether this decoder is the model's: a Qwen2 as published, its weights NF4 with quantised scales."""
    causal = cast(Any, model).get_base_model()
    if type(causal).__name__ != "Qwen2ForCausalLM":
        return False
    config, weight = causal.config, causal.get_decoder().layers[0].mlp.down_proj.base_layer.weight
    state = getattr(weight, "quant_state", None)
    as_published = config.hidden_act == "silu" and not config.use_sliding_window
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
        # What multiplies stands in the type of the activations.
        self._multiplied = torch.empty_like(self.weights, dtype=embeddings.dtype, requires_grad=False)
        buffers = Buffers(self._layers[0], like=self._multiplied)
        size = len(self.weights) // len(self._layers)
        stretches = zip(self._multiplied.split(size), cast(Any, self.weights.grad).split(size), strict=True)
        for layer, (adapters, gradients) in zip(self._layers, stretches, strict=True):
            layer.place(buffers, adapters, gradients)
        self._embeddings = embeddings.data
        if embeddings.is_cuda and not decoder.config.tie_word_embeddings:
            self._embeddings = embeddings.data.cpu()
            embeddings.data = embeddings.data[:0].clone()

    def nll(self, packed: Packed) -> torch.Tensor:
        """The summed negative log-likelihood in nats of the targets."""
        self._multiplied.copy_(self.weights.detach())
        x = self._embed(torch.from_numpy(packed.ids))
        rows = Rows.of(packed.lengths, x, self._decoder.rotary_emb)
        recomputed = len(self._layers) - self._kept_layers(len(packed.ids))
        for index, layer in enumerate(self._layers):
            x = _LayerStep.apply(x, self.weights, layer, rows, index >= recomputed)  # type: ignore[no-untyped-call]
        learned, targets = select_targets(packed, self._device)
        normed = functional.rms_norm(x[learned], x.shape[-1:], self._decoder.norm.weight, self._epsilon)
        return head_nll(normed, self._causal.get_output_embeddings().weight, targets)

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
    """Room for what one decoder layer has at a time and the next one writes over: its dequantised weights, for each
    group of its linear layers, and the gradients of its adapters.
    """

    def __init__(self, layer: "_Layer", like: torch.Tensor) -> None:
        self.holder: object = None
        """The layer whose weights stand here."""
        self.weights = [like.new_empty(group.shape) for group in layer.groups]
        self.gradients = like.new_empty(sum(weight.numel() for weight in layer.adapters()), dtype=torch.float32)


class Linears:
    """Linear layers that read the same input, side by side: NF4 weights W, biases, and adapters A and B.

    With `s` the adapters' scale, the output is `x W' + s (x A') B' + bias`, of shape (tokens, all outputs).
    """

    def __init__(self, layers: Sequence[Any]) -> None:
        self._layers = layers
        self._sizes = [layer.base_layer.out_features for layer in layers]
        self.shape = sum(self._sizes), layers[0].base_layer.in_features
        """Of W: all outputs, inputs."""
        biases = [layer.base_layer.bias for layer in layers]
        self._bias = None if biases[0] is None else torch.cat(biases)
        self._rank, self._scale = layers[0].r[ADAPTER], layers[0].scaling[ADAPTER]

    def adapters(self) -> list[torch.nn.Parameter]:
        """The A of all layers, then their B."""
        every_a = [layer.lora_A[ADAPTER].weight for layer in self._layers]
        return every_a + [layer.lora_B[ADAPTER].weight for layer in self._layers]

    def place(self, weight: torch.Tensor, adapters: torch.Tensor, gradients: torch.Tensor) -> None:
        """Tells where W stands once it is dequantised, where the adapters that multiply stand end to end, in the order
        of `adapters`, and where their gradients go.
        """
        self._weight = weight
        self._bias = None if self._bias is None else self._bias.to(weight.dtype)
        self._a, self._b = self._apart(adapters)
        self._by_a, self._by_b = self._apart(gradients)

    def _apart(self, adapters: torch.Tensor) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """The A of all layers, of shape (all ranks, inputs), and each B, (outputs, rank)."""
        ranks, (_, inputs) = len(self._layers) * self._rank, self.shape
        every_a, *each_b = adapters.split([ranks * inputs, *(size * self._rank for size in self._sizes)])
        return every_a.view(ranks, inputs), [b.view(-1, self._rank) for b in each_b]

    def dequantise(self) -> None:
        """Writes W to its place."""
        for layer, part in zip(self._layers, self._weight.split(self._sizes), strict=True):
            dequantise(layer.base_layer.weight, part)

    def __call__(self, x: torch.Tensor, residual: torch.Tensor | None = None) -> tuple[torch.Tensor, torch.Tensor]:
        """The output for `x` (tokens, inputs), added to a residual where one is given; and `inner`, which
        `adapter_gradients` takes.
        """
        added, inner = self._bias if residual is None else residual, self.inner(x)
        y = x @ self._weight.T if added is None else torch.addmm(added, x, self._weight.T)
        for part, of_a, b in self._each(y, inner):
            part.addmm_(of_a, b.T, alpha=self._scale)
        return y, inner

    def inner(self, x: torch.Tensor) -> torch.Tensor:
        """The `x A'` of all ranks."""
        return x @ self._a.T

    def input_gradient(self, dy: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The gradient by the input, and that by `x A'`."""
        by_inner = dy.new_empty(len(dy), len(self._a))
        for part, of_a, b in self._each(dy, by_inner):
            torch.mm(part, b, out=of_a)
        if self._scale != 1:
            by_inner *= self._scale
        return (dy @ self._weight).addmm_(by_inner, self._a), by_inner

    def adapter_gradients(self, dy: torch.Tensor, by_inner: torch.Tensor, x: torch.Tensor, inner: torch.Tensor) -> None:
        """Writes the gradients by the adapters to their place."""
        scaled = inner if self._scale == 1 else inner * self._scale
        product_in_float(by_inner.T, x, self._by_a)
        for (part, of_a, _), by_b in zip(self._each(dy, scaled), self._by_b, strict=True):
            product_in_float(part.T, of_a, by_b)

    def _each(self, y: torch.Tensor, inner: torch.Tensor) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
        """The outputs of each layer, what stands between its A and its B, and its B."""
        return zip(y.split(self._sizes, dim=1), inner.split(self._rank, dim=1), self._b, strict=True)


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

    def adapters(self) -> list[torch.nn.Parameter]:
        """Those of its groups."""
        return [weight for group in self.groups for weight in group.adapters()]

    def place(self, buffers: Buffers, adapters: torch.Tensor, gradients: torch.Tensor) -> None:
        """Tells where the layer works, where the adapters that multiply stand end to end, in the order of `adapters`,
        and where their gradients add up.
        """
        self._buffers, self._gradients = buffers, gradients
        sizes = [sum(weight.numel() for weight in group.adapters()) for group in self.groups]
        places = zip(buffers.weights, adapters.split(sizes), buffers.gradients.split(sizes), strict=True)
        for group, (weight, of_group, by_group) in zip(self.groups, places, strict=True):
            group.place(weight, of_group, by_group)
        self._dequantise = launched_at_once([group.dequantise for group in self.groups], adapters.is_cuda)

    def _hold_weights(self) -> None:
        """Has the weights of this layer stand in the buffers."""
        if self._buffers.holder is not self:
            self._buffers.holder = self
            self._dequantise()

    def run(self, x: torch.Tensor, rows: Rows) -> _Activations:
        """The layer up to its last product."""
        self._hold_weights()
        qkv, of_qkv = self.qkv(rms_norm(x, self._norm_in, self._epsilon))
        qkv = qkv.unflatten(-1, (-1, self._width))
        rotate(qkv[:, : -self._key_heads], rows.cos, rows.sin)
        query, key, value = qkv.split([self._heads, self._key_heads, self._key_heads], dim=1)
        attended, state = attend(query, key, value, rows)
        middle, of_out = self.out(attended.flatten(1), residual=x)
        gate_up, of_gate_up = self.gate_up(rms_norm(middle, self._norm_mlp, self._epsilon))
        return _Activations(query, key, value, attended, state, (of_qkv, of_out, of_gate_up), middle, gate_up)

    def finish(self, done: _Activations) -> torch.Tensor:
        """The last product: the layer's output."""
        return self.down(swiglu(done.gate_up), residual=done.middle)[0]

    def gradients(self, dy: torch.Tensor, x: torch.Tensor, rows: Rows, done: _Activations) -> torch.Tensor:
        """The gradient by the layer's input; those by its adapters are added to their place. Uses `done` up."""
        self._hold_weights()
        inner_qkv, inner_out, inner_gate_up = done.inner
        by_mlp, by_inner = self.down.input_gradient(dy)
        mlp, by_gate_up = swiglu_gradient(by_mlp, done.gate_up)
        self.down.adapter_gradients(dy, by_inner, mlp, self.down.inner(mlp))
        del by_mlp, mlp

        by_normed, by_inner = self.gate_up.input_gradient(by_gate_up)
        normed = rms_norm(done.middle, self._norm_mlp, self._epsilon)
        self.gate_up.adapter_gradients(by_gate_up, by_inner, normed, inner_gate_up)
        del by_gate_up, normed, done.gate_up
        by_middle = rms_norm_gradient(by_normed, done.middle, self._norm_mlp, self._epsilon, dy)

        by_attended, by_inner = self.out.input_gradient(by_middle)
        self.out.adapter_gradients(by_middle, by_inner, done.attended.flatten(1), inner_out)
        by_qkv = torch.cat(attend_gradient(by_attended.view_as(done.attended), done, rows), dim=1)
        rotate(by_qkv[:, : -self._key_heads], rows.cos, -rows.sin)
        by_qkv = by_qkv.flatten(1)
        by_normed, by_inner = self.qkv.input_gradient(by_qkv)
        normed = rms_norm(x, self._norm_in, self._epsilon)
        self.qkv.adapter_gradients(by_qkv, by_inner, normed, inner_qkv)
        self._gradients += self._buffers.gradients
        return rms_norm_gradient(by_normed, x, self._norm_in, self._epsilon, by_middle)


class _LayerStep(torch.autograd.Function):
    """Takes the adapters' weights only so that autograd comes by: what they get is none of its business."""

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


def rms_norm(x: torch.Tensor, weight: torch.Tensor, epsilon: float) -> torch.Tensor:
    if x.is_cuda:
        normed: torch.Tensor = _kernels().rms_norm(x, weight, epsilon)
        return normed
    known = x.float()
    return weight * (known * torch.rsqrt(known.pow(2).mean(-1, keepdim=True) + epsilon)).to(x.dtype)


def rms_norm_gradient(
    dy: torch.Tensor, x: torch.Tensor, weight: torch.Tensor, epsilon: float, residual: torch.Tensor
) -> torch.Tensor:
    """The gradient by `x`, added to that of the residual stream around the norm."""
    if x.is_cuda:
        gradient: torch.Tensor = _kernels().rms_norm_gradient(dy, x, weight, epsilon, residual)
        return gradient
    known, by_normed = x.float(), (dy * weight).float()
    scale = torch.rsqrt(known.pow(2).mean(-1, keepdim=True) + epsilon)
    normed = known * scale
    by_x = scale * (by_normed - normed * (by_normed * normed).mean(-1, keepdim=True))
    return (residual.float() + by_x).to(x.dtype)


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


def swiglu(gate_up: torch.Tensor) -> torch.Tensor:
    if gate_up.is_cuda:
        activated: torch.Tensor = _kernels().swiglu(gate_up)
        return activated
    gate, up = gate_up.chunk(2, dim=-1)
    return functional.silu(gate) * up


def swiglu_gradient(dy: torch.Tensor, gate_up: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The output of `swiglu` again, and its gradient by `gate_up`; on a GPU in the memory of the arguments."""
    if gate_up.is_cuda:
        _kernels().swiglu_gradient(dy, gate_up)
        return dy, gate_up
    gate, up = gate_up.chunk(2, dim=-1)
    sigmoid = gate.sigmoid()
    silu = gate * sigmoid
    return silu * up, torch.cat([dy * up * (sigmoid + silu * (1 - sigmoid)), dy * silu], dim=-1)


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
