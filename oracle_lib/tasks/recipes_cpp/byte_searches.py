"""Searches in bytes: texts of unknown encoding, values hunted in RAM, tables guessed, repeats, blocks found again elsewhere."""

import random
import re
from collections import Counter

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes

SUBJECT = "ROM data"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def relative_search(rng: random.Random) -> Made:
    wanted = rng.choice(("all", "base"))
    wide = rng.random() < 0.3
    step = 2 if wide else 1
    body = cpp(
        """
        std::vector<int> found;
        for (size_t at = 0; at + @span <= rom.size(); ++at) {
          bool fits = true;
          for (size_t i = 1; i < word.size(); ++i) fits &= uint8_t(rom[at + @i] - rom[at]) == uint8_t(word[i] - word[0]);
          if (fits) found.push_back(@what);
        }
        return found;
        """,
        span="2 * word.size() - 1" if wide else "word.size()",
        i="2 * i" if wide else "i",
        what="at" if wanted == "all" else "uint8_t('A' + rom[at] - word[0])",
    )

    def oracle(rom: list[int], word: str) -> list[int]:
        codes = list(word.encode())
        out = []
        for at in range(len(rom) - step * (len(codes) - 1)):
            shifts = {(rom[at + step * i] - one) % 256 for i, one in enumerate(codes)}
            if len(shifts) == 1:
                out.append(at if wanted == "all" else (65 + shifts.pop()) % 256)
        return out

    def given(r: random.Random) -> list[object]:
        word = r.choice(("LINK", "SWORD", "BOW", "AXE"))
        data = bytearray(r.randbytes(r.randrange(2)))
        for _ in range(r.randrange(3)):
            shift = r.randrange(256)
            for one in word.encode():
                data += bytes([(one + shift) % 256]) + (r.randbytes(1) if wide else b"")
            data += r.randbytes(r.randrange(4))
        return [bytes(data[: len(data) - r.choice((0, 0, 1))]), word]

    goal = (
        "the offsets, ascending, where it may stand"
        if wanted == "all"
        else "for each place where it may stand, in ascending order, the code that the letter A would have there (modulo 256)"
    )
    each = (
        "every second byte belongs to the text (the first one at the offset itself), the ones in between may be anything"
        if wide
        else "one byte a letter"
    )
    return Made(
        f"std::vector<int> @f({BYTES} rom, const std::string& word)",
        body,
        oracle,
        given,
        (
            f"Write a function for a relative search: it looks for a word of capital letters (at least two) in a ROM whose encoding is unknown, except that A to Z have consecutive codes, modulo 256; {each}. Return {goal}.",
            f"relative text search (differences between letters, mod 256; {each}): {goal}",
            f"I don't have a table file yet. Find `word` (two letters or more, A-Z) by the distances between its letters, which are the same in any encoding with a consecutive alphabet (wrapping at 256); {each}. I need {goal}.",
            f"Search where bytes differ from each other as the letters of `word` do (8-bit arithmetic; {each}). Result: {goal}.",
        ),
    )


