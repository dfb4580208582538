"""Automatic numbering: the mark Word prints before a paragraph, which stands nowhere in its text.

Counters belong to the abstract list, so that two lists with the same abstract one go on counting together, unless
the second says where to start anew. A level counts again from its start once a level above it has moved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.read.docx.names import ALTERNATE, PPR, VAL, W, choice, number, switch, value, whole
from audit.read.docx.styles import Look, paragraph_look
from audit.read.marks import Mark, mark_of
from audit.records import dataclass

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LEVELS = 9
_MOST = 1_000_000
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_STYLES = {
    "lowerLetter": "lower letter",
    "upperLetter": "upper letter",
    "lowerRoman": "lower roman",
    "upperRoman": "upper roman",
}
# Bullets are written in symbol fonts, whose characters mean nothing elsewhere.
_BULLETS = {"\uf0a7": "▪", "\uf0a8": "▪", "\uf06f": "◦", "\uf0d8": "‣", "\uf0fc": "•", "\uf02d": "–", "o": "◦"}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    legal: bool
    restart: int | None
    look: Look


_NOTHING = _Level(1, "none", "", legal=False, restart=None, look=Look())


@dataclass(frozen=True, slots=True)
class Numbered:
    """The mark of a numbered paragraph and the indents that its list gives it."""

    mark: Mark | None
    look: Look


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[int, dict[int, _Level]] = {}
        self._lists: dict[int, tuple[int, dict[int, _Level], dict[int, int]]] = {}
        self._of_style: dict[int, dict[str, int]] = {}
        self._counts: dict[int, list[int | None]] = {}
        self._restarted: set[tuple[int, int]] = set()
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        links: dict[int, str] = {}
        names: dict[str, int] = {}
        for element in root.iterfind(W + "abstractNum"):
            key = whole(element.get(W + "abstractNumId"))
            if key is None:
                continue
            self._abstract[key] = {}
            self._of_style[key] = {}
            for level in element.iterfind(W + "lvl"):
                depth = whole(level.get(W + "ilvl")) or 0
                self._abstract[key][depth] = _level(level)
                if style := value(level, "pStyle"):
                    self._of_style[key].setdefault(style, depth)
            if style := value(element, "numStyleLink"):
                links[key] = style
            if style := value(element, "styleLink"):
                names[style] = key
        same = {key: names[style] for key, style in links.items() if style in names}
        for element in root.iterfind(W + "num"):
            num_id, key = whole(element.get(W + "numId")), number(element, "abstractNumId")
            if num_id is None or key is None:
                continue
            starts: dict[int, int] = {}
            levels: dict[int, _Level] = {}
            for override in element.iterfind(W + "lvlOverride"):
                depth = whole(override.get(W + "ilvl")) or 0
                start, whole_level = number(override, "startOverride"), override.find(W + "lvl")
                if start is not None:
                    starts[depth] = start
                if whole_level is not None:
                    levels[depth] = _level(whole_level)
            self._lists[num_id] = (same.get(key, key), levels, starts)

    def next(self, num_id: int, depth: int | None, style: str) -> Numbered | None:
        """Count a paragraph and return its mark, or None when its list does not exist (id 0 switches numbering off)."""
        if num_id not in self._lists:
            return None
        key, own, starts = self._lists[num_id]
        if depth is None:
            depth = self._of_style.get(key, {}).get(style, 0)
        depth = min(max(depth, 0), _LEVELS - 1)
        levels = {**self._abstract.get(key, {}), **own} if own else self._abstract.get(key, {})
        level = levels.get(depth, _NOTHING)
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        if depth in starts and (num_id, depth) not in self._restarted:
            self._restarted.add((num_id, depth))
            counts[depth] = starts[depth]
        else:
            before = counts[depth]
            counts[depth] = level.start if before is None else before + 1
        for below in range(depth + 1, _LEVELS):
            restart = levels.get(below, _NOTHING).restart
            if restart is None or depth < restart:
                counts[below] = None
        return Numbered(_mark(levels, depth, counts), level.look)


def _level(element: Element) -> _Level:
    format_ = element.find(W + "numFmt")
    if format_ is None and (other := element.find(ALTERNATE)) is not None:
        branch = choice(other)
        format_ = None if branch is None else branch.find(W + "numFmt")
    text = element.find(W + "lvlText")
    start = number(element, "start")
    return _Level(
        0 if start is None else start,
        "decimal" if format_ is None else format_.get(VAL, "decimal"),
        "" if text is None else text.get(VAL, "")[:200],
        legal=switch(element, "isLgl") or False,
        restart=number(element, "lvlRestart"),
        look=paragraph_look(element.find(PPR)),
    )


def _mark(levels: dict[int, _Level], depth: int, counts: list[int | None]) -> Mark | None:
    level = levels.get(depth, _NOTHING)
    if level.format == "bullet":
        shown = level.text.strip()[:1]
        glyph = _BULLETS.get(shown, "•" if not shown or "\ue000" <= shown <= "\uf8ff" or shown.isalnum() else shown)
        return Mark(text=glyph, width=0, form="bullet", readings=((glyph, 0),))
    text = level.text
    for above in range(depth + 1):
        other = levels.get(above, _NOTHING)
        count = counts[above]
        decimal = level.legal and other.format not in ("none", "bullet")
        shown = format_number(other.start if count is None else count, "decimal" if decimal else other.format)
        text = text.replace(f"%{above + 1}", shown)
    text = " ".join(text.split())
    if not text:
        return None
    own = counts[depth] or 0
    style = "arabic" if level.legal else _STYLES.get(level.format, "arabic")
    read = mark_of(text + " Text")
    if read is None or read.text != text:  # "Article 3", "§ 4.": a form of its own
        return Mark(text=text, width=0, form=level.text, readings=((style, own),))
    if depth == 0 and read.form == "." and any("%1" in other.text for d, other in levels.items() if d):
        # "2." over "2.1" is a section of the same count, not an item of a list
        return Mark(text=text, width=0, form="decimal", readings=(("", own),))
    exact = read.readings if read.form == "decimal" else ((style, own),)
    return Mark(text=text, width=0, form=read.form, readings=exact)


def format_number(count: int, format_: str) -> str:
    """Return a count as Word prints it in a number format.

    >>> format_number(28, "lowerLetter"), format_number(49, "upperRoman"), format_number(3, "decimalZero")
    ('bb', 'XLIX', '03')
    """
    if not 0 <= count <= _MOST:
        return str(count)
    if format_ in ("lowerLetter", "upperLetter"):
        repeat, letter = divmod(count - 1, 26) if count else (-1, 0)
        text = chr(97 + letter) * min(repeat + 1, 20)
        return text.upper() if format_ == "upperLetter" else text
    if format_ in ("lowerRoman", "upperRoman"):
        return _roman(count).upper() if format_ == "upperRoman" else _roman(count)
    if format_ == "decimalZero":
        return f"{count:02}"
    if format_ == "ordinal":
        tail = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
        return f"{count}{tail}"
    return "" if format_ in ("none", "bullet") else str(count)


def _roman(count: int) -> str:
    if count > 20_000:
        return str(count)
    text = ""
    for worth, letters in _ROMAN:
        repeat, count = divmod(count, worth)
        text += letters * repeat
    return text + _ROMAN_ONES[count]
