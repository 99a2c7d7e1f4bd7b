"""What a person decided against the gate, kept apart from what the gate decided, and whether today's gate agrees."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from oracle_lib import OracleError, params
from oracle_lib.export.forms import proves_its_code
from oracle_lib.files import display_path, durable_append
from oracle_lib.params import Expert
from oracle_lib.quality import Knowledge, score
from oracle_lib.records import Frozen, read_jsonl
from oracle_lib.run import stage_folder
from oracle_lib.sample import Sample, read_samples


class Overruling(Frozen):
    """One verdict overruled: a test of the gate, with its sample, and, if it is now accepted, a row to train on."""

    sample: Sample
    accept: bool
    reason: str
    who: str = "user"
    when: datetime


def overrule(run: str, expert: str, sample_id: str, accept: bool, reason: str) -> Overruling:
    """Overrules the gate's verdict on a sample of 01, and says why; the last word on a sample counts.

    It is appended to `overruled.jsonl` beside the stages of the run, and 02 heeds it: what is not accepted any more is
    left out; what is accepted now is trained on, if its group is on that side of the split, and never tested with.
    Raises `OracleError` for a sample that 01 does not know or that has this verdict already, for an empty reason, and
    for code that was not run or failed: no person's word makes up for that.
    """
    of = params.load_expert(expert)
    if not reason.strip():
        raise OracleError("a verdict is overruled for a reason; say it in a few words")
    accepted, rejected = _known(run, of, "accepted"), _known(run, of, "rejected")
    sample = accepted.get(sample_id) or rejected.get(sample_id)
    if sample is None:
        raise OracleError(f"01 knows no sample {sample_id} in the run {run} of {of.name}; take an id of export.browse")
    latest = latest_overrulings(run, of).get(sample_id)
    if accept is (latest.accept if latest else sample_id in accepted):
        raise OracleError(
            f"{sample_id} is {'accepted' if accept else 'rejected'} as it is; there is nothing to overrule"
        )
    if accept:
        refuse_unproven(sample)
    made = Overruling(sample=sample, accept=accept, reason=reason.strip(), when=datetime.now(UTC))
    durable_append(overrulings_path(run, of), made.model_dump_json() + "\n")
    return made


def disputed(run: str, expert: str, knowledge: Knowledge) -> list[Overruling]:
    """Where a person's last word and the gate of today still differ: what is overruled tests the gate ever after."""
    last = list(latest_overrulings(run, params.load_expert(expert)).values())
    verdicts = score([one.sample for one in last], knowledge)
    return [one for one, verdict in zip(last, verdicts, strict=True) if verdict.accepted is not one.accept]


def refuse_unproven(sample: Sample) -> None:
    """Raises `OracleError` for a sample with code that was not run, or whose code or facts failed."""
    if not proves_its_code(sample):
        raise OracleError(
            f"{sample.sample_id} cannot be accepted: its code was not run or failed, and nothing that did not run is "
            "trained on; correct the answer and let it in through 01 as a row of your own (docs/sources.md)"
        )


def overrulings_path(run: str, expert: Expert) -> Path:
    return stage_folder(run, expert.name, "generate").parent / "overruled.jsonl"


def latest_overrulings(run: str, expert: Expert) -> dict[str, Overruling]:
    """The last word on each sample, by its id. Raises `OracleError` naming a line that is none."""
    path = overrulings_path(run, expert)
    remedy = f"take the line out of {display_path(path)}"
    found = read_jsonl(Overruling, path, remedy, torn_end=True) if path.exists() else ()
    return {one.sample.sample_id: one for one in found}


def taken_in(verdicts: Mapping[str, Overruling], rejected: Path) -> list[Sample]:
    """The samples of the file that a person's last word lets in, as 01 wrote them. Raises `OracleError` for code that
    was not run or failed, whatever the file of verdicts says.
    """
    wanted = {name for name, one in verdicts.items() if one.accept}
    found = [sample for sample in read_samples(rejected) if sample.sample_id in wanted] if wanted else []
    for sample in found:
        refuse_unproven(sample)
    return found


def _known(run: str, expert: Expert, of: str) -> dict[str, Sample]:
    path = stage_folder(run, expert.name, "generate") / f"{of}.jsonl"
    return {sample.sample_id: sample for sample in read_samples(path)}
