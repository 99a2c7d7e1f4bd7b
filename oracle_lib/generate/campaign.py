"""A campaign: problems are drawn, asked, answered, run and scored until enough samples are accepted."""

import math
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import islice
from typing import NoReturn

from oracle_lib import OracleError, params, verify
from oracle_lib.files import atomic_write
from oracle_lib.generate import offline
from oracle_lib.generate.journal import Journal, verdict_key
from oracle_lib.generate.offline import Draws, Request
from oracle_lib.generate.stats import CampaignStats, Move, Tally
from oracle_lib.params import Expert, Profile
from oracle_lib.progress import tqdm
from oracle_lib.quality import Knowledge, score
from oracle_lib.records import to_jsonl
from oracle_lib.run import Stage
from oracle_lib.sample import Domain, Quality, Sample, Verification
from oracle_lib.verify import Verdict, extract_code

_CHUNK = 256
"""Requests that are in work at a time."""


def run_campaign(run: str, expert: str, profile: str, size: int = 0, force: bool = False) -> CampaignStats:
    """Fills `generate/accepted.jsonl` with `size` accepted samples (0: the profile's largest size, or else the expert's
    own targets), `rejected.jsonl` with the others and their reasons, and returns what happened.

    A call that was cut short goes on where it stopped; `force` forgets what was done. Two campaigns with equal
    parameters write equal bytes. Raises `OracleError` for an expert that the offline teacher cannot serve.
    """
    who, how = params.load_expert(expert), params.load_profile(profile)
    goal = size or max(how.generation.sizes, default=sum(who.domains.values()))
    targets, moves = plan_targets(who, goal, how.generation.families)
    choices = {"seed": how.seed, "size": goal, "targets": dict(targets), **how.generation.model_dump(exclude={"sizes"})}
    with Stage(run, who.name, "generate", parameters=choices, module=__name__, force=force) as stage:
        stats_path = stage.folder / "stats.json"
        if not stage.is_current:
            if force:
                for old in stage.folder.glob("campaign.sqlite*"):
                    old.unlink()
            with Journal(stage.folder / "campaign.sqlite") as journal:
                harvests = {domain: _fill(domain, target, who, how, journal) for domain, target in targets.items()}
            samples = [sample for harvest in harvests.values() for sample in harvest.judged]
            sides: dict[bool, list[Sample]] = {True: [], False: []}
            for sample in samples:
                sides[bool(sample.quality and sample.quality.accepted)].append(sample)
            stats = _count(harvests, targets, moves, run, who, how)
            written = [
                atomic_write(stage.folder / "accepted.jsonl", to_jsonl(sides[True])),
                atomic_write(stage.folder / "rejected.jsonl", to_jsonl(sides[False])),
                stats.write(stats_path),
            ]
            stage.finish(written, stats.model_dump(mode="json", include={"attempts", "accepted", "rejected", "groups"}))
    stats = CampaignStats.read(stats_path)
    print(*stats.notes(), sep="\n", end="\n" if stats.notes() else "")
    return stats


def plan_targets(expert: Expert, size: int, families: Sequence[str] = ()) -> tuple[dict[Domain, int], tuple[Move, ...]]:
    """`size` accepted samples shared among the domains in the proportions of the expert's targets.

    A domain that is switched off goes to others by the expert's own rule, one that the offline teacher has no family
    for to the rest in proportion.
    """
    total = sum(expert.domains.values())
    shares = {domain: target / total for domain, target in expert.domains.items()}
    moves = []
    for domain, rule in expert.reassign.items():
        moves.append(_move(shares, domain, dict(rule), "because its source stays off without the user's own copy"))
    served = offline.families_of(expert.language, families)
    if not served.keys() & shares.keys():
        known = ", ".join(domain.value for domain in expert.domains)
        remedy = (
            "choose a profile that draws from all families, or name some in its generation.families"
            if families and offline.families_of(expert.language).keys() & shares.keys()
            else "choose an expert whose answers are assembly or C++"
        )
        raise OracleError(f"the offline teacher has no task family for {expert.name} (domains: {known}) here; {remedy}")
    missing = "this profile draws from no task family" if families else "the offline teacher has no task family"
    for domain in sorted(shares.keys() - served.keys()):
        rest = {other: share for other, share in shares.items() if other in served}
        rule = {other: share / sum(rest.values()) for other, share in rest.items()}
        moves.append(_move(shares, domain, rule, f"because {missing} for it"))
    exact = {domain: share * size for domain, share in shares.items()}
    targets = {domain: math.floor(value) for domain, value in exact.items()}
    by_remainder = sorted(exact, key=lambda domain: (targets[domain] - exact[domain], domain))
    for domain in by_remainder[: size - sum(targets.values())]:
        targets[domain] += 1
    return targets, tuple(moves)


def _move(shares: dict[Domain, float], domain: Domain, rule: dict[Domain, float], why: str) -> Move:
    share = shares.pop(domain)
    to = {other: round(share * part, 6) for other, part in rule.items()}
    for other, part in rule.items():
        shares[other] += share * part
    return Move(domain=domain, share=round(share, 6), to=to, why=why)


@dataclass(frozen=True)
class _Harvest:
    """What one domain brought in: every judged sample in the order of the draws, and how the draws went."""

    judged: list[Sample]
    duplicates: int
    exhausted: list[str]


