"""Takes a language model's answer apart: away with what was not said to the reader, then the blocks that hold code.

It knows how models and chat frontends mark code up, and nothing of what the code says. Every step is linear in the
length of the answer, which may be hostile.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from oracle_lib.verify.answers.standing import HEADING

_FENCE = re.compile(r"((?:[ \t]*>){0,8}[ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?)(`{3,}|~{3,})(.*)")
"""A line that opens or closes a fenced block, maybe quoted or as an item of a list: prefix, fence, info string."""
_LANGUAGE = re.compile(r"[\w+#.:/-]*(?:[ \t].*[=\{].*|[ \t]+assembl\w*|[ \t]*\([^()]*\))?[ \t]*", re.IGNORECASE)
"""An info string: a language, maybe with attributes. Anything longer behind a fence is prose."""
_BOLD = "#######"
"""The level of a heading in bold type, below all others."""
_TITLE = 200
_MARKDOWN = ("markdown", "md")
_OURS = re.compile(r"\s*(?:asm|assembly|asar|65816|65c816|6502|cpp|c\+\+)(?=\s)\s?", re.IGNORECASE)
"""A name of one of the languages that are asked for, before code on the same line."""
_CODE = re.compile(r"\w:(?:[ \t]|\Z)|\$[0-9A-Fa-f]|[;{][ \t]*\Z")

_THOUGHT = r"(?:\w{1,20}:)?(?:think|thinking|thoughts?|reasoning|reflection|scratchpad|analysis)"
_THINKS = re.compile(
    rf"<{_THOUGHT}(?:[ \t][^<>]*)?>|\[think\]|<\|begin_of_thought\|>|◁think▷|<\|channel\|>analysis",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    rf"</{_THOUGHT}>|\[/think\]|<\|end_of_thought\|>|◁/think▷|<\|channel\|>final<\|message\|>", re.IGNORECASE
)
_TURN_ENDS = re.compile(
    r"(?:<\|(?:im_end|eot_id|end|endoftext|end_of_text|return|end_of_solution)\|>|<end_of_turn>"
    r"|<\uff5cend\u2581of\u2581sentence\uff5c>|</s>)(?=[ \t]*(?:\n|<|\Z))"
)
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_SPACES = re.compile("[\u00a0\u202f]")

_TAG = re.compile(
    r"<(/?)(pre|code|answer|final_answer|solution|tool_call|parameter=\w+|parameter)(?:[ \t\n][^<>]*)?>", re.IGNORECASE
)
_MARKUP = re.compile(r"</?(?:pre|code|span|div|br)(?:[ \t\n][^<>]*)?/?>", re.IGNORECASE)
_TICKS = re.compile("`+")
_JSON = re.compile(r'\s*(?:(\{\s*"\w+"\s*:)|[\[{"])')
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)(?:"|\\?\Z)', re.DOTALL)
_NUMBERED = re.compile(r"[ \t]*(\d+)(?:[ \t]*[:|.)][ \t]?|[ \t]|\Z)(.*)")


@dataclass(frozen=True)
class Block:
    """A piece of an answer that may be code. `closed` says that the answer went on after it, `introduction` is what was
    said right before it: the headings that it is under and at most two lines."""

    text: str
    closed: bool = True
    introduction: str = ""


def visible(answer: str) -> str:
    """What the model said to the reader, with plain line ends and spaces.

    A thinking part goes, whatever it holds: between its tags, up to a closing tag alone (chat templates put the opening
    one into the prompt), or from an opening tag to the end (a truncated answer). A tag opens such a part only at the
    start of a line outside of code, so a comment may speak of `<think>`. What follows the end of the turn goes too.
    """
    text = answer.replace("\r\n", "\n").replace("\r", "\n")
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    text = _without_thinking(text)
    said = len(text) - len(text.lstrip())
    if (end := _TURN_ENDS.search(text, said)) and end.start() > said:
        text = text[: end.start()]
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and all(line.lstrip().startswith(">") for line in lines):
        text = re.sub(r"^[ \t]*> ?", "", text, flags=re.MULTILINE)
    return text


def _without_thinking(text: str) -> str:
    kept: list[str] = []
    fence, thinks, mentions = "", False, False
    for line in text.split("\n"):
        while True:
            if thinks:
                if not (ends := _SPEAKS.search(line)):
                    break
                line, thinks = line[ends.end() :], False
            elif not fence and (begins := _THINKS.match(line, len(line) - len(line.lstrip(" \t>")))):
                line, thinks = line[begins.end() :], True
            elif not mentions and not _THINKS.search(line) and (ends := _end_alone(line, fence)):
                line, fence = line[ends.end() :], ""
                kept.clear()
            else:
                mentions = mentions or bool(_THINKS.search(line))
                if found := _FENCE.match(line):
                    fence = "" if fence and found[2].startswith(fence) else fence or found[2]
                kept.append(line)
                break
    return "\n".join(kept)


def _end_alone(line: str, fence: str) -> re.Match[str] | None:
    """The last tag in a line that ends a thinking part whose beginning is not in the answer. Inside a fence it must
    begin the line: no code does that, but a thought may well break off in the middle of its code."""
    ends = max(_SPEAKS.finditer(line), key=lambda tag: tag.start(), default=None)
    if ends is None or "`" in (line[ends.start() - 1 : ends.start()], line[ends.end() : ends.end() + 1]):
        return None
    return ends if not fence or not line[: ends.start()].strip() else None


def fenced(text: str) -> list[Block]:
    """The blocks between fences of three or more backticks or tildes, without the indentation or quotation marks that
    their fences have. A block that was never closed counts to its end.

    A fence with a language inside a block begins a block of its own: the one before was left open, or it is a wrapper.
    """
    blocks: list[Block] = []
    body: list[str] = []
    wrappers: list[str] = []
    headings: dict[int, str] = {}
    said: list[str] = []
    fence = prefix = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        before, mark, info = found.groups() if found else ("", "", "")
        opens = bool(found) and not (mark[0] == "`" and "`" in info)
        if not fence:
            if opens and info.strip().lower() in _MARKDOWN:
                wrappers.append(mark)
            elif opens and wrappers and mark == wrappers[-1] and not info.strip():
                wrappers.pop()
            elif opens:
                fence, prefix, body = mark, before, _code_beside_the_fence(info)
            elif heading := HEADING.match(line):
                level = len(heading[1] or _BOLD)
                headings = {above: text for above, text in headings.items() if above < level} | {level: line[:_TITLE]}
                said = []
            elif line.strip():
                said = [*said[-1:], line]
            continue
        names_language = opens and bool(info.strip()) and bool(_LANGUAGE.fullmatch(info))
        if mark.startswith(fence):
            blocks.append(Block("".join(f"{one}\n" for one in body), True, "\n".join([*headings.values(), *said])))
            fence, said = "", []
        elif names_language:
            wrappers.append(fence)
        else:
            body.append(_unprefixed(line, prefix))
        if names_language:
            fence, prefix, body = mark, before, []
    if fence:
        blocks.append(Block("\n".join(body), False, "\n".join([*headings.values(), *said])))
    return blocks


def between_fences(text: str) -> list[str]:
    """The text cut at the lines that open or close a fenced block, inside of blocks and outside."""
    pieces: list[list[str]] = [[]]
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if found and not (found[2][0] == "`" and "`" in found[3]):
            pieces.append(_code_beside_the_fence(found[3]))
        else:
            pieces[-1].append(line)
    return ["\n".join(piece) for piece in pieces]


def _code_beside_the_fence(info: str) -> list[str]:
    """The first line of a block whose code begins on the line of the fence, with or without a language before it."""
    return [_OURS.sub("", info, count=1)] if _CODE.search(info) else []


def _unprefixed(line: str, prefix: str) -> str:
    if not prefix:
        return line
    inner = prefix.rpartition(">")[2]
    if ">" in prefix:
        line, inner = re.sub(r"^(?:[ \t]*>){0,8} ?", "", line), inner.removeprefix(" ")
    return line[min(len(inner), len(line) - len(line.lstrip(" \t"))) :]


def tagged(text: str) -> list[Block]:
    """What stands between HTML's `<pre>` and `<code>`, or the `<answer>` and the like that some prompts ask for: the
    innermost such parts."""
    blocks: list[Block] = []
    opened, innermost = -1, False
    for tag in _TAG.finditer(text):
        if not tag[1]:
            opened, innermost = tag.end(), True
        elif innermost:
            blocks.append(Block(_unescaped(text[opened : tag.start()])))
            innermost = False
    if innermost:
        blocks.append(Block(_unescaped(text[opened:]), closed=False))
    return blocks


def _unescaped(text: str) -> str:
    return html.unescape(_MARKUP.sub("", text)).strip("\n")


def packed(text: str) -> list[Block]:
    """The strings of an answer that is JSON, lists of lines joined: its code is one of them. What was cut off in the
    middle still gives the strings before."""
    if not (found := _JSON.match(text)):
        return []
    try:
        strings = list(_strings(json.loads(text, strict=False)))
    except (ValueError, RecursionError):
        strings = [_decoded(literal) for literal in _STRING.findall(text)] if found[1] else []
    return [inner for string in strings for inner in fenced(string) or [Block(string)]]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and all(isinstance(line, str) for line in value):
        yield "\n".join(value)
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def _decoded(literal: str) -> str:
    try:
        return str(json.loads(f'"{literal}"', strict=False))
    except ValueError:
        return literal


def spans(text: str) -> list[Block]:
    """What stands in inline code, over one line or several: between two runs of backticks of equal length."""
    runs = list(_TICKS.finditer(text))
    later: dict[int, int] = {}
    closing = [-1] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = len(runs[index][0])
        closing[index] = later.get(length, -1)
        later[length] = index
    blocks, index = [], 0
    while index < len(runs):
        if closing[index] < 0:
            index += 1
            continue
        inner = text[runs[index].end() : runs[closing[index]].start()]
        blocks.append(Block(_OURS.sub("", inner, count=1) if _OURS.match(inner) else inner))
        index = closing[index] + 1
    return blocks


def unnumbered(text: str) -> str:
    """A listing without its line numbers, where every line has one and they count up by one."""
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    found = [_NUMBERED.fullmatch(line) for line in lines]
    if len(found) < 2 or None in found:
        return text
    numbers = [int(line[1][:9]) for line in found if line]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return text
    return "".join(f"{line[2]}\n" for line in found if line)
