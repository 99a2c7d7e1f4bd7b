"""`Council`: asks the experts that a question concerns, wherever they answer, and gives one answer that was checked.
Trains nothing and installs nothing.
"""

import asyncio
import hashlib
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace

from oracle_lib import OracleError, registry
from oracle_lib.bases import choose
from oracle_lib.chat import Conversation, control_in, framing
from oracle_lib.council import facts
from oracle_lib.council.attempts import Attempt, chosen, examined, repair_request
from oracle_lib.council.endpoint import Endpoint, ToolUser
from oracle_lib.council.router import Route, load_router
from oracle_lib.council.speaking import Said, Speaker, hear
from oracle_lib.council.synthesis import Section, synthesise
from oracle_lib.council.wanted import ToolCall, Tools, Wanted
from oracle_lib.params import CouncilParams, Expert, load_council, load_expert
from oracle_lib.processor import say_how_long
from oracle_lib.quality import Knowledge
from oracle_lib.records import Frozen
from oracle_lib.registry import Version
from oracle_lib.runtimes import RUNTIMES, NoTools, Runtime, Settings, Usage, open_runtime
from oracle_lib.synchronous import run_to_end
from oracle_lib.verify.console import find_core

BASE_ALONE = "base"
"""Who answers where no expert is sure enough."""
IN_PROCESS = "in-process"
MAX_QUESTION = 200_000
"""Characters of a question: more than any context holds, and few enough to count their tokens at once."""

_ANYHOW = Wanted()
_KNOWN = "What is known of the names and addresses in the question, with its source; answer with it:"
_NOT_KNOWN = (
    "Where it is asked what or where something is that is not known, say plainly so and name no address for it."
)


class Piece(Frozen):
    """What an expert has just written: a draft that nobody has checked yet."""

    expert: str
    text: str


class Answer(Frozen):
    """The council's answer, in Markdown. `experts` are (name, confidence) with the surest first, none where the base
    alone answered; `reason` is why. `timings` are seconds by phase: route, look_up, load, answer (asking, checking and
    repairing, all experts side by side), synthesise. `used_adapter` names the registered version that spoke for each:
    None means a base model with that expert's system prompt, or the general one. `failed` says what went wrong with
    whom; `facts` were looked up for the experts. `prompt_tokens` and `answer_tokens` are what all of them read and
    wrote, repairs included; `cut_short` says that one of them wrote as much as it may. With `calls` it is no answer
    yet: an expert wants its client to call these tools, and `text` is what it said to that.
    """

    text: str
    experts: tuple[tuple[str, float], ...]
    reason: str
    timings: dict[str, float]
    used_adapter: dict[str, str | None]
    failed: dict[str, str]
    facts: tuple[str, ...]
    sections: tuple[Section, ...]
    prompt_tokens: int
    answer_tokens: int
    cut_short: bool
    calls: tuple[ToolCall, ...] = ()

    def _repr_markdown_(self) -> str:
        return self.text


@dataclass(frozen=True)
class _Member:
    """An expert as it is asked: where, by which name there (None: the base), and for which registered version; what it
    reads before the question, how many tokens it may write, and what else is wanted of its answer.
    """

    expert: Expert
    confidence: float | None
    place: str
    base: str
    asked_as: str | None
    version: Version | None
    note: str
    context: str = ""
    limit: int = 0
    wanted: Wanted = _ANYHOW


