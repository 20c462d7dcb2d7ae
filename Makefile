# Everything runs from a fresh clone: .venv is made and filled when it is missing.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help venv demo story week test check proof docs picture messages

help: ## show this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

venv: ## make and fill .venv, unless it is as pyproject.toml asks
	@$(PYTHON) tests/run.py --only-venv

demo: ## the lost reservation, played live, then the site: desk, mailbox, guest pages
	@$(PYTHON) example_project/demo.py

story: venv ## a lost reservation, from the desk to the free night, with a real worker and real mail
	$(BIN)/python example_project/manage.py play_story lost-reservation

week: venv ## a simulated week of complaints, promises and shifts, beside a plain model; SEED=1
	$(BIN)/python example_project/manage.py play_week --seed $(or $(SEED),1)

test: ## every test that needs no service
	$(PYTHON) tests/run.py

check: venv ## format, lint, types, import contracts, missing migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	$(BIN)/python -m django makemigrations --check --dry-run recovery --settings tests.settings --pythonpath .

proof: venv ## kill workers and race verbs, live: lost, repeated, redeemed twice, errors
	$(BIN)/python tests/proof.py

docs: venv ## the pages of docs/ as a site in build/docs; a broken link or a forgotten page is an error
	@$(BIN)/python -c 'import furo, myst_parser, sphinx' 2>/dev/null || $(PIP) -e '.[docs]'
	$(BIN)/sphinx-build -W --keep-going -n -q docs build/docs
	@echo "build/docs/index.html"

picture: venv ## the picture of the README, from the demonstration; needs Chromium and poppler-utils
	@$(BIN)/python -c 'import selenium' 2>/dev/null || $(PIP) selenium
	$(BIN)/python docs/make_picture.py

messages: venv ## read the strings of the staff's pages anew, and compile the catalogues; needs gettext
	cd recovery && ../$(BIN)/python -m django makemessages --all --add-location file --no-obsolete
	cd recovery && ../$(BIN)/python -m django compilemessages
