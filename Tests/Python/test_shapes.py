"""Type hints become schemas, values become JSON, and decided JSON becomes values again."""

import dataclasses
import datetime
import decimal
import enum
import json
import sys
import typing
import unittest
import uuid
from typing import (
    Any, Dict, FrozenSet, List, Literal, NamedTuple, Optional, Tuple, TypedDict, Union)

from countersign.shapes import Misfit, Parameters, Unsupported, shape_of


class Currency(enum.Enum):
    """An Enum of texts."""

    EUR = "eur"
    USD = "usd"


@dataclasses.dataclass
class Account:
    """A record."""

    iban: str
    holder: Optional[str] = None


@dataclasses.dataclass
class Node:
    """A record that holds itself."""

    name: str
    children: "List[Node]" = dataclasses.field(default_factory=list)


class Options(TypedDict, total=False):
    """A dict with known names."""

    urgent: bool
    note: str


class Point(NamedTuple):
    """A tuple with names."""

    x: float
    y: float = 0.0


UTC = datetime.timezone.utc
NAME = typing.NewType("NAME", str)

#: A hint, a value of it, and the JSON of both directions.
PAIRS = [
    (str, "é", "é"), (int, 2**70, 2**70), (bool, True, True), (float, 1.5, 1.5),
    (type(None), None, None), (Any, {"a": [1, None]}, {"a": [1, None]}),
    (Optional[int], None, None), (Union[int, str], "7", "7"), (Union[str, int], 7, 7),
    (Union[float, int], 7, 7), (List[int], [1, 2], [1, 2]), (Tuple[int, str], (1, "a"), [1, "a"]),
    (Tuple[int, ...], (1, 2, 3), [1, 2, 3]), (FrozenSet[str], frozenset({"b", "a"}), ["a", "b"]),
    (Dict[str, Account], {"x": Account("DE")}, {"x": {"iban": "DE", "holder": None}}),
    (Literal["a", 1, None], 1, 1), (Currency, Currency.USD, "usd"),
    (Options, {"urgent": True}, {"urgent": True}), (Point, Point(1.0, 2.0), {"x": 1.0, "y": 2.0}),
    (Node, Node("a", [Node("b")]),
     {"name": "a", "children": [{"name": "b", "children": []}]}),
    (decimal.Decimal, decimal.Decimal("1840.00"), "1840.00"),
    (datetime.datetime, datetime.datetime(2026, 1, 2, 3, 4, 5, 600, UTC),
     "2026-01-02T03:04:05.000600+00:00"),
    (datetime.date, datetime.date(2026, 1, 2), "2026-01-02"),
    (uuid.UUID, uuid.UUID(int=7), str(uuid.UUID(int=7))), (bytes, b"\x00\xff", "AP8="),
    (NAME, "x", "x"),
]

#: A hint, and JSON that does not fit it.
MISFITS = [
    (str, 1), (int, True), (int, 1.5), (int, "1"), (bool, 1), (float, "1"), (float, 2**60 + 1),
    (type(None), 0), (Optional[int], "x"), (List[int], [1, "x"]), (List[int], {"0": 1}),
    (Tuple[int, str], [1]), (Dict[str, int], {"a": "x"}), (Literal[1], True), (Currency, "EUR"),
    (Account, {}), (Account, {"iban": "x", "bic": "y"}), (Account, "x"), (Options, {"urgent": 1}),
    (Point, [1, 2]), (Node, {"name": "a", "children": [{"name": 1}]}),
    (decimal.Decimal, 1.5), (decimal.Decimal, "NaN"), (datetime.datetime, "tomorrow"),
    (datetime.date, "2026-13-01"), (uuid.UUID, "x"), (bytes, "?"), (FrozenSet[int], [1, 1]),
]


class Lax:
    """A class that describes itself, and takes more than it keeps, as Pydantic's models do."""

    def __init__(self, cents=0, secret=None):
        self.cents, self.secret = cents, secret

    def __eq__(self, other):
        return (self.cents, self.secret) == (other.cents, other.secret)

    @classmethod
    def model_json_schema(cls, ref_template):
        """A schema with a definition of its own."""
        return {"$ref": ref_template.format(model="Cents"), "$defs": {"Cents": {"type": "object"}}}

    @classmethod
    def model_validate_json(cls, text):
        """Takes a text for a number, and what it does not know."""
        return cls(int(json.loads(text).get("cents", 0)))

    @classmethod
    def model_validate(cls, value):
        """Never asked: what comes is JSON."""
        raise AssertionError(value)

    def model_dump(self, **_):
        """Leaves the secret out."""
        return {"cents": self.cents}


