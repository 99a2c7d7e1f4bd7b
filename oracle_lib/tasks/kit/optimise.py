"""What the optimisation families share: code to improve, and a bound on it that the taught answer just keeps."""

from typing import Literal

from oracle_lib.sample import Task
from oracle_lib.tasks import Problem
from oracle_lib.verify import AsmContract, assemble, check


def optimise(problem: Problem, slow: str, by: Literal["bytes", "cycles"]) -> Problem:
    """The problem as one of optimisation: `slow` is handed in; the answer may need no more than the first reference.

    `{bound}` in an instruction stands for the bound. Cycles are master-clock cycles of the slowest case, measured on
    the console, and get five percent of slack.
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
            "task": Task.OPTIMISE,
            "instructions": tuple(instruction.replace("{bound}", str(bound)) for instruction in problem.instructions),
            "input": f"```asm\n{slow}\n```",
            "contract": contract.model_copy(update=limits),
        }
    )
