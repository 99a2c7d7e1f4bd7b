"""04: trains adapters with QLoRA, and pretrains tiny bases for machines without a GPU."""

from oracle_lib.train.base import Recipe, ensure_base
from oracle_lib.train.budget import PLAN, Budget, predicted_budget
from oracle_lib.train.data import Span, encode_rows, read_rows, spans, token_counts
from oracle_lib.train.estimate import predicted_hours
from oracle_lib.train.journal import Curve, read_curve
from oracle_lib.train.stage import dataset_folder, train

__all__ = [
    "PLAN",
    "Budget",
    "Curve",
    "Recipe",
    "Span",
    "dataset_folder",
    "encode_rows",
    "ensure_base",
    "predicted_budget",
    "predicted_hours",
    "read_curve",
    "read_rows",
    "spans",
    "token_counts",
    "train",
]
