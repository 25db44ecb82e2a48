.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
WORKERS ?= 2
JOBS ?= $(shell nproc)
SOURCES ?= ../shared/sources

.PHONY: figures help run test test-slow lint rooms mutants check translations lock bench alpha screenshots fuzz audit sbom clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: .venv/run.stamp ## Serve the quiz on http://127.0.0.1:8000/ (PORT=…, WORKERS=…)
	$(BIN)/quiz serve --port $(PORT) --workers $(WORKERS)

test: .venv/test.stamp browser ## Run the tests
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile -m "not slow"

test-slow: .venv/test.stamp browser ## Run the tests that take long
	$(BIN)/python -m pytest -m slow

lint: .venv/test.stamp ## Check style, types, layers and templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --check --lint --quiet templates

rooms: .venv/test.stamp ## Print the rooms of the code, who imports whom, and circles
	@$(BIN)/python -m tests.rooms

mutants: .venv/test.stamp ## Change the code in small ways and count what the tests notice
	$(BIN)/python -m tests.mutants

fuzz: .venv/test.stamp ## Fuzz by hand: 100,000 requests and 10,000 files, others each time
	FUZZ_REQUESTS=$${FUZZ_REQUESTS:-100000} FUZZ_FILES=$${FUZZ_FILES:-10000} \
	  $(BIN)/python -m pytest -m slow tests/fuzz

audit: .venv/test.stamp ## Ask whether a hole is known in a package that we use
	@$(BIN)/python tests/known_holes.py requirements/run.txt

sbom: .venv/test.stamp ## Write what the program is made of, as CycloneDX: dist/sbom.json
	@mkdir -p dist
	$(BIN)/python -W ignore -m cyclonedx_py requirements requirements/run.txt \
	  --pyproject pyproject.toml --output-reproducible --of JSON -o dist/sbom.json

check: .venv/run.stamp ## Check the content, and its quotes where the sources are
	$(BIN)/quiz check $(if $(wildcard $(SOURCES)),--sources $(SOURCES))

bench: .venv/test.stamp ## Measure speed and write docs/performance.md
	$(BIN)/python -m benchmarks

alpha: .venv/run.stamp ## Recompute the agreement between the two coding passes
	$(BIN)/python docs/coding/alpha.py

screenshots: .venv/test.stamp browser ## Take the pictures of the README anew
	PYTHONPATH=. $(BIN)/python docs/screenshots/take.py

figures: .venv/test.stamp ## Write the audit's figures into docs/method.md
	PYTHONPATH=. $(BIN)/python docs/figures.py

translations: .venv/test.stamp ## Collect new texts into the translations
	$(BIN)/pybabel -q extract -F babel.cfg --no-location -o .venv/messages.pot .
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete -i .venv/messages.pot -d quiz/translations
	$(BIN)/pybabel -q extract -F commands.cfg --no-default-keywords -k tr -k ntr:1,2 -k later --no-location -o .venv/commands.pot .
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete -D commands -i .venv/commands.pot -d quiz/translations

lock: .venv/test.stamp ## Pin all packages anew, with hashes and without addresses
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header \
	  --python-version 3.11 pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header \
	  --python-version 3.11 pyproject.toml --all-extras --group dev -c requirements/run.txt -o requirements/test.txt

clean: ## Remove what make has set up
	rm -rf .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv .venv

# What an editable install leaves behind, without packages to build one.
.venv/bin/quiz: | .venv/bin/python
	@echo "$(CURDIR)" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/standpunt.pth"
	@printf '#!/bin/sh\nexec "$$(dirname "$$(readlink -f "$$0")")/python" -m quiz "$$@"\n' > $@
	@chmod +x $@

.venv/run.stamp: requirements/run.txt | .venv/bin/python .venv/bin/quiz
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/test.stamp: requirements/test.txt | .venv/bin/python .venv/bin/quiz
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@ .venv/run.stamp

.PHONY: browser
browser:
	@bash tests/set-up.sh
