"""The process that opens tables of record: a job as JSON on standard input, its answers as JSON on standard output.

A process of its own, because pandas, pandera and Great Expectations take seconds to load: they do so while the
documents are read, and a check without tables never pays for them.
"""

from __future__ import annotations

import contextlib
import json
import signal
import sys
from typing import TYPE_CHECKING, Any

from audit.gate.answers import Answer, Checked, DataFaultError, Opened, data_of
from audit.gate.sources import DataSource

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS = 30  # of processor time for the schema or the suite beside a rule


def main() -> None:
    """Read one job, do it, write its answers; what libraries print goes to standard error."""
    job = json.loads(sys.stdin.buffer.read())
    with contextlib.redirect_stdout(sys.stderr):
        data = work(job)
    sys.stdout.buffer.write(json.dumps(data).encode())
    sys.stdout.buffer.flush()


def work(job: dict[str, Any]) -> dict[str, Any]:
    """Return the answers to a job; a table that many rules name is opened once."""
    known: dict[str, DataSource] = {}
    asked: dict[str, set[str]] = {}
    answers = [_answered(group, known, asked) for group in job["groups"]]
    opened: dict[str, Opened] = {}
    for key, records in asked.items():
        with contextlib.suppress(DataFaultError):  # told already, by the first who asked
            opened[key] = known[key].opened(records)
    return data_of(answers, opened)


def _answered(group: dict[str, Any], known: dict[str, DataSource], asked: dict[str, set[str]]) -> Answer:
    answer = Answer(rule=group["rule"])
    sources: dict[str, DataSource] = {}
    for table in group["tables"]:
        try:
            source = _source(table, known)
        except DataFaultError as fault:
            answer.faults.append((fault.source, str(fault)))
            continue
        sources[table["name"]] = source
        answer.sources[table["name"]] = _key(table)
        asked.setdefault(_key(table), set())
    for table in group["tables"]:
        if table["name"] in sources:
            _check(group, table, sources, answer)
    _values(group, sources, answer)
    for checked in answer.checked:
        asked[answer.sources[checked.table]].update(checked.rows)
    for text, worth in answer.terms.items():
        if worth.record:
            name = next(term["table"] for term in group["terms"] if term["text"] == text)
            asked[answer.sources[name]].add(worth.record)
    return answer


def _check(group: dict[str, Any], table: dict[str, Any], sources: dict[str, DataSource], answer: Answer) -> None:
    from audit.gate.query import Database  # noqa: PLC0415

    source, name = sources[table["name"]], table["name"]
    done: list[Checked] = []
    try:
        _ = source.length  # a table that is empty or cannot be read passes nothing
        if table["schema"]:
            from audit.gate.schema import check_schema  # noqa: PLC0415 (each loads a library of its own)

            path, shown = table["schema"]["path"], table["schema"]["shown"]
            with _within(None if group["trusted"] else _SECONDS, shown):
                done.append(check_schema(source, path, shown, group["folder"], trusted=group["trusted"]))
        if table["suite"]:
            from audit.gate.suite import check_suite  # noqa: PLC0415

            path, shown = table["suite"]["path"], table["suite"]["shown"]
            with _within(None if group["trusted"] else _SECONDS, shown):
                done.append(check_suite(source, path, shown))
        if table["queries"]:
            database = Database(sources)
            done.extend(database.query(name, text, group["origin"]) for text in table["queries"])
    except DataFaultError as fault:
        answer.faults.append((fault.source, str(fault)))
    for checked in done:
        checked.table = name
    answer.checked.extend(done)


@contextlib.contextmanager
def _within(seconds: float | None, origin: str) -> Iterator[None]:
    """Stop work that takes more processor time: a schema beside a rule may hold a pattern that never ends."""
    if seconds is None or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise DataFaultError(origin, f"{origin}: takes longer than {seconds} s; make its patterns cheaper")

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 0.1)  # again and again: pandera goes on with its next check
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _values(group: dict[str, Any], sources: dict[str, DataSource], answer: Answer) -> None:
    from audit.gate.query import Database  # noqa: PLC0415

    told = {reason for _, reason in answer.faults}
    for term in group["terms"]:
        if term["table"] not in sources:
            continue  # the table could not be opened, which is told
        try:
            answer.terms[term["text"]] = Database(sources).worth(term, group["origin"])
        except DataFaultError as fault:
            if str(fault) not in told:
                told.add(str(fault))
                answer.faults.append((fault.source, str(fault)))


def _source(table: dict[str, Any], known: dict[str, DataSource]) -> DataSource:
    key = _key(table)
    if key not in known:
        known[key] = _made(table["engine"])(table["path"], table["shown"], table["table"], table["key"])
    return known[key]


def _made(engine: str) -> type[DataSource]:
    if engine != "spark":
        return DataSource
    from audit.gate.spark import SparkSource  # noqa: PLC0415 (an extra)

    return SparkSource


def _key(table: dict[str, Any]) -> str:
    return f"{table['path']}\0{table['table']}\0{table['engine']}"


if __name__ == "__main__":
    main()
