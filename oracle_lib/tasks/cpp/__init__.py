"""Families of C++ functions for ROM editors, one file a family."""
