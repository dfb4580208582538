"""A rule against its own examples: each text goes through the whole pipeline with every rule of the packs.

`flags` must give exactly their findings and no other, `passes` nothing at all, `undecided` a claim of the rule's kind
that is left open, `misses` nothing (a known gap; when it closes, the case moves to flags). The bite changes one digit
of a figure that the rule verified: a rule that stays silent then verifies nothing.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from audit.findings import Verdict
from audit.pipeline import Limits, audit
from audit.records import dataclass
from audit.rules import Selection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.findings import Finding, Outcome, Run
    from audit.model import Document
    from audit.rules import Example, Expected, Rule

_READERS = {
    "text": ("text", ".txt"),
    "markdown": ("markdown", ".md"),
    "html": ("html", ".html"),
    "csv": ("delimited", ".csv"),
}
_TRIES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of one example; `faults` says how it differs from what the file expects."""

    rule: Rule
    kind: str
    example: Example
    run: Run
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bite:
    """A verified outcome and the change of one digit that its rule reports; `new` is empty when it reports none."""

    rule: Rule
    example: Example
    equation: str
    old: str = ""
    new: str = ""

    @property
    def spoke(self) -> bool:
        """Say whether a changed digit was reported."""
        return bool(self.new)


def document_of(example: Example, text: str | None = None) -> Document:
    """Return an example's text as a document, read as a file of its format would be."""
    return _read(example, example.text if text is None else text, "example")


def _read(example: Example, text: str, name: str) -> Document:
    module, suffix = _READERS[example.format]
    document: Document = import_module(f"audit.read.{module}").read(f"{name}{suffix}", text.encode(), Limits())
    return replace(document, language=example.language) if example.language else document


def run_example(example: Example, rules: Sequence[Rule], text: str | None = None) -> Run:
    """Return the run over one example with some rules."""
    document = document_of(example, text)
    before = {document.path: _read(example, example.before, "former")} if example.before else None
    return audit([document], rules, before=before)


