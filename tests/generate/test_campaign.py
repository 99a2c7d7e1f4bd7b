"""A campaign keeps its promises: targets of accepted samples, nothing lost or done twice, the same bytes every time."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from faulty_families import FLAWED

from oracle_lib import OracleError, params, verify
from oracle_lib.generate import CampaignStats, materials, requests, run_campaign
from oracle_lib.generate.draws import Draws
from oracle_lib.generate.plan import plan_lots, plan_targets, teachers_of
from oracle_lib.params import Generation, load_expert, load_profile
from oracle_lib.sample import Domain, Sample, read_samples
from oracle_lib.tasks import KINDS, VALIDATION_KINDS, Family, Problem, families

SIZE = 60


def folder(outputs: Path) -> Path:
    return outputs / "runs" / "r" / "rauru-assembler" / "generate"


def accepted(outputs: Path) -> list[Sample]:
    return list(read_samples(folder(outputs) / "accepted.jsonl"))


def rows(outputs: Path, question: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder(outputs) / "campaign.sqlite") as database:
        return database.execute(question).fetchall()


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The outputs of one campaign of `SIZE` samples, to read from."""
    with pytest.MonkeyPatch.context() as environment:
        outputs = tmp_path_factory.mktemp("finished")
        environment.setenv("ORACLE_OUTPUTS", str(outputs))
        run_campaign("r", "rauru", "demo", SIZE)
        yield outputs


def test_it_accepts_as_many_samples_as_asked_for_all_of_them_run_and_scored(finished: Path) -> None:
    stats = CampaignStats.read(folder(finished) / "stats.json")
    samples = accepted(finished)
    assert stats.is_complete and len(samples) == stats.accepted == stats.size == SIZE
    assert all(s.verification and s.verification.passes and s.verification.cases >= 8 for s in samples)
    assert all(s.quality and s.quality.accepted and not s.quality.reasons for s in samples)
    assert len({s.sample_id for s in samples}) == SIZE


def test_a_stored_contract_judges_its_own_answer_again(finished: Path) -> None:
    for sample in accepted(finished)[::6]:
        assert sample.verification
        contract = verify.AsmContract.model_validate(sample.verification.contract)
        assert verify.check(verify.extract_code(sample.output), contract).passes
        assert not verify.check("Nothing:\n RTS", contract).passes


def test_the_mix_is_balanced_over_families(finished: Path) -> None:
    for domain in Domain:
        asked = {(s.source.path, s.group, s.input) for s in accepted(finished) if s.domain is domain}
        counts = Counter(family for family, _, _ in asked)
        assert max(counts.values(), default=0) - min(counts.values(), default=0) <= 1


def test_the_stats_add_up_and_match_the_files(finished: Path) -> None:
    stats = CampaignStats.read(folder(finished) / "stats.json")
    samples = accepted(finished)
    rejected = list(read_samples(folder(finished) / "rejected.jsonl"))
    assert {domain: tally.accepted for domain, tally in stats.domains.items()} == Counter(s.domain for s in samples)
    assert {name: tally.accepted for name, tally in stats.families.items() if tally.accepted} == Counter(
        s.source.path for s in samples
    )
    assert sum(tally.target or 0 for tally in stats.domains.values()) == SIZE
    assert (stats.rejected, stats.attempts) == (len(rejected), len(samples) + len(rejected))
    assert stats.groups == len({s.group for s in samples})


def test_two_undisturbed_campaigns_write_equal_bytes(finished: Path, outputs: Path) -> None:
    run_campaign("r", "rauru", "demo", SIZE)
    for name in ("accepted.jsonl", "rejected.jsonl", "stats.json"):
        assert (folder(outputs) / name).read_bytes() == (folder(finished) / name).read_bytes()


def test_a_killed_campaign_goes_on_where_it_stopped_and_ends_like_an_undisturbed_one(
    finished: Path, outputs: Path
) -> None:
    code = f"from oracle_lib.generate import run_campaign; run_campaign('r', 'rauru', 'demo', {SIZE})"
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL, env=dict(os.environ))
    deadline = time.monotonic() + 300
    while count_verdicts(outputs) < 15 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "the campaign ended before it could be killed"
    before = dict(rows(outputs, "SELECT key, judged FROM verdicts"))
    asked = dict(rows(outputs, "SELECT key, asked FROM requests"))
    assert not (folder(outputs) / "accepted.jsonl").exists()

    run_campaign("r", "rauru", "demo", SIZE)
    after = dict(rows(outputs, "SELECT key, judged FROM verdicts"))
    assert len(before) >= 15
    assert before.items() <= after.items(), "a verdict was lost or reached a second time"
    assert asked.items() <= dict(rows(outputs, "SELECT key, asked FROM requests")).items()
    assert rows(outputs, "PRAGMA integrity_check") == [("ok",)]
    assert (folder(outputs) / "accepted.jsonl").read_bytes() == (folder(finished) / "accepted.jsonl").read_bytes()
    for table in ("requests", "drafts", "verdicts"):
        keys = f"SELECT {'request' if table == 'drafts' else 'key'} FROM {table} ORDER BY 1"
        assert rows(outputs, keys) == rows(finished, keys)


