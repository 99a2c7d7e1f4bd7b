"""One expert at work on a question, where it answers: it drafts, and what fails its check it repairs. Decides nothing
about who is asked.
"""

import asyncio
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from oracle_lib import OracleError
from oracle_lib.chat import Conversation
from oracle_lib.council import facts
from oracle_lib.council.attempts import Attempt, chosen, examined, repair_request
from oracle_lib.council.endpoint import Endpoint, ToolUser
from oracle_lib.council.places import IN_PROCESS, Places
from oracle_lib.council.speaking import Said, Speaker, hear
from oracle_lib.council.synthesis import Section
from oracle_lib.council.wanted import Tools, Wanted
from oracle_lib.params import CouncilParams, Expert
from oracle_lib.quality import Knowledge
from oracle_lib.registry import Version
from oracle_lib.runtimes import NoTools, Runtime, Settings, Usage

_KNOWN = "What is known of the names and addresses in the question, with its source; answer with it:"
_NOT_KNOWN = (
    "Where it is asked what or where something is that is not known, say plainly so and name no address for it."
)


@dataclass(frozen=True)
class Question:
    """What is asked, by those who read `context` before it, with at most `limit` tokens an attempt: `known` are facts
    that were looked up for it, and answers are checked against `knowledge`. `tell` hears of each piece of an expert's
    first draft, and of its repairs: its name, and the text.
    """

    text: str
    context: str
    limit: int
    wanted: Wanted
    known: tuple[str, ...]
    knowledge: Knowledge
    tell: Callable[[str, str], None]

    @property
    def read(self) -> str:
        """It with its context."""
        return "\n\n".join(filter(None, (self.context, self.text)))

    @property
    def told(self) -> str:
        """What was looked up, as experts read it."""
        known = facts.worth_telling(self.known, self.text)
        if not known:
            return ""
        return "\n".join([_KNOWN, *known, *([_NOT_KNOWN] if facts.hold_unknown(known) else [])])


@dataclass(frozen=True)
class Member:
    """An expert as it is asked: at which place, by which name there (None: the base), and for which registered
    version. `note` tells the reader who speaks, where that is not the expert's champion.
    """

    expert: Expert
    confidence: float | None
    place: str
    base: str
    asked_as: str | None
    version: Version | None
    note: str


async def ask(member: Member, question: Question, places: Places, params: CouncilParams) -> Section:
    """What the expert says: of its drafts the one that most of them agree with, repaired where its code fails. What
    goes wrong there is the section's `fault`. Raises `NoTools` where tools are required and it can take none.
    """
    expert, seconds = member.expert, dict.fromkeys(("load", "ask", "check", "repair"), 0.0)
    asked: Conversation = [
        {"role": "system", "content": expert.system_prompt},
        {"role": "user", "content": "\n\n".join(filter(None, (question.read, question.told)))},
    ]
    kept = first = Attempt(Said(text=""))
    repairs, usages = 0, list[Usage]()
    try:
        async with places.turn(member.place, member.base):
            with timed(seconds, "load"):
                speaker, member = await asyncio.to_thread(_opened, member, places)
                tool_user = None
                if tools := question.wanted.tools:
                    tool_user, member = await asyncio.to_thread(_with_tools, speaker, member, tools, question)
            with timed(seconds, "ask"):
                drafts = await _drafts(tool_user or speaker, member, asked, question, params)
            usages += [said.usage for said in drafts if said.usage]
            with timed(seconds, "check"):
                kept = first = await asyncio.to_thread(chosen, drafts, expert, question.text, question.knowledge)
            said = kept.said
            for attempt in range(1, params.repair_rounds + 1):
                if kept.checked.usable is not False or said.fault:
                    break
                with timed(seconds, "repair"):
                    turns = [*asked, *repair_request(kept)]
                    said = await _hear(speaker, member, turns, question, len(drafts) - 1 + attempt, params)
                usages += [said.usage] if said.usage else []
                with timed(seconds, "check"):
                    found = await asyncio.to_thread(examined, said, expert, question.text, question.knowledge)
                if said.text and found.checked.is_better_than(kept.checked):
                    kept, repairs = found, attempt
    except NoTools:
        raise
    except OracleError as error:
        kept = replace(kept, said=Said(text=kept.said.text, fault=str(error)))
    return Section(
        expert=expert.name,
        purpose=expert.purpose,
        confidence=member.confidence,
        version=member.version.name if member.version else None,
        text=kept.said.text,
        checked=kept.checked,
        agreement=kept.agreement,
        note=member.note,
        unknown=kept.unknown,
        unsupported=facts.unsupported_in(question.known, question.read, kept.said.text),
        fault=kept.said.fault,
        repairs=repairs,
        unrepaired=first.said.text if repairs else "",
        seconds=seconds,
        prompt_tokens=sum(usage.prompt_tokens for usage in usages),
        answer_tokens=sum(usage.answer_tokens for usage in usages),
        cut_short=bool(kept.said.usage and kept.said.usage.answer_tokens >= question.limit),
        calls=kept.said.calls,
    )


