"""A campaign: problems are drawn, asked, answered, run and scored until enough samples are accepted."""

import asyncio
import errno
import hashlib
import math
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import IO

from oracle_lib import DryRun, OracleError, params
from oracle_lib.files import atomic_path, atomic_write
from oracle_lib.generate import sources
from oracle_lib.generate.allowance import Allowance
from oracle_lib.generate.asking import Asker
from oracle_lib.generate.draws import FailedDraw
from oracle_lib.generate.filling import Harvest, Work, fill_all
from oracle_lib.generate.journal import CampaignJournal, accounts
from oracle_lib.generate.judging import Judge
from oracle_lib.generate.live import CampaignProgress
from oracle_lib.generate.plan import Lot, absent_parts, plan_lots, plan_targets
from oracle_lib.generate.prices import price_campaign
from oracle_lib.generate.stats import CampaignStats, Reassignment, Tally
from oracle_lib.generate.teachers import AsyncTeacher, teacher_called, who_answers
from oracle_lib.generate.teachers.expert import teaching_version
from oracle_lib.params import Expert, Generation, Profile, Teachers
from oracle_lib.quality import ProseJudge, configured_judge
from oracle_lib.run import Stage, stage_folder
from oracle_lib.sample import Domain
from oracle_lib.synchronous import run_to_end
from oracle_lib.tasks.decontamination import REFUSED
from oracle_lib.workers import crew, processors

_TAUGHT_BY = "taught_by.txt"
"""The file that names the version which teaches in a run."""
_IN_MANIFEST = {"attempts", "accepted", "rejected", "groups", "failed_draws"}
"""What of the stats stands in the manifest."""


def run_campaign(
    run: str,
    expert: str,
    profile: str,
    size: int = 0,
    force: bool = False,
    dry_run: bool = False,
    max_dollars: float = 0,
    max_requests: int = 0,
    max_hours: float = 0,
) -> CampaignStats:
    """Fills `generate/accepted.jsonl` with `size` accepted samples (0: the profile's largest size, or else the expert's
    own targets), `rejected.jsonl` with the others and their reasons, and returns what happened.

    A call that was cut short goes on where it stopped; `force` forgets what was done. Two campaigns with equal
    parameters write equal bytes. A cap (0: the profile's) ends a campaign with what it has, and counts all that it took
    since it first began; the same call with a higher one goes on. Raises `OracleError` before any work for a teacher
    that cannot answer here, and for an expert that there is nothing to ask about; with `dry_run` it prints what the
    campaign would take, and raises `DryRun`. Ctrl+C and SIGTERM end a script with status 130 and 143; all is kept.
    """
    if dry_run:
        print(price_campaign(expert, profile, size, max_dollars, max_requests, max_hours))
        raise DryRun("dry_run: nothing was asked, and nothing written; without it the campaign begins")
    found = params.load_profile(profile)
    generation = found.generation.capped_at(max_dollars, max_requests, max_hours)
    return _run(run, params.load_expert(expert), found.model_copy(update={"generation": generation}), size, force)


