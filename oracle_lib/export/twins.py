"""Which samples say what another one says already, on their side of the split or across it. Knows no benchmark.

Samples are looked at in one order, whatever the order in which they come: those held out for test first, then those
for validation, then by `sample_id`. The first of several twins stays: so what is held out stays, and its twin on
another side goes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rensa import RMinHash, RMinHashDeduplicator, RMinHashLSH

from oracle_lib.export.forms import Form, ngrams
from oracle_lib.export.left_out import LeftOut, Why
from oracle_lib.sample import Sample, Split, split_of

NEAR = 0.9
"""Two instructions whose token trigrams have this Jaccard similarity (estimated by MinHash) ask in the same words; two
instruction streams whose runs of three instructions have it are one routine."""

PER_FORM = 8
"""The most drawn problems of one side whose code has one canonical form."""

_PERMUTATIONS, _BANDS, _SEED = 128, 16, 42
_ORDER = {Split.TEST: 0, Split.VAL: 1, Split.TRAIN: 2}


@dataclass(frozen=True)
class Placed:
    """A sample on its side of the split, in the form in which it is compared."""

    sample: Sample
    side: Split
    form: Form

    def left_out(self, why: Why, of: str = "", detail: str = "") -> LeftOut:
        sample = self.sample
        return LeftOut(sample_id=sample.sample_id, group=sample.group, side=self.side, why=why, of=of, detail=detail)


def place(samples: Iterable[Sample], val: float, test: float) -> list[Placed]:
    """The samples on their sides, in the order in which they are looked at, which follows from what they are."""
    placed = [Placed(sample, split_of(sample.group, val, test), Form.of(sample)) for sample in samples]
    return sorted(placed, key=_turn)


def _turn(one: Placed) -> tuple[object, ...]:
    sample = one.sample
    return _ORDER[one.side], sample.sample_id, sample.group, sample.source.path, sample.teacher.request_key


def twins(placed: Sequence[Placed]) -> list[LeftOut | None]:
    """For each sample, as `place` orders them, the earlier one whose twin it is; None for what stays.

    On one side of the split these are twins:

    - *exact*: the same prompt and code after normalisation;
    - *near*: the same code to start from and to arrive at, the same numbers and quoted names in the same order, and an
      instruction in almost the same words;
    - near in code: the same routine but for labels, addresses and a line or two, in another source, asked the same.

    A second phrasing of a problem is none, and so are two problems that a family drew and that differ in nothing but
    one address: families draw these on purpose. But of drawn problems whose code has one canonical form, `PER_FORM`
    stay. Across the border, twins are any two with the same code line for line, and, unless a family drew both, with
    nearly the same instruction stream.
    """
    known = _Known(has_sources=any(not one.form.drawn for one in placed))
    return [known.met(one) for one in placed]


class _Known:
    """What stays of the samples that were looked at."""

    def __init__(self, has_sources: bool) -> None:
        self._exact: dict[tuple[str, str], str] = {}
        self._code: dict[str, Placed] = {}
        self._asks: dict[tuple[str, ...], RMinHashDeduplicator] = {}
        self._shapes: dict[tuple[str, ...], dict[str, Placed]] = defaultdict(dict)
        self._of_sources, self._drawn = _Streams(), _Streams()
        self._has_sources = has_sources

    def met(self, one: Placed) -> LeftOut | None:
        form = one.form
        said = form.prompt, form.code
        if said in self._exact:
            return one.left_out(Why.EXACT, self._exact[said])
        same_code = self._code.get(form.code)
        if same_code and same_code.side is not one.side:
            return one.left_out(Why.LEAK, same_code.sample.sample_id, "the same code")
        asks = (form.start, form.code if form.has_code else "", *form.parameters)
        ask = _sketch(ngrams(form.instruction, 3))
        if asks in self._asks and (alike := self._asks[asks].get_duplicates(ask)):
            return one.left_out(Why.NEAR, min(alike))
        sketches = [_sketch(_runs(stream)) for stream in form.streams] if self._has_sources else []
        if twin := self._same_routine(one, sketches):
            return twin
        if form.drawn and form.has_code:
            alike = self._shapes[one.side, one.sample.task, form.shape]
            if len(alike) >= PER_FORM and one.sample.group not in alike:
                same = [of.sample.group for of in alike.values() if of.form.canonical[0] == form.canonical[0]]
                if len(same) >= PER_FORM:
                    return one.left_out(Why.FORM, detail=f"{PER_FORM} problems have this form")
            alike.setdefault(one.sample.group, one)
        self._exact[said] = one.sample.sample_id
        self._code.setdefault(form.code, one)
        if asks not in self._asks:
            self._asks[asks] = _deduplicator()
        self._asks[asks].add(one.sample.sample_id, ask)
        for sketch in sketches:
            (self._drawn if form.drawn else self._of_sources).add(one, sketch)
        return None

    def _same_routine(self, one: Placed, sketches: Sequence[RMinHash]) -> LeftOut | None:
        others = (self._of_sources,) if one.form.drawn else (self._of_sources, self._drawn)
        for sketch in sketches:
            for of in (of for streams in others for of in streams.alike(sketch)):
                if of.side is not one.side:
                    return one.left_out(Why.LEAK, of.sample.sample_id, "nearly the same routine")
                same_ask = of.sample.task is one.sample.task and of.sample.group != one.sample.group
                if same_ask and not one.form.drawn and not of.form.drawn:
                    return one.left_out(Why.NEAR, of.sample.sample_id, "the same routine from another source")
        return None


class _Streams:
    """Instruction streams, to be found by what is nearly the same."""

    def __init__(self) -> None:
        self._index = RMinHashLSH(NEAR, _PERMUTATIONS, _BANDS)
        self._known: list[tuple[Placed, RMinHash]] = []

    def add(self, one: Placed, sketch: RMinHash) -> None:
        self._index.insert(len(self._known), sketch)
        self._known.append((one, sketch))

    def alike(self, sketch: RMinHash) -> Iterator[Placed]:
        for place in sorted(self._index.query(sketch)):
            one, known = self._known[place]
            if known.jaccard(sketch) >= NEAR:
                yield one


def _deduplicator() -> RMinHashDeduplicator:
    return RMinHashDeduplicator(NEAR, _PERMUTATIONS, use_lsh=True, num_bands=_BANDS, seed=_SEED)


def _sketch(features: Sequence[str]) -> RMinHash:
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(features)
    return sketch


def _runs(stream: Sequence[str]) -> list[str]:
    """Its runs of three instructions."""
    return ["\n".join(stream[start : start + 3]) for start in range(max(1, len(stream) - 2))]
