"""An installation that a test may kill. It stands in a module of its own, where other processes find it."""

import os

from oracle_lib import registry
from oracle_lib.runtimes import open_runtime


def install(outputs: str, studio: str, name: str) -> None:
    """Puts a registered version into llama.cpp, and into an LM Studio with that models folder."""
    os.environ |= {"ORACLE_OUTPUTS": outputs, "ORACLE_LM_STUDIO_MODELS": studio}
    version = registry.load(name)
    for runtime in ("llama.cpp", "lm-studio"):
        open_runtime(runtime, version.adapter.base).install(version)
