"""The knowledge graph of the sources that are here: how long it takes to build, how fast it answers, and how often it
calls unknown what the sources' own code relies on. It keeps nothing.

Peers in the same run: `grep -rnw` over the sources for who names a routine, and `difflib.get_close_matches` over all
names for near misses. A source's own routine is handed to the check as if a model had answered with it, and what is
then unknown is unknown falsely. `mentioned_share` is of the names for which the sources show no definition, only use.

`ORACLE_SOURCE_USDASM=… python -m benchmarks.knowledge` prints a line a figure. Seconds are of the processor where they
say so, and else as they passed.
"""

import difflib
import json
import os
import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles

from oracle_lib.generate import sources
from oracle_lib.items import Item
from oracle_lib.params import load_sources
from oracle_lib.quality import Knowledge
from oracle_lib.quality.text import Reading
from oracle_lib.sample import Sample, Source, Task, Teacher, sample_id

READERS = ("cpp", "disassembly", "romhack")
CODE = ("routine", "hook", "table", "function", "method")
ASKED = 300
GREPPED = 10
MISSPELT = 30


def main() -> None:
    known = load_sources()
    there = [name for name, one in known.items() if one.reader in READERS and sources.is_there(name, one)]
    if not there:
        raise SystemExit("no source of code is here; clone one, or set ORACLE_SOURCE_USDASM and its like")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.sqlite"
        passed, spent = time.perf_counter(), time.process_time()
        items = [item for name in there for item in sources.read_one(name)]
        read = time.process_time()
        graph = Knowledge.build(items, path)
        print_line(
            "build",
            sources=there,
            items=len(items),
            seconds=time.perf_counter() - passed,
            processor_seconds=time.process_time() - spent,
            of_them_reading=read - spent,
            mebibytes=path.stat().st_size / 2**20,
        )
        measure_questions(graph, items)
        measure_near(graph)
        measure_grep(graph, items, there)
        for name in there:
            measure_unknown(graph, [item for item in items if item.source.corpus == name and item.kind in CODE])


def measure_questions(graph: Knowledge, items: Sequence[Item]) -> None:
    draw = random.Random(1)
    names = draw.sample(sorted({item.source.symbol for item in items if item.kind in CODE}), ASKED)
    placed = [item.address for item in items if item.address is not None]
    addresses = [f"${address:06X}" for address in draw.sample(placed, min(ASKED, len(placed)))]
    questions: dict[str, tuple[Callable[[str], object], Sequence[str]]] = {
        "symbol": (graph.symbol, names),
        "callers": (graph.callers, names),
        "calls": (graph.calls, names),
        "reads": (graph.reads, names),
        "writes": (graph.writes, names),
        "hooks": (graph.hooks, names),
        "neighbourhood": (graph.neighbourhood, names),
        "function": (graph.function, names),
        "near": (graph.near, [misspelt(name, draw) for name in names]),
        "within": (lambda name: graph.within(int(name[1:], 16)), addresses),
        "look_up": (graph.look_up, [f"What do `{name}` and $7EF36D do?" for name in names]),
    }
    for question, (ask, about) in questions.items():
        if about:
            taken = [milliseconds(ask, name) for name in about]
            print_line(
                "question",
                question=question,
                asked=len(taken),
                median_ms=median(taken),
                p99_ms=quantiles(taken, n=100)[98],
            )


def measure_near(graph: Knowledge) -> None:
    """Of misspelt names: how often the right one is among the three offered, and how long that takes."""
    draw = random.Random(2)
    names = sorted(name for name in graph.symbols if len(name) > 5 and name[0] not in "!$.")
    asked = [(name, misspelt(name, draw)) for name in draw.sample(names, min(MISSPELT, len(names)))]
    for who, offer in (
        ("ours", graph.near),
        ("difflib", lambda wrong: difflib.get_close_matches(wrong, names)),
    ):
        begun = time.process_time()
        found = sum(name in offer(wrong) for name, wrong in asked)
        taken = (time.process_time() - begun) * 1000 / len(asked)
        print_line("near", who=who, names=len(names), asked=len(asked), found=found, processor_ms=taken)


def measure_grep(graph: Knowledge, items: Sequence[Item], there: Sequence[str]) -> None:
    """Who calls a routine: the graph beside grep, which finds every line that names it."""
    folders = [folder_of(name) for name in there]
    routines = sorted({item.source.symbol for item in items if item.kind == "routine"})
    if not routines or not (grep := shutil.which("grep")):
        return
    names = random.Random(3).sample(routines, GREPPED)
    for name in names:
        graph.callers(name)
    ours = [milliseconds(graph.callers, name) for name in names]
    theirs = [
        milliseconds(lambda one: subprocess.run([grep, "-rnw", one, *folders], capture_output=True), name)
        for name in names
    ]
    print_line("callers", asked=len(names), ours_ms=median(ours), grep_ms=median(theirs))


def measure_unknown(graph: Knowledge, items: Sequence[Item]) -> None:
    counts, said = Counter[str](), Counter[str]()
    begun = time.process_time()
    for item in items:
        language = "cpp" if item.kind in ("function", "method") else "asm"
        sample = answered(item, f"```{language}\n{item.text}\n```")
        reading = Reading.of(sample)
        share, unknown = graph.known_share(sample, reading)
        counts["with_unknown"] += bool(unknown)
        counts["unknown"] += len(unknown)
        counts["relied_on"] += round(len(unknown) / (1 - share)) if share < 1 else reliances(reading)
        names = reading.names if language == "asm" else frozenset[str]()
        defined = [{one.kind for one in graph.symbol(name)} for name in names]
        counts["names"] += len(names)
        counts["mentioned"] += sum(kinds == {"mentioned"} for kinds in defined)
        said.update(unknown)
    print_line(
        "unknown",
        source=items[0].source.corpus if items else "",
        items=len(items),
        with_unknown=counts["with_unknown"],
        unknown_share=counts["unknown"] / max(1, counts["relied_on"]),
        mentioned_share=counts["mentioned"] / max(1, counts["names"]),
        processor_ms_each=(time.process_time() - begun) * 1000 / max(1, len(items)),
        most=[name for name, _ in said.most_common(3)],
    )


def reliances(reading: Reading) -> int:
    return len(reading.calls) if reading.language == "cpp" else len(reading.names) + len(reading.addresses)


def answered(item: Item, output: str) -> Sample:
    return Sample(
        sample_id=sample_id(item.domain, "", "", output),
        domain=item.domain,
        task=Task.WRITE,
        instruction="",
        output=output,
        source=Source(corpus="benchmark"),
        teacher=Teacher(name="source", model="", request_key=""),
        group="",
    )


def folder_of(name: str) -> str:
    chosen = os.environ.get(f"ORACLE_SOURCE_{name.upper().replace('-', '_')}") or load_sources()[name].folder or ""
    return str(Path(chosen).expanduser())


def misspelt(name: str, draw: random.Random) -> str:
    """The name with one letter less, one more, another one, or two that changed places."""
    place = draw.randrange(len(name) - 1)
    first, second, rest = name[place], name[place + 1], name[place + 2 :]
    return name[:place] + draw.choice((second, first + "q" + second, "q" + second, second + first)) + rest


def milliseconds(ask: Callable[[str], object], about: str) -> float:
    begun = time.perf_counter()
    ask(about)
    return (time.perf_counter() - begun) * 1000


def print_line(what: str, **figures: object) -> None:
    rounded = {name: round(one, 4) if isinstance(one, float) else one for name, one in figures.items()}
    print(json.dumps({"figure": what, **rounded}), flush=True)


if __name__ == "__main__":
    main()
