"""Splits a block of ROM at the ends of banks, and into transfers of a largest size if asked."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, hexadecimal, make

SUBJECT = "address conversion"

FORMS = {
    "length": ("its SNES address and its length", "address, piece"),
    "apart": ("its bank, its 16-bit address and its length", "address >> 16, address & 0xFFFF, piece"),
    "last": ("the SNES addresses of its first and of its last byte", "address, address + piece - 1"),
}


def draw(rng: random.Random) -> Problem:
    mapping = rng.choice(("LoROM", "LoROM", "HiROM"))
    aligned = rng.random() < 0.3
    most = 1 << rng.randrange(8, 15) if aligned else rng.choice((0, rng.randrange(1, 0x40) * 0x100))
    form = rng.choice(tuple(FORMS))
    name = rng.choice(("SplitAtBanks", "split_block", "BankPieces", "split_transfer"))
    function = Function("std::vector<uint32_t>", name, (("uint32_t", "address"), ("uint32_t", "length")))
    bottom = 0x8000 if mapping == "LoROM" else 0

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        bank = rng.randrange(0x80, 0xF0) if mapping == "LoROM" else rng.randrange(0xC0, 0xF8)
        low = rng.choice((rng.randrange(bottom, 0x10000), bottom, 0xFFFF, 0x10000 - rng.randrange(1, 0x300)))
        usual = most or 0x4000
        long = rng.randrange(1, 3 * usual)
        length = rng.choice(
            (long, 0x10001 - low if usual > 0x800 else usual + 1, usual, 0x12345 if usual > 0x800 else 1, 0)
        )
        pieces, done = list[int](), 0
        while done < length:
            place = (low - bottom + done) % (0x10000 - bottom) + bottom
            address = (bank + (low - bottom + done) // (0x10000 - bottom) << 16) + place
            size = min(length - done, 0x10000 - place)
            if most:
                size = min(size, most - place % most if aligned else most)
            pieces += {
                "length": [address, size],
                "apart": [address >> 16, place, size],
                "last": [address, address + size - 1],
            }[form]
            done += size
        return [bank << 16 | low, length], [pieces]

    bound = "{0x10000 - (address & 0xFFFF), length}"
    if most:
        largest = f"{hexadecimal(most)} - address % {hexadecimal(most)}" if aligned else f"{hexadecimal(most)}u"
        bound = f"{{0x10000 - (address & 0xFFFF), {largest}, length}}"
    reference = cpp(
        """
        @signature {
          std::vector<uint32_t> pieces;
          while (length > 0) {
            uint32_t piece = std::min<uint32_t>(@bound);
            pieces.insert(pieces.end(), {@form});
            length -= piece;
            address += piece;
        @skip  }
          return pieces;
        }
        """,
        signature=function.signature,
        bound=bound,
        form=FORMS[form][1],
        skip="    if ((address & 0xFFFF) == 0) address |= 0x8000;  // the lower half of a bank holds no ROM\n"
        if bottom
        else "",
    )
    rules = [f"for each piece in turn, {FORMS[form][0]}"]
    rules += ["pieces are as long as these rules allow"]
    rules += [f"no piece holds more than {hexadecimal(most)} bytes"] if most and not aligned else []
    rules += [f"no piece crosses an address that is a multiple of {hexadecimal(most)}"] if aligned else []
    rules += [f"after ${'xx'}FFFF the data goes on at ${hexadecimal(bottom)[2:]:0>4} of the next bank"]
    rule = "; ".join(rules)
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that splits `length` bytes of {mapping} data from the SNES address `address` on into pieces "
            f"inside one bank: {rule}.",
            f"A DMA transfer cannot cross a bank. Split a block of {mapping} data (`address`, `length`): {rule}.",
            f"{mapping} block (`address`, `length`) -> pieces inside one bank: {rule}.",
            f"My inserter copies `length` bytes from the {mapping} address `address` and must stop at each bank's end. "
            f"Return the pieces as a flat list: {rule}.",
        ),
        references=(reference,),
        case=case,
        parameters={"mapping": mapping, "most": most, "aligned": int(aligned), "form": form},
        explanation="Each piece ends where the bank, the data or the allowed size ends, whichever comes first.",
    )
