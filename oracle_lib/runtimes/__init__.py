"""Where experts answer: in this process, or by llama.cpp, LM Studio or Ollama, all behind one door. Trains nothing and
decides nothing about who is asked.
"""

from collections.abc import Callable
from importlib import import_module

from oracle_lib import OracleError
from oracle_lib.params import did_you_mean
from oracle_lib.runtimes.door import ChatPlace, Check, Installed, NoTools, Runtime, Settings, Usage

__all__ = [
    "RUNTIMES",
    "ChatPlace",
    "Check",
    "Installed",
    "NoTools",
    "Runtime",
    "Settings",
    "Usage",
    "open_runtime",
]

_PLACES = {
    "in-process": "in_process.InProcess",
    "llama.cpp": "llama_cpp.LlamaCpp",
    "lm-studio": "lm_studio.LmStudio",
    "ollama": "ollama.Ollama",
}
RUNTIMES = tuple(_PLACES)
"""The names of all runtimes."""


def open_runtime(name: str, base: str) -> Runtime:
    """The runtime of that name, for experts on a base; nothing is started before it is asked. Raises `OracleError`
    for an unknown name.
    """
    if name not in _PLACES:
        raise OracleError(
            f"there is no runtime {name!r}{did_you_mean(name, [*RUNTIMES])}; known are {', '.join(RUNTIMES)}"
        )
    module, _, kind = _PLACES[name].partition(".")
    make: Callable[[str], Runtime] = getattr(import_module(f"oracle_lib.runtimes.{module}"), kind)
    return make(base)
