"""The linear classifier behind the router: learns from the training questions, and says of a question how likely it is
any expert's business, whose, and by which words. Decides nothing: thresholds are the router's.

A question's confidence in an expert is the probability that it concerns the council at all times the probability, if
so, that it concerns this expert: two kinds of logistic regression over the same features, each calibrated (Platt 1999)
on phrasings that its weights had not seen. What concerns the council concerns at least one expert, and the experts'
probabilities are taken on that condition: then a question in unfamiliar words still goes to the only one in question.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from oracle_lib import OracleError
from oracle_lib.council.router.features import Keywords, features_of
from oracle_lib.council.router.judgement import Judgement
from oracle_lib.council.router.training_questions import training_questions
from oracle_lib.files import atomic_path, display_path, outputs, sha256
from oracle_lib.params import Expert

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]

RARE = 2
"""A feature of fewer training questions is not learned."""
INVERSE_REGULARISATION = 30.0
LITTLE = 12.0
"""The length of the features of a word or two."""
HELD_OUT = 3
"""One phrasing in so many is held out from the weights that are calibrated on it."""
NEAREST, WORDS_SHOWN = 4, 4
"""So many experts' confidences are explained, by so many words each."""
_KNOWN: dict[str, "Classifier"] = {}
"""What this process has learned or read, by digest."""


@dataclass(frozen=True)
class Classifier:
    """A weight for each feature and expert, and in the last column for "this is any expert's business". The weights
    hold the features' inverse document frequencies, `frequencies`; `slopes` and `offsets` calibrate.
    """

    experts: tuple[str, ...]
    places: dict[str, int]
    keywords: Keywords
    weights: Floats
    frequencies: Floats
    slopes: Floats
    offsets: Floats

    def judge(self, question: str) -> Judgement:
        features = features_of(question, self.keywords)
        known = [feature for feature in features if feature in self.places]
        rows = [self.places[feature] for feature in known]
        evidence = self.weights[rows] * (self.slopes / _length(self.frequencies[rows]))
        likely = 1 / (1 + np.exp(-(evidence.sum(axis=0) + self.offsets)))
        ours = float(likely[-1])
        at_least_one = 1 - float(np.prod(1 - likely[:-1]))
        confidences = {
            name: round(min(1.0, float(likely[column]) / at_least_one) * ours, 4)
            for column, name in enumerate(self.experts)
        }
        nearest = sorted(range(len(self.experts)), key=lambda column: -likely[column])[:NEAREST]
        because = {self.experts[column]: _strongest(known, features, evidence[:, column]) for column in nearest}
        return Judgement(ours, confidences, because)

    def save(self, path: Path) -> None:
        tensors = {"weights": self.weights, "frequencies": self.frequencies}
        tensors |= {"slopes": self.slopes, "offsets": self.offsets}
        with atomic_path(path) as beside:
            save_file(tensors, beside, {"features": json.dumps(list(self.places)), "experts": json.dumps(self.experts)})


def load_classifier(experts: tuple[Expert, ...]) -> Classifier:
    """The classifier of these experts, learned now unless the outputs folder has it: it is named by a digest of their
    definitions, of what it learns from and of this code. Raises `OracleError` where that file is damaged.
    """
    digest = _digest(experts)
    path = outputs() / "router" / f"{digest}.safetensors"
    if digest not in _KNOWN:
        _KNOWN[digest] = _read(path, experts) if path.exists() else _learn(experts)
    if not path.exists():
        _KNOWN[digest].save(path)
    return _KNOWN[digest]


def _strongest(known: Sequence[str], features: dict[str, str], evidence: Floats) -> str:
    """The words that speak most for it, the strongest first."""
    sums: Counter[str] = Counter()
    for feature, weight in zip(known, evidence.tolist(), strict=True):
        sums[features[feature]] += weight
    words = [repr(word) for word, weight in sums.most_common(WORDS_SHOWN) if weight > 0]
    return f"for {', '.join(words)}" if words else "for no word in particular"


def _digest(experts: tuple[Expert, ...]) -> str:
    told = [
        expert.model_dump(mode="json", include={"name", "purpose", "subjects", "keywords", "system_prompt"})
        for expert in experts
    ]
    here = Path(__file__).parent
    code = [sha256(here / name) for name in ("features.py", "training_questions.py", "classifier.py", "training")]
    parts = json.dumps([told, code, version("scikit-learn")], sort_keys=True)
    return hashlib.sha256(parts.encode()).hexdigest()[:16]


