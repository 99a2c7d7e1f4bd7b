"""What a campaign did, counted: for the manifest, the notebook and whoever asks why a sample is missing."""

import html
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from oracle_lib import OracleError
from oracle_lib.run import relative
from oracle_lib.sample import Domain


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tally(_Frozen):
    """Samples of one domain or family. `attempts` are drafts, `groups` the problems of the accepted ones."""

    target: int | None = None
    attempts: int
    accepted: int
    rejected: int
    groups: int


class Move(_Frozen):
    """A domain that this campaign does not draw from: its share of the expert's targets, who gets it, and why."""

    domain: Domain
    share: float
    to: dict[Domain, float]
    why: str


class CampaignStats(_Frozen):
    """The outcome of a campaign that aimed for `size` accepted samples.

    `duplicates` counts draws that repeated a problem and were skipped, `exhausted` the families that had no more.
    """

    run: str
    expert: str
    profile: str
    size: int
    attempts: int
    accepted: int
    rejected: int
    groups: int
    duplicates: int
    exhausted: tuple[str, ...]
    moves: tuple[Move, ...]
    domains: dict[Domain, Tally]
    families: dict[str, Tally]
    reasons: dict[str, int]

    @property
    def is_complete(self) -> bool:
        return self.accepted == self.size

    @staticmethod
    def read(path: Path) -> "CampaignStats":
        try:
            return CampaignStats.model_validate_json(path.read_bytes())
        except (FileNotFoundError, ValidationError):
            raise OracleError(f"{relative(path)} is missing or of another version; run 01_generate again") from None

    def notes(self) -> list[str]:
        """What somebody should know who counts on the numbers, in plain sentences."""
        told = []
        for move in self.moves:
            to = ", ".join(f"{domain} {share:.1%}" for domain, share in move.to.items())
            told.append(
                f"{move.domain} ({move.share:.1%} of the targets) is not drawn from, {move.why}; it goes to {to}"
            )
        for name in self.exhausted:
            told.append(f"the family {name} has no more problems than the {self.families[name].groups} used")
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
