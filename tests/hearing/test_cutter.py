"""Sound is cut into the same pieces however it comes."""

from hypothesis import given
from hypothesis import strategies as st

from callcoach.hearing.cutter import Cutter


@given(st.lists(st.binary(max_size=30)))
def test_pieces_do_not_depend_on_how_sound_comes(parts: list[bytes]) -> None:
    cutter, whole = Cutter(0.001, 8000), b"".join(parts)
    cut = [piece for part in parts for piece in cutter.cut(part)]
    assert cut == [whole[at : at + 16] for at in range(0, len(whole) // 16 * 16, 16)]
    left = whole[len(cut) * 16 :]
    even = left[: len(left) // 2 * 2]
    assert list(cutter.finish()) == ([even] if even else [])
    # Half a sample stands before what comes next.
    assert next(iter(cutter.cut(bytes(16)))) == (left[len(even) :] + bytes(16))[:16]
