"""The words of one language, read from `languages/*.yaml` into look-up tables.

No other module of the package holds a word of any language: a new language is one new file.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit import compiled
from audit.extract.rounding import RoundingWords, rounding_words
from audit.extract.spelled import LOOSE_SCALE, VULGAR
from audit.late import late
from audit.quantity import Hedge
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).parent / "languages"

Phrases = dict[str, tuple[tuple[tuple[str, ...], str], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """Look-up tables of one language; phrase tables map a first word to its continuations, longest first."""

    code: str
    decimal: str
    groups: tuple[str, ...]
    space_groups: bool
    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    scale_joiners: frozenset[str]
    bare_points: frozenset[str]
    short_scales: Mapping[str, int]
    short_money: Mapping[str, tuple[int, str]]
    mixed_scales: bool
    amounts: frozenset[str]
    clock: frozenset[str]
    joiner: str
    ordinal_suffixes: frozenset[str]
    idioms: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    year_before: frozenset[str]
    cues: Phrases
    lone_cues: Mapping[str, str]
    second_words: Mapping[str, frozenset[str]]
    hedge_ends: Mapping[str, tuple[tuple[tuple[str, ...], Hedge], ...]]
    hedges_after: Phrases
    hedges_equal: Phrases
    than: frozenset[str]
    percents: Phrases
    fractions: Phrases
    points: Phrases
    currencies: Phrases
    symbols: Mapping[str, str]
    units: Mapping[str, str]
    unit_phrases: Phrases
    references: Mapping[str, str]
    plural_references: frozenset[str]
    abbreviations: frozenset[str]
    classes: Mapping[str, str]
    traits: Mapping[str, tuple[str, ...]]
    traits_by_group: Mapping[str, tuple[str, ...]]
    date_joiners: frozenset[str]
    first_day: frozenset[str]
    bare_scales: frozenset[str]
    weak_numbers: frozenset[str]
    elides: bool
    tables: Phrases
    denominators: Mapping[str, int]
    plural_denominators: frozenset[str]
    single_articles: frozenset[str]
    loose_starts: frozenset[str]
    telling: frozenset[str]
    starts: frozenset[str]
    minus_words: frozenset[str]
    point_words: frozenset[str]
    halves: frozenset[str]
    ratio_words: frozenset[str]
    additive_scales: frozenset[int]
    rounding: RoundingWords
    events: Mapping[str, str]
    lengths: Mapping[str, str]
    terms: Mapping[str, str]
    ages: frozenset[str]
    summaries: frozenset[str]
    ordinals: Mapping[str, int]
    tests: Mapping[str, tuple[str, ...]]
    wide_groups: bool = False


def known() -> tuple[str, ...]:
    """Return the codes of the languages there are words for."""
    return tuple(sorted(p.stem for p in _FOLDER.glob("*.yaml")))


def _words(path: Path) -> dict[str, Any]:
    """Return a language file as texts, lists and tables; read as YAML only when it has changed."""
    data = path.read_bytes()
    name, digest = f"language-{path.stem}", blake2b(data, digest_size=16).hexdigest()
    kept = compiled.fetch(name, digest)
    if isinstance(kept, dict):
        return kept
    import yaml  # noqa: PLC0415 (as long as half a document; not needed when the compiled words are still good)

    # The base loader builds text only: "no" is a word, not false.
    raw: dict[str, Any] = yaml.load(data, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506
    compiled.store(name, digest, raw)
    return raw


@cache
def language(code: str) -> Language:
    """Return a language by its code; an unknown one falls back to English."""
    if code not in known():
        return language("en")
    raw = _words(_FOLDER / f"{code}.yaml")
    months = {name: index + 1 for index, name in enumerate(raw["months"])}
    months |= {name: int(number) for name, number in raw.get("month_forms", {}).items()}
    traits: dict[str, list[str]] = {}
    for group, values in raw.get("traits", {}).items():
        for value, words in values.items():
            for word in words:
                traits.setdefault(word, []).append(f"{group}.{value}")
    return Language(
        code=code,
        decimal=raw["decimal"],
        groups=tuple(raw["groups"]),
        space_groups=raw.get("space_groups") == "true",
        numbers={word: int(number) for word, number in raw["numbers"].items()},
        scales={word: int(number) for word, number in raw["scales"].items()},
        **_measuring(raw),
        mixed_scales=raw.get("mixed_scales") == "true",
        amounts=frozenset(raw.get("amounts", ())),
        clock=frozenset(raw.get("clock", ())),
        joiner=raw.get("joiner", ""),
        ordinal_suffixes=frozenset(raw.get("ordinal_suffixes", ())),
        idioms={
            word: (frozenset(sides.get("before", ())), frozenset(sides.get("after", ())))
            for word, sides in raw.get("idioms", {}).items()
        },
        months=months,
        weekdays={name: index for index, name in enumerate(raw["weekdays"])},
        year_before=frozenset(raw["year_before"]),
        **_cues(raw),
        references=raw["references"],
        plural_references=frozenset(raw["reference_plurals"]),
        abbreviations=frozenset(raw["abbreviations"]),
        classes={word: name for name, words in raw["classes"].items() for word in words},
        traits={word: tuple(values) for word, values in traits.items()},
        traits_by_group={group: tuple(values) for group, values in raw.get("traits", {}).items()},
        date_joiners=frozenset(raw.get("date_joiners", ())),
        first_day=frozenset(raw.get("first_day", ())),
        bare_scales=frozenset(raw.get("bare_scales", ())),
        weak_numbers=frozenset(raw.get("weak_numbers", ())),
        elides=raw.get("elides") == "true",
        tables=_phrases({phrase: cue for cue, phrases in raw.get("tables", {}).items() for phrase in phrases}),
        **_beside(raw),
        **_spelling(raw, months),
    )


def _measuring(raw: dict[str, Any]) -> dict[str, Any]:
    """Return what joins a figure to its unit, and the units that are printed in short."""
    return {
        "scale_joiners": frozenset(raw.get("scale_joiners", ())),
        "bare_points": frozenset(raw.get("bare_points", ())),
        "short_scales": {word: int(number) for word, number in raw.get("short_scales", {}).items()},
        "short_money": {word: (int(told[0]), told[1]) for word, told in raw.get("short_money", {}).items()},
    }


def _cues(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the cue phrases, those that are one word, and the second words of the others: most words are neither."""
    cues = _phrases({phrase: cue for cue, phrases in raw["cues"].items() for phrase in phrases})
    return {
        "cues": cues,
        "lone_cues": {first: rows[-1][1] for first, rows in cues.items() if not rows[-1][0]},
        "second_words": {first: frozenset(rest[0] for rest, _ in rows if rest) for first, rows in cues.items()},
    }


