"""The standard `dataclass` and `StrEnum`, made faster for our records: slotted, and most of them frozen.

A check makes a hundred classes of records before it reads a word, and tens of thousands of records after. For each
class the standard decorator writes and compiles up to six methods; here they are shared, except `__init__`, which is
written when the first record of its class is made: a check needs half of them. And each field of a standard frozen
record is set by name, past the method that forbids it; here a record is frozen for the type checker, which knows this
decorator as the standard one and refuses every assignment in our code.

A check names the members of its closed sets hundreds of thousands of times ("is it a figure?"). The standard class
answers each time through a method for names it does not know; ours holds its members as any class holds its names.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - for those who import it from here
    from enum import StrEnum as StrEnum  # noqa: PLC0414 - as above
else:

    def dataclass(*, frozen=False, slots=False, eq=True, **options):  # typed as the standard one
        """Return a decorator as the standard one does; slotted classes are made the fast way."""
        if not slots:
            return dataclasses.dataclass(frozen=frozen, eq=eq, **options)

        def record(cls: type) -> type:
            made = _slotted(cls, **options)
            if "__init__" not in cls.__dict__:
                made.__init__ = _first_init(made)
            if "__repr__" not in cls.__dict__:
                made.__repr__ = _repr
            if eq:
                made.__eq__, hashed = _comparison(made)
                made.__hash__ = hashed if frozen else None
            return made

        return record

    class _ClosedSet(type):
        """A class whose texts with names in capitals are its members and its only instances."""

        def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> Any:
            made = super().__new__(cls, name, bases, space)
            made._members = {}
            for key, value in space.items():
                if key.isupper() and not key.startswith("_"):
                    member = str.__new__(made, value)
                    member.name, member.value = key, value
                    made._members[value] = member
                    setattr(made, key, member)
            return made

        def __call__(cls, value: str) -> Any:
            if value not in cls._members:
                raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
            return cls._members[value]

        def __iter__(cls) -> Iterator[Any]:
            return iter(cls._members.values())

        def __len__(cls) -> int:
            return len(cls._members)

    class StrEnum(str, metaclass=_ClosedSet):  # typed as the standard one
        """A closed set of texts; each member equals its text, and is the same object wherever it is named."""

        def __repr__(self) -> str:
            return f"<{type(self).__qualname__}.{self.name}: {self.value!r}>"

        def __reduce__(self) -> tuple[type, tuple[str]]:
            return type(self), (self.value,)  # a copy, or what another process sends, is the member itself


def _slotted(cls: Any, *, kw_only: bool = False) -> Any:
    """Return a class again with its fields as slots, known as fields to `fields`, `replace` and the like.

    The standard decorator asks of each annotation whether it is one of `ClassVar` or `InitVar`; ours hold neither.
    """
    found: dict[str, Any] = {}
    for base in reversed(cls.__mro__[1:]):
        found |= getattr(base, "__dataclass_fields__", {})
    space = dict(cls.__dict__)
    own = space.get("__annotations__", {})
    for name, kind in own.items():
        default = space.pop(name, dataclasses.MISSING)
        field = default if isinstance(default, dataclasses.Field) else dataclasses.field(default=default)
        field.name, field.type, field._field_type = name, kind, dataclasses._FIELD  # type: ignore[attr-defined, union-attr]  # noqa: SLF001
        field.kw_only = kw_only if field.kw_only is dataclasses.MISSING else field.kw_only
        found[name] = field
    for name in ("__dict__", "__weakref__"):
        space.pop(name, None)
    made = type(cls)(cls.__name__, cls.__bases__, {**space, "__slots__": tuple(own), "__dataclass_fields__": found})
    made.__qualname__ = cls.__qualname__
    return made


def _first_init(made: Any) -> Callable[..., None]:
    """Return the `__init__` that writes the real one at its first call."""

    def __init__(self: Any, *args: Any, **named: Any) -> None:  # noqa: N807
        made.__init__ = _init_of(made)
        made.__init__(self, *args, **named)

    return __init__


def _init_of(made: Any) -> Any:
    """Return an `__init__` that sets each field of a class, written out as the standard decorator writes it."""
    space: dict[str, Any] = {"_missing": dataclasses.MISSING}
    plain: list[str] = []
    named: list[str] = []
    body: list[str] = []
    for field in dataclasses.fields(made):
        name, default, factory = field.name, field.default, field.default_factory
        space |= {f"_default_{name}": default, f"_make_{name}": factory}
        made_anew = factory is not dataclasses.MISSING
        if field.init:
            told = "" if default is dataclasses.MISSING and not made_anew else f"=_default_{name}"
            (named if field.kw_only else plain).append(f"{name}{told}")
            value = f"_make_{name}() if {name} is _missing else {name}" if made_anew else name
        elif made_anew or default is not dataclasses.MISSING:
            value = f"_make_{name}()" if made_anew else f"_default_{name}"
        else:
            continue
        body.append(f" self.{name} = {value}")
    if hasattr(made, "__post_init__"):
        body.append(" self.__post_init__()")
    parameters = ", ".join(["self", *plain, *(["*", *named] if named else [])])
    exec("\n".join([f"def __init__({parameters}):", *(body or [" pass"])]), space)  # noqa: S102 - names of our own fields
    return space["__init__"]


def _repr(self: Any) -> str:
    shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _comparison(made: Any) -> tuple[Callable[[object, object], Any], Callable[[object], int]]:
    """Return `__eq__` and `__hash__` by the fields that are compared."""
    names = [field.name for field in dataclasses.fields(made) if field.compare]
    values: Callable[[object], object] = attrgetter(*names)

    def __eq__(self: object, other: object) -> Any:  # noqa: N807
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(values(self))

    return __eq__, __hash__
