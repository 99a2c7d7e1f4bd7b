"""What a campaign did, counted: for the manifest, the notebook and whoever asks why a sample is missing."""

import re
from collections.abc import Mapping, Sequence

from pydantic import Field

from oracle_lib.params import Part
from oracle_lib.records import Frozen, Record
from oracle_lib.sample import Domain, Sample
from oracle_lib.words import counted, were


class Tally(Frozen):
    """Samples of one domain, part or family. `attempts` are drafts, `groups` the problems of the accepted ones."""

    target: int | None = None
    attempts: int
    accepted: int
    rejected: int
    groups: int


class Reassignment(Frozen):
    """A domain that this campaign does not draw from: its share of the expert's targets, who gets it, and why."""

    domain: Domain
    share: float
    to: dict[Domain, float]
    why: str

    def in_words(self) -> str:
        to = ", ".join(f"{domain} {share:.1%}" for domain, share in self.to.items())
        return f"{self.domain} ({self.share:.1%} of the targets) is not drawn from, {self.why}; it goes to {to}"


def told_of_absent(absent: Mapping[Domain, Sequence[Part]]) -> list[str]:
    """Says which parts of the mixture have nothing for which domain."""
    return [
        f"of the mixture, {', '.join(parts)} {'has' if len(parts) == 1 else 'have'} nothing for {domain}, so the "
        "other parts give that share of it"
        for domain, parts in absent.items()
    ]


class CampaignStats(Record):
    """The outcome of a campaign that aimed for `size` accepted samples. What it cost is in its journal: that differs
    with what was sent again.

    `taught_by` is the registered version among its teachers, if there was one; `surplus` counts answers that passed
    and were not kept, because others did the same or better. `duplicates` counts draws that repeated a problem and
    were skipped, `exhausted` the families that had no more, `failed_draws` those that were left out because their
    family has a fault, by family and what went wrong. `absent` are the parts of the mixture that have nothing
    for a domain. `left_out` are the rows that templates would have had by the mixture, and more than their families
    may give. `faults` name families with contracts that cannot be run, and why; their answers count as no attempts.
    `set_aside` counts requests that brought no draft, by what came instead; `examples` has one with its particulars
    of each kind of reason and of what set requests aside. `unchecked` is the accepted prose that nothing has run or
    judged, `checked` what a judge has checked against its source; `contradicted` was rejected, because its source says
    otherwise. `shifts` say which teachers gave less than their share and why, `spent` names the lots for which as many
    requests were put as `generation.attempts` allows, `stopped` says which cap ended the campaign.
    """

    noun = "campaign"
    remedy = "run 01_generate"

    run: str
    expert: str
    profile: str
    taught_by: str | None = None
    size: int
    attempts: int
    accepted: int
    rejected: int
    groups: int
    surplus: int = 0
    duplicates: int
    exhausted: tuple[str, ...]
    failed_draws: dict[str, dict[str, int]] = Field(default_factory=dict)
    faults: tuple[str, ...] = ()
    moves: tuple[Reassignment, ...]
    absent: dict[Domain, tuple[Part, ...]] = Field(default_factory=dict)
    domains: dict[Domain, Tally]
    mixture: dict[Part, Tally]
    teachers: dict[str, Tally] = Field(default_factory=dict)
    left_out: int
    families: dict[str, Tally]
    reasons: dict[str, int]
    set_aside: dict[str, int] = Field(default_factory=dict)
    examples: dict[str, str] = Field(default_factory=dict)
    unchecked: int = 0
    checked: int = 0
    contradicted: int = 0
    shifts: tuple[str, ...] = ()
    spent: tuple[str, ...] = ()
    stopped: str | None = None

    @property
    def is_complete(self) -> bool:
        return self.accepted == self.size

    def notes(self) -> list[str]:
        """What somebody should know who counts on the numbers, in plain sentences."""
        told = [move.in_words() for move in self.moves]
        told += told_of_absent(self.absent)
        if len(self.mixture) > 1:
            parts = ", ".join(f"{tally.accepted} {part}" for part, tally in self.mixture.items())
            told.append(f"the accepted samples by part of the mixture: {parts}")
        if len(self.teachers) > 1:
            shares = ", ".join(f"{tally.accepted} {name}" for name, tally in self.teachers.items())
            told.append(f"the accepted samples by teacher: {shares}")
        told += self.shifts
        if self.checked or self.contradicted:
            told.append(
                f"{self.checked} accepted samples are prose that a judge has checked against its source; "
                f"{self.contradicted} were rejected, because their source says otherwise"
            )
        if self.unchecked:
            told.append(f"prose, which nothing has run or checked: {counted(self.unchecked, 'accepted sample')}")
        for why, count in self.set_aside.items():
            told.append(f"{counted(count, 'request')} {were(count)} set aside: {self._in_full(why)}")
        if self.left_out:
            rows = f"{counted(self.left_out, 'row')} of templates {were(self.left_out)}"
            told.append(f"{rows} left out, as generation.per_family has it")
        for name in self.exhausted:
            used = self.families[name].groups if name in self.families else 0
            told.append(f"{name} has no more to ask about than the {used} that were used")
        for family, reasons in self.failed_draws.items():
            for reason, count in reasons.items():
                draws = f"{counted(count, 'draw')} of {family} failed and {were(count)} left out"
                told.append(f"{draws}: {reason}; report it to whoever maintains the family")
        told += [f"an answer of a family was not judged: {fault}" for fault in self.faults]
        if self.stopped:
            told.append(f"a cap ended the campaign, {self.stopped}; with a higher one the same call goes on")
        if self.spent and not self.is_complete:
            told.append(f"for {', '.join(self.spent)} as many requests were put as generation.attempts allows")
        if not self.is_complete:
            accepted = f"{self.accepted} of {counted(self.size, 'sample')} {were(self.accepted)} accepted"
            told.append(f"{accepted} of {counted(self.attempts, 'draft')}")
        return told

    def _in_full(self, kind: str) -> str:
        """A kind of reason with an example, where that says more."""
        example = self.examples.get(kind, kind)
        return kind if example == kind else f"{kind}, such as: {example}"

    def _repr_html_(self) -> str:
        """The domains; the notes are printed by the campaign."""
        rows = "".join(
            f"<tr><th>{domain}</th><td>{tally.target}</td><td>{tally.accepted}</td><td>{tally.rejected}</td>"
            f"<td>{tally.groups}</td></tr>"
            for domain, tally in self.domains.items()
        )
        head = "<tr><th></th><th>target</th><th>accepted</th><th>rejected</th><th>problems</th></tr>"
        return f"<table>{head}{rows}</table>"


def kind_of(failure: str) -> str:
    """A failure without its particulars, so that equal ones can be counted."""
    return re.sub(r"\$?\b[0-9A-F]*\d[0-9A-F.]*\b", "n", failure.partition(" (")[0])


def subject_of(sample: Sample) -> str:
    """What samples are counted by: the task family, or the corpus that a source calls its own."""
    return sample.source.path if sample.source.corpus == "tasks" else sample.source.corpus
