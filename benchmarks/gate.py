"""What the gate rejects of answers spoilt on purpose, what it keeps of good ones, and how fast it scores.

Good samples are drawn from the task families (no held-out one) and from made-up notes, spoilt by `quality.planted`, run
against their contracts and scored. "unrun" says what is rejected without a contract, as of rows that somebody else
made: `never run` itself does not count then. The kinds that nothing was tuned on are reported apart.

`python -m benchmarks.gate planted --count 50` prints the tables, one JSON line a figure; `copied` shows whether export
finds rows that were copied from OracleBench, and `speed` scores 34,500 samples. `speed --run` first checks as many
answers under their contracts, as a campaign does: assembled, compiled, run on all their cases.
"""

import argparse
import json
import random
import re
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Sequence

from oracle_lib.export.leaks import leaks
from oracle_lib.export.twins import place
from oracle_lib.generate.prices import wilson
from oracle_lib.quality import Knowledge, score
from oracle_lib.quality.planted import KINDS, plant
from oracle_lib.quality.spoilers import HELD_BACK
from oracle_lib.quality.trial import GOOD, WAYS, Trial, Way, judged, roc
from oracle_lib.sample import Domain, Sample, Source, Task, Teacher, Verification, read_samples
from oracle_lib.sample import sample_id as id_of
from oracle_lib.tasks import Problem, families
from oracle_lib.tasks.bench import PATH
from oracle_lib.verify import CONTRACT, check_many, extract_code

_KINDS = ("asm", "repair", "cpp", "composed", "recipes", "composed_cpp", "recipes_cpp", "understanding", "tooling")
_PLANNED = {Domain.ASM: 15_000 + 8_000, Domain.ORACLE: 4_000, Domain.YAZE: 6_000, Domain.ERRORS: 1_500}
"""The plan's samples by domain; those of the original source, which is not here, are assembly of the game."""
_PLACES = ("Swamp Palace", "Turtle Rock", "Lost Woods", "Kakariko Village", "Ice Palace", "Desert of Mystery")
_PEOPLE = ("Sahasrahla", "Aginah", "Kiki", "Zora", "Agahnim", "Marin")
_THINGS = ("Hookshot", "Titan's Mitt", "Magic Cape", "Fire Rod", "Moon Pearl", "Flippers", "Book of Mudora")


def good_samples(count: int, seed: int = 0) -> list[Sample]:
    """At most about `count` samples of each subject (asm, oracle, errors, yaze, facts, text), known to be right."""
    found: dict[str, list[Sample]] = defaultdict(list)
    for number in range(40):
        for family in families(_KINDS).values():
            domain = family.example.domain
            of_facts = family.example.contract.kind == "facts"
            subject = "facts" if of_facts else domain
            if len(found[subject]) < count and random.Random(f"{seed}:{number}:{family.name}").random() < 0.4:
                found[subject].append(
                    _sample(family.draw(random.Random(f"gate:{seed}:{number}:{family.name}")), number)
                )
    return [one for of_subject in found.values() for one in of_subject] + [_note(number) for number in range(count)]


def _sample(problem: Problem, number: int) -> Sample:
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
        hits = outcomes.count(kind != GOOD)
        interval = wilson(hits, len(outcomes))
        report(
            "kept" if kind == GOOD else "rejected",
            round(interval.expected, 4),
            way=way,
            kind=kind,
            subject=name,
            n=len(outcomes),
            low=round(interval.low, 4),
            high=round(interval.high, 4),
        )
    for way in WAYS:
        report("area under the ROC curve", round(roc(trials, way)[2], 4), way=way, n=len(trials))


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
        interval = wilson(hits, len(rows))
        report(
            "rejected",
            round(interval.expected, 4),
            way="export",
            kind=kind,
            n=len(rows),
            low=round(interval.low, 4),
            high=round(interval.high, 4),
        )


def speed(count: int, seed: int, is_run: bool) -> None:
    """Distinct prompts with repeated answers, since drawing problems takes longer than scoring them; of each domain as
    many as the plan has.
    """
    by_domain: dict[Domain, list[Sample]] = defaultdict(list)
    for one in good_samples(200, seed):
        if one.domain in _PLANNED and not one.states_facts:
            by_domain[one.domain].append(one)
    samples = []
    domains = random.Random(seed).choices([*_PLANNED], [*_PLANNED.values()], k=count)
    for number, domain in enumerate(domains):
        one = by_domain[domain][number % len(by_domain[domain])]
        instruction = f"{one.instruction} ({number})"
        renamed = {
            "instruction": instruction,
            "sample_id": id_of(one.domain, instruction, one.input, one.output),
            "group": f"{one.group}:{number}",
        }
        samples.append(one.model_copy(update=renamed))
    if is_run:
        for domain in _PLANNED:
            timed(f"running {domain.value}", [one for one in samples if one.domain is domain], run)
    timed("scoring what was run", samples, lambda batch: score(batch, Knowledge()))
    unproven = [one.model_copy(update={"verification": None}) for one in samples]
    timed("scoring what nobody ran", unproven, lambda batch: score(batch, Knowledge()))


def run(samples: Sequence[Sample]) -> None:
    contracts = (CONTRACT.validate_python(one.verification.contract) for one in samples if one.verification)
    answers = ((extract_code(one.output, contract), contract) for one, contract in zip(samples, contracts, strict=True))
    assert all(verdict.passes for verdict in check_many(answers))


def timed(figure: str, samples: Sequence[Sample], work: Callable[[Sequence[Sample]], object]) -> None:
    start, processor = time.perf_counter(), time.process_time()
    work(samples)
    seconds, spent = time.perf_counter() - start, time.process_time() - processor
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    report(figure, round(seconds, 1), unit="s", cpu_seconds=round(spent, 1), samples=len(samples), peak_mib=peak)


def report(figure: str, value: float, **rest: object) -> None:
    print(json.dumps({"figure": figure, "value": value, **rest}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("planted", "copied", "speed"))
    parser.add_argument(
        "--count", type=int, default=0, help="spoilt samples a kind and subject (50), or samples (34500)"
    )
    parser.add_argument("--run", action="store_true", help="speed: check the answers under their contracts, too")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    if arguments.what == "planted":
        planted(arguments.count or 50, arguments.seed)
    elif arguments.what == "copied":
        copied(arguments.count or 100, arguments.seed)
    else:
        speed(arguments.count or 34_500, arguments.seed, arguments.run)


if __name__ == "__main__":
    main()
