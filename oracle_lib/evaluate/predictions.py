"""Prompts, what each model answered to them, and the file that keeps answers when a run is killed. Judges nothing."""

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from oracle_lib import OracleError
from oracle_lib.files import atomic_write, durable_append, relative
from oracle_lib.grounding import Evidence
from oracle_lib.progress import tqdm
from oracle_lib.records import DatasetRow, Frozen, read_jsonl, to_jsonl
from oracle_lib.verify import CONTRACT, Contract

ModelName = Literal["base", "plain_base", "expert"]


def load_contract(prompt: DatasetRow) -> Contract | None:
    """What an answer to the prompt must do; None where nothing can be run."""
    return CONTRACT.validate_json(prompt.contract) if prompt.contract else None


def load_evidence(prompt: DatasetRow) -> Evidence | None:
    """What the claims of an answer to the prompt must rest on; None where it has no source."""
    return Evidence.model_validate_json(prompt.evidence) if prompt.evidence else None


def read_prompts(path: Path) -> list[DatasetRow]:
    """The rows of a test set. Raises `OracleError` naming the line that is none, or where there is no line."""
    prompts = list(read_jsonl(DatasetRow, path, "run 02_export again"))
    if not prompts:
        raise OracleError(
            f"{relative(path)} holds no prompt; give the run more samples, or the split a larger test share"
        )
    return prompts


@dataclass(frozen=True)
class Response:
    """What a model said, and what the *reference* answer cost it: nats over `tokens` tokens and `bytes` bytes of UTF-8.

    `nll` is None (and the counts 0) where that was not measured.
    """

    text: str
    nll: float | None = None
    tokens: int = 0
    bytes: int = 0


@dataclass(frozen=True)
class Judgement:
    """What an answer is worth; `assembles` and `passes` are None where the prompt has no contract that can be run,
    `cycles` (master cycles of the slowest stored case) where the answer does not pass or is no assembly. `supported`
    tells whether its source supports every claim that it makes, None where nobody judged that.

    It was judged on `states` initial states, the contract's `cases` first; `failed_state` is the first that did not
    hold, None where all did or the answer could not be run at all. `ngrams` are the counts that corpus BLEU sums:
    matching 1- to 4-grams, all of them, and the lengths of answer and reference in tokens.
    """

    exact_match: bool
    ngrams: tuple[int, ...]
    assembles: bool | None = None
    passes: bool | None = None
    supported: bool | None = None
    cycles: int | None = None
    reasons: tuple[str, ...] = ()
    cases: int = 0
    states: int = 0
    failed_state: int | None = None


class Prediction(Frozen):
    """One model's answer to one prompt with everything measured about it: a row of `predictions.jsonl`.

    `fingerprint` names the model, the prompt and the code that judged: a row with another one is stale.
    """

    sample_id: str
    group: str
    family: str
    model: ModelName
    answer: str
    nll: float | None
    tokens: int
    bytes: int
    exact_match: bool
    ngrams: tuple[int, ...] = Field(min_length=10, max_length=10)
    assembles: bool | None
    passes: bool | None
    supported: bool | None = None
    cycles: int | None
    reasons: tuple[str, ...]
    cases: int = 0
    states: int = 0
    failed_state: int | None = None
    fingerprint: str

    def passes_on(self, states: int) -> bool:
        """Whether the answer kept the first `states` of the states that it was judged on."""
        return self.passes is True or (self.failed_state is not None and self.failed_state >= states)


@dataclass(frozen=True)
class Contestant:
    """A model under test. `identity` names its weights and how it is asked; `load` is called only when answers are
    missing and gives the function that answers a batch of prompts.
    """

    name: ModelName
    identity: str
    load: Callable[[], Callable[[Sequence[DatasetRow]], list[Response]]]

    def fingerprint(self, prompt: DatasetRow) -> str:
        return hashlib.sha256(f"{self.identity}\n{prompt.model_dump_json()}".encode()).hexdigest()[:16]


def collect(
    path: Path,
    prompts: Sequence[DatasetRow],
    contestants: Sequence[Contestant],
    judge: Callable[[Sequence[DatasetRow], Sequence[str]], list[Judgement]],
    batch_size: int,
) -> list[Prediction]:
    """Every contestant's answer to every prompt, in the order of the prompts; `path` holds the same when it returns.

    Rows are appended batch by batch, so a killed run goes on where it stopped. A batch that is not whole is answered
    again: padding differs with the company a prompt keeps, and with it the last digits and sometimes the answer.
    """
    valid = {(one.name, one.fingerprint(prompt)) for one in contestants for prompt in prompts}
    known = {(row.sample_id, row.model): row for row in _survivors(path) if (row.model, row.fingerprint) in valid}
    _write(path, known.values())
    batches = [prompts[start : start + batch_size] for start in range(0, len(prompts), batch_size)]
    for contestant in contestants:
        missing = [
            batch for batch in batches if any((prompt.sample_id, contestant.name) not in known for prompt in batch)
        ]
        for rows in _ask(contestant, missing, judge) if missing else []:
            durable_append(path, to_jsonl(rows))
            known.update({(row.sample_id, row.model): row for row in rows})
    ordered = [known[prompt.sample_id, contestant.name] for prompt in prompts for contestant in contestants]
    _write(path, ordered)
    return ordered


def _ask(
    contestant: Contestant,
    batches: Sequence[Sequence[DatasetRow]],
    judge: Callable[[Sequence[DatasetRow], Sequence[str]], list[Judgement]],
) -> Iterator[list[Prediction]]:
    gc.collect()  # a model before this one may wait in a reference cycle, and two of 14B do not fit on one card
    answer = contestant.load()
    for batch in tqdm(batches, desc=contestant.name, unit="batch"):
        answers = answer(batch)
        judged = judge(batch, [one.text for one in answers])
        yield [_row(contestant, *row) for row in zip(batch, answers, judged, strict=True)]


def read_predictions(path: Path) -> list[Prediction]:
    """The rows of a finished `predictions.jsonl`. Raises `OracleError` naming the line that is none."""
    return list(read_jsonl(Prediction, path, "run 05_evaluate with force"))


def _row(contestant: Contestant, prompt: DatasetRow, answer: Response, judged: Judgement) -> Prediction:
    return Prediction(
        sample_id=prompt.sample_id,
        group=prompt.group,
        family=prompt.family,
        model=contestant.name,
        answer=answer.text,
        nll=answer.nll,
        tokens=answer.tokens,
        bytes=answer.bytes,
        exact_match=judged.exact_match,
        ngrams=judged.ngrams,
        assembles=judged.assembles,
        passes=judged.passes,
        supported=judged.supported,
        cycles=judged.cycles,
        reasons=judged.reasons,
        cases=judged.cases,
        states=judged.states,
        failed_state=judged.failed_state,
        fingerprint=contestant.fingerprint(prompt),
    )


def _survivors(path: Path) -> Iterable[Prediction]:
    """The rows of an unfinished file; a line that a kill tore, or that another version wrote, is answered again."""
    for line in path.read_bytes().splitlines() if path.exists() else []:
        try:
            yield Prediction.model_validate_json(line)
        except ValidationError:
            continue


def _write(path: Path, rows: Iterable[Prediction]) -> None:
    atomic_write(path, to_jsonl(rows))