def anywhere(rule: Rule, rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return the rules with a statement made to fit every document: an example is not the report it is written for."""
    if rule.statement is None:
        return tuple(rules)
    free = replace(rule, statement=replace(rule.statement, document=Selection()))
    return tuple(free if other.name == rule.name else other for other in rules)


def try_example(rule: Rule, kind: str, example: Example, rules: Sequence[Rule]) -> Trial:
    """Return how one example fares under all `rules`; the rule itself must be among them."""
    run = run_example(example, anywhere(rule, rules))
    check = {"flags": _flags, "passes": _passes, "undecided": _undecided, "misses": _misses}[kind]
    return Trial(rule=rule, kind=kind, example=example, run=run, faults=tuple(check(rule, example, run)))


def try_rule(rule: Rule, rules: Sequence[Rule]) -> Iterator[Trial]:
    """Yield the trial of every example of a rule."""
    for kind, example in rule.examples():
        yield try_example(rule, kind, example, rules)


def bites(rule: Rule, rules: Sequence[Rule]) -> Iterator[Bite]:
    """Yield one bite for each outcome of a rule's `passes` that it verified and that holds figures to change.

    Some readings verify and never accuse (a base found because it fits); they stay silent, and rightly so.
    """
    rules = anywhere(rule, rules)
    for example in rule.passes:
        run = run_example(example, rules)
        for outcome in run.outcomes:
            if outcome.rule is None or outcome.rule.name != rule.name or not outcome.verdict.holds:
                continue
            tried = list(_changes(outcome, run.documents[0].text))[:_TRIES]
            if tried:
                yield _bite(outcome, example, tried, rules)


def says(finding: Finding, run: Run) -> str:
    """Return a finding as a rule file would write it: `"47": message`."""
    return f'"{_words(finding, run)}": {finding.message}'


def _bite(outcome: Outcome, example: Example, tried: Sequence[tuple[str, str, int]], rules: Sequence[Rule]) -> Bite:
    rule = outcome.rule
    assert rule is not None  # noqa: S101 (only outcomes of a rule come here)
    for old, new, nth in tried:
        text = _replaced(example.text, old, new, nth)
        if text and any(f.rule.name == rule.name for f in run_example(example, rules, text).findings):
            return Bite(rule=rule, example=example, equation=outcome.equation, old=old, new=new)
    return Bite(rule=rule, example=example, equation=outcome.equation)


def _changes(outcome: Outcome, text: str) -> Iterator[tuple[str, str, int]]:
    """Yield (figure, figure with one digit changed, which of the equal ones) for the figures of a claim."""
    figures = [(o.text, o.start, o.value) for o in outcome.claim.operands if o.end > o.start]
    for step in (5, 1, 9):
        for old, start, value in figures:
            nth = text.count(old, 0, start)
            spots = [i for i, char in enumerate(old) if char.isdecimal()]
            for spot in spots:
                digit = (int(old[spot]) + step) % 10
                yield old, f"{old[:spot]}{digit}{old[spot + 1 :]}", nth
            if not spots and value is not None:
                yield old, str(int(value) + step), nth  # a number word becomes another number


def _replaced(text: str, old: str, new: str, skip: int) -> str:
    start = text.find(old)
    for _ in range(skip):
        start = text.find(old, start + 1)
    return "" if start < 0 else text[:start] + new + text[start + len(old) :]


def _flags(rule: Rule, example: Example, run: Run) -> Iterator[str]:
    left = list(run.findings)
    for expected in example.findings:
        match = next((f for f in left if _is_expected(f, expected, rule, run)), None)
        if match is not None:
            left.remove(match)
            continue
        which = f" ({expected.nth})" if expected.nth > 1 else ""
        severity = expected.severity or rule.severity.value
        yield f'expected {severity} at "{expected.at}"{which}: {expected.says}'
    for finding in left:
        yield f"not expected: {finding.severity.value} {finding.rule.name} at {says(finding, run)}"


def _passes(rule: Rule, example: Example, run: Run) -> Iterator[str]:  # noqa: ARG001 (one shape for all four)
    for finding in run.findings:
        yield f"not expected: {finding.severity.value} {finding.rule.name} at {says(finding, run)}"


def _undecided(rule: Rule, example: Example, run: Run) -> Iterator[str]:
    yield from _passes(rule, example, run)
    open_verdicts = (Verdict.UNDECIDED, Verdict.NOT_CHECKABLE)
    claims = [o for o in run.outcomes if o.claim.kind is rule.claim and not o.claim.detail.get("statement")]
    if rule.statement is not None:
        claims = [o for o in run.outcomes if o.claim.detail.get("statement") == rule.name]
    if not any(o.verdict in open_verdicts or not o.verdict.holds for o in claims):
        seen = ", ".join(o.verdict.value for o in claims) or "none"
        yield f"expected a {rule.claim.value} claim that is left open; found {seen}"


def _misses(rule: Rule, example: Example, run: Run) -> Iterator[str]:  # noqa: ARG001
    if any(f.rule.name == rule.name for f in run.findings):
        yield "found now: move the case to flags"
    for finding in run.findings:
        if finding.rule.name != rule.name:
            yield f"not expected: {finding.severity.value} {finding.rule.name} at {says(finding, run)}"


def _is_expected(finding: Finding, expected: Expected, rule: Rule, run: Run) -> bool:
    return (
        finding.rule.name == rule.name
        and " ".join(finding.message.split()) == expected.says  # no-break spaces are printed as any other
        and finding.severity.value == (expected.severity or rule.severity.value)
        and _words(finding, run) == expected.at
        and _ordinal(finding, run) == expected.nth
    )


def _words(finding: Finding, run: Run) -> str:
    text = _text(finding, run)
    return " ".join(text[finding.at.start : finding.at.end].split())


def _ordinal(finding: Finding, run: Run) -> int:
    """Return which of the equal words a finding stands on; words inside a longer word or number do not count."""
    text = _text(finding, run)
    words = text[finding.at.start : finding.at.end]
    count, start = 1, text.find(words) if words else -1
    while 0 <= start < finding.at.start:
        count += _is_whole(text, start, start + len(words))
        start = text.find(words, start + 1)
    return count


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    joined = (before[-1:].isalnum() and text[start].isalnum()) or (after[:1].isalnum() and text[end - 1].isalnum())
    grouped = (before[-1:] in (",", ".") and before[:1].isdecimal() and text[start].isdecimal()) or (
        after[:1] in (",", ".") and after[1:].isdecimal() and text[end - 1].isdecimal()
    )
    return not joined and not grouped


def _text(finding: Finding, run: Run) -> str:
    return next(d.text for d in run.documents if d.path == finding.at.document)
