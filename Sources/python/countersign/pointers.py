"""JSON Pointers, the dotted form that people like to write, and what they point to."""

from __future__ import annotations

from typing import Any, Iterable, Iterator, List, Mapping, Tuple

Tokens = Tuple[str, ...]


def tokens(text: str) -> Tokens:
    """The parts of `/recipient/iban` or of `recipient.iban`; `*` stands for every element."""
    if text.startswith("/"):
        return tuple(part.replace("~1", "/").replace("~0", "~") for part in text[1:].split("/"))
    if not text or not all(text.split(".")):
        raise ValueError(f"{text!r} points to nothing: write recipient.iban or /recipient/iban")
    return tuple(text.split("."))


def pointer(parts: Iterable[str]) -> str:
    """The RFC 6901 text."""
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def expanded(parts: Tokens, value: Any, done: Tokens = ()) -> Iterator[Tokens]:
    """What the parts point to in a value, with each `*` replaced by what is there."""
    if not parts:
        yield done
        return
    head, rest = parts[0], parts[1:]
    if isinstance(value, Mapping):
        for name in value if head == "*" else [head] if head in value else []:
            yield from expanded(rest, value[name], (*done, name))
    elif isinstance(value, list):
        count = len(value)
        chosen = range(count) if head == "*" else [int(head)] if head.isdigit() else []
        for place in chosen:
            if place < count:
                yield from expanded(rest, value[place], (*done, str(place)))


def redactions(paths: Iterable[str], arguments: Mapping[str, Any]) -> List[str]:
    """The pointers to hide in these arguments.

    One that points to nothing is left out where its outermost part is absent or null, since there
    is nothing to hide then; it is kept otherwise, so that the control plane refuses what may be
    misspelt.
    """
    found: List[str] = []
    for path in paths:
        parts = tokens(path)
        places = list(expanded(parts, arguments))
        if not places and "*" not in parts and arguments.get(parts[0]) is not None:
            places = [parts]
        found += [pointer(place) for place in places]
    return list(dict.fromkeys(found))


def changes(before: Any, after: Any, at: Tokens = ()) -> List[str]:
    """The pointers at which two JSON values differ, the outermost that say it."""
    if isinstance(before, dict) and isinstance(after, dict):
        names = list(before) + [name for name in after if name not in before]
        return [
            found
            for name in names
            for found in (
                changes(before[name], after[name], (*at, name))
                if name in before and name in after
                else [pointer((*at, name))]
            )
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [
            found
            for place, (left, right) in enumerate(zip(before, after))
            for found in changes(left, right, (*at, str(place)))
        ]
    is_same = type(before) is type(after) and before == after
    return [] if is_same else [pointer(at)]
