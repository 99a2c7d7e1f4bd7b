"""A routine to be inserted at a free place with a RATS tag in front, so that other tools leave it alone."""

import random

from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import listing
from oracle_lib.tasks.kit.tooling import code, snes
from oracle_lib.tasks.kit.understanding import programs
from oracle_lib.verify import AsmContract, Span, assemble

SUBJECT = "bank plans"


def draw(rng: random.Random) -> Problem:
    for own, program in programs(rng):
        donor = program.problem
        at = own.randrange(0x10, 0x40) << 16 | own.randrange(0x800, 0xFC0) << 4
        source = assemble(program.text, program.contract.symbols, at + 8, backend="own")
        if not source.ok or program.contract.symbols or program.contract.returns != "rtl" or not program.is_code_alone:
            continue
        size = len(source.code)
        tag = b"STAR" + (size - 1).to_bytes(2, "little") + (size - 1 ^ 0xFFFF).to_bytes(2, "little")
        return Problem(
            family=__name__.rpartition(".")[2],
            subject=SUBJECT,
            domain=Domain.ORACLE,
            task=Task.HOOK,
            instructions=(
                f"Write a patch that inserts this routine at {snes(at)} with a RATS tag in front of it. The routine "
                "itself is not "
                "to change.",
                f"Protect `{program.entry}` with a RATS tag: the tag goes to {snes(at)}, the routine right behind it, "
                "as it is.",
                f"RATS tag and `{program.entry}` at {snes(at)}, please.",
                f"I insert `{program.entry}` by hand at {snes(at)}. Other tools must not overwrite it. Give me the "
                "asar source "
                "with the tag, which has to name the right size.",
            ),
            input=f"{code(program.text)}\n\nA RATS tag is the four letters STAR, the size of what follows less one as "
            "a word, and "
            f"that word with all bits inverted. On entry: {program.widths}.",
            references=(listing(
                f'org {snes(at)}\ndb "STAR"\ndw ${size - 1:04X} ; {size} bytes, less one\ndw ${size - 1 ^ 0xFFFF:04X}\n'
                f"{program.text}"
            ),),
            explanation=f"The routine has {size} bytes, so the words are ${size - 1:04X} and ${size - 1 ^ 0xFFFF:04X}.",
            contract=_with_tag(program.contract, at, tag, size),
            parameters={"donor": donor.group, "at": at, "text": program.text},
            derived_from=donor.group,
        )  # fmt: skip
    raise AssertionError("programs() never ends without an error")


def _with_tag(contract: AsmContract, at: int, tag: bytes, size: int) -> AsmContract:
    cases = tuple(case.model_copy(update={"expect_memory": {at: tag, **case.expect_memory}}) for case in contract.cases)
    region = Span(address=at, length=len(tag) + size)
    return contract.model_copy(update={"cases": cases, "regions": (region,), "max_cycles": None, "max_bytes": None})
