"""What the files under `params/` say, typed: experts, profiles, machines and the council. Knows nothing of what is done
with it.
"""

import difflib
import os
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from oracle_lib import OracleError
from oracle_lib.gates import Gates
from oracle_lib.sample import MAX_HELD_OUT, Domain

FOLDER = Path(__file__).parent.parent / "params"


class _Params(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Base(_Params):
    """The model an expert starts from, by its name in Ollama and on Hugging Face."""

    ollama: str
    huggingface: str


class Share(_Params):
    """The shares of the groups held out for validation and test."""

    val: float = Field(gt=0, lt=MAX_HELD_OUT)
    test: float = Field(gt=0, lt=MAX_HELD_OUT)

    @model_validator(mode="after")
    def _leaves_enough_to_train_on(self) -> "Share":
        if self.val + self.test > MAX_HELD_OUT:
            raise ValueError(f"val + test is {self.val + self.test:.2f}, at most {MAX_HELD_OUT} may be held out")
        return self


class Expert(_Params):
    """One expert: its names, what it is for, what it starts from, what it learns from and when the council asks it.

    `name` is the short name without its "oracle-" prefix, and names folders under `outputs/`. `language` says how
    answers are verified. `domains` maps each domain to its target of accepted samples in the full campaign; `reassign`
    says who gets a domain's target while that domain is switched off. `keywords` maps a word of a question ("/" between
    spellings of one idea) to how surely it alone means this expert, and `threshold` is what all of them must reach
    together.
    """

    name: str = Field(pattern=r"^[a-z]+(-[a-z]+)+$")
    full_name: str
    aliases: tuple[str, ...]
    purpose: str
    language: Literal["asm", "cpp", "text"]
    base: Base
    domains: dict[Domain, int]
    reassign: dict[Domain, dict[Domain, float]] = {}
    dataset: str = Field(pattern=r"^[a-z0-9_]+$")
    split: Share
    keywords: dict[str, Annotated[float, Field(gt=0, lt=1)]]
    threshold: float = Field(gt=0, le=1)
    temperature: float = Field(ge=0, le=2)
    system_prompt: str
    gates: Gates = Gates()

    @model_validator(mode="after")
    def _reassigns_all_of_it_to_its_own_domains(self) -> "Expert":
        for domain, shares in self.reassign.items():
            if {domain, *shares} - set(self.domains) or domain in shares or abs(sum(shares.values()) - 1) > 1e-9:
                raise ValueError(f"reassign.{domain} must share all of it (1.0) among the other domains of this expert")
        return self

    @property
    def short_name(self) -> str:
        return f"oracle-{self.name}"

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that means this expert."""
        return (self.name, self.short_name, self.full_name, *self.aliases)

    def dataset_name(self, profile: "Profile") -> str:
        """The dataset folder: the locked name for the full profile, with the profile's name behind it for others."""
        return self.dataset if profile.name == "full" else f"{self.dataset}_{profile.name}"


class Generation(_Params):
    """How 01 fills a campaign. `sizes` are the accepted samples it aims for, smallest first (none: the expert's own
    targets); a problem is asked in `phrasings` ways, and drafts stop at `attempts` per accepted sample. `families` are
    the task families to draw from (none: all of them).
    """

    sizes: tuple[int, ...] = ()
    families: tuple[str, ...] = ()
    phrasings: int = Field(default=2, ge=1)
    attempts: float = Field(default=3.0, ge=1)


class Training(_Params):
    """QLoRA as the plan has it: an optimiser step learns from `batch_size` x `accumulation` rows.

    They are packed without padding and read `batch_size` x `max_length` tokens at a time: those two decide the
    memory. `backend` is "hf" or "unsloth"; `tensorboard` writes event files beside the metrics.
    Training stops after `patience` epochs without a lower validation loss (none: never before the last epoch).
    """

    epochs: int = Field(default=3, ge=1)
    batch_size: int = Field(default=2, ge=1)
    accumulation: int = Field(default=4, ge=1)
    learning_rate: float = Field(default=2e-4, gt=0)
    warmup: float = Field(default=0.03, ge=0, lt=1)
    rank: int = Field(default=16, ge=1)
    alpha: int = Field(default=16, ge=1)
    max_length: int = Field(default=2048, ge=64)
    checkpoint_steps: int = Field(default=100, ge=1)
    patience: int | None = Field(default=None, ge=1)
    backend: Literal["hf", "unsloth"] = "hf"
    tensorboard: bool = False


class Evaluation(_Params):
    """`prompts` test prompts at most (none: all of them), `max_new_tokens` an answer, `bootstrap` resamples an
    interval.
    """

    prompts: int | None = None
    max_new_tokens: int = Field(default=512, ge=1)
    bootstrap: int = Field(default=2000, ge=100)


class Profile(_Params):
    """How large a run is. `base` "embedded" trains on the tiny base in this package, "built" on one that the run builds
    from its own families in minutes, "expert" on the expert's own 14B or 12B base. `split` overrides the experts' own
    shares, where a small run needs a larger test set.
    """

    name: str = Field(pattern=r"^[a-z]+$")
    base: Literal["embedded", "built", "expert"]
    seed: int = 0
    split: Share | None = None
    generation: Generation
    training: Training = Training()
    evaluation: Evaluation = Evaluation()


class Card(_Params):
    """The machine's graphics card: its memory, and the most a training process may take of it, both in GiB."""

    name: str
    memory: float = Field(gt=0)
    cap: float = Field(gt=0)

    @model_validator(mode="after")
    def _cap_leaves_room(self) -> "Card":
        if self.cap >= self.memory:
            raise ValueError(
                f"cap is {self.cap}, it must leave something of the card's {self.memory} GiB to the system"
            )
        return self


class Machine(_Params):
    """Where training runs. `transport` "ssh" reaches it as the host that the variable `host_variable` names, else as
    `name` in the ssh config. `folder` holds what is pushed there: relative to `outputs/` for "local", to the remote
    home for "ssh". `checkpoints` is a folder relative to `outputs/` (none: inside the run).
    """

    name: str
    transport: Literal["local", "ssh"]
    host_variable: str | None = None
    folder: str
    checkpoints: str | None = None
    card: Card | None = None
    gpus: int = Field(default=0, ge=0)
    ollama: str = "http://127.0.0.1:11434"

    @field_validator("folder", "checkpoints")
    @classmethod
    def _relative(cls, folder: str | None) -> str | None:
        if folder is not None and (folder.startswith(("/", "~")) or ".." in folder):
            raise ValueError("must be a relative folder without '..'")
        return folder

    @property
    def host(self) -> str:
        """The ssh destination: the environment's, else this machine's name, to be found in the user's ssh config."""
        return os.environ.get(self.host_variable or "", "") or self.name


class Council(_Params):
    """The orchestrator: which experts it asks, and the models that classify questions and join answers."""

    name: str
    aliases: tuple[str, ...]
    classifier: str
    classifier_model: str
    experts: tuple[str, ...]
    default: str
    max_new_tokens: int = Field(default=512, ge=1)
    max_experts: int = Field(default=2, ge=1)


_Model = TypeVar("_Model", bound=_Params)


def _read(model: type[_Model], path: Path) -> _Model:
    where = f"params/{path.relative_to(FOLDER)}" if path.is_relative_to(FOLDER) else path.name
    try:
        return model.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark else ""
        raise OracleError(f"{where}{line} is not valid YAML: {getattr(error, 'problem', error)}") from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "the file"
        raise OracleError(f"{where}: {key}: {first['msg'].removeprefix('Value error, ')}") from None


def nearest(name: str, known: list[str]) -> str:
    """ "; did you mean X?" for the known name most like `name`, or the list of them where none is."""
    close = difflib.get_close_matches(name, known, 1, 0.5)
    return f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(sorted(known))}"


