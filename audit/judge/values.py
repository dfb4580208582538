"""What an expression is worth over printed figures.

A value carries the interval it may lie in and how it was made (one figure, a weighted sum, a quotient), so that a
comparison can be decided by the arithmetic made for just that; dates are periods of days.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.expressions import Binary, Call, Day, Name, Number
from audit.facts import Period
from audit.judge.wording import number, quantity_of, quotient
from audit.quantity import Interval, Measure, Quantity
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from audit.claims import Operand
    from audit.expressions import Node
    from audit.judge.wording import Style

Terms = tuple[tuple[Decimal, Quantity], ...]
_HUNDRED = Fraction(100)
_ONE = Decimal(1)


class UnreadableError(Exception):
    """The figures do not allow this arithmetic; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What an expression is worth; `terms` are its weighted figures, `ratio` names a quotient and its two figures."""

    nominal: Fraction = Fraction(0)
    interval: Interval = Interval(low=Fraction(0), high=Fraction(0))
    terms: Terms | None = None
    ratio: tuple[str, Quantity, Quantity] | None = None
    period: tuple[date, date] | None = None
    units: frozenset[str] = frozenset()
    shown: str = ""
    level: str = "single"
    is_figure: bool = False

    def printed(self, style: Style) -> str:
        """Return the value as the text would print it; a period as it is printed."""
        if self.period is not None:
            return self.shown
        return number(self.nominal, style) if self.terms is not None else quotient(self.nominal, style)

    def quantity(self) -> Quantity:
        """Return the value as one figure: the printed one, or one as wide as its interval."""
        if self.is_figure and self.terms is not None:
            return self.terms[0][1]
        low, high = self.interval.low, self.interval.high
        if low is None or high is None:
            raise UnreadableError(f"{self.shown} is open to one side; compare the figure by itself")
        value = Decimal(self.nominal.numerator) / Decimal(self.nominal.denominator)
        if low == high:
            return Quantity(raw=self.shown, value=value, exact=True)
        width = Decimal((high - low).numerator) / Decimal((high - low).denominator)
        return Quantity(raw=self.shown, value=value, step=width, measure=Measure.AMOUNT)


class Reading:
    """Evaluates the nodes of an expression over the figures of a claim."""

    def __init__(self, figures: Mapping[str, tuple[Operand, ...]], style: Style) -> None:
        self._figures = figures
        self._style = style

    def value(self, node: Node) -> Value:
        """Return what a node is worth."""
        if isinstance(node, Number):
            return _exact(node.value, number(node.value, _places(self._style, node.value)))
        if isinstance(node, Day):
            return Value(period=(node.first, node.last), shown=node.text)
        if isinstance(node, Name):
            (operand,) = self._figures[node.name]
            return self._figure(operand)
        return self._binary(node) if isinstance(node, Binary) else self._call(node)

    def _figure(self, operand: Operand) -> Value:
        fact = operand.fact
        if fact is not None and isinstance(fact.value, Period):
            return Value(period=(fact.value.first, fact.value.last), shown=operand.text, is_figure=True)
        if operand.value is None:
            raise UnreadableError(f'"{operand.text[:40]}" is no number')
        figure = quantity_of(operand)
        unit = "%" if figure.measure is Measure.PERCENT else figure.unit
        return Value(
            nominal=Fraction(figure.value),
            interval=figure.interval,
            terms=((Decimal(1), figure),),
            units=frozenset({unit} - {""}),
            shown=number(figure.value, _places(self._style, figure.step if figure.scale == 1 else _ONE)),
            is_figure=True,
        )

    def _many(self, name: str) -> list[Value]:
        return [self._figure(operand) for operand in self._figures[name]]

    def _binary(self, node: Binary) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        if left.period is not None or right.period is not None:
            raise UnreadableError("days are compared, not added")
        if node.sign in ("+", "-"):
            return _sum(
                left, right, -1 if node.sign == "-" else 1, bare=isinstance(node.left, Number) and node.sign == "-"
            )
        return _product(left, right) if node.sign == "*" else _ratio("average", left, right, Fraction(1))

    def _call(self, node: Call) -> Value:
        if node.function == "count":
            (argument,) = node.arguments
            if not isinstance(argument, Name):
                raise UnreadableError("count takes the name of a figure")
            found = len(self._figures[argument.name])
            return _exact(Decimal(found), str(found))
        values = [v for a in node.arguments for v in self._arguments(a, node.function)]
        if node.function in ("first", "last"):
            return _end(values[0], node.function)
        if any(value.period is not None for value in values):
            raise UnreadableError(f"{node.function} takes numbers, not days")
        if node.function == "sum":
            total = values[0]
            for value in values[1:]:
                total = _sum(total, value, 1)
            return replace(total, is_figure=False)
        if node.function in ("share", "change"):
            return _quotient_of(node.function, values[0], values[1])
        return _picked(node.function, values)

    def _arguments(self, node: Node, function: str) -> list[Value]:
        if isinstance(node, Name) and function in ("sum", "min", "max"):
            return self._many(node.name)
        return [self.value(node)]


def _exact(value: Decimal, shown: str) -> Value:
    figure = Quantity(raw=shown, value=value, exact=True)
    return Value(nominal=Fraction(value), interval=Interval.point(value), terms=((Decimal(1), figure),), shown=shown)


def _sum(left: Value, right: Value, sign: int, *, bare: bool = False) -> Value:
    if left.units and right.units and left.units != right.units:
        raise UnreadableError(f"{left.shown} and {right.shown} are figures in different units")
    weight = Decimal(sign)
    terms = None
    if left.terms is not None and right.terms is not None:
        terms = (*left.terms, *((weight * w, figure) for w, figure in right.terms))
    shown = right.shown if sign > 0 or right.level != "add" else f"({right.shown})"
    return Value(
        nominal=left.nominal + sign * right.nominal,
        interval=left.interval + right.interval if sign > 0 else left.interval - right.interval,
        terms=terms,
        units=left.units | right.units,
        shown=f"-{shown}" if bare and not left.nominal else f"{left.shown} {'+' if sign > 0 else '-'} {shown}",
        level="add",
    )


def _product(left: Value, right: Value) -> Value:
    shown = " × ".join(f"({side.shown})" if side.level == "add" else side.shown for side in (left, right))
    if right.interval.low != right.interval.high:
        left, right = right, left
    factor = right.interval.low
    if factor is None or factor != right.interval.high:
        raise UnreadableError("of two factors one must be an exact number")
    weight = Decimal(factor.numerator) / Decimal(factor.denominator)
    return Value(
        nominal=left.nominal * factor,
        interval=left.interval.times(factor),
        terms=tuple((w * weight, figure) for w, figure in left.terms) if left.terms is not None else None,
        units=left.units,
        shown=shown,
        level="multiply",
    )


def _ratio(name: str, above: Value, below: Value, factor: Fraction) -> Value:
    interval = above.interval.over(below.interval)
    if interval is None or not below.nominal:
        raise UnreadableError(f"{above.shown} cannot be divided by {below.shown}")
    shown = " / ".join(f"({side.shown})" if side.level != "single" else side.shown for side in (above, below))
    return Value(
        nominal=above.nominal / below.nominal * factor,
        interval=interval.times(factor),
        ratio=(name, above.quantity(), below.quantity()),
        units=frozenset({"%"}) if factor == _HUNDRED else frozenset(),
        shown=shown if factor == 1 else f"100 × {shown}",
        level="multiply",
    )


def _quotient_of(name: str, first: Value, second: Value) -> Value:
    if name == "share":
        return _ratio("share", first, second, _HUNDRED)
    made = _ratio("change", second, first, _HUNDRED)
    hundred = Interval.point(100)
    return replace(
        made,
        nominal=made.nominal - 100,
        interval=made.interval - hundred,
        ratio=("change", first.quantity(), second.quantity()),
        shown=f"{made.shown} - 100",
        level="add",
    )


def _picked(name: str, values: Sequence[Value]) -> Value:
    if name == "abs":
        value = values[0]
        if value.nominal >= 0:
            return replace(value, is_figure=False)
        flipped = tuple((-w, f) for w, f in value.terms) if value.terms is not None else None
        return replace(
            value, nominal=-value.nominal, interval=-value.interval, terms=flipped, ratio=None, is_figure=False
        )
    chosen = min(values, key=lambda v: v.nominal) if name == "min" else max(values, key=lambda v: v.nominal)
    return replace(chosen, is_figure=False)


def _end(value: Value, name: str) -> Value:
    """Return the first or last day of a period."""
    if value.period is None:
        raise UnreadableError(f"{name} takes a date or a period, not {value.shown}")
    day = value.period[0] if name == "first" else value.period[1]
    return replace(value, period=(day, day))


def _places(style: Style, value: Decimal) -> Style:
    exponent = value.as_tuple().exponent
    return style.with_places(-exponent if isinstance(exponent, int) and exponent < 0 else 0)
