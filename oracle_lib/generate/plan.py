"""What a campaign is to bring in: the targets of the domains, shared among the parts of the mixture and the teachers.

Nobody is asked here, and nothing drawn.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from oracle_lib import OracleError
from oracle_lib.generate.materials import Material, materials
from oracle_lib.generate.requests import families_of
from oracle_lib.generate.stats import Reassignment
from oracle_lib.params import Expert, Generation, Part
from oracle_lib.sample import Domain


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
            "source of the domain text, or in that source's variable ORACLE_SOURCE_<NAME>, and choose a profile with a "
            "teacher that reads it and with items in its mixture, such as pilot"
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


def absent_parts(lots: Sequence[Lot], generation: Generation) -> dict[Domain, tuple[Part, ...]]:
    """The parts of the mixture that have nothing for a domain, so that the others give their share of it."""
    there = {domain: {lot.part for lot in lots if lot.domain is domain} for domain in {lot.domain: 0 for lot in lots}}
    absent = {domain: tuple(part for part in generation.mixture if part not in of) for domain, of in there.items()}
    return {domain: parts for domain, parts in absent.items() if parts}


def teachers_of(lot: Lot, generation: Generation) -> dict[str, int]:
    """How many of a lot's accepted samples each teacher is to give."""
    shares = lot.material.teachers or generation.teachers
    return share_out({name: share / sum(shares.values()) * lot.target for name, share in shares.items()})


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
