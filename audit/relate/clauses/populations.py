"""Whether figures count the same things: what their labels say of class, gender, age and the like.

A breakdown is believed when its parts divide one population ("women and men"), doubted when a label is
unknown, and not believed when total and parts count different things ("415 measures for 26 women and 19 men").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.quantity import Measure
from audit.records import StrEnum
from audit.relate.clauses.structure import is_elliptic, named_sort, sort_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audit.relate.clauses.structure import Clause, Mark

_GROUPS = ("gender", "age", "link", "fate", "place", "kind")
# Inside one class, things of these classes are counted apart: a measure is not a person.
_LOOSE = frozenset({"site"})
_GENDERS, _AGES = ("female", "male"), ("child", "adult")
_UNKNOWN = "rest.unknown"
_STEM = 2
_NOUN = 4
_LONGER = 3
_ROOT, _ENDING = 5, 4
_YEAR, _OLDEST, _LATEST = 4, 1400, 2100


class Fit(StrEnum):
    """How the labels of the parts fit the label of the total."""

    PARTITION = "partition"  # the parts divide the population by one trait, and all of it
    SAME = "same"  # the parts are of the total's kind
    OPEN = "open"  # a label is missing or unknown
    PARTIAL = "partial"  # a trait is divided, but a value that must exist is not among the parts
    CLASH = "clash"  # total and parts count different things


def trait(mark: Mark, group: str) -> str:
    """Return the value of one trait of a figure's label, or an empty string when it says nothing of it."""
    found, prefix = "", group + "."
    for named in mark.fact.traits:
        if named.startswith(prefix):
            if found and named != found:
                return ""
            found = named
    return found[len(prefix) :]


def _is_year_like(mark: Mark) -> bool:
    """Say whether a figure may be a year: four bare digits that count nothing."""
    text, value = mark.fact.text, mark.value
    return len(text) == _YEAR and text.isdecimal() and _OLDEST < value.value < _LATEST and not mark.fact.label


def fit(total: Mark, parts: Sequence[Mark], clause: Clause) -> Fit:
    """Return how the labels of the parts fit the label of the total."""
    if _is_year_like(total) and any(_is_year_like(p) for p in parts):
        return Fit.CLASH  # "adopted 1795, restored 1870; sung in 1792": years told without a word
    if total.value.measure is not Measure.COUNT or all(p.bracketed for p in parts):
        return Fit.SAME  # the names before bracketed figures are categories: "hospitals (9) and schools (6)"
    whole = sort_of(total)
    if whole == "time" and named_sort(total) != "time":
        whole = ""  # "4,295 in the year"
    sorts = {_sort(p) for p in parts}
    known = sorts - {""}
    divided = is_divided(parts)
    if whole and known and whole not in known and "" not in sorts and not all(is_elliptic(p, clause) for p in parts):
        return Fit.CLASH
    if any("age" in p.fact.traits for p in parts) and "age" not in total.fact.traits:
        return Fit.CLASH  # "on 3 occasions (age 70, 75 and 80 years)"
    if total.fact.label and whole != "time" and any(named_sort(p) == "time" for p in parts):
        return Fit.CLASH  # "51 patients (median age, 69 years old; 22 women)"
    if whole == "time" and any(_sort(p) != "time" and not is_elliptic(p, clause) for p in parts):
        return Fit.CLASH  # "5 years - or a child of under 3 years and a permit"
    if whole and "" in sorts and any(named_sort(p) not in ("", whole, *_LOOSE) for p in parts):
        return Fit.CLASH  # "332,436 people, of whom 153,847 (46 per cent) were men and ..., in 71,009 households"
    if divided:
        return Fit.PARTITION if _is_complete(total, parts) else Fit.PARTIAL
    if not _is_complete(total, parts):
        return Fit.PARTIAL
    if whole and known == {whole} and all(_sort(p) or is_elliptic(p, clause) for p in parts):
        return Fit.SAME
    if not total.fact.label or all(is_elliptic(p, clause) for p in parts):
        return Fit.SAME
    heads = {p.fact.head for p in parts}
    if total.fact.head and heads == {total.fact.head}:
        return Fit.SAME
    return Fit.OPEN


def _sort(mark: Mark) -> str:
    """Return the class of a part; what has a gender is a person: "16 measures for seven female and three male ones"."""
    return sort_of(mark) or ("person" if trait(mark, "gender") else "")


