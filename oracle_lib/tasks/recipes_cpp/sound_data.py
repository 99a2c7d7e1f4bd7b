"""Music and samples: BRR blocks, sample directories, pitches, tempo, tracks with ties and loops, envelopes, panning, echo."""

import random
from fractions import Fraction

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "sound"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _brr(r: random.Random, blocks: int, good: float = 0.8) -> list[int]:
    out: list[int] = []
    for i in range(blocks):
        end = (1 if i == blocks - 1 else 0) ^ (r.random() > good)
        out += [r.randrange(13) << 4 | r.randrange(4) << 2 | r.randrange(2) << 1 | end, *r.randbytes(8)]
    return out


def check_brr(rng: random.Random) -> Made:
    order = rng.choice(("size first", "range first"))
    size = "if (brr.empty() || brr.size() % 9 != 0) return 1;"
    body = cpp(
        """
        @size
        for (size_t i = 0; i < brr.size(); i += 9) {
          bool last = i + 9 >= brr.size();
          @one
          @two
        }
        return 0;
        """,
        size=size,
        one="if (brr[i] >> 4 > 12) return 2;"
        if order == "range first"
        else "if ((brr[i] & 1) != last) return last ? 4 : 3;",
        two="if ((brr[i] & 1) != last) return last ? 4 : 3;"
        if order == "range first"
        else "if (brr[i] >> 4 > 12) return 2;",
    )

    def oracle(brr: list[int]) -> int:
        if not brr or len(brr) % 9:
            return 1
        heads = brr[::9]
        for i, head in enumerate(heads):
            end = i == len(heads) - 1
            faults = [2] if head > 0xCF else []
            if head % 2 != end:
                faults = [*faults, 4 if end else 3] if order == "range first" else [4 if end else 3, *faults]
            if faults:
                return faults[0]
        return 0

    def given(r: random.Random) -> list[bytes]:
        out = _brr(r, r.randrange(1, 5), 0.85)
        if r.random() < 0.25:
            out[9 * r.randrange(len(out) // 9)] |= 0xD0
        return [bytes(out[: r.choice((len(out), len(out), len(out), len(out), len(out) - 1, 0))])]

    first = (
        "the range is checked before the end flag"
        if order == "range first"
        else "the end flag is checked before the range"
    )
    return Made(
        f"int @f({BYTES} brr)",
        body,
        oracle,
        given,
        (
            f"Write a function that validates a BRR sample and returns the first error, 0 if it is fine: 1 if it is empty or no multiple of 9 bytes; then block by block 2 for a shift above 12 (upper nibble of the header), 3 for an end flag (bit 0 of the header) in a block before the last, 4 for none in the last block. Within a block {first}.",
            f"BRR check: 1 size (0 or not 9n), 2 shift > 12, 3 end bit too early, 4 end bit missing in the last block, 0 ok; first block with a fault decides, {first}",
            f"Before I insert a sample: does its size make sense (else 1), are all shifts at most 12 (else 2), and is the end bit set in the last block (else 4) and only there (else 3)? Go through the 9-byte blocks in order and stop at the first problem; in one block {first}. 0 = no problem.",
            f"Sample import error codes. Header byte of every block: ssss ff l e. Return 1 for an empty vector or incomplete blocks, otherwise the first fault met: 2 (s > 12), 3 (e set but more blocks follow), 4 (last block lacks e), or 0; {first}.",
        ),
    )


def brr_samples_raw(rng: random.Random) -> Made:
    what = rng.choice(("samples", "peak"))
    returns = "std::vector<int>" if what == "samples" else "int"
    body = cpp(
        """
        @returns out@zero;
        for (int i = 0; i < 16; ++i) {
          int nibble = i % 2 ? block[1 + i / 2] & 15 : block[1 + i / 2] >> 4;
          if (nibble > 7) nibble -= 16;
          int sample = nibble * (1 << (block[0] >> 4)) >> 1;
          @act
        }
        return out;
        """,
        returns=returns,
        zero=" = 0" if what == "peak" else "",
        act="out.push_back(sample);" if what == "samples" else "out = std::max(out, std::abs(sample));",
    )

    def oracle(block: list[int]) -> object:
        digits = "".join(f"{one:02x}" for one in block[1:])
        signed = [(int(one, 16) + 8) % 16 - 8 for one in digits]
        values = [one * 2 ** (block[0] // 16) // 2 for one in signed]
        return values if what == "samples" else max(map(abs, values))

    goal = "its 16 samples" if what == "samples" else "the greatest absolute value of its 16 samples"
    return Made(
        f"{returns} @f(const std::array<uint8_t, 9>& block)",
        body,
        oracle,
        lambda r: [[r.randrange(13) << 4 | r.randrange(4), *r.randbytes(8)]],
        (
            f"Write a function that decodes one BRR block without a filter and returns {goal}. The header's upper nibble (0 to 12) is the shift, its other bits are ignored; each data byte has two signed nibbles, the upper one first. A sample is the nibble shifted left by that, then divided by 2, rounded down.",
            f"BRR block, filter 0: s = (nibble << shift) >> 1, nibbles signed, high first -> {goal}",
            f"For a waveform preview: {goal} of a 9-byte BRR block, pretending that its filter is 0. Shift = header >> 4, at most 12; arithmetic shift right by one after shifting left.",
            f"How do I decode BRR nibbles? Header byte ssssffle, then eight bytes of two 4-bit two's complement values each (high nibble first). value = floor(nibble * 2^s / 2); no filtering, s never above 12. I want {goal}.",
        ),
    )


def sample_directory(rng: random.Random) -> Made:
    wanted = rng.choice(("loops", "bad", "blocks"))
    body = cpp(
        """
        std::vector<int> out;
        for (size_t i = 0; i + 3 < directory.size(); i += 4) {
          int start = directory[i] | directory[i + 1] << 8, loop = directory[i + 2] | directory[i + 3] << 8;
          @act
        }
        return out;
        """,
        act={
            "loops": "out.push_back(loop < start || (loop - start) % 9 ? -1 : (loop - start) / 9);",
            "bad": "if (loop < start || (loop - start) % 9) out.push_back(i / 4);",
            "blocks": "out.push_back((loop - start) / 9 * 16);",
        }[wanted],
    )

    def oracle(directory: list[int]) -> list[int]:
        out = []
        for n in range(len(directory) // 4):
            start, loop = (int.from_bytes(bytes(directory[k : k + 2]), "little") for k in (4 * n, 4 * n + 2))
            number, rest = divmod(loop - start, 9)
            wrong = rest != 0 or number < 0
            if wanted == "bad":
                out += [n] if wrong else []
            elif wanted == "loops":
                out.append(-1 if wrong else number)
            else:
                out.append(number * 16)
        return out

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(5)):
            start = r.randrange(0x400, 0xF000)
            loop = start + 9 * r.randrange(200)
            if wanted != "blocks" and r.random() < 0.4:
                loop = r.choice((loop + 1, start - 9, start + 4))
            out += start.to_bytes(2, "little") + loop.to_bytes(2, "little")
        return [out + (b"\1" if r.random() < 0.2 else b"")]

    goal = {
        "loops": "for each sample the number of the block at which its loop starts, -1 if the loop address is below the start or not on a block border",
        "bad": "the numbers of the samples whose loop address is below their start or not on a block border",
        "blocks": "for each sample how many PCM samples are played before the loop starts (16 a block; loop addresses are valid)",
    }[wanted]
    return Made(
        f"std::vector<int> @f({BYTES} directory)",
        body,
        oracle,
        given,
        (
            f"Write a function that reads a sample directory of the sound chip and returns {goal}. An entry is four bytes, start address and loop address, low byte first; BRR blocks take 9 bytes each. A cut-off entry at the end is ignored.",
            f"DIR table (start word, loop word): {goal}; blocks of 9 bytes, ignore a partial entry",
            f"Sample list in my music tool. From the directory (little-endian start and loop address a sample) I need {goal}. Remember that a BRR block has nine bytes; leftover bytes don't count.",
            f"Loop points: the source directory has 4 bytes per instrument sample, start then loop. Tell me {goal}. Nine bytes are one block, counted from the sample's start; incomplete entries are dropped.",
        ),
    )


def pitch_of_note(rng: random.Random) -> Made:
    table = [0x85F, 0x8DF, 0x965, 0x9F4, 0xA8C, 0xB2C, 0xBD6, 0xC8B, 0xD4A, 0xE14, 0xEEA, 0xFCD]
    top = rng.choice((4, 5))
    notes = 12 * (top + 1)
    tune = rng.random() < 0.5
    listed = ", ".join(map(hexadecimal, table))
    mul = "pitch = pitch * tuning >> 8;\n" if tune else ""
    body = f"static const int top[] = {{{listed}}};\nint pitch = top[note % 12] >> ({top} - note / 12);\n{mul}return pitch;"

    def oracle(note: int, tuning: int = 256) -> int:
        if note not in range(notes):
            raise ValueError("no note")
        octave, tone = divmod(note, 12)
        plain = int(table[tone] / 2 ** (top - octave))
        return plain * tuning // 256

    extra = " The result is multiplied by `tuning` (8 fraction bits) and rounded down again." if tune else ""
    return Made(
        f"int @f(int note{', int tuning' if tune else ''})",
        body,
        oracle,
        lambda r: [r.randrange(notes), r.choice((256, r.randrange(128, 1024)))] if tune else [r.randrange(notes)],
        (
            f"Write a function that returns the DSP pitch of a note 0 to {notes - 1} (12 a octave, 0 is the lowest C). The pitches of octave {top} from C to B are {listed}; each octave below has half of that, rounded down once from these values.{extra}",
            f"pitch = T[note mod 12] >> ({top} - note / 12), T = {{{listed}}}.{extra}",
            f"How does a sound driver find the pitch register value? It has a table for the top octave (number {top}): {listed}; for lower ones it shifts right by the distance in octaves. Notes are 0-{notes - 1}.{extra}",
            f"Note preview: table {listed} holds octave {top}, C first. Halve (shift right, rounding down) once per octave below. Valid notes are 0 to {notes - 1}.{extra}",
        ),
    )


def transpose_track(rng: random.Random) -> Made:
    low, high = rng.choice(((0x80, 0xC7), (0x80, 0xBF), (0x30, 0x77)))
    end = rng.choice((0x00, 0xFF))
    edge = rng.choice(("clamp", "octave", "keep"))
    act = {
        "clamp": f"b = std::clamp(b + steps, {hexadecimal(low)}, {hexadecimal(high)});",
        "octave": f"int note = b + steps;\n  while (note < {hexadecimal(low)}) note += 12;\n  while (note > {hexadecimal(high)}) note -= 12;\n  b = note;",
        "keep": f"if (b + steps >= {hexadecimal(low)} && b + steps <= {hexadecimal(high)}) b += steps;",
    }[edge]
    body = f"for (uint8_t& b : track) {{\n  if (b == {hexadecimal(end)}) break;\n  if (b < {hexadecimal(low)} || b > {hexadecimal(high)}) continue;\n  {act}\n}}"

    def oracle(track: list[int], steps: int) -> None:
        stop = track.index(end) if end in track else len(track)
        for i in range(stop):
            if low <= track[i] <= high:
                new = track[i] + steps
                inside = [new + 12 * k for k in range(-20, 21) if low <= new + 12 * k <= high]
                if edge == "clamp":
                    track[i] = sorted((low, new, high))[1]
                elif edge == "octave":
                    track[i] = min(inside, key=lambda one: abs(one - new))
                elif low <= new <= high:
                    track[i] = new

    rule = {
        "clamp": "a note that would leave the range becomes its lowest or highest note",
        "octave": "a note that would leave the range is moved back by as few octaves (12) as needed",
        "keep": "a note that would leave the range stays as it was",
    }[edge]
    return Made(
        f"void @f({BUFFER} track, int steps)",
        body,
        oracle,
        lambda r: [
            [
                r.choice(
                    (
                        low,
                        high,
                        r.randrange(low, high + 1),
                        r.randrange(low, high + 1),
                        r.randrange(1, 0x20),
                        end if r.random() < 0.3 else low,
                    )
                )
                for _ in range(r.randrange(1, 9))
            ],
            r.choice((1, -1, 12, r.randrange(-30, 31))),
        ],
        (
            f"Write a function that transposes a music track in place by `steps` half tones. Bytes 0x{low:02X} to 0x{high:02X} are notes, 0x{end:02X} ends the track, other bytes stay; {rule}. Nothing from the end byte on changes, and the track may lack it.",
            f"notes ${low:02X}-${high:02X} += steps up to ${end:02X}; {rule}",
            f"Shift a whole song up or down: every note byte (${low:02X}..${high:02X}) before the first ${end:02X} gets `steps` added; {rule}. All other bytes are left alone (there are no commands with arguments in this format).",
            f"How do I change the key of a track? Add a signed number of semitones to bytes in 0x{low:02X}-0x{high:02X}, stop at 0x{end:02X} or at the end of the vector; {rule}.",
        ),
    )


def merge_ties(rng: random.Random) -> Made:
    tie, rest = rng.choice(((0xC8, 0xC9), (0xC8, 0xC9), (0xC9, 0xC8)))
    most = rng.choice((0x7F, 0x60, 0xFF))
    body = cpp(
        """
        std::vector<uint8_t> out;
        for (size_t i = 0; i + 1 < notes.size(); i += 2) {
          const int length = notes[i + 1];
          if (notes[i] == @tie && !out.empty() && out.back() + length <= @most) {
            out.back() += length;
          } else {
            out.push_back(notes[i]);
            out.push_back(length);
          }
        }
        return out;
        """,
        tie=hexadecimal(tie),
        most=hexadecimal(most),
    )

    def oracle(notes: list[int]) -> list[int]:
        pairs: list[list[int]] = []
        for note, length in zip(notes[::2], notes[1::2], strict=False):
            if pairs and note == tie and pairs[-1][1] + length <= most:
                pairs[-1][1] += length
            else:
                pairs.append([note, length])
        return [one for pair in pairs for one in pair]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} notes)",
        body,
        oracle,
        lambda r: [
            bytes(
                p
                for _ in range(r.randrange(8))
                for p in (r.choice((tie, tie, rest, 0x80, 0xA4)), r.choice((6, 12, 24, most - 24, most)))
            )
        ],
        (
            f"Write a function that shortens a track of (note, length) byte pairs by merging ties: a pair with note 0x{tie:02X} adds its length to the pair written last, if the sum is at most 0x{most:02X}; otherwise, and at the very start, it is written as it is. 0x{rest:02X} is a rest like any note. A single byte at the end is dropped.",
            f"pairs (note, len): fold tie ${tie:02X} into the previous output pair while its length stays <= ${most:02X}",
            f"Optimise note data: ties (${tie:02X}) only lengthen what comes before. Lengths up to ${most:02X} are possible; a tie that would exceed this remains a pair of its own, and further ties may then join that one. Two bytes per note, an odd last byte is lost.",
            f"How do I join tied notes? Input: note, length, note, length ... with ${tie:02X} = tie. Output in the same form, each tie added to the preceding output entry unless that gets longer than ${most:02X} (or there is none). Ignore a trailing lone byte.",
        ),
    )


def unroll_loops(rng: random.Random) -> Made:
    start, end = rng.choice(((0xE5, 0xE6), (0xF0, 0xF1), (0xD0, 0xD8)))
    meaning = rng.choice(("times", "extra"))
    zero = "a count of 0 removes the part" if meaning == "times" else "0 means it is played just once"
    body = cpp(
        """
        std::vector<uint8_t> out;
        size_t from = 0;
        for (size_t i = 0; i < track.size(); ++i) {
          if (track[i] == @start) {
            from = out.size();
          } else if (track[i] == @end) {
            int times = track[++i]@plus;
            std::vector<uint8_t> part(out.begin() + from, out.end());
            out.resize(from);
            while (times-- > 0) out.insert(out.end(), part.begin(), part.end());
            from = out.size();
          } else {
            out.push_back(track[i]);
          }
        }
        return out;
        """,
        start=hexadecimal(start),
        end=hexadecimal(end),
        plus=" + 1" if meaning == "extra" else "",
    )

    def oracle(track: list[int]) -> list[int]:
        out: list[int] = []
        part: list[int] = []
        i = 0
        while i < len(track):
            if track[i] == start:
                out, part = out + part, []
            elif track[i] == end:
                i += 1
                out, part = out + part * (track[i] + (meaning == "extra")), []
            else:
                part = [*part, track[i]]
            i += 1
        return out + part

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(1, 4)):
            part = bytes(r.randrange(0x80) for _ in range(r.randrange(4)))
            out += part if r.random() < 0.3 else bytes([start]) + part + bytes([end, r.choice((0, 1, 2, 3))])
        return [out]

    said = "in all" if meaning == "times" else "further times"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} track)",
        body,
        oracle,
        given,
        (
            f"Write a function that unrolls the loops of a music track: the bytes between 0x{start:02X} and 0x{end:02X} n are played n times {said} ({zero}); both commands and n vanish. Loops are not nested, every loop is complete, and 0x{end:02X} occurs only as the end of one.",
            f"${start:02X} ... ${end:02X} n -> the part n times {said}; {zero}; no nesting",
            f"Flatten loops for my track viewer. ${start:02X} opens, ${end:02X} with one count byte closes, repeating the inside n times {said}. {zero[0].upper() + zero[1:]}. Everything else is copied; loops are well-formed and never inside each other.",
            f"How do I expand repeats in SPC music data? A section starts behind 0x{start:02X} and ends before 0x{end:02X}, whose argument n says how often it sounds ({'total' if meaning == 'times' else 'additional times'}; {zero}). Return the track without loop commands.",
        ),
    )


