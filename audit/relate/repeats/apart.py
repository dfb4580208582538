"""What tells two alike statements apart: lists, forms that are filled in, lettered cases, figures that lost a sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.model import BlockKind
from audit.relate.repeats.sameness import in_step, others_of
from audit.relate.repeats.wording import is_called_back

if TYPE_CHECKING:
    from audit.relate.repeats.mentions import Mention

_PAIR = 2
_LONG, _TELLING = 5, 3  # digits that tell something


def is_filled_in(first: Mention, second: Mention) -> bool:
    """Say whether two clauses are a form that is filled in: all of its figures differ.

    Two worded anew keep half of them and a telling one: "138 answers from 324 farms", "324 farms, 138 answers".
    Figures of five digits or more are not one typing error apart by chance.
    """
    if min(first.digits, second.digits) >= _LONG:
        return False
    one, other = others_of(first), others_of(second)
    fewer, both = min(len(one), len(other)), one & other
    told = 2 * len(both) >= fewer and any(
        len("".join(filter(str.isdecimal, text)).strip("0")) >= _TELLING for text in both
    )
    differ = fewer >= _PAIR and (not both or (fewer > _PAIR and not told and not in_step(first, second)))
    return differ and len(both) < fewer and not calls_back(first, second)


def keeps_others(first: Mention, second: Mention) -> bool:
    """Say whether one sentence holds all other figures of the other: then another word is another wording."""
    one, other = others_of(first), others_of(second)
    return bool(one and other) and (one <= other or other <= one)


def calls_back(first: Mention, second: Mention) -> bool:
    """Say whether the later of two figures calls the earlier one back."""
    return is_called_back(*sorted((first, second), key=lambda m: m.fact.start))


def is_lettered(first: Mention, second: Mention) -> bool:
    """Say whether single letters tell two cases apart: "in zone A", "in zone B"."""
    one, other = _initials(first), _initials(second)
    return bool(one and other) and one.isdisjoint(other)


def _initials(mention: Mention) -> set[str]:
    """Return the single capitals of a mention's clause."""
    tokens = mention.tokens[1:]
    return {t.text for t in tokens if len(t.text) == 1 and t.text.isupper() and mention.start <= t.start < mention.end}


def is_torn(mention: Mention) -> bool:
    """Say whether another figure touches it: "mean age 11.2 4.2 years" has lost a sign, and is no plain statement."""
    beside = (mention.index - 1, mention.index + 1)
    tokens = mention.tokens
    return any(0 <= i < len(tokens) and tokens[i].kind is TokenKind.FIGURE for i in beside)


def is_listed(first: Mention, second: Mention) -> bool:
    """Say whether a figure stands beside the other as well: there it is one of a list, and restates nothing."""
    if first.own in second.company or second.own in first.company:
        return True
    if first.block == second.block and first.bundle is second.bundle:
        return False
    return first.printed in _digits_of(second) or second.printed in _digits_of(first)


def _digits_of(mention: Mention) -> set[str]:
    """Return the digits of all figures of a mention's sentence: "-3.849" is a figure behind a dash."""
    figures = (t.text for t in mention.tokens if t.kind is TokenKind.FIGURE)
    return {"".join(c for c in text if c.isdigit()) for text in figures}


def are_siblings(first: Mention, second: Mention) -> bool:
    """Say whether two figures stand in bullets of one list: each tells a case of its own."""
    if first.bundle is not second.bundle:
        return False
    blocks = first.bundle.document.blocks
    one, other = blocks[first.block], blocks[second.block]
    listed = one.kind is other.kind is BlockKind.ITEM and one.parent is not None and one.parent == other.parent
    return listed and not any(c.isalnum() for c in one.mark + other.mark)
