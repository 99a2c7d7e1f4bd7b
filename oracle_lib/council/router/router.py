"""`Router`: names first, then a classifier, then the thresholds. Learns nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from oracle_lib import OracleError
from oracle_lib.council.router.classifier import Classifier, load_classifier
from oracle_lib.council.router.features import MAX_QUESTION, words_in
from oracle_lib.council.router.gemini import gemini_classifier
from oracle_lib.council.router.judgement import Judgement, NotJudged, QuestionClassifier
from oracle_lib.council.router.names import Names
from oracle_lib.params import Expert, load_council, load_expert


@dataclass(frozen=True)
class Route:
    """Who answers a question: (expert, confidence) with the surest first, none where no expert is sure enough; and why
    in plain words.
    """

    experts: tuple[tuple[str, float], ...]
    reason: str


@dataclass(frozen=True)
class Router:
    """Asks those of `experts` that the question names, else those whose confidence reaches their threshold: at most
    `most` of them. `remote` judges where it is there and able to, else `local`.
    """

    experts: tuple[Expert, ...]
    names: Names
    local: Classifier
    remote: QuestionClassifier | None
    most: int

    def route(self, question: str) -> Route:
        """Raises `OracleError` for a question without a word."""
        if not words_in(question):
            raise OracleError("the question is empty; ask the council something")
        if asked := self.names.asked_for(question[:MAX_QUESTION]):
            return self._by_name(asked)
        judgement, note = self._judge(question)
        ranked = sorted(self.experts, key=lambda expert: -judgement.confidences[expert.name])
        sure = [expert for expert in ranked if judgement.confidences[expert.name] >= expert.threshold]
        chosen, dropped = sure[: self.most], sure[self.most :]
        if chosen:
            reason = "; ".join(_told(expert, judgement) for expert in chosen)
        else:
            reason = f"no expert is sure enough: {_doubt(judgement)}the nearest is {_told(ranked[0], judgement)}"
        if dropped:
            left_out = "; ".join(_told(expert, judgement) for expert in dropped)
            reason += f"; left out, because at most {self.most} may answer: {left_out}"
        return Route(tuple((one.name, judgement.confidences[one.name]) for one in chosen), note + reason)

    def confidences(self, question: str) -> dict[str, float]:
        """Every expert's confidence, whoever would be asked: 1 and 0 where the question asks for experts by name."""
        if asked := self.names.asked_for(question[:MAX_QUESTION]):
            return {expert.name: float(expert.name in asked) for expert in self.experts}
        return dict(self._judge(question)[0].confidences)

    def _judge(self, question: str) -> tuple[Judgement, str]:
        """The judgement, and what to say of its making."""
        if self.remote is None:
            return self.local.judge(question), ""
        try:
            return self.remote.judge(question[:MAX_QUESTION]), ""
        except NotJudged as problem:
            return self.local.judge(question), f"{problem}, so the local classifier decides: "

    def _by_name(self, asked: tuple[str, ...]) -> Route:
        chosen, dropped = asked[: self.most], asked[self.most :]
        reason = f"the question asks for {', '.join(chosen)} by name"
        if dropped:
            reason += f"; left out, because at most {self.most} may answer: {', '.join(dropped)}"
        return Route(tuple((name, 1.0) for name in chosen), reason)


def load_router(experts: Iterable[str] | None = None) -> Router:
    """The council's router, over the experts that params/council.yaml names or over those given. The first call after
    experts changed takes some seconds, because the classifier learns them.
    """
    council = load_council()
    members = tuple(load_expert(name) for name in experts or council.experts)
    local, remote = load_classifier(members), gemini_classifier(members, council)
    return Router(members, Names(members), local, remote, council.max_experts)


def _told(expert: Expert, judgement: Judgement) -> str:
    because = judgement.because.get(expert.name, "for no word in particular")
    return f"{expert.name} {judgement.confidences[expert.name]:.2f} {because} (asked from {expert.threshold:.2f})"


def _doubt(judgement: Judgement) -> str:
    """Why none is sure: the question is none of the council's business, or it is and falls between experts."""
    if judgement.ours < 0.5:
        return f"the question seems to be about something else ({judgement.ours:.0%} that it concerns any expert); "
    return ""
