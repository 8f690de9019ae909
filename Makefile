# docexam: make setup | demo | test | check | bench
PY       := .venv/bin/python
PICTURES ?= samples/pictures
export PYTHON
export PICTURES

.PHONY: help setup demo test check bench

help:
	@echo "make setup                  set up .venv with everything"
	@echo "make demo [PICTURES=PATH]   set up, read samples, draw passports and examine them; or read a file, folder or glob"
	@echo "make test                   set up and run the tests"
	@echo "make check                  lint, types, imports, tests"
	@echo "make bench                  measure beside other readers"

setup:
	@tools/setup.sh

# An MRZ that does not verify (1) is a result, not a failure of the demo.
demo: setup
	@.venv/bin/docexam read "$$PICTURES" --annotate out/demo/read; code=$$?; [ $$code -le 1 ] || exit $$code
	@echo "The same pictures with what was read marked on them: out/demo/read"
ifeq ($(PICTURES),samples/pictures)
	@echo
	@tools/demo.sh
endif

test: setup
	@$(PY) -m pytest -n auto

check: setup
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PY) -m pytest -n auto

bench: setup
	@$(PY) -m benchmarks $(BENCH)
