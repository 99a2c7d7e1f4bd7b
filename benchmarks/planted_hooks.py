"""Drawn hooks over drawn routines of a game: sound ones, and ones with a mistake of a given kind put into them."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from oracle_lib.quality.hooks import FindingKind, Game, Manifest, Place, Range, Site
from oracle_lib.verify import assemble

_JUMP = 4
_FREE = 0x100


@dataclass(frozen=True)
class Hooked:
    """A patch's text with what is known of the hack and the game, and the kind of its mistake (None: it has none)."""

    text: str
    manifest: Manifest
    game: Game
    mistake: FindingKind | None = None


@dataclass(frozen=True)
class _Draft:
    """A sound hook in parts: the routine it hooks, its place there, and the lines of its body."""

    m: int
    x: int
    site: int
    size: int
    displaced: tuple[str, ...]
    free: int
    body: tuple[str, ...]
    by_jml: bool
    game: Game
    original: bytes
    returns: str

    @property
    def jump(self) -> str:
        return "JML" if self.by_jml else "JSL"

    def text(
        self,
        *,
        site: int | None = None,
        fill: int | None = None,
        back: int | None = None,
        displaced: Sequence[str] | None = None,
        end: str | None = None,
        free: int | None = None,
        tail: str = "",
    ) -> str:
        """The patch, with whatever is to differ from the sound one."""
        count = self.size - _JUMP if fill is None else fill
        back = self.site + self.size if back is None else back
        leave = (f"    JML ${back:06X}" if self.by_jml else "    RTL") if end is None else end
        lines = [
            f"org ${self.site if site is None else site:06X}",
            f"    {self.jump} Hook",
            *["    NOP"] * count,
            "",
            f"org ${self.free if free is None else free:06X}",
            "Hook:",
            *self.body,
            *(self.displaced if displaced is None else displaced),
            leave,
            tail,
        ]
        return "\n".join(lines) + "\n"

    def manifest(self) -> Manifest:
        return Manifest(
            hooks=(Site(address=0x3F8000, length=0x40, name="Elsewhere"),),
            protected=(Range(address=0x00FFC0, length=0x40, why="header"),),
            free=(Range(address=self.free, length=_FREE),),
            places=(Place(address=self.site, expected=self.original),),
        )


def sound(rng: random.Random) -> Hooked:
    """A hook without a mistake."""
    draft = _draw(rng)
    return Hooked(draft.text(), draft.manifest(), draft.game)


def planted(kind: FindingKind, rng: random.Random) -> Hooked:
    """A hook with a mistake of this kind."""
    while True:
        draft = _draw(rng)
        if made := _MISTAKES[kind](draft, rng):
            return replace(made, mistake=kind)


def _draw(rng: random.Random) -> _Draft:
    while True:
        m, x = rng.choice((8, 16)), rng.choice((8, 16))
        entry = rng.randrange(0x01, 0x20) << 16 | rng.randrange(0x8000, 0xF000)
        returns = rng.choice(("RTS", "RTL"))
        lines = [*_switch(m, x), *(_step(m, x, rng) for _ in range(rng.randrange(8, 14))), f"    {returns}"]
        assembly = assemble("\n".join([f"org ${entry:06X}", *lines]), backend="own")
        assert assembly.ok, assembly.diagnostics
        listing = assembly.listing
        first = rng.randrange(2 if m != x else 1, len(listing) - 4)
        size, count = 0, 0
        while size < _JUMP:
            size += len(listing[first + count].code)
            count += 1
        if first + count >= len(listing) - 1:
            continue
        site = listing[first].address
        displaced = tuple(lines[one.line - 2] for one in listing[first : first + count])
        original = assembly.code[site - entry : site - entry + size]
        free = rng.randrange(0x20, 0x40) << 16 | rng.randrange(0x80, 0xF0) << 8
        body = _body(m, x, rng)
        game = Game(assembly.blocks, listing)
        return _Draft(m, x, site, size, displaced, free, body, rng.random() < 0.4, game, original, returns)


def _switch(m: int, x: int) -> list[str]:
    if m == x:
        return [f"    {'SEP' if m == 8 else 'REP'} #$30"]
    return ["    SEP #$20", "    REP #$10"] if m == 8 else ["    REP #$20", "    SEP #$10"]


