"""What an editor keeps: undo lists, ring buffers, caches, queues of transfers, dependencies, sets of bits, ranges as text."""

import random
from collections import OrderedDict, deque

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "editor logic"
INTS = "const std::vector<int>&"
TEXT = "const std::string&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def replay_undo(rng: random.Random) -> Made:
    undo, redo = rng.choice(((-1, -2), (0, -1)))
    limit = rng.choice((None, 3, 5))
    cut = f"\n    if (done.size() > {limit}) done.erase(done.begin());" if limit else ""
    body = cpp(
        """
        std::vector<int> done, undone;
        for (int action : actions) {
          if (action == @undo) {
            if (done.empty()) continue;
            undone.push_back(done.back());
            done.pop_back();
          } else if (action == @redo) {
            if (undone.empty()) continue;
            done.push_back(undone.back());
            undone.pop_back();
          } else {
            done.push_back(action);
            undone.clear();@cut
          }
        }
        return done;
        """,
        undo=undo,
        redo=redo,
        cut=cut,
    )

    def oracle(actions: list[int]) -> list[int]:
        edits: list[int] = []
        position = 0
        for one in actions:
            if one == undo:
                position = max(position - 1, 0)
            elif one == redo:
                position = min(position + 1, len(edits))
            else:
                edits = [*edits[:position], one]
                if limit and len(edits) > limit:
                    edits = edits[1:]
                position = len(edits)
        return edits[:position]

    most = (
        f" Only the last {limit} edits can be remembered: a new edit that makes it more pushes the oldest out for good."
        if limit
        else ""
    )
    return Made(
        f"std::vector<int> @f({INTS} actions)",
        body,
        oracle,
        lambda r: [[r.choice((undo, undo, redo, *range(1, 9), *range(1, 9))) for _ in range(r.randrange(14))]],
        (
            f"Write a function that replays what a user did and returns the edits in the undo list at the end, oldest first. A positive number is an edit, {undo} is Undo, {redo} is Redo; both do nothing if there is nothing to undo or redo, and a new edit discards what could be redone.{most}",
            f"undo stack simulation: n > 0 edit, {undo} undo, {redo} redo -> edits still applied, in order.{most}",
            f"Test oracle for my undo system: from a list of actions (edit numbers above 0, {undo} for Ctrl+Z, {redo} for Ctrl+Y) compute which edits are in effect. Redo works until the next edit.{most}",
            f"What remains after all that undoing? Edits are positive ids, {undo} takes the last one back, {redo} brings it again unless something new was done in between.{most} Return the list, first edit first.",
        ),
    )


