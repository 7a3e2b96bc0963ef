# Each target sets up what it needs, so that one command is enough on a fresh machine.
# The plain uv commands behind them stand in README.md, for machines without make.

UV ?= $(or $(shell command -v uv 2>/dev/null),build/tools/bin/uv)
RUN = $(UV) run --locked

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format-check lint types quality bench parity

help:
	@echo "make setup   install uv when it is missing, and the locked dependencies"
	@echo "make demo    extract the samples in corpus/ into outputs/demo"
	@echo "make test    run the tests"
	@echo "make check   format, lint, strict types, tests and quality floors"
	@echo "make bench   speed: of text against tokenizers, of PDF against pdfplumber, of scans against Tesseract"
	@echo "make parity  the samples in seven formats: what each loses to plain text"

setup:
	@bash scripts/bootstrap.sh
	@$(UV) sync --locked

demo: setup
	@# Status 1 says that some documents could not be read: scans and .doc files where no program for them is.
	@$(RUN) vnplans extract corpus/documents --out outputs/demo || [ $$? -eq 1 ]
	@echo
	@echo "The dataset is in outputs/demo. Open outputs/demo/tasks.csv or outputs/demo/indicators.csv"
	@echo "in a spreadsheet; README.md says what every table holds and how to load them in Python."

test: setup
	$(RUN) pytest

check: setup format-check lint types test quality

format-check: setup
	$(RUN) ruff format --check

lint: setup
	$(RUN) ruff check

types: setup
	$(RUN) mypy

quality: setup
	$(RUN) python scripts/check_quality.py

bench: setup
	$(RUN) python benchmarks/text_speed.py
	$(RUN) python benchmarks/pdf_speed.py
	$(RUN) python benchmarks/scan_speed.py

parity: setup
	$(RUN) python benchmarks/format_parity.py
