"""Progress bars with an ETA, a widget in a notebook and plain lines where a terminal runs it; and pictures that are
redrawn under a notebook's cell while it works.
"""

import io
import math
import os
import sys
import time
from typing import Any

# Read when tqdm loads. A notebook's reader may look away for minutes, and what a kernel says meanwhile waits in a queue
# of 1,000 messages: at tqdm's own ten a second, the end of a long cell would be lost.
os.environ.setdefault("TQDM_MININTERVAL", "1")
if os.environ.get("ORACLE_TERMINAL"):  # a terminal runs the notebook: progress as lines that it can show
    from tqdm import tqdm as tqdm
else:
    from tqdm.auto import tqdm as tqdm


class LiveFigure:
    """One picture, redrawn in place at most every `pause` seconds: few enough messages for work of hours, whose reader
    may have looked away. Outside a notebook, nothing.
    """

    def __init__(self, pause: float = 10.0) -> None:
        """Takes its place under the cell: what is shown from now on stands below it."""
        self._pause, self._next = pause, math.inf
        ipython: Any = sys.modules.get("IPython")  # loaded in every notebook, and not needed anywhere else
        if ipython and hasattr(ipython.get_ipython(), "kernel"):
            from IPython.display import display

            self._next = time.monotonic() + pause
            self._shown: Any = display({"text/plain": ""}, raw=True, display_id=True)

    @property
    def is_shown(self) -> bool:
        """Whether there is a cell to draw under."""
        return self._next < math.inf

    @property
    def is_due(self) -> bool:
        return time.monotonic() >= self._next

    def show(self, figure: Any) -> None:
        """Draws a matplotlib figure, which must not be pyplot's: those would be shown again when the cell ends."""
        from IPython.display import Image

        png = io.BytesIO()
        figure.savefig(png, format="png")
        self._shown.update(Image(png.getvalue()))
        self._next = time.monotonic() + self._pause
