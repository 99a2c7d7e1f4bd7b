"""What a campaign did, counted: for the manifest, the notebook and whoever asks why a sample is missing."""

import html

from oracle_lib.params import Part
from oracle_lib.records import Frozen, Record
from oracle_lib.sample import Domain


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


class CampaignStats(Record):
    """The outcome of a campaign that aimed for `size` accepted samples.

    `taught_by` is the registered version among its teachers, if there was one; `surplus` counts answers that passed and
    were not kept, because others did the same or better. `duplicates` counts draws that repeated a problem and were
    skipped, `exhausted` the families that had no more. `left_out` are the rows that templates would have had by the
    mixture, and more than their families may give. `faults` name families with contracts that cannot be run, and why;
    their answers count as no attempts.
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
    faults: tuple[str, ...] = ()
    moves: tuple[Reassignment, ...]
    domains: dict[Domain, Tally]
    mixture: dict[Part, Tally]
    left_out: int
    families: dict[str, Tally]
    reasons: dict[str, int]

    @property
    def is_complete(self) -> bool:
        return self.accepted == self.size

    def notes(self) -> list[str]:
        """What somebody should know who counts on the numbers, in plain sentences."""
        told = []
        for move in self.moves:
            to = ", ".join(f"{domain} {share:.1%}" for domain, share in move.to.items())
            told.append(
                f"{move.domain} ({move.share:.1%} of the targets) is not drawn from, {move.why}; it goes to {to}"
            )
        if len(self.mixture) > 1:
            parts = ", ".join(f"{tally.accepted} {part}" for part, tally in self.mixture.items())
            told.append(f"the accepted samples by part of the mixture: {parts}")
        if self.left_out:
            told.append(f"{self.left_out} rows of templates were left out, as generation.per_family has it")
        for name in self.exhausted:
            told.append(f"the family {name} has no more problems than the {self.families[name].groups} used")
        told += [f"an answer of a family was not judged: {fault}" for fault in self.faults]
        if not self.is_complete:
            told.append(f"{self.accepted} of {self.size} samples were accepted in {self.attempts} attempts")
        return told

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{domain}</th><td>{tally.target}</td><td>{tally.accepted}</td><td>{tally.rejected}</td>"
            f"<td>{tally.groups}</td></tr>"
            for domain, tally in self.domains.items()
        )
        head = "<tr><th></th><th>target</th><th>accepted</th><th>rejected</th><th>problems</th></tr>"
        notes = "".join(f"<li>{html.escape(note)}</li>" for note in self.notes())
        return f"<table>{head}{rows}</table><ul>{notes}</ul>"
