"""Is the sample good? Hard validators first, then coherence, knowledge, hallucination and diversity, against a fixed
threshold a domain. Runs no code (that is `verify`) and asks no model.
"""

from oracle_lib.quality.knowledge import Knowledge
from oracle_lib.quality.prose import ProseJudge, configured_judge
from oracle_lib.quality.score import THRESHOLDS, score

__all__ = ["THRESHOLDS", "Knowledge", "ProseJudge", "configured_judge", "score"]
