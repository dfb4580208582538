"""Baseline and waivers at the command line: only new findings fail, and every acceptance has a reason and an end."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from audit.cli import run

WRONG = "The office helped 47 people (27 women and 40 men) in 2023.\n"
OTHER = "It held 12 courses for 9 women and 4 men: 30 people (12 women and 19 men).\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(WRONG, encoding="utf-8")
    return tmp_path


def finding_id(capfd: pytest.CaptureFixture[str], path: str = "report.txt") -> str:
    run(["check", path, "-f", "json"])
    return str(json.loads(capfd.readouterr().out)["findings"][0]["id"])


class TestBaseline:
    def test_known_findings_pass_and_new_ones_fail(self) -> None:
        assert run(["check", "report.txt"]) == 1
        assert run(["baseline", "report.txt"]) == 0
        assert run(["check", "report.txt", "--baseline", "addsup-baseline.json"]) == 0
        Path("report.txt").write_text(f"An introduction.\n\n{WRONG}", encoding="utf-8")
        assert run(["check", "report.txt", "--baseline", "addsup-baseline.json"]) == 0
        Path("report.txt").write_text(WRONG + "\n" + OTHER, encoding="utf-8")
        assert run(["check", "report.txt", "--baseline", "addsup-baseline.json"]) == 1

    def test_a_setting_names_the_baseline(self) -> None:
        Path("addsup.toml").write_text('baseline = "known.json"\n', encoding="utf-8")
        assert run(["baseline", "report.txt"]) == 0
        assert Path("known.json").exists()
        assert run(["check", "report.txt"]) == 0

    def test_a_file_that_is_no_baseline_is_refused(self, capfd: pytest.CaptureFixture[str]) -> None:
        Path("known.json").write_text("[]", encoding="utf-8")
        assert run(["check", "report.txt", "--baseline", "known.json"]) == 2
        assert "known.json: not a baseline" in capfd.readouterr().err

    def test_known_findings_are_counted_apart(self, capfd: pytest.CaptureFixture[str]) -> None:
        run(["baseline", "report.txt"])
        capfd.readouterr()
        run(["check", "report.txt", "--baseline", "addsup-baseline.json", "--quiet"])
        assert capfd.readouterr().out.splitlines()[-1].endswith("; 0 findings; 1 baselined")


class TestWaivers:
    def waive(self, ident: str, *more: str) -> int:
        return run(["waive", "report.txt", "--finding", ident, "--reason", "agreed", "--owner", "Ana", *more])

    def test_a_waived_finding_passes(self, capfd: pytest.CaptureFixture[str]) -> None:
        assert self.waive(finding_id(capfd)) == 0
        assert run(["check", "report.txt", "--waivers", "addsup-waivers.toml"]) == 0
        text = Path("addsup-waivers.toml").read_text(encoding="utf-8")
        assert 'owner = "Ana"' in text
        assert 'says = "47 is given as the total of 2 parts, but the parts give 67"' in text

    def test_it_lapses_when_its_figure_changes(self, capfd: pytest.CaptureFixture[str]) -> None:
        self.waive(finding_id(capfd))
        Path("report.txt").write_text(WRONG.replace("47", "57"), encoding="utf-8")
        capfd.readouterr()
        assert run(["check", "report.txt", "--waivers", "addsup-waivers.toml"]) == 2
        assert "addsup-waivers.toml:1: the waiver of" in capfd.readouterr().err

    def test_it_ends_after_its_day(self, capfd: pytest.CaptureFixture[str]) -> None:
        yesterday = date.today() - timedelta(days=1)
        self.waive(finding_id(capfd), "--until", yesterday.isoformat())
        capfd.readouterr()
        assert run(["check", "report.txt", "--waivers", "addsup-waivers.toml"]) == 2
        assert f"the waiver ended on {yesterday.isoformat()}" in capfd.readouterr().err

    def test_it_needs_a_reason_and_an_owner(self, capfd: pytest.CaptureFixture[str]) -> None:
        ident = finding_id(capfd)
        assert run(["waive", "report.txt", "--finding", ident, "--reason", "agreed"]) == 2
        assert "needs --reason and --owner" in capfd.readouterr().err
        assert not Path("addsup-waivers.toml").exists()

    def test_a_second_waiver_is_added_below_the_first(self, capfd: pytest.CaptureFixture[str]) -> None:
        Path("more.txt").write_text(OTHER, encoding="utf-8")
        ident = finding_id(capfd, "more.txt")
        self.waive(finding_id(capfd))
        Path("addsup-waivers.toml").write_text("# ours\n" + Path("addsup-waivers.toml").read_text(encoding="utf-8"))
        assert run(["waive", "more.txt", "--finding", ident, "--reason", "x", "--owner", "y"]) == 0
        assert Path("addsup-waivers.toml").read_text(encoding="utf-8").startswith("# ours\n[[waiver]]")
        assert run(["check", "report.txt", "more.txt", "--waivers", "addsup-waivers.toml"]) == 0

    def test_decisions_from_the_page_become_waivers(self, capfd: pytest.CaptureFixture[str]) -> None:
        run(["check", "report.txt", "-f", "json"])
        print_ = json.loads(capfd.readouterr().out)["findings"][0]["fingerprint"]
        rows = [{"fingerprint": print_, "decision": "not-an-error", "reason": "two groups overlap", "owner": "Ana"}]
        Path("decisions.json").write_text(json.dumps({"decisions": rows}), encoding="utf-8")
        assert run(["waive", "report.txt", "--decisions", "decisions.json"]) == 0
        assert run(["check", "report.txt", "--waivers", "addsup-waivers.toml"]) == 0

    def test_every_fault_of_a_waiver_file_has_its_line(self, capfd: pytest.CaptureFixture[str]) -> None:
        text = '[[waiver]]\nfinding = "0123456789"\nresaon = "x"\nuntil = "soon"\n'
        Path("w.toml").write_text(text, encoding="utf-8")
        assert run(["check", "report.txt", "--waivers", "w.toml"]) == 2
        assert capfd.readouterr().err.splitlines() == [
            'addsup: w.toml:1: unknown key "resaon"; did you mean "reason"?',
            'addsup: w.toml:1: "until" must be a day, as until = 2027-01-31',
            'addsup: w.toml:1: a waiver needs "reason"; say why the finding is accepted',
            'addsup: w.toml:1: a waiver needs "owner"; say who answers for it',
        ]


class TestInline:
    COMMENT = "<!-- addsup: waive core/parts-unequal-total, reason: the groups overlap, owner: Ana -->"

    def test_a_comment_on_its_own_line_covers_the_block_below(self) -> None:
        Path("report.md").write_text(f"# Report\n\n{self.COMMENT}\n\n{WRONG}", encoding="utf-8")
        assert run(["check", "report.md"]) == 0

    def test_it_covers_no_other_block(self) -> None:
        Path("report.md").write_text(f"{self.COMMENT}\n\n{WRONG}\n\n{OTHER}", encoding="utf-8")
        assert run(["check", "report.md"]) == 1

    def test_a_comment_inside_a_block_covers_it(self) -> None:
        Path("report.md").write_text(f"# Report\n\n{WRONG.strip()} {self.COMMENT}\n", encoding="utf-8")
        assert run(["check", "report.md"]) == 0

    def test_it_needs_a_reason(self, capfd: pytest.CaptureFixture[str]) -> None:
        Path("report.md").write_text(f"{WRONG}\n<!-- addsup: waive core/parts-unequal-total -->\n", encoding="utf-8")
        assert run(["check", "report.md"]) == 2
        assert "report.md:3: a waiver needs a reason" in capfd.readouterr().err

    def test_one_that_covers_nothing_is_a_fault(self, capfd: pytest.CaptureFixture[str]) -> None:
        Path("report.md").write_text(f"{self.COMMENT}\n\nAll is well.\n", encoding="utf-8")
        assert run(["check", "report.md"]) == 2
        assert "report.md:1: the waiver of core/parts-unequal-total matches no finding" in capfd.readouterr().err

    @pytest.mark.parametrize("shown", ["`{}`", "```\n{}\n```", "~~~\n{}\n~~~"])
    def test_a_comment_that_is_only_shown_waives_nothing(self, shown: str) -> None:
        Path("report.md").write_text(f"Write this:\n\n{shown.format(self.COMMENT)}\n\nAll is well.\n", encoding="utf-8")
        assert run(["check", "report.md"]) == 0
        Path("report.md").write_text(f"{shown.format(self.COMMENT)}\n\n{WRONG}\n", encoding="utf-8")
        assert run(["check", "report.md"]) == 1

    def test_it_works_in_html(self) -> None:
        Path("report.html").write_text(f"<h1>Report</h1>\n{self.COMMENT}\n<p>{WRONG}</p>\n", encoding="utf-8")
        assert run(["check", "report.html"]) == 0


def test_so_many_findings_may_pass() -> None:
    assert run(["check", "report.txt", "--max-findings", "1"]) == 0
    assert run(["check", "report.txt", "--max-findings", "0"]) == 1
