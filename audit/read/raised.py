"""Raised characters as characters of their own: a note mark must not join the figure before it."""

from __future__ import annotations

import re

_SUPERSCRIPT = str.maketrans("0123456789+-−=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|re|e|ème|os?|as?|ª|º)\W*", re.IGNORECASE)
_LONGEST = 12
_POWER = re.compile(r"\s*[+−-]?\d[\d+−-]*\s*")


def raise_text(text: str, before: str) -> str:
    """Return a raised text, character for character; the ending of an ordinal ("19th") stays as it is.

    >>> raise_text("3", "53,177"), raise_text("th", "19")
    ('³', 'th')
    """
    if len(text) > _LONGEST or (_ORDINAL.fullmatch(text) and before[-1:].isdecimal()):
        return text
    return text.translate(_SUPERSCRIPT)


def raised_figure(text: str, before: str) -> str:
    """Return a raised figure as such, so that a power of ten is none of its digits; other raised text as it is.

    >>> raised_figure("6", "10"), raised_figure("TM", "Word")
    ('⁶', 'TM')
    """
    return raise_text(text, before) if _POWER.fullmatch(text) else text