def printable_strings(rng: random.Random) -> Made:
    least = rng.choice((3, 4, 5))
    wanted = rng.choice(("texts", "offsets"))
    zero = rng.random() < 0.4
    body = cpp(
        """
        std::vector<@kind> found;
        size_t start = 0;
        for (size_t at = 0; at <= rom.size(); ++at) {
          if (at < rom.size() && rom[at] >= 0x20 && rom[at] < 0x7F) continue;
          if (at - start >= @least@zero) found.push_back(@what);
          start = at + 1;
        }
        return found;
        """,
        kind="std::string" if wanted == "texts" else "int",
        least=least,
        zero=" && at < rom.size() && rom[at] == 0" if zero else "",
        what="std::string(rom.begin() + start, rom.begin() + at)" if wanted == "texts" else "start",
    )

    def oracle(rom: list[int]) -> object:
        pattern = rb"(?<![ -~])[ -~]{%d,}" % least + (rb"(?=\x00)" if zero else b"(?![ -~])")
        hits = list(re.finditer(pattern, bytes(rom)))
        return [one[0].decode() for one in hits] if wanted == "texts" else [one.start() for one in hits]

    end = " and be followed by a byte 0" if zero else ""
    goal = "the texts, in order" if wanted == "texts" else "the offset of each, ascending"
    return Made(
        f"std::vector<{'std::string' if wanted == 'texts' else 'int'}> @f({BYTES} rom)",
        body,
        oracle,
        lambda r: [
            b"".join(
                r.choice((b"\0", b"\xff", r.choice((b"Zelda", b"abc", b"v1.0", b"Hi", b"~ok~")), b" "))
                for _ in range(r.randrange(9))
            )
        ],
        (
            f"Write a function that finds ASCII texts in a ROM: runs of bytes 0x20 to 0x7E, as long as possible. They must have at least {least} bytes{end}. Return {goal}.",
            f"`strings -n {least}` on a buffer (0x20-0x7E, maximal runs{', terminated by 0' if zero else ''}): {goal}",
            f"Are there debug messages left in this game? A message is a maximal run of printable ASCII (0x20-0x7E); it has to be {least} bytes or longer{end}. I want {goal}.",
            f"Extract printable runs (0x20..0x7E, at least {least}, not extendable{', with a zero byte right behind them' if zero else ''}). Result: {goal}.",
        ),
    )


def ram_candidates(rng: random.Random) -> Made:
    kind = rng.choice(("changed", "up", "by", "equal"))
    test = {
        "changed": "before[at] != after[at]",
        "up": "after[at] > before[at]",
        "by": "uint8_t(after[at] - before[at]) == uint8_t(amount)",
        "equal": "after[at] == amount",
    }[kind]
    extra = ", int amount" if kind in ("by", "equal") else ""
    body = f"candidates.erase(\n    std::remove_if(candidates.begin(), candidates.end(), [&](uint16_t at) {{ return !({test}); }}),\n    candidates.end());\nreturn candidates.size();"

    def oracle(candidates: list[int], before: list[int], after: list[int], amount: int = 0) -> int:
        kept = []
        for at in candidates:
            old, new = before[at], after[at]
            good = {
                "changed": old != new,
                "up": new > old,
                "by": (old + amount - new) % 256 == 0,
                "equal": new == amount,
            }[kind]
            if good:
                kept.append(at)
        candidates[:] = kept
        return len(kept)

    def given(r: random.Random) -> list[object]:
        size = r.randrange(1, 10)
        before = bytes(r.choice((3, 255, 0, r.randrange(256))) for _ in range(size))
        after = bytes((one + r.choice((0, 1, -1, 5))) % 256 for one in before)
        picks = sorted(r.sample(range(size), r.randrange(size + 1)))
        more = {"by": [r.choice((1, -1, 5, 0))], "equal": [r.choice((*after, 7))]}.get(kind, [])
        return [picks, before, after, *more]

    rule = {
        "changed": "the byte is another one in `after` than in `before`",
        "up": "the byte (unsigned) is greater in `after` than in `before`",
        "by": "the byte has changed by `amount` from `before` to `after`, modulo 256 (it may be negative)",
        "equal": "the byte is `amount` in `after` (0 to 255)",
    }[kind]
    unused = " `before` is only there because all my filters have it." if kind == "equal" else ""
    return Made(
        f"size_t @f(std::vector<uint16_t>& candidates, {BYTES} before, {BYTES} after{extra})",
        body,
        oracle,
        given,
        (
            f"Write a function for a cheat finder: `candidates` are offsets in two dumps of RAM of the same size, and only those stay (in their order) for which {rule}. Return how many are left.{unused}",
            f"RAM search filter: keep candidates where {rule}; return the count.{unused}",
            f"Where does the game keep the lives? I compare dumps again and again. Narrow down the list: an offset remains if {rule}. All offsets exist in both dumps. The result is the number of survivors.{unused}",
            f"Filter `candidates` in place: {rule}. Keep the order, return the new size.{unused}",
        ),
    )


