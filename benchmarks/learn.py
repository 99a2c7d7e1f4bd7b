"""What each ingredient of the data gives: real weights, trained on one GPU, asked for problems that nobody taught them.

Every arm is a data set; each adds an ingredient to the rows of the one before. Each step of an arm leaves a file and is
not done again while that is there, so arms run alone, on the machine that suits the step, and go on where they stopped.

    python -m benchmarks.learn rows asm|cpp --rows 44000        draws problems and runs every answer (all cores)
    python -m benchmarks.learn train ARM --base FOLDER          a GPU
    python -m benchmarks.learn answer ARM --base FOLDER --set validation|bench       a GPU
    python -m benchmarks.learn own ARM --base FOLDER --problems 3000       samples its own answers, keeps what passes
    python -m benchmarks.learn average average --base FOLDER --of ADAPTER ADAPTER      a GPU
    python -m benchmarks.learn judge ARM --base FOLDER --set validation|bench        where the SNES core is
    python -m benchmarks.learn table --results FILE                          the result lines, a row an arm

Settings are chosen on the validation families alone; the held-out half of OracleBench is asked once, at the end.
"""

import argparse
import json
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Literal

import numpy as np
from tqdm.auto import tqdm

from oracle_lib import params
from oracle_lib.chat import Conversation, chat_ids
from oracle_lib.files import atomic_write
from oracle_lib.params import Training
from oracle_lib.records import DatasetRow, Message, read_jsonl, to_jsonl
from oracle_lib.sample import group_position, read_samples
from oracle_lib.tasks import Problem, families
from oracle_lib.verify import check, extract_code
from oracle_lib.verify.contract import CONTRACT

WORK = Path(os.environ.get("ORACLE_LEARN", Path(gettempdir()) / "oracle-learn"))
HELD_BACK = 0.1
"""Groups below this position are never trained on."""
SEED = 20261129
VALIDATION_PROBLEMS = 5
"""Of each validation family."""
TEACHERS = {"own": "understanding", "cpp-own": "cpp"}
"""The arms that learn from a model's own answers to fresh problems as well, and the arm of the same rows without them,
whose model answers."""
UNTRAINED = ("base", "eight examples", "average", "cpp-base", "cpp-average")
"""Arms that train nothing; an "average" is the mean of trained adapters."""
KINDS = {
    "templates": ("asm", "repair"),
    "composed": ("composed",),
    "recipes": ("recipes",),
    "understanding": ("understanding",),
    "templates in C++": ("cpp",),
    "composed in C++": ("composed_cpp",),
    "recipes in C++": ("recipes_cpp",),
    "recipes ported to C++": ("ported_cpp",),
    "understanding in C++": ("understanding_cpp",),
}
"""The folders of families behind each ingredient."""
MIXTURES: dict[str, dict[str, float]] = {
    "asm": {"templates": 0.12, "composed": 0.30, "recipes": 0.46, "understanding": 0.12},
    "cpp": {
        "templates in C++": 0.075,
        "composed in C++": 0.15,
        "recipes in C++": 0.435,
        "recipes ported to C++": 0.28,
        "understanding in C++": 0.06,
    },
}
"""Each language's rows, of which an arm takes its ingredients."""
ARMS: dict[str, tuple[str, ...]] = {
    "templates": ("templates",),
    "composed": ("templates", "composed", "recipes"),
    "understanding": ("templates", "composed", "recipes", "understanding"),
    "own": ("templates", "composed", "recipes", "understanding"),
    "cpp-templates": ("templates in C++",),
    "cpp-composed": ("templates in C++", "composed in C++"),
    "cpp": tuple(MIXTURES["cpp"])[:-1],
    "cpp-understanding": tuple(MIXTURES["cpp"]),
    "cpp-own": tuple(MIXTURES["cpp"]),
    "cpp-asm": (*MIXTURES["cpp"], *MIXTURES["asm"]),
}


@dataclass(frozen=True)
class Draw:
    """One draw of a family: what `random.Random` is seeded with, and which phrasing is asked."""

    kind: str
    family: str
    index: int
    phrasing: int

    @property
    def seed(self) -> str:
        return f"{SEED}:{self.family}:{self.index}"


def language_of(arm: str) -> Literal["asm", "cpp"]:
    return "cpp" if arm.startswith("cpp") else "asm"


def expert_of(arm: str) -> params.Expert:
    return params.load_expert({"asm": "rauru-assembler", "cpp": "yaze"}[language_of(arm)])


def drawn(draw: Draw) -> Problem:
    return families((draw.kind,))[draw.family].problem(draw.seed)


