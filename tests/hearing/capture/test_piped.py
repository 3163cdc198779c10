"""What another program writes is heard as it was written, however it comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.errors import AudioError
from callcoach.hearing.capture.piped import PipedSource
from callcoach.hearing.sound import RATE, Block, Piped
from callcoach.script.model import Speaker
from tests.hearing.capture.making import joints, pcm_of, pitch, samples, tones, voice

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER


def heard(piped: Piped, *pieces: bytes) -> list[Block]:
    """Return what comes of some bytes."""
    source = PipedSource(piped)
    source.open()
    for piece in pieces:
        source.feed(piece)
    source.end()
    return list(source)


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100])
@pytest.mark.parametrize("channels", [1, 2])
def test_each_channel_is_a_voice(rate: int, channels: int) -> None:
    pitches = (440, 1300)[:channels]
    blocks = heard(Piped(rate, channels), pcm_of(tones(1, rate, *pitches)))
    for channel, hertz in enumerate(pitches):
        assert len(samples(voice(blocks, channel))) == RATE
        assert pitch(voice(blocks, channel)) == pytest.approx(hertz, abs=1)


@given(
    st.binary(max_size=2000),
    st.lists(st.integers(0, 2000), max_size=30).map(sorted),
    st.sampled_from([8_000, 16_000, 48_000]),
    st.integers(1, 3),
)
def test_however_it_is_cut_it_is_heard_alike(
    data: bytes, cuts: list[int], rate: int, channels: int
) -> None:
    piped = Piped(rate, channels, (AGENT,) * channels)
    pieces = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    whole = len(data) // (2 * channels) * 2 * channels
    blocks = heard(piped, *pieces)
    once = heard(piped, data[:whole])
    for channel in range(channels):
        assert voice(blocks, channel) == voice(once, channel)
        assert joints(blocks, channel) == pytest.approx([0] * len(joints(blocks, channel)))


def test_roles() -> None:
    assert PipedSource(Piped(channels=1)).roles == (Speaker.OTHER,)
    assert PipedSource(Piped(channels=2)).roles == (AGENT, CUSTOMER)
    assert PipedSource(Piped(channels=1, roles=(CUSTOMER,))).roles == (CUSTOMER,)


@pytest.mark.parametrize(
    "piped", [Piped(channels=3), Piped(channels=1, roles=(AGENT, CUSTOMER)), Piped(100)]
)
def test_what_cannot_be_heard_is_refused(piped: Piped) -> None:
    with pytest.raises(AudioError):
        PipedSource(piped)


def test_a_later_time_leaves_a_gap() -> None:
    source = PipedSource(Piped(8_000))
    source.open(10.0)
    source.feed(bytes(8_000), 10.0)
    source.feed(bytes(8_000), 10.5)
    source.feed(bytes(8_000), 20.0)
    source.end()
    blocks = list(source)
    assert blocks[0].at == 10.0
    assert blocks[-1].end == pytest.approx(20.5)
    assert len(samples(voice(blocks))) == 1.5 * RATE
    assert [gap for gap in joints(blocks) if gap > 0.001] == [pytest.approx(9.0)]


def test_what_is_fed_in_a_pause_is_let_go_and_its_time_passes() -> None:
    source = PipedSource(Piped())
    source.open()
    source.feed(b"\1\0" * RATE)
    source.pause()
    source.feed(b"\2\0" * RATE)
    assert source.at == 2
    source.resume()
    source.feed(b"\3\0" * RATE)
    source.end()
    blocks = list(source)
    assert [(it.at, it.pcm[:1]) for it in blocks] == [(0, b"\1"), (2, b"\3")]


def test_a_pause_at_the_end() -> None:
    source = PipedSource(Piped(8_000))
    source.open()
    source.feed(bytes(16_000))
    source.pause()
    source.end()
    assert len(samples(voice(source))) == RATE


def test_closing_lets_go_what_waits() -> None:
    source = PipedSource(Piped())
    source.open()
    for _ in range(50):
        source.feed(bytes(100))
    source.close()
    assert len(list(source)) < 50
