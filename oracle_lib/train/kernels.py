"""Triton kernels for what is neither a matrix product nor attention: each reads and writes every value once.

A compiler's kernels for the same formulas took four times as long on tensors whose halves are different things, and it
checks its tensors anew before each call. The formulas themselves stand in `oracle_lib.train.fused`, which runs them as
they are on a CPU.
"""
# mypy: disable-error-code="no-untyped-def, misc, untyped-decorator"

from typing import Any

import torch
import triton
import triton.language as tl

_BLOCK = 1024


def dequantise(weight: Any, out: torch.Tensor) -> None:
    """Writes the values of an NF4 weight of bitsandbytes, whose scales are quantised too, into `out`."""
    state, size = weight.quant_state, out.numel() // 2
    scales = state.state2
    _dequantise[(triton.cdiv(size, _BLOCK),)](
        weight.data, state.code, state.absmax, scales.code, scales.absmax, state.offset, out, out.stride(0), size,
        out.shape[1], state.blocksize // 2, scales.blocksize, _BLOCK,
    )  # fmt: skip


def swiglu(gate_up: torch.Tensor, out: torch.Tensor) -> None:
    """Writes `silu(gate) * up` of the halves of (tokens, 2 x width) to the first columns of `out`."""
    tokens, width = gate_up.shape[0], gate_up.shape[1] // 2
    _swiglu[(tokens, triton.cdiv(width, _BLOCK))](gate_up, out, gate_up.stride(0), out.stride(0), width, _BLOCK)


def swiglu_gradient(dy: torch.Tensor, gate_up: torch.Tensor) -> None:
    """Puts the output of `swiglu` in the place of its gradient `dy`, and the gradient by `gate_up` in its place."""
    tokens, width = dy.shape
    grid = tokens, triton.cdiv(width, _BLOCK)
    _swiglu_gradient[grid](dy, gate_up, dy.stride(0), gate_up.stride(0), width, _BLOCK)


