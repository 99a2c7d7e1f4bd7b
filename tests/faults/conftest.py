"""Training is put to the test in the same small world as in `tests/train`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "train"))
