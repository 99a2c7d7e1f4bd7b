"""What the repair families share: putting a defect into a reference of an assembly family and asking about it.

A family says what its defect does to the lines of a routine. Whether the routine then fails is found out by running it.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from oracle_lib import OracleError
from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Problem, families, ranked
from oracle_lib.verify import AsmContract, Verdict, check


@dataclass(frozen=True)
class Defect:
    """The lines of a routine with one defect in them, and the diagnosis: what is wrong and why that matters."""

    lines: tuple[str, ...]
    diagnosis: str


Injection = Callable[[Sequence[str]], Iterator[Defect]]

_TURNS = 50
"""How often every donor is tried, each time with another problem."""


def code(line: str) -> str:
    """The instruction in a line, without its comment."""
    return line.partition(";")[0].strip()


def mnemonic(line: str) -> str:
    return re.split(r"[ .]", code(line), maxsplit=1)[0]


def replaced(lines: Sequence[str], place: int, *new: str, count: int = 1) -> tuple[str, ...]:
    """The lines with `count` of them, from `place` on, replaced by `new`. An instruction keeps its line's comment."""
    _, mark, comment = lines[place].partition(";")
    fresh = [f"    {text:<20}{mark}{comment}".rstrip() for text in new]
    return (*lines[:place], *fresh, *lines[place + count :])


def repair(
    module: str,
    subject: str,
    rng: random.Random,
    complaints: Sequence[str],
    inject: Injection,
    donors: Sequence[str] = (),
) -> Problem:
    """A problem that asks to mend a routine with one of the defects that `inject` can put into it.

    The routine comes from one of the families `donors`, by default from any that asks to write one. They are tried as
    ranked for this problem, each with draws of its own, until a defect breaks the contract: so a new family changes no
    repair but those that it gives the routine for. `complaints` say what a user would notice, without saying why.
    """
    known = families(("asm",))
    fit = [known[name] for name in donors] or [one for one in known.values() if one.example.task is Task.WRITE]
    key = rng.getrandbits(64)
    for turn in range(_TURNS):
        for family in ranked(fit, f"{key}:{turn}"):
            own = random.Random(f"{key}:{turn}:{family.name}")
            donor = family.draw(own)
            assert isinstance(donor.contract, AsmContract)
            candidates = list(inject(donor.references[0].splitlines()))
            own.shuffle(candidates)
            for defect in candidates:
                broken = "\n".join(defect.lines)
                verdict = check(broken, donor.contract)
                if verdict.assembles and not verdict.passes:
                    return _ask(module, subject, donor, broken, defect, verdict, own.choice(complaints))
    raise OracleError(f"{module} broke no routine of {len(fit)} families; give it donors that its defect can break")


def _ask(
    module: str, subject: str, donor: Problem, broken: str, defect: Defect, verdict: Verdict, complaint: str
) -> Problem:
    seen = re.sub(r"^case \d+: ", "", verdict.reasons[0])
    first, second, third, fourth = donor.instructions[:4]
    family = module.rpartition(".")[2]
    return Problem(
        family=family,
        subject=subject,
        domain=Domain.ERRORS,
        task=Task.FIX,
        instructions=(
            f"{complaint} Find the mistake in this routine and give me the corrected one. This was the task: {first}",
            f"What is wrong here? In a test, {seen}. The routine is the answer to this question: {second}",
            f"Bug: {complaint} Seen in a test: {seen}. Specification: {third}",
            f"I can't find my error. {complaint} Please explain it and mend the code. What I want: {fourth}",
        ),
        input=f"```asm\n{broken}\n```" + (f"\n\nThe ROM has this:\n\n{donor.input}" if donor.input else ""),
        references=donor.references[:1],
        explanation=defect.diagnosis,
        contract=donor.contract,
        parameters={"donor": donor.group, "broken": broken},
        derived_from=donor.group,
        oracle=donor.oracle,
    )