def coalesced_edits(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Edit", "Change")), (("int", "offset"), ("u8", "before"), ("u8", "after")))
    s = struct.name
    drop = rng.random() < 0.6
    body = cpp(
        """
        std::vector<@s> merged;
        for (const @s& edit : edits) {
          auto same = std::find_if(merged.begin(), merged.end(), [&](const @s& m) { return m.offset == edit.offset; });
          if (same == merged.end()) merged.push_back(edit);
          else same->after = edit.after;
        }
        @drop
        return merged;
        """,
        s=s,
        drop=f"merged.erase(std::remove_if(merged.begin(), merged.end(), [](const {s}& m) {{ return m.before == m.after; }}), merged.end());"
        if drop
        else "",
    ).replace("\n\n", "\n")

    def oracle(edits: list[Record]) -> list[Record]:
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for one in edits:
            offset, before, after = vars(one).values()
            first.setdefault(offset, before)
            last[offset] = after
        return [
            Record(("offset", "before", "after"), (o, b, last[o])) for o, b in first.items() if not drop or b != last[o]
        ]

    def given(r: random.Random) -> list[object]:
        now: dict[int, int] = {}
        out = []
        for _ in range(r.randrange(9)):
            o, new = r.choice((0x10, 0x11, 0x200)), r.randrange(3)
            out.append(Record(("offset", "before", "after"), (o, now.get(o, 0), new)))
            now[o] = new
        return [out]

    gone = " Those that end with the value they began with are left out." if drop else ""
    return Made(
        f"std::vector<{s}> @f(const std::vector<{s}>& edits)",
        body,
        oracle,
        given,
        (
            f"Write a function that merges the byte edits of one drag into as few as possible: for each offset one edit with `before` of its first and `after` of its last edit, in the order in which the offsets first occur.{gone}",
            f"coalesce edits by offset: first before, last after, order of first appearance.{gone}",
            f"While the mouse is held my editor records an edit per pixel. Before it goes to the undo stack I want one entry per offset (the oldest old value, the newest new value; order as first touched).{gone}",
            f"How do I squash edit records? Same offset means one record: keep the earliest `before` and the latest `after`.{gone} Sort by first occurrence.",
        ),
        (struct,),
    )


def ring_contents(rng: random.Random) -> Made:
    wanted = rng.choice(("list", "write", "newest"))
    if wanted == "write":
        signature = f"int @f({BUFFER} ring, int head, {BYTES} data)"
        body = (
            "for (uint8_t value : data) {\n  ring[head] = value;\n  head = (head + 1) % ring.size();\n}\nreturn head;"
        )
    elif wanted == "list":
        signature = f"std::vector<uint8_t> @f({BYTES} ring, int head, int count)"
        body = "std::vector<uint8_t> out;\nconst int size = ring.size();\nfor (int i = count; i > 0; --i) out.push_back(ring[(head - i + size) % size]);\nreturn out;"
    else:
        signature = f"std::vector<uint8_t> @f({BYTES} ring, int head, int count)"
        body = "std::vector<uint8_t> out;\nconst int size = ring.size();\nfor (int i = 1; i <= count; ++i) out.push_back(ring[(head - i + size) % size]);\nreturn out;"

    def oracle(ring: list[int], head: int, other: object) -> object:
        size = len(ring)
        if isinstance(other, list):
            for i, value in enumerate(other):
                ring[(head + i) % size] = value
            return (head + len(other)) % size
        turned = ring[head:] + ring[:head]
        newest = turned[::-1][: int(str(other))]
        return newest[::-1] if wanted == "list" else newest

    def given(r: random.Random) -> list[object]:
        size = r.randrange(1, 9)
        return [
            r.randbytes(size),
            r.randrange(size),
            r.randbytes(r.choice((0, 1, 3, size + 1)))
            if wanted == "write"
            else r.choice((0, size, r.randrange(size + 1))),
        ]

    goal = {
        "list": "the last `count` values written, the oldest of them first",
        "newest": "the last `count` values written, the newest first",
        "write": "the new head after writing all of `data` (which may be longer than the ring)",
    }[wanted]
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function for a ring buffer that returns {goal}. `head` is the index where the next value goes; behind the last index comes 0. {'The ring is changed in place.' if wanted == 'write' else 'count is at most the size of the ring, and the ring is full.'}",
            f"ring buffer, head = next write index, wraps at ring.size() -> {goal}",
            f"My debugger's trace log is circular: new entries go to ring[head], then head moves on (wrapping). Give me {goal}. {'Old entries get overwritten in the vector.' if wanted == 'write' else 'It has been filled completely, and count does not exceed its size.'}",
            f"{'Append several bytes to' if wanted == 'write' else 'Read the most recent bytes of'} a circular buffer whose next free place is `head` (any size from 1 up). Result: {goal}.",
        ),
    )


def cache_slots(rng: random.Random) -> Made:
    slots = rng.choice((2, 3, 4))
    policy = rng.choice(("lru", "fifo"))
    wanted = rng.choice(("slots", "misses"))
    body = cpp(
        """
        std::vector<int> cached(@n, -1), used(@n, -1), result;
        int misses = 0;
        for (size_t t = 0; t < requests.size(); ++t) {
          size_t slot = std::find(cached.begin(), cached.end(), requests[t]) - cached.begin();
          if (slot == cached.size()) {
            slot = std::min_element(used.begin(), used.end()) - used.begin();
            cached[slot] = requests[t];
            ++misses;
            @fifo
          }
          @lru
          result.push_back(slot);
        }
        return @ret;
        """,
        n=slots,
        fifo="used[slot] = t;" if policy == "fifo" else "",
        lru="used[slot] = t;" if policy == "lru" else "",
        ret="result" if wanted == "slots" else "misses",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())
    if wanted == "slots":
        body = body.replace("int misses = 0;\n", "").replace("    ++misses;\n", "")
    else:
        body = body.replace(", result;", ";").replace("  result.push_back(slot);\n", "")

    def oracle(requests: list[int]) -> object:
        held: OrderedDict[int, int] = OrderedDict()
        out, missed = [], 0
        for one in requests:
            if one in held:
                if policy == "lru":
                    held.move_to_end(one)
            else:
                missed += 1
                slot = len(held) if len(held) < slots else held.popitem(last=False)[1]
                held[one] = slot
            out.append(held[one])
        return out if wanted == "slots" else missed

    victim = (
        "the least recently requested one"
        if policy == "lru"
        else "the one that was loaded first (further requests don't renew it)"
    )
    goal = (
        "the slot (from 0) that serves each request"
        if wanted == "slots"
        else "how many requests need a transfer because their graphics are not loaded"
    )
    return Made(
        f"{'std::vector<int>' if wanted == 'slots' else 'int'} @f({BYTES} requests)",
        body,
        oracle,
        lambda r: [bytes(r.randrange(slots + 2) for _ in range(r.randrange(2, 14)))],
        (
            f"Write a function that simulates a VRAM cache with {slots} slots for sprite graphics and returns {goal}. Graphics that aren't loaded take the first slot never used, or if there is none replace {victim}.",
            f"{policy.upper()} cache, {slots} slots, empty at first (filled 0, 1, ...) -> {goal}",
            f"My engine streams sheets into {slots} places of VRAM. Requests come as sheet numbers; a miss goes to the lowest free place, when all are taken it evicts {victim}. I need {goal}.",
            f"How well does a cache of {slots} slots do? For a sequence of graphics ids return {goal}. Start empty, fill slots in ascending order, then throw out {victim}.",
        ),
    )