def xor_key_of_text(rng: random.Random) -> Made:
    add = rng.random() < 0.5
    body = cpp(
        """
        for (size_t at = 0; at + word.size() <= rom.size(); ++at) {
          const uint8_t key = @key;
          bool fits = true;
          for (size_t i = 0; i < word.size(); ++i) fits &= uint8_t(@coded) == rom[at + i];
          if (fits@plain) return {int(at), key};
        }
        return {};
        """,
        key="rom[at] - word[0]" if add else "rom[at] ^ word[0]",
        coded="word[i] + key" if add else "word[i] ^ key",
        plain=" && key != 0" if (skip := rng.random() < 0.5) else "",
    )

    def oracle(rom: list[int], word: str) -> list[int]:
        text = word.encode()
        for at in range(len(rom) - len(text) + 1):
            for key in range(1 if skip else 0, 256):
                if bytes((one + key) % 256 if add else one ^ key for one in text) == bytes(rom[at : at + len(text)]):
                    return [at, key]
        return []

    def given(r: random.Random) -> list[object]:
        word = r.choice(("GAME", "Zelda", "Hi!"))
        key = r.choice((0, 0x80, r.randrange(256)))
        coded = bytes((one + key) % 256 if add else one ^ key for one in word.encode())
        plain = word.encode() if r.random() < 0.3 else b""
        return [
            r.randbytes(r.randrange(4)) + plain + r.choice((coded, coded, coded[:-1])) + r.randbytes(r.randrange(3)),
            word,
        ]

    how = "key added to each byte, modulo 256" if add else "each byte XORed with the same key"
    zero = " A key of 0 does not count, because then the text is not hidden." if skip else " The key may be 0."
    return Made(
        f"std::vector<int> @f({BYTES} rom, const std::string& word)",
        body,
        oracle,
        given,
        (
            f"Write a function that looks for an ASCII text hidden with a simple key ({how}). Return the lowest offset where it stands under some key, and that key, or nothing. The word is not empty.{zero}",
            f"first place where `word` occurs with {how}: {{offset, key}}, or empty.{zero}",
            f"I suspect that the credits are encoded ({how}). Given a word that must be in them (not empty), find the first offset and the key.{zero} Empty if it isn't there.",
            f"Known plaintext search: {how}; result offset and key of the first match, or an empty vector.{zero}",
        ),
    )