def row_of(problem: Problem, phrasing: int, system_prompt: str, answer: str = "") -> DatasetRow:
    instruction = problem.instructions[phrasing % len(problem.instructions)]
    prompt = f"{instruction}\n\n{problem.input}" if problem.input else instruction
    return DatasetRow(
        messages=(
            {"role": "system", "content": system_prompt},
            {"role": "user", "content": prompt},
            {"role": "assistant", "content": answer or problem.answer},
        ),
        sample_id=sha256(f"{problem.group}:{prompt}".encode()).hexdigest()[:16],
        group=problem.group,
        domain=problem.domain,
        task=problem.task,
        family=problem.family,
        contract=json.dumps(problem.contract.model_dump(mode="json")),
    )


def _made(job: tuple[Draw, str]) -> tuple[str, DatasetRow | str]:
    """A verified row of a draw, or why there is none."""
    draw, system_prompt = job
    try:
        problem = drawn(draw)
    except Exception as error:  # a family that cannot draw is counted, not fatal to an hour's work
        return draw.family, f"not drawn: {type(error).__name__}: {error}"
    if group_position(problem.group) < HELD_BACK:
        return draw.family, "held back"
    verdict = check(extract_code(problem.answer, problem.contract), problem.contract)
    if not verdict.passes:
        return draw.family, f"refused: {verdict.reasons[0]}"
    row = row_of(problem, draw.phrasing, system_prompt)
    return draw.family, row.model_copy(update={"contract": ""})  # nobody judges what is trained on


def draws_of(mixture: dict[str, float], count: int, skip: int = 0) -> list[Draw]:
    """So many draws, each ingredient its share; families of a kind take turns. The first `skip` are another call's."""
    found = []
    for name, share in mixture.items():
        of_kind = [(kind, family) for kind in KINDS[name] for family in families((kind,))]
        for place in range(round(share * skip), round(share * (skip + count))):
            kind, family = of_kind[place % len(of_kind)]
            turn = place // len(of_kind)
            found.append(Draw(kind, family, turn, turn))
    return found


def rows(language: str, count: int, skip: int = 0) -> Path:
    """The language's verified training rows, shuffled; the first `skip` draws are another call's."""
    path = WORK / "rows" / f"{language}.jsonl"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    started, system_prompt = time.monotonic(), expert_of(language).system_prompt
    jobs = [(draw, system_prompt) for draw in draws_of(MIXTURES[language], count, skip)]
    kept: list[DatasetRow] = []
    refused: dict[str, list[str]] = defaultdict(list)
    with ProcessPoolExecutor(os.cpu_count(), initializer=_in_one_thread) as pool:
        for family, made in tqdm(pool.map(_made, jobs, chunksize=16), total=len(jobs), unit="row", mininterval=1):
            if isinstance(made, str):
                refused[family].append(made)
            else:
                kept.append(made)
    random.Random(SEED).shuffle(kept)
    atomic_write(path, to_jsonl(kept))
    seconds = time.monotonic() - started
    print(f"{language}: {len(kept)} of {len(jobs)} rows in {seconds:.0f} s, {len(jobs) / seconds:.0f} a second")
    for family, reasons in sorted(refused.items()):
        wrong = [reason for reason in reasons if reason != "held back"]
        if wrong:
            print(f"  {family}: {len(wrong)} of {len(reasons)} left out, such as {wrong[0][:150]}")
    return path


def rows_of(arm: str, base: Path) -> list[DatasetRow]:
    """The arm's training rows: its ingredients of what `rows` drew, and its teacher's answers where it has one."""
    taken = {family for name in ARMS[arm] for kind in KINDS[name] for family in families((kind,))}
    found: list[DatasetRow] = []
    for language in (one for one, mixture in MIXTURES.items() if mixture.keys() & set(ARMS[arm])):
        drawn_rows = read_jsonl(DatasetRow, WORK / "rows" / f"{language}.jsonl", "draw them anew with `rows`")
        found += [row for row in drawn_rows if row.family in taken]
    if arm in TEACHERS:
        found += read_jsonl(DatasetRow, home(base, TEACHERS[arm]) / "own.jsonl", "sample them anew with `own`")
    random.Random(SEED).shuffle(found)
    return found


