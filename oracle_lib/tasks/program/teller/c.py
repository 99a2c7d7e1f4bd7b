"""A program as C that computes the same, to be translated. What lies where stands in the declarations' comments."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import bus
from oracle_lib.tasks.program.teller.infix import AND, ATOM, OR, PRODUCT, SUM, SYMBOLS, Infix
from oracle_lib.tasks.program.teller.words import CALLEE, NO_INDEX, direct, registers

TYPES = {8: "uint8_t", 16: "uint16_t", 24: "uint24_t"}
HELPERS = {
    "min": "#define min(x, y) ((x) < (y) ? (x) : (y))",
    "max": "#define max(x, y) ((x) > (y) ? (x) : (y))",
}


def source_c(program: p.Program, hexadecimal: bool = True) -> str:
    """The program as C: declarations with addresses, what it calls, and `void routine(void)`. `int` has 32 bits."""
    return C(hexadecimal).source(program)


class C(Infix):
    """C. With `macros`, variables and arrays without gaps are pointers to their addresses, as on the console."""

    conjunction, disjunction = "&&", "||"

    def __init__(self, hexadecimal: bool = True, macros: bool = False) -> None:
        super().__init__()
        self.hexadecimal, self.macros = hexadecimal, macros
        self._names: dict[str, int] = {}

    # ------------------------------------------------------------------------------------------------------------ text

    def source(self, program: p.Program) -> str:
        called = [line for call in program.nodes if isinstance(call, p.Call) for line in self._called(call)]
        routine = ["void routine(void) {", *self.block(program.body, 1), "}"]
        text = "\n".join([*called, *routine])
        helpers = [line for name, line in HELPERS.items() if f"{name}(" in text]
        return "\n".join([*helpers, *self.declarations(program), "", text])

    def declarations(self, program: p.Program) -> list[str]:
        """What lies where."""
        lines: list[str] = []
        for node in dict.fromkeys(program.nodes):
            match node:
                case p.Variable(name, width=width, own=True):
                    lines.append(f"{TYPES[width]} {name}; // a working value")
                case p.Variable(name, _, address, width, below=below):
                    limit = f", below {self.number(below, width)} on entry" if below is not None else ""
                    cell = f"#define {name} (*({TYPES[width]} *)0x{bus(address):06X})"
                    lines.append(f"{cell if self.macros else f'{TYPES[width]} {name};'} // {address}{limit}")
                case p.Array(name, _, address, length, width):
                    apart = f", one every {node.step} bytes" if node.stride else ""
                    if self.macros and not apart:
                        cells = f"#define {name} (({TYPES[width]} *)0x{bus(address):06X})"
                        lines.append(f"{cells} // {address}, {length} elements")
                    else:
                        lines.append(f"{TYPES[width]} {name}[{length}]; // {address}{apart}")
                case p.Table(name, _, values, width):
                    shown = ", ".join(self.number(value, width) for value in values)
                    lines.append(f"const {TYPES[width]} {name}[{len(values)}] = {{{shown}}};")
                case p.Text(name, _, address, most, end):
                    lines.append(f"uint8_t {name}[{most + 1}]; // {address}, a text that ends with {self.mask(end, 8)}")
                case p.Pointer(name, width=width):
                    lines.append(f"uint8_t *{name}; // {direct(node)}, {width} bits")
                case p.Register(name, width, below) if node in registers(program):
                    limit = f", below {self.number(below, width)} on entry" if below is not None else ""
                    lines.append(f"{TYPES[width]} {name}; // the register {name.upper()}{limit}")
                case p.Report():
                    lines.append("bool carry; // the carry flag on return")
        return list(dict.fromkeys(lines))

    def _called(self, call: p.Call) -> list[str]:
        place = f"// the game's, at {call.address}, ends with {call.returns.upper()}; {CALLEE}"
        return [f"void {call.name}(void) {{ {place}", *self.block(call.body, 1), "}", ""]

    def _name(self, wish: str) -> str:
        """A name for a local variable that no other has."""
        self._names[wish] = self._names.get(wish, 0) + 1
        return wish if self._names[wish] == 1 else f"{wish}{self._names[wish]}"

    # ------------------------------------------------------------------------------------------------------ statements

    def block(self, statements: Iterable[p.Statement], depth: int) -> list[str]:
        return ["    " * depth + line for statement in statements for line in self.statement(statement)]

    def statement(self, s: p.Statement) -> list[str]:
        match s:
            case p.Set(place, value):
                return self._assigned(place, value)
            case p.Swap(left, right):
                held = self._name("held")
                first, second = self.place(left), self.place(right)
                return [f"{TYPES[left.width]} {held} = {first};", f"{first} = {second};", f"{second} = {held};"]
            case p.If(condition, then, otherwise):
                before, text = self._tested(condition)
                return [*before, *self._if(f"if ({text}) {{", then, otherwise)]
            case p.Switch():
                return self._switch(s)
            case p.Each(over, body):
                return self._loop(over if isinstance(over, p.Text) else over[0], lambda: self.block(body, 1))
            case p.Repeat(times, body):
                turn = self._name("turn")
                head = f"for (uint8_t {turn} = {self.exact(times)}; {turn} > 0; {turn}--) {{"
                return [head, *self._turns(body), "}"]
            case p.While(condition, body):
                return [f"while ({self.condition(condition)}) {{", *self._turns(body), "}"]
            case p.Stop():
                return ["break;" if self.loops else "return;"]
            case p.Fill(array, value):
                new = self._stored(value, array.width)
                return self._loop(array, lambda: [f"    {self.place(p.Here(array))} = {new};"])
            case p.Copy(source, target, backwards):
                return self._loop(target, lambda: self._copied(source, target, backwards))
            case p.Reverse(array):
                name, last, kind = array.name, array.length - 1, TYPES[array.width]
                swapped = [
                    f"{kind} held = {name}[i];",
                    f"{name}[i] = {name}[{last} - i];",
                    f"{name}[{last} - i] = held;",
                ]
                head = f"for (uint8_t i = 0; i < {array.length // 2}; i++) {{"
                return [head, *(f"    {line}" for line in swapped), "}"]
            case p.Shove(array, up, value):
                new, name, last = self._name("fresh"), array.name, array.length - 1
                head = f"for (uint8_t i = {last}; i > 0; i--)" if up else f"for (uint8_t i = 0; i < {last}; i++)"
                moved = f"    {name}[i] = {name}[i {'-' if up else '+'} 1];"
                first = f"{TYPES[array.width]} {new} = {self._stored(value, array.width)};"
                return [first, head, moved, f"{name}[{0 if up else last}] = {new};"]
            case p.Report(condition):
                before, text = self._tested(condition)
                return [*before, f"carry = {text};"]
            case p.Call(name):
                return [f"{name}();"]

    def _if(self, head: str, then: tuple[p.Statement, ...], otherwise: tuple[p.Statement, ...]) -> list[str]:
        lines = [head, *self.block(then, 1)]
        match otherwise:
            case ():
                return [*lines, "}"]
            case (p.If(condition, inner, rest),) if not isinstance(condition, p.Some):
                first, *others = self._if(f"if ({self.condition(condition)}) {{", inner, rest)
                return [*lines, f"}} else {first}", *others]
            case _:
                return [*lines, "} else {", *self.block(otherwise, 1), "}"]

    def _switch(self, s: p.Switch) -> list[str]:
        on = self.exact(s.on, SUM)
        if any(isinstance(node, p.Stop) for node in p.walk(s)):  # a `break` would only leave the switch
            lines: list[str] = []
            for case, body in s.cases:
                lines += [
                    f"{'} else ' * bool(lines)}if ({on} == {self.number(case, s.on.width)}) {{",
                    *self.block(body, 1),
                ]
            return [*lines, *(["} else {", *self.block(s.otherwise, 1)] if s.otherwise else []), "}"]
        lines = [f"switch ({on}) {{"]
        for case, body in s.cases:
            lines += [f"case {self.number(case, s.on.width)}: {{", *self.block(body, 1), "    break;", "}"]
        return [*lines, *(["default: {", *self.block(s.otherwise, 1), "}"] if s.otherwise else []), "}"]

    def _copied(self, source: p.Array | p.Table, target: p.Array, backwards: bool) -> list[str]:
        i = self.loops[-1]
        index = f"{target.length - 1} - {i}" if backwards else i
        return [f"    {target.name}[{i}] = {source.name}[{index}];"]

    def _turns(self, body: tuple[p.Statement, ...]) -> list[str]:
        with self.loop(NO_INDEX):
            return self.block(body, 1)

    def _loop(self, over: p.Array | p.Text, body: Callable[[], list[str]]) -> list[str]:
        """A loop over all elements; `body` gives its indented lines."""
        with self.loop() as i:
            lines = body()
        until = f"{i} < {over.length}" if isinstance(over, p.Array) else f"{over.name}[{i}] != {self.mask(over.end, 8)}"
        return [f"for (uint8_t {i} = 0; {until}; {i}++) {{", *lines, "}"]

    def _where(self, where: p.Condition | None, *lines: str) -> list[str]:
        """The lines of a loop's body, done where the condition holds."""
        if where is None:
            return [f"    {line}" for line in lines]
        return [f"    if ({self.condition(where)}) {{", *(f"        {line}" for line in lines), "    }"]

    def _tested(self, c: p.Condition) -> tuple[list[str], str]:
        """What must run before a condition is tested, and the test."""
        if not isinstance(c, p.Some):
            return [], self.condition(c)
        name = self._name("all" if c.all else "any")
        kept = self._loop(c.over, lambda: self._failing(c, name) if c.all else self._where(c.where, f"{name} = true;"))
        return [f"bool {name} = {'true' if c.all else 'false'};", *kept], name

    def _failing(self, c: p.Some, name: str) -> list[str]:
        return [f"    if (!({self.condition(c.where)})) {{", f"        {name} = false;", "    }"]

    def _assigned(self, place: p.Place, value: p.Expression) -> list[str]:
        target = self.place(place)
        match value:
            case p.Fold() | p.Count() | p.Extreme() | p.Position():
                return self._gathered(target, value)
            case p.Binary("add" | "subtract" as operation, p.Read(same), p.Number(1)) if same == place:
                return [f"{target}{SYMBOLS[operation] * 2};"]
            case p.Binary("add" | "subtract" as operation, p.Read(same), right) if same == place:
                return [f"{target} {SYMBOLS[operation]}= {self.loose(right)};"]
            case p.Binary("and" | "or" | "xor" as operation, p.Read(same), right) if same == place:
                shown = self.mask(right.value, right.width) if isinstance(right, p.Number) else self.exact(right)
                return [f"{target} {SYMBOLS[operation]}= {shown};"]
            case p.Shifted(p.Read(same), "left" | "right" as direction, count) if same == place:
                return [f"{target} {'<<' if direction == 'left' else '>>'}= {count};"]
        return [f"{target} = {self._stored(value, place.width)};"]

    def _stored(self, value: p.Expression, width: int) -> str:
        return self.loose(value) if value.width >= width else self.exact(value)

    def _gathered(self, target: str, e: p.Gathered) -> list[str]:
        match e:
            case p.Fold(operation, over, term, where):
                total = self._name({"sum": "sum", "xor": "check"}.get(operation, "bits"))
                start = self.mask((1 << e.width) - 1, e.width) if operation == "and" else "0"
                symbol = "+" if operation == "sum" else SYMBOLS[operation]
                step = self._loop(over, lambda: self._where(where, f"{total} {symbol}= {self.exact(term)};"))
                return [f"{TYPES[e.width]} {total} = {start};", *step, f"{target} = {total};"]
            case p.Count(over, where):
                count = self._name("count")
                step = self._loop(over, lambda: self._where(where, f"{count}++;"))
                return [f"uint8_t {count} = 0;", *step, f"{target} = {count};"]
            case p.Extreme(operation, over, index):
                best, cast = self._name("best"), f"(int{over.width}_t)" if over.signed else ""
                relation, name = "<" if operation == "min" else ">", over.name
                head = f"for (uint8_t i = 1; i < {over.length}; i++) {{"
                test = f"    if ({cast}{name}[i] {relation} {cast}{name}[{best}]) {{"
                lines = [f"uint8_t {best} = 0;", head, test, f"        {best} = i;", "    }", "}"]
                return [*lines, f"{target} = {best if index else f'{name}[{best}]'};"]
            case p.Position(over, where, otherwise, last):
                found = self._name("found")
                taken = [f"{found} = i;"] + ["break;"] * (not last)
                step = self._loop(over, lambda: self._where(where, *taken))
                return [f"uint8_t {found} = {self.number(otherwise, 8)};", *step, f"{target} = {found};"]

    # ----------------------------------------------------------------------------------------------------- expressions

    def number(self, value: int, width: int) -> str:
        return f"0x{value:02X}" if self.hexadecimal and value > 9 else str(value)

    def mask(self, value: int, width: int) -> str:
        return f"0x{value:02X}"

    def place(self, place: p.Place) -> str:
        match place:
            case p.Variable(name) | p.Register(name):
                return name
            case p.Item(of, index):
                return f"{of.name}[{self.exact(index)}]"
            case p.Here(of):
                return f"{of.name}[{self.loops[-1]}]"
            case p.Pointed(by, offset, width):
                if width == 8:
                    return f"{by.name}[{self.exact(offset)}]"
                return f"*(uint16_t *)({by.name} + {self.exact(offset, PRODUCT)})"

    def wrapped(self, text: str, width: int) -> tuple[str, int]:
        return (f"({text}) & 0xFFFFFF", OR) if width == 24 else (f"({TYPES[width]})({text})", ATOM)

    def signed(self, text: str, e: p.Expression) -> tuple[str, int]:
        return f"(int{e.width}_t){text if text.isidentifier() else f'({text})'}", ATOM

    def chosen(self, condition: str, then: str, otherwise: str) -> str:
        return f"{condition} ? {then} : {otherwise}"

    def rotated(self, e: p.Shifted) -> tuple[str, int]:
        x = self.exact(e.operand, ATOM)
        return self.wrapped(f"({x} << {e.count}) | ({x} >> {e.width - e.count})", e.width)

    def average(self, left: str, right: str) -> tuple[str, int]:
        return f"({left} + {right}) / 2", PRODUCT

    def swapped(self, e: p.Unary) -> tuple[str, int]:
        return self.rotated(p.Shifted(e.operand, "rotate left", e.width // 2))

    def between(self, operand: p.Expression, low: str, high: str) -> tuple[str, int]:
        x = self.exact(operand, SUM)
        return f"{x} >= {low} && {x} <= {high}", AND

    def gathered(self, e: p.Gathered) -> str:
        raise AssertionError(f"{type(e).__name__} is no expression in C")

    def some(self, c: p.Some) -> tuple[str, int]:
        raise AssertionError("C tests all elements before a condition, not in it")
