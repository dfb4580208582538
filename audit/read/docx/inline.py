"""The text of one Word paragraph: runs joined, deletions and field codes left out, every character's run kept.

A position is (number of the run, characters of the run before it + 1): the same arithmetic as line and column, so
that text can be cut and joined like that of any other format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.read.docx.names import ALTERNATE, RPR, SDT, VAL, M, R, T, W, choice, switch
from audit.read.docx.styles import run_traits
from audit.read.prose import Prose
from audit.read.raised import raise_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element as Element

    from audit.read.docx.gather import Gather
    from audit.read.docx.styles import Look, Traits

_THROUGH = frozenset(
    W + name for name in ("hyperlink", "smartTag", "customXml", "dir", "bdo", "fldSimple", "sdtContent")
)
_INSERTED = frozenset((W + "ins", W + "moveTo"))
_DELETED = frozenset((W + "del", W + "moveFrom"))
_MATH = frozenset((M + "oMath", M + "oMathPara"))
_SINGLE = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "\u2011"}
_CALLS = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_CODE = 200
_STYLE = W + "rStyle"
_BOX = W + "txbxContent"
_LEFT_OUT = {
    "pic": "picture",
    "imagedata": "picture",
    "chart": "chart",
    "chartSpace": "chart",
    "relIds": "diagram",
    "OLEObject": "embedded",
}
# Symbol fonts put signs on private characters; those that change what a figure means are read as themselves.
_SYMBOLS = {
    "a3": "≤",
    "b3": "≥",
    "b1": "±",
    "b4": "×",
    "b8": "÷",
    "bb": "≈",
    "b9": "≠",
    "b0": "°",
    "2d": "−",
    "6d": "µ",
}


class Fields:
    """The fields open at one point of a part: their codes are not text, their results are."""

    def __init__(self, part: Element) -> None:
        kinds = [c.get(W + "fldCharType") for c in part.iter(W + "fldChar")]
        self._sound = kinds.count("begin") == kinds.count("end")
        self._open: list[tuple[str, str]] = []  # (code or result, the code so far)
        self._codes = self._contents = 0

    def meet(self, character: Element) -> None:
        """Go over the begin, the separator or the end of a field."""
        kind = character.get(W + "fldCharType")
        if kind == "begin":
            self._open.append(("code", ""))
            self._codes += 1
        elif self._open and kind in ("separate", "end"):
            state, code = self._open.pop()
            listed = code.split()[:1] == ["TOC"]
            self._codes -= state == "code"
            self._contents -= state == "result" and listed
            if kind == "separate":
                self._open.append(("result", code))
                self._contents += listed

    def instruct(self, text: str | None) -> None:
        """Go over a piece of a field's code."""
        if self._open and self._open[-1][0] == "code" and len(self._open[-1][1]) < _CODE:
            self._open[-1] = ("code", self._open[-1][1] + (text or "")[:_CODE])

    @property
    def in_code(self) -> bool:
        """Return whether text at this point belongs to the code of a field; never in a file that loses its ends."""
        return self._sound and self._codes > 0

    @property
    def in_contents(self) -> bool:
        """Return whether this point is inside a table of contents."""
        return self._sound and self._contents > 0


