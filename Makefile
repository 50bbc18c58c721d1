# The commands of the workshop. `make` alone lists them.
SHELL := /bin/sh
PYTHON ?= python3
# PORT and VAR_DIR reach scripts/serve.py by themselves, from the environment or as `make run PORT=9000 VAR_DIR=/tmp/wiki`.

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
# What the machine says about where packages come from must not end up in a lock.
PIP_COMPILE := env -u PIP_FIND_LINKS -u PIP_INDEX_URL -u PIP_EXTRA_INDEX_URL -u PIP_TRUSTED_HOST \
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url \
	--no-emit-trusted-host --no-emit-find-links --strip-extras --allow-unsafe $(LOCK_OPTIONS)
# `make lock` keeps what is pinned; `make lock LOCK_OPTIONS=--upgrade` takes the newest that is allowed.
LOCK_OPTIONS ?=

.DEFAULT_GOAL := help
.PHONY: help run dev test test-all check lint format lock frontend editor-check

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/run.stamp ## set up what is missing and serve the wiki (PORT=8000, VAR_DIR=var)
	@exec $(BIN)/python scripts/serve.py

dev: $(VENV)/dev.stamp ## the same with Django's own server, which reloads changed code
	@exec $(BIN)/python scripts/serve.py --dev

test: $(VENV)/dev.stamp ## everything: linters, all tests on SQLite, the database's tests on PostgreSQL
	@scripts/test.sh "not slow"

test-all: $(VENV)/dev.stamp ## the same, and the long tests
	@scripts/test.sh "slow or not slow"

check: lint ## quick: linters, and tests that need neither a browser nor patience
	@$(BIN)/python -m pytest -q -n auto -m "not slow and not browser and not thorough"

lint: $(VENV)/dev.stamp ## linters, types, contracts, migrations, Django's own deployment check
	@scripts/lint.sh

format: $(VENV)/dev.stamp ## put Python and templates in order
	@scripts/lint.sh --fix

lock: $(VENV)/dev.stamp ## write requirements/*.txt anew from requirements/*.in
	$(PIP_COMPILE) --output-file requirements/run.txt requirements/run.in
	$(PIP_COMPILE) --output-file requirements/dev.txt requirements/dev.in

frontend: ## build static/vendor from frontend/ (needs Node; only for those who change what is built)
	cd frontend && npm ci && npm run build

editor-check: $(VENV)/dev.stamp ## try the visual editor on hundreds of texts (minutes); CHECK_OPTIONS=--write puts it in docs/editor.md
	@test -d frontend/node_modules || { cd frontend && npm ci; } # their Markdown files are among the texts
	@$(BIN)/python -m scripts.editor_check $(CHECK_OPTIONS)

$(VENV)/run.stamp: requirements/run.txt
	@test -x $(BIN)/pip || { echo "Setting up $(VENV) …"; $(PYTHON) -m venv $(VENV); }
	@echo "Installing requirements/run.txt …"
	@$(PIP_INSTALL) -r requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: requirements/run.txt requirements/dev.txt
	@test -x $(BIN)/pip || { echo "Setting up $(VENV) …"; $(PYTHON) -m venv $(VENV); }
	@echo "Installing requirements/run.txt and requirements/dev.txt …"
	@$(PIP_INSTALL) -r requirements/run.txt -r requirements/dev.txt
	@touch $(VENV)/run.stamp $@
