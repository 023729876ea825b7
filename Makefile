# `make help` lists the targets. Everything that is installed goes into .dev (see tools/setup.sh).
SHELL := /bin/bash
PYTHON := "$(CURDIR)/.dev/venv/bin/python"
export R_LIBS := $(CURDIR)/.dev/rlib
export RETICULATE_PYTHON := $(CURDIR)/.dev/venv/bin/python
# `make demo` alone needs less than the checks do.
NEEDS := $(if $(filter-out demo install clean help,$(MAKECMDGOALS)),test,demo)
# No test depends on the network: none of them finds a way there.
OFFLINE := env http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 no_proxy=127.0.0.1,localhost
# Tiny operations wait longer for torch's second thread than they take, and on a busy machine many times
# as long.
test-python test-r build check docs: export OMP_NUM_THREADS := 1
.DEFAULT_GOAL := help
.PHONY: help setup install demo lint lint-python lint-js lint-r docs man test-python test-js test-r build check test bench clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## install what is missing
	@tools/setup.sh $(NEEDS)

demo: install ## train from R, and draw what was learned by base R and by matplotlib
	@Rscript inst/examples/demo.R demo

lint: lint-python lint-js lint-r ## ruff, mypy, import-linter, biome, lintr, and whether man/, NAMESPACE and R/tables.R are as written by make man

lint-python: setup
	$(PYTHON) -m ruff format --check python tests/python benchmarks tools
	$(PYTHON) -m ruff check python tests/python benchmarks tools
	$(PYTHON) -m mypy
	@PYTHONPATH=python .dev/venv/bin/lint-imports --no-cache --no-logo

lint-js: setup
	@.dev/node/node_modules/.bin/biome check --error-on-warnings

lint-r: man
	@Rscript tools/lint.R

test-python: setup ## pytest
	$(OFFLINE) $(PYTHON) -m pytest --numprocesses auto --dist worksteal

test-js: setup ## what pages draw with, by node
	@$(OFFLINE) node --test --test-reporter=spec tests/js/*.test.mjs

install: setup # the R package into .dev/rlib
	@R CMD INSTALL --no-test-load . >.dev/install.log 2>&1 || { cat .dev/install.log; exit 1; }
	@rm -rf inst/python

# None may be skipped: here Python is there.
test-r: install build ## testthat
	$(OFFLINE) NOT_CRAN=true XORLAB_PAGES="$(CURDIR)/.dev/build/pages" TESTTHAT_CPUS=$$(getconf _NPROCESSORS_ONLN) Rscript -e 'library(xorlab); r <- as.data.frame(testthat::test_dir("tests/testthat", package = "xorlab", load_package = "installed", reporter = "check", stop_on_warning = TRUE)); if (any(r[["skipped"]])) stop("tests were skipped: ", toString(r[["test"]][r[["skipped"]]]))'

docs: man install ## help pages, the pictures of README and playground, and the site in site/
	@Rscript tools/pictures.R
	@PYTHONPATH=python $(PYTHON) tools/playground_pictures.py
	@tools/site.sh

man: setup # help pages and NAMESPACE, by roxygen, R's tables of Python's, and the lesson's notebook and scripts
	@PYTHONPATH=python $(PYTHON) tools/r_tables.py
	@$(PYTHON) tools/lesson.py
	@Rscript -e 'suppressMessages(roxygen2::roxygenise(load_code = "source"))' >.dev/man.log 2>&1 || { cat .dev/man.log; exit 1; }

build: install # the tarball in .dev/build, and its vignettes as pages
	@tools/build.sh

check: build ## R CMD check --as-cran, with Python and with none to be found
	@tools/check.sh

bench: install ## measure xorlab beside its peers (minutes); ONLY="fit study" runs a part
	@benchmarks/setup.sh
	@PYTHONPATH="$(CURDIR)/python" .dev/bench-venv/bin/python -m benchmarks $(ONLY)

clean: ## remove what was made, but not .dev
	rm -rf demo site testthat-problems.rds inst/python xorlab_*.tar.gz *.Rcheck .pytest_cache .mypy_cache .ruff_cache

# Two stages at a time, once the package is installed and the help is written, for which Python's linters
# need not wait; each shows what it had to say when it has ended.
ifneq ($(filter test,$(MAKECMDGOALS)),)
MAKEFLAGS += --jobs=2 --output-sync=target
man: install
build test-python lint-js: man
endif

test: lint check test-python docs test-r test-js demo ## every check
