"""C++ functions over values that compute what the recipes in `recipes/` compute in memory: see `program/ported.py`.

A file takes the recipes of some subjects, or a part of them where they are many, so that all recipes get about one
share.
"""
