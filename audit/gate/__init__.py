"""From the tables that rules name to claims about their rows and to the values that ties ask for.

`start` sends the work to a process of its own before the documents are read; `finish` waits for it. A table that is
among the documents is pointed at there; of any other, the rows that are told become a document of their own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.aggregates import taken_out
from audit.errors import RuleError, did_you_mean
from audit.model import Gap
from audit.records import dataclass
from audit.rulefiles import path_of
from audit.rulefiles.tables import PACK as SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from audit.claims import Claim, Operand
    from audit.facts import Facts
    from audit.model import Document
    from audit.rules import DataTable, Rule

__all__ = ["SETTINGS", "Gate", "Gated", "start"]

_SECONDS = 1_800
# Our own copy of this package, whatever else is installed; what lies beside it comes before no other library.
_RUN = (
    "import sys; sys.path.insert(0, sys.argv[1]); import audit; del sys.path[0]\n"
    "from audit.gate.worker import main; main()"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gated:
    """What came of all tables: claims about rows, documents that show them, values by (rule, term), and what failed."""

    claims: tuple[Claim, ...] = ()
    documents: tuple[Document, ...] = ()
    values: Mapping[tuple[str, str], Operand]
    gaps: tuple[Gap, ...] = ()


class Gate:
    """The work on tables, under way in another process."""

    def __init__(self, process: subprocess.Popen[bytes], rules: Mapping[str, Rule]) -> None:
        self._process = process
        self._rules = rules

    def finish(self, facts: Sequence[Facts]) -> Gated:
        """Wait for the answers and return what they say."""
        from audit.gate.answers import read_back  # noqa: PLC0415 (most runs have no tables)
        from audit.gate.placed import placed  # noqa: PLC0415
        from audit.gate.said import claims_of, values_of  # noqa: PLC0415

        try:
            out, _ = self._process.communicate(timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            self.stop()
            raise RuleError([f"the tables take longer than {_SECONDS:,} s; check fewer or smaller ones"]) from None
        if self._process.returncode:
            msg = "the process that reads tables has ended; its trace stands above"
            raise RuntimeError(msg)
        answers, opened = read_back(json.loads(out))
        spots = placed(opened, answers, facts)
        faults = dict.fromkeys(fault for answer in answers for fault in answer.faults)
        return Gated(
            claims=tuple(claim for answer in answers for claim in claims_of(answer, self._rules[answer.rule], spots)),
            documents=tuple(spot.document for spot in spots.values() if spot.own),
            values={key: operand for answer in answers for key, operand in values_of(answer, spots)},
            gaps=tuple(Gap(stage="gate", reason=reason, source=source) for source, reason in faults),
        )

    def stop(self) -> None:
        """End the work: its answers are not wanted any more."""
        self._process.kill()
        self._process.communicate()


def start(rules: Iterable[Rule]) -> Gate | None:
    """Begin the work on the tables that some rules name, or return None when none does."""
    stated = [r for r in rules if r.statement is not None and (r.statement.tables or r.statement.ties)]
    if not stated:
        return None
    shared = {t.name: (t, r) for r in stated if r.pack == SETTINGS and r.statement for t in r.statement.tables}
    groups = [_group(rule, shared) for rule in stated]
    process = subprocess.Popen(  # noqa: S603 (our own interpreter and our own program)
        [sys.executable, "-P", "-c", _RUN, str(Path(__file__).resolve().parents[2])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "GX_ANALYTICS_ENABLED": "false", "PYTHONWARNINGS": "ignore"},
    )
    assert process.stdin is not None  # noqa: S101 (it was asked for)
    process.stdin.write(json.dumps({"groups": groups}).encode())
    process.stdin.close()
    process.stdin = None
    return Gate(process, {rule.name: rule for rule in stated})


def _group(rule: Rule, shared: Mapping[str, tuple[DataTable, Rule]]) -> dict[str, Any]:
    statement = rule.statement
    assert statement is not None  # noqa: S101 (the caller chose those that have one)
    terms = [term for text in statement.ties for term in taken_out(text)[1].values()]
    own = {table.name for table in statement.tables}
    tables = [_table(table, rule) for table in statement.tables]
    faults = []
    for name in dict.fromkeys(term.table for term in terms if term.table not in own):
        if name in shared:
            table, origin = shared[name]
            tables.append(_table(table, origin) | {"schema": None, "suite": None, "queries": []})
        else:
            known = (*own, *shared)
            near = did_you_mean(name, known) or f"; named are {', '.join(known) or 'none'}"
            faults.append(f'{rule.path}: a tie asks the table "{name}", which is named nowhere{near}')
    if faults:
        raise RuleError(faults)
    return {
        "rule": rule.name,
        "origin": rule.path,
        "trusted": rule.pack == SETTINGS,
        "folder": str(_folder(rule).resolve()),
        "tables": tables,
        "terms": [
            {
                "text": term.text,
                "table": term.table,
                "function": term.function,
                "column": term.column,
                "where": term.where,
            }
            for term in terms
        ],
    }


def _folder(rule: Rule) -> Path:
    return Path(rule.path).parent if rule.pack == SETTINGS else path_of(rule).parent


def _table(table: DataTable, rule: Rule) -> dict[str, Any]:
    folder = _folder(rule)
    path, shown = _located(table.source, folder)
    if rule.pack != SETTINGS:
        _keep_inside(rule, folder, (table.source, table.schema, table.suite))
    return {
        "name": table.name,
        "path": path,
        "shown": shown,
        "table": table.table,
        "schema": _spec(table.schema, folder),
        "suite": _spec(table.suite, folder),
        "queries": table.queries,
        "key": table.key,
        "engine": table.engine,
    }


def _keep_inside(rule: Rule, folder: Path, names: Iterable[str]) -> None:
    """Raise a fault for a file outside the folder of a rule, by path or by link: a rule file comes from anybody."""
    home = folder.resolve()
    for name in names:
        if name and not (folder / name).resolve().is_relative_to(home):
            said = f'"{name}" lies outside the folder of this rule; name it under [tables] of the settings'
            raise RuleError([f"{rule.path}: {said}"])


def _spec(name: str, folder: Path) -> dict[str, str] | None:
    if not name:
        return None
    if ":" in name and Path(name).suffix.lower() not in (".yaml", ".yml", ".json"):
        return {"path": name, "shown": name}  # Python code, which only settings may name
    path, shown = _located(name, folder)
    return {"path": path, "shown": shown}


def _located(name: str, folder: Path) -> tuple[str, str]:
    """Return the full path of a file and the one that reports show; an address without its password."""
    if "://" in name:
        scheme, _, rest = name.partition("://")
        user, at, host = rest.rpartition("@")
        return name, f"{scheme}://{user.partition(':')[0]}{at}{host}".partition("?")[0]
    path = os.path.normpath(folder / name)
    return str(Path(path).absolute()), path.replace(os.sep, "/")
