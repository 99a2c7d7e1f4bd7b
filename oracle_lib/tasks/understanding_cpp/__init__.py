"""Questions about C++ functions that are there, one file a kind: what they return, how often, which one it is."""
