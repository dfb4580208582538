"""Our records behave as the standard data classes they are typed as."""

from __future__ import annotations

import copy
import pickle
from dataclasses import field, fields, replace
from typing import cast

import pytest

from audit.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A place with a default, a made default and a field that is not compared."""

    name: str
    metres: int = 0
    lines: tuple[str, ...] = field(default_factory=tuple)
    seen: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """The same fields under another name."""

    name: str
    metres: int = 0
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A record by position that prints itself."""

    left: int
    right: int

    def __repr__(self) -> str:
        return f"{self.left}:{self.right}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Token:
    """A record that is only itself."""

    text: str


@dataclass(slots=True)
class Tally:
    """A record that changes."""

    count: int = 0


def test_a_record_that_changes_is_equal_by_its_fields_and_no_key() -> None:
    tally = Tally()
    tally.count += 1
    assert tally == Tally(1)
    assert tally != Tally()
    with pytest.raises(TypeError):
        hash(tally)


def test_records_are_equal_by_the_fields_that_are_compared() -> None:
    assert Stop(name="a", seen=True) == Stop(name="a")
    assert Stop(name="a") != Stop(name="a", metres=1)
    assert Stop(name="a") != cast("object", Halt(name="a"))
    assert Token(text="a") != Token(text="a")


def test_equal_records_are_one_key() -> None:
    assert len({Stop(name="a", seen=True), Stop(name="a"), Stop(name="b")}) == 2
    assert {Pair(1, 2): "x"}[Pair(1, 2)] == "x"


def test_a_record_shows_its_fields_unless_it_shows_itself() -> None:
    assert repr(Stop(name="a", metres=5)) == "Stop(name='a', metres=5, lines=())"
    assert repr(Pair(1, 2)) == "1:2"


def test_records_are_replaced_copied_and_pickled() -> None:
    stop = replace(Stop(name="a"), metres=7)
    assert (stop.name, stop.metres) == ("a", 7)
    assert copy.deepcopy(stop) == stop
    assert pickle.loads(pickle.dumps(stop)) == stop
    assert [each.name for each in fields(Stop)] == ["name", "metres", "lines", "seen"]


def test_records_hold_nothing_but_their_fields() -> None:
    with pytest.raises(AttributeError):
        object.__setattr__(Stop(name="a"), "colour", "red")
    with pytest.raises(TypeError):
        Stop("a")  # type: ignore[call-arg]


def test_what_is_given_stands_before_what_is_made() -> None:
    assert Stop(name="a", lines=("1", "2")).lines == ("1", "2")
    assert Stop(name="a").lines == ()
