"""What is known of the game, the console and the tools: symbols, addresses, who uses what, C++ names, in one SQLite
file that is built from the user's own sources, and facts that ship with the library. It judges no sample as a whole.
"""

from oracle_lib.quality.knowledge.graph import Knowledge
from oracle_lib.quality.knowledge.instructions import Encoding, Instruction
from oracle_lib.quality.knowledge.places import Memory, Place, Register
from oracle_lib.quality.knowledge.records import Function, Symbol, Use

__all__ = ["Encoding", "Function", "Instruction", "Knowledge", "Memory", "Place", "Register", "Symbol", "Use"]
