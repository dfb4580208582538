"""Seeded errors: change one digit of one figure of a verified claim, audit again, and see whether it is flagged.

    python tests/benchmark/seeded.py PATH... [--per-document N] [--seed S] [--kind KIND]... [--misses]

The edits have the frequencies of typing errors that were found in business statistics (Scholtus 2009): a digit
replaced 74 %, dropped 10 %, two neighbours exchanged 9 %, added 7 %. Only figures printed in digits are changed, and
only in claims that the audit of the clean document verified; for a repeat, a figure that is printed in two places is
changed in one of them. An error that leaves the relation true is none ("6 of 10" for "7 of 10") and is not counted,
unless it is flagged. What rounding explains in all sums of a table is told apart: nobody sees it among rounded figures.
Flagged means: an error or a warning whose claim holds the changed figure. Leading means: the printed value is among the
suggestions.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import itertools
from decimal import Decimal

from audit.errors import ReadError
from audit.findings import Verdict
from audit.pipeline import Limits, audit
from audit.read import read
from audit.rulefiles import load_rules

if TYPE_CHECKING:
    from collections.abc import Collection

    from audit.claims import Claim, Operand
    from audit.findings import Finding, Run
    from audit.model import Document
    from audit.rules import Rule

KINDS = ("sum", "difference", "share", "count", "subset", "change", "average", "footing", "repeat")
_OPEN = ("including", "among", "mainly")
_EDITS = (("replaced", 74), ("dropped", 10), ("exchanged", 9), ("added", 7))


def typed_wrong(printed: str, chance: random.Random) -> str:
    """Return a printed figure with one typing error in its digits."""
    places = [i for i, c in enumerate(printed) if c.isdigit()]
    kind = chance.choices([k for k, _ in _EDITS], [w for _, w in _EDITS])[0]
    at = chance.choice(places)
    if kind == "replaced":
        return printed[:at] + chance.choice([d for d in "0123456789" if d != printed[at]]) + printed[at + 1 :]
    if kind == "dropped" and len(places) > 1:
        return printed[:at] + printed[at + 1 :]
    pairs = [(a, b) for a, b in itertools.pairwise(places) if printed[a] != printed[b]]
    if kind == "exchanged" and pairs:
        a, b = chance.choice(pairs)
        return printed[:a] + printed[b] + printed[a + 1 : b] + printed[a] + printed[b + 1 :]
    return printed[:at] + chance.choice("0123456789") + printed[at:]


def with_text(document: Document, start: int, end: int, new: str) -> Document:
    """Return a document with some characters replaced and every offset behind them moved."""
    moved = len(new) - (end - start)

    def at(offset: int) -> int:
        return offset if offset < end else offset + moved

    return replace(
        document,
        text=document.text[:start] + new + document.text[end:],
        blocks=tuple(replace(b, start=at(b.start), end=at(b.end)) for b in document.blocks),
        tables=tuple(
            replace(t, cells=tuple(replace(c, start=at(c.start), end=at(c.end)) for c in t.cells))
            for t in document.tables
        ),
        notes=tuple(replace(n, call=None if n.call is None else at(n.call)) for n in document.notes),
        anchors=tuple(replace(a, start=at(a.start)) for a in document.anchors),
    )


def candidates(run: Run, kinds: Collection[str] = KINDS) -> list[tuple[str, Operand]]:
    """Return (claim kind, operand) of every figure in digits of a verified claim of some kinds."""
    return [
        (outcome.claim.kind.value, operand)
        for outcome in run.outcomes
        if outcome.verdict.holds and outcome.claim.kind.value in kinds and outcome.claim.form != "title"
        for operand in outcome.claim.operands
        if operand.fact is not None and any(c.isdigit() for c in operand.text)
    ]


def touches(finding: Finding, start: int, end: int) -> bool:
    """Say whether a finding's claim holds the figure at some offsets."""
    spans = [(o.start, o.end) for o in finding.outcome.claim.operands]
    spans += [(s.start, s.end) for s in (finding.at, *finding.also)]
    return any(first < end and start < last for first, last in spans)


