"""The answers of many processes as arrays, and the means over them under drawn weights."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bpo_assess.analysis.sensitivity.means import Blocks, DrawnAxis, DrawnCluster, Floats, Truth
from bpo_assess.analysis.sensitivity.weighing import Group, WeightKind
from bpo_assess.assessment.standing import Levels, Outlook, Standing
from bpo_assess.model.questionnaire import Axis, Dimension


@dataclass(frozen=True)
class Table:
    """The answers of several processes from one standpoint: a row each, a column for every question."""

    outlooks: Sequence[Outlook]
    standings: Sequence[Standing]
    columns: dict[str, int]
    levels: Floats
    """Nought where nothing is known."""
    known: Truth
    applies: Truth
    open: Truth
    proven: Truth

    @staticmethod
    def of(outlooks: Sequence[Outlook], standings: Sequence[Standing]) -> "Table":
        """Lay out the cases of several processes."""
        cases = [standing.case for standing in standings]
        keys = list(outlooks[0].method.questionnaire.questions)
        found = np.array([[_coded(case.levels, key) for key in keys] for case in cases])
        return Table(
            outlooks,
            standings,
            {key: place for place, key in enumerate(keys)},
            np.maximum(found, 0).astype(float),
            found >= 0,
            found >= -1,
            np.array([[key in case.open for key in keys] for case in cases]),
            np.array([[key in case.evidenced for key in keys] for case in cases]),
        )


def _coded(levels: Levels, key: str) -> int:
    """Code a level; -1 for one that is not known, -2 for a question that does not apply."""
    level = levels.get(key, -2)
    return -1 if level is None else level


@dataclass(frozen=True, slots=True)
class Sums:
    """Lays out values of the questions as means over dimensions and axes, weighed by what is drawn."""

    table: Table
    blocks: Blocks

    def cluster(self, dimension: Dimension, values: Floats, counts: Truth) -> DrawnCluster:
        """Lay out the mean of a dimension."""
        group = Group(WeightKind.QUESTION, dimension.id)
        members = [self.table.columns[key] for key in self.blocks.draws.members[group]]
        return DrawnCluster(self.blocks, group, values[:, members], counts[:, members])

    def axis(self, axis: Axis, values: Floats, counts: Truth) -> DrawnAxis:
        """Lay out the mean of an axis: the mean of its dimensions."""
        group = Group(WeightKind.DIMENSION, axis.id)
        parts = {part.id: part for part in axis.dimensions}
        return DrawnAxis(
            self.blocks,
            group,
            [self.cluster(parts[key], values, counts) for key in self.blocks.draws.members[group]],
        )
