"""Whatever comes in: no group, twin or benchmark routine crosses the split, order changes nothing, and more samples
move none.
"""

import random
from collections import Counter

import pytest
from small_samples import sample_of, written

from oracle_lib.export.forms import Form
from oracle_lib.export.selection import Selection, select
from oracle_lib.params import SplitShares, load_expert
from oracle_lib.sample import Sample, Split, Task, read_samples, split_of
from oracle_lib.tasks.bench import HELD_OUT, PATH

SHARE = SplitShares(val=0.2, test=0.2)
RAURU = load_expert("rauru")
UNTAUGHT = [one for one in read_samples(PATH) if one.source.corpus == HELD_OUT]
BENCHMARK = [Form.of(one) for one in UNTAUGHT]
INSTRUCTIONS = (
    "LDA.w {a}",
    "STA.w {a}",
    "LDX #${n:02X}",
    "ADC.w {a}",
    "EOR.w {a},X",
    "INC.w {a}",
    "ASL",
    "AND #${n:02X}",
)


def random_samples(rng: random.Random, count: int) -> list[Sample]:
    """Few routines under many names: of families and of sources, asked about in several ways, moved and mutated, some
    of them from OracleBench.
    """
    routines = [rng.choices(INSTRUCTIONS, k=rng.randint(5, 12)) for _ in range(6)]
    found = []
    for _ in range(count):
        routine = list(rng.choice(routines))
        if rng.random() < 0.2:
            routine[rng.randrange(len(routine))] = rng.choice(INSTRUCTIONS)
        base, number = rng.choice((0x0700, 0x0740, 0x0F00)), rng.randrange(2)
        lines = [line.format(a=f"${base + 2 * place:04X}", n=number) for place, line in enumerate(routine)]
        label, group = rng.choice(("Go", "Run", "Do")), rng.randrange(25)
        output = "\n    ".join((f"```asm\n{label}:", *lines, "RTS\n```"))
        if rng.random() < 0.15:
            output = rng.choice(UNTAUGHT).output.replace("$07", rng.choice(("$07", "$0E")))
        ask = rng.choice(("Write it.", f"Write the routine at ${base:04X}.", "Could you write it, please?"))
        if rng.random() < 0.4:
            found.append(sample_of(ask, output, f"family{group % 3}:{group}"))
        else:
            task = rng.choice((Task.WRITE, Task.EXPLAIN))
            sample = written(ask, output, f"R{group}", task=task, corpus=rng.choice(("vanilla", "hack")))
            if task is Task.EXPLAIN:
                code, said = sample.output, f"It works on ${base:04X} and {rng.randrange(5)} others."
                sample = sample.model_copy(update={"input": code, "output": said})
            found.append(sample)
    return found


def selected(samples: list[Sample]) -> Selection:
    return select(samples, {}, RAURU, SHARE, None, 0)


@pytest.mark.parametrize("seed", range(12))
def test_nothing_crosses_the_split_and_order_changes_nothing(seed: int) -> None:
    rng = random.Random(f"properties:{seed}")
    samples = random_samples(rng, 80)
    chosen = selected(samples)
    assert len(chosen.kept) + len(chosen.left_out) == len(samples)
    assert Counter(one.sample.sample_id for one in chosen.kept).most_common(1)[0][1] == 1

    for one in chosen.kept:
        assert one.side is split_of(one.sample.group, SHARE.val, SHARE.test)
    for one in chosen.kept:
        for other in chosen.kept:
            if one.side is other.side:
                continue
            assert one.sample.group != other.sample.group
            assert one.form.code != other.form.code
            assert (one.form.drawn and other.form.drawn) or not set(one.form.streams) & set(other.form.streams)

    taught = [one.form for one in chosen.kept if one.side is not Split.TEST]
    assert not {form.code for form in taught} & {form.code for form in BENCHMARK}
    assert not {stream for form in taught for stream in form.streams} & {
        stream for form in BENCHMARK for stream in form.streams[:1]
    }

    rng.shuffle(samples)
    again = selected(samples)
    assert [one.sample for one in again.kept] == [one.sample for one in chosen.kept]
    assert sorted(map(repr, again.left_out)) == sorted(map(repr, chosen.left_out))


@pytest.mark.parametrize("seed", range(6))
def test_more_samples_move_none_to_another_side(seed: int) -> None:
    rng = random.Random(f"more:{seed}")
    samples = random_samples(rng, 120)
    before = {(one.sample.sample_id, one.sample.group): one.side for one in selected(samples[:60]).kept}
    after = {(one.sample.sample_id, one.sample.group): one.side for one in selected(samples).kept}
    both = before.keys() & after.keys()
    assert both and all(before[name] is after[name] for name in both)
