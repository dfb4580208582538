"""What people answered to the notes in their own file, read back as decisions.

Word: replies to a comment and its tick as resolved. PDF: replies and review states. Excel: the decision columns of the
list of findings. The last answer decides. An answer that asks, or agrees to mend the text, accepts nothing, and a tick
without a word is no reason: what is unknown never passes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.records import StrEnum, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Decision(StrEnum):
    """What an answer makes of a finding; the first three are those of the HTML page."""

    WAIVE = "waive"
    NOT_AN_ERROR = "not-an-error"
    FIX = "fix"
    ASKED = "asked"
    RESOLVED = "resolved without a reason"
    OPEN = "open"

    @property
    def accepts(self) -> bool:
        """Say whether the finding is accepted as it is."""
        return self in (Decision.WAIVE, Decision.NOT_AN_ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A decision on the finding with an id (the head of its fingerprint): whose, why, and until which day."""

    finding: str
    decision: Decision
    owner: str = ""
    reason: str = ""
    until: str = ""


_UNTIL = re.compile(r"[\s,;(]*\buntil:?\s+([0-9]{4}-[0-9]{2}-[0-9]{2})\)?[\s,;]*")
_SAID = re.compile(r"(waived?|accept(?:ed)?|not[ -]an[ -]error|no error)\b[\s:,.;-]*", re.I)
_MENDED = re.compile(
    r"(?:will |to |has been |is |was |now )?"
    r"(?:fix|correct|mend|repair|chang|updat|done|agree|ok\b|okay\b|yes\b|thank|you are right|true\b|correg|corrig)",
    re.I,
)


def answer(finding: str, replies: Sequence[tuple[str, str]], *, resolved: bool) -> Answer:
    """Return the decision that replies (author, text) and a tick make; the last reply with a word decides."""
    said = [(author.strip(), " ".join(text.split())) for author, text in replies if text.strip()]
    if not said:
        return Answer(finding=finding, decision=Decision.RESOLVED if resolved else Decision.OPEN)
    owner, words = said[-1]
    day = _UNTIL.search(words)
    text = _UNTIL.sub(" ", words).strip() if day else words
    named = _SAID.match(text)
    if named is not None:
        decision = Decision.NOT_AN_ERROR if named[1][0] in "nN" else Decision.WAIVE
        text = text[named.end() :].strip()
        if not text:  # a decision without its reason
            decision = Decision.RESOLVED
    elif text.endswith("?"):
        decision = Decision.ASKED
    else:
        decision = Decision.FIX if _MENDED.match(text) else Decision.WAIVE
    return Answer(finding=finding, decision=decision, owner=owner, reason=text, until=day[1] if day else "")


def answers(data: bytes, format_: str) -> Iterator[Answer]:
    """Yield what was answered to each note of a file, in the order of the file."""
    if format_ == "docx":
        from audit.report.word.replies import replies  # noqa: PLC0415 (one format at a time)

        yield from (answer(name, said, resolved=done) for name, said, done in replies(data))
    elif format_ == "pdf":
        from audit.report.pdfreplies import replies as replies_to  # noqa: PLC0415

        yield from (answer(name, said, resolved=done) for name, said, done in replies_to(data))
    else:
        from audit.report.excelreplies import rows  # noqa: PLC0415

        yield from (_row_answer(row) for row in rows(data))


def _row_answer(row: dict[str, str]) -> Answer:
    decision = row.get("decision", "").strip().lower().replace(" ", "-")
    reason = row.get("reason", "").strip()
    found = Decision(decision) if decision in ("waive", "not-an-error", "fix") else Decision.OPEN
    if found.accepts and not reason:
        found = Decision.RESOLVED
    owner, until = row.get("owner", "").strip(), row.get("until", "").strip()[:10]
    return Answer(finding=row.get("finding", ""), decision=found, owner=owner, reason=reason, until=until)
