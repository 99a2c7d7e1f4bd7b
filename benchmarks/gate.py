"""What the gate rejects of answers spoilt on purpose, and what it keeps of good ones. How fast it is, and how fast the
search for twins, is measured by `benchmarks.quality`.

Good samples are drawn from the task families (no held-out one) and from made-up notes, spoilt by `quality.planted`, run
against their contracts and scored. "unrun" says what is rejected without a contract, as of rows that somebody else
made: `never run` itself does not count then. The kinds that nothing was tuned on are reported apart.

`python -m benchmarks.gate planted --count 50` prints the tables, one JSON line a figure; `copied` shows whether export
finds rows that were copied from OracleBench.
"""

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from oracle_lib.export.leaks import leaks
from oracle_lib.export.twins import place
from oracle_lib.generate.prices import wilson
from oracle_lib.quality import Knowledge
from oracle_lib.quality.held_back import HELD_BACK
from oracle_lib.quality.planted import KINDS, plant
from oracle_lib.quality.trial import GOOD, WAYS, Trial, Way, judged, roc
from oracle_lib.sample import Domain, Sample, Source, Task, Teacher, Verification, read_samples
from oracle_lib.sample import sample_id as id_of
from oracle_lib.tasks import Problem, families
from oracle_lib.tasks.bench import PATH

_FAMILIES = (
    "asm",
    "repair",
    "cpp",
    "composed",
    "recipes",
    "composed_cpp",
    "recipes_cpp",
    "ported_cpp",
    "understanding",
    "understanding_cpp",
    "tooling",
)
_PLACES = ("Swamp Palace", "Turtle Rock", "Lost Woods", "Kakariko Village", "Ice Palace", "Desert of Mystery")
_PEOPLE = ("Sahasrahla", "Aginah", "Kiki", "Zora", "Agahnim", "Marin")
_THINGS = ("Hookshot", "Titan's Mitt", "Magic Cape", "Fire Rod", "Moon Pearl", "Flippers", "Book of Mudora")


def good_samples(count: int, seed: int = 0) -> list[Sample]:
    """At most about `count` samples of each subject (asm, oracle, errors, yaze, facts, text), known to be right."""
    found: dict[str, list[Sample]] = defaultdict(list)
    for number in range(40):
        for family in families(_FAMILIES).values():
            domain = family.example.domain
            of_facts = family.example.contract.kind == "facts"
            subject = "facts" if of_facts else domain
            if len(found[subject]) < count and random.Random(f"{seed}:{number}:{family.name}").random() < 0.4:
                found[subject].append(
                    sample_of(family.draw(random.Random(f"gate:{seed}:{number}:{family.name}")), number)
                )
    return [one for of_subject in found.values() for one in of_subject] + [_note(number) for number in range(count)]


def sample_of(problem: Problem, number: int) -> Sample:
    instruction = problem.instructions[number % len(problem.instructions)]
    passed = Verification(
        contract=problem.contract.model_dump(mode="json"), passes=True, cases=max(1, len(problem.contract.cases))
    )
    return _made(problem.domain, problem.task, instruction, problem.input, problem.answer, problem.group, passed)


def _made(
    domain: Domain, task: Task, instruction: str, input: str, output: str, group: str, passed: Verification | None
) -> Sample:
    return Sample(
        sample_id=id_of(domain, instruction, input, output),
        domain=domain,
        task=task,
        instruction=instruction,
        input=input,
        output=output,
        source=Source(corpus="tasks"),
        teacher=Teacher(name="offline", model="tasks", request_key="0"),
        verification=passed,
        group=group,
    )


