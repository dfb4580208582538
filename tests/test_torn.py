"""Torn sentences: no order of words, figures and marks crashes the audit or leaves a figure without its state."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from audit.pipeline import audit
from audit.read.limits import Limits
from audit.read.text import read
from audit.rulefiles import load_rules

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [ROOT / "reports/cmw-c-mex-qpr-4/input.txt", *sorted((ROOT / "rules/core").rglob("*.yaml"))]
STRAY = ["(", ")", ",", ":", "–", "and", "of", "of whom", "including", "12", "4.5", "34 per cent", "(7)", "$3", "1,234"]
SENTENCES = [
    sentence.strip()
    for source in SOURCES
    for sentence in re.split(r"(?<=[.;])\s+|\n", source.read_text("utf-8"))
    if re.search(r"\d", sentence) and 20 < len(sentence) < 400
]


def torn(sentence: str, chance: random.Random) -> str:
    """Return a sentence with one to four of its words taken out, replaced, or joined by a stray one."""
    words = sentence.split()
    for _ in range(chance.randrange(1, 5)):
        at, how = chance.randrange(len(words)), chance.random()
        if how < 0.6 and len(words) > 3:
            del words[at]
        elif how < 0.8:
            words[at] = chance.choice(STRAY)
        else:
            words.insert(at, chance.choice(STRAY))
    return " ".join(words)


@pytest.mark.parametrize("seed", range(6))
def test_torn_sentences_are_read_to_their_end(seed: int) -> None:
    chance = random.Random(seed)
    text = "\n\n".join(torn(chance.choice(SENTENCES), chance) for _ in range(300))
    document = read("torn.txt", text.encode(), Limits())
    run = audit([document], load_rules(("core",)))
    states = run.states()
    (facts,) = run.facts
    assert len(facts.facts) > 300
    assert all(states[document.path, fact.id][1] for fact in facts.facts)  # each with its reason
    assert all(0 <= f.at.start < f.at.end <= len(document.text) for f in run.findings)


@pytest.mark.parametrize("seed", range(3))
def test_sentences_that_break_off_are_read_to_their_end(seed: int) -> None:
    chance = random.Random(seed)
    cut = [words[: chance.randrange(2, len(words) + 1)] for s in SENTENCES if len(words := s.split()) > 2]
    run = audit([read("cut.txt", "\n\n".join(map(" ".join, cut)).encode(), Limits())], load_rules(("core",)))
    (facts,) = run.facts
    assert len(facts.facts) > len(cut)
