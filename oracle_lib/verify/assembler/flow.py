"""Reading a source the way asar does: defines, macros' parameters, conditionals and loops. What a line that counts
means is left to others."""

import re
from operator import eq, ge, gt, le, lt, ne

from oracle_lib.verify.assembler.expressions import evaluate, fixed
from oracle_lib.verify.assembler.model import Kind, StatementFault, syntax
from oracle_lib.verify.assembler.opcodes import read_statement
from oracle_lib.verify.assembler.state import Block, Macro, MacroCall, PassState, Turn
from oracle_lib.verify.assembler.text import NAME, clean, dequote, masked, split, words
from oracle_lib.verify.assembler.values import format_number, whole

_SPECIAL = re.compile(r"\\([\\!])|!")
_DEFINE = re.compile(r"[A-Za-z0-9_]*")
_ASSIGNMENT = re.compile(r' (=|\+=|:=|#=|\?=) (?:"((?:[^"]|"")*)"|([^ ]*))(?= : |\Z)')
_MACRO = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\((.*)\)\Z", re.DOTALL)
_PARAMETER = re.compile(r"<<(?!:)|<([^<> :][^<>:]*)>")
_COMPARISONS = {">": gt, "<": lt, ">=": ge, "<=": le, "=": eq, "==": eq, "!=": ne}
_JOINTS = {"&&": re.compile(" && "), "||": re.compile(r" \|\| ")}
_SPAN = re.compile(r"\.\.|[()]")
_KEEP_ON = frozenset(("elseif", "else", "endif", "endwhile"))
"""What counts on a line whose condition has failed."""
BUILT_IN = {"assembler": "asar", "assembler_ver": "10901"}

# Defines and macros


def filled(state: PassState, text: str) -> str:
    """The text with arguments and defines in their places."""
    if state.call is not None and "<" in text:
        text = clean(_replace_parameters(state, text, state.call))
    return _resolve(state, text) if "!" in text or "\\" in text else text


def _resolve(state: PassState, text: str) -> str:
    """Replace `!defines`, run the assignments among the statements, and undo `\\!` and `\\\\`."""
    state.nest(1)
    out: list[str] = []
    at = 0
    while match := _SPECIAL.search(text, at):
        out.append(text[at : match.start()])
        at = match.end()
        if match[1]:
            out.append(match[1])
            continue
        leads = match.start() == 0 or text.endswith(" : ", 0, match.start())
        name, at = _define_name(state, text, at)
        if leads and (assignment := _ASSIGNMENT.match(text, at)):
            at = assignment.end()
            _assign(state, name, *assignment.groups())
        else:
            out.append(_resolve(state, _defined(state, name)) if name else "!")
    state.nest(-1)
    result = "".join([*out, text[at:]])
    state.allowance.spend(len(result))
    return result


def _define_name(state: PassState, text: str, at: int) -> tuple[str, int]:
    """The name of the define at `at` (past the `!`) and where it ends; `!{a!{b}}` builds names from defines."""
    if text[at : at + 1] != "{":
        match = _DEFINE.match(text, at)
        return (match[0], match.end()) if match else ("", at)
    braces = 0
    for end in range(at, len(text)):
        braces += {"{": 1, "}": -1}.get(text[end], 0)
        if braces == 0:
            name = _resolve(state, text[at + 1 : end])
            if name and _DEFINE.fullmatch(name):
                return name, end + 1
            break
    raise syntax("broken name of a define", "!{")


def _defined(state: PassState, name: str) -> str:
    if name not in state.defines:
        raise StatementFault(Kind.UNDEFINED_SYMBOL, f"the define !{name[:60]} is not set", "!" + name)
    return state.defines[name]


