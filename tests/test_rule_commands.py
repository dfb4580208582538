"""`addsup rules`, `explain` and `docs` as a rule author meets them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from audit.cli import run

if TYPE_CHECKING:
    from pathlib import Path

SAYS = "90 is printed, the parts make 67"
RULE = """\
id: house-total
title: Total of the house differs from its parts
since: 0.1.0
severity: warning
claim: sum
message: "{stated} is printed, the parts make {computed}"
why: A total is read first.
repair: Correct it.
limits: Needs a bracket.
flags:
  - name: bracket
    text: |
      The programme reached 47 people (27 women and 40 men).
    findings:
      - at: "47"
        says: 47 is printed, the parts make 67
  - name: longer bracket
    text: |
      The programme reached 90 people (27 women and 40 men).
    findings:
      - at: "90"
        says: 90 is printed, the parts make 67
passes:
  - name: bracket
    text: |
      The programme reached 67 people (27 women and 40 men).
  - name: no total
    text: |
      The programme reached 27 women and 40 men.
"""


class Shell:
    """Runs commands in this process and keeps what they wrote."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self._capture = capture

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        self._capture.readouterr()
        code = run(arguments)
        out, err = self._capture.readouterr()
        return code, out.decode(), err.decode()


@pytest.fixture
def shell(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Shell(capsysbinary)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "house-total.yaml").write_text(RULE, encoding="utf-8")
    return folder


def test_list_names_every_rule_with_its_severity(shell: Shell) -> None:
    code, out, _ = shell("rules", "list", "--pack", "core")
    assert code == 0
    assert "core/share-truncated" in out
    assert [line.split()[1] for line in out.splitlines() if "core/share-truncated" in line] == ["warning"]


def test_show_and_explain_print_the_manual_entry(shell: Shell) -> None:
    code, out, _ = shell("rules", "show", "core/parts-unequal-total")
    assert code == 0
    assert out.startswith("# core/parts-unequal-total\n\nTotal does not equal its parts.\n")
    assert "- `47`: 47 is given as the total of 2 parts, but the parts give 67" in out
    assert shell("explain", "parts-unequal-total")[1] == out


def test_a_user_rule_passes_its_own_test(shell: Shell, house: Path) -> None:
    code, out, err = shell("rules", "test", str(house / "house-total.yaml"))
    assert (code, out) == (0, "")
    assert "4 examples, 1 verified claim, 0 of them silent when a digit is changed; 0 faults" in err


