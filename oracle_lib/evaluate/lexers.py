"""Cuts code and prose into the tokens that BLEU counts and exact match compares. Any text has tokens, valid or not."""

import re
from typing import Literal

Language = Literal["asm", "cpp", "text"]

_ASM_COMMENT = re.compile(r'("[^"\n]*"?)|;[^\n]*')
_ASM_TOKEN = re.compile(r'"[^"\n]*"?|\$[0-9A-Fa-f]+|\d+|\.?[A-Za-z_]\w*|<<|>>|[<>=!]=|\S')
_ASM_FOLDED = re.compile(r"\$.*|\.[bwl]|[axys]", re.IGNORECASE)
_ASM_OPERATION = re.compile(r"[a-z]{2,3}", re.IGNORECASE)

_CPP_STRING = r'"(?:\\.|[^"\\\n])*"?|\'(?:\\.|[^\'\\\n])*\'?'
_CPP_COMMENT = re.compile(rf"({_CPP_STRING})|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_CPP_TOKEN = re.compile(
    rf"{_CPP_STRING}|[A-Za-z_]\w*|\.?\d(?:[eEpP][+-]|[\w.'])*"
    r"|<<=|>>=|<=>|->\*|\.\.\.|::|->|\+\+|--|&&|\|\||<<|>>|[-+*/%&|^=!<>]=|\S"
)
_WORD = re.compile(r"\w+|[^\w\s]")


def statements(code: str) -> list[list[str]]:
    """The statements of an assembly listing as tokens, without comments and without differences of spelling.

    A label is a statement of its own, even where its line goes on. Mnemonics, data directives, address sizes, registers
    and hexadecimal digits become upper case; names keep theirs, for asar distinguishes it.
    """
    found: list[list[str]] = []
    for line in _ASM_COMMENT.sub(lambda match: match[1] or "", code).splitlines():
        for part in re.split(r"\s:\s|(?<=\w:)\s*", line):
            tokens = [token.upper() if _ASM_FOLDED.fullmatch(token) else token for token in _ASM_TOKEN.findall(part)]
            if tokens and tokens[1:] != [":"] and _ASM_OPERATION.fullmatch(tokens[0]):
                tokens[0] = tokens[0].upper()
            if tokens:
                found.append(tokens)
    return found


def tokens(text: str, language: Language) -> list[str]:
    """The tokens of `text` without comments: of assembly as in `statements`, of prose its words and marks."""
    if language == "asm":
        return [token for statement in statements(text) for token in statement]
    if language == "cpp":
        return _CPP_TOKEN.findall(_CPP_COMMENT.sub(lambda match: match[1] or " ", text))
    return _WORD.findall(text)
