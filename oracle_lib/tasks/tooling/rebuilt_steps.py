"""Which steps of a build run again after a file was changed, by its Makefile, and how long they take."""

import random
from graphlib import TopologicalSorter

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.tooling import LETTERS, code, question

SUBJECT = "builds"
_ASSETS = ("font", "sprites", "tiles", "title", "palette", "dungeon", "overworld", "credits")
_TOOLS = {".2bpp": "encode_2bpp", ".4bpp": "encode_4bpp", ".lz": "compress", ".pal": "encode_palette"}
_LAST_STEPS = {
    "build/hack.sfc.sum": "fix_checksum build/hack.sfc && touch $@",
    "build/hack.ips": "make_ips rom/base.sfc build/hack.sfc $@",
    "build/report.txt": "free_space build/hack.sfc > $@",
}


def draw(rng: random.Random) -> Problem:
    rules: dict[str, tuple[list[str], str]] = {}
    packed: list[str] = []
    sources: list[str] = []
    for asset in rng.sample(_ASSETS, rng.randrange(2, 4)):
        kind = ".pal" if asset == "palette" else rng.choice((".2bpp", ".4bpp"))
        raw = f"build/{asset}{kind}"
        sources.append(f"gfx/{asset}.png")
        rules[raw] = ([sources[-1]], f"{_TOOLS[kind]} $< $@")
        if kind != ".pal" and rng.random() < 0.7:
            rules[f"build/{asset}.lz"] = ([raw], "compress $< $@")
            raw = f"build/{asset}.lz"
        packed.append(raw)
    text = rng.random() < 0.6
    if text:
        sources.append("text/script.txt")
        rules["build/script.asm"] = (["text/script.txt"], "encode_text $< $@")
    code_files = [f"src/{name}.asm" for name in rng.sample(("main", "menu", "sprites", "rooms", "sound"), 2)]
    sources += code_files
    needs = [*code_files, *packed, *(["build/script.asm"] if text else [])]
    rules["build/hack.sfc"] = (["rom/base.sfc", *needs], f"cp rom/base.sfc $@ && asar {code_files[0]} $@")
    sources.append("rom/base.sfc")
    extra = rng.sample(sorted(_LAST_STEPS), rng.randrange(1, 3))
    for target in extra:
        rules[target] = (
            ["build/hack.sfc", *(["rom/base.sfc"] if target == "build/hack.ips" else [])],
            _LAST_STEPS[target],
        )
    changed = rng.choice(sources)
    run_again = _stale(rules, changed)
    steps = [target for target in TopologicalSorter({name: needs for name, (needs, _) in rules.items()}).static_order()
             if target in run_again]  # fmt: skip
    choices = rng.sample(sorted(rules), min(5, len(rules)))
    still = [target for target in choices if target not in run_again]
    if len(still) != 1:
        return draw(rng)
    letter = LETTERS[choices.index(still[0])]
    goals = f"all: {' '.join(sorted(set(rules) - {need for needs, _ in rules.values() for need in needs}))}"
    seconds = {target: rng.randrange(1, 30) for target in rules}
    makefile = f"{goals}\n\n" + "\n\n".join(
        f"{target}: {' '.join(needs)}  # {seconds[target]} s\n\t{command}"
        for target, (needs, command) in rng.sample(sorted(rules.items()), len(rules))
    )
    listed = "\n".join(f"{one}) {target}" for one, target in zip(LETTERS, choices, strict=False))
    total = sum(seconds[step] for step in steps)
    return question(
        __name__,
        SUBJECT,
        Domain.YAZE,
        (
            f"Everything was built. Then I changed {changed}. How long does `make all` take now, and which of the "
            "listed targets "
            "stays as it is?",
            f"After an edit of {changed}: how many seconds does make need, one rule at a time, and which of these does "
            "it not "
            "touch?",
            f"{changed} is newer. Seconds to rebuild? Which listed target does not run?",
            f"My build takes long. I only touched {changed}; work out from the Makefile which rules run and how long "
            "they take "
            "together, and which of the listed targets is left alone.",
            f"Which target in the list does not depend on {changed}? And how many seconds do those take that do, in "
            "the whole "
            "Makefile?",
        ),
        input=f"{code(makefile, 'make')}\n\n{listed}\n\nThe comment behind each rule is how long it takes. "
        "One rule runs at a time.",
        reasoning=f"What depends on {changed}, by however many steps, in the order of the build:\n"
        + "\n".join(f"- {step}: {seconds[step]} s" for step in steps)
        + f"\n\nThat is {' + '.join(str(seconds[step]) for step in steps)} = {total} seconds. {still[0]} needs "
        f"{', '.join(rules[still[0]][0])}, and none of it has changed.",
        facts={"seconds": total, "choice": letter},
        parameters={"makefile": makefile, "changed": changed, "listed": listed},
    )


def _stale(rules: dict[str, tuple[list[str], str]], changed: str) -> set[str]:
    """The targets that depend on a file, by however many steps."""
    stale: set[str] = set()
    while more := {name for name, (needs, _) in rules.items() if stale.union([changed]).intersection(needs)} - stale:
        stale |= more
    return stale
