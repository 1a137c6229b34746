# make demo    the boutique on http://127.0.0.1:8000 (another port: make demo PORT=8080)
# make test    the whole test suite (a part of it: make test ARGS=tests/core)
# make properties   explanations, tried with 100,000 cases (another number: make properties CASES=5000)
# make benchmark   what we cost, beside the bare shop (options: make benchmark ARGS=--quick)
# make lint    style, types, import directions, migrations, system checks
# make reset   forget the demo's data; the next "make demo" loads it anew
# make lock    resolve the dependencies anew
#
# It needs Python 3.11, 3.12 or 3.13 and nothing else; all packages go into .venv.

SHELL := bash
.SHELLFLAGS := -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test properties benchmark lint reset lock

PORT ?= 8000
# The first of them that this machine has makes the environment.
PYTHONS ?= 3.11 3.12 3.13
VENV ?= .venv
PYTHON := $(VENV)/bin/python
INSTALLED := $(VENV)/.installed
MANAGE := $(PYTHON) sandbox/manage.py
PASSWORD = $(shell sed -n 's/^DEMO_PASSWORD = "\(.*\)"/\1/p' sandbox/boutique/demo/customers.py)

# The newest line of a long step, on one line of the screen; errors are kept.
TICKER := awk -v screen=$$([ -t 2 ] && echo yes) '/^ERROR/ { print "\n" $$0; next } \
  screen { printf "\r\033[K  %s", substr($$0, 1, 74); fflush() } \
  END { print (screen ? "\r\033[K" : "") "  done" }'

help:
	@sed -n 's/^# \{0,1\}//p' Makefile | head -9

$(INSTALLED): requirements.lock pyproject.toml
	@echo "Installing the packages of requirements.lock into $(VENV) (once, about a minute)"
	@python=$$(sh .ci/find-python $(PYTHONS)) && "$$python" -m venv $(VENV)
	@$(PYTHON) -m pip install --disable-pip-version-check --no-deps -r requirements.lock 2>&1 | $(TICKER)
	@$(PYTHON) -m pip install --disable-pip-version-check --no-deps -qq --editable .
	@touch $@

demo: $(INSTALLED)
	@echo "Database (the first time half a minute)"
	@$(MANAGE) migrate --skip-checks | $(TICKER)
	@echo "Products, pictures, customers and pages (the first time half a minute)"
	@$(MANAGE) load_boutique --skip-checks | $(TICKER)
	@printf '%s\n' "" \
	  "  Open  http://127.0.0.1:$(PORT)/" \
	  "" \
	  "  1. \"Refuse all\" at the foot of the page: the shop is complete, and nothing is kept." \
	  "  2. \"Your preferences\" in the footer: allow \"What you tell us\", choose the style Romantic." \
	  "  3. The home page has changed; \"Why am I seeing this?\" says why and lets you undo it." \
	  "  4. Log in as the shopper and allow \"What you bought\"." \
	  "  5. The editor's side: http://127.0.0.1:$(PORT)/admin/ under Personalisation" \
	  "" \
	  "  shopper@example.com, editor@example.com, admin@example.com; password $(PASSWORD)" \
	  "  Ctrl-C stops it; make reset forgets all data." ""
	@BOUTIQUE_DEBUG=0 $(MANAGE) runserver --noreload 127.0.0.1:$(PORT)

# With a PostgreSQL server named by PGHOST what needs one runs too; the whole suite on PostgreSQL is
# BOUTIQUE_DATABASE=postgresql make test. One worker per core; ARGS="-n0" runs everything in one
# process, as a debugger wants it.
PYTEST := $(PYTHON) -m pytest -n auto --maxprocesses 4 --dist loadgroup
NONE_SELECTED := 5
test: $(INSTALLED)
ifeq ($(BOUTIQUE_DATABASE),postgresql)
	$(PYTEST) -m "not browser" $(ARGS)
else
	$(PYTEST) $(if $(PGHOST),-m "not postgresql") $(ARGS)
	$(if $(PGHOST),BOUTIQUE_DATABASE=postgresql $(PYTEST) -m postgresql $(ARGS) || test $$? = $(NONE_SELECTED))
endif

# New cases each time, on the core alone: no database.
properties: $(INSTALLED)
	$(PYTHON) -m tests.core.thorough $(CASES)

# On SQLite, and where PGHOST names a PostgreSQL server on that too. It takes a quarter of an hour each.
benchmark: $(INSTALLED)
	$(PYTHON) -m tests.benchmarks $(ARGS)
	$(if $(PGHOST),BOUTIQUE_DATABASE=postgresql $(PYTHON) -m tests.benchmarks $(ARGS))

lint: $(INSTALLED)
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	find ethical_personalization sandbox -path '*/templates/*.html' -print0 | xargs -0 $(VENV)/bin/djade --target-version 5.2 --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check --fail-level WARNING

reset:
	rm -rf var

# One lock for Python 3.11 to 3.13, and the oldest supported set for .ci/run.
COMPILE := $(VENV)/bin/uv pip compile --quiet --no-header --no-annotate --upgrade --python-version 3.11
lock: $(INSTALLED)
	$(PYTHON) -m pip install --disable-pip-version-check --quiet uv
	$(COMPILE) --universal --extra dev --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra tests --constraints .ci/oldest.in --output-file .ci/oldest.lock pyproject.toml
