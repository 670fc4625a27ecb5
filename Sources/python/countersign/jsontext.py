"""JSON without surprises: nothing is rounded, no name comes twice, no number is infinite."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Dict, List, Tuple

#: Answers are larger than what may be sent.
BYTES_MAX = 8 << 20


def _exact(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")) or Decimal(repr(number)) != Decimal(text):
        raise ValueError("a number has more digits than a float holds")
    return number


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _once(pairs: List[Tuple[str, Any]]) -> Dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name comes twice in an object")
    return members


def parse(data: bytes) -> Any:
    """Reads JSON; raises ValueError for everything that cannot be read exactly."""
    if len(data) > BYTES_MAX:
        raise ValueError("the text is too long")
    try:
        return json.loads(
            data.decode("utf-8"),
            parse_float=_exact,
            parse_constant=_refuse,
            object_pairs_hook=_once,
        )
    except RecursionError:
        raise ValueError("the text is nested too deeply") from None


def compact(value: Any) -> bytes:
    """Writes JSON on one line; raises ValueError for what JSON does not have."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    return text.encode("utf-8")
