.DEFAULT_GOAL := help
PYTHON := .venv/bin/python

help: ## list what can be run
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

lint: ## ruff, format, djlint
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

contracts: ## who may import whom
	.venv/bin/lint-imports

types: ## mypy, strict
	.venv/bin/mypy

test: ## the whole suite
	./safar test

check: lint contracts types ## everything that needs no test run

lock: ## write uv.lock and the hashed requirements for plain pip
	.venv/bin/uv lock
	.venv/bin/uv export --quiet --frozen --no-emit-project --format requirements-txt --output-file requirements.txt
	.venv/bin/uv export --quiet --frozen --no-emit-project --all-groups --format requirements-txt --output-file requirements-dev.txt

.PHONY: help lint contracts types test check lock
