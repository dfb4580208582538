"""Word styles with what they inherit through `basedOn`: numbering, outline level, indents and emphasis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audit.read.docx.names import PPR, RPR, VAL, W, number, switch, twips, value, whole

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DEEPEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the properties of a style, a paragraph or a run say; None where they say nothing."""

    name: str = ""
    num_id: int | None = None
    num_level: int | None = None
    outline: int | None = None
    left: int | None = None
    first: int | None = None
    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    keeps: bool | None = None
    centred: bool | None = None
    leader: bool | None = None


_PLAIN = Look()
_FIELDS = tuple(name for name in Look.__dataclass_fields__ if name != "name")


def paragraph_look(properties: Element | None, base: Look = _PLAIN) -> Look:
    """Return the paragraph properties over those of a style."""
    if properties is None or not len(properties):
        return base
    found: dict[str, int | bool | None] = {}
    for child in properties:
        tag = child.tag
        if tag == W + "numPr":
            found["num_id"], found["num_level"] = number(child, "numId"), number(child, "ilvl")
        elif tag == W + "outlineLvl":
            found["outline"] = whole(child.get(VAL))
        elif tag == W + "ind":
            found.update(_indents(child))
        elif tag == W + "keepNext":
            found["keeps"] = switch(properties, "keepNext")
        elif tag == W + "tabs":
            found["leader"] = any(tab.get(W + "leader", "none") not in ("none", "") for tab in child) or None
        elif tag == W + "jc":
            found["centred"] = child.get(VAL) == "center"
    return _over(base, found)


def run_look(properties: Element | None, base: Look = _PLAIN) -> Look:
    """Return the run properties over those of a style."""
    if properties is None or not len(properties):
        return base
    found: dict[str, int | bool | None] = {}
    for child in properties:
        tag = child.tag
        if tag == W + "b":
            found["bold"] = switch(properties, "b")
        elif tag == W + "i":
            found["italic"] = switch(properties, "i")
        elif tag == W + "vanish":
            found["hidden"] = switch(properties, "vanish")
        elif tag == W + "vertAlign":
            found["raised"] = child.get(VAL) == "superscript"
    return _over(base, found)


def _over(base: Look, found: dict[str, int | bool | None]) -> Look:
    said = {name: given for name, given in found.items() if given is not None}
    return replace(base, **said) if said else base  # type: ignore[arg-type]


def _indents(indents: Element) -> dict[str, int | bool | None]:
    left = twips(indents.get(W + "left") or indents.get(W + "start"))
    first, hanging = twips(indents.get(W + "firstLine")), twips(indents.get(W + "hanging"))
    return {"left": left, "first": -hanging if hanging is not None else first}


class Styles:
    """The styles of a document by id; each is resolved once."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._resolved: dict[str, Look] = {}
        self.default = ""
        for style in () if root is None else root.iterfind(W + "style"):
            key = style.get(W + "styleId", "")
            self._elements.setdefault(key, style)
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self.default = key

    def look(self, key: str | None) -> Look:
        """Return what a style says, with all it inherits; an unknown style says nothing."""
        key = self.default if key is None else key
        if key not in self._resolved:
            self._resolved[key] = self._resolve(key)
        return self._resolved[key]

    def _resolve(self, key: str) -> Look:
        chain: list[Element] = []
        seen: set[str] = set()
        while key in self._elements and key not in seen and len(chain) < _DEEPEST:
            seen.add(key)
            chain.append(self._elements[key])
            key = value(self._elements[key], "basedOn") or ""
        look = _PLAIN
        for style in reversed(chain):
            look = run_look(style.find(RPR), paragraph_look(style.find(PPR), look))
        return replace(look, name=(value(chain[0], "name") or "").lower()) if chain else look
