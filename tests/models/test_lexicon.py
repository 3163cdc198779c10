"""Words are found in the phones of a sentence, and so in time."""

from hypothesis import given
from hypothesis import strategies as st

from models.tiny.lexicon import align, time_words
from models.tiny.phones import SILENCE, Phone

_ALONE = {"cat": ("K", "AE", "T"), "sat": ("S", "AE", "T"), "on": ("OH", "N"), "a": ("EY",)}
_words = st.lists(st.sampled_from(sorted(_ALONE)), min_size=1, max_size=8).map(tuple)


@given(_words)
def test_words_said_as_they_are_alone_get_their_own_phones(words: tuple[str, ...]) -> None:
    said = tuple(phone for word in words for phone in _ALONE[word])
    spans = align(said, words, _ALONE)
    assert [said[first:past] for first, past in spans] == [_ALONE[word] for word in words]


@given(_words, st.lists(st.sampled_from(["K", "AE", "T", "S", "OH", "N", "EY", "Z"]), max_size=20))
def test_every_phone_belongs_to_one_word_in_order(words: tuple[str, ...], said: list[str]) -> None:
    spans = align(tuple(said), words, _ALONE)
    assert [at for first, past in spans for at in range(first, past)] == list(range(len(said)))


def test_a_phone_said_otherwise_stays_with_its_word() -> None:
    said = ("K", "AX", "T", "OH", "N", "AX", "S", "AE")
    spans = align(said, ("cat", "on", "a", "sat"), _ALONE)
    assert [said[first:past] for first, past in spans] == [
        ("K", "AX", "T"),
        ("OH", "N"),
        ("AX",),
        ("S", "AE"),
    ]


def test_a_word_ends_where_the_next_sound_or_pause_begins() -> None:
    said = [
        Phone(0.0, SILENCE),
        *(Phone(0.1 * number, name) for number, name in enumerate(("K", "AE", "T"), 1)),
        Phone(0.4, "OH"),
        Phone(0.5, "N"),
        Phone(0.6, SILENCE),
        Phone(0.9, "EY"),
        Phone(1.1, SILENCE),
    ]
    timed = time_words(said, ("cat", "on", "a"), _ALONE)
    assert [(word.word, word.start, word.end) for word in timed] == [
        ("cat", 0.1, 0.4),
        ("on", 0.4, 0.6),
        ("a", 0.9, 1.1),
    ]
