# Each target sets up .venv by itself; the work is done by the modules in tasks/.
PYTHON ?= python3
PORT ?= 8000

.PHONY: help serve site test lab clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1|/p' Makefile | column -t -s '|'

serve:  ## execute and build the book, then serve it (PORT=8000)
	@$(PYTHON) tasks/environment.py book
	@.venv/bin/python -m tasks.serve --port $(PORT)

site:  ## execute and build the book into _build/html
	@$(PYTHON) tasks/environment.py book
	@.venv/bin/python -m tasks.build

test:  ## set up everything and run all tests
	@$(PYTHON) tasks/environment.py test
	@.venv/bin/python -m pytest

lab:  ## open the chapters as notebooks in JupyterLab
	@$(PYTHON) tasks/environment.py book
	@.venv/bin/jupyter lab --no-browser book

clean:  ## remove what was built (not .venv)
	@rm -rf _build
