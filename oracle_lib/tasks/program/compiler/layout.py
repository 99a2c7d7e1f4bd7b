"""The last look at the code: what nobody needs goes, jumps that reach too far are turned, labels get names, and it
becomes text.
"""

from __future__ import annotations

from oracle_lib.tasks.kit.asm import Routine, listing
from oracle_lib.tasks.program.compiler.code import BRANCHES, ENDS, OPPOSITE, Code, Label, Line, blocks

_READS = frozenset(
    [
        "LDA",
        "LDX",
        "LDY",
        "ADC",
        "SBC",
        "CMP",
        "CPX",
        "CPY",
        "AND",
        "ORA",
        "EOR",
        "BIT",
        "INC",
        "DEC",
        "ASL",
        "LSR",
        "ROL",
        "ROR",
        "TSB",
        "TRB",
    ]
)
_STORES = frozenset(["STA", "STX", "STY", "STZ"])


def threaded(code: Code) -> Code:
    """Jumps go to where a jump at their target would bring them, and those to the next line go."""
    while True:
        onward: dict[Label, Label] = {}
        for place, line in enumerate(code):
            if isinstance(line, Label):
                following = next((later for later in code[place + 1 :] if isinstance(later, Line)), None)
                if following is not None and following.op == "BRA" and following.targets[0] is not line:
                    onward[line] = following.targets[0]
        for line in code:
            if isinstance(line, Line) and line.targets:
                line.targets = tuple(onward.get(target, target) for target in line.targets)
        kept: Code = []
        reached = True
        used = {target for line in code if isinstance(line, Line) for target in line.targets}
        for place, line in enumerate(code):
            if isinstance(line, Label):
                if line not in used and not line.name:
                    continue
                reached = True
            elif line.op in ("db", "dw"):
                pass
            elif not reached:
                continue
            elif line.op == "BRA" or line.op in BRANCHES:
                rest = iter(code[place + 1 :])
                if any(label is line.targets[0] for label in _labels(rest)):
                    continue
            if isinstance(line, Line) and line.op in ENDS:
                reached = False
            kept.append(line)
        if len(kept) == len(code) and not onward:
            return kept
        if len(kept) == len(code):
            return kept
        code = kept


def _labels(lines: object) -> list[Label]:
    found = []
    for line in lines:  # type: ignore[attr-defined]
        if not isinstance(line, Label):
            break
        found.append(line)
    return found


def without_dead_stores(code: Code) -> Code:
    """The code without stores to scratch memory that nothing reads."""
    while True:
        parts = blocks(code)
        live_in: list[int] = [0] * len(parts)
        changed = True
        while changed:
            changed = False
            for number in range(len(parts) - 1, -1, -1):
                live = _live_out(parts, live_in, number)
                for place in range(parts[number].stop - 1, parts[number].start - 1, -1):
                    line = code[place]
                    if isinstance(line, Line):
                        live = _before(line, live)
                if live != live_in[number]:
                    live_in[number], changed = live, True
        dead: set[int] = set()
        for number, block in enumerate(parts):
            live = _live_out(parts, live_in, number)
            for place in range(block.stop - 1, block.start - 1, -1):
                line = code[place]
                if isinstance(line, Line):
                    if line.op in _STORES and (mask := _mask(line)) and not mask & live:
                        dead.add(place)
                    else:
                        live = _before(line, live)
        if not dead:
            return code
        code = [line for place, line in enumerate(code) if place not in dead]


def _live_out(parts: list, live_in: list[int], number: int) -> int:  # type: ignore[type-arg]
    live = 0
    for target in parts[number].targets:
        live |= live_in[target]
    if parts[number].falls is not None:
        live |= live_in[parts[number].falls]
    return live


def _mask(line: Line) -> int:
    """The scratch bytes that an instruction touches, as bits."""
    operand = line.operand
    if operand is None or operand.index or not 0x7E0000 <= operand.address < 0x7E0010 or operand.immediate:
        return 0
    width = line.x if line.op[2:] in ("X", "Y") else line.m
    return (1 if width == 8 else 3) << (operand.address & 0xF)


def _before(line: Line, live: int) -> int:
    mask = _mask(line)
    if line.op in _STORES:
        return live & ~mask
    return live | mask if line.op in _READS else live


def ranged(code: Code) -> Code:
    """Branches that do not reach their target jump over a JMP instead."""
    while True:
        places: dict[Label, int] = {}
        starts: list[int] = []
        here = 0
        for line in code:
            starts.append(here)
            if isinstance(line, Label):
                places[line] = here
            else:
                here += line.length
        far = [
            number
            for number, line in enumerate(code)
            if isinstance(line, Line)
            and (line.op in BRANCHES or line.op == "BRA")
            and not -120 <= places[line.targets[0]] - starts[number] - 2 <= 120
        ]
        if not far:
            return code
        for number in reversed(far):
            line = code[number]
            assert isinstance(line, Line)
            if line.op == "BRA":
                line.op = "JMP"
            else:
                near = Label("near")
                jump = Line("JMP", targets=line.targets, depth=line.depth)
                line.op, line.targets = OPPOSITE[line.op], (near,)
                code[number + 1 : number + 1] = [jump, near]


def returned(code: Code) -> Code:
    """A jump to the return is the return."""
    for place, line in enumerate(code):
        if isinstance(line, Line) and line.op == "BRA":
            target = code.index(line.targets[0])
            following = next((later for later in code[target + 1 :] if isinstance(later, Line)), None)
            if following is not None and following.op in ("RTS", "RTL"):
                code[place] = Line(following.op)
    return code


def without_idle_labels(code: Code) -> Code:
    used = {target for line in code if isinstance(line, Line) for target in line.targets}
    return [line for line in code if isinstance(line, Line) or line.name or line in used]


def named(code: Code) -> None:
    """Gives each label the name that it would like, with a number where another one has it."""
    taken = {line.name for line in code if isinstance(line, Label) and line.name}
    for line in code:
        if isinstance(line, Label) and not line.name:
            name, number = f".{line.hint}", 1
            while name in taken:
                number += 1
                name = f".{line.hint}{number}"
            taken.add(name)
            line.name = name


def written(code: Code, routine: Routine, data: list[str]) -> str:
    code = without_idle_labels(code)
    named(code)
    lines = [f"{routine.name}:"]
    for line in code:
        if isinstance(line, Label):
            lines.append(line.name)
        else:
            lines.append(f"{line.text} ; {line.comment}" if line.comment else line.text)
    return listing("\n".join([*lines, *data]))
