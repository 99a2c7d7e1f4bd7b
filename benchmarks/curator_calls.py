"""bespokelabs-curator against a teacher's server: `benchmarks.campaign` runs this file by a Python that has it.

    python -m venv DIR && DIR/bin/pip install bespokelabs-curator==0.1.31
    DIR/bin/python benchmarks/curator_calls.py http://127.0.0.1:8000/v1 4000 64

It prints the seconds that so many requests took, so many at a time, on the clock and of its processor, and how many
were answered. The file of its tokenizer would be fetched from a network, so words are counted instead; its limits are
set beyond reach, as they are not what is measured.
"""

import json
import os
import sys
import tempfile
import time

os.environ.update(TELEMETRY_ENABLED="false", CURATOR_VIEWER="0", HF_HUB_OFFLINE="1", CURATOR_DISABLE_RICH_DISPLAY="1")

import tiktoken


class Words:
    def encode(self, text: str, **_: object) -> list[str]:
        return text.split()


tiktoken.get_encoding = lambda _: Words()

from bespokelabs import curator  # noqa: E402 (it reads what stands above)


def main() -> None:
    url, count, at_once = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    limits = {"max_concurrent_requests": at_once, "max_requests_per_minute": 10**6, "max_tokens_per_minute": 10**9}
    with tempfile.TemporaryDirectory() as folder:
        teacher = curator.LLM(
            model_name="benchmark", backend="openai", backend_params={"base_url": url, "api_key": "none", **limits}
        )
        started, processor = time.perf_counter(), time.process_time()
        answers = teacher([f"question {number}" for number in range(count)], working_dir=folder)
        spent = {"seconds": time.perf_counter() - started, "processor": time.process_time() - processor}
    rows = getattr(answers, "dataset", answers)
    print(json.dumps({**spent, "answered": len(rows)}))


if __name__ == "__main__":
    main()
