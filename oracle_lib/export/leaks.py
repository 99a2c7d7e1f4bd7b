"""Keeps what is tested out of what is learned: OracleBench and the held-out sides of the split, by problem, code, words
and behaviour. Looks for no twins on one side (`twins` does).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from oracle_lib.export.forms import Form, answer_code, ngrams
from oracle_lib.export.left_out import LeftOut, Why
from oracle_lib.export.twins import Placed
from oracle_lib.sample import Sample, Split, read_samples
from oracle_lib.tasks.bench import HELD_OUT, PATH
from oracle_lib.verify import CONTRACT, AsmContract, Contract, check

GRAM = 8
"""Tokens in a run of words: as many in a row are rarely the same by chance."""
COPIED = 0.6
"""The share of a held-out text's own runs of `GRAM` tokens from which on a row is taken for a copy."""

_COMMON = 3
"""Runs that so many families share are how one asks, not what is asked."""
_FEWEST_GRAMS = 8
_ADDRESS = re.compile(r"(?<!#)\$([0-9a-f]{4,6})\b", re.IGNORECASE)
_DEFINED = re.compile(r"\b(\w+)[ \t]*\([^;{}]*\)\s*(?:const\s*)?\{")
_LABEL = re.compile(r"^[ \t]*([A-Za-z_]\w*):", re.MULTILINE)
_MOST_RUNS = 12
"""The most contracts under which a row's code is run."""


@dataclass(frozen=True)
class _Protected:
    """A sample that nothing learned may give away. `side` is None for OracleBench, which no side may hold but test."""

    sample: Sample
    form: Form
    side: Split | None

    @property
    def family(self) -> str:
        return self.sample.source.path if self.form.drawn or self.side is None else self.sample.group

    @property
    def is_untaught(self) -> bool:
        """Whether it is of a family that is never taught, so that other constants make it no other problem."""
        return self.side is None and self.sample.source.corpus.startswith(HELD_OUT)

    def guards(self, one: Placed) -> bool:
        """Whether the row must not repeat it."""
        if self.side is None:
            return self.is_untaught or not one.form.drawn
        before = one.side is Split.TRAIN or self.side is Split.TEST
        return self.side is not one.side and before and not (self.form.drawn and one.form.drawn)


def leaks(placed: Sequence[Placed]) -> list[LeftOut | None]:
    """For each sample that is not for test, what it would give away; None where nothing.

    Of OracleBench: a problem of it or of a held-out family, the code of an answer, the instruction stream of a held-out
    one. Of it and of the sides held out, unless a family drew both problems: most of the words of a prompt or of an
    answer, but for those that every family uses; and code that passes the problem's contract, where it uses the same
    addresses or defines the same function. Composed problems and recipes were compared with the held-out families by
    what they do when they were drawn (`tasks.decontamination`).
    """
    compared = any(not one.form.drawn for one in placed)  # what families drew is told apart by its parameters
    held_out = [
        _Protected(one.sample, one.form, one.side) for one in placed if compared and one.side is not Split.TRAIN
    ]
    finders = (*_of_oraclebench(), _Words(held_out), _Behaviours(held_out))
    return [
        None if one.side is Split.TEST else next(filter(None, (finder.met(one) for finder in finders)), None)
        for one in placed
    ]


@cache
def _of_oraclebench() -> tuple["_Problems", "_Words", "_Behaviours"]:
    protected = [_Protected(sample, Form.of(sample), None) for sample in read_samples(PATH)]
    return _Problems(protected), _Words(protected), _Behaviours(protected)


class _Problems:
    """OracleBench by its problems, held-out families and answers."""

    def __init__(self, bench: Sequence[_Protected]) -> None:
        self._groups = {one.sample.group: one.sample.sample_id for one in bench}
        self._families = {one.family: one.sample.sample_id for one in bench if one.is_untaught}
        self._code = {one.form.code: one.sample.sample_id for one in bench}
        self._streams = {
            one.form.streams[0]: one.sample.sample_id for one in bench if one.is_untaught and one.form.streams
        }

    def met(self, one: Placed) -> LeftOut | None:
        group = one.sample.group
        family = one.sample.source.path if one.form.drawn else ""
        found = {
            "its problem": self._groups.get(group),
            "its family": self._families.get(family) or self._families.get(group.partition(":")[0]),
            "its code": self._code.get(one.form.code),
            "its instruction stream": next(filter(None, map(self._streams.get, one.form.streams)), None),
        }
        return next((one.left_out(Why.BENCHMARK, of, what) for what, of in found.items() if of), None)


