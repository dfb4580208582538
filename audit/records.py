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
from functools import cache, partial
from operator import attrgetter
from types import CodeType, FunctionType
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
            return _slotted(cls, frozen=frozen, eq=eq, **options)

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


def _slotted(cls: Any, *, frozen: bool, eq: bool, kw_only: bool = False) -> Any:
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

    def __init__(self: Any, *args: Any, **named: Any) -> None:  # noqa: N807 - the real one is written at the first call
        made.__init__ = _init_of(made)
        made.__init__(self, *args, **named)

    shared: dict[str, Any] = {"__init__": __init__, "__repr__": _repr}
    if eq:
        space["__eq__"], hashed = _comparison([field.name for field in found.values() if field.compare])
        space["__hash__"] = hashed if frozen else None
    space = {**shared, **space, "__slots__": tuple(own), "__dataclass_fields__": found}
    made = type(cls)(cls.__name__, cls.__bases__, space)
    made.__qualname__ = cls.__qualname__
    return made


def _init_of(made: Any) -> Any:
    """Return an `__init__` that sets each field of a class, as the standard decorator writes it."""
    fields = dataclasses.fields(made)
    placed = [field for field in fields if field.init and not field.kw_only]
    given = [*placed, *(field for field in fields if field.init and field.kw_only)]
    fixed = [field for field in fields if not field.init and (_is_made(field) or _has_default(field))]
    code = _template(tuple(map(_is_made, given)), len(fixed), hasattr(made, "__post_init__"))
    names = {f"_{number}": field.name for number, field in enumerate([*given, *fixed])}
    code = code.replace(
        co_argcount=1 + len(placed),
        co_kwonlyargcount=len(given) - len(placed),
        co_names=tuple([names.get(name, name) for name in code.co_names]),
        co_varnames=tuple([names.get(name, name) for name in code.co_varnames]),
    )
    space: dict[str, Any] = {"_missing": dataclasses.MISSING}
    for number, field in enumerate([*given, *fixed]):
        space[f"_make{number}"] = field.default_factory if _is_made(field) else partial(getattr, field, "default")
    init = FunctionType(code, space, "__init__", tuple([f.default for f in placed if _is_made(f) or _has_default(f)]))
    init.__kwdefaults__ = {f.name: f.default for f in given[len(placed) :] if _is_made(f) or _has_default(f)}
    return init


def _is_made(field: dataclasses.Field[Any]) -> bool:
    return field.default_factory is not dataclasses.MISSING


def _has_default(field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING


@cache
def _template(given: tuple[bool, ...], fixed: int, ends: bool) -> CodeType:  # noqa: FBT001
    """Return the code of an `__init__` for so many fields, given (made where they are not) and fixed, without names.

    To compile one takes as long as to read a paragraph; most classes differ by the names of their fields only.
    """
    body = [
        f" self._{n} = _make{n}() if _{n} is _missing else _{n}" if m else f" self._{n} = _{n}"
        for n, m in enumerate(given)
    ]
    body += [f" self._{n} = _make{n}()" for n in range(len(given), len(given) + fixed)]
    if ends:
        body.append(" self.__post_init__()")
    parameters = ", ".join(["self", *(f"_{n}" for n in range(len(given)))])
    space: dict[str, Any] = {}
    exec("\n".join([f"def __init__({parameters}):", *(body or [" pass"])]), space)  # noqa: S102 - made of numbers only
    code: CodeType = space["__init__"].__code__
    return code


def _repr(self: Any) -> str:
    shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _comparison(names: list[str]) -> tuple[Callable[[object, object], Any], Callable[[object], int]]:
    """Return `__eq__` and `__hash__` by the fields that are compared."""
    values: Callable[[object], object] = attrgetter(*names)

    def __eq__(self: object, other: object) -> Any:  # noqa: N807
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(values(self))

    return __eq__, __hash__