def _assign(state: PassState, name: str, how: str, quoted: str | None, plain: str | None) -> None:
    if name in BUILT_IN:
        raise StatementFault(Kind.REDEFINED_SYMBOL, f"!{name} is built in", "!" + name)
    value = plain or clean((quoted or "").replace('""', '"'))
    match how:
        case "+=":
            value = _defined(state, name) + value
        case ":=":
            value = _resolve(state, value)
        case "#=":
            value = format_number(fixed(state, _resolve(state, value)).value)
        case "?=" if name in state.defines:
            return
    state.allowance.spend(len(value))
    state.defines[name] = value


def read_heading(text: str) -> re.Match[str] | None:
    """The name of a macro and what stands in its parentheses, where it is defined and where it is called."""
    return _MACRO.match("".join(words(text)))


def define_macro(state: PassState, index: int) -> int:
    """Define the macro that the line at `index` begins; gives the number of its other lines."""
    lines = state.source.lines
    end = next((end for end in range(index, len(lines)) if lines[end][:9].lower() == "endmacro"), 0)
    if not end:
        state.report(syntax("a macro is not closed", "macro"))
        return len(lines)
    heading, body = lines[index][6:], lines[index + 1 : end]
    match = read_heading(heading)
    parameters = match[2].split(",") if match and match[2] else []
    if variadic := parameters[-1:] == ["..."]:
        parameters.pop()
    if not match or not all(map(NAME.fullmatch, parameters)) or len(set(parameters)) < len(parameters):
        state.report(syntax(f"broken macro declaration '{heading[:40]}'", heading))
    elif any(line[:6].lower() == "macro " for line in body):
        state.report(syntax("a macro inside a macro definition", "macro"))
    elif match[1] in state.macros:
        state.report(StatementFault(Kind.REDEFINED_SYMBOL, f"the macro {match[1]} is defined twice", match[1]))
    else:
        state.macros[match[1]] = Macro(parameters, variadic, body, index + 1, state.source)
    return end - index


def _replace_parameters(state: PassState, line: str, call: MacroCall) -> str:
    """Put a macro call's arguments in place of `<parameter>`, `<...[index]>` and `<...>`, which is the first."""

    def argument(match: re.Match[str]) -> str:
        if not match[1]:
            return match[0]
        name = _resolve(state, match[1])
        indexed = name.startswith("...[") and name.endswith("]")
        if name in call.named:
            text = call.named[name]
        elif name == "..." and call.others:
            text = call.others[0]
        elif call.others is None or (not indexed and not _is_index(state, name)):
            raise StatementFault(Kind.UNDEFINED_SYMBOL, f"the macro has no parameter <{name[:40]}>", name)
        else:
            text = _other(state, name[4:-1] if indexed else name, call.others)
        state.allowance.spend(len(text))
        return dequote(text)

    return _PARAMETER.sub(argument, line)


def _is_index(state: PassState, name: str) -> bool:
    """Whether `<name>` counts the arguments behind the named ones: by an expression, or by a label that is set."""
    return name != "..." and (not NAME.fullmatch(name) or not state.labels.find(name, required=False).forward)


def _other(state: PassState, expression: str, others: list[str]) -> str:
    """One of the arguments that `...` stands for; nothing where an `elseif` asks, whose lines do not count so far."""
    result = evaluate(state, expression)
    if result.forward:
        raise StatementFault(Kind.UNDEFINED_SYMBOL, f"{expression[:40]} is used before it is set", expression)
    if not state.active:
        return ""
    if not 0 <= result.integer < len(others):
        message = f"there is no argument <...[{result.integer}]>, but {len(others)} of them"
        raise StatementFault(Kind.UNDEFINED_SYMBOL, message, expression)
    return others[result.integer]


# Conditionals and loops


