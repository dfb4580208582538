"""Rule files: what is accepted, how faults read, what hostile files can do, and the shape of our own."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from timing import timed

from audit import compiled
from audit.claims import MESSAGE_FIELDS, ClaimKind
from audit.errors import RuleError
from audit.judge.decision import VERDICTS
from audit.manual import pack_page, packs_page, rule_table, schema, template, with_block
from audit.rulefiles import find_rule, home, load_packs, load_rules, own_packs, path_of, rule_files, rules_of
from audit.rulefiles.forms import KEYS as FORM_KEYS
from audit.rulefiles.shape import KEYS, REQUIRED
from audit.rulefiles.statements import KEYS as STATEMENT_KEYS
from audit.rulefiles.statements import REQUIRED as STATEMENT_REQUIRED
from audit.rulefiles.style import set_faults, style_faults
from audit.rules import GRADES, Severity

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
id: total-row
title: Total differs from its parts
since: 0.1.0
severity: error
claim: sum
message: "{stated} is given, but the parts give {computed}"
why: A total is read first.
repair: Correct it.
limits: Needs a bracket.
flags:
  - name: one
    text: |
      We saw 47 people (27 women and 40 men).
    findings:
      - at: "47"
        says: 47 is given, but the parts give 67
passes:
  - name: one
    text: |
      We saw 67 people (27 women and 40 men).
"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def write(folder: Path, text: str, name: str = "total-row") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path) -> list[str]:
    """Return the faults of a file as `line:column: text`, without its path."""
    with pytest.raises(RuleError) as caught:
        load_packs((str(path),))
    return [fault.removeprefix(f"{path}:") for fault in caught.value.faults]


def test_a_good_file_is_a_rule(tmp_path: Path) -> None:
    path = write(tmp_path / "own", GOOD)
    (rule,) = rules_of(load_packs((str(path),), examples=True))
    assert (rule.name, rule.severity, rule.claim) == ("own/total-row", Severity.ERROR, ClaimKind.SUM)
    assert rule.flags[0].findings[0].says == "47 is given, but the parts give 67"
    assert rule.flags[0].line == 11
    assert rule.path == str(path)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("since:", "sinse: 0.1.0\nsince:", '3:1: unknown key "sinse"; did you mean "since"?'),
        ("limits: Needs", "tolerence: exact\nlimits: Needs", '9:1: unknown key "tolerence"; did you mean "tolerance"?'),
        ("title: T", "title: A\ntitle: T", '3:1: duplicate key "title" (first on line 2); keep one of them'),
        ("claim: sum", "claim: sums", '5:8: unknown claim "sums"; did you mean "sum"?'),
        ("severity: error", "severity: fatal", '4:11: unknown severity "fatal"; known are error, warning, note'),
        ("{computed}", "{computd}", '6:10: unknown message field "computd" for claim sum; did you mean "computed"?'),
        ("{stated}", "{stated!r}", '6:10: message field "stated" takes no format; write {stated}'),
        ("{stated}", "{stated.raw}", '6:10: unknown message field "stated.raw" for claim sum; did you mean "stated"?'),
        ("id: total-row", "id: other", '1:5: id "other" must be the file\'s name; rename the file to other.yaml'),
        ("why: A", "why: &a A", "7:6: anchors (`&name`) are not read; write the text out"),
        ("why: A total is read first.", "why: *a", "7:6: aliases (`*name`) are not read; write the text out"),
        ("why: A", "why: !!python/name:os.system A", "tags (tag:yaml.org,2002:python/name:os.system) are not read"),
        ("    findings:", "    finding:", '14:5: unknown key "finding"; did you mean "findings"?'),
        ('      - at: "47"\n', "      - nth: 0\n", '15:9: missing key "at"; add it'),
        ("repair: Correct it.\n", "", '1:1: missing key "repair"; add it'),
        ("claim: sum", "claim: sum\nwhere: {grade: exactly}", '6:16: unknown grade "exactly"; did you mean "exact"?'),
        ("limits: Needs a bracket.", "limits: [a, b]", '9:9: "limits" must be one text'),
        ("flags:\n", "flags:\n - [\n", "not YAML:"),
    ],
)
def test_faults_name_place_and_next_step(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in GOOD
    found = faults(write(tmp_path / "own", GOOD.replace(old, new, 1)))
    assert any(fault in line for line in found), found


def test_all_faults_of_all_files_are_reported_together(tmp_path: Path) -> None:
    write(tmp_path / "own", GOOD.replace("severity: error", "severity: bad").replace("claim: sum", "claim: bad"))
    write(tmp_path / "own", GOOD.replace("since: 0.1.0", "since: one"), "second")
    with pytest.raises(RuleError) as caught:
        load_packs((str(tmp_path / "own"),))
    assert [fault.split(": ")[0].removeprefix(f"{tmp_path}/own/") for fault in caught.value.faults] == [
        "second.yaml:1:5",
        "second.yaml:3:8",
        "total-row.yaml:4:11",
        "total-row.yaml:5:8",
    ]


def test_scalars_stay_text(tmp_path: Path) -> None:
    text = GOOD.replace("name: one", "name: no", 1).replace('at: "47"', "at: 0123")
    (rule,) = rules_of(load_packs((str(write(tmp_path / "own", text)),), examples=True))
    assert rule.flags[0].name == "no"
    assert rule.flags[0].findings[0].at == "0123"


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (BOMB, "anchors"),
        ("a: " + "[" * 5000, ""),
        ("a: " + "{b: " * 60 + "c" + "}" * 60, "nested deeper than 12"),
        ("- x\n" * 30_000, "more than 20,000 values"),
        ("x" * 500_000, "larger than 400,000 bytes"),
        ("--- a\n--- b\n", "second YAML document"),
        ("a: \x07", "not YAML"),
        ("? [a, b]\n: c\n", "a key must be a word"),
        ("", "the file must hold keys"),
        ("%YAML 9.9\n---\na: b\n", ""),
    ],
)
@timed
def test_hostile_files_are_refused_fast(tmp_path: Path, text: str, fault: str) -> None:
    path = write(tmp_path / "own", text)
    begun = time.perf_counter()
    found = faults(path)
    assert time.perf_counter() - begun < 2
    assert any(fault in line for line in found), found


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "own", "")
    path.write_bytes(b"id: \xff\xfe")
    assert faults(path) == ["1:1: not UTF-8 text (byte 4); save it as UTF-8"]


def test_unknown_packs_are_named() -> None:
    with pytest.raises(RuleError, match=r'no pack "cor"; did you mean "core"\?'):
        load_packs(("cor",))


def test_a_pack_extends_and_changes_another(tmp_path: Path) -> None:
    write(tmp_path / "own", GOOD)
    head = "title: Ours\ndescription: Ours.\nextends: [core]\nseverity:\n"
    (tmp_path / "own" / "pack.yaml").write_text(head + "  share-truncated: off\n  core/trend-reversed: note\n")
    rules = {rule.name: rule for rule in load_rules((str(tmp_path / "own"),))}
    assert "own/total-row" in rules
    assert "core/share-truncated" not in rules
    assert rules["core/trend-reversed"].severity is Severity.NOTE
    (tmp_path / "own" / "pack.yaml").write_text(head + "  share-truncatd: off\n")
    with pytest.raises(RuleError, match=r'no rule "share-truncatd" to change; did you mean "share-truncated"\?'):
        load_rules((str(tmp_path / "own"),))


def test_packs_that_extend_each_other_load_once(tmp_path: Path) -> None:
    for name, other in (("one", "two"), ("two", "one")):
        write(tmp_path / name, GOOD)
        (tmp_path / name / "pack.yaml").write_text(f"title: T\ndescription: D\nextends: [../{other}]\n")
    assert [pack.name for pack in load_packs((str(tmp_path / "one"),))] == ["one", "two"]


BESIDE = """\
flags:
  - name: con corchete
    text: |
      Se atendió a 47 personas (27 mujeres y 40 hombres).
    findings:
      - at: "47"
        says: 47 is given, but the parts give 67
