"""Takes terminal bytes apart, so that what a program told the terminal can be judged."""

import re
import unicodedata

TOKEN = re.compile(
    rb"\x1b\[(?P<csi>[\x30-\x3f]*[\x20-\x2f]*)(?P<final>[\x40-\x7e])"
    rb"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    rb"|\x1b(?P<string>[PX^_])(?P<body>.*?)(?:\x1b\\|\x07)"
    rb"|\x1b(?P<esc>[\x20-\x2f]*[\x30-\x7e])"
    rb"|(?P<control>[\x00-\x1f\x7f])"
    rb"|(?P<text>[^\x00-\x1f\x7f]+)", re.DOTALL)

# What a full-screen program may say: cursor, erase, insert and delete, scroll region, colours.
CSI_ALLOWED = set(b"mHABCDEFGdJKLMPSTXZ@`abefghlrtq")
PRIVATE_MODES = {1, 4, 7, 12, 25, 1004, 1006, 1034, 1049, 2004, 2026, 2048}
# Questions whose answers hold numbers alone: is the terminal there, and does it know mode 2026.
QUESTIONS = {(b"5", b"n"), (b"?2026$", b"p")}
CONTROLS_ALLOWED = set(b"\x07\x08\x09\x0a\x0d\x0e\x0f")
OSC_ALLOWED = re.compile(rb"(0|2);[A-Za-z0-9 ._:/()-]*|104|110|111|112")


def complaints(raw):
    """Everything in `raw` that no full-screen program of ours has a reason to say."""
    found = []
    for token in TOKEN.finditer(raw):
        if token["final"]:
            found += _csi(token["csi"], token["final"])
        elif token["osc"] is not None:
            if not OSC_ALLOWED.fullmatch(token["osc"]):
                found.append(f"OSC {token['osc']!r}")
        elif token["string"]:
            found.append(f"string sequence ESC {token['string']!r} {token['body'][:40]!r}")
        elif token["control"] and token["control"][0] not in CONTROLS_ALLOWED:
            found.append(f"control byte {token['control']!r}")
        elif token["text"]:
            found += _text(token["text"].decode("utf-8", "replace"))
    return found


def _csi(parameters, final):
    if (parameters, final) in QUESTIONS:
        return []
    if final[0] not in CSI_ALLOWED:
        return [f"CSI {parameters!r} {final!r}"]
    if parameters.startswith(b"?") and final in b"hl":
        unknown = {int(mode) for mode in parameters[1:].split(b";")} - PRIVATE_MODES
        return [f"private mode {mode}" for mode in sorted(unknown)]
    if final == b"t" and not parameters.startswith((b"22", b"23")):
        return [f"window report CSI {parameters!r} t"]
    return []


def _text(text):
    return [f"raw U+{ord(character):04X}" for character in text if is_dangerous(character)]


def is_dangerous(character):
    """A character that hides, reorders or moves: it must never reach a terminal as itself."""
    category = unicodedata.category(character)
    return category in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") or 0xE0000 <= ord(character) < 0xE1000


def plain_complaints(raw):
    """What plain or JSON output must not have: anything but text and line feeds."""
    text = raw.decode("utf-8", "replace")
    found = [f"raw U+{ord(c):04X}" for c in text if c != "\n" and is_dangerous(c)]
    if "\ufffd" in text and b"\xef\xbf\xbd" not in raw:
        found.append("bytes that are not UTF-8")
    return found
