"""Recipes: small programs of one purpose each, asked for as people name that purpose.

The other composed families tell what happens, step by step. A recipe says what it is for, in a few words that a ROM
hacker would use, and its program follows from that. A file holds recipes of one theme: functions that take a `Drawer`
and return the statements of a program with at least four requests for it. `RECIPES` lists them, and the file's `draw`
picks one. What a request leaves open must not matter: an answer is run on hidden states.
"""