class SelfDescribing(unittest.TestCase):
    """Pydantic's models, and one of the kind."""

    def test_what_would_become_something_else(self):
        """Goal: what runs is what was shown, so nothing is coerced, dropped or left untold."""
        shape = shape_of(Lax)
        self.assertEqual(shape.read(shape.write(Lax(5))), Lax(5))
        for changed in ({"cents": "5"}, {"cents": 5, "more": 1}, {"cents": "x"}, {}, []):
            with self.assertRaises((Misfit, AttributeError), msg=changed):
                shape.read(changed)
        with self.assertRaises(Misfit):
            shape.write(Lax(5, "s3cret"))

    def test_definitions(self):
        """Goal: references inside such a type are found from the outermost schema."""

        def tool(one: Lax, two: Lax):
            """A tool."""

        schema = Parameters(tool).schema()
        self.assertEqual(schema["properties"]["two"], {"$ref": "#/$defs/Lax.Cents"})
        self.assertEqual(schema["$defs"], {"Lax.Cents": {"type": "object"}})

    def test_models_of_pydantic(self):
        """Goal: aliases, defaults, nested and computed members come back as they went."""
        try:
            import pydantic
        except ImportError:
            raise unittest.SkipTest("pydantic is not installed") from None

        class Line(pydantic.BaseModel):
            """Nested."""

            cents: int
            on: datetime.date = datetime.date(2026, 1, 2)

        class Order(pydantic.BaseModel):
            """Outer."""

            lines: List[Line]
            iban: str = pydantic.Field(alias="IBAN")
            rate: decimal.Decimal = decimal.Decimal("1.50")

            @pydantic.computed_field
            @property
            def total(self) -> int:
                """Not an argument."""
                return sum(line.cents for line in self.lines)

        class Token(pydantic.BaseModel):
            """Does not tell what it holds."""

            text: pydantic.SecretStr

        shape = shape_of(Order)
        order = Order(lines=[Line(cents=2**60)], IBAN="DE")
        told = shape.write(order)
        self.assertEqual(told, {"lines": [{"cents": 2**60, "on": "2026-01-02"}], "IBAN": "DE",
                                "rate": "1.50"})
        self.assertEqual(shape.read(told), order)
        self.assertEqual(shape.read({"lines": [], "IBAN": "x"}), Order(lines=[], IBAN="x"))
        for name, changed in (("IBAN", 5), ("rate", 1.5), ("rate", "x"), ("more", 1),
                              ("lines", [{"cents": "7"}]), ("lines", [{"cents": True}])):
            with self.assertRaises(Misfit, msg=f"{name} {changed}"):
                shape.read({**told, name: changed})
        with self.assertRaises(Misfit):
            shape_of(Token).write(Token(text="s3cret"))

        def tool(order: Order):
            """A tool."""

        self.assertIn("Order.Line", Parameters(tool).schema()["$defs"])


