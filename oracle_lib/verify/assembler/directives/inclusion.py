"""The directives that take in files: source, binary data and tables of characters. The files are the caller's."""

import re

from oracle_lib.verify.assembler.expressions import fixed
from oracle_lib.verify.assembler.files import SourceFile
from oracle_lib.verify.assembler.foreign import explained
from oracle_lib.verify.assembler.model import Fault, Kind, StatementFault, syntax
from oracle_lib.verify.assembler.state import PassState
from oracle_lib.verify.assembler.text import COLON, dequote, lines_of, quotes_match, split

_DOTS = re.compile(r"\.\.")
_OLD_RANGE = re.compile(r"(?:\((.+)\)|([0-9A-Fa-f]+))-(?:\((.+)\)|([0-9A-Fa-f]+))\Z")
_TABLE_LINES = {
    "ltr": re.compile(rb"(?P<character>.).(?P<code>(?:[0-9A-Fa-f]{2}){1,4})\Z", re.DOTALL),
    "rtl": re.compile(rb"(?P<code>(?:[0-9A-Fa-f]{2}){1,4})=(?P<character>.)\Z", re.DOTALL),
}


def included_source(state: PassState, written: str) -> SourceFile:
    """The file that `incsrc` names, ready to run; it is read once for all passes."""
    files = state.files
    name = dequote(written)
    path = files.path(name, state.source)
    if path not in files.sources:
        content = files.read(name, state.source).decode("utf-8", "surrogateescape")
        files.sources[path] = source = SourceFile(path)
        around, state.source = (state.source, state.line, state.statements), source
        read_source(state, content)
        state.source, state.line, state.statements = around
    source = files.sources[path]
    state.allowance.spend(len(source.lines))
    return source


def read_source(state: PassState, text: str) -> None:
    """Cut a text into the lines of `state.source`; lines that cannot be read are reported and left out."""
    source = state.source
    state.allowance.read(len(text))
    source.written = text.split("\n")
    if (null := text.find("\0")) >= 0:
        state.line = text.count("\n", 0, null)
        raise Fault(Kind.SYNTAX, "a null byte in the source", "\0")
    source.lines = lines_of(text)
    state.statements = ()
    for number, line in enumerate(source.lines):
        state.line = number
        if not quotes_match(line):
            state.report(explained(syntax("mismatched quotes", ""), line))
            source.lines[number] = ""


def include_binary(state: PassState, text: str, target: str | None = None) -> None:
    """`incbin "file"`, with a range behind a colon: `$10..$20`, `10-20` in hexadecimal, or `(first)-(behind)`. With a
    `target` the bytes go there, and the next ones go on from here."""
    name, *places = split(text, COLON)
    data = state.files.read(dequote(name), state.source)
    start, end = _range(state, places[0]) if places else (0, 0)
    end = end or len(data)
    if len(places) > 1 or not 0 <= start <= end <= len(data):
        raise syntax(f"{dequote(name)[:120]} has {len(data)} bytes, not all of {text[len(name) + 1 :][:40]}", text)
    out, place = state.out, state.out.place
    if target is not None:
        address = fixed(state, target).integer
        out.offset(address)
        out.org(address)
    out.put(data[start:end])
    if target is not None:
        out.place = place


def _range(state: PassState, text: str) -> tuple[int, int]:
    bounds = split(text, _DOTS)
    if len(bounds) == 2:
        start, end = (fixed(state, bound).integer for bound in bounds)
        return start, end
    match = _OLD_RANGE.match(text)
    if not match:
        raise syntax(f"{text[:40]} is no range: write first..behind", text)
    first, hex_first, behind, hex_behind = match.groups()
    start = fixed(state, first).integer if first else int(hex_first, 16)
    return start, fixed(state, behind).integer if behind else int(hex_behind, 16)


def load_table(state: PassState, text: str) -> None:
    """`table "file"`: the codes of characters, one `A=41` a line, or `41=A` behind `,rtl`."""
    name, order = text, "ltr"
    if text[-4:].lower() in (",ltr", ",rtl"):
        name, order = text[:-4], text[-3:].lower()
    content = state.files.read(dequote(name), state.source)
    state.allowance.spend(len(content))
    codes: dict[int, int | None] = dict.fromkeys(range(256))
    for number, line in enumerate(content.replace(b"\r", b"").split(b"\n"), 1):
        match = _TABLE_LINES[order].match(line)
        if match:
            codes[match["character"][0]] = int(match["code"], 16)
        elif line:
            raise StatementFault(Kind.SYNTAX, f"line {number} of {name[:60]} gives no character its code", name)
    state.characters = codes
