"""A questionnaire cut down to some of its questions, with what the others carried.

A risk keeps the drivers that are left, and goes where it has none on either side. A condition about
something that is left out goes; so does one that holds only together with it, because what is left of
it would hold more easily than was meant. All of it happens to plain data.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bpo_assess.diagnostics import KeyPath
from bpo_assess.documents import Document, Placing

Change = Callable[[Any, KeyPath, KeyPath], Any]
"""Cuts an entry down, at a new path and from an old one; None leaves it out."""


@dataclass(frozen=True)
class Reduced:
    """What is left of a questionnaire, each part with the place in which it was written."""

    base: Placing
    data: Any
    moved: dict[KeyPath, KeyPath]

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.base.name

    @property
    def sha256(self) -> str:
        """The fingerprint of the file: cutting it down changes nothing in it."""
        return self.base.sha256

    def home(self, path: KeyPath) -> tuple[Document, KeyPath]:
        """Find the file in which a part was written, and its path there."""
        for length in range(len(path), 0, -1):
            if start := self.moved.get(path[:length]):
                return self.base.home((*start, *path[length:]))
        return self.base.home(path)


def reduce(base: Placing, questions: frozenset[str]) -> Reduced:
    """Cut a questionnaire down to the named questions."""
    reducing = _Reducing({("question", key) for key in questions})
    return Reduced(base, reducing.questionnaire(base.data), reducing.moved)


@dataclass
class _Reducing:
    """Cuts plain data down, and remembers from where every entry of a list moved."""

    kept: set[tuple[str, str]]
    """What is left, by kind and id: the questions, and then dimensions, axes and risks."""
    moved: dict[KeyPath, KeyPath] = field(default_factory=dict)

    def questionnaire(self, data: dict[str, Any]) -> dict[str, Any]:
        """Cut the sections down in the order in which they depend on each other."""
        cut = dict(data)
        sections: Iterable[tuple[str, Change]] = (
            ("axes", self._axis),
            ("risks", self._risk),
            ("benefits", self._benefit),
            ("alternatives", self._alternative),
            ("delivery", self._delivery),
        )
        for key, change in sections:
            if isinstance(data.get(key), list):
                cut[key] = self._entries(data[key], (key,), (key,), change)
        if isinstance(data.get("decision"), dict):
            verdicts = ("decision", "verdicts")
            stated = data["decision"].get("verdicts", [])
            cut["decision"] = data["decision"] | {
                "verdicts": self._entries(stated, verdicts, verdicts, self._verdict)
            }
        return cut

    def _entries(
        self, entries: list[Any], path: KeyPath, old: KeyPath, change: Change
    ) -> list[Any]:
        left: list[Any] = []
        for place, entry in enumerate(entries):
            here, there = (*path, len(left)), (*old, place)
            changed = change(entry, here, there)
            if changed is not None:
                self.moved[here] = there
                left.append(changed)
        return left

    def _within(
        self, entry: dict[str, Any], key: str, path: KeyPath, old: KeyPath, change: Change
    ) -> dict[str, Any]:
        stated = entry.get(key)
        if not isinstance(stated, list):
            return entry
        return entry | {key: self._entries(stated, (*path, key), (*old, key), change)}

    def _axis(self, axis: Any, path: KeyPath, old: KeyPath) -> Any:
        cut = self._within(axis, "dimensions", path, old, self._dimension)
        return self._remembered("axis", cut, bool(cut.get("dimensions")))

    def _dimension(self, dimension: Any, path: KeyPath, old: KeyPath) -> Any:
        cut = self._within(dimension, "questions", path, old, self._question)
        return self._remembered("dimension", cut, bool(cut.get("questions")))

    def _question(self, question: Any, _: KeyPath, __: KeyPath) -> Any:
        return question if ("question", question.get("id")) in self.kept else None

    def _risk(self, risk: Any, _: KeyPath, __: KeyPath) -> Any:
        sides = {
            side: {
                key: weight
                for key, weight in (risk.get(side) or {}).items()
                if ("question", key) in self.kept
            }
            for side in ("drivers", "impact_drivers")
        }
        return self._remembered("risk", risk | sides, all(sides.values()))

    def _remembered(self, kind: str, entry: dict[str, Any], stays: bool) -> dict[str, Any] | None:
        if stays:
            self.kept.add((kind, entry["id"]))
        return entry if stays else None

    def _verdict(self, verdict: Any, path: KeyPath, old: KeyPath) -> Any:
        return self._within(verdict, "held_by", path, old, self._condition)

    def _benefit(self, benefit: Any, path: KeyPath, old: KeyPath) -> Any:
        return self._with_conditions(benefit, ("strong", "some"), path, old)

    def _alternative(self, alternative: Any, path: KeyPath, old: KeyPath) -> Any:
        return self._with_conditions(alternative, ("when",), path, old)

    def _delivery(self, model: Any, path: KeyPath, old: KeyPath) -> Any:
        cut = self._within(model, "ruled_out_by", path, old, self._condition)
        return self._within(cut, "favoured_by", path, old, self._condition)

    def _with_conditions(
        self, entry: dict[str, Any], keys: tuple[str, ...], path: KeyPath, old: KeyPath
    ) -> dict[str, Any] | None:
        cut = {
            key: self._condition(entry[key], (*path, key), (*old, key))
            for key in keys
            if key in entry
        }
        return None if None in cut.values() else entry | cut

    def _condition(self, condition: Any, path: KeyPath, old: KeyPath) -> Any:
        if "all" in condition:
            cut = self._within(condition, "all", path, old, self._condition)
            return cut if len(cut["all"]) == len(condition["all"]) else None
        if "any" in condition:
            cut = self._within(condition, "any", path, old, self._condition)
            return cut if cut["any"] else None
        subjects = [
            (kind, condition[kind])
            for kind in ("question", "dimension", "axis", "risk")
            if kind in condition
        ]
        left = all(subject in self.kept or subject == ("risk", "any") for subject in subjects)
        return condition if left else None