def transfers_this_frame(rng: random.Random) -> Made:
    budget = rng.choice((64, 100, 0x30))
    rule = rng.choice(("stop", "skip", "split"))
    if rule == "stop":
        body = f"int left = {budget};\nsize_t done = 0;\nwhile (done < sizes.size() && sizes[done] <= left) left -= sizes[done++];\nsizes.erase(sizes.begin(), sizes.begin() + done);\nreturn {budget} - left;"
    elif rule == "skip":
        body = f"int left = {budget};\nstd::vector<uint8_t> waiting;\nfor (uint8_t size : sizes) {{\n  if (size <= left) left -= size;\n  else waiting.push_back(size);\n}}\nsizes = waiting;\nreturn {budget} - left;"
    else:
        body = f"int left = {budget};\nwhile (!sizes.empty() && sizes[0] <= left) {{\n  left -= sizes[0];\n  sizes.erase(sizes.begin());\n}}\nif (!sizes.empty()) {{\n  sizes[0] -= left;\n  left = 0;\n}}\nreturn {budget} - left;"

    def oracle(sizes: list[int]) -> int:
        queue, sent = deque(sizes), 0
        kept: list[int] = []
        while queue:
            one = queue.popleft()
            if sent + one <= budget:
                sent += one
            elif rule == "skip":
                kept.append(one)
            else:
                if rule == "split":
                    one, sent = one - (budget - sent), budget
                kept += [one, *queue]
                break
        sizes[:] = kept
        return sent

    how = {
        "stop": "as soon as one doesn't fit, it and all behind it wait",
        "skip": "one that doesn't fit waits, but smaller ones behind it may still go",
        "split": "of the first one that doesn't fit as much as possible is sent, its rest and all behind it wait",
    }[rule]
    return Made(
        f"int @f({BUFFER} sizes)",
        body,
        oracle,
        lambda r: [[r.choice((8, 16, 32, 40, r.randrange(1, 100))) for _ in range(r.randrange(8))]],
        (
            f"Write a function that does one frame of a queue of VRAM transfers: at most {budget} bytes can be sent. The queue's sizes (in bytes, none 0) are served in order; {how}. What was sent is removed from `sizes`, and the result is how many bytes were sent.",
            f"DMA queue, {budget} bytes per vblank, in order: {how}; returns bytes sent, `sizes` keeps the rest",
            f"Vblank is short: {budget} bytes per frame. From the pending transfer sizes take what goes now; {how}. Update the list to what is left over for the next frame, in order, and return the byte count used.",
            f"How do I budget uploads? {how[0].upper() + how[1:]}. Limit {budget} bytes. Change the vector to the waiting ones and return the total sent.",
        ),
    )


def patch_order(rng: random.Random) -> Made:
    wanted = rng.choice(("order", "possible"))
    body = cpp(
        """
        std::vector<int> order;
        std::vector<bool> done(count);
        for (bool moved = true; moved;) {
          moved = false;
          for (int patch = 0; patch < count && !moved; ++patch) {
            bool ready = !done[patch];
            for (size_t i = 0; i + 1 < needs.size(); i += 2)
              if (needs[i] == patch && !done[needs[i + 1]]) ready = false;
            if (!ready) continue;
            done[patch] = moved = true;
            order.push_back(patch);
          }
        }
        @ret
        """,
        ret="return order;" if wanted == "order" else "return static_cast<int>(order.size());",
    )

    def oracle(count: int, needs: list[int]) -> object:
        wants: dict[int, set[int]] = {i: set() for i in range(count)}
        for a, b in zip(needs[::2], needs[1::2], strict=False):
            wants[a].add(b)
        if any(b >= count for one in wants.values() for b in one):
            raise ValueError("no such patch")
        order: list[int] = []
        while free := sorted(i for i in wants if i not in order and wants[i] <= set(order)):
            order.append(free[0])
        return order if wanted == "order" else len(order)

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 7)
        return [count, bytes(r.randrange(count) for _ in range(2 * r.randrange(6)))]

    goal = (
        "the order in which they can be applied, always the lowest number that is possible next"
        if wanted == "order"
        else "how many of them can be applied"
    )
    return Made(
        f"{'std::vector<int>' if wanted == 'order' else 'int'} @f(int count, {BYTES} needs)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal}. There are patches 0 to `count` - 1; each pair of bytes (a, b) in `needs` says that patch a can only be applied after patch b. Patches that depend on each other in a circle (or on themselves), and those that need such ones, cannot be applied{' and are missing in the result' if wanted == 'order' else ''}.",
            f"topological order of 0..count-1, pairs (a, b): a after b; smallest ready first; cyclic ones never -> {goal}",
            f"Patch manager: dependencies are byte pairs patch, required patch. Apply whatever has all its requirements done. I want {goal}. Cycles simply stay out.",
            f"In what order do I install my ASM patches? From pairs (needs[i], needs[i+1]) = (dependent, prerequisite) work out {goal}; a patch stuck in a cycle or waiting for one is never applied.",
        ),
    )


