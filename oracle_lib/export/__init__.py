"""02: turns accepted samples into a data set in chat format, split by group, with a card. Generates nothing."""

from oracle_lib.export.browse import SCORES, Neighbour, browse, browser, nearest, read_left_out, read_rows, row_lengths
from oracle_lib.export.card import DatasetCard
from oracle_lib.export.dataset import export_dataset
from oracle_lib.export.left_out import MEANING, LeftOut, Why
from oracle_lib.export.overruling import Overruling, disputed, overrule

__all__ = [
    "MEANING",
    "SCORES",
    "DatasetCard",
    "LeftOut",
    "Neighbour",
    "Overruling",
    "Why",
    "browse",
    "browser",
    "disputed",
    "export_dataset",
    "nearest",
    "overrule",
    "read_left_out",
    "read_rows",
    "row_lengths",
]
