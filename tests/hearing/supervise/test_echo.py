"""What both sides of a call have is told once; copies are left out, what is said once never."""

import random
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.hearing.heard import Final, Partial, Word
from callcoach.hearing.signs import Level, Opened, Over, Said, Sign, Trouble, Troubled
from callcoach.hearing.sound import Device, Recording, Wanted
from callcoach.hearing.supervise.copied import find_copy
from callcoach.hearing.supervise.echo import Echo
from callcoach.script.model import Speaker

AGENT, CUSTOMER = 0, 1
DEVICES: Wanted = (Device(Speaker.AGENT), Device(Speaker.CUSTOMER, is_loopback=True))
FILE: Wanted = Recording("call.wav")
OPENED = Opened((Speaker.AGENT, Speaker.CUSTOMER), ("microphone", "loudspeaker"))
TURNS = (
    "yes this is she who is calling please",
    "i cannot pay the whole amount this month",
    "my husband lost his job in the spring",
    "could you send me that in writing please",
)
"""What the customer says, by words of 0.3 s, every ten seconds."""
ANSWER = "i see and when would you be able to"
"""What the agent says in between."""


def words(text: str, start: float, pace: float = 0.3) -> tuple[Word, ...]:
    """Return words that follow on one another."""
    return tuple(
        Word(word, start + n * pace, start + n * pace + pace, 1.0)
        for n, word in enumerate(text.split())
    )


def said(channel: int, spoken: Sequence[Word]) -> Said:
    return Said(channel, Final(tuple(spoken), spoken[-1].end + 0.5))


def levels(start: float, end: float, agent: float, customer: float) -> Iterator[Level]:
    """Yield how loud both are from one time to another."""
    for tenth in range(round(start * 10) + 1, round(end * 10) + 1):
        yield Level(AGENT, agent, agent, tenth / 10)
        yield Level(CUSTOMER, customer, customer, tenth / 10)


def through(echo: Echo, signs: Sequence[Sign]) -> list[Sign]:
    """Return what comes of signs that are told one second apart."""
    told = list[Sign]()
    for second, sign in enumerate(signs):
        told += echo.due(float(second))
        told += echo.take(sign, float(second))
    return [*told, *echo.flush()]


def texts(signs: Sequence[Sign], channel: int) -> list[str]:
    return [it.result.text for it in signs if isinstance(it, Said) and it.channel == channel]


def is_told(signs: Sequence[Sign]) -> int:
    return sum(isinstance(it, Troubled) and it.what is Trouble.SAME for it in signs)


def call_with_echo(
    lag: float, *, quieter: float = 12.0, agent_first: Sequence[bool] = (False,) * 4
) -> list[Sign]:
    """Return a call in which the agent's microphone hears the customer too."""
    signs: list[Sign] = [OPENED]
    for number, (turn, first) in enumerate(zip(TURNS, agent_first, strict=True)):
        at = 10.0 * number
        signs += levels(at, at + 5, -20.0 - quieter, -20.0)
        signs += levels(at + 5, at + 10, -20.0, -60.0)
        pair = [said(CUSTOMER, words(turn, at + 1)), said(AGENT, words(turn, at + 1 + lag))]
        signs += reversed(pair) if first else pair
        signs.append(said(AGENT, words(ANSWER, at + 6)))
    return signs


@given(st.floats(-0.2, 0.5), st.lists(st.booleans(), min_size=4, max_size=4))
def test_copies_are_left_out_once_they_are_known_and_nothing_else(
    lag: float, agent_first: list[bool]
) -> None:
    told = through(Echo(DEVICES), call_with_echo(lag, agent_first=agent_first))
    assert texts(told, CUSTOMER) == list(TURNS)
    assert texts(told, AGENT).count(ANSWER) == len(TURNS)
    copies = [text for text in texts(told, AGENT) if text != ANSWER]
    assert set(copies) <= set(TURNS[:2])
    assert is_told(told) == 1


@pytest.mark.parametrize(
    ("wanted", "quieter", "lag"),
    [(DEVICES, 0.0, 0.0), (DEVICES, -6.0, 0.1), (FILE, 12.0, 0.1), (DEVICES, 12.0, 0.9)],
    ids=["as loud", "louder", "a recording", "too late"],
)
def test_where_it_is_not_sure_it_is_only_told(wanted: Wanted, quieter: float, lag: float) -> None:
    signs = call_with_echo(lag, quieter=quieter)
    told = through(Echo(wanted), signs)
    assert [it for it in told if isinstance(it, Said)] == [
        it for it in signs if isinstance(it, Said)
    ]
    assert is_told(told) == 1


OWN = st.lists(st.sampled_from(("right", "of", "course", "sorry", "i", "please")), max_size=4)


