"""How soon does an editor get the judge's verdict? Starts `python -m oracle_lib mcp` as an editor does, calls its tools
through the official MCP client over pipes, and compares with the same calls without MCP in this process, which is all
that a tool could save.

`python -m benchmarks.mcp` prints a line a tool: the median and the 95th percentile of the calls in milliseconds, the
median without MCP, and the aim; and a line with the seconds from the start of the process to its list of tools.
"""

import argparse
import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from statistics import median, quantiles
from typing import Any

from mcp import Client, StdioServerParameters

from oracle_lib.council import mcp_server
from oracle_lib.quality import Knowledge

ROUTINE = """\
REP #$30
LDX #$00FE
.next
STZ $0A00,x
DEX : DEX
BPL .next
LDA #$1234
STA $7EF360
SEP #$30
RTS
"""
KNOWLEDGE = Knowledge.facts()
CALLS: dict[str, tuple[dict[str, Any], Callable[..., object], float]] = {
    "assemble": ({"code": ROUTINE}, mcp_server.assemble, 50),
    "lint_widths": ({"code": ROUTINE}, mcp_server.lint_widths, 50),
    "run": ({"code": ROUTINE, "watch": {"$7EF360": 2, "$7E0A00": 256}}, mcp_server.run, 20),
    "look_up": ({"text": "$7E0010 INIDISP $7EF360"}, lambda text: KNOWLEDGE.look_up(text), 50),
}
"""By tool: its arguments, the same without MCP, and the milliseconds that it may take at the median."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=200, help="of each tool, after ten that count for nothing")
    asyncio.run(_measure(parser.parse_args().calls))


async def _measure(calls: int) -> None:
    started = time.perf_counter()
    process = StdioServerParameters(command=sys.executable, args=["-m", "oracle_lib", "mcp"], env={**os.environ})
    async with Client(process) as client:
        await client.list_tools()
        print(json.dumps({"what": "start", "seconds": round(time.perf_counter() - started, 2)}), flush=True)
        for tool, (arguments, without, aim) in CALLS.items():
            over_pipes, alone = list[float](), list[float]()
            for _ in range(10 + calls):
                begun = time.perf_counter()
                result = await client.call_tool(tool, arguments)
                over_pipes.append(1000 * (time.perf_counter() - begun))
                if result.is_error:
                    raise SystemExit(f"{tool} failed: {result.content}")
                begun = time.perf_counter()
                without(**arguments)
                alone.append(1000 * (time.perf_counter() - begun))
            line = {
                "what": tool,
                "calls": calls,
                "median_ms": round(median(over_pipes[10:]), 2),
                "p95_ms": round(quantiles(over_pipes[10:], n=20)[-1], 2),
                "without_mcp_ms": round(median(alone[10:]), 2),
                "aim_ms": aim,
            }
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
