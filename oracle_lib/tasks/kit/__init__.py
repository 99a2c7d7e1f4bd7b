"""What task families share, so that a family says only what is its own.

`asm` makes the problem of writing a routine; start there. `patches` makes one of hooking or patching a routine of a
ROM, `optimise` turns a problem of `asm` into one with a bound, `repair` puts a defect into another family's routine,
and `cpp` makes the problem of writing a C++ function. `understanding` asks about the routines of other families, which
`stepping` explains, `breaks` changes and `disassembly` writes anew. Nothing here knows what any code does.
"""
