"""Tables in a database server through SQLAlchemy, read only; needs the extra `[sql]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.gate.answers import DataFaultError

if TYPE_CHECKING:
    from audit.gate.sources import DataSource

_SECONDS = 10


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


__all__ = ["DataFaultError", "address_of", "engine_of"]
