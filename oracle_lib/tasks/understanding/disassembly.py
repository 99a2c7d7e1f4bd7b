"""Machine code as a hex dump, to be written as source that assembles to the same bytes."""

import random

from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.disassembly import disassembled
from oracle_lib.tasks.kit.understanding import programs
from oracle_lib.verify import assemble

SUBJECT = "understanding: machine code"
_LONGEST = 40


def draw(rng: random.Random) -> Problem:
    for own, program in programs(rng):
        origin = own.randrange(0x20) << 16 | own.randrange(0x8000, 0xF000)
        assembly = assemble(program.text, program.contract.symbols, origin, backend="own")
        code = assembly.code
        if program.contract.symbols or not program.is_code_alone or len(code) > _LONGEST:
            continue
        source = disassembled(program.entry, assembly.listing)
        rows = [code[start : start + 16] for start in range(0, len(code), 16)]
        dump = "\n".join(f"{origin + 16 * row:06X}: {part.hex(' ').upper()}" for row, part in enumerate(rows))
        ends = program.contract.returns.upper()
        return Problem(
            family=__name__.rpartition(".")[2],
            subject=SUBJECT,
            domain=Domain.ASM,
            task=Task.WRITE,
            instructions=(
                f"Disassemble this routine. Call it `{program.entry}`; it must assemble to the same bytes at "
                f"${origin:06X}.",
                f"These bytes are a routine at ${origin:06X}. Give me its source in asar's syntax, byte for byte the "
                f"same, with `{program.entry}` as its label.",
                f"Hex to source, please: label `{program.entry}`, sublabels for the branches, same bytes.",
                f"What code is this? Write it as `{program.entry}:` with its instructions down to the {ends}, so that "
                "it assembles to exactly these bytes again.",
            ),
            input=f"```\n{dump}\n```\n\nOn entry: {program.widths}.",
            references=(source,),
            contract=program.contract.model_copy(
                update={"origin": origin, "emits": code, "max_bytes": None, "max_cycles": None}
            ),
            parameters={"donor": program.problem.group, "dump": dump},
            derived_from=program.problem.group,
            oracle=program.problem.oracle,
        )
    raise AssertionError("programs() never ends without an error")
