"""The element and attribute names of WordprocessingML that the reader looks for, and how their values are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

VAL = W + "val"
P, R, T, TBL, TR, TC, SDT = (W + name for name in ("p", "r", "t", "tbl", "tr", "tc", "sdt"))
PPR, RPR, TRPR, TCPR, SECTPR = (W + name for name in ("pPr", "rPr", "trPr", "tcPr", "sectPr"))
CHOICE, FALLBACK, ALTERNATE = MC + "Choice", MC + "Fallback", MC + "AlternateContent"

OFF = frozenset(("0", "false", "off", "none"))
_POINT = 20  # twentieths of a point, the unit of nearly every measure


def value(parent: Element | None, name: str) -> str | None:
    """Return the value of a child element such as `<w:numId w:val="3"/>`, or None when it is not there."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(VAL, "")


def number(parent: Element | None, name: str) -> int | None:
    """Return the value of a child element as a whole number."""
    return whole(value(parent, name))


def whole(text: str | None) -> int | None:
    """Return a whole number, or None for anything else: strangers write the file."""
    try:
        return int(text) if text and len(text) < 10 else None
    except ValueError:
        return None


def switch(parent: Element | None, name: str) -> bool | None:
    """Return whether a property such as `<w:b/>` is on or off, or None when it is not said."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(VAL, "1") not in OFF


def twips(text: str | None) -> int | None:
    """Return a length in twentieths of a point; Strict files may write "12pt"."""
    if text and text.endswith("pt"):
        try:
            return round(float(text[:-2]) * _POINT) if len(text) < 12 else None
        except (ValueError, OverflowError):
            return None
    return whole(text)


def choice(alternate: Element) -> Element | None:
    """Return the one branch of an alternate content that is read: the text stands in both of them."""
    found = alternate.find(CHOICE)
    return found if found is not None else alternate.find(FALLBACK)
