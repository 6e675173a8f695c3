# 规矩 Guiju. `make` alone lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON  ?= python3
VENV    ?= .venv
BIN     := $(VENV)/bin
PY      := $(BIN)/python
PIP     := $(PY) -m pip --disable-pip-version-check
# What pip does for a package that it copies and leaves out for one that stays in place; where Python may not keep
# what it compiles (PYTHONDONTWRITEBYTECODE), every single start would compile 140 modules again.
COMPILE := $(PY) -m compileall -q guiju

# What `make run` checks. Findings are a good demonstration (exit 1); a command that could not run is not (exit 2).
EXAMPLE ?= examples/lamp-poles/faulty.yaml
# How many examples each property tries; how many workers run the tests; which ways of judging the cases are tried in.
SIZE    ?= 100
WORKERS ?= 2
ENGINE  ?=
ARGS    ?=

# Debian packages that tests and reports can use. Names stand here alone, one list for needs and one for wishes.
SYSTEM_NEEDED := python3 python3-venv make
# Java is for Spark and for Preflight, which judges PDF/A; a compiler is for the one part in C, and needs the headers of $(PYTHON).
SYSTEM_WISHED := chromium postgresql fonts-noto-cjk libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils locales openjdk-17-jre-headless \
                 libpdfbox2-java libactivation-java libjaxb-api-java gcc libc6-dev python3-dev

# `sanitize` puts another build in the place of the reader, and the usual one back.
VSCODE := editors/vscode
.PHONY: vsix help setup setup-system run test quick cases fmt lint types floors props sanitize accept bench bench-peers bench-report docs check check-all clean lock

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# ---- environment -----------------------------------------------------------------------------------------------------------

# A virtual environment that has been moved or whose interpreter is gone is made anew.
define make_venv
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "guiju needs Python 3.11 or later; set PYTHON=…")'
	@if ! $(PY) -m pip --version >/dev/null 2>&1; then \
	  $(PYTHON) -m venv --clear $(VENV) || { echo "cannot make $(VENV): on Debian run 'make setup-system' as root"; exit 2; }; fi
endef

# The one part in C; where no compiler is at hand, Guiju does without it.
READER := guiju/validators/streaming/decode/_typed_lines.c hatch_build.py

$(VENV)/.ready-run: requirements.lock pyproject.toml $(READER)
	$(make_venv)
	@$(PIP) install -q -r requirements.lock
	@$(PIP) install -q --no-deps --no-build-isolation -e .
	@$(COMPILE)
	@touch $@

$(VENV)/.ready-dev: requirements.lock requirements-dev.lock pyproject.toml $(READER)
	$(make_venv)
	@$(PIP) install -q -r requirements-dev.lock
	@$(PIP) install -q --no-deps --no-build-isolation -e .
	@$(COMPILE)
	@touch $@ $(VENV)/.ready-run

# What the page needs besides, by the pins of the developers' lock.
$(VENV)/.ready-web: $(VENV)/.ready-run requirements-dev.lock
	@$(PIP) install -q -c requirements-dev.lock --no-build-isolation -e '.[web,sql,word,papers,pdf,sign]'
	@$(COMPILE)
	@touch $@

setup: $(VENV)/.ready-dev ## make the environment with all developer tools; asks no questions
	@echo "ready: $(BIN)/guiju"

setup-system: ## install Debian packages (as root); those that are only wished for may fail
	@command -v apt-get >/dev/null || { echo "no apt-get here; install by hand: $(SYSTEM_NEEDED) $(SYSTEM_WISHED)"; exit 0; }; \
	missing=""; for package in $(SYSTEM_NEEDED); do \
	  case $$package in python3) command -v python3 >/dev/null && continue;; make) command -v make >/dev/null && continue;; \
	    python3-venv) $(PYTHON) -c 'import ensurepip' 2>/dev/null && continue;; esac; missing="$$missing $$package"; done; \
	if [ -n "$${missing}$(SYSTEM_WISHED)" ]; then apt-get update -qq || true; fi; \
	if [ -n "$$missing" ]; then DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; fi; \
	for package in $(SYSTEM_WISHED); do \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$package || echo "without $$package"; done