@given(OWN, OWN)
def test_what_the_agent_says_just_before_and_after_a_copy_stays(
    before: list[str], after: list[str]
) -> None:
    signs = call_with_echo(0.1)[:-2]
    copy = words(TURNS[3], 31.1)
    head = words(" ".join(before), 31.1 - 0.3 * len(before))
    signs.append(said(AGENT, (*head, *copy, *words(" ".join(after), copy[-1].end))))
    told = through(Echo(DEVICES), signs)
    if before or after:
        assert texts(told, AGENT)[-1] == " ".join([*before, *after])
    else:
        assert texts(told, AGENT)[-1] == ANSWER


def test_chinese_words_are_compared_by_characters() -> None:
    mine = (Word("我这个", 1.1, 1.7, 1.0), Word("月没有钱", 1.7, 2.5, 1.0))
    theirs = (Word("我", 1.0, 1.2, 1.0), Word("这个月", 1.2, 1.8, 1.0), Word("没有", 1.8, 2.2, 1.0))
    copy = find_copy(mine, theirs)
    assert copy is not None
    assert (copy.first, copy.past) == (0, 1), "of the second word only three of four are a copy"


VOCABULARY = ("yes", "no", "pay", "friday", "please", "one", "two", "the", "i", "when")
PIECES = st.lists(
    st.tuples(
        st.sampled_from((AGENT, CUSTOMER)),
        st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8).map(" ".join),
        st.floats(0.0, 3.0),
        st.floats(0.15, 0.5),
    ),
    max_size=12,
)


@given(PIECES, st.randoms(use_true_random=False))
def test_nobody_loses_a_word_that_was_said_once(
    pieces: list[tuple[int, str, float, float]], order: random.Random
) -> None:
    """Whatever people say at once, and however loud: what is left out stands in the other voice."""
    at, spoken = 0.0, list[Said]()
    for channel, text, after, pace in pieces:
        at += after
        spoken.append(said(channel, words(text, at, pace)))
    order.shuffle(spoken)
    told = through(Echo(DEVICES), [OPENED, *levels(0.0, at + 5, -40.0, -20.0), *spoken])
    left = [it for it in told if isinstance(it, Said)]
    assert texts(left, CUSTOMER) == texts(spoken, CUSTOMER)
    others = [word for it in spoken if it.channel == CUSTOMER for word in _words(it)]
    kept = {word for it in left if it.channel == AGENT for word in _words(it)}
    for word in (word for it in spoken if it.channel == AGENT for word in _words(it)):
        if word not in kept:
            assert any(it.start - 1 < word.end and word.start < it.end + 1 for it in others)


def _words(it: Said) -> tuple[Word, ...]:
    assert isinstance(it.result, Final)
    return it.result.words


def test_one_who_repeats_what_was_said_is_not_taken_for_an_echo() -> None:
    signs: list[Sign] = [OPENED]
    for number, turn in enumerate(TURNS):
        at = 10.0 * number
        spoken = words(turn, at)
        signs += levels(at, at + 10, -40.0, -20.0)
        signs += [said(CUSTOMER, spoken), said(AGENT, words(turn, spoken[-1].end + 0.4))]
    told = through(Echo(DEVICES), signs)
    assert told == signs


def test_what_waits_is_told_before_the_end_and_when_it_has_waited_long_enough() -> None:
    begun = call_with_echo(0.1)
    for last in (Over(60.0), Level(AGENT, -90.0, -90.0, 60.0)):
        echo = Echo(DEVICES)
        through(echo, begun)
        list(through(echo, list(levels(50.0, 55.0, -40.0, -20.0))))
        own = said(AGENT, words("nobody else has said that at all", 51.0))
        assert list(echo.take(own, 100.0)) == []
        assert list(echo.due(100.5)) == []
        if isinstance(last, Over):
            assert list(echo.take(last, 100.6)) == [own, last]
        else:
            assert list(echo.due(102.0)) == [own]


def test_what_is_said_next_does_not_overtake_what_waits() -> None:
    echo = Echo(DEVICES)
    through(echo, [*call_with_echo(0.1), *levels(50.0, 52.0, -40.0, -20.0)])
    list(through(echo, list(levels(52.0, 56.0, -20.0, -60.0))))
    first = said(AGENT, words("nobody has said that", 50.5))
    second = said(AGENT, words("nor this at any time", 53.0))
    assert list(echo.take(first, 100.0)) == []
    assert list(echo.take(second, 101.0)) == []
    assert list(echo.due(102.0)) == [first, second]


def test_partial_words_and_other_voices_pass() -> None:
    roles = (Speaker.AGENT,)
    signs: list[Sign] = [
        Opened(roles, ("microphone",)),
        Said(AGENT, Partial("so", 0.0, 1.0)),
        said(AGENT, words("so you pay on friday then", 1.0)),
    ]
    assert through(Echo((Device(Speaker.AGENT),)), signs) == signs
