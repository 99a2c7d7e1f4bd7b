"""05: is the expert better than its base on problems that neither has seen? Likelihood, matching, running the code."""

from oracle_lib.evaluate.oraclebench import BenchReport, bench
from oracle_lib.evaluate.predictions import Prediction, read_predictions
from oracle_lib.evaluate.report import Report
from oracle_lib.evaluate.stage import evaluate
from oracle_lib.evaluate.statistics import compare, measure, pass_at_k
from oracle_lib.metrics import METRICS, Comparison

__all__ = [
    "METRICS",
    "BenchReport",
    "Comparison",
    "Prediction",
    "Report",
    "bench",
    "compare",
    "evaluate",
    "measure",
    "pass_at_k",
    "read_predictions",
]
