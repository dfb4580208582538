"""Tests that measure time: what fails is taken again, because noise goes away and slowness stays."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec

if TYPE_CHECKING:
    from collections.abc import Callable

TRIES = 3
P = ParamSpec("P")


def timed(test: Callable[P, None]) -> Callable[P, None]:
    """Return a test that fails only when it fails every time of `TRIES`.

    Seen: 109 ms against 82 ms on a busy machine, where quiet ones show 1.1 times or less.
    """

    @wraps(test)
    def again(*args: P.args, **kwargs: P.kwargs) -> None:
        for _ in range(TRIES - 1):
            try:
                return test(*args, **kwargs)
            except AssertionError:
                continue
        return test(*args, **kwargs)

    return again
