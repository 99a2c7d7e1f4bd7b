"""Makes the questions that the router learns from: phrasings under `training/` filled with words, experts' own
definitions, several questions in one, and misspellings. Knows nothing of the questions that the router is tested with.
"""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from oracle_lib.params import Expert

FOLDER = Path(__file__).parent / "training"
LANGUAGES = ("de", "fr", "es", "pt", "ja", "it", "nl", "pl", "ru", "zh", "sv")
_ALTERNATIVES = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_BEFORE = (
    "",
    "",
    "",
    "",
    "",
    "hi, ",
    "hey all, ",
    "quick question: ",
    "so, ",
    "please: ",
    "ok ",
    "hello! ",
    "I wonder, ",
)
_AFTER = ("", "", "", "", "", "", " thanks", " please", " thank you!", " any ideas?", " asap", " if possible", "...")
_WHERE = (
    *(" in my hack", " for my romhack", " in a link to the past", " in alttp", " for the snes", " in my zelda hack"),
    *(" in the {dungeon}", " in {place}", " at {place}", " for the {dungeon}", " with the {item}", " of {person}"),
)
"""What any expert may be asked about, so that a place or a thing alone speaks for none."""
_JOINED_BY = (
    " and ",
    ". also, ",
    ", then ",
    ". ",
    "\n",
    " - and ",
    ", plus ",
    "; ",
    ". after that ",
    " und ",
    " et ",
    " y ",
    " e ",
)
_ABOUT = (
    "{} in my hack",
    "{} question for my romhack",
    "help with {} in my hack",
    "{} for the game",
    "{} for a rom hack",
)
_NEIGHBOURS = {"a": "s", "e": "r", "i": "o", "o": "p", "n": "m", "t": "y", "s": "d", "r": "t", "l": "k", "c": "v"}


@dataclass(frozen=True)
class TrainingQuestion:
    """A question with whom it concerns. `phrasing` names what it was made from: those alike are kept on one side when
    the classifier is calibrated.
    """

    text: str
    experts: frozenset[str]
    phrasing: str


def training_questions(experts: tuple[Expert, ...], seed: int = 0) -> list[TrainingQuestion]:
    """The same questions for the same experts and seed."""
    draw = random.Random(seed)
    words = _read("words")
    made: list[TrainingQuestion] = []
    singles: dict[str, list[TrainingQuestion]] = {}
    for expert in experts:
        told = _read(expert.name)
        own = [*_phrased(told, words, expert.name, draw, english=1200, code=70, language=25), *_defined(expert, draw)]
        singles[expert.name] = [one for one in own if ":code_blocks:" not in one.phrasing]
        made += own
    made += _phrased(_read("off_topic"), words, None, draw, english=4500, code=200, language=60)
    made += _keywords_elsewhere(experts, words, draw)
    made += _joined(singles, draw)
    made += _in_parts([expert.name for expert in experts], words, draw)
    return [_misspelt(one, draw) if draw.random() < 0.2 else one for one in made]


@cache
def _read(name: str) -> Mapping[str, list[str]]:
    path = FOLDER / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def _phrased(
    told: Mapping[str, list[str]],
    words: Mapping[str, list[str]],
    expert: str | None,
    draw: random.Random,
    *,
    english: int,
    code: int,
    language: int,
) -> Iterator[TrainingQuestion]:
    counts = {"en": english, "code_blocks": code}
    counts |= {name: language * (2 if name in LANGUAGES[:5] else 1) for name in LANGUAGES}
    known = {**words, **told}
    for kind, count in counts.items():
        phrasings = told.get(kind, [])
        for number in range(count if phrasings else 0):
            phrasing = number % len(phrasings)
            text = _filled(phrasings[phrasing], known, draw)
            if kind == "en":
                where = _filled(draw.choice(_WHERE), words, draw) if expert and draw.random() < 0.25 else ""
                text = f"{draw.choice(_BEFORE)}{text}{where}{draw.choice(_AFTER)}"
            concerned = frozenset({expert} if expert else ())
            yield TrainingQuestion(text, concerned, f"{expert}:{kind}:{phrasing}")