def _opened(member: Member, places: Places) -> tuple[Endpoint | Runtime, Member]:
    """Where the expert answers, and how it is asked there: as the base, where its version is not installed."""
    speaker, version = places.opened(member.place, member.base), member.version
    if isinstance(speaker, Endpoint):
        return speaker, member
    if version and member.place != IN_PROCESS and version.name not in speaker.models():  # here all versions are
        note = f"{version.name} is not installed in {member.place}; this answer is of its base model."
        return speaker, replace(member, asked_as=None, version=None, note=note)
    return speaker, member


def _with_tools(
    speaker: Endpoint | Runtime, member: Member, tools: Tools, question: Question
) -> tuple[ToolUser | None, Member]:
    """The expert with the client's tools before it; without, and marked, where it can take none."""
    name = member.expert.name
    try:
        place = speaker.chat_place(member.asked_as)
    except NoTools as reason:
        if tools.are_required:
            raise NoTools(f"{name} can call no tools: {reason}; ask without tool_choice") from None
        note = f"{name} answers without the tools that were offered: {reason}."
        return None, replace(member, note=f"{member.note} {note}".strip())
    system = "\n\n".join(filter(None, (member.expert.system_prompt, tools.demands, question.told)))
    return ToolUser(member.place, place, system, tools), member


async def _drafts(
    speaker: Speaker, member: Member, messages: Conversation, question: Question, params: CouncilParams
) -> list[Said]:
    """What the expert says: several times side by side where it writes assembly, which can be compared. Only the first
    draft is told piece by piece.
    """
    wanted = question.wanted
    is_one = wanted.tools or wanted.temperature == 0 or member.expert.language != "asm"
    temperature = wanted.temperature or params.draft_temperature
    freer = replace(
        question, wanted=wanted.model_copy(update={"temperature": temperature}), tell=lambda expert, text: None
    )
    first = _hear(speaker, member, messages, question, 0, params)
    others = (
        _hear(speaker, member, messages, freer, number, params) for number in range(1, 1 if is_one else params.drafts)
    )
    return await asyncio.gather(first, *others)


async def _hear(
    speaker: Speaker,
    member: Member,
    messages: Conversation,
    question: Question,
    attempt: int,
    params: CouncilParams,
) -> Said:
    expert, wanted = member.expert, question.wanted
    own_seed = int(hashlib.sha256(f"{question.text}\n{attempt}".encode()).hexdigest()[:7], 16)
    settings = Settings(
        max_new_tokens=question.limit,
        temperature=expert.temperature if wanted.temperature is None else wanted.temperature,
        seed=own_seed if wanted.seed is None else wanted.seed + attempt,
        top_p=wanted.top_p,
        stop=wanted.stop,
    )
    return await hear(
        speaker,
        member.asked_as,
        messages,
        settings,
        params.answer_seconds,
        lambda text: question.tell(expert.name, text),
    )


@contextmanager
def timed(timings: dict[str, float], phase: str) -> Iterator[None]:
    """Adds the seconds that something takes to those of its phase."""
    started = time.perf_counter()
    try:
        yield
    finally:
        timings[phase] += time.perf_counter() - started
