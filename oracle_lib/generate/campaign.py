"""A campaign: problems are drawn, asked, answered, run and scored until enough samples are accepted."""

import asyncio
import math
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NoReturn

from oracle_lib import OracleError, params, verify
from oracle_lib.files import atomic_write
from oracle_lib.generate.journal import CampaignJournal, verdict_key
from oracle_lib.generate.requests import Draws, Request, families_of
from oracle_lib.generate.stats import CampaignStats, Reassignment, Tally
from oracle_lib.generate.synchronous import run_to_end
from oracle_lib.generate.teachers import AsyncTeacher, Reply, name_of_teacher, teacher_called, who_answers
from oracle_lib.params import Expert, Profile
from oracle_lib.progress import tqdm
from oracle_lib.quality import Knowledge, score
from oracle_lib.records import to_jsonl
from oracle_lib.run import Stage
from oracle_lib.sample import Domain, Quality, Sample, Source, Teacher, Verification, sample_id
from oracle_lib.verify import Contract, Verdict, extract_code

_AT_ONCE = 256
"""Requests that are in work at a time."""
_LICENCE = "MIT"
"""Of the task families, and so of what they ask."""


def run_campaign(run: str, expert: str, profile: str, size: int = 0, force: bool = False) -> CampaignStats:
    """Fills `generate/accepted.jsonl` with `size` accepted samples (0: the profile's largest size, or else the expert's
    own targets), `rejected.jsonl` with the others and their reasons, and returns what happened.

    A call that was cut short goes on where it stopped; `force` forgets what was done. Two campaigns with equal
    parameters write equal bytes. Raises `OracleError` before any work for a teacher that cannot answer here, and for an
    expert that no task family serves.
    """
    return _run(run, params.load_expert(expert), params.load_profile(profile), size, force)


def _run(run: str, expert: Expert, profile: Profile, size: int, force: bool) -> CampaignStats:
    generation = profile.generation
    goal = size or max(generation.sizes, default=sum(expert.domains.values()))
    targets, moves = plan_targets(expert, goal, generation.families)
    teachers = {name: teacher_called(name) for name in generation.teachers}
    choices = {"seed": profile.seed, "size": goal, "targets": dict(targets), **generation.model_dump(exclude={"sizes"})}
    with Stage(run, expert.name, "generate", parameters=choices, module=__name__, force=force) as stage:
        stats_path = stage.folder / "stats.json"
        if not stage.is_current:
            journal = stage.folder / "campaign.sqlite"
            if force:
                for old in stage.folder.glob(f"{journal.name}*"):
                    old.unlink()
            print(f"teachers: {who_answers(generation.teachers)}")
            harvests = run_to_end(_fill_all(targets, expert, profile, teachers, journal))
            samples = [sample for harvest in harvests.values() for sample in harvest.judged]
            sides: dict[bool, list[Sample]] = {True: [], False: []}
            for sample in samples:
                sides[bool(sample.quality and sample.quality.accepted)].append(sample)
            stats = _count(harvests, targets, moves, run, expert, profile)
            written = [
                atomic_write(stage.folder / "accepted.jsonl", to_jsonl(sides[True])),
                atomic_write(stage.folder / "rejected.jsonl", to_jsonl(sides[False])),
                stats.write(stats_path),
            ]
            stage.finish(written, stats.model_dump(mode="json", include={"attempts", "accepted", "rejected", "groups"}))
    stats = CampaignStats.read(stats_path)
    print(*stats.notes(), sep="\n", end="\n" if stats.notes() else "")
    return stats


