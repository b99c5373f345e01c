# The commands of everyday work. `just check` is what .ci/run runs, in this checkout instead of a clean copy.

bin := ".venv/bin"

# list the commands
default:
    @just --list

# a virtual environment with the program and its tests
install:
    python3 -m venv .venv
    {{bin}}/pip install --quiet --editable '.[test]'

# run the tests; arguments go to pytest
test *arguments:
    {{bin}}/pytest {{arguments}}

# run the tests, and say how much of the program they reach
coverage:
    {{bin}}/pytest -m 'long or not long' --cov --cov-report=term

# formatting, linters, types and import contracts
lint:
    {{bin}}/ruff format --check .
    {{bin}}/ruff check .
    {{bin}}/mypy
    {{bin}}/lint-imports

# mend what the linters can mend by themselves
format:
    {{bin}}/ruff format .
    {{bin}}/ruff check --fix .

# write the pages that are made from the program
docs:
    {{bin}}/python -m tests.docs.generate

# everything, as before a commit
check: lint coverage

# everything, in a clean copy of what is committed
ci:
    .ci/run
