"""04: trains adapters with QLoRA, and pretrains tiny bases for machines without a GPU."""

from oracle_lib.train.base import Recipe, ensure_base
from oracle_lib.train.budget import PLAN, Budget, predicted_budget
from oracle_lib.train.data import Piece, encode_rows, pieces, read_rows, token_counts
from oracle_lib.train.estimate import HOPED_HOURS, Load, predicted_hours, ways_to_save_time
from oracle_lib.train.journal import Curve, read_curve
from oracle_lib.train.live import plot_loss, plot_speed
from oracle_lib.train.qlora import SPARE, require_packages
from oracle_lib.train.stage import dataset_folder, prepare_base, require_room, train

__all__ = [
    "HOPED_HOURS",
    "PLAN",
    "SPARE",
    "Budget",
    "Curve",
    "Load",
    "Piece",
    "Recipe",
    "dataset_folder",
    "encode_rows",
    "ensure_base",
    "pieces",
    "plot_loss",
    "plot_speed",
    "predicted_budget",
    "predicted_hours",
    "prepare_base",
    "read_curve",
    "read_rows",
    "require_packages",
    "require_room",
    "token_counts",
    "train",
    "ways_to_save_time",
]
