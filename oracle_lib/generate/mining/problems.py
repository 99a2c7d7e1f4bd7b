"""Asks about a mined routine in six ways: write it, make it shorter, mend it, convert it, explain it, document it.

Code is judged by the routine's contract and fresh states, what is said of it by what a run on the console leaves.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from oracle_lib.generate.mining.machine import Explorer, Stopped
from oracle_lib.generate.mining.pseudocode import pseudocode
from oracle_lib.generate.mining.record import Mined
from oracle_lib.generate.mining.rewrites import lengthened, shortened
from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Cases, Problem
from oracle_lib.tasks.kit.breaks import breaks
from oracle_lib.tasks.kit.stepping import Step, Trace
from oracle_lib.tasks.kit.understanding import Program, Run, block, fault, hexed, named, stated
from oracle_lib.verify import AsmCase, AsmContract, Fact, FactContract, check
from oracle_lib.verify.contract import Flag, Register

SUBJECT = "routines of a source"
_EXAMPLES, _SHOWN_BYTES = 4, 10
_SHOWN_LINES = 40
_FRESH = 48
_BREAKS = 12
_FOLLOWED = 60


def problems(mined: Mined, seed: int | str) -> Iterator[Problem]:
    """The problems that this routine gives, at most one of each kind. The same seed always asks the same."""
    for kind in (_write, _optimise, _fix, _convert, _explain, _document):
        rng = random.Random(f"{seed}:{mined.group}:{kind.__name__}")
        if (problem := kind(mined, rng)) is not None:
            yield problem


# How a routine is told


def _call(mined: Mined) -> str:
    contract = mined.contract
    m, x = contract.m, contract.x
    widths = f"{m}-bit A, X and Y" if m == x else f"{m}-bit A and {x}-bit X and Y"
    how = "JSR" if contract.returns == "rts" else "JSL"
    bank = f", D = $0000 and DB = ${mined.bank:02X}" if mined.bank else " and D = $0000"
    slots = " and ".join(name.upper() for name in mined.slots)
    of_slots = f" {slots} {'select' if len(mined.slots) > 1 else 'selects'} a slot." if slots else ""
    return f"`{mined.name}` is called by {how} with {widths}{bank} and ends with {contract.returns.upper()}.{of_slots}"


def _kept(mined: Mined) -> str:
    changes = mined.contract.changes
    kept = [name.upper() for name in ("a", "x", "y") if name not in changes]
    kept += ["the width of A"] if "m_flag" not in changes else []
    kept += ["the width of X and Y"] if "x_flag" not in changes else []
    first = mined.contract.cases[0]
    left = [name.upper() for name in first.expect_registers]
    left += [_FLAG_NAMES[flag] for flag in first.expect_flags if flag in _FLAG_NAMES]
    gives = f" Its caller uses {_and(left)}." if left else ""
    return f"It keeps {_and([*kept, 'D', 'DB'])}.{gives}"


def _memory(mined: Mined) -> str:
    """What it may write, and what of that counts."""
    contract = mined.contract
    places = [(span.address, span.length) for span in contract.writes]
    if not places:
        return "It writes no memory."
    counts = {at for at, _ in _expected(contract.cases[0])}
    free = [_range(at, size) for at, size in places if not counts & set(range(at, at + size))]
    said = f"It may write {_and([_range(at, size) for at, size in places])} and nothing else"
    return f"{said}; what it leaves in {_and(free)} does not matter." if free else f"{said}."


_FLAG_NAMES = {"n": "the negative flag", "v": "the overflow flag", "z": "the zero flag", "c": "the carry"}


def _range(at: int, size: int) -> str:
    return named(at) if size == 1 else f"{named(at)}-{named(at + size - 1)}"


def _and(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def _expected(case: AsmCase) -> Iterator[tuple[int, int]]:
    """The bytes that a case expects, by their addresses."""
    for at, held in case.expect_memory.items():
        assert isinstance(held, bytes)
        yield from ((at + offset, byte) for offset, byte in enumerate(held))


def _before(case: AsmCase) -> dict[int, int]:
    return {at + offset: byte for at, held in case.memory.items() for offset, byte in enumerate(held)}


def _changed(case: AsmCase) -> dict[int, int]:
    """The bytes that are expected to be others than before."""
    before = _before(case)
    return {at: byte for at, byte in _expected(case) if before.get(at) != byte}


def _state(mined: Mined, case: AsmCase, read: dict[int, int]) -> str:
    m, x = mined.contract.m, mined.contract.x
    sizes = {"a": m, "x": x, "y": x}
    held = [f"{name.upper()} = {hexed(case.registers[name], bits)}" for name, bits in sizes.items()]  # type: ignore[index]
    held.append(f"carry {'set' if case.flags.get('c') else 'clear'}")
    held += [f"{named(at)} = {hexed(byte, 8)}" for at, byte in read.items()]
    return ", ".join(held)


def _outcome(mined: Mined, case: AsmCase) -> list[Fact]:
    """What a case shows of the result: registers, flags, changed bytes."""
    m, x = mined.contract.m, mined.contract.x
    facts = []
    for name, value in case.expect_registers.items():
        assert isinstance(value, int)
        facts.append(Fact(name=name.upper(), value=value & (1 << (m if name == "a" else x)) - 1))
    names = {"n": "negative", "v": "overflow", "z": "zero", "c": "carry"}
    for flag, is_set in case.expect_flags.items():
        if flag in names:
            facts.append(Fact(name=names[flag], value="set" if is_set else "clear"))
    return facts + [Fact(name=named(at), value=byte) for at, byte in sorted(_changed(case).items())]


def _digits(mined: Mined, facts: Sequence[Fact]) -> dict[str, int]:
    m, x = mined.contract.m, mined.contract.x
    return {fact.name: {"A": m, "X": x, "Y": x}.get(fact.name, 8) // 4 for fact in facts}


def _reads(mined: Mined, case: AsmCase) -> dict[int, int]:
    """The bytes of a case that runs depend on: not those that are only there to stay as they are."""
    read = {span.address + offset for span in mined.reads for offset in range(span.length)}
    return {at: byte for at, byte in _before(case).items() if at in read}


def _examples(mined: Mined) -> str:
    rows = []
    for case in mined.contract.cases:
        facts, read = _outcome(mined, case), _reads(mined, case)
        if facts and len(facts) <= _SHOWN_BYTES and len(read) <= _SHOWN_BYTES:
            rows.append(f"- {_state(mined, case, read)}: then {stated(facts, _digits(mined, facts))}")
        if len(rows) == _EXAMPLES:
            break
    return "Examples:\n" + "\n".join(rows) if rows else ""


def _needs(mined: Mined) -> str:
    """The names that it may use, and what stands there, as far as that can be shown."""
    contract = mined.contract
    lines = [f"{name} = ${value:06X}" for name, value in sorted(contract.symbols.items(), key=lambda one: one[1])]
    text = f"Known names:\n{block(chr(10).join(lines))}" if lines else ""
    code = [helper.text for helper in mined.helpers]
    if code and sum(len(one.splitlines()) for one in code) <= _SHOWN_LINES:
        text += f"\n\nWhat is there already:\n{block(chr(10).join(code))}"
    return text


def _problem(mined: Mined, kind: str, task: Task, asks: Sequence[str], **fields: Any) -> Problem:
    oracle = fields.pop("oracle", Cases(mined.draw))
    parameters = {"routine": mined.group, **fields.pop("parameters", {})}
    return Problem(
        family=f"mined_{kind}",
        subject=SUBJECT,
        domain=fields.pop("domain", mined.domain),
        task=task,
        instructions=tuple(asks),
        parameters=parameters,
        derived_from=mined.group,
        oracle=oracle,
        **fields,
    )


def _interface(mined: Mined) -> str:
    return f"{_call(mined)} {_kept(mined)} {_memory(mined)}"


# The six kinds


def _write(mined: Mined, rng: random.Random | None = None) -> Problem:
    routine, contract = mined.routine(), mined.contract
    told = pseudocode(mined.text, routine.assembly, contract.m, contract.x, routine.origin)
    said = f"{mined.comment.strip()}\n\n" if mined.comment.strip() else ""
    rest = "\n\n".join(part for part in (f"```\n{told}\n```", _interface(mined), _examples(mined)) if part)
    return _problem(
        mined,
        "write",
        Task.WRITE,
        (
            f"Write this routine for the 65816. {said}It does the following:\n\n{rest}",
            f"{said}I need `{mined.name}` in asar's dialect. In pseudocode:\n\n{rest}",
            f"Please turn this plan into 65816 assembly. {said}\n\n{rest}",
            f"Implement `{mined.name}`. {said}What it must do:\n\n{rest}",
        ),
        input=_needs(mined),
        references=(mined.text,),
        contract=contract,
    )


def _optimise(mined: Mined, rng: random.Random) -> Problem | None:
    """The original where a rewrite makes it shorter, else a longer form of it: an answer may be as long as the better
    one of the two."""
    better, slow, said = mined.text, "", list[str]()
    for _ in range(4):
        for shorter in shortened(better):
            if _size(mined, shorter.text) < _size(mined, better) and _holds(mined, shorter.text, rng):
                better, slow = shorter.text, mined.text
                said += shorter.said
                break
        else:
            break
    if not slow:
        for count in (4, 3, 2, 1):
            slow = lengthened(mined.text, rng, count)
            if _size(mined, slow) > _size(mined, better) and _holds(mined, slow, rng):
                break
        else:
            return None
    bound = _size(mined, better)
    rest = f"{_interface(mined)}"
    explanation = f"{_and([one[0].upper() + one[1:] for one in dict.fromkeys(said)])}." if said else ""
    return _problem(
        mined,
        "optimise",
        Task.OPTIMISE,
        (
            f"Make this routine do the same in at most {bound} bytes. {rest}",
            f"`{mined.name}` is too long: shorten it to {bound} bytes or less without changing what it does. {rest}",
            f"I have {bound} bytes of room for this routine. Please make it fit. {rest}",
            f"Optimise for size, {bound} bytes at most. {rest}",
        ),
        input=f"{block(slow)}\n\n{_needs(mined)}".strip(),
        references=(better,),
        explanation=explanation,
        contract=mined.contract.model_copy(update={"max_bytes": bound}),
        parameters={"slow": slow, "bound": bound},
    )


def _fix(mined: Mined, rng: random.Random) -> Problem | None:
    candidates = breaks(mined.text)
    for broken in rng.sample(candidates, min(len(candidates), _BREAKS)):
        verdict = check(broken.text, mined.contract)
        if verdict.assembles and verdict.failed_case is not None:
            break
    else:
        return None
    seen = re.sub(r"^case \d+: ", "", verdict.reasons[0])
    state = _state(mined, mined.contract.cases[verdict.failed_case], {})
    return _problem(
        mined,
        "fix",
        Task.FIX,
        (
            f"This routine has a mistake: in a test, {seen}. Find it and mend it, please. {_interface(mined)}",
            f"What is wrong with `{mined.name}`? Called with {state}, {seen}. {_interface(mined)}",
            f"Bug in this code, seen in a test: {seen}. Please mend it. {_interface(mined)}",
            f"I broke `{mined.name}` and can't see where. A test says: {seen}. {_interface(mined)}",
        ),
        input=f"{block(broken.text)}\n\n{_examples(mined)}\n\n{_needs(mined)}".strip(),
        references=(mined.text,),
        explanation=f"The routine {fault(broken)}.".replace("The routine", "What you sent"),
        contract=mined.contract,
        domain=Domain.ERRORS,
        parameters={"broken": broken.text},
    )


_Conversion = tuple[str, str, AsmContract, Callable[[AsmCase], AsmCase]]


def _convert(mined: Mined, rng: random.Random) -> Problem | None:
    """The routine under another calling convention: called from other banks, with 16-bit registers, with any data bank.
    Asked only where the original does not meet it and the taught conversion does."""
    options = list(_conversions(mined))
    rng.shuffle(options)
    for ask, text, contract, adapt in options:
        contract = contract.model_copy(update={"cases": tuple(adapt(case) for case in contract.cases)})
        if check(mined.text, contract).passes or not check(text, contract).passes:
            continue

        def draw(source: random.Random, count: int, adapt: Callable[[AsmCase], AsmCase] = adapt) -> tuple[AsmCase, ...]:
            return tuple(adapt(case) for case in mined.draw(source, count))

        return _problem(
            mined,
            "convert",
            Task.CONVERT,
            (
                f"Convert this routine: {ask}. Otherwise it does what it does now. {_kept(mined)} {_memory(mined)}",
                f"I want `{mined.name}` changed so that {ask}. {_kept(mined)} {_memory(mined)}",
                f"Please rewrite this: {ask}, all else as it is. {_kept(mined)} {_memory(mined)}",
                f"New calling convention for `{mined.name}`: {ask}. {_kept(mined)} {_memory(mined)}",
            ),
            input=f"{block(mined.text)}\n\n{_needs(mined)}".strip(),
            references=(text,),
            contract=contract,
            parameters={"to": ask},
            oracle=Cases(draw),
        )
    return None


def _conversions(mined: Mined) -> Iterator[_Conversion]:
    contract, text = mined.contract, mined.text
    far = contract.returns == "rts"
    others: dict[str, Literal["rts", "rtl"]] = {"RTS": "rtl", "RTL": "rts"}
    old = "RTS" if far else "RTL"
    new = others[old].upper()
    how = "JSL" if far else "JSR"
    yield (
        f"it is called by {how} and ends with {new}",
        re.sub(rf"^(\s+){old}\b", rf"\1{new}", text, flags=re.MULTILINE),
        contract.model_copy(update={"returns": others[old]}),
        lambda case: case,
    )
    bank = mined.bank
    wrapped = ("PHB", "PHK", "PLB") if bank else ("PHB", "PEA $0000", "PLB", "PLB")
    yield (
        "it works with any data bank, such as DB = $7F, and leaves DB as it was",
        _around(text, wrapped, ("PLB",)),
        contract,
        lambda case: case.model_copy(update={"registers": {**case.registers, "db": 0x7F}}),
    )
    yield (
        "it works with any direct page, such as D = $0300, and leaves D as it was",
        _around(text, ("PHD", "PEA $0000", "PLD"), ("PLD",)),
        contract,
        lambda case: case.model_copy(update={"registers": {**case.registers, "d": 0x0300}}),
    )
    if (contract.m, contract.x) == (8, 8) and not {"m_flag", "x_flag"} & set(contract.changes):
        yield (
            "it is entered with 16-bit A, X and Y, of which only the low bytes count, and returns with them 16-bit",
            _around(text, ("SEP #$30",), ("REP #$30",)),
            contract.model_copy(update={"m": 16, "x": 16}),
            _wide,
        )


def _wide(case: AsmCase) -> AsmCase:
    """The case for 16-bit registers: A has both its bytes, so nothing is expected of it that tells them apart."""
    return case.model_copy(update={"expect_flags": {f: v for f, v in case.expect_flags.items() if f not in "mx"}})


def _around(text: str, first: Sequence[str], last: Sequence[str]) -> str:
    """The text with instructions at its entry and before each of its returns."""
    lines = text.splitlines()
    found = []
    for number, line in enumerate(lines):
        if re.match(r"\s+RT[SL]\b", line):
            found += [f"    {one}" for one in last]
        found.append(line)
        if not number:
            found += [f"    {one}" for one in first]
    return "\n".join(found)


def _explain(mined: Mined, rng: random.Random) -> Problem | None:
    """What a run from one state leaves, with the routine said in plain words."""
    chosen = _asked(mined, rng)
    if chosen is None:
        return None
    case, facts = chosen
    routine, contract = mined.routine(), mined.contract
    told = pseudocode(mined.text, routine.assembly, contract.m, contract.x, routine.origin)
    what = _and([_thing(fact) for fact in facts])
    return _problem(
        mined,
        "explain",
        Task.EXPLAIN,
        (
            f"Explain step by step what this routine does, then say what it leaves in {what} when it is called as "
            "given below, in one last line that begins with `Answer:`.",
            f"What does `{mined.name}` do? Go through it, and end with `Answer:` and {what} for the state below.",
            f"I'm trying to understand this code. Please explain it. After the call below, what are {what}?",
            f"Walk me through `{mined.name}`. Last line: `Answer: ...` with {what} after this call.",
        ),
        input=f"{block(mined.text)}\n\n{_needs(mined)}\n\n{_entry(mined, case)}".strip(),
        references=(
            f"In other words:\n\n```\n{told}\n```\n\n{_kept(mined)} {_memory(mined)}\n\n{_followed(mined, case)}"
            f"Answer: {stated(facts, _digits(mined, facts))}.",
        ),
        contract=FactContract(cases=tuple(facts)),
        parameters={"entry": _entry(mined, case)},
        oracle=None,
    )


def _document(mined: Mined, rng: random.Random) -> Problem | None:
    """A comment to stand above the routine, with an example that has to be right."""
    chosen = _asked(mined, rng)
    if chosen is None:
        return None
    case, facts = chosen
    what = _and([_thing(fact) for fact in facts])
    lines = [f"; {mined.name}", f"; Call: {_call(mined)}", f"; Keeps: {_kept(mined)}", f"; Writes: {_memory(mined)}"]
    lines += [f"; {line}" for line in mined.comment.strip().splitlines()]
    example = f"; Example: {_state(mined, case, _reads(mined, case))} gives {stated(facts, _digits(mined, facts))}"
    return _problem(
        mined,
        "document",
        Task.DOCUMENT,
        (
            f"Write a header comment for this routine: how it is called, what it reads, writes and keeps. Give the "
            f"call below as an example; end with one line `Answer:` that says {what} after it.",
            f"Document `{mined.name}` for people who call it. End with `Answer:` and {what} after the call below.",
            f"This needs a comment above it. Please write one, and for the example below state {what} in a last line "
            "that begins with `Answer:`.",
            f"Interface documentation for `{mined.name}`, please, with the call below worked out: {what} in the last "
            "line, after `Answer:`.",
        ),
        input=f"{block(mined.text)}\n\n{_needs(mined)}\n\n{_entry(mined, case)}".strip(),
        references=(block("\n".join([*lines, example])) + f"\n\nAnswer: {stated(facts, _digits(mined, facts))}.",),
        contract=FactContract(cases=tuple(facts)),
        parameters={"entry": _entry(mined, case)},
        oracle=None,
    )


def _followed(mined: Mined, case: AsmCase) -> str:
    """The run from a state step by step; nothing where it is long, or goes through code that the text does not show."""
    routine = mined.routine()
    flags: dict[Flag, bool] = {"m": mined.contract.m == 8, "x": mined.contract.x == 8, "d": False, "i": False}
    flags |= case.flags
    registers: dict[Register, int] = {"d": 0, "db": mined.bank, **case.registers}
    machine = Explorer(routine.assembly, routine.rom, routine.origin, registers, flags, _before(case), lambda *place: 0)
    steps: list[Step] = []
    while machine.pc is not None:
        steps.append(machine.step())
        if len(steps) > _FOLLOWED or not steps[-1].instruction.line:
            return ""
    text = "\n".join(line.partition(";")[0].rstrip() for line in mined.text.splitlines())
    written = _write(mined)
    program = Program(written, mined.contract, mined.name, text, routine.assembly)
    run = Run(program, registers, flags, Trace(tuple(steps), machine.read, machine.written))
    return f"From the given state:\n{run.steps()}\n\n"


def _asked(mined: Mined, rng: random.Random) -> tuple[AsmCase, list[Fact]] | None:
    """A state that is not in the contract, and at most three facts of what it leaves; None where all are too large to
    be followed by hand."""
    for case in mined.draw(rng, _EXAMPLES * 2):
        facts = _outcome(mined, case)
        if facts and len(_reads(mined, case)) <= 2 * _SHOWN_BYTES:
            chosen = rng.sample(facts, min(len(facts), 3))
            return case, sorted(chosen, key=facts.index)
    return None


def _entry(mined: Mined, case: AsmCase) -> str:
    return f"{_call(mined)}\nOn entry: {_state(mined, case, _reads(mined, case))}."


def _thing(fact: Fact) -> str:
    if fact.name[0] == "$":
        return f"the byte at {fact.name}"
    return (
        f"the {fact.name} flag"
        if fact.name in ("negative", "overflow", "zero")
        else fact.name.replace("carry", "the carry")
    )


def _size(mined: Mined, text: str) -> int:
    try:
        return len(
            type(mined.routine())
            .sealed(mined.name, text, mined.contract.origin, mined.contract.symbols, {})
            .assembly.code
        )
    except Stopped:
        return 1 << 16


def _holds(mined: Mined, text: str, rng: random.Random) -> bool:
    """Whether a text does what the routine does, in the contract's states and fresh ones."""
    if not check(text, mined.contract).passes:
        return False
    return check(text, mined.contract.model_copy(update={"cases": mined.draw(rng, _FRESH)})).passes