class Council:
    """The experts that params/council.yaml names, or those given, ready to answer.

    Each answers through its champion, else its candidate, else a base with its system prompt, and then the answer says
    so; all answer side by side, but for those of this process that stand on different bases, which take turns. What was
    loaded stays, so the next question does not wait for it. A promotion in between takes effect with the next question.
    """

    def __init__(
        self,
        experts: Iterable[str] | None = None,
        max_new_tokens: int | None = None,
        params: CouncilParams | None = None,
        knowledge: Knowledge | None = None,
    ) -> None:
        """`params` and `knowledge` take the place of params/council.yaml and of the newest graph. Raises `OracleError`
        for a place that is none, and where several drafts are wanted and there is no SNES core to compare them on.
        """
        self._params = params or load_council()
        if self._params.drafts > 1:
            find_core()
        self._router = load_router(experts)
        default = load_expert(self._params.default)
        self._members = {expert.name: expert for expert in (*self._router.experts, default)}
        self._nobody = default.model_copy(
            update={"name": BASE_ALONE, "system_prompt": self._params.general_prompt, "language": "text"}
        )
        self._knowledge = knowledge
        self._max_new_tokens = max_new_tokens or self._params.max_new_tokens
        self._runtimes: dict[tuple[str, str], Runtime] = {}
        self._places = {
            load_expert(name).name: _checked_place(place, self._params) for name, place in self._params.runtimes.items()
        }
        _checked_place(self._params.runtime, self._params)
        self._asking, self._opening = threading.Lock(), threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._turns = asyncio.Condition()
        self._here, self._users = "", 0

    def answer(self, question: str) -> Answer:
        """The answer, in a script as in a notebook; one question at a time.

        Raises `OracleError` for an empty question, one that is too long or holds a token that frames a chat. What goes
        wrong with an expert is no error: the answer tells it.
        """
        with self._asking:
            return run_to_end(self._last(question))

    async def stream(
        self, question: str, *, expert: str | None = None, context: str = "", wanted: Wanted = _ANYHOW
    ) -> AsyncIterator[Piece | Answer]:
        """The pieces of the experts' drafts as they are written, and last the answer. Several questions may be asked
        side by side in one event loop. Raises what `answer` does.

        Those answer whom the router finds, or the member `expert` alone. They read `context` before the question, which
        the router does not. With tools among what is `wanted`, the surest of them answers alone: it reads the client's
        turns instead of `context`, and may call. Where it can take no tools, the answer says so; where a call is
        required, that is an `OracleError`.
        """
        pieces = asyncio.Queue[Piece | None]()
        work = asyncio.create_task(self._answer(question, pieces, expert, context, wanted))
        work.add_done_callback(lambda _: pieces.put_nowait(None))
        try:
            while (piece := await pieces.get()) is not None:
                yield piece
            yield await work
        finally:
            work.cancel()

    def close(self) -> None:
        """Gives back the memory, processes and connections of all who answered. It may be asked again afterwards."""
        for runtime in self._runtimes.values():
            runtime.close()
        self._runtimes.clear()
        self._here = ""

    async def _last(self, question: str) -> Answer:
        return await self._answer(question, asyncio.Queue())

    async def _answer(
        self,
        question: str,
        pieces: "asyncio.Queue[Piece | None]",
        expert: str | None = None,
        context: str = "",
        wanted: Wanted = _ANYHOW,
    ) -> Answer:
        _require_answerable(_read_by_experts(question, context))
        if wanted.tools:
            _require_answerable(wanted.tools.model_dump_json())
        if self._loop is not asyncio.get_running_loop():
            self._loop, self._turns, self._users = asyncio.get_running_loop(), asyncio.Condition(), 0
        timings = dict.fromkeys(("route", "look_up", "load", "answer", "synthesise"), 0.0)
        with _timed(timings, "route"):
            if expert:
                route = Route(experts=((expert, 1.0),), reason=f"{expert} was asked by name")
            else:
                route = await asyncio.to_thread(self._router.route, question)
            limit = min(wanted.max_new_tokens or self._max_new_tokens, self._max_new_tokens)
            members = [replace(member, context=context, limit=limit, wanted=wanted) for member in self._speaking(route)]
            if wanted.tools:
                members = members[:1]
        with _timed(timings, "look_up"):
            knowledge = self._knowledge or facts.newest_knowledge()
            known = facts.look_up(knowledge, question)
            if wanted.tools:  # a question may name them
                known = tuple(line for line in known if line.partition(":")[0] not in wanted.tools.names)
        load = dict[str, float]()
        with _timed(timings, "answer"):
            sections = await asyncio.gather(
                *(self._section(member, question, known, knowledge, pieces, load) for member in members)
            )
        timings["load"] = sum(load.values())
        timings["answer"] -= timings["load"]
        with _timed(timings, "synthesise"):
            calls = tuple(call for section in sections for call in section.calls)
            text = sections[0].text if calls else synthesise(sections, known)
        return Answer(
            text=text,
            experts=route.experts,
            reason=route.reason,
            timings=timings,
            used_adapter={section.expert: section.version for section in sections},
            failed={section.expert: section.fault for section in sections if section.fault},
            facts=known,
            sections=tuple(sections),
            prompt_tokens=sum(section.prompt_tokens for section in sections),
            answer_tokens=sum(section.answer_tokens for section in sections),
            cut_short=any(section.cut_short for section in sections),
            calls=calls,
        )

    def _speaking(self, route: Route) -> list[_Member]:
        """Who is asked, and how."""
        in_use = {name: registry.in_use(name) for name in self._members}
        chosen = [self._member(self._members[name], confidence, in_use) for name, confidence in route.experts]
        if chosen:
            return chosen
        said = route.reason[:1].upper() + route.reason[1:]
        base = self._base(self._nobody, in_use)
        place = self._params.runtime
        return [_Member(self._nobody, None, place, base, None, None, f"The base model answers. {said}.")]

    def _member(self, expert: Expert, confidence: float, in_use: dict[str, Version | None]) -> _Member:
        place, base, version = self._place(expert), self._base(expert, in_use), in_use.get(expert.name)
        if place in self._params.endpoints:
            model = self._params.endpoints[place].models.get(expert.name)
            note = "" if model else f"{expert.name} has no model at {place}; this answer is of its base model."
            return _Member(expert, confidence, place, base, model, None, note)
        if version is None:
            note = f"{expert.name} has no adapter on this base yet; this answer is the base model's."
        elif registry.aliases(expert.name).get("champion") == version.name:
            note = ""
        else:
            note = f"{version.name} is a candidate: it has not passed the gates of a champion."
        return _Member(expert, confidence, place, base, version.name if version else None, version, note)

    def _place(self, expert: Expert) -> str:
        return self._places.get(expert.name, self._params.runtime)

    def _base(self, expert: Expert, in_use: dict[str, Version | None]) -> str:
        """The base that answers for an expert: its version's; else the one that params/council.yaml names; else that of
        a member meant for the same base, which is the embedded one in a demo; else its own.
        """
        of_its_own = self._params.base == "expert"
        fellows = [in_use[one.name] for one in self._members.values() if of_its_own and one.base == expert.base]
        version = next((found for found in (in_use.get(expert.name), *fellows) if found), None)
        return version.adapter.base if version else choose(self._params.base, expert)

    async def _section(
        self,
        member: _Member,
        question: str,
        known: tuple[str, ...],
        knowledge: Knowledge,
        pieces: "asyncio.Queue[Piece | None]",
        load: dict[str, float],
    ) -> Section:
        """What an expert says: of its drafts the one that most of them agree with, repaired where its code fails."""
        expert, seconds = member.expert, dict.fromkeys(("ask", "check", "repair"), 0.0)
        read = _read_by_experts(question, member.context)
        asked: Conversation = [
            {"role": "system", "content": expert.system_prompt},
            {"role": "user", "content": "\n\n".join(filter(None, (read, _told(known))))},
        ]
        kept = first = Attempt(Said(text=""))
        repairs, usages = 0, list[Usage]()
        try:
            async with self._turn(member):
                with _timed(load, expert.name):
                    speaker, member = await asyncio.to_thread(self._opened, member)
                    asked_first: Speaker = speaker
                    if tools := member.wanted.tools:
                        asked_first, member = await asyncio.to_thread(_with_tools, speaker, member, tools, known)
                with _timed(seconds, "ask"):
                    drafts = await self._drafts(asked_first, member, asked, question, pieces)
                usages += [said.usage for said in drafts if said.usage]
                with _timed(seconds, "check"):
                    kept = first = await asyncio.to_thread(chosen, drafts, expert, question, knowledge)
                said = kept.said
                for attempt in range(1, self._params.repair_rounds + 1):
                    if kept.checked.usable is not False or said.fault:
                        break
                    with _timed(seconds, "repair"):
                        messages = [*asked, *repair_request(kept)]
                        said = await self._hear(
                            speaker, member, messages, question, len(drafts) - 1 + attempt, pieces.put_nowait
                        )
                    usages += [said.usage] if said.usage else []
                    with _timed(seconds, "check"):
                        found = await asyncio.to_thread(examined, said, expert, question, knowledge)
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
            unsupported=facts.unsupported_in(known, read, kept.said.text),
            fault=kept.said.fault,
            repairs=repairs,
            unrepaired=first.said.text,
            seconds=seconds,
            prompt_tokens=sum(usage.prompt_tokens for usage in usages),
            answer_tokens=sum(usage.answer_tokens for usage in usages),
            cut_short=bool(kept.said.usage and kept.said.usage.answer_tokens >= member.limit),
            calls=kept.said.calls,
        )

    async def _drafts(
        self,
        speaker: Speaker,
        member: _Member,
        messages: Conversation,
        question: str,
        pieces: "asyncio.Queue[Piece | None]",
    ) -> list[Said]:
        """What the expert says: several times side by side where it writes assembly, which can be compared. Only the
        first draft is told piece by piece.
        """
        wanted = member.wanted
        is_one = wanted.tools or wanted.temperature == 0 or member.expert.language != "asm"
        temperature = wanted.temperature or self._params.draft_temperature
        freer = replace(member, wanted=wanted.model_copy(update={"temperature": temperature}))
        first = self._hear(speaker, member, messages, question, 0, pieces.put_nowait)
        others = (
            self._hear(speaker, freer, messages, question, number, lambda piece: None)
            for number in range(1, 1 if is_one else self._params.drafts)
        )
        return await asyncio.gather(first, *others)

    async def _hear(
        self,
        speaker: Speaker,
        member: _Member,
        messages: Conversation,
        question: str,
        attempt: int,
        tell: Callable[[Piece], None],
    ) -> Said:
        name, wanted = member.expert.name, member.wanted
        own_seed = int(hashlib.sha256(f"{question}\n{attempt}".encode()).hexdigest()[:7], 16)
        settings = Settings(
            max_new_tokens=member.limit,
            temperature=member.expert.temperature if wanted.temperature is None else wanted.temperature,
            seed=own_seed if wanted.seed is None else wanted.seed + attempt,
            top_p=wanted.top_p,
            stop=wanted.stop,
        )
        return await hear(
            speaker,
            member.asked_as,
            messages,
            settings,
            self._params.answer_seconds,
            lambda text: tell(Piece(expert=name, text=text)),
        )

    @asynccontextmanager
    async def _turn(self, member: _Member) -> AsyncIterator[None]:
        """While an expert is asked in this process, no other base than its own is there: memory holds one."""
        if member.place != IN_PROCESS:
            yield
            return
        async with self._turns:
            await self._turns.wait_for(lambda: not self._users or self._here == member.base)
            self._users += 1
            if self._here != member.base:
                if old := self._runtimes.pop((IN_PROCESS, self._here), None):
                    old.close()
                self._here = member.base
        try:
            yield
        finally:
            async with self._turns:
                self._users -= 1
                self._turns.notify_all()

    def _opened(self, member: _Member) -> tuple[Endpoint | Runtime, _Member]:
        """Where the expert answers, and how it is asked there: as the base, where its version is not installed."""
        if endpoint := self._params.endpoints.get(member.place):
            return Endpoint(member.place, endpoint), member
        key = (member.place, member.base)
        with self._opening:  # experts on one base come at once, and it is loaded once
            runtime = self._runtimes.get(key) or self._runtimes.setdefault(key, open_runtime(*key))
        version = member.version
        if version and member.place != IN_PROCESS and version.name not in runtime.models():  # here all versions are
            note = f"{version.name} is not installed in {member.place}; this answer is of its base model."
            return runtime, replace(member, asked_as=None, version=None, note=note)
        say_how_long(member.base, "answering", steps=member.limit)
        return runtime, member