class Inline:
    """The text of a paragraph under construction."""

    def __init__(self, gather: Gather, fields: Fields, name: str, look: Look) -> None:
        self._gather, self._fields, self._name = gather, fields, name
        self._traits = look.bold, look.italic, look.hidden, look.raised
        self.prose = Prose()
        self._before = ""
        self.boxes: list[Element] = []
        self.bold = self.italic = True
        self.in_contents = False
        self._runs: dict[Element, int] = {}
        self._handlers: dict[str, Callable[[Element], None]] = dict.fromkeys(_THROUGH, self.walk)
        dropped, kept = (_INSERTED, _DELETED) if gather.original else (_DELETED, _INSERTED)
        self._handlers |= dict.fromkeys(kept, self.walk)
        self._handlers |= dict.fromkeys(_MATH, self._formula)
        self._handlers |= {R: self._run, SDT: self._control, ALTERNATE: self._alternate, W + "ruby": self._ruby}
        self._texts = {T, W + "delText"} if gather.original else {T}
        self._dropped = dropped

    def read(self, paragraph: Element) -> None:
        """Read the content of a paragraph."""
        self._runs = {run: number for number, run in enumerate(paragraph.iter(R))}
        self.walk(paragraph)

    def walk(self, element: Element) -> None:
        """Read the children of an element that holds runs."""
        for child in element:
            handler = self._handlers.get(child.tag)
            if handler is not None:
                handler(child)

    def _control(self, control: Element) -> None:
        properties = control.find(W + "sdtPr")
        if properties is None or not switch(properties, "showingPlcHdr"):
            self.walk(control)

    def _alternate(self, alternate: Element) -> None:
        branch = choice(alternate)
        if branch is not None:
            self.walk(branch)

    def _ruby(self, ruby: Element) -> None:
        for base in ruby.iterfind(W + "rubyBase"):
            self.walk(base)

    def _formula(self, formula: Element) -> None:
        text = "".join(_formula_text(formula))
        if text.strip() and not self._fields.in_code:
            self.prose.add(text, self._gather.run(self._name), 1)
            self.bold = self.italic = False

    def _run(self, run: Element) -> None:
        traits = self._traits
        first = run[0] if len(run) else None
        if first is not None and first.tag == RPR and len(first):
            style = first[0].get(VAL) if first[0].tag == _STYLE else None
            if style:
                traits = _laid_over(traits, self._gather.styles.look(style))
            traits = run_traits(first, traits)
        pieces: list[tuple[int, str]] = []
        offset, mark = 0, ""
        for child in run:
            tag = child.tag
            if tag in self._texts:
                text = child.text or ""
            elif tag in _SINGLE:
                text = _SINGLE[tag]
            elif tag == W + "sym":
                text = _symbol(child)
            else:
                mark = self._other(child, mark, run)
                continue
            if not mark:
                pieces.append((offset, text))
            offset += len(text)
        if pieces:
            self._add(run, traits, pieces)

    def _other(self, child: Element, mark: str, run: Element) -> str:
        """Read what is in a run besides text; return the author's own note mark when one was called."""
        tag = child.tag
        if tag == RPR:
            return mark
        if tag == W + "fldChar":
            self._fields.meet(child)
        elif tag == W + "instrText":
            self._fields.instruct(child.text)
        elif tag in _CALLS:
            if child.get(W + "customMarkFollows") in ("1", "true", "on"):
                mark = "".join(t.text or "" for t in run.iter(T)).strip()[:8]
            key = self._gather.call(_CALLS[tag], child.get(W + "id", ""), mark)
            if key:
                self.prose.call(key)
        else:
            self.boxes.extend(self._drawn(child))
        return mark

    def _add(self, run: Element, traits: Traits, pieces: list[tuple[int, str]]) -> None:
        text = "".join(piece for _, piece in pieces)
        if self._fields.in_code or not text:
            return
        bold, italic, hidden, raised = traits
        if hidden:
            if text.strip():
                self._gather.leave_out("hidden")
            return
        if self._fields.in_contents:
            self.in_contents = True
        if not text.isspace():
            self.bold = self.bold and bool(bold)
            self.italic = self.italic and bool(italic)
        if raised:
            text = raise_text(text, self._before)
        self._before = text[-1:]
        number = self._gather.run(f"{self._name}/{self._runs[run]}")
        if "\u00ad" not in text:
            self.prose.add(text, number, pieces[0][0] + 1)
            return
        offset = pieces[0][0]
        for part in text.split("\u00ad"):  # a hyphen that is only printed at a line end
            self.prose.add(part, number, offset + 1)
            offset += len(part) + 1

    def _drawn(self, element: Element) -> Iterator[Element]:
        """Yield the text boxes in a drawing and count what cannot be read."""
        if element.tag == ALTERNATE:
            branch = choice(element)
            if branch is not None:
                yield from self._drawn(branch)
            return
        if element.tag == _BOX:
            yield element
            return
        name = element.tag.rpartition("}")[2]
        if name in _LEFT_OUT:
            self._gather.leave_out(_LEFT_OUT[name])
            return
        for child in element:
            yield from self._drawn(child)


def _laid_over(traits: Traits, style: Look) -> Traits:
    """Return the traits of a paragraph's runs under those of a character style."""
    own = (style.bold, style.italic, style.hidden, style.raised)
    bold, italic, hidden, raised = (
        of_style if of_style is not None else of_run for of_style, of_run in zip(own, traits, strict=True)
    )
    return bold, italic, hidden, raised


def _symbol(symbol: Element) -> str:
    code = symbol.get(W + "char", "").lower()[-2:]
    return _SYMBOLS.get(code, "•") if symbol.get(W + "font", "").lower() == "symbol" else "•"


def _formula_text(element: Element) -> Iterator[str]:
    """Yield the characters of a formula on one line, with a slash for the bar of a fraction."""
    if element.tag == M + "t":
        yield element.text or ""
        return
    for child in element:
        if element.tag == M + "f" and child.tag == M + "den":
            yield "/"
        elif element.tag in (M + "sSup", M + "sSubSup") and child.tag == M + "sup":
            yield "^"
        yield from _formula_text(child)
