"""Families of C++ functions for ROM editors, one file a family; `_common` holds what they share."""
