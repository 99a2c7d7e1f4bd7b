"""A release: registered with its report, named after its true base and date, and champion only behind the gates."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import factories
import pytest
from huggingface_hub import ModelCard

from oracle_lib import OracleError, deploy, models, registry
from oracle_lib.files import REPOSITORY, atomic_write, relative, sha256
from oracle_lib.run import Stage, stage_folder

PASSED = {"name": "better_than_base", "threshold": 0.0, "value": 0.21, "passed": True}
FAILED = {"name": "perplexity", "threshold": 3.5, "value": 4.25, "passed": False}
UNMEASURED = {"name": "satisfaction", "threshold": 0.8, "value": None, "passed": None}


def trained(
    *gates: dict[str, object],
    run: str = "demo",
    expert: str = "rauru-assembler",
    weights: bytes = b"weights",
    base: str = "built:0123abcd",
    plain_base: dict[str, object] | None = None,
) -> Path:
    """What 04 and 05 leave behind in a run: an adapter and a report with these gates, whose path is returned."""
    with Stage(run, expert, "train", parameters={}, module="oracle_lib.train.stage", force=True) as stage:
        atomic_write(stage.folder / "adapter" / "adapter_model.safetensors", weights)
        adapter = factories.adapter(
            expert=expert,
            run=run,
            base=base,
            path=relative(stage.folder / "adapter"),
            sha256=sha256(stage.folder / "adapter"),
            rows=480,
            dataset_sha256="1" * 64,
        )
        adapter.write(stage.folder / "adapter.json")
        stage.finish([stage.folder / "adapter.json"], {})
    report = {
        "expert": expert,
        "profile": "demo",
        "n": 32,
        "groups": 16,
        "metrics": {
            "perplexity": {"base": 3.08, "expert": 1.1, "diff": -1.98, "low": -2.2, "high": -1.7, "better": "lower"},
            "passes": {"base": 0.1, "expert": 0.4, "diff": 0.3, "low": 0.21, "high": 0.4, "better": "higher"},
            "exact_match": {"base": 0.0, "expert": None, "diff": None, "low": None, "high": None, "better": "higher"},
        },
        "plain_base": plain_base,
        "benchmark": "passes",
        "gates": gates,
        "lineage": {"test_set": "2" * 64, "adapter": adapter.sha256},
        "verdict": "The expert beats its base on 32 held-out prompts.",
    }
    return atomic_write(stage_folder(run, expert, "evaluate") / "report.json", json.dumps(report))


def test_an_expert_that_passed_every_gate_measured_becomes_champion() -> None:
    trained(PASSED, UNMEASURED)
    release = deploy.release("demo", "rauru", "demo")
    assert release.champion and release.because == "1 of 2 gates hold; not measured: satisfaction"
    assert release.version.name == f"oracle-rauru-assembler-built-{datetime.now(UTC):%Y%m%d}"
    assert registry.aliases("rauru") == {"candidate": release.version.name, "champion": release.version.name}
    assert [gate.name for gate in release.version.unmeasured] == ["satisfaction"]


def test_a_version_records_which_one_taught_it_and_its_card_says_so() -> None:
    trained(PASSED)
    first = deploy.release("demo", "rauru", "demo").version
    assert first.taught_by is None
    campaign = stage_folder("next", "rauru-assembler", "generate") / "stats.json"
    trained(PASSED, run="next", weights=b"others")
    atomic_write(campaign, json.dumps({"run": "next", "taught_by": first.name}))
    release = deploy.release("next", "rauru", "demo")
    assert release.version.taught_by == registry.load(release.version.name).taught_by == first.name
    assert f"| teacher | `{first.name}`, whose own answers" in release.card and first.adapter.sha256 in release.card
    assert "| teacher |" not in (first.folder / "README.md").read_text()


def test_a_failed_gate_leaves_a_candidate_and_is_listed() -> None:
    trained(PASSED, FAILED, UNMEASURED)
    release = deploy.release("demo", "rauru", "demo")
    assert not release.champion
    assert (
        release.because
        == "1 of 3 gates hold; failed: perplexity 4.250 (must be below 3.500); not measured: satisfaction"
    )
    assert registry.aliases("rauru") == {"candidate": release.version.name}


def test_where_the_base_in_its_own_form_is_better_the_release_says_so_first() -> None:
    bleu = {"base": 0.84, "expert": 0.59, "diff": -0.25, "low": -0.45, "high": -0.04, "better": "higher"}
    trained(PASSED, plain_base={"bleu": bleu})
    release = deploy.release("demo", "rauru", "demo")
    assert release.because == "the base in its own form beats it in BLEU (0.840 against 0.590); 1 of 1 gates hold"
    assert "| BLEU | 0.840 | 0.590 | \N{MINUS SIGN}0.250 | [\N{MINUS SIGN}0.450, \N{MINUS SIGN}0.040] |" in release.card


@pytest.mark.parametrize("gates", [(), (UNMEASURED,)])
def test_without_a_measured_gate_nothing_becomes_champion(gates: tuple[dict[str, object], ...]) -> None:
    trained(*gates)
    assert not deploy.release("demo", "rauru", "demo").champion
    assert "champion" not in registry.aliases("rauru")


def test_a_worse_release_leaves_the_champion_in_its_place() -> None:
    trained(PASSED)
    champion = deploy.release("demo", "rauru", "demo").version
    trained(FAILED, run="second", weights=b"worse")
    candidate = deploy.release("second", "rauru", "demo").version
    assert candidate.name == f"{champion.name}-2"
    assert registry.aliases("rauru") == {"candidate": candidate.name, "champion": champion.name}
    assert registry.resolve("hyrule-asm-v1") == champion


def test_the_registry_holds_what_was_trained_and_tested() -> None:
    report = trained(PASSED)
    version = deploy.release("demo", "rauru", "demo").version
    assert (version.adapter.folder / "adapter_model.safetensors").read_bytes() == b"weights"
    assert (version.folder / "report.json").read_bytes() == report.read_bytes()
    assert (version.adapter.run, version.adapter.dataset_sha256, version.adapter.rows) == ("demo", "1" * 64, 480)
    assert "oracle-rauru-assembler-qwen3-coder-14b-20251221" in version.names


def test_a_release_of_the_plans_base_is_named_after_it() -> None:
    trained(PASSED, base="Qwen/Qwen2.5-Coder-14B-Instruct")
    assert deploy.release("demo", "asm", "demo").version.name.startswith("oracle-rauru-assembler-qwen2.5-coder-14b-20")


def test_releasing_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    trained(PASSED)
    first = deploy.release("demo", "rauru", "demo")
    assert deploy.release("demo", "rauru", "demo") == first
    assert "nothing changed" in capsys.readouterr().out
    assert deploy.release("demo", "rauru", "demo", force=True) == first
    assert len(registry.versions()) == 1 and len(registry.history()) == 2


def test_an_alias_moved_since_stays_where_it_was_moved() -> None:
    trained(PASSED)
    first = deploy.release("demo", "rauru", "demo").version
    trained(PASSED, run="second", weights=b"better")
    second = deploy.release("second", "rauru", "demo").version
    deploy.rollback("rauru", "the new one writes to the stack")
    deploy.release("second", "rauru", "demo")
    assert registry.aliases("rauru") == {"candidate": second.name, "champion": first.name}


def test_a_report_about_another_adapter_is_refused() -> None:
    trained(PASSED)
    report = stage_folder("demo", "rauru-assembler", "evaluate") / "report.json"
    old = report.read_bytes()
    trained(PASSED, weights=b"trained again")
    report.write_bytes(old)
    with pytest.raises(OracleError, match=r"is about another adapter or profile .* run 05_evaluate again"):
        deploy.release("demo", "rauru", "demo")
    assert registry.versions() == []


def test_missing_stages_are_named() -> None:
    with pytest.raises(OracleError, match="run 04_train"):
        deploy.release("demo", "rauru", "demo")
    trained(PASSED).unlink()
    with pytest.raises(OracleError, match=r"report\.json is missing; .*'evaluate'"):
        deploy.release("demo", "rauru", "demo")


def test_a_report_that_lost_a_part_is_named() -> None:
    report = trained(PASSED)
    report.write_text(json.dumps(json.loads(report.read_text()) | {"gates": [{"threshold": 1}]}))
    with pytest.raises(OracleError, match=r"report\.json: gates\.0\.name: is missing; run 05_evaluate again"):
        deploy.release("demo", "rauru", "demo")


def test_promotion_stays_behind_the_gate_and_rollback_leads_back() -> None:
    names = []
    for number, gates in enumerate([(PASSED,), (PASSED,), (FAILED,)]):
        trained(*gates, run=f"run{number}", weights=bytes([number]))
        names.append(deploy.release(f"run{number}", "rauru", "demo").version.name)
    with pytest.raises(OracleError, match=r"can't become champion: 0 of 1 gates hold; failed: perplexity 4\.250"):
        deploy.promote("rauru@candidate", "it feels better")
    assert registry.resolve("rauru@champion").name == names[1]
    assert deploy.rollback("hyrule-asm-v1", "a bug").name == names[0]
    assert registry.history("rauru")[-1].why == f"rolled back from {names[1]}: a bug"
    with pytest.raises(OracleError, match="never had another champion"):
        deploy.rollback("rauru", "once more")
    assert deploy.promote(names[1], "the bug was elsewhere").name == names[1]
    assert registry.resolve("asm").name == names[1]
    with pytest.raises(OracleError, match="never had another champion than none"):
        deploy.rollback("yaze", "nothing there")


def test_the_card_is_one_the_hub_reads() -> None:
    trained(PASSED, FAILED, UNMEASURED, base="Qwen/Qwen2.5-Coder-14B-Instruct")
    release = deploy.release("demo", "rauru", "demo")
    card: Any = ModelCard(release.card).data
    assert (card.license, card.base_model, card.library_name, card.language) == (
        "apache-2.0",
        "Qwen/Qwen2.5-Coder-14B-Instruct",
        "peft",
        ["en"],
    )
    scores = {result.metric_type: result.metric_value for result in card.eval_results}
    assert scores == {"perplexity": 1.1, "passes": 0.4}
    assert card.eval_results[0].dataset_revision == "2" * 64


def test_the_card_tells_scores_with_intervals_gates_lineage_and_limits() -> None:
    trained(PASSED, FAILED, UNMEASURED)
    release = deploy.release("demo", "rauru", "demo")
    for line in (
        "| passes | 10.0 % | 40.0 % | +30.0 pp | [+21.0, +40.0] |",
        "| exact match | 0.0 % | not measured | not measured | not measured |",
        "| perplexity | must be below 3.500 | 4.250 | **failed** |",
        "| better than base | in passes, the interval of its lead over the stronger form of the base must lie above 0 "
        "| +21.0 pp | passed |",
        "| satisfaction | must be above 80.0 % | not measured | not measured |",
        "- satisfaction was not measured.",
        "The expert beats its base on 32 held-out prompts.",
        "no facts about the game",
        release.version.adapter.sha256,
        "hyrule-asm-v1",
    ):
        assert line in release.card
    assert "base_model" not in release.card and "license: mit" in release.card
    assert str(registry.root()) not in release.card


def test_the_card_says_how_to_load_the_tokenizer_of_a_base_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    trained(PASSED, base="embedded")
    code = re.search(r"```python\n(from peft.*?)```", deploy.release("demo", "rauru", "demo").card, re.DOTALL)
    assert code
    monkeypatch.chdir(REPOSITORY)
    found: dict[str, Any] = {}
    exec("".join(line for line in code[1].splitlines(keepends=True) if not line.startswith("model =")), found)
    assert found["tokenizer"](code[1])["input_ids"] == models.load_tokenizer("embedded")(code[1])["input_ids"]


def test_the_card_says_that_a_model_which_could_think_is_asked_without() -> None:
    trained(PASSED, base="Qwen/Qwen3-8B")
    card = deploy.release("demo", "rauru", "demo").card
    assert "Ask in the base's chat format with `enable_thinking=False`, under this system prompt:" in card


def test_the_card_of_a_base_from_the_hub_loads_it_as_anybody_would() -> None:
    trained(PASSED, base="Qwen/Qwen2.5-Coder-3B-Instruct")
    card = deploy.release("demo", "rauru", "demo").card
    assert 'base = "Qwen/Qwen2.5-Coder-3B-Instruct"\ntokenizer = AutoTokenizer.from_pretrained(base)\n' in card
    assert "license: other\nlicense_name: qwen-research\n" in card and "tiny base" not in card
