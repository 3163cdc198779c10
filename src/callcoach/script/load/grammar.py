"""Says in plain words what a YAML parser finds wrong with a text, and what to do about it."""

from callcoach.errors import Told

_QUOTE = Told("put the text in quotation marks")
_ALIGN = Told("indent it like the lines that it belongs to, with spaces")
_BRACKET = Told("a bracket or a brace is not closed, or a comma is missing")
_CLOSE = Told(
    "close what was opened, and put a comma between two things; a text with brackets in it stands"
    " in quotation marks"
)
_COLON = Told("a second colon on the line, or a line that is indented too far")
_DASH = Told("a dash for an item stands where no list can begin")
_INDENT = Told("the line is not indented as those it belongs to, or words follow a quotation")
_NO_COLON = Told("a key without its colon")
_SPACE = Told("write a colon and a space: “key: value”")
_START = Told("a text cannot begin with this sign, unless it stands in quotation marks")
_TAB = Told("a tab, where only spaces may stand")
_OPEN = Told("the quotation that begins here is not closed")
_SHUT = Told("close it where the text ends")

_TROUBLES = (
    ("found a tab", _TAB, Told("indent by spaces")),
    ("'\\t' that cannot start any token", _TAB, Told("indent by spaces")),
    ("cannot start any token", _START, _QUOTE),
    ("node content", _START, _QUOTE),
    ("mapping values are not allowed", _COLON, _ALIGN),
    ("sequence entries are not allowed", _DASH, _ALIGN),
    ("found unexpected end of stream", _OPEN, _SHUT),
    ("found unexpected document", _OPEN, _SHUT),
    ("',' or '}'", _BRACKET, _CLOSE),
    ("',' or ']'", _BRACKET, _CLOSE),
    ("could not find expected ':'", _NO_COLON, _SPACE),
    ("expected key", _INDENT, _ALIGN),
    ("expected '-' indicator", _INDENT, _ALIGN),
    ("expected <block end>", _INDENT, _ALIGN),
    (
        "unknown escape character",
        Told("a backslash in double quotation marks"),
        Told("use single quotation marks"),
    ),
    (
        "expected comment or line break",
        Told("after | or > a text begins on the next line"),
        Told("begin it there, or put it in quotation marks"),
    ),
)
"""What PyYAML says, the quick parser or its own, the same in plain words, and the remedy."""
_UNKNOWN = Told("it cannot be read on from here")

Trouble = tuple[Told, Told]
"""What is wrong, and what to do about it."""

NEVER_CLOSED: Trouble = (_OPEN, _SHUT)
NO_SPACE: Trouble = (Told("there is no space after the colon"), _SPACE)
SECOND_COLON: Trouble = (Told("a text with a colon in it stands without quotation marks"), _QUOTE)
COMMA: Trouble = (Told("a comma has ended the text before it"), _QUOTE)
AFTER_QUOTED: Trouble = (
    Told("there is more after the closing quotation mark"),
    Told("put the whole text in quotation marks, of a kind that does not stand in it"),
)
COMMENT: Trouble = (
    Told("“#” after a space begins a comment, and the closing bracket stands in it"),
    _QUOTE,
)
TAB: Trouble = (_TAB, Told("indent by spaces"))


def stray(sign: str) -> Trouble:
    """Return what is wrong with a sign in the middle of a line."""
    return Told("“{sign}” does not belong there", sign=sign), _QUOTE


def plain(problem: str) -> Trouble:
    """Return a parser's complaint in plain words; what is not known is said in general."""
    known = ((told, remedy) for sign, told, remedy in _TROUBLES if sign in problem)
    return next(known, (_UNKNOWN, _QUOTE))
