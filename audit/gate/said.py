"""From the answers about tables to claims: one for each check that holds, one for each row that breaks some."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.gate.placed import fact_at
from audit.quantity import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from audit.gate.answers import Answer, Checked, Fault, Worth
    from audit.gate.placed import Spots
    from audit.model import Span
    from audit.rules import Rule

_CONFIDENCE = {"error": 100, "warning": 80, "note": 50}  # what the evidence allows a finding to be
_SHOWN = 3
_CENT = Decimal("0.01")


def claims_of(answer: Answer, rule: Rule, spots: Mapping[str, Spots]) -> Iterator[Claim]:
    """Yield the claims about the tables of one rule."""
    for checked in answer.checked:
        place = spots.get(answer.sources[checked.table])
        if place is None:
            continue
        maker = _Maker(rule, checked, place)
        yield from (maker.holds(title) for title in checked.passed)
        yield from (maker.whole(fault) for fault in checked.whole)
        yield from (maker.row(record, faults) for record, faults in checked.rows.items())
        if checked.more:
            yield maker.more(checked.more)


def values_of(answer: Answer, spots: Mapping[str, Spots]) -> Iterator[tuple[tuple[str, str], Operand]]:
    """Yield the values that the ties of one rule ask for, each under the rule and the term."""
    for text, worth in answer.terms.items():
        place = spots[answer.sources[text.partition(".")[0]]]
        column = text.partition('("')[2].partition('"')[0]
        span = place.cells.get((worth.record, column)) or place.names.get(column) or place.head
        fact = fact_at(place, span) if worth.record else None
        yield (
            (answer.rule, text),
            Operand(
                role="data",
                text=worth.value,
                document=span.document,
                start=span.start,
                end=span.end,
                fact=fact,
                value=Decimal(worth.value),
                interval=_interval(text, worth),
            ),
        )


def _interval(text: str, worth: Worth) -> Interval:
    """Return what a value of data may be: whole numbers and cents are exact, other decimals are rounded as printed."""
    value, step = Fraction(Decimal(worth.value)), Decimal(worth.step)
    if step in (1, _CENT):
        return Interval.point(value)
    half = Fraction(step) / 2 * (worth.count if ".sum(" in text else 1)
    return Interval(low=value - half, high=value + half)


class _Maker:
    def __init__(self, rule: Rule, checked: Checked, place: Spots) -> None:
        self.rule, self.checked, self.place = rule, checked, place

    def holds(self, title: str) -> Claim:
        """Return the claim of a check that every row obeys."""
        says = f"{title} holds in {self.place.length:,} rows of {self.checked.table}"
        return self._claim("passed", self.place.head, [self._check(title)], says)

    def whole(self, fault: Fault) -> Claim:
        """Return the claim of a check that a table as a whole breaks."""
        span = next((self.place.names[c] for c in fault.columns if c in self.place.names), self.place.head)
        says = f"{self.checked.table}: {fault.reason}"
        operands = [self._check(fault.check, span)]
        return self._claim("table", span, operands, says, severity=fault.severity, columns=fault.columns)

    def row(self, record: str, faults: Sequence[Fault]) -> Claim:
        """Return the claim of one row with all it breaks."""
        label = self.place.labels[record]
        reasons = list(dict.fromkeys(fault.reason for fault in faults))
        more = f"; and {len(reasons) - _SHOWN} more" if len(reasons) > _SHOWN else ""
        says = f"{self.checked.table}, {label}: {'; '.join(reasons[:_SHOWN])}{more}"
        columns = list(dict.fromkeys(column for fault in faults for column in fault.columns))
        known = [column for column in columns if (record, column) in self.place.cells]
        operands = [self._cell(record, column) for column in known]
        severity = min((fault.severity for fault in faults), key=list(_CONFIDENCE).index)
        steps = tuple(f"{fault.check}: {fault.reason}" for fault in faults)
        span = self.place.rows[record]
        return self._claim(
            "row", span, operands or [self._check(faults[0].check, span)], says,
            severity=severity, columns=columns, label=label, steps=steps,
        )  # fmt: skip

    def more(self, number: int) -> Claim:
        """Return the claim that stands for the rows that are not told one by one."""
        says = f"{self.checked.table}: {number:,} more failures of {self.checked.origin} are not told one by one"
        return self._claim("more", self.place.head, [self._check("more")], says)

    def _cell(self, record: str, column: str) -> Operand:
        span = self.place.cells[record, column]
        text = self.place.document.text[span.start : span.end]
        return Operand(
            role="cell",
            text=text,
            document=span.document,
            start=span.start,
            end=span.end,
            fact=fact_at(self.place, span),
            value=_number(text),
        )

    def _check(self, title: str, span: Span | None = None) -> Operand:
        at = span or self.place.head
        return Operand(role="check", text=title, document=at.document, start=at.start, end=at.end)

    def _claim(
        self,
        form: str,
        span: Span,
        operands: Sequence[Operand],
        says: str,
        **more: object,
    ) -> Claim:
        columns = more.get("columns")
        steps = more.get("steps")
        return Claim(
            kind=ClaimKind(self.checked.kind),
            form=form,
            document=span.document,
            start=span.start,
            end=span.end,
            operands=tuple(operands),
            basis=Basis(
                cue=f"{self.checked.kind} {self.checked.origin}",
                confidence=_CONFIDENCE[str(more.get("severity", "error"))],
                reasons=(f"declared: {self.checked.origin}",),
            ),
            detail={
                "statement": self.rule.name,
                "place": "table",
                "table": self.checked.table,
                "row": str(more.get("label", "")),
                "column": ", ".join(columns) if isinstance(columns, list) else "",
                "reason": says.partition(": ")[2] or says,
                "says": says,
                "steps": "\n".join(steps) if isinstance(steps, tuple) else "",
            },
        )


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
