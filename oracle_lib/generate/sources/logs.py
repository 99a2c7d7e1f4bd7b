"""Reads logs: what asar, compilers, tests and emulators say when something goes wrong, each error with the lines around
it. What was wrong it does not know.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from oracle_lib.generate.sources.folder import Unreadable, decoded, files_of, lines_of, tell_counts, tell_left_out
from oracle_lib.items import Item
from oracle_lib.sample import Domain, Source

_ENDINGS = (".log", ".txt")
_LONGEST_LINE = 1_000
"""Characters: what is longer is data that somebody dumped."""
_BEFORE, _AFTER = 4, 10
"""The most lines around an error; a blank line ends them sooner."""
_STEPS = 24
"""The instructions of a trace that are shown before what goes wrong."""
_MOST_KINDS = 100_000
"""Different messages of a file: a log of millions keeps no more of them in mind."""

_FAULTS = (
    ("asar", r":\d+:.*\b(?:error|warning): \(\w+\): |^error: \(\w+\): "),
    ("a compiler", r"^[^\s:][^:]*:\d+(?::\d+)?: (?:fatal )?error\b|\(\d+(?:,\d+)?\) ?: (?:fatal )?error \w+: "),
    ("CMake", r"^CMake Error\b"),
    ("a linker", r"\bundefined reference to\b|\bunresolved external symbol\b|^(?:\S*/)?ld(?:\.\w+)?: error: "),
    (
        "a crash",
        r"\b(?:Segmentation fault|SIG(?:SEGV|ABRT|ILL|FPE)|AddressSanitizer|core dumped|terminate called)\b",
    ),
    ("a crash", r"\b[Uu]nhandled exception\b|^Traceback \(most recent|\b[Aa]ssertion .*\bfailed\b|\bruntime error: "),
    (
        "an emulator",
        r"(?i)\b(?:hit|at|on) (?:a )?(?:brk|stp)\b|\b(?:brk|stp|wdm) (?:hit|reached|executed)\b",
    ),
    ("an emulator", r"(?i)\bcrash(?:ed)?\b.*\$|\b(?:illegal|invalid|unknown) opcode\b|\bstack (?:over|under)flow\b"),
    ("a program", r"^\W*(?:[\dT:.,+Z/ -]{6,40}\W*)?(?:FATAL|ERROR|CRITICAL|[Ff]atal|[Ee]rror)\b\]?\W"),
)
"""Who speaks, and the lines by which one knows that it speaks of an error."""
_FAULT = [(who, re.compile(pattern)) for who, pattern in _FAULTS]
_STEP = re.compile(r"\bA:?[=$ ]*[0-9A-Fa-f]{2,4}\b.*\bX:?[=$ ]*[0-9A-Fa-f]{2,4}\b.*\bY:?[=$ ]*[0-9A-Fa-f]{2,4}\b")
"""An instruction in a trace, with the registers."""
_COLOUR = re.compile(r"\x1b\[[\d;]*[A-Za-z]")


@dataclass
class _Report:
    """An error and the lines that belong to it so far."""

    who: str
    line: int
    message: str
    lines: list[str] = field(default_factory=list)
    after: int = 0


def items(folder: Path, corpus: str, domain: Domain, licence: str) -> Iterator[Item]:
    """The errors in the logs below the folder, in the order of files and lines; `comment` is the line that names it.

    Of messages that differ in numbers alone, a file gives the first. A trace that just ends is an error too: its last
    steps are given. Says how many messages were repeated, and how many lines are no text.
    """
    left_out: Counter[str] = Counter()
    for path, inside in files_of(folder, _ENDINGS, corpus):
        try:
            for report in _reports(path, left_out):
                yield Item(
                    source=Source(corpus=corpus, path=inside, line=report.line, licence=licence),
                    domain=domain,
                    kind="log",
                    text="\n".join(report.lines),
                    comment=report.message,
                    context=f"Reported by {report.who}.",
                )
        except OSError as error:
            tell_left_out(corpus, inside, f"it cannot be read ({error.strerror})")
    tell_counts(corpus, left_out)


def _reports(path: Path, left_out: Counter[str]) -> Iterator[_Report]:
    before: deque[str] = deque(maxlen=_STEPS)
    seen: set[int] = set()
    report: _Report | None = None
    number = 0
    with path.open("rb") as file:
        for number, line in _texts(file, left_out):
            who = next((who for who, pattern in _FAULT if pattern.search(line)), "")
            if report and (who or not line.strip() or report.after == _AFTER):
                yield report
                report = None
            if who:
                kind = hash(re.sub(r"[0-9A-Fa-f]*\d[0-9A-Fa-f]*", "0", line))
                if kind in seen:
                    left_out["messages that differ from others in numbers alone"] += 1
                else:
                    if len(seen) < _MOST_KINDS:
                        seen.add(kind)
                    report = _Report(who, number, line.strip(), [*_leading(before), line])
                before.clear()
            elif report:
                report.lines.append(line)
                report.after += 1
            elif line.strip():
                before.append(line)
            elif not before or not _STEP.search(before[-1]):
                before.clear()
    if report:
        yield report
    elif (steps := [line for line in before if _STEP.search(line)]) and len(steps) > _STEPS // 2:
        yield _Report("a trace", number, steps[-1].strip(), list(before))


def _leading(before: "deque[str]") -> list[str]:
    """The lines that are shown before an error: the last steps of a trace, else a few."""
    return list(before) if before and _STEP.search(before[-1]) else list(before)[-_BEFORE:]


def _texts(file: BinaryIO, left_out: Counter[str]) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, without colours; what is no text, or too long for a message, is an empty one."""
    for number, line in lines_of(file):
        try:
            text = decoded(line or b"\0").rstrip()
        except Unreadable:
            text = ""
            left_out["lines that are no text"] += 1
        text = _COLOUR.sub("", text)
        yield number, text if len(text) <= _LONGEST_LINE else ""
