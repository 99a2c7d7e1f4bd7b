"""Draws OracleBench: problems of families that are never taught, beside as many of taught ones. It asks no model.

The held-out half measures what a model has understood, the taught half what it has learnt; the difference is what it
merely remembers. No held-out answer has the skeleton of one that a training learns from or is chosen by, and no taught
problem here is ever trained on. Assembly comes first, then C++; an expert is asked in its own language.

`python -m oracle_lib.tasks.bench` writes the problems to where 05 reads them: the same bytes each time.
"""

import hashlib
import json
import random
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

import oracle_lib
from oracle_lib import OracleError
from oracle_lib.files import atomic_write
from oracle_lib.records import to_jsonl
from oracle_lib.sample import Sample, Source, Teacher, Verification, group_position, sample_id
from oracle_lib.tasks import Family, Problem, families, ranked
from oracle_lib.terminal import exit_status
from oracle_lib.verify import AsmContract, CppContract, assemble, check

PATH = Path(oracle_lib.__file__).parent / "evaluate" / "oraclebench.jsonl"
"""Where the package ships OracleBench."""

HELD_OUT, TAUGHT = "oraclebench-held-out", "oraclebench-taught"
"""The corpora of the two halves in assembly; those in C++ have `CPP` behind their names."""

CPP = "-cpp"

PROBLEMS = 10
"""How many problems a family gives."""

SURELY_TESTED = 0.05
"""Groups below this position are in every expert's test set, whatever its split."""

_PARTS = {"": ("held_out", "asm"), CPP: ("held_out_cpp", "cpp")}
"""The folders of the held-out and of the taught families, by what stands behind the names of their corpora."""
_TRAINED_KINDS = ("asm", "validation", "cpp", "validation_cpp")
"""What a training learns from or is chosen by."""
_TRAINED_DRAWS = 40
_MOST_DRAWS = 2000


def main() -> int:
    """Writes OracleBench anew. Raises `OracleError` where a family does not allow that."""
    problems = list(samples())
    atomic_write(PATH, to_jsonl(problems))
    print(f"{len(problems)} problems of {len({problem.source.path for problem in problems})} families in {PATH.name}")
    return 0


def samples() -> Iterator[Sample]:
    """Every sample of OracleBench, held-out families first; the same ones each time.

    Raises `OracleError` where a reference fails or a held-out answer has the skeleton of one that is not held out.
    """
    skeletons = known_skeletons()
    for language, (held_out, taught) in _PARTS.items():
        untaught = families((held_out,)).values()
        for family in untaught:
            problems = _distinct(family, 0.0, 1.0)
            if len(problems) < PROBLEMS:
                raise OracleError(
                    f"the held-out family {family.name} has too few problems; let it sample more parameters"
                )
            for place, problem in enumerate(problems):
                _refuse_alike(problem, skeletons)
                yield _sample(problem, place, HELD_OUT + language)
        for family in _matched(untaught, families((taught,)).values()):
            for place, problem in enumerate(_distinct(family, 0.0, SURELY_TESTED)):
                yield _sample(problem, place, TAUGHT + language)


def skeleton(text: str, problem: Problem) -> tuple[str, ...]:
    """A routine's opcodes or a function's types and tokens, without matters of style.

    Left out of assembly are operands, widths, waits, X or Y, and how often something stands in a row. C++ keeps the
    types of its signature; in its body all names are one, types as well, and so are all numbers; braces, parentheses,
    `const`, `std` and casts are left out.
    """
    if isinstance(problem.contract, CppContract):
        body = _CPP_STYLE.sub(" ", text.partition("{")[2])
        words = (_CPP_NAME.sub("name", _CPP_NUMBER.sub("0", word)) for word in _CPP_WORD.findall(body))
        shape = _CPP_NUMBER.sub("0", re.sub(r"(?<=[ &])\w+(?=[(,)])", "", problem.contract.signature))
        return (shape, *words)
    assert isinstance(problem.contract, AsmContract)
    names: list[str] = []
    for instruction in assemble(text, problem.contract.symbols, problem.contract.origin).listing:
        name = _ALIKE.get(instruction.mnemonic.upper(), instruction.mnemonic.upper())
        if name not in ("REP", "SEP", "NOP") and names[-1:] != [name]:
            names.append(name)
    return tuple(names)


