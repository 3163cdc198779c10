"""What the words of an utterance are, and where they stand in it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.normalise import characters, expand, fold, tokenise

SPEECH = st.text(
    alphabet=st.sampled_from("您好我们分期还款一二 aAbBzZ'’ 0123456789,.，。!?-%＃ｗＡ９ïé가")
    | st.characters(),
    max_size=60,
)
ASCII = st.text(
    alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=40
)


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return list(tokenise(text).words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Good Morning", ["good", "morning"]),
        ("您好", ["您", "好"]),
        ("您好 Anna，3期", ["您", "好", "anna", "3", "期"]),
        ("您 好 吗", ["您", "好", "吗"]),
        ("1,280.50元", ["1280.50", "元"]),
        ("12,34", ["12", "34"]),
        ("1.234,56", ["1234.56"]),
        ("12.345.678,90 €", ["12345678.90"]),
        ("1,25,000", ["125000"]),
        ("12,34,567.50", ["1234567.50"]),
        ("1.234", ["1.234"]),
        ("138,0013,8000", ["138", "0013", "8000"]),
        ("5000,300", ["5000", "300"]),
        ("12,000,000,000", ["12000000000"]),
        ("1.234,567", ["1.234", "567"]),
        ("192.168.1.1", ["192.168", "1.1"]),
        ("ＡＢＣ１２３", ["abc", "123"]),
        ("e-mail", ["e", "mail"]),
        ("3rd", ["3", "rd"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
        ("，。！？ …", []),
        ("naïve Äpfel", ["naïve", "äpfel"]),
        ("カタカナ", ["カ", "タ", "カ", "ナ"]),
        ("㐀𠀀", ["㐀", "𠀀"]),
        ("①", ["1"]),
        ("１，２８０", ["1280"]),
        ("1，2", ["1", "2"]),
        ("這個月還款嗎", ["这", "个", "月", "还", "款", "吗"]),
        ("f***", ["f*"]),
        ("F*ck F**ck f****king", ["f*ck", "f*ck", "f*king"]),
        ("s**t!", ["s*t"]),
        ("bull sh** a**", ["bull", "sh*", "a*"]),
        ("*please* **no** rate** 5*3", ["please", "no", "rate", "5", "3"]),
    ],
)
def test_words_are_latin_words_single_characters_and_numbers(
    text: str, expected: list[str]
) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm", "i am"),
        ("I’m", "i am"),
        ("I'd", "i would"),
        ("we're", "we are"),
        ("you've", "you have"),
        ("they'll", "they will"),
        ("don't", "do not"),
        ("can't", "can not"),
        ("cannot", "can not"),
        ("won't", "will not"),
        ("shan't", "shall not"),
        ("it's", "it is"),
        ("what's", "what is"),
        ("let's", "let us"),
        ("gonna", "going to"),
        ("Anna's", "anna is"),
        ("o'clock", "o'clock"),
        ("n't", "n't"),
        ("ISN'T", "is not"),
        ("im", "i am"),
        ("IM SURE IVE PAID", "i am sure i have paid"),
        ("youre", "you are"),
        ("dont", "do not"),
        ("cant", "can not"),
        ("wont", "will not"),
        ("its", "it is"),
        ("thats", "that is"),
        ("theyll", "they will"),
        ("arent", "are not"),
        ("yall", "you all"),
        ("y'all", "you all"),
        ("gimme", "give me"),
        ("ill", "ill"),
        ("well", "well"),
        ("were", "were"),
        ("id", "id"),
    ],
)
def test_a_contraction_becomes_the_words_it_stands_for(text: str, expected: str) -> None:
    assert " ".join(words(text)) == expected


@given(SPEECH)
def test_every_span_lies_inside_the_text_and_holds_something(text: str) -> None:
    tokens = tokenise(text)
    assert len(tokens.words) == len(tokens.starts) == len(tokens.ends)
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert 0 <= start < end <= len(text)


@given(SPEECH)
def test_no_word_is_empty_and_none_holds_a_space_or_a_capital(text: str) -> None:
    for word in words(text):
        assert word
        assert not any(char.isspace() for char in word)
        assert word == word.lower() or not word.isascii()


@given(SPEECH)
def test_spans_are_in_order_and_overlap_only_within_a_contraction(text: str) -> None:
    tokens = tokenise(text)
    spans = list(zip(tokens.starts, tokens.ends, strict=True))
    for one, other in pairwise(spans):
        assert one == other or one[1] <= other[0]


@given(SPEECH)
def test_the_words_of_a_span_are_the_words_of_the_text_in_it(text: str) -> None:
    tokens = tokenise(text)
    spans = dict.fromkeys(zip(tokens.starts, tokens.ends, strict=True))
    alone = [word for start, end in spans for word in words(text[start:end])]
    assert alone == list(tokens.words)


@given(ASCII)
def test_case_does_not_matter(text: str) -> None:
    assert words(text.upper()) == words(text.lower()) == words(text)


@given(ASCII)
def test_width_does_not_matter(text: str) -> None:
    full_width = "".join(chr(ord(char) + 0xFEE0) if char != " " else "\u3000" for char in text)
    assert words(full_width) == words(text)


@given(
    st.lists(st.sampled_from("您好我们分期还款"), max_size=12), st.sampled_from(" ，。！ \u3000")
)
def test_spaces_and_punctuation_between_chinese_characters_do_not_matter(
    characters: list[str], between: str
) -> None:
    assert words(between.join(characters)) == characters


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=0, max_value=99))
def test_a_number_is_one_word_with_or_without_thousands_marks(whole: int, cents: int) -> None:
    assert words(f"{whole:,}.{cents:02}") == [f"{whole}.{cents:02}"]
    assert words(f"{whole}") == words(f"{whole:,}") == [f"{whole}"]


@given(st.sampled_from("abcdinst"), st.text(alphabet="abcdnstlrvme'", max_size=8))
def test_expanding_never_gives_an_empty_word(first: str, rest: str) -> None:
    assert all(expand(first + rest))


@given(SPEECH)
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="您好还款，。？！、；： a1個", max_size=12))
def test_the_characters_of_a_plain_text_are_its_tokens(text: str) -> None:
    found = characters(text)
    if found is not None:
        assert tuple(found) == tokenise(text).words
    assert (
        (found is not None) or not text or not set(text) <= set("您好还款，。") or text[0] in "，。"
    )


@given(st.text(alphabet="f*kSh 你't", max_size=12), st.integers(2, 5))
def test_however_many_letters_are_masked_it_is_one_word(text: str, times: int) -> None:
    assert words(f"x*y {text}") == ["x*y", *words(text)]
    assert words("f" + "*" * times) == ["f*"]
    assert words("f" + "*" * times + "k") == ["f*k"]