def _run(run: str, expert: Expert, profile: Profile, size: int, force: bool) -> CampaignStats:
    taught_by = _taught_by(run, expert, profile.generation, force)
    generation = profile.generation
    if taught_by:
        settings = generation.expert.model_copy(update={"version": taught_by})
        generation = generation.model_copy(update={"expert": settings})
    goal = size or max(generation.sizes, default=sum(expert.domains.values()))
    targets, moves = plan_targets(expert, goal, generation)
    lots = plan_lots(expert, targets, generation)
    asked = dict.fromkeys(chain(generation.teachers, *(lot.material.teachers or () for lot in lots)))
    path = stage_folder(run, expert.name, "generate") / "campaign.sqlite"
    teachers = {name: teacher_called(name, expert, generation.expert, path) for name in asked}
    unused = {"sizes"} if taught_by else {"sizes", "expert"}
    choices = {"seed": profile.seed, "size": goal, "targets": dict(targets), **generation.model_dump(exclude=unused)}
    prose_judge = configured_judge() if Domain.TEXT in targets else None
    if prose_judge:
        choices["judge"] = prose_judge.identity
    read = sorted({name for lot in lots for name in lot.material.names})
    if read:
        choices["sources"] = {name: sources.digest(name) for name in read}
    is_dear = not generation.teachers.keys().isdisjoint(Teachers.model_fields)
    with Stage(
        run, expert.name, "generate", parameters=choices, module=__name__, force=force, outlives_code=is_dear
    ) as stage:
        stats_path = stage.folder / "stats.json"
        if not stage.is_current:
            if force:
                for old in stage.folder.glob(f"{path.name}*"):
                    old.unlink()
            if taught_by:
                atomic_write(stage.folder / _TAUGHT_BY, taught_by)
            print(f"teachers: {who_answers(generation.teachers)}{f' ({taught_by})' if taught_by else ''}")
            refused_before = REFUSED.total()
            with _told_of_a_full_disk(), _ended_by_signals():
                work = _fill(expert, lots, teachers, generation, _seed(profile, taught_by), path, prose_judge)
                harvests, stopped = run_to_end(work)
                if refused := REFUSED.total() - refused_before:
                    print(
                        f"{refused} drawn programs computed what a held-out family computes, and others took their "
                        "place"
                    )
                stats = _count(harvests, lots, targets, moves, run, expert, profile, taught_by, stopped)
                written = [
                    _gather(stage.folder / "accepted.jsonl", (harvest.accepted for harvest in harvests)),
                    _gather(stage.folder / "rejected.jsonl", (harvest.rejected for harvest in harvests)),
                    stats.write(stats_path),
                ]
            stage.finish(written, stats.model_dump(mode="json", include=_IN_MANIFEST))
    stats = CampaignStats.read(stats_path)
    told = [*stats.notes(), *(account.in_words() for account in accounts(path) if account.usage_counted)]
    print(*told, sep="\n", end="\n" if told else "")
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


