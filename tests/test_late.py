"""An expression that is compiled late does what one does that is compiled at once."""

from __future__ import annotations

import re

import pytest

from audit.late import late


def test_it_finds_what_the_expression_finds() -> None:
    word = late(r"(?P<word>[a-z]+)\d", re.IGNORECASE)
    found = word.search("12 Ab3")
    assert found is not None
    assert found["word"] == "Ab"
    assert word.pattern == r"(?P<word>[a-z]+)\d"
    assert word.groupindex == {"word": 1}
    assert [word.sub("-", "a1 b2"), word.fullmatch("a1 b2")] == ["- -", None]


def test_it_is_compiled_when_it_is_first_asked() -> None:
    broken = late("(")
    with pytest.raises(re.error, match="missing \\)"):
        broken.search("text")
