# Every target in one line. `make` alone prints this list.

SWIFT ?= swift
BUILD := $(SWIFT) build

.DEFAULT_GOAL := help
.PHONY: help demo test build release check format lint rules scenario bench bench-figures bench-page bench-services bench-apply conformance memcheck \
	browser screenshots accessibility sim crash coverage sanitize clean bootstrap artifacts install uninstall dist image \
	check-deploy check-dist check-container

help: ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{ printf "  make %-15s %s\n", $$1, $$2 }'

demo: bootstrap ## build, and run one night end to end against the built-in sandbox
	@scripts/demo

test: bootstrap ## build, and run every test
	$(SWIFT) test

build: bootstrap ## build for debugging
	$(BUILD)

release: bootstrap ## build the binary to install: .build/release/reconcile
	$(BUILD) -c release --static-swift-stdlib --product reconcile

check: test lint rules ## what continuous integration runs: tests, lint, rules of the house

coverage: bootstrap ## fail when tests reach less than 95 % of the regions of Transform, Ledger or Load
	@scripts/coverage

sanitize: bootstrap ## run the tests under the compiler's sanitizers: make sanitize K=thread (or address)
	@scripts/sanitize $(or $(K),thread)

format: ## rewrite the sources in the house style
	$(SWIFT) format -i -r Package.swift Sources Tests

lint: ## fail on anything that is not in the house style
	$(SWIFT) format lint --strict -r Package.swift Sources Tests

rules: ## fail on a forbidden import, a file too long, or a word that must not stand in the sources
	@scripts/rules

crash: release ## kill plan and apply and fill the disk at every step (1 h); one trial again: make crash T="1 apply before 117"
	RECONCILE_BINARY="$$($(SWIFT) build -c release --show-bin-path)/reconcile" CRASH=1 CRASH_TRIAL="$(T)" CRASH_EVERY=$(EVERY) $(SWIFT) test --filter "EveryStepTests|TwoRunsTests"

scenario: build ## play scenarios of Tests/Scenarios: make scenario S=setting-check-mark (all without S)
	@scripts/scenario $(S)

memcheck: bootstrap ## run the tests of the wire under valgrind, and fail on errors in memory and on leaks
	@scripts/memcheck

bench: release ## measure nights at N="10000 100000" records beside others: make bench N=1000000 NIGHTS=30 ROUNDS=1 PEERS=duckdb
	@N="$(N)" NIGHTS="$(NIGHTS)" ROUNDS="$(ROUNDS)" PEERS="$(PEERS)" DATA="$(DATA)" scripts/bench/run

bench-figures: ## write the figures of the last make bench into docs/performance.md, and their picture
	@scripts/bench/figures

bench-services: release ## time a snapshot of both services over HTTP: make bench-services R=10000 O=100000 MS=100
	@scripts/bench-services $(R) $(O) $(MS)

bench-apply: release ## time applying about 10,000 approved changes over HTTP: make bench-apply R=8000 O=20000 MS=100
	@scripts/bench-apply $(R) $(O) $(MS)

conformance: build ## drive clients made by others against the sandbox (needs python3 and a package registry)
	@scripts/conformance/run

browser: ## install Chromium, in which the tests of report.html click; without it they are left out
	@scripts/browser

bench-page: browser ## time report.html with 10,000 changes in Chromium: opening, searching, filtering, scrolling
	PAGE_BENCH=1 $(SWIFT) test --filter PageBench

accessibility: bootstrap ## let a checker made by others look for barriers in report.html (needs python3 and a package registry)
	@scripts/accessibility

screenshots: browser ## take the pictures of report.html and the terminal table of the README anew
	SCREENSHOTS=1 $(SWIFT) test --filter ScreenshotTests

sim: bootstrap ## play N random histories (10000) of users, faults and deaths over simulated services, and take ten guards away
	@scripts/sim $(N)

PREFIX ?= /usr/local

artifacts: bootstrap ## build what is installed: the binary, its manual pages and completions
	scripts/build-release .build/dist
	scripts/share .build/dist/reconcile .build/dist/manual .build/dist/share

install: ## put it in place: make artifacts && sudo make install PREFIX=/usr/local (DESTDIR=… for packagers)
	@[ -x .build/dist/reconcile ] || { echo 'install: run make artifacts first, as yourself' >&2; exit 1; }
	scripts/lay-out install "$(PREFIX)" "$(DESTDIR)"

uninstall: ## take away what make install put there
	scripts/lay-out uninstall "$(PREFIX)" "$(DESTDIR)"

dist: artifacts ## an archive and a Debian package of this commit, in dist/
	scripts/dist

check-dist: ## install, run and purge what make dist made in a bare Debian (needs root and a package registry)
	scripts/check-dist

check-deploy: ## hold units against systemd and manifests against Kubernetes' schema (needs a package registry)
	scripts/check-deploy

check-container: bootstrap ## build the container image as it is written and try it (needs root and a package registry; 20 min)
	scripts/check-container

image: ## build the container image reconcile by podman, buildah or docker
	scripts/image

clean: ## remove what was built
	rm -rf .build .build-dist dist

bootstrap: ## install the system libraries when they are missing
	@scripts/bootstrap
