"""What happens at a place that is hooked: what is left of the game's instructions there, and whether the hook comes
back as the game expects it. It follows the patch's code from each place on; how is in `paths`.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from oracle_lib.quality.hooks.finding import Finding, FindingKind, Severity
from oracle_lib.quality.hooks.game import ENDS, Game, M, X, decoded, place_of
from oracle_lib.quality.hooks.manifest import Manifest, Place
from oracle_lib.quality.hooks.patch import GAME, Block, Patch, target_of
from oracle_lib.quality.hooks.paths import Leaving, Paths, entered, follow
from oracle_lib.verify.assembler import Bits, Instruction, Mode, Widths
from oracle_lib.verify.assembler.widths.stack import Byte, Origin, Stack

_JUMPS = frozenset(("JSR", "JSL", "JMP", "JML"))
_CONTROL = frozenset(("JSR", "JMP", "PEA", "PER", "BRL"))
_LONGEST = 4
_NOP = b"\xea"
_STEPS = 400_000
"""Over all hooks of a patch; the largest project that was looked at takes 90,000."""


@dataclass(frozen=True)
class _Hooked:
    """A block over the game's code: where the processor enters it and with what, the instructions that it displaces,
    where the game goes on behind these (None: they end in a jump), and what would hold there without the hook."""

    block: Block
    start: int
    before: Widths
    displaced: tuple[Instruction, ...]
    resumes: int | None
    unhooked: Widths


def sites(patch: Patch, manifest: Manifest, game: Game) -> Iterator[Finding]:
    """The findings on each place that the patch hooks, and on its calls."""
    known = {place_of(place.address): place for place in manifest.places}
    steps = 0
    for block in patch.blocks:
        if patch.is_hook(block, game):
            if steps > _STEPS:
                text = "the patch has too many paths; from here on its hooks are not followed"
                yield block.finding(FindingKind.NOT_FOLLOWED, text, Severity.SOFT)
                break
            steps += yield from _site(block, patch, known.get(block.place), manifest, game)
    yield from _calls(patch, manifest, game)


def _site(
    block: Block, patch: Patch, known: Place | None, manifest: Manifest, game: Game
) -> Generator[Finding, None, int]:
    """The findings on one place; returns how many steps were followed."""
    cut = game.covering(block.address)
    if cut and patch.begins_with_code(block):
        text = f"{block} begins in the middle of {_named(cut)}"
        yield block.finding(FindingKind.MIDDLE, text)
        return 0
    is_table = not patch.begins_with_code(block) and not game.is_code(block.address)
    if is_table or not patch.stays(block):
        return 0
    hooked = _hooked(block, cut.address if cut else block.address, known, game)

    def fetch(address: int, widths: Widths) -> Instruction | None:
        place = place_of(address)
        if place is None:
            return None
        if (one := patch.code.get(place)) is not None:
            return one._replace(address=address)
        first = place_of(hooked.start)
        if first is None or not first <= place < block.end:
            return None
        return decoded(address, _merged(patch, game, place), widths)

    paths = follow(fetch, hooked.start, hooked.before)
    for fault in paths.faults:
        yield _finding(block, fault.instruction, fault.kind, fault.text)
    for leaving in paths.leavings:
        yield from _left(leaving, hooked, patch, manifest, game)
    yield from _lost(hooked, paths, game)
    yield from _reads(hooked, paths, patch)
    return paths.steps


def _hooked(block: Block, start: int, known: Place | None, game: Game) -> _Hooked:
    m, x = game.widths_at(start)
    if known:
        m, x = known.m or m, known.x or x
    before = entered(Widths(m, x), known.d if known else None, known.db if known else None)
    end = start + block.end - (place_of(start) or 0)
    displaced, widths, address = list[Instruction](), before, start
    while address < end and (one := game.at(address, widths)) is not None:
        displaced.append(one)
        if one.mnemonic in ENDS:
            return _Hooked(block, start, before, tuple(displaced), None, widths)
        calls = one.mnemonic in ("JSR", "JSL")
        widths = widths.after_call_elsewhere()._replace(stack=widths.stack) if calls else widths.after(one)
        address += len(one.code)
    return _Hooked(block, start, before, tuple(displaced), address if address >= end else None, widths)


def _merged(patch: Patch, game: Game, place: int) -> bytes:
    """The bytes that the ROM holds at a place under the patch, at most those of an instruction."""
    found = bytearray()
    for offset in range(place, place + _LONGEST):
        byte = patch.bytes_at.get(offset)
        there = bytes((byte,)) if byte is not None else game.read(offset, 1)
        if not there:
            break
        found += there
    return bytes(found)


def _left(leaving: Leaving, hooked: _Hooked, patch: Patch, manifest: Manifest, game: Game) -> Iterator[Finding]:
    """The findings on one way out of a hook."""
    one, widths, to = leaving.instruction, leaving.widths, leaving.to
    if to is None:
        if one.mnemonic == "RTS" and widths.stack == Stack() and _bank(one.address) != _bank(hooked.start):
            text = f"RTS stays in bank ${one.address >> 16:02X}, and the hooked routine was called in another one"
            yield _finding(hooked.block, one, FindingKind.RETURN, text)
        return
    place = place_of(to)
    if place is None or place in patch.bytes_at or _is_taken(place, manifest):
        return
    falls = (one.mnemonic not in ENDS and to == one.address + len(one.code)) or one.mnemonic in ("RTS", "RTL")
    if cut := game.covering(to):
        rest = place_of(cut.address + len(cut.code)) or 0
        if game.read(place, rest - place) == _NOP * (rest - place):
            return
        if hooked.block.place <= (place_of(cut.address) or 0) < hooked.block.end:
            text = f"the rest of {_named(cut)} is left at ${to:06X} and runs as code"
            yield _finding(hooked.block, one, FindingKind.REMAINS, text)
        else:
            kind = FindingKind.REMAINS if falls else FindingKind.MIDDLE
            yield _finding(hooked.block, one, kind, f"it goes on at ${to:06X}, in the middle of {_named(cut)}")
        return
    if not game.is_code(to) and game.read(place, 1) is None:
        if falls and one.mnemonic not in ("JSR", "JSL", "RTS", "RTL") and place >= GAME:
            text = f"the code runs on past its end at ${to:06X}"
            yield _finding(hooked.block, one, FindingKind.RUNS_ON, text)
        return
    is_end = to == hooked.resumes
    m, x = hooked.unhooked[:2] if is_end else (None, None)
    told_m, told_x = game.widths_at(to)
    anew = game.sets_widths_at(to)
    yield from _width(hooked, one, to, "A is", widths.m, None if anew & M else m or told_m)
    yield from _width(hooked, one, to, "X and Y are", widths.x, None if anew & X else x or told_x)
    if is_end:
        yield from _restored(hooked, one, widths)


def _width(hooked: _Hooked, one: Instruction, to: int, registers: str, bits: Bits, expected: Bits) -> Iterator[Finding]:
    if bits and expected and bits != expected:
        text = f"{registers} {bits} bits wide where it goes on at ${to:06X}, and the game has {expected} bits there"
        yield _finding(hooked.block, one, FindingKind.WIDTHS, text)


def _restored(hooked: _Hooked, one: Instruction, widths: Widths) -> Iterator[Finding]:
    """What differs from the state that the displaced code would have left."""
    without = hooked.unhooked
    if None not in (*widths.d, *without.d) and widths.d != without.d:
        yield _finding(hooked.block, one, FindingKind.DIRECT_PAGE, "D is changed and not given back")
    is_own = isinstance(widths.db, int) and widths.db & 0x7F == hooked.start >> 16 & 0x7F
    if widths.db is not None and without.db is not None and widths.db != without.db and not is_own:
        yield _finding(hooked.block, one, FindingKind.DATA_BANK, "DB is changed and not given back")
    ours, theirs = _pushed(widths.stack), _pushed(without.stack)
    if ours is None or theirs is None or len(ours) == len(theirs) or _is_call(ours[len(theirs) :]):
        return
    count = abs(len(ours) - len(theirs))
    more = f"{count} byte{'s' * (count != 1)} {'more' if len(ours) > len(theirs) else 'fewer'}"
    yield _finding(hooked.block, one, FindingKind.STACK, f"it leaves {more} on the stack than the code it displaced")


def _pushed(stack: Stack) -> list[Byte] | None:
    """The bytes that were pushed, None where that is not known."""
    if not stack.returns or not all(one.content for one in stack.pushed):
        return None
    return [byte for one in stack.pushed for byte in one.content]


def _is_call(pushed: Sequence[Byte]) -> bool:
    """Whether all that lies on the stack are return addresses, by which the game's code comes back to the hook."""
    return len(pushed) > 1 and all(isinstance(byte, int) or (isinstance(byte, Origin) and byte.size) for byte in pushed)


