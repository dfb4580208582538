"""A table against its pandera schema: every failing cell, gathered by row, with a reason in words."""

from __future__ import annotations

import warnings
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.gate.answers import MOST_CHECKS, MOST_ROWS, Checked, DataFaultError, Fault
from audit.gate.sources import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.gate.sources import DataSource

_WORDS = {
    "greater_than_or_equal_to": "must be {min_value} or more",
    "greater_than": "must be more than {min_value}",
    "less_than_or_equal_to": "must be {max_value} or less",
    "less_than": "must be less than {max_value}",
    "in_range": "must be from {min_value} to {max_value}",
    "equal_to": "must be {value}",
    "not_equal_to": "must not be {value}",
    "isin": "must be one of {allowed_values}",
    "notin": "must be none of {forbidden_values}",
    "str_matches": "must match {pattern}",
    "str_contains": "must contain {pattern}",
    "str_startswith": "must begin with {string}",
    "str_endswith": "must end with {string}",
    "unique_values_eq": "must hold just the values {values}",
}
_NUMBERS = ("int", "uint", "float", "decimal")


def check_schema(source: DataSource, spec: str, origin: str, folder: str, *, trusted: bool) -> Checked:
    """Return what a table breaks of its schema; `spec` is a YAML file, or `module:attribute` from the settings."""
    import pandera.pandas as pa  # noqa: PLC0415 (0.8 s, only in the worker)

    schema = _loaded(spec, origin, folder, trusted=trusted)
    found = Checked(table="", kind="schema", origin=origin)
    frame = source.frame
    errors: list[Any] = []
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            schema.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as raised:
            errors = list(raised.schema_errors)
        except pa.errors.SchemaError as raised:
            errors = [raised]
        except (Exception, SystemExit) as fault:  # noqa: BLE001 (checks and parsers are the user's own code)
            raise DataFaultError(origin, f"{origin}: does not fit {source.shown} ({_line(fault)})") from None
    for error in errors:
        _note(error, source, found)
    for each in told:
        if issubclass(each.category, pa.errors.SchemaWarning):
            found.whole.append(Fault(check="warning", reason=_line(each.message), severity="warning"))
    broken = {fault.check for faults in (*found.rows.values(), found.whole) for fault in faults}
    found.passed = [title for title in _titles(schema) if title not in broken][:MOST_CHECKS]
    return found


