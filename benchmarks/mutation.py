"""How well the contracts of the assembly families tell right from wrong: breaks their references and counts the breaks
that a contract lets pass. It judges no model's answers and changes nothing.

A break counts where it changes behaviour: where it fails the family's own oracle, or leaves a caller's state changed,
in one of many fresh states, which are no cases of the contract. Each of those the contract should catch. Bounds on size
and time are left out on both sides: what is measured is behaviour. Repairs are measured by what they repair.

`python -m benchmarks.mutation --family add_words` shows one family, without a name all of them (`--kind` names a
folder). A family is kept when its share is at least 95 %: read the survivors, and give the contract the case that tells
them from the reference.
"""

import argparse
import json
import math
import random
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

from oracle_lib import OracleError
from oracle_lib.progress import tqdm
from oracle_lib.tasks import Family, Problem, families
from oracle_lib.verify import AsmCase, AsmContract, assemble, check

KINDS = ("asm", "held_out", "repair")
BREAKS, PROBLEMS, STATES, DEMANDED = 60, 2, 512, 0.95

Outcome = Literal["no assembly", "equivalent", "caught", "survived"]

_OPPOSITE = {"BEQ": "BNE", "BCC": "BCS", "BMI": "BPL", "BVC": "BVS"}
_OPPOSITE |= {other: one for one, other in _OPPOSITE.items()}
_BRANCHES = {
    name: (opposite, *(other for other in ("BEQ", "BCC", "BMI", "BCS", "BRA") if other not in (name, opposite)))
    for name, opposite in _OPPOSITE.items()
} | {"BRA": ("BNE", "BCC")}
_OPCODES = {
    "ADC": ("SBC", "ORA"),
    "SBC": ("ADC", "CMP"),
    "AND": ("ORA", "EOR", "BIT"),
    "ORA": ("AND", "EOR", "ADC"),
    "EOR": ("ORA", "AND"),
    "ASL": ("LSR", "ROL"),
    "LSR": ("ASL", "ROR"),
    "ROL": ("ASL", "ROR"),
    "ROR": ("LSR", "ROL"),
    "INC": ("DEC",),
    "DEC": ("INC",),
    "INX": ("DEX",),
    "DEX": ("INX",),
    "INY": ("DEY",),
    "DEY": ("INY",),
    "LDA": ("ADC", "EOR", "STA"),
    "STA": ("LDA", "STZ"),
    "STZ": ("STA", "INC"),
    "CMP": ("SBC", "BIT"),
    "BIT": ("CMP", "AND"),
    "TSB": ("TRB", "ORA"),
    "TRB": ("TSB", "AND"),
    "XBA": ("NOP",),
    "MVN": ("MVP",),
    "MVP": ("MVN",),
    "JSR": ("JMP",),
    "JSL": ("JML",),
    "RTS": ("RTL",),
    "RTL": ("RTS",),
}
_REGISTERS: dict[str, tuple[str, ...]] = {
    f"{start}{one}": (f"{start}{other}",)
    for start in ("LD", "ST", "IN", "DE", "CP", "TA", "PH", "PL")
    for one, other in ("XY", "YX")
}
_REGISTERS |= {"LDA": ("LDX",), "STA": ("STX", "STY"), "PHA": ("PHX",), "PLA": ("PLX",), "PHB": ("PHD",)}
_REGISTERS |= {"TXA": ("TYA",), "TYA": ("TXA",), "TXY": ("TYX",), "TYX": ("TXY",), "PHK": ("PHB",)}
_FLAGS = {"CLC": ("SEC",), "SEC": ("CLC",), "CLD": ("SED",), "SED": ("CLD",), "SEI": ("CLI",), "CLI": ("SEI",)}
_ADDRESSING = (
    (r"\[(.+)\](,Y)?", r"(\1)\2"),
    (r"\((.+)\),Y", r"[\1],Y"),
    (r"\((.+)\),Y", r"(\1)"),
    (r"\((.+)\)", r"\1"),
    (r"(.+),[XYS]", r"\1"),
    (r"#(\$.+)", r"\1"),
    (r"(\$\w+)(,[XY])?", r"#\1"),
)
_DATA = ("db", "dw", "dl")
_BEFORE_RETURN = (
    "SED",
    "CLI",
    "SEI",
    "CLC",
    "SEC",
    "STZ.w $4200",
    "REP #$20",
    "SEP #$20",
    "REP #$10",
    "SEP #$10",
    "PHK : PLB",
    "PEA $7E7E : PLB : PLB",
    "PEA $0100 : PLD",
)