def _lost(hooked: _Hooked, paths: Paths, game: Game) -> Iterator[Finding]:
    """Displaced instructions that the hook does nowhere, where it jumps or calls, and all of it is known."""
    first = paths.seen.get(hooked.start)
    if first is None or first[0].mnemonic not in _JUMPS:
        return
    seen = [one for one, _ in paths.seen.values()]
    if not paths.is_whole or any(_leads_elsewhere(one, paths, game) for one in seen):
        return
    done = {_meaning(one) for one in seen}
    lost = [one for one in hooked.displaced if one.mnemonic != "NOP" and _meaning(one) not in done]
    if lost:
        text = f"nothing in the hook does what it displaced: {', '.join(map(_named, lost))}"
        yield hooked.block.finding(FindingKind.DISPLACED, text, Severity.SOFT)


def _leads_elsewhere(one: Instruction, paths: Paths, game: Game) -> bool:
    """Whether it goes where the hook was not followed, other than back into the game."""
    if one.mnemonic not in _JUMPS:
        return False
    target = target_of(one)
    is_back = one.mnemonic in ("JMP", "JML") and game.is_code(target)
    return one.mode is not Mode.DIRECT or not (target in paths.seen or is_back)


def _meaning(one: Instruction) -> tuple[str, int]:
    """What an instruction does, whatever form its operand has; of a branch or call, that it is one."""
    name = {"JSR": "call", "JSL": "call", "JMP": "jump", "JML": "jump"}.get(one.mnemonic, one.mnemonic)
    operand = int.from_bytes(one.code[1:3], "little")
    return name, 0 if one.mnemonic[0] == "B" and one.mnemonic != "BIT" else operand