def _read(path: Path, experts: tuple[Expert, ...]) -> Classifier:
    try:
        with safe_open(path, framework="numpy") as file:
            told = file.metadata()
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - it is no dict
        places = {feature: place for place, feature in enumerate(json.loads(told["features"]))}
        return Classifier(tuple(json.loads(told["experts"])), places, Keywords(experts), **tensors)
    except (SafetensorError, KeyError, TypeError, ValueError):
        raise OracleError(f"{display_path(path)} is damaged; delete it, and it is made again") from None


def _learn(experts: tuple[Expert, ...]) -> Classifier:
    """Takes some seconds and gives the same weights each time."""
    questions = {one.text: one for one in training_questions(experts)}
    names = tuple(expert.name for expert in experts)
    keywords = Keywords(experts)
    found = [features_of(text, keywords) for text in questions]
    counts = Counter(feature for features in found for feature in features)
    places = {feature: place for place, feature in enumerate(sorted(f for f, n in counts.items() if n >= RARE))}
    frequencies = np.array([np.log((1 + len(found)) / (1 + counts[feature])) + 1 for feature in places], np.float32)
    rows = _matrix(found, places, frequencies)
    concerns = np.array([[name in one.experts for name in names] for one in questions.values()])
    held_out = np.array([_share(one.phrasing) < 1 / HELD_OUT for one in questions.values()])
    weights, intercepts = _fit(rows[~held_out], concerns[~held_out])
    slopes, offsets = _calibrate(rows[held_out] @ weights + intercepts, concerns[held_out])
    weights, intercepts = _fit(rows, concerns)
    return Classifier(
        names,
        places,
        keywords,
        (weights * frequencies[:, None]).astype(np.float32),
        frequencies,
        slopes.astype(np.float32),
        (offsets + slopes * intercepts).astype(np.float32),
    )


def _length(frequencies: Floats) -> float:
    """What a question's features are divided by: their length, and a little so that few are little evidence."""
    return float(np.hypot(np.linalg.norm(frequencies), LITTLE))


def _share(text: str) -> float:
    """A number in [0, 1) that the text alone decides."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) / 2**32


def _matrix(found: Sequence[dict[str, str]], places: dict[str, int], frequencies: Floats) -> "csr_matrix":
    from scipy.sparse import csr_matrix

    columns = [np.array([places[one] for one in features if one in places], np.int32) for features in found]
    ends = np.cumsum([0, *map(len, columns)], dtype=np.int32)
    values = [frequencies[row] / _length(frequencies[row]) for row in columns]
    return csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=(len(found), len(places)))


def _fit(rows: "csr_matrix", concerns: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights and intercepts: a column an expert, learned from what concerns any, and one for whether it does."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    ours, told_apart = concerns.any(axis=1), _told_apart(concerns)
    of_any = rows[told_apart]
    targets = [(of_any, column) for column in concerns[told_apart].T] + [(rows, ours)]
    with threadpool_limits(1, user_api="blas"):  # of so short products threads make four times the work, by waiting
        models = [
            LogisticRegression(C=INVERSE_REGULARISATION, solver="liblinear", tol=1e-3, random_state=0).fit(seen, target)
            for seen, target in targets
        ]
    return np.stack([model.coef_[0] for model in models], axis=1), np.array([model.intercept_[0] for model in models])


def _told_apart(concerns: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The rows that tell experts apart: those that concern any, and all where there is one expert."""
    told_apart: NDArray[np.bool_] = concerns.any(axis=1) | (concerns.shape[1] == 1)
    return told_apart


def _calibrate(
    scores: NDArray[np.float64], concerns: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Slope and offset of each column: one pair for all experts, so that rare ones borrow strength, and the last one's
    own.
    """
    from sklearn.linear_model import LogisticRegression

    ours, told_apart = concerns.any(axis=1), _told_apart(concerns)
    of_experts = LogisticRegression(C=1e3).fit(scores[told_apart, :-1].reshape(-1, 1), concerns[told_apart].ravel())
    of_ours = LogisticRegression(C=1e3).fit(scores[:, -1:], ours)
    count = concerns.shape[1]
    slopes = [of_experts.coef_[0, 0]] * count + [of_ours.coef_[0, 0]]
    offsets = [of_experts.intercept_[0]] * count + [of_ours.intercept_[0]]
    return np.array(slopes), np.array(offsets)
