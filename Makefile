# One word a task. `make run` and `make test` set up what they need on a fresh machine.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: setup run serve test coverage lint bench bundle soak training corpus view lock
setup: $(READY)

# The lock is whole: nothing is left to resolve, and a library's newer release has no say in what is installed.
$(READY): requirements.lock pyproject.toml setup.py
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes --no-deps -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $(READY)

run: $(READY)
	$(BIN)/ljuskoll import corpora/example/archive --out out/example
	$(BIN)/ljuskoll report out/example

# The review service on the example archive, in the browser.
serve: $(READY)
	$(BIN)/ljuskoll import corpora/example/archive --out out/example
	$(BIN)/ljuskoll serve --archive out/example --source corpora/example/archive

test: $(READY)
	$(BIN)/pytest --numprocesses=auto

# Apart, since being watched takes as long again: what the tests run of each room, with a floor.
coverage: $(READY)
	$(BIN)/pytest --numprocesses=auto -m "not soak and not training and not processes" \
		--cov=nlp --cov=models --cov=corpora --cov=service --cov=evaluation

# mypy and import-linter need to see the rooms below one root: a folder of links, made anew each time.
view:
	rm -rf build/view && mkdir -p build/view/ljuskoll
	for room in nlp models corpora service evaluation; do ln -s ../../../$$room build/view/ljuskoll/$$room; done

lint: $(READY) view
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python scripts/bench.py

# One archive that installs without a network on Linux and Windows; for other Pythons: make bundle PYTHONS="3.11 3.12".
bundle: $(READY)
	$(BIN)/python scripts/bundle.py $(addprefix --python=,$(PYTHONS))

soak: $(READY)
	$(BIN)/pytest -m soak

# The tests of what trains the careful judge; the extra stands outside the lock, since torch has a build for each machine.
training: $(READY)
	$(BIN)/pip install --quiet --no-build-isolation -e ".[training]"
	$(BIN)/pytest -m training

# Our own follow-ups rendered by several programs, with what must be read from each.
corpus: $(READY)
	$(BIN)/python -m ljuskoll.corpora.rendering --out out/corpus

lock:
	$(BIN)/uv pip compile pyproject.toml --extra ocr --extra rendering --extra postgres --extra cluster --group dev --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate -o requirements.lock