lock: ## resolve pyproject.toml anew and write both lock files
	@rm -rf build/lock && $(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip install -q . hatchling editables
	@{ echo "# Exact pins of what guiju needs to run. Written by 'make lock'; do not edit."; \
	   build/lock/bin/python -m pip freeze --exclude guiju; } > requirements.lock
	@build/lock/bin/python -m pip install -q '.[rdf,word,pdf,big,spark,smt,sql,report,sign,web,lsp,release,dev]'
	@{ echo "# Exact pins of what guiju needs to run and be worked on. Written by 'make lock'; do not edit."; \
	   build/lock/bin/python -m pip freeze --exclude guiju; } > requirements-dev.lock
	@rm -rf build/lock

# ---- use -------------------------------------------------------------------------------------------------------------------

run: $(VENV)/.ready-run ## check the shipped example (EXAMPLE=…)
	@test -n "$(EXAMPLE)" || { echo "there is no example under examples/; say EXAMPLE=…"; exit 2; }
	@echo "guiju check $(EXAMPLE)"; status=0; $(BIN)/guiju check $(EXAMPLE) $(ARGS) || status=$$?; \
	if [ $$status -le 1 ]; then exit 0; fi; exit $$status

serve: $(VENV)/.ready-web ## the page, on this machine (ARGS=…)
	@$(BIN)/guiju serve $(ARGS)

# ---- tests -----------------------------------------------------------------------------------------------------------------

test: $(VENV)/.ready-dev ## the whole suite (ARGS=… goes to pytest)
	@$(PY) -m pytest -q -n $(WORKERS) $(ARGS)

quick: $(VENV)/.ready-dev ## a minute's worth of every room: few examples, no command started
	@GUIJU_SIZE=10 $(PY) -m pytest -q -n $(WORKERS) -m "not slow" tests/architecture/test_floors.py tests/architecture/test_tidiness.py tests/unit \
	  tests/conformance tests/differential/test_each_function.py $(ARGS)

cases: $(VENV)/.ready-dev ## the cases of the language and of the rules, in every way (ENGINE=compiled,streamed,spilled,processes,spark)
	@GUIJU_ENGINE="$(ENGINE)" $(PY) -m pytest -q $(wildcard tests/rules tests/conformance) $(ARGS)

props: $(VENV)/.ready-dev ## the properties, SIZE=… examples each
	@GUIJU_SIZE=$(SIZE) $(PY) -m pytest -q $(wildcard tests/properties tests/differential) $(ARGS)

sanitize: $(VENV)/.ready-dev ## the reader in C under sanitizers of addresses and of undefined behaviour, SIZE=… examples
	@so=$$($(PY) -c 'from guiju.validators.streaming.decode import _typed_lines as made; print(made.__file__)'); \
	gcc -g -O1 -std=c11 -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=undefined -shared -fPIC \
	  -I"$$($(PY) -c 'import sysconfig; print(sysconfig.get_paths()["include"])')" guiju/validators/streaming/decode/_typed_lines.c -o "$$so"; \
	status=0; ASAN_OPTIONS=detect_leaks=0 LD_PRELOAD="$$(gcc -print-file-name=libasan.so)" GUIJU_SIZE=$(SIZE) \
	  $(PY) -m pytest -q tests/differential/test_typed_lines.py tests/differential/test_written_lines.py $(ARGS) || status=$$?; \
	$(PIP) install -q --no-deps --no-build-isolation -e .; exit $$status

accept: $(VENV)/.ready-dev ## rewrite specimens and the drawings of pages; then read `git diff`
	@GUIJU_ACCEPT=1 $(PY) -m pytest -q $(wildcard tests/specimens tests/pages tests/docs/test_messages.py) $(ARGS) || true
	@git --no-pager diff --stat -- tests/specimens guiju/diagnostics/pages docs/messages.md

bench: $(VENV)/.ready-dev ## the benchmarks, one file per arrow
	@$(COMPILE)
	@for file in $(wildcard benchmarks/bench_*.py); do $(PY) $$file; done

bench-peers: $(VENV)/.ready-dev ## install the tools that the benchmarks compare with
	@$(PIP) install -q -r requirements-dev.lock -r requirements-bench.lock

bench-report: $(VENV)/.ready-dev ## measure everything and write docs/performance.md (half an hour on a quiet machine; ARGS=…)
	@$(COMPILE)
	@$(PY) benchmarks/report_performance.py $(ARGS) --to docs/performance.md

docs: $(VENV)/.ready-dev ## run every example that a document shows
	@$(PY) -m pytest -q $(wildcard tests/docs tests/pages tests/specimens) $(ARGS)

vsix: $(VENV)/.ready-dev ## build the extension for VS Code (needs node and npm)
	@$(BIN)/guiju grammar --to textmate > $(VSCODE)/syntaxes/guiju.tmLanguage.json
	@cd $(VSCODE) && npm ci --no-audit --no-fund --silent && cp ../../LICENSE . && npm run --silent package && rm LICENSE && ls -l guiju.vsix

# ---- tidiness --------------------------------------------------------------------------------------------------------------

fmt: $(VENV)/.ready-dev ## lay out the code
	@$(BIN)/ruff check -q --fix-only guiju tests && $(BIN)/ruff format -q guiju tests

lint: $(VENV)/.ready-dev ## ruff
	@$(BIN)/ruff check guiju tests && $(BIN)/ruff format --check guiju tests

types: $(VENV)/.ready-dev ## mypy --strict
	@$(BIN)/mypy

floors: $(VENV)/.ready-dev ## the import contracts alone
	@$(BIN)/lint-imports --config .importlinter

check: lint types test ## what is green before a commit

check-all: check props docs bench ## what is green before a release

clean: ## remove what was made
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@rm -f guiju/validators/streaming/decode/_typed_lines.*.so
	@find guiju tests -name __pycache__ -type d -prune -exec rm -rf {} +
