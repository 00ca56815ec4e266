# make help lists the targets. Users need none of them: pip or pipx install the package (docs/install.md).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export SVC_LANG ?= ru

.DEFAULT_GOAL := help
.PHONY: help install demo test test-all check lint fmt type lexicons docs docs-check quality bench gallery models gold dist clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(STAMP)

install: $(STAMP) ## make .venv with everything

demo: $(STAMP) ## install, then the ranked report of the packaged sample
	@$(BIN)/svc demo

test: $(STAMP) ## install, then the tests
	$(BIN)/pytest -m 'not slow'

test-all: $(STAMP) ## the slow tests too, and new examples for the laws
	$(BIN)/pytest --hypothesis-profile=seeking

check: lint type lexicons docs-check test ## what CI runs

lint: $(STAMP) ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check cli analyzers lexicons tests benchmarks

fmt: $(STAMP) ## format the code
	$(BIN)/ruff format cli analyzers lexicons tests benchmarks
	$(BIN)/ruff check --fix .

type: $(STAMP) ## basedpyright
	$(BIN)/basedpyright

lexicons: $(STAMP) ## lint the lexicons and run their examples; the packaged gold's floors
	$(BIN)/svc lexicon lint
	$(BIN)/svc lexicon test
	$(BIN)/python benchmarks/quality.py --floors

docs: $(STAMP) ## write the generated parts of docs/ and README
	$(BIN)/python benchmarks/docs.py

docs-check: $(STAMP) ## fail where they are stale
	$(BIN)/python benchmarks/docs.py --check

quality: $(STAMP) ## scores on the own gold and on ../shared/data (SKIPPED where absent)
	$(BIN)/python benchmarks/quality.py
	OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/discover.py

bench: $(STAMP) ## speed and memory beside the notebook pipeline
	$(BIN)/python benchmarks/bench.py

gallery: $(STAMP) ## the pictures of docs/gallery (needs Chromium)
	$(BIN)/python benchmarks/gallery.py

models: $(STAMP) ## make the packaged models from the invented texts
	$(BIN)/python benchmarks/train_models.py --words
	$(BIN)/python benchmarks/train_models.py

gold: $(STAMP) ## renew the golden pages (review the diff)
	$(BIN)/pytest tests/cli/test_golden.py --renew

dist: $(STAMP) ## wheel and sdist
	$(BIN)/python -m build --quiet

clean: ## drop what was built
	rm -rf build dist *.egg-info
