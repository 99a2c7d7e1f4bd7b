"""A campaign: problems are drawn, asked, answered, run and scored until enough samples are accepted."""

import asyncio
import hashlib
import math
import os
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, groupby, islice
from pathlib import Path
from typing import NoReturn, TypeVar

from oracle_lib import OracleError, params, verify
from oracle_lib.files import atomic_write
from oracle_lib.generate.journal import CampaignJournal, verdict_key
from oracle_lib.generate.requests import Draws, Request, families_of
from oracle_lib.generate.stats import CampaignStats, Reassignment, Tally
from oracle_lib.generate.synchronous import run_to_end
from oracle_lib.generate.teachers import AsyncTeacher, Manner, Reply, name_of_teacher, teacher_called, who_answers
from oracle_lib.generate.teachers.expert import teaching_version
from oracle_lib.params import Expert, Generation, Part, Profile
from oracle_lib.progress import tqdm
from oracle_lib.quality import Knowledge, score
from oracle_lib.records import to_jsonl
from oracle_lib.run import Stage, stage_folder
from oracle_lib.sample import Domain, Quality, Sample, Source, Teacher, Verification, sample_id
from oracle_lib.tasks import Family, Problem
from oracle_lib.tasks.decontamination import REFUSED
from oracle_lib.verify import AsmContract, Contract, Verdict, extract_code

_AT_ONCE = 256
"""Requests that are in work at a time."""
_FRESH_CPP_CASES = 8
"""The most further cases of a C++ answer: as many again as a contract has, because one run has fuel for few."""
_TAUGHT_BY = "taught_by.txt"
"""The file that names the version which teaches in a run."""
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
    taught_by = _taught_by(run, expert, profile.generation, force)
    generation = profile.generation
    if taught_by:
        settings = generation.expert.model_copy(update={"version": taught_by})
        generation = generation.model_copy(update={"expert": settings})
    goal = size or max(generation.sizes, default=sum(expert.domains.values()))
    targets, moves = plan_targets(expert, goal, generation)
    lots = plan_lots(expert, targets, generation)
    teachers = {name: teacher_called(name, expert, generation.expert) for name in generation.teachers}
    unused = {"sizes"} if taught_by else {"sizes", "expert"}
    choices = {"seed": profile.seed, "size": goal, "targets": dict(targets), **generation.model_dump(exclude=unused)}
    with Stage(run, expert.name, "generate", parameters=choices, module=__name__, force=force) as stage:
        stats_path = stage.folder / "stats.json"
        if not stage.is_current:
            journal = stage.folder / "campaign.sqlite"
            if force:
                for old in stage.folder.glob(f"{journal.name}*"):
                    old.unlink()
            if taught_by:
                atomic_write(stage.folder / _TAUGHT_BY, taught_by)
            print(f"teachers: {who_answers(generation.teachers)}{f' ({taught_by})' if taught_by else ''}")
            plan = _Plan(expert, generation, _seed(profile, taught_by))
            refused_before = REFUSED.total()
            harvests = run_to_end(_fill_all(lots, plan, teachers, journal))
            if refused := REFUSED.total() - refused_before:
                print(f"{refused} drawn programs computed what a held-out family computes, and others took their place")
            samples = [sample for harvest in harvests for sample in harvest.judged]
            sides: dict[bool, list[Sample]] = {True: [], False: []}
            for sample in samples:
                sides[bool(sample.quality and sample.quality.accepted)].append(sample)
            stats = _count(harvests, lots, targets, moves, run, expert, profile, taught_by)
            written = [
                atomic_write(stage.folder / "accepted.jsonl", to_jsonl(sides[True])),
                atomic_write(stage.folder / "rejected.jsonl", to_jsonl(sides[False])),
                stats.write(stats_path),
            ]
            stage.finish(written, stats.model_dump(mode="json", include={"attempts", "accepted", "rejected", "groups"}))
    stats = CampaignStats.read(stats_path)
    print(*stats.notes(), sep="\n", end="\n" if stats.notes() else "")
    return stats


def _taught_by(run: str, expert: Expert, generation: Generation, force: bool) -> str | None:
    """The version that teaches in this run, if one does. It stays the one that the run began with: aliases move on, not
    least to the version that the run itself makes.
    """
    if "expert" not in generation.teachers:
        return None
    begun = stage_folder(run, expert.name, "generate") / _TAUGHT_BY
    return begun.read_text() if begun.exists() and not force else teaching_version(expert, generation.expert).name


