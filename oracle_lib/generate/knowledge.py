"""The knowledge graph of the user's sources, or of what a run's samples do: built once, kept in `outputs/knowledge/`,
and built again when a source or the code that reads it changes. It asks the graph nothing.
"""

import hashlib
from itertools import chain

from oracle_lib.code import code_digest
from oracle_lib.files import display_path, outputs
from oracle_lib.generate import sources
from oracle_lib.items import Item
from oracle_lib.params import load_expert, load_sources
from oracle_lib.quality import Knowledge
from oracle_lib.quality.knowledge.build import build
from oracle_lib.quality.text import code_of, language_of
from oracle_lib.run import stage_folder
from oracle_lib.sample import Sample, read_samples
from oracle_lib.verify.cpp.syntax import CppText

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


def knowledge_of_run(run: str, expert: str) -> Knowledge:
    """The graph of the user's sources; where there is none, of the code in the run's accepted samples, each of which
    goes by its problem's name.
    """
    graph = knowledge_of_sources()
    if graph.domains:
        return graph
    samples = read_samples(stage_folder(run, load_expert(expert).name, "generate") / "accepted.jsonl")
    items = [item for sample in samples if (item := _item_of(sample))]
    digest = hashlib.sha256("".join(sorted(item.content for item in items)).encode()).hexdigest()
    return Knowledge.build(items, outputs() / "knowledge" / f"{digest[:16]}.sqlite")


def _item_of(sample: Sample) -> Item | None:
    language = language_of(sample)
    code = "" if language == "text" else code_of(sample)
    if not code:
        return None
    calls = (call.name for call in CppText.read(code).calls()) if language == "cpp" else ()
    return Item(
        source=sample.source.model_copy(update={"symbol": sample.group, "path": sample.group}),
        domain=sample.domain,
        kind="function" if language == "cpp" else "routine",
        text=code,
        calls=tuple(dict.fromkeys(calls)),
    )
