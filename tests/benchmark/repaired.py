"""Repairs: how often the printed value is offered for a seeded error, in single relations and in real documents.

    python tests/benchmark/repaired.py [PATH...] [--per-document N] [--seed S] [--single N] [--lost]

Errors are those of `seeded.py`. Of the errors that are flagged, leading means that the right value of the right figure
is among the suggestions that are not called less likely, first that it is the first of them, and named that it is the
only one; `named` has two numbers, how often one figure is named alone and how often rightly. Single relations are made
here: sums, differences, shares, subsets and small tables.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from seeded import candidates, typed_wrong, with_error, with_text

from audit.errors import ReadError
from audit.pipeline import Limits, audit
from audit.read import read, read_bytes
from audit.rulefiles import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.findings import Finding, Suggestion
    from audit.model import Document
    from audit.rules import Rule

_LESS = "less likely"


class Seeded(NamedTuple):
    """One error: what was printed (`true`) and is now (`wrong`), both texts, and the findings that are new."""

    kind: str
    start: int
    true: str
    wrong: str
    right: str
    made: str
    findings: list[Finding]

    def show(self) -> None:
        """Print the error in its sentence with everything that was suggested."""
        end = self.start + len(self.wrong)
        before, after = self.made[max(0, self.start - 120) : self.start], self.made[end : end + 120]
        print(f"  {self.kind}: {self.true} -> {self.wrong} | {before}[[{self.wrong}]]{after}".replace("\n", " "))
        for found in self.findings:
            print(f"      {found.rule.name} {found.outcome.equation or found.message}")
            for offer in found.suggestions:
                print(f"        {offer.old} -> {offer.new} ({offer.why})")


class Tally:
    """Counts of one kind of relation: flagged, offered, leading, first, named alone, named rightly."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self.counts = [0] * 7

    def add(self, right_text: str, wrong_text: str, findings: list[Finding]) -> bool:
        """Count one seeded error; return whether the right change leads and no wrong one is named alone."""
        offers = [s for f in findings for s in f.suggestions]
        right = [wrong_text[: s.start] + s.new + wrong_text[s.end :] == right_text for s in offers]
        leads = any(ok and not s.why.startswith(_LESS) for s, ok in zip(offers, right, strict=True))
        alone = len({_named(s) for s in offers}) == 1
        for i, seen in enumerate(
            (True, bool(findings), any(right), leads, right[:1] == [True], alone, alone and right[0])
        ):
            self.counts[i] += seen
        return (leads or not findings) and (right[0] if alone else True)

    def line(self, kind: str) -> str:
        """Return the counts as a line of the table."""
        seeded, flagged, offered, leading, first, alone, named = self.counts

        def share(part: int, whole: int) -> str:
            return f"{part / whole:.1%}" if whole else "-"

        return (
            f"{kind:20s} {seeded:7d} {share(flagged, seeded):>8s} {share(offered, flagged):>8s} "
            f"{share(leading, flagged):>8s} {share(first, flagged):>8s} {alone:6d} {share(named, alone):>8s}"
        )


def _named(suggestion: Suggestion) -> tuple[int, str]:
    return suggestion.start, suggestion.new


