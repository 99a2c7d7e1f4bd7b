"""02: turns accepted samples into a data set in chat format, split by group, with a card. Generates nothing."""

from oracle_lib.export.card import DatasetCard
from oracle_lib.export.dataset import export_dataset

__all__ = ["DatasetCard", "export_dataset"]
