"""Repair tasks: a reference of an assembly family with one injected defect, to be diagnosed and fixed. One file a kind of defect."""
