"""Questions to pdfium with plain numbers for what they are about and for where the answer goes.

The typed functions check a pointer and make one for each argument, which takes longer than the answer.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

WHOLE, REAL, PLACE = ctypes.c_int, ctypes.c_float, ctypes.c_void_p


def asked(function: Any, answer: Any, *taken: Any) -> Callable[..., Any]:
    """Return a function of pdfium that takes addresses where the typed one takes pointers."""
    plain: Any = type(function)(ctypes.cast(function, PLACE).value)
    plain.restype, plain.argtypes = answer, taken
    return plain  # type: ignore[no-any-return] # made by ctypes


def address(pointer: Any) -> int:
    """Return the address that a typed pointer holds."""
    return ctypes.cast(pointer, PLACE).value or 0
