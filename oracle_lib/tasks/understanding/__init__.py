"""Questions about code that is there, one file a kind: what it leaves behind, how wide, how long, which one it is."""