def _reads(hooked: _Hooked, paths: Paths, patch: Patch) -> Iterator[Finding]:
    """Tables beside the hook that are read through a DB of another bank."""
    for one, widths in paths.seen.values():
        if len(one.code) != 3 or one.mnemonic in _CONTROL or one.mode not in (Mode.DIRECT, Mode.X, Mode.Y):
            continue
        operand = int.from_bytes(one.code[1:], "little")
        address = one.address & 0xFF0000 | operand
        own = place_of(address)
        if operand < 0x8000 or widths.db is None or address not in patch.labels.get(operand, {}).values():
            continue
        bank = widths.db if isinstance(widths.db, int) else hooked.start >> 16
        meant = place_of(bank << 16 | operand)
        if meant == own or meant in patch.bytes_at:
            continue
        is_known = isinstance(widths.db, int)
        held = f"${bank:02X}" if is_known else "the caller's"
        text = f"{one.mnemonic} ${operand:04X} goes through DB, which is {held}, and that label lies in the hook's bank"
        severity = Severity.HARD if is_known else Severity.SOFT
        yield _finding(hooked.block, one, FindingKind.DATA_BANK, text, severity)


def _calls(patch: Patch, manifest: Manifest, game: Game) -> Iterator[Finding]:
    """JSR and JMP to a label of another bank, which they cannot reach."""
    for one in patch.assembly.listing:
        if one.mnemonic not in ("JSR", "JMP") or one.mode is not Mode.DIRECT:
            continue
        target = target_of(one)
        place = place_of(target)
        if place is None or target & 0xFFFF < 0x8000 or place in patch.bytes_at or _is_taken(place, manifest):
            continue
        if game.is_code(target):
            continue
        labels = patch.labels.get(target & 0xFFFF, {})
        if labels and all(_bank(address) != _bank(target) for address in labels.values()):
            name, address = next(iter(labels.items()))
            text = f"{one.mnemonic} stays in its bank, and {name} lies at ${address:06X}; it takes a long one"
            yield Finding(one.file, one.line, FindingKind.OTHER_BANK, text)


def _is_taken(place: int, manifest: Manifest) -> bool:
    return any(
        start <= place < start + hook.length for hook in manifest.hooks if (start := place_of(hook.address)) is not None
    )


def _bank(address: int) -> int:
    return address >> 16 & 0x7F


def _named(one: Instruction) -> str:
    return f"{one.mnemonic} at ${one.address:06X}"


def _finding(
    block: Block, one: Instruction, kind: FindingKind, text: str, severity: Severity = Severity.HARD
) -> Finding:
    """A finding at an instruction of the patch, or at the block where the instruction is none that is written."""
    if one.line:
        return Finding(one.file, one.line, kind, text, severity)
    return block.finding(kind, text, severity)