def mask_as_ranges(rng: random.Random) -> Made:
    back = rng.random() < 0.4
    sep = rng.choice((",", ", ", " "))
    dash = rng.choice(("-", ".."))
    if back:
        body = cpp(
            """
            uint32_t mask = 0;
            int number = -1, first = -1;
            for (char c : text + ",") {
              if (c >= '0' && c <= '9') {
                number = std::max(number, 0) * 10 + (c - '0');
              } else if (c == '-') {
                first = number;
                number = -1;
              } else if (c == ',') {
                for (int bit = first < 0 ? number : first; number >= 0 && bit <= number; ++bit) mask |= 1u << bit;
                number = first = -1;
              }
            }
            return mask;
            """
        )

        def parse(text: str) -> int:
            bits: set[int] = set()
            for part in text.split(",") if text else []:
                low, _, high = part.strip().partition("-")
                bits |= set(range(int(low), int(high or low) + 1))
            return sum(1 << one for one in bits)

        def texts(r: random.Random) -> list[object]:
            parts = []
            for _ in range(r.randrange(5)):
                low = r.randrange(32)
                parts.append(str(low) if r.random() < 0.5 else f"{low}-{r.randrange(32)}")
            return [r.choice((",", ", ")).join(parts)]

        return Made(
            f"uint32_t @f({TEXT} text)",
            body,
            parse,
            texts,
            (
                'Write a function that reads a list of bit numbers (0 to 31) and ranges such as "0-3, 8,10-11" into a 32-bit mask. Parts are separated by commas, maybe with spaces around; a range whose end is below its start is empty, overlapping is fine, and the empty text gives 0. The text has no errors.',
                '"0-3,8" -> mask; numbers 0-31, comma-separated, optional spaces, a-b inclusive (nothing if b < a), "" -> 0',
                "The room filter of my editor takes text like 1,4-6. Make a bit mask of it: both ends of a range belong to it, descending ranges contain nothing, spaces don't matter, all numbers are valid bits.",
                "How do I parse bit ranges? Comma-separated items, each a number or first-last (inclusive; none if last < first), bits 0 to 31, well-formed. Empty input: 0.",
            ),
        )
    body = cpp(
        """
        std::string text;
        for (int bit = 0; bit < 32; ++bit) {
          if (!(mask >> bit & 1)) continue;
          int last = bit;
          while (last < 31 && mask >> (last + 1) & 1) ++last;
          if (!text.empty()) text += "@sep";
          text += std::to_string(bit);
          if (last > bit) text += "@dash" + std::to_string(last);
          bit = last;
        }
        return text;
        """,
        sep=sep,
        dash=dash,
    )

    def oracle(mask: int) -> str:
        runs = []
        bits = f"{mask:032b}"[::-1]
        at = 0
        for part in bits.replace("01", "0 1").replace("10", "1 0").split():
            if "1" in part:
                runs.append(str(at) if len(part) == 1 else f"{at}{dash}{at + len(part) - 1}")
            at += len(part)
        return sep.join(runs)

    def masks(r: random.Random) -> list[int]:
        mask = r.getrandbits(32) & r.getrandbits(32)
        return [r.choice((0, 1 << 31, mask & r.getrandbits(32), mask | mask << 1 & 0xFFFFFFFF, 0xF0))]

    return Made(
        "std::string @f(uint32_t mask)",
        body,
        oracle,
        masks,
        (
            f'Write a function that lists the set bits of a 32-bit mask as text, ascending, with runs of two or more shortened to first{dash}last, joined by "{sep}", for example 0{dash}3{sep}8. Without a bit the text is empty.',
            f'mask -> "0{dash}3{sep}8{sep}30{dash}31"; any run >= 2 becomes a{dash}b; 0 -> ""',
            f'My flags dialog should say which flags are on in a compact form like 4{dash}7{sep}12: numbers from the lowest bit, neighbours merged (two suffice) with "{dash}", parts separated by "{sep}".',
            f'How do I print a bit set as ranges? "{dash}" between first and last of consecutive bits (from a length of 2), "{sep}" between parts; bits 0-31; "" for none.',
        ),
    )


