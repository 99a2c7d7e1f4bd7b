"""Assembling a program: passes over its source, instructions to bytes, and asar's rules for the width of operands."""

from collections.abc import Mapping
from typing import Any, ClassVar

from oracle_lib.verify.assembler import expressions
from oracle_lib.verify.assembler.directives import DIRECTIVES, GONE, REFUSED, UNSUPPORTED, Structure
from oracle_lib.verify.assembler.expressions import Function, Result, Symbol, width
from oracle_lib.verify.assembler.flow import Flow, Statement, read_statement
from oracle_lib.verify.assembler.mapping import rom_offset, snes_address
from oracle_lib.verify.assembler.model import Assembly, FatalProblem, Instruction, Kind, Limits, Mode, Problem, Severity
from oracle_lib.verify.assembler.opcodes import (
    ACCUMULATOR,
    BRANCHES,
    FORMS,
    IMPLIED,
    LONG_BRANCHES,
    MNEMONICS,
    MOVES,
    REPEATED,
    SIGNATURES,
    Operation,
    choose_width,
)
from oracle_lib.verify.assembler.output import Output, Place
from oracle_lib.verify.assembler.text import dequote, quotes_match, source_lines, split_arguments

_CONDITIONALS = frozenset(("if", "elseif", "while", "for"))
_ENDS = frozenset(("endif", "endwhile", "endfor"))
_REACHED_WHEN_SKIPPING = frozenset(("elseif", "else", "endif", "endwhile"))
_LONG_INDEXED = frozenset(FORMS[Mode.STACK])


