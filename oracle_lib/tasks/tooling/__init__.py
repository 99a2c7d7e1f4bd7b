"""Task families about the work around code, each of the subject of an expert, which its `subjects` name."""
