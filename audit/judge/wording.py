"""How arithmetic is printed: figures in the document's own format, sums and quotients as one line each."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.quantity import Measure, Quantity, grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.claims import Operand

_PLACES = 2


def quantity_of(operand: Operand) -> Quantity:
    """Return the quantity of an operand; a whole that is no printed figure (100 per cent) is exact."""
    fact = operand.fact
    if fact is not None and isinstance(fact.value, Quantity):
        return fact.value
    return Quantity(raw=operand.text, value=operand.value or Decimal(0), measure=Measure.COUNT, exact=True)


def like(operands: Sequence[Operand]) -> str:
    """Return the longest printed form among operands, to print computed figures in the same format."""
    return max((o.text for o in operands if o.text[-1:].isdigit() or o.text[:1].isdigit()), key=len, default="1,000")


def number(value: Decimal | Fraction, form: str) -> str:
    """Return a computed number in the format of a printed one; a long fraction is cut to two places."""
    if isinstance(value, Fraction):
        shown = Decimal(value.numerator) / Decimal(value.denominator)
        value = shown if shown == round(shown, 6) else round(shown, _PLACES)
    return grouped(value.normalize() if value == value.to_integral_value() else value, _digits_of(form))


def _digits_of(form: str) -> str:
    digits = [c for c in form if c.isdigit() or c in ",.'’\u00a0\u202f "]
    return "".join(digits).strip(" ,.")


def value_of(operand: Operand, form: str) -> str:
    """Return an operand's value in full units ("16,900" for "16.9 thousand")."""
    return number(operand.value or Decimal(0), form)


def joined(words: Sequence[str]) -> str:
    """Return words as one list: "27 and 40", "1, 2 and 3"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def sum_line(parts: Sequence[str], computed: str) -> str:
    """Return "27 + 40 = 67"; negative parts are subtracted."""
    line = parts[0]
    for part in parts[1:]:
        line += f" - {part[1:]}" if part.startswith("-") else f" + {part}"
    return f"{line} = {computed}"
