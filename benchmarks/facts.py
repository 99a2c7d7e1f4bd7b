"""Are questions about addresses and registers answered rightly with what is looked up, and how without? Asks a model
the 200 questions of `facts_questions.jsonl`, both ways: behind a server of OpenAI's protocol, or in this process, where
all are decoded in a few batches.

    python -m benchmarks.council facts --url http://127.0.0.1:8080/v1 --model NAME --answers answers.jsonl [--most 10]
    python -m benchmarks.council facts --base FOLDER --answers answers.jsonl

With: the council asks the model as the expert purah and shows its answer with what the shipped facts say. Without: the
model alone, under the same prompt. Both are greedy. The questions were written from knowledge of the console and the
game, not from the shipped facts; each fourth is about a register, an address or a routine that does not exist.

Right is an answer that holds one of the expected words or addresses; where nothing exists, one that says so and names
no address of its own, but for those that the council warns of (such an address is `invented`). `own_words` judges what
the model itself wrote with the facts before it. Answers are kept in the file, and a run goes on where one ended.
"""

import argparse
import asyncio
import json
import os
import re
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.router import wilson
from oracle_lib import OracleError
from oracle_lib.bases import choose
from oracle_lib.council import Answer, Council
from oracle_lib.council.endpoint import Endpoint
from oracle_lib.council.wanted import Wanted
from oracle_lib.params import EndpointParams, load_council, load_expert
from oracle_lib.quality import Knowledge
from oracle_lib.quality.knowledge.places import canonical
from oracle_lib.quality.text import addresses
from oracle_lib.records import Frozen, read_jsonl
from oracle_lib.runtimes import Runtime, Settings, open_runtime

EXPERT, LONGEST, SECONDS = "purah-profiler", 160, 600.0
_SAYS_UNKNOWN = re.compile(
    r"not known|unknown|nothing answers|no hardware register|(?:does|do|did) not exist|(?:doesn|don)'t exist|no such|"
    r"not (?:a |an )?(?:valid|real|defined|documented|mapped|used|recogni[sz]ed|available|aware|present|part of)|"
    r"undefined|no (?:information|register|routine|address|record)|(?:isn't|is not) (?:a|any)|unused|open bus",
    re.IGNORECASE,
)


class FactQuestion(Frozen):
    """A question, and what its answer must hold one of; neither where what it asks about does not exist."""

    question: str
    exists: bool
    addresses: tuple[str, ...]
    words: tuple[str, ...]