def problems_of(name: str, language: str) -> list[DatasetRow]:
    """What is asked, in one language: the validation families' problems, or OracleBench's; `group` names the part."""
    from oracle_lib.evaluate.oraclebench import PROBLEMS

    expert = expert_of(language)
    if name == "validation":
        kind = {"asm": "validation", "cpp": "validation_cpp"}[language]
        drawn_rows = []
        for family in families((kind,)).values():
            for turn in range(VALIDATION_PROBLEMS):
                problem = family.problem(f"validation:{family.name}:{turn}")
                row = row_of(problem, turn, expert.system_prompt)
                drawn_rows.append(row.model_copy(update={"group": "validation", "drawn_by": problem.drawn_by}))
        return drawn_rows
    found = []
    for sample in read_samples(PROBLEMS):
        assert sample.verification is not None
        if sample.verification.contract["kind"] != language:
            continue
        found.append(
            DatasetRow(
                messages=(
                    {"role": "system", "content": expert.system_prompt},
                    {"role": "user", "content": sample.prompt},
                    {"role": "assistant", "content": sample.output},
                ),
                sample_id=sample.sample_id,
                group="held-out" if "held-out" in sample.source.corpus else "taught",
                domain=sample.domain,
                task=sample.task,
                family=sample.source.path,
                contract=json.dumps(sample.verification.contract),
                drawn_by=sample.source.drawn_by,
            )
        )
    return found


def home(base: Path, arm: str) -> Path:
    return WORK / base.name / arm.replace(" ", "-")


def train(arm: str, base: Path, training: Training) -> None:
    """The arm's adapter on that base, from where an earlier call was cut short."""
    from oracle_lib.train.launch import Job
    from oracle_lib.train.validation import validation_rows

    folder = home(base, arm)
    if (folder / "trained.json").exists():
        return
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    atomic_write(data / "train.jsonl", to_jsonl(rows_of(arm, base)))
    atomic_write(data / "val.jsonl", to_jsonl(problems_of("validation", language_of(arm))))
    job = Job(
        base=str(base),
        data=data,
        training=training,
        seed=SEED,
        folder=folder,
        checkpoint_folder=folder / "checkpoints",
        trained_on={"arm": arm},
        resumes=(folder / "checkpoints").exists(),
        memory_cap=None,
        asked=tuple(validation_rows(expert_of(arm))) if training.validation_seconds else (),
    )
    done = job.run()
    atomic_write(folder / "trained.json", done.model_dump_json(indent=2) + "\n")
    print(arm, done)


def average(arm: str, base: Path, adapters: Sequence[Path]) -> None:
    """The mean of adapters of one base, as an adapter whose rank is the sum of theirs (Wortsman et al. 2022 average
    whole models: what several trainings agree on stays, what each took by chance fades)."""
    from peft import PeftModel

    from oracle_lib.models import load_base

    names = [f"adapter{place}" for place in range(len(adapters))]
    model: Any = PeftModel.from_pretrained(load_base(str(base), nf4=True), adapters[0], adapter_name=names[0])
    for name, adapter in zip(names[1:], adapters[1:], strict=True):
        model.load_adapter(adapter, name)
    model.add_weighted_adapter(names, [1 / len(names)] * len(names), "adapter", combination_type="cat")
    model.save_pretrained(home(base, arm), selected_adapters=["adapter"])


def loaded(arm: str, base: Path) -> tuple[Any, Any]:
    """The arm's model and its tokenizer; the base alone for an arm that trains nothing."""
    from peft import PeftModel

    from oracle_lib.models import load_base, load_tokenizer

    model: Any = load_base(str(base), nf4=True)
    adapter = home(base, arm) / "adapter"
    if adapter.exists():
        model = PeftModel.from_pretrained(model, adapter).eval()
    return model, load_tokenizer(str(base))


def asked(arm: str, problems: Sequence[DatasetRow]) -> list[Conversation]:
    """The conversations that a model is to continue; with eight worked examples of taught families in one arm."""
    shots: list[Message] = []
    if arm == "eight examples":
        for name in (
            "add_capped",
            "table_lookup",
            "count_matches",
            "test_flag",
            "copy_block",
            "hook_value",
            "jump_table",
            "clamp_byte",
        ):
            example = families(("asm",))[name].example
            shots += row_of(example, 0, expert_of(arm).system_prompt).messages[1:]
    return [[row.messages[0], *shots, row.messages[1]] for row in problems]


def answer(arm: str, base: Path, asked_of: str, new_tokens: int = 512) -> None:
    """Greedy answers to a set of problems, in their order."""
    path = home(base, arm) / f"answers-{asked_of}.json"
    if path.exists():
        return
    problems = problems_of(asked_of, language_of(arm))
    answers = [text for (text,) in _decoded(arm, base, asked(arm, problems), new_tokens)]
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic_write(path, json.dumps(answers))