misses:
  - name: sin corchete
    text: |
      Se atendió a 47 personas.
"""


def beside(folder: Path, text: str, name: str = "total-row.es.yaml") -> Path:
    (folder / "examples").mkdir(parents=True, exist_ok=True)
    path = folder / "examples" / name
    path.write_text(text, encoding="utf-8")
    return path


def test_examples_of_a_language_stand_beside_their_rule(tmp_path: Path) -> None:
    path = write(tmp_path / "own", GOOD)
    shown = str(beside(tmp_path / "own", BESIDE))
    rule = find_rule(str(path))
    assert [(e.name, e.language, e.path, e.line) for e in rule.flags] == [
        ("one", "", "", 11),
        ("con corchete", "es", shown, 2),
    ]
    assert [(kind, e.name) for kind, e in rule.examples()][-1] == ("misses", "sin corchete")
    (same,) = rules_of(load_packs((str(tmp_path / "own"),), examples=True))
    assert same == rule
    (bare,) = load_rules((str(tmp_path / "own"),))
    assert bare.examples() == ()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("misses:", "mises:", '8:1: unknown key "mises"; did you mean "misses"?'),
        ("    text: |\n      Se atendió a 47 personas.\n", "", '9:5: missing key "text"; add it'),
        ("    findings:", "    language: es\n    findings:", "5:5: the file's name says the language; remove the key"),
    ],
)
def test_faults_of_examples_beside_a_rule_name_their_file(tmp_path: Path, old: str, new: str, fault: str) -> None:
    path = write(tmp_path / "own", GOOD)
    shown = beside(tmp_path / "own", BESIDE.replace(old, new))
    for read in (lambda: find_rule(str(path)), lambda: load_packs((str(tmp_path / "own"),), examples=True)):
        with pytest.raises(RuleError) as caught:
            read()
        assert any(line.startswith(f"{shown}:{fault}") for line in caught.value.faults), caught.value.faults


@pytest.mark.parametrize("name", ["total-rwo.es.yaml", "total-row.yaml", "total-row.spanish.yaml", "notes.txt"])
def test_examples_of_no_rule_are_a_fault(tmp_path: Path, name: str) -> None:
    write(tmp_path / "own", GOOD)
    path = beside(tmp_path / "own", BESIDE, name)
    with pytest.raises(RuleError) as caught:
        load_packs((str(tmp_path / "own"),), examples=True)
    assert caught.value.faults == (f"{path}: belongs to no rule; name it <rule-id>.<language>.yaml",)


def test_a_long_rule_file_and_keys_out_of_order_beside_it_are_style_faults(tmp_path: Path) -> None:
    two = GOOD.replace(
        "passes:\n", GOOD[GOOD.index("  - name") : GOOD.index("passes")].replace("one", "two") + "passes:\n"
    )
    two += GOOD[GOOD.rindex("  - name") :].replace("one", "two")
    path = write(tmp_path / "own", two.replace("why: A total", "why: |\n" + "  A total is read.\n" * 130 + "  A total"))
    shown = beside(tmp_path / "own", "misses:\n  - text: One.\n    name: one\n")
    found = list(style_faults(find_rule(str(path)), path))
    assert found == [
        f"{path}:1:1: 160 lines, more than 150; move examples to examples/total-row.<language>.yaml",
        f'{shown}:3:5: key "name" stands after "text"; the order is name, format, language, before, text, findings',
    ]


def test_the_cache_holds_until_a_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "own", GOOD)
    first = load_rules((str(tmp_path / "own"),))
    monkeypatch.setattr("audit.rulefiles.packs.read_pack", lambda *_, **__: pytest.fail("the files were read again"))
    assert load_rules((str(tmp_path / "own"),)) == first
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path.write_text(GOOD.replace("severity: error", "severity: note"))
    assert [rule.severity for rule in load_rules((str(tmp_path / "own"),))] == [Severity.NOTE]


@pytest.mark.parametrize("damage", ["", "[]", "null", '{"digest": 1}', '{"digest": "X", "data": {"rules": [1]}}'])
def test_a_damaged_cache_is_passed_over(tmp_path: Path, damage: str) -> None:
    write(tmp_path / "own", GOOD)
    first = load_rules((str(tmp_path / "own"),))
    (entry,) = compiled.folder().glob("pack-*.json")
    digest = json.loads(entry.read_text())["digest"]
    entry.write_text(damage.replace("X", digest))
    assert load_rules((str(tmp_path / "own"),)) == first


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "own", GOOD)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert len(load_rules((str(tmp_path / "own"),))) == 1


@timed
def test_five_hundred_rules_load_fast_from_the_cache(tmp_path: Path) -> None:
    for number in range(500):
        name = f"rule-{number}"
        write(tmp_path / "own", GOOD.replace("id: total-row", f"id: {name}"), name)
    load_rules((str(tmp_path / "own"),))
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        assert len(load_rules((str(tmp_path / "own"),))) == 500
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.09  # 0.01 when nothing else runs


def test_a_narrow_rule_is_asked_before_a_broad_one() -> None:
    ids = [rule.id for rule in load_rules(("core",))]
    assert ids.index("parts-truncated") < ids.index("parts-unequal-total")
    assert ids.index("table-shares-unequal") < ids.index("table-total-unequal")


def test_find_rule_knows_short_and_full_names() -> None:
    assert find_rule("share-truncated") == find_rule("core/share-truncated")
    with pytest.raises(RuleError, match=r'no rule "core/share-trunkated"; did you mean "core/share-truncated"\?'):
        find_rule("core/share-trunkated")


def test_a_former_name_finds_the_rule(tmp_path: Path) -> None:
    write(tmp_path / "own", GOOD + "formerly: old-total\n")
    assert find_rule("old-total", (str(tmp_path / "own"),)).id == "total-row"


def test_rules_that_are_never_asked_are_named(tmp_path: Path) -> None:
    write(tmp_path / "own", GOOD)
    write(tmp_path / "own", GOOD.replace("id: total-row", "id: sum-row"), "sum-row")
    found = list(set_faults(load_packs((str(tmp_path / "own"),))))
    assert found == [
        f"{tmp_path}/own/total-row.yaml: never asked: own/sum-row judges every claim it selects; narrow its where"
    ]


@pytest.mark.parametrize("name", [name for name, _ in rule_files()])
def test_our_rule_files_keep_the_style(name: str) -> None:
    rule = find_rule(name)
    assert list(style_faults(rule, path_of(rule))) == []


def test_style_faults_are_seen(tmp_path: Path) -> None:
    text = GOOD.replace("since: 0.1.0\n", "").replace("claim: sum\n", "claim: sum\nsince: 0.1.0\n")
    path = write(tmp_path / "own", text.replace("Correct it.", "Correct it"))
    rule = find_rule(str(path))
    assert [fault.removeprefix(f"{path}:").split(";")[0] for fault in style_faults(rule, path)] == [
        '5:1: key "since" stands after "claim"',
        '8:1: "repair" must be whole sentences',
        '10:1: "flags" has fewer than 2 examples',
        '17:1: "passes" has fewer than 2 examples',
    ]


def test_our_packs_hold_together() -> None:
    for name in own_packs():
        assert list(set_faults(load_packs((name,), examples=True))) == []


def test_the_lists_agree() -> None:
    assert set(GRADES) == set(VERDICTS)
    assert set(REQUIRED) <= set(KEYS)
    general, statement = schema()["else"]["else"], schema()["then"]
    form = schema()["else"]["then"]
    assert set(form["properties"]) == set(FORM_KEYS)
    assert (set(general["properties"]), general["required"]) == (set(KEYS), list(REQUIRED))
    assert (set(statement["properties"]), statement["required"]) == (set(STATEMENT_KEYS), list(STATEMENT_REQUIRED))


def test_our_rule_files_obey_the_schema_for_editors() -> None:
    yaml, jsonschema = pytest.importorskip("yaml"), pytest.importorskip("jsonschema")
    judge = jsonschema.Draft202012Validator(schema())
    for name, path in rule_files():
        faults = [error.message for error in judge.iter_errors(yaml.safe_load(path.read_text(encoding="utf-8")))]
        assert (name, faults) == (name, [])
    assert not judge.is_valid({**yaml.safe_load(GOOD), "tolerence": "exact"})


@pytest.mark.parametrize("kind", list(ClaimKind))
def test_a_new_rule_loads_as_written(tmp_path: Path, kind: ClaimKind) -> None:
    path = write(tmp_path / "own", template("new-fault", kind, "0.1.0"), "new-fault")
    rule = find_rule(str(path))
    assert rule.claim is kind
    assert list(style_faults(rule, path)) == []
    rule.message.format(**dict.fromkeys(MESSAGE_FIELDS[kind], "x"))


def test_generated_pages_are_up_to_date() -> None:
    packs = load_packs(own_packs(), examples=True)
    assert (home() / "README.md").read_text(encoding="utf-8") == packs_page(packs)
    for pack in packs:
        assert (home() / pack.name / "README.md").read_text(encoding="utf-8") == pack_page(pack)
    front = home().parent / "README.md"
    page = front.read_text(encoding="utf-8") if front.is_file() else ""
    assert with_block(page, "rules", rule_table(packs, link="rules/")) == page


def test_a_block_is_replaced_between_its_marks() -> None:
    assert with_block("a\n<!-- x -->\nold\n<!-- /x -->\nb", "x", "new") == "a\n<!-- x -->\nnew\n<!-- /x -->\nb"
    assert with_block("a\n<!-- x -->\nold", "x", "new") == "a\n<!-- x -->\nold"
