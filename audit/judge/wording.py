"""How arithmetic is printed: figures in the document's own format, sums and quotients as one line each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.quantity import Measure, Quantity
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.claims import Operand

_UNGROUPED = 3
_ONE = Decimal(1)
_LETTERS = "'’abcdefghijklmnopqrstuvwxyzáéíóúñç\u00a0 "
_MARKS = ",.·'’\u00a0\u202f "


@dataclass(frozen=True, slots=True)
class Style:
    """How a text prints numbers: the mark between groups of three, the decimal mark, and how many decimals."""

    group: str = ","
    point: str = "."
    places: int = 0
    scale: Decimal = _ONE
    word: str = ""
    """The scale word that all figures share (" million"), printed behind numbers cut to it."""

    def with_places(self, places: int) -> Style:
        """Return the style with another number of decimals."""
        return replace(self, places=places, scale=_ONE, word="")


def quantity_of(operand: Operand) -> Quantity:
    """Return the quantity of an operand; a whole that is no printed figure (100 per cent) is exact.

    A value of data that was rounded before it was stored comes with the interval it stands for.
    """
    fact, interval = operand.fact, operand.interval
    if fact is not None and isinstance(fact.value, Quantity):
        return fact.value
    if interval is not None and interval.low is not None and interval.high is not None and interval.low < interval.high:
        width = interval.high - interval.low
        step = Decimal(width.numerator) / Decimal(width.denominator)
        return Quantity(raw=operand.text, value=operand.value or Decimal(0), step=step, measure=Measure.AMOUNT)
    return Quantity(raw=operand.text, value=operand.value or Decimal(0), measure=Measure.COUNT, exact=True)


def style_of(operands: Sequence[Operand]) -> Style:
    """Return the style of printed figures: their separators or those of their language, and the most decimals."""
    group, point, places = "", "", 0
    spoken = next((q.point for q in map(quantity_of, operands) if q.point), "")
    scale, word = _shared_scale(operands)
    for operand in operands:
        quantity = quantity_of(operand)
        digits = "".join(c for c in operand.text if c.isdecimal() or c in _MARKS).strip(_MARKS)  # "46.5 m²"
        decimals = _decimals(quantity.step / quantity.scale)
        if decimals and len(digits) > decimals:
            point = digits[-decimals - 1]
            digits = digits[: -decimals - 1]
        group = group or next((c for c in digits if c in _MARKS), "")
        if quantity.scale == scale:
            places = max(places, decimals)
    if not group and any(
        sum(c.isdecimal() for c in o.text) > _UNGROUPED and quantity_of(o).scale == 1 for o in operands
    ):
        return Style("", point or spoken or ".", places)
    point = point or (spoken if spoken != group else "")
    if not group:
        group = "\u00a0" if point == "," else ","  # "4,6 millions" tells no mark: the space is right in every language
    return Style(group, point or ("," if group == "." else "."), places, scale, word)


def _shared_scale(operands: Sequence[Operand]) -> tuple[Decimal, str]:
    """Return the scale and its word when every figure is printed with the same one: "9.2 million", "3.1 million"."""
    scales = {quantity_of(o).scale for o in operands}
    words = {o.text[len(o.text.rstrip(_LETTERS)) :] if o.text[-1:].isalpha() else "" for o in operands}
    if len(words) > 1:
        words.discard("")  # "640 million: 385 for homes and 255 for roads"
    if len(scales) != 1 or len(words) != 1 or scales == {_ONE}:
        return _ONE, ""
    word = words.pop()
    return (scales.pop(), word) if word.strip() else (_ONE, "")


def _decimals(step: Decimal) -> int:
    exponent = step.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def number(value: Decimal | Fraction, style: Style) -> str:
    """Return a computed number as the text would print it, rounded half up to the style's decimals."""
    exact = Fraction(value) / Fraction(style.scale)
    scaled = abs(exact) * 10**style.places
    digits = str((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)).rjust(style.places + 1, "0")
    whole, fraction = (digits[: -style.places], digits[-style.places :]) if style.places else (digits, "")
    first = len(whole) % 3 or 3
    whole = style.group.join([whole[:first], *(whole[i : i + 3] for i in range(first, len(whole), 3))])
    sign = "-" if exact < 0 else ""
    return (f"{sign}{whole}{style.point}{fraction}" if fraction else sign + whole) + style.word


def quotient(value: Fraction, style: Style) -> str:
    """Return a computed quotient to two places more than the style, without the zeros at its end."""
    longer = number(value, style.with_places(style.places + 2))
    whole, point, fraction = longer.rpartition(style.point)
    if not point:
        return longer
    fraction = fraction[: style.places] + fraction[style.places :].rstrip("0")
    return f"{whole}{point}{fraction}" if fraction else whole


def value_of(operand: Operand, style: Style) -> str:
    """Return an operand's value in full units ("16,900" for "16.9 thousand")."""
    return number(operand.value or Decimal(0), style)


def joined(words: Sequence[str]) -> str:
    """Return words as one list: "27 and 40", "1, 2 and 3"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def sum_line(parts: Sequence[str], computed: str) -> str:
    """Return "27 + 40 = 67"; negative parts are subtracted."""
    line = parts[0]
    for part in parts[1:]:
        line += f" - {part[1:]}" if part.startswith("-") else f" + {part}"
    return f"{line} = {computed}"