def _spelling(raw: dict[str, Any], months: Mapping[str, int]) -> dict[str, Any]:
    """Return the tables for fractions, signs and decimals in words; a language may have none of them."""
    single, plural = raw.get("denominators", {}), raw.get("plural_denominators", {})
    bases = {word: int(number) for word, number in (raw["numbers"] | raw["scales"]).items()}
    articles = frozenset(raw.get("single_articles", ()))
    loose = single.keys() | plural.keys() | ({w for w in raw["scales"] if len(w) >= LOOSE_SCALE} if single else set())
    starts = frozenset({phrase.split()[0] for phrase in raw.get("fractions", {})} | articles | VULGAR)
    return {
        "denominators": {word: int(number) for word, number in (single | plural).items()},
        "plural_denominators": frozenset(plural),
        "single_articles": articles,
        "loose_starts": starts,
        "starts": starts.union(raw["numbers"], raw.get("bare_scales", ()), months),
        "rounding": rounding_words(raw.get("rounding", {}), bases),
        "telling": frozenset(raw["numbers"].keys() | loose | VULGAR),
        "fractions": _phrases(raw.get("fractions", {})),
        **{name: frozenset(raw.get(name, ())) for name in ("minus_words", "point_words", "ratio_words", "halves")},
        "additive_scales": frozenset(int(number) for number in raw.get("additive_scales", ())),
        "events": {word: event for event, words in raw.get("events", {}).items() for word in words},
        "terms": {word: term for term, words in raw.get("terms", {}).items() for word in words},
        "lengths": {word: unit for unit, words in raw.get("lengths", {}).items() for word in words},
        "ages": frozenset(raw.get("ages", ())),
        "summaries": frozenset(raw.get("summaries", ())),
        "ordinals": {word: int(place) for place, words in raw.get("ordinals", {}).items() for word in words},
        "tests": {name: tuple(phrases) for name, phrases in raw.get("tests", {}).items()},
    }


def _beside(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the words beside a figure; the hedges before it by their last word, the longest first."""
    ends: dict[str, list[tuple[tuple[str, ...], Hedge]]] = {}
    for phrase, name in raw["hedges"].items():
        words = tuple(_parted(phrase))
        ends.setdefault(words[-1], []).append((words, Hedge(name)))
    return {
        "hedge_ends": {last: tuple(sorted(rows, key=lambda row: -len(row[0]))) for last, rows in ends.items()},
        "percents": _phrases(dict.fromkeys(raw["percent"], "percent")),
        "currencies": _phrases({k.lower(): v for k, v in raw["currencies"].items() if k[-1].isalpha()}),
        "symbols": {k.lower(): v for k, v in raw["currencies"].items()},
        "units": raw["units"],
        "unit_phrases": _phrases(raw["units"]),
        "points": _phrases(dict.fromkeys(raw["points"], "points")),
        "hedges_after": _phrases(raw.get("hedges_after", {})),
        "than": frozenset(raw.get("than", ())),
        "hedges_equal": _phrases(dict.fromkeys(raw.get("hedges_equal", ()), "equal")),
    }


_ELIDED = late(r"\b([cdjlmnst]|qu)['’](?=[^\W\d_])")


def _parted(phrase: str) -> list[str]:
    """Return the words of a phrase; "s'élève à" is read as three: what is elided is a word of its own."""
    return (_ELIDED.sub(r"\1' ", phrase) if "'" in phrase or "’" in phrase else phrase).split()


def _phrases(names: Mapping[str, str]) -> Phrases:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, name in names.items():
        first, *rest = _parted(phrase)
        table.setdefault(first, []).append((tuple(rest), name))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in table.items()}
