"""Hard validators: what disqualifies a sample before it is scored. Each yields the reasons it found, in plain words."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from oracle_lib.bases import CONTROL_TOKENS
from oracle_lib.grounding import in_words
from oracle_lib.quality import data, unrun
from oracle_lib.quality.asked import illustrates, lacks_its_code
from oracle_lib.quality.hooks import Finding, Severity, findings_alone, findings_in
from oracle_lib.quality.text import ASSEMBLY, FENCE, Reading, mnemonics
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
_TURN = re.compile(
    r"^[ \t>]*(?:(?:#+[ \t]*|\*\*)?(?:User|Human|Assistant|Question|Q)(?:\*\*)?|#+[ \t]*(?:Instruction|Prompt))[ \t]*:",
    re.MULTILINE | re.IGNORECASE,
)
"""A line that begins with whose turn it is to speak: the teacher went on with a conversation of its own."""
_NOTE = r"(?:;|//|/\*)"
_PLACEHOLDERS = re.compile(
    r"\b(?:TODO|FIXME|XXX)\b|(?:your|more) code (?:goes )?here|<insert\b|^\s*\.\.\.\s*$"
    rf"|{_NOTE}\s*(?:\.\.\.|…|(?:existing|original|other) code\b(?!:))"
    rf"|{_NOTE}[^\n]*\b(?:rest|remainder) of (?:the|your|this) (?:code|routine|function|loop|file)\b",
    re.IGNORECASE | re.MULTILINE,
)
_REFUSALS = re.compile(
    r"\bas an ai\b|\blanguage model\b|\bi(?:'m| am) (?:sorry|unable)\b"
    r"|\bi can(?:'t|not) (?:help|assist|provide|write)\b",
    re.IGNORECASE,
)
_ASKS_BACK = re.compile(
    r"(?<!if you )\b(?:paste|post|share|send|provide|show me) (?:me )?(?:the|your|that)\b[^.!?\n]{0,60}"
    r"\b(?:code|routine|handler|source|snippet|function)\b"
    r"|\byou (?:have not|haven.t|did not|didn.t)(?: yet)? (?:provided?|show[n]?|pasted?|attach(?:ed)?)\b",
    re.IGNORECASE,
)
_OPENING = 300
"""Characters at the beginning of an answer that say whether it is one, where the request shows what it speaks of."""
_HEADING = re.compile(r"^[ \t]*(?:#|\*\*[^*\n]*\*\*:?[ \t]*$).*", re.MULTILINE)
_MOST_FINDINGS = 4
_CALLS = {"RTS": "JSR", "RTL": "JSL"}
_LAST_WORDS = 6
_ENDED = re.compile(r"[.!?:;)\]}`*|\u2026][\"'\u201d\u2019*)]*$|^\s*(?:[-*|#]|\d+[.)])")
"""What the last line of whole prose ends with, or begins with as the item of a list."""
_MOST_SENTENCES, _MOST_TURNS, _MOST_SUMS, _LONGEST_TURN = 5, 6, 24, 8
_ADDS_UP = re.compile(
    r"(?:ASL|LSR|ROL|ROR|INC|DEC|IN[AXY]|DE[AXY]|NOP|XBA|ADC|SBC|CLC|SEC|P[HL][ABDPXY]|d[bwld])\b|[{}]", re.IGNORECASE
)
_A, _XY = r"(?:\bA\b|\baccumulator\b)", r"(?:\bX\b|\bY\b|\bindex registers?\b)"


def _answers(sample: Sample, reading: Reading) -> Iterator[Reason]:
    if not sample.instruction.strip():
        yield Reason(kind=ReasonKind.EMPTY, text="the instruction is empty")
    if not sample.output.strip() or (reading.language != "text" and not reading.code.strip()):
        yield Reason(kind=ReasonKind.EMPTY, text="the answer is empty")
    if _REFUSALS.search(sample.output):
        yield Reason(kind=ReasonKind.REFUSAL, text="the answer is a refusal")
    elif sample.task is Task.ANSWER:
        part = sample.output if lacks_its_code(sample) else sample.output[:_OPENING]
        if _ASKS_BACK.search(part):
            yield Reason(kind=ReasonKind.REFUSAL, text="the answer asks for code instead of answering")


def _is_code_where_asked(sample: Sample, reading: Reading) -> Iterator[Reason]:
    if reading.is_data and not data.is_asked_for(sample, reading):
        yield Reason(kind=ReasonKind.NO_CODE, text="the code only places data, and a routine was asked for")
    if sample.domain not in _CODE_DOMAINS or sample.task not in _CODE_TASKS:
        return
    if "```" not in sample.output or not reading.code:
        yield Reason(kind=ReasonKind.NO_CODE, text="the answer holds no fenced code")
        return
    asked = "cpp" if sample.domain is Domain.YAZE else reading.language
    fences = {name.lower() for name in re.findall(r"^[ \t]*```[ \t]*([\w+]+)", sample.output, re.MULTILINE)}
    allowed = {"asm": ASSEMBLY, "cpp": {"cpp", "c++", "cc"}}[asked]
    if fences - allowed:
        yield Reason(
            kind=ReasonKind.WRONG_LANGUAGE,
            text=f"the code is marked as {', '.join(sorted(fences - allowed))}, not {asked}",
        )


def _is_proven(sample: Sample, reading: Reading) -> Iterator[Reason]:
    if sample.verification and not sample.verification.passes:
        yield Reason(kind=ReasonKind.FAILS_CONTRACT, text="the code does not do what its contract asks")
    if sample.verification and sample.verification.cases == 0:
        yield Reason(kind=ReasonKind.NOT_RUN, text="the code was run on no case")


def _is_safe_where_it_hooks(sample: Sample, reading: Reading) -> Iterator[Reason]:
    found = list[Finding]()
    if sample.verification is None:
        found = findings_alone(reading.code, sample.prompt) if reading.org else found
    elif sample.verification.contract.get("host"):
        found = findings_in(reading.code, AsmContract.model_validate(sample.verification.contract))
    for finding in islice((one for one in found if one.severity is Severity.HARD), _MOST_FINDINGS):
        yield Reason(kind=ReasonKind.UNSAFE_HOOK, text=f"{finding.kind}: {finding.text}")


def _is_complete(sample: Sample, reading: Reading) -> Iterator[Reason]:
    if len(re.findall(r"^[ \t]*```", sample.output, re.MULTILINE)) % 2:
        yield Reason(kind=ReasonKind.INCOMPLETE, text="the answer was cut off inside its code block")
    last = sample.output.strip().rpartition("\n")[2]
    punctuated = sample.domain is Domain.TEXT or re.search(r"[.!?]\s", sample.output)
    if reading.language == "text" and punctuated and len(last.split()) > _LAST_WORDS and not _ENDED.search(last):
        yield Reason(kind=ReasonKind.INCOMPLETE, text="the answer breaks off within a sentence")
    if _PLACEHOLDERS.search(sample.output) and not illustrates(sample, reading):
        yield Reason(kind=ReasonKind.PLACEHOLDER, text="the answer leaves a placeholder")


def _is_clean(sample: Sample, reading: Reading) -> Iterator[Reason]:
    text = f"{sample.prompt}\n{sample.output}"
    if _SECRETS.search(text):
        yield Reason(kind=ReasonKind.UNCLEAN, text="the text holds a secret")
    if _PATHS.search(text):
        yield Reason(kind=ReasonKind.UNCLEAN, text="the text holds an absolute path")
    if _CHAT_MARKERS.search(text):
        yield Reason(kind=ReasonKind.UNCLEAN, text="the text holds chat markers")
    if _TURN.search(FENCE.sub("", reading.prose)):
        yield Reason(kind=ReasonKind.UNCLEAN, text="the answer goes on with made-up turns of a conversation")
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]", text):
        yield Reason(kind=ReasonKind.UNCLEAN, text="the text holds control or replacement characters")


def _does_not_repeat_itself(sample: Sample, reading: Reading) -> Iterator[Reason]:
    if again := _repeated([line.strip() for line in reading.code.splitlines() if line.strip()]):
        yield Reason(kind=ReasonKind.REPETITION, text=f"the code repeats itself over and over: {again}")
    sentences = Counter(
        sentence.strip().lower()
        for sentence in re.split(r"[.!?\n]", _HEADING.sub("", reading.prose))
        if len(sentence.split()) > 2
    )
    said = reading.prose.lower().split()
    phrases = list(zip(said, said[1:], said[2:], strict=False))
    stale = len(phrases) > 16 and len(set(phrases)) < len(phrases) / 2
    if stale or max(sentences.values(), default=0) >= _MOST_SENTENCES:
        yield Reason(kind=ReasonKind.REPETITION, text="the prose repeats itself")


def _repeated(lines: list[str]) -> str:
    """The lines that stand `_MOST_TURNS` times in a row, or what adds up, as shifts do, `_MOST_SUMS` times; else ""."""
    for length in range(1, _LONGEST_TURN + 1):
        alike = 0
        for place in range(length, len(lines)):
            alike = alike + 1 if lines[place] == lines[place - length] else 0
            if alike >= length * (_MOST_TURNS - 1):
                turn = lines[place - length + 1 : place + 1]
                adds_up = all(_ADDS_UP.match(line) for line in turn) and alike < length * _MOST_SUMS
                if not adds_up:
                    return " / ".join(turn)[:80]
    return ""


def _does_not_contradict_the_code(sample: Sample, reading: Reading) -> Iterator[Reason]:
    """How the routine returns and how wide its registers are: prose about these is checked against the code."""
    if reading.language != "asm" or illustrates(sample, reading):
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


def _does_not_contradict_its_source(sample: Sample, reading: Reading) -> Iterator[Reason]:
    for statement in sample.grounding.contradictions if sample.grounding else ():
        yield Reason(kind=ReasonKind.CONTRADICTS_SOURCE, text=in_words(statement))


def _claimed_widths(prose: str, register: str) -> set[int]:
    after = re.findall(rf"{register}(?: is| are|,| and|/| X| Y)*[ ]+(8|16)[- ]bit", prose)
    before = re.findall(rf"\b(8|16)[- ]bit {register}", prose)
    return {int(width) for width in [*after, *before]}


VALIDATORS: tuple[Callable[[Sample, Reading], Iterator[Reason]], ...] = (
    _answers,
    _is_code_where_asked,
    _is_safe_where_it_hooks,
    _is_complete,
    _is_clean,
    _does_not_repeat_itself,
    _is_proven,
    _does_not_contradict_the_code,
    _does_not_contradict_its_source,
)


def validate(sample: Sample, reading: Reading) -> tuple[Reason, ...]:
    """Why the sample cannot be used, in order: how it reads, whether it assembles, what running it showed; empty where
    nothing speaks against it. Code that has not been run is assembled here.
    """
    found = tuple(reason for validator in VALIDATORS for reason in validator(sample, reading))
    return found if found or sample.verification else tuple(unrun.faults(sample, reading))


def is_unproven(sample: Sample, reading: Reading) -> bool:
    """Whether the sample's code should have been run and was not. Data that the request spells out is not to be run."""
    asks_for_code = sample.domain in _CODE_DOMAINS and sample.task in _CODE_TASKS
    return sample.verification is None and asks_for_code and not data.needs_no_run(sample, reading)
