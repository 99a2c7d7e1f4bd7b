"""What the gate rejects of answers spoilt on purpose, what it keeps of good ones, and how fast it scores.

Good samples are drawn from the task families (no held-out one) and from made-up notes, spoilt by `quality.planted`, run
against their contracts and scored. "static" says what is rejected without a contract, as of rows that somebody else
made: `never run` itself does not count then. The kinds that nothing was tuned on are reported apart.

`python -m benchmarks.gate planted --count 50` prints the tables, one JSON line a figure; `python -m benchmarks.gate
speed` scores 34,500 samples.
"""

import argparse
import json
import random
import resource
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from oracle_lib.generate.prices import wilson
from oracle_lib.quality import Knowledge, score
from oracle_lib.quality.planted import HELD_BACK, KINDS, plant
from oracle_lib.records import to_jsonl
from oracle_lib.sample import Domain, Quality, ReasonKind, Sample, Source, Task, Teacher, Verification, read_samples
from oracle_lib.sample import sample_id as id_of
from oracle_lib.tasks import Problem, families
from oracle_lib.verify import CONTRACT, check, extract_code

_KINDS = ("asm", "repair", "cpp", "composed", "recipes", "composed_cpp", "recipes_cpp", "understanding", "tooling")
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


def spoilt_samples(good: Sequence[Sample], count: int, seed: int = 0) -> Iterator[tuple[str, str, Sample]]:
    """Kind, subject and sample, run against its contract where it has one; `count` of each where that many apply."""
    by_subject: dict[str, list[Sample]] = defaultdict(list)
    for one in good:
        by_subject[subject(one)].append(one)
    for kind in KINDS:
        for name, samples in by_subject.items():
            for planted in plant(samples, kind, count, seed):
                yield kind, name, _run(planted.sample)


def _run(sample: Sample) -> Sample:
    if not sample.verification:
        return sample
    contract = CONTRACT.validate_python(sample.verification.contract)
    verdict = check(extract_code(sample.output, contract), contract)
    verification = sample.verification.model_copy(
        update={"passes": verdict.passes, "cases": verdict.cases or sample.verification.cases}
    )
    return sample.model_copy(update={"verification": verification})


def _unproven(sample: Sample) -> Sample:
    return sample.model_copy(update={"verification": None})


def _rejects_unrun(quality: Quality) -> bool:
    """Whether it is rejected for more than that nobody has run it."""
    return any(reason.kind is not ReasonKind.NOT_RUN for reason in quality.reasons)


def planted(count: int, seed: int, cache: Path | None) -> None:
    if cache and cache.exists():
        rows = [json.loads(line) for line in cache.with_suffix(".kinds").read_text().splitlines()]
        samples = list(read_samples(cache))
    else:
        good = good_samples(4 * count, seed)
        spoilt = list(spoilt_samples(good, count, seed))
        rows = [["good", subject(one)] for one in good] + [[kind, name] for kind, name, _ in spoilt]
        samples = [*good, *(sample for *_, sample in spoilt)]
        if cache:
            cache.write_text(to_jsonl(samples))
            cache.with_suffix(".kinds").write_text("".join(json.dumps(row) + "\n" for row in rows))
    knowledge = Knowledge()
    full = [not quality.accepted for quality in score(samples, knowledge)]
    static = [_rejects_unrun(quality) for quality in score([_unproven(one) for one in samples], knowledge)]
    counts: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    for (kind, name), run, unrun in zip(rows, full, static, strict=True):
        for way, rejected in (("run", run), ("static", unrun)):
            counts[way, kind, name].append(rejected)
            counts[way, kind, "all"].append(rejected)
            if kind != "good":
                part = "all kinds held back" if kind in HELD_BACK else "all kinds tuned"
                counts[way, part, "all"].append(rejected)
                counts[way, part, name].append(rejected)
    for (way, kind, name), rejected in sorted(counts.items()):
        hits = rejected.count(False) if kind == "good" else rejected.count(True)
        interval = wilson(hits, len(rejected))
        report(
            "kept" if kind == "good" else "rejected",
            round(hits / len(rejected), 4),
            way=way,
            kind=kind,
            subject=name,
            n=len(rejected),
            low=round(interval.low, 4),
            high=round(interval.high, 4),
        )


def speed(count: int, seed: int) -> None:
    """Distinct samples: drawn ones with other names and numbers, since drawing takes longer than scoring."""
    good = good_samples(800, seed)
    samples = []
    for number in range(count):
        one = good[number % len(good)]
        instruction = f"{one.instruction} ({number})"
        samples.append(
            one.model_copy(
                update={
                    "instruction": instruction,
                    "sample_id": id_of(one.domain, instruction, one.input, one.output),
                    "group": f"{one.group}:{number}",
                }
            )
        )
    start = time.perf_counter()
    score(samples, Knowledge())
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    report("scoring without execution", round(seconds, 2), samples=count, peak_mib=round(memory / 1024))


def report(figure: str, value: float, **rest: object) -> None:
    print(json.dumps({"figure": figure, "value": value, **rest}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("planted", "speed"))
    parser.add_argument(
        "--count", type=int, default=0, help="spoilt samples a kind and subject (50), or samples (34500)"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cache", type=Path, help="a file to keep the planted samples in, run once")
    arguments = parser.parse_args()
    if arguments.what == "planted":
        planted(arguments.count or 50, arguments.seed, arguments.cache)
    else:
        speed(arguments.count or 34_500, arguments.seed)


if __name__ == "__main__":
    main()
