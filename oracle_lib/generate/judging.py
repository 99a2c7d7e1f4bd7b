"""Judges answers: runs the code in them, keeps the best of those that hold, and says what was wrong with the others.

It runs in threads beside the campaign's loop; the SNES core and the C++ sandbox are processes of their own.
"""

import asyncio
import hashlib
import json
import re
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

from oracle_lib import verify
from oracle_lib.code import code_digest
from oracle_lib.generate.journal import CampaignJournal
from oracle_lib.generate.requests import Draft, Request
from oracle_lib.generate.teachers import AsyncTeacher, Manner, Reply
from oracle_lib.grounding import Grounding
from oracle_lib.quality import Knowledge, ProseJudge, score
from oracle_lib.quality.prose import not_configured
from oracle_lib.sample import Domain, Quality, Reason, ReasonKind, Sample, Teacher, Verification, sample_id
from oracle_lib.verify import Contract, Verdict, extract_code

UNCHECKED = "unchecked: nothing has run it"
"""The mark of accepted prose that no judge has checked against its source, among its reasons."""


@dataclass(frozen=True)
class Judged:
    """One answer as a sample, with its verdict; prose has none, but maybe `notes` on what is known of it. `code` is
    what is equal in answers that differ in comments, spaces and labels alone. `quality` is that of one that does not
    pass: it counts among no others.
    """

    sample: Sample
    verdict: Verdict | None
    code: bytes | str
    quality: Quality | None = None
    notes: tuple[str, ...] = ()

    @property
    def passes(self) -> bool:
        return self.verdict is None or self.verdict.passes

    @property
    def fault(self) -> str | None:
        """Why its contract cannot be run, if so: then nothing is known of the answer."""
        unjudged = self.verdict is not None and not self.verdict.judged
        return f"{self.sample.source.path}: {self.verdict.reasons[0]}" if self.verdict and unjudged else None

    @property
    def cost(self) -> tuple[int, int]:
        """What makes it worse than another that is right too: cycles, then length."""
        return (self.verdict and self.verdict.cycles) or 0, len(self.code)

    @property
    def _notes(self) -> tuple[str, ...]:
        """What is to be known of accepted prose: nothing where a judge has checked it."""
        if self.sample.checked_against == "source":
            return self.notes
        grounding = self.sample.grounding
        return self.notes or (f"unchecked: {grounding.unchecked}" if grounding else UNCHECKED,)

    def decided(self, quality: Quality) -> Sample:
        """The sample with its quality, and with what its code did wrong among the reasons."""
        marks: tuple[Reason, ...] = ()
        if self.verdict:
            kind = ReasonKind.FAILS_CONTRACT if self.verdict.assembles else ReasonKind.DOES_NOT_ASSEMBLE
            marks = tuple(Reason(kind=kind, text=reason) for reason in self.verdict.reasons)
        elif quality.accepted:
            marks = tuple(Reason(kind=ReasonKind.UNCHECKED, text=note) for note in self._notes)
        return self.sample.model_copy(
            update={"quality": quality.model_copy(update={"reasons": (*quality.reasons, *marks)})}
        )


