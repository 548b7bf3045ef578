"""`python -m formflow`: the same as the command."""

from formflow.cli.main import main

main()
