"""The way through the house: read, extract, relate, judge, repair, settle. The only module that knows the order.

`audit` is pure: the same documents and rules give the same run. `check` adds the reading of files.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import ReadError
from audit.extract import extract
from audit.facts import Facts
from audit.findings import Verdict
from audit.judge import judge
from audit.model import Gap
from audit.read import Limits, read
from audit.relate import alone, relate
from audit.settle import distinct, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from audit.claims import Claim
    from audit.findings import Outcome, Run, Suggestion
    from audit.gate import Gate, Gated
    from audit.model import Document
    from audit.rules import Rule

    Tell = Callable[[int, int, str], None]
    _Understood = tuple[Facts, dict[str, tuple[Claim, ...]]]

__all__ = ["Limits", "audit", "check"]

_MANY = 8  # documents that are worth the start of other processes
_SECONDS = 900.0  # for one document of many: one that never ends must not keep the others


def check(
    paths: Sequence[str],
    rules: Sequence[Rule],
    limits: Limits | None = None,
    *,
    language: str | None = None,
    tell: Tell | None = None,
    before: Mapping[str, Document] | None = None,
) -> Run:
    """Return what came of the documents at some paths.

    One path that cannot be read raises `ReadError`; of several, those that cannot be read are gaps of the run
    as long as one can. `tell` hears of each document when it is begun, once to be read and once to be understood.
    """
    gate = _gate(rules)
    wanted = tuple(dict.fromkeys(paths))
    found: Sequence[Mapping[str, Sequence[Claim]]] = ()
    try:
        if len(wanted) >= _MANY and (hands := _hands()) > 1:
            facts, found, gaps = _shared(wanted, limits or Limits(), language, tell, hands)
        else:
            documents, gaps = _read(wanted, limits, language, tell)
            read_ = _extracted(sorted(documents, key=_path), tell)
            facts = tuple(_completed(bundle, limits or Limits()) for bundle in read_)
    except BaseException:
        if gate is not None:
            gate.stop()
        raise
    return _concluded(facts, found, rules, gaps, gate, before)


def _hands() -> int:
    from audit.crew import cores  # noqa: PLC0415 (most runs have a few documents)

    return cores()


def _shared(
    paths: Sequence[str], limits: Limits, language: str | None, tell: Tell | None, hands: int
) -> tuple[tuple[Facts, ...], tuple[dict[str, tuple[Claim, ...]], ...], list[Gap]]:
    """Return what is seen in each of many documents, understood on all cores, in the order of their paths."""
    from audit.crew import Lost, each  # noqa: PLC0415 (most runs have a few documents)

    # The largest first: one that is begun last would keep all others waiting.
    order = sorted(paths, key=lambda path: -_size(path))
    done: dict[str, _Understood] = {}
    lost: dict[str, str] = {}
    for number, (index, result) in enumerate(
        each(_understood, [(path, limits, language) for path in order], hands=hands, seconds=_SECONDS)
    ):
        path = order[index]
        if tell is not None:
            tell(number, len(paths), path)
        if isinstance(result, Lost):
            lost[path] = f"{path}: {result.why}; check it alone to see more"
        elif isinstance(result, str):
            lost[path] = result
        else:
            done[path] = result
    gaps = [Gap(stage="read", reason=lost[path], source=path) for path in paths if path in lost]
    if not done:
        raise ReadError("\n".join(gap.reason for gap in gaps))
    ordered = [done[path] for path in sorted(done)]
    return tuple(facts for facts, _ in ordered), tuple(claims for _, claims in ordered), gaps


def _understood(task: tuple[str, Limits, str | None]) -> _Understood | str:
    """Return the facts of one document and what they claim among themselves, or why it cannot be read."""
    path, limits, language = task
    try:
        document = read(path, limits)
    except ReadError as fault:
        return str(fault)
    facts = _completed(extract(replace(document, language=language) if language else document), limits)
    return facts, alone(facts)


def _completed(bundle: Facts, limits: Limits) -> Facts:
    """Return what is read of a document; of a table too large to be held, what its first rows keep is asked of all."""
    if all(table.rest is None for table in bundle.document.tables):
        return bundle
    from audit.read.streamed import completed  # noqa: PLC0415 (few tables are as large)
    from audit.relate.tables.tall import balances  # noqa: PLC0415

    return extract(completed(bundle.document, *balances(bundle), limits))


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def _read(
    paths: Sequence[str], limits: Limits | None, language: str | None, tell: Tell | None
) -> tuple[list[Document], list[Gap]]:
    documents: list[Document] = []
    gaps: list[Gap] = []
    faults: list[ReadError] = []
    for number, path in enumerate(paths):
        if tell is not None:
            tell(number, 2 * len(paths), path)
        try:
            document = read(path, limits or Limits())
        except ReadError as fault:
            faults.append(fault)
            gaps.append(Gap(stage="read", reason=str(fault), source=path))
            continue
        documents.append(replace(document, language=language) if language else document)
    if faults and not documents:
        raise faults[0] if len(faults) == 1 else ReadError("\n".join(str(fault) for fault in faults))
    return documents, gaps


def audit(
    documents: Iterable[Document],
    rules: Sequence[Rule],
    gaps: Sequence[Gap] = (),
    tell: Tell | None = None,
    *,
    gate: Gate | None = None,
    before: Mapping[str, Document] | None = None,
) -> Run:
    """Return what came of some documents; their order does not matter.

    `before` holds the earlier edition of a document by the path of the present one.

    `gate` is the work on tables that was begun before; without it the tables that rules name are opened now.
    """
    facts = tuple(_extracted(sorted(documents, key=_path), tell))
    return _concluded(facts, (), rules, gaps, gate or _gate(rules), before)


def _concluded(
    facts: tuple[Facts, ...],
    found: Sequence[Mapping[str, Sequence[Claim]]],
    rules: Sequence[Rule],
    gaps: Sequence[Gap],
    gate: Gate | None,
    before: Mapping[str, Document] | None,
) -> Run:
    """Return the run of what was extracted; `found` is what was seen in each document alone, if that is known."""
    ordered = tuple(bundle.document for bundle in facts)
    gated = gate.finish(facts) if gate is not None else None
    earlier = tuple(before[d.path] for d in ordered if d.path in before) if before else ()
    claims = chain(
        relate(facts, found),
        _stated(facts, rules, gated),
        _written(facts, rules),
        _against(facts, rules, before or {}),
    )
    shown = (*earlier, *(gated.documents if gated is not None else ()))
    ordered = tuple(sorted((*ordered, *shown), key=lambda document: document.path))
    outcomes = distinct(judge(claims, rules))
    if gated is not None:
        gaps = (*gaps, *gated.gaps, *_untied(facts, rules), *_unasked(outcomes))
    return settle(
        documents=ordered,
        facts=(*facts, *(Facts(document=d, facts=(), sentences=()) for d in shown)),
        rules=rules,
        outcomes=outcomes,
        gaps=gaps,
        suggestions=_repaired(outcomes, facts),
    )


def _path(document: Document) -> str:
    return document.path


def _extracted(documents: Sequence[Document], tell: Tell | None) -> Iterator[Facts]:
    for number, document in enumerate(documents):
        if tell is not None:
            tell(len(documents) + number, 2 * len(documents), document.path)
        yield extract(document)


def _stated(facts: Sequence[Facts], rules: Sequence[Rule], gated: Gated | None) -> Iterable[Claim]:
    if all(rule.statement is None for rule in rules):
        return ()
    from audit.relate.statements import find  # noqa: PLC0415 (most runs have no statements)

    return chain(find(facts, rules, gated.values if gated else None), gated.claims if gated else ())


def _written(facts: Sequence[Facts], rules: Sequence[Rule]) -> Iterable[Claim]:
    if all(rule.wording is None for rule in rules):
        return ()
    from audit.relate.forms import find  # noqa: PLC0415 (most runs ask only what figures say)

    return find(facts, rules)


def _against(facts: Sequence[Facts], rules: Sequence[Rule], before: Mapping[str, Document]) -> Iterable[Claim]:
    if not before:
        return ()
    from audit.relate.editions import find  # noqa: PLC0415 (most runs have one edition)

    tables = [table for rule in rules if rule.statement is not None for table in rule.statement.tables]
    keys = {
        path: table.key for path in before for table in tables if table.key and path.endswith(table.source.lstrip("./"))
    }
    return find(facts, {path: extract(document) for path, document in before.items()}, keys)


def _gate(rules: Sequence[Rule]) -> Gate | None:
    if all(rule.statement is None or not (rule.statement.tables or rule.statement.ties) for rule in rules):
        return None
    from audit.gate import start  # noqa: PLC0415 (most runs have no tables)

    return start(rules)


def _untied(facts: Sequence[Facts], rules: Sequence[Rule]) -> Iterator[Gap]:
    """Yield a gap for each rule whose ties nothing was held against: none of its documents is in the run."""
    for rule in rules:
        said = rule.statement
        if said is not None and said.ties and not any(said.document.matches(b.document) for b in facts):
            reason = f"{rule.name}: no document of {said.document} is checked, so that its ties are not judged"
            yield Gap(stage="relate", reason=reason, source=rule.path)


def _unasked(outcomes: Sequence[Outcome]) -> Iterator[Gap]:
    """Yield a gap for each tie whose figure is not found: the text has moved, and what is not asked is not passed."""
    for outcome in outcomes:
        rule, detail = outcome.rule, outcome.claim.detail
        if rule is None or rule.statement is None or outcome.claim.form not in ("lost", "doubled"):
            continue
        for tie in detail.get("using", "").split("\n"):
            if tie in rule.statement.ties:
                yield Gap(
                    stage="gate", reason=f'{rule.path}: "{tie}" is not judged; {detail["says"]}', source=rule.path
                )


def _repaired(outcomes: Sequence[Outcome], facts: Sequence[Facts]) -> Mapping[int, tuple[Suggestion, ...]]:
    if not any(outcome.verdict in (Verdict.CONTRADICTED, Verdict.TRUNCATION_ONLY) for outcome in outcomes):
        return {}
    from audit.repair import repair  # noqa: PLC0415 (a text without a contradiction needs no repair)

    return repair(outcomes, facts)
