"""Decodes answers to many prompts at once, greedily or sampled, with any causal model of transformers. Loads no model.

The rows of a batch stand side by side in one cache of keys and values. A row that ends makes room for one that waits,
and when none waits any more the batch shrinks, so the model never works long on what is finished; for prompts that come
later it grows again. It chooses the tokens that `generate` of transformers would; `benchmarks/generation.py` sets the
two side by side.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from oracle_lib.bases import Shape
from oracle_lib.progress import tqdm

if TYPE_CHECKING:  # torch and transformers take seconds to load
    import torch
    from peft import PeftModel
    from torch import Tensor
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

_CPU_ROWS, _GPU_ROWS = 16, 1024
"""Rows at a time: many on a GPU, where a step costs mostly what reading the weights does, however many share it."""
_CACHE_SHARE = 0.6
"""Of a GPU's free memory, what keys, values and logits may take."""
_CHOICE_BYTES = 32
"""What choosing a row's token takes at most for each token of the vocabulary: where `top_p` sorts them."""
_READ_AT_ONCE = 8192
"""Tokens of prompts, padding included, that the model reads at a time."""
_ALIGNMENT = 128
"""The columns that are attended to are a multiple of it: kernels want their masks aligned, and each number of columns
takes a CUDA graph of its own."""
_DRAWN_BITS = 23
"""Of a number drawn from [0, 1): so few that its product with any float32 stays below that one."""
_BASE = "__base__"
"""PEFT's name for no adapter."""


@dataclass(frozen=True)
class Sampling:
    """How each token is chosen: the likeliest at temperature 0; above it, one drawn from the likeliest that together
    just reach the probability `top_p`.
    """

    temperature: float = 0.0
    top_p: float = 1.0


GREEDY = Sampling()


@dataclass(frozen=True)
class Prompt:
    """Token ids to write on from, and what else its texts follow from: a seed, which adapter answers (None: the base
    alone), and a temperature.
    """

    ids: Sequence[int]
    seed: str = ""
    adapter: str | None = None
    temperature: float = 0.0


@dataclass
class _Row:
    """An answer being written: the `number`th to the prompt at `place`. Its last token has the cache's `column`."""

    place: int
    number: int
    prompt: tuple[int, ...]
    adapter: str
    seed: str
    temperature: float
    written: list[int] = field(default_factory=list)
    column: int = 0


def prompts_at_once() -> int:
    """How many prompts are worth decoding together on this machine."""
    import torch

    return _GPU_ROWS if torch.cuda.is_available() else _CPU_ROWS


