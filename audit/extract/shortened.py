"""Money in short: a letter or two for the scale, a sign or a letter for the currency ("1,35 Md€", "12 k€", "640 mdp").

Which letters stand for what is told by the language file; they count as a scale only beside a currency, for "M" and
"k" alone may be anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.extract.scan import match_phrase
from audit.facts import TokenKind

if TYPE_CHECKING:
    from audit.extract.reading import Reading

_LETTERS = (TokenKind.WORD, TokenKind.CUE)


def read_short(reading: Reading, index: int) -> tuple[int, str, int] | None:
    """Return the scale, the currency and the index behind "Md€", "M US$", "Mds d'euros" or "mdp", or None."""
    language, token = reading.language, reading.at(index)
    if token.key == "money":
        letters = token.text.rstrip("$€£¥")
        scale = language.short_scales.get(letters.lower(), 0)
        return (scale, _sign(reading, token.text[len(letters) :]), index + 1) if scale else None
    if token.kind not in _LETTERS:
        return None
    if token.key in language.short_money:
        scale, unit = language.short_money[token.key]
        return scale, unit, index + 1
    scale = language.short_scales.get(token.key, 0)
    if not scale:
        return None
    behind = index + 1
    if reading.at(behind).key == "money":
        return scale, _sign(reading, reading.at(behind).text), behind + 1
    behind += reading.at(behind).key in language.scale_joiners
    name, length = match_phrase(reading.raw, behind, language.currencies) if behind < len(reading.raw) else ("", 0)
    return (scale, name, behind + length) if length else None


def _sign(reading: Reading, text: str) -> str:
    return reading.language.symbols.get(text.lower(), text)
