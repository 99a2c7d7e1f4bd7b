"""The last look at the code: what nobody needs goes, jumps that reach too far are turned, labels get names, and it
becomes text.
"""

from __future__ import annotations

from oracle_lib.tasks.kit.asm import Routine, listing
from oracle_lib.tasks.program.compiler.code import BRANCHES, ENDS, OPPOSITE, Block, Code, Label, Line, blocks

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


_SAYING = {"next": 0, "found": 0, "store": 1, "done": 2}
"""Names of labels that say most, the best first: where several meet, the best one is used."""


def threaded(code: Code) -> Code:
    """Jumps go to where a jump at their target would bring them, and those to the next line go. Of labels that stand
    together one is left.
    """
    while True:
        onward = _onward(code)
        for line in code:
            if isinstance(line, Line) and line.targets:
                line.targets = tuple(onward.get(target, target) for target in line.targets)
        used = {target for line in code if isinstance(line, Line) for target in line.targets}
        kept: Code = []
        reached, beneath = True, set[Label]()
        for line in reversed(code):
            if isinstance(line, Label):
                if line in used or line.name:
                    beneath.add(line)
                    kept.append(line)
            elif not (line.op == "BRA" or line.op in BRANCHES) or line.targets[0] not in beneath:
                beneath = set()
                kept.append(line)
        code, before = [], len(code)
        for line in reversed(kept):
            if isinstance(line, Label):
                reached = True
            elif not reached and line.op not in ("db", "dw"):
                continue
            elif line.op in ENDS:
                reached = False
            code.append(line)
        if len(code) == before:
            return code


def _onward(code: Code) -> dict[Label, Label]:
    """For labels that stand before a jump or another label, the one that serves as well."""
    found: dict[Label, Label] = {}
    together: list[Label] = []
    for line in code:
        if isinstance(line, Label):
            if not line.name:
                together.append(line)
        elif together:
            best = min(together, key=lambda label: _SAYING.get(label.hint, 3))
            if line.op == "BRA" and line.targets[0] not in together:
                best = line.targets[0]
            found.update((label, best) for label in together if label is not best)
            together = []
    return found


def without_dead_stores(code: Code) -> Code:
    """The code without stores to scratch memory that nothing reads."""
    while True:
        parts = blocks(code)
        live_in = _live_in(code, parts)
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


def scratch_lives_through_a_call(code: Code) -> bool:
    """Whether a routine that is called could spoil what lies in scratch memory."""
    if not any(isinstance(line, Line) and line.op in ("JSR", "JSL") for line in code):
        return False
    parts = blocks(code)
    live_in = _live_in(code, parts)
    for number, block in enumerate(parts):
        live = _live_out(parts, live_in, number)
        for place in range(block.stop - 1, block.start - 1, -1):
            line = code[place]
            if isinstance(line, Line):
                if line.op in ("JSR", "JSL") and live:
                    return True
                live = _before(line, live)
    return False


def _live_in(code: Code, parts: list[Block]) -> list[int]:
    """For each block the scratch bytes, as bits, that it or those behind it read before they are written."""
    live_in = [0] * len(parts)
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
    return live_in


def _live_out(parts: list[Block], live_in: list[int], number: int) -> int:
    live = 0
    for target in parts[number].targets:
        live |= live_in[target]
    falls = parts[number].falls
    if falls is not None:
        live |= live_in[falls]
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