def _defined(expert: Expert, draw: random.Random) -> Iterator[TrainingQuestion]:
    """What the expert's own definition says of it: its keywords that mean it alone, its subjects and its purpose."""
    strong = [word for words, weight in expert.keywords.items() if weight >= 0.7 for word in words.split("/")]
    texts = [about.format(word) for word in (*strong, *expert.subjects, expert.purpose) for about in _ABOUT]
    weak = [words.split("/")[0] for words in expert.keywords]
    texts += [" ".join(draw.sample(weak, min(3, len(weak)))) for _ in range(12)]
    texts += re.split(r"(?<=[.;]) ", expert.system_prompt)
    for number, text in enumerate(texts):
        yield TrainingQuestion(text, frozenset({expert.name}), f"{expert.name}:definition:{number // len(_ABOUT)}")


def _keywords_elsewhere(
    experts: tuple[Expert, ...], words: Mapping[str, list[str]], draw: random.Random
) -> Iterator[TrainingQuestion]:
    """Experts' keywords where they mean something else, so that none of them suffices alone."""
    told = _read("off_topic")
    phrasings = told["keyword_elsewhere"]
    keywords = sorted({word for expert in experts for one in expert.keywords for word in one.split("/")})
    for number, keyword in enumerate(keywords * 14):
        phrasing = number % len(phrasings)
        text = _filled(phrasings[phrasing], {**words, **told, "keyword": [keyword]}, draw)
        yield TrainingQuestion(text, frozenset(), f"keyword_elsewhere:{phrasing}")


def _joined(singles: Mapping[str, list[TrainingQuestion]], draw: random.Random) -> Iterator[TrainingQuestion]:
    names = sorted(singles)
    for number in range(1500 if len(names) > 1 else 0):
        asked = draw.sample(names, 3 if number % 8 == 0 and len(names) > 2 else 2)
        parts = [draw.choice(singles[name]).text.rstrip("?. ") for name in asked]
        text = parts[0]
        for part in parts[1:]:
            text += draw.choice(_JOINED_BY) + part[0].lower() + part[1:]
        yield TrainingQuestion(text, frozenset(asked), f"joined:{number % 50}")


def _in_parts(names: list[str], words: Mapping[str, list[str]], draw: random.Random) -> Iterator[TrainingQuestion]:
    """Requests for one thing whose parts concern different experts."""
    told = _read("several")
    known = [name for name in names if name in told]
    for number in range(2000 if len(known) > 1 else 0):
        asked = draw.sample(known, min(len(known), draw.choice((1, 2, 2, 2, 3))))
        parts = [str(draw.choice(told[name])) for name in asked]
        listed = draw.choice((", ", " and ", "; ")).join(parts[:-1])
        text = f"{listed}{draw.choice((' and ', ', and ', ' plus '))}{parts[-1]}" if listed else parts[0]
        frame = number % len(told["frames"])
        filled = _filled(told["frames"][frame], {**words, **told, "parts": [text]}, draw)
        yield TrainingQuestion(filled, frozenset(asked), f"parts:{number % 40}")


def _filled(phrasing: str, words: Mapping[str, list[str]], draw: random.Random) -> str:
    """The phrasing with one of each "[a|b]" chosen, the innermost first, and a word for each "{name}"."""
    text = phrasing
    while True:
        if found := _ALTERNATIVES.search(text):
            text = text[: found.start()] + draw.choice(found[1].split("|")) + text[found.end() :]
        elif found := _SLOT.search(text):
            text = text[: found.start()] + str(draw.choice(words[found[1]])) + text[found.end() :]
        else:
            return "\n".join(re.sub(r"(?<=\S) +", " ", line).rstrip() for line in text.split("\n")).strip()


def _misspelt(question: TrainingQuestion, draw: random.Random) -> TrainingQuestion:
    words = question.text.split(" ")
    for place in draw.sample(range(len(words)), max(1, len(words) // 4)):
        word = words[place]
        if len(word) < 4 or not word.isalpha():
            continue
        at = draw.randrange(1, len(word) - 1)
        letter = word[at]
        words[place] = draw.choice(
            (
                word[:at] + word[at + 1] + letter + word[at + 2 :],
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + _NEIGHBOURS.get(letter, letter) + word[at + 1 :],
            )
        )
    return TrainingQuestion(" ".join(words), question.experts, question.phrasing)
