"""The shipped method's arithmetic and decision table once more, sharing no code with the program.

Written as an auditor would check it: from plain data, slow, literal, and naming the shipped ids.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

GATES = [
    "regulatory-permissibility", "inherent-retention", "competitive-advantage", "protocol-documented",
    "outcome-defined", "current-performance", "task-split", "kpi-defined", "governance-cadence",
    "price-realism", "market-depth", "system-access",
]  # fmt: skip
NAMED = [
    *GATES, "commodity-sameness", "net-benefit", "non-financial-value", "kpi-baselined", "audit-rights",
    "exit-plan", "security-controls", "decision-authority", "incentive-alignment", "stakeholder-support",
    "knowledge-transfer", "transition-staging",
]  # fmt: skip
CONDITIONAL_LEVELS = {
    "competitive-advantage": 1, "commodity-sameness": 1, "inherent-retention": 2, "net-benefit": 0,
    "kpi-baselined": 1, "audit-rights": 2, "exit-plan": 1, "security-controls": 1, "decision-authority": 1,
    "incentive-alignment": 1, "regulatory-permissibility": 2, "stakeholder-support": 0,
    "knowledge-transfer": 0, "transition-staging": 0,
}  # fmt: skip
NOT_YET_LEVELS = {
    "protocol-documented": 1, "outcome-defined": 1, "current-performance": 0, "task-split": 1,
    "kpi-defined": 1, "governance-cadence": 0, "price-realism": 0, "market-depth": 0, "system-access": 0,
}  # fmt: skip
KEYS = ["protocol", "roles", "kpis", "governance"]


def half_up(value: Fraction, places: int) -> Fraction:
    return Fraction(math.floor(value * 10**places + Fraction(1, 2)), 10**places)


@dataclass(frozen=True)
class Given:
    """Answers as the report states them: the level that counts, the state, and whether it has evidence."""

    levels: Mapping[str, int | None]
    states: Mapping[str, str]
    evidenced: frozenset[str]
    proven_controls: frozenset[str]


class Recount:
    """One method as plain data, and one set of answers."""

    def __init__(self, method: Mapping[str, Any], given: Given) -> None:
        self.method = method
        self.given = given
        self.weights = {
            question["id"]: question.get("weight", 1)
            for axis in method["axes"]
            for dimension in axis["dimensions"]
            for question in dimension["questions"]
        }

    def is_open(self, key: str) -> bool:
        return self.given.states[key] in {"unknown", "unanswered"}

    def levels(self, fill: int | None) -> dict[str, int | None]:
        return {
            key: fill if level is None and self.is_open(key) else level
            for key, level in self.given.levels.items()
        }

    def indices(self, fill: int | None) -> dict[str, Fraction | None]:
        levels = self.levels(fill)
        found: dict[str, Fraction | None] = {}
        for axis in self.method["axes"]:
            total = weight = Fraction()
            for part in axis["dimensions"]:
                value = self._mean(
                    {q["id"]: self.weights[q["id"]] for q in part["questions"]}, levels
                )
                found[part["id"]] = None if value is None else 25 * value
                if value is not None:
                    total += part["weight"] * 25 * value
                    weight += part["weight"]
            found[axis["id"]] = total / weight if weight else None
        return found

    @staticmethod
    def _mean(weights: Mapping[str, int], levels: Mapping[str, int | None]) -> Fraction | None:
        known = {k: w for k, w in weights.items() if w and levels[k] is not None}
        total = sum(known.values())
        return (
            Fraction(sum(w * (levels[k] or 0) for k, w in known.items()), total) if total else None
        )

    def risks(self, fill: int | None) -> dict[str, str | None]:
        return {risk["id"]: self._risk(risk, self.levels(fill)) for risk in self.method["risks"]}

    def _risk(self, risk: Mapping[str, Any], levels: Mapping[str, int | None]) -> str | None:
        drivers = self._mean(risk["drivers"], levels)
        impact_drivers = self._mean(risk["impact_drivers"], levels)
        if drivers is None or impact_drivers is None:
            return None
        sides = {"likelihood": 5 - drivers, "impact": 5 - impact_drivers}
        for control in risk["controls"]:
            if control["id"] in self.given.proven_controls:
                side = control["acts_on"]
                sides[side] = 1 + (sides[side] - 1) * Fraction(str(control["factor"]))
        row, column = (int(half_up(sides[side], 0)) for side in ("likelihood", "impact"))
        level: str = self.method["risk_matrix"]["rows"][row - 1][column - 1]
        return level

    def evidence_share(self, fill: int | None) -> Fraction | None:
        levels, shares = self.levels(fill), self._shares()
        answered = [key for key in shares if levels[key] is not None]
        if not answered:
            return None
        proven = [
            key
            for key in answered
            if key in self.given.evidenced or (fill == 4 and self.is_open(key))
        ]
        return half_up(
            sum((shares[k] for k in proven), Fraction()) / sum(shares[k] for k in answered), 2
        )

    def _shares(self) -> dict[str, Fraction]:
        shares: dict[str, Fraction] = {}
        for axis in self.method["axes"]:
            parts = [
                (d["weight"], {
                    q["id"]: self.weights[q["id"]]
                    for q in d["questions"]
                    if self.weights[q["id"]] and self.given.states[q["id"]] != "not-applicable"
                })
                for d in axis["dimensions"]
            ]  # fmt: skip
            total = sum(weight for weight, questions in parts if questions)
            for weight, questions in parts:
                for key, own in questions.items():
                    shares[key] = Fraction(weight * own, total * sum(questions.values()))
        return shares

    def verdict(self, fill: int | None) -> str:
        levels, indices = self.levels(fill), self.indices(fill)
        risks = set(self.risks(fill).values())
        share = self.evidence_share(fill)

        def at_most(key: str, limit: int) -> bool:
            level = levels[key]
            return level is not None and level <= limit

        def below(key: str, limit: int) -> bool:
            value = indices[key]
            return value is not None and half_up(value, 1) < limit

        def unanswered(keys: list[str]) -> bool:
            return fill != 4 and any(map(self.is_open, keys))

        if self._kept(at_most, below):
            return "keep-in-house"
        if (
            any(at_most(key, limit) for key, limit in NOT_YET_LEVELS.items())
            or any(below(key, 50) for key in KEYS)
            or below("suitability", 45)
            or "critical" in risks
            or unanswered(GATES)
        ):
            return "not-yet"
        if (
            any(at_most(key, limit) for key, limit in CONDITIONAL_LEVELS.items())
            or any(below(key, 60) for key in [*KEYS, "strategic"])
            or below("suitability", 65)
            or below("readiness", 70)
            or "high" in risks
            or unanswered(NAMED)
            or (share is not None and share < Fraction(1, 2))
        ):
            return "outsource-with-conditions"
        return "outsource"

    @staticmethod
    def _kept(at_most: Callable[[str, int], bool], below: Callable[[str, int], bool]) -> bool:
        return (
            any(at_most(key, 0) for key in GATES[:3])
            or below("strategic", 35)
            or (below("suitability", 45) and below("strategic", 50))
            or (at_most("net-benefit", 0) and at_most("non-financial-value", 1))
        )
