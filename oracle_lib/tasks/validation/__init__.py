"""Families of 65816 routines that are never taught; what a training keeps is chosen by how many it solves."""
