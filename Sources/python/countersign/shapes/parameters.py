"""The parameters of a function, as the object of arguments that people decide about."""

from __future__ import annotations

import inspect
from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple

from .containers import Member
from .reading import Reading, hints_of
from .shape import Anything, Misfit, Schema, Shape, Unsupported, _inside

KINDS_WITHOUT_NAME = (inspect.Parameter.VAR_POSITIONAL,)


def _check_default(parameter: inspect.Parameter, shape: Shape) -> None:
    """Refuses a default that no approver could be shown."""
    try:
        shape.write(parameter.default)
    except Misfit as misfit:
        raise Unsupported(
            f"the default of {parameter.name} {misfit.sentence}, so nobody could see what would "
            f'run: give it a type hint that fits, or leave it to the tool: hidden=["'
            f'{parameter.name}"]') from None


class Parameters:
    """What a tool takes: its schema, a call of it as JSON, and JSON as a call of it.

    Parameters in `hidden` are not decided about: they are passed on as they came. Those in
    `filled` are not the caller's at all.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        hidden: Iterable[str] = (),
        filled: Iterable[str] = (),
    ) -> None:
        whole = inspect.signature(function)
        self._order = list(whole.parameters.values())
        without = [item for item in self._order if item.name not in set(filled)]
        self.signature = whole.replace(parameters=without)
        self.hidden = frozenset(hidden)
        self._reading = Reading()
        self._members: List[Member] = []
        self._rest: Optional[Tuple[str, Shape]] = None
        hints = hints_of(function)
        for parameter in self.signature.parameters.values():
            if parameter.name not in self.hidden:
                self._add(parameter, hints.get(parameter.name, Any))
        unknown = self.hidden - set(self.signature.parameters)
        if unknown:
            raise Unsupported(f"there is no parameter {sorted(unknown)[0]}")

    def _add(self, parameter: inspect.Parameter, hint: Any) -> None:
        if parameter.kind in KINDS_WITHOUT_NAME:
            raise Unsupported("a tool with *arguments cannot be held: name its parameters")
        shape = self._reading.shape(hint)
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            self._rest = (parameter.name, shape)
            return
        if parameter.default is None:
            # `x: str = None` means an optional text, whatever the hint says.
            shape = self._reading.shape(Optional[hint]) if hint is not Any else Anything()
        is_required = parameter.default is inspect.Parameter.empty
        if not is_required:
            _check_default(parameter, shape)
        self._members.append(Member(parameter.name, shape, is_required))

    def names(self) -> List[str]:
        """The parameters that are decided about."""
        return [member.name for member in self._members]

    def schema(self) -> Schema:
        """The JSON Schema of the arguments."""
        self._reading.definitions.clear()
        properties = {member.name: member.shape.schema() for member in self._members}
        required = [member.name for member in self._members if member.is_required]
        schema: Schema = {"type": "object", "properties": properties}
        if required:
            schema["required"] = required
        schema["additionalProperties"] = self._rest[1].schema() if self._rest else False
        if self._reading.definitions:
            schema["$defs"] = dict(self._reading.definitions)
        return schema

    def write(self, args: Tuple[Any, ...], keywords: Dict[str, Any]) -> Dict[str, Any]:
        """A call as JSON, defaults included: people see everything that would run."""
        bound = self.signature.bind(*args, **keywords)
        bound.apply_defaults()
        written = {
            member.name: _inside(member.shape.write, member.name, bound.arguments[member.name])
            for member in self._members
        }
        if self._rest is not None:
            rest, shape = self._rest
            for name, value in bound.arguments.get(rest, {}).items():
                written[name] = _inside(shape.write, name, value)
        return written

    def read(self, arguments: Dict[str, Any]) -> Dict[str, Any]:
        """The decided arguments as Python values; raises Misfit when they do not fit."""
        values: Dict[str, Any] = {}
        known = {member.name: member for member in self._members}
        for name, value in arguments.items():
            if name in known:
                values[name] = _inside(known[name].shape.read, name, value)
            elif self._rest and name not in self.hidden:
                values[name] = _inside(self._rest[1].read, name, value)
            else:
                raise Misfit("is no parameter").inside(name)
        for member in self._members:
            if member.is_required and member.name not in values:
                raise Misfit("is missing").inside(member.name)
        return values

    def run(
        self, function: Callable[..., Any], values: Dict[str, Any], hidden: Dict[str, Any]
    ) -> Any:
        """Calls the function with decided values, and with the hidden ones as they came."""
        by_position: List[Any] = []
        by_name = {**values}
        for parameter in self._order:
            name = parameter.name
            if name in hidden:
                by_name[name] = hidden[name]
            if parameter.kind is inspect.Parameter.POSITIONAL_ONLY:
                if name not in by_name:
                    break
                by_position.append(by_name.pop(name))
        return function(*by_position, **by_name)

    def hidden_values(self, args: Tuple[Any, ...], keywords: Dict[str, Any]) -> Dict[str, Any]:
        """The parameters of a call that nobody decides about."""
        bound = self.signature.bind(*args, **keywords)
        return {name: bound.arguments[name] for name in self.hidden if name in bound.arguments}
