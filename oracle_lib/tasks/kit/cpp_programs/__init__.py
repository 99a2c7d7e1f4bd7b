"""Composed C++ functions: a typed language with its oracle, how they are printed and told, and what is drawn."""
