"""Cell widths and line breaks, in Chinese and Latin text side by side."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.wrap import cell, clip, pad, width, wrap, wrap_spans
from tests.support import counted

CLOSING = "，。！？；：、）》」』】〉〕…—～％”’,.!?:;)]}%"
OPENING = "（《「『【〈〔“‘([{¥￥$"
MIXED = st.text(alphabet="您好我们分期还款abcXYZ019 " + CLOSING + OPENING, max_size=60)
TIGHT = st.text(alphabet="您好我们分期，。！？：）》（《￥", max_size=60)
PLAIN = st.text(alphabet="您好我们分期还款abcXYZ019", max_size=60)
PRINTED = st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]))
ROOM = st.integers(min_value=2, max_value=40)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("Anna", 4),
        ("您好", 4),
        ("您好, Anna。", 12),
        ("e\u0301", 1),
        ("a\u200bb", 2),
        ("…", 1),
        ("￥100", 5),
        ("ｶﾅ", 2),
        ("😀", 2),
    ],
)
def test_a_chinese_character_takes_two_cells(text: str, cells: int) -> None:
    assert width(text) == cells


@given(PRINTED, PRINTED)
def test_widths_add_up(one: str, other: str) -> None:
    assert width(one + other) == width(one) + width(other)


@given(st.text(max_size=40), st.integers(min_value=0, max_value=50))
def test_a_clipped_text_fits_and_is_the_beginning(text: str, cells: int) -> None:
    cut = clip(text, cells)
    assert width(cut) <= cells
    assert cut == text or (width(text) > cells and text.startswith(cut.removesuffix("…")))


@given(st.text(max_size=40), st.integers(min_value=1, max_value=50))
def test_a_clip_wastes_no_cell_that_a_character_would_fit(text: str, cells: int) -> None:
    cut = clip(text, cells)
    if cut != text:
        assert cut.endswith("…")
        following = text[len(cut) - 1]
        assert width(cut) + cell(following) > cells


@given(st.text(max_size=40), st.integers(min_value=0, max_value=50))
def test_a_padded_text_takes_exactly_its_cells(text: str, cells: int) -> None:
    assert width(pad(text, cells)) == cells


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("您好，我是安心分期的林晓。", 10, ["您好，我是", "安心分期的", "林晓。"]),
        ("您好您好，再见", 8, ["您好您", "好，再见"]),
        ("Good morning to you", 8, ["Good", "morning", "to you"]),
        ("还款1280.50元，谢谢", 10, ["还款", "1280.50", "元，谢谢"]),
        ("他说（方便）再来", 6, ["他说", "（方", "便）再", "来"]),
        ("one\n\ntwo", 20, ["one", "", "two"]),
        ("incomprehensibilities", 8, ["incompre", "hensibil", "ities"]),
        ("分3期，每期￥426.83", 10, ["分3期，每", "期￥426.83"]),
        ("", 10, [""]),
        ("您好", 1, ["您", "好"]),
    ],
)
def test_lines_break_where_a_reader_expects_it(text: str, cells: int, lines: list[str]) -> None:
    assert wrap(text, cells) == lines


@given(st.text(max_size=60) | MIXED, ROOM)
def test_no_line_is_wider_than_asked(text: str, cells: int) -> None:
    assert all(width(line) <= cells for line in wrap(text, cells))


@given(st.text(max_size=60) | MIXED, ROOM)
def test_nothing_is_lost_but_spaces_and_nothing_is_added(text: str, cells: int) -> None:
    assert "".join(wrap(text, cells)).replace(" ", "") == text.replace("\n", "").replace(" ", "")


@given(st.text(max_size=60) | MIXED, ROOM)
def test_existing_line_breaks_are_kept(text: str, cells: int) -> None:
    paragraphs = [wrap(paragraph, cells) for paragraph in text.split("\n")]
    assert wrap(text, cells) == [line for lines in paragraphs for line in lines]


@given(st.text(max_size=60) | MIXED, ROOM)
def test_the_spans_of_lines_leave_only_spaces_and_breaks_between_them(
    text: str, cells: int
) -> None:
    spans = wrap_spans(text, cells)
    assert [text[start:end] for start, end in spans] == wrap(text, cells)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        assert set(text[left:right]) <= {" ", "\n"}


@given(TIGHT, ROOM)
def test_no_line_begins_with_closing_punctuation_that_could_have_company(
    text: str, cells: int
) -> None:
    for before, after in pairwise(wrap(text, cells)):
        marks = after[: len(after) - len(after.lstrip(CLOSING))]
        if marks:
            assert not any(
                before[at] not in CLOSING
                and before[at - 1] not in OPENING
                and width(before[at:] + marks) <= cells
                for at in range(1, len(before))
            ), (before, after)


@given(TIGHT, ROOM)
def test_no_line_ends_with_an_opening_mark_that_could_move_on(text: str, cells: int) -> None:
    for before, after in pairwise(wrap(text, cells)):
        kept = before.rstrip(OPENING)
        if kept and kept != before:
            assert width(before[len(kept) :] + after[:1]) > cells, (before, after)


@pytest.mark.parametrize("text", ["  abc", "   （您好"])
def test_spaces_at_the_beginning_do_not_become_a_line_of_their_own(text: str) -> None:
    assert "" not in wrap(text, 4)


def test_a_mark_without_width_is_kept_before_a_word_that_is_split() -> None:
    assert wrap("\u200b您好吗", 2) == ["\u200b您", "好", "吗"]
    assert "".join(wrap("\u200babcdef\u0301！", 4)) == "\u200babcdef\u0301！"
    assert "".join(wrap("\x1f好!", 2)) == "\x1f好!"


def test_a_closing_mark_takes_the_last_letter_of_a_word_that_fills_its_line() -> None:
    assert wrap("abcdef，好", 6) == ["abcde", "f，好"]


@given(
    st.lists(
        st.text(alphabet="abcXYZ019", min_size=1, max_size=8)
        | st.sampled_from(["您好", "，", "。"])
    ),
    st.integers(min_value=10, max_value=40),
)
def test_words_that_fit_a_line_are_never_split(words: list[str], cells: int) -> None:
    text = " ".join(words)
    lines = wrap(text, cells)
    whole = [word for line in lines for word in line.split(" ") if word.isascii() and word]
    assert whole == [word for word in words if word.isascii()]


@given(MIXED, ROOM)
def test_a_line_begins_with_a_mark_only_where_no_break_before_it_was_free(
    text: str, cells: int
) -> None:
    for before, after in pairwise(wrap(text, cells)):
        if before and after[:1] in CLOSING and " " not in before:
            assert all(
                before[at] in CLOSING or before[at - 1] in OPENING for at in range(1, len(before))
            ), (before, after)


@given(MIXED, ROOM)
def test_no_line_begins_or_ends_with_a_space_that_a_break_has_used_up(
    text: str, cells: int
) -> None:
    lines = wrap(text, cells)
    assert all(line == line.rstrip(" ") for line in lines)
    assert all(line == line.lstrip(" ") for line in lines[1:])


@given(MIXED, ROOM)
def test_a_wrapped_text_wraps_to_the_same_lines(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert wrap("\n".join(lines), cells) == lines


@given(MIXED | PLAIN, ROOM)
def test_a_text_that_fits_is_one_line(text: str, cells: int) -> None:
    if width(text.rstrip(" ")) <= cells:
        assert wrap(text, cells) == [text.rstrip(" ")]


@pytest.mark.parametrize("text", ["好" * 20_000, "a" * 20_000, "，" * 20_000, " " * 20_000])
def test_a_long_text_is_wrapped_in_work_that_grows_with_its_length(text: str) -> None:
    assert counted(400_000, lambda: wrap(text, 40))


@given(PLAIN, ROOM)
def test_no_two_lines_would_fit_on_one_where_a_break_was_free(text: str, cells: int) -> None:
    for before, after in pairwise(wrap(text, cells)):
        if cell(after[0]) == 2:
            assert width(before + after[0]) > cells, (before, after)
