"""The data set's card: typed for programs, a README for people and `datasets.load_dataset`, a table for notebooks."""

import html

import yaml
from pydantic import Field

from oracle_lib.export.left_out import MEANING, Why
from oracle_lib.export.rows import Lengths
from oracle_lib.records import Frozen, Record
from oracle_lib.sample import Split


class Side(Frozen):
    """One side of the split: its file's sha256 and size, and how many rows it holds of what."""

    sha256: str
    bytes: int
    rows: int
    groups: int
    domains: dict[str, int]
    tasks: dict[str, int]


class SourceRows(Frozen):
    """How many rows come from a source, and under which licence it is."""

    corpus: str
    licence: str
    rows: int


class DatasetCard(Record):
    """What `export_dataset` made. `path` is the folder, relative to the outputs folder; `accepted` counts the samples
    that came in, `left_out` those that are in no file, by `Why`; `families` and `teachers` count rows. `wanted` are the
    most rows of a side. There are no `lengths` where the base's tokenizer was not at hand.
    """

    noun = "data set's card"
    remedy = "run 02_export"

    name: str
    path: str
    expert: str
    purpose: str
    run: str
    profile: str
    accepted: int
    left_out: dict[Why, int]
    sides: dict[Split, Side]
    wanted: dict[Split, int] = Field(default_factory=dict)
    families: dict[str, int]
    teachers: dict[str, int]
    sources: tuple[SourceRows, ...]
    verified: int
    lengths: Lengths | None
    val_share: float
    test_share: float

    @property
    def rows(self) -> int:
        return sum(side.rows for side in self.sides.values())

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{column}</th>" for column in ("", "rows", "groups", "domains", "tasks", "sha256"))
        body = "".join(
            f"<tr><th>{split}</th><td>{side.rows}</td><td>{side.groups}</td><td>{_counts(side.domains)}</td>"
            f"<td>{_counts(side.tasks)}</td><td><code>{side.sha256[:12]}</code></td></tr>"
            for split, side in self.sides.items()
        )
        return f"<table><caption>{html.escape(self.name)}</caption><tr>{head}</tr>{body}</table>"

    def readme(self) -> str:
        """The README with the front matter that `datasets.load_dataset(folder)` reads; it omits a side without rows."""
        files = {Split.TRAIN: "train", Split.VAL: "validation", Split.TEST: "test"}
        front = {
            "license": "mit" if {one.licence for one in self.sources} == {"MIT"} else "other",
            "language": ["en"],
            "task_categories": ["text-generation"],
            "pretty_name": self.name,
            "tags": ["65816", "snes", "rom-hacking", "code", "verified"],
            "configs": [
                {
                    "config_name": "default",
                    "data_files": [
                        {"split": files[split], "path": f"{split}.jsonl"}
                        for split, side in self.sides.items()
                        if side.rows
                    ],
                }
            ],
        }
        sides = "\n".join(
            f"| {files[split]} | {side.rows} | {side.groups} | {_counts(side.domains)} | `{side.sha256}` |"
            for split, side in self.sides.items()
        )
        families = "\n".join(f"| {family} | {count} |" for family, count in self.families.items())
        sources = "\n".join(f"| {one.corpus} | {one.licence} | {one.rows} |" for one in self.sources)
        left_out = [f"| {why} | {count:,} | {MEANING[why]} |" for why, count in self.left_out.items()]
        why_left_out = "\n".join(["", "| why | samples | what that means |", "|---|---|---|", *left_out, ""])
        return f"""---
{yaml.safe_dump(front, sort_keys=False).strip()}
---

# {self.name}

Instructions and answers for {self.purpose}, in chat format: what the expert `{self.expert}` learns from in the run
`{self.run}` (profile `{self.profile}`).

| split | rows | groups | domains | sha256 of the file |
|---|---|---|---|---|
{sides}

Each row has `messages` (system, user, assistant), `sample_id`, `group`, `domain`, `task`, `family`, `contract` and
`drawn_by`. `contract` is the JSON of what the code must do or the answer must state, so that any other answer to the
same prompt can be judged too (empty where nothing can be); by the seed `drawn_by` Oracle's task family draws the
problem again, with further cases.

## How it was made

- Teachers: {_counts(self.teachers)}.
- {self.verified:,} of {self.rows:,} answers were run against their contract and passed: assembly was assembled and
  executed on a SNES core from several initial states, C++ was compiled and executed in a sandbox; what an answer states
  about a routine is what the routine did there.
- The split goes by group: all wordings of one problem, and all that is asked about one routine, are on one side, and a
  hash of the group's name says on which ({self.val_share:.1%} of the groups for validation, {self.test_share:.1%} for
  test). So another export never moves a row to another side.{self._at_most()}
- {self._lengths()}

## Sources and licences

| source | licence | rows |
|---|---|---|
{sources}

## What was left out

Of {self.accepted:,} accepted samples {self.accepted - self.rows:,} are in no file. Nothing is cut to fit.
{why_left_out if left_out else ""}
## Families

| family | rows |
|---|---|
{families}

## Limits

The problems are drawn from parameterised families, so rows of one family are alike but for addresses, constants, widths
and names. A high score on the test split shows mastery of these families, not of all programming for the console.
"""

    def _at_most(self) -> str:
        sizes = ", ".join(f"{self.wanted[side]:,} of {side}" for side in self.sides if side in self.wanted)
        return (
            f" At most so many rows are kept: {sizes}; those of each domain and task by the same hash." if sizes else ""
        )

    def _lengths(self) -> str:
        if self.lengths is None:
            return "Tokens were not counted: the base's tokenizer was not on this machine; training counts them."
        one = self.lengths
        return (
            f"A row has {one.median} tokens in the middle, {one.p95} at the 95th percentile and at most {one.longest}, "
            f"by the tokenizer of `{one.base}` with its chat template; more than {one.limit:,} are not read."
        )


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "none"
