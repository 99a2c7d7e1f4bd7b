"""`struct` and `endstruct`: fields laid out as labels, sizes, and extensions that begin where their parent ends."""

from oracle_lib.verify.assembler.expressions import evaluate
from oracle_lib.verify.assembler.labels import OpenStructure, Structure
from oracle_lib.verify.assembler.model import Kind, StatementFault, syntax
from oracle_lib.verify.assembler.state import PassState
from oracle_lib.verify.assembler.text import NAME


def begin_struct(state: PassState, name: str, start: str | None = None) -> None:
    """Lay out a struct from here on or from the address `start`."""
    address, static = state.out.address, False
    if start is not None:
        result = evaluate(state, start)
        address, static = result.integer, result.static
        if not 0 <= address <= 0xFFFFFF:
            raise StatementFault(Kind.BAD_ADDRESS, f"{start[:40]} is no 24-bit address", start)
    _open(state, name, "", address, static)


def extend_struct(state: PassState, name: str, parent: str) -> None:
    """Lay out the struct `parent.name` behind its parent."""
    base = state.labels.known.structures.get(parent)
    if base is None or "." in parent:
        raise StatementFault(Kind.UNDEFINED_SYMBOL, f"there is no struct {parent[:60]}", parent)
    _open(state, name, parent, base.end, base.static)


def _open(state: PassState, name: str, parent: str, address: int, static: bool) -> None:
    out, labels = state.out, state.labels
    if labels.structure or not NAME.fullmatch(name):
        raise syntax(f"a struct cannot begin here with the name {name[:40]}", name)
    if state.number == 0 and name in labels.known.structures:
        raise StatementFault(Kind.REDEFINED_SYMBOL, f"the struct {name[:60]} is defined twice", name)
    full_name = f"{parent}.{name}" if parent else name
    state.open("a struct")
    labels.structure = OpenStructure(full_name, parent, address, static, out.place, state.assumed.data_bank)
    out.place = (address, 0, address, 0)
    state.assume_bank(-1)
    out.ensure_org()
    labels.set(full_name, out.address, static)


def end_struct(state: PassState, alignment: int) -> None:
    """Close a struct, whose size becomes a multiple of `alignment`."""
    out, labels = state.out, state.labels
    if not labels.structure or alignment < 1:
        raise syntax("endstruct without struct, or aligned to no positive number", "")
    name, parent, start, static, place, data_bank = labels.structure
    size = alignment * ((out.address - start + alignment - 1) // alignment)
    _keep(state, name, Structure(size, size, out.address, static))
    if parent:
        base = labels.known.structures[parent]
        _keep(state, parent, base._replace(object_size=max(base.object_size, base.size + size)))
    state.close("a struct")
    out.place, labels.structure = place, None
    state.assume_bank(data_bank)


def _keep(state: PassState, name: str, structure: Structure) -> None:
    known = state.labels.known.structures
    state.labels.moved |= known.get(name) != structure
    known[name] = structure
