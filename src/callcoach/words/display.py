"""Makes text from outside safe to show: it cannot move the cursor, recolour or reorder a screen."""

_PICTURES = {code: 0x2400 + code for code in range(0x20)}
_C1 = dict.fromkeys(range(0x7F, 0xA0), 0xFFFD)
_BIDI = dict.fromkeys(
    (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD
)
_OTHERS = dict.fromkeys((0x2028, 0x2029), 0x20) | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)

_ONE_LINE = _PICTURES | _C1 | _BIDI | _OTHERS | {0x09: 0x20, 0x0A: 0x20, 0x0D: None}
_BLOCK = _ONE_LINE | {0x0A: 0x0A}


def display(text: str) -> str:
    """Return `text` as one harmless line: control characters become pictures, breaks spaces.

    C0 controls turn into U+2400 pictures; DEL, C1 controls, bidirectional overrides and lone
    surrogates into U+FFFD.
    """
    return text.translate(_ONE_LINE)


def display_block(text: str) -> str:
    """Return `text` harmless like `display`, with its line breaks kept."""
    return text.translate(_BLOCK)
