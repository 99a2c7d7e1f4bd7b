"""What a piece of C++ defines and uses, as far as its names and brackets tell. Nothing is compiled: code with mistakes
in it is read too.
"""

import re

from oracle_lib.verify.answers.blocks import Block
from oracle_lib.verify.answers.part import Part, leaves_out

_NO_CODE = re.compile(
    r"""//[^\n]*|/\*.*?(?:\*/|\Z)|"(?:\\[^\n]|[^"\\\n])*"?|(?<!\w)'(?:\\[^\n]|[^'\\\n])*'?""", re.DOTALL
)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:\\\n|[^\n])*", re.MULTILINE)
_MARK = re.compile(r"(?<![.>\w])([A-Za-z_]\w*)[ \t\n]*\(|[(){};]")
_BODY = re.compile(r"\s*(?:(?:const|noexcept(?:[ \t]*\([^()]{0,200}\))?|override|final|->[^;{}()]{0,200}?)[ \t\n]*)*\{")
_NAMESPACE = re.compile(r"\s*(?:extern\s*\{|(?:inline\s+)?namespace\b)")
_CONTROL = frozenset(("if", "for", "while", "switch", "catch", "return"))
_NAMED = re.compile(
    r"""
      \b(?:struct|class|union|enum|concept) \s+ (?:(?:class|struct)\s+)? (\w+) \s* [:{]
    | \busing \s+ (\w+) \s* =
    | \btypedef\b [^;]{0,200}? (\w+) \s* ;
    | ^ [ \t]* \# [ \t]* define [ \t]+ (\w+)
    | ^ (?=\S) [^\n;(){}=]{0,200}? \b(\w+) \s* (?:\[[^\]\n]{0,80}\] \s*){0,3} [={]
    """,
    re.MULTILINE | re.VERBOSE,
)
_WORD = re.compile(r"[A-Za-z_]\w*")
_OWN_HEADER = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"[^"\n]*"[^\n]*$', re.MULTILINE)
_PREPROCESSOR = re.compile(r"[ \t]*(?:#[ \t]*(?:include|define|pragma|if|ifdef|ifndef|endif|undef|else)\b|template\b)")
_ENDS_LINE = re.compile(r"(?:;|\)[ \t\n]*\{)[ \t]*$|^[ \t]*#[ \t]*(?:include|define)\b", re.MULTILINE)
_HEADING = re.compile(r"[\w:<>,&*\[\] \t]{1,300}\([^()]{0,300}\)(?:[ \t]*(?:const|noexcept))*[ \t]*")

HEADER = '"header"'
"""What a header defines, and what a source that includes a header of its own uses."""


def read(block: Block) -> Part:
    """A function is a routine where it has a body and is no member, whatever namespace it is in."""
    bare = _without_comments(block.text)
    functions, routines, calls, is_balanced = _functions(_DIRECTIVE.sub("", bare))
    defines = functions | {name for names in _NAMED.findall(bare) for name in names if name}
    uses = set(_WORD.findall(bare))
    statements = sum(line.rstrip().endswith((";", "{", "}")) for line in bare.split("\n"))
    if _OWN_HEADER.search(block.text):
        uses.add(HEADER)
    elif statements and not functions:
        defines.add(HEADER)
    return Part(
        text=block.text,
        routines=frozenset(routines),
        defines=frozenset(defines),
        uses=frozenset(uses),
        calls=frozenset(calls),
        places=frozenset(),
        statements=statements,
        is_whole=block.closed and is_balanced and not leaves_out(block.text),
        comes_first=True,
        introduction=block.introduction,
    )


def name_of(signature: str) -> str:
    """The name of the function that a signature declares."""
    found = re.search(r"(\w+)\s*\(", signature)
    return found[1] if found else ""


def without_own_headers(text: str) -> str:
    """The text of several files in one: what a file includes of the others is there already."""
    return _OWN_HEADER.sub("", text)


def _without_comments(text: str) -> str:
    """The text with blanks for comments and quoted parts."""
    return _NO_CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _functions(bare: str) -> tuple[set[str], set[str], set[str], bool]:
    """The functions with a body, those of them that are no members, what is called, and whether all braces match."""
    functions: set[str] = set()
    routines: set[str] = set()
    called: set[str] = set()
    opened: list[str] = []
    braces: list[bool] = []
    inside = begins = 0
    for mark in _MARK.finditer(bare):
        match mark[0][-1]:
            case "(":
                opened.append(mark[1] or "")
                if not _follows_type(bare[max(0, mark.start() - 80) : mark.start()]):
                    called.add(opened[-1])
            case ")":
                name = opened.pop() if opened else ""
                if name and name not in _CONTROL and _BODY.match(bare, mark.end()):
                    functions.add(name)
                    if not inside:
                        routines.add(name)
            case "{":
                braces.append(not _NAMESPACE.match(bare, begins, mark.end()))
                inside += braces[-1]
                begins = mark.end()
            case "}":
                if not braces:
                    return functions, routines, called, False
                inside -= braces.pop()
                begins = mark.end()
            case _:
                begins = mark.end()
    return functions, routines, called, not braces


def _follows_type(before: str) -> bool:
    """Whether a name is declared here, and not called."""
    last = (before.split() or [""])[-1]
    return (last[-1:] in (">", "&", "*", "_") or last[-1:].isalnum()) and last not in ("return", "else", "throw")


def may_be_code(text: str) -> bool:
    """Whether a line ends as C++'s do. Prose and Python have none that do."""
    return bool(_ENDS_LINE.search(_without_comments(text)))


def paragraphs(text: str) -> list[Block]:
    """The code in an answer that marks none: runs of lines that look like C++, and all that stands between braces."""
    blocks: list[Block] = []
    code: list[str] = []
    depth = 0
    for line, bare in zip(text.split("\n"), _without_comments(text).split("\n"), strict=True):
        if depth > 0 or _is_code(line, bare):
            depth = max(0, depth + bare.count("{") - bare.count("}"))
            code.append(line)
        elif line.strip() and code:
            blocks.append(Block("\n".join(code)))
            code = []
    return [*blocks, Block("\n".join(code), closed=depth == 0)] if code else blocks


def _is_code(line: str, bare: str) -> bool:
    stripped = bare.rstrip()
    if not stripped:
        return line.lstrip().startswith(("//", "/*"))
    return stripped[-1] in ";{}" or bool(
        _PREPROCESSOR.match(stripped) or (len(stripped) < 300 and _HEADING.fullmatch(stripped))
    )
