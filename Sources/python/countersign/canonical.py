"""RFC 8785 canonical JSON, and the digest that is taken over it.

One extension: an integer keeps its digits however large it is, because two different arguments
must not share a digest.
"""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any, List


def number_text(number: float) -> str:
    """The ECMAScript form of a float: the shortest digits that mean it."""
    if not math.isfinite(number):
        raise ValueError("JSON has no such number")
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    mantissa, _, exponent = repr(abs(number)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = whole + ("" if fraction == "0" and not exponent else fraction)
    point = len(whole) + int(exponent or 0)
    stripped = digits.lstrip("0")
    point -= len(digits) - len(stripped)
    return sign + _placed(stripped.rstrip("0"), point)


def _placed(digits: str, point: int) -> str:
    """`digits` with the decimal point after the first `point` of them."""
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    tail = f".{digits[1:]}" if count > 1 else ""
    power = point - 1
    return f"{digits[0]}{tail}e{'+' if power > 0 else '-'}{abs(power)}"


def _put(value: Any, out: List[str]) -> None:
    if value is None or value is True or value is False:
        out.append({None: "null", True: "true", False: "false"}[value])
    elif isinstance(value, str):
        out.append(json.dumps(value, ensure_ascii=False))
    elif isinstance(value, int):
        out.append(int.__repr__(value))
    elif isinstance(value, float):
        out.append(number_text(value))
    elif isinstance(value, (list, tuple)):
        _put_all(value, out)
    elif isinstance(value, dict):
        _put_members(value, out)
    else:
        raise ValueError(f"{type(value).__name__} is no JSON")


def _put_all(values: Any, out: List[str]) -> None:
    out.append("[")
    for place, value in enumerate(values):
        if place:
            out.append(",")
        _put(value, out)
    out.append("]")


def _put_members(members: Any, out: List[str]) -> None:
    if not all(isinstance(name, str) for name in members):
        raise ValueError("a name in an object is no text")
    out.append("{")
    # By UTF-16 code units, which is not the order of Python's strings.
    for place, name in enumerate(sorted(members, key=lambda name: name.encode("utf-16-be"))):
        if place:
            out.append(",")
        out.append(json.dumps(name, ensure_ascii=False) + ":")
        _put(members[name], out)
    out.append("}")


def canonical(value: Any) -> bytes:
    """The canonical bytes of a JSON value; raises ValueError when it has none."""
    out: List[str] = []
    try:
        _put(value, out)
    except RecursionError:
        raise ValueError("the value is nested too deeply") from None
    return "".join(out).encode("utf-8")


def digest(value: Any) -> str:
    """`sha256:` and the hexadecimal digest of the canonical bytes."""
    return "sha256:" + hashlib.sha256(canonical(value)).hexdigest()
