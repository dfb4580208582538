"""Tables inside a database, read only: SQLite by itself, a server through SQLAlchemy, which is the extra `[sql]`."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.gate.sources import DataSource

_SECONDS = 10


@contextmanager
def connected(source: DataSource) -> Iterator[Any]:
    """Yield a connection to the database of a table."""
    if source.format == "sqlite":
        with closing(sqlite3.connect(f"{Path(source.path).resolve().as_uri()}?mode=ro", uri=True)) as connection:
            yield connection
        return
    engine = engine_of(source)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def asked(source: DataSource, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the names and the rows that a query on the table of a source gives."""
    with connected(source) as connection:
        cursor = getattr(connection, "connection", connection).cursor()
        try:
            cursor.execute(query)
            return [str(each[0]) for each in cursor.description], cursor.fetchall()
        except Exception as fault:  # noqa: BLE001 (each driver has errors of its own)
            raise source.fault(f'has no table "{source.table}" that can be read ({_line(fault)})') from None


def engine_of(source: DataSource) -> Any:
    """Return an engine that is connected, or raise the one fault that says why not."""
    try:
        import sqlalchemy as sa  # noqa: PLC0415 (an extra)
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError  # noqa: PLC0415
    except ImportError:
        raise source.fault("a database is read with SQLAlchemy; install addsup[sql]") from None
    try:
        engine = sa.create_engine(address_of(source), connect_args=_arguments(source))
        with engine.connect():
            return engine
    except (ImportError, NoSuchModuleError) as fault:
        raise source.fault(f"no driver for this address ({_line(fault)}); install addsup[sql]") from None
    except ArgumentError as fault:
        raise source.fault(f"this is no address of a database ({_line(fault)})") from None
    except SQLAlchemyError as fault:
        raise source.fault(f"the database does not answer ({_line(fault)}); is the server up?") from None


def address_of(source: DataSource) -> str:
    """Return the address for SQLAlchemy; a SQLite file is opened to read."""
    if source.format == "sqlite":
        _ = source.data
        return f"sqlite:///file:{source.path}?mode=ro&uri=true"
    scheme, _, rest = source.path.partition("://")
    return f"postgresql+psycopg2://{rest}" if scheme in ("postgres", "postgresql") else source.path


def _arguments(source: DataSource) -> dict[str, Any]:
    if source.format == "sqlite" or source.path.startswith("sqlite"):
        return {}
    return {"connect_timeout": _SECONDS, "options": "-c default_transaction_read_only=on"}


def _line(fault: BaseException) -> str:
    text = str(getattr(fault, "orig", None) or fault)
    return " ".join(text.split())[:200]
