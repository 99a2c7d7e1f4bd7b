"""The examples of docs/contracts.md run as they stand there, one after another, and what it names is there."""

import re
from pathlib import Path

from oracle_lib.verify import AsmContract
from oracle_lib.verify.standins import stand_in

PAGE = (Path(__file__).parents[2] / "docs" / "contracts.md").read_text()


def test_every_example_holds() -> None:
    examples = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert len(examples) == PAGE.count("```python") > 5
    known: dict[str, object] = {}
    for example in examples:
        assert "assert" in example
        exec(compile(example, "docs/contracts.md", "exec"), known)


def test_every_field_is_named() -> None:
    assert [name for name in AsmContract.model_fields if f"`{name}`" not in PAGE] == ["kind"]


def test_every_stand_in_is_named_with_its_address_and_labels() -> None:
    for name in ("jump_table_local", "jump_table_long", "random"):
        laid = stand_in(name)
        [row] = [line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |")]
        assert f"`${laid.address:06X}`" in row
        assert len(laid.labels) == 2 and all(f"`{label}`" in row for label in laid.labels)
