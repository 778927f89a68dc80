# The commands that people and scripts rely on; `make setup run test check bench soak`.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$python >/dev/null && \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$python && break; done)
VENV_PYTHON := .venv/bin/python

.PHONY: run setup test check bench soak

run: setup
	@exec $(VENV_PYTHON) -m scripts.run --with-parent

setup:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed." >&2; exit 2; }
	@$(PYTHON) -m scripts.setup

test:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed." >&2; exit 2; }
	@$(PYTHON) -m scripts.setup --tests
	@exec $(VENV_PYTHON) -m scripts.test

check:
	@$(PYTHON) -m scripts.setup --tests
	@exec $(VENV_PYTHON) -m scripts.check

bench:
	@$(PYTHON) -m scripts.setup --tests
	@exec $(VENV_PYTHON) -m bench

soak:
	@$(PYTHON) -m scripts.setup --tests
	@exec $(VENV_PYTHON) -m tests.engine.soak --minutes $(or $(MINUTES),30)
