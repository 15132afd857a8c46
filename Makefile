# The front door. `make` alone says what there is.
.DEFAULT_GOAL := help
.PHONY: help env test-env demo run test simulate mutants torture matrix calls coverage model powercut reading redaction lint style types format pictures bench lock

BIN := .venv/bin
OUT ?= pictures

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: ## .venv from the lock, and missing system libraries
	@sh packaging/environment.sh

test-env:
	@sh packaging/environment.sh packaging/linux/test-packages.txt

demo: env ## the main job, start to end, on real parts (ARGS="--headless --organisation ecs")
	@$(BIN)/helptray demo $(ARGS)

run: env ## the tray and windows
	@$(BIN)/helptray $(ARGS)

test: test-env ## all tests (ARGS="-k name")
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -q $(ARGS)

simulate: test-env ## bad weeks in virtual time over the real engine (SCHEDULES=1000 SEED=1 REAL=1, or SEED= KEEP= of one)
	@$(BIN)/python -m tests.simulation.simulate $(or $(SCHEDULES),1000) $(or $(SEED),1) $(if $(filter-out 0,$(REAL)),--real) \
		$(if $(KEEP),--keep $(KEEP))

mutants: test-env ## engines that are wrong on purpose, and what caught each (MOST=5000 schedules each)
	@$(BIN)/python -m tests.simulation.mutants $(MOST)

torture: env ## kills, crash sites, failing calls, full disks, partitions, restored servers (MINUTES=10, or NEMESIS= RUNS= SEED= SECONDS= KILLS=)
	@$(BIN)/python -m tests.torture $(if $(MINUTES),--minutes $(MINUTES)) $(if $(NEMESIS),--nemesis "$(NEMESIS)") \
		$(if $(SEED),--seed $(SEED)) $(if $(SECONDS),--seconds $(SECONDS)) $(if $(KILLS),--kills $(KILLS)) \
		$(if $(RUNS),--runs $(RUNS))

matrix: env ## kill -9 at every named site times every fault of the wire (MOST=100 of them, SEED=, ONLY="name", AT_ONCE=2)
	@$(BIN)/python -m tests.torture.matrix $(if $(MOST),--most $(MOST)) $(if $(SEED),--seed $(SEED)) \
		$(if $(ONLY),--only "$(ONLY)") $(if $(AT_ONCE),--at-once $(AT_ONCE))

calls: test-env ## every call on the database fails in each way, and disks fill page by page (root; minutes)
	@HELPTRAY_EVERY_CALL=1 $(BIN)/python -m pytest -n 2 --dist loadgroup -q -rs --timeout 3600 $(ARGS) \
		tests/faults/test_each_database_call_fails.py tests/faults/test_full_disks.py

coverage: test-env ## all tests, with coverage of each package, branches included
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -q --cov --cov-report=term:skip-covered $(ARGS)

model: test-env ## every order of events of the outbox's rules, as far as FAULTS=3 troubles reach (minutes)
	@for tool in spin gcc; do \
		command -v $$tool >/dev/null || { echo "The model needs $$tool, which is not here (Debian: apt-get install $$tool)."; exit 1; }; \
	done
	@HELPTRAY_MODEL_FAULTS=$(or $(FAULTS),3) $(BIN)/python -m pytest tests/model -q -s --timeout 3600 $(ARGS)

powercut: test-env ## the power is cut CUTS=1000 times while tickets are saved (root; SEED=)
	@$(BIN)/python -m tests.power --cuts $(or $(CUTS),1000) $(if $(SEED),--seed $(SEED))

reading: test-env ## how well text and errors are read from SCREENS=60 drawn screens (FONTS=folder, ARGS=--missed or --unusual)
	@$(BIN)/python -m tests.reading --most $(or $(SCREENS),60) $(if $(FONTS),--fonts $(FONTS)) $(ARGS)

redaction: test-env ## recall and precision of masking on SCREENS=60 drawn screens, read for real (SEED=, ARGS=--missed or --unusual)
	@$(BIN)/python -m tests.redaction --screens $(or $(SCREENS),60) $(if $(SEED),--seed $(SEED)) $(ARGS)

lint: style types ## ruff, ruff format, mypy --strict, import-linter

style: env
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports

types: env
	@$(BIN)/mypy

format: env ## put the code into shape
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

pictures: env ## pictures of every window, light and dark, from the demo (OUT=folder), and those of the guides
	@$(BIN)/helptray demo --headless --pictures $(OUT)
	@for image in docs/images/*.png; do \
		name=$$(basename $$image .png); \
		cp "$(OUT)/$$name-light.png" $$image 2>/dev/null || cp "$(OUT)/$$name.png" $$image; \
	done

bench: env ## every figure as a ratio in one run (ONLY=name)
	@$(BIN)/python -m benchmarks $(ONLY)

lock: ## requirements.lock anew from pyproject.toml (needs uv)
	@uv lock --upgrade
	@uv export --quiet --all-extras --all-groups --no-emit-project --no-header --output-file requirements.lock
