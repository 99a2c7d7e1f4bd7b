"""`Council`: asks the experts that a question concerns, wherever they answer, and gives one answer that was checked.
Trains nothing and installs nothing.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterable

from oracle_lib import OracleError, registry
from oracle_lib.bases import choose, is_ours
from oracle_lib.chat import control_in, framing
from oracle_lib.council import facts
from oracle_lib.council.member import Member, Question, ask, timed
from oracle_lib.council.places import Places
from oracle_lib.council.router import Route, load_router
from oracle_lib.council.synthesis import Section, synthesise
from oracle_lib.council.wanted import ToolCall, Wanted
from oracle_lib.params import CouncilParams, Expert, load_council, load_expert
from oracle_lib.quality import Knowledge
from oracle_lib.records import Frozen
from oracle_lib.registry import Version
from oracle_lib.runtimes import NoTools
from oracle_lib.synchronous import run_to_end
from oracle_lib.verify.console import find_core

BASE_ALONE = "base"
"""Who answers where no expert is sure enough."""
MAX_QUESTION = 200_000
"""Characters of a question: more than any context holds, and few enough to count their tokens at once."""

_ANYHOW = Wanted()


class Piece(Frozen):
    """What an expert has just written: a draft that nobody has checked yet."""

    expert: str
    text: str


class Answer(Frozen):
    """The council's answer, in Markdown. `experts` are (name, confidence) with the surest first, none where the base
    alone answered or, without `sections`, nobody did; `reason` is why. `timings` are seconds by phase: route, look_up,
    load, answer (asking, checking and repairing, all experts side by side), synthesise. `used_adapter` names the
    registered version that spoke for each: None means a base model with that expert's system prompt, or the general
    one. `failed` says what went wrong with whom; `facts` were looked up for the experts. `prompt_tokens` and
    `answer_tokens` are what all of them read and wrote, repairs included; `cut_short` says that one of them wrote as
    much as it may. With `calls` it is no answer yet: an expert wants its client to call these tools, and `text` is what
    it said to that.
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
        self._places = Places(self._params)
        self._asking = threading.Lock()

    def answer(self, question: str) -> Answer:
        """The answer, in a script as in a notebook; one question at a time.

        Raises `OracleError` for an empty question, one that is too long or holds a token that frames a chat. What goes
        wrong with an expert is no error: the answer tells it.
        """
        with self._asking:
            return run_to_end(self._answer(question, asyncio.Queue()))

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
        self._places.close()

    async def _answer(
        self,
        text: str,
        pieces: "asyncio.Queue[Piece | None]",
        expert: str | None = None,
        context: str = "",
        wanted: Wanted = _ANYHOW,
    ) -> Answer:
        _require_answerable("\n\n".join(filter(None, (context, text))))
        if wanted.tools:
            _require_answerable(wanted.tools.model_dump_json())
        timings = dict.fromkeys(("route", "look_up", "load", "answer", "synthesise"), 0.0)
        with timed(timings, "route"):
            if expert:
                route = Route(experts=((expert, 1.0),), reason=f"{expert} was asked by name")
            else:
                route = await asyncio.to_thread(self._router.route, text)
            members = self._members_of(route)[: 1 if wanted.tools else None]
        if not members and wanted.tools and wanted.tools.are_required:
            raise NoTools("nobody answers this question, so nobody calls a tool; ask without tool_choice")
        with timed(timings, "look_up"):
            knowledge = self._knowledge or facts.newest_knowledge()
            known = facts.look_up(knowledge, text)
            if wanted.tools:  # a question may name them
                known = tuple(line for line in known if line.partition(":")[0] not in wanted.tools.names)
        question = Question(
            text=text,
            context=context,
            limit=min(wanted.max_new_tokens or self._max_new_tokens, self._max_new_tokens),
            wanted=wanted,
            known=known,
            knowledge=knowledge,
            tell=lambda expert, text: pieces.put_nowait(Piece(expert=expert, text=text)),
        )
        with timed(timings, "answer"):
            sections = await asyncio.gather(*(ask(member, question, self._places, self._params) for member in members))
        timings["load"] = sum(section.seconds["load"] for section in sections)
        timings["answer"] -= timings["load"]
        with timed(timings, "synthesise"):
            calls = tuple(call for section in sections for call in section.calls)
            joined = sections[0].text if calls else synthesise(sections, known)
        return Answer(
            text=joined,
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

    def _members_of(self, route: Route) -> list[Member]:
        """Who is asked, and how: nobody for a question of no expert's, where the base never read a chat."""
        in_use = {name: registry.in_use(name) for name in self._members}
        chosen = [self._member(self._members[name], confidence, in_use) for name, confidence in route.experts]
        if chosen:
            return chosen
        said = route.reason[:1].upper() + route.reason[1:]
        place, base = self._params.runtime, self._base(self._nobody, in_use)
        if place not in self._params.endpoints and is_ours(base):
            return []
        return [Member(self._nobody, None, place, base, None, None, f"The base model answers. {said}.")]

    def _member(self, expert: Expert, confidence: float, in_use: dict[str, Version | None]) -> Member:
        place, base, version = self._places.of(expert.name), self._base(expert, in_use), in_use.get(expert.name)
        if place in self._params.endpoints:
            model = self._params.endpoints[place].models.get(expert.name)
            note = "" if model else f"{expert.name} has no model at {place}; this answer is of its base model."
            return Member(expert, confidence, place, base, model, None, note)
        if version is None:
            never = " It has read code, never a chat: expect nothing of it." if is_ours(base) else ""
            note = f"{expert.name} has no adapter on this base yet; this answer is the base model's.{never}"
        elif registry.aliases(expert.name).get("champion") == version.name:
            note = ""
        else:
            note = f"{version.name} is a candidate: it has not passed the gates of a champion."
        return Member(expert, confidence, place, base, version.name if version else None, version, note)

    def _base(self, expert: Expert, in_use: dict[str, Version | None]) -> str:
        """The base that answers for an expert: its version's; else the one that params/council.yaml names; else that of
        a member meant for the same base, which is the embedded one in a demo; else its own.
        """
        of_its_own = self._params.base == "expert"
        fellows = [in_use[one.name] for one in self._members.values() if of_its_own and one.base == expert.base]
        version = next((found for found in (in_use.get(expert.name), *fellows) if found), None)
        return version.adapter.base if version else choose(self._params.base, expert)


def _require_answerable(question: str) -> None:
    if len(question) > MAX_QUESTION:
        raise OracleError(f"the question has {len(question):,} characters, more than {MAX_QUESTION:,}; shorten it")
    if token := control_in(question):
        raise OracleError(f"the question {framing(token)}; write it with a space in it")
