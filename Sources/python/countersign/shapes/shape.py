"""What every shape can do, and the shapes of single values."""

from __future__ import annotations

import base64
import datetime
import math
import pathlib
import re
import uuid
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple, Type

Schema = Dict[str, Any]


class Unsupported(TypeError):
    """A type hint that has no JSON form."""


class Misfit(ValueError):
    """A value that is not of the type; says where, and never what it is."""

    def __init__(self, sentence: str, path: Tuple[str, ...] = ()) -> None:
        self.sentence = sentence
        self.path = path
        super().__init__(f"{self.pointer or 'the value'} {sentence}")

    @property
    def pointer(self) -> str:
        """Where it is, as a JSON Pointer."""
        return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in self.path)

    def inside(self, name: object) -> "Misfit":
        """The same, seen from one level further out."""
        return Misfit(self.sentence, (str(name), *self.path))


class Shape:
    """A type: `schema` describes its JSON, `write` makes it, `read` takes it back."""

    def schema(self) -> Schema:
        """The JSON Schema."""
        raise NotImplementedError

    def write(self, value: Any) -> Any:
        """The JSON of a value; raises Misfit when it is not of the type."""
        raise NotImplementedError

    def read(self, value: Any) -> Any:
        """The value of some JSON; raises Misfit when that does not fit."""
        raise NotImplementedError


class Anything(Shape):
    """No hint: whatever JSON there is, and nothing else."""

    def schema(self) -> Schema:
        return {}

    def write(self, value: Any) -> Any:
        if value is None or isinstance(value, (bool, str, int)) and not isinstance(value, Enum):
            return value
        if isinstance(value, float):
            return _finite(value)
        if isinstance(value, (list, tuple)):
            return [_inside(self.write, place, item) for place, item in enumerate(value)]
        if isinstance(value, dict):
            return {_name(name): _inside(self.write, name, item) for name, item in value.items()}
        raise Misfit(f"is a {type(value).__name__}, which has no JSON form without a type hint")

    def read(self, value: Any) -> Any:
        return value


