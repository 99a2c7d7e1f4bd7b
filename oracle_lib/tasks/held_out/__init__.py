"""Families that are never taught. OracleBench, which this package writes when it is run, asks about them."""