def replace_all_bytes(rng: random.Random) -> Made:
    limit = rng.random() < 0.4
    shorter = rng.random() < 0.5
    fill = rng.choice((0, 0xFF, 0x20))
    body = cpp(
        """
        if (@refuse) return -1;
        int count = 0;
        for (size_t at = 0; at + from.size() <= rom.size()@limit;) {
          if (!std::equal(from.begin(), from.end(), rom.begin() + at)) {
            ++at;
            continue;
          }
          std::copy(to.begin(), to.end(), rom.begin() + at);
          @fill
          at += from.size();
          ++count;
        }
        return count;
        """,
        refuse="from.empty() || to.size() > from.size()" if shorter else "from.empty() || to.size() != from.size()",
        limit=" && count < most" if limit else "",
        fill=f"std::fill(rom.begin() + at + to.size(), rom.begin() + at + from.size(), {hexadecimal(fill)});"
        if shorter
        else "",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(rom: list[int], old: list[int], new: list[int], most: int = -1) -> int:
        if not old or len(new) > len(old) or (not shorter and len(new) != len(old)):
            return -1
        padded = bytes(new) + bytes([fill]) * (len(old) - len(new))
        hits = bytes(rom).count(bytes(old))
        rom[:] = bytes(rom).replace(bytes(old), padded, most)
        return min(hits, most) if limit else hits

    def given(r: random.Random) -> list[object]:
        old = bytes(r.randrange(2) for _ in range(r.choice((0, 1, 2, 2, 3))))
        size = len(old) if not shorter or r.random() < 0.5 else r.randrange(len(old) + 1)
        new = bytes(r.randrange(9) for _ in range(size + (r.random() < 0.1)))
        rom = bytes(r.randrange(2) for _ in range(r.randrange(16)))
        return [rom, old, new, *([r.randrange(4)] if limit else [])]

    size = (
        f"`to` may be shorter; then bytes 0x{fill:02X} follow until it is as long. If `from` is empty or `to` is longer"
        if shorter
        else "If `from` is empty or `to` has another size"
    )
    most = " at most `most` (0 or more) times," if limit else ""
    return Made(
        f"int @f({BUFFER} rom, {BYTES} from, {BYTES} to{', int most' if limit else ''})",
        body,
        oracle,
        given,
        (
            f"Write a function that replaces the bytes `from` by `to` in a ROM,{most} everywhere they occur, from front to back and without looking at bytes again that belong to a place already replaced. {size}, nothing changes and -1 is returned, otherwise the number of replacements.",
            f"replace all non-overlapping `from` by `to` (left to right){', at most `most` times' if limit else ''}; {size[0].lower() + size[1:]}: -1; else the count",
            f"Search and replace for my hex editor, size of the ROM unchanged: `from` becomes `to`,{most} going on behind each hit. {size}, I want -1 and no change. Otherwise tell me how many there were.",
            f"In-place byte replace, leftmost matches first, none overlapping{', no more than `most`' if limit else ''}. {size}: -1, untouched. Returns how many times.",
        ),
    )


def longest_repeat(rng: random.Random) -> Made:
    overlap = rng.random() < 0.5
    wanted = rng.choice(("length", "places"))
    body = cpp(
        """
        size_t best = 0, first = 0, second = 0;
        for (size_t a = 0; a < data.size(); ++a)
          for (size_t b = a + 1; b < data.size(); ++b) {
            size_t n = 0;
            while (b + n < data.size() && data[a + n] == data[b + n]@limit) ++n;
            if (n <= best) continue;
            best = n;
            first = a;
            second = b;
          }
        @end
        """,
        limit="" if overlap else " && a + n < b",
        end="return best;"
        if wanted == "length"
        else "if (best == 0) return {};\nreturn {int(first), int(second), int(best)};",
    )
    if wanted == "length":
        body = (
            body.replace(", first = 0, second = 0", "")
            .replace(
                "      if (n <= best) continue;\n      best = n;\n      first = a;\n      second = b;\n",
                "      best = std::max(best, n);\n",
            )
            .replace(
                "    if (n <= best) continue;\n    best = n;\n    first = a;\n    second = b;\n",
                "    best = std::max(best, n);\n",
            )
        )

    def oracle(data: list[int]) -> object:
        raw = bytes(data)
        for n in range(len(raw), 0, -1):
            for a in range(len(raw) - n):
                b = raw.find(raw[a : a + n], a + (1 if overlap else n))
                if b >= 0:
                    return n if wanted == "length" else [a, b, n]
        return 0 if wanted == "length" else []

    apart = "the two may overlap" if overlap else "the two do not overlap"
    goal = (
        "the length of the longest stretch of bytes that occurs at two different places, 0 if no byte occurs twice"
        if wanted == "length"
        else "the longest stretch of bytes that occurs at two different places, as first offset, second offset and length (of several the one with the lowest first, then the lowest second offset; nothing if no byte occurs twice)"
    )
    return Made(
        f"{'size_t' if wanted == 'length' else 'std::vector<int>'} @f({BYTES} data)",
        body,
        oracle,
        lambda r: [bytes(r.randrange(r.choice((2, 3, 9))) for _ in range(r.randrange(12)))],
        (
            f"Write a function that returns {goal}; {apart}. The data are short, speed does not matter.",
            f"{goal}; {apart}",
            f"Is something stored twice in this block? I want {goal}; {apart}. A brute-force search will do.",
            f"Longest repeated run of bytes: return {goal}; {apart}.",
        ),
    )


def guess_record_size(rng: random.Random) -> Made:
    low, high = rng.choice(((2, 8), (1, 6), (2, 12)))
    body = cpp(
        """
        int best = @low, best_hits = -1, best_pairs = 1;
        for (int size = @low; size <= @high && size < int(data.size()); ++size) {
          int hits = 0;
          const int pairs = data.size() - size;
          for (int i = 0; i < pairs; ++i) hits += data[i] == data[i + size];
          if (hits * best_pairs <= best_hits * pairs) continue;
          best = size;
          best_hits = hits;
          best_pairs = pairs;
        }
        return best;
        """,
        low=low,
        high=high,
    )

    def oracle(data: list[int]) -> int:
        rated = []
        for size in range(low, min(high, len(data) - 1) + 1):
            same = [a == b for a, b in zip(data, data[size:], strict=False)]
            rated.append((sum(same) / len(same), -size))
        return -max(rated)[1] if rated else low

    def given(r: random.Random) -> list[bytes]:
        size = r.randrange(low, high + 1)
        row = r.randbytes(size)
        data = b"".join(
            bytes(one if r.random() < 0.7 else r.randrange(256) for one in row) for _ in range(r.randrange(5))
        )
        return [data[: len(data) - r.randrange(2)]]

    return Made(
        f"int @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that guesses the size of the records in a table: for every size from {low} to {high} that is smaller than the data, look which share of the bytes that have a byte `size` places behind them is equal to it. Return the size with the highest share, the smallest of equal ones; {low} if no size is possible.",
            f"stride guess {low}..{high} (< data size): maximise (number of i with data[i] == data[i + s]) / (size - s), smallest on ties; default {low}",
            f"I found a table but don't know how long its entries are. Try {low} to {high} (less than the number of bytes) and take the one for which the largest fraction of bytes repeats exactly that many bytes later; the smaller one in a tie, {low} when there is nothing to try.",
            f"Autocorrelation over bytes: distance from {low} to {high}, below the data's size, with the best ratio of matches to comparisons. Ties: smallest. No candidates: {low}.",
        ),
    )


