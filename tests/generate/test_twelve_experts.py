"""Each of the twelve experts gets samples from its own sources, or a sentence on what to point where."""

import hashlib
import json
from pathlib import Path

import campaigns
import pytest
from teacher_servers import Answer, Asked, OllamaServer

from oracle_lib import OracleError, params
from oracle_lib.generate import run_campaign
from oracle_lib.params import Expert, experts
from oracle_lib.run import stage_folder
from oracle_lib.sample import read_samples

ASM = """org $008000
Tick:
#_008000: LDA.w $0340
#_008003: BEQ .done
#_008005: DEC.w $0340
.done
#_008008: RTS

Tock:
#_008009: INC.w $0341
#_00800C: LDA.w $0341
#_00800F: RTS
"""
HACK = """!Lamp = $0342
macro Light(level)
    LDA.b #<level>
    STA.w !Lamp
endmacro

org $008000
    JSL.l Glow

org $208000
Glow:
    %Light(3)
    INC.w $0343
    RTL
"""
CPP = """// Doubles a number of tiles.
int Twice(int tiles) {
  int doubled = tiles * 2;
  if (doubled < 0) {
    doubled = 0;
  }
  return doubled;
}
"""
LOG = """building bank 20
bank20.asm:12: error: (E5031): Label 'Glow' wasn't found
assembly failed
"""
LORE = """# The tower of Mira

In the tower of Mira a keeper watches the lantern. Whoever brings the lantern to Mira at dawn is told of the hidden
stair behind the tower, and of the three bells that open it when they are rung from the lowest to the highest. Nobody
has gone down since the great flood; the keeper says that the stair ends at a door without a lock, and that it opens to
those alone who can say whose lantern it was.
"""
FILES = {
    "usdasm": ("bank_00.asm", ASM),
    "oracle-of-secrets": ("hack.asm", HACK),
    "z3randomizer": ("hack.asm", HACK),
    "yaze": ("src/tiles.cc", CPP),
    "logs": ("build.log", LOG),
    "lore": ("mira.md", LORE),
    "oracle-of-secrets-docs": ("mira.md", LORE),
}
TWELVE = pytest.mark.parametrize("expert", experts(), ids=lambda expert: expert.name)


def saying(asked: Asked) -> Answer:
    """A short text about what was shown, another one each time; no code."""
    assert asked.schema
    number = int.from_bytes(hashlib.sha256(f"{asked.prompt}{asked.seed}".encode()).digest()[:3])
    said = dict.fromkeys(asked.schema["properties"], f"What comes of part {number}?")
    said["output"] = f"Part {number} comes first.\nThe next one waits for it,\nand the last one ends it."
    if "Markdown table" in asked.prompt:
        said["output"] = f"| enemy | hits |\n|---|---|\n| bat {number} | 2 |\n\nTwo hits of one each."
    if "quote" in said:
        said["quote"] = "a keeper watches the lantern"
    return Answer(json.dumps(said))


@pytest.fixture(autouse=True)
def pilot_of_two(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The pilot from items alone, for two samples, by Ollama; and nobody has a source."""
    pilot = params.load_profile("pilot")
    changes = {"teachers": {"ollama": 1.0}, "mixture": {"items": 1.0}, "sizes": (2,), "attempts": 60}
    generation = pilot.generation.model_copy(update=changes)
    monkeypatch.setattr(params, "load_profile", lambda name: pilot.model_copy(update={"generation": generation}))
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))


@TWELVE
def test_the_pilot_brings_samples_from_the_experts_own_sources(
    expert: Expert, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, (path, text) in FILES.items():
        place = tmp_path / name / path
        place.parent.mkdir(parents=True)
        place.write_text(text)
        monkeypatch.setenv(f"ORACLE_SOURCE_{name.upper().replace('-', '_')}", str(tmp_path / name))
    with OllamaServer(saying, models=campaigns.MODELS) as ollama:
        monkeypatch.setenv("OLLAMA_HOST", ollama.url)
        stats = run_campaign("r", expert.name, "pilot")
    samples = list(read_samples(stage_folder("r", expert.name, "generate") / "accepted.jsonl"))
    assert len(samples) == stats.accepted > 0, stats.notes()
    assert {sample.domain for sample in samples} <= expert.domains.keys()
    assert {sample.teacher.name for sample in samples} == {"ollama"}


@TWELVE
def test_without_its_sources_the_error_says_what_to_point_where(
    expert: Expert, outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OllamaServer(saying, models=campaigns.MODELS) as ollama:
        monkeypatch.setenv("OLLAMA_HOST", ollama.url)
        with pytest.raises(
            OracleError, match=r"needs a source of domain .*or set ORACLE_SOURCE_\w+ to the folder that you have"
        ):
            run_campaign("r", expert.name, "pilot")
        assert not ollama.asked
    assert not (outputs / "runs").exists()
