"""Answers that wait to be judged: one machine with a graphics card writes them, another with the judges reads them."""

import gc
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from oracle_lib.evaluate.predictions import Contestant, ModelName, Response
from oracle_lib.files import durable_append
from oracle_lib.progress import tqdm
from oracle_lib.records import DatasetRow, Frozen, to_jsonl


class Answer(Frozen):
    """What a model said to a prompt: a row of `answers.jsonl`. With another `fingerprint` than the contestant's of
    today, it is stale.
    """

    model: ModelName
    fingerprint: str
    text: str
    nll: float | None
    tokens: int
    bytes: int

    @property
    def response(self) -> Response:
        return Response(self.text, self.nll, self.tokens, self.bytes)


def answer_all(path: Path, prompts: Sequence[DatasetRow], contestants: Sequence[Contestant], batch_size: int) -> None:
    """Appends every contestant's answers to the prompts to `path`, batch by batch: a killed run goes on there."""
    batches = [prompts[start : start + batch_size] for start in range(0, len(prompts), batch_size)]
    known = _read(path)
    for contestant in contestants:
        missing = [batch for batch in batches if _known(contestant, batch, known) is None]
        if not missing:
            continue
        gc.collect()  # the model before this one may wait in a reference cycle
        answer = contestant.load()
        for batch in tqdm(missing, desc=contestant.name, unit="batch"):
            said = zip(batch, answer(batch), strict=True)
            rows = [
                Answer(
                    model=contestant.name,
                    fingerprint=contestant.fingerprint(prompt),
                    text=one.text,
                    nll=one.nll,
                    tokens=one.tokens,
                    bytes=one.bytes,
                )
                for prompt, one in said
            ]
            durable_append(path, to_jsonl(rows))


def reading(contestant: Contestant, path: Path, judged_by: str = "") -> Contestant:
    """The contestant, which is loaded only for batches whose answers do not all lie at `path`. What is known of it by
    another judge than `judged_by` is stale.
    """

    def load() -> Callable[[Sequence[DatasetRow]], list[Response]]:
        known = _read(path)
        loaded: list[Callable[[Sequence[DatasetRow]], list[Response]]] = []

        def answer(batch: Sequence[DatasetRow]) -> list[Response]:
            found = _known(contestant, batch, known)
            if found is None and not loaded:
                loaded.append(contestant.load())
            return loaded[0](batch) if found is None else found

        return answer

    return Contestant(contestant.name, f"{contestant.identity} {judged_by}".rstrip(), load)


def _known(
    contestant: Contestant, batch: Sequence[DatasetRow], known: Mapping[tuple[str, str], Response]
) -> list[Response] | None:
    """The answers to the whole batch; None where one is missing: answers depend on the company a prompt keeps."""
    found = [known.get((contestant.name, contestant.fingerprint(prompt))) for prompt in batch]
    return [one for one in found if one] if all(found) else None


def _read(path: Path) -> dict[tuple[str, str], Response]:
    found: dict[tuple[str, str], Response] = {}
    for line in path.read_bytes().splitlines() if path.exists() else []:
        try:
            row = Answer.model_validate_json(line)
        except ValidationError:  # torn by a kill, or of another version: it is answered again
            continue
        found[row.model, row.fingerprint] = row.response
    return found
