"""Answers a question with the experts it concerns: routes it, lets them answer, and joins what they say."""

from oracle_lib.council.router import Route, Router, load_router

__all__ = ["Route", "Router", "load_router"]
