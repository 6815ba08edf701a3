# make demo      audit the example in fixtures/demo and write demo-report.html
# make test      every test (builds what it needs)
# make check     formatting, lint, types
# make install   copydesk in .venv
# make bench     recall and precision over the project's own cases, then speed; a few minutes
#                SPEED=full: large texts and growth too (up to two hours), SPEED=quick: little texts, to try it,
#                CONTENT=FOLDER: the articles of a folder of yours
# make docs      docs/rules.md from the rules' own texts
# make pictures  the screenshots of the README, with an installed Chromium
# make clean     remove everything that the targets above made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SOURCES := $(shell find audit rules reports -type f ! -name '*.pyc' 2>/dev/null)
# A development install follows the sources; without one, the package is installed again when they change.
INSTALLED := $(if $(wildcard $(VENV)/.dev),$(VENV)/.dev,$(VENV)/.installed)
DEMO := fixtures/demo
SPEED ?= short
SPEED_OPTIONS_short := --only dossier --only folder
SPEED_OPTIONS_quick := --quick
SPEED_OPTIONS_full :=

.PHONY: demo test check install bench docs pictures clean browser
.DELETE_ON_ERROR:

demo: $(INSTALLED)
	@$(BIN)/copydesk check $(DEMO)/article.md --source $(DEMO)/interview.md --exit-zero --out html=demo-report.html
	@echo
	@echo "The report with both texts side by side, for any browser:"
	@echo "$(CURDIR)/demo-report.html"

install: $(INSTALLED)
	@echo "copydesk is $(BIN)/copydesk; on your path after: . $(BIN)/activate"

test: $(VENV)/.dev browser
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@rm -rf build/lib build/typecheck
	$(PIP) install --no-deps --target build/typecheck .
	MYPYPATH=build/typecheck $(BIN)/mypy --strict -p audit

bench: $(VENV)/.dev
	$(if $(filter $(SPEED),short quick full),,$(error SPEED is short, quick or full))
	$(BIN)/python tests/benchmarks/cases.py fixtures/dossiers
	@echo
	$(BIN)/python tests/benchmarks/speed.py $(SPEED_OPTIONS_$(SPEED)) $(if $(CONTENT),--content '$(CONTENT)')

docs: $(VENV)/.dev
	$(BIN)/python docs/make_rules.py

pictures: $(VENV)/.dev
	$(BIN)/python docs/make_screenshots.py

# Programs that some tests drive: a Chromium, LibreOffice for the copies of Word files, ShellCheck for the scripts. Where
# this may install them, it does; elsewhere the tests say what is missing.
browser:
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  wanted=""; \
	  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	    || wanted="$$wanted chromium"; \
	  command -v soffice >/dev/null || wanted="$$wanted libreoffice-writer-nogui"; \
	  command -v shellcheck >/dev/null || wanted="$$wanted shellcheck"; \
	  if [ -n "$$wanted" ]; then \
	    echo "Installing for the tests:$$wanted"; \
	    apt-get -qq update >/dev/null 2>&1; \
	    for program in $$wanted; do \
	      DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$$program" >/dev/null 2>&1 \
	        || echo "$$program could not be installed; its tests cannot run"; \
	    done; \
	  fi; \
	fi

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "copydesk needs Python 3.11 or newer; '$(PYTHON)' is not. Name one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "'$(PYTHON)' cannot make a virtual environment (on Debian: python3-venv)." >&2; exit 1; }

$(VENV)/.installed: pyproject.toml README.md LICENSE $(SOURCES) | $(BIN)/python
	@echo "Installing copydesk into $(VENV); the first time takes a minute or two"
	@rm -rf build/lib
	@$(PIP) install .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@echo "Installing copydesk and what its development needs into $(VENV)"
	@rm -rf build/lib
	@$(PIP) install --editable '.[dev]'
	@touch $@

clean:
	rm -rf build dist *.egg-info $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis demo-report.html
