"""Word styles with what they inherit through `basedOn`: numbering, outline level, indents and emphasis."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.read.docx.names import OFF, PPR, RPR, VAL, W, number, switch, twips, value, whole
from audit.records import dataclass

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DEEPEST = 40
_BOLD, _ITALIC, _HIDDEN, _RAISED = (W + name for name in ("b", "i", "vanish", "vertAlign"))


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
Traits = tuple[bool | None, bool | None, bool | None, bool | None]


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
    """Return the run properties of a style over those of the style it is based on."""
    bold, italic, hidden, raised = run_traits(properties, (base.bold, base.italic, base.hidden, base.raised))
    return replace(base, bold=bold, italic=italic, hidden=hidden, raised=raised)


def run_traits(properties: Element | None, base: Traits) -> Traits:
    """Return whether a run is bold, italic, hidden and raised, over what its styles say."""
    bold, italic, hidden, raised = base
    for child in () if properties is None else properties:
        tag = child.tag
        if tag == _BOLD:
            bold = child.get(VAL, "1") not in OFF
        elif tag == _ITALIC:
            italic = child.get(VAL, "1") not in OFF
        elif tag == _HIDDEN:
            hidden = child.get(VAL, "1") not in OFF
        elif tag == _RAISED:
            raised = child.get(VAL) == "superscript"
    return bold, italic, hidden, raised


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