def free_bits(rng: random.Random) -> Made:
    wanted = rng.choice(("run", "next", "claim"))
    if wanted == "run":
        signature = f"int @f({BYTES} used, int length)"
        body = "int run = 0;\nfor (int bit = 0; bit < static_cast<int>(used.size()) * 8; ++bit) {\n  run = used[bit / 8] >> bit % 8 & 1 ? 0 : run + 1;\n  if (run == length) return bit - length + 1;\n}\nreturn -1;"
    elif wanted == "next":
        signature = f"int @f({BYTES} used, int start)"
        body = "const int bits = used.size() * 8;\nfor (int i = 0; i < bits; ++i) {\n  int bit = (start + i) % bits;\n  if (!(used[bit / 8] >> bit % 8 & 1)) return bit;\n}\nreturn -1;"
    else:
        signature = f"int @f({BUFFER} used)"
        body = "for (size_t i = 0; i < used.size(); ++i)\n  for (int bit = 0; bit < 8; ++bit)\n    if (!(used[i] & 1 << bit)) {\n      used[i] |= 1 << bit;\n      return i * 8 + bit;\n    }\nreturn -1;"

    def oracle(used: list[int], other: int = 0) -> int:
        text = "".join(f"{one:08b}"[::-1] for one in used)
        if wanted == "run":
            if other < 1:
                raise ValueError("no length")
            return text.find("0" * other)
        if wanted == "next":
            place = (text[other:] + text[:other]).find("0")
            return -1 if place < 0 else (place + other) % len(text)
        place = text.find("0")
        if place >= 0:
            used[place // 8] += 2 ** (place % 8)
        return place

    def given(r: random.Random) -> list[object]:
        used = bytes(
            r.choice((0xFF, 0xFF, 0x7F, r.randrange(256) | r.randrange(256))) for _ in range(r.randrange(1, 5))
        )
        return (
            [used]
            if wanted == "claim"
            else [used, r.randrange(1, 5) if wanted == "run" else r.randrange(8 * len(used))]
        )

    goal = {
        "run": "the first number from which on `length` (1 or more) numbers in a row are free",
        "next": "the first free number from `start` on; behind the last one the search goes on with 0",
        "claim": "the lowest free number and marks it as used",
    }[wanted]
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal}, -1 if there is none. Number n is used if bit n mod 8 (0 is the lowest) of used[n / 8] is set.",
            f"bitmap, bit n = used[n >> 3] >> (n & 7) & 1: {goal}; else -1",
            f"Allocating {'slots' if wanted != 'run' else 'message ids'}: the bitmap `used` has a bit per number, lowest bit first, byte by byte. I need {goal}. Nothing suitable: -1{' and no change' if wanted == 'claim' else ''}.",
            f"How do I search a bitmap for zeros? Result: {goal}, or -1. Eight numbers a byte, starting at its bit 0.",
        ),
    )


