"""References and identifiers: numbers that name something and are never added up.

"paragraphs 86 to 90", "annex 1, section 9", "articles 1, 2, 4 and 73", "No. 98", "S/2025/176", "H-2", web addresses.
A target inside a report (paragraph, table, annex ...) becomes a reference that can be looked up; a law, an
article, a resolution or a code is an identifier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.facts import FactKind, Reference, Token, TokenKind

if TYPE_CHECKING:
    from audit.extract.reading import Reading


_STATE, _AREA, _POSTAL = 2, 3, 5
_FEW = 2  # digits of a number that names a group
_LEADS = (TokenKind.COMMA, TokenKind.OPEN, TokenKind.COLON, TokenKind.SEMICOLON, TokenKind.DASH, TokenKind.STOP)


def read_reference(reading: Reading, index: int) -> int:
    """Read a number that follows a word such as "paragraph", or continues such a list; return the index after it."""
    token = reading.at(index)
    if token.key not in ("digits", "suffixed"):
        return 0
    target, plural = target_of(reading)
    if not target:
        target, plural = _continued(reading, index)
    if not target:
        reading.chain = None
        return 0
    if target.endswith("?"):
        target = target[:-1]
        if not _is_number_of(reading, index):
            return 0
    reading.chain = (target, plural)
    after, end, text = index + 1, token.end, token.text
    # "resolution 60/251" and "décret n° 2015-1892" are one number
    joints = ("/", "-") if target.startswith("-") else ("/",)
    while (
        reading.at(after).text in joints and reading.adjoins(after) and reading.adjoins(after + 1)
        and reading.at(after + 1).key == "digits"
    ):  # fmt: skip
        end, after = reading.at(after + 1).end, after + 2
        text = reading.text[token.start : end]
    # "paragraph 10 (a)" and "article 5 (2)": the bracket belongs to the number
    while (
        reading.at(after).text == "("
        and reading.at(after + 2).text == ")"
        and len(reading.at(after + 1).text) <= 4
        and (
            reading.at(after + 1).text.isalpha() or (target.startswith("-") and reading.at(after + 1).text.isdecimal())
        )
    ):
        text += f" ({reading.at(after + 1).text})"
        end, after = reading.at(after + 2).end, after + 3
    if target.startswith("-"):
        reading.emit(FactKind.IDENTIFIER, token.start, end, None, f"the number of a {target[1:]}")
        reading.out[-1].kind = TokenKind.REFERENCE
    else:
        reading.emit(FactKind.REFERENCE, token.start, end, Reference(target=target, first=text), "a reference")
    return after


def target_of(reading: Reading) -> tuple[str, bool]:
    """Return the sort of thing the word before the cursor names, and whether it is in the plural."""
    before, language = reading.last(), reading.language
    stopped = before.text == "." and reading.last(2).end == before.start
    if stopped:
        before = reading.last(2)
    if before.text in {"°", "º"}:
        before = reading.last(2)
    key = before.key
    if before.kind not in (TokenKind.WORD, TokenKind.CUE) or key not in language.references:
        return "", False
    if before.cue == "not" and not (stopped or before.text[0].isupper()):
        return "", False
    if before.cue == "by" and not stopped:
        return "", False  # "adopté par 178 voix", but "voir par. 178"
    if stopped and key not in language.abbreviations:
        return "", False  # the word ends a sentence
    return language.references[key], key in language.plural_references


def _is_number_of(reading: Reading, index: int) -> bool:
    """Say whether a number names the group, the type or the day before it: "in group 2", "Sample 2", "from day 1".

    "In this sample 24 (48%) of 50 answered" and "in the first group 117 (77%) of 152" count: behind an article or
    another word a group has a name already.
    """
    token, named, lead = reading.at(index), reading.last(), reading.last(2)
    if token.key != "digits" or len(token.text) > _FEW or reading.at(index + 1).text == "%":
        return False
    led = lead.kind in _LEADS or (lead.kind is TokenKind.CUE and lead.cue not in ("article", "relative"))
    return led or len(reading.out) == 1 or named.text[:1].isupper()


def _continued(reading: Reading, index: int) -> tuple[str, bool]:
    """Return the target of a list of numbers that this one continues ("articles 1, 2 and 4")."""
    if reading.chain is None:
        return "", False
    joint, steps = reading.last(), 1
    if joint.kind is TokenKind.COMMA or joint.cue in ("and", "or", "to") or joint.kind is TokenKind.DASH:
        steps = 2
        if joint.cue in ("and", "or") and reading.last(2).kind is TokenKind.COMMA:
            steps = 3
    else:
        return "", False
    target, plural = reading.chain
    ranged = joint.cue == "to" or joint.kind is TokenKind.DASH
    if reading.last(steps).kind is not TokenKind.REFERENCE or not (plural or ranged):
        return "", False
    after = reading.at(index + 1)
    if after.kind is TokenKind.WORD and not after.text[0].isupper() and not ranged:
        return "", False  # "articles 5 and 7, 27 people"
    return target, plural


def read_code(reading: Reading, index: int) -> int:
    """Read codes, web addresses, times and numbers joined by slashes or several hyphens; return the index after it."""
    token = reading.at(index)
    if token.key == "url":
        if any(c.isdecimal() for c in token.text):
            reading.emit(FactKind.IDENTIFIER, token.start, token.end, None, "part of an address")
        else:
            reading.out.append(Token(TokenKind.WORD, token.text, token.start, token.end, token.text.lower()))
        return index + 1
    if token.key == "code":
        reading.emit(FactKind.IDENTIFIER, token.start, token.end, None, "part of a name or code")
        return index + 1
    if reading.language.clock and (after := _clock(reading, index)):
        return after
    if after := _address(reading, index) or _proportion(reading, index) or _parted(reading, index):
        return after
    if token.key == "suffixed":
        return _suffixed(reading, index)
    joints, end, look = 0, token.end, index + 1
    slashed = False
    while (
        reading.at(look).text in ("/", "-", "–")
        and reading.adjoins(look)
        and reading.adjoins(look + 1)
        and (reading.at(look + 1).kind in (TokenKind.FIGURE, TokenKind.WORD))
        and joints < 20
    ):
        slashed = slashed or reading.at(look).text == "/"
        worded = reading.at(look + 1).kind is TokenKind.WORD
        end, look, joints = reading.at(look + 1).end, look + 2, joints + 1
        if worded and joints == 1 and not slashed:
            return 0  # "12-month", "4-year-old": a figure in a compound
    if slashed or joints > 1:
        reading.emit(FactKind.IDENTIFIER, token.start, end, None, "part of a name or code")
        return look
    return 0


def _address(reading: Reading, index: int) -> int:
    """Read "(202) 512-4800" and "Washington, DC 20548"; return the index after it, or 0."""
    token, before = reading.at(index), reading.last()
    if token.key != "digits" or len(token.text) not in (_AREA, _POSTAL):
        return 0
    if before.text == "(" and reading.at(index + 1).text == ")":
        parts = [reading.at(index + n).text for n in range(5)]
        if [len(p) for p in parts] == [3, 1, 3, 1, 4] and parts[3] in "-–":
            reading.emit(FactKind.IDENTIFIER, token.start, reading.at(index + 4).end, None, "a telephone number")
            return index + 5
    state = len(before.text) == _STATE and before.text.isupper() and reading.last(2).kind is TokenKind.COMMA
    if state and len(token.text) == _POSTAL:
        reading.emit(FactKind.IDENTIFIER, token.start, token.end, None, "a postal code")
        return index + 1
    return 0


def _proportion(reading: Reading, index: int) -> int:
    """Read "3:1" and "2:3:5" as one ratio, of which no number counts anything; return the index after it, or 0."""
    end = index
    while reading.at(end + 1).text == ":" and reading.at(end + 2).key == "digits":
        if not (reading.adjoins(end + 1) and reading.adjoins(end + 2) and len(reading.at(end + 2).text) < _AREA):
            return 0
        end += 2
    token = reading.at(index)
    if end == index or token.key != "digits" or len(token.text) >= _AREA:
        return 0
    reading.emit(FactKind.IDENTIFIER, token.start, reading.at(end).end, None, "a ratio")
    return end + 1


def _parted(reading: Reading, index: int) -> int:
    """Read "covered 1 250 homes" as digits that may be one figure or two, where nothing else in a text tells which."""
    token, after, noun = reading.at(index), reading.at(index + 1), reading.at(index + 2)
    if reading.language.space_groups or after.key != "digits" or len(after.text) != _AREA or len(token.text) > _AREA:
        return 0
    spaced = token.key == "digits" and token.end + 1 == after.start and not token.text.startswith("0")
    plain = token.text.isdecimal() and after.text.isdecimal() and reading.at(index - 1).key != "digits"
    named = noun.kind is TokenKind.WORD and noun.text.islower() and noun.key not in reading.language.units
    if not (spaced and plain and named and reading.last().kind is TokenKind.WORD and reading.last().text.islower()):
        return 0
    reading.emit(FactKind.IDENTIFIER, token.start, after.end, None, "one figure or two")
    return index + 2


def _clock(reading: Reading, index: int) -> int:
    """Read "9 h 30" and "9h30" as a time of day; return the index after it, or 0."""
    token, after = reading.at(index), reading.at(index + 1)
    joined = token.key == "suffixed" and token.text.lstrip("0123456789").lower() in reading.language.clock
    minutes = index + 1 if joined else index + 2 if after.key in reading.language.clock else 0
    last = reading.at(minutes)
    if not minutes or last.key != "digits" or len(last.text) != 2 or (joined and not reading.adjoins(minutes)):
        return 0
    reading.emit(FactKind.IDENTIFIER, token.start, last.end, None, "a time of day")
    return minutes + 1


def _suffixed(reading: Reading, index: int) -> int:
    token = reading.at(index)
    digits = token.text.rstrip("ºª°")
    if digits != token.text or any(
        token.text.lower().endswith(s) and token.text[: -len(s)].isdecimal() for s in reading.language.ordinal_suffixes
    ):
        reading.emit(FactKind.IDENTIFIER, token.start, token.end, None, "an ordinal")
        return index + 1
    if ":" in token.text:
        reading.emit(FactKind.IDENTIFIER, token.start, token.end, None, "a time of day")
        return index + 1
    return 0


def read_half_mark(reading: Reading, index: int) -> int:
    """Read "1)" and "a)" where they open an item of a list inside a sentence; return the index after it, or 0."""
    token, closed, before = reading.at(index), reading.at(index + 1), reading.last()
    short = (token.text.isdecimal() and len(token.text) <= 2) or (len(token.text) == 1 and token.text.isalpha())
    if closed.text != ")" or not short or not reading.adjoins(index + 1):
        return 0
    fresh = before.kind in (TokenKind.COLON, TokenKind.SEMICOLON, TokenKind.COMMA, TokenKind.STOP)
    if not (fresh or before.cue in ("and", "or") or not reading.out):
        return 0
    depth = sum((t.kind is TokenKind.OPEN) - (t.kind is TokenKind.CLOSE) for t in reading.out)
    if depth > 0 or reading.at(index + 2).kind not in (TokenKind.WORD, TokenKind.CUE, TokenKind.FIGURE):
        return 0
    reading.emit(FactKind.LIST, token.start, token.end, None, "a list mark")
    return index + 2


def read_list_mark(reading: Reading, index: int) -> int:
    """Read "(1)" where it opens an item of a list inside a sentence; return the index after its bracket, or 0.

    "Bangladesh (1), India (2)" are counts: they follow a word and stand before a comma.
    """
    opened, token, closed = reading.last(), reading.at(index), reading.at(index + 1)
    if opened.text != "(" or closed.text != ")" or len(token.text) > 5:
        return 0
    if not ((token.text.isdecimal() and len(token.text) <= 2) or len(token.text) == 1 or set(token.key) <= set("ivx")):
        return 0
    before, after = reading.last(2), reading.at(index + 2)
    fresh = before.kind in (TokenKind.COLON, TokenKind.SEMICOLON, TokenKind.STOP) or before.cue in ("and", "or")
    fresh = fresh or (before.kind is TokenKind.COMMA and after.kind is not TokenKind.COMMA)
    names = after.kind in (TokenKind.WORD, TokenKind.FIGURE) or (after.kind is TokenKind.CUE and after.cue != "and")
    if not (fresh and names):
        return 0
    reading.emit(FactKind.LIST, token.start, token.end, None, "a list mark")
    return index + 1