class Simple(Shape):
    """A JSON type that Python has as well."""

    def __init__(self, name: str, check: Callable[[Any], Any]) -> None:
        self._name = name
        self._check = check

    def schema(self) -> Schema:
        return {"type": self._name}

    def write(self, value: Any) -> Any:
        return self._check(value)

    def read(self, value: Any) -> Any:
        return self._check(value)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise Misfit("is no finite number")
    return float(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Misfit("is no text")
    return str(value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Misfit("is neither true nor false")
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Misfit("is no whole number")
    if isinstance(value, float) and not value.is_integer():
        raise Misfit("is no whole number")
    return int(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Misfit("is no number")
    try:
        number = _finite(float(value))
    except OverflowError:
        raise Misfit("is larger than a float can be") from None
    if number != value:
        raise Misfit("has more digits than a float holds")
    return number


def _nothing(value: Any) -> None:
    if value is not None:
        raise Misfit("is not null")


class Spelt(Shape):
    """A Python value that JSON spells as a text."""

    def __init__(
        self,
        kind: type,
        spell: Callable[[Any], str],
        parse: Callable[[str], Any],
        **schema: Any,
    ) -> None:
        self._kind = kind
        self._spell = spell
        self._parse = parse
        self._schema = {"type": "string", **schema}

    def schema(self) -> Schema:
        return dict(self._schema)

    def write(self, value: Any) -> Any:
        if not isinstance(value, self._kind):
            raise Misfit(f"is no {self._kind.__name__}")
        return self._spell(value)

    def read(self, value: Any) -> Any:
        try:
            return self._parse(_text(value))
        except (ValueError, InvalidOperation):
            raise Misfit(f"is no {self._kind.__name__}") from None


def _instant(text: str) -> datetime.datetime:
    """Reads RFC 3339, with any number of digits after the second."""
    found = re.fullmatch(
        r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?(Z|[+-]\d\d:\d\d)?", text, re.I)
    if not found:
        raise ValueError(text)
    zone = (found.group(3) or "").upper().replace("Z", "+00:00")
    fraction = (found.group(2) or "0").ljust(6, "0")
    return datetime.datetime.fromisoformat(f"{found.group(1).upper()}.{fraction}{zone}")


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


def _spell_decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise Misfit("is no finite number")
    return format(value, "f")


DECIMAL_PATTERN = r"^-?[0-9]+(\.[0-9]+)?$"

#: The shapes of single types; a class must not be found before the one that it comes from.
SIMPLE: Dict[type, Callable[[], Shape]] = {
    str: lambda: Simple("string", _text),
    bool: lambda: Simple("boolean", _truth),
    int: lambda: Simple("integer", _whole),
    float: lambda: Simple("number", _number),
    type(None): lambda: Simple("null", _nothing),
    datetime.datetime: lambda: Spelt(
        datetime.datetime, datetime.datetime.isoformat, _instant),
    datetime.date: lambda: Spelt(
        datetime.date, datetime.date.isoformat, datetime.date.fromisoformat, format="date"),
    datetime.time: lambda: Spelt(
        datetime.time, datetime.time.isoformat, datetime.time.fromisoformat),
    Decimal: lambda: Spelt(Decimal, _spell_decimal, _decimal, pattern=DECIMAL_PATTERN),
    uuid.UUID: lambda: Spelt(uuid.UUID, str, uuid.UUID, format="uuid"),
    bytes: lambda: Spelt(
        bytes,
        lambda value: base64.b64encode(value).decode("ascii"),
        lambda text: base64.b64decode(text, validate=True),
        contentEncoding="base64",
    ),
    pathlib.Path: lambda: Spelt(pathlib.PurePath, str, pathlib.Path),
}


class Choice(Shape):
    """One of a few values: a Literal or an Enum."""

    def __init__(self, pairs: Sequence[Tuple[Any, Any]], name: str = "value") -> None:
        self._pairs = list(pairs)
        self._name = name

    @staticmethod
    def of_enum(kind: Type[Enum]) -> "Choice":
        """The values of an Enum; it must have JSON values."""
        pairs = [(member, member.value) for member in kind]
        if not all(_is_plain(value) for _, value in pairs):
            raise Unsupported(f"{kind.__name__} has values that are no texts or numbers")
        return Choice(pairs, kind.__name__)

    def schema(self) -> Schema:
        return {"enum": [json for _, json in self._pairs]}

    def write(self, value: Any) -> Any:
        for member, json in self._pairs:
            if _same(member, value):
                return json
        raise Misfit(f"is none of the allowed {self._name}s")

    def read(self, value: Any) -> Any:
        for member, json in self._pairs:
            if _same(json, value):
                return member
        raise Misfit(f"is none of the allowed {self._name}s")


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, float, bool))


def _same(left: Any, right: Any) -> bool:
    """Equal, and of the same kind: True is not 1."""
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


class Either(Shape):
    """A Union: the first shape that fits."""

    def __init__(self, shapes: List[Shape]) -> None:
        self._shapes = shapes

    def schema(self) -> Schema:
        return {"anyOf": [shape.schema() for shape in self._shapes]}

    def write(self, value: Any) -> Any:
        return self._first("write", value)

    def read(self, value: Any) -> Any:
        return self._first("read", value)

    def _first(self, action: str, value: Any) -> Any:
        deepest: Optional[Misfit] = None
        exact = [shape for shape in self._shapes if _is_made_for(shape, value)]
        for shape in exact + self._shapes:
            try:
                return getattr(shape, action)(value)
            except Misfit as misfit:
                if deepest is None or len(misfit.path) > len(deepest.path):
                    deepest = misfit
        raise deepest or Misfit("fits none of the types")


def _is_made_for(shape: Shape, value: Any) -> bool:
    """So that `Union[int, float]` and `Union[float, int]` keep what came."""
    names = {"integer": int, "number": float, "string": str, "boolean": bool}
    kind = names.get(str(shape.schema().get("type"))) if isinstance(shape, Simple) else None
    return kind is not None and type(value) is kind


def _name(name: Any) -> str:
    if not isinstance(name, str):
        raise Misfit("has a name that is no text")
    return str(name)


def _inside(action: Callable[[Any], Any], name: object, value: Any) -> Any:
    try:
        return action(value)
    except Misfit as misfit:
        raise misfit.inside(name) from None
