# Three commands matter: `make demo` runs the whole road, `make test` checks everything, `make check` what a minute can.
PYTHON ?= python3
# Where pip finds torch; empty means its default index, which on Linux has the CUDA build. The README names PyTorch's CPU index.
TORCH_INDEX ?=
TORCH := $(shell grep -o 'torch==[0-9.]*' pyproject.toml | head -1)
BIN := .venv/bin
# Threads that wait for each other spin briefly, then sleep: spinning on, beside any other busy process, costs training most of its speed.
export OMP_WAIT_POLICY ?= PASSIVE
export GOMP_SPINCOUNT ?= 4000
# The SNES core and the C++ sandbox that judge every answer; the two assemblers check ours in the tests.
DEBIAN := libretro-bsnes-mercury-balanced clang-19 lld-19 libc++-19-dev-wasm32 libclang-rt-19-dev-wasm32 wasi-libc
DEBIAN_TEST := cc65 64tass openssh-server rsync
# What `make check` leaves to `make test`: models that train or answer, campaigns, compilers, other processes, every task family.
HEAVY := $(addprefix tests/, faults generate notebooks tasks test_code.py test_doctor.py test_preflight.py test_remote.py test_transfer.py $(addprefix council/test_, council.py serving_council.py) \
	$(addprefix evaluate/test_, controls.py oraclebench.py predictions.py shuffled.py stage.py) export/test_export.py \
	$(addprefix train/test_, base.py checkpoints.py flat.py fused.py gemma.py launch.py live.py qlora.py stage.py trainer.py) \
	$(addprefix verify/test_, assemble_refusals.py console.py cpp.py hostile_cpp.py))

# Three parts of about the same length: what judges answers, with the families; what trains, answers and is rated; the rest.
JUDGING := $(addprefix tests/, tasks verify quality export registry)
MODELS := $(addprefix tests/, train evaluate runtimes deploy council test_folder_as_base.py)

.PHONY: help demo check test test-judging test-models test-rest test-notebooks test-slow lint types fast lab serve doctor format lock
.DEFAULT_GOAL := help

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/:/' | column -t -s ':'

demo: .venv/demo  ## all six notebooks for two experts: no GPU, no key, no network; minutes
	$(BIN)/python -m oracle_lib run all -p expert rauru-assembler
	$(BIN)/python -m oracle_lib run all -p expert yaze-expert
	$(BIN)/python -m oracle_lib summary demo

check: .venv/test  ## lint, types, import rule and fast tests: under a minute
	@$(MAKE) --no-print-directory -j 2 -O types fast lint

test: .venv/test lint  ## lint, types, import rule, tests, and the notebooks against their committed outputs
	@$(MAKE) --no-print-directory -j 2 -O test-rest test-judging test-models test-notebooks types

# Two at a time, the longest first: most tests keep one processor busy, and some give up where a third has to wait.
test-judging: .venv/test
	$(BIN)/python -m pytest -m "not slow" $(JUDGING)

test-models: .venv/test
	$(BIN)/python -m pytest -m "not slow" $(MODELS)

test-rest: .venv/test
	$(BIN)/python -m pytest -m "not slow" tests $(addprefix --ignore=,$(JUDGING) $(MODELS))

test-notebooks: .venv/test
	outputs=$$(mktemp -d) && trap 'rm -rf "$$outputs"' EXIT && ORACLE_OUTPUTS="$$outputs" \
	$(BIN)/python -m pytest notebooks --nbval-lax --nbval-cell-timeout 900 -o timeout=0

test-slow: .venv/test  ## the tests that take longer than 20 seconds each
	$(BIN)/python -m pytest -m slow

lint: .venv/test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: .venv/test
	$(BIN)/mypy

fast: .venv/test
	$(BIN)/python -m pytest -q -rfE -m "not slow" --durations 5 $(addprefix --ignore=,$(HEAVY))

lab: .venv/demo  ## JupyterLab on the notebooks
	$(BIN)/jupyter lab --notebook-dir notebooks $$([ "$$(id -u)" = 0 ] && echo --allow-root)

serve: .venv/demo  ## the council and its experts for Open WebUI, editors and scripts: OpenAI's API on loopback
	$(BIN)/python -m oracle_lib serve

doctor: .venv/demo  ## what this machine can do, what it lacks, and the remedies
	$(BIN)/python -m oracle_lib doctor

format: .venv/test  ## format the code and sort its imports
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: .venv/test  ## write requirements.lock anew, from what pip chooses today
	folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && $(PYTHON) -m venv "$$folder" && \
	{ test -z "$(TORCH_INDEX)" || "$$folder/bin/pip" install -q --index-url "$(TORCH_INDEX)" "$(TORCH)"; } && \
	"$$folder/bin/pip" install -q -e '.[dev]' && "$$folder/bin/pip" freeze --exclude-editable > "$$folder/frozen" && \
	{ echo '# Versions that `make` installs from, as pip constraints; made by `make lock`. What torch needs of CUDA is left to torch.'; \
	grep -viE '^(nvidia|cuda|triton)' "$$folder/frozen" | sed -E 's/\+[a-z0-9.]+$$//'; } > requirements.lock

.venv/demo: pyproject.toml requirements.lock Makefile
	$(call debian,$(DEBIAN))
	$(call pip,-e .)
	@touch $@

.venv/test: pyproject.toml requirements.lock Makefile
	$(call debian,$(DEBIAN) $(DEBIAN_TEST))
	$(call pip,-e '.[dev]')
	@touch $@ .venv/demo

# Installs what is missing of the named Debian packages, or says exactly what to install.
define debian
	@missing=$$(for package in $(1); do dpkg -s $$package >/dev/null 2>&1 || echo $$package; done); \
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || missing="$$missing python3-venv"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then echo "These Debian packages are missing and there is no apt-get here:" $$missing "(see README, Requirements)" >&2; exit 1; fi; \
	if [ "$$(id -u)" = 0 ]; then become=; elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then become=sudo; \
	else echo "Please run:  sudo apt-get install" $$missing "  and then the same make command again." >&2; exit 1; fi; \
	echo "Installing" $$missing; \
	$$become apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$become apt-get install -y -qq --no-install-recommends $$missing >/dev/null
endef

define pip
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Oracle needs Python 3.11 or newer; name one with make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -z "$(TORCH_INDEX)" || $(BIN)/pip install -q --index-url "$(TORCH_INDEX)" "$(TORCH)"
	@echo "Installing the Python packages into .venv (once; a few minutes)"
	@$(BIN)/pip install -q -c requirements.lock $(1)
endef
