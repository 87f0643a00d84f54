# Every target is a thin door to `python3 run.py ...`, which works without make, too.
PYTHON ?= python3

.PHONY: help run test check lint format dev bench bench-app bench-engine clean

help:  ## What this file offers
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run:  ## Install into .venv, build, serve on port 3000 (PORT=..., HOST=...)
	@$(PYTHON) run.py serve

test:  ## Install what the tests need and run them all (ARGS="-k links")
	@$(PYTHON) run.py test $(ARGS)

check:  ## Format, lint, types and the quick tests: no browser, no servers
	@$(PYTHON) run.py check

lint:  ## Format, lint and types only
	@$(PYTHON) run.py lint

format:  ## Rewrite the code in the project's format
	@$(PYTHON) run.py format

dev:  ## The app with hot reload, on ports 3000 and 8000
	@$(PYTHON) run.py dev

bench:  ## Measure web frameworks in .venv-bench (ARGS="--quick --only django,flask")
	@$(PYTHON) run.py bench $(ARGS)

bench-app:  ## Measure the built app: clicks, first visit, Lighthouse (ADDRESS=http://...)
	@$(PYTHON) run.py bench-app

bench-engine:  ## Measure the decision engine (ARGS="--rounds 60")
	@$(PYTHON) run.py bench-engine $(ARGS)

clean:  ## Remove environment, build and logs; saved decisions and benchmark runs stay
	rm -rf .venv .web .states .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@[ ! -d .make ] || find .make -mindepth 1 -maxdepth 1 ! -name benchmarks -exec rm -rf {} +
