"""How good compiled programs are, how different they are from each other, and how fast it all is. It keeps nothing.

Their cycles are measured against those of the hand-written references: each problem of `TOLD` is drawn by its family,
written down again as a program and compiled in many styles. The compiled routine must keep the family's own contract;
its cycles are those of the slowest case, as are the fastest reference's.

Then the composed families and the recipes draw in turn, in two processes, and the judge runs what they compiled. Two
programs are of one shape where their instructions are the same but for names, addresses and constants. The lengths and
the mix of opcodes are there to be held beside public ROM-hack code, of which none is part of this project.

`python -m benchmarks.composed` is the whole of it (20,000 draws); `--draws 4000` takes a fifth of the time, and
`--show add_24` prints one problem's fastest reference and compiled routine.
"""

import argparse
import json
import multiprocessing
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, cast

from oracle_lib.progress import tqdm
from oracle_lib.tasks import Problem, families
from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import GAME, Address, Routine
from oracle_lib.tasks.program.compiler import Style, Unsupported, compile_program
from oracle_lib.verify import AsmContract, assemble, check

STYLES = 24
DRAWS = 4
PROCESSES = 2
SHOWN_OPCODES = 20
KINDS = ("composed", "recipes")
_NAMES_AND_NUMBERS = re.compile(r"(?<![\w$.])(?![XYS]\b)[\w$%.]+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", metavar="FAMILY", help="print the fastest reference and the fastest compiled routine")
    parser.add_argument("--draws", type=int, default=20_000, help="of the composed families and recipes together")
    asked = parser.parse_args()
    shown = asked.show
    best, middle, programs = [], [], []
    for name, told in TOLD.items():
        if shown and name != shown:
            continue
        for seed in range(DRAWS):
            problem = families(("asm", "validation"))[name].draw(random.Random(f"composed {seed}"))
            program = p.Program(told(_numbers(problem)))
            ratios, text = _against_references(problem, program)
            best.append(min(ratios))
            middle.append(statistics.median(ratios))
            programs.append((program, _routine(problem)))
            if shown:
                print(f"{problem.references[0]}\n\n{text}\n{min(ratios):.2f} {statistics.median(ratios):.2f}\n")
        report(
            f"cycles of {name}, best style", round(statistics.median(best[-DRAWS:]), 2), "of the fastest reference's"
        )
    report("cycles, median of problems, best style", round(statistics.median(best), 2), "of the fastest reference's")
    report("cycles, median of problems and styles", round(statistics.median(middle), 2), "of the fastest reference's")
    report("compilations", round(_compilations(programs)), "1/s of one core")
    if not shown:
        _samples(asked.draws)


@dataclass(frozen=True)
class Sample:
    """What became of one draw: seconds, its instructions without what they work on, and what the judge objects to."""

    name: str
    drawing: float
    checking: float
    shape: tuple[str, ...]
    objection: str


def _samples(draws: int) -> None:
    """Draws of all families in turn, each told, compiled and run."""
    names = list(families(KINDS))
    asked = [(names[index % len(names)], index) for index in range(draws)]
    start = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        samples = list(tqdm(pool.map(_sample, asked, chunksize=20), "draws", draws))
    spent = time.perf_counter() - start
    for sample in samples:
        if sample.objection:
            print(f"{sample.name} is refused: {sample.objection}", file=sys.stderr)
    drawing, checking = (sum(one) for one in zip(*((one.drawing, one.checking) for one in samples), strict=True))
    report("samples", round(draws / spent, 1), f"1/s of {PROCESSES} processes")
    report("time spent on drawing, telling and compiling", round(100 * drawing / (drawing + checking)), "%")
    refused = sum(bool(one.objection) for one in samples)
    report("samples refused by the judge", round(100 * refused / draws, 3), f"% of {draws}")
    report("distinct shapes", len({one.shape for one in samples}), f"in {draws} draws")
    lower, median, upper = statistics.quantiles([len(one.shape) for one in samples], n=4)
    report("instructions of a program, lower quartile", lower, "instructions")
    report("instructions of a program, median", median, "instructions")
    report("instructions of a program, upper quartile", upper, "instructions")
    opcodes = Counter(form.split()[0] for one in samples for form in one.shape)
    for mnemonic, count in opcodes.most_common(SHOWN_OPCODES):
        report(f"share of {mnemonic}", round(100 * count / opcodes.total(), 1), "% of all instructions")


def _sample(asked: tuple[str, int]) -> Sample:
    name, index = asked
    start = time.perf_counter()
    problem = families(KINDS)[name].problem(f"composed:{index}")
    drawn = time.perf_counter()
    verdict = check(problem.references[0], problem.contract)
    ended = time.perf_counter()
    objection = "" if verdict.passes else f"seed composed:{index}: {verdict.reasons[0]}"
    return Sample(name, drawn - start, ended - drawn, _shape(problem), objection)


