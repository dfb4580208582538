"""Regular expressions that few documents need, compiled when they are first asked and not when their module is loaded.

To compile one takes up to a thousandth of the time a check has, and most checks load a hundred they never ask.
"""

from __future__ import annotations

import re
from typing import Any, cast


def late(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Return what does all that a compiled expression does, a little slower: not for what is asked of each word."""
    return cast("re.Pattern[str]", _Late(expression, flags))


class _Late:
    def __init__(self, expression: str, flags: int) -> None:
        self._parts = expression, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._parts), name)
        setattr(self, name, found)  # asked once: from then on it is an attribute like any other
        return found