def _decoded(
    arm: str, base: Path, conversations: Sequence[Conversation], new_tokens: int, **sampling: Any
) -> list[list[str]]:
    from oracle_lib.decoding import decode
    from oracle_lib.models import for_decoding

    model, tokenizer = loaded(arm, base)
    prompts = [chat_ids(tokenizer, conversation, add_generation_prompt=True) for conversation in conversations]
    started = time.monotonic()
    texts = decode(for_decoding(model), tokenizer, prompts, new_tokens, **sampling)
    seconds = time.monotonic() - started
    tokens = sum(len(tokenizer(text)["input_ids"]) for one in texts for text in one)
    print(
        f"{arm}: {sum(map(len, texts))} answers, {tokens} tokens in {seconds:.0f} s, {tokens / seconds:,.0f} a second"
    )
    return texts


def own(arm: str, base: Path, count: int, samples: int, keep: int, skip: int) -> Path:
    """Rows of the model's own right answers to fresh composed problems, at most `keep` a problem: distinct ones that
    pass on further states, the fastest first. The first `skip` problems are another call's."""
    from oracle_lib.decoding import Sampling

    path = home(base, arm) / "own.jsonl"
    if path.exists():
        return path
    kinds = (
        ("composed_cpp", "recipes_cpp", "ported_cpp")
        if language_of(arm) == "cpp"
        else ("composed", "recipes", "recipes")
    )
    of_kind = [(kind, family) for kind in kinds for family in families((kind,))]
    draws = [Draw(*of_kind[place % len(of_kind)], 1_000_000 + place, place) for place in range(skip, skip + count)]
    with ProcessPoolExecutor(os.cpu_count(), initializer=_in_one_thread) as pool:
        rows = [
            row
            for row in pool.map(_fresh, [(draw, expert_of(arm).system_prompt) for draw in draws], chunksize=8)
            if row
        ]
    sampled = _decoded(
        arm, base, [row.messages[:-1] for row in rows], 384, sampling=Sampling(0.8, 0.95), samples=samples,
        seeds=[row.sample_id for row in rows],
    )  # fmt: skip
    jobs = [(row, sorted(set(texts), key=texts.index), keep) for row, texts in zip(rows, sampled, strict=True)]
    with ProcessPoolExecutor(os.cpu_count(), initializer=_in_one_thread) as pool:
        judged = list(tqdm(pool.map(_right, jobs, chunksize=8), total=len(jobs), unit="problem", mininterval=1))
    kept = [row for right, _ in judged for row in right]
    passed = sum(good for _, good in judged)
    atomic_write(path, to_jsonl(kept))
    print(f"{arm}: {passed} distinct answers of {sum(len(job[1]) for job in jobs)} pass, {len(kept)} rows are kept")
    return path


def _fresh(job: tuple[Draw, str]) -> DatasetRow | None:
    draw, system_prompt = job
    problem = drawn(draw)
    if group_position(problem.group) < HELD_BACK or problem.oracle is None:
        return None
    assert problem.contract.kind != "facts"
    more = problem.oracle.draw(random.Random(f"own:{draw.seed}"), 32)
    hidden = problem.model_copy(
        update={"contract": problem.contract.model_copy(update={"cases": (*problem.contract.cases, *more)})}
    )
    return row_of(hidden, draw.phrasing, system_prompt)


def _right(job: tuple[DatasetRow, list[str], int]) -> tuple[list[DatasetRow], int]:
    """The row once for each of the best answers that pass, and how many pass."""
    row, texts, keep = job
    contract = CONTRACT.validate_json(row.contract)
    passing = []
    for text in texts:
        verdict = check(extract_code(text, contract), contract)
        if verdict.passes:
            passing.append((verdict.cycles or 0, len(verdict.code), text))
    passing.sort()
    rows = [
        row.model_copy(update={"messages": (*row.messages[:-1], {"role": "assistant", "content": text})})
        for _, _, text in passing[:keep]
    ]
    return rows, len(passing)


def _in_one_thread() -> None:
    os.environ["OMP_NUM_THREADS"] = "1"


