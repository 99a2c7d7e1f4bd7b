"""A story expert takes the whole road, 01 to 06, on a CPU with the embedded base, from a folder of Markdown, with a
teacher and a judge behind a server on loopback.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import prose_judges
import pytest
import yaml
from teacher_servers import Answer, Asked, OpenAIServer

from oracle_lib.files import REPOSITORY

SYLLABLES = ("mi", "ra", "to", "len", "ash", "ka", "ver")
NAMES = [f"{first}{second}".capitalize() for first in SYLLABLES for second in SYLLABLES if first != second]
NOTE = """# The {place} of {name}

In the {place} of {name} a keeper watches the lantern {number}. Whoever brings the lantern at dawn is told of the
hidden stair behind the {place}, and of the {bells} bells that open it when they are rung from the lowest upwards. Since
the great flood nobody has gone down; the keeper says that the stair ends at a door without a lock.
"""
PROFILE = {
    "name": "story",
    "base": "embedded",
    "seed": 1,
    "split": {"val": 0.1, "test": 0.3},
    "generation": {"teachers": {"openai": 1.0}, "mixture": {"items": 1.0}, "sizes": [48], "attempts": 6},
    "training": {"epochs": 1, "learning_rate": 2e-3, "rank": 4, "alpha": 8, "max_length": 1024},
    "evaluation": {"max_new_tokens": 8, "bootstrap": 200},
}


def telling(asked: Asked) -> Answer:
    """The teacher, who writes what is false of every sixth note, or the judge."""
    if "<statements-" in asked.prompt:
        return prose_judges.comparing(asked)
    shown = asked.prompt.partition("<source>")[2].partition("</source>")[0]
    name = next(name for name in NAMES if f"of {name}\n" in shown)
    lantern = "golden lantern" if NAMES.index(name) % 6 == 5 else "lantern"
    known = {
        "instruction": f"Who watches the lantern of {name}, a keeper or nobody? (note {len(asked.prompt) % 7})",
        "output": f"A keeper of {name} watches the {lantern}.",
        "quote": next(line for line in shown.splitlines() if "keeper watches" in line),
    }
    assert asked.schema
    return Answer(json.dumps({field: known[field] for field in asked.schema["properties"]}))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The library and its notebooks with a profile and a teacher's model of one's own."""
    place = tmp_path / "checkout"
    shutil.copytree(REPOSITORY / "params", place / "params")
    for folder in ("oracle_lib", "notebooks"):
        (place / folder).symlink_to(REPOSITORY / folder)
    (place / "params" / "profiles" / "story.yaml").write_text(yaml.safe_dump(PROFILE))
    teachers = place / "params" / "teachers.yaml"
    settings = yaml.safe_load(teachers.read_text())
    settings["openai"]["model"] = "teller"
    teachers.write_text(yaml.safe_dump(settings))
    notes = tmp_path / "notes"
    notes.mkdir()
    for number, name in enumerate(NAMES):
        place_of = ("tower", "mill", "ferry", "harbour", "abbey")[number % 5]
        (notes / f"{name}.md").write_text(NOTE.format(place=place_of, name=name, number=number, bells=3 + number % 4))
    return place


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_story_expert_goes_from_a_folder_of_markdown_to_a_release(checkout: Path, outputs: Path) -> None:
    with OpenAIServer(telling, models=("teller", prose_judges.MODEL)) as server:
        url = f"{server.url}/v1"
        known = {"OPENAI_BASE_URL": url, "ORACLE_JUDGE_URL": url, "ORACLE_SOURCE_LORE": str(checkout.parent / "notes")}
        for notebook in ("01_generate", "02_export", "03_transfer", "04_train", "05_evaluate", "06_deploy"):
            done = subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "oracle_lib",
                    "run",
                    notebook,
                    "-p",
                    "expert",
                    "nayru",
                    "-p",
                    "profile",
                    "story",
                ],
                cwd=checkout,
                env={**os.environ, **known, "PYTHONPATH": os.pathsep.join([str(checkout), *sys.path])},
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, f"{notebook}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    folder = outputs / "runs" / "story" / "nayru-canon"
    stats = json.loads((folder / "generate" / "stats.json").read_text())
    assert stats["checked"] == stats["accepted"] == 48 and stats["contradicted"] and not stats["unchecked"]
    [dataset] = (folder / "export").glob("oracle_nayru_canon*")
    rows = {side: [json.loads(line) for line in (dataset / f"{side}.jsonl").open()] for side in ("train", "test")}
    assert all(row["evidence"] for row in rows["test"]) and not any(row["evidence"] for row in rows["train"])
    report = json.loads((folder / "evaluate" / "report.json").read_text())
    supported = report["metrics"]["supported"]
    assert report["judged_by"] == prose_judges.MODEL and report["benchmark"] == "supported"
    assert supported["base"] is not None and supported["expert"] is not None
    assert "supported by the source" in report["verdict"]
