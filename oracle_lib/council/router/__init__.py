"""Decides which experts a question is put to, and says why: those that it asks for by name, else those whose calibrated
confidence reaches their threshold, else nobody. Answers nothing itself.
"""

from oracle_lib.council.router.router import Route, Router, load_router

__all__ = ["Route", "Router", "load_router"]
