"""The smallest set of improvements that reaches a verdict, found as an integer program, exactly.

`finding` looks for it, `result` is what it finds; only the former needs a solver.
"""
