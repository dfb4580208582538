"""`addsup rules`: what rules there are, what they say, whether their own examples hold, and how to begin a new one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit.claims import ClaimKind
from audit.cli.output import emit, save, say
from audit.errors import ConfigError, did_you_mean
from audit.rulefiles import DEFAULT_PACKS, find_rule, load_packs, own_packs, rules_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.rules import Pack, Rule
    from audit.trial import Trial

rules = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Show, test and write rules.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

Packs = Annotated[list[str] | None, typer.Option("--pack", "-p", help="A pack by name or path; may be repeated.")]
Name = Annotated[str, typer.Argument(metavar="RULE", help="A rule by name (core/rule-id) or the path of its file.")]
Names = Annotated[list[str] | None, typer.Argument(metavar="[RULE...]", help="Rules or packs; all without.")]
Kind = Annotated[str, typer.Option("--claim", "-c", help="The kind of claim it judges; see `rules kinds`.")]
Text = Annotated[str | None, typer.Option("--text", "-t", help="A text to try instead of the examples; - reads it.")]

_SINCE = "0.1.0"
_EXAMPLES = {
    "flags": "reported as it should be",
    "passes": "rightly silent",
    "undecided": "left open",
    "misses": "known gap",
}


@rules.command("list")
def list_rules(pack: Packs = None) -> int:
    """List the rules of the packs with their severity and what they find."""
    loaded = load_packs(tuple(pack) if pack else own_packs())
    width = max((len(rule.name) for each in loaded for rule in each.rules), default=0)
    lines = []
    for each in loaded:
        lines.append(f"{each.name}: {each.title}")
        lines += [
            f"  {rule.name:<{width}}  {rule.severity.value:<7}  {rule.title}"
            for rule in sorted(each.rules, key=lambda r: r.id)
        ]
    _print(lines)
    return 0


@rules.command("show")
def show(name: Name) -> int:
    """Show the manual entry of one rule."""
    from audit.manual import entry  # noqa: PLC0415 (each sub-command pays for its own imports)

    emit(entry(find_rule(name, _known())).encode())
    return 0


@rules.command("kinds")
def kinds() -> int:
    """List the kinds of claim with the fields that a message may use."""
    from audit.manual import kinds_text  # noqa: PLC0415

    emit(kinds_text().encode())
    return 0


@rules.command("schema")
def schema() -> int:
    """Print the JSON Schema of a rule file, for editors."""
    from audit.manual import schema as made  # noqa: PLC0415

    emit((json.dumps(made(), indent=2, ensure_ascii=False) + "\n").encode())
    return 0


@rules.command("new")
def new(
    name: Annotated[str, typer.Argument(metavar="FOLDER/RULE-ID", help="Where the rule goes and what it is called.")],
    claim: Kind = "",
    statement: Annotated[bool, typer.Option("--statement", help="A statement on the figures of one report.")] = False,
    form: Annotated[bool, typer.Option("--form", help="A rule on how figures and dates are written.")] = False,
) -> int:
    """Write a rule file with every key, ready to be filled in."""
    from audit.manual import statement_template, template  # noqa: PLC0415
    from audit.rulefiles import home  # noqa: PLC0415
    from audit.rulefiles.forms import template as form_template  # noqa: PLC0415
    from audit.rulefiles.shape import is_id  # noqa: PLC0415

    if bool(claim) + statement + form != 1:
        raise ConfigError("say one of --claim KIND for a general rule, --statement for one report, --form for a style")
    if claim == ClaimKind.FORM:
        raise ConfigError("a rule of form lists the words it finds; say --form")
    if claim and claim not in list(ClaimKind):
        raise ConfigError(f'no claim kind "{claim}"{did_you_mean(claim, ClaimKind) or "; see `addsup rules kinds`"}')
    folder, _, stem = name.removesuffix(".yaml").rpartition("/")
    if not is_id(stem):
        raise ConfigError(f'"{stem}" is no rule id: lower-case words joined by hyphens that name the fault')
    place = home() / folder if folder in own_packs() else Path(folder)
    if not place.is_dir():
        raise ConfigError(f"{folder}: no such folder; make it, or name one of {', '.join(own_packs())}")
    target = place / f"{stem}.yaml"
    if target.exists():
        raise ConfigError(f"{target}: there is a rule of this name; choose another")
    text = (
        template(stem, ClaimKind(claim), _SINCE)
        if claim
        else (form_template if form else statement_template)(stem, _SINCE)
    )
    save(str(target), text.encode())
    then = f"`addsup check REPORT --pack {target}`" if statement else f"`addsup rules try {target}`"
    say(f"wrote {target}; fill it in, then run {then}")
    return 0


@rules.command("try")
def try_(name: Name, text: Text = None) -> int:
    """Show what is seen in a rule's examples, or in another text: figures, claims, outcomes, findings."""
    from audit.rules import Example  # noqa: PLC0415
    from audit.trial import Trial, run_example, try_rule  # noqa: PLC0415

    rule = find_rule(name, _known())
    everyone = _with(rule, _pack_rules(rule))
    if text is not None:
        words = sys.stdin.read() if text == "-" else text
        example = Example(name="your text", text=words)
        trials: list[Trial] = [Trial(rule=rule, kind="text", example=example, run=run_example(example, everyone))]
    else:
        trials = list(try_rule(rule, everyone))
    if not trials:
        say(f"{rule.name} has no examples; add --text TEXT, or run `addsup check REPORT --pack {rule.path}`")
    for trial in trials:
        _print(_seen(trial))
    return 0


