"""Looks up or changes what a weapon does to a sprite: a class of four bits a pair, and a table of what a class takes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "game logic"


def draw(rng: random.Random) -> Problem:
    weapons, columns = rng.choice((16, 16, 12, 10)), rng.choice((8, 8, 16))
    classes = rng.randrange(0x10, 0x3000) * 0x10
    amounts = classes + 0x1000 + rng.randrange(0x3000) * 0x10
    high_first, by_weapon = rng.random() < 0.5, rng.random() < 0.6
    special = rng.choice((0, 0xF0, 0xF8, 0xFA))
    action = rng.choice(("damage", "hits", "left", "immune", "set"))
    stride = weapons // 2
    pair = ((BYTES, "rom"), ("int", "sprite"), ("int", "weapon"))
    function = Function(
        {"immune": "std::vector<int>", "set": "void"}.get(action, "int"),
        rng.choice(
            {
                "damage": ("WeaponDamage", "damage_of", "GetDamage"),
                "hits": ("HitsToDefeat", "hits_needed"),
                "left": ("HealthAfterHit", "health_left"),
                "immune": ("HarmlessWeapons", "immune_to"),
                "set": ("SetDamageClass", "set_class"),
            }[action]
        ),
        {
            "hits": (*pair, ("int", "health")),
            "left": (*pair, ("int", "health")),
            "immune": pair[:2],
            "set": (("std::vector<uint8_t>&", "rom"), *pair[1:], ("int", "value")),
        }.get(action, pair),
    )

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        sprite, weapon, health = rng.randrange(0xF3), rng.randrange(weapons), rng.choice((1, 4, 20, 48, 96))
        edges = (special, special - 1) if special else ()
        table = [rng.choice((*edges, 0, 255, 4, 1, 2, 8, 16, 64)) for _ in range(weapons * columns)]
        kinds = [rng.randrange(columns) for _ in range(weapons)]

        def image() -> Value:
            halves = zip(kinds[::2], kinds[1::2], strict=True)
            packed = bytes(a << 4 | b if high_first else b << 4 | a for a, b in halves)
            return rom(amounts + 0x100, {classes + sprite * stride: packed, amounts: bytes(table)})

        def damage(weapon: int) -> int:
            place = weapon * columns + kinds[weapon] if by_weapon else kinds[weapon] * weapons + weapon
            return table[place] if not special or table[place] < special else 0

        given: list[Value] = [image(), sprite]
        if action == "immune":
            return given, [[weapon for weapon in range(weapons) if not damage(weapon)]]
        if action == "set":
            kinds[weapon] = rng.randrange(columns)
            return [*given, weapon, kinds[weapon]], [image()]
        taken = damage(weapon)
        if action == "damage":
            return [*given, weapon], [taken]
        hits = next((count for count in range(1, 256) if taken * count >= health), 0)
        return [*given, weapon, health], [hits if action == "hits" else max(health - taken, 0)]

    byte = f"rom[{hexadecimal(classes)} + sprite * {stride} + weapon / 2]"
    first, second = ("pair >> 4", "pair & 0xF") if high_first else ("pair & 0xF", "pair >> 4")
    place = f"weapon * {columns} + kind" if by_weapon else f"kind * {weapons} + weapon"
    found = [
        f"int pair = {byte};",
        f"int kind = weapon % 2 ? {second} : {first};",
        f"int amount = rom[{hexadecimal(amounts)} + {place}];",
    ]
    none = f"amount == 0 || amount >= {hexadecimal(special)}" if special else "amount == 0"
    kept = f"amount < {hexadecimal(special)}" if special else ""
    high, low = "value << 4 | (pair & 0xF)", "(pair & 0xF0) | value"
    lines = {
        "damage": [*found[:2], f"{found[2]}", f"return {kept} ? amount : 0;"]
        if special
        else [*found[:2], found[2].replace("int amount =", "return")],
        "hits": [*found, f"if ({none}) return 0;", "return (health + amount - 1) / amount;"],
        "left": [
            *found,
            f"return {f'{kept} ? std::max(health - amount, 0) : health' if special else 'std::max(health - amount, 0)'};",
        ],
        "immune": [
            "std::vector<int> weapons;",
            f"for (int weapon = 0; weapon < {weapons}; ++weapon) {{",
            *(f"  {line}" for line in found),
            f"  if ({none}) weapons.push_back(weapon);",
            "}",
            "return weapons;",
        ],
        "set": [
            f"uint8_t& pair = {byte};",
            f"pair = weapon % 2 ? {low if high_first else high} : {high if high_first else low};",
        ],
    }[action]
    reference = cpp("@signature {\n@body}", signature=function.signature, body="".join(f"  {line}\n" for line in lines))
    goal = {
        "damage": "return how much health a hit with weapon `weapon` takes from sprite `sprite`",
        "hits": "return how many hits with weapon `weapon` defeat sprite `sprite`, which has `health` (1 or more): it is defeated when as "
        "much has been taken as it had; 0 if the weapon takes nothing",
        "left": "return what is left of `health` after one hit with weapon `weapon` on sprite `sprite`, at least 0",
        "immune": f"list, in ascending order, which of the {weapons} weapons take no health from sprite `sprite`",
        "set": f"give weapon `weapon` the damage class `value` (0 to {columns - 1}) against sprite `sprite` and change nothing else",
    }[action]
    half = "upper" if high_first else "lower"
    packed = (
        f"for each sprite {stride} bytes with {weapons} classes of four bits, one for each weapon; two weapons share a byte, the even one's "
        f"class in its {half} half"
    )
    rows = (
        f"a row for each of the {weapons} weapons with {columns} bytes, one for each class"
        if by_weapon
        else f"a row for each of the {columns} classes with {weapons} bytes, one for each weapon"
    )
    effect = f"; {hexadecimal(special)} and above are effects that take no health" if special else ""
    first_table, second_table = f"offset {hexadecimal(classes)} of `rom`", hexadecimal(amounts)
    if action == "set":
        asks = (
            f"Write a C++ function to {goal}. The table of classes at {first_table} has {packed}.",
            f"Damage classes at {first_table}: {packed}. Task: {goal}.",
            f"How do I {goal}? There is a table at {first_table}: {packed}.",
            f"My enemy editor changes one cell of a grid of sprites and weapons, and then I have to {goal}. In the game's table at "
            f"{first_table} there are {packed}.",
        )
    else:
        asks = (
            f"Write a C++ function to {goal}. The table of damage classes at {first_table} has {packed}. What a hit takes stands in a second "
            f"table at offset {second_table}, which has {rows}{effect}.",
            f"Damage classes at {first_table}: {packed}. Damage at {second_table}: {rows}{effect}. Task: {goal}.",
            f"How do I {goal}? Two steps are needed. First the class, from {first_table}: {packed}. Then the health that it takes, from offset "
            f"{second_table}: {rows}{effect}.",
            f"To balance my hack's enemies I want to {goal}. The game finds the damage class at {first_table}: there are {packed}. With the "
            f"class it looks up the damage in a table at {second_table} that has {rows}{effect}.",
        )
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=asks,
        references=(reference,),
        case=case,
        parameters={
            "action": action,
            "weapons": weapons,
            "columns": columns,
            "classes": classes,
            "amounts": amounts * (action != "set"),
            "high_first": int(high_first),
            "by_weapon": int(by_weapon and action != "set"),
            "special": special * (action != "set"),
        },
        explanation="Two weapons share a byte of the first table, so an odd weapon's class is in the other half."
        + ("" if action == "set" else f" The second table has rows of {columns if by_weapon else weapons} bytes."),
    )
