"""How long a large campaign's samples take to be judged and to be compared, and in how much memory. What the gate
rejects of them is measured by `benchmarks.gate`; nothing is trained.

`python -m benchmarks.quality score` scores 34,500 samples in the plan's shares of domains, with what running them
showed and without. Prompts are distinct and answers repeat, since drawing problems takes longer than scoring them.
`--run` first checks every answer under its contract, as a campaign does: assembled, compiled, run on all its cases.

`python -m benchmarks.quality dedup` draws 35,000 samples of the task families, some of them copied, relabelled or asked
again, and times 02's search for twins, and its two halves: reading the samples' forms, and comparing them. Its peer
gets the same instruction streams: datasketch's MinHash and LSH with as many permutations and the same threshold, which
finds near twins alone. It is in no requirement: `pip install --target DIR datasketch` and name `--peer DIR`.

One line of JSON a figure: wall and processor seconds (with those of compilers and consoles), and MiB at the peak.
"""

import argparse
import os
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

import psutil

from benchmarks import gate
from benchmarks.gate import good_samples, sample_of
from oracle_lib.export.twins import NEAR, Placed, place, twins
from oracle_lib.quality import Knowledge, score
from oracle_lib.sample import Domain, Sample, Source, sample_id
from oracle_lib.tasks import Problem, families
from oracle_lib.verify import CONTRACT, check_many, extract_code

Result = TypeVar("Result")

_report = partial(gate.report, "quality")

PLANNED = {Domain.ASM: 15_000 + 8_000, Domain.ORACLE: 4_000, Domain.YAZE: 6_000, Domain.ERRORS: 1_500}
"""The plan's samples by domain; those of the original source, which is not here, are assembly of the game."""
KINDS = ("asm", "cpp", "repair")
COPIED, MOVED = 0.05, 0.05
"""The shares of samples that are an earlier one again, and an earlier one under another label from another source."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="what", required=True)
    scored = commands.add_parser("score", help="a campaign's samples through the gate")
    scored.add_argument("--samples", type=int, default=34_500)
    scored.add_argument("--run", action="store_true", help="check the answers under their contracts, too")
    dedup = commands.add_parser("dedup", help="twins among many samples")
    dedup.add_argument("--samples", type=int, default=35_000)
    dedup.add_argument("--peer", type=Path, metavar="DIR", help="where datasketch is installed")
    arguments = parser.parse_args()
    if arguments.what == "score":
        measure_score(campaign(arguments.samples), arguments.run)
    else:
        measure_dedup(list(islice(drawn(random.Random(0)), arguments.samples)), arguments.peer)


def campaign(count: int) -> list[Sample]:
    """So many samples, of each domain the share that the plan has."""
    by_domain: dict[Domain, list[Sample]] = defaultdict(list)
    for one in good_samples(200):
        if one.domain in PLANNED and not one.states_facts:
            by_domain[one.domain].append(one)
    samples = []
    for number, domain in enumerate(random.Random(0).choices([*PLANNED], [*PLANNED.values()], k=count)):
        one = by_domain[domain][number % len(by_domain[domain])]
        instruction = f"{one.instruction} ({number})"
        renamed = {
            "instruction": instruction,
            "sample_id": sample_id(one.domain, instruction, one.input, one.output),
            "group": f"{one.group}:{number}",
        }
        samples.append(one.model_copy(update=renamed))
    return samples


def measure_score(samples: Sequence[Sample], is_run: bool) -> None:
    for domain in PLANNED if is_run else ():
        of_domain = [one for one in samples if one.domain is domain]
        timed(f"running {domain.value}", partial(run, of_domain), len(of_domain))
    timed("scoring what was run", lambda: score(samples, Knowledge()), len(samples))
    unproven = [one.model_copy(update={"verification": None}) for one in samples]
    timed("scoring what nobody ran", lambda: score(unproven, Knowledge()), len(samples))


def run(samples: Sequence[Sample]) -> None:
    contracts = (CONTRACT.validate_python(one.verification.contract) for one in samples if one.verification)
    answers = ((extract_code(one.output, contract), contract) for one, contract in zip(samples, contracts, strict=True))
    assert all(verdict.passes for verdict in check_many(answers))


def drawn(rng: random.Random) -> Iterator[Sample]:
    """Problems of the families as samples, in two wordings each, with copies among them."""
    known: list[Sample] = []
    asked = list(families(KINDS).values())
    while True:
        problem = rng.choice(asked).draw(rng)
        for number in range(len(problem.instructions[:2])):
            known.append(_without_cases(problem, number))
            yield known[-1]
        for share, changed in ((COPIED, _again), (MOVED, _moved)):
            if rng.random() < 2 * share:
                yield changed(rng.choice(known))


def _without_cases(problem: Problem, number: int) -> Sample:
    """What 02 has of a sample, but for the cases of its contract, which nobody compares and which fill the memory."""
    sample = sample_of(problem, number)
    assert sample.verification
    bare = sample.verification.model_copy(update={"contract": sample.verification.contract | {"cases": []}})
    return sample.model_copy(update={"verification": bare})


def _again(sample: Sample) -> Sample:
    return sample.model_copy(update={"instruction": sample.instruction.upper()})


def _moved(sample: Sample) -> Sample:
    output = sample.output.replace("$07", "$0E")
    return sample.model_copy(
        update={
            "sample_id": sample_id(sample.domain, sample.instruction, sample.input, output),
            "output": output,
            "source": Source(corpus="another", path="bank.asm", symbol=sample.group, licence="MIT"),
            "group": f"another:bank.asm:{sample.group}",
        }
    )


def measure_dedup(samples: Sequence[Sample], peer: Path | None) -> None:
    def ours() -> tuple[list[Placed], Counter[str]]:
        placed = place(samples, 0.0735, 0.0735)
        return placed, Counter(left_out.why.value for left_out in twins(placed) if left_out)

    _, found = timed("dedup", ours, len(samples))
    placed = timed("dedup, of that: forms", lambda: place(samples, 0.0735, 0.0735), len(samples))
    timed("dedup, of that: twins, with their streams", lambda: twins(placed), len(samples))
    _report("dedup, left out", found.total(), **found)
    if peer:
        sys.path.append(str(peer))
        streams = [
            [" ".join(stream[at : at + 3]) for at in range(max(1, len(stream) - 2))] for stream in _streams(placed)
        ]
        _report("datasketch, near", timed("datasketch", lambda: _peer(streams), len(streams)))


def _streams(placed: Sequence[Placed]) -> list[tuple[str, ...]]:
    return [one.form.canonical[0] for one in placed if one.form.has_code]


def _peer(features: Sequence[Sequence[str]]) -> int:
    from datasketch import MinHash, MinHashLSH

    index, found = MinHashLSH(threshold=NEAR, num_perm=128), 0
    for number, one in enumerate(features):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([feature.encode() for feature in one])
        if index.query(sketch):
            found += 1
        else:
            index.insert(str(number), sketch)
    return found


def timed(figure: str, work: Callable[[], Result], samples: int) -> Result:
    start, processor = time.perf_counter(), processor_seconds()
    result = work()
    seconds, spent = time.perf_counter() - start, processor_seconds() - processor
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    _report(figure, round(seconds, 2), unit="s", processor_seconds=round(spent, 2), samples=samples, peak_mib=peak)
    return result


def processor_seconds() -> float:
    """What this process has used, its children that have ended, and the compilers and consoles that still wait."""
    living = [child.cpu_times() for child in psutil.Process().children()]
    return sum(os.times()[:4]) + sum(sum(times[:4]) for times in living)


if __name__ == "__main__":
    main()
