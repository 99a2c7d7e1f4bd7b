"""A judge of prose without a model: what it says of a statement follows from the words that it shares with the source.

with OpenAIServer(comparing, models=(MODEL,)) as server: ...
"""

import json
import re

from teacher_servers import Answer, Asked

MODEL = "qwen2.5-14b-instruct"


def part(asked: Asked, name: str) -> str:
    """What stands between the tags of that name in what a judge was asked."""
    found = re.search(rf"<{name}-(\w+)>\n(.*?)\n</{name}-\1>", asked.prompt, re.DOTALL)
    assert found, asked.prompt
    return found[2]


def statements(asked: Asked) -> dict[str, str]:
    """What the judge has to judge, by its numbers."""
    return dict(line.split(". ", 1) for line in part(asked, "statements").splitlines())


def sentences(asked: Asked) -> list[str]:
    """The source that the judge has to judge by, without its numbers."""
    return re.split(r"(?:^|\n)\d+\. ", part(asked, "source"))[1:]


def verdict(asked: Asked, **standings: tuple[str, int]) -> Answer:
    """Says of each statement how it stands and which sentence shows it; of those not named that they are absent."""
    findings = {name: standings.get(name, ("absent", 0)) for name in statements(asked)}
    said = {name: {"sentence": sentence, "standing": standing} for name, (standing, sentence) in findings.items()}
    return Answer(json.dumps(said))


def comparing(asked: Asked) -> Answer:
    """Supported is what a sentence of the source says in the same words, contradicted what shares most of them; a
    question claims nothing.
    """
    source = sentences(asked)
    return verdict(asked, **{name: _compared(text, source) for name, text in statements(asked).items()})


def _compared(text: str, source: list[str]) -> tuple[str, int]:
    if text.endswith("?"):
        return "no claim", 0
    said = _words(text)
    nearest = max(range(len(source)), key=lambda number: len(said & _words(source[number])))
    shared = len(said & _words(source[nearest])) / max(1, len(said))
    if shared < 0.5:
        return "absent", 0
    return ("supported" if shared == 1 else "contradicted"), nearest + 1


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