def set_change_lists(rng: random.Random) -> Made:
    wanted = rng.choice(("moved", "text"))
    sign = rng.random() < 0.5
    if wanted == "text":
        order = rng.choice(("plus", "number"))
        if order == "number":
            body = "std::string text;\nfor (int bit = 0; bit < 16; ++bit) {\n  if (!((before ^ after) >> bit & 1)) continue;\n  if (!text.empty()) text += ' ';\n  text += (after >> bit & 1 ? '+' : '-') + std::to_string(bit);\n}\nreturn text;"
        else:
            body = "std::string text;\nfor (bool on : {true, false})\n  for (int bit = 0; bit < 16; ++bit) {\n    if (!((before ^ after) >> bit & 1) || (after >> bit & 1) != on) continue;\n    if (!text.empty()) text += ' ';\n    text += (on ? '+' : '-') + std::to_string(bit);\n  }\nreturn text;"

        def oracle(before: int, after: int) -> str:
            new = [f"+{i}" for i in range(16) if after & ~before & 1 << i]
            old = [f"-{i}" for i in range(16) if before & ~after & 1 << i]
            if order == "plus":
                return " ".join(new + old)
            return " ".join(sorted(new + old, key=lambda one: int(one[1:])))

        how = (
            "in ascending order of the bits"
            if order == "number"
            else "first all that were set, then all that were cleared, ascending each"
        )
        return Made(
            "std::string @f(uint16_t before, uint16_t after)",
            body,
            oracle,
            lambda r: [
                a := r.getrandbits(16),
                a ^ (r.getrandbits(16) & r.getrandbits(16) & r.choice((0xFFFF, 0xFF, 0))),
            ],
            (
                f'Write a function that tells how a word of flags has changed, as text like "+3 -12": a plus for a bit that was set, a minus for one that was cleared, with its number, {how}, separated by single spaces. No change gives an empty text.',
                f'diff of 16 flags -> "+set -cleared" bit numbers, {how}; "" if equal',
                f"The watch window logs flag changes: e.g. +0 -5. Compare two words and print each changed bit (0-15) with '+' for now on and '-' for now off, {how}, a space between.",
                f'How do I print the difference of two flag words? "+n" or "-n" per changed bit, {how}; joined with a space; nothing changed: "".',
            ),
        )
    body = cpp(
        """
        uint16_t out = @start;
        for (size_t i = 0; i + 1 < moves.size(); i += 2)
          if (flags >> moves[i] & 1) out |= 1 << moves[i + 1];
        return out;
        """,
        start="0" if sign else "flags",
    )
    if not sign:
        body = cpp(
            """
            uint16_t out = flags;
            for (size_t i = 0; i + 1 < moves.size(); i += 2) out &= ~(1 << moves[i]);
            for (size_t i = 0; i + 1 < moves.size(); i += 2)
              if (flags >> moves[i] & 1) out |= 1 << moves[i + 1];
            return out;
            """
        )

    def renumber(flags: int, moves: list[int]) -> int:
        old = {i for i in range(16) if flags >> i & 1}
        pairs = list(zip(moves[::2], moves[1::2], strict=False))
        if any(one > 15 for one in moves):
            raise ValueError("no flag")
        new = {b for a, b in pairs if a in old}
        if not sign:
            new |= old - {a for a, _ in pairs}
        return sum(1 << one for one in new)

    rest = "flags that are not listed are dropped" if sign else "flags that are not listed stay where they are"
    return Made(
        f"uint16_t @f(uint16_t flags, {BYTES} moves)",
        body,
        renumber,
        lambda r: [r.getrandbits(16), bytes(r.randrange(16) for _ in range(2 * r.randrange(7)))],
        (
            f"Write a function that renumbers the flags of a save word for a new version of a hack. `moves` has pairs of bytes, old and new bit number (0 to 15); all moves happen at once, from the old word. {rest[0].upper() + rest[1:]}; a new flag is set if any flag moved there (or staying there) is set.",
            f"bit permutation by (old, new) pairs, simultaneous, OR on collision; {rest}",
            f"Save migration: flag old -> flag new for each pair, all read from the original word. {rest[0].upper() + rest[1:]}. Collisions are ORed.",
            f"How do I move bits around by a table of (from, to)? Take every source bit from the unchanged input, set the target if it is 1; {rest}.",
        ),
    )


