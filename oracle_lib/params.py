"""What the files under `params/` say, typed: experts, profiles, machines, teachers and the council; and the check of
a notebook's own parameters. Knows nothing of what is done with them.
"""

import difflib
import math
import os
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from oracle_lib import OracleError
from oracle_lib.gates import Gates
from oracle_lib.records import first_problem
from oracle_lib.sample import MAX_HELD_OUT, Domain, Split

FOLDER = Path(__file__).parent.parent / "params"
_SIZE = r"[0-9.]+[MB]"
_NAME = "lower-case letters and digits, in words joined by '-'"


class _Params(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _checked_name(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ValueError(f"{name!r} is no name; it may hold {_NAME}")
    return name


class _Named(_Params):
    """What a file describes under the file's own name."""

    name: str

    @field_validator("name")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        return _checked_name(name)


class BaseNames(_Params):
    """The model an expert starts from, by its name in Ollama and on Hugging Face; `siblings` are its smaller ones on
    Hugging Face by their size, the smallest first.
    """

    ollama: str
    huggingface: str
    siblings: dict[Annotated[str, Field(pattern=f"^{_SIZE}$")], str] = {}


class SplitShares(_Params):
    """The shares of the groups held out for validation and test."""

    val: float = Field(gt=0, lt=MAX_HELD_OUT)
    test: float = Field(gt=0, lt=MAX_HELD_OUT)

    @model_validator(mode="after")
    def _leaves_enough_to_train_on(self) -> "SplitShares":
        if self.val + self.test > MAX_HELD_OUT:
            raise ValueError(f"val + test is {self.val + self.test:.2f}, at most {MAX_HELD_OUT} may be held out")
        return self


class Expert(_Named):
    """One expert: its names, what it is for, what it starts from, what it learns from and when the council asks it.

    `name` is the short name without its "oracle-" prefix, and names folders under `outputs/`. `language` says how
    answers are verified. `subjects` are those of the task families that it learns from (none: the families about its
    language). `domains` maps each domain to its target of accepted samples in the full campaign; `reassign`
    says who gets a domain's target while that domain is switched off. `rows` are the most of each side of the data set
    (none: all that there are). `keywords` maps a word of a question ("/" between
    spellings of one idea) to how surely it alone means this expert, and `threshold` is what all of them must reach
    together.
    """

    full_name: str
    aliases: tuple[str, ...]
    purpose: str
    language: Literal["asm", "cpp", "text"]
    base: BaseNames
    subjects: tuple[str, ...] = ()
    domains: dict[Domain, int]
    reassign: dict[Domain, dict[Domain, float]] = {}
    dataset: str = Field(pattern=r"^[a-z0-9_]+$")
    split: SplitShares
    rows: dict[Split, Annotated[int, Field(ge=1)]] = {}
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


Part = Literal["templates", "composed", "understanding", "mined", "items", "datasets"]
"""A part of a campaign's mixture: hand-written families, composed problems, questions about code that is there, what is
mined from the sources' routines, items of the sources that a teacher writes about, or rows of data sets that exist."""


class SelfTeaching(_Params):
    """How the teacher "expert" answers: the expert's registered `version` (its name, "candidate" or "champion") samples
    `samples` answers to a request at `temperature`, from the likeliest tokens that hold `top_p`, each of at most
    `max_new_tokens`. Of those that pass, `keep` different ones are kept a problem, the fastest first.
    """

    version: str = "candidate"
    samples: int = Field(default=8, ge=1)
    temperature: float = Field(default=0.8, gt=0, le=2)
    top_p: float = Field(default=0.95, gt=0, le=1)
    max_new_tokens: int = Field(default=512, ge=1)
    keep: int = Field(default=2, ge=1)


class Generation(_Params):
    """How 01 fills a campaign. `teachers` are who answers, each with its share of the accepted samples, and
    `expert` is how the one of that name does. What a teacher that is down was to give is waited for, or the others
    give it (`when_down`). `mixture` is the share of each part in every domain that it has material for. `sizes` are
    the accepted samples it aims for, smallest first (none: the expert's own targets); at most `attempts` requests
    are put for each. A request without a usable answer is sent three times, which counts for the caps and not
    there. A template's problem is asked in `phrasings` ways, any other in one; a family of templates gives at most
    `per_family` rows (none: as many as are asked for). `families` are the task families to draw from (none: all of
    them). `max_dollars`, `max_requests` and `max_hours` end a campaign with what it has (0: no cap); a request
    counts each time that it is sent.
    """

    teachers: dict[str, Annotated[float, Field(gt=0, le=1)]] = {"offline": 1.0}
    expert: SelfTeaching = SelfTeaching()
    mixture: dict[Part, Annotated[float, Field(gt=0, le=1)]] = {"templates": 1.0}
    sizes: tuple[int, ...] = ()
    families: tuple[str, ...] = ()
    phrasings: int = Field(default=2, ge=1)
    per_family: int | None = Field(default=None, ge=1)
    attempts: float = Field(default=3.0, ge=1)
    when_down: Literal["wait", "shift"] = "shift"
    max_dollars: float = Field(default=0, ge=0)
    max_requests: int = Field(default=0, ge=0)
    max_hours: float = Field(default=0, ge=0)

    @field_validator("teachers")
    @classmethod
    def _share_all_requests(cls, teachers: dict[str, float]) -> dict[str, float]:
        if abs(sum(teachers.values()) - 1) > 1e-9:
            raise ValueError("the teachers must share all samples (1.0) among them, as in {offline: 1.0}")
        return teachers

    @field_validator("mixture")
    @classmethod
    def _is_a_whole(cls, mixture: dict[Part, float]) -> dict[Part, float]:
        if abs(sum(mixture.values()) - 1) > 1e-9:
            raise ValueError(
                "the parts must add up to 1.0, as in {templates: 0.25, composed: 0.55, understanding: 0.2}"
            )
        return mixture

    @model_validator(mode="after")
    def _allows_a_problem_of_each_family(self) -> "Generation":
        if self.per_family is not None and self.per_family < self.phrasings:
            raise ValueError(f"per_family is {self.per_family}, and one problem alone gives {self.phrasings} rows")
        return self

    def capped_at(self, max_dollars: float, max_requests: int, max_hours: float) -> "Generation":
        """The same under other caps, of those that are not 0."""
        caps = {"max_dollars": max_dollars, "max_requests": max_requests, "max_hours": max_hours}
        return self.model_copy(update={name: value for name, value in caps.items() if value})

    def phrasings_of(self, part: Part) -> int:
        """In how many ways a problem is asked: of a template, which has few programs, in several."""
        return self.phrasings if part == "templates" else 1

    def problems_of_a_family(self, part: Part) -> int | None:
        """How many problems a family may give, none for as many as are asked for."""
        return self.per_family // self.phrasings if self.per_family and part == "templates" else None


class Training(_Params):
    """QLoRA as docs/plan.md has it: an optimiser step learns from `batch_size` x `accumulation` rows.

    They are packed without padding and read `batch_size` x `max_length` tokens at a time: those two decide the
    memory. `backend` is "hf" or "unsloth"; `tensorboard` writes event files beside the metrics.
    The adapter that is kept is the best of those at the ends of the epochs, and of every `validation_steps` steps where
    that is set: the one that solves most problems of families that are never taught. All answers to them may take
    `validation_seconds`; with 0 nobody is asked, and the lowest validation loss is best, as it is among equals.
    Training stops after `patience` epochs without a better one (none: never before the last epoch).
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
    validation_seconds: int = Field(default=0, ge=0)
    validation_steps: int | None = Field(default=None, ge=1)
    backend: Literal["hf", "unsloth"] = "hf"
    tensorboard: bool = False


class Evaluation(_Params):
    """`prompts` test prompts at most (none: all of them), `max_new_tokens` an answer, `bootstrap` draws an
    interval.
    """

    prompts: int | None = None
    max_new_tokens: int = Field(default=512, ge=1)
    bootstrap: int = Field(default=2000, ge=100)


class Profile(_Named):
    """How large a run is. `base` "embedded" trains on the tiny base in this package, "built" on one that the run builds
    from its own families in minutes, "expert" on the expert's own 14B or 12B base, a size such as "1.5B" on that
    smaller sibling of it; else it is a Hugging Face id, or a folder in Hugging Face form, relative to where the command
    runs. `split` overrides the experts' own shares, where a small run needs a larger test set.
    """

    base: str
    seed: int = 0
    split: SplitShares | None = None
    generation: Generation
    training: Training = Training()
    evaluation: Evaluation = Evaluation()

    @field_validator("base")
    @classmethod
    def _can_be_a_base(cls, base: str) -> str:
        if not re.fullmatch(rf"embedded|built|expert|{_SIZE}|(built|folder):.+|.*/.*", base):
            raise ValueError(
                f"{base!r} is no base; it may be embedded, built, expert, the size of a smaller sibling, a Hugging "
                "Face id, or a folder, which is written with a '/' in it"
            )
        return base

    def on(self, base: str) -> "Profile":
        """The profile with another base, where one is named."""
        return self.model_copy(update={"base": base}) if base else self


class GraphicsCard(_Params):
    """The machine's graphics card: its memory, and the most a training process may take of it, both in GiB."""

    name: str
    memory: float = Field(gt=0)
    cap: float = Field(gt=0)

    @model_validator(mode="after")
    def _cap_leaves_room(self) -> "GraphicsCard":
        if self.cap >= self.memory:
            raise ValueError(
                f"cap is {self.cap}, it must leave something of the card's {self.memory} GiB to the system"
            )
        return self


class Machine(_Named):
    """Where training runs. `transport` "ssh" reaches it as the host that the variable `host_variable` names, else as
    `name` in the ssh config. `folder` holds what is pushed there and serves it as outputs folder: relative to
    `outputs/` for "local"; for "ssh" relative to the home folder there, or absolute, a Windows drive too. `python` is
    the command there that starts a Python with this project's packages. `checkpoints` is a folder relative to the
    outputs folder (none: inside the run).
    """

    transport: Literal["local", "ssh"]
    host_variable: str | None = None
    folder: str
    python: str = "python3"
    checkpoints: str | None = None
    card: GraphicsCard | None = None
    gpus: int = Field(default=0, ge=0)
    ollama: str = "http://127.0.0.1:11434"

    @field_validator("folder", "checkpoints")
    @classmethod
    def _plain(cls, folder: str | None, info: ValidationInfo) -> str | None:
        if folder is None:
            return None
        if folder.startswith("~") or ".." in folder or not folder.isprintable():
            raise ValueError("must be a folder without '~', '..' and line breaks")
        on_another = info.field_name == "folder" and info.data.get("transport") == "ssh"
        if not on_another and (folder.startswith("/") or ":" in folder):
            raise ValueError("must be a relative folder")
        return folder

    @field_validator("python")
    @classmethod
    def _every_shell_reads_alike(cls, python: str) -> str:
        if not re.fullmatch(r"[\w./:~-]+( [\w./:~-]+)*", python):
            raise ValueError("must be words of letters, digits and ./:~-_, such as oracle/.venv/bin/python")
        return python

    @property
    def host(self) -> str:
        """The ssh destination: the environment's, else this machine's name, to be found in the user's ssh config."""
        return os.environ.get(self.host_variable or "", "") or self.name


class SourceParams(_Params):
    """A source of the user's own: how it is read, whose domain its items are of, under which licence, and how to get
    it. `folder` may begin with "~"; else it is relative to where the command runs (none: the variable alone names it).
    `vanilla` is the source of the game that a ROM hack changes, and `of` the one whose code the reader "defects" puts
    defects into, which has no folder of its own. `opt_in` is for a source that stays off until the user
    says otherwise.
    """

    reader: Literal["disassembly", "romhack", "gigaleak", "cpp", "markdown", "logs", "datasets", "defects"]
    domain: Domain
    folder: str | None = None
    licence: str
    get: str
    vanilla: str | None = None
    of: str | None = None
    opt_in: bool | None = None

    @model_validator(mode="after")
    def _asks_before_it_reads_what_is_proprietary(self) -> "SourceParams":
        if (self.reader == "gigaleak" or self.domain is Domain.GIGALEAK) and self.opt_in is None:
            raise ValueError("opt_in must be there, false or true: nobody reads this material unasked")
        return self


class Sources(RootModel[dict[str, SourceParams]]):
    """The sources by their names."""

    @model_validator(mode="after")
    def _have_names_and_know_each_other(self) -> "Sources":
        for name, source in self.root.items():
            _checked_name(name)
            vanilla = self.root.get(source.vanilla or "")
            if source.vanilla and (vanilla is None or vanilla.reader != "disassembly" or source.reader != "romhack"):
                raise ValueError(f"{name}.vanilla must be the disassembly that a ROM hack changes, by its name here")
            of = self.root.get(source.of or "")
            breaks = of is not None and of.reader in ("disassembly", "romhack", "cpp") and source.folder is None
            if (source.reader == "defects" or source.of) and not (source.reader == "defects" and breaks):
                raise ValueError(f"{name}.of must be the source of code that defects are put into, by its name here")
        return self


class ServingParams(_Params):
    """Where the council is served, and what the server bears: bodies of `max_body` bytes that come within
    `body_seconds`; `max_open` questions that are answered or wait, each for at most `answer_seconds` altogether; and
    clients that take nothing of their answer for `reader_seconds`.
    """

    host: str = "127.0.0.1"
    port: int = Field(default=8117, ge=0, le=65535)
    max_body: int = Field(default=2**21, ge=1)
    max_open: int = Field(default=64, ge=1)
    body_seconds: float = Field(default=30, gt=0)
    answer_seconds: float = Field(default=600, gt=0)
    reader_seconds: float = Field(default=30, gt=0)


class EndpointParams(_Params):
    """A server of OpenAI's protocol where experts answer: the environment has its address in `url_variable`, and in
    `key_variable` the key, where it wants one. `models` are the names of the experts there; one that has none, or has
    been left out, is asked of `base`.
    """

    url_variable: str
    key_variable: str
    base: str
    models: dict[str, str] = {}


class CouncilParams(_Params):
    """The orchestrator: which experts it asks, at most `max_experts` for a question, and what classifies questions:
    `classifier_model` where `ask_classifier_model` wants it and a key is set, within `classifier_timeout` seconds, else
    the local classifier. A question
    that concerns no expert is answered by the base of `default`, under `general_prompt`. An expert without an
    adapter answers through `base`, one of those that a `Profile` may name.

    Experts answer at `runtime`, or where `runtimes` says for one: the name of a runtime or of one of the `endpoints`.
    An answer may take `answer_seconds`; code that fails its check is given back to its expert `repair_rounds` times. An
    expert in assembly writes so many `drafts` before that, the first at its own temperature and the others at
    `draft_temperature`, and the one that does what most of them do is kept.
    """

    name: str
    aliases: tuple[str, ...]
    classifier: str
    classifier_model: str
    ask_classifier_model: bool = False
    classifier_timeout: float = Field(default=10, gt=0)
    experts: tuple[str, ...]
    default: str
    general_prompt: str
    max_new_tokens: int = Field(default=512, ge=1)
    max_experts: int = Field(default=3, ge=1)
    base: str = "expert"
    runtime: str = "in-process"
    runtimes: dict[str, str] = {}
    endpoints: dict[str, EndpointParams] = {}
    answer_seconds: float = Field(default=120, gt=0)
    repair_rounds: int = Field(default=2, ge=0)
    drafts: int = Field(default=1, ge=1, le=64)
    draft_temperature: float = Field(default=0.5, gt=0, le=2)
    serving: ServingParams = ServingParams()


class Limits(_Params):
    """How fast a teacher's server may be asked: `concurrency` requests at a time, `requests_per_minute`, and
    `tokens_per_minute` of input, which is how Gemini counts (none: as many as there are). A server that gives no answer
    for `patience` seconds counts as down.
    """

    concurrency: int = Field(default=256, ge=1)
    requests_per_minute: int | None = Field(default=None, ge=1)
    tokens_per_minute: int | None = Field(default=None, ge=1)
    patience: float = Field(default=600, gt=0)


class Prices(_Params):
    """Dollars for a million tokens. `cached` is for input that the server had in its cache (none: as other input);
    thinking costs as output does; `batch` is the factor of a batch.
    """

    input: float = Field(default=0, ge=0)
    output: float = Field(default=0, ge=0)
    cached: float | None = Field(default=None, ge=0)
    batch: float = Field(default=1, gt=0, le=1)

    def of_a_batch(self) -> "Prices":
        cached = None if self.cached is None else self.cached * self.batch
        return Prices(input=self.input * self.batch, output=self.output * self.batch, cached=cached)

    def dollars(self, usage: Mapping[str, float]) -> float:
        """What tokens cost that are counted as in a teacher's reply: "input", of it "cached", "output", "thinking"."""
        cached = usage.get("cached", 0)
        millionths = (
            (usage.get("input", 0) - cached) * self.input
            + cached * (self.input if self.cached is None else self.cached)
            + (usage.get("output", 0) + usage.get("thinking", 0)) * self.output
        )
        return millionths / 1e6


class Hosted(_Params):
    """A teacher behind a server. `model` is its name there; an answer may take `output_limit` tokens, thinking
    included, and `timeout` seconds from when it was asked.
    """

    model: str
    output_limit: int = Field(ge=1)
    timeout: float = Field(gt=0)
    limits: Limits = Limits()
    prices: Prices = Prices()


class Batching(_Params):
    """How requests become batches of at most `requests`: one is closed when no more came for `gather` seconds, and
    asked after every `poll` seconds. `waiting` requests may wait for their answers at a time.
    """

    requests: int = Field(default=1000, ge=1)
    waiting: int = Field(default=4000, ge=1)
    gather: float = Field(default=10, gt=0)
    poll: float = Field(default=60, gt=0)


class GeminiParams(Hosted):
    """`thinking` is how long it thinks before it answers; temperature is the model's own. The environment has the key
    in one of `key_variables` (the first that is set), and another address of the server in `url_variable`. By the
    `transport` "batch" answers come within a day, at the price of a batch.
    """

    transport: Literal["direct", "batch"] = "direct"
    batch: Batching = Batching()
    thinking: Literal["minimal", "low", "medium", "high"]
    key_variables: tuple[str, ...]
    url_variable: str


class OllamaParams(Hosted):
    """`num_ctx` tokens hold what is asked and the answer: Ollama drops what is over without a word."""

    temperature: float = Field(ge=0, le=2)
    num_ctx: int = Field(ge=512)


class OpenAIParams(Hosted):
    """Any server that speaks OpenAI's protocol. The environment has its address in `url_variable`, and in
    `key_variable` the key, where it wants one.
    """

    temperature: float = Field(ge=0, le=2)
    url_variable: str
    key_variable: str


class Teachers(_Params):
    """The teachers behind servers, by their names in `generation.teachers`."""

    gemini: GeminiParams
    ollama: OllamaParams
    openai: OpenAIParams


class JudgeParams(_Params):
    """The judge of prose: `model` at any server that speaks OpenAI's protocol. The environment has its address in
    `url_variable`, and in `key_variable` the key, where it wants one. A verdict may take `output_limit` tokens and
    `timeout` seconds; a server that fails is asked `retries` times more before it counts as down.
    """

    model: str
    url_variable: str
    key_variable: str
    output_limit: int = Field(ge=64)
    timeout: float = Field(gt=0)
    retries: int = Field(ge=0)
    concurrency: int = Field(ge=1)


_Model = TypeVar("_Model", bound=BaseModel)
_Kind = TypeVar("_Kind", Expert, Profile, Machine)


def _place(path: Path) -> str:
    return f"params/{path.relative_to(FOLDER)}" if path.is_relative_to(FOLDER) else path.name


def contents() -> dict[str, object]:
    """What every file under `params/` says, by its path there, without its comments. Raises `OracleError` for one that
    is not valid YAML.
    """
    return {path.relative_to(FOLDER).as_posix(): _load(path) for path in sorted(FOLDER.rglob("*.yaml"))}


def _read(model: type[_Model], path: Path) -> _Model:
    found = _validated(model, path, _text(path))
    assert isinstance(found, model)
    return found


@lru_cache(maxsize=256)  # a council reads who its experts are for each question, and YAML takes ten milliseconds a file
def _validated(model: type[BaseModel], path: Path, text: str) -> BaseModel:
    try:
        return model.model_validate(_parsed(path, text))
    except ValidationError as error:
        raise OracleError(f"{_place(path)}: {first_problem(error)}") from None


def _load(path: Path) -> object:
    return _parsed(path, _text(path))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise OracleError(f"{_place(path)} is not UTF-8 text; save it as UTF-8") from None


def _parsed(path: Path, text: str) -> object:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark else ""
        raise OracleError(f"{_place(path)}{line} is not valid YAML: {problem_in_yaml(error)}") from None


def problem_in_yaml(error: yaml.YAMLError) -> str:
    """What is wrong with a text that is no YAML, or with bytes that are no text, without the lines that quote it."""
    return str(getattr(error, "problem", None) or error).partition("\n")[0]


def _read_named(model: type[_Kind], path: Path) -> _Kind:
    """The file's content, which must bear the file's name: else a copy would silently mean what it was copied from."""
    found = _read(model, path)
    if found.name != path.stem:
        raise OracleError(
            f"{_place(path)}: name is {found.name!r}, but the file is {path.stem!r}; give both one name ({_NAME})"
        )
    return found


def did_you_mean(name: str, known: list[str]) -> str:
    """ "; did you mean X?" for the known name most like `name`, or the list of them where none is."""
    close = difflib.get_close_matches(name, known, 1, 0.5)
    return f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(sorted(known)) or 'none'}"


def experts(folder: Path = FOLDER) -> list[Expert]:
    """All experts, in alphabetical order. Raises `OracleError` where a file is wrong or two experts share a name: then
    it blames the file that changed last.
    """
    paths = sorted((folder / "experts").glob("*.yaml"))
    found = {path.stem: _read_named(Expert, path) for path in paths}
    owners: dict[str, str] = {}
    for path in sorted(paths, key=lambda path: path.stat().st_mtime_ns):
        for name in sorted(set(found[path.stem].names)):
            if owners.setdefault(name, path.stem) != path.stem:
                raise OracleError(f"{_place(path)}: the name {name!r} already means {owners[name]}; choose another")
    return list(found.values())


def load_expert(name: str, folder: Path = FOLDER) -> Expert:
    """The expert of any of its names: short, full, legacy alias or bare ("yaze", "rauru", "asm"), in any case."""
    by_name = {known: expert for expert in experts(folder) for known in expert.names}
    wanted = name.strip().lower().replace("_", "-")
    if wanted == "all":
        known = ", ".join(sorted({expert.name for expert in by_name.values()}))
        raise OracleError(f"'all' is no expert: they are made one at a time, so name one of {known}")
    if wanted not in by_name:
        raise OracleError(f"no expert is called {name!r}{did_you_mean(wanted, list(by_name))}")
    return by_name[wanted]


def _load_named(model: type[_Kind], name: str, folder: Path) -> _Kind:
    kind = model.__name__.lower()
    known = {path.stem: path for path in (folder / f"{kind}s").glob("*.yaml")}
    if name not in known:
        raise OracleError(f"no {kind} is called {name!r}{did_you_mean(name, list(known))}")
    return _read_named(model, known[name])


def profiles(folder: Path = FOLDER) -> list[Profile]:
    """All profiles, in alphabetical order."""
    return [_read_named(Profile, path) for path in sorted((folder / "profiles").glob("*.yaml"))]


def load_profile(name: str, folder: Path = FOLDER) -> Profile:
    return _load_named(Profile, name, folder)


def machines(folder: Path = FOLDER) -> list[Machine]:
    """All machines, in alphabetical order."""
    return [_read_named(Machine, path) for path in sorted((folder / "machines").glob("*.yaml"))]


def load_machine(name: str, folder: Path = FOLDER) -> Machine:
    return _load_named(Machine, name, folder)


def load_sources(folder: Path = FOLDER) -> dict[str, SourceParams]:
    """The user's sources by their names."""
    return _read(Sources, folder / "sources.yaml").root


def load_council(folder: Path = FOLDER) -> CouncilParams:
    return _read(CouncilParams, folder / "council.yaml")


def load_teachers(folder: Path = FOLDER) -> Teachers:
    return _read(Teachers, folder / "teachers.yaml")


def load_judge(folder: Path = FOLDER) -> JudgeParams:
    """Who judges prose, where the environment names a server of that protocol."""
    return _read(JudgeParams, folder / "judge.yaml")


def check(kind: type, **values: object) -> None:
    """Refuses a notebook's parameter that is not of the `kind` that its notebook declares, and a number below zero.

    papermill and JupyterLab set any value of any type, and the text "false" would be true.
    """
    for name, value in values.items():
        fits = type(value) in (int, float) if kind is float else type(value) is kind  # a bool is an int to isinstance
        if not fits:
            raise OracleError(f"parameter {name!r} takes {kind.__name__}, not {value!r}")
        if isinstance(value, int | float) and not 0 <= value < math.inf:
            raise OracleError(f"parameter {name!r} takes a number from 0 upwards, not {value!r}")
