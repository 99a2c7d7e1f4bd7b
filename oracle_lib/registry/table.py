"""The registry as one table, to sort and filter with pandas."""

from typing import TYPE_CHECKING

from oracle_lib.registry.aliases import aliases, retired
from oracle_lib.registry.versions import versions

if TYPE_CHECKING:
    import pandas as pd


def table(expert: str | None = None) -> "pd.DataFrame":
    """A row a version, or one of one expert's, oldest registration first, by its name.

    `state` is champion, candidate, retired or "" for one that was replaced. `gates` counts those that hold; what each
    gate measured is in a column of the gate's own name. The columns that end in `sha256` are what it came from.
    """
    import pandas as pd

    found = versions(expert)
    state: dict[str, str] = dict.fromkeys(retired(expert), "retired")
    for one in {version.expert for version in found}:
        state |= {name: alias for alias, name in sorted(aliases(one).items())}  # of both, the champion is told
    rows = [
        {
            "version": version.name,
            "expert": version.expert,
            "state": state.get(version.name, ""),
            "base": version.adapter.base,
            "trained": version.trained,
            "registered": version.registered,
            "rows": version.adapter.rows,
            "gates": f"{sum(gate.passed is True for gate in version.gates)} of {len(version.gates)}",
            **{gate.name: gate.value for gate in version.gates},
            "taught_by": version.taught_by,
            "base_sha256": version.adapter.base_sha256,
            "dataset_sha256": version.adapter.dataset_sha256,
            "adapter_sha256": version.adapter.sha256,
            "report_sha256": version.report_sha256,
        }
        for version in found
    ]
    columns = ["version", "expert", "state", "base", "trained", "registered", "rows", "gates"]
    return pd.DataFrame(rows, columns=None if rows else columns).set_index("version")
