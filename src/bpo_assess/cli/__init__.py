"""The command line: Typer, one file per command, and one error boundary."""
