"""Whether a contract can be run at all, whatever the answer: its addresses have memory and its numbers have room."""

from oracle_lib.verify import cartridge, memory_map
from oracle_lib.verify.contract import AnyOf, AsmCase, AsmContract, Span, Within
from oracle_lib.verify.memory_map import AddressError


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
        memory_map.locate(contract.entry, 1)
    for span in contract.regions or ():
        if not memory_map.memory_in(span):
            raise AddressError(f"the region at ${span.address:06X} has no memory.")
    for span in contract.writes:
        memory_map.writable_in(span)


def _set_up(case: AsmCase, contract: AsmContract) -> None:
    narrow = {"db", "x", "y"} if case.flags.get("x", contract.x == 8) else {"db"}
    for name, value in case.registers.items():
        _fits(name, value, 0xFF if name in narrow else 0xFFFF)
    for name, expected in case.expect_registers.items():
        for value in _numbers(expected):
            _fits(name, value, 0xFF if name == "db" else 0xFFFF)
    for word in case.joypads or ():
        if word & ~0xFFF0 or any(word & both == both for both in (0x0C00, 0x0300)):
            raise AddressError(f"${word:04X} is no state of a joypad: 12 bits from bit 15 on, no opposite directions.")
    cartridge.stack_pointer(case.registers)
    for address, content in case.memory.items():
        if content:
            cartridge.lay(address, content)
            if contract.driver == "cgram" and cartridge.exceeds_colour(address, content):
                raise AddressError(f"a colour from ${address:06X} on has bit 15 set, which CGRAM does not keep.")
    for span in watched(case):
        memory_map.locate(span.address, span.length)


def _fits(register: str, value: int, largest: int) -> None:
    if not 0 <= value <= largest:
        raise AddressError(f"{value} does not fit into {register.upper()}, which ends at ${largest:X}.")


def _numbers(value: int | AnyOf[int] | Within) -> tuple[int, ...]:
    match value:
        case AnyOf():
            return value.any_of
        case Within():
            return (value.near,)
    return (value,)
