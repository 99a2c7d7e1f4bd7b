"""Hard validators: what disqualifies a sample whatever its scores. Each yields the reasons it found, in plain words."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from oracle_lib.bases import CONTROL_TOKENS
from oracle_lib.quality.hooks import Severity, findings_in
from oracle_lib.quality.text import Reading, mnemonics
from oracle_lib.sample import Domain, Reason, ReasonKind, Sample, Task
from oracle_lib.verify import AsmContract

_CODE_DOMAINS = frozenset(Domain) - {Domain.TEXT}
_CODE_TASKS = (Task.WRITE, Task.FIX, Task.OPTIMISE, Task.HOOK)
_SECRETS = re.compile(
    r"AIza[\w-]{35}|\bsk-[\w-]{20,}|\bgh[pousr]_\w{30,}|\bhf_[A-Za-z]{30,}|\bAKIA[0-9A-Z]{16}\b"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY"
)
_PATHS = re.compile(r"(?<![\w.])/(?:home|Users|root|mnt|var|tmp)/\w|\b[A-Za-z]:\\\\?\w|\bfile://")
_CHAT_MARKERS = re.compile("|".join(map(re.escape, CONTROL_TOKENS)) + r"|<\|\w+\|>|\[/?INST\]")
_PLACEHOLDERS = re.compile(
    r"\b(?:TODO|FIXME|XXX)\b|your code (?:goes )?here|rest of (?:the|your) code|^\s*(?:;|//)?\s*\.\.\.\s*$|<insert\b",
    re.IGNORECASE | re.MULTILINE,
)
_REFUSALS = re.compile(
    r"\bas an ai\b|\blanguage model\b|\bi(?:'m| am) (?:sorry|unable)\b"
    r"|\bi can(?:'t|not) (?:help|assist|provide|write)\b",
    re.IGNORECASE,
)
_MOST_FINDINGS = 4
_CALLS = {"RTS": "JSR", "RTL": "JSL"}
_A, _XY = r"(?:\bA\b|\baccumulator\b)", r"(?:\bX\b|\bY\b|\bindex registers?\b)"


def _answers(sample: Sample, reading: Reading) -> Iterator[Reason]:
    if not sample.instruction.strip():
        yield Reason(kind=ReasonKind.EMPTY, text="the instruction is empty")
    if not sample.output.strip() or (reading.language != "text" and not reading.code.strip()):
        yield Reason(kind=ReasonKind.EMPTY, text="the answer is empty")
    if _REFUSALS.search(sample.output):
        yield Reason(kind=ReasonKind.REFUSAL, text="the answer is a refusal")


def _is_code_where_asked(sample: Sample, reading: Reading) -> Iterator[Reason]:
    if sample.domain not in _CODE_DOMAINS or sample.task not in _CODE_TASKS:
        return
    if "```" not in sample.output or not reading.code:
        yield Reason(kind=ReasonKind.NO_CODE, text="the answer holds no fenced code")
        return
    asked = "cpp" if sample.domain is Domain.YAZE else reading.language
    fences = {name.lower() for name in re.findall(r"^[ \t]*```[ \t]*([\w+]+)", sample.output, re.MULTILINE)}
    allowed = {"asm": {"asm", "65816", "asar", "65c816", "assembly"}, "cpp": {"cpp", "c++", "cc"}}[asked]
    if fences - allowed:
        yield Reason(
            kind=ReasonKind.WRONG_LANGUAGE,
            text=f"the code is marked as {', '.join(sorted(fences - allowed))}, not {asked}",
        )
    if not sample.verification:
        yield Reason(kind=ReasonKind.NOT_RUN, text="the code was never run")


def _is_proven(sample: Sample, reading: Reading) -> Iterator[Reason]:
    if sample.verification and not sample.verification.passes:
        yield Reason(kind=ReasonKind.FAILS_CONTRACT, text="the code does not do what its contract asks")
    if sample.verification and sample.verification.cases == 0:
        yield Reason(kind=ReasonKind.NOT_RUN, text="the code was run on no case")


def _is_safe_where_it_hooks(sample: Sample, reading: Reading) -> Iterator[Reason]:
    contract = sample.verification.contract if sample.verification else {}
    if contract.get("kind") != "asm" or not contract.get("host"):
        return
    found = findings_in(reading.code, AsmContract.model_validate(contract))
    for finding in islice((one for one in found if one.severity is Severity.HARD), _MOST_FINDINGS):
        yield Reason(kind=ReasonKind.UNSAFE_HOOK, text=f"{finding.kind}: {finding.text}")


def _is_complete(sample: Sample, reading: Reading) -> Iterator[Reason]:
    if len(re.findall(r"^[ \t]*```", sample.output, re.MULTILINE)) % 2:
        yield Reason(kind=ReasonKind.INCOMPLETE, text="the answer was cut off inside its code block")
    if _PLACEHOLDERS.search(sample.output):
        yield Reason(kind=ReasonKind.PLACEHOLDER, text="the answer leaves a placeholder")


def _is_clean(sample: Sample, reading: Reading) -> Iterator[Reason]:
    text = f"{sample.prompt}\n{sample.output}"
    if _SECRETS.search(text):
        yield Reason(kind=ReasonKind.UNCLEAN, text="the text holds a secret")
    if _PATHS.search(text):
        yield Reason(kind=ReasonKind.UNCLEAN, text="the text holds an absolute path")
    if _CHAT_MARKERS.search(text):
        yield Reason(kind=ReasonKind.UNCLEAN, text="the text holds chat markers")
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]", text):
        yield Reason(kind=ReasonKind.UNCLEAN, text="the text holds control or replacement characters")


def _does_not_repeat_itself(sample: Sample, reading: Reading) -> Iterator[Reason]:
    lines = Counter(line.strip() for line in sample.output.splitlines() if len(line.strip()) > 3)
    if lines and max(lines.values()) > 24 and max(lines.values()) > sum(lines.values()) / 2:
        yield Reason(kind=ReasonKind.REPETITION, text="the answer repeats one line over and over")
    said = reading.prose.lower().split()
    phrases = list(zip(said, said[1:], said[2:], strict=False))
    if len(phrases) > 40 and len(set(phrases)) < len(phrases) / 2:
        yield Reason(kind=ReasonKind.REPETITION, text="the prose repeats itself")


def _does_not_contradict_the_code(sample: Sample, reading: Reading) -> Iterator[Reason]:
    """How the routine returns and how wide its registers are: prose about these is checked against the code."""
    if reading.language != "asm":
        return
    named = mnemonics(reading.prose)
    known = reading.mnemonics | mnemonics(sample.prompt)
    for kind, call in _CALLS.items():
        other = "RTL" if kind == "RTS" else "RTS"
        if named & {kind, call} and not known & {kind, call} and other in reading.mnemonics:
            yield Reason(kind=ReasonKind.CONTRADICTION, text=f"the prose says {kind}, the code returns with {other}")
    contract = sample.verification.contract if sample.verification else {}
    for register, flag, entry in ((_A, 0x20, "m"), (_XY, 0x10, "x")):
        possible = reading.widths(flag) | ({contract[entry]} if entry in contract else set())
        for claimed in _claimed_widths(reading.prose, register) - possible if entry in contract else ():
            yield Reason(
                kind=ReasonKind.CONTRADICTION,
                text=f"the prose says {claimed}-bit {'A' if entry == 'm' else 'X and Y'}, the code never has it so",
            )


def _claimed_widths(prose: str, register: str) -> set[int]:
    after = re.findall(rf"{register}(?: is| are|,| and|/| X| Y)*[ ]+(8|16)[- ]bit", prose)
    before = re.findall(rf"\b(8|16)[- ]bit {register}", prose)
    return {int(width) for width in [*after, *before]}


VALIDATORS: tuple[Callable[[Sample, Reading], Iterator[Reason]], ...] = (
    _answers,
    _is_proven,
    _is_code_where_asked,
    _is_safe_where_it_hooks,
    _is_complete,
    _is_clean,
    _does_not_repeat_itself,
    _does_not_contradict_the_code,
)


def validate(sample: Sample, reading: Reading) -> tuple[Reason, ...]:
    """Why the sample cannot be used; empty where nothing speaks against it."""
    return tuple(reason for validator in VALIDATORS for reason in validator(sample, reading))
