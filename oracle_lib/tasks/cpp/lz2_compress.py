"""Compresses data for an LC_LZ2 decompressor with a subset of its commands; the output must unpack to the input."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make

SUBJECT = "compression"

# Unpacks, and shows what comes out, whether all commands are allowed and short enough, and whether it is small enough.
_MAIN = """\
int main() {
  auto data = Reader<std::vector<uint8_t>>::read();
  size_t limit = Reader<size_t>::read();
  auto packed = @name(data);
  std::vector<uint8_t> out;
  bool allowed = true, ended = false;
  size_t at = 0;
  while (allowed && at < packed.size() && !(ended = packed[at] == 0xFF)) {
    int command = packed[at] >> 5, length = (packed[at] & 0x1F) + 1;
    ++at;
    allowed = (@mask >> command & 1) && length <= @longest;
    size_t taken = command == 0 ? length : command == 4 ? 2 : 1;
    if (!allowed || at + taken > packed.size()) break;
    size_t from = command == 4 ? @offset : 0;
    for (int i = 0; i < length && out.size() < 0x10000; ++i) {
      if (command == 4 && from + i >= out.size()) return show(-1), 0;
      uint8_t byte = command == 4 ? out[from + i] : command == 0 ? packed[at + i] : packed[at];
      out.push_back(command == 3 ? byte + i : byte);
    }
    at += taken;
  }
  show(out), show(allowed && ended && at + 1 == packed.size()), show(packed.size() <= limit);
}
"""


def draw(rng: random.Random) -> Problem:
    method = rng.choice(("store", "fill", "fill", "count", "copy"))
    longest = rng.choice((32, rng.randrange(8, 32), rng.randrange(8, 32)))
    shortest = rng.randrange(3, 8) if method != "store" else 0
    little = method == "copy" and rng.random() < 0.6
    name = rng.choice(("CompressLz2", "lc_lz2_compress", "Pack", "CompressGraphics", "squeeze"))
    function = Function("std::vector<uint8_t>", name, ((BYTES, "data"),))
    command = {"store": 0, "fill": 1, "count": 3, "copy": 4}[method]

    def run_at(data: bytes, at: int) -> int:
        """How many bytes from `at` one command of the method could stand for."""
        best = 0
        for start in range(at) if method == "copy" else (at,):
            length = 0
            while at + length < len(data) and length < longest:
                wanted = {"fill": data[at], "count": (data[at] + length) % 256, "copy": data[start + length]}[method]
                if data[at + length] != wanted:
                    break
                length += 1
            best = max(best, length)
        return best

    def size_of(data: bytes) -> int:
        """The size of the greedy result: runs where they reach `shortest`, everything else stored in blocks."""
        size, at, stored = 1, 0, 0
        while at < len(data):
            length = run_at(data, at) if method != "store" else 0
            if shortest and length >= shortest:
                size, at, stored = size + (3 if method == "copy" else 2), at + length, 0
            else:
                size, at, stored = size + (2 if stored % longest == 0 else 1), at + 1, stored + 1
        return size

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        data = bytearray()
        while len(data) < rng.randrange(1, 120):
            kind, length, byte = (
                rng.randrange(4),
                rng.choice((3, 4, rng.randrange(1, 50))),
                rng.randrange(256),
            )
            if kind == 0:
                data += rng.randbytes(length % 20 + 1)
            elif kind == 1:
                data += bytes([byte]) * length
            elif kind == 2:
                data += bytes((byte + i) % 256 for i in range(length))
            else:
                data += data[-length % (len(data) or 1) :][:length]
        return [bytes(data), size_of(bytes(data))], [bytes(data), 1, 1]

    offset_bytes = "from & 0xFF, from >> 8" if little else "from >> 8, from & 0xFF"
    if method == "store":
        body = """
        @signature {
          std::vector<uint8_t> out;
          for (size_t at = 0; at < data.size();) {
            size_t length = std::min<size_t>(data.size() - at, @longest);
            out.push_back(length - 1);  // command 0: copy the bytes that follow
            out.insert(out.end(), data.begin() + at, data.begin() + at + length);
            at += length;
          }
          out.push_back(0xFF);
          return out;
        }
        """
    elif method == "copy":
        body = """
        @signature {
          std::vector<uint8_t> out;
          size_t block = 0, stored = 0;  // the open block of command 0
          for (size_t at = 0; at < data.size();) {
            size_t best = 0, from = 0;
            for (size_t start = 0; start < at; ++start) {
              size_t length = 0;
              while (length < @longest && at + length < data.size() && data[start + length] == data[at + length]) ++length;
              if (length > best) best = length, from = start;
            }
            if (best >= @shortest) {
              for (size_t byte : {@first | (best - 1), @offset}) out.push_back(byte);
              at += best;
              stored = 0;
            } else {
              if (stored == 0) block = out.size(), out.push_back(0);
              out[block] = stored++;
              out.push_back(data[at++]);
              if (stored == @longest) stored = 0;
            }
          }
          out.push_back(0xFF);
          return out;
        }
        """
    else:
        body = """
        @signature {
          std::vector<uint8_t> out;
          size_t block = 0, stored = 0;  // the open block of command 0
          for (size_t at = 0; at < data.size();) {
            size_t run = 1;
            while (run < @longest && at + run < data.size() && data[at + run] == @wanted) ++run;
            if (run >= @shortest) {
              out.push_back(@first | (run - 1));
              out.push_back(data[at]);
              at += run;
              stored = 0;
            } else {
              if (stored == 0) block = out.size(), out.push_back(0);
              out[block] = stored++;
              out.push_back(data[at++]);
              if (stored == @longest) stored = 0;
            }
          }
          out.push_back(0xFF);
          return out;
        }
        """
    reference = cpp(
        body,
        signature=function.signature,
        longest=longest,
        shortest=shortest,
        first=hexadecimal(command << 5) + ("u" if method == "copy" else ""),
        wanted="data[at]" if method == "fill" else "uint8_t(data[at] + run)",
        offset=offset_bytes,
    )
    main = cpp(
        _MAIN,
        name=name,
        mask=1 | 1 << command,
        longest=longest,
        offset="packed[at] | packed[at + 1] << 8" if little else "packed[at] << 8 | packed[at + 1]",
    )
    order = "little-endian, as in A Link to the Past" if little else "big-endian, as in standard LC_LZ2"
    with_what = {
        "store": "only command 0 (copy literally)",
        "fill": f"command 1 (repeat a byte) for runs of at least {shortest} equal bytes and command 0 for the rest",
        "count": f"command 3 (count up from a byte) for runs of at least {shortest} bytes that each are one more than the last "
        "(modulo 256), and command 0 for the rest",
        "copy": f"command 4 (copy from the output, absolute offset, {order}) for the longest match of at least {shortest} bytes "
        "earlier in the data, and command 0 for the rest",
    }[method]
    limit = f"at most {longest} bytes a command, short headers only, end mark 0xFF"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that compresses `data` to LC_LZ2 with {with_what}; {limit}.",
            f"Pack `data` as an LC_LZ2 stream. Use {with_what}; {limit}. Greedy from left to right is good enough.",
            f"LC_LZ2 compressor: {with_what}; {limit}.",
            f"I want to write graphics back into my ROM. Compress them as LC_LZ2 using {with_what}; {limit}.",
        ),
        references=(reference,),
        case=case,
        parameters={"method": method, "longest": longest, "shortest": shortest, "little": int(little)},
        explanation="A header byte holds the command in its top three bits and the length minus one below, and 0xFF ends the stream.",
        main=main,
    )
