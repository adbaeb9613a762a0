"""The decision on many processes under many draws of weights at once, by products of matrices.

What each process answers is laid out in arrays. Conditions that no weight decides are settled once, and
the others are only asked of the processes for which they still matter.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from bpo_assess.analysis.sensitivity.drawing import Draws
from bpo_assess.analysis.sensitivity.means import (
    Asked,
    Blocks,
    DrawnCluster,
    Floats,
    Limit,
    Question,
    Rows,
    Sum,
    Truth,
    all_of,
    any_of,
    certain,
    compared,
    either_near,
    some,
)
from bpo_assess.analysis.sensitivity.table import Sums, Table
from bpo_assess.analysis.sensitivity.weighing import (
    Group,
    Weighing,
    WeightKind,
    least_cells,
    mean_for_cell,
    weigh,
)
from bpo_assess.assessment.method import RiskWeights
from bpo_assess.assessment.rounding import least_printed
from bpo_assess.assessment.standing import POINTS_PER_LEVEL, Outlook, Standing
from bpo_assess.model.decision import (
    ANY_RISK,
    UNDETERMINED,
    AllOf,
    AnyOf,
    Condition,
    EvidenceCondition,
    FactCondition,
    IndexCondition,
    QuestionCondition,
    RiskCondition,
    UnknownCondition,
)
from bpo_assess.model.risk import ActsOn

BLOCK = 512
"""Draws that are judged at a time; no figure depends on it."""

TOGETHER = 256
"""Processes that are judged at a time; no figure depends on it."""

POINT_STEPS = 20
"""Limits of indices lie on twentieths of a point, where rounding to a tenth turns."""

SHARE_STEPS = 200
"""Limits of shares lie on halves of a percent, where rounding to a percent turns."""

FINEST = 10**6
"""Up to this denominator, the limit of a risk's mean level is compared in whole numbers."""

Ranks = NDArray[np.int8]


def ranks(
    outlooks: Sequence[Outlook], draws: Draws, block: int = BLOCK, together: int = TOGETHER
) -> Iterator[tuple[int, Ranks]]:
    """Yield the places of verdicts: a row each process, a column each draw, with the first process's number.

    All processes are judged by one method; one place beyond the last verdict stands for `undetermined`.
    Neither the draws nor the processes that are judged at a time change any figure.
    """
    blocks = Blocks(draws)
    batches = [
        (first, _Ruling(outlooks[first : first + together], blocks))
        for first in range(0, len(outlooks), together)
    ]
    for start in range(0, draws.count, block):
        part = slice(start, min(start + block, draws.count))
        for first, ruling in batches:
            yield first, ruling.ranks(part)


# Conditions on drawn weights