def _fill(domain: Domain, target: int, expert: Expert, profile: Profile, journal: Journal) -> _Harvest:
    """Draws, asks and judges until `target` samples are accepted, the attempts are used up or the families are."""
    families = offline.families_of(expert.language, profile.generation.families)[domain]
    draws = Draws(families, profile.seed)
    problems = iter(draws)
    phrasings, cap = profile.generation.phrasings, math.ceil(target * profile.generation.attempts)
    judged: list[tuple[Sample, Verdict]] = []
    qualities: list[Quality] = []
    missing = target
    with tqdm(total=target, desc=f"{expert.name}: {domain}", unit="sample") as progress:
        while missing > 0 and len(judged) < cap:
            requests = [
                Request(problem, index, phrasing, profile.seed)
                for index, problem in islice(problems, math.ceil(missing / phrasings))
                for phrasing in range(min(phrasings, len(problem.instructions)))
            ][: min(missing, cap - len(judged))]
            if not requests:
                break
            for start in range(0, len(requests), _CHUNK):
                judged += _judge(requests[start : start + _CHUNK], journal, progress)
            qualities = score([sample for sample, _ in judged], Knowledge())
            missing = target - sum(quality.accepted for quality in qualities)
    decided = [_decide(sample, verdict, quality) for (sample, verdict), quality in zip(judged, qualities, strict=True)]
    return _Harvest(decided, draws.duplicates, draws.exhausted)


def _judge(requests: list[Request], journal: Journal, progress: "tqdm[NoReturn]") -> list[tuple[Sample, Verdict]]:
    """Asks each request and runs each distinct answer once, on all processors, unless the journal has its verdict."""
    drafts = [(request, request.problem.answer) for request in requests]
    keys = [verdict_key(extract_code(output), request.problem.contract) for request, output in drafts]
    journal.record_drafts((request, output, key) for (request, output), key in zip(drafts, keys, strict=True))
    askers = Counter(keys)
    verdicts: dict[str, Verdict] = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        running: dict[Future[Verdict], str] = {}
        for key, (request, output) in dict(zip(keys, drafts, strict=True)).items():
            if known := journal.verdict(key):
                verdicts[key] = known
                progress.update(askers[key])
            else:
                running[pool.submit(verify.check, extract_code(output), request.problem.contract)] = key
        try:
            for finished in as_completed(running):
                key = running[finished]
                verdicts[key] = finished.result()
                journal.record_verdict(key, verdicts[key])
                progress.update(askers[key])
        finally:
            pool.shutdown(cancel_futures=True)
    return [
        (_verified(request, output, verdicts[key]), verdicts[key])
        for key, (request, output) in zip(keys, drafts, strict=True)
    ]


def _verified(request: Request, output: str, verdict: Verdict) -> Sample:
    shown = Verification(
        contract=request.problem.contract.model_dump(mode="json"),
        passes=verdict.passes,
        cases=verdict.cases,
        cycles=verdict.cycles,
        size=len(verdict.code) or None,
    )
    return request.sample(output).model_copy(update={"verification": shown})


def _decide(sample: Sample, verdict: Verdict, quality: Quality) -> Sample:
    """The sample with its quality, and with what its code did wrong among the reasons."""
    return sample.model_copy(
        update={"quality": quality.model_copy(update={"reasons": (*quality.reasons, *verdict.reasons)})}
    )


def _tally(samples: Sequence[Sample], target: int | None = None) -> Tally:
    accepted = [sample for sample in samples if sample.quality and sample.quality.accepted]
    return Tally(
        target=target,
        attempts=len(samples),
        accepted=len(accepted),
        rejected=len(samples) - len(accepted),
        groups=len({sample.group for sample in accepted}),
    )


def _count(
    harvests: Mapping[Domain, _Harvest],
    targets: Mapping[Domain, int],
    moves: tuple[Move, ...],
    run: str,
    expert: Expert,
    profile: Profile,
) -> CampaignStats:
    everything = [sample for harvest in harvests.values() for sample in harvest.judged]
    families: dict[str, list[Sample]] = {}
    for sample in everything:
        families.setdefault(sample.source.path, []).append(sample)
    total = _tally(everything)
    reasons = Counter(
        _kind_of(reason)
        for sample in everything
        if sample.quality and not sample.quality.accepted
        for reason in sample.quality.reasons
    )
    return CampaignStats(
        run=run,
        expert=expert.name,
        profile=profile.name,
        size=sum(targets.values()),
        attempts=total.attempts,
        accepted=total.accepted,
        rejected=total.rejected,
        groups=total.groups,
        duplicates=sum(harvest.duplicates for harvest in harvests.values()),
        exhausted=tuple(sorted(name for harvest in harvests.values() for name in harvest.exhausted)),
        moves=moves,
        domains={domain: _tally(harvests[domain].judged, target) for domain, target in targets.items()},
        families={name: _tally(samples) for name, samples in sorted(families.items())},
        reasons=dict(sorted(reasons.items())),
    )


def _kind_of(reason: str) -> str:
    """A reason without its particulars, so that equal ones can be counted."""
    return re.sub(r"\$?\b[0-9A-F]*\d[0-9A-F.]*\b", "n", reason.partition(" (")[0])
