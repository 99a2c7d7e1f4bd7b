"""Which of several drafts of an answer to show: the one that does on the console what most of them do. Nobody knows
what is right here: drafts that go wrong seldom go wrong in the same way (CodeT, Chen et al. 2022; MBR-exec, Shi et al.
2022). Checks nothing that `checking` does.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from oracle_lib import verify
from oracle_lib.council.trials import SCRATCH, Trial, trial_of
from oracle_lib.quality.text import words
from oracle_lib.records import Frozen
from oracle_lib.verify.assembler import Assembly, width_mismatches
from oracle_lib.verify.contract import Returns
from oracle_lib.verify.fragments import assemble_fragment
from oracle_lib.workers import pool, processors

_BUDGET = 400_000
"""Master cycles that a draft has for a state, a game's frame and some more."""
_HOPELESS = (verify.Ending.HUNG, verify.Ending.CRASHED)

_Outcome = tuple[object, ...]
"""What a draft left behind from one state; two that compare equal did the same."""


class Agreement(Frozen):
    """The place of the draft to show, and the groups of drafts that did the same from all of so many random states: the
    chosen one's first, which is the largest but where a larger one seldom comes back. In no group are those of the
    `drafts` that could not be run, or never came back as they should.
    """

    chosen: int
    groups: tuple[tuple[int, ...], ...]
    drafts: int
    states: int

    @property
    def agreeing(self) -> int:
        """How many drafts do what the chosen one does."""
        return len(self.groups[0]) if self.groups else 0

    @property
    def note(self) -> str:
        """In words."""
        return f"{self.agreeing} of {self.drafts} drafts did the same from {self.states} random states."

    @property
    def warning(self) -> str:
        """In words, where most drafts do something else."""
        if 2 * self.agreeing > self.drafts:
            return ""
        return f"The drafts disagree: {self.drafts - self.agreeing} of {self.drafts} did not do what this code does."


def agree(question: str, codes: Sequence[str], symbols: Mapping[str, int] | None = None) -> Agreement:
    """What drafts of assembly that answer a question do, and which does what most of them do; the first of equals.

    `codes` are the code alone, the surest draft first, and may be hostile. `symbols` are known labels and their
    addresses. Raises `OracleError` where the machine lacks the SNES core.
    """
    trial = trial_of(question)
    different = list(dict.fromkeys(codes))
    with pool(lambda: ThreadPoolExecutor(processors())) as consoles:
        run = partial(_run, trial=trial, names=words(question), symbols=dict(symbols or {}))
        by_code = dict(zip(different, consoles.map(run, different), strict=True))
    return _agreed([by_code[code] for code in codes], len(trial.starts))


@dataclass(frozen=True)
class _Ran:
    """A draft's outcomes, None where it did not come back as it should, and its cycles in all."""

    outcomes: tuple[_Outcome | None, ...] = ()
    cycles: int = 0

    @property
    def returns(self) -> int:
        """From how many states it came back as it should."""
        return sum(outcome is not None for outcome in self.outcomes)


def _agreed(ran: Sequence[_Ran], states: int) -> Agreement:
    groups: dict[tuple[_Outcome | None, ...], list[int]] = {}
    for place, one in enumerate(ran):
        if one.returns:
            groups.setdefault(one.outcomes, []).append(place)
    # What nobody means may hang in code that is right; what hangs or returns wrongly nearly always is not.
    ordered = sorted(groups.values(), key=lambda group: -len(group) * ran[group[0]].returns)
    chosen = min(ordered[0], key=lambda place: ran[place].cycles) if ordered else 0
    return Agreement(chosen=chosen, groups=tuple(map(tuple, ordered)), drafts=len(ran), states=states)


def _run(code: str, trial: Trial, names: frozenset[str], symbols: Mapping[str, int]) -> _Ran:
    """What a draft does; nothing where it does not assemble, or lacks something that nobody knows."""
    fragment = assemble_fragment(code, symbols)
    assembly = fragment.assembly
    if not assembly.ok or not assembly.code or fragment.stubbed:
        return _Ran()
    labelled = (place for name, place in assembly.labels.items() if name in names)
    entry = trial.entry if trial.entry is not None else next(labelled, assembly.blocks[0][0])
    if len(assembly.code) > trial.most_bytes or any(width_mismatches(assembly, trial.m, trial.x, entry)):
        return _Ran()
    returns = trial.returns or _own_return(assembly)
    blocks = [*trial.data, *trial.host, *assembly.blocks]
    runs = list[verify.Execution]()
    try:
        with verify.shared_console() as console:
            for starts in (trial.starts[:1], trial.starts[1:]):
                runs += console.call_many(
                    blocks,
                    starts,
                    _BUDGET,
                    entry=entry,
                    returns=returns,
                    writes=[*trial.watch, SCRATCH],
                    driver=trial.driver,
                )
                if runs[0].ended in _HOPELESS:  # which takes seconds a state
                    return _Ran()
    except verify.AddressError:
        return _Ran()
    outcomes = tuple(_outcome(trial, start, run) for start, run in zip(trial.starts, runs, strict=True))
    return _Ran(outcomes, sum(run.cycles or 0 for run in runs))


def _own_return(assembly: Assembly) -> Returns:
    last = next((one.mnemonic for one in reversed(assembly.listing) if one.mnemonic in ("RTS", "RTL", "RTI")), "RTS")
    return {"RTL": "rtl", "RTI": "rti"}.get(last, "rts")  # type: ignore[return-value]


def _outcome(trial: Trial, start: verify.Start, run: verify.Execution) -> _Outcome | None:
    """What a run left behind, None where its caller could not go on."""
    if run.ended is not verify.Ending.RETURNED or run.stack_balance or run.emulation:
        return None
    kept = all(run.registers[name] == start.registers[name] for name in ("d", "db", *trial.kept))
    if not kept or any(run.flags[flag] != start.flags[flag] for flag in ("m", "x", "d", "i")):
        return None
    width = {"a": 0xFF if trial.m == 8 else 0xFFFF}
    return (
        *run.memory.values(),
        run.stray_writes,
        run.stray_registers,
        *(run.registers[name] & width.get(name, 0xFFFF) for name in trial.results),
        run.flags["c"] if trial.carry else None,
    )
