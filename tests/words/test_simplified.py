"""Traditional characters become simplified ones, one for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.simplified import simplified, simplified_table


@pytest.mark.parametrize(
    ("traditional", "plain"),
    [
        ("請問您現在方便說話嗎", "请问您现在方便说话吗"),
        ("還款計劃與書面確認", "还款计划与书面确认"),
        ("謝謝您，祝您生活愉快", "谢谢您，祝您生活愉快"),
        ("兩萬五千塊錢，這個週五", "两万五千块钱，这个周五"),
        ("沒關係，裡面聽不見", "没关系，里面听不见"),
        ("對不起，為您轉接專員", "对不起，为您转接专员"),
        ("妳等著，甚麼時候", "你等着，甚么时候"),
        ("覆盖 hello 123 ー", "覆盖 hello 123 ー"),
    ],
)
def test_traditional_text_becomes_simplified(traditional: str, plain: str) -> None:
    assert traditional.translate(simplified_table()) == plain
    assert "".join(map(simplified, traditional)) == plain


@given(st.text(max_size=40))
def test_the_length_stays_and_a_second_time_changes_nothing(text: str) -> None:
    once = text.translate(simplified_table())
    assert len(once) == len(text)
    assert once.translate(simplified_table()) == once


def test_the_table_holds_what_people_write() -> None:
    table = simplified_table()
    assert len(table) > 2500
    assert all(chr(code) != chr(plain) for code, plain in table.items())
