# The two commands of a newcomer: `make run` and `make test`. Both make .venv first, from pinned versions.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
APPROVER ?=
BIN := .venv/bin
JOSI := $(BIN)/josi
# Two at a time, by file; the tests that train and use the tiny pair are one group (tests/conftest.py).
SIDE_BY_SIDE := -n 2 --no-loadscope-reorder
MESSAGE ?= I have 45 minutes for a run today

# llama.cpp and its converter come from one source archive, checked before anything in it is run.
LLAMA_VERSION := 0.3.36
LLAMA_ARCHIVE := .cache/llama_cpp_python-$(LLAMA_VERSION).tar.gz
LLAMA_SHA256 := 832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e
LLAMA_WHEEL := .cache/wheels/llama_cpp_python-$(LLAMA_VERSION)-*.whl
LLAMA_PARTS := convert_hf_to_gguf.py convert_lora_to_gguf.py conversion/* gguf-py/gguf/* models/ggml-vocab-qwen2.gguf LICENSE

export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test test-all setup schemas vectors screenshots lint clean help
.DEFAULT_GOAL := help

help:  ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: setup  ## data, base, both models, GGUF, gate, approval, publication; then download and one chat turn
	APPROVER="$(APPROVER)" $(JOSI) run --recipe tiny --channel dev
	$(JOSI) download --channel dev
	$(JOSI) chat "$(MESSAGE)"

test: setup lint  ## lint, types, architecture rules and all tests but the slow ones
	JOSI_HOME=.josi/test $(BIN)/pytest -m "not slow" $(SIDE_BY_SIDE)

test-all: setup lint  ## the same with the slow tests
	JOSI_HOME=.josi/test $(BIN)/pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

schemas: setup  ## write schemas/ anew from josi/contract.py
	$(BIN)/python -m tasks.schemas

vectors: setup  ## write schemas/vectors/ anew from the cases in data/vectors/
	$(BIN)/python -m tasks.vectors

screenshots: setup  ## the pictures in docs/, from a service that is up and a Chromium
	PYTHONPATH=. $(BIN)/python docs/screenshots.py

setup: .venv/.ready  ## make .venv, build llama.cpp, unpack its converter

.venv/.ready: .venv/.libraries .venv/.llama
	@$(BIN)/pip install --quiet $(LLAMA_WHEEL)
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/pip check
	@touch $@

# The two long halves of the installation, side by side: one downloads, the other compiles.
.venv/.libraries .venv/.llama &: pyproject.toml constraints.txt | .venv/bin/pip
	@$(MAKE) --no-print-directory -j2 libraries llama

.PHONY: libraries llama
libraries:
	@echo "Installing libraries (about 100 s) ..."
	@$(BIN)/python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
	  print(*(d for d in p['dependencies'] + p['optional-dependencies']['dev'] if d != 'llama-cpp-python'), \
	  'setuptools', sep='\n')" > .venv/requirements.txt
	@$(BIN)/pip install --quiet --requirement .venv/requirements.txt
	@touch .venv/.libraries

llama: $(LLAMA_ARCHIVE)
	@echo "$(LLAMA_SHA256)  $(LLAMA_ARCHIVE)" | sha256sum --check --quiet
	@mkdir -p .cache/llama.cpp
	@tar xzf $(LLAMA_ARCHIVE) -C .cache/llama.cpp --strip-components=3 --wildcards $(LLAMA_PARTS:%='*/vendor/llama.cpp/%')
	@ls $(LLAMA_WHEEL) >/dev/null 2>&1 || { echo "Building llama.cpp (about 200 s) ..."; \
	  $(BIN)/pip wheel --quiet --no-deps --wheel-dir .cache/wheels $(LLAMA_ARCHIVE); }
	@touch .venv/.llama

$(LLAMA_ARCHIVE): | .venv/bin/pip
	@mkdir -p .cache
	@$(BIN)/pip download --quiet --no-deps --no-binary llama-cpp-python llama-cpp-python==$(LLAMA_VERSION) --dest .cache

.venv/bin/pip:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or later is needed: make PYTHON=python3.11 ...')"
	$(PYTHON) -m venv .venv

clean:  ## remove what runs have made (not .venv)
	rm -rf .josi
