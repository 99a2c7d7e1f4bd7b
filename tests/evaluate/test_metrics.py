import math
import random
from collections.abc import Callable
from itertools import combinations

import pytest
from sacrebleu.metrics.bleu import BLEU

from oracle_lib.evaluate import METRICS, Comparison, Prediction, compare, measure, pass_at_k

Predict = Callable[..., Prediction]


def test_perplexity_and_bits_per_byte_are_those_of_the_whole_corpus(predict: Predict) -> None:
    rows = [predict(nll=math.log(2) * 10, tokens=10, bytes=40), predict(nll=math.log(8) * 30, tokens=30, bytes=60)]
    measured = measure(rows)
    # 10 tokens at 1 bit and 30 at 3 bits are 100 bits over 40 tokens and 100 bytes; a mean of rows would say 2 ** 2.
    assert measured["perplexity"] == pytest.approx(2**2.5)
    assert measured["bits_per_byte"] == pytest.approx(1.0)


def test_bleu_is_sacrebleus_corpus_bleu(predict: Predict) -> None:
    rng = random.Random(1)
    words = ["LDA", "STA", "CLC", "ADC", ".", "w", "$0720", "$0722", "#", "RTS"]
    references = [" ".join(rng.choices(words, k=rng.randrange(1, 30))) for _ in range(40)]
    answers = [" ".join(word for word in text.split() if rng.random() < 0.8) for text in references]
    one = BLEU(tokenize="none", effective_order=True)
    scores = [one.sentence_score(answer, [text]) for answer, text in zip(answers, references, strict=True)]
    rows = [predict(ngrams=(*score.counts, *score.totals, score.sys_len, score.ref_len)) for score in scores]
    expected = BLEU(tokenize="none").corpus_score(answers, [references]).score / 100
    assert 0.3 < expected < 0.9
    assert measure(rows)["bleu"] == pytest.approx(expected)


def test_shares_count_only_what_could_be_measured(predict: Predict) -> None:
    rows = [predict(passes=True), predict(passes=False), predict(passes=None, assembles=None), predict(passes=False)]
    assert measure(rows)["passes"] == pytest.approx(1 / 3)
    assert measure([predict(passes=None, nll=None, tokens=0, bytes=0)])["passes"] is None
    assert measure([predict(passes=None, nll=None, tokens=0, bytes=0)])["perplexity"] is None


@pytest.mark.parametrize(
    ("metric", "shown", "gap"),
    [
        ("perplexity", "0.500", "−0.250"),  # noqa: RUF001
        ("bits_per_byte", "0.500", "−0.250"),  # noqa: RUF001
        ("bleu", "0.500", "−0.250"),  # noqa: RUF001
        ("exact_match", "50.0 %", "−25.0 pp"),  # noqa: RUF001
        ("assembles", "50.0 %", "−25.0 pp"),  # noqa: RUF001
        ("passes", "50.0 %", "−25.0 pp"),  # noqa: RUF001
    ],
)
def test_a_metric_is_shown_in_its_unit(metric: str, shown: str, gap: str) -> None:
    one = METRICS[metric]
    assert (one.show(0.5), one.gap(-0.25), one.show(None), one.gap(None)) == (
        shown,
        gap,
        "not measured",
        "not measured",
    )
    known = Comparison(base=0.75, expert=0.5, diff=-0.25, low=-0.25, high=-0.25, better=one.better)
    number = gap.removesuffix(" pp")
    assert one.difference(known) == f"{gap} [{number}, {number}]"
    assert one.difference(known.model_copy(update={"low": None, "high": None})) == gap


def _problems(
    predict: Predict, rng: random.Random, groups: int, phrasings: int = 1, base: float = 0.3, expert: float = 0.6
) -> tuple[list[Prediction], list[Prediction]]:
    """Answers to `groups` problems with the given chances of passing; phrasings of a problem share their fate."""
    fates = [(rng.random() < base, rng.random() < expert) for _ in range(groups)]
    rows = [(f"family:{group}", fate) for group, fate in enumerate(fates) for _ in range(phrasings)]
    return (
        [predict(group=group, passes=fate[0]) for group, fate in rows],
        [predict(group=group, passes=fate[1]) for group, fate in rows],
    )


def test_the_interval_covers_the_true_difference_95_times_in_100(predict: Predict) -> None:
    rng = random.Random(2)
    covered = 0
    for trial in range(200):
        one = compare(*_problems(predict, rng, groups=60), draws=400, seed=trial)["passes"]
        assert one.low is not None and one.high is not None
        covered += one.low <= 0.3 <= one.high
    assert 0.90 <= covered / 200 <= 0.985


def _width(predict: Predict, **shape: int) -> float:
    one = compare(*_problems(predict, random.Random(3), **shape))["passes"]
    assert one.low is not None and one.high is not None
    return one.high - one.low


def test_four_times_the_problems_halve_the_interval(predict: Predict) -> None:
    assert _width(predict, groups=400) == pytest.approx(_width(predict, groups=100) / 2, rel=0.15)


def test_more_phrasings_of_the_same_problems_are_no_more_evidence(predict: Predict) -> None:
    once, five_times = _width(predict, groups=50), _width(predict, groups=50, phrasings=5)
    as_if_independent = _width(predict, groups=250)
    assert five_times == pytest.approx(once, rel=0.1)
    assert five_times > 1.8 * as_if_independent


def test_pairing_sees_a_small_gain_on_prompts_of_very_different_difficulty(predict: Predict) -> None:
    rng = random.Random(4)
    costs = [rng.uniform(0, 5) for _ in range(40)]
    base = [predict(group=str(index), nll=cost + 0.2) for index, cost in enumerate(costs)]
    expert = [predict(group=str(index), nll=cost) for index, cost in enumerate(costs)]
    one = compare(base, expert)["bits_per_byte"]
    assert one.diff == pytest.approx(-0.2 / math.log(2))
    assert one.outcome == "better" and one.better == "lower"


def test_the_same_seed_gives_the_same_interval_and_another_seed_another(predict: Predict) -> None:
    rows = _problems(predict, random.Random(5), groups=30)
    assert compare(*rows, seed=1) == compare(*rows, seed=1) != compare(*rows, seed=2)


def test_a_model_against_itself_is_neither_better_nor_worse(predict: Predict) -> None:
    rows, _ = _problems(predict, random.Random(6), groups=30)
    assert {one.outcome for one in compare(rows, rows).values()} == {"undecided"}


def test_too_few_problems_give_a_difference_but_no_interval(predict: Predict) -> None:
    base = [predict(group=str(index % 9), passes=False) for index in range(90)]
    expert = [predict(group=str(index % 9), passes=True) for index in range(90)]
    one = compare(base, expert)["passes"]
    assert (one.diff, one.low, one.high, one.outcome) == (1.0, None, None, "undecided")


def test_pass_at_k_is_the_share_of_k_subsets_that_hold_a_passing_answer() -> None:
    for n, c, k in ((10, 3, 1), (10, 3, 5), (7, 0, 3), (6, 6, 2), (8, 6, 4)):
        subsets = list(combinations(range(n), k))
        assert pass_at_k(n, c, k) == pytest.approx(sum(min(chosen) < c for chosen in subsets) / len(subsets))
    with pytest.raises(ValueError, match="pass@k needs"):
        pass_at_k(3, 1, 4)