def pan_volumes(rng: random.Random) -> Made:
    most = rng.choice((20, 16, 31))
    law = rng.choice(("linear", "edge"))
    half = most // 2
    body = (
        f"return {{volume * ({most} - pan) / {most}, volume * pan / {most}}};"
        if law == "linear"
        else f"return {{volume * std::min({half}, {2 * half} - pan) / {half}, volume * std::min({half}, pan) / {half}}};"
    )
    top = most if law == "linear" else 2 * half

    def oracle(volume: int, pan: int) -> list[int]:
        left, right = Fraction(top - pan, top), Fraction(pan, top)
        if law == "edge":
            left, right = min(2 * left, Fraction(1)), min(2 * right, Fraction(1))
        return [int(volume * left), int(volume * right)]

    rule = (
        f"the left side gets ({most} - pan) / {most} of the volume, the right side pan / {most}"
        if law == "linear"
        else f"in the middle ({half}) both sides have the full volume; towards an edge the other side falls off evenly to 0"
    )
    return Made(
        "std::array<int, 2> @f(int volume, int pan)",
        body,
        oracle,
        lambda r: [r.randrange(128), r.choice((0, top, half, r.randrange(top + 1)))],
        (
            f"Write a function that returns {{left, right}} volume of a voice from its volume (0 to 127) and pan, 0 (all left) to {top} (all right): {rule}. Results are rounded down.",
            f"pan 0..{top}, volume 0..127 -> {{L, R}}: {rule}; floor",
            f"My sound driver pans with values 0-{top}. How loud are both speakers? {rule[0].upper() + rule[1:]}. Drop fractions.",
            f"Panning preview: {rule}; pan runs from 0 at the left to {top} at the right, the volume is 0 to 127, round down.",
        ),
    )


