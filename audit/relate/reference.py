"""References: what a document cites of itself exists, stands where it is said to stand, and ranges run upwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.facts import TokenKind
from audit.relate.cited.citations import Citation, Owner, citations_of, number_of
from audit.relate.cited.targets import Targets, targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Fact, Facts, Sentence
    from audit.model import Document

_LINKS = frozenset({"focusing", "on", "to", "under", "via", "out_of"})
_LINK_REACH = 8
_LEAST_PARAGRAPHS = 10
_LEAST_SHOWN = 2
_LOOSE = frozenset({"pdf", "html"})
_QUOTE_AFTER = 40


def find(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield the citations of each document that can be looked up, and those that cannot, with the reason."""
    for bundle in bundles:
        targets = targets_of(bundle)
        for sentence in bundle.sentences:
            if TokenKind.REFERENCE in sentence.kinds:
                yield from _sentence(citations_of(sentence, bundle.document), sentence, targets)


def _sentence(citations: list[Citation], sentence: Sentence, targets: Targets) -> Iterator[Claim]:
    paired: set[int] = set()
    for index, citation in enumerate(citations):
        if index in paired or _is_title(citation, sentence, targets.document):
            continue
        following = citations[index + 1] if index + 1 < len(citations) else None
        if _runs_down(citation):
            yield _claim("range", [("first", citation), ("last", citation)], sentence, targets, {}, 92)
        elif following is not None and _is_linked(citation, following, sentence, targets):
            paired.add(index + 1)
            yield _governed(citation, following, sentence, targets)
        elif citation.target == "annex" and following is not None and following.annex:
            continue  # "annex 1, section 9" is one citation: the inner one stands for both
        else:
            detail, confidence = _look_up(citation, targets)
            yield _claim("target", [("cited", citation)], sentence, targets, detail, confidence)


def _is_title(citation: Citation, sentence: Sentence, document: Document) -> bool:
    """Say whether the citation is itself the title of what it names: the words of a caption or heading."""
    block = document.blocks[sentence.block]
    if block.kind in ("caption", "heading", "cell", "table"):
        return True
    lead = document.text[block.start : citation.first.start]
    return citation.target != "paragraph" and len(lead.split()) <= 1


def _runs_down(citation: Citation) -> bool:
    first, last = citation.numbers
    return citation.ranged and first.isdecimal() and last.isdecimal() and int(last) < int(first)


def _is_linked(first: Citation, second: Citation, sentence: Sentence, targets: Targets) -> bool:
    """Say whether "paragraphs 86 to 90 relating to paragraph 11 of the list" joins own paragraphs to a question."""
    if first.target != "paragraph" or second.target != "paragraph" or first.owner is not Owner.SELF:
        return False
    if second.owner is not Owner.OTHER or not any(words == second.tail for _, _, words in targets.questions):
        return False
    gap = sentence.tokens[first.end : second.head]
    return (
        len(gap) <= _LINK_REACH
        and any(t.cue in _LINKS for t in gap)
        and not any(t.kind in (TokenKind.STOP, TokenKind.SEMICOLON) for t in gap)
    )


def _governed(first: Citation, second: Citation, sentence: Sentence, targets: Targets) -> Claim:
    detail, confidence = _look_up(first, targets)
    if detail["found"] == "yes":
        low, high = (int(n) for n in first.numbers)
        own = [n for n in range(low, high + 1) if n in targets.paragraphs]  # not those that only an item counts
        under = sorted({targets.question_of(n)[0] for n in own}, key=lambda n: (len(n), n))
        detail = {**detail, "under": " and ".join(under)} if own else {**detail, "found": ""}
        confidence = 92
    roles = [("cited", first), ("question", second)]
    return _claim("governed", roles, sentence, targets, detail, confidence)


def _look_up(citation: Citation, targets: Targets) -> tuple[dict[str, str], int]:
    """Return where a citation was looked for and whether it was found, and how sure a "not found" is."""
    detail = {"target": citation.target, "owner": citation.owner.value, "annex": citation.annex, "found": ""}
    if citation.owner is Owner.OTHER or citation.owner is Owner.UNSAID:
        return detail, 50
    if citation.owner is Owner.ANNEX and not targets.has("annex", citation.annex):
        return detail, 50
    if citation.owner is Owner.ANNEX and citation.target not in ("table", "figure", "section"):
        return {**detail, "owner": Owner.UNSAID.value}, 50
    missing = _missing(citation, targets)
    if not missing:
        return {**detail, "found": "yes"}, 90
    count = targets.counted(citation.target)
    least = _LEAST_PARAGRAPHS if citation.target == "paragraph" else _LEAST_SHOWN
    number = missing.split(" ", 1)[0]
    beyond = number.isdecimal() and count >= least and int(number) > count
    if not beyond or missing in targets.mentioned.get(citation.target, ()):
        return detail, 50
    confidence = 90 if citation.target == "paragraph" else 80
    if targets.document.format in _LOOSE or citation.target in ("section", "annex", "chapter"):
        confidence = min(confidence, 72)
    return {**detail, "found": "no", "missing": missing, "count": str(count)}, confidence


def _missing(citation: Citation, targets: Targets) -> str:
    """Return the first number of a citation that the document does not print, or an empty string."""
    first, last = citation.numbers
    numbers = [first, last] if first != last else [first]
    if first.isdecimal() and last.isdecimal() and int(first) < int(last) < int(first) + 500:
        numbers = [str(n) for n in range(int(first), int(last) + 1)]
    return next((n for n in numbers if not targets.has(citation.target, n)), "")


def _facts(role: str, citation: Citation) -> tuple[Fact, ...]:
    """Return the numbers of a citation that stand in a role: both ends of a range unless the role names one."""
    if role in ("first", "last"):
        return (citation.first if role == "first" else citation.last,)
    return (citation.first,) if citation.first is citation.last else (citation.first, citation.last)


def _opening(citation: Citation, sentence: Sentence) -> int:
    """Return the token to begin a quote with: a word or two before the number, or the annex it stands under."""
    for index in range(citation.head - 1, max(0, citation.head - _LINK_REACH) if citation.annex else citation.head, -1):
        if sentence.tokens[index].kind is TokenKind.REFERENCE and sentence.tokens[index].text == citation.annex:
            return max(0, index - 1)
    return max(0, citation.head - 2)


def _claim(
    form: str,
    roles: list[tuple[str, Citation]],
    sentence: Sentence,
    targets: Targets,
    detail: dict[str, str],
    confidence: int,
) -> Claim:
    document = targets.document
    operands = [
        Operand(role=role, text=number_of(fact), document=document.path, start=fact.start, end=fact.end, fact=fact)
        for role, citation in roles
        for fact in _facts(role, citation)
    ]
    first = sentence.tokens[_opening(roles[0][1], sentence)]
    end = min(sentence.end, operands[-1].end + _QUOTE_AFTER)
    cut = document.text.rfind(" ", operands[-1].end, end) if end < sentence.end else end
    return Claim(
        kind=ClaimKind.REFERENCE,
        form=form,
        document=document.path,
        start=max(sentence.start, first.start),
        end=max(cut, operands[-1].end),
        operands=tuple(operands),
        basis=Basis(cue=roles[0][1].target, confidence=confidence, reasons=("a number that names a part of a text",)),
        detail={"target": roles[0][1].target, **detail},
    )
