# make       set up, build the graph of seeds/ into output/, answer a few questions
# make test  set up, then run all checks and tests, those in a browser included
# make docs  write what is made from the ontology: its page, the JSON-LD context, the concept schemes
# make bench     measure speed and memory of builds, into docs/PERFORMANCE.md
# make weights   learn what words weigh for an indicator, from the marked texts of tests/quality
# make quality   measure how well reports are read, into docs/QUALITY.md
# PYTHON=python3.12 make   with another Python (3.11 or later)

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)

.PHONY: run test lint docs weights quality bench clean

run: $(VENV)/.run
	$(BIN)/kg build seeds -o output
	$(BIN)/kg ask most-cited --kind law
	$(BIN)/kg ask mediation
	$(BIN)/kg ask shared-initiatives
	@echo
	@echo "The graph as a page: output/graph.html (open it in a browser). More questions: $(BIN)/kg ask"

test: $(VENV)/.test lint
	sh tests/install_chromium.sh
	sh tests/install_readers.sh
	$(BIN)/python -m pytest

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is wanted: PYTHON=python3.12 make"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.venv pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.test: $(VENV)/.venv pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $(VENV)/.run $@

docs: $(VENV)/.run
	$(BIN)/python docs/ontology.py

weights: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[weights]'
	$(BIN)/python -m tests.quality.weigh

quality: $(VENV)/.test
	$(BIN)/python benchmarks/quality.py

bench: $(VENV)/.run
	$(BIN)/python benchmarks/building.py 100 1000

clean:
	rm -rf $(VENV) output/store output/graph.ttl output/graph.html output/set-aside.csv output/.build output/screenshots