def is_divided(parts: Sequence[Mark]) -> bool:
    """Say whether the parts differ in one trait that each of them names; what is unknown may stand beside them."""
    known = [p for p in parts if _UNKNOWN not in p.fact.traits]
    parts = known if len(known) > 1 else parts
    for group in _GROUPS:
        values = [trait(p, group) for p in parts]
        if all(values) and len(set(values)) == len(values):
            return True
    pairs = [(trait(p, "gender"), trait(p, "age")) for p in parts]
    if all(gender for gender, _ in pairs) and len(set(pairs)) == len(pairs) and len(parts) > 1:
        return True
    return (
        len(parts) > 1 and all(any(pair) for pair in pairs) and is_disjoint(parts)
    )  # "163 men, 38 women, 23 children"


def _is_complete(total: Mark, parts: Sequence[Mark]) -> bool:
    """Say whether no gender or age is plainly left out: "80,599 individuals (15,059 women, 27,756 boys, 24,764 girls)".

    Children may be told by gender alone when the total is one of children.
    """
    pairs = {(trait(p, "gender"), trait(p, "age")) for p in parts}
    genders = {g for g, _ in pairs}
    ages = {a for _, a in pairs}
    if trait(total, "gender"):
        return True
    if not genders & {"male", "female"}:
        return not (ages == {"child"} and len(parts) > 1 and trait(total, "age") != "child")
    if trait(total, "age") == "child":
        return genders >= {"male", "female"} or "" in genders
    adult = {g for g, a in pairs if a != "child"}
    child = "child" in ages
    if child and not adult:
        return trait(total, "age") == "child"
    return adult >= {"male", "female"} or bool(adult & {""})


def is_disjoint(parts: Sequence[Mark]) -> bool:
    """Say whether no one can be of two parts, by gender or age: "54 men and 15 minors", "women, girls and boys"."""
    told = [{(g, a) for g in _either(trait(p, "gender"), _GENDERS) for a in _either(_age(p), _AGES)} for p in parts]
    return sum(len(t) for t in told) == len(set[tuple[str, str]]().union(*told))


def _either(value: str, values: tuple[str, str]) -> tuple[str, ...]:
    return (value,) if value else values


def _age(mark: Mark) -> str:
    """Return the age a label names; "women" and "men" are adults beside children."""
    return trait(mark, "age") or ("adult" if trait(mark, "gender") else "")


def is_told_out(parts: Sequence[Mark]) -> bool:
    """Say whether parts that leave a sex or an age out may be all: "men, girls and boys", "women and girls".

    "86 women and 114 children" is a choice of those who need protection.
    """
    genders = {trait(p, "gender") for p in parts}
    return genders >= {"male", "female"} or (len(genders) == 1 and "" not in genders)


def is_one_noun(first: str, second: str) -> bool:
    """Say whether two words are one noun in the singular and the plural: "family" and "families", "mes" and "meses"."""
    short, long = sorted((first, second), key=len)
    stem = max(_STEM, len(short) - 1)
    return len(short) >= _STEM and long.startswith(short[:stem]) and len(long) - len(short) <= _LONGER


def names_same(first: Mark, second: Mark) -> bool:
    """Say whether two figures name a thing by one noun: "48 appeals lodged in May", "9 appeals back", "one appeal"."""
    words = [[w for w in m.fact.label.lower().split() if len(w) >= _NOUN] for m in (first, second)]
    return any(is_one_noun(one, other) for one in words[0] for other in words[1])


def is_inflected(word: str, others: Iterable[str]) -> bool:
    """Say whether a word stands among others in another form: "a documenté 644 cas", "68 % des cas documentés"."""
    root = word[: max(_ROOT, len(word) - _ENDING)]
    return len(word) >= _ROOT and any(o.startswith(root) and abs(len(word) - len(o)) < _ENDING for o in others)


def is_of_another_fate(mark: Mark, total: Mark, parts: Sequence[Mark] = ()) -> bool:
    """Say whether a figure stands beside a divided one: "23 dead, 14 men, 6 women and 3 children, and 41 injured"."""
    fate = trait(total, "fate")
    return fate != "" and trait(mark, "fate") not in ("", fate) and not any(trait(p, "fate") for p in parts)