def count_verdicts(outputs: Path) -> int:
    try:
        return int(str(rows(outputs, "SELECT count(*) FROM verdicts")[0][0]))
    except sqlite3.OperationalError:
        return 0


def test_a_larger_campaign_in_the_same_run_keeps_what_the_smaller_one_verified(outputs: Path) -> None:
    run_campaign("r", "rauru", "demo", 20)
    small, judged = {s.sample_id for s in accepted(outputs)}, dict(rows(outputs, "SELECT key, judged FROM verdicts"))
    run_campaign("r", "rauru", "demo", 40)
    assert small <= {s.sample_id for s in accepted(outputs)}
    assert judged.items() <= dict(rows(outputs, "SELECT key, judged FROM verdicts")).items()


def test_a_finished_campaign_is_kept_and_force_starts_over(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_campaign("r", "rauru", "demo", 10)
    first = rows(outputs, "SELECT key, judged FROM verdicts ORDER BY key")
    content = (folder(outputs) / "accepted.jsonl").read_bytes()
    run_campaign("r", "rauru", "demo", 10)
    assert "nothing changed" in capsys.readouterr().out
    assert rows(outputs, "SELECT key, judged FROM verdicts ORDER BY key") == first
    run_campaign("r", "rauru", "demo", 10, force=True)
    again = rows(outputs, "SELECT key, judged FROM verdicts ORDER BY key")
    assert [key for key, _ in again] == [key for key, _ in first] and again != first
    assert (folder(outputs) / "accepted.jsonl").read_bytes() == content


def test_the_domain_that_is_off_goes_to_others_by_the_experts_rule_and_says_so(outputs: Path) -> None:
    stats = run_campaign("r", "rauru", "demo", 10)
    off = next(move for move in stats.moves if move.domain is Domain.GIGALEAK)
    assert off.share == pytest.approx(8000 / 28500, abs=1e-5)
    assert off.to == {
        Domain.ASM: pytest.approx(4800 / 28500, abs=1e-5),
        Domain.ORACLE: pytest.approx(2400 / 28500, abs=1e-5),
        Domain.ERRORS: pytest.approx(800 / 28500, abs=1e-5),
    }
    assert any("gigaleak" in note for note in stats.notes())


def test_the_share_of_a_domain_without_families_goes_to_the_rest_in_proportion(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of_asm = {Domain.ASM: [families()["add_words"]], Domain.ORACLE: [families()["add_words"]]}
    monkeypatch.setattr(materials, "families_of", lambda *_, **__: of_asm)
    targets, moves = plan_targets(load_expert("rauru"), 1000, Generation())
    assert sum(targets.values()) == 1000
    assert targets[Domain.ASM] / targets[Domain.ORACLE] == pytest.approx((15000 + 4800) / (4000 + 2400), rel=0.01)
    assert {move.domain for move in moves} == {Domain.GIGALEAK, Domain.ERRORS}


@pytest.mark.parametrize("size", [1, 7, 20, 480, 28500])
def test_targets_sum_to_the_size(size: int) -> None:
    targets, _ = plan_targets(load_expert("rauru"), size, Generation())
    assert sum(targets.values()) == size


def test_a_story_expert_gets_one_clear_sentence(outputs: Path) -> None:
    with pytest.raises(OracleError, match="no task family for nayru-canon") as caught:
        run_campaign("r", "nayru", "demo", 10)
    assert "\n" not in str(caught.value)


def test_an_expert_whose_families_the_profile_leaves_out_is_told_so() -> None:
    with pytest.raises(
        OracleError, match=r"sheik-debugger \(domains: errors\) here; choose a profile that draws from all"
    ):
        plan_targets(load_expert("sheik"), 10, Generation(families=("add_words",)))
    targets, moves = plan_targets(load_expert("rauru"), 10, Generation(families=("add_words", "hook_value")))
    assert targets.keys() == {Domain.ASM, Domain.ORACLE}
    assert [move.why for move in moves if move.domain is Domain.ERRORS] == [
        "because this profile draws from no task family for it"
    ]


@pytest.fixture
def mixed(monkeypatch: pytest.MonkeyPatch) -> Generation:
    """A mixture of two parts that share the domains of assembly, but for errors, which only templates have."""
    monkeypatch.setitem(requests.KINDS_OF["asm"], "composed", ("validation",))
    return Generation(mixture={"templates": 0.25, "composed": 0.75})


def test_the_parts_of_a_mixture_share_every_domain_that_both_have_families_for(mixed: Generation) -> None:
    rauru = load_expert("rauru")
    targets, _ = plan_targets(rauru, 1000, mixed)
    lots = {(lot.domain, lot.part): lot for lot in plan_lots(rauru, targets, mixed)}
    for domain in (Domain.ASM, Domain.ORACLE):
        templates, composed = lots[domain, "templates"].target, lots[domain, "composed"].target
        assert templates + composed == targets[domain]
        assert composed == pytest.approx(0.75 * targets[domain], abs=1)
    assert (Domain.ERRORS, "composed") not in lots
    assert lots[Domain.ERRORS, "templates"].target == targets[Domain.ERRORS]


def test_what_the_families_of_templates_may_not_give_the_other_parts_do(mixed: Generation) -> None:
    rauru, capped = load_expert("rauru"), mixed.model_copy(update={"per_family": 5})
    targets, _ = plan_targets(rauru, 20_000, capped)
    lots = {(lot.domain, lot.part): lot for lot in plan_lots(rauru, targets, capped)}
    templates, composed = lots[Domain.ASM, "templates"], lots[Domain.ASM, "composed"]
    assert templates.target == templates.material.most < templates.share, "two problems of two phrasings"
    assert templates.target + composed.target == targets[Domain.ASM]
    errors = lots[Domain.ERRORS, "templates"]
    assert errors.target == errors.material.most < targets[Domain.ERRORS], "there is no other part"


def test_a_mixture_is_told_and_composed_problems_are_asked_once(
    mixed: Generation, outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = load_profile("demo").model_copy(update={"generation": mixed.model_copy(update={"per_family": 2})})
    monkeypatch.setattr(params, "load_profile", lambda name: profile)
    stats = run_campaign("r", "rauru", "demo", 300)
    by_kind: dict[str, list[Sample]] = {}
    for sample in accepted(outputs):
        by_kind.setdefault(families(KINDS)[sample.source.path].kind, []).append(sample)
    composed, templates = by_kind.pop("validation"), [sample for of_kind in by_kind.values() for sample in of_kind]
    assert stats.is_complete
    assert stats.mixture["composed"].accepted == len(composed) == len({s.group for s in composed})
    assert stats.mixture["templates"].accepted == len(templates)
    assert max(Counter(s.source.path for s in templates).values()) == 2
    family, asked = families(("validation",))["undo_delta"], [s for s in composed if s.source.path == "undo_delta"]
    said = [family.draw(random.Random(f"{profile.seed}:undo_delta:{n}")).instructions for n in range(len(asked))]
    assert [s.instruction for s in asked] == [of_one[n % len(of_one)] for n, of_one in enumerate(said)]
    assert stats.left_out > 0
    assert any(f"{stats.left_out} rows of templates were left out" in note for note in stats.notes())


def test_no_part_of_any_mixture_teaches_what_validates_or_is_held_out() -> None:
    kinds = {kind for parts in requests.KINDS_OF.values() for of_part in parts.values() for kind in of_part}
    assert not kinds & {*VALIDATION_KINDS, "held_out"}


def _repeating(rng: object) -> Problem:
    return families()["add_words"].draw(random.Random(1))


def test_a_problem_drawn_twice_is_skipped_and_a_family_without_more_is_left_out() -> None:
    draws = Draws([Family("once", "asm", "tests", _repeating), families()["swap_words"]], seed=1)
    first = [problem.group for _, problem in islice(draws, 6)]
    assert len(set(first)) == 6
    assert draws.exhausted == ["once"] and draws.duplicates == 50


def test_a_family_gives_no_more_problems_than_it_may() -> None:
    draws = Draws([families()["add_words"], families()["swap_words"]], 1, most=3)
    assert [problem.family for _, problem in islice(draws, 10)] == ["add_words", "swap_words"] * 3


def test_two_defects_of_one_routine_are_two_problems() -> None:
    def broken(rng: random.Random) -> Problem:
        return (
            families()["add_words"]
            .draw(random.Random(1))
            .model_copy(update={"parameters": {"broken": rng.random()}, "derived_from": "add_words:1"})
        )

    drawn = [problem for _, problem in islice(Draws([Family("broken", "repair", "tests", broken)], seed=1), 3)]
    assert [problem.group for problem in drawn] == ["add_words:1"] * 3


def test_every_draw_follows_from_seed_family_and_index() -> None:
    for index, drawn in enumerate(islice(Draws([families()["swap_words"]], seed=9), 3)):
        assert drawn == (index, families()["swap_words"].problem(f"9:swap_words:{index}"))


def _with_wrong_answer(rng: object) -> Problem:
    problem = families()["add_words"].draw(rng)  # type: ignore[arg-type]
    return problem.model_copy(update={"references": (problem.references[0].replace("ADC", "SBC"),)})


def test_a_draw_that_fails_is_told_and_counted_and_the_campaign_is_complete(
    outputs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = load_profile("demo").model_copy(update={"seed": 7})
    monkeypatch.setattr(params, "load_profile", lambda name: profile)
    monkeypatch.setattr(materials, "families_of", lambda *_, **__: {Domain.ASM: [families()["swap_words"], FLAWED]})
    stats = run_campaign("r", "rauru", "demo", 16)
    [(reason, count)] = stats.failed_draws["flawed"].items()
    assert stats.is_complete and count == 1
    assert f"1 draw of flawed failed and was left out: {reason}; report it" in capsys.readouterr().out
    assert json.loads((folder(outputs) / "manifest.json").read_text())["metrics"]["failed_draws"] == stats.failed_draws


def test_a_wrong_answer_is_rejected_with_what_it_did_and_costs_an_attempt(
    outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound, wrong = families()["swap_words"], Family("add_words", "asm", "tests", _with_wrong_answer)
    monkeypatch.setattr(materials, "families_of", lambda *_, **__: {Domain.ASM: [sound, wrong]})
    stats = run_campaign("r", "rauru", "demo", 8)
    rejected = [json.loads(line) for line in (folder(outputs) / "rejected.jsonl").read_text().splitlines()]
    assert stats.accepted == 8 and stats.rejected == len(rejected) > 0
    assert {s.source.path for s in accepted(outputs)} == {"swap_words"}
    assert all("expected" in " ".join(reason["text"] for reason in row["quality"]["reasons"]) for row in rejected)
    assert stats.reasons["fails its contract"] == len(rejected)


def _that_cannot_be_run(rng: object) -> Problem:
    problem = families()["add_words"].draw(rng)  # type: ignore[arg-type]
    contract = problem.contract.model_copy(update={"host": {0x710000: b"\x60"}})
    return problem.model_copy(update={"contract": contract})


def test_a_contract_that_cannot_be_run_is_no_answers_fault(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound, bad = families()["swap_words"], Family("add_words", "asm", "tests", _that_cannot_be_run)
    monkeypatch.setattr(materials, "families_of", lambda *_, **__: {Domain.ASM: [sound, bad]})
    stats = run_campaign("r", "rauru", "demo", 8)
    assert stats.accepted == stats.attempts == 8 and stats.rejected == 0
    assert {s.source.path for s in accepted(outputs)} == {"swap_words"}
    (fault,) = stats.faults
    assert fault.startswith("add_words: the contract cannot be run: The 1 bytes at $710000")
    assert any(fault in note for note in stats.notes())


def test_attempts_are_capped_and_the_shortfall_is_told(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Family("add_words", "asm", "tests", _with_wrong_answer)
    monkeypatch.setattr(materials, "families_of", lambda *_, **__: {Domain.ASM: [wrong]})
    stats = run_campaign("r", "rauru", "demo", 4)
    assert not stats.is_complete and stats.accepted == 0 and stats.attempts == 12
    assert any("0 of 4" in note for note in stats.notes())


def test_of_a_thousand_accepted_samples_each_teacher_is_to_give_its_share_within_a_point() -> None:
    generation = Generation(
        teachers={"gemini": 0.7, "ollama": 0.3}, mixture={"templates": 0.2, "composed": 0.5, "understanding": 0.3}
    )
    rauru = load_expert("rauru")
    targets, _ = plan_targets(rauru, 1000, generation)
    lots = plan_lots(rauru, targets, generation)
    shares = [teachers_of(lot, generation) for lot in lots]
    assert sum(share["gemini"] for share in shares) == pytest.approx(700, abs=10)
    assert [sum(share.values()) for share in shares] == [lot.target for lot in lots]