class Shapes(unittest.TestCase):
    """Single hints."""

    def test_there_and_back(self):
        """Goal: a value survives the way to the approver and back, type included."""
        for hint, value, json in PAIRS:
            shape = shape_of(hint)
            self.assertEqual(shape.write(value), json, hint)
            back = shape.read(json)
            self.assertEqual(back, value, hint)
            self.assertIs(type(back), type(value), hint)

    def test_misfits(self):
        """Goal: what an approver may have typed wrongly never reaches the tool."""
        for hint, json in MISFITS:
            with self.assertRaises(Misfit, msg=f"{hint} {json}"):
                shape_of(hint).read(json)

    def test_instants_of_others(self):
        """Goal: Z, and any number of digits after the second."""
        read = shape_of(datetime.datetime).read
        self.assertEqual(read("2026-01-02T03:04:05Z").tzinfo, UTC)
        self.assertEqual(read("2026-01-02T03:04:05.1234567Z").microsecond, 123456)

    def test_where_it_is_wrong(self):
        """Goal: the pointer is named, the value is not."""
        with self.assertRaises(Misfit) as caught:
            shape_of(Dict[str, List[Account]]).read({"a/b": [{"iban": "ok"}, {"iban": 4711}]})
        self.assertEqual(caught.exception.pointer, "/a~1b/1/iban")
        self.assertNotIn("4711", str(caught.exception))

    def test_unsupported(self):
        """Goal: a hint without a JSON form is refused when the tool is defined."""
        for hint in (complex, Dict[int, str], typing.Callable[[], None], object.__class__):
            with self.assertRaises(Unsupported, msg=str(hint)):
                shape_of(hint)

    @unittest.skipIf(sys.version_info < (3, 10), "the language has it since 3.10")
    def test_new_unions(self):
        """Goal: `int | None` is Optional[int]."""
        self.assertEqual(shape_of(eval("int | None")).read(None), None)


class ParametersOfTools(unittest.TestCase):
    """Whole signatures."""

    def test_schema(self):
        """Goal: the schema says what the hints say."""

        def tool(account: Account, cents: int, mode: Literal["a", "b"] = "a", note: str = None):
            """A tool."""

        schema = Parameters(tool).schema()
        self.assertEqual(schema["required"], ["account", "cents"])
        self.assertIs(schema["additionalProperties"], False)
        self.assertEqual(schema["properties"]["mode"], {"enum": ["a", "b"]})
        self.assertEqual(
            schema["properties"]["note"], {"anyOf": [{"type": "string"}, {"type": "null"}]})
        account = schema["properties"]["account"]
        self.assertEqual((account["required"], account["type"]), (["iban"], "object"))

    def test_a_type_that_holds_itself(self):
        """Goal: it is described once and referred to."""

        def tool(tree: Node):
            """A tool."""

        schema = Parameters(tool).schema()
        self.assertEqual(schema["properties"]["tree"], {"$ref": "#/$defs/Node"})
        self.assertEqual(
            schema["$defs"]["Node"]["properties"]["children"]["items"], {"$ref": "#/$defs/Node"})

    def test_all_kinds_of_parameters(self):
        """Goal: positional, keyword and open parameters arrive where they belong."""

        def tool(a, b=2, /, c=3, *, d: float = 4, **rest: int):
            return a, b, c, d, rest

        if sys.version_info >= (3, 8):
            parameters = Parameters(tool)
            written = parameters.write((1,), {"d": 5, "e": 6})
            self.assertEqual(written, {"a": 1, "b": 2, "c": 3, "d": 5, "e": 6})
            written["c"], written["e"] = 30, 60
            values = parameters.read(written)
            self.assertEqual(parameters.run(tool, values, {}), (1, 2, 30, 5, {"e": 60}))

    def test_hidden_parameters(self):
        """Goal: they are in no schema, and no edit can set them."""

        def tool(context, n: int):
            return context, n

        parameters = Parameters(tool, ["context"])
        marker = object()
        self.assertEqual(parameters.write((marker, 1), {}), {"n": 1})
        with self.assertRaises(Misfit):
            parameters.read({"n": 1, "context": "evil"})
        hidden = parameters.hidden_values((marker, 1), {})
        self.assertEqual(parameters.run(tool, parameters.read({"n": 2}), hidden), (marker, 2))

    def test_a_default_that_nobody_can_see(self):
        """Goal: it is refused when the tool is defined, unless it is left to the tool."""
        marker = object()

        def tool(n: int, client=marker):
            return n, client

        with self.assertRaises(Unsupported) as caught:
            Parameters(tool)
        self.assertIn('hidden=["client"]', str(caught.exception))
        parameters = Parameters(tool, ["client"])
        self.assertEqual(parameters.write((1,), {}), {"n": 1})
        self.assertEqual(parameters.run(tool, parameters.read({"n": 2}), {}), (2, marker))

    def test_star_arguments_are_refused(self):
        """Goal: parameters without names cannot be edited by name."""
        with self.assertRaises(Unsupported):
            Parameters(lambda *parts: None)