class Judge:
    """Runs answers by `workers`, or else on the threads of `pool`, and has prose of the domain text judged by
    `prose_judge`, where there is one. A verdict that the journal knows is not reached again.
    """

    def __init__(
        self,
        journal: CampaignJournal,
        pool: Executor,
        prose_judge: ProseJudge | None = None,
        workers: Executor | None = None,
    ) -> None:
        self._journal, self._pool, self._prose_judge, self._workers = journal, pool, prose_judge, workers
        self._prose_pool = ThreadPoolExecutor(prose_judge.at_once) if prose_judge else pool
        self._checker = code_digest("oracle_lib.verify")  # here: Python 3.11 reads no code in two threads at a time

    async def judge(self, request: Request, key: str, teacher: AsyncTeacher, reply: Reply) -> Judged:
        """The answer to a request with its verdict, which is on the disk when it returns."""
        loop = asyncio.get_running_loop()
        pool = self._prose_pool if request.domain is Domain.TEXT else self._pool
        judged, unknown = await loop.run_in_executor(pool, self._judge, request, key, teacher, reply)
        if unknown and judged.verdict:
            await self._journal.record_verdict(unknown, judged.verdict)
        self._journal.record_judged(key, judged.passes)
        return judged

    def _judge(self, request: Request, key: str, teacher: AsyncTeacher, reply: Reply) -> tuple[Judged, str | None]:
        """The judged answer, and the key of its verdict where that is new."""
        draft = request.draft(reply.output)
        if draft.contract is None:
            sample = self._grounded(_sample(request, draft, teacher, key, reply, None), draft)
            return Judged(sample, None, draft.output, notes=draft.notes), None
        code = extract_code(draft.output, draft.contract)
        of_verdict = self._verdict_key(code, draft.contract)
        known = self._journal.verdict(of_verdict)
        verdict = known or self._verdict(code, draft.contract)
        if verdict.passes and teacher.manner.keep and draft.contract.kind in ("asm", "cpp"):
            # What a model says around code that holds has not been run, and is not taught on.
            draft = replace(draft, output=f"```{draft.contract.kind}\n{code.strip()}\n```")
        sample = _sample(request, draft, teacher, key, reply, verdict)
        quality = None if verdict.passes else score([sample], Knowledge())[0]
        return Judged(sample, verdict, verdict.code or _plain(code), quality), None if known else of_verdict

    def _verdict(self, code: str, contract: Contract) -> Verdict:
        if self._workers:
            return self._workers.submit(verify.check, code, contract).result()
        return verify.check(code, contract)

    def _grounded(self, sample: Sample, draft: Draft) -> Sample:
        """Prose with its evidence, and with what the judge found of it."""
        if draft.evidence is None:
            return sample
        if self._prose_judge:
            grounding = self._prose_judge.judge(sample.prompt, sample.output, draft.evidence)
        else:
            grounding = Grounding(evidence=draft.evidence, unchecked=not_configured())
        return sample.model_copy(update={"grounding": grounding})

    def _verdict_key(self, code: str, contract: Contract) -> str:
        """The sha256 of what a verdict follows from: the code, the contract and the checker."""
        content = [self._checker, code, contract.model_dump(mode="json")]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _plain(code: str) -> str:
    return " ".join(re.sub(r"//[^\n]*|/\*.*?\*/", " ", code, flags=re.DOTALL).split())


def best(answers: Sequence[Judged], manner: Manner, room: int) -> list[Judged]:
    """Of the answers to one problem, in order: those that failed, and of those that passed at most `room`, of a teacher
    that samples only the best that differ.
    """
    differing: dict[bytes | str, Judged] = {}
    for one in sorted((one for one in answers if one.passes), key=lambda one: one.cost):
        differing.setdefault(one.code, one)
    chosen = {one.sample.sample_id for one in islice(differing.values(), manner.keep or 0)}
    kept: dict[str, Judged] = {}
    for one in answers:
        if one.passes and (room <= 0 or (manner.keep and one.sample.sample_id not in chosen)):
            continue
        if kept.setdefault(one.sample.sample_id, one) is one:
            room -= one.passes
    return list(kept.values())


def _sample(
    request: Request, draft: Draft, teacher: AsyncTeacher, key: str, reply: Reply, verdict: Verdict | None
) -> Sample:
    return Sample(
        sample_id=sample_id(request.domain, draft.instruction, draft.input, draft.output),
        domain=request.domain,
        task=request.task,
        instruction=draft.instruction,
        input=draft.input,
        output=draft.output,
        source=request.source,
        teacher=Teacher(
            name=teacher.name,
            model=teacher.model,
            model_version=reply.model_version or teacher.version[:12],
            request_key=key,
            seed=request.seed,
            usage=dict(reply.usage),
        ),
        verification=Verification(
            contract=draft.contract.model_dump(mode="json"),
            passes=verdict.passes,
            cases=verdict.cases,
            cycles=verdict.cycles,
            size=len(verdict.code) or None,
        )
        if verdict and draft.contract
        else None,
        group=request.group,
    )
