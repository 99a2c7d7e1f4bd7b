"""Answers a question with the experts it concerns: routes it, lets them answer, checks their code, and joins what they
say.
"""

from oracle_lib.council.council import Answer, Council, Piece
from oracle_lib.council.router import Route, Router, load_router
from oracle_lib.council.synthesis import Section

__all__ = ["Answer", "Council", "Piece", "Route", "Router", "Section", "load_router"]
