import math
import random
from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from sacrebleu.metrics.bleu import BLEU

from benchmarks.intervals import METHODS, Setting, bca_interval, simulate, student_quantile, wilson
from oracle_lib.evaluate import METRICS, Comparison, Prediction, compare, measure, pass_at_k
from oracle_lib.evaluate.statistics import group_weights, holm

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


def test_no_success_at_all_leaves_room_for_some(predict: Predict) -> None:
    none = [predict(group=str(index // 10), passes=False) for index in range(540)]
    one = compare(none, none)["passes"]
    assert one.expert_interval is not None and one.low is not None and one.high is not None
    # Jeffreys' interval for 0 of 54 ends at 4.5 %, the rule of three says 5.6 %.
    assert one.expert_interval[0] == 0 and 0.03 < one.expert_interval[1] < 0.065
    assert one.low < 0 < one.high and one.outcome == "undecided" and one.detectable is not None
    every = [row.model_copy(update={"passes": True}) for row in none]
    certain = compare(every, every)["passes"].expert_interval
    assert certain is not None and certain[0] == pytest.approx(1 - one.expert_interval[1], abs=0.01) and certain[1] == 1


def test_intervals_cover_at_twenty_families_where_the_usual_ones_do_not() -> None:
    ours_and_usual = {name: METHODS[name] for name in ("bayesian", "percentile")}
    rare, often, gain = (
        simulate(setting, 150, ours_and_usual)
        for setting in (Setting(20, 0.3, 0.02), Setting(20, 0.3, 0.5), Setting(20, 0.3, 0.6, 0.3))
    )
    assert all(found["bayesian"]["coverage"] >= 0.92 for found in (rare, often, gain))
    assert rare["percentile"]["coverage"] < 0.85
    assert often["bayesian"]["width"] < 1.25 * often["percentile"]["width"]


def test_weights_spread_a_mean_as_students_t_does() -> None:
    rng = np.random.default_rng(0)
    for groups in (10, 20, 54):
        values = rng.normal(size=groups)
        means = group_weights(groups, 0, 50_000, rng) @ values / groups
        low, high = np.percentile(means, (2.5, 97.5))
        width = 2 * student_quantile(groups - 1) * values.std(ddof=1) / math.sqrt(groups)
        assert high - low == pytest.approx(width, rel=0.03)


def test_the_peers_intervals_are_those_of_textbooks() -> None:
    assert student_quantile(9) == pytest.approx(2.262157, abs=5e-4)
    assert student_quantile(19) == pytest.approx(2.093024, abs=1e-4)
    law = np.array([576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594], dtype=float)
    resampled = law[np.random.default_rng(0).integers(15, size=(20_000, 15))].mean(axis=1)
    # scipy.stats.bootstrap(law, np.mean, method="BCa", n_resamples=200_000) of scipy 1.17.1
    assert bca_interval(resampled, law) == pytest.approx((581.47, 622.47), abs=0.6)
    low, high = wilson(np.array([3.0, 0.0]), None, np.random.default_rng(0))  # 3 of 20
    assert (low, high) == pytest.approx((0.0524, 0.3604), abs=1e-4)


def test_holm_raises_the_values_of_several_tests() -> None:
    # Smallest times 4, next times 3, ...; none below the one before it, none above 1.
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.6, 0.5]) == pytest.approx([1.0, 1.0])
    assert holm([0.02]) == [0.02] and holm([]) == []


def test_what_is_asked_first_stands_alone_and_the_rest_is_corrected(predict: Predict) -> None:
    rng = random.Random(7)
    base, expert = _problems(predict, rng, groups=40, base=0.3, expert=0.55)
    expert = [row.model_copy(update={"exact_match": row.passes}) for row in expert]
    base = [row.model_copy(update={"exact_match": row.passes}) for row in base]
    alone, among = compare(base, expert), compare(base, expert, asked_first="bleu")
    first, corrected, low = alone["passes"].p, alone["exact_match"].p, alone["passes"].low
    assert first is not None and corrected is not None and low is not None
    assert 0 < first < 0.05 and low > 0 and alone["passes"].outcome == "better"
    assert corrected == pytest.approx(5 * first, rel=1e-6)  # the smallest of the five others
    assert among["passes"].p != first
    assert alone["exact_match"].outcome == ("better" if corrected <= 0.05 else "undecided")


def test_the_smallest_visible_difference_is_seen_in_four_of_five_samples(predict: Predict) -> None:
    rng = random.Random(9)
    first = [compare(*_problems(predict, rng, 100, base=0.3, expert=0.5), 400)["passes"] for _ in range(20)]
    visible = sum(one.detectable or 0.0 for one in first) / len(first)
    again = [compare(*_problems(predict, rng, 100, base=0.3, expert=0.3 + visible), 400) for _ in range(100)]
    assert 0.70 <= sum(one["passes"].outcome == "better" for one in again) / len(again) <= 0.90


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
