"""What a campaign will take, before it asks anything: requests, tokens, dollars and hours, by teacher.

It reckons with what earlier campaigns measured, where their journals are in the outputs folder, and else with what it
says that it assumes. No request is sent, and no teacher needs to be there.
"""

import html
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from statistics import NormalDist

from oracle_lib import params
from oracle_lib.files import outputs
from oracle_lib.generate.journal import Account, accounts
from oracle_lib.generate.plan import Lot, absent_parts, plan_lots, plan_targets, teachers_of
from oracle_lib.generate.stats import told_of_absent
from oracle_lib.params import Limits, Prices, Teachers
from oracle_lib.records import Frozen

_ASSUMED_YIELD, _ASSUMED_LOW, _ASSUMED_HIGH = 0.5, 0.2, 0.9
_ASSUMED_OUTPUT, _ASSUMED_SECONDS = 700, 10.0
_CHARACTERS_A_TOKEN = 3.0
_DRAWN = 8
"""Problems of each lot that are drawn to see how long requests are."""


class Span(Frozen):
    """What is expected, and the ends of its 95 % interval."""

    expected: float
    low: float
    high: float

    def times(self, factor: float) -> "Span":
        return Span(expected=self.expected * factor, low=self.low * factor, high=self.high * factor)

    def show(self, unit: str = "", digits: int = 0) -> str:
        shown = [f"{unit}{value:,.{digits}f}" for value in (self.expected, self.low, self.high)]
        return f"{shown[0]} ({shown[1]} to {shown[2]})" if self.low < self.high else shown[0]


class TeacherPrice(Frozen):
    """What one teacher will take for its `accepted` samples. `share` is the part of its answers that is accepted, as
    `measured` in so many answers (0: assumed). Tokens of a request are means.
    """

    teacher: str
    model: str
    accepted: int
    share: Span
    measured: int
    requests: Span
    input: float
    output: float
    dollars: Span
    batch_dollars: Span | None
    hours: Span