def decode(
    model: "PreTrainedModel | PeftModel",
    tokenizer: "PreTrainedTokenizerBase",
    prompts: Sequence[Sequence[int]],
    max_new_tokens: int,
    sampling: Sampling = GREEDY,
    samples: int = 1,
    seeds: Sequence[str] | None = None,
    rows: int | None = None,
    adapters: Sequence[str | None] | None = None,
    temperatures: Sequence[float] | None = None,
    tell: Callable[[int, int, str], None] | None = None,
    listen: Callable[[int, int, Sequence[int], bool], bool] | None = None,
    join: Callable[[], Sequence[Prompt]] | None = None,
) -> list[list[str]]:
    """For each prompt, in order, the `samples` texts that the model writes after it.

    A text ends with the tokenizer's `eos_token`, or another end that the model's settings name, which is left out, or
    after `max_new_tokens`. What is drawn for a text follows from its prompt, the prompt's seed and its number among the
    `samples`, whatever is decoded beside it. At most `rows` texts are decoded at a time (None: as many as memory
    holds). `adapters` names for each prompt the one of a PEFT model's adapters that answers, None the base alone;
    without it the active one does. `temperatures`, all above 0 as the sampling's, draw each prompt's texts by its own.
    `tell` hears of each text as soon as it ends: the place of its prompt, its number, and the text; what it raises ends
    the work. `listen` hears of each text as it grows, token by token: place, number, all its tokens so far, and whether
    it has ended; where it says False, the text ends there and the work goes on without it. `join` is asked before every
    step for prompts that come later, whose places follow; an adapter of theirs needs `adapters`.
    """
    import torch

    texts: list[list[str]] = []
    seeds, names = seeds or [""] * len(prompts), adapters or [None] * len(prompts)
    temperatures = temperatures or [sampling.temperature] * len(prompts)
    first = [Prompt(*one) for one in zip(prompts, seeds, names, temperatures, strict=True)]
    waiting = _rows_of(first, samples, texts)
    waiting.sort(key=lambda row: len(row.prompt))  # they are taken from the end: the longest prompts first
    columns = _columns_for(waiting, max_new_tokens)
    most = rows or _rows_that_fit(model, columns)
    cells = most * columns
    batch = _Batch(model, min(len(waiting), most), columns, max_new_tokens, sampling, is_mixed=adapters is not None)
    ends = _ends(model, tokenizer)
    written = 0

    def goes_on(row: _Row) -> bool:
        return not listen or listen(row.place, row.number, row.written, False)

    with (
        torch.no_grad(),
        _attending_in_groups(model),
        tqdm(total=len(waiting), desc="decoding", unit="answer", disable=tell is None) as bar,
    ):
        while waiting or batch.rows:
            if join:
                waiting[:0] = reversed(_rows_of(join(), samples, texts))
                columns = max(batch.columns, _columns_for(waiting, max_new_tokens))
                size = min(len(batch.rows) + len(waiting), most, max(1, cells // columns))
                if size > max(batch.size, len(batch.rows)) or (columns > batch.columns and size > len(batch.rows)):
                    batch.resize(size, columns)
            free = batch.size - len(batch.rows)
            enough = max(1, batch.size // 8)  # to read for each row that ends would take a step each
            if join:
                enough = min(enough, len(waiting))
            if waiting and free >= enough and columns <= batch.columns:
                grown = batch.read([waiting.pop() for _ in range(min(free, len(waiting)))])
            else:
                if len(batch.rows) <= batch.size // 2:
                    batch.resize(len(batch.rows), batch.columns)
                grown = batch.step()
            for row in batch.pop_finished(grown, ends, goes_on):
                if listen:
                    listen(row.place, row.number, row.written, True)
                text = texts[row.place][row.number] = str(tokenizer.decode(row.written, skip_special_tokens=True))
                if tell:
                    tell(row.place, row.number, text)
                written += len(row.written)
                bar.set_postfix_str(f"{written / max(bar.format_dict['elapsed'], 1e-9):,.0f} tokens/s", refresh=False)
                bar.update()
    return texts


def _rows_of(prompts: Sequence[Prompt], samples: int, texts: list[list[str]]) -> list[_Row]:
    """The rows of prompts whose places follow those of `texts`, which gets theirs."""
    rows = [
        _Row(len(texts) + place, number, tuple(one.ids), one.adapter or _BASE, one.seed, one.temperature)
        for place, one in enumerate(prompts)
        for number in range(samples)
    ]
    texts += ([""] * samples for _ in prompts)
    return rows


def _columns_for(rows: Sequence[_Row], max_new_tokens: int) -> int:
    return _aligned(max((len(row.prompt) for row in rows), default=0) + max_new_tokens)


def _aligned(columns: int) -> int:
    return -(-columns // _ALIGNMENT) * _ALIGNMENT


def _ends(model: Any, tokenizer: Any) -> set[int]:
    """The tokens that end an answer. A chat model may have several, and says so in its settings for generation."""
    settings = getattr(model, "generation_config", None)
    named = settings.eos_token_id if settings else None
    return {tokenizer.eos_token_id, *(named if isinstance(named, list) else [] if named is None else [named])}


def _rows_that_fit(model: Any, columns: int) -> int:
    """How many rows of so many columns are decoded at a time."""
    import torch

    if model.device.type != "cuda":
        return _CPU_ROWS
    shape = Shape.of(model.config)
    a_column = 2 * shape.layers * shape.key_heads * shape.head_width * model.dtype.itemsize
    a_row = columns * a_column + shape.vocabulary * _CHOICE_BYTES
    unused = torch.cuda.memory_reserved() - torch.cuda.memory_allocated()
    free = torch.cuda.mem_get_info()[0] + unused
    return max(1, min(_GPU_ROWS, int(_CACHE_SHARE * free / a_row)))


class _Batch:
    """The `rows` that are decoded together, by their place among the `size` rows of the tensors; other places are free.

    Prompts that are read together are padded on the left to one length, so each row has a column where it starts.
    What is computed for a free place means nothing, and is finite.
    """

    def __init__(
        self, model: Any, size: int, columns: int, max_new_tokens: int, sampling: Sampling, is_mixed: bool
    ) -> None:
        import torch

        self.size, self.rows = size, dict[int, _Row]()
        self._model, self._max_new_tokens, self._sampling = model, max_new_tokens, sampling
        self._cache = _Cache(size, columns)
        text = model.config.get_text_config()
        self._windows = {kind: text.sliding_window if "sliding" in kind else None for kind in text.layer_types}
        self._tokens, self._starts, self._columns, self._counts = torch.zeros(
            (4, size), dtype=torch.long, device=model.device
        )
        self._draws = torch.zeros((size, max_new_tokens if sampling.temperature else 0), device=model.device)
        self._temperatures = torch.ones(size, device=model.device)
        self._is_mixed, self._adapters = is_mixed, [_BASE] * size
        self._graphs: dict[int, torch.cuda.CUDAGraph] = {}

    @property
    def columns(self) -> int:
        return self._cache.columns

    def read(self, joining: Sequence[_Row]) -> list[int]:
        """Puts the rows that join into free places, reads their prompts and chooses the first token of each.

        The places, like those of `step`, are of rows that have grown.
        """
        free = (place for place in range(self.size) if place not in self.rows)
        placed = dict(zip(free, joining, strict=False))
        self.rows |= placed
        for places in _by_prompt(placed):
            self._read(places)
        return list(placed)

    def _read(self, places: Sequence[Sequence[int]]) -> None:
        """Reads some prompts, each of which several places may share."""
        import torch

        device = self._model.device
        heads = [self.rows[group[0]] for group in places]
        longest = max(len(row.prompt) for row in heads)
        padded = [[0] * (longest - len(row.prompt)) + list(row.prompt) for row in heads]
        starts = torch.tensor([longest - len(row.prompt) for row in heads], device=device)
        filled = torch.tensor([place for group in places for place in group], device=device)
        owners = torch.tensor([owner for owner, group in enumerate(places) for _ in group], device=device)
        with self._cache.filling(filled, owners):
            columns = torch.arange(longest, device=device).expand(len(heads), longest)
            names = [row.adapter for row in heads]
            logits = self._logits(torch.tensor(padded, device=device), columns, starts, longest, names)
        self._starts[filled], self._columns[filled], self._counts[filled] = starts[owners], longest - 1, 0
        for group in places:
            for place in group:
                row = self.rows[place]
                row.column, self._adapters[place] = longest - 1, row.adapter
                if self._sampling.temperature:
                    self._draws[place] = torch.tensor(_draws(row, self._max_new_tokens))
                    self._temperatures[place] = row.temperature
        self._tokens[filled] = self._choose(logits[owners], filled)
        self._append([place for group in places for place in group])

    def step(self) -> list[int]:
        """The next token of every row."""
        for row in self.rows.values():
            row.column += 1
        seen = _aligned(max(row.column for row in self.rows.values()) + 1)
        if seen in self._graphs:
            self._graphs[seen].replay()
        else:
            self._step(seen)
            if self._model.device.type == "cuda" and not self._is_mixed:  # PEFT copies from the CPU to mix adapters
                self._graphs[seen] = self._recorded(seen)
        self._append(list(self.rows))
        return list(self.rows)

    def _step(self, seen: int) -> None:
        """The work of a step in which so many columns are attended to. It changes tensors in place, for the graphs."""
        self._columns.add_(1).clamp_(max=self._cache.columns - 1)  # a free place would run on
        self._counts.add_(1).clamp_(max=self._max_new_tokens - 1)
        with self._cache.stepping(self._columns, seen):
            logits = self._logits(self._tokens[:, None], self._columns[:, None], self._starts, seen, self._adapters)
        self._tokens.copy_(self._choose(logits, None))

    def _recorded(self, seen: int) -> "torch.cuda.CUDAGraph":
        """Such a step as a CUDA graph: a thousand kernels that start as one, or Python would start them too slowly."""
        import torch

        graph = torch.cuda.CUDAGraph()
        others = [other.pool() for other in self._graphs.values()]
        with torch.cuda.graph(graph, pool=others[0] if others else None):
            self._step(seen)
        return graph

    def resize(self, size: int, columns: int) -> None:
        """From now on there are so many places, of which the rows take the first, and so many columns, never fewer."""
        import torch
        from torch.nn.functional import pad

        self._graphs.clear()
        kept = torch.tensor(list(self.rows), dtype=torch.long, device=self._model.device)
        self._cache.resize(kept, size, columns)
        free = (0, size - len(kept))
        self._tokens, self._starts, self._columns, self._counts, self._draws, self._temperatures = (
            pad(one[kept], free if one.dim() == 1 else (0, 0, *free))
            for one in (self._tokens, self._starts, self._columns, self._counts, self._draws, self._temperatures)
        )
        self._temperatures[len(kept) :] = 1
        self._adapters = [self._adapters[place] for place in self.rows] + [_BASE] * (size - len(self.rows))
        self.rows = dict(enumerate(self.rows.values()))
        self.size = size

    def pop_finished(self, grown: Sequence[int], ends: set[int], goes_on: Callable[[_Row], bool]) -> list[_Row]:
        """Of the rows that have just grown, takes out those whose last token is an end, which they lose, those that are
        as long as they may be, and those that are not to go on.
        """
        finished = []
        for place in grown:
            row = self.rows[place]
            ended = row.written[-1] in ends
            if ended or len(row.written) == self._max_new_tokens or not goes_on(row):
                finished.append(self.rows.pop(place))
                if ended:
                    row.written.pop()
        return finished

    def _append(self, places: Sequence[int]) -> None:
        tokens = self._tokens.tolist()
        for place in places:
            self.rows[place].written.append(tokens[place])

    def _logits(
        self, ids: "Tensor", columns: "Tensor", starts: "Tensor", seen: int, adapters: Sequence[str]
    ) -> "Tensor":
        """What the model says after the last of each row's `ids`, which have these `columns`."""
        found = self._model(
            input_ids=ids,
            attention_mask={kind: _visible(columns, starts, seen, window) for kind, window in self._windows.items()},
            position_ids=(columns - starts[:, None]).clamp(min=0),
            past_key_values=self._cache,
            use_cache=True,
            logits_to_keep=1,
            **({"adapter_names": list(adapters)} if self._is_mixed else {}),
        )
        logits: Tensor = found.logits[:, -1]
        return logits

    def _choose(self, logits: "Tensor", places: "Tensor | None") -> "Tensor":
        """The next token of the rows at these places, or of all."""
        import torch

        top_p = self._sampling.top_p
        if not self._sampling.temperature:
            return logits.argmax(-1)
        counts, draws, temperatures = (
            one if places is None else one[places] for one in (self._counts, self._draws, self._temperatures)
        )
        drawn = draws.gather(1, counts[:, None])
        probabilities = torch.softmax(logits.float() / temperatures[:, None], -1)
        order = None
        if top_p < 1:
            probabilities, order = probabilities.sort(descending=True, stable=True)
            beyond = probabilities.cumsum(-1) - probabilities >= top_p
            probabilities = probabilities.masked_fill(beyond, 0)
        below = probabilities.cumsum(-1)
        chosen = torch.searchsorted(below, drawn * below[:, -1:], right=True)
        return (chosen if order is None else order.gather(1, chosen))[:, 0]


def _by_prompt(placed: Mapping[int, _Row]) -> Iterator[list[list[int]]]:
    """Places in groups of one prompt and adapter, and the groups in parts that are read at once."""
    part: list[list[int]] = []
    for (prompt, _), group in groupby(placed, key=lambda place: (placed[place].prompt, placed[place].adapter)):
        if part and (len(part) + 1) * max(len(prompt), len(placed[part[0][0]].prompt)) > _READ_AT_ONCE:
            yield part
            part = []
        part.append(list(group))
    yield part


def _draws(row: _Row, count: int) -> list[float]:
    """Numbers from [0, 1) that belong to this answer alone."""
    stream = random.Random(f"{row.seed}:{row.number}:{row.prompt}")
    return [stream.getrandbits(_DRAWN_BITS) / 2**_DRAWN_BITS for _ in range(count)]


def _visible(columns: "Tensor", starts: "Tensor", seen: int, window: int | None) -> "Tensor":
    """Which of the columns up to `seen` the tokens at these columns attend to: rows x 1 x tokens x columns.

    A token of the padding attends to itself alone, because no attention at all is not a number.
    """
    import torch

    here, there = columns[:, None, :, None], torch.arange(seen, device=columns.device)
    found = (there <= here) & (there >= torch.minimum(starts[:, None, None, None], here))
    return found if window is None else found & (there > here - window)


class _Cache:
    """Keys and values of every layer, for `size` rows of `columns`, as the model's attention asks for them."""

    def __init__(self, size: int, columns: int) -> None:
        self.columns = columns
        self._size = size
        self._layers: dict[int, tuple[Tensor, Tensor]] = {}
        self._filled: tuple[Tensor, Tensor] | None = None
        self._written: Tensor | None = None
        self._seen = 0

    @contextmanager
    def filling(self, places: "Tensor", owners: "Tensor") -> Iterator[None]:
        """While prompts are read: the row at each place gets what its owner, one of those that are read, has."""
        self._filled = places, owners
        yield
        self._filled = None

    @contextmanager
    def stepping(self, columns: "Tensor", seen: int) -> Iterator[None]:
        """While all rows take a step: where each one's token goes, and how many columns are attended to."""
        self._written, self._seen = columns, seen
        yield

    def update(self, keys: "Tensor", values: "Tensor", layer: int, *_: object) -> "tuple[Tensor, Tensor]":
        """Keeps the new keys and values of a layer, and gives all that are to be attended to. Transformers calls it."""
        import torch

        if layer not in self._layers:
            shape = (self._size, keys.shape[1], self.columns, keys.shape[3])
            self._layers[layer] = keys.new_zeros(shape), values.new_zeros(shape)
        if self._filled:
            places, owners = self._filled
            for kept, new in zip(self._layers[layer], (keys, values), strict=True):
                kept[places, :, : new.shape[2]] = new[owners]
            return keys, values
        every = torch.arange(self._size, device=keys.device)
        for kept, new in zip(self._layers[layer], (keys, values), strict=True):
            kept[every, :, self._written] = new[:, :, 0]
        kept_keys, kept_values = self._layers[layer]
        return kept_keys[:, :, : self._seen], kept_values[:, :, : self._seen]

    def resize(self, kept: "Tensor", size: int, columns: int) -> None:
        """Has so many rows and columns, of which those at the `kept` places come first; drops all other rows."""
        from torch.nn.functional import pad

        more = (0, 0, 0, columns - self.columns, 0, 0, 0, size - len(kept))
        for layer, (keys, values) in self._layers.items():
            self._layers[layer] = pad(keys[kept], more), pad(values[kept], more)
        self._size, self.columns = size, columns


@contextmanager
def _attending_in_groups(model: Any) -> Iterator[None]:
    """Has the model attend with `_attend` while a batch is decoded."""
    from peft import PeftModel
    from transformers import AttentionInterface

    AttentionInterface.register("oracle_groups", _attend)
    causal: Any = model.get_base_model() if isinstance(model, PeftModel) else model
    before = causal.config._attn_implementation
    causal.set_attn_implementation("oracle_groups")
    try:
        yield
    finally:
        causal.set_attn_implementation(before)


def _attend(module: Any, query: "Tensor", key: "Tensor", value: "Tensor", mask: "Tensor", **settings: Any) -> Any:
    """Attention as transformers asks PyTorch for it, but reads a key once for all the query heads that share it.

    Under a mask, transformers copies keys and values for every query head, which moves several times the cache at every
    step. The heads of a lone token may stand for a sequence of queries instead.
    """
    import torch.nn.functional as functional
    from transformers.integrations.sdpa_attention import sdpa_attention_forward

    rows, heads, length, width = query.shape
    if length > 1:
        return sdpa_attention_forward(module, query, key, value, mask, **settings)
    groups = query.reshape(rows, key.shape[1], -1, width)
    found = functional.scaled_dot_product_attention(groups, key, value, mask, scale=settings["scaling"])
    return found.reshape(rows, 1, heads, width), None
