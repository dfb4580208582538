"""The run for a person at a terminal: findings with their sentence and arithmetic, then the line that counts all.

The page is first laid out as lines of styled pieces; without colour they are joined as they are, with colour rich
prints them as `Text`, never as markup, so no word of a document is read as a style.
"""

from __future__ import annotations

from collections import Counter
from io import StringIO
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING

from audit.findings import State, Status
from audit.report.escape import printable
from audit.report.excerpt import excerpt
from audit.report.ledger import Ledger, place_words, summary_words
from audit.rules import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.findings import Finding, Run
    from audit.model import Document, Gap, Span
    from audit.report.excerpt import Excerpt, Shown
    from audit.report.view import View

Piece = tuple[str, str]
Line = tuple[Piece, ...]

_STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
_HEADINGS = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.NOTE: "Notes"}
_OPEN, _CLOSE = "\x00", "\x01"  # no printable text holds them
_NARROWEST, _WIDEST = 40, 110
_GAPS_SHOWN = 10
_ROWS, _COLUMNS = 12, 10  # of a table that is shown whole
_TICKS = {"v": " ✓", "x": " ✗", "": "  "}


def render(run: Run, view: View) -> bytes:
    """Return a run as text, with terminal styles when the view has colour."""
    page = list(_Page(run, view).lines())
    text = _coloured(page, view.width) if view.colour else "".join(_plain(line) + "\n" for line in page)
    return text.encode("utf-8", "backslashreplace")


def _plain(line: Line) -> str:
    return "".join(f"»{text}«" if style == "figure" else text for text, style in line).rstrip()


def _coloured(page: Sequence[Line], width: int) -> str:
    from rich.console import Console  # noqa: PLC0415 (only for a terminal)
    from rich.text import Text  # noqa: PLC0415

    out = StringIO()
    console = Console(file=out, force_terminal=True, width=max(width, _NARROWEST), highlight=False, soft_wrap=True)
    styles = {"figure": "bold reverse", "faint": "dim", "strong": "bold", "good": "green", "": ""}
    for line in page:
        console.print(Text.assemble(*((text, styles.get(style, style)) for text, style in line)))
    return out.getvalue()


