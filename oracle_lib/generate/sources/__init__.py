"""What teachers are asked about: pieces of a user's own clones, each a typed item. Asks and judges nothing.

A source is one file of this folder, which reads one form of text, and an entry in `params/sources.yaml`, which says
where a user has it.
"""

import hashlib
import os
import pkgutil
from collections.abc import Callable, Collection, Iterator
from itertools import chain
from pathlib import Path

from oracle_lib import OracleError
from oracle_lib.items import Item
from oracle_lib.params import Expert, SourceParams, did_you_mean, load_sources
from oracle_lib.sample import Domain


def read(expert: Expert, domains: Collection[Domain] | None = None) -> Iterator[Item]:
    """The items of the user's sources of an expert's domains (all of them, or those named), source by source.

    Raises `OracleError`, before anything is read, as `there` does, and for a domain that no source is of.
    """
    wanted = [*(expert.domains if domains is None else domains)]
    found = there(expert, wanted)
    served = {source.domain for source in found.values()}
    if lacking := [domain for domain in wanted if domain not in served and domain is not Domain.GIGALEAK]:
        remedy = f"add one of domain {' and one of domain '.join(lacking)} to params/sources.yaml"
        raise OracleError(f"{expert.name} needs a source of domain {', '.join(lacking)}, and none is there; {remedy}")
    return chain.from_iterable(map(read_one, found))


def there(
    expert: Expert, domains: Collection[Domain] | None = None, readers: Collection[str] = ()
) -> dict[str, SourceParams]:
    """The sources of an expert's domains (all of them, or those named) that are there, of some `readers` alone if any
    are named.

    Of several sources of a domain those that are there count, and one that waits for an opt-in counts for nothing, as
    do defects in code of another language than the expert's. Raises `OracleError` that names all domains that have such
    sources in `params/sources.yaml` and none of them there.
    """
    wanted = expert.domains if domains is None else domains
    known = load_sources()
    sources = {
        name: source
        for name, source in known.items()
        if source.domain in wanted
        and is_on(name, source)
        and (not readers or source.reader in readers)
        and (source.of is None or (known[source.of].reader == "cpp") == (expert.language == "cpp"))
    }
    here = {name: source for name, source in sources.items() if is_there(name, source)}
    missing: dict[Domain, list[str]] = {}
    for name, source in sources.items():
        if source.domain not in {one.domain for one in here.values()}:
            missing.setdefault(source.domain, []).append(_missing(name, source))
    if missing:
        told = "; and ".join(
            f"a source of domain {domain}, and none is there; {'; or '.join(choices)}"
            for domain, choices in missing.items()
        )
        raise OracleError(f"{expert.name} needs {told}")
    return here


def read_one(name: str, folder: Path | None = None) -> Iterator[Item]:
    """The items of the source of that name, from another folder where one is given.

    Raises `OracleError`, before anything is read, for an unknown name, a folder that is not there, and a source that
    waits for its opt-in.
    """
    known = load_sources()
    if name not in known:
        raise OracleError(f"params/sources.yaml has no source {name!r}{did_you_mean(name, list(known))}")
    source = known[name]
    if not is_on(name, source):
        raise OracleError(
            f"{name} is off: if you have a copy of your own, set opt_in to true in params/sources.yaml or "
            f"{_variable('OPT_IN', name)}=yes"
        )
    if source.of is not None:
        from oracle_lib.generate.sources.defects import items  # it builds on this module

        return items(read_one(source.of, folder), seed=0)
    place = folder or _folder(name, source)
    if place is None or not place.is_dir():
        raise OracleError(_missing(name, source) if folder is None else f"{name}: there is no folder {folder}")
    reader: Callable[..., Iterator[Item]] = pkgutil.resolve_name(f"{__name__}.{source.reader}:items")
    if source.vanilla is None:
        return reader(place, name, source.domain, source.licence)
    vanilla = _folder(source.vanilla, known[source.vanilla])
    if vanilla is None or not vanilla.is_dir():
        print(f"{name}: {source.vanilla} is not there, so its hooks have no code of the game beside them")
        vanilla = None
    return reader(place, name, source.domain, source.licence, vanilla)


def digest(name: str) -> str:
    """The sha256 of all files of a source that is there, and of the game that it changes."""
    known = load_sources()
    found = hashlib.sha256()
    for one in (name, known[name].vanilla):
        place = _folder(one, known[one]) if one else None
        for path in sorted(place.rglob("*")) if place else ():
            inside = path.relative_to(place) if place else path
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                found.update(f"{inside.as_posix()}\0{path.stat().st_size}\0".encode())
                with path.open("rb") as file:
                    found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()


def is_on(name: str, source: SourceParams) -> bool:
    """Whether a source may be read: one that waits for an opt-in only after the user's own."""
    if source.opt_in is None:
        return True
    variable = _variable("OPT_IN", name)
    said = os.environ.get(variable, "")
    if said not in ("", "yes"):
        raise OracleError(f"{variable}={said} says neither; set it to yes, or leave it away")
    return said == "yes" or source.opt_in


def is_there(name: str, source: SourceParams) -> bool:
    """Whether the folder of a source is."""
    place = _folder(name, source)
    return place is not None and place.is_dir()


def _folder(name: str, source: SourceParams) -> Path | None:
    if source.of is not None:
        return _folder(source.of, load_sources()[source.of])
    chosen = os.environ.get(_variable("SOURCE", name)) or source.folder
    try:
        return Path(chosen).expanduser() if chosen else None
    except RuntimeError:
        raise OracleError(f"{name}: {chosen} names no home folder of this machine; write it out") from None


def _missing(name: str, source: SourceParams) -> str:
    if source.of is not None:
        return _missing(source.of, load_sources()[source.of])
    chosen = os.environ.get(_variable("SOURCE", name)) or source.folder
    place = f"there is no folder {chosen}" if chosen else "no folder is named"
    return f"{name}: {place} ({source.get}), or set {_variable('SOURCE', name)} to the folder that you have"


def _variable(what: str, name: str) -> str:
    return f"ORACLE_{what}_{name.upper().replace('-', '_')}"
