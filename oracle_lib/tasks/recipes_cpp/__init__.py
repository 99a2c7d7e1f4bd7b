"""Recipes in C++: short functions of one purpose each, asked for as people who write ROM editors name that purpose.

A file holds recipes of one theme: functions that take a random generator and return what `kit/cpp_recipes.py` makes a
problem of. `RECIPES` lists them, and the file's `draw` picks one. A request says every format that it relies on, so that
any honest reading of it gives the same results; `Made.arguments` draws only what the request allows.
"""
