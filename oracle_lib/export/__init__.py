"""02: turns accepted samples into a data set in chat format, split by group, with a card. Generates nothing."""

from oracle_lib.export.card import DatasetCard
from oracle_lib.export.dataset import export_dataset
from oracle_lib.export.overruling import Overruling, overrule

__all__ = ["DatasetCard", "Overruling", "export_dataset", "overrule"]