def _shape(problem: Problem) -> tuple[str, ...]:
    """The instructions of the first reference, with "n" for each name, address and constant."""
    assert isinstance(problem.contract, AsmContract)
    text = problem.references[0]
    lines = text.splitlines()
    shape = []
    for instruction in assemble(text, problem.contract.symbols, problem.contract.origin).listing:
        operand = lines[instruction.line - 1].partition(";")[0].strip().partition(" ")[2].upper()
        form = _NAMES_AND_NUMBERS.sub("n", operand)
        shape.append(f"{instruction.mnemonic.upper()} {form}".strip())
    return tuple(shape)


def _against_references(problem: Problem, program: p.Program) -> tuple[list[float], str]:
    """The cycles in every style as shares of the fastest reference's, and the fastest text."""
    assert isinstance(problem.contract, AsmContract)
    contract, rng = problem.contract, random.Random(problem.group)
    reference = min(_cycles(text, contract) for text in problem.references)
    written: dict[str, float] = {}
    for _ in range(STYLES):
        try:
            text = compile_program(program, _routine(problem), Style.draw(rng))
        except Unsupported:
            continue
        if text not in written:
            written[text] = _cycles(text, contract) / reference
    return list(written.values()), min(written, key=lambda text: written[text])


def _cycles(text: str, contract: AsmContract) -> int:
    verdict = check(text, contract)
    assert verdict.passes and verdict.cycles is not None, f"{verdict.reasons}\n{text}"
    return verdict.cycles


def _routine(problem: Problem) -> Routine:
    assert isinstance(problem.contract, AsmContract)
    sampled: dict[str, Any] = problem.parameters
    name = str(problem.contract.entry)
    keeps = cast(Any, tuple(str(sampled["keeps"])))
    return Routine(name, sampled["m"], sampled["x"], sampled["returns"], keeps)


def _compilations(programs: list[tuple[p.Program, Routine]]) -> float:
    rng, count, start = random.Random("styles"), 0, time.perf_counter()
    for _ in range(10):
        for program, routine in programs:
            try:
                compile_program(program, routine, Style.draw(rng))
            except Unsupported:
                continue
            count += 1
    return count / (time.perf_counter() - start)


# ------------------------------------------------------------------------------------------- the families as programs


class _Sampled:
    """What a problem was drawn with, and the memory it speaks of."""

    def __init__(self, problem: Problem) -> None:
        self.all = problem.parameters

    def __getitem__(self, name: str) -> int:
        return int(self.all[name])

    def table(self, name: str) -> p.Table:
        return p.Table("Table", "entry", tuple(bytes.fromhex(str(self.all[name]))))

    def byte(self, name: str, below: int | None = None) -> p.Variable:
        return p.Variable(name, name, Address(self[name]), 8, below=below)

    def word(self, name: str) -> p.Variable:
        return p.Variable(name, name, Address(self[name]), 16)

    def bytes(self, name: str, length: int) -> p.Array:
        return p.Array(name, "byte", Address(self[name]), length)


def _numbers(problem: Problem) -> _Sampled:
    return _Sampled(problem)


def _add_capped(s: _Sampled) -> tuple[p.Statement, ...]:
    total = p.Variable("Counter", "counter", Address(s["counter"]), 16, below=s["cap"] + 1)
    return (p.Set(total, p.Saturating("add", p.Read(total), p.Number(s["amount"], 16), s["cap"])),)


def _clamp_byte(s: _Sampled) -> tuple[p.Statement, ...]:
    value = s.byte("value")
    raised = p.Binary("max", p.Read(value), p.Number(s["low"]))
    return (p.Set(value, p.Binary("min", raised, p.Number(s["high"]))),)


def _count_matches(s: _Sampled) -> tuple[p.Statement, ...]:
    over = s.bytes("array", s["length"])
    return (p.Set(s.byte("result"), p.Count(over, p.Compared("==", p.Read(p.Here(over)), p.Number(s["wanted"])))),)


def _sum_bytes(s: _Sampled) -> tuple[p.Statement, ...]:
    over = s.bytes("data", s["length"])
    return (p.Set(s.word("result"), p.Fold("sum", over, p.Widened(p.Read(p.Here(over))))),)


def _copy_block(s: _Sampled) -> tuple[p.Statement, ...]:
    return (p.Copy(s.bytes("source", s["length"]), s.bytes("target", s["length"])),)