def moved_block(rng: random.Random) -> Made:
    wanted = rng.choice(("offset", "delta"))
    unique = rng.random() < 0.5
    body = cpp(
        """
        std::vector<int> places;
        for (size_t at = 0; at + size <= after.size(); ++at)
          if (std::equal(before.begin() + offset, before.begin() + offset + size, after.begin() + at)) places.push_back(at);
        @none
        @best
        """,
        none="if (places.size() != 1) return std::nullopt;" if unique else "if (places.empty()) return std::nullopt;",
        best=f"return places[0]{' - offset' if wanted == 'delta' else ''};"
        if unique
        else f"return *std::min_element(places.begin(), places.end(), [&](int a, int b) {{ return std::abs(a - offset) < std::abs(b - offset); }}){' - offset' if wanted == 'delta' else ''};",
    )

    def oracle(before: list[int], after: list[int], offset: int, size: int) -> int | None:
        block = before[offset : offset + size]
        places = [i for i in range(len(after) - size + 1) if after[i : i + size] == block]
        if not places or (unique and len(places) > 1):
            return None
        at = min(places, key=lambda i: (abs(i - offset), i))
        return at - offset if wanted == "delta" else at

    def given(r: random.Random) -> list[object]:
        before = bytes(r.randrange(3) for _ in range(r.randrange(4, 12)))
        size = r.randrange(1, 5)
        offset = r.randrange(len(before) - size + 1) if size <= len(before) else 0
        block = before[offset : offset + size]
        after = (
            bytes(r.randrange(3) for _ in range(r.randrange(6)))
            + r.choice((block, block, b""))
            + bytes(r.randrange(3) for _ in range(r.randrange(5)))
        )
        return [before, after, offset, size]

    which = (
        "the only place where it stands there; no value if there is none or more than one"
        if unique
        else "the place nearest to its old offset where it stands there, the lower one of two equally near; no value if there is none"
    )
    form = "as the distance from its old offset (negative if it moved down)" if wanted == "delta" else "as an offset"
    return Made(
        f"std::optional<int> @f({BYTES} before, {BYTES} after, int offset, int size)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds a block of one ROM in another version of it. The block has `size` bytes (1 or more) at `offset` of `before`, all inside. Look for the same bytes in `after` and return {which}. Give the place {form}.",
            f"where did before[offset, offset + size) go in `after`? {which}; {form}",
            f"Porting notes between revisions: this block must have moved. I'd like {which}, {form}. The block is not empty and completely in `before`.",
            f"Match a block (inside `before`, at least a byte) in `after`: {which}. Result {form}.",
        ),
    )


