"""Settling: duplicates, severities, causes, fingerprints, baseline and waivers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from runs import document, facts_of, operand, outcome, rule, run_of

from audit.claims import ClaimKind
from audit.findings import Run, Status, Verdict
from audit.rules import Severity
from audit.settle import Waiver, distinct, hold, settle

if TYPE_CHECKING:
    from audit.findings import Outcome
    from audit.model import Document

TEXT = "# Cases\nOf 47 cases 27 were new and 40 old."
TODAY = date(2026, 3, 1)


def settled(of: Document, *outcomes: Outcome) -> Run:
    kept = distinct(outcomes)
    return settle(documents=[of], facts=[facts_of(of, *kept)], rules=(), outcomes=kept)


def three(of: Document) -> list:  # type: ignore[type-arg]
    return [operand(TEXT, "47", "total", of), operand(TEXT, "27", "part", of), operand(TEXT, "40", "part", of)]


class TestDuplicates:
    def test_a_sum_and_a_difference_of_the_same_figures_are_one_relation(self) -> None:
        of = document(TEXT)
        total, new, old = three(of)
        weak = outcome(of, total, new, old, confidence=80)
        strong = outcome(of, old, total, new, kind=ClaimKind.DIFFERENCE, confidence=95)
        assert distinct([weak, strong]) == (strong,)
        assert distinct([strong, weak]) == (strong,)

    def test_a_subset_of_the_same_figures_is_another_relation(self) -> None:
        of = document(TEXT)
        total, new, _ = three(of)
        both = [outcome(of, total, new), outcome(of, total, new, kind=ClaimKind.SUBSET)]
        assert len(distinct(both)) == 2

    def test_a_claim_with_a_rule_wins_over_one_that_no_rule_covers(self) -> None:
        of = document(TEXT)
        total, new, old = three(of)
        ruled = outcome(of, total, new, old, confidence=70)
        bare = outcome(of, total, new, old, kind=ClaimKind.FOOTING, confidence=99)
        object.__setattr__(bare, "rule", None)
        assert distinct([bare, ruled]) == (ruled,)

    def test_outcomes_stand_in_the_order_of_the_text(self) -> None:
        of = document(TEXT)
        total, new, old = three(of)
        late, early = outcome(of, new, old), outcome(of, total, new)
        assert distinct([late, early]) == (early, late)


class TestSeverity:
    @pytest.mark.parametrize(
        ("confidence", "severity"),
        [(100, "error"), (90, "error"), (89, "warning"), (70, "warning"), (69, "note"), (40, "note")],
    )
    def test_confidence_caps_the_severity_of_the_rule(self, confidence: int, severity: str) -> None:
        of = document(TEXT)
        (finding,) = settled(of, outcome(of, *three(of), confidence=confidence)).findings
        assert finding.severity.value == severity

    def test_below_forty_there_is_an_outcome_but_no_finding(self) -> None:
        of = document(TEXT)
        run = settled(of, outcome(of, *three(of), confidence=39))
        assert run.findings == ()
        assert [each.verdict for each in run.outcomes] == [Verdict.CONTRADICTED]
        assert {state.value for state, _ in run.states().values()} == {"unchecked"}

    def test_a_rule_may_ask_for_less_than_the_evidence_allows(self) -> None:
        of = document(TEXT)
        (finding,) = settled(of, outcome(of, *three(of), by=rule(Severity.NOTE))).findings
        assert finding.severity is Severity.NOTE

    def test_a_cut_figure_is_a_warning_however_sure(self) -> None:
        of = document(TEXT)
        cut = outcome(of, *three(of), verdict=Verdict.TRUNCATION_ONLY, confidence=100)
        assert settled(of, cut).findings[0].severity is Severity.WARNING

    @pytest.mark.parametrize(
        "verdict", [Verdict.EXACT, Verdict.WITHIN_ROUNDING, Verdict.UNDECIDED, Verdict.NOT_CHECKABLE]
    )
    def test_only_a_contradiction_speaks(self, verdict: Verdict) -> None:
        of = document(TEXT)
        assert settled(of, outcome(of, *three(of), verdict=verdict)).findings == ()

    def test_a_message_is_filled_with_texts_and_nothing_else(self) -> None:
        of = document(TEXT)
        (finding,) = settled(of, outcome(of, *three(of))).findings
        assert finding.message == "47 is not another"


class TestCauses:
    def test_two_relations_that_fail_on_one_figure_are_one_finding_with_both_places(self) -> None:
        text = "The 47 cases: 27 new, 40 old.\nAlso 30 open and 20 shut."
        of = document(text)
        total = operand(text, "47", "total", of)
        first = outcome(of, total, operand(text, "27", "part", of), operand(text, "40", "part", of), confidence=95)
        second = outcome(of, total, operand(text, "30", "part", of), operand(text, "20", "part", of), confidence=80)
        (finding,) = settled(of, second, first).findings
        assert finding.severity is Severity.ERROR
        assert finding.outcome == first
        assert finding.steps == ("1 + 1 = 2",)
        assert [text[span.start : span.end] for span in finding.also] == [text[4:-6]]

    def test_findings_on_two_figures_stay_two(self) -> None:
        text = "Of 47 cases 27 and 40; of 12 people 7 and 6."
        of = document(text)
        first = outcome(of, *(operand(text, words, "part", of) for words in ("47", "27", "40")))
        second = outcome(of, operand(text, "12", "total", of), operand(text, "6", "part", of))
        assert len(settled(of, first, second).findings) == 2

    def test_a_figure_that_is_no_number_and_the_sum_it_breaks_are_one_finding(self) -> None:
        for text in ("Of 30,343 guests, 19,8808 were women and 10,463 men.\n", "Of 47 cases 27 were new and 20 old.\n"):
            assert len(run_of(text).findings) == ("8808" in text)


WRONG = "Of 47 cases (27 new and 40 old) some were closed.\n"


class TestFingerprints:
    def test_text_added_elsewhere_does_not_change_them(self) -> None:
        before = run_of(f"Results\n\n1. {WRONG}\n2. The end.\n").findings
        after = run_of(
            f"Results\n\n1. New: 5 men (2 tall and 3 short).\n\n2. {WRONG}\n3. Another line.\n4. The end.\n"
        ).findings
        assert [f.fingerprint for f in before] == [f.fingerprint for f in after]
        assert len(before) == 1

    def test_another_file_name_does_not_change_them(self) -> None:
        assert run_of(WRONG, "a.txt").findings[0].fingerprint == run_of(WRONG, "b.txt").findings[0].fingerprint

    def test_a_changed_figure_changes_them(self) -> None:
        before, after = run_of(WRONG), run_of(WRONG.replace("47", "48"))
        assert before.findings[0].fingerprint != after.findings[0].fingerprint

    def test_findings_that_read_alike_are_told_apart(self) -> None:
        prints = [f.fingerprint for f in run_of(WRONG + "\n" + WRONG).findings]
        assert len(prints) == len(set(prints)) == 2


class TestHolds:
    def test_a_known_finding_is_baselined_and_a_new_one_open(self) -> None:
        run = run_of(WRONG + "\nOf 12 cases (5 new and 6 old) some were closed.\n")
        held, faults = hold(run, {run.findings[0].fingerprint}, (), TODAY)
        assert [f.status for f in held.findings] == [Status.BASELINED, Status.OPEN]
        assert faults == ()

    def test_a_waiver_names_a_finding_by_the_head_of_its_fingerprint(self) -> None:
        run = run_of(WRONG)
        waiver = Waiver(reason="known", origin="w:1", finding=run.findings[0].fingerprint[:8])
        held, faults = hold(run, (), [waiver], TODAY)
        assert [f.status for f in held.findings] == [Status.WAIVED]
        assert faults == ()

    def test_a_waiver_ends_after_its_day(self) -> None:
        run = run_of(WRONG)
        waiver = Waiver(reason="known", origin="w:1", finding=run.findings[0].fingerprint, until=date(2026, 2, 28))
        held, faults = hold(run, (), [waiver], TODAY)
        assert [f.status for f in held.findings] == [Status.OPEN]
        assert faults == ("w:1: the waiver ended on 2026-02-28; mend the finding or renew it",)

    def test_a_waiver_holds_on_its_last_day(self) -> None:
        run = run_of(WRONG)
        waiver = Waiver(reason="known", origin="w:1", finding=run.findings[0].fingerprint, until=TODAY)
        assert hold(run, (), [waiver], TODAY)[0].findings[0].status is Status.WAIVED

    def test_a_waiver_that_matches_nothing_is_a_fault(self) -> None:
        waiver = Waiver(reason="known", origin="w:7", finding="0123456789ab", document="report.txt")
        assert hold(run_of(WRONG), (), [waiver], TODAY)[1] == (
            "w:7: the waiver of 0123456789ab matches no finding; its figure changed or was mended: remove it",
        )

    def test_a_waiver_for_a_document_that_was_not_read_is_left_alone(self) -> None:
        waiver = Waiver(reason="known", origin="w:7", finding="0123456789ab", document="annex.txt")
        assert hold(run_of(WRONG), (), [waiver], TODAY)[1] == ()