class CampaignPrice(Frozen):
    """What a campaign will take. Its teachers work at the same time, so the slowest decides the hours. `remarks` say
    what it does without, and what is not known of it yet.
    """

    expert: str
    profile: str
    size: int
    teachers: tuple[TeacherPrice, ...]
    caps: dict[str, float]
    remarks: tuple[str, ...] = ()

    @property
    def dollars(self) -> Span:
        return _sum(one.dollars for one in self.teachers)

    @property
    def hours(self) -> Span:
        return max((one.hours for one in self.teachers), key=lambda hours: hours.expected)

    def table(self) -> list[tuple[str, ...]]:
        """Rows of text under their heads; the last row is the whole."""
        rows: list[tuple[str, ...]] = [
            ("teacher", "accepted", "yield", "requests", "tokens in", "tokens out", "dollars", "in batches", "hours")
        ]
        for one in self.teachers:
            share = f"{one.share.show(digits=2)}{'' if one.measured else ', assumed'}"
            tokens = (f"{one.requests.expected * count / 1e6:,.2f} M" for count in (one.input, one.output))
            batch = one.batch_dollars.show("$", 2) if one.batch_dollars else "-"
            rows.append(
                (
                    f"{one.teacher} ({one.model})",
                    f"{one.accepted:,}",
                    share,
                    one.requests.show(),
                    *tokens,
                    one.dollars.show("$", 2),
                    batch,
                    one.hours.show(digits=2),
                )
            )
        requests = _sum(one.requests for one in self.teachers).show()
        whole = (
            "all",
            f"{self.size:,}",
            "",
            requests,
            "",
            "",
            self.dollars.show("$", 2),
            "",
            self.hours.show(digits=2),
        )
        return [*rows, whole]

    def __str__(self) -> str:
        rows = self.table()
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [
            "  ".join(f"{text:<{width}}" for text, width in zip(row, widths, strict=True)).rstrip() for row in rows
        ]
        return "\n".join([*lines, *self.notes()])

    def notes(self) -> list[str]:
        told = [f"it ends at a cap: {name} is {value:g}" for name, value in self.caps.items()]
        if not told and self.dollars.expected:
            told = ["no cap is set (max_dollars, max_requests, max_hours)"]
        return [*told, *self.remarks]

    def _repr_html_(self) -> str:
        head, *rows = self.table()
        cells = "".join("<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in row) + "</tr>" for row in rows)
        notes = "".join(f"<li>{html.escape(note)}</li>" for note in self.notes())
        return f"<table><tr>{''.join(f'<th>{text}</th>' for text in head)}</tr>{cells}</table><ul>{notes}</ul>"


def price_campaign(
    expert: str,
    profile: str,
    size: int = 0,
    max_dollars: float = 0,
    max_requests: int = 0,
    max_hours: float = 0,
) -> CampaignPrice:
    """What a campaign of `size` accepted samples (0: the profile's largest size, or else the expert's own targets) will
    take, and the caps (0: the profile's) at which it ends all the same. After a pilot, its journal says what the full
    campaign will. Nothing is mined for it: what was mined before is reckoned with. Raises `OracleError` for a source
    that the campaign would lack.
    """
    found, chosen = params.load_expert(expert), params.load_profile(profile)
    generation = chosen.generation.capped_at(max_dollars, max_requests, max_hours)
    goal = size or max(generation.sizes, default=sum(found.domains.values()))
    targets, moves = plan_targets(found, goal, generation)
    lots = plan_lots(found, targets, generation)
    characters = _characters(lots, chosen.seed)
    measured = _measured(found.name)
    accepted = Counter[str]()
    for lot in lots:
        accepted.update(teachers_of(lot, generation))
    caps = {name: getattr(generation, name) for name in ("max_dollars", "max_requests", "max_hours")}
    return CampaignPrice(
        expert=found.name,
        profile=chosen.name,
        size=goal,
        teachers=tuple(
            _of_teacher(name, accepted[name], characters, measured, generation.expert.samples) for name in accepted
        ),
        caps={name: value for name, value in caps.items() if value},
        remarks=(
            *(move.in_words() for move in moves),
            *told_of_absent(absent_parts(lots, generation)),
            *(f"{lot.name}: {told}" for lot in lots if (told := lot.material.expected())),
        ),
    )


def wilson(hits: int, trials: int, confidence: float = 0.95) -> Span:
    """The share of hits with Wilson's score interval (1927), which holds for few trials and near 0 and 1 too."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, more = hits / trials, z * z / trials
    middle = (share + more / 2) / (1 + more)
    half = z * math.sqrt(share * (1 - share) / trials + more / (4 * trials)) / (1 + more)
    return Span(expected=share, low=max(0.0, middle - half), high=min(1.0, middle + half))


def _of_teacher(
    name: str, accepted: int, characters: float, measured: Mapping[tuple[str, str], Account], samples: int
) -> TeacherPrice:
    hosted = getattr(params.load_teachers(), name) if name in Teachers.model_fields else None
    model = hosted.model if hosted else {"offline": "tasks"}.get(name, "a registered version")
    limits, prices = (hosted.limits, hosted.prices) if hosted else (Limits(), Prices())
    account = measured.get((name, model))
    share = Span(expected=_ASSUMED_YIELD, low=_ASSUMED_LOW, high=_ASSUMED_HIGH)
    usage = {"input": characters / _CHARACTERS_A_TOKEN, "output": float(_ASSUMED_OUTPUT)} if hosted else {}
    seconds, sendings = (_ASSUMED_SECONDS if hosted else 0.0), 1.0
    if name == "offline":
        share = Span(expected=1, low=1, high=1)
    if account and account.judged:
        share = wilson(account.passing, account.judged)
        usage = {kind: count / account.ended for kind, count in account.usage.items()}
        seconds, sendings = account.seconds / account.answers, account.ended / account.judged
    # Of no answer accepted, the interval's low end still is what to reckon with.
    least = max(share.low, 1e-3)
    needed = Span(
        expected=accepted / max(share.expected, least), low=accepted / max(share.high, least), high=accepted / least
    )
    requests = needed.times(sendings * (samples if name == "expert" else 1))
    dollars = prices.dollars(usage)
    per_minute = limits.requests_per_minute or math.inf
    tokens_per_minute = limits.tokens_per_minute or math.inf
    slowest = max(seconds / limits.concurrency, 60 / per_minute, 60 * usage.get("input", 0) / tokens_per_minute)
    return TeacherPrice(
        teacher=name,
        model=model,
        accepted=accepted,
        share=share,
        measured=account.judged if account else 0,
        requests=requests,
        input=usage.get("input", 0),
        output=usage.get("output", 0) + usage.get("thinking", 0),
        dollars=requests.times(dollars),
        batch_dollars=requests.times(prices.of_a_batch().dollars(usage)) if prices.batch < 1 else None,
        hours=requests.times(slowest / 3600),
    )


def _characters(lots: Iterable[Lot], seed: int) -> float:
    """The mean length of what is sent with a request, over the first requests of each lot."""
    drawn = [request for lot in lots for request in lot.material.glance(seed, _DRAWN)]
    return sum(len(one.system) + len(one.prompt) for one in drawn) / max(1, len(drawn))


def _measured(expert: str) -> dict[tuple[str, str], Account]:
    """What the journals of this expert's campaigns say of each teacher and model, or where it has none, of all."""
    runs = outputs() / "runs"
    found = [*runs.glob(f"*/{expert}/generate/campaign.sqlite")] or [*runs.glob("*/*/generate/campaign.sqlite")]
    merged: dict[tuple[str, str], Account] = {}
    for path in sorted(found):
        for account in accounts(path):
            place = (account.teacher, account.model)
            merged[place] = merged[place].with_more(account) if place in merged else account
    return merged


def _sum(spans: Iterable[Span]) -> Span:
    found = list(spans)
    return Span(
        expected=sum(one.expected for one in found),
        low=sum(one.low for one in found),
        high=sum(one.high for one in found),
    )