def _note(number: int) -> Sample:
    """A question about made-up lore, with an answer that the made-up note bears out."""
    rng = random.Random(f"note:{number}")
    who, other = rng.sample(_PEOPLE, 2)
    place, thing, count = rng.choice(_PLACES), rng.choice(_THINGS), rng.randint(2, 9)
    question, answer = rng.choice(
        (
            (
                f"Who keeps the {thing} in our story, and where?",
                f"{who} keeps the {thing} in the {place}. {other} asked for it {count} times before the seal broke, "
                f"and was sent away each time because the {place} is closed to strangers.",
            ),
            (
                f"Why does {who} leave the {place}?",
                f"{who} leaves the {place} to look for the {thing}. {other} had hidden it {count} winters ago, so that "
                f"nobody could carry it out of the {place} before the maidens were freed.",
            ),
            (
                f"What must Link do in the {place} before he meets {who}?",
                f"In the {place}, Link has to light {count} torches and return the {thing} to {other}. Only then does "
                f"{who} open the inner door and speak with him.",
            ),
        )
    )
    return _made(Domain.TEXT, Task.ANSWER, question, "", answer, f"note:{number}", None)


def subject(sample: Sample) -> str:
    return "facts" if sample.states_facts else sample.domain


def planted(count: int, seed: int) -> None:
    by_subject: dict[str, list[Sample]] = defaultdict(list)
    for one in good_samples(4 * count, seed):
        by_subject[subject(one)].append(one)
    good = [(GOOD, one) for samples in by_subject.values() for one in samples]
    spoilt = [
        (planted.kind, planted.sample)
        for samples in by_subject.values()
        for kind in KINDS
        for planted in plant(samples, kind, count, seed)
    ]
    tables(judged(good, Knowledge(), spoilt))


def tables(trials: Sequence[Trial]) -> None:
    """A line for each kind and subject, and for all of them together."""
    counts: dict[tuple[Way, str, str], list[bool]] = defaultdict(list)
    for one in trials:
        part = "all kinds held back" if one.kind in HELD_BACK else "all kinds tuned"
        for way in WAYS:
            for kind in (one.kind,) if one.kind == GOOD else (one.kind, part):
                for name in (subject(one.sample), "all"):
                    counts[way, kind, name].append(one.rejected(way))
    for (way, kind, name), outcomes in sorted(counts.items()):
        figure = "kept" if kind == GOOD else "rejected"
        report_share(figure, outcomes.count(kind != GOOD), len(outcomes), way=way, kind=kind, subject=name)
    for way in WAYS:
        report("gate", "area under the ROC curve", round(roc(trials, way)[2], 4), way=way, n=len(trials))


def copied(count: int, seed: int) -> None:
    """Rows that somebody copied from OracleBench, under another group: whether export keeps them out of what is
    learned. Rows are copied whole, with the question in other words, and with the answer's labels renamed."""
    rng = random.Random(f"copied:{seed}")
    bench = list(read_samples(PATH))
    ways: dict[str, Callable[[Sample], dict[str, str]]] = {
        "copied test row": lambda one: {},
        "copied test row, other question": lambda one: {"instruction": f"I need some code. {one.instruction[40:]}"},
        "copied test row, other names": lambda one: {"output": re.sub(r"(?m)^(\w+)(?=:)", "Copied", one.output)},
    }
    for kind, change in ways.items():
        rows = [
            one.model_copy(update={"group": f"rows:{one.sample_id}", "source": Source(corpus="rows")} | change(one))
            for one in rng.sample(bench, min(count, len(bench)))
        ]
        hits = sum(found is not None for found in leaks(place(rows, 0, 0)))
        report_share("rejected", hits, len(rows), way="export", kind=kind)


def report_share(figure: str, hits: int, n: int, /, **rest: object) -> None:
    """A share with its Wilson interval."""
    interval = wilson(hits, n)
    low, high = round(interval.low, 4), round(interval.high, 4)
    report("gate", figure, round(interval.expected, 4), **rest, n=n, low=low, high=high)


def report(bench: str, figure: str, value: float, /, **rest: object) -> None:
    print(json.dumps({"bench": bench, "figure": figure, "value": value, **rest}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("planted", "copied"))
    parser.add_argument("--count", type=int, default=0, help="spoilt samples a kind and subject (50), or copies (100)")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    if arguments.what == "planted":
        planted(arguments.count or 50, arguments.seed)
    else:
        copied(arguments.count or 100, arguments.seed)


if __name__ == "__main__":
    main()
