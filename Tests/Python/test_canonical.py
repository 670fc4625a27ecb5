"""Digests are those of the control plane, byte for byte."""

import json
import os
import pathlib
import struct
import unittest

from countersign.canonical import canonical, digest, number_text
from countersign.jsontext import compact, parse


class Numbers(unittest.TestCase):
    """The ECMAScript form of numbers."""

    def test_table(self):
        """Goal: each branch of the form, and both sides of its borders."""
        for number, text in (
            (0.0, "0"), (-0.0, "0"), (1.0, "1"), (1.5, "1.5"), (-2.25, "-2.25"),
            (1e20, "1" + 20 * "0"),
            (1e21, "1e+21"), (123e18, "123" + 18 * "0"), (1e-6, "0.000001"), (1e-7, "1e-7"),
            (1.25e-9, "1.25e-9"), (5e-324, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (333333333.33333329, "333333333.3333333"), (4.50, "4.5"), (2e-3, "0.002"),
            (0.1, "0.1"), (100.5, "100.5"), (12345678901234567890.0, "12345678901234567000"),
        ):
            self.assertEqual(number_text(number), text)

    def test_no_number(self):
        """Goal: what JSON does not have has no form."""
        for number in (float("nan"), float("inf"), float("-inf")):
            with self.assertRaises(ValueError):
                number_text(number)


class Forms(unittest.TestCase):
    """The canonical form of whole values."""

    def test_order_is_of_utf16(self):
        """Goal: a character past U+FFFF sorts before one of the private use area."""
        names = {"\ue000": 1, "\U0001f600": 2, "a": 3, "": 4}
        self.assertEqual(
            canonical(names).decode(), '{"":4,"a":3,"\U0001f600":2,"\ue000":1}')

    def test_whole_numbers_keep_their_digits(self):
        """Goal: two large integers that are one double have two digests."""
        wanted = b"[9223372036854775808,-1" + 30 * b"0" + b"]"
        self.assertEqual(canonical([2**63, -(10**30)]), wanted)
        self.assertNotEqual(digest({"n": 2**53}), digest({"n": 2**53 + 1}))

    def test_spelling_does_not_matter(self):
        """Goal: `1`, `1.0` and `1e0` are one value."""
        digests = {digest(parse(text)) for text in (b"[1,0]", b"[1.0,-0.0]", b"[1e0,0]")}
        self.assertEqual(len(digests), 1)

    def test_texts(self):
        """Goal: control characters are escaped as RFC 8785 wants, the rest stands as it is."""
        self.assertEqual(
            canonical("\x00\x08\t\n\x0c\r\"\\/\x7f\u20ac").decode(),
            '"\\u0000\\b\\t\\n\\f\\r\\"\\\\/\x7f\u20ac"')

    def test_no_form(self):
        """Goal: what is no JSON is refused, and never written as something else."""
        for value in ({1: 2}, {"a": {3}}, object(), float("nan"), "\ud800", {"\udfff": 1}, b"x"):
            with self.assertRaises(ValueError):
                canonical(value)


class PublishedVectors(unittest.TestCase):
    """The vectors of RFC 8785's authors."""

    def setUp(self):
        folder = os.environ.get("COUNTERSIGN_CONFORMANCE")
        if not folder:
            self.skipTest("COUNTERSIGN_CONFORMANCE is unset")
        self.folder = pathlib.Path(folder) / "jcs"

    def test_numbers(self):
        """Goal: ten thousand doubles."""
        for line in (self.folder / "es6numbers-10000.txt").read_text().split():
            bits, text = line.split(",")
            number = struct.unpack(">d", bytes.fromhex(bits.zfill(16)))[0]
            self.assertEqual(number_text(number), text, bits)

    def test_documents(self):
        """Goal: each document's canonical bytes."""
        for path in sorted((self.folder / "testdata" / "input").glob("*.json")):
            wanted = (self.folder / "testdata" / "output" / path.name).read_bytes()
            self.assertEqual(canonical(json.loads(path.read_bytes())), wanted, path.name)


class Reading(unittest.TestCase):
    """Nothing is lost when JSON is read."""

    def test_refused(self):
        """Goal: what a float cannot hold, and what two readers would read differently."""
        for text in (b"1e400", b"0.10000000000000000001", b'{"a":1,"a":2}', b"NaN", b"Infinity",
                     b"[" * 100_000, b"\xff", b"", b"{", b"1e-400"):
            with self.assertRaises(ValueError, msg=text[:20]):
                parse(text)

    def test_taken(self):
        """Goal: whatever is exact comes in as it is."""
        text = '{"n":12345678901234567890,"x":0.1,"e":1E2,"t":"\\u00e9\\ud83d\\ude00","z":null}'
        self.assertEqual(parse(text.encode()), {
            "n": 12345678901234567890, "x": 0.1, "e": 100.0, "t": "é😀", "z": None})

    def test_written(self):
        """Goal: no value is written as something that is no JSON."""
        self.assertEqual(compact({"ä": [1, None, True]}), '{"ä":[1,null,true]}'.encode())
        for value in (float("nan"), {1, 2}, "\ud800"):
            with self.assertRaises(ValueError):
                compact(value)
