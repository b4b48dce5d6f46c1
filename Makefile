.DEFAULT_GOAL := help
PYTHON := .venv/bin/python

help: ## list what can be run
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

lint: ## ruff, format, djlint
	.venv/bin/ruff check . safar
	.venv/bin/ruff format --check . safar

contracts: ## who may import whom
	PYTHONPATH=src .venv/bin/lint-imports

types: ## mypy, strict
	.venv/bin/mypy

test: ## the whole suite
	./safar test

check: lint contracts types ## everything that needs no test run

docs: ## write the generated reference pages
	.venv/bin/python docs/generate.py

screenshots: ## take the pictures of the documentation
	SAFAR_WRITE_SCREENSHOTS=1 ./safar test tests/e2e/test_screenshots.py

messages: ## bring the catalogues up to date
	./safar manage collect_messages

coverage: ## the whole suite with its coverage and the floor of 98 %
	./safar test -n auto --dist loadgroup -m "not sweep" --cov=safar --cov-report=term:skip-covered

lock: ## write uv.lock and the hashed requirements for plain pip
	uv lock
	uv export --quiet --frozen --no-emit-project --no-default-groups --format requirements-txt --output-file requirements.txt
	uv export --quiet --frozen --no-emit-project --group dev --format requirements-txt --output-file requirements-dev.txt
	uv export --quiet --frozen --no-emit-project --only-group spark --format requirements-txt --output-file requirements-spark.txt

.PHONY: help lint contracts types test check docs screenshots messages coverage lock