@dataclass(frozen=True)
class Line:
    """A line that holds one instruction, or one directive for data."""

    mnemonic: str
    suffix: str
    operand: str

    @classmethod
    def parse(cls, text: str) -> "Line | None":
        """None for every other line."""
        found = re.fullmatch(r"\s*([A-Z]{3}|d[bwl])(\.[bwl])?(?:\s+([^;:]*?))?\s*(?:;.*)?", text)
        return cls(found[1], found[2] or "", found[3] or "") if found else None

    def __str__(self) -> str:
        return f"    {self.mnemonic}{self.suffix} {self.operand}".rstrip()


@dataclass(frozen=True)
class Break:
    """A text that was a reference before one thing in it was changed: what kind of change, and which."""

    kind: str
    change: str
    text: str


@dataclass(frozen=True)
class Result:
    """What became of a break of a family's reference."""

    family: str
    kind: str
    outcome: Outcome
    change: str
    reason: str = ""
    text: str = ""


def breaks(reference: str) -> list[Break]:
    """Every break of a reference that this module knows, each text once, kinds in turn."""
    lines = reference.splitlines()
    found: dict[str, dict[str, Break]] = {}
    known = {reference}
    for kind, place, count, new in _changes(lines):
        text = "\n".join([*lines[:place], *new, *lines[place + count :]])
        if text not in known:
            known.add(text)
            old = " / ".join(line.partition(";")[0].strip() for line in lines[place : place + count])
            change = f"{old or 'before ' + lines[place].strip()} -> {' / '.join(map(str.strip, new)) or 'nothing'}"
            found.setdefault(kind, {})[text] = Break(kind, f"line {place + 1}: {change}", text)
    return [one for of_kind in found.values() for one in of_kind.values()]


def sample(rng: random.Random, candidates: Sequence[Break], count: int) -> list[Break]:
    """`count` of the breaks, as evenly from all kinds as they give them."""
    by_kind: dict[str, list[Break]] = {}
    for one in rng.sample(candidates, len(candidates)):
        by_kind.setdefault(one.kind, []).append(one)
    chosen: list[Break] = []
    while len(chosen) < count and any(by_kind.values()):
        for rest in by_kind.values():
            if rest:
                chosen.append(rest.pop())
    return chosen[:count]


def _changes(texts: Sequence[str]) -> Iterator[tuple[str, int, int, list[str]]]:
    """Kind, place, how many lines go and which come."""
    lines = [Line.parse(text) for text in texts]
    operands = " ".join(line.operand for line in lines if line)
    addresses = sorted(set(re.findall(r"(?<!#)\$([0-9A-F]{4,6})\b", operands)))
    for place, (text, line) in enumerate(zip(texts, lines, strict=True)):
        if re.match(r"\s+(?!NOP)[A-Z]{3}", text):
            yield "missing", place, 1, []
        if line is None:
            continue
        for kind, changed in _changed(line, addresses):
            yield kind, place, 1, [str(changed)]
        if line.mnemonic in ("ADC", "SBC", "ROL", "ROR"):
            yield "flag", place, 0, ["    CLC"]
            yield "flag", place, 0, ["    SEC"]
        if line.mnemonic in ("RTS", "RTL"):
            for inserted in _BEFORE_RETURN:
                yield "insert", place, 0, [f"    {inserted}"]
        following = lines[place + 1] if place + 1 < len(lines) else None
        if following and following != line and line.mnemonic not in _DATA and following.mnemonic not in _DATA:
            yield "order", place, 2, [str(following), str(line)]


