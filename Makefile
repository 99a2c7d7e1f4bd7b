# Two commands matter: `make demo` runs the whole road, `make test` checks everything.
PYTHON ?= python3
# Where pip finds torch; empty means its default index, which on Linux has the CUDA build. The README names PyTorch's CPU index.
TORCH_INDEX ?=
BIN := .venv/bin
# Threads that wait for each other spin briefly, then sleep: spinning on, beside any other busy process, costs training most of its speed.
export OMP_WAIT_POLICY ?= PASSIVE
export GOMP_SPINCOUNT ?= 4000
# The SNES core and the C++ sandbox that judge every answer; the two assemblers check ours in the tests.
DEBIAN := libretro-bsnes-mercury-balanced clang lld libc++-dev-wasm32 libclang-rt-dev-wasm32 wasi-libc
DEBIAN_TEST := cc65 64tass openssh-server

.PHONY: demo test test-slow lab doctor format
.DEFAULT_GOAL := help

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/:/' | column -t -s ':'

demo: .venv/demo  ## all six notebooks for two experts: no GPU, no key, no network; minutes
	$(BIN)/python -m oracle_lib run all -p expert rauru-assembler
	$(BIN)/python -m oracle_lib run all -p expert yaze-expert
	$(BIN)/python -m oracle_lib summary demo

test: .venv/test  ## lint, types, import rule, tests, and the notebooks against their committed outputs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -m "not slow"
	outputs=$$(mktemp -d) && trap 'rm -rf "$$outputs"' EXIT && ORACLE_OUTPUTS="$$outputs" \
	$(BIN)/python -m pytest notebooks --nbval-lax --nbval-cell-timeout 900 -o timeout=0

test-slow: .venv/test  ## the tests that take longer than 20 seconds each
	$(BIN)/python -m pytest -m slow

lab: .venv/demo  ## JupyterLab on the notebooks
	$(BIN)/jupyter lab --notebook-dir notebooks $$([ "$$(id -u)" = 0 ] && echo --allow-root)

doctor: .venv/demo  ## what this machine can do, what it lacks, and the remedies
	$(BIN)/python -m oracle_lib doctor

format: .venv/test  ## format the code and sort its imports
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.venv/demo: pyproject.toml Makefile
	$(call debian,$(DEBIAN))
	$(call pip,-e .)
	@touch $@

.venv/test: pyproject.toml Makefile
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
	@test -z "$(TORCH_INDEX)" || $(BIN)/pip install -q --index-url "$(TORCH_INDEX)" "$$(grep -o 'torch==[0-9.]*' pyproject.toml | head -1)"
	@echo "Installing the Python packages into .venv (once; a few minutes)"
	@$(BIN)/pip install -q $(1)
endef
