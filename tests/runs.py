"""Small runs for tests of settling and reporting: claims built by hand over a text, or a text through the pipeline."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.facts import Fact, FactKind, Facts
from audit.findings import Outcome, Run, Verdict
from audit.model import Block, BlockKind, Document, Span
from audit.pipeline import audit
from audit.quantity import Quantity
from audit.read.limits import Limits
from audit.read.text import read
from audit.rulefiles import load_rules
from audit.rules import Rule, Severity


def run_of(text: str, path: str = "report.txt") -> Run:
    """Return the run over a text with the core rules."""
    return audit([read(path, text.encode(), Limits())], load_rules())


def document(text: str, path: str = "report.txt") -> Document:
    """Return a document of paragraphs and headings (lines that begin with #)."""
    blocks, at = [], 0
    for line in text.split("\n"):
        kind = BlockKind.HEADING if line.startswith("#") else BlockKind.PARAGRAPH
        blocks.append(Block(kind=kind, start=at, end=at + len(line), level=1 if kind is BlockKind.HEADING else 0))
        at += len(line) + 1
    return Document(path=path, format="text", text=text, blocks=tuple(blocks), digest="0" * 64)


def operand(text: str, words: str, role: str, of: Document, nth: int = 1) -> Operand:
    """Return the nth occurrence of some words in a document as a figure in a role."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    end = start + len(words)
    fact = Fact(id=f"f{start}", start=start, end=end, text=words, kind=FactKind.QUANTITY, value=_quantity(words))
    return Operand(
        role=role, text=words, document=of.path, start=start, end=end, fact=fact, value=_quantity(words).value
    )


def _quantity(words: str) -> Quantity:
    return Quantity(raw=words, value=Decimal(words.replace(",", "")))


def rule(severity: Severity = Severity.ERROR, kind: ClaimKind = ClaimKind.SUM, name: str = "made-up") -> Rule:
    """Return a rule that judges a kind."""
    return Rule(
        id=name,
        pack="core",
        title="Made up",
        since="0.1.0",
        severity=severity,
        claim=kind,
        message="{stated} is not {computed}",
        why="Because.",
        repair="Mend it.",
        limits="None.",
    )


def outcome(
    of: Document,
    *operands: Operand,
    kind: ClaimKind = ClaimKind.SUM,
    verdict: Verdict = Verdict.CONTRADICTED,
    confidence: int = 95,
    by: Rule | None = None,
) -> Outcome:
    """Return a judged claim that stands on its first operand."""
    first = operands[0]
    claim = Claim(
        kind=kind,
        form="made",
        document=of.path,
        start=min(o.start for o in operands),
        end=max(o.end for o in operands),
        operands=operands,
        basis=Basis(cue="brackets", confidence=confidence),
    )
    return Outcome(
        claim=claim,
        rule=by if by is not None else rule(kind=kind),
        verdict=verdict,
        at=Span(document=of.path, start=first.start, end=first.end),
        equation=f"{first.text} and the rest",
        steps=("1 + 1 = 2",),
        fields={"stated": first.text, "computed": "another"},
        gap=Fraction(1),
    )


def facts_of(of: Document, *outcomes: Outcome) -> Facts:
    """Return the figures of some outcomes as everything read from a document."""
    found = {o.fact.id: o.fact for each in outcomes for o in each.claim.operands if o.fact is not None}
    return Facts(document=of, facts=tuple(sorted(found.values(), key=lambda f: f.start)), sentences=())
