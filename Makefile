# `make help` lists the targets. Everything that is installed goes into .dev (see tools/setup.sh).
SHELL := /bin/bash
PYTHON := $(CURDIR)/.dev/venv/bin/python
export R_LIBS := $(CURDIR)/.dev/rlib
export RETICULATE_PYTHON := $(PYTHON)
.DEFAULT_GOAL := help
.PHONY: help setup lint test-python test

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## install what is missing
	@tools/setup.sh

lint: setup ## ruff and mypy
	$(PYTHON) -m ruff format --check python tests/python
	$(PYTHON) -m ruff check python tests/python
	$(PYTHON) -m mypy

test-python: setup ## pytest
	$(PYTHON) -m pytest

test: lint test-python ## every check
