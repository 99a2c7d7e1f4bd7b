"""One of the processes that `accelerate launch` starts for a training: `python -m oracle_lib.train job.json`."""

import sys
from pathlib import Path

from torch import distributed

from oracle_lib import OracleError
from oracle_lib.files import atomic_write
from oracle_lib.train.launch import RESULT, Job


def main() -> None:
    job = Job.model_validate_json(Path(sys.argv[1]).read_bytes())
    try:
        done = job.run()
    except OracleError as error:
        sys.exit(f"error: {error}")  # at once: to take leave of the others would be to wait for them
    if distributed.is_initialized():
        distributed.destroy_process_group()
    atomic_write(job.folder / RESULT, done.model_dump_json(indent=2) + "\n")


if __name__ == "__main__":
    main()