def steer(state: PassState, key: str, parts: tuple[str, ...], text: str) -> bool:
    """Run a statement of the conditionals, which count even where they are skipped, if this is one. A condition
    that fails at once skips the rest of its line, even behind the `endif`, until an `else`."""
    block = state.blocks[-1] if state.blocks else None
    more = state.position + 1 < len(state.statements)
    if state.skips and key not in _KEEP_ON:
        return True
    match key:
        case "for":
            _begin_turn(state, parts)
        case "if" | "while":
            block = Block(state.line, key == "while", inline=more, live=state.active)
            state.blocks.append(block)
            block.running = block.taken = block.live and condition(state, parts)
            state.skips |= more and block.live and not block.running
        case "elseif" | "else":
            if block is None or block.loops or (key == "else") != (len(parts) == 1):
                raise syntax(f"{key} without if", key)
            if block.live:
                if key == "elseif" and not block.running:  # skipped lines are read with their defines unresolved
                    parts = read_statement(filled(state, text)).words
                block.running = (key == "else" or condition(state, parts)) and not block.taken
                block.taken |= block.running
                state.skips &= key != "else" and not (block.running and more)
        case "endif" | "endwhile" | "endfor":
            if block is None or len(parts) != 1:
                raise syntax(f"{key} without if, while or for", key)
            state.blocks.pop()
            if block.turn:
                _end_turn(state, block.turn, block.line, more)
            elif block.loops and block.running and block.line != state.line:
                state.back_to = block.line
        case _:
            return False
    return True


def _begin_turn(state: PassState, parts: tuple[str, ...]) -> None:
    """Begin or go on with `for i = first..end`, which sets the define for the lines up to its `endfor`."""
    block = Block(state.line, loops=True, inline=False, live=state.active)
    if block.live and state.position:
        raise syntax("for stands at the beginning of its line", "for")
    state.blocks.append(block)
    if not block.live:
        return
    turn, state.turn = state.turn, None
    if turn is None:
        match parts:
            case (_, name, "=", span) if name and _DEFINE.fullmatch(name) and (dots := _find_dots(span)):
                first, end = (whole(fixed(state, text).value, 32) for text in (span[:dots], span[dots + 2 :]))
                turn = Turn(name, None, first, end)
            case _:
                raise syntax("a loop is written `for i = 0..4`", "for")
    if turn.number < turn.end:
        block.running = block.taken = True
        block.turn = turn._replace(outside=state.defines.get(turn.define))
        state.defines[turn.define] = str(turn.number)


def _find_dots(span: str) -> int:
    """Where the `..` of a loop's span stands, outside the parentheses of a `sizeof(...)`, or 0."""
    depth = 0
    for found in _SPAN.finditer(masked(span)):
        if found[0] == ".." and depth == 0:
            return found.start()
        depth += {"(": 1, ")": -1}.get(found[0], 0)
    return 0


def _end_turn(state: PassState, turn: Turn, line: int, more: bool) -> None:
    if turn.outside is None:
        state.defines.pop(turn.define, None)
    else:
        state.defines[turn.define] = turn.outside
    if more:
        raise syntax("endfor stands at the end of its line", "endfor")
    state.turn, state.back_to = turn._replace(number=turn.number + 1), line


def condition(state: PassState, parts: tuple[str, ...]) -> bool:
    """A chain of comparisons joined by `&&` alone or by `||` alone, evaluated as far as needed."""
    value = evaluate if parts[0] == "assert" else fixed
    joint = "||" if "||" in parts else "&&"
    if any(word.endswith("]") for word in parts[1:-1]):
        raise syntax(f"an indexed struct in a condition after {parts[0]} needs a field", "]")
    for comparison in split(" ".join(parts[1:]), _JOINTS[joint]):
        match words(comparison):
            case (text,) if text:
                holds = (value(state, text.removeprefix("!")).value > 0) != text.startswith("!")
            case (left, sign, right) if sign in _COMPARISONS:
                holds = _COMPARISONS[sign](value(state, left).value, value(state, right).value)
            case _:
                raise syntax(f"broken condition after {parts[0]}", parts[0])
        if holds != (joint == "&&"):
            return holds
    return joint == "&&"