def split_ranges(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Range", "Span")), (("int", "start"), ("int", "end")))
    s = struct.name
    wanted = rng.choice(("minus", "common", "chunks"))
    size = rng.choice((16, 32, 10))
    if wanted == "minus":
        signature = f"std::vector<{s}> @f(const std::vector<{s}>& ranges, {s} hole)"
        body = f"std::vector<{s}> out;\nfor (const {s}& r : ranges) {{\n  {s} left{{r.start, std::min(r.end, hole.start)}}, right{{std::max(r.start, hole.end), r.end}};\n  if (left.start < left.end) out.push_back(left);\n  if (right.start < right.end) out.push_back(right);\n}}\nreturn out;"
    elif wanted == "common":
        signature = f"std::vector<{s}> @f(const std::vector<{s}>& a, const std::vector<{s}>& b)"
        body = f"std::vector<{s}> out;\nfor (const {s}& x : a)\n  for (const {s}& y : b) {{\n    {s} both{{std::max(x.start, y.start), std::min(x.end, y.end)}};\n    if (both.start < both.end) out.push_back(both);\n  }}\nreturn out;"
    else:
        signature = f"std::vector<{s}> @f(const std::vector<{s}>& ranges)"
        body = f"std::vector<{s}> out;\nfor ({s} r : ranges)\n  while (r.start < r.end) {{\n    int border = std::min(r.end, (r.start / {size} + 1) * {size});\n    out.push_back({{r.start, border}});\n    r.start = border;\n  }}\nreturn out;"

    def runs(cells: list[int]) -> list[tuple[int, int]]:
        out: list[tuple[int, int]] = []
        for one in cells:
            if out and out[-1][1] == one and not (wanted == "chunks" and one % size == 0):
                out[-1] = (out[-1][0], one + 1)
            else:
                out.append((one, one + 1))
        return out

    def cells_of(one: Record) -> list[int]:
        return list(range(*vars(one).values()))

    def oracle(first: list[Record], second: object = None) -> list[Record]:
        found: list[tuple[int, int]] = []
        for one in first:
            cells = cells_of(one)
            if isinstance(second, Record):
                gap = set(cells_of(second))
                found += runs([x for x in cells if x not in gap])
            elif isinstance(second, list):
                for other in second:
                    found += runs(sorted(set(cells) & set(cells_of(other))))
            else:
                found += runs(cells)
        return [Record(("start", "end"), pair) for pair in found]

    def some(r: random.Random, n: int, long: int = 30) -> list[Record]:
        out, at = [], 0
        for _ in range(n):
            at += r.randrange(0, 20)
            end = at + r.randrange(1, long)
            out.append(Record(("start", "end"), (at, end)))
            at = end + 1
        return out

    def given(r: random.Random) -> list[object]:
        ranges = some(r, r.randrange(1, 4))
        if wanted == "minus":
            at = r.randrange(80)
            return [ranges, Record(("start", "end"), (at, at + r.choice((1, 5, 20, 60))))]
        return [ranges, some(r, r.randrange(1, 4))] if wanted == "common" else [ranges]

    goal = {
        "minus": "what is left of each range when `hole` (not empty) is taken out, in order",
        "common": "what both lists have in common: the overlap of each range of `a` with each of `b`, in the order of `a` and then of `b`",
        "chunks": f"the ranges cut at all multiples of {size}, in order",
    }[wanted]
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal}. A range goes from `start` up to but not including `end`; empty pieces are left out, and numbers are not negative.",
            f"half-open ranges -> {goal}; no empty ones",
            f"ROM regions in my tool are [start, end). I need {goal}. Nothing gets merged, and pieces without content don't appear.",
            f"Region arithmetic: {goal}. `end` is exclusive, given ranges are never empty; drop parts of length 0.",
        ),
        (struct,),
    )


def dirty_uploads(rng: random.Random) -> Made:
    gap = rng.choice((1, 2, 3))
    wanted = rng.choice(("runs", "bytes"))
    tile = rng.choice((16, 32))
    body = cpp(
        """
        std::vector<int> runs;
        for (size_t i = 0; i < dirty.size(); ++i) {
          if (!dirty[i]) continue;
          const int tile = i;
          if (!runs.empty() && tile - runs.back() <= @reach) runs.back() = tile + 1;
          else runs.insert(runs.end(), {tile, tile + 1});
        }
        @ret
        """,
        reach=gap,
        ret="return runs;"
        if wanted == "runs"
        else f"int total = 0;\nfor (size_t i = 0; i < runs.size(); i += 2) total += (runs[i + 1] - runs[i]) * {tile};\nreturn total;",
    )

    def oracle(dirty: list[int]) -> object:
        text = "".join("x" if one else "." for one in dirty)
        while True:
            joined = text
            for n in range(1, gap + 1):
                joined = joined.replace("x" + "." * n + "x", "x" * (n + 2))
            if joined == text:
                break
            text = joined
        if wanted == "bytes":
            return text.count("x") * tile
        return [i for i in range(len(text) + 1) if (text[i - 1 : i] == "x") != (text[i : i + 1] == "x")]

    goal = (
        "the transfers as first tile, end (exclusive), first tile, end and so on"
        if wanted == "runs"
        else f"how many bytes they take in all ({tile} a tile)"
    )
    return Made(
        f"{'std::vector<int>' if wanted == 'runs' else 'int'} @f({BYTES} dirty)",
        body,
        oracle,
        lambda r: [bytes(r.choice((0, 0, 1, r.choice((0, 2)))) for _ in range(r.randrange(24)))],
        (
            f"Write a function that groups changed tiles (bytes that are not 0 in `dirty`) into as few transfers as sensible: neighbouring ones go together, and up to {gap} unchanged tile{'s' * (gap > 1)} between two changed ones {'are' if gap > 1 else 'is'} sent along rather than starting a new transfer. Return {goal}.",
            f"runs of dirty tiles, bridging gaps of <= {gap} -> {goal}",
            f"Each DMA has overhead, so after editing I upload runs of tiles, including gaps of at most {gap} clean tile{'s' * (gap > 1)} inside. From the dirty flags (one byte a tile) get {goal}.",
            f"How do I batch tile uploads? Merge dirty tiles with {gap} or fewer clean ones in between. Result: {goal}; nothing dirty: {'an empty list' if wanted == 'runs' else '0'}.",
        ),
    )