class Program(Flow):
    """One assembly. `version` 1 is asar 1.91, 2 is asar 2 with its precedence, fractions and operand widths."""

    def __init__(
        self,
        text: str,
        symbols: Mapping[str, int],
        origin: int,
        defines: Mapping[str, str],
        version: int,
        limits: Limits,
    ) -> None:
        super().__init__(text, symbols, defines, limits)
        self.origin = origin
        self.modern = version >= 2
        self.always_precedence = self.never_rounding = self.modern
        self.structures: dict[str, Structure] = {}

    def run(self) -> Assembly:
        try:
            self.read_source()
            self.run_pass(0)
            if shadowed := self.labels.symbols.keys() & self.labels.values.keys():
                self.labels.hidden = frozenset(shadowed)
                self.labels.values.clear()
                self.macros.clear()
                self.structures.clear()
                if not self.failed:
                    self.run_pass(0)
            if self.unsure or self.failed or not self.guesses_hold():
                self.run_pass(1)
            self.run_pass(2)
        except FatalProblem as problem:
            self.report(problem)
        except RecursionError:
            self.report(Problem(Kind.LIMIT, "the source is nested too deep"))
        diagnostics = tuple(
            sorted(self.diagnostics.values(), key=lambda diagnostic: (diagnostic.line, diagnostic.column))
        )
        labels = {name: value & 0xFFFFFF for name, value in self.labels.values.items() if ":" not in name}
        if self.failed:
            return Assembly(False, labels=labels, diagnostics=diagnostics)
        blocks = tuple((address, bytes(data)) for address, data in self.out.blocks)
        code = b"".join(data for _, data in blocks)
        return Assembly(True, code, blocks, labels, diagnostics, tuple(self.listing))

    def read_source(self) -> None:
        self.start_flow(0)
        if len(self.text) > self.limits.source:
            raise FatalProblem(Kind.LIMIT, f"the source has more than {self.limits.source} characters")
        self.lines = self.text.split("\n")
        if (null := self.text.find("\0")) >= 0:
            self.line = self.text.count("\n", 0, null)
            raise FatalProblem(Kind.SYNTAX, "a null byte in the source", "\0")
        self.prepared = source_lines(self.text)
        for number, line in enumerate(self.prepared):
            if not quotes_match(line):
                self.line = number
                self.report(Problem(Kind.SYNTAX, "mismatched quotes"))
                self.prepared[number] = ""

    def run_pass(self, number: int) -> None:
        self.start_flow(number)
        self.out = Output(self.origin, number == 2, self.limits.output)
        self.precedence = self.always_precedence
        self.rounding = not self.never_rounding
        self.bank = -1
        self.direct_page = 0
        self.dp_rule = "always" if self.modern else "none"
        self.address_rule = "mirrors" if self.modern else "default"
        self.characters: dict[int, int] = {}
        self.functions: dict[str, Function] = {}
        self.fill_pattern = self.pad_pattern = bytes(12)
        self.stacks: dict[str, list[Any]] = {what: [] for what in ("pc", "base", "ns", "table", "warnings")}
        self.namespaces: list[str] = []
        self.nested_namespaces = False
        self.structure: tuple[str, str, int, Place, int] | None = None
        self.listing: list[Instruction] = []
        self.unsure = False
        self.guesses: set[tuple[str, int]] = set()
        self.run_source()
        for what in ("pc", "ns", "warnings"):
            if self.stacks[what]:
                self.report(Problem(Kind.SYNTAX, f"a push of {what} is not pulled"))
        if self.structure:
            self.report(Problem(Kind.SYNTAX, "a struct is not closed"))

    EMPTY: ClassVar[dict[str, Any]] = {"pc": (-1, -1, -1, -1), "ns": ([], False)}
    """What `pushpc` and `pushns` leave behind."""

    def state(self, what: str) -> Any:
        """The part of the state that `push` puts aside."""
        match what:
            case "pc":
                return self.out.place
            case "base":
                return self.out.address
            case "ns":
                return self.namespaces, self.nested_namespaces
            case "table":
                return dict(self.characters)
        return None

    def restore(self, what: str, state: Any) -> None:
        match what:
            case "pc":
                self.out.place = state
            case "base":
                self.out.base(state)
                self.bank = self.bank if state == self.out.real_start else -1
            case "ns":
                self.use_namespaces(state[0])
                self.nested_namespaces = state[1]
            case "table":
                self.characters = state

    def use_namespaces(self, names: list[str]) -> None:
        self.namespaces = names
        self.labels.namespace = "".join(f"{name}_" for name in names)

    def guesses_hold(self) -> bool:
        """Whether every label that the first pass took for near turned out so: then the second would change nothing."""
        for name, bank in self.guesses:
            symbol = self.labels.find(name, False, name)
            if symbol.known and symbol.value >> 16 != bank:
                return False
        return True

    # What expressions ask

    def label(self, name: str, required: bool) -> Symbol:
        full = self.labels.full_name(name)
        symbol = self.labels.find(full, required, name)
        if not symbol.known:
            plain = self.bank < 0 and self.dp_rule == "none" and self.address_rule == "default"
            if required or not plain or self.labels.namespace:
                self.unsure = True
            else:
                self.guesses.add((full, self.out.address >> 16))
        return symbol

    def relative_label(self, name: str) -> Symbol:
        self.unsure = True
        return self.labels.find(self.labels.relative_name(name), True, name)

    def function(self, name: str) -> Function | None:
        return self.functions.get(name)

    def fact(self, name: str, argument: float | str = "") -> float:
        self.unsure |= name in ("sizeof", "objectsize", "datasize")
        if self.modern and name == "datasize":
            raise Problem(Kind.UNSUPPORTED_DIRECTIVE, "datasize() of asar 2 is not known", name)
        if isinstance(argument, float):
            locate = rom_offset if name == "snestopc" else snes_address
            return float(locate(self.out.mapper, int(argument), self.out.sa1_banks))
        match name:
            case "pc":
                return float(self.out.address)
            case "realbase":
                return float(self.out.real)
            case "defined":
                return float(argument in self.defines)
            case "sizeof" if argument == "...":
                if not self.call or not self.call.macro.variadic:
                    raise Problem(Kind.SYNTAX, "sizeof(...) outside a macro with ...", argument)
                return float(self.call.extra)
            case "datasize":
                start = self.labels.find(argument, True, argument).value
                following = [value for value in self.labels.values.values() if value > start]
                return float(min(following, default=0xFFFFFF) - start)
        structure = self.structures.get(argument)
        if structure is None:
            if self.number:
                raise Problem(Kind.UNDEFINED_SYMBOL, f"there is no struct {argument[:60]}", argument)
            return 0.0
        return float(structure.size if name == "sizeof" else structure.object_size)

    def evaluate(self, text: str) -> Result:
        return expressions.evaluate(text, self)

    # Statements

    def execute(self, statement: Statement) -> None:
        if statement.operation is not None and self.active and self.line_condition:
            for word in statement.labels:
                self.define_label(word)
            if statement.size and self.number < 2:
                self.out.advance(statement.size)
            else:
                self.instruct(statement.operation)
        elif statement.text[:1] != "@":
            self.execute_plain(statement)
        else:
            try:
                self.execute(read_statement(statement.text[1:].lstrip(" ")))
            except Problem as problem:
                if problem.kind not in (Kind.UNKNOWN_MNEMONIC, Kind.ADDRESSING_MODE, Kind.VALUE_TOO_WIDE):
                    raise
                self.report(problem, Severity.WARNING)
        self.out.check_bank()

    def define_label(self, word: str, everywhere: bool = False) -> None:
        self.out.ensure_org()
        self.labels.define(word, self.out.address, everywhere)

    def execute_plain(self, statement: Statement) -> None:
        parts = statement.words
        key = parts[0].lower()
        if not self.line_condition and key not in _REACHED_WHEN_SKIPPING:
            return
        if key == "elseif" and self.true + 1 == self.opened:
            text = self.replace_arguments(statement.text) if self.call else statement.text
            parts = read_statement(self.resolve(text)).words
        if self.active:
            if key == "global" and len(parts) == 2:
                self.define_label(parts[1], everywhere=True)
                return
            for word in statement.labels:
                self.define_label(word)
            parts = statement.rest if statement.labels else parts
            if not parts or not parts[0]:
                return
            key = parts[0].lower()
        if key[:1] == "%" and self.active:
            self.call_macro(statement.text[statement.text.index("%") + 1 :])
        elif key == "assert":
            self.check_assertion(parts)
        elif key in _CONDITIONALS:
            self.begin_conditional(key, parts)
        elif key in _ENDS:
            self.end_conditional(parts)
        elif key == "else":
            self.begin_else(parts)
        elif self.active:
            self.run_words(parts)

    def check_assertion(self, parts: tuple[str, ...]) -> None:
        if not self.active:
            return
        last, *message = split_arguments(parts[-1])
        said = self.printed(",".join(message)) if message and self.number == 2 else ""
        if not self.condition("assert", (*parts[:-1], last)) and self.number == 2:
            raise Problem(Kind.ASSERTION, said or f"{' '.join(parts[1:-1])} {last}"[:120].strip(), parts[0])

    def run_words(self, parts: tuple[str, ...]) -> None:
        if len(parts) == 3 and parts[1] == "=":
            return self.assign_value(parts[0], parts[2])
        key = parts[0].lower()
        if len(parts) == 2 and len(key) == 5 and key[3:] in (".b", ".w", ".l"):
            key = key[:3]  # asar has looked for an instruction and lost the suffix
        if key in REFUSED:
            raise Problem(Kind.REFUSED_DIRECTIVE, f"{key} reads a file, which is not allowed here", parts[0])
        if key in UNSUPPORTED:
            raise Problem(Kind.UNSUPPORTED_DIRECTIVE, f"{key} needs {UNSUPPORTED[key]}", parts[0])
        if self.modern and key in GONE:
            raise Problem(Kind.UNSUPPORTED_DIRECTIVE, f"{key} is gone from asar 2", parts[0])
        if key in DIRECTIVES:
            counts, run = DIRECTIVES[key]
            if len(parts) - 1 not in counts:
                raise Problem(
                    Kind.SYNTAX, f"{key} does not take {len(parts) - 1} arguments (no spaces inside one)", parts[0]
                )
            return run(self, parts)
        if len(parts) > 2 and key.partition(".")[0].upper() in MNEMONICS:
            raise Problem(Kind.SYNTAX, f"the operand of {parts[0]} has a space in it", parts[1])
        raise Problem(Kind.UNKNOWN_MNEMONIC, f"{parts[0][:40]} is no instruction, directive or label", parts[0])

    def assign_value(self, name: str, expression: str) -> None:
        value = self.fixed(expression).integer
        if len(name) == 3 and name[0] == name[2] == "'" and ord(name[1]) < 256:
            self.characters[ord(name[1])] = value & 0xFFFFFFFF
            return
        self.labels.assign(name, value)

    # Instructions

    def label_width(self, symbol: Symbol) -> int:
        """Bytes of an address: two where the label's bank is the one in use, else three, after the `optimize` rules."""
        if not symbol.known:
            return 2
        bank, word, address = symbol.value >> 16, symbol.value & 0xFFFF, self.out.address
        here = self.bank if self.bank >= 0 else address >> 16 if address >= 0 else 0x40
        paged = 0 <= word - self.direct_page < 0x100
        if paged and ((bank == 0x7E and self.dp_rule != "none") or (not bank & 0x40 and self.dp_rule == "always")):
            return 1
        mirrored = (bank == 0x7E and word < 0x2000 and self.address_rule != "default") or (
            not bank & 0x40 and word < 0x8000 and self.address_rule == "mirrors"
        )
        if mirrored and not here & 0x40:
            return 2
        return 2 if bank == (self.bank if self.bank >= 0 else address >> 16) else 3

    def operand_width(self, text: str, immediate: bool = False) -> int:
        digits, labels, relative, bank = width(text)
        if relative:
            self.unsure = True
            name = self.labels.relative_name(text)
            return self.label_width(self.labels.find(name, True, text)) if self.number else 2
        for name in labels:
            digits = max(digits, self.label_width(self.label(name, False)))
        return 1 if immediate and bank else digits

    def instruct(self, operation: Operation) -> None:
        name, explicit, mode, text = operation
        if explicit == 0:
            raise Problem(Kind.SYNTAX, f"{name} takes .b, .w or .l", name)
        if mode is Mode.ACCUMULATOR and (explicit is not None or name not in ACCUMULATOR):
            if not self.label(text, False).known:
                raise self.illegal(operation)
            mode = Mode.DIRECT
        if mode is Mode.ACCUMULATOR:
            self.emit(name, mode, bytes((ACCUMULATOR[name],)))
        elif mode is Mode.IMPLIED and explicit is None and name in IMPLIED:
            self.emit(name, mode, bytes((IMPLIED[name],)))
        elif mode is Mode.IMPLIED and explicit is None and name in SIGNATURES:
            self.emit(name, mode, bytes((SIGNATURES[name], 0)))
        elif mode is Mode.MOVE and explicit is None:
            banks: list[int] = []
            for bank in split_arguments(text):  # pc() moves on within this one instruction
                self.out.shift(len(banks) + 1)
                banks.append(self.number_of(bank, 1))
                self.out.shift(-len(banks))
            self.emit(name, mode, bytes((MOVES[name], *banks)))
        elif mode is Mode.DIRECT and (name in BRANCHES or name in LONG_BRANCHES):
            self.branch(name, explicit, text)
        elif mode is Mode.IMMEDIATE and name in REPEATED:
            self.repeat_instruction(name, explicit, text)
        elif name in FORMS.get(mode, {}):
            size = self.form_of(operation._replace(mode=mode))
            value = self.number_of(text, size)
            self.emit(name, mode, bytes((FORMS[mode][name][size],)) + value.to_bytes(size, "little"))
        else:
            raise self.illegal(operation)

    def form_of(self, operation: Operation) -> int:
        """The bytes of the operand in the form that asar picks."""
        name, explicit, mode, text = operation
        forms = FORMS[mode][name]
        size = explicit or self.operand_size(name, mode, text)
        if mode is Mode.IMMEDIATE and len(forms) == 2:
            return 1 if size == 1 else 2
        if mode is Mode.Y and size == 1 and name in _LONG_INDEXED:
            size = 2
        chosen = choose_width(forms, explicit, size)
        if chosen is not None and (name not in MOVES or size == 2):
            return chosen
        if explicit is not None:
            raise self.illegal(operation)
        widths = " or ".join(f"{8 * form}" for form in forms)
        raise Problem(Kind.VALUE_TOO_WIDE, f"{name} {mode} takes {widths} bits and {text[:40]} has {8 * size}", text)

    def operand_size(self, name: str, mode: Mode, text: str) -> int:
        if mode is Mode.DIRECT and name in ("JSR", "JMP"):
            bank, self.bank = self.bank, -1
            try:
                return self.operand_width(text)
            finally:
                self.bank = bank
        return self.operand_width(text, immediate=mode is Mode.IMMEDIATE)

    def repeat_instruction(self, name: str, explicit: int | None, text: str) -> None:
        """`INX #3` is three times INX."""
        if explicit is None:
            self.operand_width(text)
        result = self.evaluate(text)
        if result.labelled:
            raise Problem(Kind.SYNTAX, "a repeat count cannot be a label", text)
        count = result.integer & 0xFFFFFFFF
        if count > self.limits.output - self.out.total:
            raise FatalProblem(Kind.LIMIT, f"more than {self.limits.output} bytes of output", text)
        for _ in range(count):
            self.emit(name, Mode.IMPLIED, bytes((REPEATED[name],)))

    def number_of(self, text: str, size: int) -> int:
        """The low `size` bytes of an expression in the last pass, else 0. What asar silently cuts off is warned of."""
        if self.number < 2:
            return 0
        result = self.evaluate(text)
        value, bits = result.integer, 8 * size
        if not result.labelled and not -(1 << (bits - 1)) <= value < 1 << bits:
            problem = Problem(Kind.VALUE_TOO_WIDE, f"{text[:40]} is cut to {bits} bits", text)
            self.report(problem, Severity.WARNING)
        return value & ((1 << bits) - 1)

    def branch(self, name: str, explicit: int | None, text: str) -> None:
        if explicit is None:
            self.operand_width(text)
        size = 1 if name in BRANCHES else 2
        distance = 0
        if self.number == 2:
            result = self.evaluate(text)
            distance = result.int32
            if result.labelled:
                distance -= (self.out.address & 0xFFFFFF) + size + 1
                reach = 1 << (8 * size - 1)
                if not -reach <= distance < reach:
                    raise Problem(Kind.BRANCH_RANGE, f"{name} to {text[:40]} is {distance} bytes away", text)
        code = BRANCHES[name] if size == 1 else LONG_BRANCHES[name]
        self.emit(name, Mode.DIRECT, bytes((code,)) + (distance & ((1 << 8 * size) - 1)).to_bytes(size, "little"))

    def emit(self, name: str, mode: Mode, code: bytes) -> None:
        if self.number == 2:
            self.out.ensure_org()
            line, column = self.locate("")
            self.listing.append(Instruction(self.out.address & 0xFFFFFF, code, name, mode, line, column))
        self.out.put(code)

    def illegal(self, operation: Operation) -> Problem:
        written = {1: ".b", 2: ".w", 3: ".l", 4: ".d"}.get(operation.width or 0, "")
        mode = operation.mode or "no operand"
        return Problem(Kind.ADDRESSING_MODE, f"{operation.mnemonic}{written} does not take {mode}", operation.text)

    # Text that directives print

    def printed(self, text: str) -> str:
        """What `print`, `error`, `warn` and `assert` say."""
        facts = {"bytes": self.out.counted, "freespaceuse": 0, "pc": f"{self.out.address & 0xFFFFFF:06X}"}
        said = ""
        for part in split_arguments(text):
            name, _, rest = part.lower().partition("(")
            if part.startswith('"'):
                said += dequote(part)
            elif part.lower() in facts:
                said += str(facts[part.lower()])
            elif name in ("bin", "dec", "hex", "double") and rest.endswith(")"):
                number, *digits = split_arguments(part[len(name) + 1 : -1])
                width = min(max(self.evaluate(digits[0]).integer, 0), 64) if digits else 0
                result = self.evaluate(number)
                form = {"bin": "b", "dec": "d", "hex": "X"}.get(name)
                plain = expressions.format_number(result.value, width or 5)
                said += f"{result.integer:0{width}{form}}" if form else plain
            else:
                raise Problem(Kind.SYNTAX, f"cannot print {part[:40]}", part)
        return said
