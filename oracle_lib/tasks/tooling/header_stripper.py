"""A C++ function that removes or adds the copier header of a ROM file."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "patch tools"


def draw(rng: random.Random) -> Problem:
    unit = rng.choice((0x400, 0x8000, 0x8000))
    adds = rng.random() < 0.4
    returns = rng.choice(("bool", "void", "size_t"))
    fill = rng.choice((0x00, 0x00, 0xFF))
    verb = rng.choice(("Add", "Prepend") if adds else ("Strip", "Remove", "Drop"))
    name = f"{verb}{rng.choice(('Header', 'CopierHeader'))}"
    function = Function(returns, name, (("std::vector<uint8_t>&", "rom"),))

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        size = unit * rng.choice((1, 2, 3)) + rng.choice((0, 0x200, 0x200, 0x100, 0x1FF))
        if rng.choice((True, False, False)):
            size = size % unit + rng.choice((0, 0x400))
        image = rom(size, seed=rng.getrandbits(31) | 1)
        headed = size % unit == 0x200
        after = bytes(image)
        if headed and not adds:
            after = after[0x200:]
        if adds and not headed:
            after = bytes([fill]) * 0x200 + after
        done = headed is not adds
        if returns == "void":
            return [image], [after]
        return [image], [int(done) if returns == "bool" else len(after), after]

    change = (
        f"rom.insert(rom.begin(), 0x200, {hexadecimal(fill)});"
        if adds
        else "rom.erase(rom.begin(), rom.begin() + 0x200);"
    )
    test = f"{'!' if adds else ''}headed"
    lines = [f"bool headed = rom.size() % {hexadecimal(unit)} == 0x200;", f"if ({test}) {change}"]
    lines += {"bool": [f"return {test};"], "void": [], "size_t": ["return rom.size();"]}[returns]
    reference = cpp("@signature {\n@body}", signature=function.signature, body="".join(f"  {line}\n" for line in lines))
    does = (
        f"puts a header of 0x200 bytes {hexadecimal(fill)} in front of a ROM file that has none"
        if adds
        else "removes the copier header, the first 0x200 bytes, from a ROM file that has one"
    )
    rule = f"A file has a header exactly where its size modulo {hexadecimal(unit)} is 0x200; leave any other alone"
    if adds:
        rule = (
            f"A file has a header already exactly where its size modulo {hexadecimal(unit)} is 0x200; leave that alone"
        )
    rule += {"bool": ". Return whether you changed it", "void": "", "size_t": ". Return the size afterwards"}[returns]
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {does}. {rule}.",
            f"My tool opens ROM files of all kinds. I need a function that {does}. {rule}.",
            f"{does[0].upper()}{does[1:]}: {rule}.",
            f"Before patching, my program calls a function that {does}. {rule}. `rom` is the whole file.",
        ),
        references=(reference,),
        case=case,
        parameters={"unit": unit, "adds": int(adds), "returns": returns, "fill": fill},
        explanation="The size tells: a ROM alone is a whole number of banks, and what is left over is the header.",
    )
