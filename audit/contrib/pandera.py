"""A check for pandera that foots a table: import this module and write `Check.foots(total=..., parts=[...])`.

In a YAML schema it stands under the checks of the table: `foots: {total: closed, parts: [resolved, joined]}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.contrib.footing import footed

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "foots"


def foots(frame: Any, *, total: str, parts: Sequence[str], step: str | float | None = None) -> Any:
    """Return, for each row of a frame, whether its total equals its parts within rounding."""
    import pandas as pd  # noqa: PLC0415 (there with pandera)

    right, _ = footed(frame[total], [frame[part] for part in parts], step)
    return pd.Series(right, index=frame.index)


def register() -> None:
    """Make the check known to pandera, once."""
    from pandera import extensions  # noqa: PLC0415 (0.8 s)
    from pandera.pandas import Check  # noqa: PLC0415

    if NAME not in Check.REGISTERED_CUSTOM_CHECKS:
        extensions.register_check_method(statistics=["total", "parts", "step"])(foots)
