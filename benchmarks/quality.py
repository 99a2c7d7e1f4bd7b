"""How long a large campaign's samples take to be looked at before training. Trains and runs nothing.

`python -m benchmarks.quality dedup` draws 35,000 samples of the task families, some of them copied, relabelled or asked
again, and times 02's search for twins, and its two halves: reading the samples' forms, and comparing them. Its peer
gets the same instruction streams: datasketch's MinHash and LSH with as many permutations and the same threshold, which
finds near twins alone. It is in no requirement: `pip install --target DIR datasketch` and name `--peer DIR`.

One line of JSON a figure: wall and processor seconds, and MiB at the peak.
"""

import argparse
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from oracle_lib.export.twins import NEAR, Placed, place, twins
from oracle_lib.sample import Sample, Source, Teacher, Verification, sample_id
from oracle_lib.tasks import Problem, families

Result = TypeVar("Result")

KINDS = ("asm", "cpp", "repair")
COPIED, MOVED = 0.05, 0.05
"""The shares of samples that are an earlier one again, and an earlier one under another label from another source."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    dedup = commands.add_parser("dedup", help="twins among many samples")
    dedup.add_argument("--samples", type=int, default=35_000)
    dedup.add_argument("--peer", type=Path, metavar="DIR", help="where datasketch is installed")
    arguments = parser.parse_args()
    measure_dedup(list(islice(drawn(random.Random(0)), arguments.samples)), arguments.peer)


def drawn(rng: random.Random) -> Iterator[Sample]:
    """Problems of the families as samples, in two wordings each, with copies among them."""
    known: list[Sample] = []
    asked = list(families(KINDS).values())
    while True:
        problem = rng.choice(asked).draw(rng)
        for instruction in problem.instructions[:2]:
            known.append(_sample(problem, instruction))
            yield known[-1]
        for share, changed in ((COPIED, _again), (MOVED, _moved)):
            if rng.random() < 2 * share:
                yield changed(rng.choice(known))


def _sample(problem: Problem, instruction: str) -> Sample:
    contract = problem.contract.model_dump(mode="json") | {"cases": []}
    return Sample(
        sample_id=sample_id(problem.domain, instruction, problem.input, problem.answer),
        domain=problem.domain,
        task=problem.task,
        instruction=instruction,
        input=problem.input,
        output=problem.answer,
        source=Source(corpus="tasks", path=problem.family, licence="MIT"),
        teacher=Teacher(name="offline", model="tasks", request_key="0"),
        verification=Verification(contract=contract, passes=True, cases=1),
        group=problem.group,
    )


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
    print(json.dumps({"measured": "dedup, left out", **found}))
    if peer:
        sys.path.append(str(peer))
        streams = [
            [" ".join(stream[at : at + 3]) for at in range(max(1, len(stream) - 2))] for stream in _streams(placed)
        ]
        print(
            json.dumps(
                {"measured": "datasketch, near", "left_out": timed("datasketch", lambda: _peer(streams), len(streams))}
            )
        )


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


def timed(what: str, work: Callable[[], Result], samples: int) -> Result:
    wall, processor = time.perf_counter(), time.process_time()
    result = work()
    figures = {
        "measured": what,
        "samples": samples,
        "seconds": round(time.perf_counter() - wall, 2),
        "processor_seconds": round(time.process_time() - processor, 2),
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(figures), flush=True)
    return result


if __name__ == "__main__":
    main()
