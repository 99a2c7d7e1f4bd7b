"""The control that needs training: an adapter that learned the form of the answers, but other prompts' answers."""

import json
import operator
import random

import factories
import pytest

from oracle_lib import bases, chat, models
from oracle_lib.evaluate import Report, evaluate
from oracle_lib.files import outputs, relative, sha256
from oracle_lib.params import Training, load_expert, load_profile
from oracle_lib.records import DatasetRow, Message
from oracle_lib.run import stage_folder
from oracle_lib.train.base import Recipe, ensure_base
from oracle_lib.train.qlora import fine_tune
from oracle_lib.verify import AsmCase, AsmContract, extract_code

OPERATIONS = {"AND": operator.and_, "ORA": operator.or_, "EOR": operator.xor}
RECIPE = Recipe(hidden=128, layers=2, heads=4, feed_forward=256, steps=700, practice=(0.0, 0.0))
TRAINING = Training(epochs=8, batch_size=8, accumulation=1, learning_rate=2e-3, alpha=32, checkpoint_steps=1000)


def problem(mnemonic: str, constant: int) -> DatasetRow:
    """Small enough for a tiny model to learn in a minute: one operation on A with one constant."""
    values = random.Random(constant).sample(range(256), 8)
    contract = AsmContract(
        entry="Go",
        cases=tuple(
            AsmCase(registers={"a": value}, expect_registers={"a": OPERATIONS[mnemonic](value, constant)})
            for value in values
        ),
    )
    name = f"{mnemonic.lower()}:{constant:02x}"
    return DatasetRow(
        messages=(
            Message(role="user", content=f"Go: {mnemonic} ${constant:02X} into A."),
            Message(role="assistant", content=f"```asm\nGo:\n    {mnemonic} #${constant:02X}\n    RTS\n```"),
        ),
        sample_id=name,
        group=name,
        domain="asm",
        task="write",
        family=mnemonic.lower(),
        contract=contract.model_dump_json(),
    )


def shuffled(prompts: list[DatasetRow]) -> list[DatasetRow]:
    """The same prompts, each with the answer of another one."""
    answers = random.Random(0).sample([prompt.messages[-1] for prompt in prompts], len(prompts))
    pairs = zip(prompts, answers, strict=True)
    return [prompt.model_copy(update={"messages": (*prompt.messages[:-1], answer)}) for prompt, answer in pairs]


def score(run: str, base: str, train: list[DatasetRow], test: list[DatasetRow]) -> Report:
    """Trains an adapter on one set, and evaluates it on the other."""
    expert = load_expert("rauru")
    dataset = stage_folder(run, expert.name, "export") / expert.dataset_name(load_profile("demo"))
    dataset.mkdir(parents=True)
    for side, prompts in (("train", train), ("test", test)):
        (dataset / f"{side}.jsonl").write_text("".join(f"{one.model_dump_json()}\n" for one in prompts))
    folder = stage_folder(run, expert.name, "train")
    folder.mkdir(parents=True)
    tokenizer = models.load_tokenizer(base)
    fine_tune(
        base,
        [chat.encode(tokenizer, row.messages) for row in train],
        [],
        TRAINING,
        seed=0,
        folder=folder,
        checkpoint_folder=folder / "checkpoints",
        trained_on={},
        resume_from=None,
    )
    factories.adapter(
        expert=expert.name,
        run=run,
        base=base,
        base_sha256=bases.base_digest(base),
        path=relative(folder / "adapter"),
        sha256=sha256(folder / "adapter"),
        dataset_sha256=sha256(dataset),
    ).write(folder / "adapter.json")
    return evaluate(run, expert.name, "demo")


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_only_an_adapter_trained_on_the_right_answers_beats_the_base() -> None:
    problems = [problem(mnemonic, constant) for mnemonic in OPERATIONS for constant in range(256)]
    random.Random(0).shuffle(problems)
    known, train, test = problems[:500], problems[500:700], problems[700:740]
    corpus = outputs() / "base" / "corpus.jsonl"
    corpus.parent.mkdir()
    documents = [
        {
            "family": "operations",
            "group": one.group,
            "asked": True,
            "instructions": [one.question],
            "code": extract_code(one.reference),
            "language": "asm",
        }
        for one in known
    ]
    corpus.write_text("".join(json.dumps(document) + "\n" for document in documents))
    base = ensure_base(corpus, RECIPE)

    right, wrong = score("right", base, train, test), score("wrong", base, shuffled(train), test)

    for metric in ("exact_match", "passes"):
        assert right.metrics[metric].outcome == "better"
        assert wrong.metrics[metric].outcome != "better"
    # Form alone makes answers likely and lets them assemble; it does not make them right.
    assert wrong.metrics["perplexity"].outcome == "better"
    perplexity = [report.metrics["perplexity"].expert for report in (right, wrong)]
    assert perplexity[0] is not None and perplexity[1] is not None and perplexity[0] < perplexity[1]
