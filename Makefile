# Needs only make and Python 3.11, 3.12 or 3.13. The first target is the default one.
#
#   PYTHON=/path/to/python   the Python to build .venv with; otherwise a fitting one is searched for
#   TORCH_INDEX=address      one more package index, for instance one with CPU builds of PyTorch
#   ARGS="..."               arguments for `make chat`, `make test` and `make quick`
#   FAULTS="..."             some faults for `make faults`, by their names in tests/faults/, with commas

.PHONY: help install chat test coverage faults quick check audit sbom fix lock clean

help: ## list the targets (the default)
	@awk 'BEGIN {FS = ":[^#]*## "} /^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

install: ## set up .venv from the lock file; quick when nothing changed
	@TORCH_INDEX="$(TORCH_INDEX)" sh tools/install "$(PYTHON)"

chat: install ## be interviewed in the terminal
	@( exec 9<&0 ) 2>/dev/null || exec </dev/null; .venv/bin/coach chat $(ARGS)

# Two at a time, each with a thread for its model: more threads than processors wait for each other.
# Compiled once, whatever is set: they start the program often.
TWO = PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1 .venv/bin/python -m pytest -n 2 --dist loadfile

test: install ## run the tests: two at a time, then those that need the machine alone
	$(TWO) -m "not alone" $(ARGS) || [ $$? -eq 5 ]
	.venv/bin/python -m pytest -m alone $(ARGS) || [ $$? -eq 5 ]

# Apart from `test`, because tracing takes two fifths longer; not in the processes that tests start.
coverage: install ## print how much of the code the tests cover, and hold it to a floor
	$(TWO) -m "not alone" --cov

FAULTS ?= all
faults: install ## let all fail that can fail around the program, and print a table; takes hours
	COACH_TEST_FAULTS="$(FAULTS)" COACH_TEST_KILLS=$${COACH_TEST_KILLS:-50} \
	    $(TWO) --dist load tests/faults $(ARGS)

quick: install ## run the tests that take no more than a few seconds each
	$(TWO) -m "not slow" $(ARGS)

check: install ## lint code and questions, check types, imports and migrations, look for secrets
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python -m tools.secret_scan
	.venv/bin/coach knowledge lint --fast
	@folder=`mktemp -d` && trap 'rm -rf "$$folder"' EXIT && \
	    .venv/bin/alembic -x "url=sqlite:///$$folder/check.db" upgrade head && \
	    .venv/bin/alembic -x "url=sqlite:///$$folder/check.db" check

audit: install ## ask over the network whether a locked package has a known vulnerability
	@.venv/bin/python -m tools.audit

# The lock leaves PyTorch out. The tool is fetched for the occasion.
sbom: install ## write what the coach is made of to build/sbom.json, in the form of CycloneDX
	@mkdir -p build
	@{ cat requirements.lock && sed -n 's/^  "\(torch==[^"]*\)".*/\1/p' pyproject.toml; } | \
	    .venv/bin/uv tool run --quiet --from cyclonedx-bom==7.5.0 cyclonedx-py requirements \
	    --pyproject pyproject.toml --output-reproducible --output-file build/sbom.json -

fix: install ## format the code and correct what ruff can correct
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

# One lock for all Pythons, with the versions that serve the oldest. PyTorch: see tools/install.
lock: ## resolve pyproject.toml anew into the lock file
	@[ -x .venv/bin/uv ] || TORCH_INDEX="$(TORCH_INDEX)" sh tools/install "$(PYTHON)"
	.venv/bin/uv pip compile --python .venv/bin/python --python-version 3.11 --universal --upgrade \
	    --quiet --system-certs --fork-strategy fewest --all-extras --generate-hashes \
	    --no-emit-package torch --no-annotate --custom-compile-command "make lock" \
	    --output-file requirements.lock pyproject.toml

clean: ## remove .venv, caches and build outputs
	rm -rf .venv build dist htmlcov .coverage .coverage.* *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