class Given(Frozen):
    """An answer: what is `shown`, what the model `said` itself, and the addresses that the reader is warned of."""

    question: str
    model: str
    looked_up: bool
    shown: str
    said: str
    warned: tuple[str, ...] = ()
    seconds: float


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--url", help="of a server, up to /v1")
    where.add_argument("--base", help="a folder, or a base by name, that answers in this process")
    parser.add_argument("--model", help="its name at the server; in this process, what to call the base")
    parser.add_argument("--answers", type=Path, required=True, help="where answers are kept")
    parser.add_argument("--most", type=int, default=200, help="so many questions, taken evenly from all")
    options = parser.parse_args(arguments)
    if options.url and not options.model:
        parser.error("--url needs --model")
    model = options.model or Path(options.base).name
    every = list(read_jsonl(FactQuestion, Path(__file__).with_name("facts_questions.jsonl"), "restore it"))
    questions = [every[place * len(every) // options.most] for place in range(options.most)]
    with tempfile.TemporaryDirectory() as outputs:
        os.environ["ORACLE_OUTPUTS"] = outputs  # the expert has no adapter there
        try:
            asyncio.run(_ask(questions, options.url, options.base, model, options.answers))
        except OracleError as error:
            raise SystemExit(f"{error}; the answers until then are kept") from None
    kept = [one for one in _kept(options.answers) if one.model == model]
    for looked_up in (True, False):
        answers = {one.question: one for one in kept if one.looked_up == looked_up}
        print(json.dumps(figures(questions, answers, model, looked_up)))


async def _ask(questions: Sequence[FactQuestion], url: str | None, base: str | None, model: str, path: Path) -> None:
    """Asks what has no answer yet, with look-up and then without: a server two at a time, this process all at once."""
    changes: dict[str, Any] = {"repair_rounds": 0, "answer_seconds": SECONDS, "runtimes": {}}
    alone: Endpoint | Runtime
    if url:
        os.environ["ORACLE_BENCHMARK_URL"] = url
        endpoint = EndpointParams(url_variable="ORACLE_BENCHMARK_URL", key_variable="ORACLE_BENCHMARK_KEY", base=model)
        changes |= {"runtime": "facts", "endpoints": {"facts": endpoint}}
        alone, at_once = Endpoint("facts", endpoint), 2
    else:
        assert base
        changes |= {"runtime": "in-process", "base": base}
        alone, at_once = open_runtime("in-process", choose(base, load_expert(EXPERT))), len(questions)
    council = Council(params=load_council().model_copy(update=changes), knowledge=Knowledge.facts())
    done = {(one.question, one.looked_up) for one in _kept(path) if one.model == model}
    places = asyncio.Semaphore(at_once)

    async def keep(question: str, looked_up: bool) -> None:
        async with places:
            given = await (_with(council, question, model) if looked_up else _without(alone, question, model))
        with path.open("a", encoding="utf-8") as file:
            file.write(given.model_dump_json() + "\n")

    for looked_up in (True, False):
        left = [one.question for one in questions if (one.question, looked_up) not in done]
        await asyncio.gather(*(keep(question, looked_up) for question in left))
        council.close()  # two of a base would not fit everywhere


async def _with(council: Council, question: str, model: str) -> Given:
    started = time.perf_counter()
    wanted = Wanted(temperature=0.0, max_new_tokens=LONGEST)
    *_, answer = [piece async for piece in council.stream(question, expert=EXPERT, wanted=wanted)]
    assert isinstance(answer, Answer)
    [section] = answer.sections
    if section.fault and not section.text:  # one that repeated itself has answered
        raise OracleError(section.fault)
    warned = (*section.unsupported, *section.unknown)
    seconds = time.perf_counter() - started
    return Given(
        question=question,
        model=model,
        looked_up=True,
        shown=answer.text,
        said=section.text,
        warned=warned,
        seconds=seconds,
    )


async def _without(alone: Endpoint | Runtime, question: str, model: str) -> Given:
    started = time.perf_counter()
    system = load_expert(EXPERT).system_prompt
    pieces = alone.ask(
        None,
        [{"role": "system", "content": system}, {"role": "user", "content": question}],
        Settings(max_new_tokens=LONGEST),
    )
    said = "".join([piece async for piece in pieces if isinstance(piece, str)])
    seconds = time.perf_counter() - started
    return Given(question=question, model=model, looked_up=False, shown=said, said=said, seconds=seconds)


def _kept(path: Path) -> list[Given]:
    return list(read_jsonl(Given, path, "delete that line")) if path.exists() else []


def figures(
    questions: Sequence[FactQuestion], answers: dict[str, Given], model: str, looked_up: bool
) -> dict[str, object]:
    """Shares with their Wilson intervals."""
    asked = [one for one in questions if one.question in answers]
    given = [(one, answers[one.question]) for one in asked]
    real = [(one, answer) for one, answer in given if one.exists]
    unreal = [(one, answer) for one, answer in given if not one.exists]
    return {
        "bench": "facts",
        "model": model,
        "looked_up": looked_up,
        "questions": len(given),
        "right": wilson(sum(is_right(one, answer) for one, answer in given), len(given)),
        "right_of_what_exists": wilson(sum(is_right(one, answer) for one, answer in real), max(1, len(real))),
        "own_words_right_of_what_exists": wilson(
            sum(holds(one, answer.said) for one, answer in real), max(1, len(real))
        ),
        "says_unknown_of_what_does_not": wilson(
            sum(bool(_SAYS_UNKNOWN.search(answer.shown)) for _, answer in unreal), max(1, len(unreal))
        ),
        "invented": sum(bool(invented(one, answer)) for one, answer in unreal),
        "seconds": round(statistics.median(answer.seconds for _, answer in given), 1),
    }


def is_right(question: FactQuestion, answer: Given) -> bool:
    if question.exists:
        return holds(question, answer.shown)
    return bool(_SAYS_UNKNOWN.search(answer.shown)) and not invented(question, answer)


def holds(question: FactQuestion, text: str) -> bool:
    """Whether a text holds an expected word or address."""
    found = {canonical(address) for address in addresses(text.replace(":", ""))}
    expected = {canonical(int(digits, 16)) for digits in question.addresses}
    return bool(found & expected) or any(word.lower() in text.lower() for word in question.words)


def invented(question: FactQuestion, answer: Given) -> frozenset[int]:
    """The addresses that a model gives for what does not exist, and that nobody warns of."""
    told = addresses(question.question) | addresses(" ".join(answer.warned))
    shown = addresses(answer.shown.partition("### Looked up")[2]) if answer.looked_up else frozenset()
    return addresses(answer.said) - told - shown
