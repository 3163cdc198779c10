"""What was named in the words of a cue, in one text."""

import pytest

from callcoach.call.events import CueHeard, Span
from callcoach.call.named import named_in
from callcoach.call.part import Part
from callcoach.script.model import CueId


@pytest.mark.parametrize(
    ("amount", "day", "parts", "named"),
    [
        ("", "", (), ""),
        ("300 GBP", "", (), "300 GBP"),
        ("300", "周五", (), "300 · 周五"),
        (
            "300",
            "周五",
            (Part("300", "周五"), Part("500", "下月十号")),
            "300 · 周五; 500 · 下月十号",
        ),
    ],
)
def test_sums_and_days_are_told_part_by_part(
    amount: str, day: str, parts: tuple[Part, ...], named: str
) -> None:
    heard = CueHeard(
        seq=1, at=1.0, cue=CueId("a.b"), span=Span(0, 0, 1), phrase="", amount=amount, day=day,
        parts=parts,
    )  # fmt: skip
    assert named_in(heard) == named