def _loaded(spec: str, origin: str, folder: str, *, trusted: bool) -> Any:
    module, colon, attribute = spec.rpartition(":")
    if trusted and colon and module.replace(".", "").isidentifier():
        import sys  # noqa: PLC0415

        sys.path.insert(0, folder)
        try:
            schema = getattr(import_module(module), attribute)
            schema = schema.to_schema() if hasattr(schema, "to_schema") else schema
        except (Exception, SystemExit) as fault:  # noqa: BLE001 (the user's own code raises what it likes)
            said = f"{type(fault).__name__}: {_line(fault)}"
            raise DataFaultError(origin, f"{origin}: the schema cannot be imported ({said})") from None
        if not hasattr(schema, "validate") or not hasattr(schema, "columns"):
            raise DataFaultError(
                origin, f"{origin}: is no schema of pandera; name a DataFrameSchema or a DataFrameModel"
            )
        return schema
    import yaml  # noqa: PLC0415
    from pandera.io.pandas_io import deserialize_schema  # noqa: PLC0415

    from audit.contrib.pandera import register  # noqa: PLC0415

    register()
    try:
        data = yaml.safe_load(Path(spec).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataFaultError(origin, f"{origin}: no such schema; check the path") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as fault:
        raise DataFaultError(origin, f"{origin}: is no YAML file that can be read ({_line(fault)})") from None
    if not isinstance(data, dict) or not isinstance(data.get("columns"), dict | list):
        raise DataFaultError(origin, f'{origin}: is no schema of pandera; it needs "columns"')
    try:
        return deserialize_schema({**data, "checks": data.get("checks") or None, "index": data.get("index") or None})
    except Exception as fault:  # noqa: BLE001 (pandera raises what its parts raise)
        raise DataFaultError(origin, f"{origin}: is no schema of pandera ({_line(fault)})") from None


def _titles(schema: Any) -> Iterator[str]:
    """Yield the name of every check that a schema makes, as its faults name them."""
    for name, column in schema.columns.items():
        if column.dtype is not None:
            yield f"{name}: type {column.dtype}"
        if not column.nullable:
            yield f"{name}: not_nullable"
        if column.unique:
            yield f"{name}: field_uniqueness"
        yield from (f"{name}: {_name(check)}" for check in column.checks)
    yield from (f"table: {_name(check)}" for check in schema.checks)


def _name(check: Any) -> str:
    return str(getattr(check, "error", None) or getattr(check, "name", None) or check)


def _note(error: Any, source: DataSource, found: Checked) -> None:
    """Add the failures of one check; a check of a whole table fails once for each column, and is told once a row."""
    code = str(getattr(error.reason_code, "name", error.reason_code))
    schema, check, cases = error.schema, error.check, error.failure_cases
    column = str(schema.name) if type(schema).__name__ in ("Column", "SeriesSchema") else ""
    if code in ("WRONG_DATATYPE", "DATATYPE_COERCION"):
        _note_type(error, column, source, found)
        return
    if code in ("COLUMN_NOT_IN_DATAFRAME", "COLUMN_NOT_IN_SCHEMA"):
        names = [cell_text(case) for case in getattr(cases, "failure_case", [cases])]
        said = "is missing" if code == "COLUMN_NOT_IN_DATAFRAME" else "is not in the schema"
        for name in names:
            found.add(None, Fault(check=f"columns: {name}", reason=f'column "{name}" {said}', columns=[name]))
        return
    if code == "CHECK_ERROR" or not hasattr(cases, "columns"):
        raise DataFaultError(found.origin, f"{found.origin}: {_name(check)} cannot be run on {source.shown} ({cases})")
    title = f"{column or 'table'}: {_title(code, check)}"
    columns = [column] if column else _columns_of(check, schema)
    rows = list(dict.fromkeys(_rows(cases)))
    values = dict(zip(_rows(cases), getattr(cases, "failure_case", ()), strict=False)) if column else {}
    for row in rows[:MOST_ROWS] if rows else [None]:
        value = cell_text(values[row]) if row in values else None
        reason = _reason(code, check, column, columns, (source, row))
        shown = value if value is not None and column else None
        found.add(None if row is None else str(row), Fault(check=title, reason=reason, columns=columns, value=shown))
    found.more += max(0, len(rows) - MOST_ROWS)


def _rows(cases: Any) -> list[int | None]:
    return [None if index != index or index is None else int(index) for index in cases.get("index", [])]  # noqa: PLR0124


def _title(code: str, check: Any) -> str:
    if code == "SERIES_CONTAINS_NULLS":
        return "not_nullable"
    return "field_uniqueness" if code in ("SERIES_CONTAINS_DUPLICATES", "DUPLICATES") else _name(check)


def _columns_of(check: Any, schema: Any) -> list[str]:
    said = getattr(check, "statistics", None) or {}
    if getattr(check, "name", "") == "foots":
        return [str(said["total"]), *map(str, said["parts"])]
    unique = getattr(schema, "unique", None) or []
    return [str(name) for name in ([unique] if isinstance(unique, str) else unique)] if not said else []


def _reason(code: str, check: Any, column: str, columns: list[str], place: tuple[DataSource, int | None]) -> str:
    source, row = place
    if code == "SERIES_CONTAINS_NULLS":
        return f"{column} is empty"
    value = cell_text(source.frame[column].iloc[row]) if column and row is not None else ""
    if code in ("SERIES_CONTAINS_DUPLICATES", "DUPLICATES"):
        return f"{column} {value} stands more than once" if column else f"{', '.join(columns)} stand more than once"
    name, said = getattr(check, "name", ""), getattr(check, "statistics", None) or {}
    if name == "foots" and row is not None:
        return _footing(source.frame.iloc[row], said)
    words = _WORDS.get(name, "").format_map(_Shown(said)) or f"fails {_name(check)}"
    subject = f"{column} is {value or 'empty'}" if column else "the row"
    return f"{subject}, {words}" if words.startswith("must") else f"{subject}: {words}" if column else words


def _footing(values: Any, said: dict[str, Any]) -> str:
    from audit.contrib.footing import footed  # noqa: PLC0415

    total, parts = said["total"], list(said["parts"])
    _, computed = footed([values[total]], [[values[part]] for part in parts], said.get("step"))
    sums = " + ".join(cell_text(values[part]) for part in parts)
    return f"{total} is {cell_text(values[total])}, but {sums} = {cell_text(float(computed[0]))}"


def _note_type(error: Any, column: str, source: DataSource, found: Checked) -> None:
    """Name the cells that keep a column from having its type, where they can be told."""
    wanted = str(error.schema.dtype)
    check = f"{column}: type {wanted}"
    rows: list[int] = []
    values = source.frame[column] if column in source.columns else None
    if values is not None and wanted.lower().startswith(_NUMBERS):
        import pandas as pd  # noqa: PLC0415

        numbers = pd.to_numeric(values, errors="coerce")
        wrong = numbers.isna() & values.notna()
        if not wrong.any() and wanted.lower().startswith(("int", "uint")):
            wrong = numbers.notna() & (numbers % 1 != 0) | values.isna()
        rows = [int(row) for row in wrong.to_numpy().nonzero()[0]]
    kind = {"int": "whole number", "uin": "whole number", "flo": "number", "dec": "number"}.get(wanted[:3].lower(), "")
    for row in rows[:MOST_ROWS]:
        value = cell_text(values.iloc[row]) if values is not None else ""
        said = f'{column} is "{value}", no {kind}' if value else f"{column} is empty, no {kind}"
        found.add(str(row), Fault(check=check, reason=said, columns=[column], value=value))
    found.more += max(0, len(rows) - MOST_ROWS)
    if not rows:
        has = str(values.dtype) if values is not None else "another type"
        found.add(None, Fault(check=check, reason=f"{column} has type {has}, must be {wanted}", columns=[column]))


class _Shown(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "as its schema says"

    def __getitem__(self, key: str) -> str:
        value = super().__getitem__(key)
        if isinstance(value, list | tuple | set | frozenset):
            shown = [str(each) for each in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
            return ", ".join(shown[:8]) + (f" and {len(shown) - 8} more" if len(shown) > 8 else "")
        return cell_text(value)


def _line(fault: object) -> str:
    return " ".join(str(fault).split())[:200] or type(fault).__name__