def ascending_tables(rng: random.Random) -> Made:
    least = rng.choice((3, 4))
    equal = rng.random() < 0.5
    wanted = rng.choice(("first", "longest"))
    sign = "<" if equal else "<="
    body = cpp(
        """
        int best = -1;
        size_t best_count = @start, count = 0, start = 0;
        for (size_t at = 0; at + 2 <= data.size(); at += 2) {
          const int word = data[at] | data[at + 1] << 8;
          const int last = at == 0 ? 0x10000 : data[at - 2] | data[at - 1] << 8;
          const bool good = word >= @low;
          if (!good || count == 0 || word @sign last) {
            start = at;
            count = 0;
          }
          count += good;
          if (count > best_count) {
            best = start;
            best_count = count;
          }
        }
        return best;
        """,
        start=least - 1,
        low="0x8000",
        sign=sign,
    )
    if wanted == "first":
        body = (
            body.replace(
                "  if (count > best_count) {\n    best = start;\n    best_count = count;\n  }",
                f"  if (count == {least}) return start;",
            )
            .replace("int best = -1;\n", "")
            .replace(f"size_t best_count = {least - 1}, count = 0, start = 0;", "size_t count = 0, start = 0;")
            .replace("return best;", "return -1;")
        )

    def oracle(data: list[int]) -> int:
        words = [data[i] + 256 * data[i + 1] for i in range(0, len(data) - 1, 2)]
        runs: list[list[int]] = []
        for i, one in enumerate(words):
            if one < 0x8000:
                continue
            joined = runs and runs[-1][-1] == i - 1 and (words[i - 1] < one or (equal and words[i - 1] == one))
            if joined:
                runs[-1].append(i)
            else:
                runs.append([i])
        good = [run for run in runs if len(run) >= least]
        if not good:
            return -1
        return 2 * (good[0] if wanted == "first" else max(good, key=len))[0]

    def given(r: random.Random) -> list[bytes]:
        words: list[int] = []
        for _ in range(r.randrange(5)):
            at = r.choice((0x8000, 0x9000, 0xF000, 0x7FF0))
            for _ in range(r.randrange(1, 6)):
                words.append(at % 65536)
                at += r.choice((0, 1, 0x20, 0x100))
        return [b"".join(one.to_bytes(2, "little") for one in words) + r.choice((b"", b"\x80"))]

    up = "none less than the one before" if equal else "each greater than the one before"
    which = "the first" if wanted == "first" else "the longest (the first of equally long ones)"
    return Made(
        f"int @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that looks for a pointer table: little-endian words at even offsets, at least {least} in a row, all $8000 or more and {up}. A row is as long as possible. Return the offset of {which}, or -1. An odd byte at the end is ignored.",
            f"{which} maximal row of >= {least} LE words (even offsets), all >= $8000, {up}; its offset or -1",
            f"Tables of addresses usually ascend. Find {which} row of {least} or more words at even offsets with values from $8000 up, {up}, and tell me where it begins; -1 if there is none.",
            f"Pointer table heuristics: runs of words (16-bit LE, aligned to 2) >= $8000, {up}, maximal, at least {least} long. Offset of {which}; none: -1.",
        ),
    )


