"""Alarms: how many findings a folder of documents gets for every 10,000 words, and which of them were read.

    python tests/benchmark/alarms.py PATH... [--list]

Every finding that somebody has read in its sentence stands in `reviewed.jsonl` beside this script with a verdict:
`real`, or `false` with the reason. A finding that is not in the list is counted as unread.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from audit.cli.paths import files_of
from audit.errors import ReadError
from audit.pipeline import Limits, audit
from audit.read import read
from audit.rulefiles import load_rules

if TYPE_CHECKING:
    from audit.findings import Finding, Run

REVIEWED = Path(__file__).with_name("reviewed.jsonl")


def reviewed() -> dict[tuple[str, str, str], str]:
    """Return the verdict of each finding that was read, by file name, rule and message."""
    lines = REVIEWED.read_text("utf-8").splitlines() if REVIEWED.exists() else []
    entries = [json.loads(line) for line in lines if line.strip()]
    return {(e["file"], e["rule"], e["message"]): e["verdict"] for e in entries}


def entry(run: Run, finding: Finding) -> dict[str, str]:
    """Return a finding as a line of the list, without its verdict; the quote is cut to twenty words."""
    document = next(d for d in run.documents if d.path == finding.at.document)
    place = document.place(finding.at.start, finding.at.end)
    around = document.text[max(0, finding.at.start - 60) : finding.at.end + 60].split()
    return {
        "file": Path(document.path).name,
        "place": place.paragraph or place.cell or (f"page {place.page}" if place.page else place.heading[:40]),
        "rule": finding.rule.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "quote": " ".join(around[1:-1][:20]),
    }


def main() -> None:
    """Print the findings of a corpus for every 10,000 words, and how those that were read turned out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--list", action="store_true", help="print the findings that nobody has read")
    options = parser.parse_args()
    rules, known = load_rules(("core",)), reviewed()
    words, documents = 0, 0
    counts: Counter[str] = Counter()
    read_so_far: Counter[tuple[str, str]] = Counter()
    for path in files_of(options.paths):
        try:
            document = read(path, Limits())
        except ReadError:
            continue
        run = audit([document], rules)
        words, documents = words + document.words, documents + 1
        for finding in run.findings:
            line = entry(run, finding)
            severity = line["severity"]
            counts[severity] += 1
            verdict = known.get((line["file"], line["rule"], line["message"]), "unread")
            read_so_far[severity, verdict] += 1
            if options.list and verdict == "unread":
                print(json.dumps(line, ensure_ascii=False))
    print(f"{documents} documents, {words:,} words")
    for severity in ("error", "warning", "note"):
        parts = {v: read_so_far[severity, v] for v in ("real", "false", "unread")}
        rate = counts[severity] * 10_000 / max(1, words)
        print(f"{severity:8s} {counts[severity]:4d}  {rate:6.2f} for every 10,000 words  {parts}")


if __name__ == "__main__":
    main()