def judge(arm: str, base: Path, asked_of: str, results: Path | None) -> None:
    """Runs the answers on 64 states and says how many pass of each part; appends result lines to `results`."""
    from oracle_lib.evaluate.judge import judge as judged

    language = language_of(arm)
    problems = problems_of(asked_of, language)
    answers = json.loads((home(base, arm) / f"answers-{asked_of}.json").read_bytes())
    verdicts = judged(problems, answers, language)
    seen = [
        {"family": row.family, "passes": verdict.passes, "reasons": verdict.reasons[:2]}
        for row, verdict in zip(problems, verdicts, strict=True)
    ]
    atomic_write(home(base, arm) / f"verdicts-{asked_of}.json", json.dumps(seen, indent=1) + "\n")
    for part in dict.fromkeys(row.group for row in problems):
        tried: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for row, verdict in zip(problems, verdicts, strict=True):
            if row.group == part:
                tried[row.family][0] += verdict.passes is True
                tried[row.family][1] += 1
        assembles = [verdict.assembles for row, verdict in zip(problems, verdicts, strict=True) if row.group == part]
        share, (low, high) = solved(list(tried.values()))
        line: dict[str, Any] = {
            "bench": "learn",
            "base": base.name,
            "arm": arm.removeprefix("cpp-"),
            "language": language,
            "part" if part == "validation" else "half": part,
        }
        line |= {"passes": round(share, 4), "low": round(low, 4), "high": round(high, 4)}
        line |= {
            "n": len(assembles),
            "families": len(tried),
            "assembles": round(sum(map(bool, assembles)) / len(assembles), 4),
        }
        print(json.dumps(line))
        if results:
            with results.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")


def solved(families_tried: Sequence[Sequence[int]]) -> tuple[float, tuple[float, float]]:
    """The share of (solved, asked) problems over families, and its 95 % interval, which resamples families."""
    from oracle_lib.evaluate.statistics import group_weights, percentiles, with_all_or_none  # not where a GPU is alone

    counts = np.array(families_tried, dtype=float)
    with_halves, _ = with_all_or_none(counts, counts)
    weights = group_weights(len(counts), 2, 4000, np.random.default_rng(SEED))
    sums = weights @ with_halves
    share = float(counts[:, 0].sum() / counts[:, 1].sum())
    return share, percentiles(sums[:, 0] / sums[:, 1], share)


def table(results: Path) -> None:
    """The result lines, a row an arm."""
    rows: dict[tuple[str, str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
    for text in results.read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        if line.get("bench") == "learn":
            rows[line["base"], line["language"], line["arm"]][line.get("half") or line["part"]] = line
    print(f"{'base':<10} {'':<4} {'arm':<16} {'validation':>22} {'held-out':>22} {'taught':>22}")
    for (base, language, arm), parts in rows.items():
        cells = [
            f"{100 * one['passes']:.1f} [{100 * one['low']:.1f}, {100 * one['high']:.1f}]"
            if (one := parts.get(part))
            else "-"
            for part in ("validation", "held-out", "taught")
        ]
        print(f"{base:<10} {language:<4} {arm:<16} " + " ".join(f"{cell:>22}" for cell in cells))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["rows", "train", "answer", "own", "average", "judge", "table"])
    arms = ", ".join([*UNTRAINED, *ARMS])
    parser.add_argument("arm", nargs="?", default="", help=f"one of: {arms}; for rows: asm or cpp")
    parser.add_argument("--results", type=Path, help="a file that gets, or has, the result lines")
    parser.add_argument("--rows", type=int, default=44000)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--set", default="validation", choices=["validation", "bench"])
    parser.add_argument("--problems", type=int, default=3000)
    parser.add_argument("--skip", type=int, default=0, help="the first so many problems, or rows, are another call's")
    parser.add_argument("--samples", type=int, default=4)
    parser.add_argument("--of", type=Path, nargs="+", help="folders of adapters, of which the mean is taken")
    parser.add_argument("--keep", type=int, default=2, help="at most so many of its own right answers a problem")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--rank", type=int, default=32)
    parser.add_argument("--step-rows", type=int, default=32)
    parser.add_argument("--validation-seconds", type=int, default=0, help="for answers that choose the adapter")
    parser.add_argument("--validation-steps", type=int)
    given = parser.parse_args(arguments)
    match given.step:
        case "rows":
            rows(given.arm, given.rows, given.skip)
        case "train":
            training = Training(
                epochs=given.epochs,
                learning_rate=given.rate,
                rank=given.rank,
                alpha=2 * given.rank,
                batch_size=16,
                accumulation=given.step_rows // 16,
                max_length=2048,
                checkpoint_steps=100000,
                validation_seconds=given.validation_seconds,
                validation_steps=given.validation_steps,
            )
            train(given.arm, given.base, training)
        case "answer":
            answer(given.arm, given.base, given.set)
        case "own":
            own(given.arm, given.base, given.problems, given.samples, given.keep, given.skip)
        case "average":
            average(given.arm, given.base, given.of)
        case "judge":
            judge(given.arm, given.base, given.set, given.results)
        case "table":
            table(given.results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
