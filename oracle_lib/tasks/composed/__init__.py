"""Composed families: each draws programs of one region, so that no two problems need be alike."""
