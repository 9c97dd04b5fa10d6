# The two commands of this project are `make demo` and `make test`; each does all the set-up by itself.
PYTHON ?= $(shell for p in python3 python3.12 python3.13 python3.11; do $$p -c 'import sys, venv; assert (3, 11) <= sys.version_info < (3, 14)' 2>/dev/null && echo $$p && break; done)
UV_VERSION = 0.13.9
ARGS ?=

.PHONY: setup demo test lint bench clean debian

setup: .venv/ready

.venv/ready: pyproject.toml uv.lock
	@[ -n "$(PYTHON)" ] || { echo 'gongshi needs Python 3.11, 3.12 or 3.13 with its venv module; name one with PYTHON=...' >&2; exit 1; }
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	VIRTUAL_ENV=$(CURDIR)/.venv .venv/bin/uv sync --active --inexact --locked --quiet --compile-bytecode --extra embedded --python .venv/bin/python
	touch .venv/ready

demo: setup
	.venv/bin/gongshi demo $(ARGS)

debian:
	tests/install-debian-packages

test: setup debian
	.venv/bin/python -m pytest $(ARGS)

lint: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: setup
	.venv/bin/python -m benchmarks $(ARGS)

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage build dist
