# Each target sets up .venv by itself; the work is done by the modules in tasks/.
PYTHON ?= python3
PORT ?= 8000

.PHONY: help serve site pdf test audit lab assignments grade clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1|/p' Makefile | column -t -s '|'

serve:  ## execute and build the book, then serve it (PORT=8000)
	@$(PYTHON) tasks/environment.py book
	@.venv/bin/python -m tasks.serve --port $(PORT)

site:  ## execute and build the book into _build/html
	@$(PYTHON) tasks/environment.py book
	@.venv/bin/python -m tasks.build

pdf:  ## print the whole book as _build/calculus-from-data.pdf (takes minutes)
	@$(PYTHON) tasks/environment.py test
	@.venv/bin/python -m tasks.build
	@.venv/bin/python -m tasks.pdf

test:  ## set up everything and run all tests
	@$(PYTHON) tasks/environment.py test
	@.venv/bin/python -m pytest -m alone; alone=$$?; test $$alone -le 1 || exit $$alone; \
	.venv/bin/python -m pytest -m "not alone" -n 2 || exit $$?; \
	test $$alone -eq 0 || { echo "Red: a test that runs alone, see above"; exit $$alone; }

PEERS = _build/peers/bin/python
audit: pdf  ## measure pydelt, pages, live cells and launching, grade a class of 60 (takes long)
	@$(PYTHON) tasks/environment.py test
	@test -x $(PEERS) || .venv/bin/python -m venv _build/peers
	@$(PEERS) -m pip install --quiet -r benchmarks/requirements.txt
	@$(PEERS) -m pip install --quiet --no-deps --upgrade --target _build/peers/namesake \
		-r benchmarks/requirements-namesake.txt
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PYTHONPATH=src $(PEERS) -m benchmarks
	@.venv/bin/python -m benchmarks.page_speed
	@.venv/bin/python -m benchmarks.live_cells
	@EVERY_RULE_TWICE=1 .venv/bin/python -m pytest tests/site/test_axe.py
	@.venv/bin/python -m tasks.assignments
	@.venv/bin/python -m tasks.grading.sample_class --size 60
	@.venv/bin/python -m tasks.binder

lab:  ## open the pages as notebooks, without solutions, in JupyterLab
	@$(PYTHON) tasks/environment.py book
	@.venv/bin/python -m tasks.notebooks
	@.venv/bin/jupyter lab --no-browser --LabApp.default_url=/lab/tree/notebooks

assignments:  ## build the assignments, with what grades them, into _build/assignments
	@$(PYTHON) tasks/environment.py course
	@.venv/bin/python -m tasks.assignments

grade:  ## grade the notebooks in a folder: make grade SUBMISSIONS=folder OPTIONS="--due ..."
	@$(PYTHON) tasks/environment.py course
	@.venv/bin/python -m tasks.grade $(SUBMISSIONS) $(OPTIONS)

clean:  ## remove what was built (not .venv)
	@rm -rf _build