def scaled_values(rng: random.Random) -> Made:
    wide = rng.random() < 0.5
    unit = 2 if wide else 1
    factor_top = rng.choice((8, 16))
    body = cpp(
        """
        for (size_t at = 0; at + @unit * values.size() <= rom.size(); ++at)
          for (int factor = 1; factor <= @top; ++factor) {
            bool fits = true;
            for (size_t i = 0; i < values.size(); ++i) fits &= (@read) == values[i] * factor;
            if (fits) return {int(at), factor};
          }
        return {};
        """,
        unit=unit,
        top=factor_top,
        read="rom[at + 2 * i] | rom[at + 2 * i + 1] << 8" if wide else "rom[at + i]",
    ).replace("1 * values.size()", "values.size()")

    def oracle(rom: list[int], values: list[int]) -> list[int]:
        for at in range(len(rom) - unit * len(values) + 1):
            found = [
                int.from_bytes(bytes(rom[at + unit * i : at + unit * i + unit]), "little") for i in range(len(values))
            ]
            for factor in range(1, factor_top + 1):
                if found == [one * factor for one in values]:
                    return [at, factor]
        return []

    def given(r: random.Random) -> list[object]:
        values = [r.choice((1, 2, 3, 5, 10)) for _ in range(r.randrange(1, 4))]
        factor = r.choice((1, 2, 4, 8, factor_top, factor_top + 1))
        code = b"".join((one * factor).to_bytes(2, "little")[:unit] for one in values)
        return [r.randbytes(r.randrange(5)) + r.choice((code, code, b"")) + r.randbytes(r.randrange(3)), values]

    what = "little-endian words" if wide else "bytes"
    return Made(
        f"std::vector<int> @f({BYTES} rom, {WORDS} values)",
        body,
        oracle,
        given,
        (
            f"Write a function that looks for numbers which a game may store multiplied by a factor (hit points in half hearts, for example): the lowest offset at which all `values`, one after the other as {what}, stand multiplied by the same whole factor from 1 to {factor_top}. Return offset and factor, the smallest factor if several fit there; nothing if there is no such place. There is at least one value, and none is 0.",
            f"find values[i] * k as consecutive {what}, any offset, 1 <= k <= {factor_top}: {{offset, k}} of the first place (smallest k), else empty; values > 0",
            f"The guide says that enemies have 1, 2 and 5 hearts, but the game may count in other units. Search for the list as {what}, times a common factor up to {factor_top}. First offset and factor (the smaller one in doubt), or an empty vector. The values aren't 0, the list isn't empty.",
            f"Scaled sequence search over {what} at every offset: factor 1-{factor_top}, offset first, then factor ascending. Empty when not found; `values` holds positive numbers, at least one.",
        ),
    )


def rarest_bytes(rng: random.Random) -> Made:
    wanted = rng.choice(("unused", "entropy", "constant"))
    size = rng.choice((2, 3, 4))
    body = {
        "unused": "std::set<uint8_t> seen(data.begin(), data.end());\nfor (int value = 255; value >= 0; --value)\n  if (!seen.count(value)) return value;\nreturn -1;",
        "entropy": "std::array<int, 256> counts{};\nint different = 0;\nfor (uint8_t byte : data) different += counts[byte]++ == 0;\nreturn different;",
        "constant": f"std::vector<int> columns;\nfor (size_t column = 0; column < {size}; ++column) {{\n  bool same = column < data.size();\n  for (size_t at = column; at < data.size(); at += {size}) same &= data[at] == data[column];\n  if (same) columns.push_back(column);\n}}\nreturn columns;",
    }[wanted]
    low = rng.random() < 0.5
    if wanted == "unused" and low:
        body = body.replace("int value = 255; value >= 0; --value", "int value = 0; value < 256; ++value")
    if wanted == "entropy":
        body = "std::array<int, 256> counts{};\nfor (size_t at = start; at < std::min(data.size(), start + size); ++at) ++counts[data[at]];\nreturn 256 - std::count(counts.begin(), counts.end(), 0);"

    def oracle(data: list[int], start: int = 0, length: int = 0) -> object:
        if wanted == "entropy":
            return len(Counter(data[start : start + length]))
        if wanted == "constant":
            return [i for i in range(size) if len(set(data[i::size])) == 1]
        free = sorted(set(range(256)) - set(data))
        return (free[0] if low else free[-1]) if free else -1

    def given(r: random.Random) -> list[object]:
        if wanted == "unused":
            edge = r.randrange(6)
            return [
                bytes([*(range(edge) if low else range(256 - edge, 256)), *r.randbytes(r.randrange(6))])
                if r.random() < 0.9
                else bytes(range(256))
            ]
        data = bytes(r.choice((1, 1, 2, r.randrange(256))) for _ in range(r.randrange(12)))
        if wanted == "constant":
            row = r.randbytes(size)
            data = b"".join(
                bytes(one if i else r.randrange(3) for i, one in enumerate(row)) for _ in range(r.randrange(4))
            )
            return [data + row[: r.randrange(size)]]
        return [data, r.randrange(14), r.randrange(14)]

    texts = {
        "unused": (
            f"returns the {'smallest' if low else 'largest'} byte value that does not occur in the data, or -1 if all 256 do",
            "To mark the end of my texts I need a value that isn't used.",
        ),
        "entropy": (
            "counts how many different byte values occur in the `size` bytes from offset `start` on (fewer if the data end before, none if they end before `start`)",
            "Compressed data have many different bytes, tables have few.",
        ),
        "constant": (
            f"returns the columns (0 to {size - 1}) in which all records have the same byte: column c consists of the bytes at offsets c, c + {size}, c + {2 * size} and so on, also of an incomplete last record; a column without bytes is not listed",
            "Which fields of this table never change?",
        ),
    }
    goal, why = texts[wanted]
    returns = {"unused": "int", "entropy": "int", "constant": "std::vector<int>"}[wanted]
    return Made(
        f"{returns} @f({BYTES} data{', size_t start, size_t size' if wanted == 'entropy' else ''})",
        body,
        oracle,
        given,
        (
            f"Write a function that {goal}.",
            f"{goal.partition(' ')[2]}",
            f"{why} I need a function that {goal}.",
            f"Data analysis helper: it {goal}.",
        ),
    )