def experts(folder: Path = FOLDER) -> list[Expert]:
    """All experts, in alphabetical order. Raises `OracleError` where a file is wrong or two experts share a name."""
    found = [_read(Expert, path) for path in sorted((folder / "experts").glob("*.yaml"))]
    owners: dict[str, str] = {}
    for expert in found:
        for name in set(expert.names):
            if owners.setdefault(name, expert.name) != expert.name:
                raise OracleError(
                    f"params/experts/{expert.name}.yaml: the name {name!r} already means {owners[name]}; choose another"
                )
    return found


def load_expert(name: str, folder: Path = FOLDER) -> Expert:
    """The expert of any of its names: short, full, legacy alias or bare ("yaze", "rauru", "asm"), in any case."""
    by_name = {known: expert for expert in experts(folder) for known in expert.names}
    wanted = name.strip().lower().replace("_", "-")
    if wanted not in by_name:
        raise OracleError(f"no expert is called {name!r}{nearest(wanted, list(by_name))}")
    return by_name[wanted]


def _load_named(model: type[_Model], kind: str, name: str, folder: Path) -> _Model:
    known = {path.stem: path for path in (folder / f"{kind}s").glob("*.yaml")}
    if name not in known:
        raise OracleError(f"no {kind} is called {name!r}{nearest(name, list(known))}")
    return _read(model, known[name])


def load_profile(name: str, folder: Path = FOLDER) -> Profile:
    return _load_named(Profile, "profile", name, folder)


def load_machine(name: str, folder: Path = FOLDER) -> Machine:
    return _load_named(Machine, "machine", name, folder)


def load_council(folder: Path = FOLDER) -> Council:
    return _read(Council, folder / "council.yaml")