def _changed(line: Line, addresses: Sequence[str]) -> Iterator[tuple[str, Line]]:
    name, operand = line.mnemonic, line.operand
    for kind, table in (("opcode", _OPCODES), ("branch", _BRANCHES), ("register", _REGISTERS), ("flag", _FLAGS)):
        for other in table.get(name, ()):
            yield kind, Line(other, line.suffix, operand)
    if name in ("REP", "SEP"):
        yield "width", Line("SEP" if name == "REP" else "REP", "", operand)
        for mask in ("#$10", "#$20", "#$30"):
            yield "width", Line(name, "", mask)
        bits = int(operand.removeprefix("#$"), 16)
        yield "flag", Line(name, "", f"#${bits ^ 1:02X}")
        yield "flag", Line(name, "", f"#${bits ^ 8:02X}")
        return
    for suffix in {".b": (".w",), ".w": (".b", ".l"), ".l": (".w",)}.get(line.suffix, ()):
        yield "width", Line(name, suffix, operand)
    for number in re.finditer(r"\$([0-9A-F]+)", operand):
        value, digits = int(number[1], 16), len(number[1])
        if operand[: number.start()].endswith("#") or name in _DATA:
            kind, values = "constant", [value + 1, value - 1, value ^ 1 << 4 * digits - 1, 0]
        else:
            others = [int(other, 16) for other in addresses if len(other) == digits]
            kind, values = "operand", [value + 1, value - 1, value ^ (0x10000 if digits > 4 else 0x100), *others]
        for new in values:
            text = f"${new % 16**digits:0{digits}X}"
            yield kind, Line(name, line.suffix, operand[: number.start()] + text + operand[number.end() :])
    if times := re.fullmatch(r"#(\d+)", operand):
        for count in (int(times[1]) - 1, int(times[1]) + 1):
            yield "constant", Line(name, "", f"#{count}")
    for old, new_form in _ADDRESSING:
        if re.fullmatch(old, operand):
            yield "addressing", Line(name, "" if "#" in old + new_form else line.suffix, re.sub(old, new_form, operand))
    for one, other in ("XY", "YX"):
        if operand.endswith(f",{one}"):
            yield "register", Line(name, line.suffix, f"{operand[:-1]}{other}")


class Judge:
    """Judges breaks of one problem: by its contract, and by fresh states of its oracle."""

    def __init__(self, problem: Problem, seed: str, states: int) -> None:
        assert isinstance(problem.contract, AsmContract) and problem.oracle
        # A bound would catch what is only longer or slower.
        self.contract = problem.contract.model_copy(update={"max_bytes": None, "max_cycles": None})
        fresh = problem.oracle.draw(random.Random(f"fresh:{seed}"), states)
        self.fresh = self._in_parts(fresh)
        self.own = self._in_parts(problem.contract.cases)
        self.codes = {self._blocks(reference) for reference in problem.references}

    def __call__(self, text: str) -> tuple[Outcome, str]:
        """What became of the break, and if it survived, what a fresh state showed."""
        code = self._blocks(text)
        if code is None:
            return "no assembly", ""
        if code in self.codes:
            return "equivalent", ""
        passes = all(check(text, part).passes for part in self.own)
        for part in self.fresh:
            verdict = check(text, part)
            if not verdict.passes:
                return ("survived", verdict.reasons[0]) if passes else ("caught", "")
        return "equivalent", ""

    def _in_parts(self, cases: tuple[AsmCase, ...]) -> list[AsmContract]:
        """The contract with some of the cases at a time: most breaks show in the first few."""
        ends = sorted({0, *(end for end in (2, 16, 64) if end < len(cases)), len(cases)})
        return [self.contract.model_copy(update={"cases": cases[one:other]}) for one, other in pairwise(ends)]

    def _blocks(self, text: str) -> tuple[tuple[int, bytes], ...] | None:
        assembly = assemble(text, self.contract.symbols, self.contract.origin, backend="own")
        return tuple(assembly.blocks) if assembly.ok else None


def measure(
    family: Family, seed: int, problems: int = PROBLEMS, count: int = BREAKS, states: int = STATES
) -> list[Result]:
    """`count` breaks of the references of `problems` problems, judged.

    Raises `OracleError` where a reference fails in a fresh state: then the family's oracle or its reference is wrong.
    """
    results: list[Result] = []
    for number in range(problems):
        name = f"{seed}:{family.name}:{number}"
        problem = family.draw(random.Random(f"mutation:{name}"))
        judge = Judge(problem, name, states)
        for reference in problem.references:
            for fresh in judge.fresh:
                verdict = check(reference, fresh)
                if not verdict.passes:
                    raise OracleError(
                        f"A reference of {family.name} fails in a fresh state ({verdict.reasons[0]}); mend it, "
                        f"or what `case` states:\n{reference}"
                    )
        candidates = [one for reference in problem.references for one in breaks(reference)]
        share = count * (number + 1) // problems - count * number // problems
        for one in sample(random.Random(f"breaks:{name}"), candidates, share):
            outcome, reason = judge(one.text)
            results.append(Result(family.name, one.kind, outcome, one.change, reason, one.text))
    return results


