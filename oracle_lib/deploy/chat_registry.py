"""Lists the models that can be asked here in a `chat_registry.toml`, for chat clients that read one. Serves none, and
writes no key.

Each `[[models]]` says `name`, `provider` (what the endpoint speaks), `model_id` (its name there), `endpoint`, `role`,
`description` and `aliases`; of an expert also `expert` and, where one is registered, the `version` in use. A version in
a runtime of its own brings its `system_prompt` and `temperature`, which the council's server knows by itself.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from oracle_lib import OracleError, registry
from oracle_lib.files import atomic_write, writable_file
from oracle_lib.params import did_you_mean, load_council, load_expert
from oracle_lib.runtimes import open_runtime
from oracle_lib.runtimes.addresses import LM_STUDIO, ollama_address

Entry = Mapping[str, str | float | Sequence[str]]

_FIRST = "# Written by: python -m oracle_lib chat-registry"
_ELSEWHERE = ("ollama", "lm-studio")
"""The runtimes that other programs ask directly."""
_EVERYWHERE = ("0.0.0.0", "::")


def write_chat_registry(path: Path, places: Sequence[str] = ()) -> list[str]:
    """Writes the file, over an earlier one of ours, and returns the models' names in it: the council, its experts, and
    the versions in use that are installed in these `places`, "ollama" or "lm-studio".

    Raises `OracleError` where another program's file is there, for another place, and where a place does not answer.
    """
    for place in places:
        if place not in _ELSEWHERE:
            raise OracleError(f"{place!r} takes no clients of its own{did_you_mean(place, [*_ELSEWHERE])}")
    if writable_file(path).exists() and not path.read_bytes().startswith(_FIRST.encode()):
        raise OracleError(f"{path} is there and is none of ours; name another file, or remove that one")
    entries = [*_served(), *(entry for place in places for entry in _installed(place))]
    tables = (f"[[models]]\n{''.join(_lines(entry))}" for entry in entries)
    atomic_write(path, "\n".join([f"{_FIRST}, which replaces this file. It holds no key.\n", *tables]))
    return [str(entry["name"]) for entry in entries]


def _served() -> Iterator[Entry]:
    """What `python -m oracle_lib serve` answers as."""
    council = load_council()
    host = "127.0.0.1" if council.serving.host in _EVERYWHERE else council.serving.host
    endpoint = f"http://{host}:{council.serving.port}/v1"
    yield {
        "name": council.name,
        "provider": "openai",
        "model_id": council.name,
        "endpoint": endpoint,
        "role": "council",
        "description": "asks the experts that a question concerns, and joins what they say",
        "aliases": council.aliases,
    }
    for expert in map(load_expert, council.experts):
        version = registry.in_use(expert.name)
        yield {
            "name": expert.short_name,
            "provider": "openai",
            "model_id": expert.short_name,
            "endpoint": endpoint,
            "role": "expert",
            "description": expert.purpose,
            "aliases": [name for name in expert.names if name != expert.short_name],
            "expert": expert.name,
            **({"version": version.name} if version else {}),
        }


def _installed(place: str) -> Iterator[Entry]:
    for expert in map(load_expert, load_council().experts):
        version = registry.in_use(expert.name)
        if version is None or version.name not in open_runtime(place, version.adapter.base).models():
            continue
        is_ollama = place == "ollama"
        yield {
            "name": f"{expert.short_name}-{place}",
            "provider": "ollama" if is_ollama else "studio",
            "model_id": version.name,
            "endpoint": ollama_address() if is_ollama else os.environ.get("ORACLE_LM_STUDIO") or LM_STUDIO,
            "role": "expert",
            "description": expert.purpose,
            "aliases": [],
            "expert": expert.name,
            "version": version.name,
            "system_prompt": expert.system_prompt,
            "temperature": expert.temperature,
        }


def _lines(entry: Entry) -> Iterator[str]:
    """Texts, numbers and lists of texts are written alike in JSON and TOML, but for one sign that only JSON leaves."""
    for key, value in entry.items():
        yield f"{key} = {json.dumps(value, ensure_ascii=False)}\n".replace("\x7f", r"\u007f")