def plan_targets(
    expert: Expert, size: int, families: Sequence[str] = ()
) -> tuple[dict[Domain, int], tuple[Reassignment, ...]]:
    """`size` accepted samples shared among the domains in the proportions of the expert's targets.

    A domain that is switched off goes to others by the expert's own rule, one that the offline teacher has no family
    for to the rest in proportion.
    """
    total = sum(expert.domains.values())
    shares = {domain: target / total for domain, target in expert.domains.items()}
    moves = []
    for domain, rule in expert.reassign.items():
        moves.append(_move(shares, domain, dict(rule), "because its source stays off without the user's own copy"))
    served = families_of(expert.language, families)
    if not served.keys() & shares.keys():
        known = ", ".join(domain.value for domain in expert.domains)
        remedy = (
            "choose a profile that draws from all families, or name some in its generation.families"
            if families and families_of(expert.language).keys() & shares.keys()
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


def _move(shares: dict[Domain, float], domain: Domain, rule: dict[Domain, float], why: str) -> Reassignment:
    share = shares.pop(domain)
    to = {other: round(share * part, 6) for other, part in rule.items()}
    for other, part in rule.items():
        shares[other] += share * part
    return Reassignment(domain=domain, share=round(share, 6), to=to, why=why)


@dataclass(frozen=True)
class _Harvest:
    """What one domain brought in: every judged sample in the order of the draws, and how the draws went. `faults` say
    which contracts could not be run: nothing is known of their answers."""

    judged: list[Sample]
    faults: list[str]
    duplicates: int
    exhausted: list[str]


async def _fill_all(
    targets: Mapping[Domain, int],
    expert: Expert,
    profile: Profile,
    teachers: Mapping[str, AsyncTeacher],
    path: Path,
) -> dict[Domain, _Harvest]:
    """What each domain brings in. The journal at `path` is opened here: SQLite wants to stay in one thread."""
    with CampaignJournal(path) as journal, ThreadPoolExecutor(os.cpu_count()) as pool:
        judge = _Judge(teachers, profile.generation.teachers, journal, pool)
        try:
            return {domain: await _fill(domain, target, expert, profile, judge) for domain, target in targets.items()}
        finally:
            pool.shutdown(cancel_futures=True)


async def _fill(domain: Domain, target: int, expert: Expert, profile: Profile, judge: "_Judge") -> _Harvest:
    """Draws, asks and judges until `target` samples are accepted, the attempts are used up or the families are."""
    families = families_of(expert.language, profile.generation.families)[domain]
    draws = Draws(families, profile.seed)
    problems = iter(draws)
    phrasings, cap = profile.generation.phrasings, math.ceil(target * profile.generation.attempts)
    judged: list[tuple[Sample, Verdict]] = []
    faults: list[str] = []
    qualities: list[Quality] = []
    missing = target
    with tqdm(total=target, desc=f"{expert.name}: {domain}", unit="sample") as progress:
        while missing > 0 and (spent := len(judged) + len(faults)) < cap:
            requests = [
                Request(problem, index, phrasing, profile.seed)
                for index, problem in islice(problems, math.ceil(missing / phrasings))
                for phrasing in range(min(phrasings, len(problem.instructions)))
            ][: min(missing, cap - spent)]
            if not requests:
                break
            for start in range(0, len(requests), _AT_ONCE):
                at_once = requests[start : start + _AT_ONCE]
                for sample, verdict in await asyncio.gather(*(judge.judged(request, progress) for request in at_once)):
                    if verdict.judged:
                        judged.append((sample, verdict))
                    else:
                        faults.append(f"{sample.source.path}: {verdict.reasons[0]}")
            qualities = score([sample for sample, _ in judged], Knowledge())
            missing = target - sum(quality.accepted for quality in qualities)
    decided = [_decide(sample, verdict, quality) for (sample, verdict), quality in zip(judged, qualities, strict=True)]
    return _Harvest(decided, faults, draws.duplicates, draws.exhausted)


class _Judge:
    """Puts requests to their teachers and runs the answers, on all processors.

    What the journal knows is neither asked nor run again, and an answer that several requests share is run once.
    """

    def __init__(
        self,
        teachers: Mapping[str, AsyncTeacher],
        shares: Mapping[str, float],
        journal: CampaignJournal,
        pool: Executor,
    ) -> None:
        self._teachers, self._shares, self._journal, self._pool = teachers, shares, journal, pool
        self._running: dict[str, asyncio.Task[Verdict]] = {}

    async def judged(self, request: Request, progress: "tqdm[NoReturn]") -> tuple[Sample, Verdict]:
        """The answer as a sample with its verdict. Answer and verdict are in the journal as soon as they are there."""
        teacher = self._teachers[name_of_teacher(request, self._shares)]
        key = request.key(teacher.name, teacher.version)
        reply = self._journal.reply(key)
        if reply is None:
            reply = await teacher.answer(request)
            self._journal.record_reply(key, request, reply)
        verdict = await self._verdict(extract_code(reply.output, request.problem.contract), request.problem.contract)
        progress.update()
        return _sample(request, teacher, key, reply, verdict), verdict

    async def _verdict(self, code: str, contract: Contract) -> Verdict:
        key = verdict_key(code, contract)
        if known := self._journal.verdict(key):
            return known
        if key not in self._running:
            self._running[key] = asyncio.create_task(self._run(key, code, contract))
        return await self._running[key]

    async def _run(self, key: str, code: str, contract: Contract) -> Verdict:
        verdict = await asyncio.get_running_loop().run_in_executor(self._pool, verify.check, code, contract)
        self._journal.record_verdict(key, verdict)
        del self._running[key]
        return verdict


def _sample(request: Request, teacher: AsyncTeacher, key: str, reply: Reply, verdict: Verdict) -> Sample:
    problem = request.problem
    return Sample(
        sample_id=sample_id(problem.domain, request.instruction, problem.input, reply.output),
        domain=problem.domain,
        task=problem.task,
        instruction=request.instruction,
        input=problem.input,
        output=reply.output,
        source=Source(
            corpus="tasks",
            path=problem.family,
            symbol=problem.subject,
            licence=_LICENCE,
            drawn_by=problem.drawn_by,
        ),
        teacher=Teacher(
            name=teacher.name,
            model=teacher.model,
            model_version=teacher.version[:12],
            request_key=key,
            seed=request.seed,
            usage=dict(reply.usage),
        ),
        verification=Verification(
            contract=problem.contract.model_dump(mode="json"),
            passes=verdict.passes,
            cases=verdict.cases,
            cycles=verdict.cycles,
            size=len(verdict.code) or None,
        ),
        group=problem.group,
    )


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
    moves: tuple[Reassignment, ...],
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
        faults=tuple(sorted({fault for harvest in harvests.values() for fault in harvest.faults})),
        moves=moves,
        domains={domain: _tally(harvests[domain].judged, target) for domain, target in targets.items()},
        families={name: _tally(samples) for name, samples in sorted(families.items())},
        reasons=dict(sorted(reasons.items())),
    )


def _kind_of(reason: str) -> str:
    """A reason without its particulars, so that equal ones can be counted."""
    return re.sub(r"\$?\b[0-9A-F]*\d[0-9A-F.]*\b", "n", reason.partition(" (")[0])
