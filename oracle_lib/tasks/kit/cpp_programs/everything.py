"""All composed functions, for whoever takes one of any kind."""

from oracle_lib.tasks.kit.cpp_programs.addresses import ADDRESSES, ARITHMETIC
from oracle_lib.tasks.kit.cpp_programs.banked import BANKED, SEALED
from oracle_lib.tasks.kit.cpp_programs.buffers import BUFFERS, LISTS
from oracle_lib.tasks.kit.cpp_programs.colors import COLORS
from oracle_lib.tasks.kit.cpp_programs.formats import EMITTERS, PARSERS
from oracle_lib.tasks.kit.cpp_programs.layouts import LAYOUTS
from oracle_lib.tasks.kit.cpp_programs.planes import PLANES
from oracle_lib.tasks.kit.cpp_programs.program import Choices, Program
from oracle_lib.tasks.kit.cpp_programs.texts import TEXTS
from oracle_lib.tasks.kit.cpp_programs.walks import SOURCES, walk

_KINDS = (ADDRESSES, ARITHMETIC, BUFFERS, LISTS, COLORS, EMITTERS, PARSERS, LAYOUTS, PLANES, TEXTS, BANKED, SEALED)


def any_program(choices: Choices) -> Program:
    """A function of any kind; half of them go over something."""
    if choices.chance("walk", 0.5):
        return walk(choices, tuple(SOURCES))
    return choices.pick("program", choices.pick("kind of program", _KINDS))(choices)