def _checked_place(place: str, params: CouncilParams) -> str:
    if place not in RUNTIMES and place not in params.endpoints:
        known = ", ".join((*RUNTIMES, *params.endpoints))
        raise OracleError(f"params/council.yaml: nobody answers at {place!r}; known are {known}")
    return place


def _with_tools(
    speaker: Endpoint | Runtime, member: _Member, tools: Tools, known: tuple[str, ...]
) -> tuple[Speaker, _Member]:
    """The expert with the client's tools before it; without, and marked, where it can take none."""
    name = member.expert.name
    try:
        place = speaker.chat_place(member.asked_as)
    except NoTools as reason:
        if tools.are_required:
            raise NoTools(f"{name} can call no tools: {reason}; ask without tool_choice") from None
        note = f"{name} answers without the tools that were offered: {reason}."
        return speaker, replace(member, note=f"{member.note} {note}".strip())
    system = "\n\n".join(filter(None, (member.expert.system_prompt, tools.demands, _told(known))))
    return ToolUser(member.place, place, system, tools), member


def _told(known: tuple[str, ...]) -> str:
    """What was looked up, as an expert reads it."""
    if not known:
        return ""
    return "\n".join([_KNOWN, *known, *([_NOT_KNOWN] if facts.hold_unknown(known) else [])])


def _read_by_experts(question: str, context: str) -> str:
    return f"{context}\n\n{question}" if context else question


def _require_answerable(question: str) -> None:
    if len(question) > MAX_QUESTION:
        raise OracleError(f"the question has {len(question):,} characters, more than {MAX_QUESTION:,}; shorten it")
    if token := control_in(question):
        raise OracleError(f"the question {framing(token)}; write it with a space in it")


@contextmanager
def _timed(timings: dict[str, float], phase: str) -> Iterator[None]:
    started = time.perf_counter()
    try:
        yield
    finally:
        timings[phase] = timings.get(phase, 0.0) + time.perf_counter() - started
