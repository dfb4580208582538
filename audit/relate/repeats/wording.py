"""How two clauses around a figure are worded: how far they are the same, and whether one word is put for another."""

from __future__ import annotations

from decimal import Decimal
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.relate.clauses.chance import is_one_edit
from audit.relate.repeats.mentions import stem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audit.facts import Token
    from audit.relate.repeats.mentions import Mention

_FEW = 2
_REACH = 14
_WORDY = 2
_PAIR = 2
_COARSER, _BESIDE = 10, Decimal("1.6")  # steps of its last place
_PRINTED, _SMALL = 400, 20
_NARROWED = frozenset({"of", "relative"})
_TEXTS = frozenset({TokenKind.WORD, TokenKind.CUE})


def flank(first: Mention, second: Mention) -> tuple[int, int]:
    """Return how many tokens are the same to the left and to the right of two figures."""
    return (
        same_start(_keys(first.tokens[: first.index][::-1]), _keys(second.tokens[: second.index][::-1])),
        same_start(_keys(first.tokens[first.index + 1 :]), _keys(second.tokens[second.index + 1 :])),
    )


def bond(first: Mention, second: Mention, weights: Mapping[str, int]) -> int:
    """Return the weight of what stands the same, token by token, on both sides of two figures.

    A word weighs what it tells, a figure or a date as much as a rare word, anything else next to nothing.
    """
    left, right = flank(first, second)
    tokens = (*first.tokens[first.index - left : first.index], *first.tokens[first.index + 1 : first.index + 1 + right])
    return sum(_weight(token, weights) for token in tokens)


def _weight(token: Token, weights: Mapping[str, int]) -> int:
    if token.fact is not None:
        return _PRINTED
    return weights.get(stem(token.key or token.text.lower()), _SMALL) if token.kind is TokenKind.WORD else _SMALL


def same_start(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how far two runs of words are the same."""
    return next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )


def _keys(tokens: Sequence[Token]) -> list[str]:
    """Return what tokens say, a word without its ending, as far as a clause reaches."""
    return [
        stem(token.key or token.text.lower()) if token.kind in _TEXTS and token.fact is None else token.text
        for token in tokens[:_REACH]
    ]


def is_same_form(first: Mention, second: Mention) -> bool:
    """Say whether two sentences are a form that is filled in.

    They are the same but for two figures, or but for the one and stand under different headings.
    """
    if len(first.tokens) != len(second.tokens) or first.index != second.index:
        return False
    apart = [
        i for i, (one, other) in enumerate(zip(first.tokens, second.tokens, strict=True)) if _says(one) != _says(other)
    ]
    if any(first.tokens[i].fact is None for i in apart):
        return False
    if len(apart) > 1:
        return True
    return len({m.bundle.document.place(m.fact.start, m.fact.end).heading for m in (first, second)}) > 1


def _says(token: Token) -> str:
    return token.text if token.fact is not None else token.key or token.text.lower()


def is_contrast(first: Mention, second: Mention) -> bool:
    """Say whether two clauses are word for word the same but for a word or two that are put for others.

    "In the first half, 412 visits to farms" and "In the second half, 421 visits to farms" tell two facts; two
    sentences that tell one are shortened, or worded anew.
    """
    one, other = (_clause(mention) for mention in (first, second))
    put, kept = 0, 0
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            kept += a2 - a1
        elif tag == "replace" and a2 - a1 == b2 - b1 <= _FEW:
            # "in autumn" at the end of one and at the beginning of the other was moved
            put += not (set(one[a1:a2]) <= set(other) or set(other[b1:b2]) <= set(one))
        elif a1 > 0 and a2 < len(one) and b1 > 0 and b2 < len(other):
            return False
    return 1 <= put <= _FEW and kept >= _WORDY * put


def _clause(mention: Mention) -> list[str]:
    """Return the words of a mention's clause, cues left out."""
    words = (t for t in mention.tokens if mention.start <= t.start < mention.end and t.kind is TokenKind.WORD)
    return [stem(t.key or t.text.lower()) for t in words if t.fact is None]


def are_led_apart(first: Mention, second: Mention) -> bool:
    """Say whether other words lead to two figures: "received 4,019 complaints", "closed 4,109 complaints"."""
    led = [m.tokens[m.index - 1] for m in (first, second) if m.index]
    if len(led) < _PAIR or any(t.kind is not TokenKind.WORD for t in led):
        return False
    one, other = (stem(t.key or t.text.lower()) for t in led)
    return one not in _clause(second) and other not in _clause(first)


def is_called_back(first: Mention, second: Mention) -> bool:
    """Say whether an article leads to the later figure, of things the earlier clause names: "the 409 cases assessed".

    "The 4,697 complaints closed" are none of the "4,679 complaints received", and "the 1,385 households of the second
    round" are others.
    """
    before, label = second.tokens[max(0, second.index - _PAIR) : second.index], second.follows
    if not (before and label and label[0] in first.words):
        return False
    # "de los" is one cue
    if before[-1].cue != "article" and not (before[-1].cue == "of" and " " in before[-1].text):
        return False
    behind = second.tokens[second.index + 1 + len(label) :][:1]
    if behind and behind[0].cue in _NARROWED:
        return False
    # "of the 4,697 complaints closed" tells which; "the 127 violations occurred" tells of them
    narrowed = "of" in {t.cue for t in before} or len(first.follows) > 1
    return len(label) == 1 or label[1] in first.words or not narrowed


def is_typing_error(first: Mention, second: Mention) -> bool:
    """Say whether one digit replaced, dropped or added, or two exchanged, turn one printed figure into the other."""
    if abs(len(first.printed) - len(second.printed)) > 1 or not is_one_edit(first.printed, second.printed):
        return False  # as most
    one, other = first.plain, second.plain
    if first.value.scale != second.value.scale or abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) != len(other):
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return longer[start + 1 :] == shorter[start:]
    if one.find(".") != other.find("."):
        return False
    # "3.9" and "9.3": the point stands still when its neighbours are exchanged
    apart = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(apart) == 1:
        return True
    first_, last = apart[0], apart[-1]
    near = one[first_ + 1 : last].strip(".") == ""
    return len(apart) == _FEW and near and one[first_] + one[last] == other[last] + other[first_]


def is_rounded(first: Mention, second: Mention) -> bool:
    """Say whether one figure may be the other printed to fewer places: rightly, a step beside it, or mistyped."""
    if first.digits == second.digits or min(first.digits, second.digits) < _FEW:
        return False  # as most: the one with fewer places has fewer digits that tell something
    if not (first.is_round or second.is_round):
        return False  # "119" beside "115.63" is a figure of its own
    grains = [m.value.step * 10 ** (len(m.printed) - len(m.printed.rstrip("0"))) for m in (first, second)]
    coarse, fine = (first, second) if grains[0] > grains[1] else (second, first)
    if max(grains) < _COARSER * min(grains) or fine.digits <= coarse.digits:
        return False
    if not coarse.is_round:
        return False
    if abs(coarse.value.value - fine.value.value) < _BESIDE * max(grains):
        return True
    units, meant = (str(int(abs(m.value.value / max(grains)).to_integral_value())) for m in (coarse, fine))
    return len(units) == len(meant) > _FEW and is_one_edit(units, meant)
