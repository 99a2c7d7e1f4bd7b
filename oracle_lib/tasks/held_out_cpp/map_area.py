"""Finds the overworld area of a position, the corner of an area, or the area beside one."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, hexadecimal, make

SUBJECT = "maps"

STEPS = {"north": (0, -1), "south": (0, 1), "west": (-1, 0), "east": (1, 0)}


def draw(rng: random.Random) -> Problem:
    action = rng.choice(("area", "corner", "beside"))
    side = rng.choice((8, 8, 4, 16))
    pixels = rng.choice((512, 512, 256, 1024))
    first = rng.choice((0, 0x40, 0x80, rng.randrange(1, 0x20) * 4))
    direction = rng.choice(tuple(STEPS))
    wraps = rng.random() < 0.4
    right, down = STEPS[direction]
    function = {
        "area": Function("int", rng.choice(("AreaAt", "area_of_position")), (("int", "x"), ("int", "y"))),
        "corner": Function("std::array<int, 2>", rng.choice(("AreaCorner", "area_origin")), (("int", "area"),)),
        "beside": Function("int", rng.choice(("NextArea", "area_beside", "Neighbour")), (("int", "area"),)),
    }[action]

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        column, row = (rng.choice((0, side - 1, rng.randrange(side), rng.randrange(side))) for _ in range(2))
        if action == "beside":
            edge, inner = (side - 1, side - 2) if right + down > 0 else (0, 1)
            spots = ((edge, column), (inner, 0), (inner, side - 1), (edge, side - 1), (column, row))
            along, across = rng.choice(spots)
            column, row = (along, across) if right else (across, along)
        area = first + row * side + column
        if action == "area":
            inside = (rng.choice((0, pixels - 1, rng.randrange(pixels))) for _ in range(2))
            x, y = (cell * pixels + offset for cell, offset in zip((column, row), inside, strict=True))
            return [x, y], [area]
        if action == "corner":
            return [area], [[column * pixels, row * pixels]]
        there, below = column + right, row + down
        if wraps:
            return [area], [first + below % side * side + there % side]
        return [area], [first + below * side + there if 0 <= there < side and 0 <= below < side else -1]

    index = f"(area - {hexadecimal(first)})" if first else "area"
    start = f"{hexadecimal(first)} + " if first else ""
    edge = 0 if right + down < 0 else side - 1
    step = (right + down) * (1 if right else side)
    moved = f"area {'+' if step > 0 else '-'} {abs(step)}"
    wrapped = f"area {'-' if step > 0 else '+'} {abs(step) * (side - 1)}"
    body = {
        "area": f"return {start}y / {pixels} * {side} + x / {pixels};",
        "corner": f"return {{{index} % {side} * {pixels}, {index} / {side} * {pixels}}};",
        "beside": f"int {'column' if right else 'row'} = {index} {'%' if right else '/'} {side};\n"
        f"  return {'column' if right else 'row'} == {edge} ? {wrapped if wraps else -1} : {moved};",
    }[action]
    world = f"an overworld of {side}x{side} areas of {pixels}x{pixels} pixels"
    numbers = (
        f"Areas are numbered row by row from {hexadecimal(first)}" if first else "Areas are numbered row by row from 0"
    )
    said = {
        "area": f"returns the number of the area that holds the pixel (`x`, `y`) of {world}",
        "corner": f"returns x and y, in pixels, of the upper left corner of area `area` in {world}",
        "beside": f"returns the number of the area {'above' if down < 0 else 'below' if down > 0 else direction + ' of'} "
        f"area `area` in an overworld of {side}x{side} areas, "
        + ("which wraps around at its edges" if wraps else "or -1 where the world ends"),
    }[action]
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {said}. {numbers}.",
            f"{numbers}. I need a function that {said}.",
            f"Overworld helper: it {said}. {numbers}.",
            f"For the overworld editor, write a C++ function that {said}. {numbers}.",
        ),
        references=(cpp("@signature {\n  @body\n}", signature=function.signature, body=body),),
        case=case,
        parameters={
            "action": action,
            "side": side,
            "pixels": pixels * (action != "beside"),
            "first": first,
            "direction": direction if action == "beside" else "",
            "wraps": int(wraps and action == "beside"),
        },
        explanation=f"The row is the number divided by {side}, the column the remainder.",
    )
