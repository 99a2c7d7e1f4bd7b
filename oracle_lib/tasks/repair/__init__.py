"""Repair tasks, one file a kind of defect: a reference of an assembly family with one defect to diagnose and fix."""
