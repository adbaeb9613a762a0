# `make demo` shows the program at work, `make check` is what has to pass before anything lands.
# Both set up what they need in .venv first, from pyproject.toml alone.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo check format lint types imports tests golden coverage bench package clean

demo: $(READY)
	@$(BIN)/bpo-assess score examples/payroll.yaml --as-of 2026-11-01

check: format-check lint types tests

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name it with make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

.PHONY: format-check
format-check: $(READY)
	$(BIN)/ruff format --check .

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

tests: $(READY)
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile

# Rewrite the golden reports and the page of rules; read the difference before it is committed.
golden: $(READY)
	$(BIN)/pytest tests/reports tests/diagnostics --update-golden

coverage: $(READY)
	$(BIN)/coverage run -m pytest -m 'not slow'
	$(BIN)/coverage report --skip-covered

$(VENV)/.bench-ready: $(READY)
	$(BIN)/python -m pip install --quiet --group bench
	-command -v npm >/dev/null && npm install --silent --no-audit --no-fund --prefix $(VENV)/npm @stoplight/spectral-cli
	@touch $@

# Ratios of CPU time within one run: absolute times say more about the machine than about the program.
bench: $(VENV)/.bench-ready
	@$(BIN)/python bench/ratios.py

package: $(READY)
	$(BIN)/python -m build

clean:
	rm -rf $(VENV) build dist .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis
