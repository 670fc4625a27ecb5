"""Shapes of values that hold others."""

from __future__ import annotations

import json
from typing import Any, Callable, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple

from ..canonical import digest
from .shape import Misfit, Schema, Shape, Unsupported, _inside, _name


class Many(Shape):
    """Values of one type in a row: a list, a set, a tuple of any length."""

    def __init__(
        self, item: Shape, build: Callable[[List[Any]], Any], is_unordered: bool = False
    ) -> None:
        self._item = item
        self._build = build
        self._is_unordered = is_unordered

    def schema(self) -> Schema:
        unique = {"uniqueItems": True} if self._is_unordered else {}
        return {"type": "array", "items": self._item.schema(), **unique}

    def write(self, value: Any) -> Any:
        kinds: Tuple[type, ...] = (set, frozenset) if self._is_unordered else (list, tuple)
        if not isinstance(value, kinds):
            raise Misfit("is no list")
        items: Iterable[Any] = value  # type: ignore[assignment]
        written = [_inside(self._item.write, n, item) for n, item in enumerate(items)]
        # Sorted, so that the same set is the same call, also in another process.
        return sorted(written, key=repr) if self._is_unordered else written

    def read(self, value: Any) -> Any:
        if not isinstance(value, list):
            raise Misfit("is no list")
        items = [_inside(self._item.read, n, item) for n, item in enumerate(value)]
        if self._is_unordered and len(set(items)) != len(items):
            raise Misfit("holds something twice")
        return self._build(items)


class Few(Shape):
    """A tuple of so many values, each of its own type."""

    def __init__(self, items: Sequence[Shape]) -> None:
        self._items = list(items)

    def schema(self) -> Schema:
        count = len(self._items)
        items = [item.schema() for item in self._items]
        prefix = {"prefixItems": items} if items else {}
        return {"type": "array", **prefix, "minItems": count, "maxItems": count}

    def write(self, value: Any) -> Any:
        if not isinstance(value, tuple) or len(value) != len(self._items):
            raise Misfit(f"is no tuple of {len(self._items)}")
        pairs = enumerate(zip(self._items, value))
        return [_inside(shape.write, n, item) for n, (shape, item) in pairs]

    def read(self, value: Any) -> Any:
        if not isinstance(value, list) or len(value) != len(self._items):
            raise Misfit(f"is no list of {len(self._items)}")
        pairs = enumerate(zip(self._items, value))
        return tuple(_inside(shape.read, n, item) for n, (shape, item) in pairs)


class Mapped(Shape):
    """A dict with any names."""

    def __init__(self, item: Shape) -> None:
        self._item = item

    def schema(self) -> Schema:
        items = self._item.schema()
        return {"type": "object", **({"additionalProperties": items} if items else {})}

    def write(self, value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise Misfit("is no dict")
        return {_name(n): _inside(self._item.write, n, item) for n, item in value.items()}

    def read(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise Misfit("is no object")
        return {n: _inside(self._item.read, n, item) for n, item in value.items()}


class Member:
    """A named part of a record."""

    def __init__(self, name: str, shape: Shape, is_required: bool) -> None:
        self.name = name
        self.shape = shape
        self.is_required = is_required


class Record(Shape):
    """A dataclass, a TypedDict, a NamedTuple: known names, each with its own type.

    `take` lists what a value has as a dict, `build` makes a value of one.
    """

    def __init__(
        self,
        title: str,
        take: Callable[[Any], Optional[Mapping[str, Any]]],
        build: Callable[..., Any],
    ) -> None:
        self.title = title
        self.members: List[Member] = []
        self._take = take
        self._build = build

    def schema(self) -> Schema:
        required = [member.name for member in self.members if member.is_required]
        return {
            "type": "object",
            "properties": {member.name: member.shape.schema() for member in self.members},
            **({"required": required} if required else {}),
            "additionalProperties": False,
        }

    def write(self, value: Any) -> Any:
        parts = self._take(value)
        if parts is None:
            raise Misfit(f"is no {self.title}")
        return self._each("write", parts)

    def read(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise Misfit("is no object")
        parts = self._each("read", value)
        try:
            return self._build(**parts)
        except (TypeError, ValueError):
            raise Misfit(f"does not make a {self.title}") from None

    def _each(self, action: str, parts: Mapping[str, Any]) -> Dict[str, Any]:
        known = {member.name for member in self.members}
        for name in parts:
            if name not in known:
                raise Misfit("is not known").inside(name)
        done: Dict[str, Any] = {}
        for member in self.members:
            if member.name in parts:
                act = getattr(member.shape, action)
                done[member.name] = _inside(act, member.name, parts[member.name])
            elif member.is_required:
                raise Misfit("is missing").inside(member.name)
        return done


class Named(Shape):
    """A record that is described once and referred to, because it holds itself."""

    def __init__(self, definitions: Dict[str, Schema], name: str) -> None:
        self._definitions = definitions
        self._name = name
        self.target: Optional[Shape] = None

    def schema(self) -> Schema:
        if self._name not in self._definitions and self.target is not None:
            self._definitions[self._name] = {}
            self._definitions[self._name] = self.target.schema()
        return {"$ref": f"#/$defs/{self._name}"}

    def write(self, value: Any) -> Any:
        return self._known().write(value)

    def read(self, value: Any) -> Any:
        return self._known().read(value)

    def _known(self) -> Shape:
        if self.target is None:
            raise Misfit("has a type that is not complete")
        return self.target


class Model(Shape):
    """A class that describes itself, as Pydantic's models do.

    Such a class may turn what it is given into something else, or leave it out. What runs is what
    was shown, so a value that does not come back as it went is refused in both directions.
    """

    def __init__(self, kind: Any, definitions: Dict[str, Schema]) -> None:
        self._kind = kind
        self._definitions = definitions

    def schema(self) -> Schema:
        title = self._kind.__name__
        schema = dict(self._kind.model_json_schema(ref_template=f"#/$defs/{title}.{{model}}"))
        # References count from the outermost schema.
        for name, part in schema.pop("$defs", {}).items():
            if self._definitions.setdefault(f"{title}.{name}", part) != part:
                raise Unsupported(f"there are two types named {title}")
        return schema

    def write(self, value: Any) -> Any:
        if not isinstance(value, self._kind):
            raise Misfit(f"is no {self._kind.__name__}")
        written = value.model_dump(mode="json", by_alias=True, round_trip=True)
        if self.read(written) != value:
            raise Misfit(f"is a {self._kind.__name__} that its JSON does not tell whole")
        return written

    def read(self, value: Any) -> Any:
        try:
            made = self._kind.model_validate_json(json.dumps(value))
            again = made.model_dump(
                mode="json", by_alias=True, round_trip=True, exclude_unset=True)
            is_same = digest(again) == digest(value)
        except ValueError:
            # Its own words quote the value, which may be a secret.
            raise Misfit(f"does not make a {self._kind.__name__}") from None
        if not is_same:
            raise Misfit(f"would be another value in a {self._kind.__name__}")
        return made
