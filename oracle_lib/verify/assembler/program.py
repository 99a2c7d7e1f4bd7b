"""Assembling a program: passes over its source, instructions to bytes, and asar's rules for the width of operands."""

from oracle_lib.verify.assembler import directives, expressions, opcodes
from oracle_lib.verify.assembler.expressions import Function, Result, width
from oracle_lib.verify.assembler.flow import Flow
from oracle_lib.verify.assembler.model import Assembly, Fault, Instruction, Kind, Mode, Problem, Severity, syntax
from oracle_lib.verify.assembler.opcodes import FORMS, Operation, Statement
from oracle_lib.verify.assembler.output import Output, Place
from oracle_lib.verify.assembler.text import split_arguments


class Program(Flow):
    """One assembly in the dialect of asar 1.91."""

    def run(self) -> Assembly:
        """The first pass meets the labels, the second knows their banks and so all sizes, the third their addresses.

        The third has nothing to add where no label moved in the second; what the second found is void where one did.
        """
        try:
            self.read_source()
            self.run_pass(0)
            met, failed = dict(self.diagnostics), self.failed
            self.run_pass(1)
            if self.labels.moved:
                self.diagnostics, self.failed = met, failed
                self.run_pass(2)
        except Fault as problem:
            self.report(problem)
        except RecursionError:
            self.report(Fault(Kind.LIMIT, "the source is nested too deep"))
        found = sorted(self.diagnostics, key=lambda diagnostic: (diagnostic.line, diagnostic.column))
        labels = {name: value & 0xFFFFFF for name, value in self.labels.values.items() if ":" not in name}
        if self.failed:
            return Assembly(False, labels=labels, diagnostics=tuple(found))
        blocks = tuple((address, bytes(data)) for address, data in self.out.blocks)
        code = b"".join(data for _, data in blocks)
        return Assembly(True, code, blocks, labels, tuple(found), tuple(self.listing))

    def run_pass(self, number: int) -> None:
        self.start_pass(number)
        self.out = Output(self.origin, number > 0, self.limits.output)
        self.math = {"pri": False, "round": True}
        self.characters: dict[int, int] = {}
        self.functions: dict[str, Function] = {}
        self.patterns = {"fill": bytes(12), "pad": bytes(12)}
        self.places: list[Place] = []
        self.tables: list[dict[int, int]] = []
        self.listing: list[Instruction] = []
        self.run_lines(self.prepared, 0)
        opened = {"an if or while": self.blocks, "a pushpc": self.places, "a struct": self.labels.structure}
        for what, still_open in opened.items():
            if still_open:
                self.report(syntax(f"{what} is not closed", ""))

    # What expressions ask

    def size_of(self, structure: str) -> int:
        if structure == "..." and self.arguments and structure in self.arguments:
            return int(self.arguments[structure])
        if structure not in self.labels.sizes and self.number:
            raise Problem(Kind.UNDEFINED_SYMBOL, f"there is no struct {structure[:60]}", structure)
        return self.labels.sizes.get(structure, 0)

    def evaluate(self, text: str) -> Result:
        return expressions.evaluate(text, self)

    # Statements

    def execute(self, statement: Statement) -> None:
        if self.skips or not self.active:
            self.steer(statement.words[0].lower(), statement.words, statement.text)
            return
        for word in statement.labels:
            self.out.ensure_org()
            self.labels.define(word, self.out.address)
        if statement.operation:
            self.instruct(statement.operation)
        elif statement.rest and statement.rest[0]:
            self.direct(statement.rest[0].lower(), statement.rest, statement.text)
        self.out.check_bank()

    def direct(self, key: str, parts: tuple[str, ...], text: str) -> None:
        """Run a statement that is no instruction."""
        if self.steer(key, parts, text):
            return
        if key[0] == "%":
            self.call_macro(text[text.index("%") + 1 :])
        elif len(parts) == 3 and parts[1] == "=":
            self.assign_value(parts[0], parts[2])
        elif len(parts) > 2 and key.partition(".")[0].upper() in opcodes.MNEMONICS:
            raise syntax(f"the operand of {parts[0]} has a space in it", parts[1])
        else:
            directives.direct(self, parts[0], parts[1:])

    def assign_value(self, name: str, expression: str) -> None:
        value = self.fixed(expression).integer
        if len(name) == 3 and name[0] == name[2] == "'" and ord(name[1]) < 256:
            self.characters[ord(name[1])] = value & 0xFFFFFFFF
        else:
            self.labels.assign(name, value)

    # Instructions

    def operand_width(self, text: str, mode: Mode) -> int:
        """An address has two bytes where the label's bank is the one in use, else three."""
        digits, labels, bank = width(text)
        for name in labels:
            symbol = self.labels.find(name, required=False)
            digits = max(digits, 2 if symbol.forward or int(symbol.value) >> 16 == self.out.address >> 16 else 3)
        return 1 if bank and mode is Mode.IMMEDIATE else digits

    def instruct(self, operation: Operation) -> None:
        name, explicit, mode, text = operation
        if explicit == 0:
            raise syntax(f"{name} takes .b, .w or .l", name)
        if explicit is None and mode in (Mode.IMPLIED, Mode.ACCUMULATOR) and name in opcodes.ALONE:
            self.emit(name, mode, opcodes.ALONE[name])
        elif explicit is None and mode is Mode.MOVE:
            banks = [self.number_of(bank, 1) for bank in split_arguments(text)]
            self.emit(name, mode, bytes((opcodes.MOVES[name], *banks)))
        elif mode is Mode.DIRECT and (name in opcodes.BRANCHES or name in opcodes.LONG_BRANCHES):
            self.branch(name, text)
        elif mode is Mode.IMMEDIATE and name in opcodes.REPEATED:
            count = self.repeat_count(text) & 0xFFFFFFFF
            self.out.reserve(count, text)
            for _ in range(count):
                self.emit(name, Mode.IMPLIED, opcodes.ALONE[name])
        else:
            size = self.size_of_operand(operation)
            value = self.number_of(text, size)
            self.emit(name, mode, bytes((FORMS[mode][name][size],)) + value.to_bytes(size, "little"))

    def size_of_operand(self, operation: Operation) -> int:
        """The bytes of the operand in the form that asar picks."""
        name, explicit, mode, text = operation
        forms = FORMS.get(mode, {}).get(name, {})
        size = explicit or (self.operand_width(text, mode) if forms else 0)
        if mode is Mode.IMMEDIATE and len(forms) == 2:
            return 1 if size == 1 else 2
        if mode is Mode.Y and size == 1 and name in FORMS[Mode.STACK]:
            size = 2
        # A narrow operand may grow into a wider form unless a suffix forbids; a move's needs two bytes as written.
        fitting = [form for form in forms if form == size or (form > max(1, size) and not explicit)]
        if fitting and (name not in opcodes.MOVES or size == 2):
            return fitting[0]
        if explicit or not forms:
            suffix = {1: ".b", 2: ".w", 3: ".l", 4: ".d"}.get(explicit or 0, "")
            raise Problem(Kind.ADDRESSING_MODE, f"{name}{suffix} does not take {mode or 'no operand'}", text)
        widths = " or ".join(f"{8 * form}" for form in forms)
        raise Problem(Kind.VALUE_TOO_WIDE, f"{name} {mode} takes {widths} bits and {text[:40]} has {8 * size}", text)

    def repeat_count(self, text: str) -> int:
        """The number in `INX #3`, which is three times INX, and in `rep 3`."""
        result = self.evaluate(text)
        if result.labelled:
            raise syntax("a repeat count cannot be a label", text)
        return result.integer

    def number_of(self, text: str, size: int) -> int:
        """The low `size` bytes of an expression, 0 in the first pass. What asar silently cuts off is warned of."""
        if self.number == 0:
            return 0
        result = self.evaluate(text)
        value, bits = result.integer, 8 * size
        if not result.labelled and not -(1 << (bits - 1)) <= value < 1 << bits:
            problem = Problem(Kind.VALUE_TOO_WIDE, f"{text[:40]} is cut to {bits} bits", text)
            self.report(problem, Severity.WARNING)
        return value & ((1 << bits) - 1)

    def branch(self, name: str, text: str) -> None:
        code, size = (opcodes.BRANCHES[name], 1) if name in opcodes.BRANCHES else (opcodes.LONG_BRANCHES[name], 2)
        result = self.evaluate(text) if self.number else Result(0)
        distance = result.integer
        if result.labelled:
            distance -= (self.out.address & 0xFFFFFF) + size + 1
        operand = distance & ((1 << 8 * size) - 1)
        self.emit(name, Mode.DIRECT, bytes((code,)) + operand.to_bytes(size, "little"))
        if result.labelled and not -(1 << (8 * size - 1)) <= distance < 1 << (8 * size - 1):
            raise Problem(Kind.BRANCH_RANGE, f"{name} to {text[:40]} is {distance} bytes away", text)

    def emit(self, name: str, mode: Mode, code: bytes) -> None:
        if self.number:
            self.out.ensure_org()
            line, column = self.locate("")
            self.listing.append(Instruction(self.out.address & 0xFFFFFF, code, name, mode, line, column))
        self.out.put(code)
