"""Makes text from outside safe to show: it cannot move the cursor, recolour or reorder a screen."""

import json
from collections.abc import Iterable

_PICTURES = {code: 0x2400 + code for code in range(0x20)}
_C1 = dict.fromkeys(range(0x7F, 0xA0), 0xFFFD)
_BIDI = dict.fromkeys(
    (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD
)
_HIDDEN = dict.fromkeys(
    (
        *(0x00AD, 0x180E, 0x200B, 0xFEFF),
        *range(0x2060, 0x2065),
        *range(0x206A, 0x2070),
        *range(0xFFF9, 0xFFFC),
        *range(0xE0000, 0xE0080),
    ),
    0xFFFD,
)
"""What takes no room and hides in a name; joiners (U+200C, U+200D) stay: emoji are made of them."""
_OTHERS = dict.fromkeys((0x2028, 0x2029), 0x20) | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)

_ONE_LINE = _PICTURES | _C1 | _BIDI | _HIDDEN | _OTHERS | {0x09: 0x20, 0x0A: 0x20, 0x0D: None}
_BLOCK = _ONE_LINE | {0x0A: 0x0A}
_JSON = {code: json.dumps(chr(code))[1:-1] for code in _ONE_LINE if code >= 0x7F}


def display(text: str) -> str:
    """Return `text` as one harmless line: control characters become pictures, breaks spaces.

    C0 controls turn into U+2400 pictures; DEL, C1 controls, bidirectional overrides, invisible
    characters and lone surrogates into U+FFFD.
    """
    return text.translate(_ONE_LINE)


def display_spans(
    text: str, spans: Iterable[tuple[int, int]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return `text` harmless like `display`, and where the spans, which follow on one another, are.

    Characters may vanish, so that they are not where they were.
    """
    shown, found, at = "", list[tuple[int, int]](), 0
    for start, end in spans:
        shown += display(text[at:start])
        words = display(text[start:end])
        found.append((len(shown), len(shown) + len(words)))
        shown, at = shown + words, end
    return shown + display(text[at:]), tuple(found)


def display_block(text: str) -> str:
    """Return `text` harmless like `display`, with its line breaks kept."""
    return text.translate(_BLOCK)


def display_json(text: str) -> str:
    """Return a JSON text that means the same, with what is not harmless written as escapes."""
    return text.translate(_JSON)
