"""A registered version teaches the next: it answers in batches, what holds is kept, and a kill loses only the batch in
flight.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import factories
import pytest
import torch
from peft import LoraConfig, get_peft_model

from oracle_lib import OracleError, models, params, registry, verify
from oracle_lib.bases import base_digest
from oracle_lib.chat import Row, encode
from oracle_lib.files import atomic_write, relative, sha256
from oracle_lib.generate import CampaignStats, run_campaign
from oracle_lib.params import Generation, SelfTeaching
from oracle_lib.records import Message
from oracle_lib.sample import Sample, read_samples
from oracle_lib.tasks import families

TAUGHT, UNKNOWN = ("change_flag", "negate_word"), "copy_block"
SIZE = 16


# A campaign of families that the version was taught, and of one that it was not.
PROFILE = params.load_profile("demo").model_copy(
    update={
        "generation": Generation(
            teachers={"offline": 0.3, "expert": 0.7},
            expert=SelfTeaching(samples=3, temperature=0.7, max_new_tokens=110),
            families=(*TAUGHT, UNKNOWN),
            sizes=(SIZE,),
        )
    }
)


def taught_rows() -> list[Row]:
    """How two families are answered, as the expert's data sets put it."""
    tokenizer, system = models.load_tokenizer("embedded"), params.load_expert("rauru").system_prompt
    problems = [families()[name].draw(random.Random(f"{name}:{index}")) for index in range(16) for name in TAUGHT]
    chats: list[list[Message]] = [
        [
            {"role": "system", "content": system},
            {"role": "user", "content": problem.instructions[index % 2]},
            {"role": "assistant", "content": problem.answer},
        ]
        for index, problem in enumerate(problems)
    ]
    return [encode(tokenizer, chat) for chat in chats]


def train_adapter(folder: Path) -> None:
    """The embedded base needs few steps to put code that it knows into a fence."""
    torch.manual_seed(0)
    lora = LoraConfig(r=16, lora_alpha=32, target_modules="all-linear", task_type="CAUSAL_LM")
    tuned: Any = get_peft_model(models.load_base("embedded", nf4=False, to_train=True), lora)
    optimiser = torch.optim.AdamW([weight for weight in tuned.parameters() if weight.requires_grad], lr=3e-3)
    rows = taught_rows()
    for start in range(0, 48, 4):
        batch = [rows[index % len(rows)] for index in range(start, start + 4)]
        longest = max(len(row.ids) for row in batch)
        ids, labels = (
            torch.tensor([getattr(row, name) + [filler] * (longest - len(row.ids)) for row in batch])
            for name, filler in (("ids", 0), ("labels", -100))
        )
        tuned(input_ids=ids, labels=labels, attention_mask=(labels != -100) | (ids != 0)).loss.backward()
        optimiser.step()
        optimiser.zero_grad()
    tuned.save_pretrained(folder)


