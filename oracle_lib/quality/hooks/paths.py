"""Follows code along each of its paths, without running it: how it leaves, and with which widths, stack, D and DB. What
surely goes wrong on a path is a fault. It knows no manifest; what code makes of the processor is in `verify`.

Paths are kept apart, so that a stack that is balanced on one of two stays known. Code elsewhere that is called counts
as coming back with the stack as it was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from oracle_lib.quality.hooks.finding import FindingKind
from oracle_lib.verify.assembler import Instruction, Mode, Widths
from oracle_lib.verify.assembler.opcodes import ACCUMULATOR_IMMEDIATES, BRANCHES, INDEX_IMMEDIATES
from oracle_lib.verify.assembler.widths.stack import Byte, Origin, SavedFlags, Stack

Fetch = Callable[[int, Widths], Instruction | None]
"""The instruction at an address, None where the path leaves the code."""
_STEPS = 4_000
_CONDITIONS = {"BCC": ("carry", False), "BCS": ("carry", True), "BNE": ("zero", False), "BEQ": ("zero", True)}
_D = (Origin(0, "D"), Origin(1, "D"))
_DB = Origin(0, "DB")
_RETURNS = {"RTS": 2, "RTL": 3}
_CALLS = {2: "JSR", 3: "JSL"}


@dataclass(frozen=True)
class Leaving:
    """One way out of the code: by which instruction, to where (None: not known), and with what. An RTS or RTL leaves to
    whoever called the code that was followed."""

    instruction: Instruction
    to: int | None
    widths: Widths


@dataclass(frozen=True)
class Fault:
    """What surely goes wrong at an instruction, whatever the game does."""

    kind: FindingKind
    instruction: Instruction
    text: str


@dataclass
class Paths:
    """All paths through some code: `leavings` and `faults` in the order of discovery, and the instructions by their
    addresses. They are not all where `is_whole` is false, because there were too many. `steps` were followed."""

    leavings: list[Leaving] = field(default_factory=list)
    faults: dict[Fault, None] = field(default_factory=dict)
    seen: dict[int, tuple[Instruction, Widths]] = field(default_factory=dict)
    is_whole: bool = True
    steps: int = 0


def entered(widths: Widths, d: int | None = None, db: int | None = None) -> Widths:
    """The state at an entry where D and DB hold these values, or what the caller has there."""
    kept = _D if d is None else (d & 0xFF, d >> 8)
    return widths._replace(d=kept, db=_DB if db is None else db)


def follow(fetch: Fetch, start: int, widths: Widths) -> Paths:
    """The paths from an address on."""
    found = Paths()
    queue, known = [(start, widths)], {(start, widths)}
    while queue:
        found.steps += 1
        if found.steps > _STEPS:
            found.is_whole = False
            break
        address, state = queue.pop()
        instruction = fetch(address, state)
        if instruction is None:
            continue
        found.seen.setdefault(address, (instruction, state))
        _check_width(instruction, state, found)
        for successor in _after(fetch, instruction, address, state, found):
            if successor not in known:
                known.add(successor)
                queue.append(successor)
    return found


def _after(
    fetch: Fetch, instruction: Instruction, address: int, widths: Widths, found: Paths
) -> list[tuple[int, Widths]]:
    """Where the path goes on within the code."""
    name, code = instruction.mnemonic, instruction.code
    bank = address & 0xFF0000
    following = bank | (address + len(code)) & 0xFFFF
    if name in _RETURNS:
        return _return(fetch, instruction, address, widths, found)
    if name in ("RTI", "BRK", "COP", "STP"):
        found.leavings.append(Leaving(instruction, None, widths))
        return []
    targets: list[tuple[int, Widths]]
    if name in BRANCHES or name == "BRL":
        distance = int.from_bytes(code[1:], "little", signed=True)
        flag, taken_if = _CONDITIONS.get(name, ("", None))
        state = getattr(widths, flag) if flag else None
        goes = [] if flag and state is (not taken_if) else [bank | (following + distance) & 0xFFFF]
        stays = [] if name in ("BRA", "BRL") or (flag and state is taken_if) else [following]
        targets = [(target, widths) for target in (*stays, *goes)]
    elif name in ("JMP", "JML", "JSR", "JSL"):
        target = int.from_bytes(code[1:], "little") | (bank if len(code) == 3 else 0)
        calls = name in ("JSR", "JSL")
        if instruction.mode is not Mode.DIRECT:
            target = -1
        inside = widths
        if calls and target >= 0 and fetch(target, widths) is not None:
            inside = widths._replace(stack=pushed_return(widths.stack, following, len(code) - 1))
        elif calls:
            elsewhere = widths.after_call_elsewhere()._replace(stack=widths.stack)
            target, inside = following, elsewhere
        if target < 0:
            found.leavings.append(Leaving(instruction, None, widths))
            return []
        targets = [(target, inside)]
    else:
        targets = [(following, widths.after(instruction))]
    for target, state in targets:
        if fetch(target, state) is None:
            found.leavings.append(Leaving(instruction, target, state))
    return targets


def pushed_return(stack: Stack, to: int, size: int) -> Stack:
    """The stack with a return address of so many bytes on it."""
    return stack.push(tuple(Origin(part, to=to, size=size) for part in reversed(range(size))))


def _return(
    fetch: Fetch, instruction: Instruction, address: int, widths: Widths, found: Paths
) -> list[tuple[int, Widths]]:
    """Where an RTS or RTL leads: to a call, to what the code has pushed itself, or out."""
    name, size = instruction.mnemonic, _RETURNS[instruction.mnemonic]
    content = [byte for one in reversed(widths.stack.pushed) for byte in reversed(one.content)]
    is_known = all(one.content for one in widths.stack.pushed)
    if not content:
        found.leavings.append(Leaving(instruction, None, widths))
        return []
    if len(content) < size:
        if isinstance(content[0], Origin) and content[0].size == len(content):
            found.faults[Fault(FindingKind.RETURN, instruction, _ends(name, content[0].size))] = None
        elif is_known and widths.stack.returns:
            short = f"{name} takes {size} bytes off the stack, where this path has left {len(content)}"
            found.faults[Fault(FindingKind.STACK, instruction, short)] = None
        else:
            found.leavings.append(Leaving(instruction, None, widths))
        return []
    pulled, stack = widths.stack.pull(size)
    after = widths._replace(stack=stack)
    to, fault = _target(name, pulled, address)
    if fault:
        found.faults[Fault(fault[0], instruction, fault[1])] = None
        return []
    if to is None or fetch(to, after) is None:
        found.leavings.append(Leaving(instruction, to, after if to is not None else widths))
        return []
    return [(to, after)]


def _target(name: str, pulled: Sequence[Byte], address: int) -> tuple[int | None, tuple[FindingKind, str] | None]:
    """Where an RTS or RTL goes that pulls these bytes, or what is wrong with them."""
    if all(isinstance(byte, int) for byte in pulled):
        numbers = [byte for byte in pulled if isinstance(byte, int)]
        bank = numbers[2] if name == "RTL" else address >> 16
        return bank << 16 | (numbers[0] | numbers[1] << 8) + 1 & 0xFFFF, None
    first, size = pulled[0], _RETURNS[name]
    to = first.to if isinstance(first, Origin) else -1
    if isinstance(first, Origin) and [_part(byte, to) for byte in pulled[:2]] == [0, 1]:
        if first.size == size:
            return first.to, None
        if size == 3 and isinstance(pulled[2], int):  # PHK before a JSR makes it a long call
            return pulled[2] << 16 | first.to & 0xFFFF, None
        return None, (FindingKind.RETURN, _ends(name, first.size))
    wrong = next((byte for byte in pulled if isinstance(byte, Origin | SavedFlags)), None)
    if wrong is not None:
        return None, (FindingKind.STACK, f"{name} takes {_what(pulled)} for its return address")
    return None, None


def _part(byte: Byte, to: int) -> int:
    """Which byte of the return address that leads there it is, or -1."""
    return byte.part if isinstance(byte, Origin) and byte.size and byte.to == to else -1


def _ends(name: str, size: int) -> str:
    right = "RTL" if name == "RTS" else "RTS"
    return f"{name} ends what {_CALLS[size]} has called; it takes {right}"


def _what(pulled: Sequence[Byte]) -> str:
    """What an RTS or RTL pulls by mistake, in words."""
    for byte in pulled:
        if isinstance(byte, SavedFlags):
            return "the flags of a PHP"
        if isinstance(byte, Origin) and byte.register:
            return f"the {byte.register} that is saved on the stack"
    return "something that is left on the stack"


def _check_width(instruction: Instruction, widths: Widths, found: Paths) -> None:
    if instruction.mode is not Mode.IMMEDIATE:
        return
    written = 8 * (len(instruction.code) - 1)
    for bits, names, register in (
        (widths.m, ACCUMULATOR_IMMEDIATES, "A is"),
        (widths.x, INDEX_IMMEDIATES, "X and Y are"),
    ):
        if instruction.mnemonic in names and bits not in (None, written):
            text = f"{instruction.mnemonic} # is written {written} bits wide, and {register} {bits} bits wide here"
            found.faults[Fault(FindingKind.WIDTHS, instruction, text)] = None
