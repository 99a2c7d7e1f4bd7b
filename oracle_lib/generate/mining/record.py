"""What mining gives: a routine with its contract, or why there is none. Read and written, and run by nobody here."""

import random
from collections.abc import Mapping

from pydantic import Field

from oracle_lib import OracleError
from oracle_lib.generate.mining.machine import Reason, Stopped
from oracle_lib.generate.mining.miner import Results, case
from oracle_lib.generate.mining.routine import Routine
from oracle_lib.generate.mining.states import Convention, Site, States
from oracle_lib.records import Frozen
from oracle_lib.sample import Domain, Source
from oracle_lib.verify import AsmCase, AsmContract, Span, check

_IN_VAIN, _ROUNDS = 40, 4


class Helper(Frozen):
    """Code or a table that a routine needs, as its own source has it."""

    name: str
    address: int
    text: str
    is_code: bool


class Mined(Frozen):
    """A routine whose runs are closed, and the contract that they showed.

    `text` is the routine as the contract's host and symbols let it assemble. `reads` is the RAM that some run depends
    on. `limits` say how large a value may be that
    a state gives it: of a register, or of what the instruction at an offset reads, by its number there (`12:0`).
    `slots` are the index registers that select one of the game's slots on entry. `closed` is the share of drawn states
    that kept the run closed before the limits were known.
    """

    source: Source
    domain: Domain
    group: str
    comment: str
    name: str
    text: str
    contract: AsmContract
    reads: tuple[Span, ...]
    bank: int = 0
    limits: dict[str, int] = Field(default_factory=dict)
    slots: tuple[str, ...] = ()
    helpers: tuple[Helper, ...] = ()
    closed: float = 1.0

    def routine(self) -> Routine:
        """The routine as it is run."""
        contract = self.contract
        return Routine.sealed(self.name, self.text, contract.origin, contract.symbols, contract.host)

    def draw(self, rng: random.Random, count: int) -> tuple[AsmCase, ...]:
        """Fresh states, and what the routine leaves of each, as the console shows it too: a state where that shows
        something else is none. Raises `OracleError` where they stay too few."""
        contract = self.contract
        states = States(self.routine(), Convention(contract.m, contract.x, self.bank))
        states.index_inputs = frozenset(self.slots)
        states.limits = {_site(site): limit for site, limit in self.limits.items()}
        allowed = {span.address + byte for span in contract.writes for byte in range(span.length)}
        first = contract.cases[0]
        memory = frozenset(at + byte for at, held in first.expect_memory.items() for byte in range(_length(held)))
        flags = tuple(flag for flag in first.expect_flags if flag not in "mx")
        results = Results(memory, tuple(first.expect_registers), flags)
        cases: list[AsmCase] = []
        for _ in range(_ROUNDS):
            for _ in range(_IN_VAIN * count):
                if len(cases) == count:
                    break
                try:
                    run = states.attempt(rng)
                except Stopped:  # on a way that no run went while it was mined
                    continue
                if not run.stopped and run.writes.keys() <= allowed:
                    cases.append(case(run, results, contract.changes, rng))
            while cases:
                fresh = contract.model_copy(update={"cases": tuple(cases)})
                if (wrong := check(self.text, fresh).failed_case) is None:
                    break
                del cases[wrong]
            if len(cases) == count:
                return tuple(cases)
        raise OracleError(f"{self.group} gives too few states; delete what was mined of it, and mine it again")


class WhyNot(Frozen):
    """A routine that is not mined, and why."""

    source: Source
    group: str
    reason: Reason
    detail: str = ""


def limits_of(states: States) -> Mapping[str, int]:
    """The limits as they are stored."""
    return {site if isinstance(site, str) else f"{site[0]}:{site[1]}": limit for site, limit in states.limits.items()}


def _site(text: str) -> Site:
    offset, colon, number = text.partition(":")
    return (int(offset), int(number)) if colon else text


def _length(held: object) -> int:
    assert isinstance(held, bytes)  # a mined case expects exactly what was seen
    return len(held)
