"""Tables that lie elsewhere (`s3://`, `gs://`, `https://`): copied once to a file of this machine, through fsspec."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from weakref import finalize

if TYPE_CHECKING:
    from audit.gate.sources import DataSource

_SECRET = re.compile(r"(?<=://)[^/@\s]*@|\?\S*")


class Copy:
    """A file at an address, as a file that lives as long as this object."""

    def __init__(self, source: DataSource, address: str, suffix: str) -> None:
        try:
            import fsspec  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: PLC0415 (an extra)
        except ImportError:
            raise source.fault('to open addresses, pip install "addsup[remote]"') from None
        folder = mkdtemp(prefix="addsup-")
        finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.path = str(Path(folder, f"table{suffix}"))
        try:
            with fsspec.open(address, "rb") as there, open(self.path, "wb") as here:
                shutil.copyfileobj(there, here)
        except FileNotFoundError:
            raise source.fault("no such file; check the address of this table") from None
        except ImportError as fault:
            raise source.fault(f"{str(fault).partition('.')[0]}; install it beside addsup") from None
        except Exception as fault:  # noqa: BLE001 (each service has errors of its own)
            said = _SECRET.sub("", str(fault).partition("\n")[0])[:160] or type(fault).__name__
            raise source.fault(f"cannot be opened ({said}); check the address and your rights") from None
