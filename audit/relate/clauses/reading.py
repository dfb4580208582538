"""One way to read figures as a breakdown: its total, its parts, and what speaks for or against it."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Hedge, Measure
from audit.records import dataclass
from audit.relate.clauses.chance import near_miss
from audit.relate.clauses.populations import Fit, is_disjoint, trait
from audit.relate.clauses.structure import MARKS, is_elliptic

if TYPE_CHECKING:
    from audit.relate.clauses.structure import Clause, Mark

# Forms that assert their sum by themselves; all others are claimed only when they hold.
STRONG = frozenset(
    {
        *("bracket", "brackets", "colon", "dash", "comprising", "of_whom", "remain", "total_after", "listed"),
        *("before", "of_total", "of_the", "of_these", "items"),
    }
)
OPEN_LISTS = frozenset({"including", "among", "mainly"})
_OF_ALL = frozenset({"of_whom", "of_the", "of_these"})
_PAIR = 2
_CERTAIN = 4
_LEAD = 6
_PLACED = 26
_LEADING = frozenset({"in", "at", "on", "by", "for", "with", "from", "after", "before", "during", "without", "between"})
_PLACING = frozenset({"in", "from", "at", "to"})
_STAY_NEAR = 20  # "over 100,000, of which 78,822 files of over 90,000 persons": what lies farther off is no sum


@dataclass(slots=True)
class Reading:
    """One way to read a run: these parts make up this total, said in this form."""

    total: Mark
    parts: list[Mark]
    form: str
    clause: Clause
    fit: Fit
    distance: int = 0
    weighed: int | None = field(default=None, init=False)
    """How likely it was found to be that the reading was meant: it is asked for more than once."""

    @property
    def gap(self) -> Decimal:
        """Return the total less its parts."""
        return self.total.value.value - sum((p.value.value for p in self.parts), Decimal(0))

    @property
    def is_ample(self) -> bool:
        """Say whether no part exceeds the total."""
        return all(p.value.value <= self.total.value.value for p in self.parts)

    @property
    def is_closed(self) -> bool:
        """Say whether a list of two may end before its last: "97 women, of whom 19 were girls, and 5 boys"."""
        level = self.parts[0].level
        if level is None or len(self.parts) != 2 or self.form not in ("of_whom", "including", "among"):
            return False
        gap = level.between(self.parts[0].index, self.parts[1].index)
        return any(a.kind is TokenKind.COMMA and b.cue in ("and", "also") for a, b in pairwise(gap))

    @property
    def is_joined(self) -> bool:
        """Say whether "and" joins the last part, so that nothing more is to come."""
        before, last = self.parts[-2:]
        if before.level is not last.level or last.level is None:
            return True
        return any(t.cue in ("and", "also") for t in last.level.between(before.index, last.index))

    @property
    def is_last(self) -> bool:
        """Say whether nothing of the kind is told behind the last part: "7 by suicide; the cause is unknown in 6"."""
        last, outer = self.parts[-1], self.clause.outer
        behind = (m for m in outer.marks if m.index > last.index and m.sort == last.sort and m is not self.total)
        behind = (m for m in behind if m.bracketed or not last.bracketed)  # "hospitals (9) and schools (6) and 8 raids"
        # "and 15 lacked two or more": what nothing sets apart is said of the last part
        told = (m for m in behind if any(t.kind in MARKS or t.cue == "and" for t in outer.between(last.index, m.index)))
        told = (m for m in told if not any(t.cue == "of_whom" for t in outer.between(m.index, m.index + _PAIR)))
        return self.gap < 0 or next(told, None) is None

    @property
    def leaves_rest(self) -> bool:
        """Say whether the last part is said to remain: "of the 240 appeals, 152 were decided and 98 remain"."""
        last = self.parts[-1]
        return last.level is not None and any(
            t.cue == "remain" for t in last.level.between(last.index - _LEAD // 2, last.index + _LEAD // 2)
        )

    @property
    def may_overlap(self) -> bool:
        """Say whether two parts that are more than all may be of one thing: "640 had a car and 580 had a bicycle"."""
        if self.gap >= 0 or len(self.parts) != _PAIR or self.fit is Fit.PARTITION or self.form not in _OF_ALL:
            return False
        tokens = self.clause.sentence.tokens
        return all(any(t.cue == "verb" for t in tokens[p.index + 1 : p.index + 3]) for p in self.parts)

    @property
    def is_crossed(self) -> bool:
        """Say whether parts that exceed their total may share some: "48, including 25 lawyers and 24 women"."""
        if self.gap >= 0 or not self.is_ample or self.form not in OPEN_LISTS | _OF_ALL or self.fit is Fit.PARTITION:
            return False
        if near_miss(self.total.value, [p.value for p in self.parts]) >= _CERTAIN:
            return False
        if self.is_placed:
            return False
        if self.form in _OF_ALL and len(self.parts) == _PAIR and self._is_led_apart:
            return True
        told = [bool(trait(p, "gender") or trait(p, "age")) for p in self.parts]
        if any(told) and all(p.fact.label for p in self.parts):
            return not all(told) or not is_disjoint(self.parts)
        return len(self.parts) == _PAIR and self.form in OPEN_LISTS and not self._is_parallel

    @property
    def _is_parallel(self) -> bool:
        """Say whether all parts go on alike: "two on islands and 15 on the coast"; not "9 in A and 9 with a staff"."""
        tokens = self.clause.sentence.tokens
        after = [tokens[p.index + 1] for p in self.parts if p.index + 1 < len(tokens)]
        same = len(after) == len(self.parts) and bool(after[0].cue) and len({t.cue for t in after}) == 1
        return same or self.is_placed

    @property
    def _is_led_apart(self) -> bool:
        """Say whether two bare parts go on by different prepositions: "5 of them at home and 9 after extra time"."""
        tokens = self.clause.sentence.tokens
        after = [[t.cue for t in tokens[p.index + 1 : p.index + 3] if t.cue != "of_whom"][:1] for p in self.parts]
        return all(a and a[0] in _LEADING for a in after) and after[0] != after[1]

    @property
    def is_placed(self) -> bool:
        """Say whether each part is told of a place of its own: "102 persons from Assah and 39 men from Tajura"."""
        places = [_place(p) for p in self.parts]
        return all(places) and len({cue for cue, _ in places}) == 1 and len({name for _, name in places}) == len(places)

    @property
    def is_mixed(self) -> bool:
        """Say whether parts without a noun stand beside named ones: "two in A, 15 in B and one territory"."""
        bare = [is_elliptic(p, self.clause) for p in self.parts]
        named = {p.fact.head for p, elliptic in zip(self.parts, bare, strict=True) if not elliptic}
        return any(bare) and bool(named - {self.total.fact.head})

    @property
    def is_distributed(self) -> bool:
        """Say whether the parts are told "respectively", each to a thing of its own.

        "73 mild and 27 severe cases, for totals of 760 and 210, respectively" has a total for each part.
        """
        if "respectively" not in self.clause.sentence.cues:
            return False
        after = self.clause.sentence.tokens[self.total.index + 1 : self.total.index + 1 + _PAIR]
        told = len(after) == _PAIR and after[0].cue == "and" and after[1].kind is TokenKind.FIGURE
        return told or self.form != "total_after"

    @property
    def holds(self) -> bool:
        """Say whether the parts add up, rounding of the printed figures allowed.

        An open list ("including") holds as a sum only when it adds up to the last digit.
        """
        if self.form in OPEN_LISTS or self.total.value.measure is Measure.PERCENT:
            return self.gap == 0
        half = self.total.value.half_width + sum((p.value.half_width for p in self.parts), Decimal(0))
        hedge = self.total.value.hedge
        if hedge in (Hedge.OVER, Hedge.AT_LEAST) and self.gap < 0:
            # "over 300,000 (168,000 and 133,000)": true as long as the parts stay near
            return -self.gap <= max(half, min(self.total.value.round_step, self.total.value.value / _STAY_NEAR))
        return abs(self.gap) <= half


def _place(mark: Mark) -> tuple[str, str]:
    """Return the preposition and the name that stand first behind what a figure counts, or empty strings."""
    behind = mark.level.between(mark.index, mark.index + _PLACED) if mark.level is not None else []
    for token, name in pairwise(behind):
        if token.kind is TokenKind.FIGURE or token.kind in MARKS:
            break
        if token.cue in _PLACING and name.kind is TokenKind.WORD and name.text[:1].isupper():
            return token.cue, name.key
    return "", ""
