"""addsup: checks that what a report says about its own figures is true."""

from __future__ import annotations

__version__ = "0.1.0"
