"""What would stop a run later, found before its first notebook: a teacher, tool, base, GPU or machine out of reach.

The checks are those with which the stages themselves refuse. They download, build and change nothing.
"""

import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeAlias

from oracle_lib import OracleError, bases, generate, transfer, verify
from oracle_lib.files import reason_of
from oracle_lib.generate.teachers import teacher_called
from oracle_lib.params import Expert, Machine, Profile

_SECONDS = 10
"""The longest that the Hugging Face Hub is waited for."""

_Check: TypeAlias = Callable[[Expert, Profile, Machine], None]


def problems(expert: Expert, profile: Profile, machine: Machine, stages: Collection[str]) -> list[str]:
    """What would stop one of the stages, in the order of the road, each in a sentence with its remedy."""
    found: list[str] = []
    for check in dict.fromkeys(check for stage, checks in _CHECKS.items() if stage in stages for check in checks):
        try:
            check(expert, profile, machine)
        except OracleError as error:
            found.append(str(error))
    return list(dict.fromkeys(found))


def require(expert: Expert, profile: Profile, machine: Machine, stages: Collection[str]) -> None:
    """Raises `OracleError` with everything that would stop one of the stages; else does nothing."""
    if found := problems(expert, profile, machine, stages):
        raise OracleError("\n       ".join(found))  # each under the first, behind "error: "


def _teachers(expert: Expert, profile: Profile, machine: Machine) -> None:
    for name in profile.generation.teachers:
        teacher_called(name, expert, profile.generation.expert)


def _task_families(expert: Expert, profile: Profile, machine: Machine) -> None:
    generate.plan_targets(expert, 1, profile.generation)


def _judge(expert: Expert, profile: Profile, machine: Machine) -> None:
    if expert.language == "asm":
        verify.Console().close()  # it looks for the core, which starts at the first call
    elif expert.language == "cpp" and (reason := verify.cpp_unavailable()):
        raise OracleError(reason)


def _machine(expert: Expert, profile: Profile, machine: Machine) -> None:
    transfer.require_reachable(machine)


def _training(expert: Expert, profile: Profile, machine: Machine) -> None:
    tiny = _is_tiny(bases.choose(profile.base, expert))
    if tiny and profile.training.backend == "hf" and not profile.training.tensorboard:
        return  # nothing that a tiny base could lack, and PyTorch takes seconds to load
    from oracle_lib import train

    train.require_packages(profile.training)
    if not tiny:
        train.require_room(train.prepare_base(expert, profile, machine), profile.training, machine)


def _is_tiny(base: str) -> bool:
    return base == "built" or bases.is_ours(base)


def _base(expert: Expert, profile: Profile, machine: Machine) -> None:
    base = bases.choose(profile.base, expert)
    if _is_tiny(base):
        return
    if bases.is_folder(base):
        from oracle_lib import models

        models.load_tokenizer(base)
        return
    if _is_on_disk(base):
        return
    from httpx import HTTPError
    from huggingface_hub import get_hf_file_metadata, hf_hub_url
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

    try:
        get_hf_file_metadata(hf_hub_url(base, "config.json"), timeout=_SECONDS)
    except GatedRepoError:
        raise OracleError(
            f"{base} asks for its licence to be accepted; accept it on its page of the Hugging Face Hub, and log in "
            "here with: hf auth login"
        ) from None
    except RepositoryNotFoundError:
        raise OracleError(
            f"the Hugging Face Hub has no {base}, or shows it only to those who are logged in, and there is no such "
            "folder; correct the name of the base, or log in with: hf auth login"
        ) from None
    except (OSError, HTTPError) as error:
        raise OracleError(
            f"{base} is not on this machine, and the Hugging Face Hub cannot be reached ({reason_of(error)}); "
            f"download it where there is a network, with: hf download {base}"
        ) from None


def _is_on_disk(base: str) -> bool:
    """Whether the Hub's cache holds the base's configuration and all files of its weights."""
    from huggingface_hub import try_to_load_from_cache

    def cached(name: str) -> Path | None:
        found = try_to_load_from_cache(base, name)
        return Path(found) if isinstance(found, str) else None

    index = cached("model.safetensors.index.json")
    weights = set(json.loads(index.read_bytes())["weight_map"].values()) if index else {"model.safetensors"}
    return all(map(cached, ("config.json", *weights)))


_CHECKS: dict[str, tuple[_Check, ...]] = {
    "generate": (_teachers, _task_families, _judge),
    "transfer": (_machine,),
    "train": (_training, _base),
    "evaluate": (_judge,),
}
