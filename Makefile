# What a newcomer, CI and a developer run. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO := .venv-demo
SOURCES := pyproject.toml constraints.txt $(shell find src schemas templates inbox/README.md archive/README.md formflow.toml -type f -not -name '*.pyc')

.DEFAULT_GOAL := help
.PHONY: help demo test install-check check lint types floors format golden templates docs bench clean

help: ## list what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

PIP := pip install --quiet --disable-pip-version-check --constraint constraints.txt

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/$(PIP) --editable '.[dev,cluster,scan]'
	@touch $@

# What a user gets: installed as the README says, nothing read from the checkout.
$(DEMO)/.installed: $(SOURCES)
	$(PYTHON) -m venv $(DEMO)
	$(DEMO)/bin/$(PIP) .
	@touch $@

demo: $(DEMO)/.installed ## lay out a workspace in demo/, process eight sample forms, show what came out
	$(DEMO)/bin/python tools/demo.py

test: $(STAMP) ## set up whatever the tests need and run them all
	./tools/test-requirements.sh
	$(BIN)/pytest -n 2

install-check: $(STAMP) ## build sdist and wheel, install the wheel elsewhere, run the README's "Use it" there
	$(BIN)/pytest tests/e2e/test_installation.py

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

templates: $(STAMP) ## make the shipped docx templates and the base of Word blanks anew
	$(BIN)/python tools/make_templates.py
	$(BIN)/python tools/make_blank_base.py

docs: $(STAMP) ## write the generated reference pages anew
	$(BIN)/python -m tools.make_reference

bench: $(STAMP) ## measure speed and memory as ratios in one run
	./tools/test-requirements.sh
	./tests/bench/requirements.sh
	$(BIN)/python -m tests.bench

clean: ## remove what can be made again
	rm -rf $(VENV) $(DEMO) demo .bench dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
