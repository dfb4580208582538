"""Documents made from a few words, for tests of what comes after reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.extract import extract
from audit.model import BlockKind
from audit.read.builder import Builder

if TYPE_CHECKING:
    from audit.facts import Facts


def facts(text: str, language: str = "en") -> Facts:
    """Return what is read from a text whose lines are paragraphs."""
    builder = Builder("text", "text", "0")
    for line in text.split("\n"):
        builder.block(BlockKind.PARAGRAPH, line)
    return extract(builder.finish(description={"language": language}))