class _Words:
    """What is protected, by the runs of words that are its own."""

    def __init__(self, protected: Sequence[_Protected]) -> None:
        self._protected = protected
        families: dict[str, set[str]] = defaultdict(set)
        texts: list[tuple[int, set[str]]] = []
        for number, one in enumerate(protected):
            for text in (one.sample.prompt, one.sample.output):
                texts.append((number, set(ngrams(text, GRAM))))
                for gram in texts[-1][1]:
                    if len(families[gram]) < _COMMON:
                        families[gram].add(one.family)
        self._texts: list[tuple[int, int]] = []
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, grams in texts:
            own = [gram for gram in grams if len(families[gram]) < _COMMON]
            if len(own) >= _FEWEST_GRAMS:
                for gram in own:
                    self._holders[gram].append(len(self._texts))
                self._texts.append((number, len(own)))

    def met(self, one: Placed) -> LeftOut | None:
        grams = {*ngrams(one.sample.prompt, GRAM), *ngrams(one.sample.output, GRAM)}
        shared = Counter(text for gram in grams for text in self._holders.get(gram, ()))
        for text, count in shared.most_common():
            number, size = self._texts[text]
            of = self._protected[number]
            if count >= COPIED * size and of.guards(one):
                return one.left_out(_why(of), of.sample.sample_id, f"{count / size:.0%} of its words")
        return None


class _Behaviours:
    """What is protected, by what its contract asks for. Runs what no family drew, for what was drawn is known."""

    def __init__(self, protected: Sequence[_Protected]) -> None:
        self._by_place: dict[int, list[tuple[frozenset[int], _Protected]]] = defaultdict(list)
        self._by_function: dict[str, list[_Protected]] = defaultdict(list)
        for one in protected:
            contract = one.sample.verification.contract if one.sample.verification else {}
            if contract.get("kind") == "cpp":
                self._by_function[_function(str(contract["signature"]))].append(one)
            elif contract.get("kind") == "asm" and isinstance(contract.get("entry"), str):
                places = _addresses(answer_code(one.sample))
                if places:
                    self._by_place[min(places)].append((places, one))

    def met(self, one: Placed) -> LeftOut | None:
        if one.form.drawn or not one.form.has_code:
            return None
        code = answer_code(one.sample)
        runs = 0
        for of in self._candidates(code):
            if of.guards(one) and runs < _MOST_RUNS:
                runs += 1
                if check(code, _as_entered(code, of.sample)).passes:
                    return one.left_out(_why(of), of.sample.sample_id, "it passes its contract")
        return None

    def _candidates(self, code: str) -> Iterator[_Protected]:
        places = _addresses(code)
        for place in sorted(places):
            yield from (of for needed, of in self._by_place.get(place, ()) if needed <= places)
        for name in dict.fromkeys(_DEFINED.findall(code)):
            yield from self._by_function.get(name, ())


def _why(of: _Protected) -> Why:
    return Why.BENCHMARK if of.side is None else Why.LEAK


def _addresses(code: str) -> frozenset[int]:
    """Where the code reads and writes, whichever bank it names; the direct page and immediates are none."""
    return frozenset(int(digits, 16) & 0xFFFF for digits in _ADDRESS.findall(code))


def _function(signature: str) -> str:
    found = re.search(r"(\w+)\s*\(", signature)
    return found[1] if found else ""


def _as_entered(code: str, of: Sample) -> Contract:
    """The sample's contract, entered at the first label of other code."""
    assert of.verification
    contract = CONTRACT.validate_python(of.verification.contract)
    label = _LABEL.search(code)
    if isinstance(contract, AsmContract):
        return contract.model_copy(update={"entry": label[1] if label else None})
    return contract
