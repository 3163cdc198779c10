"""Words that tell too little by themselves are quoted in their line."""

import pytest

from callcoach.archive.export.thin import thin_quote
from callcoach.call.events import Heard, Span
from callcoach.script.model import Speaker


@pytest.mark.parametrize(
    ("text", "words", "quoted"),
    [
        ("好，那我下周五还。", "好", "«好»，那我下周五还。"),
        ("Yes, that suits me.", "Yes", "«Yes», that suits me."),
        ("Yes, that suits me.", "that suits", ""),
        ("好。", "好", ""),
        (f"{'a ' * 30}ok", "ok", f"…{'a ' * 12}«ok»"),
    ],
)
def test_what_tells_too_little_is_told_with_what_is_around_it(
    text: str, words: str, quoted: str
) -> None:
    said = Heard(seq=4, at=2.0, speaker=Speaker.CUSTOMER, text=text, start=1.0, end=2.0)
    begin = text.index(words)
    assert thin_quote(said, Span(4, begin, begin + len(words))) == quoted
