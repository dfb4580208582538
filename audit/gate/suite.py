"""A table against its Great Expectations suite, the user's own JSON, on pandas or inside SQLite and PostgreSQL."""

from __future__ import annotations

import json
import logging
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.errors import did_you_mean
from audit.gate.answers import MOST_CHECKS, MOST_ROWS, Checked, DataFaultError, Fault
from audit.gate.sources import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.gate.sources import DataSource

_MOST_BYTES = 20_000_000
_SEVERITY = {"critical": "error", "warning": "warning", "info": "note"}
_COLUMNS = ("column", "column_A", "column_B", "column_list", "column_set")
_UNSAID = ("batch_id", "mostly", "column_index", "result_format", *_COLUMNS)


def check_suite(source: DataSource, spec: str, origin: str) -> Checked:
    """Return what a table breaks of a suite; an expectation that cannot be run is a fault, never a pass."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # before the import: it is read there
    logging.disable(logging.WARNING)
    data = _read(spec, origin)
    if not source.is_database:
        _ = source.suite_frame  # a table that cannot be read is said before three seconds of imports
    import great_expectations as gx  # noqa: PLC0415 (2 to 4 s, only in the worker)

    from audit.contrib import gx as ours  # noqa: PLC0415 (makes our expectation known)

    del ours
    try:
        suite = gx.ExpectationSuite(name=data.get("name") or "suite", expectations=data["expectations"])
    except Exception as fault:  # noqa: BLE001 (pydantic, marshmallow and their own errors)
        raise DataFaultError(origin, f"{origin}: is no suite of Great Expectations ({_line(fault)})") from None
    _note_dropped(data["expectations"], suite, origin)
    order = [_key(each.expectation_type, each.configuration.kwargs) for each in suite.expectations]
    result = _validated(gx, suite, source, origin)
    found = Checked(table="", kind="suite", origin=origin)
    results = sorted(
        result["results"],
        key=lambda r: _position(order, _key(r["expectation_config"]["type"], r["expectation_config"]["kwargs"])),
    )
    for each in results:
        _note(each, source, found)
    return found


def _note_dropped(asked: list[Any], suite: Any, origin: str) -> None:
    """Raise a fault for what Great Expectations leaves out with no more than a log line."""
    from great_expectations.expectations.registry import (  # noqa: PLC0415
        list_registered_expectation_implementations as registered,
    )

    once = {json.dumps(each, sort_keys=True): each for each in asked}.values()
    types = [str(each.get("type")) if isinstance(each, dict) else str(each) for each in once]
    known = registered()
    for name in types:
        if name not in known:
            near = did_you_mean(name, known) or "; it is in no library that is loaded"
            raise DataFaultError(origin, f'{origin}: is no suite of Great Expectations (no expectation "{name}"{near})')
    kept = Counter(each.expectation_type for each in suite.expectations)
    lost = [name for name, times in Counter(types).items() if kept[name] < times]
    if lost:
        said = f"{lost[0]} has arguments that cannot be read"
        raise DataFaultError(origin, f"{origin}: is no suite of Great Expectations ({said})")


def _read(spec: str, origin: str) -> dict[str, Any]:
    try:
        if Path(spec).stat().st_size > _MOST_BYTES:
            raise DataFaultError(origin, f"{origin}: larger than {_MOST_BYTES:,} bytes; is this a suite?")
        data = json.loads(Path(spec).read_bytes())
    except FileNotFoundError:
        raise DataFaultError(origin, f"{origin}: no such suite; check the path") from None
    except (OSError, ValueError, RecursionError) as fault:
        raise DataFaultError(origin, f"{origin}: is no JSON that can be read ({_line(fault)})") from None
    if not isinstance(data, dict) or not isinstance(data.get("expectations"), list):
        raise DataFaultError(origin, f'{origin}: is no suite of Great Expectations; it needs "expectations"')
    if any("expectation_type" in each for each in data["expectations"] if isinstance(each, dict)):
        raise DataFaultError(origin, f"{origin}: this suite is of version 0; save it with Great Expectations 1")
    if not data["expectations"]:
        raise DataFaultError(origin, f"{origin}: the suite expects nothing; an empty suite passes nothing")
    return data


def _validated(gx: Any, suite: Any, source: DataSource, origin: str) -> dict[str, Any]:
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    wanted: dict[str, Any] = {"result_format": "COMPLETE"}
    if source.key and (source.is_database or source.is_spark):
        wanted["unexpected_index_column_names"] = list(source.key)
    try:
        if source.is_database:
            batch = _database_batch(context, source)
        else:
            made = context.data_sources
            made = made.add_spark("files", persist=False) if source.is_spark else made.add_pandas("files")
            asset = made.add_dataframe_asset("table").add_batch_definition_whole_dataframe("all")
            batch = asset.get_batch({"dataframe": source.suite_frame})
        result: dict[str, Any] = batch.validate(suite, result_format=wanted).to_json_dict()
    except DataFaultError:
        raise
    except Exception as fault:  # noqa: BLE001 (whatever its engines raise)
        raise DataFaultError(origin, f"{origin}: cannot be run on {source.shown} ({_line(fault)})") from None
    return result


def _database_batch(context: Any, source: DataSource) -> Any:
    from audit.gate.servers import address_of, engine_of  # noqa: PLC0415 (needs an extra)

    table = source.table_name()
    engine_of(source).dispose()  # says in one line what is wrong with the address
    address = address_of(source)
    if source.format == "sqlite" or address.startswith("sqlite"):
        made = context.data_sources.add_sqlite("base", connection_string=address, create_temp_table=False)
    else:
        mark = "&" if "?" in address else "?"
        read_only = f"{address}{mark}options=-c%20default_transaction_read_only%3Don"
        made = context.data_sources.add_postgres("base", connection_string=read_only, create_temp_table=False)
    schema, _, name = table.rpartition(".") if source.format == "server" else ("", "", table)
    try:
        asset = made.add_table_asset("table", table_name=_cased(name), schema_name=schema or None)
    except Exception as fault:  # noqa: BLE001 (its own errors and those of the driver)
        raise source.fault(f'has no table "{table}" that can be read ({_line(fault)})') from None
    return asset.add_batch_definition_whole_table("all").get_batch()


def _cased(name: str) -> str:
    """Return a name as Great Expectations keeps it: in quotes where its letters are not all small."""
    return name if name == name.lower() else f'"{name}"'


def _note(result: dict[str, Any], source: DataSource, found: Checked) -> None:
    config = result["expectation_config"]
    kwargs = config["kwargs"]
    columns = list(dict.fromkeys(_columns(kwargs)))
    title = _title(config["type"], kwargs)
    severity = _SEVERITY.get(config.get("severity", ""), "error")
    if raised := _exception(result.get("exception_info") or {}):
        missing = [name for name in columns if name not in source.columns]
        if missing:
            source.column(missing[0], found.origin)
        raise DataFaultError(found.origin, f"{found.origin}: {title} cannot be run on {source.shown} ({raised})")
    if result["success"]:
        found.passed = [*found.passed, title][:MOST_CHECKS]
        return
    said = result["result"]
    places, values = said.get("unexpected_index_list") or [], said.get("unexpected_list") or []
    notes = (config.get("meta") or {}).get("notes")
    words = notes if isinstance(notes, str) and notes.strip() else f"expected: {title.partition(': ')[2]}"
    for place, value in list(zip(places, values, strict=False))[:MOST_ROWS]:
        reason = f"{_shown(columns, place, value)}; {words}" if columns else words
        record = str(place) if isinstance(place, int) else _label(place, source)
        fault = Fault(check=title, reason=reason, columns=columns, value=_single(value), severity=severity)
        found.add(record, fault)
    found.more += max(0, len(places) - MOST_ROWS)
    if not places:
        found.add(None, Fault(check=title, reason=f"{title}; {_observed(said)}", columns=columns, severity=severity))


def _label(place: Any, source: DataSource) -> str:
    """Return how a row of a database is named: by its key."""
    if isinstance(place, dict):
        return ", ".join(f"{name} {cell_text(place[name])}" for name in source.key if name in place)
    return str(place)


def _shown(columns: list[str], place: Any, value: Any) -> str:
    del place
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else [value]
    pairs = [f"{name} is {cell_text(each) or 'empty'}" for name, each in zip(columns, values, strict=False)]
    return ", ".join(pairs) or cell_text(value)


def _single(value: Any) -> str | None:
    return None if isinstance(value, dict | list | tuple) else cell_text(value)


def _observed(said: dict[str, Any]) -> str:
    if "observed_value" in said:
        return f"it is {_short(said['observed_value'])}"
    if said.get("unexpected_count"):
        shown = ", ".join(cell_text(value) or "empty" for value in (said.get("partial_unexpected_list") or [])[:5])
        return f"{said['unexpected_count']:,} of {said.get('element_count', 0):,} rows do not: {shown}"
    return "it is not"


def _title(kind: str, kwargs: dict[str, Any]) -> str:
    """Return "closed: values to be between (min_value 0)" for a type and its arguments."""
    words = kind.removeprefix("expect_").replace("_", " ")
    for lead in ("column ", "table ", "multicolumn ", "select "):
        words = words.removeprefix(lead)
    said = [
        f"{key} {_short(value)}" for key, value in sorted(kwargs.items()) if key not in _UNSAID and value is not None
    ]
    named = ", ".join(dict.fromkeys(_columns(kwargs))) or "table"
    return f"{named}: {words}" + (f" ({', '.join(said)})" if said else "")


def _columns(kwargs: dict[str, Any]) -> Iterator[str]:
    for key in _COLUMNS:
        value = kwargs.get(key)
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | tuple):
            yield from map(str, value)
    if isinstance(kwargs.get("total"), str):
        yield kwargs["total"]


def _short(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(cell_text(each) for each in value[:8]) + (" ..." if len(value) > 8 else "")
    return cell_text(value)[:80]


def _exception(info: dict[str, Any]) -> str:
    """Return what an expectation raised, in one line; the record is nested for some and flat for others."""
    for each in (info, *(value for value in info.values() if isinstance(value, dict))):
        if each.get("raised_exception"):
            return _line(each.get("exception_message") or "it raised an error")
    return ""


def _key(kind: str, kwargs: dict[str, Any]) -> str:
    kept = {name: value for name, value in kwargs.items() if name != "batch_id" and value is not None}
    return f"{kind} {json.dumps(kept, sort_keys=True, default=str)}"


def _position(order: list[str], key: str) -> tuple[int, str]:
    return (order.index(key) if key in order else len(order), key)


def _line(fault: object) -> str:
    return " ".join(str(fault).split())[:200] or type(fault).__name__
