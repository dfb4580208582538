"""What a text asserts about its own figures, and how sure we are that it was meant."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from audit.records import StrEnum, dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from audit.facts import Fact
    from audit.quantity import Interval


TAKEN_OFF = "taken_off"
"""The detail of a claim that lists the places, among its operands, of parts printed negative to be taken off."""


class ClaimKind(StrEnum):
    """The closed list of relations; each has one finder in `relate/` and one judge in `judge/`."""

    SUM = "sum"
    DIFFERENCE = "difference"
    COUNT = "count"
    SHARE = "share"
    SUBSET = "subset"
    CHANGE = "change"
    AVERAGE = "average"
    CHRONOLOGY = "chronology"
    REPEAT = "repeat"
    REFERENCE = "reference"
    NUMBERING = "numbering"
    UNIT = "unit"
    FOOTING = "footing"
    TIE = "tie"
    SCHEMA = "schema"
    SUITE = "suite"
    QUERY = "query"
    STATISTIC = "statistic"
    EDITION = "edition"
    FORM = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """One figure of a claim in its role (total, part, whole, share, from, to, stated, item ...).

    `value` and `interval` are in full units; both are None for an operand that is not a number. `start` and
    `end` are offsets in `document`'s text.
    """

    role: str
    text: str
    document: str
    start: int
    end: int
    fact: Fact | None = None
    value: Decimal | None = None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The evidence that a relation was meant.

    `exhaustive` says that the parts were meant to be all of the whole; `confidence` (0 to 100) grades the
    whole: 90 and more may become an error, 70 a warning, 40 a note, less is left undecided.
    """

    cue: str
    exhaustive: bool = True
    confidence: int = 90
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One relation between figures of one or more documents.

    `form` is the finder's name for the shape it saw ("bracket", "colon", "remainder" ...), which a rule may
    select on with `where`. `start` and `end` span the quoted words in `document`.

    In a large table one claim stands for a relation at all crossings where it holds alike: its operands are those of
    the first, `covers` says where the figures of the others start.
    """

    kind: ClaimKind
    form: str
    document: str
    start: int
    end: int
    operands: tuple[Operand, ...]
    basis: Basis
    detail: dict[str, str] = field(default_factory=dict)
    covers: Sequence[int] = ()

    def role(self, *names: str) -> tuple[Operand, ...]:
        """Return the operands that stand in one of the named roles, in the order of the text."""
        return tuple(o for o in self.operands if o.role in names)


# The fields a rule's message may use, per kind; `{quote}` is offered everywhere.
_PLAIN = frozenset({"quote", "form"})
MESSAGE_FIELDS: dict[ClaimKind, frozenset[str]] = {
    ClaimKind.SUM: _PLAIN | {"stated", "computed", "parts", "count", "gap", "label"},
    ClaimKind.DIFFERENCE: _PLAIN | {"stated", "computed", "from", "less", "gap", "label"},
    ClaimKind.COUNT: _PLAIN | {"stated", "computed", "label"},
    ClaimKind.SHARE: _PLAIN | {"stated", "computed", "part", "whole"},
    ClaimKind.SUBSET: _PLAIN | {"part", "whole", "gap"},
    ClaimKind.CHANGE: _PLAIN | {"stated", "computed", "from", "to", "trend"},
    ClaimKind.AVERAGE: _PLAIN | {"stated", "computed", "total", "number", "price"},
    ClaimKind.CHRONOLOGY: _PLAIN | {"earlier", "later", "reason"},
    ClaimKind.REPEAT: _PLAIN | {"stated", "other", "where"},
    ClaimKind.REFERENCE: _PLAIN | {"target", "reason"},
    ClaimKind.NUMBERING: _PLAIN | {"mark", "expected", "reason"},
    ClaimKind.UNIT: _PLAIN | {"stated", "other", "reason"},
    ClaimKind.FOOTING: _PLAIN | {"stated", "computed", "parts", "count", "gap", "label"},
    ClaimKind.TIE: _PLAIN | {"stated", "computed", "left", "right"},
    ClaimKind.SCHEMA: _PLAIN | {"table", "reason", "row", "column"},
    ClaimKind.SUITE: _PLAIN | {"table", "reason", "row", "column"},
    ClaimKind.QUERY: _PLAIN | {"table", "reason", "row", "column"},
    ClaimKind.EDITION: _PLAIN | {"stated", "other", "row", "column", "reason"},
    ClaimKind.FORM: _PLAIN | {"found", "count", "times"},
    ClaimKind.STATISTIC: _PLAIN | {"stated", "computed", "test", "number"},
}
