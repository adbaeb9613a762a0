"""The one place where HiGHS is called: a program in, the best choices and a proof of it out."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

import highspy
import numpy as np
from highspy._core import _Highs

from bpo_assess.analysis.plan.program import Group, Program, Row, Sum

MARGIN = 0.5
"""By how much a row of whole variables may be missed: a real miss is 1 or more."""

TOLERANCE = 1e-6
"""The same for rows with other variables; what slips through is found when the plan is assessed."""

LARGEST = 1e6
"""Rows with larger coefficients are scaled down to this, where floats and the solver's tolerances hold."""

MOST_NODES = 200_000
"""Nodes after which a search is given up: a count, not a time, so that every run ends alike."""


@dataclass(frozen=True, slots=True)
class Solution:
    """The best choices that were found, and a bound that no others beat."""

    values: tuple[Fraction, ...]
    """The value of every variable; whole ones exactly."""
    bound: float
    """No choices give less (or, where most is sought, more) than this."""
    iterations: int = 0
    """How many steps the search took."""


class GaveUp(Exception):
    """The search ended without an answer."""


def solve(
    program: Program,
    groups: Collection[Group],
    objective: Sum,
    extra: Sequence[Row] = (),
    *,
    most: bool = False,
    gap: float = 0.0,
    nodes: int = MOST_NODES,
) -> Solution | None:
    """Find the choices with the least (or most) objective that keep all rows of the groups named.

    None where there are none. Raises GaveUp where the search takes too long.
    """
    if not program.variables:
        return Solution((), float(objective.constant))
    rows = [row for row in program.rows if row.group is None or row.group in groups]
    highs = _prepared(program, [*rows, *extra], objective, most=most, gap=gap, nodes=nodes)
    highs.run()
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    info = highs.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        raise GaveUp(highs.modelStatusToString(status))
    found = highs.getSolution().col_value
    values = tuple(
        Fraction(round(value)) if variable.whole else Fraction(value)
        for value, variable in zip(found, program.variables, strict=True)
    )
    has_choices = any(variable.whole for variable in program.variables)
    bound = info.mip_dual_bound if has_choices else info.objective_function_value
    return Solution(values, bound, info.simplex_iteration_count)


def _prepared(
    program: Program, rows: Sequence[Row], objective: Sum, *, most: bool, gap: float, nodes: int
) -> _Highs:
    costs = np.zeros(len(program.variables))
    for key, factor in objective.terms.items():
        costs[key] = float(factor)
    starts, places, factors, lows, highs_ = [0], list[int](), list[float](), [], []
    for row in rows:
        written = [float(factor) for factor in row.sum.terms.values()]
        scale = min(1.0, LARGEST / max(map(abs, written), default=1.0))
        places += row.sum.terms.keys()
        factors += [factor * scale for factor in written]
        starts.append(len(places))
        least = -float(row.sum.constant) * scale
        slack = max(MARGIN * scale, TOLERANCE) if row.exact else TOLERANCE
        lows.append(least if row.equal else least - slack)
        highs_.append(least if row.equal else highspy.kHighsInf)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.variables), len(rows)
    lp.sense_ = highspy.ObjSense.kMaximize if most else highspy.ObjSense.kMinimize
    lp.offset_ = float(objective.constant)
    lp.col_cost_ = costs
    lp.col_lower_ = np.zeros(len(program.variables))
    lp.col_upper_ = np.array([float(variable.upper) for variable in program.variables])
    lp.row_lower_, lp.row_upper_ = np.array(lows), np.array(highs_)
    kind = highspy.HighsVarType
    lp.integrality_ = [
        kind.kInteger if variable.whole else kind.kContinuous for variable in program.variables
    ]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = lp.num_col_, lp.num_row_
    lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    lp.a_matrix_.index_ = np.array(places, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(factors, dtype=np.float64)
    # The class of which `highspy.Highs` is made: that one prints a banner before it can be told not to.
    highs = _Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", 0),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", gap),
        ("mip_feasibility_tolerance", 1e-9),
        ("primal_feasibility_tolerance", 1e-9),
        ("mip_max_nodes", nodes),
    ):
        highs.setOptionValue(name, value)
    highs.passModel(lp)
    return highs


def no_less_than(bound: float) -> int:
    """Round a bound on a whole objective up: a whole number above it cannot be less than this."""
    return math.ceil(bound - TOLERANCE)