def _step(m: int, x: int, rng: random.Random) -> str:
    """An instruction that leaves widths and stack alone. None ends in $EA, which does nothing where it is run."""
    direct, absolute = f"${rng.randrange(0xE0):02X}", f"${rng.randrange(0x0100, 0x1F00):04X}"
    number = f"#${rng.randrange(0xE0):02X}" if m == 8 else f"#${rng.randrange(0xE000):04X}"
    index = f"#${rng.randrange(0xE0):02X}" if x == 8 else f"#${rng.randrange(0xE000):04X}"
    forms = (
        *(f"{name}.b {direct}" for name in ("LDA", "STA", "INC", "STZ", "LDX", "CMP")),
        *(f"{name}.w {absolute}" for name in ("LDA", "STA", "AND", "ORA", "STZ", "LDY")),
        *(f"{name} {number}" for name in ("LDA", "CMP", "AND", "ORA")),
        f"LDX {index}",
        f"LDA.l $7E{rng.randrange(0xF000, 0xF400):04X}",
        f"LDA.w {absolute},X",
        *("TAX", "TXA", "INX", "ASL A", "CLC", "XBA"),
    )
    return f"    {rng.choice(forms)}"


def _body(m: int, x: int, rng: random.Random) -> tuple[str, ...]:
    """What a hook does beside the displaced code; everything is as before behind it."""
    other = 24 - m
    steps = [_step(m, x, rng) for _ in range(rng.randrange(1, 4))]
    wide = [_step(other, x, rng) for _ in range(rng.randrange(1, 3))]
    to, back = ("REP", "SEP") if m == 8 else ("SEP", "REP")
    parts = {
        "plain": steps,
        "flags": ["    PHP", f"    {to} #$20", *wide, "    PLP"],
        "widths": [f"    {to} #$20", *wide, f"    {back} #$20"],
        "bank": ["    PHB", "    PHK", "    PLB", *steps, "    PLB"],
        "page": ["    PHD", "    PEA $0100", "    PLD", *steps, "    PLD"],
        "kept": ["    PHA", *steps, "    PLA"],
        "choice": ["    LDA.b $1A", "    BEQ .skip", *steps, ".skip:"],
    }
    chosen = rng.sample(list(parts), rng.randrange(1, 4))
    return tuple(line for name in chosen for line in parts[name])


_Make = Callable[[_Draft, random.Random], Hooked | None]


def _with(draft: _Draft, text: str, manifest: Manifest | None = None) -> Hooked:
    return Hooked(text, manifest or draft.manifest(), draft.game)


def _overlap(draft: _Draft, rng: random.Random) -> Hooked:
    start = draft.site if rng.random() < 0.7 else draft.free
    length = rng.randrange(1, 8)
    first = start + rng.randrange(1 - length, draft.size if start == draft.site else 2)
    other = Site(address=first, length=length, name="Other", file="other.asm", line=rng.randrange(1, 99))
    manifest = draft.manifest()
    return _with(draft, draft.text(), manifest.model_copy(update={"hooks": (*manifest.hooks, other)}))


def _protected(draft: _Draft, rng: random.Random) -> Hooked:
    length = rng.randrange(1, 0x10)
    first = draft.site + rng.randrange(1 - length, draft.size)
    manifest = draft.manifest()
    taken = (*manifest.protected, Range(address=first, length=length, why="kept"))
    return _with(draft, draft.text(), manifest.model_copy(update={"protected": taken}))


def _free_space(draft: _Draft, rng: random.Random) -> Hooked:
    away = rng.choice((-rng.randrange(1, 0x40), _FREE - rng.randrange(1, 5), _FREE + rng.randrange(0x40)))
    return _with(draft, draft.text(free=draft.free + away))


def _bank_end(draft: _Draft, rng: random.Random) -> Hooked:
    return _with(draft, draft.text(free=draft.free & 0xFF0000 | 0x10000 - rng.randrange(1, 4)))


def _expected(draft: _Draft, rng: random.Random) -> Hooked:
    other = bytearray(draft.original)
    other[rng.randrange(len(other))] ^= rng.randrange(1, 0x100)
    places = (Place(address=draft.site, expected=bytes(other)),)
    return _with(draft, draft.text(), draft.manifest().model_copy(update={"places": places}))


