"""Is the sample good? What surely is wrong rejects it first; then coherence, knowledge, hallucination and diversity
count against a fixed threshold a domain. Asks no model but the judge of `prose`; what code does when it runs, `verify`
has found before.
"""

from oracle_lib.quality.canonical import canonical, canonical_of
from oracle_lib.quality.knowledge import Knowledge
from oracle_lib.quality.prose import ProseJudge, configured_judge
from oracle_lib.quality.score import THRESHOLDS, score
from oracle_lib.quality.trial import GOOD, plot_trial, try_gate

__all__ = [
    "GOOD",
    "THRESHOLDS",
    "Knowledge",
    "ProseJudge",
    "canonical",
    "canonical_of",
    "configured_judge",
    "plot_trial",
    "score",
    "try_gate",
]
