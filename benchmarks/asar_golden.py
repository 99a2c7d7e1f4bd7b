"""What asar 1.91 makes of small texts, one feature of its dialect each: writes it down, so that the tests can compare
our assembler with it where there is no asar.

Each row of tests/verify/asar_golden.jsonl holds a text and what it is assembled with; to add one, append a row with
`feature` and `text` (and `origin`, `symbols`, `defines`, or `files`: what they hold, a character a byte, by path), then
run this with asar on PATH or in ORACLE_ASAR. It fills in `rom`, the bytes that asar writes by their offset in the ROM,
or "refused". `differs` says why ours does not do the same yet, if so, and stays as it is. `--check` changes nothing and
says whether the file is up to date.
"""

import argparse
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from oracle_lib.files import atomic_write
from oracle_lib.verify.assembler.asar import find_asar, run_asar
from oracle_lib.verify.assembler.model import Diagnostic

GOLDEN = Path(__file__).parents[1] / "tests" / "verify" / "asar_golden.jsonl"
VERSION = "1.91"
ROM_SIZE = 0x200000
"""Enough for the addresses in the texts: what asar adds to a ROM cannot be told from what a text writes."""
_KEYS = ("feature", "text", "origin", "symbols", "defines", "files", "rom", "differs", "asar")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; fail where the file is not up to date")
    check = parser.parse_args().check
    asar = find_asar()
    if asar is None:
        sys.exit("There is no asar: put it on PATH or name it in ORACLE_ASAR.")
    said = subprocess.run([asar, "--version"], capture_output=True, text=True).stdout
    if not re.match(rf"Asar {re.escape(VERSION)}\b", said):
        sys.exit(f"The file holds what asar {VERSION} makes, and {asar} says: {said.strip()[:60]}")
    held = GOLDEN.read_text(encoding="utf-8")
    with ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(lambda line: judged(json.loads(line), asar), held.splitlines()))
    made = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if check and made != held:
        changed = [
            number
            for number, pair in enumerate(zip(made.splitlines(), held.splitlines(), strict=True), 1)
            if pair[0] != pair[1]
        ]
        sys.exit(f"{GOLDEN.name} is not what asar makes of its texts, in the lines {changed}")
    if not check:
        atomic_write(GOLDEN, made)
    differ = sum("differs" in row for row in rows)
    figure = {"figure": "texts of which ours differs from asar", "value": differ, "unit": f"of {len(rows)}"}
    print(json.dumps({"benchmark": "asar_golden", **figure}))


def judged(row: dict[str, Any], asar: str) -> dict[str, Any]:
    """The row with what asar makes of its text: a byte is written where the outputs over a ROM and over its complement
    agree."""
    symbols = {name: int(value[1:], 16) for name, value in row.get("symbols", {}).items()}
    origin = int(row.get("origin", "$008000")[1:], 16)
    files = {path: content.encode("latin-1") for path, content in row.get("files", {}).items()}
    zeros, ones = (
        run_asar(asar, bytes((filler,)) * ROM_SIZE, row["text"], symbols, origin, row.get("defines", {}), files)
        for filler in (0x00, 0xFF)
    )
    row["rom"] = "refused" if isinstance(zeros, Diagnostic) or isinstance(ones, Diagnostic) else written(zeros, ones)
    row["asar"] = VERSION
    return {key: row[key] for key in _KEYS if key in row}


def written(zeros: bytes, ones: bytes) -> dict[str, str]:
    """The runs of equal bytes, in hexadecimal by their offset."""
    difference = (int.from_bytes(zeros) ^ int.from_bytes(ones)).to_bytes(len(zeros))
    runs = re.finditer(rb"[^\xff]+", difference)
    return {f"{run.start():06X}": zeros[run.start() : run.end()].hex(" ") for run in runs}


if __name__ == "__main__":
    main()
