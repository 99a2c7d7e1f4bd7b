"""Messages as the game stores them: chains, shared ends, unused codes, colours, conditions, wide characters, other tables."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes

SUBJECT = "text"
MESSAGES = "const std::vector<std::vector<uint8_t>>&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _split(data: list[int], end: int) -> list[list[int]]:
    """The messages, each without its end byte; what follows the last end byte is none."""
    out: list[list[int]] = []
    part: list[int] = []
    for one in data:
        if one == end:
            out.append(part)
            part = []
        else:
            part.append(one)
    return out


def longest_message(rng: random.Random) -> Made:
    end = rng.choice((0xFF, 0x00, 0x7F))
    wanted = rng.choice(("number", "start", "lengths"))
    body = cpp(
        """
        @head
        for (size_t i = 0, start = 0; i < data.size(); ++i) {
          if (data[i] != @end) continue;
          @act
          start = i + 1;
        }
        return @ret;
        """,
        head={
            "number": "int best = -1, longest = -1, number = 0;",
            "start": "int best = -1, longest = -1;",
            "lengths": "std::vector<int> lengths;",
        }[wanted],
        end=hexadecimal(end) if end else 0,
        act={
            "number": "if (static_cast<int>(i - start) > longest) longest = i - start, best = number;\n  ++number;",
            "start": "if (static_cast<int>(i - start) > longest) longest = i - start, best = start;",
            "lengths": "lengths.push_back(i - start);",
        }[wanted],
        ret="lengths" if wanted == "lengths" else "best",
    )

    def oracle(data: list[int]) -> object:
        parts = _split(data, end)
        sizes = [len(one) for one in parts]
        if wanted == "lengths":
            return sizes
        if not sizes:
            return -1
        best = sizes.index(max(sizes))
        return best if wanted == "number" else sum(sizes[:best]) + best

    goal = {
        "number": "the number (from 0) of the longest message, the first of equals, -1 if there is none",
        "start": "the offset at which the longest message starts (the first of equals), -1 if there is none",
        "lengths": "the lengths of all messages without their end bytes",
    }[wanted]
    return Made(
        f"{'std::vector<int>' if wanted == 'lengths' else 'int'} @f({BYTES} data)",
        body,
        oracle,
        lambda r: [bytes(r.choice((end, 65, 66, 67, 68)) for _ in range(r.randrange(16)))],
        (
            f"Write a function that returns {goal}. Messages lie one after the other, each ended by 0x{end:02X}; bytes behind the last end byte are no message. A message may be empty.",
            f"${end:02X}-terminated strings in a row -> {goal}; unterminated tail ignored",
            f"Text bank overview: every message ends with ${end:02X}. I need {goal}. Whatever isn't terminated at the end doesn't count, but empty messages do.",
            f"How do I scan a block of messages that are terminated by 0x{end:02X}? Result: {goal}; leave out an unfinished last one.",
        ),
    )


def pointers_into_messages(rng: random.Random) -> Made:
    end = rng.choice((0xFF, 0x00))
    wanted = rng.choice(("inside", "unused"))
    if wanted == "inside":
        body = f"std::vector<int> wrong;\nfor (size_t i = 0; i < pointers.size(); ++i) {{\n  const size_t at = pointers[i];\n  if (at >= data.size() || (at > 0 && data[at - 1] != {end})) wrong.push_back(i);\n}}\nreturn wrong;"
    else:
        body = f"std::vector<int> unused;\nfor (size_t i = 0; i < data.size(); ++i)\n  if ((i == 0 || data[i - 1] == {end}) && std::find(pointers.begin(), pointers.end(), i) == pointers.end()) unused.push_back(i);\nreturn unused;"

    def oracle(data: list[int], pointers: list[int]) -> list[int]:
        starts = {0} | {i + 1 for i, one in enumerate(data) if one == end}
        starts &= set(range(len(data)))
        if wanted == "inside":
            return [i for i, one in enumerate(pointers) if one not in starts]
        return sorted(starts - set(pointers))

    def given(r: random.Random) -> list[object]:
        data = bytes(r.choice((end, 65, 66)) for _ in range(r.randrange(1, 12)))
        return [
            data,
            [r.choice((0, r.randrange(len(data) + 2), r.randrange(len(data)))) for _ in range(r.randrange(6))],
        ]

    goal = (
        "the indices of the pointers that do not point to the start of a message"
        if wanted == "inside"
        else "the offsets of all messages that no pointer points to, ascending"
    )
    return Made(
        f"std::vector<int> @f({BYTES} data, {WORDS} pointers)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal}. `pointers` are offsets into `data`. A message starts at offset 0 and behind every end byte 0x{end:02X}, as long as there is data there.",
            f"message starts = 0 and after each ${end:02X} (inside data) -> {goal}",
            f"After editing text, do all pointers fit? Messages begin at 0 and after each {end:#04x}; an offset at or beyond the end of the data starts nothing. Give me {goal}.",
            f"Check a text block against its pointer table (offsets): {goal}. Each message ends with ${end:02X}; the next begins right behind, if any data is left.",
        ),
    )


def follow_messages(rng: random.Random) -> Made:
    goto, end = rng.choice(((0xFC, 0xFF), (0xF5, 0x00), (0xE0, 0xFF)))
    wanted = rng.choice(("chain", "letters"))
    body = cpp(
        """
        std::vector<int> chain;
        int letters = 0;
        for (int now = number; now >= 0;) {
          if (now >= static_cast<int>(messages.size()) || std::find(chain.begin(), chain.end(), now) != chain.end()) return @bad;
          chain.push_back(now);
          int next = -1;
          const auto& text = messages[now];
          for (size_t i = 0; i < text.size() && text[i] != @end; ++i) {
            if (text[i] == @goto) {
              next = text[i + 1];
              break;
            }
            ++letters;
          }
          now = next;
        }
        return @ret;
        """,
        bad="{}" if wanted == "chain" else "-1",
        end=hexadecimal(end) if end else 0,
        goto=hexadecimal(goto),
        ret=wanted,
    )
    if wanted == "chain":
        body = (
            body.replace("int letters = 0;\n", "")
            .replace("    ++letters;\n", "")
            .replace(
                "    if (text[i] == " + hexadecimal(goto) + ") {\n      next = text[i + 1];\n      break;\n    }\n",
                "    if (text[i] != " + hexadecimal(goto) + ") continue;\n    next = text[i + 1];\n    break;\n",
            )
        )

    def oracle(messages: list[list[int]], number: int) -> object:
        seen: list[int] = []
        count = 0
        at: int | None = number
        while at is not None:
            if at in seen or at not in range(len(messages)):
                return [] if wanted == "chain" else -1
            seen.append(at)
            text = [*messages[at], end]
            stops = [i for i, one in enumerate(text) if one in (goto, end)]
            count += stops[0]
            at = text[stops[0] + 1] if text[stops[0]] == goto else None
        return seen if wanted == "chain" else count

    def given(r: random.Random) -> list[object]:
        n = r.randrange(1, 6)
        messages = []
        for i in range(n):
            text = bytes(r.randrange(65, 70) for _ in range(r.randrange(4)))
            messages.append(
                list(
                    text
                    + r.choice(
                        (
                            bytes([goto, min(i + 1, n)]) if r.random() < 0.6 else bytes([goto, r.randrange(n)]),
                            bytes([end]),
                            b"",
                        )
                    )
                )
            )
        return [messages, r.choice((0, 0, r.randrange(n), r.randrange(n)))]

    goal = "the numbers of all messages shown in turn" if wanted == "chain" else "how many letters are shown in all"
    bad = "an empty list" if wanted == "chain" else "-1"
    return Made(
        f"{'std::vector<int>' if wanted == 'chain' else 'int'} @f({MESSAGES} messages, int number)",
        body,
        oracle,
        given,
        (
            f"Write a function that follows a dialogue from message `number` on and returns {goal}. In a message 0x{goto:02X} n goes on with message n, 0x{end:02X} or the end of its bytes ends the dialogue, and everything else is a letter. If a message comes a second time or a number doesn't exist, return {bad}. 0x{goto:02X} always has its n.",
            f"${goto:02X} n = continue with message n, ${end:02X} = stop, rest letters -> {goal}; loop or bad number: {bad}",
            f"My messages are chained by ${goto:02X} and a message number. Starting with one, tell me {goal}; a dialogue that loops or leads to a message that isn't there gives {bad}. ${end:02X} (or nothing more) is the end.",
            f"How do I walk through linked messages? Command 0x{goto:02X} with one byte jumps to another message's start, 0x{end:02X} terminates; no message twice, none out of range, else {bad}. Result: {goal}.",
        ),
    )


def shared_endings(rng: random.Random) -> Made:
    wanted = rng.choice(("saved", "hosts"))
    body = cpp(
        """
        @head
        for (size_t i = 0; i < messages.size(); ++i) {
          int host = -1;
          for (size_t j = 0; j < messages.size() && host < 0; ++j) {
            const auto &a = messages[i], &b = messages[j];
            bool fits = b.size() > a.size() || (b.size() == a.size() && j < i);
            if (fits && std::equal(a.rbegin(), a.rend(), b.rbegin())) host = j;
          }
          @act
        }
        return @ret;
        """,
        head="int saved = 0;" if wanted == "saved" else "std::vector<int> hosts;",
        act="if (host >= 0) saved += messages[i].size();" if wanted == "saved" else "hosts.push_back(host);",
        ret=wanted,
    )

    def oracle(messages: list[list[int]]) -> object:
        texts = [bytes(one) for one in messages]
        hosts = []
        for i, one in enumerate(texts):
            others = [j for j, other in enumerate(texts) if other.endswith(one) and (other != one or j < i)]
            hosts.append(min(others, default=-1))
        return (
            sum(len(one) for one, host in zip(texts, hosts, strict=True) if host >= 0) if wanted == "saved" else hosts
        )

    def given(r: random.Random) -> list[object]:
        ends = [[r.randrange(3) for _ in range(r.randrange(1, 4))] + [255] for _ in range(2)]
        return [[[r.randrange(3) for _ in range(r.randrange(3))] + r.choice(ends) for _ in range(r.randrange(1, 6))]]

    goal = (
        "how many bytes that saves in all"
        if wanted == "saved"
        else "for each message the number of the first message it can lie in, -1 if none"
    )
    return Made(
        f"{'int' if wanted == 'saved' else 'std::vector<int>'} @f({MESSAGES} messages)",
        body,
        oracle,
        given,
        (
            f"Write a function for storing messages in less room: a message that equals the end of a longer one (or all of an earlier one) need not be stored, its pointer can point into that. Return {goal}. The end bytes are part of the messages, and no message is empty.",
            f"suffix sharing: message i can live in j if j ends with i and (j longer, or equal and j < i) -> {goal}",
            f"Many of my texts end alike. Those that are a complete tail of another, longer message, or a copy of an earlier one, don't take space of their own. I'd like {goal}. All contain their terminators.",
            f"How much does tail merging bring? Message i is dropped if some longer message ends with it, or an identical one comes before it. Result: {goal}.",
        ),
    )


def unused_codes(rng: random.Random) -> Made:
    first = rng.choice((0xF0, 0xE0))
    low, high = rng.choice(((0x00, 0x3F), (0x80, 0xBF), (0x40, 0x7F)))
    wanted = rng.choice(("list", "rarest"))
    body = cpp(
        """
        std::array<int, 256> uses{};
        for (size_t i = 0; i < text.size(); ++i) {
          if (text[i] >= @first) ++i;
          else ++uses[text[i]];
        }
        @ret
        """,
        first=hexadecimal(first),
        ret=(
            f"std::vector<int> unused;\nfor (int code = {low}; code <= {high}; ++code)\n  if (uses[code] == 0) unused.push_back(code);\nreturn unused;"
            if wanted == "list"
            else f"int rarest = -1;\nfor (int code = {low}; code <= {high}; ++code)\n  if (uses[code] > 0 && (rarest < 0 || uses[code] < uses[rarest])) rarest = code;\nreturn rarest;"
        ),
    )
    if wanted == "list":
        body = (
            body.replace("std::array<int, 256> uses{};", "std::array<bool, 256> uses{};")
            .replace("else ++uses[text[i]];", "else uses[text[i]] = true;")
            .replace("if (uses[code] == 0)", "if (!uses[code])")
        )

    def oracle(text: list[int]) -> object:
        letters: list[int] = []
        left = iter(text)
        for one in left:
            if one >= first:
                next(left, None)
            else:
                letters.append(one)
        if wanted == "list":
            return sorted(set(range(low, high + 1)) - set(letters))
        inside = sorted(one for one in letters if low <= one <= high)
        return min(inside, key=inside.count) if inside else -1

    def given(r: random.Random) -> list[bytes]:
        pool = [r.randrange(low, high + 1) for _ in range(4)] if wanted == "rarest" else range(low, high + 1)
        return [
            bytes(
                r.choice((r.choice(pool), r.choice(pool), r.choice(pool), first, first + 3))
                for _ in range(r.choice((5, 20, 60, 120)) if wanted == "list" else r.randrange(14))
            )
        ]

    goal = (
        f"the letter codes from 0x{low:02X} to 0x{high:02X} that it never uses, ascending"
        if wanted == "list"
        else f"the letter from 0x{low:02X} to 0x{high:02X} that it uses least but at least once (the smallest of equals), -1 if it uses none of them"
    )
    return Made(
        f"{'std::vector<int>' if wanted == 'list' else 'int'} @f({BYTES} text)",
        body,
        oracle,
        given,
        (
            f"Write a function that looks at the letters of a script and returns {goal}. Bytes from 0x{first:02X} up are commands with one argument byte, which is no letter (at the very end it may be missing).",
            f">= ${first:02X}: command, skip its 1 argument; else letter. Result: {goal}",
            f"Which characters could I give up in the font? Skip commands (${first:02X} and above) together with their argument byte; of what remains I want {goal}.",
            f"Letter census of a text dump: commands are ${first:02X}-$FF followed by one byte, everything else are letters. Return {goal}.",
        ),
    )


def colour_of_letters(rng: random.Random) -> Made:
    code, back = rng.sample((0xF2, 0xF7, 0xEE, 0xFB), 2)
    start = rng.choice((0, 2, 7))
    wanted = rng.choice(("all", "words"))
    body = cpp(
        """
        @head
        int colour = @start@more;
        for (size_t i = 0; i < message.size(); ++i) {
          if (message[i] == @code) {
            @old
            colour = message[++i] & 7;
          } else if (message[i] == @back) {
            colour = @was;
          } else {
            @act
          }
        }
        return result;
        """,
        head="std::vector<uint8_t> result;" if wanted == "all" else "std::vector<uint16_t> result;",
        start=start,
        more=", before = " + str(start) if (previous := rng.random() < 0.5) else "",
        code=hexadecimal(code),
        old="before = colour;" if previous else "",
        back=hexadecimal(back),
        was="before" if previous else start,
        act="result.push_back(colour);" if wanted == "all" else "result.push_back(message[i] | colour << 10);",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(message: list[int]) -> list[int]:
        out, colours, i = [], [start, start], 0
        while i < len(message):
            one = message[i]
            if one == code:
                colours = [colours[1], message[i + 1] % 8]
                i += 1
            elif one == back:
                colours[1] = colours[0] if previous else start
            else:
                out.append(colours[1] if wanted == "all" else colours[1] * 1024 + one)
            i += 1
        return out

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(1, 8)):
            out += r.choice((bytes([code, r.choice((1, 3, 5, r.randrange(256)))]), bytes([back]), b"AB", b"C", b"D"))
        return [out]

    goal = (
        "the colour of each letter"
        if wanted == "all"
        else "each letter as a tilemap word, the letter as tile number and the colour as palette (bits 10-12)"
    )
    undo = (
        f"0x{back:02X} brings back the colour that was valid before the last 0x{code:02X} (colour {start} if there was none)"
        if previous
        else f"0x{back:02X} goes back to colour {start}"
    )
    return Made(
        f"{'std::vector<uint8_t>' if wanted == 'all' else 'std::vector<uint16_t>'} @f({BYTES} message)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal}. The colour is {start} at first; 0x{code:02X} c sets it to the lower three bits of c, {undo}; all other bytes are letters. 0x{code:02X} always has its argument.",
            f"colour state, initially {start}: ${code:02X} c -> c & 7, {undo.replace('0x', '$')}; else letter -> {goal}",
            f"Preview of coloured dialogue: ${code:02X} is followed by a colour (only bits 0-2 count), {undo.replace('0x', '$')}. Starting with colour {start}, give me {goal}.",
            f"How do I render text with colour codes? 0x{code:02X} plus argument changes the colour (mod 8), {undo}; initial colour {start}. Result: {goal}, commands themselves give nothing.",
        ),
    )


def shown_with_flags(rng: random.Random) -> Made:
    begin, other, end = rng.choice(((0xF0, 0xF1, 0xF2), (0xE8, 0xE9, 0xEA)))
    body = cpp(
        """
        std::vector<uint8_t> shown;
        bool visible = true;
        for (size_t i = 0; i < message.size(); ++i) {
          if (message[i] == @begin) visible = flags >> (message[++i] & 15) & 1;
          else if (message[i] == @other) visible = !visible;
          else if (message[i] == @end) visible = true;
          else if (visible) shown.push_back(message[i]);
        }
        return shown;
        """,
        begin=hexadecimal(begin),
        other=hexadecimal(other),
        end=hexadecimal(end),
    )

    def oracle(message: list[int], flags: int) -> list[int]:
        out: list[int] = []
        i = 0
        while i < len(message):
            if message[i] == begin:
                stop = message.index(end, i)
                part = message[i + 2 : stop]
                split = part.index(other) if other in part else len(part)
                out += part[:split] if flags // 2 ** (message[i + 1] % 16) % 2 else part[split + 1 :]
                i = stop
            else:
                out.append(message[i])
            i += 1
        return out

    def given(r: random.Random) -> list[object]:
        out = b""
        for _ in range(r.randrange(1, 4)):
            out += bytes(r.randrange(65, 70) for _ in range(r.randrange(3)))
            if r.random() < 0.8:
                out += bytes([begin, r.randrange(4), *b"XY"[: r.randrange(3)]])
                out += bytes([other, *b"PQ"[: r.randrange(3)]]) if r.random() < 0.6 else b""
                out += bytes([end])
        return [out, r.getrandbits(4) | r.getrandbits(16) & 0xFFF0]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} message, uint16_t flags)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the bytes of a message that are shown with the given event flags. 0x{begin:02X} n starts a part that is only shown if flag n (bit n of `flags`, n from 0 to 15) is set, 0x{other:02X} the part shown otherwise (it may be missing), and 0x{end:02X} ends both. They are not nested and always complete; commands are not shown.",
            f"if/else/endif in text: ${begin:02X} n (bit n of flags) ... [${other:02X} ...] ${end:02X} -> visible bytes; no nesting",
            f"NPCs say other things once a flag is set. In my format ${begin:02X} plus flag number is IF, ${other:02X} ELSE (optional), ${end:02X} END. Which bytes appear on screen? The commands vanish; blocks are well-formed and not nested, flags are 0-15.",
            f"How do I evaluate conditional text? Everything between 0x{begin:02X} n and 0x{other:02X} (or 0x{end:02X}) needs bit n of flags, what lies between 0x{other:02X} and 0x{end:02X} needs it clear; text outside always shows. Drop the control bytes.",
        ),
    )


def wide_letters(rng: random.Random) -> Made:
    pages = rng.choice(((0xFD, 0xFE), (0xF8, 0xF9), (0xFE,)))
    low = pages[0]
    back = rng.random() < 0.4
    test = f"b == {hexadecimal(low)}" if len(pages) == 1 else f"b == {hexadecimal(low)} || b == {hexadecimal(pages[1])}"
    if back:
        body = cpp(
            """
            std::vector<uint8_t> bytes;
            for (uint16_t letter : letters) {
              if (letter >= 0x100) bytes.push_back(@low + (letter >> 8) - 1);
              bytes.push_back(letter);
            }
            return bytes;
            """,
            low=hexadecimal(low),
        )

        def encode(letters: list[int]) -> list[int]:
            if any(one > 256 * len(pages) + 255 for one in letters):
                raise ValueError("no such letter")
            return [part for one in letters for part in ([one] if one < 256 else [pages[one // 256 - 1], one % 256])]

        top = 256 * (len(pages) + 1)
        return Made(
            f"std::vector<uint8_t> @f({WORDS} letters)",
            body,
            encode,
            lambda r: [
                [r.choice((r.randrange(0x80), r.randrange(0x100, top), top - 1, 0x100)) for _ in range(r.randrange(7))]
            ],
            (
                f"Write a function that stores letter numbers as bytes: below 0x100 as one byte, others as a page byte ({', '.join(f'0x{one:02X} for 0x{(i + 1) * 256:X} to 0x{(i + 1) * 256 + 255:X}' for i, one in enumerate(pages))}) and their lower byte. Numbers are below 0x{top:X}, and none below 0x100 is a page byte.",
                f"n < $100: n; else {', '.join(f'${one:02X} (page {i + 1})' for i, one in enumerate(pages))} then n & $FF",
                f"The Japanese script needs more than 256 characters: letter numbers from 0x100 on get a prefix, {', '.join(f'{one:#x} for page {i + 1}' for i, one in enumerate(pages))} (page = number / 256). Encode a list (all below {top:#x}); single-byte letters never equal a prefix.",
                f"How do I write kanji codes? One byte if the number is under 256, otherwise prefix ({' / '.join(f'0x{one:02X}' for one in pages)} for high byte {' / '.join(str(i + 1) for i in range(len(pages)))}) and low byte. No other high bytes occur.",
            ),
        )
    body = cpp(
        """
        std::vector<uint16_t> letters;
        for (size_t i = 0; i < bytes.size(); ++i) {
          const uint8_t b = bytes[i];
          if (!(@test)) letters.push_back(b);
          else if (i + 1 < bytes.size()) letters.push_back((b - @less) << 8 | bytes[++i]);
        }
        return letters;
        """,
        test=test,
        less=hexadecimal(low - 1),
    )

    def oracle(data: list[int]) -> list[int]:
        out: list[int] = []
        pending = 0
        for one in data:
            if pending:
                out.append(pending * 256 + one)
                pending = 0
            elif one in pages:
                pending = pages.index(one) + 1
            else:
                out.append(one)
        return out

    return Made(
        f"std::vector<uint16_t> @f({BYTES} bytes)",
        body,
        oracle,
        lambda r: [bytes(r.choice((r.randrange(256), *pages, 65)) for _ in range(r.randrange(9)))],
        (
            f"Write a function that reads text with wide letters: {', '.join(f'0x{one:02X} n is letter 0x{i + 1:X}00 + n' for i, one in enumerate(pages))}, any other byte is the letter of that number. A prefix at the very end is dropped.",
            f"{', '.join(f'${one:02X} n -> ${(i + 1) * 256:X} + n' for i, one in enumerate(pages))}; other b -> b; lone prefix at the end ignored",
            f"Decoding a script with kanji pages: prefix byte{'s' * (len(pages) > 1)} {', '.join(f'{one:#x} (page {i + 1})' for i, one in enumerate(pages))}; the byte behind (whatever it is) is the index in that page of 256; all else is page 0. Return letter numbers; ignore a prefix without a follower.",
            f"How do I get character numbers out of mixed one- and two-byte text? {' and '.join(f'0x{one:02X}' for one in pages)} start two-byte letters with high byte {' and '.join(str(i + 1) for i in range(len(pages)))}. A cut-off one is left out.",
        ),
    )


def other_table(rng: random.Random) -> Made:
    first = rng.choice((0xF0, 0xE0, 0xF8))
    missing = rng.choice((0x3F, 0x00, 0x2D))
    wanted = rng.choice(("count", "places"))
    body = cpp(
        """
        @head
        for (size_t i = 0; i < text.size(); ++i) {
          if (text[i] >= @first) {
            i += text[i] & 3;
            continue;
          }
          size_t at = std::find(from.begin(), from.end(), text[i]) - from.begin();
          if (at == from.size()) @lost
          text[i] = at < from.size() ? to[at] : @missing;
        }
        return lost;
        """,
        head="int lost = 0;" if wanted == "count" else "std::vector<int> lost;",
        first=hexadecimal(first),
        lost="++lost;" if wanted == "count" else "lost.push_back(i);",
        missing=hexadecimal(missing) if missing else 0,
    )

    def oracle(text: list[int], old: list[int], new: list[int]) -> object:
        table = dict(zip(old[::-1], new[::-1], strict=True))
        lost, skip = [], 0
        for i, one in enumerate(text):
            if skip:
                skip -= 1
            elif one >= first:
                skip = one % 4
            else:
                if one not in table:
                    lost.append(i)
                text[i] = table.get(one, missing)
        return len(lost) if wanted == "count" else lost

    def given(r: random.Random) -> list[object]:
        n = r.randrange(1, 5)
        return [
            bytes(r.choice((1, 2, 3, 4, first + r.randrange(4))) for _ in range(r.randrange(10))),
            bytes(r.sample(range(1, 6), n)),
            r.randbytes(n),
        ]

    goal = (
        "how many letters had no counterpart"
        if wanted == "count"
        else "the offsets of the letters that had no counterpart"
    )
    return Made(
        f"{'int' if wanted == 'count' else 'std::vector<int>'} @f({BUFFER} text, {BYTES} from, {BYTES} to)",
        body,
        oracle,
        given,
        (
            f"Write a function that converts a script from one game's letter table to another's in place: a letter from[k] becomes to[k]; one that `from` lacks becomes 0x{missing:02X}. Bytes from 0x{first:02X} up are commands and stay, together with their arguments, of which they have as many as their lower two bits say (fewer if the text ends). Return {goal}.",
            f"letters: from[k] -> to[k], unknown -> ${missing:02X}; b >= ${first:02X}: keep it and (b & 3) argument bytes. Result: {goal}",
            f"Porting dialogue between hacks with different fonts. Commands (${first:02X} and above; the two low bits give the number of argument bytes) are copied untouched; letters are translated via the parallel lists (no duplicates in `from`), others turn into ${missing:02X}. I need {goal}.",
            f"How do I re-encode text but not the control codes? Letters below 0x{first:02X} go through the table (default 0x{missing:02X}); a command skips b & 3 following bytes. Change `text` itself and return {goal}.",
        ),
    )


def beep_places(rng: random.Random) -> Made:
    every = rng.choice((2, 3))
    space, end = rng.choice(((0x20, 0x00), (0xEF, 0xFF), (0x59, 0x7F)))
    reset = rng.random() < 0.5
    body = cpp(
        """
        std::vector<int> beeps;
        int letters = 0;
        for (size_t i = 0; i < message.size() && message[i] != @end; ++i) {
          if (message[i] == @space) {
            @reset
            continue;
          }
          if (letters++ % @every == 0) beeps.push_back(i);
        }
        return beeps;
        """,
        end=hexadecimal(end) if end else 0,
        space=hexadecimal(space),
        reset="letters = 0;" if reset else "",
        every=every,
    )
    if not reset:
        body = body.replace(
            "if (message[i] == " + hexadecimal(space) + ") {\n    \n    continue;\n  }",
            "if (message[i] == " + hexadecimal(space) + ") continue;",
        )

    def oracle(message: list[int]) -> list[int]:
        shown = _split([*message, end], end)[0]
        places = [i for i, one in enumerate(shown) if one != space]
        if not reset:
            return places[::every]
        out = []
        for i in places:
            start = max((k + 1 for k in range(i) if shown[k] == space), default=0)
            out += [i] if (i - start) % every == 0 else []
        return out

    rule = (
        f"the first letter of each word and every {every}{'nd' if every == 2 else 'rd'} one after it within the word"
        if reset
        else f"the first letter of the message and every {every}{'nd' if every == 2 else 'rd'} letter after it, not counting spaces"
    )
    return Made(
        f"std::vector<int> @f({BYTES} message)",
        body,
        oracle,
        lambda r: [
            bytes(
                r.choice((space, 65, 66, 67, 68, 69, end if r.random() < 0.2 else 70))
                for _ in range(r.randrange(1, 14))
            )
        ],
        (
            f"Write a function that returns at which offsets of a message the typing sound is played: {rule}. 0x{space:02X} is a space, which is silent; 0x{end:02X} or the end of the data ends the message, all else are letters.",
            f"beeps: {rule}; space ${space:02X}, end ${end:02X} -> offsets",
            f"Text should click, but not on each letter: {rule}. Spaces are ${space:02X} and the message stops at ${end:02X} (or where the bytes do). Offsets, please.",
            f"For my dialogue preview with sound: list the indices of {rule}. End marker 0x{end:02X} (may be missing), space 0x{space:02X}.",
        ),
    )


def cut_to_bytes(rng: random.Random) -> Made:
    end = rng.choice((0xFF, 0x00))
    first = rng.choice((0xF0, 0xE8))
    limit = rng.choice((8, 10, 12))
    body = cpp(
        """
        size_t safe = 0;
        for (size_t i = 0; i < message.size() && message[i] != @end;) {
          i += message[i] >= @first ? 2 : 1;
          if (i + 1 <= @limit && i <= message.size()) safe = i;
        }
        message.resize(safe);
        message.push_back(@end);
        """,
        end=hexadecimal(end) if end else 0,
        first=hexadecimal(first),
        limit=limit,
    )

    def oracle(message: list[int]) -> None:
        pieces: list[list[int]] = []
        left = list(message)
        while left and left[0] != end:
            size = 2 if left[0] >= first else 1
            if len(left) < size:
                break
            pieces.append(left[:size])
            left = left[size:]
        while sum(map(len, pieces)) > limit - 1:
            pieces.pop()
        message[:] = [one for part in pieces for one in part] + [end]

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(12)):
            out += r.choice((bytes([first, r.randrange(256)]), bytes([first + 2, 1]), b"A", b"BC"))
        return [out + r.choice((b"", bytes([end]), bytes([end, 1, 2]), bytes([first])))]

    return Made(
        f"void @f({BUFFER} message)",
        body,
        oracle,
        given,
        (
            f"Write a function that cuts a message so that it fits into {limit} bytes including its end byte 0x{end:02X}, which is put behind what remains. Bytes from 0x{first:02X} up{' (but 0xFF)' if end == 255 else ''} are commands with one argument byte and are never cut in two; all others are single letters. The message goes up to the first 0x{end:02X} that is no argument, or to the end of the data; a command without its argument there is dropped.",
            f"truncate to {limit} bytes with terminator ${end:02X}, in whole units (b >= ${first:02X}: 2 bytes, else 1; stop at ${end:02X}); always re-terminate",
            f"A translated line must not exceed {limit} bytes, terminator ${end:02X} included. Drop whole characters or commands (${first:02X} and up take an argument) from the end until it does, then terminate it. Input may lack its terminator, or have junk behind it; an incomplete last command goes too.",
            f"How do I shorten encoded text safely? Units: one byte, or two from 0x{first:02X} on. Keep as many units from the start as fit with the final 0x{end:02X} in {limit} bytes. An existing 0x{end:02X} in the place of a unit ends the text; a unit that isn't complete doesn't count.",
        ),
    )


RECIPES = (
    longest_message,
    pointers_into_messages,
    follow_messages,
    shared_endings,
    unused_codes,
    colour_of_letters,
    shown_with_flags,
    wide_letters,
    other_table,
    beep_places,
    cut_to_bytes,
)
