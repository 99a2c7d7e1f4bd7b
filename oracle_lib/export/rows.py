"""A sample as a row of a data set, and how many tokens a row has. Cuts nothing."""

import json
from collections.abc import Sequence

import numpy as np

from oracle_lib import bases
from oracle_lib.chat import encode_all
from oracle_lib.params import Expert, Profile
from oracle_lib.records import DatasetRow, Frozen, Message
from oracle_lib.sample import Sample, Split


class Lengths(Frozen):
    """Tokens a row, chat template included, as training reads them, by the tokenizer of `base`."""

    base: str
    limit: int
    median: int
    p95: int
    longest: int


def row_of(sample: Sample, system_prompt: str, split: Split = Split.TRAIN) -> DatasetRow:
    """A sample as Unsloth and TRL read it; on the test side with what its answers are judged by."""
    evidence = sample.grounding.evidence.model_dump_json() if sample.grounding and split is Split.TEST else ""
    return DatasetRow(
        messages=(
            Message(role="system", content=system_prompt),
            Message(role="user", content=sample.prompt),
            Message(role="assistant", content=sample.output),
        ),
        sample_id=sample.sample_id,
        group=sample.group,
        domain=sample.domain.value,
        task=sample.task.value,
        family=family_of(sample),
        contract=json.dumps(sample.verification.contract) if sample.verification else "",
        evidence=evidence,
        drawn_by=sample.source.drawn_by,
    )


def family_of(sample: Sample) -> str:
    """The task family that asked, or what the group is called by in other corpora."""
    return sample.source.path if sample.source.corpus == "tasks" else sample.group.partition(":")[0]


def tokenizer_at_hand(expert: Expert, profile: Profile) -> str | None:
    """The reference of the base whose tokenizer is on this machine, if it is: the tiny one's, that of a folder, or that
    of a model which was downloaded. Nothing is downloaded here, and what 04 builds has its tokenizer only then.
    """
    base = bases.choose(profile.base, expert)
    if base == "built":
        return None
    if bases.is_ours(base) or bases.is_folder(base):
        return base
    from huggingface_hub import try_to_load_from_cache

    names = ("config.json", "tokenizer.json", "tokenizer_config.json")
    return base if all(isinstance(try_to_load_from_cache(base, name), str) for name in names) else None


def count_tokens(rows: Sequence[DatasetRow], base: str) -> list[int]:
    """The tokens of each row in the base's chat template."""
    from oracle_lib import models

    tokenizer = models.load_tokenizer(base)
    return [len(encoded.ids) for encoded in encode_all(tokenizer, [row.messages for row in rows])]


def lengths_of(tokens: Sequence[int], base: str, limit: int) -> Lengths:
    """Of the rows that have so many tokens."""
    median, p95, longest = np.percentile(tokens, (50, 95, 100), method="higher")
    return Lengths(base=base, limit=limit, median=int(median), p95=int(p95), longest=int(longest))