class _Conditions:
    """Turns conditions into questions about one table."""

    def __init__(self, table: Table, blocks: Blocks) -> None:
        self.table = table
        self.blocks = blocks
        self.draws = blocks.draws
        self.sums = Sums(table, blocks)
        self.method = table.outlooks[0].method

    def question(self, condition: Condition) -> Question:
        """Turn one condition into a question."""
        match condition:
            case IndexCondition():
                return self._index(condition)
            case EvidenceCondition():
                return self._evidence(condition)
            case RiskCondition():
                return self._risk(condition)
            case AllOf():
                return all_of([self.question(part) for part in condition.all])
            case AnyOf():
                return any_of([self.question(part) for part in condition.any])
            case QuestionCondition() | UnknownCondition() | FactCondition():
                return certain(self._fixed(condition))
            case _:
                assert_never(condition)

    def _fixed(self, condition: QuestionCondition | UnknownCondition | FactCondition) -> Truth:
        table = self.table
        match condition:
            case QuestionCondition():
                column = table.columns[condition.question]
                levels, known = table.levels[:, column], table.known[:, column]
                if condition.at_most is not None:
                    return known & (levels <= condition.at_most)
                return known & (levels >= (condition.at_least or 0))
            case UnknownCondition():
                watched = self.method.gates if condition.unknown == "gates" else self.method.named
                columns = [table.columns[key] for key in table.columns if key in watched]
                return np.asarray(table.open[:, columns].any(axis=1))
            case FactCondition():
                return np.array([condition.fact in each.facts for each in table.outlooks])
            case _:
                assert_never(condition)

    def _index(self, condition: IndexCondition) -> Question:
        upward = condition.below is None
        limit = condition.at_least if condition.below is None else condition.below
        assert limit is not None  # noqa: S101 - one of the two is stated, which the model holds
        cut = float(least_printed(limit, 1) * POINT_STEPS)
        points = self.table.levels * (POINTS_PER_LEVEL * POINT_STEPS)
        questionnaire = self.method.questionnaire
        if condition.dimension:
            sums: list[Sum] = [
                self.sums.cluster(
                    questionnaire.dimensions[condition.dimension], points, self.table.known
                )
            ]
        else:
            axis = next(each for each in questionnaire.axes if each.id == condition.axis)
            sums = [self.sums.axis(axis, points, self.table.known)]
        return compared(sums, Limit(cut, POINT_STEPS, upward=upward), required=True)

    def _evidence(self, condition: EvidenceCondition) -> Question:
        cut = float(least_printed(condition.evidence_share.below, 2) * SHARE_STEPS)
        values = SHARE_STEPS * self.table.proven - cut * self.table.known
        axes = [
            self.sums.axis(a, values, self.table.applies) for a in self.method.questionnaire.axes
        ]
        return compared(axes, Limit(0.0, SHARE_STEPS), required=False)

    def coverage(self) -> Question:
        """Ask whether too little is known."""
        axes = self.method.questionnaire.axes
        limit = self.method.questionnaire.decision.undetermined.below_coverage
        cut = float(least_printed(limit, 2) * SHARE_STEPS * len(axes))
        values = SHARE_STEPS * self.table.known.astype(float)
        means = [self.sums.axis(axis, values, self.table.applies) for axis in axes]
        return compared(means, Limit(cut, SHARE_STEPS), required=False)

    def _risk(self, condition: RiskCondition) -> Question:
        matrix = self.method.questionnaire.risk_matrix
        size = len(self.table.outlooks)
        if matrix is None:
            return certain(np.zeros(size, dtype=bool))
        found = []
        for risk in self.method.risks:
            if condition.risk not in {ANY_RISK, risk.id}:
                continue
            if not self._is_drawn(risk.id):
                found.append(certain(self._stands_at(risk.id, matrix.levels, condition.at_least)))
                continue
            for pair in least_cells(matrix, condition.at_least):
                sides = zip(ActsOn, pair, strict=True)
                found.append(all_of([self._side(risk, side, cell) for side, cell in sides]))
        return any_of(found) if found else certain(np.zeros(size, dtype=bool))

    def _is_drawn(self, risk: str) -> bool:
        kinds = (WeightKind.DRIVER, WeightKind.IMPACT_DRIVER)
        return any(Group(kind, risk) in self.draws.drawn for kind in kinds)

    def _stands_at(self, risk: str, levels: Sequence[str], least: str) -> Truth:
        """Look up which processes' risk has at least a level under the weights as stated."""
        severe = levels[levels.index(least) :]
        return np.array([each.risks[risk].residual in severe for each in self.table.standings])

    def _side(self, risk: RiskWeights, side: ActsOn, cell: int) -> Question:
        """Ask whether one side of a risk reaches a cell: whether the mean level is low enough."""
        likely = side is ActsOn.LIKELIHOOD
        group = Group(WeightKind.DRIVER if likely else WeightKind.IMPACT_DRIVER, risk.id)
        cuts = [
            mean_for_cell(risk, side, cell, each.bench.controls.in_place)
            for each in self.table.outlooks
        ]
        members = [self.table.columns[key] for key in self.draws.members[group]]
        cluster = DrawnCluster(
            self.blocks,
            group,
            _beyond(self.table.levels[:, members], cuts),
            self.table.known[:, members],
        )
        return compared([cluster], Limit(0.0, 1, strict=False), required=True)


def _beyond(levels: Floats, cuts: Sequence[Fraction | None]) -> Floats:
    """Give by how much levels exceed a cut, a row each, in whole numbers where those are small enough."""
    found = [Fraction(-1) if cut is None else cut for cut in cuts]
    scales = [float(cut.denominator if cut.denominator <= FINEST else 1) for cut in found]
    limits = [float(cut * int(scale)) for cut, scale in zip(found, scales, strict=True)]
    return np.asarray(levels * np.array(scales)[:, None] - np.array(limits)[:, None])