def _seed(profile: Profile, taught_by: str | None) -> int:
    """What the problems are drawn from: others for each version that teaches, which knows those it learned from."""
    if taught_by is None:
        return profile.seed
    return int.from_bytes(hashlib.sha256(f"{profile.seed}:{taught_by}".encode()).digest()[:4])


def plan_targets(
    expert: Expert, size: int, generation: Generation
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
    families = generation.families
    served = {domain for of_part in _families(expert, generation).values() for domain in of_part}
    if not served & shares.keys():
        known = ", ".join(domain.value for domain in expert.domains)
        remedy = (
            "choose a profile that draws from all families, or name some in its generation.families"
            if families and families_of(expert.language, subjects=expert.subjects).keys() & shares.keys()
            else "choose an expert whose answers are assembly or C++"
        )
        raise OracleError(f"the offline teacher has no task family for {expert.name} (domains: {known}) here; {remedy}")
    missing = "this profile draws from no task family" if families else "the offline teacher has no task family"
    for domain in sorted(shares.keys() - served):
        rest = {other: share for other, share in shares.items() if other in served}
        rule = {other: share / sum(rest.values()) for other, share in rest.items()}
        moves.append(_move(shares, domain, rule, f"because {missing} for it"))
    return _whole({domain: share * size for domain, share in shares.items()}), tuple(moves)


@dataclass(frozen=True)
class Lot:
    """What one part of the mixture is to give one domain: `target` accepted samples of `families`.

    `share` is what the mixture asks of it; the target is less where its families may not give as much, and more where
    it makes up for others.
    """

    domain: Domain
    part: Part
    families: list[Family]
    share: int
    target: int


def plan_lots(expert: Expert, targets: Mapping[Domain, int], generation: Generation) -> list[Lot]:
    """The domains' targets shared among the parts of the mixture that have families for them.

    What the families of a part may not give (`generation.per_family`), the other parts of its domain do.
    """
    found = _families(expert, generation)
    lots = []
    for domain, target in targets.items():
        parts = {part: of_part[domain] for part, of_part in found.items() if domain in of_part}
        weights = {part: generation.mixture[part] / sum(generation.mixture[one] for one in parts) for part in parts}
        shares = _whole({part: target * weight for part, weight in weights.items()})
        limits = {part: _most_rows(part, len(of_part), generation) for part, of_part in parts.items()}
        free = {part: weights[part] for part in parts if limits[part] >= shares[part]}
        over = sum(max(0, shares[part] - limits[part]) for part in parts)
        more = _whole({part: over * weight / sum(free.values()) for part, weight in free.items()})
        for part, families in parts.items():
            given = int(min(limits[part], shares[part])) + more.get(part, 0)
            lots.append(Lot(domain, part, families, shares[part], given))
    return lots


def _most_rows(part: Part, families: int, generation: Generation) -> float:
    problems = generation.problems_of_a_family(part)
    return math.inf if problems is None else problems * generation.phrasings_of(part) * families


def _families(expert: Expert, generation: Generation) -> dict[Part, dict[Domain, list[Family]]]:
    return {
        part: families_of(expert.language, generation.families, part, expert.subjects) for part in generation.mixture
    }


_Key = TypeVar("_Key", Domain, Part)


def _whole(exact: Mapping[_Key, float]) -> dict[_Key, int]:
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


@dataclass(frozen=True)
class _Plan:
    """For whom the campaign is, how it asks, and what its problems are drawn from."""

    expert: Expert
    generation: Generation
    seed: int


@dataclass(frozen=True)
class _Answered:
    """One answer of a teacher with its verdict."""

    request: Request
    manner: Manner
    sample: Sample
    verdict: Verdict

    @property
    def code(self) -> bytes | str:
        """What is equal in answers that differ in comments, spaces and labels alone."""
        if self.verdict.code:
            return self.verdict.code
        text = extract_code(self.sample.output, self.request.problem.contract)
        return " ".join(re.sub(r"//[^\n]*|/\*.*?\*/", " ", text, flags=re.DOTALL).split())

    @property
    def cost(self) -> tuple[int, int]:
        """What makes it worse than another that is right too: cycles, then length."""
        return self.verdict.cycles or 0, len(self.code)


@dataclass(frozen=True)
class _Harvest:
    """What one lot brought in: every judged sample in the order of the draws, and how the draws went. `faults` say
    which contracts could not be run: nothing is known of their answers. `surplus` answers passed and were not kept.
    """

    judged: list[Sample]
    faults: list[str]
    surplus: int
    duplicates: int
    exhausted: list[str]


async def _fill_all(
    lots: Sequence[Lot], plan: _Plan, teachers: Mapping[str, AsyncTeacher], path: Path
) -> list[_Harvest]:
    """What each lot brings in. The journal at `path` is opened here: SQLite wants to stay in one thread."""
    with CampaignJournal(path) as journal, ThreadPoolExecutor(os.cpu_count()) as pool:
        judge = _Judge(teachers, plan.generation.teachers, journal, pool)
        try:
            return [await _fill(lot, plan, judge) for lot in lots]
        finally:
            pool.shutdown(cancel_futures=True)


async def _fill(lot: Lot, plan: _Plan, judge: "_Judge") -> _Harvest:
    """Draws, asks and judges until the target is accepted, the attempts are used up or the families are.

    The next requests are drawn while the answers to the ones before are judged.
    """
    generation = plan.generation
    draws = Draws(lot.families, plan.seed, generation.problems_of_a_family(lot.part))
    problems = iter(draws)
    phrasings, cap = generation.phrasings_of(lot.part), math.ceil(lot.target * generation.attempts)
    judged: list[tuple[Sample, Verdict]] = []
    faults: list[str] = []
    qualities: list[Quality] = []
    missing, asked, surplus = lot.target, 0, 0
    with tqdm(total=lot.target, desc=f"{plan.expert.name}: {lot.domain} {lot.part}", unit="sample") as progress:
        while missing > 0 and asked < cap:
            requests = (
                Request(problem, index, phrasing, plan.seed)
                for index, problem in islice(problems, math.ceil(missing / phrasings))
                for phrasing in _asked(problem, index, lot.part, phrasings)
            )
            wanted = islice(requests, min(missing, cap - asked))
            at_once = await _some(wanted)
            if not at_once:
                break
            while at_once:
                asked += len(at_once)
                drawing = asyncio.create_task(_some(wanted))
                for answers in await judge.judged(at_once, progress):
                    kept = _kept(answers, missing)
                    passing, going_on = (sum(one.verdict.passes for one in some) for some in (answers, kept))
                    missing, surplus = missing - going_on, surplus + passing - going_on
                    for one in kept:
                        if one.verdict.judged:
                            judged.append((one.sample, one.verdict))
                        else:
                            faults.append(f"{one.sample.source.path}: {one.verdict.reasons[0]}")
                at_once = await drawing
            qualities = score([sample for sample, _ in judged], Knowledge())
            missing = lot.target - sum(quality.accepted for quality in qualities)
    decided = [_decide(sample, verdict, quality) for (sample, verdict), quality in zip(judged, qualities, strict=True)]
    return _Harvest(decided, faults, surplus, draws.duplicates, draws.exhausted)


def _kept(answers: Sequence[_Answered], room: int) -> list[_Answered]:
    """Of the answers to one problem, in order: those that failed, and of those that passed at most `room`, of a teacher
    that samples only the best that differ.
    """
    best: dict[bytes | str, _Answered] = {}
    for one in sorted((one for one in answers if one.verdict.passes and one.manner.keep), key=lambda one: one.cost):
        best.setdefault(one.code, one)
    chosen = {one.sample.sample_id for one in islice(best.values(), max(one.manner.keep or 0 for one in answers))}
    kept: dict[str, _Answered] = {}
    for one in answers:
        if one.verdict.passes and (room <= 0 or (one.manner.keep and one.sample.sample_id not in chosen)):
            continue
        if kept.setdefault(one.sample.sample_id, one) is one:
            room -= one.verdict.passes
    return list(kept.values())


async def _some(requests: Iterator[Request]) -> list[Request]:
    """The next requests, drawn in a thread of their own."""
    return await asyncio.to_thread(lambda: list(islice(requests, _AT_ONCE)))


def _asked(problem: Problem, index: int, part: Part, phrasings: int) -> Iterable[int]:
    """Which phrasings of a problem are asked: the first ones of a template, which every family says in its own way, and
    each in its turn of those that are composed.
    """
    known = len(problem.instructions)
    first = 0 if part == "templates" else index
    return ((first + turn) % known for turn in range(min(phrasings, known)))


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

    async def judged(self, requests: Sequence[Request], progress: "tqdm[NoReturn]") -> list[list[_Answered]]:
        """The answers to the requests with their verdicts, those to one problem together, in order.

        Answer and verdict are in the journal as soon as they are there.
        """
        put = []
        for request in requests:
            teacher = self._teachers[name_of_teacher(request, self._shares)]
            ones = _as_put_to(teacher.manner, request)
            put.append((teacher, [(one, one.key(teacher.name, teacher.version)) for one in ones]))
        known = {key: self._journal.reply(key) for _, ones in put for _, key in ones}
        unfinished = {teacher.name for teacher, ones in put if any(known[key] is None for _, key in ones)}

        async def answered(teacher: AsyncTeacher, ones: list[tuple[Request, str]]) -> list[_Answered]:
            again = teacher.manner.in_company and teacher.name in unfinished
            found = await asyncio.gather(*(self._answered(one, teacher, key, known[key], again) for one, key in ones))
            progress.update()
            return found

        answers = chain.from_iterable(await asyncio.gather(*(answered(teacher, ones) for teacher, ones in put)))
        by_problem = groupby(answers, key=lambda one: (one.request.problem.family, one.request.index))
        return [list(group) for _, group in by_problem]

    async def _answered(
        self, request: Request, teacher: AsyncTeacher, key: str, known: Reply | None, again: bool
    ) -> _Answered:
        """The answer with its verdict. `again` asks for a known one too, as company for others; it stays as it was."""
        if known is None:
            reply = await teacher.answer(request)
            self._journal.record_reply(key, request, reply)
        else:
            reply = known
            if again:
                await teacher.answer(request)
        contract = request.problem.contract
        code = extract_code(reply.output, contract)
        verdict = await self._verdict(code, contract)
        if verdict.passes and teacher.manner.keep and contract.kind in ("asm", "cpp"):
            # What a model says around code that holds has not been run, and is not taught on.
            reply = replace(reply, output=f"```{contract.kind}\n{code.strip()}\n```")
        return _Answered(request, teacher.manner, _sample(request, teacher, key, reply, verdict), verdict)

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


def _as_put_to(manner: Manner, request: Request) -> list[Request]:
    """The request as often as a teacher of that manner is asked, with the further cases that its answers must keep."""
    problem, contract = request.problem, request.problem.contract
    if manner.fresh_cases and problem.oracle:
        count = manner.fresh_cases if isinstance(contract, AsmContract) else _FRESH_CPP_CASES
        rng = random.Random(f"fresh:{request.seed}:{problem.family}:{request.index}")
        cases = (*contract.cases, *problem.oracle.draw(rng, count))
        problem = problem.model_copy(update={"contract": contract.model_copy(update={"cases": cases})})
    return [replace(request, problem=problem, seed=request.seed + turn) for turn in range(manner.samples)]


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
    harvests: Sequence[_Harvest],
    lots: Sequence[Lot],
    targets: Mapping[Domain, int],
    moves: tuple[Reassignment, ...],
    run: str,
    expert: Expert,
    profile: Profile,
    taught_by: str | None,
) -> CampaignStats:
    everything = [sample for harvest in harvests for sample in harvest.judged]
    of_domain = {domain: list[Sample]() for domain in targets}
    of_part = {part: list[Sample]() for part in profile.generation.mixture}
    for lot, harvest in zip(lots, harvests, strict=True):
        of_domain[lot.domain] += harvest.judged
        of_part[lot.part] += harvest.judged
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
        taught_by=taught_by,
        size=sum(targets.values()),
        attempts=total.attempts,
        accepted=total.accepted,
        rejected=total.rejected,
        groups=total.groups,
        surplus=sum(harvest.surplus for harvest in harvests),
        duplicates=sum(harvest.duplicates for harvest in harvests),
        exhausted=tuple(sorted(name for harvest in harvests for name in harvest.exhausted)),
        faults=tuple(sorted({fault for harvest in harvests for fault in harvest.faults})),
        moves=moves,
        domains={domain: _tally(of_domain[domain], target) for domain, target in targets.items()},
        mixture={
            part: _tally(samples, sum(lot.target for lot in lots if lot.part == part))
            for part, samples in of_part.items()
        },
        left_out=sum(max(0, lot.share - lot.target) for lot in lots),
        families={name: _tally(samples) for name, samples in sorted(families.items())},
        reasons=dict(sorted(reasons.items())),
    )


def _kind_of(reason: str) -> str:
    """A reason without its particulars, so that equal ones can be counted."""
    return re.sub(r"\$?\b[0-9A-F]*\d[0-9A-F.]*\b", "n", reason.partition(" (")[0])
