"""Samples to export: drawn by families, or of a source that somebody else wrote."""

import random
from functools import cache

from oracle_lib.sample import Domain, Sample, Source, Split, Task, Teacher, Verification, sample_id, split_of
from oracle_lib.tasks import Problem, families

FAMILIES = (
    "add_words",
    "clamp_byte",
    "copy_block",
    "use_one",
    "table_lookup",
    "negate_word",
    "fill_memory",
    "shift_word",
    "change_flag",
    "count_24",
)


@cache
def _problem() -> Problem:
    return families()["add_words"].draw(random.Random(1))


def sample_of(instruction: str, output: str, group: str, input: str = "") -> Sample:
    problem = _problem()
    return Sample(
        sample_id=sample_id(problem.domain, instruction, input, output),
        domain=problem.domain,
        task=problem.task,
        instruction=instruction,
        input=input,
        output=output,
        source=Source(corpus="tasks", path=group.split(":")[0], licence="MIT"),
        teacher=Teacher(name="offline", model="tasks", request_key="0"),
        verification=Verification(contract=problem.contract.model_dump(mode="json"), passes=True, cases=10),
        group=group,
    )


def samples(problems: int = 8) -> list[Sample]:
    drawn = [families()[name].draw(random.Random(f"{name}:{index}")) for index in range(problems) for name in FAMILIES]
    unique = {problem.group: problem for problem in drawn}
    return [
        sample_of(instruction, problem.answer, problem.group, problem.input)
        for problem in unique.values()
        for instruction in problem.instructions[:2]
    ]


def written(
    instruction: str,
    output: str,
    symbol: str,
    domain: Domain = Domain.ASM,
    task: Task = Task.WRITE,
    corpus: str = "disassembly",
) -> Sample:
    """A sample about a routine of a source, which no family drew."""
    return sample_of(instruction, output, f"{corpus}:bank.asm:{symbol}").model_copy(
        update={
            "domain": domain,
            "task": task,
            "source": Source(corpus=corpus, path="bank.asm", symbol=symbol, licence="MIT"),
            "verification": None,
        }
    )


def symbol_on(side: Split, val: float = 0.2, test: float = 0.2, corpus: str = "disassembly", skip: int = 0) -> str:
    """A routine whose group falls on that side of the split, the one after `skip` others."""
    names = (f"Routine{number}" for number in range(1000))
    fitting = (name for name in names if split_of(f"{corpus}:bank.asm:{name}", val, test) is side)
    return [name for name, _ in zip(fitting, range(skip + 1), strict=False)][-1]
