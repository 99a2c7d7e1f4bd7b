"""What is known of the things a question names is looked up for the experts, and what an answer names is checked.
Answers nothing.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence

from oracle_lib.chat import control_in
from oracle_lib.files import outputs
from oracle_lib.params import Expert
from oracle_lib.quality import Knowledge
from oracle_lib.quality.text import Reading, addresses
from oracle_lib.sample import Domain, Sample, Source, Task, Teacher, sample_id

_MOST_LINES, _LONGEST_LINE = 12, 400
_MOST_UNKNOWN = 5
_ASKS_ABOUT = re.compile(r"\b(?:what|where|which|address)\b", re.IGNORECASE)
_KIND_ALONE = re.compile(r"\$[0-9A-F]{6}: \w+(?:, of which nothing more is known)?|\w+, label \[[^\]]*\]")
_NAMES_WHAT_IS_NEW = re.compile(
    r"(?i:call it|name it|named|labelled|label|the (?:routine|function) is|I JS[RL] to) `?([A-Za-z_]\w*)|"
    r"`[\w:<>,&* ]+[ &]([A-Za-z_]\w*)\("
)
"""How requests give a name to what is to be written: "Call it `AddWords`", or a whole signature in C++."""
_NOT_KNOWN = re.compile(r": (?:nothing answers there|not known,|no hardware register is|in none of the configured)")


def newest_knowledge() -> Knowledge:
    """The graph that 01 built last; the shipped facts alone where there is none."""
    graphs = (outputs() / "knowledge").glob("*.sqlite")
    newest = max(graphs, key=lambda path: (path.stat().st_mtime_ns, path.name), default=None)
    return Knowledge(newest) if newest else Knowledge.facts()


def look_up(knowledge: Knowledge, question: str) -> tuple[str, ...]:
    """What the knowledge says of the things that a question names, a short line each. What frames a chat is left out:
    sources are others' text. That the name of what is yet to be written is nowhere defined is no news.
    """
    new = {name for names in _NAMES_WHAT_IS_NEW.findall(question) for name in names}
    lines = (" ".join(line.split())[:_LONGEST_LINE] for line in knowledge.look_up(question))
    return tuple(
        line
        for line in lines
        if not control_in(line) and not (_NOT_KNOWN.search(line) and line.partition(":")[0] in new)
    )[:_MOST_LINES]


def worth_telling(known: Iterable[str], question: str) -> tuple[str, ...]:
    """The lines that help an expert. That a place which a routine is to use lies in WRAM, or a name is a label, helps
    with nothing where it is not asked about, and leads an expert away that was trained on bare questions: the demo's
    passed 3 of 24 tests where it was told all, 6 where it was told these, and 9 where it was told nothing.
    """
    is_asked_about = _ASKS_ABOUT.search(question)
    return tuple(line for line in known if is_asked_about or not _KIND_ALONE.fullmatch(line))


def hold_unknown(known: Iterable[str]) -> bool:
    """Whether one of the lines says that something the question names is not known."""
    return any(_NOT_KNOWN.search(line) for line in known)


def unsupported_in(known: Sequence[str], question: str, text: str) -> tuple[str, ...]:
    """The addresses that an answer gives of its own, where the facts say that what is asked about is not known.
    A routine that is to be written, or that the answer holds, is new and needs addresses.
    """
    if not hold_unknown(known) or "```" in text or not _ASKS_ABOUT.search(question):
        return ()
    own = addresses(text) - addresses("\n".join([question, *known]))
    return tuple(f"${address:06X}" for address in sorted(own)[:_MOST_UNKNOWN])


def unknown_in(knowledge: Knowledge, expert: Expert, question: str, text: str, code: Iterable[str]) -> tuple[str, ...]:
    """The names and addresses in an answer that are nowhere defined, each with what could be meant. What the question
    names is known.
    """
    blocks = "\n\n".join(code)
    whole = _sample(expert, question, text)
    reading = Reading.of(whole)
    prose = _sample(expert, f"{question}\n\n{blocks}", reading.prose)
    found = [one for sample in (whole, prose) for one in knowledge.known_share(sample, Reading.of(sample))[1]]
    return tuple(dict.fromkeys(found))[:_MOST_UNKNOWN]


def _sample(expert: Expert, instruction: str, output: str) -> Sample:
    """The answer in the form that the knowledge judges."""
    domain = Domain.YAZE if expert.language == "cpp" else Domain.ERRORS  # which any source of assembly can judge
    return Sample(
        sample_id=sample_id(domain, instruction, "", output),
        domain=domain,
        task=Task.EXPLAIN,
        instruction=instruction,
        output=output,
        source=Source(corpus="council"),
        teacher=Teacher(name=expert.name, model="", request_key=hashlib.sha256(instruction.encode()).hexdigest()),
        group="council",
    )