def test_a_pack_of_an_installed_distribution_is_listed_tested_and_asked(
    shell: Shell, house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "__init__.py").write_text("raise RuntimeError('a pack is data, and never imported')\n")
    house.rename(tmp_path / "acme" / "house")
    (tmp_path / "acme" / "house" / "pack.yaml").write_text("title: Acme\ndescription: Rules of the house.\n")
    (tmp_path / "r.txt").write_text("The union reached 47 staff (27 women and 40 men).\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert shell("rules", "test", "acme:house/house-total")[:2] == (0, "")
    code, out, err = shell("rules", "test", "--pack", "acme:house")
    assert (code, out) == (0, "")
    assert err.startswith("addsup: 4 examples, ")
    code, out, _ = shell("check", str(tmp_path / "r.txt"), "-p", "acme:house", "-q")
    assert (code, "warning house/house-total: 47 is printed, the parts make 67" in out) == (0, True)
    said = 'no pack "acme:hous": no folder "hous" in an installed package "acme"'
    assert said in shell("rules", "list", "--pack", "acme:hous")[2]


def test_a_wrong_expectation_is_named_with_its_line(shell: Shell, house: Path) -> None:
    path = house / "house-total.yaml"
    path.write_text(RULE.replace("says: 90 is printed, the parts make 67", "says: 90 is printed, the parts make 66"))
    code, out, _ = shell("rules", "test", str(path))
    assert code == 1
    assert out.splitlines() == [
        f'{path}:17: flags longer bracket: expected warning at "90": 90 is printed, the parts make 66',
        f'{path}:17: flags longer bracket: not expected: warning house/house-total at "90": {SAYS}',
    ]


def test_a_pass_that_is_reported_is_named(shell: Shell, house: Path) -> None:
    path = house / "house-total.yaml"
    path.write_text(RULE.replace("reached 67 people", "reached 68 people"))
    code, out, _ = shell("rules", "test", str(path))
    assert code == 1
    assert (
        f"{path}:24: passes bracket: not expected: warning house/house-total at "
        '"68": 68 is printed, the parts make 67' in out
    )


def test_a_broken_file_names_place_and_next_step(shell: Shell, house: Path) -> None:
    path = house / "house-total.yaml"
    path.write_text(RULE.replace("severity:", "severety:"))
    code, out, err = shell("rules", "test", str(path))
    assert (code, out) == (2, "")
    assert f'{path}:4:1: unknown key "severety"; did you mean "severity"?' in err


def test_try_shows_figures_claims_and_findings(shell: Shell, house: Path) -> None:
    path = str(house / "house-total.yaml")
    code, out, _ = shell("rules", "try", path, "--text", "The office has 47 staff (27 women and 40 men).")
    assert code == 0
    assert "figure   47  quantity  staff" in out
    assert "claim    sum (bracket), sure" in out
    assert 'finding  warning house/house-total at "47": 47 is printed, the parts make 67' in out


def test_new_writes_a_file_that_loads_and_never_overwrites(shell: Shell, tmp_path: Path) -> None:
    target = tmp_path / "some-fault.yaml"
    assert shell("rules", "new", str(tmp_path / "some-fault"), "--claim", "share")[0] == 0
    text = target.read_text()
    assert "claim: share" in text
    # The fields stand beside the message and not in it, where they would be printed in braces.
    assert "# a message may say {" in text.split("message:")[0]
    assert "{{" not in text
    assert shell("rules", "show", str(target))[0] == 0
    code, _, err = shell("rules", "new", str(tmp_path / "some-fault"), "--claim", "sum")
    assert code == 2
    assert "there is a rule of this name" in err


def test_a_statement_has_nothing_to_try_and_says_so(shell: Shell, tmp_path: Path) -> None:
    shell("rules", "new", str(tmp_path / "some-total"), "--statement")
    code, out, err = shell("rules", "try", str(tmp_path / "some-total"))
    assert (code, out) == (0, "")
    assert "has no examples; add --text TEXT, or run `addsup check REPORT --pack " in err


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("core/Some_Fault", "--claim", "sum"), '"Some_Fault" is no rule id'),
        (("core/some-fault", "--claim", "sums"), 'no claim kind "sums"; did you mean "sum"?'),
        (("nowhere/some-fault", "--claim", "sum"), "nowhere: no such folder"),
    ],
)
def test_new_refuses_with_the_next_step(shell: Shell, arguments: tuple[str, ...], fault: str) -> None:
    code, out, err = shell("rules", "new", *arguments)
    assert (code, out) == (2, "")
    assert fault in err


def test_schema_is_a_schema_of_rule_files(shell: Shell) -> None:
    code, out, _ = shell("rules", "schema")
    assert code == 0
    schema = json.loads(out)
    kinds = (schema["then"], schema["else"]["then"], schema["else"]["else"])  # statements, rules of form, general rules
    assert [kind["required"][0] for kind in kinds] == ["id", "id", "id"]


def test_kinds_name_the_fields(shell: Shell) -> None:
    lines = shell("rules", "kinds")[1].splitlines()
    assert next(line for line in lines if line.startswith("share ")).split(None, 1)[1] == (
        "computed, form, part, quote, stated, whole"
    )


def test_explain_shows_a_finding_of_a_report(shell: Shell, tmp_path: Path) -> None:
    text, report = tmp_path / "text.txt", tmp_path / "report.json"
    text.write_text("The office has 47 staff (27 women and 40 men).")
    assert shell("check", str(text), "-f", "json", "-o", str(report))[0] == 1
    finding = json.loads(report.read_text())["findings"][0]
    code, out, _ = shell("explain", finding["fingerprint"][:12], "--report", str(report))
    assert code == 0
    assert out.startswith("error: 47 is given as the total of 2 parts, but the parts give 67\n")
    assert "Step: 27 + 40 = 67" in out
    assert "# core/parts-unequal-total" in out


def test_explain_says_what_it_needs(shell: Shell, tmp_path: Path) -> None:
    assert "for a finding add --report FILE" in shell("explain", "abcdef012345")[2]
    assert 'did you mean "core/share-truncated"?' in shell("explain", "core/share-trunkated")[2]
    (tmp_path / "x.json").write_text("[1")
    assert "not a JSON report" in shell("explain", "abcdef012345", "--report", str(tmp_path / "x.json"))[2]


def test_docs_asks_for_one_of_two(shell: Shell) -> None:
    assert shell("docs")[::2] == (2, "addsup: say what to do: --check or --write\n")
