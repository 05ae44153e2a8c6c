# Two commands set up everything: `make demo` and `make test`.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STATIC := src/daogou/serve/static/index.html
WEB_SOURCES := $(shell find web contracts/openapi.json -type f \
	-not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/__pycache__/*' -not -path '*/test-results/*' 2>/dev/null)

.PHONY: demo test check bench drills web format clean help lock sbom audit

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 10

demo: $(VENV)/.installed $(STATIC) ## install, import the bundled shop, train, serve
	$(BIN)/daogou demo $(ARGS)

test: $(VENV)/.installed-dev $(STATIC) $(VENV)/.chromium ## install, run all tests
	@venv_bin=$(BIN); . scripts/node.sh && cd web && npm test
	$(BIN)/pytest -n 2 -m "not browser" $(ARGS)
	$(BIN)/pytest -m browser $(ARGS)

check: $(VENV)/.installed-dev web/node_modules/.installed ## lint, types, import contract
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	@venv_bin=$(BIN); . scripts/node.sh && cd web && npm run check

bench: $(VENV)/.installed-dev ## measure again; results land in benchmarks/results
	for question in benchmarks/*.py; do $(BIN)/python $$question || exit 1; done

drills: $(VENV)/.installed-dev ## break a server in every way we know, and write down what came of it
	$(BIN)/python benchmarks/drills $(ARGS)

web: $(STATIC) ## build the page

format: $(VENV)/.installed-dev ## format the Python code
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: $(VENV)-audit/.installed ## pin what a shop runs, with hashes, in requirements.lock
	$(VENV)-audit/bin/uv pip compile pyproject.toml --constraint constraints.txt --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		--quiet --output-file requirements.lock
	$(BIN)/python scripts/licences.py > docs/licences.md

sbom: $(VENV)-runtime/.installed $(VENV)-audit/.installed ## CycloneDX list of what a shop runs: dist/sbom.cdx.json
	@mkdir -p dist
	$(VENV)-audit/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
		--output-format JSON --output-file dist/sbom.cdx.json $(VENV)-runtime/bin/python

audit: $(VENV)-audit/.installed ## ask the vulnerability database about requirements.lock; needs the internet
	$(VENV)-audit/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip

clean: ## remove what was built
	rm -rf $(VENV) $(VENV)-runtime $(VENV)-audit web/node_modules src/daogou/serve/static demo-shop

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Daogou needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet "$$(grep '^torch==' constraints.txt)"
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.installed

# What a shop runs and nothing else, every file checked against its hash.
$(VENV)-runtime/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)-runtime
	$(VENV)-runtime/bin/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(VENV)-runtime/bin/python -m pip install --quiet --no-deps .
	$(VENV)-runtime/bin/python -m pip check
	@touch $@

$(VENV)-audit/.installed: constraints.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/python -m pip install --quiet --constraint constraints.txt \
		$$(sed -n 's/^audit = \[\(.*\)\]/\1/p' pyproject.toml | tr -d '",')
	@touch $@

web/node_modules/.installed: web/package-lock.json | $(VENV)/bin/python
	@venv_bin=$(BIN); . scripts/node.sh && cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(STATIC): web/node_modules/.installed $(WEB_SOURCES)
	@venv_bin=$(BIN); . scripts/node.sh && cd web && npm run build
	@touch $@

$(VENV)/.chromium: scripts/chromium.sh | $(VENV)/bin/python
	@sh scripts/chromium.sh
	@touch $@
