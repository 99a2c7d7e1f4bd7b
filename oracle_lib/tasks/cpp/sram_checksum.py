"""Checks or repairs the checksum of a save slot: the words of a slot, with the checksum, add up to a constant."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "save files"


def draw(rng: random.Random) -> Problem:
    vanilla = rng.random() < 0.3
    size = 0x500 if vanilla else rng.randrange(0x10, 0x80) * 0x10
    target = 0x5A5A if vanilla else rng.choice((0x5A5A, 0xA5A5, 0xFFFF, 0x1234, rng.randrange(1, 0x10000)))
    base = 0 if vanilla else rng.choice((0, rng.randrange(1, 16) * 0x10))
    mirror = 0xF00 if vanilla else 3 * size + rng.randrange(1, 8) * 0x100
    action = rng.choice(("repair", "check", "compute", "repair both" if rng.random() < 0.5 else "copy back"))
    names = {
        "repair": ("FixSave", "repair_slot", "UpdateSaveChecksum"),
        "check": ("SaveValid", "slot_ok"),
        "compute": ("SaveChecksum", "slot_checksum"),
        "repair both": ("FixSaveCopies", "repair_slot_and_copy"),
        "copy back": ("RestoreSlot", "recover_slot"),
    }[action]
    changes = action not in ("check", "compute")
    returns = {"check": "bool", "compute": "uint16_t"}.get(action, "void")
    sram = ("std::vector<uint8_t>&" if changes else BYTES, "sram")
    function = Function(returns, rng.choice(names), (sram, ("int", "slot")))
    uses_copy = action in ("repair both", "copy back")
    last = base + 3 * size + (mirror if uses_copy else 0)

    def checksum(slot: bytes) -> int:
        return (target - sum(int.from_bytes(slot[at : at + 2], "little") for at in range(0, size - 2, 2))) & 0xFFFF

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        slot, seed = rng.randrange(3), rng.getrandbits(32) | 1
        start = base + slot * size
        places = [start, start + mirror] if uses_copy else [start]
        pattern = rom(last, seed=seed)
        right = {place: checksum(pattern[place : place + size]).to_bytes(2, "little") for place in places}
        stored = {place: rng.choice((right[place], rng.randbytes(2))) for place in places}
        before = rom(last, {place + size - 2: stored[place] for place in places}, seed)
        after = bytearray(before)
        if action.startswith("repair"):
            after[start + size - 2 : start + size] = right[start]
        valid = [stored[place] == right[place] for place in places]
        if action == "repair both":
            after[places[1] : places[1] + size] = after[start : start + size]
        elif action == "copy back" and not valid[0] and valid[1]:
            after[start : start + size] = before[places[1] : places[1] + size]
        result = valid[0] if action == "check" else int.from_bytes(right[start], "little")
        return [before, slot], [bytes(after) if changes else result]

    at = f"{hexadecimal(base)} + slot * {hexadecimal(size)}" if base else f"slot * {hexadecimal(size)}"
    end = hexadecimal(size - 2)
    loop = f"for (int i = 0; i < {end}; i += 2) sum -= save[i] | save[i + 1] << 8;"
    bodies = {
        "compute": f"const uint8_t* save = &sram[{at}];\n  uint16_t sum = @target;\n  {loop}\n  return sum;",
        "check": f"const uint8_t* save = &sram[{at}];\n  uint16_t sum = @target;\n  {loop}\n"
        f"  return sum == (save[{end}] | save[{hexadecimal(size - 1)}] << 8);",
        "repair": f"uint8_t* save = &sram[{at}];\n  uint16_t sum = @target;\n  {loop}\n"
        f"  save[{end}] = sum & 0xFF;\n  save[{hexadecimal(size - 1)}] = sum >> 8;",
        "copy back": f"auto valid = [&](size_t at) {{\n    const uint8_t* save = &sram[at];\n    uint16_t sum = @target;\n"
        f"    {loop}\n    return sum == (save[{end}] | save[{hexadecimal(size - 1)}] << 8);\n  }};\n"
        f"  size_t at = {at}, copy = at + {hexadecimal(mirror)};\n"
        f"  if (!valid(at) && valid(copy)) std::copy_n(&sram[copy], {hexadecimal(size)}, &sram[at]);",
    }
    bodies["repair both"] = (
        f"{bodies['repair']}\n  std::copy_n(save, {hexadecimal(size)}, save + {hexadecimal(mirror)});"
    )
    body = bodies[action].replace("@target", hexadecimal(target))
    reference = cpp("@signature {\n  @body\n}", signature=function.signature, body=body)
    layout = f"save slot `slot` (0-2) of `sram`, {hexadecimal(size)} bytes each"
    layout += f" from offset {hexadecimal(base)}" if base else ""
    layout += f", with a copy {hexadecimal(mirror)} bytes further" if uses_copy else ""
    game = " of A Link to the Past" if vanilla else ""
    said = {
        "compute": "returns the right checksum of",
        "check": "tells whether the checksum is right in",
        "repair": "repairs the checksum of",
        "repair both": "repairs the checksum of (then copies the slot over its copy)",
        "copy back": "restores from its copy, if the slot's checksum is wrong and the copy's is right,",
    }[action]
    rule = f"All 16-bit little-endian words of a slot{game}, the checksum in its last two bytes included, add up to {hexadecimal(target)}"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {said} {layout}. {rule}.",
            f"I edit save files and need a function that {said} {layout}. {rule} (modulo 0x10000).",
            f"A function that {said} {layout}. {rule}.",
            f"{rule}. With that, write a C++ function that {said} {layout}.",
        ),
        references=(reference,),
        case=case,
        parameters={"size": size, "target": target, "base": base, "mirror": mirror * uses_copy, "action": action},
        explanation=f"Subtracting every word but the last from {hexadecimal(target)} leaves exactly the checksum that belongs there.",
    )
