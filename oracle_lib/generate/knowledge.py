"""The knowledge graph of the user's sources: built once, kept in `outputs/knowledge/`, and built again when a source or
the code that reads it changes. It asks the graph nothing.
"""

import hashlib
from itertools import chain

from oracle_lib.code import code_digest
from oracle_lib.files import display_path, outputs
from oracle_lib.generate import sources
from oracle_lib.params import load_sources
from oracle_lib.quality import Knowledge
from oracle_lib.quality.knowledge.build import build

_READERS = ("cpp", "disassembly", "gigaleak", "romhack")
"""The readers of sources that define names."""


def knowledge_of_sources() -> Knowledge:
    """The graph of all sources of code that are there and switched on; without any, the shipped facts alone."""
    readers = {
        name: f"{sources.__name__}.{source.reader}"
        for name, source in load_sources().items()
        if source.reader in _READERS and sources.is_on(name, source) and sources.is_there(name, source)
    }
    if not readers:
        return Knowledge.facts()
    code = code_digest(build.__module__, *sorted(set(readers.values())))
    parts = [code, *(f"{name}:{sources.digest(name)}" for name in readers)]
    path = outputs() / "knowledge" / f"{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:16]}.sqlite"
    if path.is_file():
        return Knowledge(path)
    print(f"building {display_path(path)} of {', '.join(readers)}, which takes about half a minute")
    return Knowledge.build(chain.from_iterable(map(sources.read_one, readers)), path)
