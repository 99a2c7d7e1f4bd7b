"""Families of 65816 routines, one file a family; `_common` holds what they share."""
