"""`addsup review`: what people answered to the notes in their own file, and their decisions as waivers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit.cli.accept import add_waivers
from audit.cli.annotate import FORMATS, File, checked_bytes
from audit.cli.output import emit, printed, say
from audit.cli.work import Language, Pack, Settings, settings, work
from audit.errors import ConfigError
from audit.report.answers import Answer, Decision, answers
from audit.report.ledger import Ledger, place_words, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.findings import Finding

WaiverFile = Annotated[str | None, typer.Option("--waivers", help="A file that the accepted findings are added to.")]


def review(
    path: File, waivers: WaiverFile = None, pack: Pack = None, language: Language = None, config: Settings = None
) -> int:
    """Show the answers to the notes in an annotated file; with --waivers, accept what they accept."""
    run = work([path], settings(config, pack, language), held=False).run
    document = next((each for each in run.documents if each.path == path), None)
    if document is None or document.format not in FORMATS:
        raise ConfigError(f"{path}: only Word, PDF and Excel files hold answers; name one that `annotate` wrote")
    given = list(answers(checked_bytes(path, document), document.format))
    if not given:
        raise ConfigError(f"{path}: no note of addsup in this file; write them with `addsup annotate`")
    pairs = [(each, _found(each, run.findings)) for each in given]
    emit("".join(f"{line}\n" for line in _lines(pairs, Ledger(run))).encode("utf-8", "backslashreplace"))
    if waivers:
        accepted = [(each, finding) for each, finding in pairs if finding is not None and each.decision.accepts]
        asked = [(finding.fingerprint, a.reason, a.owner, a.until) for a, finding in accepted if a.owner]
        for each in (each for each, _ in accepted if not each.owner):
            say(f"{each.finding}: accepted by nobody; a waiver needs an owner")
        say(f"{waivers}: {plural(add_waivers(waivers, run, asked, _original(path)), 'waiver')} added")
    return 0


def _found(each: Answer, findings: Sequence[Finding]) -> Finding | None:
    if not each.finding:
        return None
    return next((finding for finding in findings if finding.fingerprint.startswith(each.finding)), None)


def _lines(pairs: Sequence[tuple[Answer, Finding | None]], ledger: Ledger) -> Iterator[str]:
    """Yield a line for each note, with the words of its answer, and the count of each decision."""
    counts: dict[str, int] = {}
    for each, finding in pairs:
        decision = each.decision.value if finding is not None else "no longer found"
        counts[decision] = counts.get(decision, 0) + 1
        if finding is None:
            about = "the text or the rules changed"
        else:
            about = f"{place_words(ledger.place(finding.at), with_source=False)}: {finding.message}"
        yield printed(f"{each.finding}  {decision}  {about}")
        if each.reason or each.owner:
            until = f" (until {each.until})" if each.until else ""
            yield printed(f"    {each.owner or 'unnamed'}: {each.reason}{until}")
    order = [*(decision.value for decision in Decision), "no longer found"]
    yield ", ".join(f"{counts[name]} {name}" for name in order if name in counts)


def _original(path: str) -> str:
    """Return the file that an annotated copy was made of, if it stands beside it, else the copy."""
    copy = Path(path)
    first = copy.with_name(copy.stem.removesuffix(".addsup") + copy.suffix)
    return str(first) if first.exists() else path
