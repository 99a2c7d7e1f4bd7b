"""Families of C++ functions that are never taught; OracleBench asks about them. `tasks/bench.py` draws it."""
