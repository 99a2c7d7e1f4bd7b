"""What a campaign is to bring in: the targets of the domains, shared among the parts of the mixture and the teachers.

Nobody is asked here. What is asked comes in units, the requests about one problem, in an order that follows from the
seed alone.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from oracle_lib import OracleError
from oracle_lib.generate.requests import Draws, ProblemRequest, Request, families_of
from oracle_lib.generate.stats import Reassignment
from oracle_lib.params import Expert, Generation, Part
from oracle_lib.sample import Domain
from oracle_lib.tasks import Family, Problem


class Units(Protocol):
    """The requests about one problem after the other. `duplicates` counts draws that repeated a problem so far, and
    `exhausted` names what has no more.
    """

    @property
    def duplicates(self) -> int: ...
    @property
    def exhausted(self) -> list[str]: ...

    def __iter__(self) -> Iterator[list[Request]]: ...


class Material(Protocol):
    """What one part of the mixture has for one domain: at most `most` rows."""

    @property
    def most(self) -> float: ...

    def units(self, seed: int) -> Units:
        """Always the same ones for the same seed."""


@dataclass(frozen=True)
class FamilyMaterial:
    """Problems of task families."""

    families: Sequence[Family]
    part: Part
    generation: Generation

    @property
    def most(self) -> float:
        problems = self.generation.problems_of_a_family(self.part)
        return math.inf if problems is None else problems * self.generation.phrasings_of(self.part) * len(self.families)

    def units(self, seed: int) -> "_FamilyUnits":
        draws = Draws(self.families, seed, self.generation.problems_of_a_family(self.part))
        return _FamilyUnits(draws, self.part, self.generation.phrasings_of(self.part), seed)


class _FamilyUnits:
    def __init__(self, draws: Draws, part: Part, phrasings: int, seed: int) -> None:
        self._draws, self._part, self._phrasings, self._seed = draws, part, phrasings, seed

    @property
    def duplicates(self) -> int:
        return self._draws.duplicates

    @property
    def exhausted(self) -> list[str]:
        return self._draws.exhausted

    def __iter__(self) -> Iterator[list[Request]]:
        for index, problem in self._draws:
            yield [ProblemRequest(problem, index, which, self._seed) for which in self._asked(problem, index)]

    def _asked(self, problem: Problem, index: int) -> Iterable[int]:
        """Which phrasings of a problem are asked: the first ones of a template, which every family says in its own way,
        and each in its turn of those that are composed.
        """
        known = len(problem.instructions)
        first = 0 if self._part == "templates" else index
        return ((first + turn) % known for turn in range(min(self._phrasings, known)))


def materials(expert: Expert, generation: Generation) -> dict[Part, dict[Domain, Material]]:
    """What there is to ask about, by the parts of the mixture."""
    return {
        part: {
            domain: FamilyMaterial(families, part, generation)
            for domain, families in families_of(expert.language, generation.families, part, expert.subjects).items()
        }
        for part in generation.mixture
    }


def plan_targets(
    expert: Expert, size: int, generation: Generation
) -> tuple[dict[Domain, int], tuple[Reassignment, ...]]:
    """`size` accepted samples shared among the domains in the proportions of the expert's targets.

    A domain that is switched off goes to others by the expert's own rule, one that there is no material for to the rest
    in proportion.
    """
    total = sum(expert.domains.values())
    shares = {domain: target / total for domain, target in expert.domains.items()}
    served = {domain for of_part in materials(expert, generation).values() for domain in of_part}
    moves = []
    for domain, rule in expert.reassign.items():
        if domain not in served:
            moves.append(_move(shares, domain, dict(rule), "because its source stays off without the user's own copy"))
    families = generation.families
    if not served & shares.keys():
        known = ", ".join(domain.value for domain in expert.domains)
        remedy = (
            "choose a profile that draws from all families, or name some in its generation.families"
            if families and families_of(expert.language, subjects=expert.subjects).keys() & shares.keys()
            else "its samples come from a folder of your own Markdown notes: name that in params/sources.yaml as a "
            "source of the domain text, or in that source's variable ORACLE_SOURCE_<NAME>, and let a teacher that "
            "reads it answer, as in generation.teachers: {ollama: 1.0}"
        )
        raise OracleError(f"the offline teacher has no task family for {expert.name} (domains: {known}) here; {remedy}")
    missing = "this profile draws from no task family" if families else "the offline teacher has no task family"
    for domain in sorted(shares.keys() - served):
        rest = {other: share for other, share in shares.items() if other in served}
        rule = {other: share / sum(rest.values()) for other, share in rest.items()}
        moves.append(_move(shares, domain, rule, f"because {missing} for it"))
    return share_out({domain: share * size for domain, share in shares.items()}), tuple(moves)


@dataclass(frozen=True)
class Lot:
    """What one part of the mixture is to give one domain: `target` accepted samples about its `material`.

    `share` is what the mixture asks of it; the target is less where the material does not hold as much, and more where
    it makes up for others.
    """

    domain: Domain
    part: Part
    material: Material
    share: int
    target: int

    @property
    def name(self) -> str:
        return f"{self.domain} {self.part}"


def plan_lots(expert: Expert, targets: Mapping[Domain, int], generation: Generation) -> list[Lot]:
    """The domains' targets shared among the parts of the mixture that have material for them.

    What one part may not give (`generation.per_family`), the other parts of its domain do.
    """
    found = materials(expert, generation)
    lots = []
    for domain, target in targets.items():
        parts = {part: of_part[domain] for part, of_part in found.items() if domain in of_part}
        weights = {part: generation.mixture[part] / sum(generation.mixture[one] for one in parts) for part in parts}
        shares = share_out({part: target * weight for part, weight in weights.items()})
        free = {part: weights[part] for part in parts if parts[part].most >= shares[part]}
        over = sum(max(0, shares[part] - parts[part].most) for part in parts)
        more = share_out({part: over * weight / sum(free.values()) for part, weight in free.items()})
        for part, material in parts.items():
            given = int(min(material.most, shares[part])) + more.get(part, 0)
            lots.append(Lot(domain, part, material, shares[part], given))
    return lots


_Key = TypeVar("_Key", bound=str)


def share_out(exact: Mapping[_Key, float]) -> dict[_Key, int]:
    """The values as whole numbers of the same sum; those with the largest remainders are rounded up."""
    whole = {key: math.floor(value) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: (whole[key] - exact[key], key))
    for key in by_remainder[: round(sum(exact.values())) - sum(whole.values())]:
        whole[key] += 1
    return whole


def _move(shares: dict[Domain, float], domain: Domain, rule: dict[Domain, float], why: str) -> Reassignment:
    share = shares.pop(domain)
    to = {other: round(share * part, 6) for other, part in rule.items()}
    for other, part in rule.items():
        shares[other] += share * part
    return Reassignment(domain=domain, share=round(share, 6), to=to, why=why)
