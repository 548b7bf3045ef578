# What a newcomer, CI and a developer run. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORE := $(VENV)/.core
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help demo test check lint types floors format golden templates docs bench clean

help: ## list what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

PIP := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable

$(CORE): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) .
	@touch $@

$(STAMP): $(CORE)
	$(PIP) '.[dev,cluster,scan]'
	@touch $@

demo: $(CORE) ## lay out a workspace in demo/, process eight sample forms, show what came out
	$(BIN)/python tools/demo.py

test: $(STAMP) ## set up whatever the tests need and run them all
	./tools/test-requirements.sh
	$(BIN)/pytest -n 2

check: $(STAMP) format-check lint types floors test ## format, lint, types, import floors, tests

.PHONY: format-check
format-check: $(STAMP)
	$(BIN)/ruff format --check .

lint: $(STAMP) ## ruff
	$(BIN)/ruff check .

types: $(STAMP) ## mypy --strict
	$(BIN)/mypy

floors: $(STAMP) ## imports only go down
	$(BIN)/lint-imports

format: $(STAMP) ## write the format anew
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: $(STAMP) ## write the expected results of the golden tests anew; read the diff before you commit it
	$(BIN)/python -m tests.golden.rewrite

templates: $(STAMP) ## make the shipped docx templates anew
	$(BIN)/python tools/make_templates.py

docs: $(STAMP) ## write the generated reference pages anew
	$(BIN)/python -m tools.make_reference

bench: $(STAMP) ## measure speed and memory as ratios in one run
	./tools/test-requirements.sh
	./tests/bench/requirements.sh
	$(BIN)/python -m tests.bench

clean: ## remove what can be made again
	rm -rf $(VENV) demo .bench dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