def shared_ranges(rng: random.Random) -> Made:
    least = rng.choice((2, 3, 4))
    wanted = rng.choice(("ranges", "longest"))
    body = cpp(
        """
        @head
        for (size_t at = 0; at < std::min(a.size(), b.size());) {
          size_t end = at;
          while (end < std::min(a.size(), b.size()) && a[end] == b[end]@skip) ++end;
          @step
          at = std::max(end, at + 1);
        }
        return result;
        """,
        head="std::vector<int> result;" if wanted == "ranges" else "int result = 0;",
        skip=f" && a[end] != {hexadecimal(fill)}" if (fill := rng.choice((0, 0xFF, -1))) >= 0 else "",
        step=f"if (end - at >= {least}) result.insert(result.end(), {{int(at), int(end - at)}});"
        if wanted == "ranges"
        else "result = std::max<int>(result, end - at);",
    )

    def oracle(a: list[int], b: list[int]) -> object:
        flags = "".join("=" if x == y and x != fill else "." for x, y in zip(a, b, strict=False))
        runs = [(m.start(), len(m[0])) for m in re.finditer("=+", flags)]
        if wanted == "longest":
            return max((n for _, n in runs), default=0)
        return [x for at, n in runs if n >= least for x in (at, n)]

    def given(r: random.Random) -> list[bytes]:
        a = bytes(r.choice((0, 0xFF, 1, 2, 3)) for _ in range(r.randrange(14)))
        return [
            a,
            bytes(one if r.random() < 0.7 else r.randrange(4) for one in a)[: r.choice((14, 14, 6))]
            + r.randbytes(r.randrange(3)),
        ]

    but = f" and are not 0x{fill:02X} (padding)" if fill >= 0 else ""
    goal = (
        f"offset and length of each run of at least {least} such bytes, as long as possible, in ascending order"
        if wanted == "ranges"
        else "the length of the longest run of such bytes, 0 if there is none"
    )
    return Made(
        f"{'std::vector<int>' if wanted == 'ranges' else 'int'} @f({BYTES} a, {BYTES} b)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds what two ROMs have in common: offsets at which both have a byte and these are equal{but}. Return {goal}.",
            f"same offset, same byte{f' (padding ${fill:02X} never counts)' if fill >= 0 else ''}: {goal}",
            f"How much of the original is still in this hack? Compare offset by offset up to the end of the shorter one; bytes count if they're equal{but}. I want {goal}.",
            f"Common runs of `a` and `b` at equal offsets (bytes that agree{but}): {goal}.",
        ),
    )


RECIPES = (
    relative_search,
    printable_strings,
    ram_candidates,
    xor_key_of_text,
    replace_all_bytes,
    longest_repeat,
    guess_record_size,
    moved_block,
    ascending_tables,
    scaled_values,
    rarest_bytes,
    shared_ranges,
)
