"""One script a claim: each prints one JSON line a figure and compares with a named peer in the same run."""
