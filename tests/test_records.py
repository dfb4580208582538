"""Our records and closed sets behave as the standard classes they are typed as."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import field, fields, replace
from typing import cast

import pytest

from audit.records import StrEnum, dataclass


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


class Signal(StrEnum):
    """A closed set with a property."""

    STOP = "stop"
    GO_ON = "go on"

    @property
    def is_red(self) -> bool:
        return self is Signal.STOP


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


def test_a_member_of_a_closed_set_is_its_text_and_one_object() -> None:
    assert Signal("go on") is Signal.GO_ON
    assert list(Signal) == ["stop", "go on"]
    assert len(Signal) == 2
    assert {Signal.STOP: 1}["stop"] == 1  # type: ignore[index]
    assert (Signal.GO_ON.name, Signal.GO_ON.value, f"{Signal.GO_ON}", str(Signal.GO_ON)) == ("GO_ON", *["go on"] * 3)
    assert type(str(Signal.STOP)) is type(Signal.STOP.value) is str
    assert (Signal.STOP.is_red, Signal.GO_ON.is_red) == (True, False)
    assert repr(Signal.GO_ON) == "<Signal.GO_ON: 'go on'>"
    assert json.dumps([Signal.STOP]) == '["stop"]'


def test_a_member_is_copied_and_pickled_as_itself() -> None:
    assert copy.deepcopy(Signal.STOP) is copy.copy(Signal.STOP) is Signal.STOP
    assert pickle.loads(pickle.dumps(Signal.STOP)) is Signal.STOP


def test_a_text_that_is_no_member_is_refused() -> None:
    with pytest.raises(ValueError, match="'red' is not a valid Signal"):
        Signal("red")
