"""What the optimisation families share: a bound that the taught answer just keeps."""

from typing import Literal

from oracle_lib.tasks import Problem
from oracle_lib.verify import AsmContract, assemble, check


def bounded(problem: Problem, by: Literal["bytes", "cycles"]) -> Problem:
    """The problem with a bound on size or time, which is what its first reference needs.

    `{bound}` in an instruction stands for the bound.
    Cycles are master-clock cycles of the slowest case, measured on the console, and get five percent of slack.
    """
    contract, taught = problem.contract, problem.references[0]
    assert isinstance(contract, AsmContract)
    if by == "bytes":
        bound = len(assemble(taught, contract.symbols, contract.origin).code)
        limits = {"max_bytes": bound}
    else:
        bound = int((check(taught, contract).cycles or 0) * 1.05)
        limits = {"max_cycles": bound}
    return problem.model_copy(
        update={
            "instructions": tuple(instruction.replace("{bound}", str(bound)) for instruction in problem.instructions),
            "contract": contract.model_copy(update=limits),
        }
    )
