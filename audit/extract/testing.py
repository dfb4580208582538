"""Words that say how tests of significance were made: one-tailed, or with p-values corrected for their number.

Asked only of a text that prints a p-value, which few reports do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.extract.language import Language

_P = re.compile(r"\bp\w?\b[^=<>]{0,24}[=<>]\s{0,2}\d{0,2}[.,]?\s?\d|\bn\.?\s?s\b[.,;)]", re.IGNORECASE)
_RELATION = re.compile(r"[=<>][\s\d.,]")
_BEFORE, _AFTER = 30, 200  # characters around the sign of a result in which its p-value stands


def test_words(text: str, words: Language) -> tuple[str, ...]:
    """Return what a text says of its tests that changes what a p-value must be: one_tailed, adjusted."""
    signs = (found.start() for found in _RELATION.finditer(text))
    if not words.tests or not any(_P.search(text, max(0, sign - _BEFORE), sign + _AFTER) for sign in signs):
        return ()
    return tuple(
        name
        for name, phrases in words.tests.items()
        if re.search("|".join(rf"(?<!\w){re.escape(phrase)}" for phrase in phrases), text, re.IGNORECASE)
    )
