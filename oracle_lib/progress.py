"""Progress bars with an ETA: a widget in a notebook, plain lines where a terminal runs it."""

import os

# Read when tqdm loads. A notebook's reader may look away for minutes, and what a kernel says meanwhile waits in a queue
# of 1,000 messages: at tqdm's own ten a second, the end of a long cell would be lost.
os.environ.setdefault("TQDM_MININTERVAL", "1")
if os.environ.get("ORACLE_TERMINAL"):  # a terminal runs the notebook: progress as lines that it can show
    from tqdm import tqdm as tqdm
else:
    from tqdm.auto import tqdm as tqdm
