"""Finds the shape of a type hint."""

from __future__ import annotations

import collections.abc
import dataclasses
import sys
import typing
from enum import Enum
from typing import Any, Dict, List, Mapping, Optional, Set, Tuple, Union

from .containers import Few, Many, Mapped, Member, Model, Named, Record
from .shape import SIMPLE, Anything, Choice, Either, Schema, Shape, Unsupported

UNIONS: Set[Any] = {Union}
if sys.version_info >= (3, 10):
    import types

    UNIONS.add(types.UnionType)

SEQUENCES = (list, collections.abc.Sequence, collections.abc.Iterable)
SETS = (set, frozenset, collections.abc.Set)
MAPPINGS = (dict, collections.abc.Mapping, collections.abc.MutableMapping)


def hints_of(thing: Any) -> Dict[str, Any]:
    """The resolved type hints of a function or class, with what Annotated adds."""
    try:
        return typing.get_type_hints(thing, include_extras=True)
    except (NameError, TypeError) as error:
        name = getattr(thing, "__qualname__", thing)
        raise Unsupported(f"the type hints of {name} cannot be read: {error}") from None


def shape_of(hint: Any) -> Shape:
    """The shape of one hint."""
    return Reading().shape(hint)


class Reading:
    """Hints that belong together, and the definitions that they share."""

    def __init__(self) -> None:
        self.definitions: Dict[str, Schema] = {}
        self._open: Dict[Any, Optional[Named]] = {}

    def shape(self, hint: Any) -> Shape:
        """The shape of a hint; raises Unsupported when it has none."""
        origin = typing.get_origin(hint)
        arguments = typing.get_args(hint)
        if type(hint).__name__ == "_AnnotatedAlias" or hasattr(hint, "__metadata__"):
            return self.shape(arguments[0] if arguments else hint.__origin__)
        if hint is Any or hint is object or isinstance(hint, typing.TypeVar):
            return Anything()
        if origin is typing.Literal:
            return Choice([(value, value) for value in arguments])
        if origin in UNIONS:
            return Either([self.shape(part) for part in arguments])
        if getattr(origin, "_name", "") in ("Required", "NotRequired", "ReadOnly"):
            return self.shape(arguments[0])
        if hasattr(hint, "__supertype__"):
            return self.shape(hint.__supertype__)
        if hint is None:
            return SIMPLE[type(None)]()
        container = self._container(origin or hint, arguments)
        return container or self._single(hint)

    def _container(self, origin: Any, arguments: Tuple[Any, ...]) -> Optional[Shape]:
        if origin in SEQUENCES:
            return Many(self._first(arguments), list)
        if origin in SETS:
            build = frozenset if origin is frozenset else set
            return Many(self._first(arguments), build, is_unordered=True)
        if origin in MAPPINGS:
            if arguments and arguments[0] not in (str, Any):
                raise Unsupported("a dict's names must be texts")
            return Mapped(self.shape(arguments[1]) if arguments else Anything())
        if origin is tuple:
            if not arguments or len(arguments) == 2 and arguments[1] is Ellipsis:
                return Many(self._first(arguments), tuple)
            return Few([self.shape(part) for part in arguments if part != ()])
        return None

    def _first(self, arguments: Tuple[Any, ...]) -> Shape:
        return self.shape(arguments[0]) if arguments else Anything()

    def _single(self, hint: Any) -> Shape:
        if hint in SIMPLE:
            return SIMPLE[hint]()
        if not isinstance(hint, type):
            raise Unsupported(f"{hint!r} has no JSON form")
        if issubclass(hint, Enum):
            return Choice.of_enum(hint)
        if hasattr(hint, "model_json_schema") and hasattr(hint, "model_validate"):
            return Model(hint, self.definitions)
        if dataclasses.is_dataclass(hint):
            return self._record(hint, _parts_of_dataclass, hint, _members_of_dataclass(hint))
        if issubclass(hint, dict) and hasattr(hint, "__required_keys__"):
            return self._record(hint, _parts_of_dict, dict, _members_of_typed_dict(hint))
        if issubclass(hint, tuple) and hasattr(hint, "_fields"):
            return self._record(hint, _parts_of_named_tuple, hint, _members_of_named_tuple(hint))
        raise Unsupported(f"{hint.__name__} has no JSON form; use a dataclass, or leave it out")

    def _record(self, hint: Any, take: Any, build: Any, members: List[Any]) -> Shape:
        if hint in self._open:
            again = self._open[hint] or Named(self.definitions, hint.__name__)
            self._open[hint] = again
            return again
        self._open[hint] = None
        record = Record(hint.__name__, lambda value: take(hint, value), build)
        hints = hints_of(hint)
        for name, is_required in members:
            shape = self.shape(hints.get(name, Any))
            record.members.append(Member(name, shape, is_required))
        named = self._open.pop(hint)
        if named is None:
            return record
        named.target = record
        return named


def _members_of_dataclass(hint: Any) -> List[Tuple[str, bool]]:
    missing = dataclasses.MISSING
    return [
        (item.name, item.default is missing and item.default_factory is missing)
        for item in dataclasses.fields(hint)
        if item.init
    ]


def _members_of_typed_dict(hint: Any) -> List[Tuple[str, bool]]:
    names = typing.get_type_hints(hint)
    return [(name, name in hint.__required_keys__) for name in names]


def _members_of_named_tuple(hint: Any) -> List[Tuple[str, bool]]:
    return [(name, name not in hint._field_defaults) for name in hint._fields]


def _parts_of_dataclass(hint: Any, value: Any) -> Optional[Mapping[str, Any]]:
    if not isinstance(value, hint):
        return None
    return {name: getattr(value, name) for name, _ in _members_of_dataclass(hint)}


def _parts_of_dict(_: Any, value: Any) -> Optional[Mapping[str, Any]]:
    return value if isinstance(value, Mapping) else None


def _parts_of_named_tuple(hint: Any, value: Any) -> Optional[Mapping[str, Any]]:
    return value._asdict() if isinstance(value, hint) else None