@rules.command("test")
def run_tests(names: Names = None, pack: Packs = None) -> int:
    """Run the examples of rules, look at the shape of their files, and bite: a changed digit must be reported."""
    from audit.rulefiles.style import set_faults  # noqa: PLC0415

    chosen = [find_rule(name, _known()) for name in names or () if name not in own_packs()]
    wanted = tuple(pack or ()) + tuple(name for name in names or () if name in own_packs())
    packs: tuple[Pack, ...] = load_packs(wanted or own_packs(), examples=True) if wanted or not chosen else ()
    faults = list(set_faults(packs))
    tried = bitten = silent = 0
    for rule, everyone in _to_test(packs, chosen):
        found, counts = _test_one(rule, everyone)
        faults += found
        tried, bitten, silent = tried + counts[0], bitten + counts[1], silent + counts[2]
    _print(faults)
    bite = f"{_counted(bitten, 'verified claim')}, {silent} of them silent when a digit is changed"
    say(f"{_counted(tried, 'example')}, {bite}; {_counted(len(faults), 'fault')}")
    return int(bool(faults))


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _to_test(packs: Sequence[Pack], chosen: Sequence[Rule]) -> Iterator[tuple[Rule, tuple[Rule, ...]]]:
    for each in packs:
        everyone = rules_of((each,))
        yield from ((rule, everyone) for rule in each.rules)
    for rule in chosen:
        yield rule, _with(rule, _pack_rules(rule))


def _test_one(rule: Rule, everyone: tuple[Rule, ...]) -> tuple[list[str], tuple[int, int, int]]:
    from audit.rulefiles import path_of  # noqa: PLC0415
    from audit.rulefiles.style import style_faults  # noqa: PLC0415
    from audit.trial import bites, try_rule  # noqa: PLC0415

    faults = list(style_faults(rule, path_of(rule)))
    tried = 0
    for trial in try_rule(rule, everyone):
        tried += 1
        place = f"{trial.example.path or rule.path}:{trial.example.line}: {trial.kind} {trial.example.name}"
        faults += [f"{place}: {fault}" for fault in trial.faults]
    bitten = list(bites(rule, everyone))
    silent = [bite for bite in bitten if not bite.spoke]
    if bitten and len(silent) == len(bitten):
        faults.append(f"{rule.path}: no changed digit of its passes is reported; add a pass that the rule verifies")
    return faults, (tried, len(bitten), len(silent))


def _seen(trial: Trial) -> list[str]:
    from audit.trial import says  # noqa: PLC0415

    run = trial.run
    lines = [f"{trial.kind}: {trial.example.name} ({_EXAMPLES.get(trial.kind, 'as seen')})"]
    for bundle in run.facts:
        lines += [f"  figure   {fact.text}  {fact.kind.value}  {fact.label or fact.reason}" for fact in bundle.facts]
    for outcome in run.outcomes:
        claim = outcome.claim
        judge = outcome.rule.name if outcome.rule else "no rule"
        lines.append(f"  claim    {claim.kind.value} ({claim.form}), sure {claim.basis.confidence}: {outcome.equation}")
        lines.append(f"           {outcome.grade or outcome.verdict.value}, judged by {judge}")
    lines += [f"  finding  {f.severity.value} {f.rule.name} at {says(f, run)}" for f in run.findings]
    lines += [f"  differs  {fault}" for fault in trial.faults]
    return lines


def _pack_rules(rule: Rule) -> tuple[Rule, ...]:
    """Return the rules a rule runs with: those of its pack, and of our own core."""
    folder = str(Path(rule.path).parent)
    names = (rule.pack,) if rule.pack in own_packs() else (folder, *DEFAULT_PACKS)
    return rules_of(load_packs(names))


def _with(rule: Rule, everyone: Sequence[Rule]) -> tuple[Rule, ...]:
    return tuple(rule if other.name == rule.name else other for other in everyone)


def _known() -> tuple[str, ...]:
    return own_packs()


def _print(lines: Sequence[str]) -> None:
    if lines:
        emit(("\n".join(lines) + "\n").encode())
