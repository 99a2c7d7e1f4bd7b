"""Looks at a campaign's samples and at the data set made of them: tables to filter, and the near misses. Decides
nothing.
"""

import html
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import ipywidgets as widgets
import pandas as pd

from oracle_lib import OracleError, params
from oracle_lib.export.card import DatasetCard
from oracle_lib.export.forms import ngrams
from oracle_lib.export.left_out import LEFT_OUT, LeftOut
from oracle_lib.export.overruling import latest_overrulings
from oracle_lib.export.rows import count_tokens, family_of
from oracle_lib.files import outputs
from oracle_lib.records import DatasetRow, read_jsonl
from oracle_lib.run import stage_folder
from oracle_lib.sample import Sample, read_samples

SCORES = ("overall", "coherence", "hallucination", "knowledge", "diversity")
_SHOWN = 20
_FILTERS = ("verdict", "domain", "task", "family", "kinds", "left_out")


def browse(run: str, expert: str) -> pd.DataFrame:
    """Every sample of the campaign, accepted and rejected, a row each; `sample_id` is the index.

    `verdict` is the gate's, `overruled` a person's last word against it (empty: none), `kinds` and `reasons` why the
    gate rejected it or what it left unchecked, `left_out` why an accepted one is in no file of the last export. Filter
    it as any table: `found[(found.verdict == "rejected") & found.reasons.str.contains("width")]`.
    """
    of = params.load_expert(expert)
    folder = stage_folder(run, of.name, "generate")
    path = stage_folder(run, of.name, "export") / LEFT_OUT
    left_out = {one.sample_id: one.why.value for one in read_jsonl(LeftOut, path, "")} if path.exists() else {}
    overruled = latest_overrulings(run, of)
    rows = [
        _row(sample, verdict, left_out, "" if sample.sample_id not in overruled else overruled[sample.sample_id].reason)
        for verdict in ("accepted", "rejected")
        for sample in read_samples(folder / f"{verdict}.jsonl")
    ]
    if not rows:
        raise OracleError(f"the run {run} of {of.name} has no sample to look at; run 01_generate")
    return pd.DataFrame(rows).set_index("sample_id")


def _row(sample: Sample, verdict: str, left_out: Mapping[str, str], overruled: str) -> dict[str, Any]:
    quality = sample.quality
    reasons = quality.reasons if quality else ()
    return {
        "sample_id": sample.sample_id,
        "verdict": verdict,
        "overruled": overruled,
        "domain": sample.domain.value,
        "task": sample.task.value,
        "family": family_of(sample),
        "kinds": ", ".join(dict.fromkeys(reason.kind.value for reason in reasons)),
        "reasons": "; ".join(reason.text for reason in reasons),
        "left_out": left_out.get(sample.sample_id, ""),
        **{name: getattr(quality, name) if quality else float("nan") for name in SCORES},
        "prompt": sample.prompt,
        "output": sample.output,
    }


class _Browser(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Where no widget can be shown, as in a saved page, its last part stands alone."""

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {**super()._repr_mimebundle_(**kwargs), "text/html": self.children[-1].value}


def browser(found: pd.DataFrame) -> widgets.VBox:
    """The table of `browse` with a menu for each of its narrow columns, a search box for the words, and the first rows
    that fit, whole. In a saved page stand the first rows of all.
    """
    menus = {name: _menu(found, name) for name in _FILTERS}
    search = widgets.Text(description="words", placeholder="in prompt, output or reasons", continuous_update=False)
    shown = widgets.HTML()

    def show(_: object = None) -> None:
        fitting = found
        for name, menu in menus.items():
            if menu.value is not None:
                fitting = fitting[fitting[name] == menu.value]
        words = fitting["prompt"] + "\n" + fitting["output"] + "\n" + fitting["reasons"]
        fitting = fitting[words.str.contains(search.value, case=False, regex=False)]
        first = f"; here are the first {_SHOWN}" if len(fitting) > _SHOWN else ""
        cards = "".join(map(_card, fitting.head(_SHOWN).itertuples()))
        shown.value = f"<p>{len(fitting)} of {len(found)} samples{first}</p>{cards}"

    for control in (*menus.values(), search):
        control.observe(show, names="value")
    show()
    return _Browser([widgets.HBox(list(menus.values())), search, shown])


def _menu(found: pd.DataFrame, column: str) -> widgets.Dropdown:
    counts = found[column].value_counts()
    options = [("any", None), *((f"{name or 'none'} ({counts[name]})", name) for name in sorted(counts.index))]
    return widgets.Dropdown(options=options, description=column)


def _card(row: Any) -> str:
    head = f"{row.Index} · {row.verdict} · {row.domain} · {row.task} · {row.family} · overall {row.overall:.2f}"
    why = "; ".join(filter(None, (row.reasons, row.left_out, row.overruled)))
    texts = "".join(f"<pre>{html.escape(text)}</pre>" for text in (row.prompt, row.output))
    return f"<details><summary>{html.escape(head)} <em>{html.escape(why)}</em></summary>{texts}</details>"


def read_left_out(card: DatasetCard) -> list[LeftOut]:
    """What is in no file of the data set, by reason."""
    path = (outputs() / card.path).parent / LEFT_OUT
    return list(read_jsonl(LeftOut, path, "run 02_export again"))


def read_rows(card: DatasetCard) -> dict[str, list[DatasetRow]]:
    """The rows of the data set, by the names of its sides."""
    folder = outputs() / card.path
    return {side: list(read_jsonl(DatasetRow, folder / f"{side}.jsonl", "run 02_export again")) for side in card.sides}


def row_lengths(card: DatasetCard) -> pd.DataFrame:
    """The tokens of every row, by side; nothing where the base's tokenizer was not at hand."""
    tokens = {
        side: count_tokens(rows, card.lengths.base) for side, rows in read_rows(card).items() if card.lengths and rows
    }
    return pd.DataFrame(
        [(side, count) for side, counts in tokens.items() for count in counts], columns=["side", "tokens"]
    )


class Neighbour(NamedTuple):
    """A held-out row and the row to train on that is most like it: the share of runs of five tokens of either answer
    that both have.
    """

    held_out: DatasetRow
    trained: DatasetRow
    alike: float


def nearest(held_out: Sequence[DatasetRow], trained: Sequence[DatasetRow]) -> list[Neighbour]:
    """The nearest row to train on of each held-out row, the most alike first. Compares answers, whatever was asked."""
    holders: dict[str, list[int]] = defaultdict(list)
    sizes = []
    for number, row in enumerate(trained):
        grams = set(ngrams(row.reference, 5))
        sizes.append(len(grams))
        for gram in grams:
            holders[gram].append(number)
    found = []
    for row in held_out:
        grams = set(ngrams(row.reference, 5))
        shared: dict[int, int] = defaultdict(int)
        for gram in grams:
            for number in holders.get(gram, ()):
                shared[number] += 1
        alike, place = max(
            ((count / (len(grams) + sizes[number] - count), -number) for number, count in shared.items()),
            default=(0.0, 0),
        )
        found.append(Neighbour(row, trained[-place], alike))
    return sorted(found, key=lambda one: (-one.alike, one.held_out.sample_id))
