"""05: is the expert better than its base on problems that neither has seen? Likelihood, matching, running the code."""

from oracle_lib.evaluate.ingredients import ArmResult, Ingredients, read_ingredients
from oracle_lib.evaluate.oraclebench import BenchExample, BenchReport, bench, bench_examples
from oracle_lib.evaluate.predictions import Prediction, read_predictions, read_prompts
from oracle_lib.evaluate.report import Report
from oracle_lib.evaluate.stage import evaluate
from oracle_lib.evaluate.statistics import compare, measure, pass_at_k
from oracle_lib.metrics import METRICS, Comparison

__all__ = [
    "METRICS",
    "ArmResult",
    "BenchExample",
    "BenchReport",
    "Comparison",
    "Ingredients",
    "Prediction",
    "Report",
    "bench",
    "bench_examples",
    "compare",
    "evaluate",
    "measure",
    "pass_at_k",
    "read_ingredients",
    "read_predictions",
    "read_prompts",
]