def known_skeletons(kinds: tuple[str, ...] = _TRAINED_KINDS) -> dict[tuple[str, ...], str]:
    """The skeletons of those families' references, over many draws, and a family that has each."""
    return {
        skeleton(reference, problem): family.name
        for family in families(kinds).values()
        for seed in range(_TRAINED_DRAWS)
        for problem in [family.draw(random.Random(f"skeleton:{seed}"))]
        for reference in problem.references
    }


def _refuse_alike(problem: Problem, skeletons: Mapping[tuple[str, ...], str]) -> None:
    for reference in problem.references:
        if alike := skeletons.get(skeleton(reference, problem)):
            raise OracleError(
                f"the held-out family {problem.family} and {alike}, which is not, have answers of one skeleton; "
                "leave out the newer one or ask it for something else"
            )


_ALIKE = {
    f"{start}{index}": f"{start}I" for start in ("LD", "ST", "IN", "DE", "CP", "TA", "PH", "PL") for index in "XY"
}
_ALIKE |= {"TXA": "TIA", "TYA": "TIA", "RTL": "RTS"}

_CPP_STYLE = re.compile(r"//[^\n]*|\bstatic_cast<[^>]*>|\b(?:const|std)\b|::|[{}()]")
_CPP_WORD = re.compile(r"\w+|<<=|>>=|[-+*/%&|^=!<>]=|<<|>>|&&|\|\||\+\+|--|\S")
_CPP_NAME = re.compile(r"^(?!(?:if|else|for|while|do|return|break|continue)$)[A-Za-z_]\w*")
_CPP_NUMBER = re.compile(r"\b\d\w*")


@cache
def _distinct(family: Family, low: float, high: float) -> tuple[Problem, ...]:
    """The first `PROBLEMS` problems of a family whose groups differ and lie in [low, high); fewer if it has no more."""
    found: dict[str, Problem] = {}
    for index in range(_MOST_DRAWS):
        problem = family.problem(f"oraclebench:{family.name}:{index}")
        if low <= group_position(problem.group) < high:
            found.setdefault(problem.group, problem)
        if len(found) == PROBLEMS:
            break
    return tuple(found.values())


def _matched(held_out: Collection[Family], taught: Collection[Family]) -> list[Family]:
    """For each held-out family a taught one of its subject with enough problems; none twice while there are others."""
    chosen: list[Family] = []
    for family in held_out:
        alike = sorted(ranked([one for one in taught if one.subject == family.subject], family.name), key=chosen.count)
        able = (one for one in alike if len(_distinct(one, 0.0, SURELY_TESTED)) == PROBLEMS)
        match = next(able, None)
        if match is None:
            raise OracleError(f"no taught family of {family.subject!r} has enough problems to match {family.name}")
        chosen.append(match)
    return chosen


def _sample(problem: Problem, place: int, corpus: str) -> Sample:
    verdict = check(problem.references[0], problem.contract)
    if not verdict.passes:
        raise OracleError(f"the family {problem.family} does not pass its own contract ({verdict.reasons[0]}); mend it")
    instruction = problem.instructions[place % len(problem.instructions)]
    contract = problem.contract.model_dump(mode="json")
    asked = json.dumps([corpus, instruction, problem.input, contract])
    return Sample(
        sample_id=sample_id(problem.domain, instruction, problem.input, problem.answer),
        domain=problem.domain,
        task=problem.task,
        instruction=instruction,
        input=problem.input,
        output=problem.answer,
        source=Source(
            corpus=corpus, path=problem.family, symbol=problem.subject, licence="MIT", drawn_by=problem.drawn_by
        ),
        teacher=Teacher(name="offline", model="tasks", request_key=hashlib.sha256(asked.encode()).hexdigest()),
        verification=Verification(
            contract=contract, passes=True, cases=verdict.cases, cycles=verdict.cycles, size=len(verdict.code)
        ),
        group=problem.group,
    )


if __name__ == "__main__":
    sys.exit(exit_status(main))
