"""Families of 65816 routines, one file a family."""
