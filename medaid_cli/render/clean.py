"""Data is text: it never steers a terminal, and one record stays on one line."""

import re
from functools import cache

# C0 and C1 controls, DEL, bidirectional marks, embeddings, overrides and isolates, line and paragraph separators,
# lone surrogates, and the byte-order mark.
UNSAFE = "\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff"


@cache
def unsafe() -> re.Pattern[str]:
    """One character that must not reach a terminal as it is."""
    return re.compile(f"[{UNSAFE}]")


def clean(text: str) -> str:
    r"""The text with such characters shown as `\x1b` or `\u202e`; line ends and tabs become spaces."""
    return unsafe().sub(shown, text)


def shown(match: re.Match[str]) -> str:
    """The visible form of one unsafe character."""
    char = match[0]
    if char in "\t\n\r\v\f\u2028\u2029\x85":
        return " "
    return f"\\x{ord(char):02x}" if ord(char) <= 0xFF else f"\\u{ord(char):04x}"


def escape_json(text: str) -> str:
    """JSON text with the characters that JSON would let through as escapes: the data stays the same."""
    if text.isprintable():
        return text
    return unsafe().sub(lambda match: f"\\u{ord(match[0]):04x}", text)
