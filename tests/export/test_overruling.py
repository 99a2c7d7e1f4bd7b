"""A person may overrule the gate, for a reason, but not make untested code a row, nor a row a test."""

from pathlib import Path

import pytest
from small_samples import sample_of, samples, written

from oracle_lib import OracleError
from oracle_lib.export import disputed, export_dataset, overrule
from oracle_lib.export.left_out import Why
from oracle_lib.export.overruling import latest_overrulings
from oracle_lib.params import load_expert
from oracle_lib.quality import Knowledge
from oracle_lib.records import to_jsonl
from oracle_lib.run import stage_folder
from oracle_lib.sample import Domain, Sample, Split, Task, Verification, split_of

RAURU = load_expert("rauru")


def prose(symbol: str) -> Sample:
    said = "It waits until the beam has left the screen, and only then writes to the palette."
    return written(f"What does {symbol} do?", said, symbol, task=Task.EXPLAIN)


def on(side: Split) -> str:
    names = (f"Wait{n}" for n in range(999))
    return next(name for name in names if split_of(f"disassembly:bank.asm:{name}", 0.06, 0.1) is side)


@pytest.fixture
def campaign() -> Path:
    folder = stage_folder("r", RAURU.name, "generate")
    folder.mkdir(parents=True)
    (folder / "accepted.jsonl").write_text(to_jsonl(samples(8)))
    (folder / "rejected.jsonl").write_text(to_jsonl([prose(on(Split.TRAIN)), prose(on(Split.TEST))]))
    return folder


def ids(tmp_path: Path, side: str) -> str:
    [folder] = (tmp_path / "runs/r" / RAURU.name / "export").glob("oracle*")
    return (folder / f"{side}.jsonl").read_text()


def test_what_a_person_lets_in_is_trained_on_and_what_one_refuses_is_left_out(campaign: Path, tmp_path: Path) -> None:
    refused, let_in = samples(8)[0], prose(on(Split.TRAIN))
    assert let_in.sample_id not in str(export_dataset("r", "rauru", "demo"))
    overrule("r", "rauru", refused.sample_id, accept=False, reason="it says nothing")
    overrule("r", "rauru", let_in.sample_id, accept=True, reason="the judge was wrong")
    card = export_dataset("r", "rauru", "demo")
    assert card.left_out == {Why.OVERRULED: 1} and card.accepted == len(samples(8)) + 1
    assert let_in.sample_id in ids(tmp_path, "train")
    assert not any(refused.sample_id in ids(tmp_path, side) for side in ("train", "val", "test"))


def test_what_a_person_lets_in_is_never_a_test_row(campaign: Path, tmp_path: Path) -> None:
    let_in = prose(on(Split.TEST))
    overrule("r", "rauru", let_in.sample_id, accept=True, reason="it is fine")
    assert export_dataset("r", "rauru", "demo").left_out == {Why.OVERRULED: 1}
    assert not any(let_in.sample_id in ids(tmp_path, side) for side in ("train", "val", "test"))


def test_the_last_word_counts_and_all_of_them_are_kept_with_their_samples_as_tests_of_the_gate(campaign: Path) -> None:
    one = samples(8)[0]
    for accept, reason in ((False, "too short"), (True, "short is good")):
        made = overrule("r", "rauru", one.sample_id, accept=accept, reason=reason)
        assert (made.sample, made.who, made.reason) == (one, "user", reason)
    assert export_dataset("r", "rauru", "demo").left_out == {}
    assert len((campaign.parent / "overruled.jsonl").read_text().splitlines()) == 2
    assert latest_overrulings("r", RAURU)[one.sample_id].accept


def test_what_was_overruled_tests_the_gate_ever_after(campaign: Path) -> None:
    wrong, right = samples(8)[:2]
    overrule("r", "rauru", wrong.sample_id, accept=False, reason="it says nothing")
    overrule("r", "rauru", right.sample_id, accept=False, reason="too short")
    overrule("r", "rauru", right.sample_id, accept=True, reason="short is good")
    assert [one.sample.sample_id for one in disputed("r", "rauru", Knowledge())] == [wrong.sample_id]


def unproven() -> list[Sample]:
    code = sample_of("Clear it.", "```asm\nGo:\n    STZ.w $0720\n    RTS\n```", "a:1")
    assert code.verification
    failed = code.verification.model_copy(update={"passes": False})
    unfenced = "Use this:\nLDA #$05\nSTA $0720\nINC $0721\nRTS"
    return [
        code.model_copy(update={"verification": failed}),
        code.model_copy(update={"verification": Verification(contract=failed.contract, passes=True, cases=0)}),
        code.model_copy(update={"verification": None, "task": Task.ANSWER}),
        written("How?", unfenced, "X", task=Task.ANSWER),
        written("How?", "Just write it.", "X", domain=Domain.ASM, task=Task.WRITE),
    ]


@pytest.mark.parametrize("number", range(len(unproven())))
def test_code_that_was_not_run_or_failed_is_not_let_in_by_the_call_nor_by_editing_the_file(
    campaign: Path, number: int
) -> None:
    sample = unproven()[number]
    (campaign / "rejected.jsonl").write_text(to_jsonl([sample]))
    with pytest.raises(OracleError, match="cannot be accepted: its code was not run or failed"):
        overrule("r", "rauru", sample.sample_id, accept=True, reason="looks right to me")
    assert not (campaign.parent / "overruled.jsonl").exists()
    (campaign / "rejected.jsonl").write_text(to_jsonl([prose(on(Split.TRAIN))]))
    made = overrule("r", "rauru", prose(on(Split.TRAIN)).sample_id, accept=True, reason="fine")
    forged = made.model_copy(update={"sample": sample})
    (campaign.parent / "overruled.jsonl").write_text(forged.model_dump_json() + "\n")
    (campaign / "rejected.jsonl").write_text(to_jsonl([sample]))
    with pytest.raises(OracleError, match=f"{sample.sample_id} cannot be accepted"):
        export_dataset("r", "rauru", "demo")


@pytest.mark.parametrize(
    ("sample_id", "accept", "reason", "problem"),
    [
        ("f" * 16, False, "why not", "01 knows no sample ffffffffffffffff in the run r of rauru-assembler"),
        (samples(8)[0].sample_id, True, "why not", "is accepted as it is; there is nothing to overrule"),
        (prose(on(Split.TRAIN)).sample_id, False, "why not", "is rejected as it is"),
        (samples(8)[0].sample_id, False, " ", "for a reason; say it in a few words"),
    ],
)
def test_what_cannot_be_overruled_is_said(
    campaign: Path, sample_id: str, accept: bool, reason: str, problem: str
) -> None:
    with pytest.raises(OracleError, match=problem):
        overrule("r", "rauru", sample_id, accept=accept, reason=reason)
