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


def verdict(asked: Asked, **standings: tuple[str, str]) -> Answer:
    """Says of each statement how it stands and what shows it; of those not named that they are absent."""
    findings = {name: standings.get(name, ("absent", "")) for name in statements(asked)}
    return Answer(
        json.dumps({name: {"quote": quote, "standing": standing} for name, (standing, quote) in findings.items()})
    )


def comparing(asked: Asked) -> Answer:
    """Supported is what a sentence of the source says in the same words, contradicted what shares most of them; a
    question claims nothing.
    """
    sentences = re.split(r"(?<=[.!?])\s+", part(asked, "source"))
    return verdict(asked, **{name: _compared(text, sentences) for name, text in statements(asked).items()})


def _compared(text: str, sentences: list[str]) -> tuple[str, str]:
    if text.endswith("?"):
        return "no claim", ""
    said = _words(text)
    nearest = max(sentences, key=lambda sentence: len(said & _words(sentence)))
    shared = len(said & _words(nearest)) / max(1, len(said))
    if shared < 0.5:
        return "absent", ""
    return ("supported" if shared == 1 else "contradicted"), nearest


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