async def _fill(
    expert: Expert,
    lots: Sequence[Lot],
    teachers: Mapping[str, AsyncTeacher],
    generation: Generation,
    seed: int,
    path: Path,
    prose_judge: ProseJudge | None,
) -> tuple[list[Harvest], str | None]:
    """What each lane brings in, and which cap ended the campaign, if one did."""
    total = sum(lot.target for lot in lots)
    # The oracles of composed problems are bounded in workers alone, however few problems there are.
    pieces = math.inf if any(lot.part == "composed" for lot in lots) else total
    with crew(pieces) as workers, ThreadPoolExecutor(processors()) as pool:
        async with CampaignJournal(path) as journal:
            with CampaignProgress(expert.name, total, journal, generation.max_dollars) as progress:
                allowance = Allowance(generation, journal)
                askers = {
                    name: Asker(teacher, journal, generation, pool, allowance) for name, teacher in teachers.items()
                }
                judge = Judge(journal, pool, prose_judge, workers)
                work = Work(generation, seed, askers, allowance, judge, journal, progress, path.parent, workers)
                try:
                    harvests = await fill_all(lots, work)
                finally:
                    for teacher in teachers.values():
                        await teacher.close()
    return harvests, allowance.ended


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """In the block, SIGTERM does what Ctrl+C does. Both end a script with one sentence and the signal's status; in a
    notebook Ctrl+C ends the cell alone.
    """
    got: list[int] = []

    def interrupt(number: int, frame: FrameType | None) -> None:
        got.append(number)
        signal.raise_signal(signal.SIGINT)

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not the main thread, which alone hears signals
        yield
        return
    try:
        yield
    except KeyboardInterrupt:
        if not got and _is_notebook():
            raise KeyboardInterrupt from None
        print("stopped; finished work is kept, and the same call goes on from there", file=sys.stderr)
        raise SystemExit(128 + (got[0] if got else signal.SIGINT)) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _is_notebook() -> bool:
    """Whether this is called in a running event loop, as a notebook's cells are."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


@contextmanager
def _told_of_a_full_disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise OracleError(f"{error.strerror}: the campaign keeps all that it has; make room and run again") from None


def _gather(path: Path, parts: Iterable[IO[str]]) -> Path:
    """Writes the lines of all parts to one file."""
    with atomic_path(path) as beside, beside.open("w", encoding="utf-8") as whole:
        for part in parts:
            part.seek(0)
            shutil.copyfileobj(part, whole)
            part.close()
    return path


def _tally(harvests: Sequence[Harvest], target: int | None = None, subject: str = "") -> Tally:
    """What the lanes brought in together; of one subject, where one is named."""

    def count(counts: Counter[str]) -> int:
        return counts[subject] if subject else counts.total()

    attempts, accepted = sum(count(one.attempts) for one in harvests), sum(count(one.passed) for one in harvests)
    found = [groups for one in harvests for name, groups in one.groups.items() if subject in ("", name)]
    groups = len(set().union(*found))
    return Tally(target=target, attempts=attempts, accepted=accepted, rejected=attempts - accepted, groups=groups)


def _first(harvests: Sequence[Harvest]) -> dict[str, str]:
    """The example that the first lane has of each kind of reason."""
    return {kind: said for one in reversed(harvests) for kind, said in one.examples.items()}


def _by_reason(failed: Iterable[FailedDraw]) -> dict[str, dict[str, int]]:
    """How many draws failed, by family and reason."""
    counts = sorted(Counter((draw.family, draw.reason) for draw in failed).items())
    return {
        family: {reason: count for (name, reason), count in counts if name == family}
        for family in sorted({name for (name, _), _ in counts})
    }


def _count(
    harvests: Sequence[Harvest],
    lots: Sequence[Lot],
    targets: Mapping[Domain, int],
    moves: tuple[Reassignment, ...],
    run: str,
    expert: Expert,
    profile: Profile,
    taught_by: str | None,
    stopped: str | None,
) -> CampaignStats:
    total = _tally(harvests)
    subjects = sorted({subject for harvest in harvests for subject in harvest.attempts})
    generation = profile.generation
    by_part = {part: [one for one in harvests if one.lot.part == part] for part in generation.mixture}
    teachers = dict.fromkeys(chain(generation.teachers, (one.teacher for one in harvests)))
    by_teacher = {name: [one for one in harvests if one.teacher == name] for name in teachers}
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
        exhausted=tuple(sorted({name for harvest in harvests for name in harvest.exhausted})),
        failed_draws=_by_reason({draw for harvest in harvests for draw in harvest.failed}),
        faults=tuple(sorted({fault for harvest in harvests for fault in harvest.faults})),
        moves=moves,
        absent=absent_parts(lots, generation),
        domains={
            domain: _tally([one for one in harvests if one.lot.domain == domain], target)
            for domain, target in targets.items()
        },
        mixture={part: _tally(found, sum(one.target for one in found)) for part, found in by_part.items()},
        teachers={name: _tally(found, sum(one.target for one in found)) for name, found in by_teacher.items()},
        left_out=sum(max(0, lot.share - lot.target) for lot in lots),
        families={subject: _tally(harvests, subject=subject) for subject in subjects},
        reasons=dict(sorted(sum((harvest.reasons for harvest in harvests), Counter()).items())),
        set_aside=dict(sorted(sum((harvest.set_aside for harvest in harvests), Counter()).items())),
        examples=dict(sorted(_first(harvests).items())),
        unchecked=sum(harvest.unchecked for harvest in harvests),
        checked=sum(harvest.checked for harvest in harvests),
        contradicted=sum(harvest.contradicted for harvest in harvests),
        shifts=tuple(
            f"{harvest.teacher} gave {harvest.passed.total()} for {harvest.lot.name} and no more: {harvest.closed}"
            for harvest in harvests
            if harvest.closed
        ),
        spent=tuple(dict.fromkeys(harvest.lot.name for harvest in harvests if harvest.spent)),
        stopped=stopped,
    )
