"""Families of C++ functions that are never taught; what a training keeps is chosen by how many it solves."""
