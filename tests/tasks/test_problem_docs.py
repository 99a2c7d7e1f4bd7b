"""The examples of docs/problems.md run as they stand there, one after another, and what it names is there."""

import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PAGE = (REPOSITORY / "docs" / "problems.md").read_text()


def test_every_example_holds() -> None:
    examples = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert len(examples) == PAGE.count("```python") == 2
    known: dict[str, object] = {}
    for example in examples:
        assert "assert" in example
        exec(compile(example, "docs/problems.md", "exec"), known)


def test_every_file_that_it_names_is_there() -> None:
    tasks = REPOSITORY / "oracle_lib" / "tasks"
    roots = (
        REPOSITORY,
        tasks.parent,
        tasks,
        tasks / "program",
        *(tasks / "program" / room for room in ("compiler", "teller")),
    )
    named = re.findall(r"`([\w/]+(?:\.py|/))`", PAGE)
    assert len(named) > 25
    assert [name for name in named if not any((root / name).exists() for root in roots)] == []
