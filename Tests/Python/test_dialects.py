"""The wire forms of frameworks: read and answered with every value as it was."""

import pathlib
import unittest

from countersign.dialects import DIALECTS, Decided, Unreadable, answer, read
from countersign.jsontext import compact, parse

FIXTURES = parse((pathlib.Path(__file__).parent / "fixtures" / "dialects.json").read_bytes())
PROPOSED = {"n": 12345678901234567890, "deep": {"z": None, "t": "é😀"}}
CHANGED = {"n": 9007199254740993, "deep": {"z": [None], "t": "ü"}}


def replaced(value):
    """The value with each of its parts replaced by something of another kind."""
    for strange in (None, 7, "x", [], ["x"], {}):
        yield strange
    if isinstance(value, (dict, list)):
        for place in value if isinstance(value, dict) else range(len(value)):
            for part in replaced(value[place]):
                changed = value.copy()
                changed[place] = part
                yield changed


class Dialects(unittest.TestCase):
    """Each of them, by its fixture."""

    def test_every_dialect_has_a_fixture(self):
        """Goal: none is untested."""
        self.assertEqual(set(FIXTURES), set(DIALECTS))

    def test_there_and_back(self):
        """Goal: large integers, null, nested edits and characters past U+FFFF stay as they are."""
        for dialect, fixture in FIXTURES.items():
            asked = read(dialect, fixture["message"])
            self.assertEqual(len(asked), 1, dialect)
            self.assertEqual((asked[0].tool, asked[0].arguments), ("pay", PROPOSED), dialect)
            for name, decided in (
                ("approved", Decided(PROPOSED)),
                ("edited", Decided(CHANGED, edited=True)),
                ("rejected", Decided(message="ask Bo")),
            ):
                said = answer(dialect, asked, [decided])
                self.assertEqual(parse(compact(said)), fixture[name], f"{dialect} {name}")

    def test_what_is_no_message(self):
        """Goal: what cannot be read is refused, and never taken for a call without arguments."""
        for dialect in DIALECTS:
            for message in (None, 1, "x", {}, {"name": "pay"}, {"args": {}}):
                with self.assertRaises(Unreadable, msg=f"{dialect} {message}"):
                    read(dialect, message)

    def test_a_part_of_another_kind(self):
        """Goal: whatever stands in the place of a part, the message is read or refused in words."""
        for dialect, fixture in FIXTURES.items():
            for changed in replaced(fixture["message"]):
                try:
                    read(dialect, changed)
                except Unreadable:
                    pass

    def test_arguments_that_are_no_object(self):
        """Goal: a list or a text in their place is refused."""
        for arguments in ([], "x", None, 1):
            with self.assertRaises(Unreadable):
                read("langchain-per-call", {"name": "p", "args": arguments, "tool_call_id": "c"})
        with self.assertRaises(Unreadable):
            read("openai-agents", {"name": "p", "call_id": "c", "arguments": "{"})

    def test_a_decision_for_each_call(self):
        """Goal: decisions by position never slip by one."""
        asked = read("langchain-batched", FIXTURES["langchain-batched"]["message"])
        with self.assertRaises(ValueError):
            answer("langchain-batched", asked, [])
