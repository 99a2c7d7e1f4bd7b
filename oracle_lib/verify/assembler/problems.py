"""What ends a statement or an assembly and becomes a diagnostic."""

from dataclasses import dataclass

from oracle_lib.verify.assembler.model import Kind


@dataclass(eq=False)
class Finding(Exception):
    """What becomes an error. `token` is the part of the source line to point at."""

    kind: Kind
    message: str
    token: str = ""


class Problem(Finding):
    """Ends the statement being assembled."""


class FatalProblem(Finding):
    """Ends the assembly."""


def syntax(message: str, token: str) -> Problem:
    return Problem(Kind.SYNTAX, message, token)


def unsupported(what: str, token: str) -> Problem:
    """For what asar can do and this assembler cannot."""
    return Problem(Kind.UNSUPPORTED_DIRECTIVE, f"{what} is not supported", token)