def recent_first(rng: random.Random) -> Made:
    wanted = rng.choice(("pinned", "jump"))
    size = rng.choice((3, 4, 5))
    if wanted == "jump":
        body = cpp(
            """
            std::vector<int> back, ahead;
            int now = 0;
            for (int visit : visits) {
              if (visit == -1 || visit == -2) {
                auto& from = visit == -1 ? back : ahead;
                if (from.empty()) continue;
                (visit == -1 ? ahead : back).push_back(now);
                now = from.back();
                from.pop_back();
              } else if (visit != now) {
                back.push_back(now);
                now = visit;
                ahead.clear();
              }
            }
            return now;
            """
        )

        def oracle(visits: list[int]) -> int:
            pages, at = [0], 0
            for one in visits:
                if one == -1:
                    at = max(at - 1, 0)
                elif one == -2:
                    at = min(at + 1, len(pages) - 1)
                elif one != pages[at]:
                    pages[at + 1 :] = [one]
                    at += 1
            return pages[at]

        return Made(
            f"int @f({INTS} visits)",
            body,
            oracle,
            lambda r: [[r.choice((-1, -1, -2, *range(5))) for _ in range(r.randrange(1, 14))]],
            (
                "Write a function that follows the navigation in a room editor and returns the room shown at the end. It starts in room 0; a number from 0 up opens that room, -1 is Back, -2 Forward, as in a browser: opening another room forgets what lay ahead, opening the room already shown does nothing, and Back or Forward without history does nothing.",
                "browser history: start 0, n >= 0 go to n (no-op if current), -1 back, -2 forward -> current",
                "My editor has back and forward buttons like a web browser. Given a list of visits (room number, or -1/-2 for the buttons), which room is open finally? Room 0 at first; a visit to the current room isn't recorded.",
                "How does navigation history behave? Simulate: visiting a different room drops the forward list; -1 goes back, -2 forward, if possible. Start page is 0. Return the last page.",
            ),
        )
    pin = rng.choice((0x80, 0x8000))
    body = cpp(
        """
        auto at = std::find_if(recent.begin(), recent.end(), [&](int id) { return (id & @low) == opened; });
        if (at != recent.end() && *at & @pin) return;
        if (at != recent.end()) recent.erase(at);
        auto first = std::find_if(recent.begin(), recent.end(), [](int id) { return !(id & @pin); });
        recent.insert(first, opened);
        if (recent.size() > @size && !(recent.back() & @pin)) recent.pop_back();
        """,
        low=pin - 1,
        pin=pin,
        size=size,
    )

    def update(recent: list[int], opened: int) -> None:
        pins = [one for one in recent if one >= pin]
        rest = [one for one in recent if one < pin]
        if opened + pin in pins:
            return
        rest = [opened, *(one for one in rest if one != opened)]
        new = pins + rest
        if len(new) > size:
            new = pins + rest[: max(size - len(pins), 0)] if len(pins) < size else pins
        recent[:] = new

    def given(r: random.Random) -> list[object]:
        ids = r.sample(range(1, 12), r.randrange(0, size + 1))
        pins = r.randrange(0, min(2, len(ids)) + 1)
        return [[one + pin * (i < pins) for i, one in enumerate(ids)], r.randrange(1, 12)]

    return Made(
        "void @f(std::vector<int>& recent, int opened)",
        body,
        update,
        given,
        (
            f"Write a function that keeps a list of recently opened rooms. Pinned ones have 0x{pin:X} added to their number and always come first in the list, in fixed order. `opened` (below 0x{pin:X}) becomes the first of the unpinned ones (it is moved if it is there already); if it is pinned nothing changes. If the list then has more than {size} entries, the last one is dropped. Beforehand it has at most {size} and fewer than {size} pinned ones.",
            f"MRU list with pins (id | 0x{pin:X}, at the front, untouched): move/insert `opened` right behind the pins, cap {size} entries in all",
            f"Recent rooms menu: pinned entries (flag 0x{pin:X}) stay at the top; a newly opened room goes directly below them, without duplicates, and at most {size} entries remain. Opening a pinned one changes nothing. There are never {size} pins.",
            f"How do I update an MRU list that has pinned items? Pins (0x{pin:X} set) are a prefix and don't move. Others: most recent first, unique, total at most {size}; there's always room beside the pins.",
        ),
    )


RECIPES = (
    replay_undo,
    coalesced_edits,
    ring_contents,
    cache_slots,
    transfers_this_frame,
    patch_order,
    mask_as_ranges,
    free_bits,
    set_change_lists,
    split_ranges,
    dirty_uploads,
    recent_first,
)