def single(chance: random.Random) -> tuple[str, str, list[str]]:
    """Return (kind, text, figures to choose from): one relation that is right."""
    kind = chance.choice(("sum", "sum", "difference", "share", "subset", "table"))
    size = 10 ** chance.choice((2, 3, 4, 5))

    def number() -> int:
        return chance.randrange(size // 10, size)

    a, b, c = number(), number(), number()
    if kind == "sum":
        names = ["women", "men", "children"][: chance.choice((2, 2, 3))]
        parts = [a, b, c][: len(names)]
        said = [f"{n:,} {name}" for n, name in zip(parts, names, strict=True)]
        listed = f"{', '.join(said[:-1])} and {said[-1]}"
        return (
            kind,
            f"The office registered {sum(parts):,} people ({listed}).",
            [f"{n:,}" for n in (sum(parts), *parts)],
        )
    if kind == "difference":
        old, new = sorted((a, a + b))
        text = f"The number of applications rose by {b:,}, from {old:,} in 2021 to {new:,} in 2022."
        return kind, text, [f"{n:,}" for n in (b, old, new)]
    if kind == "share":
        part, whole = sorted((a, a + b))
        share = f"{100 * part / whole:.1f}"
        return kind, f"Of {whole:,} applications, {part:,} ({share} per cent) were granted.", [
            f"{whole:,}", f"{part:,}", share,
        ]  # fmt: skip
    if kind == "subset":
        part, whole = sorted((a, a + b))
        return kind, f"The court received {whole:,} cases, of which {part:,} were closed.", [f"{whole:,}", f"{part:,}"]
    rows = [[number() for _ in range(3)] for _ in range(chance.choice((2, 3, 4)))]
    rows = [[*row, sum(row)] for row in rows]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    names = [*["North", "South", "East", "West"][: len(rows) - 1], "Total"]
    head = "| Region | 2020 | 2021 | 2022 | Total |\n| --- | --- | --- | --- | --- |\n"
    body = "\n".join(f"| {n} | {' | '.join(f'{v:,}' for v in r)} |" for n, r in zip(names, rows, strict=True))
    return kind, f"{head}{body}\n", [f"{v:,}" for row in rows for v in row]


def singles(count: int, seed: int, rules: tuple[Rule, ...]) -> Iterator[Seeded]:
    """Yield made relations with one error each."""
    chance = random.Random(seed)
    for _ in range(count):
        kind, text, figures = single(chance)
        document = read_bytes("made.md", text.encode(), Limits())
        index = chance.randrange(len(figures))
        start = -1
        for figure in figures[: index + 1]:
            start = _next(document.text, figure, start + 1 if kind == "table" else 0)
        true = figures[index]
        wrong = typed_wrong(true, chance)
        made = with_text(document, start, start + len(true), wrong)
        run = audit([made], rules)
        hits = [f for f in run.findings if f.severity.value != "note"]
        yield Seeded(f"single {kind}", start, true, wrong, document.text, made.text, hits)


def _next(text: str, figure: str, after: int) -> int:
    at = text.find(figure, after)
    while text[at - 1 : at] in tuple("0123456789,.") or text[at + len(figure)] in "0123456789":
        at = text.find(figure, at + 1)
    return at


def real(document: Document, count: int, chance: random.Random, rules: tuple[Rule, ...]) -> Iterator[Seeded]:
    """Yield a document with one error each in its verified claims."""
    clean = audit([document], rules)
    found = candidates(clean)
    for kind, operand in chance.sample(found, min(count, len(found))):
        wrong, seeded, _, hits = with_error(clean, document, operand, chance, rules)
        yield Seeded(f"real {kind}", operand.start, operand.text, wrong, document.text, seeded.text, hits)


def main() -> None:
    """Print how often the printed value is offered, by kind of relation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--per-document", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--single", type=int, default=600)
    parser.add_argument("--lost", action="store_true")
    options = parser.parse_args()
    rules = tuple(load_rules(("core",)))
    table: dict[str, Tally] = defaultdict(Tally)
    seen = [singles(options.single, options.seed, rules)]
    for path in options.paths:
        try:
            document = read(path, Limits())
        except ReadError as fault:
            print(f"left out: {fault}", file=sys.stderr)
            continue
        seen.append(real(document, options.per_document, random.Random(f"{options.seed}:{Path(path).name}"), rules))
    for source in seen:
        for case in source:
            leads = table[case.kind].add(case.right, case.made, case.findings)
            table[f"all {case.kind.split()[0]}"].add(case.right, case.made, case.findings)
            if options.lost and not leads:
                case.show()
    print(f"{'kind':20s} {'seeded':>7s} {'flagged':>8s} {'offered':>8s} {'leading':>8s} {'first':>8s} {'named':>15s}")
    for kind, tally in sorted(table.items()):
        print(tally.line(kind))


if __name__ == "__main__":
    main()
