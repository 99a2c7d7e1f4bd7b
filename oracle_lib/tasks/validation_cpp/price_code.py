"""Finds the byte that stands for a price, a factor in some bits and a power in the others, or reads a list of such bytes."""

import math
import operator
import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, make

SUBJECT = "bit fields"


def draw(rng: random.Random) -> Problem:
    power_bits = rng.choice((2, 2, 3))
    base = rng.choice((10, 10, 5, 4, 8) if power_bits == 2 else (2, 3, 4))
    power_high = rng.random() < 0.6
    unit = rng.choice((1, 1, 5, 10, 20))
    rule = rng.choice(("nearest", "nearest", "not above", "not below", "exactly", "list"))
    highest = rng.random() < 0.4 and rule != "list"
    factor_bits = 8 - power_bits
    name = rng.choice(
        ("ReadPrices", "decode_prices", "PriceList")
        if rule == "list"
        else ("PriceCode", "encode_price", "PackPrice", "price_to_byte")
    )
    function = (
        Function("std::vector<int>", name, ((BYTES, "codes"),))
        if rule == "list"
        else Function("int", name, (("int", "price"),))
    )

    def worth(code: int) -> int:
        digits = f"{code:08b}"
        power, factor = (
            (digits[:power_bits], digits[power_bits:]) if power_high else (digits[factor_bits:], digits[:factor_bits])
        )
        return int(factor, 2) * math.prod([base] * int(power, 2)) * unit

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        if rule == "list":
            codes = rng.randbytes(rng.randrange(1, 12))
            return [codes], [list(map(worth, codes))]
        prices = sorted(set(map(worth, range(256))))
        place = rng.randrange(rng.choice((len(prices) - 1, 40)))
        below, above = prices[place], prices[place + 1]
        between = rng.choice(((below + above) // 2, above - 1, below + 1))
        price = rng.choice((below, between, prices[-1] + rng.randrange(1, 9), 0, worth(rng.randrange(256))))
        by_rank = sorted(range(256), reverse=highest)
        fits = {"not above": operator.le, "not below": operator.ge, "exactly": operator.eq}.get(rule)
        fitting = [code for code in by_rank if not fits or fits(worth(code), price)]
        return [price], [min(fitting, key=lambda code: abs(worth(code) - price), default=-1)]

    mask = (1 << factor_bits) - 1
    worth_said = (
        f"(code & {mask}) * powers[code >> {factor_bits}]"
        if power_high
        else f"(code >> {power_bits}) * powers[code & {(1 << power_bits) - 1}]"
    ) + (f" * {unit}" if unit > 1 else "")
    search = """
          auto worth = [&](int code) { return @worth; };
          int best = @best;
          for (int code = 0; code < 256; ++code)
            if (@better) best = code;
          return best;
    """
    body = {
        "exactly": """
          for (int code = @order)
            if (@worth == price) return code;
          return -1;
        """,
        "list": """
          std::vector<int> prices;
          for (uint8_t code : codes) prices.push_back(@worth);
          return prices;
        """,
    }.get(rule, search)
    equal = "=" if highest else ""
    reference = cpp(
        """
        @signature {
          const int powers[] = {@powers};"""
        + body.rstrip()
        + """
        }
        """,
        signature=function.signature,
        powers=", ".join(str(base**power) for power in range(1 << power_bits)),
        worth=worth_said,
        best="-1" if rule == "not below" else 0,
        better={
            "nearest": f"std::abs(worth(code) - price) <{equal} std::abs(worth(best) - price)",
            "not above": f"worth(code) <= price && worth(code) >{equal} worth(best)",
            "not below": f"worth(code) >= price && (best < 0 || worth(code) <{equal} worth(best))",
        }.get(rule, ""),
        order="255; code >= 0; --code" if highest else "0; code < 256; ++code",
    )
    upper, lower = ("p", "f") if power_high else ("f", "p")
    top = power_bits if power_high else factor_bits
    layout = f"upper {top} bits {upper}, lower {8 - top} bits {lower}"
    formula = f"f * {base}^p" + (f" * {unit}" if unit > 1 else "")
    last = "highest" if highest else "lowest"
    wanted = {
        "nearest": f"the code whose price is nearest to `price`, and of several that are equally near the {last} code",
        "not above": f"the code with the largest price that is not above `price`, and of several with that price the {last} code",
        "not below": f"the code with the smallest price that is not below `price`, and of several with that price the {last} code; -1 if all prices are below",
        "exactly": f"the code whose price is exactly `price`, and of several the {last} code; -1 if there is none",
        "list": "the prices of all bytes in `codes`, in their order",
    }[rule]
    given = "" if rule == "list" else " `price` is never negative."
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function for prices that a game keeps in one byte. The upper {top} bits of the byte are {upper}, the lower {8 - top} bits are {lower}, and the price is {formula} (^ is a power: {base}^0 is 1). Return {wanted}.{given}",
            f"My shop editor must {'show' if rule == 'list' else 'store'} prices in the game's own form: {formula}, where ^ means to the power of, with {upper} in the {top} upper and {lower} in the {8 - top} lower bits of a byte. I need {wanted}.{given}",
            f"byte = {layout}; price = {formula} (power, not xor). Return {wanted}.{given}",
            f"One byte holds a factor f ({factor_bits} bits) and a power p ({power_bits} bits, the {'upper' if power_high else 'lower'} ones); it stands for f times {base} to the power of p{f', times {unit}' if unit > 1 else ''}. {'Read' if rule == 'list' else 'Find'} {wanted}.{given}",
        ),
        references=(reference,),
        case=case,
        parameters={
            "power_bits": power_bits,
            "base": base,
            "power_high": int(power_high),
            "unit": unit,
            "rule": rule,
            "highest": int(highest),
        },
        explanation="There are only 256 codes, so the best is found by trying them all."
        if rule != "list"
        else "The two fields are taken apart, and the power is looked up.",
    )