# Verdicts


class _Standing:
    """The verdicts of several processes from one standpoint."""

    def __init__(
        self, outlooks: Sequence[Outlook], standings: Sequence[Standing], blocks: Blocks
    ) -> None:
        self.size = len(outlooks)
        conditions = _Conditions(Table.of(outlooks, standings), blocks)
        self.coverage = conditions.coverage
        self.tiers: list[tuple[Truth, list[tuple[Rows, Asked]]]] = []
        settled = np.zeros(self.size, dtype=bool)
        *restrictive, _ = outlooks[0].method.questionnaire.decision.verdicts
        for verdict in restrictive:
            questions = [
                conditions.question(part)
                for condition in verdict.held_by
                for part in _open(condition)
            ]
            settled = some([settled, *(each.surely for each in questions)])
            asked = []
            for each in questions:
                rows = np.flatnonzero(~settled & ~each.never)
                if len(rows):
                    asked.append((rows, each.ask(rows)))
            self.tiers.append((settled, asked))

    def ranks(self, block: slice) -> tuple[Ranks, Truth | None]:
        """Give the places of the verdicts for a block of draws, and where to look again."""
        shape = (self.size, block.stop - block.start)
        held = np.zeros(shape, dtype=bool)
        found = np.zeros(shape, dtype=np.int8)
        near: Truth | None = None
        for settled, asked in self.tiers:
            held[settled] = True
            for rows, ask in asked:
                said = ask(block)
                if len(rows) == self.size:
                    held |= said.holds
                else:
                    held[rows] |= said.holds
                if said.near is not None and said.near.any():
                    near = np.zeros(shape, dtype=bool) if near is None else near
                    near[rows] |= said.near
            found += ~held
        return found, near


def _open(condition: Condition) -> Iterator[Condition]:
    """Open up alternatives: any condition of a verdict is enough anyway."""
    if isinstance(condition, AnyOf):
        for part in condition.any:
            yield from _open(part)
    else:
        yield condition


class _Ruling:
    """The verdicts of several processes on what is known, `undetermined` included."""

    def __init__(self, outlooks: Sequence[Outlook], blocks: Blocks) -> None:
        self.outlooks = outlooks
        self.draws = blocks.draws
        self.known = _Standing(outlooks, [each.known for each in outlooks], blocks)
        coverage = self.known.coverage()
        self.thin = np.flatnonzero(~coverage.never)
        self.asked = coverage.ask(self.thin) if len(self.thin) else None
        thin = [outlooks[int(row)] for row in self.thin]
        self.extremes = (
            (
                _Standing(thin, [each.worst for each in thin], blocks),
                _Standing(thin, [each.best for each in thin], blocks),
            )
            if thin
            else None
        )
        self._weighings: dict[int, Weighing] = {}

    def ranks(self, block: slice) -> Ranks:
        """Give the places of the verdicts for a block of draws."""
        found, near = self.known.ranks(block)
        if self.asked is not None and self.extremes is not None:
            said = self.asked(block)
            (worst, near_worst), (best, near_best) = (each.ranks(block) for each in self.extremes)
            lacking = np.broadcast_to(said.holds, worst.shape) & (worst != best)
            thin = found[self.thin]
            thin[lacking] = len(self.known.tiers) + 1
            found[self.thin] = thin
            again = either_near(either_near(said.near, near_worst), near_best)
            if again is not None and again.any():
                near = np.zeros(found.shape, dtype=bool) if near is None else near
                near[self.thin] |= again
        if near is not None:
            for row, column in np.argwhere(near):
                found[row, column] = self._exactly(int(row), block.start + int(column))
        return found

    def _exactly(self, row: int, place: int) -> int:
        """Judge one process under one draw with fractions."""
        if row not in self._weighings:
            self._weighings[row] = weigh(self.outlooks[row])
        weighing = self._weighings[row]
        found = weighing.verdict(self.draws.weights(place))
        return [*weighing.verdicts, UNDETERMINED].index(found)