def wilson(held: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927)."""
    if not of:
        return 0.0, 1.0
    z, share = 1.959964, held / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def share_caught(results: Iterable[Result]) -> float:
    """The share of the breaks that change behaviour that were caught; 1 where none does."""
    outcomes = [result.outcome for result in results]
    caught, survived = outcomes.count("caught"), outcomes.count("survived")
    return caught / (caught + survived) if caught + survived else 1.0


def table(title: str, rows: dict[str, list[Result]]) -> str:
    """A row a name: how many breaks, how many of them do not assemble or are equivalent, how many were caught."""
    shown = [f"{title:<24}{'breaks':>7}{'no asm':>8}{'equal':>7}{'wrong':>7}{'caught':>8}{'share':>8}   95 % interval"]
    for name, results in rows.items():
        outcomes = [result.outcome for result in results]
        caught = outcomes.count("caught")
        wrong = caught + outcomes.count("survived")
        low, high = wilson(caught, wrong)
        shown.append(
            f"{name:<24}{len(results):>7}{outcomes.count('no assembly'):>8}{outcomes.count('equivalent'):>7}{wrong:>7}"
            f"{caught:>8}{100 * share_caught(results):>7.1f}%   [{100 * low:.1f}, {100 * high:.1f}]"
        )
    return "\n".join(shown)


def main() -> int:
    """1 where a family's share is below what is demanded."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--family", nargs="*", help="families by name; by default all of the kinds")
    parser.add_argument("--kind", nargs="*", choices=KINDS, default=KINDS, help="the folders of the families")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--breaks", type=int, default=BREAKS, help="how many a family")
    parser.add_argument("--problems", type=int, default=PROBLEMS, help="how many a family; they share its breaks")
    parser.add_argument(
        "--states", type=int, default=STATES, help="fresh states that a break must pass to be equivalent"
    )
    parser.add_argument("--keep", type=Path, help="write what became of each break to this JSONL file")
    asked = parser.parse_args()
    known = families(tuple(asked.kind))
    for name in asked.family or ():
        if name not in known:
            sys.exit(f"There is no assembly family {name}; `python -m oracle_lib.tasks` lists the subjects.")
    chosen = [known[name] for name in asked.family or known]
    started = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        judged = pool.map(
            lambda family: measure(family, asked.seed, asked.problems, asked.breaks, asked.states), chosen
        )
        found = [result for results in tqdm(judged, "families", len(chosen)) for result in results]
    if asked.keep:
        asked.keep.write_text("".join(json.dumps(asdict(result)) + "\n" for result in found), encoding="utf-8")
    by_family = {family.name: [result for result in found if result.family == family.name] for family in chosen}
    kinds = sorted({result.kind for result in found})
    print(table("family", by_family))
    print("\n" + table("kind of break", {kind: [one for one in found if one.kind == kind] for kind in kinds}))
    print("\n" + table("all", {"all": found}))
    print("\nSurvivors:")
    for result in found:
        if result.outcome == "survived":
            print(f"  {result.family}, {result.kind}, {result.change}\n      {result.reason}")
    below = [name for name, results in by_family.items() if share_caught(results) < DEMANDED]
    figures = (
        ("breaks that change behaviour and were caught", round(share_caught(found), 4), "share"),
        (f"families below {DEMANDED}", len(below), f"of {len(chosen)}"),
        ("time", round(time.perf_counter() - started), "s"),
    )
    for figure, number, unit in figures:
        print(json.dumps({"benchmark": "mutation", "figure": figure, "value": number, "unit": unit}))
    if below:
        print(f"Below {100 * DEMANDED:.0f} %: {', '.join(below)}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