def _largest_byte(s: _Sampled) -> tuple[p.Statement, ...]:
    pick = "max" if s.all["pick"] == "largest" else "min"
    return (p.Set(s.byte("result"), p.Extreme(cast(Any, pick), s.bytes("array", s["length"]))),)


def _find_byte(s: _Sampled) -> tuple[p.Statement, ...]:
    over, place = s.bytes("array", s["length"]), p.Register("x", 8)
    same = p.Compared("==", p.Read(p.Here(over)), p.Read(p.Register("a", 8)))
    found = p.Compared("!=", p.Read(place), p.Number(0xFF))
    return p.Set(place, p.Position(over, same, 0xFF)), p.Report(found)


def _table_lookup(s: _Sampled) -> tuple[p.Statement, ...]:
    table = s.table("table")
    index = s.byte("index", below=table.length)
    return (p.Set(s.byte("result"), p.Read(p.Item(table, p.Read(index)))),)


def _change_flag(s: _Sampled) -> tuple[p.Statement, ...]:
    flags, mask = s.byte("flags"), 1 << s["bit"]
    operation = {"ORA": "or", "AND": "and", "EOR": "xor"}[str(s.all["operation"])]
    number = p.Number(0xFF - mask if operation == "and" else mask)
    return (p.Set(flags, p.Binary(cast(Any, operation), p.Read(flags), number)),)


def _distance(s: _Sampled) -> tuple[p.Statement, ...]:
    link = p.Variable("Link", "link", Address(GAME[str(s.all["axis"])] & 0xFFFF), 16)
    return (p.Set(s.word("result"), p.Binary("distance", p.Read(link), p.Read(s.word("other")))),)


def _take_damage(s: _Sampled) -> tuple[p.Statement, ...]:
    health = p.Variable("Health", "health", GAME["Health"])
    armor = p.Variable("Armor", "armor", GAME["Armor"], below=3)
    hits = p.Table("Damage", "damage", tuple(s["damage"] >> level for level in range(3)))
    return (p.Set(health, p.Saturating("subtract", p.Read(health), p.Read(p.Item(hits, p.Read(armor))), 0)),)


def _jump_table(s: _Sampled) -> tuple[p.Statement, ...]:
    values = bytes.fromhex(str(s.all["values"]))
    mode, result = s.byte("mode", below=len(values)), s.byte("result")
    cases = tuple((number, (p.Set(result, p.Number(value)),)) for number, value in enumerate(values))
    return (p.Switch(p.Read(mode), cases),)


def _fill_memory(s: _Sampled) -> tuple[p.Statement, ...]:
    return (p.Fill(s.bytes("start", s["length"]), p.Number(s["value"])),)


def _swap_words(s: _Sampled) -> tuple[p.Statement, ...]:
    return (p.Swap(s.word("left"), s.word("right")),)


def _average_words(s: _Sampled) -> tuple[p.Statement, ...]:
    return (p.Set(s.word("result"), p.Binary("average", p.Read(s.word("left")), p.Read(s.word("right")))),)


def _string_length(s: _Sampled) -> tuple[p.Statement, ...]:
    text = p.Text("Text", "text", Address(s["text"]), 40, s["end"])
    return (p.Set(s.byte("length"), p.Count(text, None)),)


def _multiply_bytes(s: _Sampled) -> tuple[p.Statement, ...]:
    return (p.Set(s.word("product"), p.Product(p.Read(s.byte("left")), p.Read(s.byte("right")))),)


def _add_24(s: _Sampled) -> tuple[p.Statement, ...]:
    total, amount = (p.Variable(name, name, Address(s[name]), 24) for name in ("total", "amount"))
    return (p.Set(total, p.Binary("add", p.Read(total), p.Read(amount))),)


TOLD: dict[str, Callable[[_Sampled], tuple[p.Statement, ...]]] = {
    "add_capped": _add_capped,
    "clamp_byte": _clamp_byte,
    "count_matches": _count_matches,
    "sum_bytes": _sum_bytes,
    "copy_block": _copy_block,
    "largest_byte": _largest_byte,
    "find_byte": _find_byte,
    "table_lookup": _table_lookup,
    "change_flag": _change_flag,
    "distance": _distance,
    "take_damage": _take_damage,
    "jump_table": _jump_table,
    "fill_memory": _fill_memory,
    "swap_words": _swap_words,
    "average_words": _average_words,
    "string_length": _string_length,
    "multiply_bytes": _multiply_bytes,
    "add_24": _add_24,
}
"""The program that does what the family of that name asks, for what a problem was drawn with."""


def report(figure: str, value: float, unit: str) -> None:
    print(json.dumps({"benchmark": "composed", "figure": figure, "value": value, "unit": unit}), flush=True)


if __name__ == "__main__":
    main()
