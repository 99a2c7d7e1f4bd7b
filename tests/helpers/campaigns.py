"""Small campaigns whose teachers stand behind servers on loopback, and what their journals say of them.

The servers know the right answers, and give some wrong ones, always the same: what a model would do, without one.
"""

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from teacher_servers import Act, Answer, Asked

from oracle_lib import params
from oracle_lib.generate.plan import plan_lots, plan_targets
from oracle_lib.params import Generation, Profile
from oracle_lib.run import stage_folder

EXPERT = "rauru-assembler"
FAMILIES = ("change_flag", "negate_word", "swap_words")
MIX = {"gemini": 0.7, "ollama": 0.3}
MODELS = ("qwen3:14b",)
_CODE = """
import sys
from oracle_lib import OracleError, params
from oracle_lib.generate import run_campaign
profile = params.Profile.model_validate_json(sys.argv[1])
params.load_profile = lambda name: profile
try:
    run_campaign({run!r}, "rauru", "demo", **{arguments!r})
except OracleError as error:
    sys.exit(f"error: {{error}}")
"""


def profile(**changes: Any) -> Profile:
    """The demo's, with teachers behind servers, three short families and what else is wanted."""
    generation = Generation(teachers=MIX, families=FAMILIES, sizes=(40,), attempts=20)
    chosen = params.load_profile("demo")
    return chosen.model_copy(update={"generation": generation.model_copy(update=changes)})


@cache
def _answers() -> dict[str, str]:
    chosen, expert = profile(), params.load_expert(EXPERT)
    targets, _ = plan_targets(expert, 100, chosen.generation)
    return {
        request.prompt: request.problem.answer  # type: ignore[attr-defined]
        for lot in plan_lots(expert, targets, chosen.generation)
        for unit in islice(lot.material.units(chosen.seed), 3000)
        for request in unit
    }


def draw(*what: object) -> float:
    """A number in [0, 1) that follows from what it is given."""
    return int.from_bytes(hashlib.sha256(repr(what).encode()).digest()[:6]) / 2**48


def answering(right: float = 0.7, delay: float = 0.0) -> Callable[[Asked], Act]:
    """Answers that part of the prompts rightly, after up to twice `delay` seconds, so in another order each time."""

    def act(asked: Asked) -> Act:
        text = _answers()[asked.prompt]
        if draw("right", asked.prompt) >= right:
            text = "```asm\n    RTS\n```"
        return Answer(text, delay=delay * 2 * draw("delay", asked.number))

    return act


def start(chosen: Profile, run: str = "r", **arguments: Any) -> "subprocess.Popen[str]":
    """The campaign in a process of its own."""
    code = _CODE.format(run=run, arguments=arguments)
    return subprocess.Popen(
        [sys.executable, "-c", code, chosen.model_dump_json()],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def folder(run: str = "r") -> Path:
    return stage_folder(run, EXPERT, "generate")


def rows(question: str, run: str = "r") -> list[tuple[Any, ...]]:
    """What a campaign's journal answers; nothing where there is none yet."""
    try:
        with sqlite3.connect(folder(run) / "campaign.sqlite") as database:
            return database.execute(question).fetchall()
    except sqlite3.OperationalError:
        return []
