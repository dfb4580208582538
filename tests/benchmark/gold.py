"""Gold: how many of the claims that close reading found in a document the audit finds too, and judges alike.

    python tests/benchmark/gold.py CORPUS

CORPUS holds `gold/<name>.claims.jsonl` (one claim a line), the documents by the same names under `corpus/docs/` or
`sample/`, and the scorer `score/score.py`; traps are read from `gold/<name>.traps.jsonl` where they are present.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from audit.pipeline import Limits, check
from audit.report.record import record
from audit.rulefiles import load_rules

if TYPE_CHECKING:
    from types import ModuleType


def scorer(path: Path) -> ModuleType:
    """Return the scorer of a corpus as a module."""
    spec = importlib.util.spec_from_file_location("corpus_scorer", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path}: no scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def document_of(corpus: Path, name: str) -> Path | None:
    """Return the document a gold file is about; "gao-1-md" is `gao-1-md.md`."""
    found = [p for folder in ("sample", "corpus/docs") for p in sorted((corpus / folder).glob(f"{name}.*"))]
    return found[0] if found else None


def main() -> None:
    """Print a row for each document that has gold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    corpus: Path = parser.parse_args().corpus
    module: Any = scorer(corpus / "score" / "score.py")
    rules = load_rules(("core",))
    head = ("document", "claims", "core", "all", "agree", "errors of the text", "alarms")
    print("{:28s} {:>6s} {:>7s} {:>7s} {:>7s} {:>19s} {:>7s}".format(*head))
    for gold in sorted((corpus / "gold").glob("*.claims.jsonl")):
        name = gold.name.removesuffix(".claims.jsonl")
        document = document_of(corpus, name)
        if document is None:
            continue
        traps = gold.with_name(f"{name}.traps.jsonl")
        result = module.score(
            record(check([str(document)], rules, Limits())),
            module.lines(gold),
            module.lines(traps) if traps.exists() else (),
        )
        detected = f"{result['detected']} of {result['bad']}"
        alarms = len(result["alarms"]) + len(result["traps"])
        print(
            f"{name[:28]:28s} {result['gold']:6d} {result['core_recall']:7.1%} {result['recall']:7.1%}"
            f" {result['agreement']:7.1%} {detected:>19s} {alarms:7d}"
        )


if __name__ == "__main__":
    main()
