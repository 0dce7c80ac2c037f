# Every command of this checkout. `make` alone lists them.
#
# The program and its tools live in .venv, exactly as requirements.lock says; stamps in there make a
# second run cost nothing. Another Python: `make test PYTHON=python3.13`.

PYTHON ?= python3
VENV   ?= .venv
ARGS   ?=
# Tests wait more than they compute: more of them at once than there are cores.
WORKERS ?= $(shell echo $$((3 * $$(nproc))))

BIN      := $(VENV)/bin
SETUP    := packaging/setup
PIP       = $(PYTHON) -m pip --disable-pip-version-check --quiet --python $(BIN)/python
# The stamps carry the Python's version: another PYTHON makes the environment anew.
VERSION  := $(shell $(PYTHON) -c 'import platform; print(platform.python_version())')
LIBRARIES = $(VENV)/.libraries-$(VERSION)
INSTALLED = $(VENV)/.installed-$(VERSION)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
# Or each worker of each run would compile every test anew.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help demo demo-gui test test-fast lint types imports check-tests bench month prove lock translations pictures help-files wheel sdist bundle deb sbom packages windows desktops clean \
        install system-gui system-tests system-packages

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | while IFS='	' read -r name text; do \
		printf '  make %-13s %s\n' "$$name" "$$text"; done

demo: install ## the main job without a screen: one start and stop, shown in both services
	$(BIN)/timer-app demo --headless $(ARGS)

demo-gui: install system-gui ## the tray app against local stand-ins of both services
	$(BIN)/timer-app demo $(ARGS)

# The other checks run on one core beside the tests, which wait now and then.
test: install system-tests ## everything: lint, types, imports, tests on a real desktop
	@$(MAKE) --keep-going --jobs=2 check-tests lint types imports

test-fast: install ## the tests without a desktop, and without the slow ones
	$(BIN)/python -m pytest -m 'not desktop and not slow' $(ARGS)

# Collected once alone, or all workers of a fresh checkout would compile each file of tests at once.
check-tests: install
	@$(BIN)/python -m pytest --collect-only -qq $(ARGS) >/dev/null 2>&1 || true
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

lint: install ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install ## mypy, strict: the tests too, and the program as Windows and macOS run it
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 timer_app
	$(BIN)/mypy --platform darwin --cache-dir .mypy_cache/darwin timer_app

imports: install ## import-linter: imports point one way
	$(BIN)/lint-imports --no-logo

bench: install system-tests ## figures as ratios, each beside its yardstick
	$(BIN)/python -m tests.bench.run $(ARGS)

month: install ## a month of use, and whether the tray app grows; an hour and more
	QT_QPA_PLATFORM=offscreen DBUS_SESSION_BUS_ADDRESS=disabled: $(BIN)/python -m tests.bench.month $(ARGS)

prove: install system-tests ## the promise itself: killed everywhere, and each entry told once
	$(BIN)/python -m tests.prove $(ARGS)

lock: ## requirements.lock made again, with the newest versions that pyproject.toml allows
	$(PYTHON) -m venv --without-pip build/lock
	$(PYTHON) -m pip --disable-pip-version-check --quiet --python build/lock/bin/python install uv
	build/lock/bin/uv pip compile pyproject.toml --extra dev --output-file requirements.lock \
		--universal --python-version 3.11 --generate-hashes --upgrade --quiet \
		--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

translations: install ## the catalogues of resources/i18n brought up to date with the texts
	$(BIN)/python packaging/translations.py resources/i18n

pictures: install system-tests ## the pictures of README made again, in both themes
	xvfb-run -a -s '-screen 0 3000x2400x24' $(BIN)/python -m tests.gallery.pictures resources/pictures

help-files: install ## shell completions and manual page, written from the grammar
	$(BIN)/python packaging/help_files.py

wheel: install ## dist/*.whl
	rm -rf build/lib build/bdist.* dist/*.whl
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

sdist: install ## dist/*.tar.gz
	rm -rf dist/*.tar.gz
	$(BIN)/python -c 'from setuptools import build_meta; print(build_meta.build_sdist("dist"))'

bundle: wheel system-packages ## dist/bundle/timer-app: a folder that needs no Python
	PYTHON=$(PYTHON) packaging/bundle/build.sh dist/timer_app-*.whl

deb: bundle ## dist/*.deb, of the bundle
	packaging/deb/build.sh dist/bundle/timer-app

sbom: wheel ## dist/sbom.cdx.json: what the wheel brings, as CycloneDX
	packaging/sbom/build.sh dist/timer_app-*.whl

packages: sdist deb sbom system-tests ## all packages for Linux, each installed and used; minutes
	$(BIN)/python -m tests.packaging $(ARGS)

windows: install ## the app under Wine, as root on Debian: its tests, the tray app, bundle and installer; minutes
	$(BIN)/python -m tests.windows $(ARGS)

desktops: install ## the app on six desktops of Linux in a container, as root on Debian; minutes
	$(BIN)/python -m tests.desktops $(ARGS)

clean: ## all that was made here, the environment too
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------------------- set-up

install: $(INSTALLED)

# Without ensurepip, which Debian keeps in a package of its own: pip works from outside.
$(LIBRARIES): requirements.lock
	@echo 'setup: installing the libraries of requirements.lock into $(VENV)' >&2
	@$(PYTHON) -m venv --without-pip --clear $(VENV)
	@$(PIP) install --require-hashes --only-binary :all: --requirement requirements.lock
	@touch $@

$(INSTALLED): $(LIBRARIES) pyproject.toml setup.py
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

system-gui:
	@$(SETUP)/install.sh $(SETUP)/gui.txt

system-packages:
	@$(SETUP)/install.sh $(SETUP)/packages.txt

system-tests:
	@$(SETUP)/install.sh $(SETUP)/gui.txt $(SETUP)/tests.txt
