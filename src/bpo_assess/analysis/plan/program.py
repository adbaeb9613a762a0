"""An integer program as data: variables, sums of them, and rows that a solution must satisfy.

Coefficients are exact. A row is scaled to whole numbers when it is written down, so that a sum of
whole variables that misses its limit misses it by at least 1, and a solver's rounding cannot hide it.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

Number = int | Fraction

Group = Hashable
"""What a row belongs to, so that rows can be taken together or left out; None belongs to all."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of variables with coefficients, and a constant."""

    terms: Mapping[int, Number]
    constant: Number = 0

    def __add__(self, other: "Sum | Number") -> "Sum":
        if not isinstance(other, Sum):
            return Sum(self.terms, self.constant + other)
        terms = dict(self.terms)
        for key, factor in other.terms.items():
            terms[key] = terms.get(key, 0) + factor
        return Sum(terms, self.constant + other.constant)

    def __neg__(self) -> "Sum":
        return self * -1

    def __sub__(self, other: "Sum | Number") -> "Sum":
        return self + -other

    def __rsub__(self, other: Number) -> "Sum":
        return -self + other

    def __mul__(self, factor: Number) -> "Sum":
        terms = {key: value * factor for key, value in self.terms.items()} if factor else {}
        return Sum(terms, self.constant * factor)

    def at(self, values: Sequence[Fraction]) -> Fraction:
        """Work the sum out for values of all variables."""
        return Fraction(self.constant) + sum(
            (factor * values[key] for key, factor in self.terms.items()), Fraction()
        )

    @property
    def is_constant(self) -> bool:
        """Tell whether no variable stands in it."""
        return not any(self.terms.values())


def fixed(number: Number) -> Sum:
    """Make a sum without variables."""
    return Sum({}, number)


NEVER = fixed(0)
ALWAYS = fixed(1)


def total(parts: Iterable[Sum]) -> Sum:
    """Add up sums."""
    return weighted((1, part) for part in parts)


def weighted(parts: Iterable[tuple[Number, Sum]]) -> Sum:
    """Add up sums, each times its factor."""
    terms: dict[int, Number] = {}
    constant: Number = 0
    for factor, part in parts:
        constant += factor * part.constant
        for key, value in part.terms.items():
            terms[key] = terms.get(key, 0) + factor * value
    return Sum(terms, constant)


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable: from 0 to `upper`, in whole steps or not."""

    upper: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Something that must hold: the sum is at least 0, or 0 where `equal`."""

    sum: Sum
    """With whole coefficients."""
    exact: bool
    """Whether only whole variables stand in it, so that it is missed by 1 or more, or not at all."""
    equal: bool = False
    group: Group | None = None


@dataclass
class Program:
    """The variables and rows found so far; the order in which they were asked for is their order."""

    variables: list[Variable] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    impossible: set[Group] = field(default_factory=set)
    """Groups of which a row can never hold, whatever else does."""
    group: Group | None = None
    """The group that new rows belong to."""

    def choice(self) -> Sum:
        """Add a variable that is 0 or 1."""
        return self._variable(Variable(1, whole=True))

    def figure(self, upper: int) -> Sum:
        """Add a variable that may be any number from 0 to a bound."""
        return self._variable(Variable(upper, whole=False))

    def _variable(self, variable: Variable) -> Sum:
        self.variables.append(variable)
        return Sum({len(self.variables) - 1: 1})

    def require(self, amount: Sum, where: Sum = ALWAYS, *, above: bool = False) -> None:
        """Require that a sum is at least 0, or above it, wherever another, of 0 or 1, is 1."""
        row = self.row(amount, above=above)
        scaled, exact = row.sum, row.exact
        low, high = self._range(scaled)
        if low >= 0:
            return
        if high < 0:
            self._forbid(where)
            return
        if not where.is_constant or where.constant != 1:
            scaled += (1 - where) * -low
        self.rows.append(Row(scaled, exact, group=self.group))

    def _forbid(self, where: Sum) -> None:
        if where.is_constant and where.constant >= 1:
            self.impossible.add(self.group)
        elif not where.is_constant:
            self.rows.append(Row(-where, exact=True, group=self.group))

    def row(self, amount: Sum, *, above: bool = False) -> Row:
        """Make a row of its own: the sum is at least 0, or above it."""
        scaled = _whole(amount)
        if not all(self.variables[key].whole for key in scaled.terms):
            return Row(scaled, exact=False)
        # The variables add up to a whole number, so nothing is lost where the constant becomes one.
        constant = Fraction(scaled.constant)
        rounded = math.ceil(constant) - 1 if above else math.floor(constant)
        return Row(Sum(scaled.terms, rounded), exact=True)

    def equate(self, one: Sum, other: Sum) -> None:
        """Require that two sums are equal."""
        difference = _whole(one - other)
        exact = all(self.variables[key].whole for key in difference.terms)
        self.rows.append(Row(difference, exact, equal=True, group=self.group))

    def one_of(self, options: Sequence[Sum], where: Sum = ALWAYS) -> None:
        """Require that at least one of several choices is taken."""
        self.require(total(options) - 1, where)

    def product(self, figure: Sum, upper: int, choice: Sum) -> Sum:
        """Give the product of a figure, from 0 to a bound, and a choice; exact since the choice is 0 or 1."""
        if choice.is_constant:
            return figure * choice.constant
        found = self.figure(upper)
        self.require(choice * upper - found)
        self.require(figure - found)
        self.require(found - figure + (1 - choice) * upper)
        return found

    def _range(self, amount: Sum) -> tuple[Number, Number]:
        low = high = amount.constant
        for key, factor in amount.terms.items():
            reach = factor * self.variables[key].upper
            low, high = low + min(reach, 0), high + max(reach, 0)
        return low, high


def _whole(amount: Sum) -> Sum:
    """Scale a sum so that its coefficients are whole numbers without a common divisor."""
    terms = {key: Fraction(factor) for key, factor in amount.terms.items() if factor}
    scale = math.lcm(*(factor.denominator for factor in terms.values()))
    whole = {key: int(factor * scale) for key, factor in terms.items()}
    divisor = math.gcd(*whole.values()) or 1
    constant = Fraction(amount.constant) * scale / divisor
    return Sum({key: factor // divisor for key, factor in whole.items()}, constant)
