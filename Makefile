# `make help` lists the targets. Everything that is installed goes into .dev (see tools/setup.sh).
SHELL := /bin/bash
PYTHON := $(CURDIR)/.dev/venv/bin/python
export R_LIBS := $(CURDIR)/.dev/rlib
export RETICULATE_PYTHON := $(PYTHON)
.DEFAULT_GOAL := help
.PHONY: help setup install demo lint test-python test-r test clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## install what is missing
	@tools/setup.sh

demo: install ## train from R, and draw what was learned by base R and by matplotlib
	@Rscript inst/examples/demo.R demo

lint: setup ## ruff and mypy
	$(PYTHON) -m ruff format --check python tests/python
	$(PYTHON) -m ruff check python tests/python
	$(PYTHON) -m mypy

test-python: setup ## pytest
	$(PYTHON) -m pytest

install: setup # the R package into .dev/rlib
	@R CMD INSTALL --no-test-load . >.dev/install.log 2>&1 || { cat .dev/install.log; exit 1; }
	@rm -rf inst/python

# None may be skipped: here Python is there.
test-r: install ## testthat
	NOT_CRAN=true Rscript -e 'library(xorlab); r <- as.data.frame(testthat::test_dir("tests/testthat", package = "xorlab", load_package = "installed", stop_on_warning = TRUE)); if (any(r[["skipped"]])) stop("tests were skipped: ", toString(r[["test"]][r[["skipped"]]]))'

clean: ## remove what was made, but not .dev
	rm -rf demo inst/python xorlab_*.tar.gz *.Rcheck .pytest_cache .mypy_cache .ruff_cache

test: lint test-python test-r demo ## every check