class _Page:
    def __init__(self, run: Run, view: View) -> None:
        self.run, self.view = run, view
        self.ledger = Ledger(run)
        self.width = min(max(view.width, _NARROWEST), _WIDEST)

    def lines(self) -> Iterator[Line]:
        """Yield the page line by line."""
        for document in self.run.documents:
            yield from self.findings(document)
        if self.view.verbose:
            yield from self.verified()
            yield from self.unchecked()
        yield from self.gaps()
        yield ((summary_words(self.ledger), "strong"),)

    def findings(self, document: Document) -> Iterator[Line]:
        mine = [finding for finding in self.run.findings if finding.at.document == document.path]
        if not mine:
            return
        if self.view.quiet:
            yield from (self.short(finding) for finding in mine)
            return
        yield ((printable(document.path), "strong"), ("  " + printable(document.title), "faint"))
        yield ()
        for severity, heading in _HEADINGS.items():
            graded = [finding for finding in mine if finding.severity is severity]
            if graded:
                yield ((f"{heading} ({len(graded)})", _STYLES[severity.value]),)
                yield ()
            for finding in graded:
                yield from self.finding(finding)
                yield ()

    def short(self, finding: Finding) -> Line:
        where = printable(place_words(self.ledger.place(finding.at)))
        status = "" if finding.status is Status.OPEN else f" ({finding.status.value})"
        return (
            (f"{where}: ", ""),
            (finding.severity.value, _STYLES[finding.severity.value]),
            (f" {finding.rule.name}{status}: {printable(finding.message)}", ""),
        )

    def finding(self, finding: Finding) -> Iterator[Line]:
        place = self.ledger.place(finding.at)
        status = "" if finding.status is Status.OPEN else f"  [{finding.status.value}]"
        yield (
            ("  " + (printable(place_words(place, with_source=False)) or "document"), _STYLES[finding.severity.value]),
            (f"  {finding.rule.name}  {self.ledger.finding_id(finding)}{status}", "faint"),
        )
        yield from self.wrapped(printable(finding.message), 4, "strong")
        table = excerpt(self.ledger, finding, _ROWS, _COLUMNS)
        drawn = list(self.table(table)) if table is not None else []
        for span in () if drawn else (*self.ledger.out_of_sight(finding), finding.at):
            yield from self.quoted(span)
        yield from drawn
        for step in finding.steps:
            yield from self.wrapped(printable(step), 8, "")
        for (_, old, why), alike in groupby(finding.suggestions, key=lambda s: (s.start, s.old, s.why)):
            words = f"{printable(old)} → {', '.join(printable(s.new) for s in alike)}"
            yield (("    may be  ", "faint"), (words, "good"), (f"  {printable(why)}", "faint"))
        elsewhere = [s for s in self.ledger.elsewhere(finding) if not (drawn and table and table.holds(s))]
        if elsewhere:
            places = dict.fromkeys(place_words(self.ledger.place(span), with_source=False) for span in elsewhere)
            yield from self.wrapped("see also " + printable("; ".join(p for p in places if p)), 4, "faint")

    def table(self, found: Excerpt) -> Iterator[Line]:
        """Yield the table of a finding with ticks and the suspect between arrows; none when it is too wide."""
        rows = [[_of_cell(shown) for shown in row] for row in found.rows]
        columns = sorted({shown.cell.column for row in found.rows for shown in row})
        widths = dict.fromkeys(columns, 0)
        for row in found.rows:
            for shown in row:
                if shown.cell.column_span == 1:
                    widths[shown.cell.column] = max(widths[shown.cell.column], len(_of_cell(shown)[0]))
        if sum(widths.values()) + 2 * len(widths) > self.width - 4:
            return
        for row, cells in zip(found.rows, rows, strict=True):
            pieces: list[Piece] = [("    ", "")]
            for shown, (text, style) in zip(row, cells, strict=True):
                first = shown.cell.column == columns[0]
                room = widths[shown.cell.column]
                pieces.append(((text.ljust(room) if first else text.rjust(room)) + "  ", style))
            yield tuple(pieces)

    def quoted(self, span: Span) -> Iterator[Line]:
        quote = self.ledger.quote(span)
        text = f"{printable(quote.before)}{_OPEN}{printable(quote.words)}{_CLOSE}{printable(quote.after)}"
        marked = False
        for line in wrap(f"“{text.strip()}”", self.width - 4, break_on_hyphens=False):
            pieces: list[Piece] = [("    ", "")]
            for char_run in _runs(line):
                if char_run in (_OPEN, _CLOSE):
                    marked = char_run == _OPEN
                else:
                    pieces.append((char_run, "figure" if marked else ""))
            yield tuple(pieces)

    def wrapped(self, text: str, indent: int, style: str) -> Iterator[Line]:
        for line in wrap(text, self.width - indent, break_on_hyphens=False):
            yield ((" " * indent + line, style),)

    def verified(self) -> Iterator[Line]:
        held = [outcome for outcome in self.run.outcomes if outcome.verdict.holds]
        if not held:
            return
        yield ((f"Verified ({len(held)})", "good"),)
        yield ()
        for outcome in held:
            where = printable(place_words(self.ledger.place(outcome.at), with_source=len(self.run.documents) > 1))
            equation = printable(outcome.equation or self.ledger.text(outcome.at))
            yield ((f"  {outcome.claim.kind.value:<11}", "faint"), (f"{where}: ", ""), (equation, ""))
        yield ()

    def unchecked(self) -> Iterator[Line]:
        reasons = Counter((state, reason) for state, reason in self.ledger.states.values())
        for state in (State.UNCHECKED, State.IGNORED):
            rows = [(number, reason) for (kept, reason), number in reasons.items() if kept is state]
            if rows:
                yield ((f"{state.value.capitalize()} ({sum(number for number, _ in rows)})", "strong"),)
                yield ()
                yield from (
                    ((f"  {number:>6,}  {printable(reason)}", ""),) for number, reason in sorted(rows, reverse=True)
                )
                yield ()

    def gaps(self) -> Iterator[Line]:
        shown = self.run.gaps if self.view.verbose else self.run.gaps[:_GAPS_SHOWN]
        if not shown or self.view.quiet:
            return
        yield ((f"Gaps ({len(self.run.gaps)})", "strong"),)
        yield ()
        yield from (self.gap(gap) for gap in shown)
        if len(shown) < len(self.run.gaps):
            yield ((f"  and {len(self.run.gaps) - len(shown)} more; see --verbose", "faint"),)
        yield ()

    def gap(self, gap: Gap) -> Line:
        where = place_words(self.ledger.place(gap.span)) if gap.span is not None else gap.source
        reason = gap.reason.removeprefix(f"{gap.source}: ") if gap.source else gap.reason
        return ((f"  {gap.stage}  ", "faint"), (f"{printable(where)}: {printable(reason)}", ""))


def _of_cell(shown: Shown) -> tuple[str, str]:
    """Return a cell on one line with its tick, and its style."""
    text = " ".join(printable(shown.text).split())
    if shown.is_suspect:
        return f"»{text}«{_TICKS[shown.state]}", "strong"
    return f"{text}{_TICKS[shown.state]}", "strong" if shown.is_operand else ""


def _runs(line: str) -> Iterator[str]:
    """Yield the stretches of a line between figure marks, and the marks."""
    start = 0
    for index, char in enumerate(line):
        if char in (_OPEN, _CLOSE):
            if index > start:
                yield line[start:index]
            yield char
            start = index + 1
    if start < len(line):
        yield line[start:]
