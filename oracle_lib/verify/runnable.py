"""Whether a contract can be run at all, whatever the answer: its addresses have memory and its numbers have room."""

from collections.abc import Iterator

from oracle_lib.verify import cartridge
from oracle_lib.verify.cartridge import AddressError, CalledRoutine, Start
from oracle_lib.verify.contract import AnyOf, AsmCase, AsmContract, Span, Within


def fault_in(contract: AsmContract) -> str:
    """What is wrong with the contract, in a sentence; empty where nothing is."""
    try:
        _lay(contract)
    except AddressError as error:
        return f"the contract cannot be run: {error}"
    for place, case in enumerate(contract.cases):
        try:
            _set_up(case, contract)
        except AddressError as error:
            return f"the contract cannot be run: case {place}: {error}"
    return ""


def watched(case: AsmCase) -> list[Span]:
    """The memory that a case expects something of."""
    return [Span(address=place, length=length) for place, held in case.expect_memory.items() if (length := _size(held))]


def _size(held: bytes | AnyOf[bytes] | Within) -> int:
    match held:
        case AnyOf():
            return max(map(len, held.any_of))
        case Within():
            return held.length
    return len(held)


def _lay(contract: AsmContract) -> None:
    for name, value in {**contract.symbols, "the origin": contract.origin}.items():
        if not 0 <= value <= 0xFFFFFF:
            raise AddressError(f"{name} is {value}, which is no 24-bit address.")
    for address, content in contract.host.items():
        if content:
            cartridge.lay(address, content)
    if isinstance(contract.entry, int):
        cartridge.locate(contract.entry, 1)
    for span in contract.regions or ():
        if not cartridge.memory_in(span):
            raise AddressError(f"the region at ${span.address:06X} has no memory.")
    for span in contract.writes:
        cartridge.writable_in(span)


def _set_up(case: AsmCase, contract: AsmContract) -> None:
    for name, value in _numbers(case):
        bits = 8 if name == "db" else 16
        if not 0 <= value < 1 << bits:
            raise AddressError(f"{value} does not fit into the {bits} bits of {name.upper()}.")
    routine = CalledRoutine((), 0x008000, contract.returns, driver=contract.driver)
    cartridge.stack_frame(routine, Start(case.registers), pad=0x008000)
    for word in case.joypads or ():
        if word & 0x0F or any(word & both == both for both in (0x0C00, 0x0300)):
            raise AddressError(f"${word:04X} is no state of a joypad: no four low bits, no opposite directions.")
    for address, content in case.memory.items():
        if content:
            cartridge.lay(address, content)
            if contract.driver == "cgram" and cartridge.exceeds_colour(address, content):
                raise AddressError(f"a colour from ${address:06X} on has bit 15 set, which CGRAM does not keep.")
    for span in watched(case):
        cartridge.locate(span.address, span.length)


def _numbers(case: AsmCase) -> Iterator[tuple[str, int]]:
    yield from case.registers.items()
    yield from (("joypad", word) for word in case.joypads or ())
    for name, value in case.expect_registers.items():
        match value:
            case AnyOf():
                yield from ((name, one) for one in value.any_of)
            case Within():
                yield name, value.near
            case _:
                yield name, value
