"""Predictions and reports made of plain numbers, for what needs no model."""

from collections.abc import Callable
from typing import Any

import factories
import pytest

from oracle_lib.evaluate import Prediction
from oracle_lib.evaluate.report import Lineage, Report
from oracle_lib.evaluate.stage import summarise
from oracle_lib.params import load_expert, load_profile
from oracle_lib.records import Adapter


@pytest.fixture
def adapter() -> Adapter:
    return factories.adapter()


@pytest.fixture
def predict() -> Callable[..., Prediction]:
    def make(**known: Any) -> Prediction:
        usual: dict[str, Any] = {
            "sample_id": "0" * 16,
            "group": "add_words:1",
            "family": "add_words",
            "model": "expert",
            "answer": "",
            "nll": 1.0,
            "tokens": 1,
            "bytes": 1,
            "exact_match": False,
            "ngrams": (0, 0, 0, 0, 4, 3, 2, 1, 4, 4),
            "assembles": True,
            "passes": True,
            "cycles": None,
            "reasons": (),
            "fingerprint": "",
        }
        return Prediction(**usual | known)

    return make


@pytest.fixture
def report_on(adapter: Adapter) -> Callable[[list[Prediction]], Report]:
    """The demo's report on given predictions of "base" and "expert"."""

    def make(predictions: list[Prediction]) -> Report:
        digests = {name: name[0] * 64 for name in Lineage.model_fields}
        return summarise(predictions, load_expert("rauru"), load_profile("demo"), adapter, Lineage(**digests))

    return make
