# `make run` opens the review screen on the sample notes; `make test` passes every check. Both make .venv.
PYTHON ?= python3.11
TORCH ?= torch==2.13.0
TASK ?= linear
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run setup test check fix serve fit train evaluate bench docs screens rule-ids release

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/.run  ## install what running needs, then review the sample notes on 127.0.0.1:8000
	$(BIN)/noteproof code samples/*.txt && $(BIN)/noteproof serve --demo

setup: .venv/.dev  ## install everything: run time, [train], [dev]

test: check  ## everything that CI runs

check: setup  ## format, lint, types, import contracts, tests
	$(BIN)/ruff format --check && $(BIN)/ruff check && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/pytest -n 2

fix: setup  ## let ruff repair what it can
	$(BIN)/ruff check --fix && $(BIN)/ruff format

serve: .venv/.run  ## the service on this machine
	$(BIN)/noteproof serve

fit: setup  ## fit one artifact, TASK=linear|reader|index|gates
	$(BIN)/python -m training fit $(TASK)

train: setup  ## everything learned, from the corpus: about 2 hours on 2 cores
	$(BIN)/python -m training fit linear reader index && $(BIN)/python -m training hold-out && $(BIN)/python -m training fit gates

evaluate: setup  ## score the journey on held-out styles (after make train)
	$(BIN)/python -m training evaluate

bench: setup  ## milliseconds a note, cold start, memory
	$(BIN)/python -m training bench

docs: setup  ## rewrite the pages and the picture that are made from code
	$(BIN)/python -m scripts.build_docs && $(BIN)/python -m scripts.build_picture

screens: setup  ## write pictures of the review screen into docs/images/screens
	SCREENS_TO=docs/images/screens $(BIN)/pytest -q tests/ui

rule-ids: setup  ## accept the present rule ids as the snapshot
	$(BIN)/python -m scripts.build_docs rule-ids

release: setup  ## join the changelog fragments, build the wheel into dist/
	$(BIN)/python -m scripts.join_changelog && $(BIN)/python -m hatchling build --target wheel

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.run: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) --editable . && touch $@

# torch first and by exact version, so that nothing later asks for a newer build (CONTRIBUTING.md).
.venv/.dev: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) $(TORCH) && $(PIP) --editable '.[train,dev]' && touch .venv/.run $@