def still_true(clean: Run, run: Run, kind: str, start: int) -> bool:
    """Say whether a changed figure still satisfies all it was verified in: "6 of 10" is right where "7 of 10" was.

    So may a share that is printed in whole per cents: "281 of 883 women (32 per cent)" is as right as 282. Parts of a
    whole are added up here, because "30 wounded, including 12 children and 2 women" need not be read as the same claim.
    So are the parts of an open list that was found to make up all of its total: "including" promises no more than some.
    And so is a difference or a sum that rounding explains as before: "rose by 1.5, from 7.7 to 9.2" and to 9.1 as well.
    """

    def held(of: Run) -> list[Claim]:
        claims = [o.claim for o in of.outcomes if o.verdict.holds and o.claim.kind.value == kind]
        return [c for c in claims if any(o.start == start for o in c.operands)]

    if kind == "sum" and _shapes(held(clean)) <= _shapes(held(run)):
        return True
    if kind in {"subset", "sum"}:
        wrong = next((f.number for f in run.facts[0].facts if f.start == start), None)
        told = held(clean)
        some = kind == "subset" or all(claim.form in _OPEN for claim in told)
        return wrong is not None and some and all(_fits(claim, start, wrong) for claim in told)
    return kind in {"change", "share", "difference"} and 0 < len(held(clean)) <= len(held(run))


def is_rounded_away(run: Run, kind: str, start: int) -> bool:
    """Say whether all sums of a table that hold a changed figure are off by no more than rounding would leave."""
    held = [o for o in run.outcomes if o.claim.kind.value == kind and any(p.start == start for p in o.claim.operands)]
    return kind == "footing" and bool(held) and all(o.verdict is Verdict.WITHIN_ROUNDING for o in held)


def _shapes(claims: list[Claim]) -> set[tuple[str, int]]:
    return {(claim.form, len(claim.operands)) for claim in claims}


def _fits(claim: Claim, start: int, wrong: Decimal) -> bool:
    """Say whether the parts of a claim are not more than its whole when one of its figures is another."""
    sides = {
        role: sum(wrong if o.start == start else o.value or Decimal(0) for o in claim.role(role))
        for role in ("part", "whole", "total")
    }
    return sides["part"] <= sides["whole"] + sides["total"]


def same_number(run: Run, operand: Operand, wrong: str) -> bool:
    """Say whether a changed figure is the number it was: "14.70" for "14.700" misleads nobody."""
    facts = [f for bundle in run.facts for f in bundle.facts if f.start == operand.start and f.text == wrong]
    led = wrong.lstrip("$€£(- ")[:2]
    return any(f.number == operand.value for f in facts) and not (led.isdecimal() and led[0] == "0")


def with_error(
    clean: Run, document: Document, operand: Operand, chance: random.Random, rules: tuple[Rule, ...]
) -> tuple[str, Document, Run, list[Finding]]:
    """Return a wrong figure, the document with it, its audit, and the new errors and warnings that hold the figure."""
    known = {f.fingerprint for f in clean.findings}
    wrong = typed_wrong(operand.text, chance)
    seeded = with_text(document, operand.start, operand.end, wrong)
    run = audit([seeded], rules)
    end = operand.start + len(wrong)
    new = [f for f in run.findings if f.severity.value != "note" and f.fingerprint not in known]
    return wrong, seeded, run, [f for f in new if touches(f, operand.start, end)]


def main() -> None:
    """Print the share of seeded errors that are flagged, by claim kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--per-document", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=KINDS, action="append", help="seed claims of this kind alone")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    rules = load_rules(("core",))
    table: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for path in options.paths:
        try:
            document = read(path, Limits())
        except ReadError as refused:
            print(f"not read: {refused}", file=sys.stderr)
            continue
        clean = audit([document], rules)
        chance = random.Random(f"{options.seed}:{Path(path).name}")
        found = candidates(clean, options.kind or KINDS)
        for kind, operand in chance.sample(found, min(options.per_document, len(found))):
            wrong, seeded, run, hits = with_error(clean, document, operand, chance, rules)
            if not hits and (still_true(clean, run, kind, operand.start) or same_number(run, operand, wrong)):
                continue
            row = table[kind]
            if not hits and is_rounded_away(run, kind, operand.start):
                row[3] += 1
                continue
            row[0] += 1
            row[1] += bool(hits)
            row[2] += any(s.new == operand.text for f in hits for s in f.suggestions)
            if options.misses and not hits:
                end = operand.start + len(wrong)
                around = seeded.text[max(0, operand.start - 90) : end + 90].replace("\n", " ")
                print(f"  {kind}: {operand.text} -> {wrong} | {around}")
    print(f"{'kind':12s} {'seeded':>7s} {'flagged':>8s} {'true value suggested':>21s} {'rounding explains':>18s}")
    total = [sum(column) for column in zip(*table.values(), strict=True)] if table else [0, 0, 0, 0]
    for kind, (seeded_, flagged, leading, rounded) in [*sorted(table.items()), ("all", total)]:
        share = f"{flagged / seeded_:.1%}" if seeded_ else "-"
        lead = f"{leading / seeded_:.1%}" if seeded_ else "-"
        print(f"{kind:12s} {seeded_:7d} {share:>8s} {lead:>21s} {rounded:18d}")


if __name__ == "__main__":
    main()
