"""Oracle: makes, checks and serves small expert language models for ROM hacking of *A Link to the Past*.

The rooms follow the notebooks: `generate` (01), `export` (02), `transfer` (03), `train` (04), `evaluate` (05), `deploy`
and `council` (06). They stand on `verify` (does the code work?) and `quality` (is the sample good?) and meet only in
files under `outputs/`.
"""

__version__ = "0.1.0"


class OracleError(Exception):
    """Something the user can mend. The message is one sentence: what is wrong, where, and what to do about it."""


class DryRun(OracleError):
    """What a dry run was for is done, and nothing else is."""