def _middle(draft: _Draft, rng: random.Random) -> Hooked | None:
    one = draft.game.covering(draft.site + 1)
    return _with(draft, draft.text(site=draft.site + 1)) if one else None


def _remains(draft: _Draft, rng: random.Random) -> Hooked | None:
    cut = [size for size in range(_JUMP, draft.size) if draft.game.covering(draft.site + size)]
    if not cut:
        return None
    size = rng.choice(cut)
    return _with(draft, draft.text(fill=size - _JUMP, back=draft.site + size))


def _displaced(draft: _Draft, rng: random.Random) -> Hooked | None:
    left = list(draft.displaced)
    gone = left.pop(rng.randrange(len(left)))
    return None if gone in left or gone in draft.body else _with(draft, draft.text(displaced=left))


def _widths(draft: _Draft, rng: random.Random) -> Hooked:
    to = "REP" if draft.m == 8 else "SEP"
    lines = (
        [f"    {to} #$20"] if rng.random() < 0.5 else ["    LDA.b $1B", "    BNE .narrow", f"    {to} #$20", ".narrow:"]
    )
    moved = [line for line in draft.displaced if "#" not in line]
    return _with(draft, draft.text(displaced=[*draft.displaced, *lines] if rng.random() < 0.5 else [*moved, *lines]))


def _direct_page(draft: _Draft, rng: random.Random) -> Hooked:
    return _with(draft, draft.text(displaced=[*draft.displaced, "    PEA $0300", "    PLD"]))


def _data_bank(draft: _Draft, rng: random.Random) -> Hooked:
    return _with(draft, draft.text(displaced=["    PHK", "    PLB", *draft.displaced]))


def _stack(draft: _Draft, rng: random.Random) -> Hooked:
    extra = rng.choice((["    PHP"], ["    PHB"], ["    PHX"], ["    LDA.b $1C", "    BEQ .no", "    PHP", ".no:"]))
    if extra == ["    PHX"] and draft.x == 16 and not draft.by_jml:
        extra = ["    PHD"]
    return _with(draft, draft.text(displaced=[*draft.displaced, *extra]))


def _return(draft: _Draft, rng: random.Random) -> Hooked:
    if rng.random() < 0.5:
        return _with(draft, draft.text(end="    RTS"))
    leave = f"    JML ${draft.site + draft.size:06X}" if draft.by_jml else "    RTL"
    call, back = rng.choice((("JSR", "RTL"), ("JSL", "RTS")))
    tail = f"\nPart:\n    INC.b $1D\n    {back}"
    return _with(draft, draft.text(displaced=[*draft.displaced, f"    {call} Part"], end=leave, tail=tail))


def _other_bank(draft: _Draft, rng: random.Random) -> Hooked:
    away = draft.free ^ 0x010000
    tail = f"\norg ${away | 0x80:06X}\nPart:\n    INC.b $1D\n    RTS"
    manifest = draft.manifest()
    free = (*manifest.free, Range(address=away, length=_FREE))
    text = draft.text(displaced=[*draft.displaced, "    JSR.w Part"], tail=tail)
    return _with(draft, text, manifest.model_copy(update={"free": free}))


def _runs_on(draft: _Draft, rng: random.Random) -> Hooked:
    return _with(draft, draft.text(end=""))


_MISTAKES: dict[FindingKind, _Make] = {
    FindingKind.OVERLAP: _overlap,
    FindingKind.PROTECTED: _protected,
    FindingKind.FREE_SPACE: _free_space,
    FindingKind.BANK_END: _bank_end,
    FindingKind.EXPECTED_BYTES: _expected,
    FindingKind.MIDDLE: _middle,
    FindingKind.REMAINS: _remains,
    FindingKind.DISPLACED: _displaced,
    FindingKind.WIDTHS: _widths,
    FindingKind.DIRECT_PAGE: _direct_page,
    FindingKind.DATA_BANK: _data_bank,
    FindingKind.STACK: _stack,
    FindingKind.RETURN: _return,
    FindingKind.OTHER_BANK: _other_bank,
    FindingKind.RUNS_ON: _runs_on,
}
KINDS = tuple(_MISTAKES)
