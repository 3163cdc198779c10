"""Tests of numbers in searches: each is found however it was said, and no other is."""

from pathlib import Path

import pytest

from callcoach.archive.search.index import catch_up
from tests.archive.search.support import call_of, find, texts, write

SAID = (
    ("agent", "您一共欠四千一百元。"),
    ("customer", "我先还四千一，行吗？"),
    ("customer", "You mean four thousand one hundred dollars?"),
    ("customer", "Forty-one hundred is too much."),
    ("agent", "It is $4,100.00 in all."),
    ("agent", "那是4100块。"),
    ("customer", "四千一百五十我还不起。"),
    ("customer", "尾号三九二七。"),
    ("agent", "Your card ends in three nine two seven."),
    ("agent", "四月一号，一百天。"),
)


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("amounts") / "journal.db"
    write(path, call_of(SAID))
    catch_up(path)
    return path


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("4100", range(6)),
        ("4,100", range(6)),
        ("4100.00", range(6)),
        ("四千一", range(7)),  # the words themselves stand in the seventh
        ("four thousand one hundred", range(6)),
        ("欠4100", [0]),
        ("欠四千一百元", [0]),
        ("4100 块", [5]),
        ("4150", [6]),
        ("3927", [7, 8]),
        ("三九二七", [7, 8]),
        ('"4100"', [5]),
        ("4100 -欠", range(1, 6)),
        ("speaker:customer 4100", [1, 2, 3]),
        ("100", [9]),
        ("41", []),
    ],
)
def test_a_number_is_found_however_it_was_said(
    searched: Path, query: str, expected: list[int]
) -> None:
    assert texts(find(searched, query)) == [SAID[at][1] for at in expected]


def test_what_was_found_is_marked(searched: Path) -> None:
    found = find(searched, "4100")
    marked = [
        hit.heard.text[start:end] for hit in found.hits if hit.heard for start, end in hit.spans
    ]
    assert marked == [
        "四千一百", "四千一", "four thousand one hundred", "Forty-one hundred", "4,100.00", "4100",
    ]  # fmt: skip
