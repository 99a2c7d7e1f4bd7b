"""The models under test and the forms in which they are asked. Judges nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from oracle_lib import bases, models
from oracle_lib.chat import Conversation, chat_ids, comment_prompt
from oracle_lib.decoding import Sampling, decode
from oracle_lib.evaluate.predictions import Contestant, ModelName, Response
from oracle_lib.records import Adapter, DatasetRow


@dataclass(frozen=True)
class Asking:
    """How every model is asked: for answers of at most `max_new_tokens`, greedily at temperature 0 or sampled.

    With `likelihood` it is also asked how likely it finds the reference answers. `language` is what code is written in.
    """

    language: Literal["asm", "cpp", "text"]
    max_new_tokens: int
    temperature: float = 0.0
    likelihood: bool = True


def contestants(adapter: Adapter, asking: Asking, code: str) -> list[Contestant]:
    """The base in chat form, a base of ours in its own document form as well, and the expert.

    `code` is the digest of the code that asks and judges: answers of other code are stale.
    """
    asked = f"{adapter.base} {adapter.base_sha256} {asking} {code}"
    base = [Contestant("base", asked, partial(_load, "base", adapter, asking))]
    if bases.is_ours(adapter.base) and asking.language != "text":
        base.append(Contestant("plain_base", asked, partial(_load, "plain_base", adapter, asking)))
    return [*base, Contestant("expert", f"{asked} {adapter.sha256}", partial(_load, "expert", adapter, asking))]


def _load(name: ModelName, adapter: Adapter, asking: Asking) -> Callable[[Sequence[DatasetRow]], list[Response]]:
    tokenizer = models.load_tokenizer(adapter.base)
    model = models.for_decoding(models.load_adapter(adapter) if name == "expert" else models.load_base(adapter.base))

    def in_chat(prompts: Sequence[DatasetRow]) -> list[Response]:
        whole: list[Conversation] = [prompt.messages for prompt in prompts]
        ids = [chat_ids(tokenizer, messages[:-1], add_generation_prompt=True) for messages in whole]
        texts = _write(prompts, ids)
        if not asking.likelihood:
            return [Response(text) for text in texts]
        likelihoods = models.completion_nll(model, tokenizer, whole)
        return [Response(text, *likelihood) for text, likelihood in zip(texts, likelihoods, strict=True)]

    def as_document(prompts: Sequence[DatasetRow]) -> list[Response]:
        headers = [comment_prompt(prompt.question, asking.language) for prompt in prompts]
        return [Response(text) for text in _write(prompts, [tokenizer(header)["input_ids"] for header in headers])]

    def _write(prompts: Sequence[DatasetRow], ids: Sequence[Sequence[int]]) -> list[str]:
        seeds = [prompt.sample_id for prompt in prompts]
        answers = decode(model, tokenizer, ids, asking.max_new_tokens, Sampling(asking.temperature), seeds=seeds)
        return [text for (text,) in answers]

    return as_document if name == "plain_base" else in_chat
