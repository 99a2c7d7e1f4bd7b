"""Writes OracleBench to where 05 reads it: the same bytes each time."""

from pathlib import Path

import oracle_lib
from oracle_lib.files import atomic_write
from oracle_lib.records import to_jsonl
from oracle_lib.tasks.oraclebench import samples


def main() -> None:
    problems = list(samples())
    path = Path(oracle_lib.__file__).parent / "evaluate" / "oraclebench.jsonl"
    atomic_write(path, to_jsonl(problems))
    print(f"{len(problems)} problems of {len({problem.source.path for problem in problems})} families in {path.name}")


if __name__ == "__main__":
    main()