def register(outputs: Path, day: int) -> str:
    """The adapter as the candidate, under the name of a day."""
    adapter = factories.adapter(
        base_sha256=base_digest("embedded"), path=relative(outputs / "adapter"), sha256=sha256(outputs / "adapter")
    )
    report = atomic_write(outputs / "report.json", "{}")
    version = registry.register(adapter, report, (), date(2026, 11, day))
    return registry.move("candidate", version.name, "for a test").name


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Outputs with a registered candidate, and one finished campaign in which it taught."""
    folder = tmp_path_factory.mktemp("taught")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORACLE_OUTPUTS", str(folder))
        patch.setattr(params, "load_profile", lambda name: PROFILE)
        train_adapter(folder / "adapter")
        register(folder, 1)
        run_campaign("whole", "rauru", "demo")
        yield folder


@pytest.fixture(autouse=True)
def in_world(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(world))


def folder(world: Path, run: str) -> Path:
    return world / "runs" / run / "rauru-assembler" / "generate"


def rows(world: Path, run: str, question: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder(world, run) / "campaign.sqlite") as database:
        return database.execute(question).fetchall()


def by_expert(world: Path, name: str) -> list[Sample]:
    samples = read_samples(folder(world, "whole") / name)
    return [sample for sample in samples if sample.teacher.name == "expert"]


def test_what_it_answered_right_is_among_the_samples_with_its_name_and_the_states_it_held_in(world: Path) -> None:
    stats, accepted = CampaignStats.read(folder(world, "whole") / "stats.json"), by_expert(world, "accepted.jsonl")
    version = registry.resolve("rauru@candidate").name
    assert stats.is_complete and stats.taught_by == version == "oracle-rauru-assembler-embedded-20261101"
    assert len(accepted) >= 3 and {sample.teacher.model for sample in accepted} == {version}
    for sample in accepted:
        assert sample.source.path in TAUGHT and sample.teacher.usage["tokens"] > 10
        assert sample.verification and sample.verification.cases >= 8 + 32
        contract = verify.AsmContract.model_validate(sample.verification.contract)
        assert sample.output.startswith("```asm\n") and sample.output.count("```") == 2
        assert verify.check(verify.extract_code(sample.output), contract).passes


def test_what_it_got_wrong_is_kept_apart_with_the_reasons(world: Path) -> None:
    rejected = by_expert(world, "rejected.jsonl")
    assert UNKNOWN in {sample.source.path for sample in rejected}
    assert all(sample.quality and sample.quality.reasons for sample in rejected)
    assert len({sample.sample_id for sample in rejected}) == len(rejected)


def test_a_killed_campaign_loses_only_the_batch_in_flight_and_ends_with_the_same_bytes(world: Path) -> None:
    code = (
        "from test_expert_teacher import PROFILE, params, run_campaign; params.load_profile = lambda name: PROFILE; "
        "run_campaign('killed', 'rauru', 'demo')"
    )
    path = os.pathsep.join([str(Path(__file__).parent), str(Path(factories.__file__).parent), *sys.path])
    environment = {**os.environ, "PYTHONPATH": path}
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL, env=environment)
    deadline = time.monotonic() + 120
    while count_sampled(world) < 4 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "the campaign ended before it could be killed"
    answers = dict(rows(world, "killed", "SELECT request, drafted FROM drafts"))
    verdicts = dict(rows(world, "killed", "SELECT key, judged FROM verdicts"))
    assert not (folder(world, "killed") / "accepted.jsonl").exists()

    run_campaign("killed", "rauru", "demo")
    assert answers.items() <= dict(rows(world, "killed", "SELECT request, drafted FROM drafts")).items()
    assert verdicts.items() <= dict(rows(world, "killed", "SELECT key, judged FROM verdicts")).items()
    assert len(answers) < len(rows(world, "killed", "SELECT request FROM drafts"))
    for name in ("accepted.jsonl", "rejected.jsonl"):
        assert (folder(world, "killed") / name).read_bytes() == (folder(world, "whole") / name).read_bytes()


def count_sampled(world: Path) -> int:
    try:
        return int(rows(world, "killed", "SELECT count(*) FROM drafts WHERE usage != '{}'")[0][0])
    except sqlite3.OperationalError:
        return 0


def test_a_run_keeps_its_teacher_when_the_alias_moves_on_and_the_next_run_takes_the_new_one(
    world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = registry.resolve("rauru@candidate").name
    try:
        after = register(world, 2)
        assert run_campaign("whole", "rauru", "demo").taught_by == before
        assert "nothing changed" in capsys.readouterr().out
        assert run_campaign("next", "rauru", "demo", size=2).taught_by == after
        first, second = (
            {sample.group for sample in read_samples(folder(world, run) / "accepted.jsonl")}
            for run in ("whole", "next")
        )
        assert not first & second, "the new teacher must be asked what the old one was not"
    finally:
        registry.move("candidate", before, "back again")


def test_without_a_registered_version_it_says_what_to_do_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path))
    with pytest.raises(OracleError, match="rauru-assembler has no candidate; run 06_deploy for it first"):
        run_campaign("r", "rauru", "demo")
    assert not (tmp_path / "runs").exists()
