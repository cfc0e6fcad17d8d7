# Every job of the project is a target here; `make help` lists them from the comments after `##`.

# Only set-up uses PYTHON (3.9 or newer, with pip; looked for unless given); the bot runs in .venv, with 3.10.
SETUP = python=$${PYTHON:-$$(scripts/find-python)} && "$$python" scripts/setup.py
BOT = .venv/bin/python -m bot

.DEFAULT_GOAL := help
.PHONY: help run chat converse telegram slack feedback settings setup train train-reader test check steady chaos facts explain crossval talks bench screenshots requirements clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s%s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# Settings (docs/settings.md) reach the bot as they are: from the environment, .env, or as `make run PORT=5006`.
run: ## Set up if needed, check the model or fit it to changed questions, and serve on HOST and PORT
	@$(SETUP) --train
	@exec $(BOT) serve

chat: ## The same bot in the terminal; RECORD=file.yml keeps the chat as a test case
	@$(SETUP) --train
	@exec $(BOT) chat $(if $(RECORD),--record "$(RECORD)")

converse: ## Run scripted conversations: make converse FILE=tests/conversations ARGS="--coverage"
	@$(SETUP) --train
	@exec $(BOT) converse $(ARGS) "$(or $(FILE),tests/conversations)"

telegram: ## The bot in Telegram, by long polling; needs TELEGRAM_BOT_TOKEN (docs/telegram.md)
	@$(SETUP) --train
	@exec $(BOT) telegram

slack: ## The bot in Slack, by Socket Mode; needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN (docs/slack.md)
	@$(SETUP) --train
	@exec $(BOT) slack

feedback: ## What readers thought of answers
	@$(BOT) feedback

settings: ## The settings in force; ARGS=--write makes docs/settings.md and .env.example
	@$(BOT) settings $(ARGS)

setup: ## Install everything into .venv, what trains and Rasa's own commands included (3 GB)
	@$(SETUP) --full

train: ## Fit the model to changed questions, its network as it is (seconds)
	@$(SETUP) --train

train-reader: ## Train the model from nothing, its network included (hours; goes on where it was interrupted)
	@$(SETUP) --full
	@$(BOT) train-reader
	@$(BOT) train --anew

test: ## Everything that proves the project: facts, style, tests
	@$(SETUP) --test --train
	@$(MAKE) --no-print-directory check

check: ## What `make test` checks, without the set-up
	$(BOT) facts check
	.venv/bin/ruff check .
	.venv/bin/python -m pytest -n 2 --dist loadfile --ignore=tests/conversations --ignore=tests/browser --ignore=tests/channels
	# These wait more than they work: pauses, time-outs, servers that start again.
	.venv/bin/python -m pytest -n 4 --dist worksteal tests/channels
	.venv/bin/python -m pytest tests/browser

steady: ## The tests RUNS=10 times with LOAD=2 cores kept busy, failures counted by test; ARGS="tests/channels -n 4"
	@$(SETUP) --test --train
	@RUNS="$(RUNS)" LOAD="$(LOAD)" .venv/bin/python scripts/steady.py $(ARGS)

chaos: ## Kill the server again and again amid messages, on each channel (minutes)
	@$(SETUP) --test --train
	.venv/bin/python -m pytest -m chaos -rP tests/channels/test_chaos.py

facts: ## Check the fact base only
	@$(SETUP)
	@$(BOT) facts check

explain: ## How a message is understood: make explain MESSAGE="When did Russia leave?"
	@$(BOT) ask --explain "$(MESSAGE)"

crossval: ## Cross-validate the question model with fine-tuning (about five minutes a set)
	@$(SETUP) --full
	@$(BOT) crossval --at-least 0.85

talks: ## How many turns of talks that nothing is learnt from are answered as labelled
	@$(SETUP) --train
	@.venv/bin/python -m scripts.score_talks tests/held_out/talks/*.jsonl

bench: ## Beside stock Rasa, into docs/benchmarks.md; ARGS="--help", FRESH=1 trains both again
	@$(SETUP) --train --bench
	@exec .tools/bench/bin/python -m bench $(ARGS)

screenshots: ## Take the README's pictures of the running bot (needs Chromium)
	@$(SETUP) --test --train
	.venv/bin/python scripts/screenshots.py

requirements: ## Make the requirements files from their .in files (needs the package index)
	@$(SETUP)
	scripts/compile-requirements

clean: ## Remove everything that was made: .venv, refits, caches (not var/, the conversations)
	rm -rf .venv .tools models/encoder models/refitted models/*.unfinished results web/dist web/node_modules .pytest_cache .ruff_cache .hypothesis .rasa
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
