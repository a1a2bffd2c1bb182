# MMHS Finder. `make run` is all that is needed to see it; `make help` lists the rest.
#
# PORT and HOST say where it listens:  make run PORT=9000 HOST=0.0.0.0
# EDIT_PORT says where the curators' app does, on this computer alone:  make edit EDIT_PORT=9002
# PYTHON names another Python (3.11 or newer):  make run PYTHON=python3.12

PYTHON ?= python3
PORT   ?= 8501
EDIT_PORT ?= 8502
HOST   ?= localhost
VENV   ?= .venv
# Test processes. Each needs about 2 GB with its app and its browser, so it is not "all cores".
WORKERS ?= 2
BIN    := $(VENV)/bin

# A stamp for each lock file's content: nothing is installed again until a lock changes.
digest = $(shell cat $(1) | cksum | tr ' ' '-')
RUN_STAMP  := $(VENV)/.installed-$(call digest,requirements.txt)
DEV_STAMP  := $(VENV)/.installed-dev-$(call digest,requirements.txt requirements-dev.txt)
PIP        := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help run edit quick test audit lint browser-tests mutants bench spark-check check-data index install install-dev chromium lock clean
.DEFAULT_GOAL := help

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: index ## Install what is needed once, then serve at http://localhost:8501
	@exec $(BIN)/streamlit run app.py --server.port $(PORT) --server.address $(HOST)

edit: install ## Keep the directory, at http://localhost:8502 for this computer only
	@exec $(BIN)/python -m streamlit run mmhs_finder/channels/curator/app.py --server.port $(EDIT_PORT) --server.address 127.0.0.1

# Tests of a class or module stay together: they share a window, an app, a directory.
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadscope

quick: lint index ## Style, types and the tests of rules, in less than a minute
	$(PYTEST) -m "not slow" tests/unit tests/spec tests/contract tests/shell

test: lint check-data index chromium ## Everything a change must pass
	$(PYTEST)

audit: install-dev index chromium ## Look at all areas, pages and links, and write docs/audit.md
	@rm -rf .cache/audit
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m audit tests/audit
	$(BIN)/python -m tests.audit.record

lint: install-dev ## Style, types, and which room imports which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict mmhs_finder app.py
	$(BIN)/lint-imports

mutants: install-dev index ## Put mistakes into a copy of the rules and see which the tests notice
	$(BIN)/python -m tests.mutants --processes $(WORKERS) --write docs/mutants.md

check-data: install ## Check the directory in data/ and say in plain words what is wrong
	$(BIN)/python -m mmhs_finder data check

bench: install-dev index ## Measure speed and memory
	@for script in benchmarks/bench_*.py; do \
		[ -e "$$script" ] || { echo "There is no benchmark yet."; break; }; \
		echo "$$script"; $(BIN)/python "$$script" || exit 1; done

# Java (17 or newer) must be there. PySpark is 430 MB, so it has a folder of its own.
SPARK := .venv-spark
spark-check: install-dev index ## Join a list in PySpark as docs/bulk.md says, and compare every row
	@command -v java >/dev/null || { echo "PySpark needs Java 17 or newer. On Debian: sudo apt install default-jre-headless"; exit 1; }
	@[ -e $(SPARK)/.installed-$(call digest,requirements-spark.txt) ] || { \
		$(BIN)/python -m venv $(SPARK) && \
		$(SPARK)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-spark.txt && \
		touch $(SPARK)/.installed-$(call digest,requirements-spark.txt); }
	$(BIN)/python benchmarks/spark_check.py --spark $(SPARK)/bin/python

index: install ## Build the postcode index, if it is missing or out of date
	@$(BIN)/python -m mmhs_finder postcodes build

install: $(RUN_STAMP)
install-dev: $(DEV_STAMP)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "MMHS Finder needs Python 3.11 or newer. Found: $$($(PYTHON) --version 2>&1 || echo none)."; \
		echo "Install it from https://www.python.org/downloads/ or name another: make run PYTHON=python3.12"; \
		exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
		echo "Python could not make a virtual environment. On Debian or Ubuntu: sudo apt install python3-venv"; \
		rm -rf $(VENV); exit 1; }

$(RUN_STAMP): | $(BIN)/python
	@echo "Installing what the app needs. This happens once."
	@$(PIP) install --quiet --require-hashes -r requirements.txt
	@rm -f $(VENV)/.installed-[0-9]*; touch $@

$(DEV_STAMP): $(RUN_STAMP)
	@echo "Installing what the tests need. This happens once."
	@$(PIP) install --quiet --require-hashes -r requirements.txt -r requirements-dev.txt
	@rm -f $(VENV)/.installed-dev-*; touch $@

# The browser for the tests: CHROMIUM, one that is installed, or else Playwright's own.
chromium: install-dev
	@if [ -n "$$CHROMIUM" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
		|| command -v google-chrome >/dev/null; then :; \
	else echo "No Chromium found: downloading one for the tests."; $(BIN)/playwright install chromium; fi

browser-tests: index chromium ## Only the tests that drive the app in a browser
	$(PYTEST) tests/browser

# Needs uv (https://docs.astral.sh/uv/). The second file is held to the versions of the first.
UV_COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet
lock: ## Write the lock files from pyproject.toml
	$(UV_COMPILE) pyproject.toml -o requirements.txt
	$(UV_COMPILE) --group dev -c requirements.txt -o requirements-dev.txt
	$(UV_COMPILE) --group spark -o requirements-spark.txt

clean: ## Remove what was installed and cached here (not the postcode index)
	rm -rf $(VENV) $(SPARK) .pytest_cache .mypy_cache .ruff_cache .hypothesis .cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
