"""What single tags mean: page furniture, emphasis, spans, and the metadata of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.read.html_tokens import Tag

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img"}
    | {"input", "ins", "kbd", "label", "link", "mark", "meta", "q", "s", "samp", "small", "span", "strike", "strong"}
    | {"sub", "sup", "time", "title", "tt", "u", "var", "wbr"}
    | {"ix:nonfraction", "ix:nonnumeric", "ix:continuation", "ix:footnote"}
)
_SKIPPED = frozenset(
    {"audio", "button", "canvas", "iframe", "ix:header", "math", "nav", "noscript", "object", "script", "select"}
    | {"style", "svg", "template", "textarea", "video"}
)
_FURNITURE_ROLE = re.compile(r"navigation|banner|contentinfo|search|menu|menubar", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_DATE_NAMES = re.compile(
    r"(?:dc\.|dcterms\.|article:|citation_)?(?:date|issued|created|published_time|publication_date)", re.I
)


def is_furniture(tag: Tag, *, inside: bool) -> bool:
    """Return whether a tag opens something that is not part of the report; `inside` is inside its main part."""
    if tag.name in _SKIPPED or (tag.name in ("footer", "header") and not inside):
        return True
    if not tag.rest or tag.name in ("body", "html", "main", "article"):
        return False
    rest = tag.rest.lower()
    if "hidden" not in rest and "none" not in rest and "role" not in rest:
        return False
    attributes = tag.attributes
    hidden = "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style", "")) is not None
    return hidden or _FURNITURE_ROLE.fullmatch(attributes.get("role", "")) is not None


def is_bold(tag: Tag) -> bool:
    """Return whether a tag makes its text bold."""
    return tag.name in ("b", "strong", "th") or ("weight" in tag.rest and _BOLD_STYLE.search(tag.rest) is not None)


def span(text: str) -> int:
    """Return the number of rows or columns that a span attribute names."""
    return int(text) if re.fullmatch(r"\d{1,4}", text.strip()) else 1


def metadata(tag: Tag) -> dict[str, str]:
    """Return what a meta or html tag says of the language and the date of the page."""
    attributes = tag.attributes if tag.rest else {}
    if tag.name == "html":
        language = attributes.get("lang") or attributes.get("xml:lang") or ""
        return {"language": language} if language else {}
    name = attributes.get("name") or attributes.get("property") or ""
    if _DATE_NAMES.fullmatch(name) and attributes.get("content"):
        return {"date": attributes["content"]}
    return {}
