"""The gap of a condition along one weight: its sign is that of an affine function."""

from fractions import Fraction

from bpo_assess.analysis.sensitivity.weighing import Atom, Group, Part, Weights

Line = tuple[Fraction, Fraction]
"""An affine function of one weight: its value at nought, and its slope."""

Ratio = tuple[Line, Fraction]
"""A mean along one weight, (a + b x) / (c + x), as ((a, b), c)."""


def along(atom: Atom, group: Group, key: str, weights: Weights) -> Line | None:
    """Write the sign of a gap as an affine function of one positive weight; None where it has no part in it.

    The part that the weight enters is (a + b x) / (c + x), everything else a constant k; the gap times
    its positive denominator is (k c + a) + (k + b) x.
    """
    rest, ratio = -atom.cut, None
    for part in atom.parts:
        own = _ratio(part, group, key, weights)
        if own is not None:
            ratio = own
        elif (value := part.mean(weights)) is not None:
            rest += value
        elif atom.required:
            return None
    if ratio is None:
        return None
    (start, slope), held = ratio
    return rest * held + start, rest + slope


def _ratio(part: Part, group: Group, key: str, weights: Weights) -> Ratio | None:
    """Write a part along one weight; None where its mean does not move with it."""
    if part.group == group and key in part.clusters:
        return _beside(part, key, weights)
    inside = (
        name
        for name, cluster in part.clusters.items()
        if cluster.group == group and key in cluster.values
    )
    name = next(inside, None)
    return None if name is None else _inside(part, name, key, weights)


def _beside(part: Part, name: str, weights: Weights) -> Ratio | None:
    """Write a part along the weight of one of its clusters."""
    value = part.clusters[name].mean(weights)
    if value is None:
        return None
    summed, total = _summed(part, name, weights)
    return (summed, value), total


def _inside(part: Part, name: str, key: str, weights: Weights) -> Ratio | None:
    """Write a part along a weight within one of its clusters."""
    cluster = part.clusters[name]
    own = weights[cluster.group]
    others = {other: value for other, value in cluster.values.items() if other != key}
    held = sum((own[other] for other in others), Fraction())
    start = sum((own[other] * value for other, value in others.items()), Fraction())
    slope = cluster.values[key]
    if part.group is None:
        return (start, slope), held
    share = weights[part.group][name]
    if not share:
        return None
    summed, total = _summed(part, name, weights)
    whole = total + share
    return ((summed * held + share * start) / whole, (summed + share * slope) / whole), held


def _summed(part: Part, but: str, weights: Weights) -> tuple[Fraction, Fraction]:
    """Add up weight x mean, and the weight, of the clusters that have a mean, all but one."""
    summed = total = Fraction()
    if part.group is not None:
        own = weights[part.group]
        for name, cluster in part.clusters.items():
            if name != but and own[name] and (value := cluster.mean(weights)) is not None:
                summed += own[name] * value
                total += own[name]
    return summed, total
