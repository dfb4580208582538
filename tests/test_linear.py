"""The cost of a check grows with the text and not with its square, for reports and for texts made to hurt."""

from __future__ import annotations

import time

import pytest

from audit.pipeline import audit
from audit.read.limits import Limits
from audit.read.text import read
from audit.rulefiles import load_rules

RULES = load_rules(("core",))
FLOOR = 0.03  # seconds of processor time below which nothing can be measured


def spent(text: str) -> float:
    document = read("text.txt", text.encode(), Limits())
    start = time.process_time()
    audit([document], RULES)
    return time.process_time() - start


@pytest.mark.parametrize(
    "piece",
    [
        "one ",
        "12, ",
        "3 cats and 4 dogs, ",
        "(3 women ",
        "5 of the 6 ",
        "rose from 5 to 6, ",
        "5 per cent (3), ",
        "Of 5 men, 3 were old. ",
        ", ".join(["3 cats"] * 150) + ". ",
        "On 4 May 2023, see paragraph 7; ",
    ],
    ids=lambda piece: piece[:20],
)
def test_eight_times_the_text_is_about_eight_times_the_work(piece: str) -> None:
    size = 8_000 // len(piece)
    spent(piece * 50)
    small, large = spent(piece * size), spent(piece * size * 8)
    assert large < 20 * max(small, FLOOR)