def rotate(heads: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> None:
    """Turns (tokens, heads, width), whose heads may lie apart, by (tokens, 1, width) rotary positions, in place."""
    tokens, count, width = heads.shape
    blocks = triton.next_power_of_2(count), triton.next_power_of_2(width // 2)
    _rotate[(tokens,)](heads, cos, sin, heads.stride(0), heads.stride(1), count, width // 2, *blocks)


def rms_norm(x: torch.Tensor, weight: torch.Tensor, epsilon: float, out: torch.Tensor) -> None:
    """Writes the RMS norm of (tokens, width) to the first columns of `out`."""
    tokens, width = x.shape
    block = triton.next_power_of_2(width)
    _rms_norm[(tokens,)](x, weight, out, x.stride(0), out.stride(0), epsilon, width, block, num_warps=8)


def rms_norm_gradient(
    dy: torch.Tensor, x: torch.Tensor, weight: torch.Tensor, epsilon: float, residual: torch.Tensor, out: torch.Tensor
) -> None:
    """Writes the gradient of `rms_norm` by `x`, added to `residual`, to the first columns of `out`."""
    tokens, width = x.shape
    _rms_norm_gradient[(tokens,)](
        dy, x, weight, residual, out, dy.stride(0), x.stride(0), residual.stride(0), out.stride(0), epsilon, width,
        triton.next_power_of_2(width), num_warps=8,
    )  # fmt: skip


def norm_heads(heads: torch.Tensor, gain: torch.Tensor, epsilon: float, out: torch.Tensor) -> None:
    """Writes the RMS norm of each head of (tokens, heads, width), times its gain (heads, width), to `out`."""
    tokens, count, width = heads.shape
    blocks = triton.next_power_of_2(count), triton.next_power_of_2(width)
    strides = heads.stride(0), heads.stride(1), out.stride(0), out.stride(1)
    _norm_heads[(tokens,)](heads, gain, out, *strides, epsilon, count, width, *blocks, num_warps=8)


def norm_heads_gradient(dy: torch.Tensor, heads: torch.Tensor, gain: torch.Tensor, epsilon: float) -> None:
    """Puts the gradient of `norm_heads` by `heads` in the place of `dy`."""
    tokens, count, width = heads.shape
    blocks = triton.next_power_of_2(count), triton.next_power_of_2(width)
    strides = dy.stride(0), dy.stride(1), heads.stride(0), heads.stride(1)
    _norm_heads_gradient[(tokens,)](dy, heads, gain, *strides, epsilon, count, width, *blocks, num_warps=8)


@triton.jit
def _rms_norm(x, weight, out, x_stride, out_stride, epsilon, width: tl.constexpr, block: tl.constexpr):
    row, columns = tl.program_id(0).to(tl.int64), tl.arange(0, block)
    inside = columns < width
    known = tl.load(x + row * x_stride + columns, mask=inside, other=0).to(tl.float32)
    normed = known * tl.rsqrt(tl.sum(known * known) / width + epsilon)
    scale = tl.load(weight + columns, mask=inside, other=0)
    tl.store(out + row * out_stride + columns, scale * normed.to(scale.dtype), mask=inside)


@triton.jit
def _rms_norm_gradient(
    dy, x, weight, residual, out, dy_stride, x_stride, residual_stride, out_stride, epsilon,
    width: tl.constexpr, block: tl.constexpr,
):  # fmt: skip
    row, columns = tl.program_id(0).to(tl.int64), tl.arange(0, block)
    inside = columns < width
    known = tl.load(x + row * x_stride + columns, mask=inside, other=0).to(tl.float32)
    slope = tl.load(dy + row * dy_stride + columns, mask=inside, other=0)
    by_normed = (slope * tl.load(weight + columns, mask=inside, other=0)).to(tl.float32)
    scale = tl.rsqrt(tl.sum(known * known) / width + epsilon)
    normed = known * scale
    by_x = scale * (by_normed - normed * (tl.sum(by_normed * normed) / width))
    around = tl.load(residual + row * residual_stride + columns, mask=inside, other=0).to(tl.float32)
    tl.store(out + row * out_stride + columns, around + by_x, mask=inside)


@triton.jit
def _norm_heads(
    heads, gain, out, token_stride, head_stride, out_token_stride, out_head_stride, epsilon,
    count: tl.constexpr, width: tl.constexpr, count_block: tl.constexpr, width_block: tl.constexpr,
):  # fmt: skip
    row = tl.program_id(0).to(tl.int64)
    head, places = tl.arange(0, count_block)[:, None], tl.arange(0, width_block)[None, :]
    inside = (head < count) & (places < width)
    at_heads = heads + row * token_stride + head * head_stride + places
    known = tl.load(at_heads, mask=inside, other=0).to(tl.float32)
    normed = known * tl.rsqrt(tl.sum(known * known, axis=1, keep_dims=True) / width + epsilon)
    scale = tl.load(gain + head * width + places, mask=inside, other=0)
    at_out = out + row * out_token_stride + head * out_head_stride + places
    tl.store(at_out, scale * normed.to(scale.dtype), mask=inside)


@triton.jit
def _norm_heads_gradient(
    dy, heads, gain, dy_token_stride, dy_head_stride, token_stride, head_stride, epsilon,
    count: tl.constexpr, width: tl.constexpr, count_block: tl.constexpr, width_block: tl.constexpr,
):  # fmt: skip
    row = tl.program_id(0).to(tl.int64)
    head, places = tl.arange(0, count_block)[:, None], tl.arange(0, width_block)[None, :]
    inside = (head < count) & (places < width)
    at_heads = heads + row * token_stride + head * head_stride + places
    known = tl.load(at_heads, mask=inside, other=0).to(tl.float32)
    at_slope = dy + row * dy_token_stride + head * dy_head_stride + places
    slope = tl.load(at_slope, mask=inside, other=0)
    by_normed = (slope * tl.load(gain + head * width + places, mask=inside, other=0)).to(tl.float32)
    scale = tl.rsqrt(tl.sum(known * known, axis=1, keep_dims=True) / width + epsilon)
    normed = known * scale
    by_heads = scale * (by_normed - normed * (tl.sum(by_normed * normed, axis=1, keep_dims=True) / width))
    tl.store(at_slope, by_heads, mask=inside)


@triton.jit
def _dequantise(
    packed, code, scales, scale_code, scale_scales, offset, out, out_stride, size,
    width: tl.constexpr, bytes_a_scale: tl.constexpr, scales_a_scale: tl.constexpr, block: tl.constexpr,
):  # fmt: skip
    places = tl.program_id(0) * block + tl.arange(0, block)  # 32 bits: no weight has 2**31 values
    inside = places < size
    pair = tl.load(packed + places, mask=inside, other=0)
    at_scale = places // bytes_a_scale
    scale = tl.load(scale_code + tl.load(scales + at_scale, mask=inside, other=0))
    scale = scale * tl.load(scale_scales + at_scale // scales_a_scale, mask=inside, other=0) + tl.load(offset)
    first, second = tl.load(code + (pair >> 4)) * scale, tl.load(code + (pair & 15)) * scale
    both = tl.program_id(0) * 2 * block + tl.arange(0, 2 * block)
    row, column = both // width, both % width
    tl.store(out + row * out_stride + column, tl.interleave(first, second), mask=both < 2 * size)


@triton.jit
def _swiglu(gate_up, out, gate_up_stride, out_stride, width: tl.constexpr, block: tl.constexpr):
    row = tl.program_id(0).to(tl.int64)
    columns = tl.program_id(1) * block + tl.arange(0, block)
    inside = columns < width
    gate = tl.load(gate_up + row * gate_up_stride + columns, mask=inside).to(tl.float32)
    up = tl.load(gate_up + row * gate_up_stride + width + columns, mask=inside).to(tl.float32)
    tl.store(out + row * out_stride + columns, gate * tl.sigmoid(gate) * up, mask=inside)


@triton.jit
def _swiglu_gradient(dy, gate_up, dy_stride, gate_up_stride, width: tl.constexpr, block: tl.constexpr):
    row = tl.program_id(0).to(tl.int64)
    columns = tl.program_id(1) * block + tl.arange(0, block)
    inside = columns < width
    at_gate = gate_up + row * gate_up_stride + columns
    slope = tl.load(dy + row * dy_stride + columns, mask=inside).to(tl.float32)
    gate = tl.load(at_gate, mask=inside).to(tl.float32)
    up = tl.load(at_gate + width, mask=inside).to(tl.float32)
    sigmoid = tl.sigmoid(gate)
    silu = gate * sigmoid
    tl.store(dy + row * dy_stride + columns, silu * up, mask=inside)
    tl.store(at_gate, slope * up * (sigmoid + silu * (1 - sigmoid)), mask=inside)
    tl.store(at_gate + width, slope * silu, mask=inside)


@triton.jit
def _rotate(
    heads, cos, sin, token_stride, head_stride, count: tl.constexpr, half: tl.constexpr,
    count_block: tl.constexpr, half_block: tl.constexpr,
):  # fmt: skip
    row, head, places = (
        tl.program_id(0).to(tl.int64),
        tl.arange(0, count_block)[:, None],
        tl.arange(0, half_block)[None, :],
    )
    inside = (head < count) & (places < half)
    at_first = heads + row * token_stride + head * head_stride + places
    first = tl.load(at_first, mask=inside).to(tl.float32)
    second = tl.load(at_first + half, mask=inside).to(tl.float32)
    c = tl.load(cos + row * 2 * half + places, mask=places < half).to(tl.float32)
    s = tl.load(sin + row * 2 * half + places, mask=places < half).to(tl.float32)
    tl.store(at_first, first * c - second * s, mask=inside)
    tl.store(at_first + half, second * c + first * s, mask=inside)
