"""What a step takes of a card is counted from the base's shape, and what does not fit is said with its remedies."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from peft import LoraConfig, get_peft_model

from oracle_lib import models
from oracle_lib.bases import PUBLISHED, Shape
from oracle_lib.params import Training
from oracle_lib.train import SPARE, budget
from oracle_lib.train.backends import LINEAR_LAYERS

BASE = "Qwen/Qwen2.5-Coder-14B-Instruct"
SHAPE = PUBLISHED[BASE].shape
GIB = 2**30


def test_the_parts_of_a_14b_base_are_those_of_its_published_shape() -> None:
    linears = 48 * (5120 * 5120 * 2 + 5120 * 1024 * 2 + 5120 * 13_824 * 3)
    predicted = budget.predict(SHAPE, rank=16, tokens=2 * 2048)
    assert (
        predicted.weights == pytest.approx(linears * (0.5 + 1 / 64 + 1 / 4096) / GIB) == pytest.approx(6.35, abs=0.01)
    )
    assert predicted.embeddings == pytest.approx(152_064 * 5120 * 2 / GIB) == pytest.approx(1.45, abs=0.01)
    assert SHAPE.adapter_parameters(16) == pytest.approx(68.8e6, rel=0.001)
    assert predicted.adapters == pytest.approx(SHAPE.adapter_parameters(16) * 8 / GIB), "float32 and its gradient"
    assert predicted.optimiser == pytest.approx(SHAPE.adapter_parameters(16) * 2 / GIB), "two moments of 8 bits"
    assert predicted.peak < 15, "the budget in docs/plan.md for its 16 GB card"
    *parts, peak = predicted.by_plan.values()
    assert sum(parts) == pytest.approx(peak) and peak == predicted.peak


@pytest.mark.parametrize("rank", [2, 16])
def test_the_adapter_that_peft_makes_has_the_parameters_that_are_counted(rank: int) -> None:
    adapter = LoraConfig(r=rank, target_modules=list(LINEAR_LAYERS), task_type="CAUSAL_LM")
    model = get_peft_model(models.load_base("embedded", to_train=True), adapter)
    made = sum(weight.numel() for weight in model.parameters() if weight.requires_grad)
    assert Shape.of(model.config).adapter_parameters(rank) == made
    assert budget.shape_of("embedded") == Shape.of(model.config)


def test_what_one_gpu_measured_is_within_two_percent_of_what_had_been_predicted() -> None:
    results = Path(__file__).parents[2] / "benchmarks" / "results"
    predictions = [json.loads(line) for line in (results / "2026-11-26b-predicted.jsonl").read_text().splitlines()]
    found = [json.loads(line) for line in (results / "2026-11-26b-h100.jsonl").read_text().splitlines()]
    peaks = {
        (one["shape"], one["batch"], one["cap"]): one["peak_allocated"]
        for one in found
        if (one["stage"], one["rows"]) == ("ours", "exact")
    }
    assert {shape for shape, _, _ in peaks} == {"14b", "7b", "3b", "1.5b"}
    for said in predictions:
        peak = peaks[said["shape"], said["batch"], said["cap"]]
        assert said["predicted_peak"] == pytest.approx(peak, rel=0.02)
        shape, tokens = PUBLISHED[f"Qwen/Qwen2.5-Coder-{said['shape'].upper()}-Instruct"].shape, said["batch"] * 2048
        kept = budget.most_kept_layers(shape, 16, tokens, said["cap"] - SPARE)
        assert said["kept_layers"] == kept
        assert said["predicted_peak"] == pytest.approx(budget.predict(shape, 16, tokens, kept).peak, abs=0.01)


def test_what_was_measured_is_told_by_the_parts_of_the_plan() -> None:
    base, adapter = torch.nn.Parameter(torch.zeros(8), requires_grad=False), torch.nn.Parameter(torch.zeros(2**28))
    optimizer = torch.optim.SGD([adapter], momentum=0.9)
    optimizer.state[adapter]["moment"] = torch.zeros(2**28, dtype=torch.uint8)
    model = SimpleNamespace(parameters=lambda: [base, adapter])
    found = budget.measured(model, optimizer, loaded=8 * GIB, peak=12 * GIB)
    assert found == {"model": 8 - 2, "LoRA": 2, "optimiser": 0.25, "batch": 12 - 6 - 2 - 0.25, "peak": 12}


def test_more_tokens_and_more_kept_layers_take_more() -> None:
    for tokens in (1024, 4096, 16_384):
        peaks = [budget.predict(SHAPE, 16, tokens, kept).peak for kept in range(SHAPE.layers + 1)]
        assert peaks == sorted(peaks) and peaks[0] < peaks[-1]
        assert budget.predict(SHAPE, 16, tokens).peak < budget.predict(SHAPE, 16, 2 * tokens).peak
    assert budget.predict(SHAPE, 16, 4096).peak < budget.predict(SHAPE, 32, 4096).peak


@pytest.mark.parametrize("base", [name for name, base in PUBLISHED.items() if base.architecture.fused])
@pytest.mark.parametrize("tokens", [1024, 4096, 16_384])
@pytest.mark.parametrize("memory", [4.0, 9.5, 12.0, 15.0, 24.0, 80.0])
def test_as_many_layers_are_kept_as_fit_and_not_one_more(base: str, tokens: int, memory: float) -> None:
    shape = PUBLISHED[base].shape
    kept = budget.most_kept_layers(shape, 16, tokens, memory)
    assert 0 <= kept <= shape.layers
    assert kept == 0 or budget.predict(shape, 16, tokens, kept).peak <= memory
    if budget.predict(shape, 16, tokens).peak <= memory and kept < shape.layers:
        assert budget.predict(shape, 16, tokens, kept + 1).peak > memory


def test_what_does_not_fit_names_what_to_turn_cheapest_first() -> None:
    assert budget.does_not_fit(BASE, 8.0, Training()) == (
        f"the largest step on {BASE} does not fit into 8.0 GiB; lower, in this order, training.batch_size below 2 "
        "(with a larger accumulation), training.max_length below 2048, training.rank below 16, or choose a smaller base"
    )
    alone = budget.does_not_fit(BASE, 8.0, Training(batch_size=1))
    assert "batch_size" not in alone and "lower, in this order, training.max_length below 2048" in alone


Server = Callable[[bytes], str]


@pytest.fixture
def ollama() -> Iterator[Server]:
    """Starts a server that gives this answer to `/api/ps` alone, and returns its address."""
    servers: list[ThreadingHTTPServer] = []

    def serve(answer: bytes) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200 if self.path == "/api/ps" else 404)
                self.end_headers()
                self.wfile.write(answer if self.path == "/api/ps" else b"")

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def test_the_models_that_an_ollama_holds_on_the_card_are_known(ollama: Server) -> None:
    loaded = [
        {"name": "qwen3:14b", "size": 12 * GIB, "size_vram": 9 * GIB},
        {"name": "magistral:24b", "size": 15 * GIB, "size_vram": 0},
    ]
    assert budget.models_in_ollama(ollama(json.dumps({"models": loaded}).encode())) == {"qwen3:14b": 9.0}
    assert budget.models_in_ollama(ollama(b'{"models": []}')) == {}


def test_without_an_ollama_nothing_is_held(ollama: Server) -> None:
    free = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    free.server_close()
    assert budget.models_in_ollama(f"http://127.0.0.1:{free.server_port}") == {}
    for other in (b"<html>It works!</html>", b"{}"):
        assert budget.models_in_ollama(ollama(other)) == {}