def volume_slide(rng: random.Random) -> Made:
    bits = 8
    body = cpp(
        """
        std::vector<uint8_t> volumes;
        int now = from << @bits;
        const int step = ((to - from) * @one) / ticks;
        for (int i = 1; i < ticks; ++i) {
          now += step;
          volumes.push_back(now >> @bits);
        }
        volumes.push_back(to);
        return volumes;
        """,
        bits=bits,
        one=1 << bits,
    )

    def oracle(first: int, last: int, ticks: int) -> list[int]:
        step = int(Fraction((last - first) * 256, ticks))
        return [(first * 256 + step * i) // 256 for i in range(1, ticks)] + [last]

    return Made(
        "std::vector<uint8_t> @f(int from, int to, int ticks)",
        body,
        oracle,
        lambda r: [r.randrange(256), r.randrange(256), r.choice((1, 2, 3, r.randrange(1, 20)))],
        (
            "Write a function that returns the volume in each tick of a slide from `from` to `to` (0 to 255) over `ticks` (1 or more) ticks, as a driver with 8 fraction bits computes it: the step is the difference times 256 divided by the ticks, cut towards zero; it is added every tick, and the whole part is the volume. In the last tick the volume is exactly `to`.",
            "volume slide in 8.8: step = trunc((to - from) * 256 / ticks); list of whole parts after 1..ticks additions, last one := to",
            "How do N-SPC style fades round? Accumulate a step of (to - from) * 256 / ticks (integer division towards zero) on from * 256, output the high byte after each addition, but snap to the target in the final tick. I want all `ticks` values.",
            "Fade curve in my tracker: 8 bits of fraction, the per-tick step truncated towards zero, floor when shown, exact end value at the last tick. Both volumes are bytes, ticks is at least 1.",
        ),
    )


def echo_overlaps(rng: random.Random) -> Made:
    wanted = rng.choice(("bytes", "overlap", "highest"))
    sizes = "const int size = (edl & 15) ? (edl & 15) * 0x800 : 4;"
    if wanted == "bytes":
        signature, tail = "int @f(uint8_t esa, uint8_t edl)", "return std::min(0x10000, esa * 0x100 + size) - 1;"
    elif wanted == "overlap":
        signature, tail = (
            "int @f(uint8_t esa, uint8_t edl, int start, int end)",
            "const int from = std::max(start, esa * 0x100), to = std::min(end, esa * 0x100 + size);\nreturn std::max(0, to - from);",
        )
    else:
        signature, tail = (
            "int @f(uint8_t edl, int end)",
            "const int page = (0x10000 - size) >> 8;\nreturn page * 0x100 >= end ? page : -1;",
        )
    body = f"{sizes}\n{tail}"

    def oracle(*given: int) -> int:
        delay = given[0] if wanted == "highest" else given[1]
        size = 2048 * (delay % 16) or 4
        if wanted == "highest":
            pages = [page for page in range(256) if 256 * page + size <= 65536 and 256 * page >= given[1]]
            return max(pages, default=-1)
        begin = given[0] * 256
        if wanted == "bytes":
            return min(65535, begin + size - 1)
        return len(range(max(begin, given[2]), min(begin + size, given[3])))

    def arguments(r: random.Random) -> list[int]:
        edl = r.choice((0, r.randrange(16), r.randrange(256)))
        if wanted == "highest":
            return [edl, r.randrange(0x200, 0x10000)]
        if wanted == "bytes":
            return [r.choice((0xFF, r.randrange(256))), edl]
        start = r.randrange(0x200, 0xE000)
        return [r.choice((start >> 8, r.randrange(256))), edl, start, start + r.randrange(1, 0x2000)]

    goal = {
        "bytes": "the last address of the echo buffer (at most 0xFFFF)",
        "overlap": "how many bytes of the samples at `start` up to but not including `end` the echo buffer overwrites (it doesn't wrap around)",
        "highest": "the highest ESA page at which the echo buffer still ends within the 64 KB and does not start below `end`, the end of the samples; -1 if there is none",
    }[wanted]
    return Made(
        signature,
        body,
        oracle,
        arguments,
        (
            f"Write a function that returns {goal}. The buffer starts at ESA * 0x100{'' if wanted != 'highest' else ' for a page ESA'} and takes 0x800 bytes for each step of the delay EDL (lower four bits), or 4 bytes for a delay of 0.",
            f"echo buffer: ESA << 8, size (EDL & 15) * $800 or 4 if 0 -> {goal}",
            f"ARAM planning: I want {goal}. EDL counts 2 KB steps in its low nibble (0 still needs four bytes), ESA is the page.",
            f"The echo destroys my samples! Compute {goal}, from the DSP registers: buffer at page ESA, 2048 bytes a unit of EDL & 15, four bytes if that is zero.",
        ),
    )


def adsr_text(rng: random.Random) -> Made:
    pack = rng.random() < 0.5
    if pack:
        on = rng.random() < 0.6
        body = f"return {{static_cast<uint8_t>({'0x80 | ' if on else ''}(decay & 7) << 4 | (attack & 15)), static_cast<uint8_t>((sustain & 7) << 5 | (release & 31))}};"

        def oracle(attack: int, decay: int, sustain: int, release: int) -> list[int]:
            first = f"{int(on)}{decay % 8:03b}{attack % 16:04b}"
            return [int(first, 2), int(f"{sustain % 8:03b}{release % 32:05b}", 2)]

        bit = "set" if on else "clear"
        return Made(
            "std::array<uint8_t, 2> @f(int attack, int decay, int sustain, int release)",
            body,
            oracle,
            lambda r: [r.randrange(16), r.randrange(8), r.randrange(8), r.randrange(32)],
            (
                f"Write a function that packs an envelope into the DSP registers ADSR1 and ADSR2: ADSR1 is edddaaaa with e {bit}, ADSR2 is lllrrrrr (sustain level l, rate r). Values fit their fields.",
                f"{{e={int(on)} ddd aaaa, lll rrrrr}} from attack, decay, sustain level, sustain rate (release)",
                f"The envelope dialog has four sliders: attack 0-15, decay 0-7, sustain level 0-7, rate 0-31. Make both ADSR bytes; the enable bit (bit 7 of the first) is {bit}.",
                f"How are ADSR bytes laid out? Attack in bits 0-3 and decay in bits 4-6 of the first, whose top bit is to be {bit}; `release` in bits 0-4, sustain in bits 5-7 of the second.",
            ),
        )
    gain = rng.choice(("gain", "GAIN "))
    sep = rng.choice(("/", "-", " "))
    body = cpp(
        """
        if (!(first & 0x80)) return "@gain";
        std::string text = std::to_string(first & 15) + "@s" + std::to_string(first >> 4 & 7);
        return text + "@s" + std::to_string(second >> 5) + "@s" + std::to_string(second & 31);
        """,
        gain=gain.strip(),
        s=sep,
    )

    def text(first: int, second: int) -> str:
        if first < 128:
            return gain.strip()
        return sep.join(map(str, (first % 16, first // 16 % 8, second // 32, second % 32)))

    return Made(
        "std::string @f(uint8_t first, uint8_t second)",
        body,
        text,
        lambda r: [r.randrange(256) | (0x80 if r.random() < 0.6 else 0), r.randrange(256)],
        (
            f'Write a function that describes an envelope by its registers ADSR1 (edddaaaa) and ADSR2 (lllrrrrr) as "a{sep}d{sep}l{sep}r", decimal; if e is clear the envelope is not used and the text is "{gain.strip()}".',
            f'"attack{sep}decay{sep}level{sep}rate" from ADSR bytes, or "{gain.strip()}" without bit 7 of the first',
            f"Instrument list: show the ADSR settings like 15{sep}7{sep}7{sep}0 (attack, decay, sustain level, sustain rate), read from the two bytes. When ADSR is off (top bit of the first byte 0) print {gain.strip()}.",
            f'Decode ADSR1/ADSR2 for a tooltip. First byte: bit 7 enable, bits 4-6 decay, bits 0-3 attack. Second: bits 5-7 sustain level, bits 0-4 rate. Text: the numbers in the order attack, decay, level, rate, with "{sep}" in between, or {gain.strip()} when not enabled.',
        ),
    )


def song_seconds(rng: random.Random) -> Made:
    per_beat = rng.choice((48, 24))
    form = rng.choice(("ms", "text"))
    expr = f"ticks * 60 * 1000LL / ({per_beat} * bpm)"
    body = (
        f"return static_cast<int>({expr});"
        if form == "ms"
        else f'int seconds = ticks * 60LL / ({per_beat} * bpm);\nstd::string rest = std::to_string(seconds % 60);\nreturn std::to_string(seconds / 60) + (rest.size() < 2 ? ":0" : ":") + rest;'
    )

    def oracle(ticks: int, bpm: int) -> object:
        time = Fraction(ticks, per_beat) / bpm * 60
        if form == "ms":
            return int(time * 1000)
        return f"{int(time) // 60}:{int(time) % 60:02d}"

    goal = (
        "in milliseconds, rounded down"
        if form == "ms"
        else 'as text like "1:05" (minutes, seconds with two digits, fractions dropped)'
    )
    return Made(
        f"{'int' if form == 'ms' else 'std::string'} @f(int ticks, int bpm)",
        body,
        oracle,
        lambda r: [r.choice((per_beat, r.randrange(40000), r.randrange(3000))), r.randrange(40, 241)],
        (
            f"Write a function that returns how long a song of `ticks` ticks lasts at `bpm` beats a minute, {goal}. A beat has {per_beat} ticks.",
            f"duration = ticks / {per_beat} / bpm minutes, {goal}",
            f"Playlist of my music editor: from the tick count and the tempo (beats per minute, {per_beat} ticks each) show the length {goal}. Ticks are below 100000.",
            f"How long is this track? {per_beat} ticks make a beat, bpm beats a minute. I need it {goal}; the exact time is cut only at the end.",
        ),
    )


def used_voices(rng: random.Random) -> Made:
    wanted = rng.choice(("mask", "count", "most"))
    none = rng.choice((0, 0xFFFF))
    size = 8
    if wanted == "most":
        head, act, ret = (
            "int most = 0;",
            "int used = 8 - std::count(songs.begin() + i, songs.begin() + i + 8, @none);\n  most = std::max(most, used);",
            "most",
        )
    else:
        head, act, ret = (
            "int mask = 0;",
            "for (int voice = 0; voice < 8; ++voice)\n    if (songs[i + voice] != @none) mask |= 1 << voice;",
            "mask",
        )
    if wanted == "count":
        ret = "static_cast<int>(std::bitset<8>(mask).count())"
    body = f"{head}\nfor (size_t i = 0; i + 8 <= songs.size(); i += 8) {{\n  {act}\n}}\nreturn {ret};".replace(
        "@none", hexadecimal(none) if none else "0"
    )

    def oracle(songs: list[int]) -> int:
        patterns = [songs[i : i + size] for i in range(0, len(songs) - size + 1, size)]
        used = [{v for v, one in enumerate(pattern) if one != none} for pattern in patterns]
        if wanted == "most":
            return max(map(len, used), default=0)
        together = set().union(*used)
        return len(together) if wanted == "count" else sum(1 << v for v in together)

    goal = {
        "mask": "a mask of the voices that are used in any pattern (bit n for voice n)",
        "count": "how many voices are used in some pattern",
        "most": "how many voices the fullest pattern uses",
    }[wanted]
    return Made(
        "int @f(const std::vector<uint16_t>& songs)",
        body,
        oracle,
        lambda r: [
            [
                r.choice((none, none, none, none, r.randrange(1, 0xF000)))
                for _ in range(8 * r.randrange(4) + r.choice((0, 0, 3)))
            ]
        ],
        (
            f"Write a function that looks through the patterns of a song and returns {goal}. A pattern is eight words, the track addresses of voices 0 to 7; 0x{none:04X} means that the voice is silent. An incomplete pattern at the end does not count.",
            f"8 track pointers a pattern, ${none:04X} = unused voice -> {goal}; whole patterns only",
            f"Can sound effects have a voice of their own? Each pattern lists eight track pointers, voice 0 first, ${none:04X} where nothing plays. I'd like {goal}. Ignore leftover words.",
            f"Song statistics: {goal}. Input: all patterns one after the other, eight pointers each, with {none:#06x} for no track; fewer than eight at the end are skipped.",
        ),
    )


def driver_blocks(rng: random.Random) -> Made:
    wanted = rng.choice(("entry", "total", "ranges"))
    returns = "std::vector<int>" if wanted == "ranges" else "int"
    act = {"entry": "", "total": "total += size;", "ranges": "out.insert(out.end(), {target, target + size});"}[wanted]
    body = cpp(
        """
        @head
        for (size_t at = 0; at + 4 <= data.size();) {
          int size = data[at] | data[at + 1] << 8, target = data[at + 2] | data[at + 3] << 8;
          if (size == 0) @stop
          @act
          at += 4 + size;
        }
        return @bad;
        """,
        head={"entry": "", "total": "int total = 0;", "ranges": "std::vector<int> out;"}[wanted],
        stop={"entry": "return target;", "total": "return total;", "ranges": "return out;"}[wanted],
        act=act,
        bad={"entry": "-1", "total": "-1", "ranges": "{}"}[wanted],
    ).strip("\n")
    body = body.replace("  \n", "")
    if wanted == "entry":
        body = body.replace("if (size == 0) return target;", "if (size == 0) return target;")

    def oracle(data: list[int]) -> object:
        left = bytes(data)
        blocks: list[tuple[int, int]] = []
        while len(left) >= 4:
            size, target = int.from_bytes(left[:2], "little"), int.from_bytes(left[2:4], "little")
            if not size:
                return {
                    "entry": target,
                    "total": sum(s for _, s in blocks),
                    "ranges": [x for t, s in blocks for x in (t, t + s)],
                }[wanted]
            blocks.append((target, size))
            left = left[4 + size :]
        return [] if wanted == "ranges" else -1

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(4)):
            size = r.randrange(1, 9)
            out += size.to_bytes(2, "little") + r.randrange(0x200, 0xF000).to_bytes(2, "little") + r.randbytes(size)
        out += r.choice((b"\0\0\0\5", b"\0\0" + r.randbytes(2), b"\0\0" + r.randbytes(2), b"\0", b"\0\0"))
        return [out]

    goal = {
        "entry": "the address at which the program then starts",
        "total": "how many bytes are uploaded in all",
        "ranges": "the ranges that are written, as start and end (exclusive) of each block",
    }[wanted]
    bad = "an empty list" if wanted == "ranges" else "-1"
    return Made(
        f"{returns} @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that walks through SPC upload data and returns {goal}. A block is its size (word), its target address (word) and that many bytes; a size of 0 ends the list, and its address is where the program starts. Words have their low byte first. If the data ends without such an end, return {bad}.",
            f"[size w][target w][bytes]..., size 0 = end with the entry address -> {goal}; no end: {bad}",
            f"Sound bank import: blocks for audio RAM are size, address, data (both little-endian words), terminated by size 0 and the jump address. I want {goal}, or {bad} when fewer than four bytes are left where a header should be.",
            f"What does this music bank load? Follow the transfer blocks (16-bit length, 16-bit ARAM address, payload) to the one of length 0, which only has the entry point. Give me {goal}; data that breaks off gives {bad}.",
        ),
    )


RECIPES = (
    check_brr,
    brr_samples_raw,
    sample_directory,
    pitch_of_note,
    transpose_track,
    merge_ties,
    unroll_loops,
    pan_volumes,
    volume_slide,
    echo_overlaps,
    adsr_text,
    song_seconds,
    used_voices,
    driver_blocks,
)
