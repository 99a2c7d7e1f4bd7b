"""Bytes of 65816 code: calls retargeted, short routines assembled and read back, dispatch tables, what lands in a hook."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes

SUBJECT = "patches"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _words(address: int, size: int = 2) -> bytes:
    return address.to_bytes(size, "little")


def retarget_calls(rng: random.Random) -> Made:
    kinds = rng.choice(((0x22,), (0x22, 0x5C), (0x20,), (0x20, 0x4C)))
    size = 3 if kinds[0] == 0x22 else 2
    names = {0x22: "JSL", 0x5C: "JML", 0x20: "JSR", 0x4C: "JMP"}
    listed = " or ".join(f"{names[one]} (0x{one:02X})" for one in kinds)
    test = " && ".join(f"code[i] != 0x{one:02X}" for one in kinds)
    word = " | ".join(f"code[i + {k + 1}] << {8 * k}" if k else "code[i + 1]" for k in range(size))
    body = cpp(
        """
        int changed = 0;
        for (size_t i = 0; i + @whole <= code.size(); ++i) {
          if (@test) continue;
          if (uint32_t(@word) != from) continue;
          @put
          ++changed;
          i += @size;
        }
        return changed;
        """,
        whole=size + 1,
        size=size,
        test=test,
        word=word,
        put="\n  ".join(f"code[i + {k + 1}] = to >> {8 * k};" if k else "code[i + 1] = to;" for k in range(size)),
    )

    def oracle(code: list[int], start: int, to: int) -> int:
        out, at, changed = bytes(code), 0, 0
        while at < len(out):
            if out[at] in kinds and out[at + 1 : at + 1 + size] == _words(start, size):
                out = out[: at + 1] + _words(to, size) + out[at + 1 + size :]
                at += size
                changed += 1
            at += 1
        code[:] = out
        return changed

    def given(r: random.Random) -> list[object]:
        a, b = r.randrange(1 << 8 * size), r.randrange(1 << 8 * size)
        out = b""
        for _ in range(r.randrange(5)):
            out += r.choice(
                (
                    b"\xea",
                    bytes([r.choice(kinds)]) + _words(r.choice((a, a, b)), size),
                    bytes([r.choice((0xAD, 0x22))]) + _words(a, size),
                )
            )
        return [out[: len(out) - r.choice((0, 0, 1))], a, b]

    bits = 8 * size
    return Made(
        f"int @f({BUFFER} code, uint32_t from, uint32_t to)",
        body,
        oracle,
        given,
        (
            f"Write a function that redirects calls: wherever {listed} with the {bits}-bit little-endian operand `from` stands in `code`, at any offset, the operand becomes `to`. The search goes from front to back and continues behind a place that was changed. Return the number of changes.",
            f"{' / '.join(names[one] for one in kinds)} from -> to, byte search at every offset (go on behind each hit), in place; return the count",
            f"A routine moved from `from` to `to` ({bits} bits). Patch all {listed} instructions that name it; whether an instruction really starts there doesn't matter, and after a hit go on behind its operand. How many were there?",
            f"Replace the operand `from` by `to` behind every byte {' or '.join(f'0x{one:02X}' for one in kinds)} ({bits // 8} bytes, low first), scanning upwards without looking again inside of what was just replaced. Result: replacements.",
        ),
    )


def shorten_long_calls(rng: random.Random) -> Made:
    pairs = rng.choice((((0x22, 0x20),), ((0xAF, 0xAD), (0x8F, 0x8D)), ((0x5C, 0x4C),)))
    names = {
        0x22: "JSL",
        0x20: "JSR",
        0xAF: "LDA long",
        0xAD: "LDA absolute",
        0x8F: "STA long",
        0x8D: "STA absolute",
        0x5C: "JML",
        0x4C: "JMP absolute",
    }
    body = cpp(
        """
        int changed = 0;
        for (uint16_t at : places) {
          if (at + 4u > code.size() || code[at + 3] != bank) continue;
          @cases
          code[at + 3] = 0xEA;
          ++changed;
        }
        return changed;
        """,
        cases="\n  else ".join(f"if (code[at] == 0x{a:02X}) code[at] = 0x{b:02X};" for a, b in pairs)
        + "\n  else continue;",
    )

    def oracle(code: list[int], places: list[int], bank: int) -> int:
        done = 0
        for at in places:
            piece = code[at : at + 4]
            if len(piece) == 4 and piece[3] == bank and piece[0] in dict(pairs):
                code[at : at + 4] = [dict(pairs)[piece[0]], piece[1], piece[2], 0xEA]
                done += 1
        return done

    def given(r: random.Random) -> list[object]:
        bank = r.choice((0x0D, 0x7E, 0x80))
        out, places = b"", []
        for _ in range(r.randrange(5)):
            places.append(len(out))
            opcode = r.choice([a for a, _ in pairs] * 3 + [0xBF])
            out += bytes([opcode]) + r.randbytes(2) + bytes([r.choice((bank, bank, 0x01))]) + r.choice((b"", b"\x60"))
        return [out[: len(out) - r.choice((0, 0, 0, 1, 2))], places, bank]

    listed = ", ".join(f"{names[a]} (0x{a:02X}) becomes {names[b]} (0x{b:02X})" for a, b in pairs)
    return Made(
        f"int @f({BUFFER} code, {WORDS} places, uint8_t bank)",
        body,
        oracle,
        given,
        (
            f"Write a function that shortens long instructions whose bank byte is `bank`: {listed}, and the fourth byte becomes a NOP (0xEA). `places` has offsets where instructions start; other instructions, other banks, and those that do not lie inside the code with all four bytes stay. Return how many were changed.",
            f"at each offset of `places`: {listed}, if byte 3 == bank; then byte 3 = $EA; count. Skip anything else or incomplete",
            f"Since code and data are now in the same bank, long addressing is a waste of cycles. For every instruction start in `places`: {listed} when its bank is `bank`, with a NOP in the freed byte. How many could be changed? Everything else is left alone.",
            f"Long to short in place ({listed}; NOP fills the gap) for operands in bank `bank`. Only offsets listed in `places` and complete 4-byte instructions count. Result: number changed.",
        ),
    )


def pushed_return(rng: random.Random) -> Made:
    long = rng.choice((True, False, None))
    if long is None:
        body = cpp(
            """
            if (opcode != 0x20 && opcode != 0xFC && opcode != 0x22) return {};
            const uint16_t low = (address & 0xFFFF) + (opcode == 0x22 ? 3 : 2);
            std::vector<uint8_t> pushed{uint8_t(low >> 8), uint8_t(low)};
            if (opcode == 0x22) pushed.insert(pushed.begin(), address >> 16);
            return pushed;
            """
        )
        signature = "std::vector<uint8_t> @f(uint32_t address, uint8_t opcode)"
    else:
        body = f"const uint16_t low = (stack[s + 1] | stack[s + 2] << 8) + 1;\nreturn {'stack[s + 3]' if long else 'bank'} << 16 | low;"
        signature = f"uint32_t @f({BYTES} stack, uint16_t s{'' if long else ', uint8_t bank'})"

    def oracle(*given: object) -> object:
        if long is None:
            address, opcode = given
            assert isinstance(address, int) and isinstance(opcode, int)
            size = {0x20: 3, 0xFC: 3, 0x22: 4}.get(opcode, 0)
            if not size:
                return b""
            last = (address % 65536 + size - 1) % 65536
            return [*([address // 65536] if size == 4 else []), *divmod(last, 256)]
        stack, s = given[:2]
        assert isinstance(stack, list) and isinstance(s, int)
        three = stack[s + 1 : s + 4]
        bank = three[2] if long else given[2]
        assert isinstance(bank, int)
        return bank * 65536 + (int.from_bytes(bytes(three[:2]), "little") + 1) % 65536

    def given(r: random.Random) -> list[object]:
        if long is None:
            return [r.choice((0x008000, 0x0DFFFE, 0x12FFFD, r.randrange(1 << 24))), r.choice((0x20, 0x22, 0xFC, 0x4C))]
        s = r.randrange(6)
        return [
            r.randbytes(s + 1) + r.choice((b"\xff\xff", b"\xff\x80", r.randbytes(2))) + r.randbytes(3),
            s,
            *([] if long else [r.choice((0, 0x0D))]),
        ]

    if long is None:
        asks = (
            "Write a function that tells which bytes a call pushes, in the order in which they are pushed. The instruction starts at the 24-bit `address`: JSR (0x20) and JSR indexed (0xFC), three bytes long, push the high and the low byte of the address of their last byte; JSL (0x22), four bytes long, pushes its bank before these two. The 16-bit address wraps within the bank. Other opcodes push nothing.",
            "bytes pushed by JSR ($20, $FC) / JSL ($22) at `address`, in push order (return address - 1, high first; JSL: bank before it); anything else: none",
            "To follow the stack in my debugger: what does a call at `address` push, first byte first? A 65816 pushes the address of the call's last byte (16 bits, high before low), JSL the bank before that. Opcodes $20, $FC, $22; no bytes for others.",
            "Simulate the pushes of JSR abs, JSR (abs,X) and JSL. Result in order of pushing; empty if `opcode` is no call. The pushed word is address + length - 1 without a carry into the bank.",
        )
    else:
        ret = "RTL" if long else "RTS"
        what = "three bytes (low, high, bank)" if long else "two bytes (low, high)"
        more = "" if long else " The bank is `bank`."
        asks = (
            f"Write a function that returns the 24-bit address to which {ret} would go now. `s` is the stack pointer (native mode), `stack` the memory from $0000 on; the {what} above `s` are pulled, and the 16-bit part plus one, wrapping, is where execution continues.{more}",
            f"{ret} target from stack memory: {what} at s + 1, 16-bit part + 1{'' if long else ', bank given'}",
            f"Where does this routine return to? Memory from $0000 is in `stack`, S is `s`. {ret} takes the {what} from s + 1 on and adds 1 to the lower 16 bits without touching the bank.{more}",
            f"Return address on top of the stack for {ret}. `stack[s + 1]` is its low byte; add one as the CPU does (no carry to the bank).{more}",
        )
    return Made(signature, body, oracle, given, asks)


def inline_jump_table(rng: random.Random) -> Made:
    wanted = rng.choice(("target", "all"))
    long = rng.random() < 0.4
    entry = 3 if long else 2
    read = "rom[at] | rom[at + 1] << 8" + (" | rom[at + 2] << 16" if long else "")
    if wanted == "target":
        body = (
            f"const size_t at = call + 4 + {entry} * state;\nif (at + {entry} > rom.size()) return 0;\nreturn {read};"
        )
        signature = f"uint32_t @f({BYTES} rom, size_t call, uint8_t state)"
    else:
        body = cpp(
            """
            std::vector<uint32_t> targets;
            for (size_t at = call + 4; at + @entry <= end && at + @entry <= rom.size(); at += @entry)
              targets.push_back(@read);
            return targets;
            """,
            entry=entry,
            read=read,
        )
        signature = f"std::vector<uint32_t> @f({BYTES} rom, size_t call, size_t end)"

    def oracle(rom: list[int], call: int, number: int) -> object:
        table = rom[call + 4 :]
        if wanted == "all":
            table = table[: max(0, number - call - 4)]
        rows = [int.from_bytes(bytes(table[i : i + entry]), "little") for i in range(0, len(table) - entry + 1, entry)]
        if wanted == "all":
            return rows
        return rows[number] if number < len(rows) else 0

    def given(r: random.Random) -> list[object]:
        call, count = r.randrange(4), r.randrange(1, 5)
        rom = r.randbytes(call) + b"\x22\x81\x87\x00" + r.randbytes(count * entry + r.randrange(3))
        if wanted == "target":
            return [rom, call, r.randrange(count + 1)]
        return [rom, call, call + 4 + r.choice((count * entry, count * entry - 1, 0, 100))]

    form = f"{'24' if long else '16'}-bit little-endian addresses, {entry} bytes each"
    if wanted == "target":
        asks = (
            f"Write a function that finds the routine a dispatcher jumps to. The code does a JSL (4 bytes, at offset `call`) to a routine that takes the table directly behind the JSL, {form}, and jumps to entry `state`. Return that entry, or 0 if it is not completely inside the ROM.",
            f"table behind the JSL at `call` ({form}): entry number `state`, 0 past the end",
            f"Game state `state` is handled by which routine? At `call` there is a 4-byte JSL to the jump-table helper and behind it the table ({form}). 0 when the entry isn't wholly in the file.",
            f"Inline jump table: entries ({form}) start 4 bytes after `call`. Give the one for `state`, or 0 if the ROM ends before.",
        )
    else:
        asks = (
            f"Write a function that lists the table of a dispatcher. A JSL (4 bytes) is at offset `call`, and directly behind it there are {form}, up to offset `end` (exclusive) or the end of the ROM. Return all complete entries.",
            f"{form}, from call + 4 up to `end` or the end of data; whole entries only",
            f"The jump table helper is called by a JSL at `call`, its table stands behind that ({form}). It ends at `end` at the latest, or with the ROM; half entries don't count. Which routines are in it?",
            f"Read inline jump table entries ({form}) behind a 4-byte JSL at `call`, none reaching beyond `end` or the ROM.",
        )
    return Made(signature, body, oracle, given, asks)


def store_constants(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Store", "Init", "Setting")), (("u16", "address"), ("u8", "value")))
    n = struct.name
    zero = rng.random() < 0.5
    end = rng.choice((0x60, 0x6B))
    body = cpp(
        """
        std::vector<uint8_t> code;
        int a = -1;
        for (const @n& one : stores) {
          @zero
          if (a != one.value) code.insert(code.end(), {0xA9, one.value});
          a = one.value;
          code.insert(code.end(), {0x8D, uint8_t(one.address), uint8_t(one.address >> 8)});
        }
        code.push_back(@end);
        return code;
        """,
        n=n,
        zero="if (one.value == 0) {\n  code.insert(code.end(), {0x9C, uint8_t(one.address), uint8_t(one.address >> 8)});\n  continue;\n}"
        if zero
        else "",
        end=hexadecimal(end),
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(stores: list[Record]) -> bytes:
        code, a = b"", None
        for one in stores:
            address, value = vars(one)["address"], vars(one)["value"]
            if zero and not value:
                code += b"\x9c" + _words(address)
                continue
            if value != a:
                code += bytes((0xA9, value))
                a = value
            code += b"\x8d" + _words(address)
        return code + bytes([end])

    def given(r: random.Random) -> list[object]:
        return [
            [
                Record(
                    ("address", "value"),
                    (r.choice((0x2100, 0x4200, 0x420C, r.randrange(65536))), r.choice((0, 0x80, 0x0F))),
                )
                for _ in range(r.randrange(6))
            ]
        ]

    ret = "RTS (60)" if end == 0x60 else "RTL (6B)"
    stz = "A value of 0 is stored with STZ address (9C, low, high), which does not need A. " if zero else ""
    other = "Other values are" if zero else "Values are"
    return Made(
        f"std::vector<uint8_t> @f(const std::vector<{n}>& stores)",
        body,
        oracle,
        given,
        (
            f"Write a function that assembles a routine which stores constants, in the given order, with an 8-bit A. {stz}{other} loaded with LDA #value (A9, value), but only if A does not hold that value from an earlier load, and stored with STA address (8D, low, high). At the end comes {ret}; before the first load A is unknown. Opcodes are hexadecimal.",
            f"machine code: {'STZ abs for 0, else ' if zero else ''}LDA # (skipped when A already has the value) + STA abs for each store in order, then {ret}; 8-bit A, unknown at first",
            f"My editor generates the code that sets hardware registers. For each entry: {'STZ $addr if the value is 0, otherwise ' if zero else ''}LDA #$xx, left out where A has that value already, and STA $addr (8-bit A). {ret} closes it. Return the bytes.",
            f"Init-code generator, 65816, A 8 bits wide: A9 vv only when vv isn't in A yet (nothing is at the start), 8D ll hh{'; zeros as 9C ll hh without touching A' if zero else ''}; last byte {end:02X}.",
        ),
        (struct,),
    )


def constants_stored(rng: random.Random) -> Made:
    wanted = rng.choice(("final", "all"))
    head = "std::map<uint16_t, int> stored;" if wanted == "final" else "std::vector<int> stored;"
    put = "stored[address] = @v;" if wanted == "final" else "stored.push_back(address);\n    stored.push_back(@v);"
    body = cpp(
        """
        @head
        int a = a_before;
        for (size_t i = 0; i < code.size();) {
          const int opcode = code[i];
          if (opcode == 0xA9 && i + 1 < code.size()) {
            a = code[i + 1];
            i += 2;
          } else if ((opcode == 0x8D || opcode == 0x9C) && i + 2 < code.size()) {
            const int address = code[i + 1] | code[i + 2] << 8;
            @put
            i += 3;
          } else {
            break;
          }
        }
        @end
        """,
        head=head,
        start="a_before",
        put=put.replace("@v", "opcode == 0x9C ? 0 : a"),
        end="return stored.count(wanted) ? stored[wanted] : -1;" if wanted == "final" else "return stored;",
    )

    def oracle(code: list[int], a: int, wanted_address: int = 0) -> object:
        rest, log = bytes(code), []
        while rest:
            if rest[0] == 0xA9 and len(rest) > 1:
                a, rest = rest[1], rest[2:]
            elif rest[0] in (0x8D, 0x9C) and len(rest) > 2:
                log.append((rest[2] * 256 + rest[1], a if rest[0] == 0x8D else 0))
                rest = rest[3:]
            else:
                break
        if wanted == "final":
            return dict(log).get(wanted_address, -1)
        return [x for one in log for x in one]

    def given(r: random.Random) -> list[object]:
        code = b""
        for _ in range(r.randrange(7)):
            code += r.choice(
                (
                    bytes((0xA9, r.randrange(256))),
                    b"\x8d" + _words(r.choice((0x2100, 0x2105))),
                    b"\x9c" + _words(r.choice((0x2100, 0x4200))),
                )
            )
        code += r.choice((b"\x60", b"", b"\xea\xa9\x01\x8d\x00\x21", b"\x8d\x00"))
        return [code, r.randrange(256), *([r.choice((0x2100, 0x2105, 0x4200))] if wanted == "final" else [])]

    goal = (
        "the value that address `wanted` has been given last, or -1 if none"
        if wanted == "final"
        else "for each store its address and its value, one after the other, in order"
    )
    return Made(
        f"{'int' if wanted == 'final' else 'std::vector<int>'} @f({BYTES} code, uint8_t a_before{', uint16_t wanted' if wanted == 'final' else ''})",
        body,
        oracle,
        given,
        (
            f"Write a function that follows straight code with an 8-bit A, which is `a_before` at first: LDA # (0xA9, value), STA absolute (0x8D, low, high) and STZ absolute (0x9C, low, high). Any other opcode, an incomplete instruction or the end of the code stops it. Return {goal}.",
            f"interpret A9 nn / 8D ll hh / 9C ll hh from the start until anything else (or a cut-off instruction): {goal}; A = a_before",
            f"Which registers does this init code set, and how? Only LDA #imm, STA abs and STZ abs count (8-bit A, initially `a_before`); I stop at the first other or incomplete instruction. Result: {goal}.",
            f"Read back constants from code: A9 loads A, 8D stores A, 9C stores 0 (16-bit little-endian addresses); everything else ends the scan. Give {goal}. A starts as `a_before`.",
        ),
    )


def flag_guard_code(rng: random.Random) -> Made:
    skip_set = rng.random() < 0.5
    branch = 0xD0 if skip_set else 0xF0
    long = rng.random() < 0.5
    first = (
        "0xAF, uint8_t(address), uint8_t(address >> 8), uint8_t(address >> 16)"
        if long
        else "0xAD, uint8_t(address), uint8_t(address >> 8)"
    )
    body = cpp(
        """
        if (routine.size() > 127) return {};
        std::vector<uint8_t> code{@first, 0x29, mask, @branch, uint8_t(routine.size())};
        code.insert(code.end(), routine.begin(), routine.end());
        code.push_back(0x60);
        return code;
        """,
        first=first,
        branch=hexadecimal(branch),
    )

    def oracle(address: int, mask: int, routine: list[int]) -> bytes:
        if len(routine) >= 128:
            return b""
        load = b"\xaf" + _words(address, 3) if long else b"\xad" + _words(address)
        return load + bytes((0x29, mask, branch, len(routine))) + bytes(routine) + b"\x60"

    name = "BNE" if skip_set else "BEQ"
    some = "no bit of the mask is set" if skip_set else "any bit of the mask is set"
    load = "LDA long (AF, low, high, bank)" if long else "LDA absolute (AD, low, high)"
    kind = "uint32_t" if long else "uint16_t"
    return Made(
        f"std::vector<uint8_t> @f({kind} address, uint8_t mask, {BYTES} routine)",
        body,
        oracle,
        lambda r: [
            r.randrange(1 << (24 if long else 16)),
            1 << r.randrange(8),
            b"\xea" * r.choice((127, 128)) if r.random() < 0.15 else r.randbytes(r.randrange(6)),
        ],
        (
            f"Write a function that assembles a guard (8-bit A, opcodes hexadecimal): {load} of `address`, AND #mask (29), {name} ({branch:02X}) over the bytes of `routine`, these bytes, and RTS (60), to which the branch leads. So the routine runs only if {some}. If the branch cannot reach over it (more than 127 bytes) return nothing.",
            f"bytes: {'AF ll hh bb' if long else 'AD ll hh'} 29 mask {branch:02X} rel <routine> 60, branch to the 60; empty if routine > 127 bytes",
            f"Code should only run depending on a flag byte at `address`: if {some}. Build: {load}, AND #mask, {name} to the final RTS, then `routine`, then the RTS. Empty result if the routine has more than 127 bytes. AND # is $29, {name} ${branch:02X}, RTS $60.",
            f"Wrap machine code in a flag test: {load.split(' (')[0]}, AND immediate ($29), {name} ($"
            + f"{branch:02X}) past it to an RTS ($60) at the end. 8-bit accumulator; nothing for routines over 127 bytes.",
        ),
    )


def targets_in_hook(rng: random.Random) -> Made:
    wanted = rng.choice(("bool", "list"))
    first_ok = rng.random() < 0.6
    low = "target > hook" if first_ok else "target >= hook"
    body = cpp(
        """
        @head
        for (uint16_t at : branches) {
          if (at + 2u > code.size()) continue;
          const int distance = code[at + 1] < 0x80 ? code[at + 1] : code[at + 1] - 0x100;
          const int target = at + 2 + distance;
          const bool inside = at + 2 > hook && at < hook + size;
          if (!inside && @low && target < hook + size) @step;
        }
        return @end;
        """,
        head="std::vector<int> found;" if wanted == "list" else "",
        low=low,
        step="found.push_back(at)" if wanted == "list" else "return false",
        end="found" if wanted == "list" else "true",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(code: list[int], branches: list[int], hook: int, size: int) -> object:
        bad = []
        replaced = set(range(hook, hook + size))
        for at in branches:
            if at + 1 >= len(code):
                continue
            target = at + 2 + int.from_bytes(bytes([code[at + 1]]), "little", signed=True)
            if not replaced & {at, at + 1} and target in replaced - ({hook} if first_ok else set()):
                bad.append(at)
        return bad if wanted == "list" else not bad

    def given(r: random.Random) -> list[object]:
        size = r.randrange(12, 24)
        code = bytearray(r.randbytes(size))
        branches = sorted(r.sample(range(size - 1), 4)) + ([size - 1] if r.random() < 0.2 else [])
        hook, length = r.randrange(size - 6), r.randrange(3, 6)
        for at in branches[:4]:
            code[at + 1] = (hook + r.randrange(-2, length + 2) - at - 2) % 256
        return [bytes(code), branches, hook, length]

    area = "inside it but not at its first byte" if first_ok else "to any of its bytes"
    goal = (
        "the offsets of such branches, in the order of `branches`"
        if wanted == "list"
        else "true if there is no such branch"
    )
    return Made(
        f"{'std::vector<int>' if wanted == 'list' else 'bool'} @f({BYTES} code, {WORDS} branches, int hook, int size)",
        body,
        oracle,
        given,
        (
            f"Write a function that checks a place for a hook: the `size` bytes from offset `hook` on will be replaced, so no branch from elsewhere may lead {area}. `branches` has the offsets of the two-byte relative branches in `code` (opcode and signed distance from the end of the branch); those with a byte in the replaced area do not matter, one that is cut off by the end of the code neither. Return {goal}.",
            f"branches (2 bytes, offsets given) from outside [hook, hook + size) that land {area.replace('it', 'there', 1) if first_ok else 'anywhere in it'}: {goal}; ignore incomplete ones and those overlapping the area",
            f"Can I put a JSL over these `size` bytes? Not if some short branch goes {area} (the area from `hook`). Branches are at the offsets in `branches`, distance byte second, signed, counted from behind it. Those I overwrite, even in part, and an incomplete one are harmless. I want {goal}.",
            f"Hook safety: does a relative branch at one of the given offsets, not overlapping [hook, hook + size) itself, go {area}? Result: {goal}. Target = offset + 2 + signed second byte; skip a branch without that byte.",
        ),
    )


def change_compare_values(rng: random.Random) -> Made:
    opcodes = rng.choice(((0xC9,), (0xC9, 0xE0, 0xC0), (0xA9,)))
    names = {0xC9: "CMP #", 0xE0: "CPX #", 0xC0: "CPY #", 0xA9: "LDA #"}
    wide = rng.random() < 0.4
    operand = "code[at + 1] | code[at + 2] << 8" if wide else "code[at + 1]"
    listed = ", ".join(f"{names[one]} (0x{one:02X})" for one in opcodes)
    test = " || ".join(f"code[at] == 0x{one:02X}" for one in opcodes)
    kind = "uint16_t" if wide else "uint8_t"
    body = cpp(
        """
        std::vector<int> changed;
        for (uint16_t at : starts) {
          if (at + @size > int(code.size()) || !(@test)) continue;
          if ((@operand) != from) continue;
          @put
          changed.push_back(at);
        }
        return changed;
        """,
        size=3 if wide else 2,
        test=test,
        operand=operand,
        put="code[at + 1] = to & 0xFF;\n  code[at + 2] = to >> 8;" if wide else "code[at + 1] = to;",
    )
    size = 2 if wide else 1

    def oracle(code: list[int], starts: list[int], old: int, new: int) -> list[int]:
        hits = [at for at in starts if bytes(code[at + 1 : at + 1 + size]) == _words(old, size) and code[at] in opcodes]
        for at in hits:
            code[at + 1 : at + 1 + size] = _words(new, size)
        return hits

    def given(r: random.Random) -> list[object]:
        old, new = r.randrange(1, 1 << 8 * size), r.randrange(1 << 8 * size)
        code, starts = b"", []
        for _ in range(r.randrange(6)):
            starts.append(len(code))
            code += r.choice(
                (b"\xea", bytes([r.choice((*opcodes, *opcodes, 0x69))]) + _words(r.choice((old, old, 1)), size))
            )
        return [
            code[: len(code) - r.choice((0, 0, 0, 1))] if starts and len(code) > starts[-1] + 1 else code,
            starts,
            old,
            new,
        ]

    return Made(
        f"std::vector<int> @f({BUFFER} code, {WORDS} starts, {kind} from, {kind} to)",
        body,
        oracle,
        given,
        (
            f"Write a function that changes a constant in code: of the instructions that start at the offsets `starts`, each {listed} with the {8 * size}-bit immediate operand `from` gets `to` instead (low byte first where there are two). One that is cut off by the end of the code does not count. Return the offsets of the changed instructions in the order of `starts`.",
            f"{listed}: #from -> #to ({8 * size}-bit), only at instruction starts; returns the changed ones' offsets",
            f"The limit {'in CMP and friends' if opcodes[0] == 0xC9 else 'loaded by LDA #'} should be another one. I know where instructions begin. Those which are {listed} with operand `from` ({'two bytes, low first' if wide else 'one byte'}) shall have `to`. Which were changed? Incomplete instructions are left alone.",
            f"Replace immediate operands `from` by `to` behind {listed} at the given offsets, operand width {8 * size} bits, complete instructions only. List of places, in given order.",
        ),
    )


def routine_end(rng: random.Random) -> Made:
    ends = rng.choice(((0x60, 0x6B, 0x40), (0x60, 0x6B)))
    jumps = rng.random() < 0.5
    stop = " || ".join(f"opcode == 0x{one:02X}" for one in ends)
    body = cpp(
        """
        size_t furthest = at;
        while (at < code.size()) {
          const int opcode = code[at];
          const size_t next = at + sizes[opcode];
          if (next > code.size()) return -1;
          if ((opcode & 0x1F) == 0x10@bra) {
            const int distance = code[at + 1] < 0x80 ? code[at + 1] : code[at + 1] - 0x100;
            furthest = std::max<int>(furthest, int(next) + distance);
          }
          if ((@stop@also) && at >= furthest) return next;
          at = next;
        }
        return -1;
        """,
        bra=" || opcode == 0x80" if jumps else "",
        stop=stop,
        also=" || opcode == 0x80" if jumps else "",
    )

    def oracle(code: list[int], sizes: list[int], at: int) -> int:
        reach = [at]
        while at < len(code):
            opcode, size = code[at], sizes[code[at]]
            if at + size > len(code):
                return -1
            if size == 0:
                raise ValueError("no size")
            branch = f"{opcode:08b}".endswith("10000") or (jumps and opcode == 0x80)
            if branch:
                reach.append(at + size + int.from_bytes(bytes([code[at + 1]]), "big", signed=True))
            if (opcode in ends or (jumps and opcode == 0x80)) and at >= max(reach):
                return at + size
            at += size
        return -1

    known = {0xEA: 1, 0x18: 1, 0xA9: 2, 0xC9: 2, 0x8D: 3, 0x20: 3, 0x22: 4, 0xF0: 2, 0xD0: 2, 0x10: 2, 0x80: 2}

    def given(r: random.Random) -> list[object]:
        sizes = [1] * 256
        for opcode, size in known.items():
            sizes[opcode] = size
        code = b""
        for _ in range(r.randrange(2, 9)):
            opcode = r.choice((0xEA, 0xA9, 0x8D, 0xF0, 0xD0, 0x22, *ends, 0x80 if jumps else 0x18))
            operand = (
                bytes([r.choice((0, 1, 2, 4, 0xFA))])
                if opcode in (0xF0, 0xD0, 0x80)
                else r.randbytes(sizes[opcode] - 1)
            )
            code += bytes([opcode]) + operand
        return [code + r.choice((b"\x60", b"\x6b", b"\x8d")), bytes(sizes), 0]

    listed = ", ".join(
        f"{name} 0x{code:02X}" for name, code in (("RTS", 0x60), ("RTL", 0x6B), ("RTI", 0x40)) if code in ends
    )
    bra = ", and BRA 0x80" if jumps else ""
    closing = f"{listed}{', BRA 0x80' if jumps else ''}"
    return Made(
        f"int @f({BYTES} code, {BYTES} sizes, size_t at)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds the end of a routine which starts at offset `at`. sizes[opcode] is the length of an instruction. Walk instruction by instruction and remember the highest target of the relative branches met (opcodes whose lower five bits are 0x10{bra}; target = end of the branch plus signed second byte). The first of {closing} at or behind this target ends the routine: return the offset after it. If the code ends before, even inside an instruction, return -1. Every branch has size 2 in `sizes`.",
            f"end of the routine at `at` (offset behind its last instruction): first of {closing} not jumped over by a branch seen so far ((opcode & 0x1F) == 0x10{bra}, signed 8-bit); lengths in sizes[256]; -1 if code runs out",
            f"How long is a routine? A return isn't the end if an earlier branch leads behind it. Lengths by opcode are in `sizes`, branches are xxx10000 in binary{bra} (2 bytes). It ends with {closing} once no known branch target lies further on. Give me the offset behind that, -1 if the code stops first.",
            f"Scan from `at`: keep max branch target (8-bit relative, opcodes with low bits 10000{bra}); stop at {closing} if its own offset is at or beyond that maximum; the result is the offset of the next instruction. Incomplete or missing end: -1. `sizes` has 256 lengths (branches 2).",
        ),
    )


def clear_code(rng: random.Random) -> Made:
    words = rng.random() < 0.5
    step = 2 if words else 1
    direct = rng.random() < 0.5
    body = cpp(
        """
        std::vector<uint8_t> code;
        for (int i = 0; i < size; i += @step) {
          const int place = address + i;
          @one
        }
        return code;
        """,
        step=step,
        one="if (place < 0x100) code.insert(code.end(), {0x64, uint8_t(place)});\n  else code.insert(code.end(), {0x9C, uint8_t(place), uint8_t(place >> 8)});"
        if direct
        else "code.insert(code.end(), {0x9C, uint8_t(place), uint8_t(place >> 8)});",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(address: int, size: int) -> bytes:
        out = b""
        for place in range(address, address + size, step):
            out += bytes((0x64, place)) if direct and place < 256 else b"\x9c" + _words(place)
        return out

    mode = "16-bit A, so each clears two bytes (`size` is even)" if words else "8-bit A, so each clears one byte"
    dp = (
        "STZ dp (64, low) for addresses below $0100 (the direct page is 0), otherwise STZ absolute (9C, low, high)"
        if direct
        else "STZ absolute (9C, low, high)"
    )
    return Made(
        "std::vector<uint8_t> @f(uint16_t address, int size)",
        body,
        oracle,
        lambda r: [
            r.choice((0xF8, 0xFE, 0x1A, 0x0300, 0xFF, 0x1F00, r.randrange(0xF000))),
            r.choice((0, 2, 4, 8, 2 * r.randrange(8))) + (0 if words else r.randrange(2)),
        ],
        (
            f"Write a function that assembles code which clears `size` bytes of RAM from `address` on, upwards, with one {dp} after the other; {mode}. Opcodes are hexadecimal; the area does not reach beyond $FFFF.",
            f"unrolled clear of [address, address + size): {dp}; {mode}",
            f"Unroll a clear loop for me: machine code that zeroes `size` bytes at `address`. Use {dp}, {mode}, lowest address first. It won't pass $FFFF.",
            f"Generate STZ instructions for a RAM block, ascending: {dp}. {mode[0].upper() + mode[1:]}.",
        ),
    )


def table_lookup_code(rng: random.Random) -> Made:
    scaled = rng.choice((1, 2, 4))
    long = rng.random() < 0.5
    source_long = rng.random() < 0.5
    asl = ", 0x0A" * (scaled.bit_length() - 1)
    load = (
        "0xAF, uint8_t(variable), uint8_t(variable >> 8), uint8_t(variable >> 16)"
        if source_long
        else "0xAD, uint8_t(variable), uint8_t(variable >> 8)"
    )
    read = (
        "0xBF, uint8_t(table), uint8_t(table >> 8), uint8_t(table >> 16)"
        if long
        else "0xBD, uint8_t(table), uint8_t(table >> 8)"
    )
    body = f"return {{{load},\n        0x29, 0xFF, 0x00{asl}, 0xAA,\n        {read}, {'0x6B' if long else '0x60'}}};"

    def oracle(variable: int, table: int) -> bytes:
        code = bytes([0xAF if source_long else 0xAD]) + _words(variable, 3 if source_long else 2)
        code += b"\x29\xff\x00" + b"\x0a" * {1: 0, 2: 1, 4: 2}[scaled] + b"\xaa"
        code += bytes([0xBF if long else 0xBD]) + _words(table, 3 if long else 2)
        return code + (b"\x6b" if long else b"\x60")

    asl_said = {1: "", 2: "ASL A (0A), ", 4: "ASL A (0A) twice, "}[scaled]
    one = "LDA long (AF and three bytes)" if source_long else "LDA absolute (AD and two bytes)"
    two = "LDA long,X (BF and three bytes)" if long else "LDA absolute,X (BD and two bytes)"
    end = "RTL (6B)" if long else "RTS (60)"
    kinds = ("uint32_t" if source_long else "uint16_t", "uint32_t" if long else "uint16_t")
    return Made(
        f"std::vector<uint8_t> @f({kinds[0]} variable, {kinds[1]} table)",
        body,
        oracle,
        lambda r: [
            r.choice((0x7EF340, 0x7E0010, r.randrange(1 << 24))) % (1 << (24 if source_long else 16)),
            r.choice((0x8000, 0x0D9234, r.randrange(1 << 24))) % (1 << (24 if long else 16)),
        ],
        (
            f"Write a function that assembles a table lookup (16-bit A and X, opcodes hexadecimal): {one} of `variable`, AND #$00FF (29 FF 00), {asl_said}TAX (AA), {two} of `table`, {end}. Operands are little-endian.",
            f"bytes of: {one.partition(' (')[0]} variable / AND #$00FF / {asl_said.partition(' (')[0] + (' x' + str(scaled // 2) if scaled > 1 else '') + ' / ' if scaled > 1 else ''}TAX / {two.partition(' (')[0]} table / {end[:3]}, M and X 16 bits",
            f"My editor emits small lookup routines. With 16-bit registers: load the byte `variable` ({one}, then AND #$00FF: 29 FF 00), {asl_said}move it to X (AA), read the table ({two}), {end}. Return the machine code.",
            f"Code for A = table[variable & $FF{f' * {scaled}' if scaled > 1 else ''}], M = X = 16 bits: {one}; 29 FF 00; {asl_said}AA; {two}; {end}.",
        ),
    )


def code_for_state_machine(rng: random.Random) -> Made:
    size = rng.choice((2, 3))
    body = cpp(
        """
        std::vector<uint8_t> code;
        for (size_t i = 0; i < values.size(); ++i) {
          code.insert(code.end(), {0xC9, values[i], 0xD0, @size});
          const uint16_t target = targets[i];
          code.insert(code.end(), {@jump});
        }
        code.push_back(0x60);
        return code;
        """,
        size=3,
        jump="0x4C, uint8_t(target), uint8_t(target >> 8)",
    )
    if size == 2:
        body = cpp(
            """
            std::vector<uint8_t> code;
            for (size_t i = 0; i < values.size(); ++i) {
              const int distance = targets[i] - (start + int(code.size()) + 4);
              if (distance < -128 || distance > 127) return {};
              code.insert(code.end(), {0xC9, values[i], 0xF0, uint8_t(distance)});
            }
            code.push_back(0x60);
            return code;
            """
        )

    def oracle(values: list[int], targets: list[int], start: int = 0) -> bytes:
        out = b""
        for value, target in zip(values, targets, strict=True):
            if size == 3:
                out += bytes((0xC9, value, 0xD0, 3, 0x4C)) + _words(target)
                continue
            away = target - start - len(out) - 4
            if not -128 <= away < 128:
                return b""
            out += bytes((0xC9, value, 0xF0)) + away.to_bytes(1, "little", signed=True)
        return out + b"\x60"

    def given(r: random.Random) -> list[object]:
        count, start = r.randrange(5), 0x8100
        values = bytes(r.sample(range(256), count))
        if size == 3:
            return [values, [r.randrange(65536) for _ in range(count)]]
        return [
            values,
            [
                start + r.choice((0x20, -0x40, 0x7F, r.randrange(-60, 100), 0x90 if r.random() < 0.2 else 5))
                for _ in range(count)
            ],
            start,
        ]

    if size == 3:
        asks = (
            "Write a function that assembles a chain of comparisons with an 8-bit A (opcodes hexadecimal): for every value CMP #value (C9), BNE over the jump (D0 03), JMP to its target (4C, low, high); behind the last one RTS (60). `values` and `targets` have the same length.",
            "for each i: C9 values[i] D0 03 4C lo hi (targets[i]); finally 60",
            "Generate a switch: compare A (8 bits) with each value in turn and JMP to the 16-bit target that belongs to it, RTS if none fits. CMP # is C9, BNE D0, JMP 4C, RTS 60; the BNE skips the JMP.",
            "CMP/BNE/JMP dispatch code, 8-bit A, RTS at the end; one target for each value, in order.",
        )
    else:
        asks = (
            "Write a function that assembles a chain of comparisons with an 8-bit A at address `start` (opcodes hexadecimal): for every value CMP #value (C9) and BEQ to its target (F0 and the distance from the end of the BEQ, -128 to 127); behind the last one RTS (60). If a target cannot be reached return nothing. `values` and `targets` have the same length.",
            "for each i: C9 values[i] F0 rel8 (to targets[i], code begins at `start`); finally 60; empty if any is out of range",
            "Generate a switch that lies at `start`: compare A (8 bits) with each value in turn and BEQ to its target, RTS if none fits. CMP # is C9, BEQ F0, RTS 60. An empty vector if a branch would be too far (signed byte from behind the BEQ).",
            "CMP/BEQ dispatch code at address `start`, 8-bit A, RTS at the end; one 16-bit target per value; no result at all if a relative distance doesn't fit into a signed byte.",
        )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} values, {WORDS} targets{'' if size == 3 else ', uint16_t start'})",
        body,
        oracle,
        given,
        asks,
    )


RECIPES = (
    retarget_calls,
    shorten_long_calls,
    pushed_return,
    inline_jump_table,
    store_constants,
    constants_stored,
    flag_guard_code,
    targets_in_hook,
    change_compare_values,
    routine_end,
    clear_code,
    table_lookup_code,
    code_for_state_machine,
)
